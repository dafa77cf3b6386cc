"""What is on its way to people: the adapter of `bot.channels.queues.Outbox`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    select,
    tuple_,
    update,
)

from api.logs import log_failure
from api.store.arrival_codec import load_part
from api.store.channel_tables import contacts, outbox
from api.store.database import Database
from api.store.dossiers.settling import ALERTS
from api.store.due import any_of, is_due, is_first
from api.store.endings import SEND_LEASE_SECONDS
from api.store.filings.notices import NOTICES
from api.store.group_commit import GroupCommit
from bot.channels.base import Part
from bot.channels.queues import Delivered, Delivery, Result

_Person = tuple[str, str]

_MARK: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.done_at.is_(None))
    .values(
        part=func.coalesce(bindparam("emptied"), outbox.c.part),
        claimed_by=None,
        claimed_until=0,
        next_at=bindparam("due"),
        attempts=outbox.c.attempts + bindparam("tried"),
        unknowns=outbox.c.unknowns + bindparam("untold"),
        message_id=bindparam("its_id"),
        result=bindparam("ended"),
        reason=bindparam("why"),
        done_at=bindparam("at"),
    )
)
_MARK_MINE: Final = _MARK.where(outbox.c.claimed_by == bindparam("process"))
"""What is to be tried again, unless the claim was lost: then it is in other hands already."""


class SqlOutbox:
    """The outbox in one database, shared by any number of processes."""

    def __init__(self, database: Database, process: str, clock: Callable[[], float]) -> None:
        """Take an open database, the name of this process, and a clock (seconds since 1970)."""
        self._database = database
        self._process = process
        self._clock = clock
        self._results: GroupCommit[Delivered, Delivery | None] = GroupCommit(self._finish)

    async def claim(self, most: int, channels: Collection[str]) -> Sequence[Delivery]:
        """Claim the oldest waiting part of each person on `channels`, at most `most`.

        A part whose claim ran out was being sent by a process that died: it may have arrived, and
        is counted as unknown once more.

        Raises:
            StoreUnavailable: nothing was claimed.
        """
        now = self._clock()
        given = {"channels": list(channels), "most": most}
        return await self._database.transact(
            lambda connection: self._take(connection, _HEADS_ON_CHANNELS, given, now)
        )

    async def waiting(self, channels: Collection[str]) -> bool:
        """Tell whether there may be something to claim; locks nothing.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        given = {"now": self._clock(), "channels": list(channels)}
        return await self._database.look(
            lambda connection: connection.execute(_WAITING, given).scalar() is not None
        )

    async def renew(self, deliveries: Collection[Delivery]) -> None:
        """Keep claims that take long.

        Raises:
            StoreUnavailable: they were not kept.
        """
        if not deliveries:
            return
        rows = [delivery.row for delivery in deliveries]
        mine = and_(outbox.c.id.in_(rows), outbox.c.claimed_by == self._process)
        until = self._clock() + SEND_LEASE_SECONDS
        async with self._database.writing() as connection:
            await connection.execute(update(outbox).where(mine).values(claimed_until=until))

    async def finish(self, delivered: Delivered) -> Delivery | None:
        """Store what became of a part; return the person's next one, claimed already.

        Raises:
            StoreUnavailable: nothing was stored; the claim runs out, and the fate is unknown.
        """
        return await self._results.put(delivered)

    async def close(self) -> None:
        """Return when everything that was finished is stored or has failed."""
        await self._results.close()

    async def _finish(self, results: Sequence[Delivered]) -> Sequence[Delivery | None]:
        return await self._database.transact(
            lambda connection: self._settle(connection, results, self._clock())
        )

    def _settle(
        self, connection: Connection, results: Sequence[Delivered], now: float
    ) -> Sequence[Delivery | None]:
        # what is told before its messages, as whoever erases a person or tells takes them
        _take_back(connection, results)
        self._mark(connection, results, now)
        for one in results:
            if one.result in {Result.GONE, Result.CLOSED}:
                _give_up(connection, one, now)
        ended = [one.delivery for one in results if one.result is not None]
        _forget(connection, ended)
        people = [_person(delivery) for delivery in ended]
        following: dict[_Person, Delivery] = {}
        if people:
            taken = self._take(connection, _HEADS_OF_PEOPLE, {"people": people}, now)
            following = {_person(one): one for one in taken}
        return [
            following.get(_person(one.delivery)) if one.result is not None else None
            for one in results
        ]

    def _mark(self, connection: Connection, results: Sequence[Delivered], now: float) -> None:
        done = [_marks(one, now) for one in results if one.result is not None]
        again = [_marks(one, now) for one in results if one.result is None]
        if done:
            connection.execute(_MARK, done)
        if again:
            connection.execute(_MARK_MINE, [{**one, "process": self._process} for one in again])

    def _take(
        self,
        connection: Connection,
        query: Select[Any],
        given: Mapping[str, object],
        now: float,
    ) -> Sequence[Delivery]:
        rows = connection.execute(query, {**given, "now": now}).all()
        if rows:
            taken = {"rows": [row.id for row in rows], "process": self._process}
            connection.execute(_TAKE, {**taken, "until": now + SEND_LEASE_SECONDS})
        return [_delivery(row) for row in rows]


def _heads() -> Select[Any]:
    """Select the oldest waiting part of each person, unless somebody is sending it."""
    known = and_(contacts.c.channel == outbox.c.channel, contacts.c.user_id == outbox.c.user_id)
    return (
        select(outbox, contacts.c.last_seen_at)
        .select_from(outbox)
        .outerjoin(contacts, known)
        .where(is_due(outbox), is_first(outbox))
        .order_by(outbox.c.id)
        .with_for_update(of=outbox, skip_locked=True)
    )


_HEADS_ON_CHANNELS: Final = (
    _heads().where(outbox.c.channel.in_(any_of("channels"))).limit(bindparam("most"))
)
_HEADS_OF_PEOPLE: Final = _heads().where(
    tuple_(outbox.c.channel, outbox.c.user_id).in_(any_of("people"))
)
_WAITING: Final = (
    select(outbox.c.id).where(is_due(outbox), outbox.c.channel.in_(any_of("channels"))).limit(1)
)
_TAKE: Final = (
    update(outbox)
    .where(outbox.c.id.in_(any_of("rows")))
    .values(
        unknowns=outbox.c.unknowns + cast(outbox.c.claimed_by.is_not(None), Integer),
        claimed_by=bindparam("process"),
        claimed_until=bindparam("until"),
    )
)
_WAITING_FOR: Final = select(outbox.c.id).where(
    tuple_(outbox.c.channel, outbox.c.user_id).in_(any_of("people")), outbox.c.done_at.is_(None)
)
_FORGET: Final = delete(outbox).where(
    outbox.c.id.in_(any_of("rows")),
    ~exists().where(contacts.c.channel == outbox.c.channel, contacts.c.user_id == outbox.c.user_id),
)


def _part(text: str) -> Part:
    """Return the part; an empty one where another version kept it: it is let go, and noted."""
    try:
        return load_part(text)
    except ValueError as error:
        log_failure(error, "outbox")
        return Part({})


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row=row.id,
        channel=row.channel,
        user_id=row.user_id,
        part=_part(row.part),
        attempts=row.attempts,
        unknowns=row.unknowns + (row.claimed_by is not None),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at or row.created_at,
    )


def _marks(delivered: Delivered, now: float) -> dict[str, object]:
    is_done = delivered.result is not None
    return {
        "row": delivered.delivery.row,
        "emptied": "" if is_done else None,
        "due": delivered.next_at,
        "tried": 0 if delivered.refused else 1,
        "untold": int(delivered.unknown),
        "its_id": delivered.message_id[:200] or None,
        "ended": delivered.result.value if delivered.result else None,
        "why": delivered.reason[:80] or None,
        "at": now if is_done else None,
    }


def _forget(connection: Connection, ended: Sequence[Delivery]) -> None:
    """Keep nothing of the last reply to people who had themselves erased: they are no contact."""
    if ended:
        connection.execute(_FORGET, {"rows": [delivery.row for delivery in ended]})


def _take_back(connection: Connection, results: Sequence[Delivered]) -> None:
    """Let what was told by messages that never went out be told: at the next contact, or anew."""
    closed = [_person(one.delivery) for one in results if one.result is Result.CLOSED]
    if closed:
        waiting = list(connection.execute(_WAITING_FOR, {"people": closed}).scalars())
        _open_again(connection, waiting, Result.CLOSED)
    for result in (Result.EXPIRED, Result.PUT_OFF):
        if rows := [one.delivery.row for one in results if one.result is result]:
            _open_again(connection, rows, result)


def _open_again(connection: Connection, rows: Sequence[int], result: Result) -> None:
    for told in (ALERTS, NOTICES):
        told.open_again(connection, rows, result)


def _give_up(connection: Connection, delivered: Delivered, now: float) -> None:
    """Let go of everything that waits for the person; one who is gone is marked as such."""
    channel, user_id = _person(delivered.delivery)
    theirs = (outbox.c.channel == channel, outbox.c.user_id == user_id)
    waiting = update(outbox).where(*theirs, outbox.c.done_at.is_(None))
    ended = {"part": "", "result": delivered.result, "reason": delivered.reason[:80]}
    connection.execute(waiting.values(done_at=now, claimed_by=None, **ended))
    if delivered.result is Result.CLOSED:
        return
    contact = update(contacts).where(contacts.c.channel == channel, contacts.c.user_id == user_id)
    connection.execute(contact.values(blocked_at=now, blocked_why=delivered.reason[:80]))


def _person(delivery: Delivery) -> _Person:
    return delivery.channel, delivery.user_id
