"""A word opens its dossier once, and not for long."""

import asyncio

import pytest
from sqlalchemy import select

from api.store.database import Database
from api.store.dossier_tables import dossier_words
from api.store.dossiers.words import SqlWords

pytestmark = pytest.mark.anyio

NOON = 1_795_400_000.0
CODE = "H17.15-261116-0012"
HASH = "ab" * 32


@pytest.fixture
async def words(database: Database) -> SqlWords:
    words = SqlWords(database)
    await words.put(HASH, CODE, NOON + 900)
    return words


async def test_a_word_is_used_up_by_being_used(words: SqlWords) -> None:
    assert await words.take(HASH, NOON) == CODE
    assert await words.take(HASH, NOON) is None


async def test_a_word_ends_after_its_time(words: SqlWords) -> None:
    assert await words.take(HASH, NOON + 900) is None
    assert await words.take(HASH, NOON + 899.9) == CODE


async def test_a_word_that_was_never_given_out_opens_nothing(words: SqlWords) -> None:
    assert await words.take("cd" * 32, NOON) is None


async def test_of_many_who_take_a_word_at_once_one_gets_the_dossier(
    words: SqlWords, address: str
) -> None:
    elsewhere = Database(address)
    other = SqlWords(elsewhere)
    taken = await asyncio.gather(
        *(one.take(HASH, NOON) for _ in range(10) for one in (words, other))
    )
    await elsewhere.close()
    assert sorted(taken, key=str) == [CODE, *[None] * 19]


async def test_only_hashes_are_kept(words: SqlWords, database: Database) -> None:
    async with database.reading() as connection:
        rows = (await connection.execute(select(dossier_words.c.word_hash))).scalars().all()
    assert rows == [HASH]
    assert await words.take(HASH, NOON) == CODE
