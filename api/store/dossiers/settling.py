"""What becomes of claimed alerts, in one transaction with the messages that tell them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from api.store.arrival_codec import dump_part
from api.store.channel_tables import contacts, outbox
from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.dossiers.claims import held_since
from api.store.due import any_of
from bot.channels.alerts import Settled, Told
from bot.channels.queues import Result

MOST_ANEW: Final = 2
"""So often a message that could not be delivered for a day is told anew. Zalo Bot has no code that
says that somebody is gone (`bot.channels.zalo_bot.failures`): it would go on for ever."""

_alert, _follow, _contact = dossier_alerts.c, dossier_follows.c, contacts.c

IS_ITS_MESSAGE: Final = and_(outbox.c.id == _alert.outbox_id, outbox.c.created_at == _alert.told_at)
"""The row of the outbox by which an alert was told, and no later one of the same number.

SQLite gives the numbers of rows that retention removed again, also to messages of other people.
"""


def settle_alerts(
    connection: Connection, settled: Sequence[Settled], process: str, now: float
) -> Sequence[bool]:
    """Keep what became of alerts; False where the claim was lost or the person does not want it.

    Args:
        connection: in a transaction for writing.
        settled: each of another person or dossier.
        process: who claimed them.
        now: seconds since 1970.
    """
    mine = _locked(connection, settled, process)
    wanted = _wanted(connection, mine)
    kept = [
        set(one.alert.rows) <= mine.keys()
        and (one.told is not Told.MESSAGE or mine[one.alert.rows[0]].follow_id in wanted)
        for one in settled
    ]
    those = [one for one, is_kept in zip(settled, kept, strict=True) if is_kept]
    numbers = _put_out(connection, [one for one in those if one.told is Told.MESSAGE], mine, now)
    marks = [
        {**_mark(one, now), "row": row, "message": numbers.get(one.alert.rows[0])}
        for one in those
        for row in one.alert.rows
    ]
    if marks:
        connection.execute(_MARK, marks)
    return kept


def open_again(connection: Connection, messages: Collection[int], result: Result) -> None:
    """Take back that alerts were told by messages of the outbox, which never went out.

    In the transaction of the caller.

    Args:
        connection: in a transaction for writing.
        messages: rows of the outbox.
        result: of these messages. CLOSED: they wait until their person does something here.
            EXPIRED: they are told anew, and wait so where that was in vain `MOST_ANEW` times.
            PUT_OFF: they are told anew, as often as a night comes between.
    """
    found = connection.execute(_OF_MESSAGES, {"messages": list(messages)}).all()
    marks = [_opened(row, result) for row in found]
    if marks:
        connection.execute(_OPEN_AGAIN, marks)


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


_Mine = Mapping[int, Row[Any, Any, Any]]
"""Open alerts by their numbers, each with its follow, and whether it may have been told."""


def _locked(connection: Connection, settled: Sequence[Settled], process: str) -> _Mine:
    """Return those alerts that are open and ours; nobody changes them.

    From here on whoever erases their person waits, and then finds the message in the outbox.
    """
    rows = [row for one in settled for row in one.alert.rows]
    found = connection.execute(_MINE, {"rows": rows, "process": process})
    return {row.id: row for row in found}


def _wanted(connection: Connection, mine: _Mine) -> frozenset[int]:
    """Return the follows of people who want to be told, and did not block us."""
    found = connection.execute(
        _WANTED, {"follows": sorted({row.follow_id for row in mine.values()})}
    )
    return frozenset(found.scalars())


def _put_out(
    connection: Connection, told: Sequence[Settled], mine: _Mine, now: float
) -> Mapping[int, int]:
    """Store the messages; return the number of each one's first part, by the alert's first row."""
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


_MINE: Final = (
    select(_alert.id, _alert.follow_id, _alert.doubted)
    .where(
        _alert.id.in_(any_of("rows")),
        _alert.told_at.is_(None),
        _alert.claimed_by == bindparam("process"),
    )
    .order_by(_alert.id)
    .with_for_update()
)
_OF_MESSAGES: Final = (
    select(_alert.id, _alert.attempts, outbox.c.unknowns, _contact.last_seen_at)
    .select_from(dossier_alerts)
    .join(dossier_follows, _follow.id == _alert.follow_id)
    .join(outbox, IS_ITS_MESSAGE)
    .outerjoin(
        contacts, and_(_contact.channel == _follow.channel, _contact.user_id == _follow.user_id)
    )
    .where(_alert.outbox_id.in_(any_of("messages")), _alert.way == Told.MESSAGE.value)
)
_WANTED: Final = (
    select(_follow.id)
    .select_from(dossier_follows)
    .outerjoin(
        contacts, and_(_contact.channel == _follow.channel, _contact.user_id == _follow.user_id)
    )
    .where(
        _follow.id.in_(any_of("follows")),
        _follow.followed_at.is_not(None),
        _contact.blocked_at.is_(None),
    )
)
_NEW_PARTS: Final = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_MARK: Final = (
    update(dossier_alerts)
    .where(_alert.id == bindparam("row"))
    .values(
        way=bindparam("its_way"),
        told_at=bindparam("told"),
        next_at=bindparam("due"),
        outbox_id=bindparam("message"),
        attempts=_alert.attempts + bindparam("tried"),
        claimed_by=None,
        claimed_until=0,
    )
)
_OPEN_AGAIN: Final = _MARK.values(doubted=bindparam("doubt"))
