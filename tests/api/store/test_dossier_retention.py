"""Dossiers go with all that hangs on them when they are old, and not before."""

from typing import Any

import pytest
from sqlalchemy import Table, insert, select

from api.jobs.retention import retain
from api.store.channel_tables import contacts
from api.store.database import Database
from api.store.dossier_tables import (
    dossier_alerts,
    dossier_follows,
    dossier_tries,
    dossier_updates,
    dossier_words,
    dossiers,
)
from api.store.dossiers import forgetting
from api.store.dossiers.book import SqlDossierBook
from api.store.retention import ALERT_DAYS, DAY_SECONDS, ENDED_DAYS, SqlRetention
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import State
from tests.support.dossier_updates import MONDAY, an_update

pytestmark = pytest.mark.anyio

NOW = MONDAY.timestamp()
DOSSIER_DAYS = 365
OLD, YOUNG = "H17.15-241116-0001", "H17.15-261116-0002"


async def no_pause(_seconds: float) -> None:
    """Go on at once."""


def a_book(database: Database, days_ago: float = 0) -> SqlDossierBook:
    at = NOW - days_ago * DAY_SECONDS
    return SqlDossierBook(database, FactorKey(b"k" * 32), lambda: at)


async def clean(database: Database) -> dict[str, int]:
    return dict(await retain(SqlRetention(database, 30, DOSSIER_DAYS), NOW, no_pause))


async def fill(database: Database, table: Table, *rows: dict[str, Any]) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(table), list(rows))


async def column(database: Database, found: Any) -> list[Any]:
    async with database.reading() as connection:
        return sorted((await connection.execute(select(found))).scalars())


def a_follow(number: int, code: str) -> dict[str, Any]:
    person = {"id": number, "channel": "telegram", "user_id": str(number), "code": code}
    return person | {"remembered_at": 1.0, "followed_at": 1.0, "terms": 1}


def an_alert(follow: int, code: str) -> dict[str, Any]:
    return {
        "follow_id": follow,
        "code": code,
        "kind": "change",
        "subject": "một thay đổi",
        "created_at": 1.0,
    }


async def test_an_old_dossier_goes_with_all_that_hangs_on_it(database: Database) -> None:
    await a_book(database, DOSSIER_DAYS + 1).put([an_update(code=OLD)], "một cửa")
    await a_book(database, DOSSIER_DAYS - 1).put([an_update(code=YOUNG)], "một cửa")
    await fill(database, dossier_follows, a_follow(1, OLD), a_follow(2, YOUNG))
    await fill(database, dossier_alerts, an_alert(1, OLD), an_alert(2, YOUNG))
    removed = await clean(database)
    assert removed == {"dossiers": 1, "dossier_updates": 1, "dossier_follows": 1}
    for table in (dossiers, dossier_updates, dossier_follows, dossier_alerts):
        assert await column(database, table.c.code) == [YOUNG]
    assert await a_book(database).get(OLD) is None


async def test_news_of_an_old_dossier_keep_it_and_repetitions_do_not(database: Database) -> None:
    long_ago = a_book(database, DOSSIER_DAYS + 1)
    await long_ago.put([an_update(code=OLD), an_update(code=YOUNG)], "một cửa")
    await a_book(database, 1).put([an_update(code=OLD)], "một cửa")
    await a_book(database, 1).put([an_update(State.DONE, hours=1, code=YOUNG)], "một cửa")
    await clean(database)
    assert await column(database, dossiers.c.code) == [YOUNG]
    assert len(await column(database, dossier_updates.c.id)) == 2


async def test_many_old_dossiers_go_in_small_steps(database: Database) -> None:
    many = forgetting.AT_ONCE * 2 + 7
    told = [an_update(code=f"H17.15-241116-{number:04}") for number in range(many)]
    await a_book(database, DOSSIER_DAYS + 1).put(told, "một cửa")
    assert (await clean(database))["dossiers"] == many
    assert await column(database, dossiers.c.code) == []


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [
        (State.RETURNED, ENDED_DAYS + 1, []),
        (State.REFUSED, ENDED_DAYS + 1, []),
        (State.WITHDRAWN, ENDED_DAYS + 1, []),
        (State.STOPPED, ENDED_DAYS + 1, []),
        (State.RETURNED, ENDED_DAYS - 1, [1]),
        (State.DONE, ENDED_DAYS + 1, [1]),
        (State.SUPPLEMENT, ENDED_DAYS + 1, [1]),
    ],
)
async def test_a_person_and_a_dossier_that_ended_are_parted_after_two_months(
    database: Database, state: State, days: float, left: list[int]
) -> None:
    told = an_update(state, code=YOUNG, hours=-24 * days)
    await a_book(database, days).put([told], "một cửa")
    await fill(database, dossier_follows, a_follow(1, YOUNG))
    await fill(database, dossier_alerts, an_alert(1, YOUNG))
    await clean(database)
    assert await column(database, dossiers.c.code) == [YOUNG]
    assert await column(database, dossier_follows.c.id) == left
    assert await column(database, dossier_alerts.c.follow_id) == left


async def test_words_go_when_they_are_no_longer_good(database: Database) -> None:
    words = {"hết hạn": NOW - 1, "còn hạn": NOW + 1}
    rows = [{"word_hash": word, "code": YOUNG, "expires_at": at} for word, at in words.items()]
    await fill(database, dossier_words, *rows)
    await clean(database)
    assert await column(database, dossier_words.c.word_hash) == ["còn hạn"]


async def test_wrong_attempts_are_forgotten_when_a_quiet_day_took_each_back(
    database: Database,
) -> None:
    tries = {"một lần": (1, 2.1), "hôm qua": (1, 1.5), "mười lần": (10, 9.9), "đã lâu": (10, 10.1)}
    rows = [
        {
            "subject": name,
            "failures": failures,
            "last_at": NOW - days * DAY_SECONDS,
            "locked_until": NOW - (days - 1) * DAY_SECONDS,
        }
        for name, (failures, days) in tries.items()
    ]
    await fill(database, dossier_tries, *rows)
    await clean(database)
    assert await column(database, dossier_tries.c.subject) == ["hôm qua", "mười lần"]


SAMPLE = "H00.01-261116-0001"


async def test_samples_are_told_apart_and_removed_with_all_that_hangs_on_them(
    database: Database,
) -> None:
    book = a_book(database)
    assert not await book.any_real()
    await book.put([an_update(code=SAMPLE)], "mẫu")
    assert not await book.any_real()
    await book.put([an_update(code=YOUNG)], "một cửa")
    assert await book.any_real()
    await fill(database, dossier_follows, a_follow(1, SAMPLE), a_follow(2, YOUNG))
    await fill(database, dossier_alerts, an_alert(1, SAMPLE))
    assert await book.remove_samples() == 1
    assert await book.remove_samples() == 0
    for table in (dossiers, dossier_updates, dossier_follows):
        assert await column(database, table.c.code) == [YOUNG]
    assert await column(database, dossier_alerts.c.code) == []


async def test_followed_codes_are_listed_in_portions_without_those_that_ended(
    database: Database,
) -> None:
    codes = [f"H17.15-261116-{number:04}" for number in range(5)]
    book = a_book(database)
    await book.put([an_update(code=code) for code in codes[:3]], "một cửa")
    await book.put([an_update(State.RETURNED, code=codes[3])], "một cửa")
    rows = [a_follow(number, code) for number, code in enumerate(codes)]
    again = a_follow(9, codes[0])
    remembered_only = a_follow(10, "H17.15-261116-9999") | {"followed_at": None}
    await fill(database, dossier_follows, *rows, again, remembered_only)
    first = await book.codes_followed(2)
    assert list(first) == codes[:2]
    assert list(await book.codes_followed(2, after=first[-1])) == [codes[2], codes[4]]
    assert list(await book.codes_followed(2, after=codes[4])) == []


async def test_told_alerts_go_after_three_months_and_open_ones_stay(database: Database) -> None:
    await a_book(database).put([an_update(code=YOUNG)], "test")
    await fill(database, dossier_follows, a_follow(1, YOUNG))
    times = {"cũ": ALERT_DAYS + 1, "mới": ALERT_DAYS - 1, "còn chờ": None}
    told = [
        an_alert(1, YOUNG)
        | {"id": number, "subject": subject}
        | {"told_at": None if days is None else NOW - days * DAY_SECONDS}
        for number, (subject, days) in enumerate(times.items(), 1)
    ]
    await fill(database, dossier_alerts, *told)
    assert await clean(database) == {"dossier_alerts": 1}
    assert await column(database, dossier_alerts.c.subject) == ["còn chờ", "mới"]


async def test_who_follows_stays_known_however_long_she_is_silent(database: Database) -> None:
    await a_book(database).put([an_update(code=YOUNG)], "test")
    await fill(database, dossier_follows, a_follow(1, YOUNG))
    long_ago = NOW - 300 * DAY_SECONDS
    seen = {"channel": "telegram", "first_seen_at": long_ago, "last_seen_at": long_ago}
    await fill(database, contacts, seen | {"user_id": "1"}, seen | {"user_id": "2"})
    assert await clean(database) == {"contacts": 1}
    assert await column(database, contacts.c.user_id) == ["1"]
