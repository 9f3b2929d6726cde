"""One table of entries for all registers without tables of their own, and what is asked of them."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "register_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("region", sa.String(length=12), nullable=True),
        sa.Column("department", sa.String(length=36), nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("cells", sa.String(length=64), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
    )
    op.create_index("ix_register_entry_position", "register_entry", ["register", "position", "id"])
    op.create_index("ix_register_entry_label", "register_entry", ["register", "label"])
    op.create_table(
        "register_cell",
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("refers", sa.String(length=60), nullable=True),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("living", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["register_entry.id"], name=op.f("fk_register_cell")),
        sa.PrimaryKeyConstraint("entry_id", "name", "place", name=op.f("pk_register_cell")),
        sa.UniqueConstraint("living", name=op.f("uq_register_cell_living")),
    )
    op.create_index("ix_register_cell_value", "register_cell", ["register", "name", "value"])
    op.create_index("ix_register_cell_refers", "register_cell", ["refers", "value"])


def downgrade() -> None:
    """Drop both."""
    op.drop_table("register_cell")
    op.drop_table("register_entry")
