"""Slips of guided filings, notices to people, counts of filings, and accounts of officials."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "staff_sessions",
    "staff",
    "guided_dossiers",
    "filing_counts",
    "notices",
    "slip_holders",
    "slips",
)


def upgrade() -> None:
    """Create the tables."""
    _create_slips()
    _create_notices()
    op.create_table(
        "filing_counts",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("procedure", sa.String(24), primary_key=True),
        sa.Column("milestone", sa.String(20), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "guided_dossiers",
        sa.Column("dossier_hash", sa.String(64), primary_key=True),
        sa.Column("procedure", sa.String(24), nullable=False),
        sa.Column("noted_at", sa.Float, nullable=False),
    )
    op.create_index("ix_guided_dossiers_noted", "guided_dossiers", ["noted_at"])
    _create_staff()


def downgrade() -> None:
    """Drop them."""
    for name in _TABLES:
        op.drop_table(name)


def _create_slips() -> None:
    op.create_table(
        "slips",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("procedure", sa.String(24), nullable=False),
        sa.Column("filing", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seen", sa.Text),
        sa.Column("checked_at", sa.Float),
        sa.Column("checked_by", _ID),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_index("ix_slips_expires", "slips", ["expires_at"])
    slip = sa.ForeignKey("slips.code_hash", ondelete="CASCADE")
    op.create_table(
        "slip_holders",
        sa.Column("code_hash", sa.String(64), slip, primary_key=True),
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("user_id", sa.String(200), primary_key=True),
        sa.Column("held_since", sa.Float, nullable=False),
    )
    op.create_index("ix_slip_holders_person", "slip_holders", ["channel", "user_id"])


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("next_at", sa.Float, nullable=False, server_default="0"),
        sa.Column("claimed_by", sa.String(40)),
        sa.Column("claimed_until", sa.Float, nullable=False, server_default="0"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("told_at", sa.Float),
        sa.Column("outbox_id", _ID),
        sa.Column("way", sa.String(20)),
        sa.Column("doubted", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.UniqueConstraint("channel", "user_id", "kind", "subject", name="uq_notice"),
    )
    open_only = sa.text("told_at IS NULL")
    op.create_index(
        "ix_notices_open",
        "notices",
        ["due_at"],
        sqlite_where=open_only,
        postgresql_where=open_only,
    )
    in_outbox = sa.text("outbox_id IS NOT NULL")
    op.create_index(
        "ix_notices_message",
        "notices",
        ["outbox_id"],
        sqlite_where=in_outbox,
        postgresql_where=in_outbox,
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("login", sa.String(40), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("unit", sa.String(120), nullable=False, server_default=""),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.Column("disabled_at", sa.Float),
    )
    member = sa.ForeignKey("staff.id", ondelete="CASCADE")
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("staff_id", _ID, member, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("last_seen_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_index("ix_staff_sessions_expires", "staff_sessions", ["expires_at"])
