"""What people are to be told of ourselves about filings: the adapter of `bot.channels.notices`.

Claiming and settling are those of alerts (`api.store.telling`). What is held is looked at with
everything else: it is told within weeks or dropped by retention, so it stays little.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, or_, select, true

from api.logs import log_failure
from api.store.channel_tables import contacts
from api.store.database import Database
from api.store.due import any_of
from api.store.filing_tables import notices
from api.store.filings.codec import load_notice
from api.store.filings.present import filing_now, filing_of_slip
from api.store.telling import HELD, ROUNDED, Telling
from bot.channels.alerts import Settled
from bot.channels.notices import Notice, NoticeKind
from bot.errors import StoreUnavailable
from bot.filings.state import Checked, FilingStage
from bot.messages import ConversationKey

NOTICES: Final = Telling(notices, notices, notices, true())

_OF_ANOTHER_VERSION: Final = "Tin nhắn do bản motcua khác ghi, bản này không đọc được."

_notice, _contact = notices.c, contacts.c


class SqlNotices:
    """The notices in one database, shared by any number of processes."""

    def __init__(self, database: Database, process: str, clock: Callable[[], float]) -> None:
        """Take an open database, the name of this process (≤ 40 characters), and a clock.

        The clock counts seconds since 1970.
        """
        self._database = database
        self._process = process
        self._clock = clock

    async def waiting(self, channels: Collection[str]) -> bool:
        """Tell whether there is something to claim; locks nothing.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        given = {"now": self._clock(), "channels": list(channels)}
        return await self._database.look(
            lambda connection: connection.execute(_ANY, given).first() is not None
        )

    async def claim(self, most: int, channels: Collection[str]) -> Sequence[Notice]:
        """Claim what is due, at most `most`; see the port.

        Raises:
            StoreUnavailable: nothing was claimed.
        """
        given = {"now": self._clock(), "channels": list(channels), "most": most}
        return await self._database.transact(
            lambda connection: _take(connection, given, self._process)
        )

    async def renew(self, notices: Collection[Notice]) -> None:
        """Keep claims that take long.

        Raises:
            StoreUnavailable: they were not kept.
        """
        rows, now = [row for notice in notices for row in notice.rows], self._clock()
        if rows:
            await self._database.transact(
                lambda connection: NOTICES.renew(connection, rows, self._process, now)
            )

    async def settle(self, settled: Sequence[Settled]) -> Sequence[bool]:
        """Keep what became of claimed notices, messages in the outbox with it; see the port.

        Raises:
            StoreUnavailable: nothing was kept; the claims run out.
        """
        if not settled:
            return ()
        now = self._clock()
        return await self._database.transact(
            lambda connection: NOTICES.settle(connection, settled, self._process, now)
        )


def _take(connection: Connection, given: Mapping[str, Any], process: str) -> Sequence[Notice]:
    rows, now = connection.execute(_DUE, given).all(), given["now"]
    taken, dropped, unreadable = [], [], []
    for row in rows:
        try:
            notice = _notice_of(connection, row, now)
        except StoreUnavailable as error:
            log_failure(error, "notices")
            unreadable.append(row.id)
            continue
        if notice is None:
            dropped.append(row.id)
        else:
            taken.append(notice)
    NOTICES.take(connection, [row for notice in taken for row in notice.rows], process, now)
    NOTICES.drop(connection, dropped, now)
    NOTICES.put_off(connection, unreadable, now)
    return taken


def _notice_of(connection: Connection, row: Row[Any], now: float) -> Notice | None:
    """Return what is to be told; None where nothing is any more."""
    if row.blocked_at is not None:
        return None
    content = load_notice(row.content)
    if content is None or row.kind not in frozenset(NoticeKind):
        raise StoreUnavailable(_OF_ANOTHER_VERSION)
    (filing, seen), kind = content, NoticeKind(row.kind)
    key = ConversationKey(row.channel, row.user_id)
    if kind is NoticeKind.REMINDER:
        filing = filing_now(connection, key, row.subject, now) or filing
        if filing.stage is FilingStage.FILED:
            return None
    else:
        filing = filing_of_slip(connection, row.subject, now) or filing
    return Notice(
        key,
        filing,
        Checked(seen, row.created_at) if kind is NoticeKind.CHECKED else None,
        row.last_seen_at or 0.0,
        rows=(row.id,),
        attempts=row.attempts,
    )


def _due() -> Select[Any]:
    """Select what is due and in nobody's hands.

    The channel is hidden from the index of people: else SQLite looks through all of a channel.
    """
    known = and_(_contact.channel == _notice.channel, _contact.user_id == _notice.user_id)
    freed = and_(_notice.next_at >= HELD, _contact.last_seen_at > _notice.next_at - HELD + ROUNDED)
    return (
        select(notices, _contact.blocked_at, _contact.last_seen_at)
        .select_from(notices)
        .outerjoin(contacts, known)
        .where(
            _notice.told_at.is_(None),
            _notice.due_at <= bindparam("now"),
            _notice.claimed_until < bindparam("now"),
            or_(_notice.next_at <= bindparam("now"), freed),
            func.coalesce(_notice.channel, "").in_(any_of("channels")),
        )
    )


_ANY: Final = _due().limit(1)
_DUE: Final = (
    _due()
    .order_by(_notice.due_at, _notice.id)
    .limit(bindparam("most"))
    .with_for_update(of=notices, skip_locked=True)
)
