"""A desk on a real database, with a clock that tests set and a source that they command."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from api.dossier_desk.desk import Desk, Remote, Shelf
from api.dossier_desk.pace import Pace
from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.tries import SqlTries
from api.store.dossiers.words import SqlWords
from bot.dossiers.factors import FactorKey
from bot.dossiers.ports import AnswerUnreadable, Asker, SourceUnreachable, Terms
from bot.dossiers.status import DossierUpdate, FactorKind, Payment, State
from bot.messages import ConversationKey

NOON: Final = datetime(2026, 11, 22, 5, tzinfo=UTC)
CODE: Final = "H17.15-261116-0012"
NOBODYS: Final = "H17.15-261116-9999"
"""No dossier has this code."""
RIGHT: Final = "5678"
WRONG: Final = "0000"
LAN: Final = Asker(ConversationKey("telegram", "9007199254740993"), "")
MINH: Final = Asker(ConversationKey("web", "ab" * 32), "198.51.100.7")
KINDS: Final = (FactorKind.PHONE, FactorKind.IDENTITY)


def an_update(code: str = CODE, state: State = State.PROCESSING, **changes: Any) -> DossierUpdate:
    """Đăng ký thường trú, received six days ago, with one factor."""
    values: dict[str, Any] = {
        "at": NOON - timedelta(days=2),
        "procedure_code": "1.004222",
        "procedure_name": "Đăng ký thường trú",
        "unit": "UBND phường Ngô Quyền",
        "note": "Chuyển cán bộ thụ lý",
        "received_at": NOON - timedelta(days=6),
        "due_at": NOON + timedelta(days=3),
        "applicant": "N*** V** A**",
        "payments": (Payment("Lệ phí đăng ký cư trú", 20_000, paid=True),),
        "results": ("Thông báo kết quả giải quyết về cư trú",),
        "collect": "Nhận tại bộ phận một cửa",
        "factors": {FactorKind.PHONE: RIGHT},
    }
    return DossierUpdate(code, state=state, **(values | changes))


@dataclass
class Clock:
    """The time of day, and seconds that pass while somebody sleeps."""

    now: datetime = NOON
    passed: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return self.passed

    async def sleep(self, seconds: float) -> None:
        """Let them pass."""
        self.slept.append(seconds)
        self.passed += seconds


@dataclass
class CommandedSource:
    """A system that knows what it is given, and takes the time it is told to take."""

    clock: Clock
    known: dict[str, Sequence[DossierUpdate]] = field(default_factory=dict)
    away: bool = False
    unreadable: set[str] = field(default_factory=set)
    """Codes about which the answer cannot be read."""
    hit_seconds: float = 0.0
    miss_seconds: float = 0.0
    asked: list[str] = field(default_factory=list)

    async def fetch(self, code: str) -> Sequence[DossierUpdate]:
        """Tell what is known, or fail as an adapter does."""
        self.asked.append(code)
        self.clock.passed += self.hit_seconds if code in self.known else self.miss_seconds
        if self.away:
            raise SourceUnreachable("The one-stop system did not answer in time.")
        if code in self.unreadable:
            raise AnswerUnreadable("Fields cannot be read: TrangThai.")
        return self.known.get(code, ())

    async def close(self) -> None:
        """There is nothing to close."""


@dataclass
class Office:
    """A desk and what it is made of."""

    desk: Desk
    shelf: Shelf
    book: SqlDossierBook
    key: FactorKey
    clock: Clock
    source: CommandedSource | None = None


def an_office(
    database: Database,
    *,
    kinds: tuple[FactorKind, ...] = KINDS,
    remote: bool = False,
    key: FactorKey | None = None,
) -> Office:
    """Build a desk on an open database with all its tables."""
    clock = Clock()
    key = key or FactorKey(b"k" * 32)

    def seconds() -> float:
        return clock.now.timestamp()

    book = SqlDossierBook(database, key, seconds)
    shelf = Shelf(
        book,
        SqlTries(database),
        SqlFollows(database, seconds),
        SqlWords(database),
    )
    source = CommandedSource(clock) if remote else None
    pace = Pace(clock.monotonic, clock.sleep, grid_seconds=1.0)
    asked = Remote(source, "một cửa", pace) if source else None
    terms = Terms(is_open=True, factors=kinds)
    return Office(Desk(shelf, key, lambda: terms, clock, asked), shelf, book, key, clock, source)
