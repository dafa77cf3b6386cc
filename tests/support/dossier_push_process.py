"""A one-stop system in a process of its own, which pushes the same day again and again.

`python -m tests.support.dossier_push_process DATABASE` pushes `THE_DAY` in batches, prints a line
after each, and begins anew when all is pushed, until it is killed.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import Final

from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import DossierUpdate, FactorKind, State
from tests.support.dossier_updates import an_update

BATCH: Final = 60
_STATES: Final = (State.ACCEPTED, State.SUPPLEMENT, State.PROCESSING, State.DONE)
CODES: Final = tuple(f"H17.15-261116-{number:04}" for number in range(300))

THE_DAY: Final[Sequence[DossierUpdate]] = tuple(
    an_update(state, code=code, hours=hour, factors={FactorKind.PHONE: "5678"})
    for hour, state in enumerate(_STATES)
    for code in CODES
)


def a_book(database: Database) -> SqlDossierBook:
    """Return the book that is pushed into."""
    return SqlDossierBook(database, FactorKey(b"k" * 32), lambda: 1_795_334_400.0)


async def push(book: SqlDossierBook) -> None:
    """Push the whole day."""
    for start in range(0, len(THE_DAY), BATCH):
        await book.put(THE_DAY[start : start + BATCH], "một cửa")
        sys.stdout.write("pushed\n")
        sys.stdout.flush()


async def main(address: str) -> None:
    """Push until killed."""
    book = a_book(Database(address))
    while True:
        await push(book)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
