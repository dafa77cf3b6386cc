"""Takes out of the database what has outlived its purpose, a few rows at a time.

What is not finished is never taken: an arrival that waits, a part on its way, and the conversation
and the contact they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, delete, exists, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.channel_tables import audit, contacts, inbox, outbox
from api.store.database import Database
from api.store.dossier_tables import (
    dossier_alerts,
    dossier_follows,
    dossier_tries,
    dossier_words,
    dossiers,
    sealed_phones,
)
from api.store.dossiers.forgetting import forget_old
from api.store.filing_tables import guided_dossiers, notices, slips, staff_sessions
from api.store.private_turns import PRIVATE_SECONDS, forget_old_private
from api.store.sealed_phones import NEEDED
from api.store.stale_talk import TALK_SECONDS, forget_stale_talk
from api.store.tables import chat_sessions, conversations
from api.store.zalo_tables import zalo_consents, zns_messages
from bot.dossiers.status import ENDED

DAY_SECONDS: Final = 86_400.0

INBOX_DAYS: Final = 2
"""Platforms deliver an event again for a day at most (protocols §1.2, §3)."""

OUTBOX_DAYS: Final = 7
"""How long an operator can see what became of an answer; its words are gone when it is done."""

AUDIT_DAYS: Final = 3 * 365
"""Our own decision: three years in which an erasure can be accounted for; it names nobody."""

ENDED_DAYS: Final = 60
"""How long a dossier that has ended is remembered for a person."""

ALERT_DAYS: Final = 90
"""How long an operator can see which way somebody was told."""

NOTICE_DAYS: Final = 30
"""How long a reminder, or what an official saw, waits for its person to come back, and then says
nothing any more; told ones go as soon as their message can come back no more (`OUTBOX_DAYS`)."""

TRIES_DAYS: Final = 2
"""Wrong attempts count at least so long after the last one."""

LOG_PATIENCE_MS: Final = 250
"""How long writers may wait while SQLite's log is emptied; readers that take longer win."""

AT_ONCE: Final = 500
"""Rows in one transaction: some milliseconds, so that no citizen waits for it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    table: Table
    expired: ColumnElement[bool]


class SqlRetention:
    """What may go, in one database."""

    def __init__(self, database: Database, retention_days: int, dossier_days: int) -> None:
        """Take what says how long things are kept.

        Args:
            database: open, with all tables.
            retention_days: how long a conversation is kept after its last message.
            dossier_days: how long a dossier is kept after the last news of it.
        """
        self._database = database
        self._seconds = retention_days * DAY_SECONDS
        self._dossier_seconds = dossier_days * DAY_SECONDS

    async def remove_some(self, now: float) -> Mapping[str, int]:
        """Remove a few rows of each kind that are too old at `now`, in seconds since 1970.

        Returns:
            How many were removed, by table; nothing when all that is too old is gone.

        Raises:
            StoreUnavailable: some kinds may have been removed, each wholly or not at all.
        """
        counts = {}
        for kind in _kinds(now, now - self._seconds, self._dossier_seconds):
            count = await self._remove(kind)
            if count:
                counts[kind.table.name] = count
        if forgotten := await self._forget_private(now):
            counts["private_turns"] = forgotten
        before = datetime.fromtimestamp(now - TALK_SECONDS, UTC)
        if forgotten := await forget_stale_talk(self._database, before, AT_ONCE):
            counts["dossier_talks"] = forgotten
        for name, count in (await forget_old(self._database, now - self._dossier_seconds)).items():
            counts[name] = counts.get(name, 0) + count
        return counts

    async def _forget_private(self, now: float) -> int:
        before = datetime.fromtimestamp(now - PRIVATE_SECONDS, UTC)
        return await self._database.transact(
            lambda connection: forget_old_private(connection, before, AT_ONCE)
        )

    async def empty_log(self) -> None:
        """Take out of SQLite's write-ahead log what was overwritten and removed since.

        Words that are gone from the tables stay in that file until it is written over, which takes
        a quiet town weeks. PostgreSQL reuses its own.

        Raises:
            StoreUnavailable: another time, then.
        """
        if not self._database.is_sqlite:
            return
        async with self._database.reading() as connection:
            patience = (await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar_one()
            await _wait_at_most(connection, LOG_PATIENCE_MS)
            try:
                # Most of the work beside those who write; the rest while they wait.
                for how in ("PASSIVE", "TRUNCATE"):
                    await connection.exec_driver_sql(f"PRAGMA wal_checkpoint({how})")
            finally:
                await _wait_at_most(connection, patience)

    async def _remove(self, kind: _Kind) -> int:
        key = tuple_(*kind.table.primary_key.columns)
        query: Select[Any] = select(*kind.table.primary_key.columns).where(kind.expired)
        query = query.limit(AT_ONCE)
        if not self._database.is_sqlite:  # a turn that is in work has locked its conversation
            query = query.with_for_update(skip_locked=True, of=kind.table)
        async with self._database.reading() as connection:
            if not (await connection.execute(query.limit(1))).all():
                return 0
        async with self._database.writing() as connection:
            keys = [tuple(row) for row in (await connection.execute(query)).all()]
            if keys:
                await connection.execute(delete(kind.table).where(key.in_(keys)))
        return len(keys)


async def _wait_at_most(connection: AsyncConnection, milliseconds: int) -> None:
    await connection.exec_driver_sql(f"PRAGMA busy_timeout = {milliseconds}")


def _kinds(now: float, cutoff: float, dossier_seconds: float) -> tuple[_Kind, ...]:
    """Return what is too old; sessions come after the conversations that keep them."""
    moment = datetime.fromtimestamp(cutoff, UTC)
    return (
        _Kind(inbox, inbox.c.done_at < now - INBOX_DAYS * DAY_SECONDS),
        _Kind(outbox, outbox.c.done_at < now - OUTBOX_DAYS * DAY_SECONDS),
        _Kind(outbox, and_(outbox.c.done_at > now - DAY_SECONDS, ~_is_known(outbox))),
        _Kind(zalo_consents, zalo_consents.c.expires_at < now - DAY_SECONDS),
        _Kind(zns_messages, zns_messages.c.began_at < cutoff),
        *_dossier_kinds(now),
        *_filing_kinds(now, now - dossier_seconds),
        _Kind(audit, audit.c.at < now - AUDIT_DAYS * DAY_SECONDS),
        _Kind(
            conversations,
            and_(conversations.c.updated_at < moment, ~_in_work(conversations)),
        ),
        _Kind(
            contacts,
            and_(contacts.c.last_seen_at < cutoff, ~_in_work(contacts), ~_wants_news(contacts)),
        ),
        _Kind(
            chat_sessions,
            and_(
                chat_sessions.c.created_at < moment,
                ~exists().where(conversations.c.user_id == chat_sessions.c.token_hash),
            ),
        ),
    )


def _dossier_kinds(now: float) -> tuple[_Kind, ...]:
    tries = dossier_tries.c
    ended = exists().where(
        dossiers.c.code == dossier_follows.c.code,
        dossiers.c.state.in_(ENDED),
        dossiers.c.changed_at < now - ENDED_DAYS * DAY_SECONDS,
    )
    quiet = tries.last_at < now - TRIES_DAYS * DAY_SECONDS
    return (
        _Kind(dossier_words, dossier_words.c.expires_at < now),
        # a quiet day takes one failure back: who waits two must not begin anew with fifteen
        _Kind(dossier_tries, and_(quiet, tries.last_at + tries.failures * DAY_SECONDS < now)),
        _Kind(dossier_follows, ended),
        _Kind(dossier_alerts, dossier_alerts.c.told_at < now - ALERT_DAYS * DAY_SECONDS),
        _Kind(sealed_phones, ~NEEDED),
    )


def _filing_kinds(now: float, guided_before: float) -> tuple[_Kind, ...]:
    notice = notices.c
    return (
        _Kind(slips, slips.c.expires_at < now),
        _Kind(notices, notice.told_at < now - OUTBOX_DAYS * DAY_SECONDS),
        _Kind(
            notices,
            and_(notice.told_at.is_(None), notice.due_at < now - NOTICE_DAYS * DAY_SECONDS),
        ),
        _Kind(guided_dossiers, guided_dossiers.c.noted_at < guided_before),
        _Kind(staff_sessions, staff_sessions.c.expires_at < now),
    )


def _is_known(queue: Table) -> ColumnElement[bool]:
    """Tell whether this person is a contact; who had herself erased is none.

    What ended since then would name her for days, as the answers to a reply that was on its way.
    """
    return exists().where(
        contacts.c.channel == queue.c.channel, contacts.c.user_id == queue.c.user_id
    )


def _wants_news(people: Table) -> ColumnElement[bool]:
    """Tell whether this person is to be told of something: what is known of her windows matters."""
    follow, notice = dossier_follows.c, notices.c
    return or_(
        exists().where(follow.channel == people.c.channel, follow.user_id == people.c.user_id),
        exists().where(
            notice.channel == people.c.channel,
            notice.user_id == people.c.user_id,
            notice.told_at.is_(None),
        ),
    )


def _in_work(people: Table) -> ColumnElement[bool]:
    """Tell whether something of this person waits to be answered or delivered."""
    return or_(
        *(
            exists().where(
                queue.c.channel == people.c.channel,
                queue.c.user_id == people.c.user_id,
                queue.c.done_at.is_(None),
            )
            for queue in (inbox, outbox)
        )
    )
