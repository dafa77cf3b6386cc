"""What conversations remember of a dossier goes a day after their last message.

A look-up is over by then; its code would wait with the conversation for months otherwise.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select, update

from api.store.codec import dump, load_dialogue
from api.store.database import Database
from api.store.tables import conversations
from bot.dialogue import Dialogue

TALK_SECONDS: Final = 86_400.0
"""So long a question about a dossier may be left open."""

_MARKS: Final = ('%"dossier":{%', '%"dossier_talk":{%', '%"dossier:%', '%"hs:%')
"""How a code stands in a kept dialogue: what is talked about, and the buttons shown."""


async def forget_stale_talk(database: Database, before: datetime, most: int) -> int:
    """Forget dossiers in at most `most` conversations silent since `before` (aware).

    Returns:
        In how many; zero when there is nothing left to forget.

    Raises:
        StoreUnavailable: nothing was forgotten.
    """
    stale = (
        conversations.c.updated_at < before,
        or_(*(conversations.c.dialogue.like(mark) for mark in _MARKS)),
    )
    query = select(conversations.c.id, conversations.c.dialogue).where(*stale).limit(most)
    async with database.reading() as connection:
        rows = (await connection.execute(query)).all()
    if not rows:
        return 0
    async with database.writing() as connection:
        for row in rows:
            left = _without_dossiers(row.dialogue)
            # who wrote meanwhile goes on; the moment of the last message stays what it was
            same = (conversations.c.id == row.id, conversations.c.dialogue == row.dialogue)
            await connection.execute(update(conversations).where(*same).values(dialogue=left))
    return len(rows)


def _without_dossiers(text: str) -> str:
    """Return a kept dialogue without dossiers; a fresh one where something of them stays."""
    left = replace(load_dialogue(text), dossier=None, dossier_talk=None, menu=None)
    kept = dump(left)
    return dump(Dialogue()) if any(mark.strip("%") in kept for mark in _MARKS) else kept
