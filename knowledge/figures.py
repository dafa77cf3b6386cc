"""The figures in a text: what a citizen could act on, in one spelling, so that texts compare.

Used to prove that every figure we write occurs in the official record, and that our wording is
our own.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from knowledge.text import normalise

LONGEST_RUN = 12
"""Words in a row that our text may not share with a record."""
LONGEST_SENTENCE = 25
"""Words of a sentence that a farmer still follows."""

_SPELLED = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
_UNITS = "ngày|tháng|năm|giờ|tuổi|tuần|đồng|nghìn|ngàn|triệu|tỷ|tỉ|phần trăm"
_SPELLED_NUMBER = re.compile(
    rf"\b(?:(?P<tens>(?:{'|'.join(_SPELLED)}) mươi|mười)(?: (?P<ones>{'|'.join(_SPELLED)}))?"
    rf"|(?P<digit>{'|'.join(_SPELLED)}))(?= (?:{_UNITS})\b)"
)
_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:[/.-]| tháng )"
    r"(?P<month>\d{1,2})(?:[/.-]| năm )(?P<year>\d{4})(?!\d)"
)
_ISO_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_LEGAL = re.compile(
    r"\d[\d.]*[a-zđ]?/\d{4}/[A-ZĐ][A-ZĐ0-9-]*|\d[\d.]*[a-zđ]?/[A-ZĐ]{2,}[A-ZĐ0-9-]*"
)
_SCALED = re.compile(r"(?P<number>\d+(?:[.,]\d+)?) ?(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ)\b")
_SCALE = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_PERCENT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?) ?(?:%|phần trăm)")
_FORM = re.compile(r"(?<![^\W\d_])[A-ZĐ]{1,4}\d{1,3}[a-zđ]?\b")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?![\d])")
_DECIMAL = re.compile(r"\d+[.,]\d+(?![\d])")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def figures(text: str) -> frozenset[str]:
    """Return the figures of `text`, each in one spelling.

    Amounts lose their dots, dates become ISO, legal numbers and forms are upper-cased, percentages
    end in "%", and numbers spelled out before a unit count too.

    >>> sorted(figures("Phí 10.000 đồng, nộp trong mười lăm ngày, giảm 50%, mẫu CT01."))
    ['10000', '15', '50%', 'CT01']
    >>> sorted(figures("Từ ngày 1/7/2025 theo Nghị định 118/2025/NĐ-CP, 1,5 triệu đồng"))
    ['118/2025/NĐ-CP', '1500000', '2025-07-01']
    """
    rest = _tidy(text)
    found: set[str] = set()
    for pattern, spell in _SPELLINGS:
        for match in pattern.finditer(rest):
            found.update(spell(match))
        rest = pattern.sub(" ; ", rest)
    return frozenset(found)


def loose_figures(text: str) -> frozenset[str]:
    """Return `figures(text)` and every run of digits in it, also where words are glued together.

    For official records, whose cells stand without a blank ("Thời gian7 Ngày"): a figure of ours
    must occur among these.
    """
    rest = _tidy(text)
    found = {str(int(digits)) for digits in _DIGITS.findall(rest)}
    found.update(re.sub("[.,]", "", number) for number in _THOUSANDS.findall(rest))
    found.update(number.replace(",", ".") for number in _DECIMAL.findall(rest))
    found.update(f"{match['number'].replace(',', '.')}%" for match in _PERCENT.finditer(rest))
    found.update(form for form in re.findall(r"[A-ZĐ]{1,4}\d{1,3}[a-zđ]?", rest))
    return frozenset(found) | figures(text)


def shared_run(ours: str, theirs: frozenset[tuple[str, ...]]) -> str:
    """Return the first run of twelve words of `ours` that is in `theirs`; "": there is none."""
    return next((" ".join(run) for run in runs(ours) if run in theirs), "")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of twelve words of `text`, lower-cased, without punctuation.

    >>> len(list(runs("một hai ba bốn năm sáu bảy tám chín mười, mười một mười")))
    2
    """
    words = [word.lower() for word in _WORD.findall(normalise(text))]
    for start in range(len(words) - LONGEST_RUN + 1):
        yield tuple(words[start : start + LONGEST_RUN])


def long_sentences(text: str) -> list[str]:
    """Return the sentences of `text` that have more than 25 words.

    >>> long_sentences("Bạn nộp hồ sơ tại xã.")
    []
    """
    sentences = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in sentences if len(part.split()) > LONGEST_SENTENCE]


def _tidy(text: str) -> str:
    plain = normalise(text).translate({ord(dash): "-" for dash in "‐‑‒–—"})
    # Legal numbers stand with stray blanks in records: "66/2023/TT- BCA", "số 1523 /QĐ-BCA".
    plain = re.sub(r"(?<=[A-ZĐ])- (?=[A-ZĐ]{2})|(?<=\d) (?=/)|(?<=/) (?=\w)", _unspaced, plain)
    return " ".join(plain.split())


def _unspaced(match: re.Match[str]) -> str:
    return match.group().strip()


def _date(match: re.Match[str]) -> Iterable[str]:
    return (f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}",)


def _legal(match: re.Match[str]) -> Iterable[str]:
    return (match.group().upper().rstrip("-").lstrip("0"),)


def _scaled(match: re.Match[str]) -> Iterable[str]:
    value = float(match["number"].replace(",", ".")) * _SCALE[match["scale"]]
    return (str(round(value)),)


def _percent(match: re.Match[str]) -> Iterable[str]:
    return (f"{match['number'].replace(',', '.')}%",)


def _thousands(match: re.Match[str]) -> Iterable[str]:
    return (re.sub("[.,]", "", match.group()),)


def _decimal(match: re.Match[str]) -> Iterable[str]:
    return (match.group().replace(",", "."),)


def _whole(match: re.Match[str]) -> Iterable[str]:
    return (match.group(),)


def _digits(match: re.Match[str]) -> Iterable[str]:
    return (str(int(unicodedata.normalize("NFKC", match.group()))),)


def _spelled(match: re.Match[str]) -> Iterable[str]:
    if match["digit"]:
        return (str(_SPELLED[match["digit"]]),)
    tens = match["tens"].split()[0]
    value = 10 * _SPELLED.get(tens, 1) + _SPELLED.get(match["ones"] or "", 0)
    return (str(value),)


_SPELLINGS = (
    (_LEGAL, _legal),
    (_ISO_DATE, _whole),
    (_DATE, _date),
    (_SCALED, _scaled),
    (_PERCENT, _percent),
    (_FORM, _whole),
    (_THOUSANDS, _thousands),
    (_DECIMAL, _decimal),
    (_DIGITS, _digits),
    (_SPELLED_NUMBER, _spelled),
)
"""In this order: what one pattern reads, the next ones no longer see."""
