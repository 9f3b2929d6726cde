"""Who administers which department, so that it can be asked for by the administrator."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DEPARTMENT = sa.table("department", sa.column("id", sa.String), sa.column("body", sa.Text))
ADMINISTRATOR = sa.table(
    "department_administrator",
    sa.column("department_id", sa.String),
    sa.column("user_id", sa.String),
)


def upgrade() -> None:
    """Add the table, and fill it from what each department says of itself."""
    op.create_table(
        "department_administrator",
        sa.Column("department_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_department_administrator")
        ),
        sa.PrimaryKeyConstraint("department_id", "user_id", name="pk_department_administrator"),
    )
    op.create_index(
        "ix_department_administrator",
        "department_administrator",
        ["user_id", "department_id"],
        unique=False,
    )
    connection = op.get_bind()
    found = [
        {"department_id": row.id, "user_id": user}
        for row in connection.execute(sa.select(DEPARTMENT).order_by(DEPARTMENT.c.id))
        for user in json.loads(row.body)["_administrators"]
    ]
    if found:
        connection.execute(sa.insert(ADMINISTRATOR), found)


def downgrade() -> None:
    """Take the table away."""
    op.drop_index("ix_department_administrator", table_name="department_administrator")
    op.drop_table("department_administrator")
