"""Slips, notices and sessions go when their time is over; counts stay."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from api.jobs.retention import retain
from api.store.channel_tables import contacts
from api.store.filing_tables import (
    filing_counts,
    guided_dossiers,
    notices,
    slip_holders,
    slips,
    staff,
    staff_sessions,
)
from api.store.filings.counts import Counted, add_counts
from api.store.retention import NOTICE_DAYS, OUTBOX_DAYS, SqlRetention
from tests.support.slips import BIRTH, BIRTH_CODE, DAY, DAYS, HUNG, LAN, PAPER, SlipWorld

pytestmark = pytest.mark.anyio

TALK_DAYS, DOSSIER_DAYS = 30, 365


async def no_pause(_seconds: float) -> None:
    """Go on at once."""


async def clean(world: SlipWorld) -> dict[str, int]:
    store = SqlRetention(world.database, TALK_DAYS, DOSSIER_DAYS)
    return dict(await retain(store, world.now, no_pause))


async def fill(world: SlipWorld, table: Any, **row: Any) -> None:
    async with world.database.writing() as connection:
        await connection.execute(insert(table).values(**row))


async def test_a_slip_goes_with_its_holders_when_it_has_expired(world: SlipWorld) -> None:
    await world.a_slip()
    world.now += DAYS * DAY - 1
    assert await clean(world) == {}
    world.now += 2
    assert (await clean(world))["slips"] == 1
    assert await world.all_of(slips) == await world.all_of(slip_holders) == []


async def test_told_notices_go_once_their_message_comes_back_no_more(world: SlipWorld) -> None:
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [], [PAPER])
    assert await world.tell_all() == [True]
    world.now += OUTBOX_DAYS * DAY - 1
    assert await clean(world) == {}
    world.now += 2
    assert await clean(world) == {"notices": 1}


async def test_a_notice_waits_for_its_person_and_she_stays_known_meanwhile(
    world: SlipWorld,
) -> None:
    await world.meet()
    await world.meet(HUNG)
    await world.desk.remind(LAN, BIRTH, world.moment() + timedelta(days=10))
    world.now += (10 + NOTICE_DAYS) * DAY - 1
    assert await clean(world) == {"contacts": 1}
    (left,) = await world.all_of(contacts)
    assert left.user_id == LAN.user_id
    world.now += 2
    assert (await clean(world))["notices"] == 1
    assert await world.all_of(notices) == []


async def test_counts_stay_and_dossiers_to_be_counted_go_as_dossiers_do(world: SlipWorld) -> None:
    await world.desk.filed(BIRTH_CODE, "H17.15-250710-0012")
    counted = Counted("2026-11-23", BIRTH_CODE, "guided")
    await world.database.transact(
        lambda connection: add_counts(world.database, connection, [counted])
    )
    world.now += DOSSIER_DAYS * DAY - 1
    assert await clean(world) == {}
    world.now += 2
    assert await clean(world) == {"guided_dossiers": 1}
    assert await world.all_of(guided_dossiers) == []
    assert len(await world.all_of(filing_counts)) == 1


async def test_sessions_of_officials_go_when_they_have_ended(world: SlipWorld) -> None:
    at = {"created_at": world.now, "changed_at": world.now}
    await fill(world, staff, id=1, login="lan", name="Lan", password_hash="x", **at)  # noqa: S106 - nobody's
    for name, ends in (("cũ", world.now - 1), ("mới", world.now + 1)):
        given = {"token_hash": name, "last_seen_at": world.now, "created_at": world.now}
        await fill(world, staff_sessions, staff_id=1, expires_at=ends, **given)
    assert await clean(world) == {"staff_sessions": 1}
    assert [row.token_hash for row in await world.all_of(staff_sessions)] == ["mới"]
    assert len(await world.all_of(staff)) == 1
