"""Updates are kept once, in whatever order they come, and each change is told once."""

import asyncio
import itertools
import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from api.store.database import Database
from api.store.dossier_tables import dossier_updates, dossiers
from api.store.dossiers.book import SqlDossierBook
from bot.dossiers.folding import content_of, fold
from bot.dossiers.ports import Kept
from bot.dossiers.status import DossierUpdate, FactorKind, State, Stay, Supplement
from bot.errors import StoreUnavailable
from tests.api.store.dossier_rows import (
    KEY,
    OTHER_CODE,
    a_book,
    alerts,
    count,
    follow,
    the_row,
)
from tests.support.dossier_updates import CODE, MONDAY, an_update, updates

pytestmark = pytest.mark.anyio


@pytest.fixture
def book(database: Database) -> SqlDossierBook:
    return a_book(database)


async def test_an_unknown_code_has_no_status_and_no_factors(book: SqlDossierBook) -> None:
    assert await book.get(CODE) is None
    assert await book.factors(CODE) == ()
    assert await book.put([], "một cửa") == ()


async def test_what_is_put_is_told_with_its_history(book: SqlDossierBook) -> None:
    told = [
        an_update(State.REGISTERED, procedure_name="Đăng ký thường trú"),
        an_update(State.ACCEPTED, hours=1, due_at=MONDAY + timedelta(days=9), note="Đã nhận đủ"),
        an_update(
            State.SUPPLEMENT,
            hours=30,
            supplement=Supplement(("Giấy tờ về chỗ ở",), "Bản chụp mờ", until=date(2026, 12, 4)),
        ),
    ]
    assert await book.put(told, "một cửa") == [Kept.NEW, Kept.CHANGED, Kept.CHANGED]
    status = await book.get(CODE)
    assert status == fold(told)
    assert status is not None
    assert status.state is State.SUPPLEMENT
    assert status.procedure_name == "Đăng ký thường trú"
    assert status.stays == (Stay(MONDAY + timedelta(hours=30)),)
    assert [step.note for step in status.history] == ["", "Đã nhận đủ", ""]


async def test_what_comes_again_changes_nothing(book: SqlDossierBook, database: Database) -> None:
    told = [an_update(State.REGISTERED), an_update(State.ACCEPTED, hours=1)]
    await book.put(told, "một cửa")
    before = await the_row(database)
    assert await book.put(told, "một cửa") == [Kept.KNOWN, Kept.KNOWN]
    assert await book.put([told[0], told[0]], "tệp") == [Kept.KNOWN, Kept.KNOWN]
    assert await the_row(database) == before
    assert await count(database, dossier_updates) == 2


async def test_the_same_update_twice_at_once_is_kept_once(
    book: SqlDossierBook, database: Database
) -> None:
    one = an_update(State.ACCEPTED)
    assert await book.put([one, one], "một cửa") == [Kept.NEW, Kept.KNOWN]
    assert await count(database, dossier_updates) == 1


async def test_an_older_update_belongs_into_the_history_only(book: SqlDossierBook) -> None:
    newest = an_update(State.DONE, hours=50, unit="UBND phường Ngô Quyền")
    older = an_update(State.SUPPLEMENT, hours=3, unit="Chi cục Thuế", applicant="N*** V** A**")
    await book.put([newest], "một cửa")
    assert await book.put([older], "một cửa") == [Kept.OLDER]
    status = await book.get(CODE)
    assert status is not None
    assert (status.state, status.unit) == (State.DONE, "UBND phường Ngô Quyền")
    assert status.applicant == "N*** V** A**"
    assert status.stays == (Stay(older.at, newest.at),)
    assert [step.state for step in status.history] == [State.SUPPLEMENT, State.DONE]


def deliveries(told: list[DossierUpdate]) -> st.SearchStrategy[list[list[DossierUpdate]]]:
    """Portions in which all of `told` arrives in any order, some of it again."""
    repeated = st.lists(st.sampled_from(told), max_size=3)
    arriving = repeated.flatmap(lambda again: st.permutations([*told, *again]))
    return st.tuples(arriving, st.integers(1, 4)).map(
        lambda one: [one[0][at : at + one[1]] for at in range(0, len(one[0]), one[1])]
    )


@given(
    st.lists(updates, min_size=1, max_size=7).flatmap(
        lambda told: st.tuples(st.just(told), deliveries(told))
    )
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_any_order_in_any_portions_gives_what_folding_all_gives(
    database: Database, arriving: tuple[list[DossierUpdate], list[list[DossierUpdate]]]
) -> None:
    told, portions = arriving
    async with database.writing() as connection:
        await connection.execute(delete(dossiers))
        await connection.execute(delete(dossier_updates))
    book = a_book(database)
    kept = [one for some in portions for one in await book.put(some, "một cửa")]
    assert await book.get(CODE) == fold(told)
    contents = {content_of(one) for one in told}
    assert await count(database, dossier_updates) == len(contents)
    assert len(kept) - kept.count(Kept.KNOWN) == len(contents)
    assert kept.count(Kept.NEW) == 1


async def test_only_keyed_hashes_of_factors_are_stored(
    book: SqlDossierBook, database: Database
) -> None:
    both = {FactorKind.PHONE: "5678", FactorKind.BIRTH_YEAR: "1987"}
    await book.put([an_update(factors=both)], "một cửa")
    kept = await book.factors(CODE)
    assert {one.kind for one in kept} == both.keys()
    hashes = [one.hashed for one in kept]
    assert KEY.fits(CODE, "5678", {FactorKind.PHONE}, hashes)
    assert KEY.fits(CODE, "1987", {FactorKind.BIRTH_YEAR}, hashes)
    assert not KEY.fits(CODE, "1987", {FactorKind.PHONE}, hashes)
    async with database.reading() as connection:
        stored = [str(row) for row in (await connection.execute(select(dossier_updates))).all()]
        assert stored
    assert all("factors" not in row and "phone4" not in row for row in stored)
    if database.file:
        await database.close()
        files = [file.read_bytes() for file in database.file.parent.glob("motcua.db*")]
        assert files
        assert not any(mark in file for file in files for mark in (b"5678", b"1987"))


async def test_two_writers_at_once_lose_nothing(address: str, database: Database) -> None:
    codes = [f"H17.15-261116-{number:04}" for number in range(30)]
    for code in codes[:10]:
        await follow(database, "lan", code=code)
    states = (State.REGISTERED, State.ACCEPTED, State.PROCESSING, State.DONE)
    told = [
        an_update(state, code=code, hours=state, note=f"bước {state}")
        for code in codes
        for state in states
    ]
    chance = random.Random(20261122)  # noqa: S311 - the same order each time
    others = [Database(address) for _ in range(3)]
    batches = []
    for other in others:
        mine = told.copy()
        chance.shuffle(mine)
        batches += [a_book(other).put(mine[at : at + 17], "một cửa") for at in range(0, 120, 17)]
    kept = list(itertools.chain(*await asyncio.gather(*batches)))
    assert len(kept) == 360
    assert len(kept) - kept.count(Kept.KNOWN) == 120
    assert kept.count(Kept.NEW) == 30
    book = a_book(database)
    for code in codes:
        assert await book.get(code) == fold([one for one in told if one.code == code])
    assert len({(row.follow_id, row.subject) for row in await alerts(database)}) == len(
        await alerts(database)
    )
    assert {row.code for row in await alerts(database)} == set(codes[:10])
    for other in others:
        await other.close()


async def test_a_batch_is_kept_wholly_or_not_at_all(
    book: SqlDossierBook, database: Database
) -> None:
    await book.put([an_update(State.ACCEPTED)], "một cửa")
    await follow(database, "lan")
    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE dossier_alerts RENAME TO elsewhere"))
    several = [an_update(State.DONE, hours=2), an_update(State.ACCEPTED, code=OTHER_CODE)]
    with pytest.raises(StoreUnavailable):
        await book.put(several, "một cửa")
    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE elsewhere RENAME TO dossier_alerts"))
    assert await book.get(OTHER_CODE) is None
    status = await book.get(CODE)
    assert status is not None
    assert status.state is State.ACCEPTED
    assert await book.put(several, "một cửa") == [Kept.CHANGED, Kept.NEW]
    assert len(await alerts(database)) == 1


async def test_an_error_shows_nothing_of_what_was_kept(
    book: SqlDossierBook, database: Database
) -> None:
    await book.put([an_update(applicant="N*** V** A**")], "một cửa")
    async with database.writing() as connection:
        await connection.execute(text('UPDATE dossiers SET record = \'{"unit":"bí mật"}\''))
    with pytest.raises(StoreUnavailable) as caught:
        await book.get(CODE)
    assert "bí mật" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_fifty_thousand_updates_in_batches_are_all_kept(database: Database) -> None:
    states = (State.REGISTERED, State.ACCEPTED, State.PROCESSING, State.DONE, State.RETURNED)
    told = [
        an_update(state, code=f"H17.15-261116-{number:05}", hours=state)
        for state in states
        for number in range(10_000)
    ]
    book = a_book(database)
    await follow(database, *(str(n) for n in range(500)), code="H17.15-261116-00041")
    kept = [
        one
        for start in range(0, len(told), 1000)
        for one in await book.put(told[start : start + 1000], "một cửa")
    ]
    assert (kept.count(Kept.NEW), kept.count(Kept.CHANGED)) == (10_000, 40_000)
    assert await count(database, dossier_updates) == 50_000
    assert len(await alerts(database)) == 500 * len(states)
    assert await book.get("H17.15-261116-09999") == fold(
        one for one in told if one.code == "H17.15-261116-09999"
    )
