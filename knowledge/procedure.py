"""What is known of an administrative procedure. Every fact has a source, a decision and a date.

All types are frozen. An empty tuple or an empty string means: the record does not say.
Texts are Vietnamese in NFC, as a citizen reads them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The level of government that decides (cấp thực hiện)."""

    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class FilingChannel(StrEnum):
    """How a dossier is filed (hình thức nộp)."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class OnlineLevel(StrEnum):
    """Decree 42/2022/NĐ-CP, article 11: toàn trình (formerly mức độ 4) or một phần."""

    FULL = "full"
    PARTIAL = "partial"


class TimeUnit(StrEnum):
    """The unit in which a time limit was published."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"


class FeeStatus(StrEnum):
    """What the record says of the fee; only FREE may ever be shown as "miễn phí"."""

    FREE = "free"
    AMOUNT = "amount"
    SEE_TEXT = "see_text"
    NOT_PUBLISHED = "not_published"


class Currency(StrEnum):
    """Currencies that occur in published fees."""

    VND = "VND"
    USD = "USD"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit exactly as published."""

    amount: str
    """Digits as published ("7", "0,5", "15-30"); empty: `text` says all there is."""
    unit: TimeUnit | None
    """None: published without a unit. Never guess one (1.001193 says just "1")."""
    text: str = ""
    """A condition that belongs to the limit, e.g. "nếu phải xác minh: 3 ngày làm việc"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One published sum."""

    value: int
    """In whole units of `currency`; 0 is never used for free of charge, see FeeStatus.FREE."""
    purpose: str = ""
    """What it buys, e.g. "mỗi thẻ"; empty: the fee of the procedure."""
    currency: Currency = Currency.VND


@dataclass(frozen=True, slots=True)
class Fee:
    """The fee of one filing method."""

    status: FeeStatus
    amounts: tuple[Amount, ...] = ()
    """Only with AMOUNT, or with SEE_TEXT where our own entry took the sums from the text."""
    text: str = ""
    """Exemptions, reductions with their dates, or (SEE_TEXT) the published wording itself."""


@dataclass(frozen=True, slots=True)
class FilingMethod:
    """One way of filing, with its own time limit and fee (they differ: 1.004222)."""

    channel: FilingChannel
    time: TimeLimit | None
    """None: no time limit is published for this method."""
    fee: Fee
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the dossier. Original 0 and copies 0: shown or presented, not handed in."""

    name: str
    original: int = 1
    copies: int = 0
    form: str = ""
    """Number of the form to fill in, e.g. "CT01"; empty: no form."""
    when: str = ""
    """Who must bring it; empty: everybody in this circumstance."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Circumstance:
    """The papers that one circumstance asks for. `title` empty: everybody brings them."""

    title: str
    papers: tuple[Paper, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplacedPaper:
    """A paper that need no longer be handed in, because the agency reads it from a database."""

    paper: str
    database: str
    resolution: str
    """E.g. "66.7/2025/NQ-CP"."""
    valid_from: str
    """ISO date."""
    valid_to: str
    """ISO date, inclusive."""
    case: str = ""
    """The case of the procedure in which this holds; empty: always."""


@dataclass(frozen=True, slots=True)
class OnlineStatement:
    """What one decision states of filing online."""

    level: OnlineLevel
    decision: str
    """E.g. "Quyết định 2808/QĐ-UBND ngày 19/11/2025 (Đồng Nai)"."""
    local: bool = False
    """A province's own decision: elsewhere the level may differ."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in order."""

    text: str


@dataclass(frozen=True, slots=True)
class FormDocument:
    """A form that the citizen fills in."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts come from."""

    decision: str
    """Number of the decision that publishes the procedure; empty: the record names none."""
    origin: str
    """Who published the record, e.g. "Cổng Dịch vụ công quốc gia"."""
    as_of: str
    """Date of the data: "2026-07-15", "2026-07" or only "2025"; empty: unknown."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """An administrative procedure (thủ tục hành chính)."""

    code: str
    name: str
    """The official name."""
    field: str
    """The official field (lĩnh vực)."""
    levels: tuple[Level, ...]
    source: Source
    label: str = ""
    """A short plain name for a button, ≤ 40 characters; empty: use `name`."""
    aliases: tuple[str, ...] = ()
    """What people call it."""
    keywords: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    summary: str = ""
    """When a citizen needs it, in one or two plain sentences."""
    who: tuple[str, ...] = ()
    """Who may apply."""
    agency: str = ""
    """Who handles it."""
    where: str = ""
    """Where to file, if the record says more than the agency."""
    methods: tuple[FilingMethod, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    replaced_papers: tuple[ReplacedPaper, ...] = ()
    steps: tuple[Step, ...] = ()
    conditions: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    """Numbers of the legal documents."""
    forms: tuple[FormDocument, ...] = ()
    online_level: OnlineLevel | None = None
    """None: no decision states it."""
    online_level_source: str = ""
    online_levels: tuple[OnlineStatement, ...] = ()
    """What decisions state, one for each level; two of them disagree (then `online_level` is None).
    Empty: what is known stands in `online_level`."""
    url: str = ""
    """The procedure's page on the National Public Service Portal; empty: search there by name."""
    popularity: int = 0
    """How often citizens ask for it, 0 (rarely) to 5 (daily): our own judgement, no fact."""
    ours: bool = False
    """Written by this project (plain wording); False: an imported record in official wording."""
    suspect: str = ""
    """Why the record cannot be trusted (a foreign text under this code); empty: no doubt known."""
    changed_to: tuple[str, ...] = ()
    """Codes that replaced this one since the date of the data; their records may not be here."""
    valid_from: str = ""
    """ISO date of the first day on which the record holds; empty: not stated."""
    valid_to: str = ""
    """ISO date of the last day on which the record holds; empty: not stated."""
