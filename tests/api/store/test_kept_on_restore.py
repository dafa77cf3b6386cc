"""A restore opens no door again that was closed since, and tells nobody twice."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select, update

from api.store.database import Database
from api.store.dossier_tables import machine_keys
from api.store.telling import LEASE_SECONDS
from bot.dossiers.status import State
from tests.api.store.backups import KINDS, Databases, backed_up, bring_back
from tests.support.dossiers import CODE
from tests.support.following import CHANNELS, HUNG, LAN, Following, in_words
from tests.support.stored import fill

pytestmark = pytest.mark.anyio

AT = 1795320000.0


async def key_of(database: Database) -> Row[Any, Any]:
    query = select(machine_keys.c.revoked_at, machine_keys.c.expires_at)
    async with database.reading() as connection:
        return (await connection.execute(query)).one()


async def change_key(database: Database, **changes: float | None) -> None:
    async with database.writing() as connection:
        await connection.execute(update(machine_keys).values(**changes))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("backed", "since", "wanted"),
    [
        ({}, {"revoked_at": AT}, (AT, None)),
        ({}, {"expires_at": AT}, (None, AT)),
        ({"expires_at": AT + 9}, {"expires_at": AT}, (None, AT)),
        ({"expires_at": AT}, {"expires_at": AT + 9}, (None, AT)),
        ({"expires_at": AT}, {"expires_at": None}, (None, AT)),
        ({"revoked_at": AT}, {"revoked_at": AT + 9}, (AT, None)),
        ({}, {}, (None, None)),
    ],
)
async def test_keys_that_ended_since_the_backup_open_nothing_again(
    databases: Databases,
    tmp_path: Path,
    kind: str,
    backed: dict[str, float],
    since: dict[str, float | None],
    wanted: tuple[float | None, float | None],
) -> None:
    database = await databases.fresh(kind)
    await fill(database)
    await change_key(database, **{"revoked_at": None, "expires_at": None, **backed})
    backup = await backed_up(database, tmp_path)
    await change_key(database, **{"revoked_at": None, "expires_at": None, **since})
    await bring_back(database, backup, tmp_path)
    assert tuple(await key_of(database)) == wanted


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_told_since_the_backup_is_not_told_again(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    database = await databases.fresh(kind)
    world = Following(database)
    await world.tell(State.PROCESSING)
    for key in (LAN, HUNG):
        await world.follow(key)
    await world.tell(State.PAYMENT)
    backup = await backed_up(database, tmp_path)
    (alert, *_) = await world.claim(most=1)
    await world.alerts.settle([in_words(alert)])
    await bring_back(database, backup, tmp_path)
    world.now += LEASE_SECONDS + 1
    (other,) = await world.claim()
    assert {alert.key, other.key} == {LAN, HUNG}
    assert await world.messages() == []


@pytest.mark.parametrize("kind", KINDS)
async def test_an_empty_database_knows_of_nothing_told_so_it_is_told(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    before, after = await databases.fresh("sqlite"), await databases.fresh(kind)
    world = Following(before)
    await world.tell(State.PROCESSING)
    await world.follow()
    await world.tell(State.DONE)
    await bring_back(after, await backed_up(before, tmp_path), tmp_path)
    assert await Following(after).alerts.waiting(CHANNELS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("entirely", [False, True])
async def test_who_follows_no_more_is_not_told_what_waited_in_the_backup(
    databases: Databases, tmp_path: Path, kind: str, *, entirely: bool
) -> None:
    world = Following(await databases.fresh(kind))
    await world.tell(State.PROCESSING)
    for key in (LAN, HUNG):
        await world.follow(key)
    await world.follows.remember(LAN, CODE, follow=False, terms=1)
    await world.tell(State.PAYMENT)
    backup = await backed_up(world.database, tmp_path)
    await world.follows.forget(LAN, "", entirely=entirely)
    await bring_back(world.database, backup, tmp_path)
    assert [alert.key for alert in await world.claim()] == [HUNG]
