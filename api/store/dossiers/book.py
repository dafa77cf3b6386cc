"""All dossiers that are known here: the adapter of `bot.dossiers.ports.DossierBook`."""

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
)

from api.store.database import Database
from api.store.dossier_tables import dossier_follows, dossier_updates, dossiers
from api.store.dossiers.codec import dump_update, load_factors, load_status, load_update
from api.store.dossiers.forgetting import forget_dossiers
from api.store.dossiers.incoming import Incoming
from api.store.dossiers.writing import Statements, in_parts, put_updates
from api.store.filings.guided import count_completed
from bot.dossiers.factors import FactorKey, KeptFactor
from bot.dossiers.folding import MOST_STEPS, digest_of, history_of, place_of
from bot.dossiers.ports import Kept
from bot.dossiers.status import (
    ENDED,
    SAMPLE_AGENCY,
    WITH_RESULT,
    DossierStatus,
    DossierUpdate,
)

_LONGEST_SOURCE: Final = 40
_CHANGES: Final = frozenset({Kept.NEW, Kept.CHANGED})


class SqlDossierBook:
    """The dossiers in one database, shared by any number of processes."""

    def __init__(
        self, database: Database, factor_key: FactorKey, clock: Callable[[], float]
    ) -> None:
        """Take an open database, what hashes factors, and a clock (seconds since 1970)."""
        self._database = database
        self._factor_key = factor_key
        self._clock = clock
        self._statements = Statements(database)

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        """Keep updates durably, all or nothing; note each change for each follower, once.

        A thousand at once are a good measure: others who write wait for as long as it takes.

        Args:
            updates: in any order, of any dossiers, repeated or not.
            source: who tells.

        Returns:
            What became of each, in the order of `updates`.

        Raises:
            StoreUnavailable: none of them is stored; putting them again loses nothing.
        """
        if not updates:
            return ()
        incoming = await asyncio.to_thread(self._prepared, updates)
        teller, now = source[:_LONGEST_SOURCE], self._clock()

        def put(connection: Connection) -> Sequence[Kept]:
            kept = put_updates(connection, self._statements, incoming, teller, now)
            self._count_ends(connection, updates, kept, now)
            return kept

        return await self._database.transact(put)

    def _count_ends(
        self,
        connection: Connection,
        updates: Sequence[DossierUpdate],
        kept: Sequence[Kept],
        now: float,
    ) -> None:
        """Count guided filings whose dossier has its result now."""
        hashes = {
            self._factor_key.guided_name(update.code)
            for update, fate in zip(updates, kept, strict=True)
            if fate in _CHANGES and update.state in WITH_RESULT
        }
        for some in in_parts(sorted(hashes)):
            count_completed(self._database, connection, some, now)

    async def factors(self, code: str) -> Sequence[KeptFactor]:
        """Return the newest factor of each kind kept with a dossier; none for an unknown one.

        Where there is none a neighbour is read all the same: else the time would tell (measured by
        `tests/bench/leaks.py`: 20 µs).

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        given = {"code": code}
        near = await self._database.look(
            lambda connection: connection.execute(_FACTORS, given).one_or_none()
        )
        if near is None:
            return ()
        kept = load_factors(near.factors)
        return kept if near.code == code else ()

    async def get(self, code: str) -> DossierStatus | None:
        """Return how a dossier stands, with the newest `MOST_STEPS` of its history.

        Raises:
            StoreUnavailable: the database cannot be read, or what it holds.
        """
        given = {"code": code}
        rows = await self._database.look(lambda connection: connection.execute(_WHOLE, given).all())
        records = [row.content for row in rows if row.is_record]
        if not records:
            return None
        updates = (load_update(row.content) for row in rows if not row.is_record)
        ordered = sorted(updates, key=lambda one: place_of(one, digest_of(dump_update(one))))
        return dataclasses.replace(load_status(records[0]), history=history_of(ordered))

    async def any_real(self) -> bool:
        """Tell whether there is any dossier that is no sample.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        return await self._database.look(
            lambda connection: connection.execute(_REAL).scalar() is not None
        )

    async def samples(self) -> Sequence[str]:
        """Return the codes of the demonstration dossiers, in their order.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        return await self._database.look(
            lambda connection: connection.execute(_SAMPLES).scalars().all()
        )

    async def remove_samples(self) -> int:
        """Remove the demonstration dossiers with all that hangs on them; return how many.

        Raises:
            StoreUnavailable: nothing was removed.
        """

        def remove(connection: Connection) -> int:
            codes = connection.execute(_SAMPLES.with_for_update()).scalars().all()
            for some in in_parts(codes):
                forget_dossiers(connection, some)
            return len(codes)

        return await self._database.transact(remove)

    async def codes_followed(self, limit: int, after: str = "") -> Sequence[str]:
        """Return codes of dossiers that somebody follows and that have not ended, in their order.

        Args:
            limit: at most so many.
            after: only codes after this one; the last one of the answer before.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        given = {"after": after, "most": limit}
        return await self._database.look(
            lambda connection: connection.execute(_FOLLOWED, given).scalars().all()
        )

    def _prepared(self, updates: Sequence[DossierUpdate]) -> Sequence[Incoming]:
        """Do what can be done before others have to wait."""
        return [self._incoming(one) for one in updates]

    def _incoming(self, update: DossierUpdate) -> Incoming:
        content = dump_update(update)
        digest = digest_of(content)
        place = place_of(update, digest)
        return Incoming(update, content, digest, place, self._factor_key.kept_of(update, place))


def _whole() -> Select[tuple[str, bool]]:
    """Select a record and its newest updates in one statement: both are of one moment."""
    newest = (
        select(dossier_updates.c.content, literal(value=False).label("is_record"))
        .where(dossier_updates.c.code == bindparam("code"))
        .order_by(dossier_updates.c.at.desc(), dossier_updates.c.state.desc())
        .limit(MOST_STEPS)
        .subquery()
    )
    record = select(dossiers.c.record.label("content"), true().label("is_record"))
    both = union_all(record.where(dossiers.c.code == bindparam("code")), select(newest))
    return select(both.subquery())


_FACTORS: Final = (
    select(dossiers.c.code, dossiers.c.factors)
    .where(dossiers.c.code <= bindparam("code"))
    .order_by(dossiers.c.code.desc())
    .limit(1)
)
_WHOLE: Final = _whole()
_AGENCY: Final = func.substr(dossiers.c.code, 1, len(SAMPLE_AGENCY))
_REAL: Final = select(dossiers.c.code).where(_AGENCY != SAMPLE_AGENCY).limit(1)
_SAMPLES: Final = select(dossiers.c.code).where(_AGENCY == SAMPLE_AGENCY).order_by(dossiers.c.code)
_FOLLOWED: Final = (
    select(dossier_follows.c.code)
    .where(
        dossier_follows.c.code > bindparam("after"),
        dossier_follows.c.followed_at.is_not(None),
        ~exists().where(dossiers.c.code == dossier_follows.c.code, dossiers.c.state.in_(ENDED)),
    )
    .distinct()
    .order_by(dossier_follows.c.code)
    .limit(bindparam("most"))
)
