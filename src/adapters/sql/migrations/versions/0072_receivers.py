"""Departments that see a transferred case: who hands it over, and who receives it."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row

revision = "0072"
down_revision = "0076"
branch_labels = None
depends_on = None

_AT_ONCE = 500


def upgrade() -> None:
    """Add the look-up, and fill it: so far only who hands over is known."""
    made = op.create_table(
        "transfer_department",
        sa.Column("transfer_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_department")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "department", name=op.f("pk_transfer_department")),
    )
    op.create_index(
        "ix_transfer_department", "transfer_department", ["department", "transfer_id"],
        unique=False,
    )  # fmt: skip
    connection = op.get_bind()
    rows = [
        {"transfer_id": row["id"], "department": row["department"]}
        for row in every_row(connection, "transfer")
    ]
    for at in range(0, len(rows), _AT_ONCE):
        connection.execute(sa.insert(made), rows[at : at + _AT_ONCE])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_transfer_department", table_name="transfer_department")
    op.drop_table("transfer_department")
