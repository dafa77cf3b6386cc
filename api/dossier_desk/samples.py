"""Demonstration dossiers: made-up cases of real procedures, so that a newcomer can try a look-up.

Their codes begin with `H00`, which no office has (Decision 20/2020/QĐ-TTg counts from 01), and
their days follow the day of today. Time limits, fees, papers and results are those of the record;
what the record does not say is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.dossiers.status import SAMPLE_AGENCY, DossierUpdate, FactorKind, Payment, State, Supplement
from bot.guide.working_days import due
from knowledge.procedure import Procedure, TimeLimit, TimeUnit
from knowledge.work_calendar import VIETNAM, WorkCalendar

SAMPLE_FACTOR: Final = "1234"
"""Told to everybody, and right for every sample."""

UNIT: Final = "Bộ phận một cửa (hồ sơ mẫu)"
APPLICANT: Final = "N*** V** M**"

_FILED: Final = time(8, 30)
_MOVED: Final = time(10)
_DAY: Final = timedelta(days=1)
_SUPPLEMENT_WORKING_DAYS: Final = 5


@dataclass(frozen=True, slots=True)
class _Case:
    """One sample: a procedure, and how many working days ago what happened."""

    number: int
    procedure: str
    received: int
    """Working days that are counted since."""
    moves: tuple[tuple[int, State], ...]
    """Working days ago, at least one, oldest first."""
    asks: tuple[int, ...] = ()
    """Which of the record's papers, from 0, are asked for."""
    note: str = ""


_CASES: Final = (
    _Case(1, "1.004222", 4, ((4, State.ACCEPTED), (3, State.PROCESSING))),
    _Case(
        2,
        "1.004194",
        2,
        ((2, State.ACCEPTED), (1, State.SUPPLEMENT)),
        asks=(1,),
        note="Bản chụp bị mờ, đề nghị bạn nộp lại bản rõ hơn.",
    ),
    _Case(3, "2.001583", 2, ((2, State.ACCEPTED), (1, State.PAYMENT))),
    _Case(4, "1.014064", 6, ((6, State.ACCEPTED), (5, State.PROCESSING), (1, State.DONE))),
    _Case(5, "1.012783", 17, ((17, State.ACCEPTED), (16, State.PROCESSING))),
    _Case(6, "1.001193", 3, ((3, State.ACCEPTED), (2, State.DONE), (1, State.RETURNED))),
)
"""On day 4 of 7, a supplement asked for, a payment due, ready to be collected, late by two working
days of fifteen, handed over."""


def sample_updates(
    today: date,
    record: Callable[[str], Procedure | None],
    calendar: WorkCalendar,
    kinds: Sequence[FactorKind],
) -> Sequence[DossierUpdate]:
    """Return what a one-stop system would have told of the samples by now.

    Args:
        today: the day in Vietnam.
        record: returns the procedure of a code; a sample whose procedure is not known is left out.
        calendar: the working days.
        kinds: what is accepted beside the code.

    Raises:
        knowledge.errors.CalendarEnds: nothing is known of the working days around today.
    """
    factors = dict.fromkeys(kinds, SAMPLE_FACTOR)
    return [
        update
        for case in _CASES
        if (procedure := record(case.procedure)) is not None
        for update in _updates(case, procedure, _Days(today, calendar), factors)
    ]


@dataclass(frozen=True, slots=True)
class _Days:
    """Working days around today."""

    today: date
    calendar: WorkCalendar

    def back(self, count: int) -> date:
        """Return the working day after which so many have passed up to today."""
        day, left = self.today, count
        while left > 0 or not self.calendar.is_working(day):
            left -= self.calendar.is_working(day)
            day -= _DAY
        return day

    def on(self, count: int) -> date:
        """Return the day that is so many working days ahead."""
        day = self.today
        for _ in range(count):
            day = self.calendar.working_day_from(day + _DAY)
        return day


def _updates(
    case: _Case, procedure: Procedure, days: _Days, factors: dict[FactorKind, str]
) -> Sequence[DossierUpdate]:
    received = datetime.combine(days.back(case.received), _FILED, VIETNAM)
    code = f"{SAMPLE_AGENCY}.01-{received:%y%m%d}-{case.number:04}"
    first = DossierUpdate(
        code,
        received,
        State.REGISTERED,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        unit=UNIT,
        received_at=received,
        due_at=_due(procedure, received, days.calendar),
        applicant=APPLICANT,
        factors=factors,
    )
    moved = [_moved(case, procedure, code, days, move) for move in case.moves]
    return [first, *moved]


def _moved(
    case: _Case, procedure: Procedure, code: str, days: _Days, move: tuple[int, State]
) -> DossierUpdate:
    ago, state = move
    at = datetime.combine(days.back(ago), _MOVED, VIETNAM)
    ready = state in (State.DONE, State.RETURNED)
    return DossierUpdate(
        code,
        at,
        state,
        unit=UNIT,
        returned_at=at if state is State.RETURNED else None,
        supplement=_supplement(case, procedure, days, at) if state is State.SUPPLEMENT else None,
        payments=_payments(procedure) if state is State.PAYMENT else (),
        results=procedure.results if ready else (),
        collect="Nhận tại nơi đã nộp hồ sơ" if ready else "",
    )


def _due(procedure: Procedure, received: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return when the result is due by the record; None: it tells no unit, or no limit."""
    limit = _limit(procedure)
    until = due(received, limit, calendar) if limit else None
    return until.at if until else None


def _limit(procedure: Procedure) -> TimeLimit | None:
    limits = (one.time for one in procedure.methods if one.time)
    return next((one for one in limits if one.unit in (TimeUnit.WORKING_DAY, TimeUnit.DAY)), None)


def _supplement(case: _Case, procedure: Procedure, days: _Days, at: datetime) -> Supplement:
    names = (
        [one.name for one in procedure.circumstances[0].papers] if procedure.circumstances else []
    )
    papers = tuple(names[number] for number in case.asks if number < len(names))
    return Supplement(papers, case.note, at, days.on(_SUPPLEMENT_WORKING_DAYS))


def _payments(procedure: Procedure) -> tuple[Payment, ...]:
    """Return the first fee of the record; without an amount where it has none."""
    amounts = [amount for one in procedure.methods for amount in one.fee.amounts]
    if not amounts:
        return (Payment("Lệ phí", paid=False),)
    purpose = amounts[0].purpose.partition(",")[0]
    name = purpose[:1].upper() + purpose[1:] if purpose else "Lệ phí"
    return (Payment(name, amounts[0].value, paid=False),)
