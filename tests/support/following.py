"""Dossiers in real tables, people who follow them, and a clock that a test moves."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update

from api.store.arrival_codec import load_part
from api.store.channel_tables import contacts, outbox
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts
from api.store.dossiers.alerts import SqlAlerts
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from bot.channels.alerts import Alert, Settled, Told
from bot.channels.base import Part
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import DossierUpdate, State, Supplement
from bot.messages import ConversationKey
from tests.support.dossiers import CODE, VIETNAM

MORNING: Final = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
"""A Monday on which offices work."""

LAN = ConversationKey("telegram", "9007199254740993")
"""A number that a float cannot hold."""
HUNG = ConversationKey("telegram", "2")
CHANNELS: Final = ("telegram", "zalo_oa", "zalo_bot")
TERMS: Final = 1
PATIENCE_SECONDS: Final = 60.0


def an_update(
    state: State = State.PROCESSING, code: str = CODE, at: datetime = MORNING, **told: Any
) -> DossierUpdate:
    """What a one-stop system tells of a registration of residence."""
    named = {"procedure_code": "1.004222", "procedure_name": "Đăng ký thường trú"}
    return DossierUpdate(code, at, state, **(named | told))


def a_supplement(until: Any = None) -> Supplement:
    """A paper that the office asks for."""
    papers = ("Giấy tờ chứng minh chỗ ở hợp pháp",)
    return Supplement(papers, "Bản chụp bị mờ, đề nghị nộp lại.", MORNING, until)


@dataclass
class Following:
    """Everything about alerts in one database, as any number of processes see it."""

    database: Database
    now: float = field(default=MORNING.timestamp())
    """Seconds since 1970."""
    minutes: int = 0

    def __post_init__(self) -> None:
        self.book = SqlDossierBook(self.database, FactorKey(b"k" * 32), self.clock)
        self.follows = SqlFollows(self.database, self.clock)
        self.alerts = self.replica("một")

    def clock(self) -> float:
        return self.now

    def replica(self, process: str) -> SqlAlerts:
        """The alerts as another process sees them."""
        return SqlAlerts(self.database, process, self.clock)

    async def follow(self, key: ConversationKey = LAN, code: str = CODE) -> None:
        """Let a person who wrote before follow a dossier."""
        await self.follows.remember(key, code, follow=True, terms=TERMS)
        known = {"channel": key.channel, "user_id": key.user_id}
        new = self.database.insert(contacts).on_conflict_do_nothing()
        async with self.database.writing() as connection:
            seen = {"first_seen_at": self.now, "last_seen_at": self.now}
            await connection.execute(new.values(**known, **seen))

    async def meet(self, key: ConversationKey = LAN, **changes: Any) -> None:
        """Change what is known of a person: `last_seen_at`, `blocked_at`."""
        row = contacts.c
        person = (row.channel == key.channel, row.user_id == key.user_id)
        async with self.database.writing() as connection:
            await connection.execute(update(contacts).where(*person).values(**changes))

    async def tell(self, state: State, code: str = CODE, **told: Any) -> None:
        """Let the source tell of a new state, a minute after the one before."""
        self.minutes += 1
        at = MORNING + timedelta(minutes=self.minutes)
        await self.book.put([an_update(state, code, at, **told)], "test")

    async def claim(self, alerts: SqlAlerts | None = None, most: int = 100) -> list[Alert]:
        return list(await (alerts or self.alerts).claim(most, CHANNELS))

    async def tell_all(self) -> list[bool]:
        """Put a message into the outbox for everything that waits."""
        return list(await self.alerts.settle([in_words(one) for one in await self.claim()]))

    async def messages(self) -> list[tuple[str, str]]:
        """Person and text of everything in the outbox, in order."""
        query = select(outbox.c.user_id, outbox.c.part).order_by(outbox.c.id)
        async with self.database.reading() as connection:
            return [(row.user_id, row.part) for row in (await connection.execute(query)).all()]

    async def until_told(self, count: int) -> None:
        """Wait until there are so many messages; fail when patience ends."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(await self.messages()) < count:
            assert time.monotonic() < end, "it is never told"
            await asyncio.sleep(0.02)

    async def parts(self) -> list[tuple[str, Part]]:
        """As `messages`, read as the outbox reads them."""
        return [(user, load_part(part)) for user, part in await self.messages()]

    async def rows(self) -> list[Any]:
        """All alerts, the oldest first."""
        query = select(dossier_alerts).order_by(dossier_alerts.c.id)
        async with self.database.reading() as connection:
            return list((await connection.execute(query)).all())


def in_words(alert: Alert) -> Settled:
    """A message that tells the state, as the loop would have it."""
    return Settled(alert, Told.MESSAGE, [Part({"text": alert.status.state.name})])
