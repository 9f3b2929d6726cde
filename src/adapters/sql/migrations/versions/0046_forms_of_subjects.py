"""What subjects say in the forms of their categories: in a column, and beside it to find them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from supervision_core.subjects.model import told_values

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_NONE = '{"number":0,"values":{}}'
SAID = sa.table("subject_said", sa.column("subject_id", sa.String), sa.column("said", sa.String))


def upgrade() -> None:
    """Add both, and fill them from what each row says."""
    op.add_column("subject", sa.Column("extras", sa.Text(), nullable=False, server_default=_NONE))
    op.create_table(
        "subject_said",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("said", sa.String(length=240), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_said")),
        sa.PrimaryKeyConstraint("subject_id", "said", name=op.f("pk_subject_said")),
    )
    connection = op.get_bind()
    write_rows(connection, "subject", _forms(connection))
    reseal(connection, "subject")
    op.create_index("ix_subject_said_said", "subject_said", ["said", "subject_id"], unique=False)


def downgrade() -> None:
    """Put it back into each row, unsealed: whoever goes back puts a backup back."""
    connection = op.get_bind()
    write_rows(connection, "subject", _bodies(connection))
    op.drop_index("ix_subject_said_said", table_name="subject_said")
    op.drop_table("subject_said")
    op.drop_column("subject", "extras")


def _forms(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "subject"):
        body = json.loads(row["body"])
        values = body.pop("_category_values", {})
        for said in told_values(values):
            connection.execute(sa.insert(SAID).values(subject_id=row["id"], said=said[:240]))
        extras = json_text({"number": 0, "values": values})
        yield row["id"], {"extras": extras, "body": json_text(body)}


def _bodies(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "subject"):
        values = json.loads(row["extras"])["values"]
        yield row["id"], {"body": json_text(json.loads(row["body"]) | {"_category_values": values})}
