"""What arrives through Telegram and Zalo, what goes out, whom it concerns, and sealed tokens."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PERSON = (("channel", sa.String(40)), ("user_id", sa.String(200)))


def upgrade() -> None:
    """Create the tables; turns can be rated."""
    with op.batch_alter_table("turns") as table:
        table.add_column(sa.Column("rating", sa.SmallInteger))
    _create_inbox()
    _create_outbox()
    _create_contacts()
    _create_audit()
    op.create_table(
        "sealed_tokens",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("pending", sa.Text),
        sa.Column("previous", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("renewed_at", sa.Float),
        sa.Column("failed_at", sa.Float),
        sa.Column("failure", sa.String(200)),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("sealed_tokens", "audit", "contacts", "outbox", "inbox"):
        op.drop_table(name)
    with op.batch_alter_table("turns") as table:
        table.drop_column("rating")


def _person() -> list[sa.Column[str]]:
    return [sa.Column(name, kind, nullable=False) for name, kind in _PERSON]


def _claim() -> list[sa.Column[Any]]:
    return [
        sa.Column("claimed_by", sa.String(40)),
        sa.Column("claimed_until", sa.Float, nullable=False, server_default="0"),
        sa.Column("next_at", sa.Float, nullable=False, server_default="0"),
    ]


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _ID, primary_key=True),
        *_person(),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("arrival", sa.Text, nullable=False),
        sa.Column("press", sa.String(200), nullable=False, server_default=""),
        sa.Column("received_at", sa.Float, nullable=False),
        *_claim(),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("done_at", sa.Float),
        sa.UniqueConstraint("channel", "event_id", name="uq_inbox_event"),
    )
    for name, columns in {
        "ix_inbox_open": ["channel", "user_id", "id"],
        "ix_inbox_order": ["id"],
    }.items():
        op.create_index(
            name,
            "inbox",
            columns,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
    op.create_index("ix_inbox_done", "inbox", ["done_at"])
    op.create_index(
        "ix_inbox_press",
        "inbox",
        ["channel", "user_id", "press"],
        sqlite_where=sa.text("press <> ''"),
        postgresql_where=sa.text("press <> ''"),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ID, primary_key=True),
        *_person(),
        sa.Column("turn_id", _ID),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        *_claim(),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("unknowns", sa.Integer, nullable=False, server_default="0"),
        sa.Column("message_id", sa.String(200)),
        sa.Column("result", sa.String(40)),
        sa.Column("reason", sa.String(80)),
        sa.Column("done_at", sa.Float),
    )
    for name, columns in {
        "ix_outbox_open": ["channel", "user_id", "id"],
        "ix_outbox_order": ["id"],
    }.items():
        op.create_index(
            name,
            "outbox",
            columns,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
    op.create_index("ix_outbox_done", "outbox", ["done_at"])


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        *[sa.Column(name, kind, primary_key=True) for name, kind in _PERSON],
        sa.Column("first_seen_at", sa.Float, nullable=False),
        sa.Column("last_seen_at", sa.Float, nullable=False),
        sa.Column("blocked_at", sa.Float),
        sa.Column("blocked_why", sa.String(80)),
        sa.Column("human_until", sa.Float, nullable=False, server_default="0"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False, server_default=""),
        sa.Column("details", sa.Text, nullable=False, server_default=""),
    )
