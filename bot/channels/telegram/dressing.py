"""A reply as messages of Telegram: HTML, links, and buttons under the last message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from bot.channels.base import Part
from bot.channels.markup import utf16_units
from bot.channels.telegram.keyboards import MOST_BUTTONS, Row, fits, keyboard, tick_rows
from bot.channels.telegram.runs import Run, Style, Written, link_runs, write
from bot.messages import (
    Block,
    CheckItem,
    Checklist,
    Choice,
    Choices,
    FactList,
    Heading,
    Link,
    Picture,
    Reply,
    SourceNote,
    StatusCard,
    is_ratable,
)
from bot.rendering.plain import block_lines, card_lines, is_absolute

LONG_LABEL: Final = 36
"""Characters of a label that a phone may cut short on a button."""

_RATINGS: Final = 2

MOST_TICK_ROWS: Final = 16
"""Of 80 papers; what else there are is ticked by typing their numbers."""

LONGEST_CAPTION: Final = 1024
"""UTF-16 units (telegram.constants.MessageLimit.CAPTION_LENGTH)."""

Lines = Sequence[Run]


def dress(reply: Reply, turn: int | None, *, pictures: bool = False) -> Sequence[Part]:
    """Return `reply` in the messages that are sent one after the other.

    Args:
        reply: what is answered.
        turn: what 👍 and 👎 rate; None: neither is shown, nor where the reply answers nothing.
        pictures: they can be sent: a reply that fits under one goes out as its caption.
    """
    rated = turn if is_ratable(reply) else None
    ticks = tick_rows(_items(reply.blocks))[:MOST_TICK_ROWS]
    room = MOST_BUTTONS - (0 if rated is None else _RATINGS) - sum(map(len, ticks))
    menu = _Menu.of(reply, room)
    texts = [*_blocks(reply.blocks, menu), list(_sources(reply.sources))]
    at = _own_message(reply.blocks)
    messages = [*_messages(texts[:at]), *_messages(texts[at:])]
    messages = messages or list(write([Run("\n".join(_labels(menu)))]))
    rows = [*ticks, *keyboard(menu.shown, rated)]
    names = [block.name for block in reply.blocks if isinstance(block, Picture)]
    fits_below = len(messages) == 1 and utf16_units(messages[0].plain) <= LONGEST_CAPTION
    if pictures and names and fits_below:
        return [_photo(names[0], messages[0], rows)]
    return [_part(message, rows if message is messages[-1] else ()) for message in messages]


def _messages(texts: Sequence[Lines]) -> Sequence[Written]:
    runs = _with_gaps([text for text in texts if any(run.text.strip() for run in text)])
    return write(runs) if runs else ()


def _items(blocks: Sequence[Block]) -> Sequence[CheckItem]:
    return [item for block in blocks if isinstance(block, Checklist) for item in block.items]


def _own_message(blocks: Sequence[Block]) -> int:
    """Return the place of a checklist that begins a message of its own, else 0.

    What is told once stands before it. The list alone is changed by a press, and its buttons stand
    under it.
    """
    at = next((place for place, one in enumerate(blocks) if isinstance(one, Checklist)), 0)
    return at if any(isinstance(one, FactList) for one in blocks[:at]) else 0


def _labels(menu: "_Menu") -> Iterator[str]:
    """Yield the buttons in words: a message cannot consist of buttons alone."""
    return (choice.label for choice in menu.shown)


@dataclass(frozen=True, slots=True)
class _Menu:
    """What can be pressed, and what must be told in words beside it."""

    buttons: tuple[Choice, ...]
    asked: tuple[Choice, ...]
    """Those of an open question, in the order of their numbers."""
    numbered: bool
    """The text shows the numbers of what is asked, so the buttons show them too."""

    @classmethod
    def of(cls, reply: Reply, room: int) -> "_Menu":
        """Return the menu of `reply` with at most `room` buttons."""
        pressed = reply.buttons[len(_items(reply.blocks)) :]
        buttons = tuple(choice for choice in pressed if fits(choice))[:room]
        menus = [one for one in reply.blocks if isinstance(one, Choices) and one.open_question]
        asked = tuple(choice for one in menus for choice in one.items)
        numbered = any(len(one.label) > LONG_LABEL or one not in buttons for one in asked)
        return cls(buttons, asked, numbered or any(_told_above(reply.blocks)))

    @property
    def shown(self) -> Sequence[Choice]:
        """The buttons as they read."""
        if not self.numbered:
            return self.buttons
        return [
            replace(one, label=f"{self.asked.index(one) + 1}. {one.label}")
            if one in self.asked
            else one
            for one in self.buttons
        ]

    def lines(self, block: Choices, *, told: bool) -> Iterator[str]:
        """Yield what of `block` the buttons do not say; `told`: the list above it says it."""
        if block.open_question and self.numbered:
            for one in block.items:
                if not told or one not in self.buttons:
                    yield f"{self.asked.index(one) + 1}. {one.label}"
        elif rest := [one for one in block.items if one not in self.buttons]:
            yield from block_lines(Choices(tuple(rest)))


def _told_above(blocks: Sequence[Block]) -> Iterator[bool]:
    """Yield, for each block, whether it is an open question whose choices the list above names."""
    for before, block in zip((None, *blocks), blocks, strict=False):
        yield (
            isinstance(block, Choices)
            and block.open_question
            and isinstance(before, FactList)
            and before.ordered
        )


def _blocks(blocks: Sequence[Block], menu: _Menu) -> Iterator[Lines]:
    for block, told in zip(blocks, _told_above(blocks), strict=True):
        if isinstance(block, Choices):
            lines = "\n".join(menu.lines(block, told=told))
            yield [Run(lines)] if lines else []
        else:
            yield list(_block(block))


def _block(block: Block) -> Iterator[Run]:
    match block:
        case Heading(text):
            yield Run(text, Style.BOLD)
        case Link(label, url):
            if is_absolute(url):
                yield from link_runs(label or url, ": ", url)
        case FactList() | Checklist():
            title, *items = block_lines(block)
            yield Run(title, Style.BOLD)
            yield Run("".join(f"\n{item}" for item in items))
        case StatusCard():
            state, *rest = card_lines(block)
            yield Run(f"{block.title}\n{state}", Style.BOLD)
            yield Run("".join(f"\n{line}" for line in rest))
        case _:
            yield Run("\n".join(block_lines(block)))


def _sources(sources: Sequence[SourceNote]) -> Iterator[Run]:
    for position, source in enumerate(sources):
        if position:
            yield Run("\n")
        if source.url:
            yield from link_runs(source.text or source.url, " ", source.url, Style.ITALIC)
        else:
            yield Run(source.text, Style.ITALIC)


def _with_gaps(texts: Sequence[Lines]) -> Sequence[Run]:
    """Return one run after the other, an empty line between two texts."""
    gapped = (
        text if position == 0 else (Run("\n\n"), *text) for position, text in enumerate(texts)
    )
    return list(chain.from_iterable(gapped))


def _photo(name: str, message: Written, rows: Sequence[Row]) -> Part:
    """Return a picture with the message as its caption; where it is refused, the message alone."""
    alone = _part(message, rows)
    kept = {
        key: value for key, value in alone.body.items() if key in {"parse_mode", "reply_markup"}
    }
    return Part({"photo": name, "caption": message.html, **kept}, alone.body)


def _part(message: Written, rows: Sequence[Row]) -> Part:
    markup = {"reply_markup": {"inline_keyboard": list(rows)}} if rows else {}
    common = {"link_preview_options": {"is_disabled": True}, **markup}
    return Part(
        {"text": message.html, "parse_mode": "HTML", **common},
        {"text": message.plain, **common},
    )
