"""The tables of guided filings, of what people are told of themselves, and of officials' accounts.

Times are seconds since 1970. A slip holds keys of answers and papers: no name, no number.
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

from api.store import dossier_tables

metadata: Final = dossier_tables.metadata
"""With the tables of this module among them."""

_Id: Final = BigInteger().with_variant(Integer(), "sqlite")

slips: Final = Table(
    "slips",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("procedure", String(24), nullable=False),
    Column("filing", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seen", Text),
    Column("checked_at", Float),
    Column("checked_by", _Id),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
)
"""`filing`: a `bot.filings.state.Filing`, and how it was before, as JSON without the code
(`api.store.filings.codec`); `seen`: keys of papers that an official saw, with blanks between;
null: nobody looked."""
Index("ix_slips_expires", slips.c.expires_at)

slip_holders: Final = Table(
    "slip_holders",
    metadata,
    Column(
        "code_hash", String(64), ForeignKey("slips.code_hash", ondelete="CASCADE"), primary_key=True
    ),
    Column("channel", String(40), primary_key=True),
    Column("user_id", String(200), primary_key=True),
    Column("held_since", Float, nullable=False),
)
"""Who made or opened a slip: what the counter says is told to them."""
Index("ix_slip_holders_person", slip_holders.c.channel, slip_holders.c.user_id)

notices: Final = Table(
    "notices",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("next_at", Float, nullable=False, server_default="0"),
    Column("claimed_by", String(40)),
    Column("claimed_until", Float, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("told_at", Float),
    Column("outbox_id", _Id),
    Column("way", String(20)),
    Column("doubted", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("channel", "user_id", "kind", "subject", name="uq_notice"),
)
"""What a person is to be told of ourselves, once. `kind`: reminder (`subject`: the procedure), or
checked (`subject`: the slip's hash): a newer one takes the place of one that waits."""
Index(
    "ix_notices_open",
    notices.c.due_at,
    sqlite_where=text("told_at IS NULL"),
    postgresql_where=text("told_at IS NULL"),
)
Index(
    "ix_notices_message",
    notices.c.outbox_id,
    sqlite_where=text("outbox_id IS NOT NULL"),
    postgresql_where=text("outbox_id IS NOT NULL"),
)

filing_counts: Final = Table(
    "filing_counts",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("procedure", String(24), primary_key=True),
    Column("milestone", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How many guided filings reached what, by ISO day in Vietnam: of nobody in particular."""

guided_dossiers: Final = Table(
    "guided_dossiers",
    metadata,
    Column("dossier_hash", String(64), primary_key=True),
    Column("procedure", String(24), nullable=False),
    Column("noted_at", Float, nullable=False),
)
"""Dossiers of guided filings whose end is to be counted; the keyed hash of the code alone."""
Index("ix_guided_dossiers_noted", guided_dossiers.c.noted_at)

staff: Final = Table(
    "staff",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("login", String(40), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("unit", String(120), nullable=False, server_default=""),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Column("disabled_at", Float),
)
"""Accounts of officials. `changed_at`: when the password was set last."""

staff_sessions: Final = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", _Id, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("last_seen_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
)
Index("ix_staff_sessions_expires", staff_sessions.c.expires_at)
