"""Each change that concerns them is told to those who follow, once; reminders know their days."""

from datetime import date, timedelta

import pytest

from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from bot.dossiers.status import Payment, State, Supplement
from tests.api.store.dossier_rows import NOW, OTHER_CODE, a_book, alerts, follow, the_row
from tests.support.dossier_updates import CODE, MONDAY, an_update

pytestmark = pytest.mark.anyio


@pytest.fixture
def book(database: Database) -> SqlDossierBook:
    return a_book(database)


async def test_reminders_know_the_days_that_run(book: SqlDossierBook, database: Database) -> None:
    due = MONDAY + timedelta(days=9)
    until = Supplement(until=date(2026, 12, 4))
    await book.put([an_update(State.SUPPLEMENT, due_at=due, supplement=until)], "một cửa")
    row = await the_row(database)
    assert row.due_at == due.timestamp()
    assert row.lapses_at == 1_796_403_600.0  # 5 December 2026, 00:00 in Vietnam
    await book.put([an_update(State.DONE, hours=5)], "một cửa")
    row = await the_row(database)
    assert (row.due_at, row.lapses_at) == (None, None)
    status = await book.get(CODE)
    assert status is not None
    assert (status.due_at, status.supplement) == (due, None)


async def test_followers_are_told_of_a_change_once(
    book: SqlDossierBook, database: Database
) -> None:
    await book.put([an_update(State.ACCEPTED)], "một cửa")
    await follow(database, "lan", "hùng")
    await follow(database, "chỉ nhớ", since=None)
    await follow(database, "sẽ theo dõi", since=NOW + 60)
    await follow(database, "hồ sơ khác", code=OTHER_CODE)
    change = an_update(State.SUPPLEMENT, hours=5, supplement=Supplement(note="Bổ sung tờ khai"))
    for _ in range(3):
        await book.put([change], "một cửa")
    await a_book(database).put([change, change], "tệp")
    rows = await alerts(database)
    assert [row.user_id for row in rows] == ["hùng", "lan"]
    head = (await the_row(database)).head
    assert {(row.kind, row.subject, row.code) for row in rows} == {("change", head, CODE)}
    assert {(row.created_at, row.told_at) for row in rows} == {(NOW, None)}


async def test_several_changes_at_once_are_told_as_one(
    book: SqlDossierBook, database: Database
) -> None:
    await book.put([an_update(State.REGISTERED)], "một cửa")
    await follow(database, "lan")
    several = [an_update(state, hours=state) for state in (State.ACCEPTED, State.DONE)]
    await book.put(several, "một cửa")
    assert len(await alerts(database)) == 1


DUE = MONDAY + timedelta(days=9)
NOT_NEWS = {
    "an older one": an_update(State.REFUSED, hours=-1),
    "another note": an_update(hours=3, note="Đã chuyển chuyên viên"),
    "another hour of the same day": an_update(hours=3, due_at=DUE + timedelta(hours=1)),
    "what it costs, while nothing is to be paid": an_update(hours=3, payments=(Payment("Phí", 9),)),
}
NEWS = {
    "another day": an_update(hours=3, due_at=DUE + timedelta(days=1)),
    "another state": an_update(State.DONE, hours=3),
}


@pytest.mark.parametrize("what", [*NOT_NEWS, *NEWS])
async def test_only_what_concerns_followers_is_told(
    book: SqlDossierBook, database: Database, what: str
) -> None:
    await book.put([an_update(due_at=DUE)], "một cửa")
    await follow(database, "lan")
    await book.put([(NOT_NEWS | NEWS)[what]], "một cửa")
    assert len(await alerts(database)) == (what in NEWS)


async def test_another_demand_on_the_citizen_is_told_and_one_that_is_met_is_not(
    book: SqlDossierBook, database: Database
) -> None:
    first = Payment("Lệ phí", 20_000, paid=False)
    other = Payment("Phí thẩm định", 50_000, paid=False)
    await book.put([an_update(State.PAYMENT, payments=(first,))], "một cửa")
    await follow(database, "lan")
    await book.put([an_update(State.PAYMENT, hours=1, payments=(first, other))], "một cửa")
    assert len(await alerts(database)) == 1
    paid = tuple(Payment(one.name, one.amount, paid=True) for one in (first, other))
    await book.put([an_update(State.PAYMENT, hours=2, payments=paid)], "một cửa")
    assert len(await alerts(database)) == 1
