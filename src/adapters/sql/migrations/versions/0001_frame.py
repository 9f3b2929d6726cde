"""The frame: counters, audit log, outbox, done commands."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""What SQLite keeps a table by, if the type has this name: no index beside it."""


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "audit_row",
        sa.Column("position", POSITION, autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_row")),
    )
    op.create_index("ix_audit_row_action", "audit_row", ["action", "position"], unique=False)
    op.create_index("ix_audit_row_actor", "audit_row", ["actor", "position"], unique=False)
    op.create_index("ix_audit_row_happened_at", "audit_row", ["happened_at"], unique=False)
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "done_command",
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("request_key", sa.String(length=255), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "request_key", name=op.f("pk_done_command")),
    )
    op.create_table(
        "outbox",
        sa.Column("position", POSITION, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
    )
    counter = sa.table("counter", sa.column("name", sa.String), sa.column("upto", sa.BigInteger))
    op.bulk_insert(counter, [{"name": "audit_row", "upto": 0}, {"name": "outbox", "upto": 0}])


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("outbox")
    op.drop_table("done_command")
    op.drop_table("counter")
    op.drop_index("ix_audit_row_happened_at", table_name="audit_row")
    op.drop_index("ix_audit_row_actor", table_name="audit_row")
    op.drop_index("ix_audit_row_action", table_name="audit_row")
    op.drop_table("audit_row")
