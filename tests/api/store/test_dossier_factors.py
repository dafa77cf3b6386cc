"""A corrected number replaces the wrong one, in whatever order the two arrive."""

import itertools

import pytest
from sqlalchemy import update

from api.store.database import Database
from api.store.dossier_tables import dossiers
from api.store.dossiers.book import SqlDossierBook
from bot.dossiers.factors import MOST_FACTORS
from bot.dossiers.ports import Kept
from bot.dossiers.status import FactorKind, State
from tests.api.store.dossier_rows import KEY, a_book
from tests.support.dossier_updates import CODE, an_update

pytestmark = pytest.mark.anyio

PHONE, IDENTITY, YEAR = FactorKind.PHONE, FactorKind.IDENTITY, FactorKind.BIRTH_YEAR


@pytest.fixture
def book(database: Database) -> SqlDossierBook:
    return a_book(database)


async def kept(book: SqlDossierBook, code: str = CODE) -> dict[FactorKind, str]:
    """Return the hash of each kind."""
    factors = await book.factors(code)
    assert len(factors) == len({one.kind for one in factors})
    return {one.kind: one.hashed for one in factors}


def hashed(code: str = CODE, **digits: str) -> dict[FactorKind, str]:
    return {FactorKind(kind): KEY.hash(code, FactorKind(kind), one) for kind, one in digits.items()}


async def test_factors_of_other_kinds_are_added_up_whichever_update_tells_them(
    book: SqlDossierBook,
) -> None:
    one = an_update(State.ACCEPTED, hours=9, factors={PHONE: "5678"})
    await book.put([one], "một cửa")
    again = an_update(State.ACCEPTED, hours=9, factors={IDENTITY: "1234"})
    assert await book.put([again], "một cửa") == [Kept.KNOWN]
    older = an_update(State.REGISTERED, factors={YEAR: "1987"})
    assert await book.put([older], "một cửa") == [Kept.OLDER]
    assert await kept(book) == hashed(phone4="5678", id4="1234", birth_year="1987")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_the_newest_update_says_which_number_counts_in_any_order_of_arrival(
    book: SqlDossierBook, order: tuple[int, ...]
) -> None:
    told = [
        an_update(State.REGISTERED, factors={PHONE: "1111", IDENTITY: "3333"}),
        an_update(State.ACCEPTED, hours=1, factors={PHONE: "2222"}),
        an_update(State.PROCESSING, hours=2),
    ]
    for number in order:
        await book.put([told[number]], "một cửa")
    assert await kept(book) == hashed(phone4="2222", id4="3333")


async def test_a_number_that_was_told_again_later_outlives_one_told_between(
    book: SqlDossierBook,
) -> None:
    """What matters is when it was told last, not when it was first."""
    await book.put([an_update(State.REGISTERED, factors={PHONE: "1111"})], "một cửa")
    await book.put([an_update(State.DONE, hours=9, factors={PHONE: "1111"})], "một cửa")
    late = an_update(State.ACCEPTED, hours=5, factors={PHONE: "2222"})
    assert await book.put([late], "một cửa") == [Kept.OLDER]
    assert await kept(book) == hashed(phone4="1111")


async def test_a_correction_with_the_moment_of_what_it_corrects_counts(
    book: SqlDossierBook,
) -> None:
    await book.put([an_update(factors={PHONE: "1111"})], "một cửa")
    assert await book.put([an_update(factors={PHONE: "2222"})], "một cửa") == [Kept.KNOWN]
    assert await kept(book) == hashed(phone4="2222")


async def test_there_are_never_more_factors_than_are_compared(book: SqlDossierBook) -> None:
    for number in range(5):
        digits = dict.fromkeys(FactorKind, f"{number:04}")
        await book.put([an_update(hours=number, factors=digits)], "một cửa")
    assert len(await book.factors(CODE)) == MOST_FACTORS


async def test_factors_that_are_written_in_another_way_prove_nothing(
    book: SqlDossierBook, database: Database
) -> None:
    await book.put([an_update(factors={PHONE: "5678"})], "một cửa")
    async with database.writing() as connection:
        await connection.execute(update(dossiers).values(factors="a" * 64 + " face:" + "b" * 64))
    assert await book.factors(CODE) == ()
    await book.put([an_update(factors={PHONE: "5678"})], "một cửa")
    assert await kept(book) == hashed(phone4="5678")
