"""What a stranger sees of a look-up, and what is done for it, to be compared between look-ups."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import event

from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from bot.dossiers.status import DossierUpdate
from tests.support.desk_parts import NOON, an_update

TOLD: Final = "H17.15-261116-0000"
"""Put in the place of the code that a citizen typed, which an answer may show her."""

_AT_ONCE: Final = 1000


def existing_code(number: int) -> str:
    """A code that is in the book."""
    return f"H17.15-2611{number % 20 + 1:02}-{2 * number:05}"


def unknown_code(number: int) -> str:
    """One beside it that is in no book."""
    return f"H17.15-2611{number % 20 + 1:02}-{2 * number + 1:05}"


async def fill(book: SqlDossierBook, count: int) -> None:
    """Put dossiers into the book, each with a history of two steps."""
    for begin in range(0, count, _AT_ONCE):
        numbers = range(begin, min(begin + _AT_ONCE, count))
        updates: list[DossierUpdate] = []
        for number in numbers:
            code = existing_code(number)
            updates += [an_update(code, at=NOON - timedelta(days=3)), an_update(code)]
        await book.put(updates, "test")


@dataclass
class Statements:
    """The statements that were executed, without their values."""

    executed: list[str] = field(default_factory=list)

    def taken(self) -> tuple[str, ...]:
        """Return what was executed since the last time."""
        taken = tuple(self.executed)
        self.executed.clear()
        return taken


@contextmanager
def listening(database: Database) -> Iterator[Statements]:
    """Note every statement of a database, of all of its engines."""
    heard = Statements()

    def note(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:  # noqa: FBT001 - SQLAlchemy calls it so
        heard.executed.append(f"{len(values) if many else 1} × {statement}")

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        for engine in database.engines:
            event.remove(engine, "before_cursor_execute", note)
