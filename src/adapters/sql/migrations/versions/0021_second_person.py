"""Requests for a second person, and which administrators' duties a sheet of grants is part of."""

import json

import sqlalchemy as sa
from alembic import op

from supervision_core.identity.model import duties_in

revision = "0021"
down_revision = "0020"
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
    """Add the table; note the duties, as each sheet says of itself."""
    op.create_table(
        "second_person_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("lapses_at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_person_request")),
    )
    for column in ("asked_by", "state"):
        name = f"ix_second_person_request_{column.partition('_')[0]}"
        op.create_index(name, "second_person_request", [column, "id"], unique=False)
    connection = op.get_bind()
    found = [
        {"sheet_id": row.id, "kind": "duty", "held": duty, "holder": row.id.rpartition("/")[2]}
        for row in connection.execute(sa.select(SHEET).order_by(SHEET.c.id))
        for duty in sorted(duties_in(one["permission"] for one in json.loads(row.body)["_grants"]))
    ]
    if found:
        connection.execute(sa.insert(HOLDING), found)


def downgrade() -> None:
    """Take the duties and the table away."""
    op.execute(sa.delete(HOLDING).where(HOLDING.c.kind == "duty"))
    for column in ("asked", "state"):
        op.drop_index(f"ix_second_person_request_{column}", table_name="second_person_request")
    op.drop_table("second_person_request")
