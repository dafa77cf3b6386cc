"""How fast followers are told, while updates are stored, in one process; and each of them once.

`python -m tests.bench.alerts` measures 50,000 updates with 5,000 followers, a part of it in
`make bench`.
"""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from sqlalchemy import func, insert, literal, select

from api.jobs.alerting import Alerting
from api.jobs.beside import beside
from api.jobs.delivering import Delivering, Lane
from api.jobs.pace import Pace
from api.jobs.quiet_hours import QuietHours
from api.meters import Meters
from api.store.channel_tables import contacts, outbox
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.dossiers.alerts import SqlAlerts
from api.store.dossiers.book import SqlDossierBook
from api.store.migrate import migrate
from api.store.outbox import SqlOutbox
from bot.channels.base import Arrival, Outgoing, Part, Sent
from bot.channels.telegram.dressing import dress
from bot.dossiers.factors import FactorKey
from bot.messages import Reply
from tests.bench.dossiers import BATCH, DOSSIERS, FOLLOWERS, follow, updates
from tests.bench.measure import Measure
from tests.support.desks import a_desk

DAYS: Final = 5
"""Each dossier changes once a day; the updates of one day come in a row."""
TODAY: Final = date(2026, 11, 11)
_POLL_SECONDS: Final = 0.1


class FastTelegram:
    """Writes as Telegram does, and takes everything at once."""

    name = "telegram"

    def __init__(self) -> None:
        self.sent: Counter[tuple[str, str]] = Counter()
        """Person and text."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Arrival]:
        return ()

    def dress(self, reply: Reply, turn: int | None) -> Sequence[Part]:
        return dress(reply, turn)

    async def send(self, outgoing: Outgoing) -> Sent:
        self.sent[outgoing.user_id, str(outgoing.part.body["text"])] += 1
        return Sent(str(self.sent.total()))

    async def acknowledge(self, arrival: Arrival) -> None: ...

    async def show_typing(self, user_id: str) -> None: ...

    async def close(self) -> None: ...


def measure_alerts(folder: Path, days: int = 1) -> list[Measure]:
    """Measure telling followers of so many days, on a SQLite file in `folder`."""
    return asyncio.run(_measure(folder / "alerts.db", days))


async def _measure(file: Path, days: int) -> list[Measure]:
    database, channel = Database(f"sqlite+aiosqlite:///{file}"), FastTelegram()
    await migrate(database)
    await follow(database)
    await _meet_all(database)
    book = SqlDossierBook(database, FactorKey(b"0" * 32), time.time)
    told = list(islice(updates(), days * DOSSIERS))
    meters, queue = Meters(), SqlOutbox(database, "bench", time.time)
    lane = Lane(channel, Pace(1_000_000, time.monotonic, asyncio.sleep))
    delivering = Delivering(queue, {channel.name: lane}, meters, time.time)
    alerting = Alerting(
        SqlAlerts(database, "bench", time.time),
        {channel.name: channel},
        lambda: a_desk(today=TODAY),
        meters,
        time.time,
        QuietHours(0, 0),
    )
    began = time.perf_counter()
    async with beside(delivering.run()), beside(alerting.run()):
        for start in range(0, len(told), BATCH):
            await book.put(told[start : start + BATCH], "bench")
        stored = time.perf_counter() - began
        while await _open(database):  # noqa: ASYNC110 - it is the database that tells
            await asyncio.sleep(_POLL_SECONDS)
        out = time.perf_counter() - began
    await queue.close()
    await _check(database, channel, days)
    await database.close()
    many = f"{len(told):,} updates, {FOLLOWERS:,} followers"
    return [
        Measure(f"{many}: stored while alerts go out", stored, "s", 60),
        Measure(f"… until the last of {FOLLOWERS * days:,} alerts is out", out, "s"),
        Measure("… in so many messages", channel.sent.total(), "messages"),
        Measure("… lost, or told twice", 0, "alerts", 0),
    ]


async def _meet_all(database: Database) -> None:
    row = dossier_follows.c
    now = literal(time.time())
    people = select(row.channel, row.user_id, now, now)
    columns = ("channel", "user_id", "first_seen_at", "last_seen_at")
    async with database.writing() as connection:
        await connection.execute(insert(contacts).from_select(columns, people))


async def _open(database: Database) -> bool:
    """Tell whether anything is still to be told or on its way."""
    waiting = select(dossier_alerts.c.id).where(dossier_alerts.c.told_at.is_(None)).limit(1)
    going = select(outbox.c.id).where(outbox.c.done_at.is_(None)).limit(1)
    return await database.look(
        lambda connection: any(connection.execute(one).first() for one in (waiting, going))
    )


async def _check(database: Database, channel: FastTelegram, days: int) -> None:
    """Compare what people have with what was to be told.

    Raises:
        AssertionError: an alert was lost, or told twice.
    """
    alerts = select(
        func.count(),
        func.count(dossier_alerts.c.outbox_id),
        func.count(dossier_alerts.c.outbox_id.distinct()),
    )
    async with database.reading() as connection:
        all_of_them, told, messages = (await connection.execute(alerts)).one()
    if (all_of_them, told) != (FOLLOWERS * days, FOLLOWERS * days):
        raise AssertionError((all_of_them, told))
    if {*channel.sent.values()} != {1} or channel.sent.total() != messages:
        raise AssertionError(messages)
    if len({user for user, _text in channel.sent}) != FOLLOWERS:
        raise AssertionError


def main() -> None:
    """Measure all of it, and print a table."""
    from tests.bench.__main__ import show  # noqa: PLC0415 - it imports this module

    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        show(Console(width=110), "alerts", measure_alerts(Path(folder), DAYS))


if __name__ == "__main__":
    typer.run(main)
