"""What happens to the tables of dossiers when updates come, inside one transaction.

Two writers at once: each first takes the row of every dossier it has updates of, in the order of
their codes, so that neither waits for the other and both fold what the other has stored.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update

from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossier_updates, dossiers
from api.store.dossiers.codec import (
    dump_factors,
    dump_status,
    dump_update,
    load_factors,
    load_status,
    load_update,
)
from api.store.dossiers.incoming import Incoming, repeats
from api.store.due import any_of
from bot.dossiers.factors import KeptFactor, newest_of_each
from bot.dossiers.folding import advance, begin, digest_of, fold, is_news, lapses_at, place_of
from bot.dossiers.ports import Kept
from bot.dossiers.status import SETTLED, DossierStatus, DossierUpdate, FactorKind

CHANGE: Final = "change"
"""The kind of alert that tells of a change."""

_AT_ONCE: Final = 500
"""Codes in one statement."""


@dataclass(slots=True)
class _Dossier:
    """One dossier while updates are put to it."""

    head: str
    """Empty: there is none yet."""
    record: str
    factors: Mapping[FactorKind, KeptFactor]
    """The newest of each kind."""
    status: DossierStatus | None = None
    """As it stands; None: nothing new came, and `record` was not read."""
    before: DossierStatus | None = None
    head_before: str = ""
    is_new: bool = False
    """An update came that was not kept before."""
    out_of_order: bool = False
    """It is to be folded from all of its updates."""
    has_other_factors: bool = False

    def put(self, one: Incoming, *, is_known: bool) -> Kept:
        """Take one update; `is_known`: it is among the stored ones already."""
        self._learn(one.factors)
        if is_known:
            self.out_of_order |= not self.head
            return Kept.KNOWN
        if not self.is_new:
            self.is_new, self.head_before = True, self.head
            self.before = self.status = load_status(self.record) if self.record else None
        if self.status is None:
            self.status, self.head = begin(one.update), one.place
            return Kept.NEW
        if one.place < self.head:
            self.out_of_order = True
            return Kept.OLDER
        self.status, self.head = advance(self.status, one.update), one.place
        return Kept.CHANGED

    def _learn(self, factors: Sequence[KeptFactor]) -> None:
        newest = newest_of_each((*self.factors.values(), *factors))
        self.has_other_factors |= newest != self.factors
        self.factors = newest

    @property
    def is_news(self) -> bool:
        """Whether followers are to be told."""
        if self.status is None or self.head == self.head_before:
            return False
        return is_news(self.before, self.status)


class Statements:
    """The statements of one kind of database, built once."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self.needs_rows: Final = not database.is_sqlite
        """There only a row that exists can be locked; SQLite has one writer at a time."""
        self.make_rows: Final = database.insert(dossiers).on_conflict_do_nothing()
        insert = database.insert(dossier_updates).on_conflict_do_nothing()
        self.insert_updates: Final = insert.returning(
            dossier_updates.c.code, dossier_updates.c.digest
        )
        upsert = database.insert(dossiers)
        changed = {name: upsert.excluded[name] for name in dossiers.c.keys() if name != "code"}  # noqa: SIM118 - columns, not a dict
        self.upsert: Final = upsert.on_conflict_do_update(index_elements=["code"], set_=changed)
        self.insert_alerts: Final = database.insert(dossier_alerts).on_conflict_do_nothing()


_ROWS: Final = (
    select(dossiers.c.code, dossiers.c.head, dossiers.c.record, dossiers.c.factors)
    .where(dossiers.c.code.in_(any_of("codes")))
    .order_by(dossiers.c.code)
    .with_for_update()
)
_UPDATES: Final = select(dossier_updates.c.code, dossier_updates.c.content).where(
    dossier_updates.c.code.in_(any_of("codes"))
)
_FOLLOWERS: Final = (
    select(dossier_follows.c.id, dossier_follows.c.code)
    .where(
        dossier_follows.c.code.in_(any_of("codes")),
        dossier_follows.c.followed_at <= bindparam("now"),
    )
    .order_by(dossier_follows.c.id)
    .with_for_update(read=True)  # whoever stops now finds the alert and stops that as well
)
_LEARN: Final = (
    update(dossiers)
    .where(dossiers.c.code == bindparam("its_code"))
    .values(factors=bindparam("hashes"))
)


def put_updates(
    connection: Connection,
    statements: Statements,
    incoming: Sequence[Incoming],
    source: str,
    now: float,
) -> Sequence[Kept]:
    """Keep updates, fold the dossiers they are about, and note who is to be told.

    Args:
        connection: in a transaction for writing.
        statements: of this database.
        incoming: in the order of arrival.
        source: who tells, ≤ 40 letters.
        now: seconds since 1970.

    Raises:
        StoreUnavailable: what is stored of a dossier cannot be read.
    """
    known = _lock(connection, statements, sorted({one.update.code for one in incoming}))
    repeated = repeats(incoming, {code: one.head for code, one in known.items()})
    fresh = [one for number, one in enumerate(incoming) if number not in repeated]
    new = _insert(connection, statements, fresh, {"source": source, "stored_at": now})
    kept = []
    for one in incoming:
        name = (one.update.code, one.digest)
        kept.append(known[one.update.code].put(one, is_known=name not in new))
        new.discard(name)  # once in one batch
    _fold_again(connection, known)
    _store(connection, statements, known, {"source": source, "stored_at": now})
    _alert(connection, statements, known, now)
    return kept


def in_parts(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return codes in parts of a size that a statement takes."""
    for start in range(0, len(codes), _AT_ONCE):
        yield codes[start : start + _AT_ONCE]


def _lock(
    connection: Connection, statements: Statements, codes: Sequence[str]
) -> Mapping[str, _Dossier]:
    """Return every dossier of `codes`, empty where there is none yet; nobody else writes them."""
    if statements.needs_rows:
        connection.execute(statements.make_rows, [{"code": code, **_NOTHING} for code in codes])
    found = {code: _Dossier(head="", record="", factors={}) for code in codes}
    for row in _all(connection, _ROWS, codes):
        factors = newest_of_each(load_factors(row.factors))
        found[row.code] = _Dossier(row.head, row.record, factors)
    return found


_NOTHING: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("state", "changed_at", "as_of", "stored_at"), 0),
    **dict.fromkeys(("head", "record", "factors", "source"), ""),
}
"""A row that is there to be locked, and filled before anybody else sees it."""


def _insert(
    connection: Connection,
    statements: Statements,
    incoming: Sequence[Incoming],
    stored: Mapping[str, object],
) -> set[tuple[str, str]]:
    """Keep the updates that are new; return their codes and digests."""
    rows = {
        (one.update.code, one.digest): {
            "code": one.update.code,
            "at": one.update.at.timestamp(),
            "state": one.update.state.value,
            "digest": one.digest,
            "content": one.content,
            **stored,
        }
        for one in incoming
    }
    if not rows:
        return set()
    result = connection.execute(statements.insert_updates, list(rows.values()))
    return {(row.code, row.digest) for row in result}


def _fold_again(connection: Connection, known: Mapping[str, _Dossier]) -> None:
    codes = [code for code, one in known.items() if one.out_of_order]
    updates: dict[str, list[DossierUpdate]] = {code: [] for code in codes}
    for row in _all(connection, _UPDATES, codes):
        updates[row.code].append(load_update(row.content))
    for code, told in updates.items():
        known[code].status = dataclasses.replace(fold(told), history=())
        known[code].head = max(place_of(one, digest_of(dump_update(one))) for one in told)


def _store(
    connection: Connection,
    statements: Statements,
    known: Mapping[str, _Dossier],
    stored: Mapping[str, object],
) -> None:
    rows = [{**_row(one, one.status), **stored} for one in known.values() if one.status is not None]
    if rows:
        connection.execute(statements.upsert, rows)
    learnt = [
        {"its_code": code, "hashes": dump_factors(one.factors.values())}
        for code, one in known.items()
        if one.status is None and one.has_other_factors
    ]
    if learnt:
        connection.execute(_LEARN, learnt)


def _row(one: _Dossier, status: DossierStatus) -> dict[str, object]:
    runs = status.due_at is not None and status.state not in SETTLED
    return {
        "code": status.code,
        "state": status.state.value,
        "changed_at": status.changed_at.timestamp(),
        "as_of": status.as_of.timestamp(),
        "due_at": status.due_at.timestamp() if status.due_at and runs else None,
        "lapses_at": lapses_at(status),
        "head": one.head,
        "record": dump_status(status),
        "factors": dump_factors(one.factors.values()),
    }


def _alert(
    connection: Connection, statements: Statements, known: Mapping[str, _Dossier], now: float
) -> None:
    codes = [code for code, one in known.items() if one.is_news]
    rows = [
        {
            "follow_id": row.id,
            "code": row.code,
            "kind": CHANGE,
            "subject": known[row.code].head,
            "created_at": now,
            "next_at": now,
        }
        for row in _all(connection, _FOLLOWERS, codes, now=now)
    ]
    if rows:
        connection.execute(statements.insert_alerts, rows)


def _all(
    connection: Connection, query: Any, codes: Sequence[str], **given: object
) -> Iterator[Row[Any]]:
    for some in in_parts(codes):
        yield from connection.execute(query, {"codes": some, **given}).all()
