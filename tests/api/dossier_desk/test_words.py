"""A word opens a dossier once on another channel, for a quarter of an hour."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from api.dossier_desk.words import LENGTH, LETTERS, new_word
from api.store.database import Database
from api.store.dossier_tables import dossier_words
from bot.deciding.dossier_reading import read_word
from bot.deciding.dossier_values import OpenedWord, read_dossier_act, word_value
from bot.dossiers.ports import Found, Locked, NoMatch
from tests.support.desk_parts import CODE, LAN, MINH, Office

pytestmark = pytest.mark.anyio


def test_words_hold_no_signs_that_are_taken_for_one_another() -> None:
    for alike in ("0O", "1IL", "2Z", "5S", "6G", "8B"):
        assert sum(sign in LETTERS for sign in alike) <= 1
    words = {new_word() for _ in range(1000)}
    assert len(words) == 1000
    assert {len(word) for word in words} == {LENGTH}
    assert set("".join(words)) == set(LETTERS)
    for word in words:
        assert read_word(word) == read_word(f"mã: {word}") == word
        assert read_dossier_act(word_value(word)) == OpenedWord(word)


@pytest.mark.parametrize("written", [str, str.lower, " {} ".format, " ".join])
async def test_a_word_opens_the_dossier_once_elsewhere(office: Office, written: object) -> None:
    word = await office.desk.hand_over(CODE)
    assert callable(written)
    found = await office.desk.redeem(MINH, written(word))
    assert isinstance(found, Found)
    assert found.status.code == CODE
    assert await office.desk.redeem(MINH, word) == NoMatch()


async def test_a_word_is_good_for_a_quarter_of_an_hour(office: Office) -> None:
    early, late = await office.desk.hand_over(CODE), await office.desk.hand_over(CODE)
    office.clock.now += timedelta(minutes=15) - timedelta(seconds=1)
    assert isinstance(await office.desk.redeem(MINH, early), Found)
    office.clock.now += timedelta(seconds=1)
    assert await office.desk.redeem(MINH, late) == NoMatch()


async def test_wrong_words_count_like_wrong_factors(office: Office) -> None:
    word = await office.desk.hand_over(CODE)
    for number in range(5):
        assert await office.desk.redeem(MINH, f"AAAA234{number}") == NoMatch()
    assert isinstance(await office.desk.redeem(MINH, word), Locked)
    assert isinstance(await office.desk.redeem(LAN, word), Found)


async def test_no_word_lies_in_the_database(office: Office, database: Database) -> None:
    word = await office.desk.hand_over(CODE)
    async with database.reading() as connection:
        rows = (await connection.execute(select(dossier_words))).all()
    assert len(rows) == 1
    assert word not in str(rows)
