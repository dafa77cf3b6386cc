"""Whenever a process is killed that stores updates, the next push ends as if it never had been."""

import asyncio
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, insert, select

from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossier_updates, dossiers
from bot.dossiers.folding import fold
from bot.dossiers.ports import Kept
from tests.support.dossier_push_process import CODES, THE_DAY, a_book

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60.0
PLACES = (0, 1, 4, 9, 14)
"""After so many batches of twenty the process is killed, and a little later."""


async def follow(database: Database) -> None:
    rows = [
        {
            "channel": "telegram",
            "user_id": person,
            "code": code,
            "remembered_at": 1.0,
            "followed_at": 1.0,
            "terms": 1,
        }
        for code in CODES
        for person in ("lan", "hùng")
    ]
    async with database.writing() as connection:
        await connection.execute(insert(dossier_follows), rows)


async def push_and_die(address: str, batches: int, seconds: float) -> None:
    command = (sys.executable, "-m", "tests.support.dossier_push_process", address)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    for _ in range(batches):
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)
        assert line == b"pushed\n"
    await asyncio.sleep(seconds)
    process.kill()
    assert await process.wait() == -9


async def test_updates_and_alerts_are_there_once_however_often_the_pushing_process_is_killed(
    address: str, database: Database
) -> None:
    await follow(database)
    chance = random.Random(60)  # noqa: S311 - to be repeated
    for batches in PLACES:
        await push_and_die(address, batches, chance.uniform(0, 0.03))
        await nothing_is_half_done(database)
    book = a_book(database)
    kept = await book.put(THE_DAY, "một cửa")
    assert len(kept) == len(THE_DAY)
    assert Kept.OLDER not in kept
    for code in CODES[::37]:
        assert await book.get(code) == fold(one for one in THE_DAY if one.code == code)
    told = await all_of(database, dossier_alerts)
    assert len(told) == len({(row.follow_id, row.subject) for row in told})
    assert len(await all_of(database, dossier_updates)) == len(THE_DAY)
    heads = {row.head for row in await all_of(database, dossiers)}
    assert {row.subject for row in told} >= heads


async def nothing_is_half_done(database: Database) -> None:
    """Every update that is kept is folded, and told to both."""
    heads = {row.code: row.head for row in await all_of(database, dossiers)}
    updates = await all_of(database, dossier_updates)
    digests = {code: head.rsplit("|", 1)[1] for code, head in heads.items()}
    newest = {row.code: row.digest for row in sorted(updates, key=lambda one: one.at)}
    assert digests == newest
    told = [row.subject for row in await all_of(database, dossier_alerts)]
    assert len(told) == 2 * len(updates)


async def all_of(database: Database, table: Table) -> list[Any]:
    async with database.reading() as connection:
        return list((await connection.execute(select(table))).all())
