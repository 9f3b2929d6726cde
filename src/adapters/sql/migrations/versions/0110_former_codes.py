"""The codes by which subjects were known before stand beside them, to keep them from others."""

import json

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row

revision = "0110"
down_revision = "0108"
branch_labels = None
depends_on = None

_FORMER = sa.table(
    "subject_former_code", sa.column("subject_id", sa.String), sa.column("code", sa.String)
)


def upgrade() -> None:
    """Make the table; only rows that were here before a way down say which codes they had."""
    op.create_table(
        "subject_former_code",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_subject_former_code")
        ),
        sa.PrimaryKeyConstraint("subject_id", "code", name=op.f("pk_subject_former_code")),
    )
    connection = op.get_bind()
    for row in every_row(connection, "subject"):
        for code in json.loads(row["body"]).get("_former_codes", ()):
            connection.execute(sa.insert(_FORMER).values(subject_id=row["id"], code=code))
    op.create_index("ix_subject_former_code_code", "subject_former_code", ["code"], unique=False)


def downgrade() -> None:
    """Take the table away; the rows of subjects go on saying what they said."""
    op.drop_index("ix_subject_former_code_code", table_name="subject_former_code")
    op.drop_table("subject_former_code")
