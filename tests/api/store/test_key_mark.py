"""With another key no proof would ever fit: that is noticed before anybody is refused."""

import time

import pytest

from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.key_mark import KeyMark
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import FactorKind
from tests.support.dossier_updates import an_update

pytestmark = pytest.mark.anyio

OURS, OTHER = "ab" * 32, "cd" * 32


async def push(database: Database) -> SqlDossierBook:
    book = SqlDossierBook(database, FactorKey(b"k" * 32), time.time)
    await book.put([an_update(factors={FactorKind.PHONE: "5678"})], "motcua-tinh")
    return book


async def test_an_empty_database_takes_any_key(database: Database) -> None:
    mark = KeyMark(database)
    assert await mark.settle(OURS)
    assert await mark.fits(OTHER)
    assert await mark.settle(OTHER)


async def test_another_key_is_noticed_once_there_are_factors(database: Database) -> None:
    mark = KeyMark(database)
    await mark.settle(OURS)
    await push(database)
    assert not await mark.fits(OTHER)
    assert not await mark.settle(OTHER)
    assert await mark.settle(OURS)


async def test_a_lost_key_is_exchanged_and_its_factors_go(database: Database) -> None:
    mark = KeyMark(database)
    await mark.settle(OURS)
    book = await push(database)
    code = an_update().code
    assert await book.factors(code)
    assert await mark.exchange(OTHER) == 1
    assert not await book.factors(code)
    assert await book.get(code) is not None
    assert await mark.exchange(OTHER) == 0
    assert await mark.settle(OTHER)
