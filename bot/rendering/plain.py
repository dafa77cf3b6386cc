"""A reply as plain text, for terminals and logs of evaluations."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.messages import (
    Block,
    CheckItem,
    Checklist,
    Choices,
    FactList,
    Heading,
    Link,
    Paragraph,
    Picture,
    Reply,
    SourceNote,
    StatusCard,
)


def render_plain(reply: Reply) -> str:
    """Return `reply` as plain text: a numbered menu for an open question, the source at the end.

    Buttons that only go on stand on one line in brackets; what they say can be typed.
    """
    parts = ["\n".join(block_lines(block)) for block in reply.blocks]
    parts += [" ".join(source_lines(source)) for source in reply.sources]
    return "\n\n".join(part for part in parts if part)


def source_lines(source: SourceNote) -> Iterator[str]:
    """Yield the note and its link, as far as there are any."""
    yield from (line for line in (source.text, source.url) if line)


def block_lines(block: Block) -> Iterator[str]:  # noqa: C901, PLR0912 - one case a block
    """Yield the lines of a block."""
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case FactList(title, items, ordered):
            yield title if title.endswith((".", "?", ":")) else f"{title}:"
            yield from _numbered(items) if ordered else (f"- {item}" for item in items)
        case Choices(items, True):
            yield from _numbered(choice.label for choice in items)
        case Choices(items):
            yield " ".join(f"[{choice.label}]" for choice in items)
        case Link(label, url):
            if is_absolute(url):
                yield f"{label}: {url}"
        case StatusCard():
            yield block.title
            yield from card_lines(block)
        case Picture():
            yield block.alt
        case Checklist(title, items):
            yield title if title.endswith((".", "?", ":")) else f"{title}:"
            yield from check_lines(items)
        case _:
            assert_never(block)


def is_absolute(url: str) -> bool:
    """Tell whether a link leads somewhere outside of our own page too; see `Link.url`."""
    return not url.startswith("/")


def check_lines(items: Iterable[CheckItem]) -> Iterator[str]:
    """Yield a numbered line for each item, with the sign whether it is at hand."""
    for number, item in enumerate(items, start=1):
        yield f"{number}. {tick_sign(item)} {item.text}"
        yield from (f"   {note}" for note in item.notes)


def tick_sign(item: CheckItem) -> str:
    """Return the sign of what is at hand, or of what is not."""
    return "☑" if item.ticked else "☐"


def card_lines(card: StatusCard) -> Iterator[str]:
    """Yield the lines of a card below its title: the state, how far it has come, the facts."""
    yield from (line for line in (card.state, card.progress) if line)
    yield from (f"- {fact.label}: {fact.value}" for fact in card.facts)


def _numbered(items: Iterable[str]) -> Iterator[str]:
    return (f"{position}. {item}" for position, item in enumerate(items, start=1))
