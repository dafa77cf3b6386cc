"""What an import came over, what is held since, and a number that moves with every change."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables; imports made so far came each over the one before."""
    op.add_column("knowledge_revisions", sa.Column("before_id", _ID))
    op.execute(
        "UPDATE knowledge_revisions SET before_id = (SELECT max(earlier.id) FROM"
        " knowledge_revisions AS earlier WHERE earlier.id < knowledge_revisions.id)"
    )
    op.create_table(
        "knowledge_holds",
        sa.Column(
            "revision_id",
            _ID,
            sa.ForeignKey("knowledge_revisions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("subject", sa.String(80), primary_key=True),
        sa.Column("field", sa.String(20), primary_key=True),
        sa.Column("told_before", sa.Text, nullable=False),
        sa.Column("told_after", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("because", sa.String(110), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("confirmed_at", _TIME),
    )
    state = op.create_table(
        "knowledge_state",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "version": 0}])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("knowledge_state")
    op.drop_table("knowledge_holds")
    with op.batch_alter_table("knowledge_revisions") as table:
        table.drop_column("before_id")
