"""What a system tells about one dossier, read in one place for every kind of system."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.dossier_sources.national import read_national
from bot.dossiers.folding import advance
from bot.dossiers.ports import AnswerUnreadable, UpdateInvalid
from bot.dossiers.status import DossierStatus, DossierUpdate

MOST_ROWS: Final = 500
"""A dossier has some dozen steps; more of them are somebody else's."""

SAME_FOR: Final = timedelta(days=1)
"""A system that tells no moments is noted once a day while it tells the same."""

_UNTOLD: Final = datetime.max.replace(tzinfo=UTC)
_LONGEST_NAME: Final = 40
_MOST_NAMES: Final = 10

Known = Callable[[str], Awaitable[DossierStatus | None]]
"""Returns how a dossier stands here, with its history; None: it is not known."""


async def _nothing_known(_code: str) -> DossierStatus | None:
    return None


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows with the national field names; what is personal stays behind here."""

    now: Callable[[], datetime]
    """The time of day, aware."""
    known: Known = _nothing_known
    """Of systems that tell no moments: without it each question would be an update of its own."""

    async def read(self, rows: object, code: str) -> Sequence[DossierUpdate]:
        """Return what rows tell about a dossier.

        Args:
            rows: a list of objects, as it came.
            code: the dossier that was asked about, in the one spelling.

        Raises:
            AnswerUnreadable: rows of another shape, or about another dossier.
            StoreUnavailable: what is known of the dossier cannot be read.
        """
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise AnswerUnreadable("What the system tells about the dossier is no list of rows.")
        now = self.now()
        updates = await asyncio.to_thread(lambda: [_read(row, code, now) for row in rows])
        if all(update.at != _UNTOLD for update in updates):
            return updates
        status = await self.known(code)
        return [_timed(one, status, now) if one.at == _UNTOLD else one for one in updates]


def _read(row: object, code: str, now: datetime) -> DossierUpdate:
    if not isinstance(row, Mapping):
        raise AnswerUnreadable("What the system tells about the dossier is no object.")
    try:
        update = read_national(row, now, untold=_UNTOLD)
    except UpdateInvalid as error:  # its words may quote the row
        raise AnswerUnreadable(f"Fields cannot be read: {_names(error)}.") from None
    if update.code != code:
        raise AnswerUnreadable("The system answered about another dossier.")
    return update


def _names(error: UpdateInvalid) -> str:
    """Return which fields are at fault; a name that is none of ours is not told."""
    names = (name for name, _ in error.faults)
    known = [one for one in names if one.isascii() and one.isalpha() and len(one) < _LONGEST_NAME]
    return ", ".join(known[:_MOST_NAMES]) or "?"


def _timed(update: DossierUpdate, status: DossierStatus | None, now: datetime) -> DossierUpdate:
    """Return an update that tells no moment with one: now, or that of the same told before."""
    if status is not None and now - status.as_of < SAME_FOR and _is_told(update, status):
        return replace(update, at=status.as_of, tells_moment=True)
    return replace(update, at=now, tells_moment=True)  # seen so now: that is told as well


def _is_told(update: DossierUpdate, status: DossierStatus) -> bool:
    last = status.history[-1].note if status.history else ""
    after = advance(replace(status, history=()), replace(update, at=status.as_of))
    return after == replace(status, history=()) and update.note in {"", last}
