"""The department for which a phone was registered: who administers it gives up a lost one."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import reseal

revision = "0079"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of phones that are registered already it is unknown until anew."""
    op.add_column("field_device", sa.Column("department", sa.String(length=36)))
    op.create_index("ix_field_device_department", "field_device", ["department"])
    reseal(op.get_bind(), "field_device")


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_field_device_department", table_name="field_device")
    op.drop_column("field_device", "department")
    reseal(op.get_bind(), "field_device")
