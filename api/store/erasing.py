"""Erases everything about a person; what stays is one line that names nobody."""

import json
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, delete, insert, update

from api.store.channel_tables import audit, contacts, inbox, outbox
from api.store.dossier_tables import sealed_phones
from api.store.dossiers.follows import delete_follows, of_person
from api.store.filings.noting import withdraw
from api.store.filings.slips import release, slips_of
from api.store.tables import conversations, turns
from bot.messages import ConversationKey

ERASED: Final = "erased"
"""What the audit calls it."""

_BY_PERSON: Final = {
    "conversations": conversations,
    "outbox": outbox,
    "contacts": contacts,
    "sealed_phones": sealed_phones,
}


def erase_person(connection: Connection, key: ConversationKey, at: float) -> Mapping[str, int]:
    """Erase all rows of a person in the transaction of the caller; return how many by table.

    Leaves one line of audit: when, on which channel, and the counts; no person, not even hashed,
    for whoever knows the id could tell then that its owner was here. Of what arrived and was
    handled, the id of the event stays and names nobody: platforms send events again, and an old
    message must not be answered as a new one. What waits to be handled stays: it came later.

    Args:
        connection: in a transaction for writing.
        key: the person.
        at: seconds since 1970.
    """
    owner = conversations.c
    own = (
        conversations.select()
        .with_only_columns(owner.id)
        .where(owner.channel == key.channel, owner.user_id == key.user_id)
    )
    erased = connection.execute(delete(turns).where(turns.c.conversation_id.in_(own)))
    counts = {"turns": erased.rowcount}
    # slips first: an official who looks at one meanwhile finds its holder, or that she is gone
    held = slips_of(connection, key)
    counts["slip_holders"], counts["slips"] = release(connection, held, key)
    # before the outbox: whoever is telling an alert holds its row until the message is in there
    counts["dossier_alerts"], counts["dossier_follows"] = delete_follows(connection, of_person(key))
    counts["notices"] = withdraw(connection, key)
    for name, table in _BY_PERSON.items():
        person = (table.c.channel == key.channel, table.c.user_id == key.user_id)
        counts[name] = connection.execute(delete(table).where(*person)).rowcount
    handled = (inbox.c.channel == key.channel, inbox.c.user_id == key.user_id)
    emptied = update(inbox).where(*handled, inbox.c.done_at.is_not(None))
    nameless = emptied.values(user_id="", arrival="", press="")
    counts["inbox"] = connection.execute(nameless).rowcount
    line = {"at": at, "what": ERASED, "channel": key.channel, "details": json.dumps(counts)}
    connection.execute(insert(audit).values(line))
    return counts
