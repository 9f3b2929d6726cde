"""Messages to users inside the platform."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "station_message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("thing", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station_message")),
    )
    op.create_index("ix_station_message_owner", "station_message", ["owner", "id"])
    op.create_index("ix_station_message_unread", "station_message", ["owner", "unread", "id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_station_message_unread", table_name="station_message")
    op.drop_index("ix_station_message_owner", table_name="station_message")
    op.drop_table("station_message")
