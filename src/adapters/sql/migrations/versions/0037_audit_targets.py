"""Which rows of the audit log are about a thing, found by an index."""

import json

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.schema import ABOUT_LENGTH
from adapters.sql.migrations.conversion import every_row
from supervision_core.audit.model import things_of

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and fill it from the log."""
    made = op.create_table(
        "audit_target",
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("about", "position", name=op.f("pk_audit_target")),
    )
    for row in every_row(op.get_bind(), "audit_row"):
        about = [
            {"about": thing[:ABOUT_LENGTH], "position": row["position"]}
            for thing in things_of(json.loads(row["targets"]))
        ]
        if about:
            op.bulk_insert(made, about)


def downgrade() -> None:
    """Drop it: the log holds everything that it said."""
    op.drop_table("audit_target")
