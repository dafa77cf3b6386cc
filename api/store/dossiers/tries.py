"""Wrong attempts at dossiers in SQL, counted together by any number of processes."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select

from api.store.database import Database
from api.store.dossier_tables import dossier_tries
from bot.dossiers.tries import Count, Subjects, after, locked_until

_row: Final = dossier_tries.c
_SUBJECTS: Final[BindParameter[Any]] = bindparam("subjects", expanding=True)
_KEPT: Final = select(_row.subject, _row.failures, _row.last_at, _row.locked_until).where(
    _row.subject.in_(_SUBJECTS)
)
_GONE: Final = delete(dossier_tries).where(_row.subject.in_(_SUBJECTS))


class SqlTries:
    """The adapter of `api.dossier_desk.ports.Tries`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        new = database.insert(dossier_tries)
        changed = {name: new.excluded[name] for name in ("failures", "last_at", "locked_until")}
        self._put: Final = new.on_conflict_do_update(index_elements=[_row.subject], set_=changed)

    async def locked_until(self, subjects: Subjects, now: float) -> float | None:
        """Return until when attempts are refused; see the port.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        counts = await self._database.look(lambda connection: _kept(connection, subjects.limits))
        return locked_until(subjects, counts, now)

    async def settle(self, subjects: Subjects, *, right: bool, now: float) -> float | None:
        """Count an attempt; see the port.

        Raises:
            StoreUnavailable: nothing was counted, and nothing may be told.
        """

        def count(connection: Connection) -> float | None:
            self._take_turns(connection, subjects)
            counts = _kept(connection, subjects.counted)
            until = locked_until(subjects, counts, now)
            if until is None:
                self._keep(connection, after(subjects, counts, now, right=right))
            return until

        return await self._database.transact(count)

    def _take_turns(self, connection: Connection, subjects: Subjects) -> None:
        """Wait for whoever settles an attempt of the same subjects.

        SQLite's one write lock is held already. Rows that do not exist yet cannot be locked: so
        PostgreSQL locks numbers, always in the same order, and frees them with the transaction.
        """
        if not self._database.is_sqlite:
            for number in sorted(_number(one) for one in subjects.counted):
                connection.execute(select(func.pg_advisory_xact_lock(number)))

    def _keep(self, connection: Connection, changed: Mapping[str, Count | None]) -> None:
        rows = [
            {
                "subject": subject,
                "failures": count.failures,
                "last_at": count.last_at,
                "locked_until": count.locked_until,
            }
            for subject, count in changed.items()
            if count is not None
        ]
        if rows:
            connection.execute(self._put, rows)
        if gone := [subject for subject, count in changed.items() if count is None]:
            connection.execute(_GONE, {"subjects": gone})


def _kept(connection: Connection, subjects: Iterable[str]) -> dict[str, Count]:
    rows = connection.execute(_KEPT, {"subjects": list(subjects)})
    return {subject: Count(*values) for subject, *values in rows}


def _number(subject: str) -> int:
    """Return a number for an advisory lock; two subjects share one by a chance of 2⁻⁶³."""
    return int(subject[:16], 16) >> 1
