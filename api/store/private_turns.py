"""Replies that tell of somebody's own dossier leave the turn log as soon as nobody needs them.

Until the next message the page may be loaded again, and the same event wants the same reply; after
that only what the reply itself says may be left of it stays (`Reply.afterwards`).
"""

import dataclasses
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Select, select, update

from api.store.codec import dump, load_reply
from api.store.tables import turns
from bot.messages import RATED_DOWN, RATED_UP, Outcome, OutcomeFamily, Paragraph, Reply

PRIVATE_SECONDS: Final = 3600.0
"""Who has left the page for so long will ask again."""

UNREADABLE: Final = Reply((), Outcome(OutcomeFamily.ERROR, "kept_by_another_version"))

_RATINGS: Final = frozenset({RATED_UP, RATED_DOWN})


def without_private(reply: Reply) -> Reply:
    """Return what may stay in the log; the reply itself where it is nobody's own."""
    if not reply.afterwards:
        return reply
    left = (Paragraph(reply.afterwards),)
    return dataclasses.replace(reply, blocks=left, sources=(), afterwards="")


def ends_private(reply: Reply) -> bool:
    """Tell whether `reply` is a new answer: thanks for a rating leave the rated one on the page."""
    return reply.outcome.kind not in _RATINGS


def forget_private(connection: Connection, conversation_id: int) -> None:
    """Empty the private replies of a conversation, in the transaction of the caller."""
    mine = (turns.c.conversation_id == conversation_id, turns.c.private)
    _forget(connection, select(turns.c.id, turns.c.reply).where(*mine))


def forget_old_private(connection: Connection, before: datetime, most: int) -> int:
    """Empty at most `most` private replies sent before a moment (aware); return how many."""
    query = select(turns.c.id, turns.c.reply).where(turns.c.private, turns.c.sent_at < before)
    return _forget(connection, query.limit(most))


def _forget(connection: Connection, query: Select[tuple[int, str]]) -> int:
    rows = connection.execute(query).all()
    for row in rows:
        left = {"reply": _left_of(row.reply), "private": False}
        connection.execute(update(turns).where(turns.c.id == row.id).values(left))
    return len(rows)


def _left_of(text: str) -> str:
    """Return what stays of a kept reply; one that another version kept is emptied unread."""
    try:
        return dump(without_private(load_reply(text)))
    except ValueError:
        return dump(UNREADABLE)
