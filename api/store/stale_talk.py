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
            left = replace(load_dialogue(row.dialogue), dossier=None, dossier_talk=None, menu=None)
            # who wrote meanwhile goes on; the moment of the last message stays what it was
            same = (conversations.c.id == row.id, conversations.c.dialogue == row.dialogue)
            await connection.execute(update(conversations).where(*same).values(dialogue=dump(left)))
    return len(rows)
