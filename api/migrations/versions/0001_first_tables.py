"""Conversations, turns, chat sessions and knowledge revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_NOW = sa.text("CURRENT_TIMESTAMP")


def upgrade() -> None:
    """Create the tables."""
    _create_conversations()
    _create_turns()
    op.create_table(
        "chat_sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("created_at", _TIME, nullable=False, server_default=_NOW),
    )
    _create_knowledge()


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    for table in (
        "knowledge_records",
        "knowledge_revisions",
        "chat_sessions",
        "turns",
        "conversations",
    ):
        op.drop_table(table)


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("dialogue", sa.Text, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False, server_default=_NOW),
        sa.UniqueConstraint("channel", "user_id", name="uq_conversations_key"),
    )


def _create_turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", _ID, primary_key=True),
        sa.Column(
            "conversation_id",
            _ID,
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("intent", sa.String(80)),
        sa.Column("confidence", sa.Float),
        sa.Column("asked", sa.String(200), nullable=False),
        sa.Column("procedure", sa.String(40)),
        sa.Column("outcome_family", sa.String(40), nullable=False),
        sa.Column("outcome_kind", sa.String(80), nullable=False),
        sa.Column("duration_ms", sa.Float, nullable=False),
        sa.Column("sent_at", _TIME, nullable=False),
        sa.UniqueConstraint("conversation_id", "event_id", name="uq_turns_event"),
    )


def _create_knowledge() -> None:
    op.create_table(
        "knowledge_revisions",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("created_at", _TIME, nullable=False, server_default=_NOW),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_index(
        "uq_knowledge_revisions_active",
        "knowledge_revisions",
        ["active"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "knowledge_records",
        sa.Column(
            "revision_id",
            _ID,
            sa.ForeignKey("knowledge_revisions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
    )
