"""Consents that operators of Zalo Official Accounts began, and template messages that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "zalo_consents",
        sa.Column("state_hash", sa.String(64), primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
        sa.Column("used_at", sa.Float),
    )
    op.create_table(
        "zns_messages",
        sa.Column("tracking_id", sa.String(48), primary_key=True),
        sa.Column("fate", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("began_at", sa.Float, nullable=False),
        sa.Column("message_id", sa.String(80)),
        sa.Column("reason", sa.String(80)),
        sa.Column("delivered_at", sa.Float),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("zns_messages")
    op.drop_table("zalo_consents")
