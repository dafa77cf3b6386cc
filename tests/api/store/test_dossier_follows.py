"""What people agreed to is kept once, stopped by one tap, and erased with everything else."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import Table, func, insert, select, update

from api.store.channel_tables import audit
from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossiers, sealed_phones
from api.store.dossiers.follows import SqlFollows
from bot.dossiers.ports import Remembered
from bot.messages import ConversationKey

pytestmark = pytest.mark.anyio

LAN = ConversationKey("telegram", "9007199254740993")
HUNG = ConversationKey("zalo_oa", "9007199254740993")
BIRTH, LAND = "H17.15-261110-0012", "H29.01-261102-0007"


class Clock:
    """Seconds since 1970, one more each time."""

    def __init__(self) -> None:
        self.now = 1_795_400_000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture
def follows(database: Database) -> SqlFollows:
    return SqlFollows(database, Clock())


async def count(database: Database, table: Table) -> int:
    async with database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def an_alert(database: Database, key: ConversationKey, subject: str = "1") -> None:
    """Something waits to be told about every dossier that the person follows."""
    row = dossier_follows.c
    mine = select(row.id, row.code).where(row.channel == key.channel, row.user_id == key.user_id)
    async with database.writing() as connection:
        for follow in (await connection.execute(mine)).all():
            alert = {"follow_id": follow.id, "code": follow.code, "created_at": 0.0}
            new = insert(dossier_alerts).values(kind="change", subject=subject, **alert)
            await connection.execute(new)


async def test_who_agreed_is_remembered_the_latest_first(follows: SqlFollows) -> None:
    await follows.remember(LAN, BIRTH, follow=False, terms=1)
    await follows.remember(LAN, LAND, follow=True, terms=1)
    assert await follows.list(LAN) == [
        Remembered(LAND, "", followed=True),
        Remembered(BIRTH, "", followed=False),
    ]
    assert await follows.find(LAN, BIRTH) == Remembered(BIRTH, "", followed=False)
    assert await follows.find(LAN, "H17.15-261110-0013") is None


async def test_the_same_number_on_another_channel_is_another_person(follows: SqlFollows) -> None:
    await follows.remember(LAN, BIRTH, follow=True, terms=1)
    assert await follows.list(HUNG) == []
    assert await follows.find(HUNG, BIRTH) is None


async def test_a_remembered_dossier_is_called_by_its_procedure(
    database: Database, follows: SqlFollows
) -> None:
    record = json.dumps({"code": BIRTH, "procedure_name": "Đăng ký khai sinh"})
    known = {"state": 4, "changed_at": 1.0, "as_of": 1.0, "head": "1", "source": "t"}
    async with database.writing() as connection:
        new = insert(dossiers).values(code=BIRTH, record=record, stored_at=1.0, **known)
        await connection.execute(new)
    await follows.remember(LAN, BIRTH, follow=False, terms=1)
    assert await follows.list(LAN) == [Remembered(BIRTH, "Đăng ký khai sinh", followed=False)]


async def test_agreeing_again_changes_nothing_and_never_stops_following(
    database: Database, follows: SqlFollows
) -> None:
    await follows.remember(LAN, BIRTH, follow=True, terms=1)
    async with database.reading() as connection:
        before = (await connection.execute(select(dossier_follows))).all()
    await follows.remember(LAN, BIRTH, follow=True, terms=2)
    async with database.reading() as connection:
        assert (await connection.execute(select(dossier_follows))).all() == before
    await follows.remember(LAN, BIRTH, follow=False, terms=2)
    assert await follows.list(LAN) == [Remembered(BIRTH, "", followed=True)]


async def test_who_only_had_it_remembered_can_follow_later_by_newer_words(
    database: Database, follows: SqlFollows
) -> None:
    await follows.remember(LAN, BIRTH, follow=False, terms=1)
    await follows.remember(LAN, BIRTH, follow=True, terms=2)
    async with database.reading() as connection:
        (row,) = (await connection.execute(select(dossier_follows))).all()
    assert row.followed_at > row.remembered_at
    assert row.terms == 2


async def test_who_stops_is_told_of_nothing_that_waits_and_stays_remembered(
    database: Database, follows: SqlFollows
) -> None:
    await follows.remember(LAN, BIRTH, follow=False, terms=1)
    for key, code in ((LAN, BIRTH), (LAN, LAND), (HUNG, BIRTH)):
        await follows.remember(key, code, follow=True, terms=1)
    await an_alert(database, LAN)
    await follows.forget(LAN, BIRTH, entirely=False)
    assert await follows.list(LAN) == [
        Remembered(LAND, "", followed=True),
        Remembered(BIRTH, "", followed=False),
    ]
    assert await follows.list(HUNG) == [Remembered(BIRTH, "", followed=True)]
    async with database.reading() as connection:
        told = (await connection.execute(select(dossier_alerts).order_by("code"))).all()
    assert [(row.code, row.way) for row in told] == [(BIRTH, "dropped"), (LAND, None)]


async def test_who_stops_with_all_follows_none(follows: SqlFollows) -> None:
    await follows.remember(LAN, BIRTH, follow=True, terms=1)
    await follows.remember(LAN, LAND, follow=True, terms=1)
    await follows.forget(LAN, "", entirely=False)
    assert await follows.list(LAN) == []


@pytest.mark.parametrize("remembered_first", [True, False])
async def test_what_was_only_followed_is_not_remembered_when_that_ends(
    database: Database, follows: SqlFollows, *, remembered_first: bool
) -> None:
    wishes = [False, True] if remembered_first else [True, False]
    for follow in wishes:
        await follows.remember(LAN, BIRTH, follow=follow, terms=1)
    await follows.remember(LAN, LAND, follow=True, terms=1)
    await an_alert(database, LAN)
    await follows.forget(LAN, "", entirely=False)

    assert await follows.list(LAN) == [Remembered(BIRTH, "", followed=False)]
    assert await count(database, dossier_alerts) == 1  # that of the other one went with it


async def test_it_is_known_when_something_was_told_last(
    database: Database, follows: SqlFollows
) -> None:
    await follows.remember(LAN, BIRTH, follow=True, terms=1)
    for subject, told_at, way in (("1", 5.0, "message"), ("2", 9.0, "dropped"), ("3", None, None)):
        await an_alert(database, LAN, subject)
        told = update(dossier_alerts).where(dossier_alerts.c.subject == subject)
        async with database.writing() as connection:
            await connection.execute(told.values(told_at=told_at, way=way))

    assert [one.told_at for one in await follows.list(LAN)] == [5.0]


async def test_what_is_forgotten_entirely_leaves_no_row(
    database: Database, follows: SqlFollows
) -> None:
    for key in (LAN, HUNG):
        await follows.remember(key, BIRTH, follow=True, terms=1)
        await follows.remember(key, LAND, follow=True, terms=1)
        await an_alert(database, key)
    await follows.forget(LAN, BIRTH, entirely=True)
    assert [one.code for one in await follows.list(LAN)] == [LAND]
    await follows.forget(LAN, "", entirely=True)
    assert await follows.list(LAN) == []
    assert await count(database, dossier_follows) == 2
    assert await count(database, dossier_alerts) == 2


async def test_forgetting_what_was_never_remembered_does_nothing(follows: SqlFollows) -> None:
    await follows.forget(LAN, BIRTH, entirely=False)
    await follows.forget(LAN, "", entirely=True)
    assert await follows.list(LAN) == []


async def test_erasing_a_person_erases_follows_alerts_and_the_telephone(
    database: Database, follows: SqlFollows
) -> None:
    for key in (LAN, HUNG):
        await follows.remember(key, BIRTH, follow=True, terms=1)
        await an_alert(database, key)
        phone = {"channel": key.channel, "user_id": key.user_id, "sealed": "kín", "given_at": 1.0}
        async with database.writing() as connection:
            await connection.execute(insert(sealed_phones).values(**phone))
    async with SqlDialogueStore(database, lambda: 0.0).open(LAN) as conversation:
        await conversation.erase(datetime(2026, 11, 22, tzinfo=UTC))
    for table in (dossier_follows, dossier_alerts, sealed_phones):
        assert await count(database, table) == 1, table.name
    assert await follows.list(HUNG) == [Remembered(BIRTH, "", followed=True)]
    async with database.reading() as connection:
        (line,) = (await connection.execute(select(audit))).all()
    counts = json.loads(line.details)
    assert {counts[name] for name in ("dossier_follows", "dossier_alerts", "sealed_phones")} == {1}
    assert BIRTH not in line.details
