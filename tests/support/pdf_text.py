"""Reads an uncompressed PDF of ours: which text stands where, in letters of which size.

Only what fpdf2 writes: a stream of content for each page, and fonts with their maps to Unicode.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>")
_SHOWN = re.compile(
    rb"/F(?P<font>\d+) (?P<size>[\d.]+) Tf"
    rb"|BT (?P<x>[\d.-]+) (?P<y>[\d.-]+) Td"
    rb"|\((?P<text>(?:\\.|[^\\)])*)\) Tj",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line."""

    text: str
    x: float
    """Points from the left edge; of what goes on in a line, those of its beginning."""
    y: float
    """Points from the lower edge, of the line on which the letters stand."""
    size: float
    """Points."""


def pages_of(pdf: bytes) -> list[list[Run]]:
    """What stands on each page, in the order in which it is written."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    maps = _maps(pdf, objects)
    pages = [body for body in objects.values() if b"/Type /Page\n" in body]
    found = (re.search(rb"/Contents (\d+) 0 R", page) for page in pages)
    contents = [_stream(objects[int(one[1])]) for one in found if one is not None]
    return [list(_runs(content, maps)) for content in contents]


def words_of(pdf: bytes) -> str:
    """Everything that is written, without blanks: a wrapped line loses its last one."""
    return squeezed("".join(run.text for page in pages_of(pdf) for run in page))


def squeezed(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


def _maps(pdf: bytes, objects: Mapping[int, bytes]) -> dict[int, dict[int, str]]:
    maps = {}
    for font, number in set(re.findall(rb"/F(\d+) (\d+) 0 R", pdf)):
        pointed = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        assert pointed is not None
        pairs = _PAIR.findall(_stream(objects[int(pointed[1])]))
        maps[int(font)] = {
            int(code, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in pairs
        }
    return maps


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    return found[1]


def _runs(content: bytes, maps: Mapping[int, Mapping[int, str]]) -> Iterator[Run]:
    signs: Mapping[int, str] = {}
    size = x = y = 0.0
    for match in _SHOWN.finditer(content):
        if match["font"] is not None:
            signs, size = maps[int(match["font"])], float(match["size"])
            continue
        if match["x"] is not None:
            x, y = float(match["x"]), float(match["y"])
            continue
        raw = _ESCAPED.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), match["text"])
        codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
        text = "".join(signs[code] for code in codes)
        yield Run(text, x, y, size)
