"""Keys of other systems open what they were made for, until they end, and are kept as hashes."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.errors import KeyRefused
from api.machine_keys import Scope
from api.store import machine_keys as module
from api.store.channel_tables import audit
from api.store.database import Database
from api.store.dossier_tables import machine_keys
from api.store.machine_keys import SqlMachineKeys
from api.store.staff_looks import LOOKED
from bot.dossiers.factors import FactorKey

pytestmark = pytest.mark.anyio

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
OWN = "vZ8qLr2TnXw5KdYb7HcMf3PsJg9AeUhQ"
CODE = "H17.15-261110-0012"


@dataclass
class Clock:
    now: datetime = BEGAN

    def __call__(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(database: Database, clock: Clock) -> SqlMachineKeys:
    return SqlMachineKeys(database, FactorKey(b"k" * 32), clock)


async def why_refused(keys: SqlMachineKeys, presented: str) -> str:
    with pytest.raises(KeyRefused) as caught:
        await keys.recognise(presented)
    assert presented == "" or presented not in str(caught.value)
    return str(caught.value)


async def audited(database: Database) -> list[tuple[str, dict[str, str]]]:
    query = select(audit.c.what, audit.c.details).order_by(audit.c.id)
    async with database.reading() as connection:
        return [(row.what, json.loads(row.details)) for row in await connection.execute(query)]


async def test_a_key_opens_what_it_was_made_for(keys: SqlMachineKeys) -> None:
    key_id, key = await keys.add("Một cửa tỉnh", frozenset({Scope.WRITE}), None)
    found = await keys.recognise(key)
    assert (found.id, found.name, found.scopes) == (
        key_id,
        "Một cửa tỉnh",
        frozenset({Scope.WRITE}),
    )
    assert key.startswith(f"mc_{key_id}_")


async def test_the_database_holds_no_key(keys: SqlMachineKeys, database: Database) -> None:
    _, key = await keys.add("Một cửa tỉnh", frozenset(Scope), 365)
    await keys.add_own(OWN, "Hệ thống cũ", frozenset(Scope), None)
    async with database.reading() as connection:
        rows = (await connection.execute(select(machine_keys))).all()
        lines = (await connection.execute(select(audit))).all()
    assert len(rows) == len(lines) == 2
    for secret in (key, key.split("_", 2)[2], OWN):
        assert secret not in str(rows) + str(lines)


async def test_a_wrong_key_is_refused_as_if_there_were_none(keys: SqlMachineKeys) -> None:
    key_id, key = await keys.add("Một cửa tỉnh", frozenset(Scope), None)
    other = f"mc_{key_id}_{'A' * 43}"
    told = {await why_refused(keys, one) for one in (other, key[:-1], "", "x" * 10_000, "\ud800é")}
    assert told == {await why_refused(keys, "mc_aaaaaaaaaa_" + "b" * 43)}


async def test_a_key_ends_on_its_day(keys: SqlMachineKeys, clock: Clock) -> None:
    _, key = await keys.add("Một cửa tỉnh", frozenset(Scope), 30)
    clock.now = BEGAN + timedelta(days=30, seconds=-1)
    await keys.recognise(key)
    clock.now = BEGAN + timedelta(days=30)
    assert "hết hạn" in await why_refused(keys, key)


async def test_a_revoked_key_opens_nothing_at_once(keys: SqlMachineKeys, clock: Clock) -> None:
    key_id, key = await keys.add("Một cửa tỉnh", frozenset(Scope), None)
    await keys.revoke(key_id)
    clock.now += timedelta(days=1)
    assert (await keys.revoke(key_id)).revoked_at == BEGAN
    assert "thu hồi" in await why_refused(keys, key)


async def test_both_keys_are_good_while_they_are_exchanged(
    keys: SqlMachineKeys, clock: Clock
) -> None:
    old_id, old = await keys.add("Một cửa tỉnh", frozenset({Scope.READ}), 90)
    new_id, new = await keys.rotate(old_id, 7)
    assert (await keys.recognise(new)).scopes == {Scope.READ}
    assert (await keys.recognise(old)).id != new_id
    clock.now += timedelta(days=7)
    assert "hết hạn" in await why_refused(keys, old)
    assert (await keys.recognise(new)).expires_at == BEGAN + timedelta(days=90)


async def test_a_key_that_ended_or_is_not_ours_cannot_be_exchanged(keys: SqlMachineKeys) -> None:
    ended, _ = await keys.add("Một cửa tỉnh", frozenset(Scope), None)
    await keys.revoke(ended)
    own = await keys.add_own(OWN, "Hệ thống cũ", frozenset(Scope), None)
    for key_id in (ended, own, "khong-co"):
        with pytest.raises(KeyRefused):
            await keys.rotate(key_id, 7)
    with pytest.raises(KeyRefused):
        await keys.revoke("khong-co")


async def test_a_key_of_the_other_side_is_taken_as_it_is(keys: SqlMachineKeys) -> None:
    key_id = await keys.add_own(OWN, "Hệ thống cũ", frozenset({Scope.WRITE}), None)
    found = await keys.recognise(OWN)
    assert (found.id, found.own_key) == (key_id, True)
    with pytest.raises(KeyRefused, match="đã có"):
        await keys.add_own(OWN, "Hệ thống khác", frozenset(Scope), None)


async def test_when_a_key_was_used_is_noted_once_a_minute(
    keys: SqlMachineKeys, clock: Clock
) -> None:
    _, key = await keys.add("Một cửa tỉnh", frozenset(Scope), None)
    seen = []
    for seconds in (0, 59, 60):
        clock.now = BEGAN + timedelta(seconds=seconds)
        await keys.recognise(key)
        seen.append((await keys.list())[0].last_used_at)
    assert seen == [BEGAN, BEGAN, BEGAN + timedelta(seconds=60)]


async def test_what_is_done_with_keys_is_audited(keys: SqlMachineKeys, database: Database) -> None:
    key_id, key = await keys.add("Một cửa tỉnh", frozenset({Scope.READ}), None)
    await keys.note_reading(await keys.recognise(key), CODE)
    new_id, _ = await keys.rotate(key_id, 7)
    await keys.revoke(key_id)
    told = await audited(database)
    assert [(what, details.get("key")) for what, details in told] == [
        (module.ADDED, key_id),
        (LOOKED, None),
        (module.ROTATED, new_id),
        (module.REVOKED, key_id),
    ]
    assert told[1][1]["who"] == f"khoá {key_id} (Một cửa tỉnh)"
    assert CODE not in str(told)
    assert told[1][1]["dossier"]
