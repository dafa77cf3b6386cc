"""What people are to be told of ourselves about their filings: noting it, and taking it back."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, select

from api.store.database import Database
from api.store.filing_tables import notices
from api.store.filings.codec import dump_notice
from bot.channels.notices import NoticeKind
from bot.filings.state import Filing
from bot.messages import ConversationKey

CHECKED: Final = NoticeKind.CHECKED.value
REMINDER: Final = NoticeKind.REMINDER.value

_notice = notices.c

_ANEW: Final[dict[str, Any]] = {
    "next_at": 0.0,
    "claimed_by": None,
    "claimed_until": 0.0,
    "attempts": 0,
    "told_at": None,
    "outbox_id": None,
    "way": None,
    "doubted": False,
}
"""Whoever has the earlier one in hand has lost it; one that was told makes place for the next."""


def note(database: Database, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Keep notices, each in the place of an earlier one of the same person, kind and subject.

    Args:
        database: which kind.
        connection: in a transaction for writing.
        rows: channel, user_id, kind, subject, content, due_at, created_at.
    """
    if not rows:
        return
    new = database.insert(notices)
    changed = {name: new.excluded[name] for name in ("content", "due_at", "created_at")}
    keys = [_notice.channel, _notice.user_id, _notice.kind, _notice.subject]
    put = new.on_conflict_do_update(index_elements=keys, set_={**changed, **_ANEW})
    connection.execute(put, list(rows))


def note_checked(
    database: Database,
    connection: Connection,
    what: tuple[str, Filing, Sequence[str]],
    holders: Collection[ConversationKey],
    now: float,
) -> None:
    """Note that an official saw papers; `what`: hash of the slip, its filing, keys of papers."""
    code_hash, filing, seen = what
    content = {"content": dump_notice(filing, seen), "due_at": now, "created_at": now}
    people = sorted((key.channel, key.user_id) for key in holders)
    note(
        database,
        connection,
        [
            {"channel": channel, "user_id": user, "kind": CHECKED, "subject": code_hash, **content}
            for channel, user in people
        ],
    )


def withdraw(
    connection: Connection, key: ConversationKey, kind: str = "", subject: str = ""
) -> int:
    """Delete notices of a person, of a kind, of a subject; empty: of all. Return how many.

    A process that tells one of them holds its row until the message is in the outbox.
    """
    theirs = [_notice.channel == key.channel, _notice.user_id == key.user_id]
    if kind:
        theirs.append(_notice.kind == kind)
    if subject:
        theirs.append(_notice.subject == subject)
    query = select(_notice.id).where(*theirs).order_by(_notice.id)
    connection.execute(query.with_for_update())
    return connection.execute(delete(notices).where(*theirs)).rowcount
