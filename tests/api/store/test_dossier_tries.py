"""Wrong attempts at dossiers are counted right, by however many at once."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from api.store.database import Database
from api.store.dossier_tables import dossier_tries
from api.store.dossiers.tries import SqlTries
from bot.dossiers.tries import BY_CODE, BY_PERSON, DAY_SECONDS, Subjects
from bot.errors import StoreUnavailable
from tests.support.dossier_tries_process import CODE, ENDLESS, LIMITED, OWN, PERSON, attempts

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
NOON = 1_795_400_000.0
STRANGER = Subjects({CODE: BY_CODE, "f" * 64: BY_PERSON}, own="a" * 64)


@pytest.fixture
def tries(database: Database) -> SqlTries:
    return SqlTries(database)


async def failures(database: Database) -> dict[str, int]:
    query = select(dossier_tries.c.subject, dossier_tries.c.failures)
    async with database.reading() as connection:
        return {row.subject: row.failures for row in await connection.execute(query)}


async def test_a_wrong_attempt_is_counted_for_all_it_concerns(
    tries: SqlTries, database: Database
) -> None:
    assert await tries.settle(LIMITED, right=False, now=NOON) is None
    assert await tries.settle(STRANGER, right=False, now=NOON) is None
    assert await failures(database) == {CODE: 2, PERSON: 1, OWN: 1, "f" * 64: 1, "a" * 64: 1}
    assert await tries.locked_until(LIMITED, NOON) is None


async def test_after_five_wrong_attempts_not_even_a_right_one_is_told(
    tries: SqlTries, database: Database
) -> None:
    for _ in range(5):
        assert await tries.settle(LIMITED, right=False, now=NOON) is None
    for right in (False, True):
        assert await tries.settle(LIMITED, right=right, now=NOON + 59) == NOON + 60
        assert await tries.settle(STRANGER, right=right, now=NOON + 59) == NOON + 60
    assert await tries.locked_until(STRANGER, NOON + 59) == NOON + 60
    assert await failures(database) == {CODE: 5, PERSON: 5, OWN: 5}
    assert await tries.locked_until(LIMITED, NOON + 60) is None
    assert await tries.settle(STRANGER, right=True, now=NOON + 60) is None


async def test_a_right_attempt_takes_back_ones_own_mistakes_and_no_row_of_them_stays(
    tries: SqlTries, database: Database
) -> None:
    await tries.settle(STRANGER, right=False, now=NOON)
    for right in (False, False, True):
        assert await tries.settle(LIMITED, right=right, now=NOON) is None
    assert await failures(database) == {CODE: 1, "f" * 64: 1, "a" * 64: 1}


async def test_a_quiet_day_takes_one_failure_of_a_dossier_back(
    tries: SqlTries, database: Database
) -> None:
    for _ in range(4):
        await tries.settle(LIMITED, right=False, now=NOON)
    await tries.settle(LIMITED, right=False, now=NOON + DAY_SECONDS)
    assert await failures(database) == {CODE: 4, PERSON: 1, OWN: 4}


async def test_of_a_hundred_guesses_at_once_five_are_answered(
    tries: SqlTries, database: Database
) -> None:
    guesses = (tries.settle(LIMITED, right=n == 99, now=NOON) for n in range(100))
    ends = await asyncio.gather(*guesses)
    assert ends.count(None) == 5
    assert set(ends) == {None, NOON + 60}
    assert await failures(database) == {CODE: 5, PERSON: 5, OWN: 5}


@pytest.mark.parametrize(("kind", "counted"), [("endless", 80), ("limited", 5)])
async def test_two_processes_at_once_count_right(
    database: Database, address: str, kind: str, counted: int
) -> None:
    processes = [await _start(address, 40) for _ in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(f"{kind}\n".encode())
    told = [int((await process.communicate())[0]) for process in processes]
    assert sum(told) == counted
    assert await failures(database) == {CODE: counted, PERSON: counted, OWN: counted}


async def _start(address: str, times: int) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.support.dossier_tries_process"]
    process = await asyncio.create_subprocess_exec(
        *command,
        address,
        str(times),
        str(NOON),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        assert await process.stdout.readline() == b"ready\n"
    return process


async def test_attempts_of_others_do_not_stand_in_each_other_s_way(
    tries: SqlTries, address: str, database: Database
) -> None:
    """Two who share a code and an address in another order never wait for each other in a ring."""
    mixed = [
        Subjects({one: BY_CODE, other: BY_CODE})
        for one in ("1" * 64, "2" * 64, "3" * 64)
        for other in ("3" * 64, "2" * 64, "1" * 64)
    ]
    other = SqlTries(database)
    ends = await asyncio.gather(
        attempts(address, ENDLESS, 20, NOON),
        *(
            one.settle(subjects, right=False, now=NOON)
            for subjects in mixed
            for one in (tries, other)
        ),
    )
    assert ends[0] == 20


async def test_a_database_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/none/motcua.db")
    tries = SqlTries(database)
    with pytest.raises(StoreUnavailable):
        await tries.locked_until(LIMITED, NOON)
    with pytest.raises(StoreUnavailable):
        await tries.settle(LIMITED, right=True, now=NOON)
    await database.close()
