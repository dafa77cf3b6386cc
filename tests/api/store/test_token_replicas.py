"""Case 30: replicas that renew at once, and replicas that die on the way, on both databases."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from api.store.database import Database
from api.store.migrate import migrate
from api.store.sealed_tokens import SqlTokenStore
from api.store.side_file import SideFile
from bot.channels.errors import ChannelBroken, TryLater
from bot.channels.zalo_oa import tokens
from bot.channels.zalo_oa.tokens import TokenKeeper
from tests.api.store.broken import read_only
from tests.support.local_http import Fault
from tests.support.zalo_keeper_process import ROW
from tests.support.zalo_oauth import ACCESS_TOKEN
from tests.support.zalo_tokens import Alarms, Clock, Zalo, a_keeper, consented, until

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
AGO_SECONDS = 3600
CLOCKS_DIFFER_SECONDS = 300


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    with Zalo() as zalo:
        yield zalo


class Town:
    """Replicas on one database; each machine has a folder of its own."""

    def __init__(self, address: str, folder: Path, zalo: Zalo) -> None:
        self.address = address
        self.folder = folder
        self.zalo = zalo
        self.alarms = Alarms()
        self.clock = Clock(time.time())
        self.databases: list[Database] = []
        self._clients: list[httpx.AsyncClient] = []

    def replica(self, machine: str = "a") -> TokenKeeper:
        """A keeper with connections of its own."""
        database = Database(self.address)
        client = httpx.AsyncClient(base_url=self.zalo.url)
        self.databases.append(database)
        self._clients.append(client)
        side = SideFile(self.folder / machine / "zalo-token.pending")
        store = SqlTokenStore(database, ROW)
        return a_keeper(client, store, side, clock=self.clock, alarms=self.alarms)

    async def start(self, where: str) -> asyncio.subprocess.Process:
        """Start a process on machine a that knows the token, and will come to `where`."""
        command = [sys.executable, "-m", "tests.support.zalo_keeper_process", where]
        command += [self.address, str(self.folder / "a"), self.zalo.url]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
        )
        await _reads(process, "ready")
        return process

    async def die(self, where: str) -> None:
        """Let a process on machine a renew, and kill it when it has come to `where`."""
        process = await self.start(where)
        _go(process)
        if where == "asked":
            await until(lambda: self.zalo.renewals == 1)
        else:
            await _reads(process, where)
        await _kill(process)

    async def break_connections(self) -> None:
        """End every connection of others to the database; SQLite has none."""
        database = Database(self.address)
        if not database.is_sqlite:
            async with database.engine.connect() as connection:
                await connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        await database.close()

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()
        for database in self.databases:
            await database.close()


def _go(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")


async def _reads(process: asyncio.subprocess.Process, line: str) -> None:
    assert process.stdout is not None
    async with asyncio.timeout(60):
        assert await process.stdout.readline() == f"{line}\n".encode()


async def _kill(process: asyncio.subprocess.Process) -> None:
    process.kill()
    assert await process.wait() == -signal.SIGKILL
    assert process.stdin is not None
    process.stdin.close()


@asynccontextmanager
async def a_town(address: str, folder: Path, zalo: Zalo) -> AsyncIterator[Town]:
    """A town whose Official Account gave consent an hour ago."""
    database = Database(address)
    await migrate(database)
    await database.close()
    town = Town(address, folder, zalo)
    town.clock.now -= AGO_SECONDS
    await consented(zalo, town.replica())
    town.clock.now += AGO_SECONDS
    yield town
    await town.close()


@pytest.fixture
async def town(address: str, tmp_path: Path, zalo: Zalo) -> AsyncIterator[Town]:
    """On each kind of database."""
    async with a_town(address, tmp_path, zalo) as town:
        yield town


async def test_case_30_two_replicas_that_renew_at_the_same_instant_make_one_refresh_call(
    town: Town, zalo: Zalo
) -> None:
    replicas = [town.replica("a"), town.replica("b"), town.replica("c")]
    old = await replicas[0].current()
    renewed = await asyncio.gather(*(one.renew(old) for one in replicas for _ in range(4)))
    assert set(renewed) == {zalo.oauth.access_token}
    assert zalo.renewals == 1


async def test_case_30_two_processes_that_renew_at_the_same_instant_make_one_refresh_call(
    town: Town, zalo: Zalo
) -> None:
    old = zalo.oauth.access_token
    processes = [await town.start("done") for _ in range(2)]
    for process in processes:
        _go(process)
    for process in processes:
        await _reads(process, "done")
        await _kill(process)
    assert zalo.renewals == 1
    assert await town.replica("b").renew(old) == zalo.oauth.access_token != old


async def test_case_30_a_replica_waits_while_another_waits_for_a_slow_answer(
    town: Town, zalo: Zalo
) -> None:
    one, other = town.replica("a"), town.replica("b")
    old = await one.current()
    await other.current()
    hold = HoldFor(zalo)
    first = asyncio.create_task(one.renew(old))
    await until(lambda: zalo.renewals == 1)
    second = asyncio.create_task(other.renew(old))
    await asyncio.sleep(0.3)
    assert not second.done()
    hold.release()
    assert await first == await second == zalo.oauth.access_token
    assert zalo.renewals == 1


class HoldFor:
    """Holds the next answer of the OAuth server back."""

    def __init__(self, zalo: Zalo) -> None:
        self._now = threading.Event()
        zalo.http.fail(ACCESS_TOKEN, Fault(hold=self._now))

    def release(self) -> None:
        self._now.set()


@pytest.mark.parametrize("where", ["caught", "pending", "done"])
async def test_case_30_a_process_killed_between_answer_and_commit_loses_nothing(
    town: Town, zalo: Zalo, where: str
) -> None:
    old = zalo.oauth.access_token
    await town.die(where)
    assert zalo.renewals == 1
    restarted = town.replica("a")
    assert await restarted.current() == zalo.oauth.access_token != old
    assert zalo.renewals == 1
    town.clock.now += 120
    assert await restarted.renew(zalo.oauth.access_token) == zalo.oauth.access_token
    assert zalo.renewals == 2, "the refresh token that was saved makes the next pair"
    assert town.alarms.told == []


async def test_case_30_an_answer_in_the_row_survives_the_machine_that_got_it(
    town: Town, zalo: Zalo
) -> None:
    await town.die("pending")
    assert await town.replica("another machine").current() == zalo.oauth.access_token
    assert zalo.renewals == 1


async def test_case_30_another_machine_waits_for_the_one_that_holds_the_answer(
    town: Town, zalo: Zalo
) -> None:
    old = zalo.oauth.access_token
    await town.die("caught")
    elsewhere = town.replica("b")
    with pytest.raises(TryLater, match="unfinished"):
        await elsewhere.renew(old)
    await town.replica("a").look()
    assert await elsewhere.renew(old) == zalo.oauth.access_token
    assert zalo.renewals == 1


async def test_case_30_a_process_killed_before_the_answer_came_is_led_to_a_new_consent(
    town: Town, zalo: Zalo
) -> None:
    """The one window that nobody can close: the next pair exists at Zalo alone."""
    old = zalo.oauth.access_token
    hold = HoldFor(zalo)
    await town.die("asked")
    hold.release()
    restarted = town.replica("a")
    assert await restarted.current() == old
    with pytest.raises(TryLater, match="unfinished"):
        await restarted.renew(old)
    town.clock.now += tokens.UNFINISHED_SECONDS + CLOCKS_DIFFER_SECONDS
    with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
        await restarted.renew(old)
    assert town.alarms.events == ["zalo_token_renewal_unfinished", "zalo_token_refused"]
    assert await consented(zalo, town.replica("a")) == zalo.oauth.access_token
    assert await restarted.renew(old) == zalo.oauth.access_token


async def test_case_30_a_process_killed_before_zalo_acted_just_renews_again(
    town: Town, zalo: Zalo
) -> None:
    old = zalo.oauth.access_token
    never = threading.Event()
    zalo.http.fail(ACCESS_TOKEN, Fault(wait=never, lost=True))
    await town.die("asked")
    never.set()
    town.clock.now += tokens.UNFINISHED_SECONDS + CLOCKS_DIFFER_SECONDS
    assert await town.replica("a").renew(old) == zalo.oauth.access_token


async def test_case_30_a_database_that_cannot_be_written_when_zalo_answers_gets_the_pair_later(
    town: Town, zalo: Zalo
) -> None:
    keeper = town.replica("a")
    old = await keeper.current()
    hold = HoldFor(zalo)
    renewing = asyncio.create_task(keeper.renew(old))
    await until(lambda: zalo.renewals == 1)
    async with read_only(town.databases[-1]):
        hold.release()
        assert await renewing == zalo.oauth.access_token != old
    assert town.alarms.events == ["zalo_token_not_stored"]
    assert await town.replica("another machine").current() == old
    assert await town.replica("a").current() == zalo.oauth.access_token
    assert await town.replica("another machine").current() == zalo.oauth.access_token


async def test_case_30_a_lock_that_is_lost_on_the_way_loses_no_pair(town: Town, zalo: Zalo) -> None:
    """PostgreSQL was started again, or the network broke, while Zalo took its time."""
    keeper = town.replica("a")
    old = await keeper.current()
    hold = HoldFor(zalo)
    renewing = asyncio.create_task(keeper.renew(old))
    await until(lambda: zalo.renewals == 1)
    await town.break_connections()
    hold.release()
    assert await renewing == zalo.oauth.access_token != old
    assert await town.replica("a").current() == zalo.oauth.access_token
    assert zalo.renewals == 1
