"""What people are told of ourselves, once: claimed, told by a message, and told anew if it failed.

The tables of alerts about dossiers and of notices about filings have the columns in common that
say what became of a row; everything that is done with these is here.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    insert,
    select,
    update,
)

from api.store.arrival_codec import dump_part
from api.store.channel_tables import contacts, outbox
from api.store.due import any_of
from bot.channels.alerts import Settled, Told
from bot.channels.queues import Result

LEASE_SECONDS: Final = 20.0
"""What a process that died had claimed is told by others after so long; the living renew."""

UNREADABLE_SECONDS: Final = 600.0
"""What another version wrote is looked at again after so long."""

LATELY_SECONDS: Final = 120.0
"""Who was seen so long ago, or less, is found by every look. A message that waited longer for its
turn is seen by the look at all."""

EVERYONE_SECONDS: Final = 60.0
"""So often each process looks at all that is held, and else only at people seen lately."""

MOST_ANEW: Final = 2
"""So often a message that could not be delivered for a day is told anew. Zalo Bot has no code that
says that somebody is gone (`bot.channels.zalo_bot.failures`): it would go on for ever."""

HELD: Final = 1e12
"""No clock comes there: `next_at` of what is held is this, and when the person was seen last."""
ROUNDED: Final = 0.001
"""Of seconds so far away that a float does not hold all of it."""

_contact = contacts.c
_NEW_PARTS: Final = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)


def held_since(seen_at: float) -> float:
    """Return the `next_at` of what waits until its person is seen after `seen_at`."""
    return HELD + seen_at


class Telling:
    """What is done with the rows of one table, in transactions of the caller."""

    def __init__(
        self, table: Table, people: Table, source: FromClause, wanted: ColumnElement[bool]
    ) -> None:
        """Build the statements.

        Args:
            table: what is to be told, with the columns that both tables have in common.
            people: has the channel and the user_id of each row.
            source: `table`, joined with `people`.
            wanted: whether its person still wants to be told, of `source`.
        """
        row = table.c
        self.is_its_message: Final = and_(
            outbox.c.id == row.outbox_id, outbox.c.created_at == row.told_at
        )
        """The row of the outbox by which it was told, and no later one of the same number.

        SQLite gives the numbers of rows that retention removed again, also to messages of other
        people.
        """
        some = update(table).where(row.id.in_(any_of("rows")))
        until: BindParameter[float] = bindparam("until")
        self._take: Final = some.values(claimed_by=bindparam("process"), claimed_until=until)
        self._drop: Final = some.values(
            told_at=bindparam("now"), way=Told.GONE.value, claimed_by=None
        )
        self._put_off: Final = some.values(next_at=until)
        self._renew: Final = some.where(_is_mine(table)).values(claimed_until=until)
        self._mine: Final = _mine(table)
        joined = source.outerjoin(
            contacts,
            and_(_contact.channel == people.c.channel, _contact.user_id == people.c.user_id),
        )
        asked = (row.id.in_(any_of("rows")), wanted, _contact.blocked_at.is_(None))
        self._wanted: Final = select(row.id).select_from(joined).where(*asked)
        self._of_messages: Final = _of_messages(table, joined.join(outbox, self.is_its_message))
        self._mark: Final = _marking(table)
        self._open_again: Final = self._mark.values(doubted=bindparam("doubt"))

    def take(self, connection: Connection, rows: Sequence[int], process: str, now: float) -> None:
        """Claim rows that nobody else has, and that the transaction has locked."""
        claims = {"rows": rows, "process": process, "until": now + LEASE_SECONDS}
        if rows:
            connection.execute(self._take, claims)

    def drop(self, connection: Connection, rows: Sequence[int], now: float) -> None:
        """Let nobody be told of rows."""
        if rows:
            connection.execute(self._drop, {"rows": rows, "now": now})

    def put_off(self, connection: Connection, rows: Sequence[int], now: float) -> None:
        """Look again later at rows that another version of the program wrote."""
        if rows:
            connection.execute(self._put_off, {"rows": rows, "until": now + UNREADABLE_SECONDS})

    def renew(self, connection: Connection, rows: Sequence[int], process: str, now: float) -> None:
        """Keep claims that take long."""
        claims = {"rows": rows, "process": process, "until": now + LEASE_SECONDS}
        if rows:
            connection.execute(self._renew, claims)

    def settle(
        self, connection: Connection, settled: Sequence[Settled], process: str, now: float
    ) -> Sequence[bool]:
        """Keep what became of claimed rows, messages in the outbox with it.

        False where the claim was lost or the person does not want it. From the first look on,
        whoever erases a person waits, and then finds the message in the outbox.

        Args:
            connection: in a transaction for writing.
            settled: each of another person or dossier.
            process: who claimed them.
            now: seconds since 1970.
        """
        rows = [row for one in settled for row in one.alert.rows]
        found = connection.execute(self._mine, {"rows": rows, "process": process})
        mine = {row.id: row for row in found}
        wanted = frozenset(connection.execute(self._wanted, {"rows": [*mine]}).scalars())
        kept = [
            set(one.alert.rows) <= mine.keys()
            and (one.told is not Told.MESSAGE or one.alert.rows[0] in wanted)
            for one in settled
        ]
        those = [one for one, is_kept in zip(settled, kept, strict=True) if is_kept]
        messages = [one for one in those if one.told is Told.MESSAGE]
        numbers = _put_out(connection, messages, mine, now)
        marks = [
            {**_mark(one, now), "row": row, "message": numbers.get(one.alert.rows[0])}
            for one in those
            for row in one.alert.rows
        ]
        if marks:
            connection.execute(self._mark, marks)
        return kept

    def open_again(self, connection: Connection, messages: Collection[int], result: Result) -> None:
        """Take back that rows were told by messages of the outbox, which never went out.

        Args:
            connection: in a transaction for writing.
            messages: rows of the outbox.
            result: of these messages. CLOSED: they wait until their person does something here.
                EXPIRED: they are told anew, and wait so where that was in vain `MOST_ANEW` times.
                PUT_OFF: they are told anew, as often as a night comes between.
        """
        found = connection.execute(self._of_messages, {"messages": list(messages)}).all()
        marks = [_opened(row, result) for row in found]
        if marks:
            connection.execute(self._open_again, marks)


def _is_mine(table: Table) -> ColumnElement[bool]:
    return table.c.claimed_by == bindparam("process")


def _mine(table: Table) -> Select[Any]:
    row = table.c
    return (
        select(row.id, row.doubted)
        .where(row.id.in_(any_of("rows")), row.told_at.is_(None), _is_mine(table))
        .order_by(row.id)
        .with_for_update()
    )


def _of_messages(table: Table, source: FromClause) -> Select[Any]:
    row = table.c
    return (
        select(row.id, row.attempts, outbox.c.unknowns, _contact.last_seen_at)
        .select_from(source)
        .where(row.outbox_id.in_(any_of("messages")), row.way == Told.MESSAGE.value)
    )


def _marking(table: Table) -> Update:
    return (
        update(table)
        .where(table.c.id == bindparam("row"))
        .values(
            way=bindparam("its_way"),
            told_at=bindparam("told"),
            next_at=bindparam("due"),
            outbox_id=bindparam("message"),
            attempts=table.c.attempts + bindparam("tried"),
            claimed_by=None,
            claimed_until=0,
        )
    )


_Mine = Mapping[int, Row[Any, Any]]
"""Open rows by their numbers, each with whether it may have been told."""


def _opened(row: Row[Any, Any, Any, Any], result: Result) -> dict[str, Any]:
    in_vain = result is Result.EXPIRED and row.attempts >= MOST_ANEW
    held = in_vain or result is Result.CLOSED
    return {
        "row": row.id,
        "its_way": Told.HOLD.value if held else None,
        "told": None,
        "due": held_since(row.last_seen_at or 0.0) if held else 0.0,
        "message": None,
        "tried": int(result is not Result.PUT_OFF),
        "doubt": row.unknowns > 0,
    }


def _put_out(
    connection: Connection, told: Sequence[Settled], mine: _Mine, now: float
) -> Mapping[int, int]:
    """Store the messages; return the number of each one's first part, by the first row it tells."""
    rows = [
        {
            "channel": one.alert.key.channel,
            "user_id": one.alert.key.user_id,
            "part": dump_part(part),
            "created_at": now,
            "unknowns": int(any(mine[row].doubted for row in one.alert.rows)),
        }
        for one in told
        for part in one.parts
    ]
    owners = [one.alert.rows[0] for one in told for _part in one.parts]
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    if rows:
        for owner, number in zip(
            owners, connection.execute(_NEW_PARTS, rows).scalars(), strict=True
        ):
            numbers[owner].append(number)
    return {owner: min(those) for owner, those in numbers.items()}


def _mark(one: Settled, now: float) -> dict[str, Any]:
    is_open = one.told in {None, Told.HOLD}
    held = held_since(one.alert.seen_at) if one.told is Told.HOLD else one.next_at
    return {
        "its_way": one.told.value if one.told else None,
        "told": None if is_open else now,
        "due": held if is_open else 0.0,
        "tried": int(one.failed),
    }
