"""Demonstration dossiers read like real ones on any day, and are never taken for one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.dossier_desk.board import Board
from api.dossier_desk.samples import SAMPLE_FACTOR, sample_updates
from api.store.database import Database
from bot.dossiers.codes import normal_form
from bot.dossiers.ports import Found, NoMatch
from bot.dossiers.status import DossierStatus, DossierUpdate, State
from bot.guide.dossier_days import dossier_days
from knowledge.procedure import Procedure
from tests.api.conftest import shipped_library
from tests.support.builders import a_procedure
from tests.support.desk_parts import KINDS, LAN, Office, an_office, an_update
from tests.support.desks import A_DAY, a_calendar

pytestmark = pytest.mark.anyio

DAYS = st.dates(date(2026, 11, 1), date(2028, 12, 31))


def samples(day: date = A_DAY) -> list[DossierUpdate]:
    made = list(sample_updates(day, shipped_library().get, a_calendar(), KINDS))
    assert made
    return made


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_every_sample_has_a_sound_code_that_no_office_has(day: date) -> None:
    updates = samples(day)
    assert len({one.code for one in updates}) == 6
    for one in updates:
        assert normal_form(one.code) == one.code
        assert one.code.startswith("H00.")
        assert dict(one.factors) in ({}, dict.fromkeys(KINDS, SAMPLE_FACTOR))


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_nothing_happened_in_the_future_and_the_code_has_the_day_of_receipt(day: date) -> None:
    morning = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=7)
    for one in samples(day):
        assert one.at < morning
        if one.received_at is not None:
            assert f"-{one.received_at:%y%m%d}-" in one.code


def test_the_samples_show_every_situation_that_a_citizen_meets() -> None:
    heads = {one.code: one.state for one in samples()}
    assert sorted(heads.values()) == [
        State.PROCESSING,
        State.PROCESSING,
        State.SUPPLEMENT,
        State.PAYMENT,
        State.DONE,
        State.RETURNED,
    ]


def test_every_procedure_fee_and_result_is_that_of_its_record() -> None:
    library = shipped_library()
    names = {one.code: one.procedure_code for one in samples() if one.procedure_code}
    checked = 0
    for one in samples():
        record = library.get(names[one.code])
        assert record is not None
        assert one.procedure_name in {"", record.name}
        assert not record.suspect
        amounts = {amount.value for way in record.methods for amount in way.fee.amounts}
        checked += len(one.payments) + len(one.results)
        assert {payment.amount for payment in one.payments} <= amounts
        assert set(one.results) <= set(record.results)
        papers = {paper.name for case in record.circumstances for paper in case.papers}
        assert set(one.supplement.papers if one.supplement else ()) <= papers
    assert checked >= 3


def test_what_a_record_does_not_say_is_left_out() -> None:
    def bare(code: str) -> Procedure | None:
        return None if code == "1.001193" else a_procedure(code=code, methods=(), circumstances=())

    made = sample_updates(A_DAY, bare, a_calendar(), KINDS)
    assert len({one.code for one in made}) == 5
    assert {one.due_at for one in made} == {None}
    assert {payment.amount for one in made for payment in one.payments} == {None}


@settings(max_examples=40, deadline=None)
@given(DAYS)
def test_one_is_on_day_four_of_seven_and_one_is_two_working_days_late(day: date) -> None:
    calendar = a_calendar()
    first = {one.code[-4:]: one for one in samples(day) if one.received_at is not None}
    counted = {
        number: dossier_days(_as_told(first[number]), day, calendar) for number in ("0001", "0005")
    }
    on_time, late = counted["0001"], counted["0005"]
    assert on_time is not None
    assert (on_time.used, on_time.of, on_time.left, on_time.late) == (4, 7, 3, 0)
    assert late is not None
    assert (late.of, late.late) == (15, 2)


def _as_told(one: DossierUpdate) -> DossierStatus:
    return DossierStatus(
        one.code, State.PROCESSING, one.at, one.at, received_at=one.received_at, due_at=one.due_at
    )


async def test_the_samples_can_be_tried_until_the_first_real_dossier(database: Database) -> None:
    office: Office = an_office(database)
    board = Board(office.book, KINDS, remote=False, make_samples=samples)
    await board.open()
    terms = board.terms()
    assert terms.is_open
    assert len(terms.samples) == 6
    for one in terms.samples:
        found = await office.desk.look_up(LAN, one.code, one.factor)
        assert isinstance(found, Found)
        assert found.status.is_sample
        assert found.status.procedure_name
    await office.book.put([an_update()], "test")
    await board.look()
    assert board.terms().samples == ()
    tried = terms.samples[0]
    assert await office.desk.look_up(LAN, tried.code, tried.factor) == NoMatch()
