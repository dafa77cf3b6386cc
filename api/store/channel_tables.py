"""The tables of the channels. Times are seconds since 1970: they are compared, never shown.

Inbox and outbox rows are claimed for some seconds by one process (`claimed_by`, `claimed_until`),
so that any number of processes can share them, and one that dies gives its rows back.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from api.store import tables

metadata: Final = tables.metadata
"""With the tables of this module among them."""

_Id: Final = BigInteger().with_variant(Integer(), "sqlite")
_OPEN: Final = text("done_at IS NULL")

inbox: Final = Table(
    "inbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("arrival", Text, nullable=False),
    Column("press", String(200), nullable=False, server_default=""),
    Column("received_at", Float, nullable=False),
    Column("claimed_by", String(40)),
    Column("claimed_until", Float, nullable=False, server_default="0"),
    Column("next_at", Float, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("done_at", Float),
    UniqueConstraint("channel", "event_id", name="uq_inbox_event"),
)
"""What arrived. `arrival` is JSON, emptied once it is answered; the row stays to know it again.

`press`: which button of which message; two equal ones within moments are one double tap.
"""

Index(
    "ix_inbox_press",
    inbox.c.channel,
    inbox.c.user_id,
    inbox.c.press,
    sqlite_where=text("press <> ''"),
    postgresql_where=text("press <> ''"),
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("turn_id", _Id),
    Column("part", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("claimed_by", String(40)),
    Column("claimed_until", Float, nullable=False, server_default="0"),
    Column("next_at", Float, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("unknowns", Integer, nullable=False, server_default="0"),
    Column("message_id", String(200)),
    Column("result", String(40)),
    Column("reason", String(80)),
    Column("done_at", Float),
)
"""What goes out, one row a part. `part` is JSON, emptied once it is done.

`unknowns`: how often its fate could not be told; `result`: sent, charged, refused, gone, unknown.
"""

for _table in (inbox, outbox):
    Index(
        f"ix_{_table.name}_open",
        _table.c.channel,
        _table.c.user_id,
        _table.c.id,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    Index(f"ix_{_table.name}_order", _table.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
    Index(f"ix_{_table.name}_done", _table.c.done_at)

contacts: Final = Table(
    "contacts",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("user_id", String(200), primary_key=True),
    Column("first_seen_at", Float, nullable=False),
    Column("last_seen_at", Float, nullable=False),
    Column("blocked_at", Float),
    Column("blocked_why", String(80)),
    Column("human_until", Float, nullable=False, server_default="0"),
)
"""People who wrote. `human_until`: an official answers until then, and the bot is silent."""
Index("ix_contacts_seen", contacts.c.last_seen_at)

audit: Final = Table(
    "audit",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("at", Float, nullable=False),
    Column("what", String(80), nullable=False),
    Column("channel", String(40), nullable=False, server_default=""),
    Column("details", Text, nullable=False, server_default=""),
)
"""What was done to people's data, naming nobody."""

sealed_tokens: Final = Table(
    "sealed_tokens",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("pending", Text),
    Column("previous", Text),
    Column("version", Integer, nullable=False),
    Column("renewed_at", Float),
    Column("failed_at", Float),
    Column("failure", String(200)),
)
"""Tokens, encrypted. `pending`: an answer of the platform that is not taken over yet."""
