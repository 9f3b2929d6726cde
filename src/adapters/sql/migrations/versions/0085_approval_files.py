"""Approval files: entries apart, for there is one of every licence; contents are enciphered."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

_TABLE, _CELL = "approval_file", "approval_file_cell"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("region", sa.String(length=12), nullable=True),
        sa.Column("department", sa.String(length=36), nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("reference_code", sa.String(length=60), nullable=True),
        sa.Column("synchronised", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("cells", sa.String(length=64), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(f"ix_{_TABLE}_position", _TABLE, ["register", "position", "id"])
    op.create_index(f"ix_{_TABLE}_label", _TABLE, ["register", "label"])
    op.create_index(f"ix_{_TABLE}_code", _TABLE, ["register", "reference_code"])
    op.create_table(
        _CELL,
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("refers", sa.String(length=60), nullable=True),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("living", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], [f"{_TABLE}.id"], name=op.f(f"fk_{_CELL}")),
        sa.PrimaryKeyConstraint("entry_id", "name", "place", name=op.f(f"pk_{_CELL}")),
        sa.UniqueConstraint("living", name=op.f(f"uq_{_CELL}_living")),
    )
    op.create_index(f"ix_{_CELL}_value", _CELL, ["register", "name", "value"])
    op.create_index(f"ix_{_CELL}_refers", _CELL, ["refers", "value"])


def downgrade() -> None:
    """Take the two tables away."""
    op.drop_table(_CELL)
    op.drop_table(_TABLE)
