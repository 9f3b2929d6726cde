"""Which administrators' duties a sheet of grants is part of, so that holders can be asked for."""

import json

import sqlalchemy as sa
from alembic import op

from supervision_core.identity.model import duties_in

revision = "0019"
down_revision = "0016"
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
    """Note the duties, as each sheet says of itself."""
    connection = op.get_bind()
    found = [
        {"sheet_id": row.id, "kind": "duty", "held": duty, "holder": row.id.rpartition("/")[2]}
        for row in connection.execute(sa.select(SHEET).order_by(SHEET.c.id))
        for duty in sorted(duties_in(one["permission"] for one in json.loads(row.body)["_grants"]))
    ]
    if found:
        connection.execute(sa.insert(HOLDING), found)


def downgrade() -> None:
    """Take the duties away."""
    op.execute(sa.delete(HOLDING).where(HOLDING.c.kind == "duty"))
