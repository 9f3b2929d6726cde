"""Which roles and groups a sheet of grants holds, so that their holders can be asked for."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SHEET = sa.table("grant_sheet", sa.column("id", sa.String), sa.column("body", sa.Text))
HOLDING = sa.table(
    "grant_holding",
    sa.column("sheet_id", sa.String),
    sa.column("kind", sa.String),
    sa.column("held", sa.String),
    sa.column("holder", sa.String),
)


def upgrade() -> None:
    """Add the table, and fill it from what each sheet says of itself."""
    op.create_table(
        "grant_holding",
        sa.Column("sheet_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("held", sa.String(length=36), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["grant_sheet.id"], name=op.f("fk_grant_holding")),
        sa.PrimaryKeyConstraint("sheet_id", "kind", "held", name=op.f("pk_grant_holding")),
    )
    op.create_index(
        "ix_grant_holding_held", "grant_holding", ["kind", "held", "sheet_id"], unique=False
    )
    connection = op.get_bind()
    found = [
        {"sheet_id": row.id, "kind": kind, "held": held, "holder": row.id.rpartition("/")[2]}
        for row in connection.execute(sa.select(SHEET).order_by(SHEET.c.id))
        for kind, field in (("role", "_roles"), ("group", "_groups"))
        for held in sorted(json.loads(row.body)[field])
    ]
    if found:
        connection.execute(sa.insert(HOLDING), found)


def downgrade() -> None:
    """Take the table away."""
    op.drop_index("ix_grant_holding_held", table_name="grant_holding")
    op.drop_table("grant_holding")
