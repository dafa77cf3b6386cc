"""The tables of dossiers and of those who follow them. Times are seconds since 1970.

No telephone number, no identity number and no name in clear: factors are keyed hashes, names are
masked before they come here.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from api.store import zalo_tables

metadata: Final = zalo_tables.metadata
"""With the tables of this module among them."""

_Id: Final = BigInteger().with_variant(Integer(), "sqlite")

dossiers: Final = Table(
    "dossiers",
    metadata,
    Column("code", String(60), primary_key=True),
    Column("state", Integer, nullable=False),
    Column("changed_at", Float, nullable=False),
    Column("as_of", Float, nullable=False),
    Column("due_at", Float),
    Column("lapses_at", Float),
    Column("head", String(100), nullable=False),
    Column("record", Text, nullable=False),
    Column("factors", Text, nullable=False, server_default=""),
    Column("source", String(40), nullable=False),
    Column("stored_at", Float, nullable=False),
)
"""Each dossier as it stands. `record`: a `DossierStatus` as JSON, history left out.

`head`: where the newest update stands in the order of updates, as a text that sorts; `factors`:
of each kind its keyed hash and the place of the newest update that told it, with blanks between;
`lapses_at`: the end of the day on which a supplement lapses.
"""
Index("ix_dossiers_due", dossiers.c.due_at)
Index("ix_dossiers_lapses", dossiers.c.lapses_at)
Index("ix_dossiers_stored", dossiers.c.stored_at)

dossier_updates: Final = Table(
    "dossier_updates",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("code", String(60), nullable=False),
    Column("at", Float, nullable=False),
    Column("state", Integer, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("content", Text, nullable=False),
    Column("source", String(40), nullable=False),
    Column("stored_at", Float, nullable=False),
    UniqueConstraint("code", "digest", name="uq_dossier_update"),
)
"""Every update there was, once; `content` is a `DossierUpdate` as JSON, without factors."""
Index("ix_dossier_updates_order", dossier_updates.c.code, dossier_updates.c.at)

dossier_follows: Final = Table(
    "dossier_follows",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("code", String(60), nullable=False),
    Column("remembered_at", Float, nullable=False),
    Column("followed_at", Float),
    Column("terms", Integer, nullable=False),
    UniqueConstraint("channel", "user_id", "code", name="uq_dossier_follow"),
)
"""Who agreed to have a dossier remembered, and since when to be told; None: not to be told.

`terms`: which version of the words of consent.
"""
Index("ix_dossier_follows_code", dossier_follows.c.code)

dossier_alerts: Final = Table(
    "dossier_alerts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("follow_id", _Id, ForeignKey("dossier_follows.id", ondelete="CASCADE"), nullable=False),
    Column("code", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("next_at", Float, nullable=False, server_default="0"),
    Column("claimed_by", String(40)),
    Column("claimed_until", Float, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("told_at", Float),
    Column("outbox_id", _Id),
    Column("way", String(20)),
    Column("doubted", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("follow_id", "kind", "subject", name="uq_dossier_alert"),
)
"""What is to be told to whom, once. `kind`: change, due, lapse; `subject`: which change or day.

`way`: told in a message, by a template message, held for the next contact, or dropped; `doubted`:
a message that was taken back may have arrived, so the next one says that it may be a copy.
"""
Index(
    "ix_dossier_alerts_open",
    dossier_alerts.c.next_at,
    sqlite_where=text("told_at IS NULL"),
    postgresql_where=text("told_at IS NULL"),
)
Index(
    "ix_dossier_alerts_message",
    dossier_alerts.c.outbox_id,
    sqlite_where=text("outbox_id IS NOT NULL"),
    postgresql_where=text("outbox_id IS NOT NULL"),
)

dossier_tries: Final = Table(
    "dossier_tries",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("locked_until", Float, nullable=False),
)
"""Wrong attempts by code, person and address block; `subject` is a keyed hash of which."""
Index("ix_dossier_tries_last", dossier_tries.c.last_at)

dossier_words: Final = Table(
    "dossier_words",
    metadata,
    Column("word_hash", String(64), primary_key=True),
    Column("code", String(60), nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("used_at", Float),
)
"""Words that open a proved dossier once, on another channel."""

factor_keys: Final = Table(
    "factor_keys",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), nullable=False),
)
"""One row: by which key the factors are hashed. With another key none of them would ever fit."""

machine_keys: Final = Table(
    "machine_keys",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("scopes", String(200), nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float),
    Column("revoked_at", Float),
    Column("last_used_at", Float),
    Column("own_key", Boolean, nullable=False, server_default=text("false")),
)
"""Keys of other systems; only their hashes. `own_key`: the other side chose it."""

sealed_phones: Final = Table(
    "sealed_phones",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("user_id", String(200), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("given_at", Float, nullable=False),
)
"""Telephone numbers that people gave for template messages, encrypted."""
