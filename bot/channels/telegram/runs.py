"""Text with styles, cut into messages of Telegram.

The plain text is split first, and each message is written in HTML afterwards: so no tag and no
entity is ever cut. Telegram counts 4096 UTF-16 units after it has read the tags, and an address
behind a link is not shown; the plain text shows it, so it is never shorter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from html import escape
from typing import Final
from urllib.parse import urlsplit

from bot.channels.markup import split_text, utf16_units

LONGEST_MESSAGE: Final = 4096
"""UTF-16 units (telegram.constants.MessageLimit.MAX_TEXT_LENGTH)."""

MOST_ENTITIES: Final = 90
"""Of 100 that Telegram reads in a message (MessageLimit.MESSAGE_ENTITIES); it finds some itself."""


class Style(Enum):
    """How a run looks."""

    PLAIN = auto()
    BOLD = auto()
    ITALIC = auto()
    ADDRESS = auto()
    """The address of the link before it: only plain text shows it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks the same throughout. `url`: it is a link."""

    text: str
    style: Style = Style.PLAIN
    url: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One message, in HTML and in plain text."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Piece:
    run: Run
    text: str
    """What of the run lies in this message."""
    ends: bool
    """The end of the run lies in it too."""


def link_runs(label: str, between: str, url: str, style: Style = Style.PLAIN) -> Iterator[Run]:
    """Yield a link whose plain text reads `label`, `between`, `url`.

    An address that is none of the web is shown and leads nowhere.
    """
    if _is_web(url):
        yield Run(label, style, url)
        yield Run(f"{between}{url}", Style.ADDRESS)
    else:
        yield Run(label, style)
        yield Run(f"{between}{url}")


def write(runs: Sequence[Run]) -> Sequence[Written]:
    """Return the messages of `runs`; together they hold all of it but blanks around the cuts."""
    whole = "".join(run.text for run in runs)
    messages, start = [], 0
    for part in split_text(whole, LONGEST_MESSAGE, utf16_units):
        start = whole.index(part, start)  # only blanks are left out between the parts
        end = start + len(part)
        messages.append(Written(_html(list(_pieces(runs, start, end))), part))
        start = end
    return messages


def _is_web(url: str) -> bool:
    if any(character.isspace() or not character.isprintable() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _pieces(runs: Sequence[Run], start: int, end: int) -> Iterator[_Piece]:
    first = 0
    for run in runs:
        last = first + len(run.text)
        if text := run.text[max(start - first, 0) : max(end - first, 0)]:
            yield _Piece(run, text, last <= end)
        first = last


def _html(pieces: Sequence[_Piece]) -> str:
    written: list[str] = []
    entities = 0
    linked = False
    for piece in pieces:
        tags = (piece.run.style in {Style.BOLD, Style.ITALIC}) + bool(piece.run.url)
        if piece.run.style is Style.ADDRESS:
            written.append("" if linked else escape(piece.text))
        elif entities + tags <= MOST_ENTITIES:
            entities += tags
            written.append(_tagged(piece))
        else:
            tags = 0
            written.append(escape(piece.text))
        linked = bool(piece.run.url) and tags > 0 and piece.ends
    return "".join(written)


def _tagged(piece: _Piece) -> str:
    text = escape(piece.text)
    if piece.run.url:
        text = f'<a href="{escape(piece.run.url)}">{text}</a>'
    if piece.run.style is Style.BOLD:
        return f"<b>{text}</b>"
    if piece.run.style is Style.ITALIC:
        return f"<i>{text}</i>"
    return text
