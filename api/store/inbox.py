"""What arrived and is not handled yet: the adapter of `bot.channels.queues.Inbox`."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Exists, Row, Select, and_, bindparam, exists, select, update

from api.logs import log_failure
from api.store.arrival_codec import dump_arrival, load_arrival
from api.store.channel_tables import contacts, inbox
from api.store.claimed import ClaimedConversation
from api.store.codec import load_dialogue
from api.store.database import Database
from api.store.due import any_of, is_due, is_first
from api.store.endings import store_endings
from api.store.group_commit import GroupCommit
from api.store.tables import conversations
from bot.channels.base import Arrival
from bot.channels.queues import Claim, Contact, Delivery, Ending
from bot.dialogue import Dialogue
from bot.messages import ConversationKey

LEASE_SECONDS: Final = 15.0
"""What a process that died had claimed is handled by others after so long; the living renew."""

DOUBLE_TAP_SECONDS: Final = 3.0
"""Two presses of one button within this time are one: people tap again when nothing moves."""

_LONGEST_REFERENCE: Final = 190

_tap = inbox.alias("tap")
_other = inbox.alias("other")


class SqlInbox:
    """The inbox in one database, shared by any number of processes."""

    def __init__(
        self,
        database: Database,
        process: str,
        clock: Callable[[], float],
        deliver: Callable[[Sequence[Delivery]], None] = lambda _deliveries: None,
    ) -> None:
        """Take what the inbox needs.

        Args:
            database: open, with all tables.
            process: the name under which this process claims, ≤ 40 characters.
            clock: seconds since 1970.
            deliver: takes the parts that are stored, and claimed by this process already.
        """
        self._database = database
        self._process = process
        self._clock = clock
        self._deliver = deliver
        self._puts: GroupCommit[Sequence[Arrival], int] = GroupCommit(self._put)
        self._endings: GroupCommit[Ending, bool] = GroupCommit(self._finish)

    async def put(self, arrivals: Sequence[Arrival]) -> int:
        """Store them durably; return how many are new: one of a known event id is not.

        Raises:
            StoreUnavailable: none of them is stored; putting them again loses nothing.
        """
        return await self._puts.put(arrivals) if arrivals else 0

    async def claim(self, most: int) -> Sequence[Claim]:
        """Claim the oldest arrival of each conversation, at most `most`.

        Raises:
            StoreUnavailable: nothing was claimed.
        """
        now = self._clock()

        def take(connection: Connection) -> Sequence[Row[Any]]:
            rows = connection.execute(_HEADS, {"now": now, "most": most}).all()
            if rows:
                taken = {"rows": [row.id for row in rows], "process": self._process}
                connection.execute(_TAKE, {**taken, "until": now + LEASE_SECONDS})
            return rows

        return [_claim(row) for row in await self._database.transact(take)]

    async def waiting(self) -> bool:
        """Tell whether there is something to claim; cheaper than claiming, and locks nothing.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        given = {"now": self._clock()}
        return await self._database.look(
            lambda connection: connection.execute(_WAITING, given).scalar() is not None
        )

    async def renew(self, claims: Collection[Claim]) -> None:
        """Keep claims that take long.

        Raises:
            StoreUnavailable: they were not kept.
        """
        if not claims:
            return
        change = update(inbox).where(
            inbox.c.id.in_([claim.row for claim in claims]), inbox.c.claimed_by == self._process
        )
        async with self._database.writing() as connection:
            await connection.execute(change.values(claimed_until=self._clock() + LEASE_SECONDS))

    async def finish(self, ending: Ending) -> bool:
        """Store dialogue, turn, parts and contact, and the arrival as handled: all or nothing.

        False: the claim was lost meanwhile, another process handles it, and nothing was stored.

        Raises:
            StoreUnavailable: nothing was stored; the claim runs out and is handled again.
        """
        return await self._endings.put(ending)

    async def release(self, claim: Claim, after_seconds: float) -> None:
        """Give an arrival back, to be claimed again after some seconds.

        Raises:
            StoreUnavailable: it was not given back; the claim runs out by itself.
        """
        change = update(inbox).where(inbox.c.id == claim.row, inbox.c.claimed_by == self._process)
        free = {"claimed_by": None, "claimed_until": 0, "next_at": self._clock() + after_seconds}
        async with self._database.writing() as connection:
            await connection.execute(change.values(free))

    async def close(self) -> None:
        """Return when everything that was put or finished is stored or has failed."""
        await self._puts.close()
        await self._endings.close()

    async def _put(self, several: Sequence[Sequence[Arrival]]) -> Sequence[int]:
        now = self._clock()
        rows = [_row(arrival, now) for arrivals in several for arrival in arrivals]
        insert = self._database.insert(inbox).on_conflict_do_nothing()
        returning = insert.returning(inbox.c.channel, inbox.c.event_id)
        stored = await self._database.transact(
            lambda connection: connection.execute(returning, rows).all()
        )
        new = {(row.channel, row.event_id) for row in stored}
        return [_take_out(new, arrivals) for arrivals in several]

    async def _finish(self, endings: Sequence[Ending]) -> Sequence[bool]:
        now = self._clock()
        stored, deliveries = await self._database.transact(
            lambda connection: store_endings(
                self._database, connection, endings, self._process, now
            )
        )
        self._deliver(deliveries)
        return stored


def _take_out(new: set[tuple[str, str]], arrivals: Sequence[Arrival]) -> int:
    """Return how many of `arrivals` are new, each of them once: whoever put it first has it."""
    mine = {(one.channel, one.event_id) for one in arrivals} & new
    new -= mine
    return len(mine)


def _row(arrival: Arrival, now: float) -> dict[str, object]:
    return {
        "channel": arrival.channel,
        "user_id": arrival.user_id,
        "event_id": arrival.event_id,
        "arrival": dump_arrival(arrival),
        "press": _press(arrival),
        "received_at": now,
    }


def _press(arrival: Arrival) -> str:
    """Return by what a second tap on the same button is known; empty: none was pressed.

    It stays when the message is handled, and a value may hold the code of a slip or a dossier. Of
    65,536 pairs of buttons of one message one is taken for a double tap, which harms nobody, and
    so short a mark leads back to no code.
    """
    if not arrival.choice:
        return ""
    mark = hashlib.blake2b(arrival.choice.encode("utf-8", "surrogatepass"), digest_size=2)
    return f"{arrival.reference[:_LONGEST_REFERENCE]}:{mark.hexdigest()}"


def _heads() -> Select[Any]:
    """Select the oldest unfinished arrival of each conversation, unless somebody has claimed it."""
    return (
        select(
            inbox.c.id,
            inbox.c.channel,
            inbox.c.user_id,
            inbox.c.event_id,
            inbox.c.arrival,
            inbox.c.attempts,
            inbox.c.received_at,
            conversations.c.id.label("conversation_id"),
            conversations.c.dialogue,
            contacts.c.human_until,
            contacts.c.blocked_at,
            contacts.c.last_seen_at,
            _tapped_before().label("double_tap"),
        )
        .select_from(inbox)
        .outerjoin(conversations, _same_person(conversations))
        .outerjoin(contacts, _same_person(contacts))
        .where(is_due(inbox), is_first(inbox))
        .order_by(inbox.c.id)
        .limit(bindparam("most"))
        .with_for_update(of=inbox, skip_locked=True)
    )


def _tapped_before() -> Exists:
    """Tell whether the button was the last one pressed, moments ago.

    Whoever pressed another in between means it: she ticks a paper, unticks it and ticks it again.
    """
    other_since = (
        exists()
        .where(
            _other.c.press != "",
            _other.c.channel == inbox.c.channel,
            _other.c.user_id == inbox.c.user_id,
            _other.c.press != inbox.c.press,
            _other.c.id > _tap.c.id,
            _other.c.id < inbox.c.id,
        )
        .correlate(inbox, _tap)
    )
    return exists().where(
        inbox.c.press != "",
        _tap.c.press != "",  # said of both, so that the index of pressed buttons can be used
        _tap.c.channel == inbox.c.channel,
        _tap.c.user_id == inbox.c.user_id,
        _tap.c.press == inbox.c.press,
        _tap.c.id < inbox.c.id,
        _tap.c.received_at > inbox.c.received_at - DOUBLE_TAP_SECONDS,
        ~other_since,
    )


def _same_person(table: Any) -> Any:
    return and_(table.c.channel == inbox.c.channel, table.c.user_id == inbox.c.user_id)


_HEADS: Final = _heads()
_WAITING: Final = select(inbox.c.id).where(is_due(inbox)).limit(1)
_TAKE: Final = (
    update(inbox)
    .where(inbox.c.id.in_(any_of("rows")))
    .values(
        claimed_by=bindparam("process"),
        claimed_until=bindparam("until"),
        attempts=inbox.c.attempts + 1,
    )
)


def _arrival(row: Row[Any]) -> Arrival | None:
    """Return what is kept; None: another version kept it, and this one cannot read it."""
    try:
        return load_arrival(row.arrival)
    except ValueError as error:
        log_failure(error, "inbox")
        return None


def _claim(row: Row[Any]) -> Claim:
    conversation = ClaimedConversation(
        key=ConversationKey(row.channel, row.user_id),
        dialogue=load_dialogue(row.dialogue) if row.dialogue else Dialogue(),
        row_id=row.conversation_id,
    )
    arrival, then = _arrival(row), datetime.fromtimestamp(row.received_at, UTC)
    return Claim(
        row=row.id,
        arrival=arrival or Arrival(row.channel, row.event_id, row.user_id, then),
        attempts=row.attempts + 1,
        received_at=row.received_at,
        contact=Contact(
            row.human_until or 0.0, row.blocked_at is not None, row.last_seen_at or 0.0
        ),
        conversation=conversation,
        double_tap=bool(row.double_tap),
        readable=arrival is not None,
    )
