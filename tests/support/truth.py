"""What the national data itself says of a code: the raw record, not what our reader made of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.figures import figures, loose_figures
from knowledge.national_dates import as_of_of
from knowledge.national_values import channel_of
from knowledge.procedure import FilingChannel
from knowledge.text import fold, normalise
from tests.knowledge.against_record import RESOLUTION_FIGURES
from tests.knowledge.records import Records

LEAST_SUM = 1_000
"""đồng. Less was typed in thousands: nothing costs 40 đồng."""

_NUMBER = r"\d+(?:[.,]\d+)*"
_UNITS = {
    "ngay lam viec": "working day",
    "ngay": "day",
    "gio": "hour",
    "phut": "minute",
    "tuan": "week",
    "thang": "month",
    "nam": "year",
    "tuoi": "year of age",
    "%": "%",
    "phan tram": "%",
    "nghin dong": "thousand dong",
    "ngan dong": "thousand dong",
    "trieu dong": "million dong",
    "ty dong": "billion dong",
    "dong": "dong",
    "d": "dong",
    "vnd": "dong",
    "viet nam dong": "dong",
    "h": "hour",
    "usd": "usd",
    "m2": "m2",
    "ha": "ha",
    "kg": "kg",
    "km": "km",
}
_PAIR = re.compile(
    rf"(?P<number>{_NUMBER})(?:\s*[-–]\s*(?P<end>{_NUMBER}))?(?:\s*\([^()]{{1,40}}\))?\s*"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![^\W\d_])"
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

_CELLS = {"methods", "methods_raw"}

Pair = tuple[str, str]
"""A number and its unit, each in one spelling."""


def pairs(text: str) -> Iterator[Pair]:
    """Yield every number that stands before a unit.

    >>> sorted(pairs("07 ngày làm việc, phí 10.000 đồng; 5-10 Ngày; 03 (ba) giờ; 3.5%"))
    [('10', 'day'), ('10000', 'dong'), ('3', 'hour'), ('3.5', '%'), ('5', 'day'), \
('7', 'working day')]
    """
    for match in _PAIR.finditer(" ".join(fold(normalise(text)).split())):
        for number in (match["number"], match["end"]):
            if number:
                yield _plain(number), _UNITS[match["unit"]]


def _plain(number: str) -> str:
    if _GROUPED.fullmatch(number):
        return re.sub("[.,]", "", number).lstrip("0") or "0"
    return number.replace(",", ".").lstrip("0") or "0"


@dataclass(frozen=True)
class Truth:
    """Everything the data holds on one code."""

    code: str
    record: Mapping[str, Any]
    rows: tuple[Mapping[str, str], ...]
    """Its rows in the two tables of papers and online levels."""
    codes: tuple[str, ...] = ()
    """Newer and former codes of it, which our table of codes knows."""

    @classmethod
    def of(cls, code: str, records: Records, codes: Iterable[str] = ()) -> "Truth":
        """Return what the data holds on `code`."""
        rows = (*records.replaced_papers.get(code, ()), *records.online_levels.get(code, ()))
        return cls(code, records.procedures[code], rows, tuple(codes))

    @cached_property
    def text(self) -> str:
        """Every text and number of the record."""
        return " ; ".join(_leaves([self.record, list(self.rows)]))

    @cached_property
    def words(self) -> str:
        """The record's letters and digits, folded, in one blank each."""
        return words(self.text)

    @cached_property
    def date(self) -> str:
        """The date of the data as it is told: "tháng 7/2026", or only "năm 2025"."""
        as_of = as_of_of(self.record["source"])
        told = "/".join(str(int(part)) for part in reversed(as_of.split("-")))
        return f"{('năm', 'tháng', 'ngày')[as_of.count('-')]} {told}"

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every figure of the record, and the date that its source tells."""
        dated = figures(self.date)
        law = RESOLUTION_FIGURES if any("document_replaced" in row for row in self.rows) else set()
        return loose_figures(self.text) | dated | law | {*self.codes} | {*self._glued()}

    def _glued(self) -> Iterator[str]:
        """Yield the digits that the export tore off a paper's name: "Mẫu số" + "91" for "9", 1."""
        for quantity in map(str, self.quantities):
            yield from (quantity[:end] for end in range(1, len(quantity)))

    @cached_property
    def squeezed(self) -> str:
        """The record without blanks, in capitals."""
        return re.sub(r"\s", "", normalise(self.text)).upper()

    def has(self, figure: str) -> bool:
        """Tell whether the record holds the figure, also glued to a year or to the next word."""
        if figure in self.figures:
            return True
        if _ISO.fullmatch(figure):
            year, month, day = figure.split("-")
            pattern = rf"(?<!\d)0?{int(day)}[/.-]0?{int(month)}[/.-]{year}"
        elif "/" in figure:
            pattern = rf"(?<!\d)(?:(?:19|20)\d\d)?0?{re.escape(figure.upper())}"
        else:
            return False
        return re.search(pattern, self.squeezed) is not None

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Every number with its unit."""
        return frozenset(pairs(self.text))

    @cached_property
    def methods(self) -> Mapping[FilingChannel, list[Mapping[str, Any]]]:
        """The ways of filing, by channel."""
        found: dict[FilingChannel, list[Mapping[str, Any]]] = {}
        for method in self.record["methods"]:
            channel = channel_of(method["method"])
            if channel is not None:
                found.setdefault(channel, []).append(method)
        return found

    def pairs_of(self, channel: FilingChannel) -> frozenset[Pair]:
        """Return every number with its unit in the channel's cells."""
        if channel not in self._pairs_of:
            cells = " ; ".join(_leaves(self.methods.get(channel, [])))
            self._pairs_of[channel] = frozenset(pairs(cells))
        return self._pairs_of[channel]

    @cached_property
    def _pairs_of(self) -> dict[FilingChannel, frozenset[Pair]]:
        return {}

    def is_free(self, channel: FilingChannel) -> bool:
        """Tell whether the data states that one way of filing by this channel is free."""
        return any(
            fold(method["fee"]).startswith("mien phi")
            if "fee" in method
            else method["fee_status"] == "free"
            for method in self.methods.get(channel, [])
        )

    def speaks_of_free(self, channel: FilingChannel | None = None) -> bool:
        """Tell whether something is "miễn phí" in the words of a channel, or of the record.

        The amount cell does not count: the portal prints it there wherever the amount is 0.
        """
        if channel is not None:
            fees = [
                fee for method in self.methods.get(channel, []) for fee in method.get("fees", [])
            ]
            return "mien" in words(" ".join(fee["text"] for fee in fees))
        return self._says_free

    @cached_property
    def _says_free(self) -> bool:
        plain = {key: part for key, part in self.record.items() if key not in _CELLS}
        texts = [
            " ".join([method.get("note", ""), *(fee["text"] for fee in method.get("fees", []))])
            for method in self.record["methods"]
        ]
        return "mien phi" in words(" ; ".join(_leaves([plain, texts])))

    @cached_property
    def never_quoted(self) -> frozenset[Pair]:
        """Sums of suspicious cells, unless the record states them in words too."""
        cells, texts = [], []
        for method in self.record["methods"]:
            for fee in method.get("fees", []):
                texts.append(fee["text"])
                doubtful = method["fee_suspicious"]
                cells += [
                    pair
                    for pair in pairs(fee["amount"])
                    if doubtful or (pair[1] == "dong" and float(pair[0]) < LEAST_SUM)
                ]
        prose = [self.record.get(key, "") for key in ("steps", "requirements", "legal_raw")]
        return frozenset(cells) - frozenset(pairs(" ; ".join([*texts, *prose])))

    @cached_property
    def quantities(self) -> frozenset[int]:
        """How many originals and copies the papers ask for."""
        items = [item for case in self.record["documents"] for item in case["items"]]
        return frozenset(item[key] for item in items for key in ("original", "copy"))

    @cached_property
    def most(self) -> int:
        """No count of papers, cases or items left can be higher."""
        items = sum(len(case["items"]) for case in self.record["documents"])
        lines = self.text.count("\n") + self.text.count(";") + len(self.record["documents"])
        return items + lines


def words(text: str) -> str:
    """Return the letters and digits of `text`, folded, words divided by one blank.

    >>> words("“Lệ phí:\\n 10.000  đồng.”")
    'le phi 10 000 dong'
    """
    return " ".join(re.findall(r"[^\W_]+", fold(normalise(text))))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str | int | float):
        yield str(value)
