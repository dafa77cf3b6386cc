"""Dossiers, their updates, who follows them and is told what, and the keys of other systems."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "sealed_phones",
    "factor_keys",
    "machine_keys",
    "dossier_words",
    "dossier_tries",
    "dossier_alerts",
    "dossier_follows",
    "dossier_updates",
    "dossiers",
)


def upgrade() -> None:
    """Create the tables; turns can be private."""
    with op.batch_alter_table("turns") as table:
        private = sa.Column("private", sa.Boolean, nullable=False, server_default=sa.text("false"))
        table.add_column(private)
    is_private = sa.text("private")
    op.create_index(
        "ix_turns_private",
        "turns",
        ["conversation_id"],
        sqlite_where=is_private,
        postgresql_where=is_private,
    )
    op.create_index("ix_contacts_seen", "contacts", ["last_seen_at"])
    _create_dossiers()
    _create_updates()
    _create_follows()
    _create_alerts()
    op.create_table(
        "dossier_tries",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Float, nullable=False),
        sa.Column("locked_until", sa.Float, nullable=False),
    )
    op.create_index("ix_dossier_tries_last", "dossier_tries", ["last_at"])
    op.create_table(
        "dossier_words",
        sa.Column("word_hash", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
        sa.Column("used_at", sa.Float),
    )
    _create_keys()


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_contacts_seen", "contacts")
    op.drop_index("ix_turns_private", "turns")
    with op.batch_alter_table("turns") as table:
        table.drop_column("private")
    for name in _TABLES:
        op.drop_table(name)


def _create_dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("code", sa.String(60), primary_key=True),
        sa.Column("state", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.Column("as_of", sa.Float, nullable=False),
        sa.Column("due_at", sa.Float),
        sa.Column("lapses_at", sa.Float),
        sa.Column("head", sa.String(100), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("factors", sa.Text, nullable=False, server_default=""),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("stored_at", sa.Float, nullable=False),
    )
    for name in ("due", "lapses", "stored"):
        op.create_index(f"ix_dossiers_{name}", "dossiers", [f"{name}_at"])


def _create_updates() -> None:
    op.create_table(
        "dossier_updates",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("state", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("stored_at", sa.Float, nullable=False),
        sa.UniqueConstraint("code", "digest", name="uq_dossier_update"),
    )
    op.create_index("ix_dossier_updates_order", "dossier_updates", ["code", "at"])


def _create_follows() -> None:
    op.create_table(
        "dossier_follows",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("remembered_at", sa.Float, nullable=False),
        sa.Column("followed_at", sa.Float),
        sa.Column("terms", sa.Integer, nullable=False),
        sa.UniqueConstraint("channel", "user_id", "code", name="uq_dossier_follow"),
    )
    op.create_index("ix_dossier_follows_code", "dossier_follows", ["code"])


def _create_alerts() -> None:
    follow = sa.ForeignKey("dossier_follows.id", ondelete="CASCADE")
    op.create_table(
        "dossier_alerts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("follow_id", _ID, follow, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("next_at", sa.Float, nullable=False, server_default="0"),
        sa.Column("claimed_by", sa.String(40)),
        sa.Column("claimed_until", sa.Float, nullable=False, server_default="0"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("told_at", sa.Float),
        sa.Column("outbox_id", _ID),
        sa.Column("way", sa.String(20)),
        sa.Column("doubted", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.UniqueConstraint("follow_id", "kind", "subject", name="uq_dossier_alert"),
    )
    open_only = sa.text("told_at IS NULL")
    op.create_index(
        "ix_dossier_alerts_open",
        "dossier_alerts",
        ["next_at"],
        sqlite_where=open_only,
        postgresql_where=open_only,
    )
    in_outbox = sa.text("outbox_id IS NOT NULL")
    op.create_index(
        "ix_dossier_alerts_message",
        "dossier_alerts",
        ["outbox_id"],
        sqlite_where=in_outbox,
        postgresql_where=in_outbox,
    )


def _create_keys() -> None:
    op.create_table(
        "factor_keys",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
    )
    op.create_table(
        "machine_keys",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("scopes", sa.String(200), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float),
        sa.Column("revoked_at", sa.Float),
        sa.Column("last_used_at", sa.Float),
        sa.Column("own_key", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.create_table(
        "sealed_phones",
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("user_id", sa.String(200), primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("given_at", sa.Float, nullable=False),
    )
