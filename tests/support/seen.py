"""What a person sees of a reply on each channel, read back from what is sent to the platform."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from typing_extensions import override

from api.chat.schemas import ChecklistOut, ChoicesOut, reply_out
from bot.channels.base import Part
from bot.channels.markup import utf16_units
from bot.channels.telegram.dressing import dress as dress_telegram
from bot.channels.zalo_bot.dressing import dress as dress_zalo_bot
from bot.channels.zalo_oa.buttons import pressed
from bot.channels.zalo_oa.dressing import dress as dress_zalo_oa
from bot.messages import Reply, is_ratable
from bot.phrasebook import Phrasebook

Button = tuple[str, str]
"""Its label, and what pressing it says."""


@dataclass(frozen=True)
class Seen:
    """One reply on one channel."""

    texts: tuple[str, ...]
    """Of the messages, as they read."""
    links: frozenset[str] = frozenset()
    """Addresses behind words."""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Looks:
    """How a channel shows replies."""

    name: str
    longest: int | None
    """Of a message, in UTF-16 units; None: a page has no limit."""
    show: Callable[[Reply, int | None, Phrasebook], Iterator[Seen]]
    """Yields what is seen, and then what is seen where the platform refuses the markup."""


def _telegram(reply: Reply, turn: int | None, _book: Phrasebook) -> Iterator[Seen]:
    yield from _ways(dress_telegram(reply, turn), _telegram_seen)


def _zalo_oa(reply: Reply, turn: int | None, book: Phrasebook) -> Iterator[Seen]:
    yield from _ways(dress_zalo_oa(reply, turn, book), _zalo_seen)


def _zalo_bot(reply: Reply, turn: int | None, book: Phrasebook) -> Iterator[Seen]:
    yield from _ways(dress_zalo_bot(reply, turn, book), _zalo_seen)


def _web(reply: Reply, turn: int | None, _book: Phrasebook) -> Iterator[Seen]:
    out = reply_out(reply, turn if is_ratable(reply) else None)
    rows = [block.items for block in out.blocks if isinstance(block, ChoicesOut)]
    lists = [block.items for block in out.blocks if isinstance(block, ChecklistOut)]
    buttons = [(one.text, one.value) for items in lists for one in items]
    buttons += [(one.label, one.value) for row in (*rows, out.ratings) for one in row]
    yield Seen((out.text,), buttons=tuple(buttons))


CHANNELS = (
    Looks("telegram", 4096, _telegram),
    Looks("zalo_oa", 2000, _zalo_oa),
    Looks("zalo_bot", 2000, _zalo_bot),
    Looks("web", None, _web),
)


def fits(seen: Seen, looks: Looks) -> bool:
    """Tell whether each message has a length that the platform takes."""
    most = looks.longest
    return most is None or all(text.strip() and utf16_units(text) <= most for text in seen.texts)


def _ways(
    parts: Sequence[Part], read: Callable[[Sequence[Mapping[str, Any]]], Seen]
) -> Iterator[Seen]:
    yield read([part.body for part in parts])
    yield read([part.plain or part.body for part in parts])


def _telegram_seen(bodies: Sequence[Mapping[str, Any]]) -> Seen:
    pages = [_Page.of(one) for one in bodies]
    rows = [row for one in bodies for row in one.get("reply_markup", {}).get("inline_keyboard", ())]
    buttons = [(one["text"], one["callback_data"]) for row in rows for one in row]
    links = frozenset(link for page in pages for link in page.links)
    return Seen(tuple("".join(page.said) for page in pages), links, tuple(buttons))


def _zalo_seen(bodies: Sequence[Mapping[str, Any]]) -> Seen:
    rows = [one.get("attachment", {}).get("payload", {}).get("buttons", ()) for one in bodies]
    buttons = [(one["title"], pressed(one["payload"])) for row in rows for one in row]
    return Seen(tuple(str(one["text"]) for one in bodies), buttons=tuple(buttons))


class _Page(HTMLParser):
    """A message with its tags read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.links: list[str] = []

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "_Page":
        page = cls()
        if body.get("parse_mode") == "HTML":
            page.feed(body["text"])
            page.close()
        else:
            page.said = [body["text"]]
        return page

    @override
    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name == "href" and value]
