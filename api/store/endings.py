"""What a handled arrival leaves behind: dialogue, turn, parts, contact; all in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Executable, bindparam, func, insert, select, tuple_, update

from api.store.arrival_codec import dump_part
from api.store.channel_tables import contacts, inbox, outbox
from api.store.claimed import ClaimedConversation
from api.store.codec import dump
from api.store.conversations import turn_row
from api.store.database import Database
from api.store.due import any_of
from api.store.erasing import erase_person
from api.store.filings.counts import add_counts, milestone_of
from api.store.private_turns import without_private
from api.store.rating import keep_rating
from api.store.tables import conversations, turns
from bot.channels.base import ArrivalKind, Part
from bot.channels.queues import Delivery, Ending

SEND_LEASE_SECONDS: Final = 20.0
"""What a process that died was sending is sent by others after so long; the living renew."""

_Person = tuple[str, str]


_BY_THE_PERSON: Final = frozenset({ArrivalKind.MESSAGE, ArrivalKind.RETURNED, ArrivalKind.SHARED})
_CHANGED: Final = ("last_seen_at", "human_until")
_BLOCKING: Final = (*_CHANGED, "blocked_at", "blocked_why")

_DONE: Final = (
    update(inbox)
    .where(
        inbox.c.id.in_(any_of("rows")),
        inbox.c.claimed_by == bindparam("process"),
        inbox.c.done_at.is_(None),
    )
    .values(done_at=bindparam("now"), arrival="")
    .returning(inbox.c.id)
)
_WAITING: Final = select(outbox.c.channel, outbox.c.user_id).where(
    outbox.c.done_at.is_(None),
    tuple_(outbox.c.channel, outbox.c.user_id).in_(any_of("people")),
)
_NEW_TURNS: Final = insert(turns).returning(turns.c.id, turns.c.conversation_id)
_NEW_PARTS: Final = insert(outbox).returning(
    outbox.c.id, outbox.c.channel, outbox.c.user_id, sort_by_parameter_order=True
)


def store_endings(
    database: Database,
    connection: Connection,
    endings: Sequence[Ending],
    process: str,
    now: float,
) -> tuple[Sequence[bool], Sequence[Delivery]]:
    """Store `endings`; return which were stored, and the parts claimed for sending at once.

    No two endings are of one person: the inbox hands out one arrival of each.
    """
    done = _mark_done(connection, endings, process, now)
    kept = [ending for ending in endings if ending.claim.row in done]
    if kept:
        for ending in kept:
            if _is_erased(ending):
                erase_person(connection, _held(ending).key, now)
        numbers = _store_turns(database, connection, kept, now)
        _store_contacts(database, connection, kept, now)
        deliveries = _store_parts(connection, kept, numbers, process, now)
    else:
        deliveries = ()
    return [ending.claim.row in done for ending in endings], deliveries


def _mark_done(
    connection: Connection, endings: Sequence[Ending], process: str, now: float
) -> frozenset[int]:
    rows = [ending.claim.row for ending in endings]
    done = connection.execute(_DONE, {"rows": rows, "process": process, "now": now})
    return frozenset(done.scalars())


def _store_turns(
    database: Database, connection: Connection, endings: Sequence[Ending], now: float
) -> Mapping[_Person, int]:
    """Store dialogues and turns; return the number of each person's turn."""
    held = [_held(ending) for ending in endings]
    for conversation in held:
        if conversation.rating is not None and conversation.row_id is not None:
            keep_rating(connection, conversation.row_id, conversation.rating)
    told = [conversation for conversation in held if conversation.turn is not None]
    if not told:
        return {}
    ids = _store_dialogues(database, connection, told)
    received = {_person(ending): ending.claim.received_at for ending in endings}
    rows = [
        {
            # its parts are on their way: nobody asks this row for the reply again
            **turn_row(one.turn.message, one.turn.parse, without_private(one.turn.reply)),
            "conversation_id": ids[one.key.channel, one.key.user_id],
            "duration_ms": round((now - received[one.key.channel, one.key.user_id]) * 1000, 2),
        }
        for one in told
        if one.turn is not None
    ]
    stored = connection.execute(_NEW_TURNS, rows)
    numbers = {row.conversation_id: row.id for row in stored}
    reached = (milestone_of(one.turn.message, one.turn.reply) for one in told if one.turn)
    add_counts(database, connection, filter(None, reached))
    return {person: numbers[row_id] for person, row_id in ids.items()}


def _store_dialogues(
    database: Database, connection: Connection, told: Sequence[ClaimedConversation]
) -> Mapping[_Person, int]:
    rows = [
        {"channel": one.key.channel, "user_id": one.key.user_id, "dialogue": dump(one.dialogue)}
        for one in told
    ]
    kept = connection.execute(_keep_dialogues(database), rows)
    return {(row.channel, row.user_id): row.id for row in kept}


@lru_cache(maxsize=2)
def _keep_dialogues(database: Database) -> Executable:
    new = database.insert(conversations)
    return new.on_conflict_do_update(
        index_elements=[conversations.c.channel, conversations.c.user_id],
        set_={"dialogue": new.excluded.dialogue, "updated_at": func.current_timestamp()},
    ).returning(conversations.c.id, conversations.c.channel, conversations.c.user_id)


def _store_contacts(
    database: Database, connection: Connection, endings: Sequence[Ending], now: float
) -> None:
    known = [one for one in endings if not _is_erased(one) and _is_about_a_person(one)]
    for names, those in (
        (_CHANGED, [one for one in known if one.blocked is None]),
        (_BLOCKING, [one for one in known if one.blocked is not None]),
    ):
        if those:
            change = _keep_contacts(database, names)
            connection.execute(change, [_contact(ending, now) for ending in those])


@lru_cache(maxsize=4)
def _keep_contacts(database: Database, names: tuple[str, ...]) -> Executable:
    new = database.insert(contacts)
    return new.on_conflict_do_update(
        index_elements=[contacts.c.channel, contacts.c.user_id],
        set_={name: new.excluded[name] for name in names},
    )


def _contact(ending: Ending, now: float) -> dict[str, object]:
    claim = ending.claim
    human_until = ending.human_until
    return {
        "channel": claim.arrival.channel,
        "user_id": claim.arrival.user_id,
        "first_seen_at": claim.received_at,
        "last_seen_at": claim.received_at if _is_of_the_person(ending) else claim.contact.seen_at,
        "blocked_at": now if ending.blocked else None,
        "blocked_why": ending.blocked or None,
        "human_until": claim.contact.human_until if human_until is None else human_until,
    }


def _is_erased(ending: Ending) -> bool:
    return ending.withdrawn or _held(ending).erased


def _is_about_a_person(ending: Ending) -> bool:
    """Tell whether somebody stands behind it: reports of delivery name a message."""
    return ending.claim.arrival.kind is not ArrivalKind.DELIVERED


def _is_of_the_person(ending: Ending) -> bool:
    """Tell whether the person did something: the windows of a platform count from there."""
    return ending.claim.arrival.kind in _BY_THE_PERSON


def _store_parts(
    connection: Connection,
    endings: Sequence[Ending],
    numbers: Mapping[_Person, int],
    process: str,
    now: float,
) -> Sequence[Delivery]:
    """Store the parts; the first of each person who waits for nothing else is sent at once."""
    parts = {
        _person(ending): tuple(ending.dress(numbers.get(_person(ending))))
        for ending in endings
        if ending.dress is not None
    }
    if not parts:
        return ()
    waiting = _waiting(connection, parts)
    firsts: dict[_Person, Part] = {}
    rows: list[dict[str, object]] = []
    for person, those in parts.items():
        for part in those:
            at_once = person not in waiting and person not in firsts
            if at_once:
                firsts[person] = part
            rows.append(_part_row(person, part, numbers, process if at_once else None, now))
    if not rows:
        return ()
    ids: defaultdict[_Person, list[int]] = defaultdict(list)
    for row in connection.execute(_NEW_PARTS, rows):
        ids[row.channel, row.user_id].append(row.id)
    seen = {_person(ending): ending.claim.received_at for ending in endings}
    return [
        Delivery(min(ids[person]), *person, part, 0, 0, now, seen[person])
        for person, part in firsts.items()
    ]


def _part_row(
    person: _Person, part: Part, numbers: Mapping[_Person, int], process: str | None, now: float
) -> dict[str, object]:
    return {
        "channel": person[0],
        "user_id": person[1],
        "turn_id": numbers.get(person),
        "part": dump_part(part),
        "created_at": now,
        "claimed_by": process,
        "claimed_until": now + SEND_LEASE_SECONDS if process else 0.0,
    }


def _waiting(connection: Connection, people: Iterable[_Person]) -> frozenset[_Person]:
    waiting = connection.execute(_WAITING, {"people": list(people)})
    return frozenset((row[0], row[1]) for row in waiting.all())


def _person(ending: Ending) -> _Person:
    return ending.claim.arrival.channel, ending.claim.arrival.user_id


def _held(ending: Ending) -> ClaimedConversation:
    conversation: Any = ending.claim.conversation
    assert isinstance(conversation, ClaimedConversation)  # noqa: S101 - the inbox made it
    return conversation
