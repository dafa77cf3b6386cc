"""Systems that send everything every night, without moments, fill no tables."""

from datetime import timedelta

import pytest

from api.store.database import Database
from api.store.dossier_tables import dossier_updates
from api.store.dossiers.book import SqlDossierBook
from bot.dossiers.ports import Kept
from bot.dossiers.status import DossierUpdate, FactorKind, State
from tests.api.store.dossier_rows import a_book, alerts, count, follow
from tests.support.dossier_updates import CODE, MONDAY, an_update

pytestmark = pytest.mark.anyio


@pytest.fixture
def book(database: Database) -> SqlDossierBook:
    return a_book(database)


def untimed(state: State = State.PROCESSING, night: int = 0, **told: object) -> DossierUpdate:
    """An update that tells no moment, as it came in some night."""
    return an_update(state, hours=24 * night, tells_moment=False, **told)


async def test_what_is_sent_every_night_is_kept_once(
    book: SqlDossierBook, database: Database
) -> None:
    await follow(database, "lan")
    kept = [
        (await book.put([untimed(night=night, note="Đang thẩm định")], "một cửa"))[0]
        for night in range(5)
    ]
    assert kept == [Kept.NEW, *[Kept.KNOWN] * 4]
    assert await count(database, dossier_updates) == 1
    assert len(await alerts(database)) == 1
    status = await book.get(CODE)
    assert status is not None
    assert status.changed_at == MONDAY


async def test_what_changes_between_two_nights_is_kept(
    book: SqlDossierBook, database: Database
) -> None:
    states = (State.ACCEPTED, State.PROCESSING, State.PROCESSING, State.ACCEPTED, State.ACCEPTED)
    told = [untimed(state, night) for night, state in enumerate(states)]
    kept = [(await book.put([one], "một cửa"))[0] for one in told]
    assert kept == [Kept.NEW, Kept.CHANGED, Kept.KNOWN, Kept.CHANGED, Kept.KNOWN]
    noted = untimed(State.ACCEPTED, 9, note="Thiếu chữ ký")
    assert await book.put([noted], "một cửa") == [Kept.CHANGED]
    assert await count(database, dossier_updates) == 4


async def test_in_one_batch_each_is_compared_with_the_one_before(
    book: SqlDossierBook, database: Database
) -> None:
    states = (State.ACCEPTED, State.ACCEPTED, State.DONE, State.DONE, State.ACCEPTED)
    told = [
        an_update(state, hours=number / 1000, tells_moment=False)
        for number, state in enumerate(states)
    ]
    expected = [Kept.NEW, Kept.KNOWN, Kept.CHANGED, Kept.KNOWN, Kept.CHANGED]
    assert await book.put(told, "một cửa") == expected
    status = await book.get(CODE)
    assert status is not None
    assert status.state is State.ACCEPTED
    assert await count(database, dossier_updates) == 3


async def test_what_repeats_an_update_with_a_moment_is_known(book: SqlDossierBook) -> None:
    await book.put([an_update(State.DONE, note="Xong")], "một cửa")
    assert await book.put([untimed(State.DONE, 3, note="Xong")], "một cửa") == [Kept.KNOWN]


async def test_updates_with_moments_are_never_taken_for_repeats(
    book: SqlDossierBook, database: Database
) -> None:
    told = [an_update(State.PROCESSING, hours=number) for number in range(3)]
    for one in told:
        await book.put([one], "một cửa")
    assert await count(database, dossier_updates) == 3
    status = await book.get(CODE)
    assert status is not None
    assert status.as_of == MONDAY + timedelta(hours=2)


async def test_a_repeat_still_corrects_a_number(book: SqlDossierBook) -> None:
    await book.put([untimed(factors={FactorKind.PHONE: "1111"})], "một cửa")
    (before,) = await book.factors(CODE)
    again = untimed(night=1, factors={FactorKind.PHONE: "2222"})
    assert await book.put([again], "một cửa") == [Kept.KNOWN]
    (after,) = await book.factors(CODE)
    assert after.hashed != before.hashed
