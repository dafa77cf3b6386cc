"""HTML as the Bot API server reads it, with its own words for what is wrong.

core.telegram.org/bots/api, HTML style: few tags, properly nested; only `<`, `>` and `&` matter.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NoReturn

TAGS = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "u",
        "ins",
        "s",
        "strike",
        "del",
        "span",
        "tg-spoiler",
        "a",
        "tg-emoji",
        "code",
        "pre",
        "blockquote",
    ]
)
_TAG = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>?")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_HREF = re.compile(r'\s+href="([^"]*)"')


class ParseRefused(ValueError):
    """The text is refused; `str(error)` is the description of the answer."""


@dataclass
class Shown:
    """What a citizen sees."""

    text: str = ""
    entities: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, text and address of each."""

    def of_kind(self, kind: str) -> list[str]:
        return [text for name, text, _ in self.entities if name == kind]

    @property
    def links(self) -> list[str]:
        return [url for name, _, url in self.entities if name == "a"]


def read_html(source: str) -> Shown:
    """Return what `source` shows.

    Raises:
        ParseRefused: a tag is unknown, not closed, or closed out of order.
    """
    shown = Shown()
    open_tags: list[tuple[str, int, str]] = []
    position = 0
    while position < len(source):
        if match := _ENTITY.match(source, position):
            shown.text += unescape(match[0])
            position = match.end()
        elif source[position] == "<":
            position = _read_tag(source, position, shown, open_tags)
        else:
            shown.text += source[position]
            position += 1
    if open_tags:
        _refuse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return shown


def _read_tag(
    source: str, position: int, shown: Shown, open_tags: list[tuple[str, int, str]]
) -> int:
    match = _TAG.match(source, position)
    at = len(source[:position].encode())
    if match is None or not match[0].endswith(">"):
        _refuse(f"Unexpected end of name token at byte offset {at}")
    closing, name, rest = match[1], match[2].lower(), match[3]
    if not closing:
        if name not in TAGS:
            _refuse(f'Unsupported start tag "{name}" at byte offset {at}')
        href = _HREF.fullmatch(rest)
        if rest and not href:
            _refuse(f'Empty attribute name in the tag "{name}" at byte offset {at}')
        open_tags.append((name, len(shown.text), unescape(href[1]) if href else ""))
        return match.end()
    if not open_tags:
        _refuse(f"Unexpected end tag at byte offset {at}")
    opened, start, url = open_tags.pop()
    if opened != name:
        _refuse(f'Unmatched end tag at byte offset {at}, expected "</{opened}>", found "</{name}>"')
    shown.entities.append((name, shown.text[start:], url))
    return match.end()


def _refuse(why: str) -> NoReturn:
    raise ParseRefused(f"Bad Request: can't parse entities: {why}")
