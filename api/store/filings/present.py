"""How a filing that somebody wants to be reminded of stands now."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from api.store.codec import load_dialogue
from api.store.filing_tables import slip_holders, slips
from api.store.filings.codec import load_written
from api.store.tables import conversations
from bot.filings.state import Filing
from bot.messages import ConversationKey

_slip, _holder, _conversation = slips.c, slip_holders.c, conversations.c

_DIALOGUE: Final = select(_conversation.dialogue).where(
    _conversation.channel == bindparam("channel"), _conversation.user_id == bindparam("user_id")
)
_SLIP: Final = (
    select(_slip.filing)
    .join(slip_holders, _holder.code_hash == _slip.code_hash)
    .where(
        _holder.channel == bindparam("channel"),
        _holder.user_id == bindparam("user_id"),
        _slip.procedure == bindparam("procedure"),
        _slip.expires_at > bindparam("now"),
    )
    .order_by(_slip.expires_at.desc())
    .limit(1)
)
_OF_SLIP: Final = select(_slip.filing).where(
    _slip.code_hash == bindparam("code_hash"), _slip.expires_at > bindparam("now")
)


def filing_now(
    connection: Connection, key: ConversationKey, procedure: str, now: float
) -> Filing | None:
    """Return the filing of this procedure as the person has it; None: she has none any more.

    Where it has a slip that is what counts: others may have ticked on it.

    Args:
        connection: for reading.
        key: the person.
        procedure: its code.
        now: seconds since 1970.
    """
    person = {"channel": key.channel, "user_id": key.user_id}
    text = connection.execute(_DIALOGUE, person).scalar()
    talked = load_dialogue(text).filing if text else None
    if talked is not None and talked.code != procedure:
        talked = None
    if talked is not None and not talked.slip:
        return talked
    slip = connection.execute(_SLIP, {**person, "procedure": procedure, "now": now}).scalar()
    written = load_written(slip) if slip else None
    return written.filing if written is not None else talked


def filing_of_slip(connection: Connection, code_hash: str, now: float) -> Filing | None:
    """Return the filing of a slip as it stands now; None: the slip is gone."""
    text = connection.execute(_OF_SLIP, {"code_hash": code_hash, "now": now}).scalar()
    written = load_written(text) if text else None
    return written.filing if written is not None else None
