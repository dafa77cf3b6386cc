"""Prose for the screen: official wording cleaned of copied list signs and cut, ours left whole."""

import re

from knowledge.procedure import Procedure

MAX_PROSE_CHARACTERS = 260
"""An imported item longer than this is cut: three lines on a telephone."""

MAX_FEE_CHARACTERS = 1_200
"""A fee told in words is quoted whole where it is asked for: a part of it would be a wrong fee."""

LEAST_SHARE = 3
"""A cut text keeps a third of what there is room for, or is cut between two words."""

_SENTENCE_END = re.compile(r"(?<!\b\d)[.;!?](?=\s)|\n")
"""Not behind a lone digit: "1." is the sign of a list."""

_UNFINISHED = re.compile(
    r"\(?(?:(?<!\w)\d[\d.,/-]*(?:\s*\([^()]*\)?)?\s*)?(?:ngày(?: làm)?)?$|[\d.,/-]+$"
)
"""A number at the end of a cut text has lost its unit, or the half of it: "03 ngày làm"."""

_LEADING_SIGN = re.compile(
    r"(?:[-+•*●–]+\s*|\(?(?:[a-zđ]|\d{1,2})(?:\.\d{1,2})*[.)]\s+|[a-zđ]\d[.)]+\s+|\(\d{1,2}\)\s*"
    r"|bước\s+\d+(?:\.\d+)*\s*[:.)-]\s*)",
    re.IGNORECASE,
)
"""Signs of a list that is not ours: "- ", "++ ", "b.1) ", "(2) ", "Bước 1: "."""
_INNER_SIGN = re.compile(r"(?:(?<=[.;:,)])\s+[-+•*●–]+|\s(?:\++|•|●)|\s[-–]\s*Bước \d+:)\s+")
_RESULT_CODE = re.compile(r"\s*Mã: KQ\.[A-Z]?\d+(?:\.\d+)*[.;\s]*")
"""Internal numbers of results, printed into their names."""
_TWO_SIGNS = re.compile(r"([.;])[.;]+(?=\s|$)")
_BLANK_BEFORE_SIGN = re.compile(r"\s+(?=[,;:](?:\s|$))")
_DOUBLED = re.compile(r"\b(theo|của|các|và|tại|cho|từ|là|về) \1\b", re.IGNORECASE)
_NAMES = frozenset(
    {"Việt", "Bộ", "Sở", "Nghị", "Luật", "Thông", "Công", "Ủy", "Uỷ", "Cổng", "Hội", "Nhà", "Chính"}
)
"""First syllables of proper names, which keep their capital in the middle of a sentence."""


def tidied(text: str) -> str:
    """Return official prose on one line, without copied list signs and doubled words.

    >>> tidied("- b.1) nộp hồ sơ theo theo mẫu ;")
    'Nộp hồ sơ theo mẫu'
    """
    line = _RESULT_CODE.sub("; ", " ".join(text.split()))
    while (sign := _LEADING_SIGN.match(line)) is not None and sign.end() < len(line):
        line = line[sign.end() :]
    line = _DOUBLED.sub(r"\1", _BLANK_BEFORE_SIGN.sub("", _INNER_SIGN.sub(" ", line)))
    line = _TWO_SIGNS.sub(r"\1", line).rstrip(" ;,:")
    return line[:1].upper() + line[1:]


def trimmed(text: str, limit: int = MAX_PROSE_CHARACTERS) -> str:
    """Return `text` on one line, cut after its last whole sentence within `limit` characters.

    Without a sentence that ends there it is cut between two words. Both show an ellipsis.

    >>> trimmed("Nộp hồ sơ. Nhận kết quả.", limit=12)
    'Nộp hồ sơ. …'
    """
    whole = " ".join(text.split())
    if len(whole) <= limit:
        return whole
    ends = [match.end() for match in _SENTENCE_END.finditer(whole) if match.end() <= limit]
    if ends and ends[-1] * LEAST_SHARE >= limit:
        return f"{whole[: ends[-1]]} …"
    words, blank, _ = whole[: limit + 1].rpartition(" ")
    cut = words if blank else whole[:limit]
    return f"{_UNFINISHED.sub('', cut).rstrip(' ,(')} …"


def shown(procedure: Procedure, text: str, limit: int = MAX_PROSE_CHARACTERS) -> str:
    """Return our own wording whole, and imported prose tidied and cut for the screen."""
    return " ".join(text.split()) if procedure.ours else trimmed(tidied(text), limit)


def sentence(text: str) -> str:
    """Return `text` with a full stop at its end, unless it ends with a sign already."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def inside(text: str) -> str:
    """Return `text` as a part of a sentence: no capital, no full stop, names kept.

    >>> inside("Chỉ khi nhờ người khác."), inside("Công an cấp xã"), inside("VNeID")
    ('chỉ khi nhờ người khác', 'Công an cấp xã', 'VNeID')
    """
    text = text.strip().removesuffix(".")
    first = text.split(" ", 1)[0]
    if first in _NAMES or (len(first) > 1 and not first[1:].islower()):
        return text
    return text[:1].lower() + text[1:]
