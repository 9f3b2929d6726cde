"""Checkpoints of the audit log, what witnesses co-signed, and archived segments."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "audit_checkpoint",
        sa.Column("tree_size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log_id", sa.String(length=36), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("frontier", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", name=op.f("pk_audit_checkpoint")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_checkpoint_previous")),
    )
    op.create_table(
        "audit_cosignature",
        sa.Column("tree_size", sa.BigInteger(), nullable=False),
        sa.Column("witness", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", "witness", name=op.f("pk_audit_cosignature")),
    )
    op.create_index(
        "ix_audit_cosignature_witness", "audit_cosignature", ["witness", "tree_size"], unique=False
    )
    op.create_table(
        "audit_segment",
        sa.Column("first_row", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("first_row", name=op.f("pk_audit_segment")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("audit_segment")
    op.drop_index("ix_audit_cosignature_witness", table_name="audit_cosignature")
    op.drop_table("audit_cosignature")
    op.drop_table("audit_checkpoint")
