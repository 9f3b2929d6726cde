"""One seal a row: those kept apart go, with what counted them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SEALED_APART = "permission_seal"


def upgrade() -> None:
    """Take them away."""
    op.drop_table(SEALED_APART)
    tally = sa.table("tally", sa.column("id", sa.String))
    op.execute(tally.delete().where(tally.c.id == SEALED_APART))


def downgrade() -> None:
    """Make the table anew, empty: whoever goes back puts a backup back as well."""
    op.create_table(
        SEALED_APART,
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed_id", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("kind", "sealed_id", name=op.f("pk_permission_seal")),
    )
