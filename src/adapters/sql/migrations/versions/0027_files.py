"""Staged files, and what hangs on things."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ID, _ADDRESS = sa.String(length=36), sa.String(length=64)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "staged_file",
        sa.Column("id", _ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("owner", _ID, nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("byte_count", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_file")),
    )
    op.create_index("ix_staged_file_owner", "staged_file", ["owner", "begun_at"])
    op.create_index("ix_staged_file_begun_at", "staged_file", ["begun_at", "id"])
    op.create_table(
        "staged_piece",
        sa.Column("file_id", _ID, nullable=False),
        sa.Column("piece_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("address", _ADDRESS, nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["staged_file.id"], name=op.f("fk_staged_piece")),
        sa.PrimaryKeyConstraint("file_id", "piece_number", name=op.f("pk_staged_piece")),
    )
    op.create_index("ix_staged_piece_address", "staged_piece", ["address"])
    op.create_table(
        "staged_content",
        sa.Column("file_id", _ID, nullable=False),
        sa.Column("address", _ADDRESS, nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["staged_file.id"], name=op.f("fk_staged_content")),
        sa.PrimaryKeyConstraint("file_id", "address", name=op.f("pk_staged_content")),
    )
    op.create_index("ix_staged_content_address", "staged_content", ["address"])
    op.create_table(
        "attachment",
        sa.Column("id", _ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("thing", _ID, nullable=False),
        sa.Column("slot", sa.String(length=30), nullable=False),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_thing", "attachment", ["kind", "thing", "id"])
    op.create_table(
        "attachment_piece",
        sa.Column("attachment_id", _ID, nullable=False),
        sa.Column("address", _ADDRESS, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_attachment_piece"),
        ),
        sa.PrimaryKeyConstraint("attachment_id", "address", name=op.f("pk_attachment_piece")),
    )
    op.create_index("ix_attachment_piece_address", "attachment_piece", ["address"])


def downgrade() -> None:
    """Take the tables away."""
    for table in (
        "attachment_piece", "attachment", "staged_content", "staged_piece", "staged_file",
    ):  # fmt: skip
        op.drop_table(table)
