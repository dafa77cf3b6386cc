"""How fast updates of dossiers are kept, with people who follow, and how fast they are found."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, insert, select

from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.dossiers.book import SqlDossierBook
from api.store.migrate import migrate
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import DossierUpdate, FactorKind, State
from tests.bench.http_load import Timings, timings
from tests.bench.measure import Measure

DOSSIERS: Final = 10_000
STATES: Final = (State.REGISTERED, State.ACCEPTED, State.PROCESSING, State.DONE, State.RETURNED)
FOLLOWERS: Final = 5_000
BATCH: Final = 1_000
LOOK_UPS: Final = 2_000
_SEED: Final = 20261122
_BEGAN: Final = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
_KINDS: Final = tuple(FactorKind)


def measure_dossiers(folder: Path) -> list[Measure]:
    """Measure storing and finding dossiers, in this process on a SQLite file in `folder`."""
    return asyncio.run(_measure(folder / "dossiers.db"))


async def _measure(file: Path) -> list[Measure]:
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    key = FactorKey(b"0" * 32)
    book = SqlDossierBook(database, key, time.time)
    await follow(database)
    told = list(updates())
    once = await _pushed(book, told)
    alerts = await _alerts(database)
    again = await _pushed(book, told)
    if alerts != FOLLOWERS * len(STATES) or await _alerts(database) != alerts:
        raise AssertionError(alerts)
    found = await _looked_up(lambda code: _look_up(book, key, code), _known())
    missed = await _looked_up(lambda code: _look_up(book, key, code), _unknown())
    beside = await _beside(book, key)
    await database.close()
    many = f"{len(told):,} updates, {FOLLOWERS:,} followers"
    return [
        Measure(f"{many}: stored", once, "s", 60),
        Measure("the same pushed again", again, "s"),
        Measure("look-up of a dossier, p50", found.p50, "ms", 5),
        Measure("look-up of a dossier, p99", found.p99, "ms"),
        Measure("look-ups one after the other", found.per_second, "/s", 500, at_least=True),
        Measure("look-up of a code that does not exist, p50", missed.p50, "ms", 5),
        Measure(f"look-up while batches of {BATCH:,} are stored, p50", beside.p50, "ms"),
        Measure(f"look-up while batches of {BATCH:,} are stored, p99", beside.p99, "ms"),
    ]


def _code(number: int) -> str:
    return f"H17.15-261102-{number:05}"


def updates(days: int = 0) -> Iterator[DossierUpdate]:
    """Every dossier goes through all states, as a one-stop system tells it: one day's at a time."""
    for day, state in enumerate(STATES, days):
        for number in range(DOSSIERS):
            yield DossierUpdate(
                code=_code(number),
                at=_BEGAN + timedelta(days=day, seconds=number),
                state=state,
                procedure_code="1.004222",
                procedure_name="Đăng ký thường trú",
                unit="UBND phường Ngô Quyền",
                note=f"Chuyển bước {state.value}: chuyên viên đã kiểm tra thành phần hồ sơ",
                received_at=_BEGAN,
                due_at=_BEGAN + timedelta(days=9),
                applicant="N*** V** A**",
                factors={_KINDS[0]: f"{number % 10_000:04}", _KINDS[1]: f"{number % 9_973:04}"},
            )


async def follow(database: Database) -> None:
    """Let 5,000 people follow every second dossier."""
    rows = [
        {
            "channel": "telegram",
            "user_id": str(5_900_000_000 + number),
            "code": _code(number * DOSSIERS // FOLLOWERS),
            "remembered_at": 1.0,
            "followed_at": 1.0,
            "terms": 1,
        }
        for number in range(FOLLOWERS)
    ]
    async with database.writing() as connection:
        await connection.execute(insert(dossier_follows), rows)


async def _pushed(book: SqlDossierBook, updates: Sequence[DossierUpdate]) -> float:
    began = time.perf_counter()
    for start in range(0, len(updates), BATCH):
        await book.put(updates[start : start + BATCH], "bench")
    return time.perf_counter() - began


async def _alerts(database: Database) -> int:
    async with database.reading() as connection:
        query = select(func.count()).select_from(dossier_alerts)
        found: int = (await connection.execute(query)).scalar_one()
    return found


async def _look_up(book: SqlDossierBook, key: FactorKey, code: str) -> None:
    """Do what each look-up does, whether or not there is such a dossier."""
    key.fits(code, "5678", _KINDS, [one.hashed for one in await book.factors(code)])
    await book.get(code)


def _known() -> list[str]:
    chance = random.Random(_SEED)  # noqa: S311 - the same codes each time
    return [_code(chance.randrange(DOSSIERS)) for _ in range(LOOK_UPS)]


def _unknown() -> list[str]:
    return [_code(DOSSIERS + number) for number in range(LOOK_UPS)]


async def _looked_up(look_up: Callable[[str], Awaitable[None]], codes: Sequence[str]) -> Timings:
    each = []
    began = time.perf_counter()
    for code in codes:
        start = time.perf_counter()
        await look_up(code)
        each.append((time.perf_counter() - start) * 1000)
    return timings(each, time.perf_counter() - began)


async def _beside(book: SqlDossierBook, key: FactorKey) -> Timings:
    """Look dossiers up, fifty a second, while other updates are stored."""
    pushing = asyncio.create_task(_pushed(book, list(updates(days=10))[: 20 * BATCH]))
    each = []
    began = time.perf_counter()
    for code in _known():
        if pushing.done():
            break
        start = time.perf_counter()
        await _look_up(book, key, code)
        each.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(0.02)
    await pushing
    return timings(each, time.perf_counter() - began)
