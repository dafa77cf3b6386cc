"""Where a dossier stands: what is told about it, and the updates from which that is known.

The states are those of the National Public Service Portal. Names are masked before they come here,
and no telephone or identity number ever does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final


class State(IntEnum):
    """The ten states of the National Public Service Portal, with its numbers."""

    REGISTERED = 1
    """Mới đăng ký."""
    ACCEPTED = 2
    """Được tiếp nhận."""
    REFUSED = 3
    """Không được tiếp nhận."""
    PROCESSING = 4
    """Đang xử lý."""
    SUPPLEMENT = 5
    """Yêu cầu bổ sung giấy tờ: nothing is counted until the citizen has supplemented."""
    PAYMENT = 6
    """Yêu cầu thực hiện nghĩa vụ tài chính."""
    WITHDRAWN = 7
    """Công dân yêu cầu rút hồ sơ."""
    STOPPED = 8
    """Dừng xử lý."""
    DONE = 9
    """Đã xử lý xong."""
    RETURNED = 10
    """Đã trả kết quả."""


ENDED: Final = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED})
"""Nothing more is expected of the office."""

SETTLED: Final = ENDED | {State.DONE}
"""The office has decided: the time limit does not run any more."""

WITH_RESULT: Final = frozenset({State.DONE, State.RETURNED})
"""The citizen's request was dealt with to its end."""

SAMPLE_AGENCY: Final = "H00"
"""Codes of demonstration dossiers begin so; issuers are counted from 01 (Decision 20/2020)."""


class FactorKind(StrEnum):
    """What proves, beside the code, that a dossier is one's own."""

    PHONE = "phone4"
    """The last four digits of the telephone number given with the dossier."""
    IDENTITY = "id4"
    """The last four digits of the personal identification number."""
    BIRTH_YEAR = "birth_year"
    """Four digits."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """What the office asks the citizen to hand in."""

    papers: tuple[str, ...] = ()
    note: str = ""
    """In the office's words; empty: it says none."""
    asked_at: datetime | None = None
    until: date | None = None
    """The last day, where the source tells one."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One fee or charge of this dossier."""

    name: str
    amount: int | None = None
    """In đồng; None: the source tells no amount."""
    paid: bool | None = None
    """None: the source does not tell."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    at: datetime
    """Aware."""
    state: State
    unit: str = ""
    note: str = ""
    """In the office's words, without names of officials."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A time during which the office waited for the citizen."""

    asked_at: datetime
    answered_at: datetime | None = None
    """None: it still waits."""


@dataclass(frozen=True, slots=True)
class DossierUpdate:
    """One message of a source about one dossier; None and empty: it does not tell this field.

    Two updates with the same content are the same update, however often they arrive.
    """

    code: str
    """In the one spelling of `bot.dossiers.codes.normal_form`."""
    at: datetime
    """When it came to be so, by the source's clock; aware. Older never overwrite newer ones."""
    state: State
    procedure_code: str = ""
    procedure_name: str = ""
    unit: str = ""
    """The office that handles it."""
    note: str = ""
    """What was done in this step, in the office's words."""
    received_at: datetime | None = None
    due_at: datetime | None = None
    returned_at: datetime | None = None
    applicant: str = ""
    """Masked: `masked_name`."""
    supplement: Supplement | None = None
    payments: tuple[Payment, ...] = ()
    results: tuple[str, ...] = ()
    """The papers that come out of it."""
    collect: str = ""
    """How the result is handed over, in the source's words."""
    factors: Mapping[FactorKind, str] = field(default_factory=dict, repr=False, compare=False)
    """Four digits each, hashed before anything is stored; no part of the content."""
    tells_moment: bool = field(default=True, compare=False)
    """False: `at` is when it came, for the source tells none; no part of the content."""


@dataclass(frozen=True, slots=True)
class DossierStatus:
    """Everything that may be told about one dossier to whoever has proved that it is hers."""

    code: str
    state: State
    changed_at: datetime
    """Since when it is in this state; aware, like every moment here."""
    as_of: datetime
    """When the source last told about it."""
    procedure_code: str = ""
    procedure_name: str = ""
    unit: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    returned_at: datetime | None = None
    applicant: str = ""
    """Masked."""
    supplement: Supplement | None = None
    """Only while it is asked for."""
    payments: tuple[Payment, ...] = ()
    results: tuple[str, ...] = ()
    collect: str = ""
    stays: tuple[Stay, ...] = ()
    """When the office waited for supplements: no day of these is counted."""
    history: tuple[Step, ...] = ()
    """Oldest first."""
    terse: bool = False
    """Published by code alone: only state and days may be told."""

    @property
    def is_sample(self) -> bool:
        """Whether it is made up, to show how a look-up reads."""
        return self.code.startswith(SAMPLE_AGENCY)
