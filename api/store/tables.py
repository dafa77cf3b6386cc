"""The tables, as `api/migrations` creates them. JSON is text: no query looks into it."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData()

_Id: Final = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself for INTEGER keys only."""

_NOW: Final = text("CURRENT_TIMESTAMP")

conversations: Final = Table(
    "conversations",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("dialogue", Text, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    UniqueConstraint("channel", "user_id", name="uq_conversations_key"),
)

turns: Final = Table(
    "turns",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("reply", Text, nullable=False),
    Column("intent", String(80)),
    Column("confidence", Float),
    Column("asked", String(200), nullable=False),
    Column("procedure", String(40)),
    Column("outcome_family", String(40), nullable=False),
    Column("outcome_kind", String(80), nullable=False),
    Column("duration_ms", Float, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("rating", SmallInteger),
    Column("private", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("conversation_id", "event_id", name="uq_turns_event"),
)
"""One answered message. `asked` joins the fields by commas. No message text: law 91/2025/QH15.

`rating`: 1 for 👍, -1 for 👎. `private`: the reply tells of somebody's own dossier,
and is emptied soon.
"""

Index(
    "ix_turns_private",
    turns.c.conversation_id,
    sqlite_where=turns.c.private,
    postgresql_where=turns.c.private,
)

chat_sessions: Final = Table(
    "chat_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
)
"""Sessions of the web page and the API; the token itself is only with the citizen."""

revisions: Final = Table(
    "knowledge_revisions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("records", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("active", Boolean, nullable=False),
    Column("before_id", _Id),
)
"""`before_id`: the revision that was active when this one was imported; null: none was."""

Index(
    "uq_knowledge_revisions_active",
    revisions.c.active,
    unique=True,
    sqlite_where=text("active"),
    postgresql_where=text("active"),
)
"""At most one revision is active."""

records: Final = Table(
    "knowledge_records",
    metadata,
    Column(
        "revision_id",
        ForeignKey("knowledge_revisions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("code", String(40), primary_key=True),
    Column("record", Text, nullable=False),
)

holds: Final = Table(
    "knowledge_holds",
    metadata,
    Column(
        "revision_id",
        ForeignKey("knowledge_revisions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("subject", String(80), primary_key=True),
    Column("field", String(20), primary_key=True),
    Column("told_before", Text, nullable=False),
    Column("told_after", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("because", String(110), nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("confirmed_at", DateTime(timezone=True)),
)
"""What is not answered while a revision is active; confirmed: it is answered again."""

state: Final = Table(
    "knowledge_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)
"""One row. `version` moves whenever the active revision or a hold changes: servers watch it."""
