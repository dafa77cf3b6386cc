"""What a province says of itself: its offices, the fees of its council, its form files."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from knowledge.procedure import Amount, FilingChannel, Level

PORTAL_SEARCH = "https://dichvucong.gov.vn/tim-kiem-thu-tuc-hanh-chinh?keyword="
"""The search of the National Public Service Portal; the words are appended, percent-encoded."""


class OfficeKind(StrEnum):
    """Which one-stop office it is."""

    COMMUNE = "commune"
    PROVINCE = "province"

    @property
    def level(self) -> Level:
        """The level whose procedures it takes in."""
        return Level.COMMUNE if self is OfficeKind.COMMUNE else Level.PROVINCE


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """Some hours of a weekday without a break."""

    weekday: int
    """0 is Monday."""
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Office:
    """An office that takes in dossiers."""

    name: str
    kind: OfficeKind
    address: str
    source: str
    """Who publishes this."""
    read: str
    """Month in which it was last checked, ISO."""
    wards: tuple[str, ...] = ()
    """Full names of the wards served; empty: all of the province."""
    hours: tuple[Shift, ...] = ()
    """By weekday and time; empty: not published."""
    phone: str = ""
    map_link: str = ""
    fields: tuple[str, ...] = ()
    """The fields that it takes in; empty: all but what the police do."""
    levels: tuple[Level, ...] = ()
    """The levels whose procedures it takes in; empty: its own."""

    def takes(self, levels: tuple[Level, ...], field: str) -> bool:
        """Tell whether it takes in a procedure of `levels` and `field`."""
        own = self.levels or (self.kind.level,)
        return bool(set(own) & set(levels)) and (not self.fields or field in self.fields)


@dataclass(frozen=True, slots=True)
class CouncilFee:
    """A fee that the provincial council has set; it is told instead of the national figure."""

    code: str
    amount: Amount
    """0 is free of charge."""
    decision: str
    """Number of the council's resolution."""
    date: str
    """Day of the resolution, ISO."""
    channel: FilingChannel | None = None
    """None: whatever the way of filing."""


@dataclass(frozen=True, slots=True)
class FormFile:
    """Where a form can be had."""

    number: str
    """As records name it: "CT01"."""
    link: str


@dataclass(frozen=True, slots=True)
class ProvinceProfile:
    """What a province says of itself."""

    name: str
    hotline: str = ""
    """As it is dialled; empty: none is published, and none is told."""
    hotline_source: str = ""
    """Where the number is published; never empty beside a number."""
    portal_search: str = PORTAL_SEARCH
    """The search words are appended to it."""
    sample: bool = False
    """What is told is made up, to show the shape: every answer says so."""
    offices: tuple[Office, ...] = ()
    fees: tuple[CouncilFee, ...] = ()
    forms: tuple[FormFile, ...] = ()
