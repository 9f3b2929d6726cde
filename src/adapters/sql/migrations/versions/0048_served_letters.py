"""Letters that are served by a link, with their receipts."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Moment

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "served_letter",
        sa.Column("id", _ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("rectification", _ID, nullable=False),
        sa.Column("task", _ID, nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("department", _ID, nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_served_letter")),
        sa.UniqueConstraint("link", name=op.f("uq_served_letter_link")),
    )
    for name in ("region", "rectification", "task", "subject", "department"):
        op.create_index(f"ix_served_letter_{name}", "served_letter", [name, "id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("served_letter")
