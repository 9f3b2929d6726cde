"""Whose PINs count on which phones: they are found without a visit that both have open."""

import json

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and fill it from what each phone says."""
    made = op.create_table(
        "field_companion",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("companion", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["field_device.id"], name=op.f("fk_field_companion")
        ),
        sa.PrimaryKeyConstraint("device_id", "companion", name=op.f("pk_field_companion")),
    )
    connection = op.get_bind()
    for row in every_row(connection, "field_device"):
        for one in json.loads(row["body"]).get("_companions", ()):
            told = {"device_id": row["id"], "companion": one["user"]}
            connection.execute(sa.insert(made).values(told))
    op.create_index("ix_field_companion_companion", "field_companion", ["companion"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_field_companion_companion", table_name="field_companion")
    op.drop_table("field_companion")
