"""Certifications by face; an id of the platform serves once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "face_check",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("certify_id", sa.String(length=128)),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_face_check")),
        sa.UniqueConstraint("certify_id", name="uq_face_check_certify_id"),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("face_check")
