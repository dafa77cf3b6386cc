"""Slips, reminders and notices in real tables, and a clock that a test moves."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select, update

from api.filing_desk.board import FilingBoard
from api.filing_desk.desk import FilingShelf, SlipDesk
from api.store.arrival_codec import load_part
from api.store.channel_tables import contacts, outbox
from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.tries import SqlTries
from api.store.filings.counts import SqlFilingCounts
from api.store.filings.guided import SqlGuidedDossiers
from api.store.filings.notices import SqlNotices
from api.store.filings.reminders import SqlReminders
from api.store.filings.slips import SqlSlips
from bot.channels.alerts import Settled, Told
from bot.channels.base import Part
from bot.channels.notices import Notice
from bot.dossiers.factors import FactorKey
from bot.filings.ports import Slip
from bot.filings.state import Filing
from bot.messages import ConversationKey
from tests.support.following import CHANNELS, HUNG, LAN, MORNING

__all__ = ["CHANNELS", "HUNG", "LAN", "MORNING"]

DAY: Final = 86_400.0
DAYS: Final = 30
KEY: Final = FactorKey(b"k" * 32)
ON_THE_WEB: Final = ConversationKey("web", "phiên-của-Lan")
BIRTH_CODE: Final = "1.001193"
PAPER, OTHER_PAPER, THIRD_PAPER = "0a1b2c3d", "11223344", "55667788"
BIRTH: Final = Filing(BIRTH_CODE, answers=(("nop", "mang"),), ticked=(PAPER,))


@dataclass
class SlipWorld:
    """Everything about slips in one database, as any number of processes see it."""

    database: Database
    now: float = field(default=MORNING.timestamp())
    """Seconds since 1970."""
    public_url: str = "https://mot.cua"

    def __post_init__(self) -> None:
        self.book = SqlDossierBook(self.database, KEY, self.clock)
        self.slips = SqlSlips(self.database)
        self.reminders = SqlReminders(self.database)
        self.counts = SqlFilingCounts(self.database)
        self.notices = self.replica("một")
        guided, tries = SqlGuidedDossiers(self.database), SqlTries(self.database)
        self.shelf = FilingShelf(self.slips, self.reminders, guided, tries, self.book)
        board = FilingBoard(self.public_url, DAYS)
        self.desk = SlipDesk(self.shelf, KEY, board.terms, self.moment)

    def clock(self) -> float:
        return self.now

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now, UTC)

    def replica(self, process: str) -> SqlNotices:
        """The notices as another process sees them."""
        return SqlNotices(self.database, process, self.clock)

    async def meet(self, key: ConversationKey = LAN, **changes: Any) -> None:
        """Let a person be known, and change what is known: `last_seen_at`, `blocked_at`."""
        person = {"channel": key.channel, "user_id": key.user_id}
        seen = {"first_seen_at": self.now, "last_seen_at": self.now}
        new = self.database.insert(contacts).values(**person, **seen).on_conflict_do_nothing()
        those = (contacts.c.channel == key.channel, contacts.c.user_id == key.user_id)
        async with self.database.writing() as connection:
            await connection.execute(new)
            if changes:
                await connection.execute(update(contacts).where(*those).values(**changes))

    async def a_slip(self, key: ConversationKey = LAN, filing: Filing = BIRTH) -> Slip:
        """Let a person keep her filing on a new slip."""
        await self.meet(key)
        return await self.desk.keep(key, replace(filing, slip=""))

    async def claim(self, most: int = 10) -> list[Notice]:
        return list(await self.notices.claim(most, CHANNELS))

    async def tell_all(self, text: str = "Còn thiếu giấy.") -> list[bool]:
        """Claim and put out everything that is due, in one process."""
        part = Part({"text": text}, unasked=True)
        settled = [Settled(one, Told.MESSAGE, (part,)) for one in await self.claim()]
        return list(await self.notices.settle(settled))

    async def messages(self) -> list[tuple[str, str]]:
        """Person and text of all that is on its way, in order."""
        query = select(outbox.c.user_id, outbox.c.part).where(outbox.c.done_at.is_(None))
        async with self.database.reading() as connection:
            rows = (await connection.execute(query.order_by(outbox.c.id))).all()
        return [(row.user_id, str(load_part(row.part).body["text"])) for row in rows]

    async def all_of(self, table: Any) -> list[Any]:
        """Every row of a table."""
        async with self.database.reading() as connection:
            return list((await connection.execute(select(table))).all())
