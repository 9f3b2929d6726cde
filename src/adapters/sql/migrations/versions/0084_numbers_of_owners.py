"""Tasks and visits of one department stand in an index in their order."""

from itertools import islice

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Sorted
from adapters.sql.migrations.conversion import AT_ONCE, every_row

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put the number beside each owner."""
    for table in ("task", "visit"):
        name = f"{table}_department"
        op.add_column(name, sa.Column("code", Sorted(64), nullable=False, server_default="-"))
        _fill(op.get_bind(), table)
    op.drop_index("ix_task_department_department", table_name="task_department")
    for table in ("task", "visit"):
        name = f"{table}_department"
        op.create_index(f"ix_{name}_department", name, ["department", "code", f"{table}_id"])


def downgrade() -> None:
    """Take it away."""
    for table in ("task", "visit"):
        name = f"{table}_department"
        op.drop_index(f"ix_{name}_department", table_name=name)
        op.drop_column(name, "code")
    op.create_index("ix_task_department_department", "task_department", ["department", "task_id"])


def _fill(connection: sa.Connection, table: str) -> None:
    owner: sa.ColumnClause[str] = sa.column(f"{table}_id")
    owners = sa.table(f"{table}_department", owner, sa.column("code"))
    filling = (
        sa.update(owners).where(owner == sa.bindparam("owned")).values(code=sa.bindparam("number"))
    )
    numbers = ({"owned": one["id"], "number": one["code"]} for one in every_row(connection, table))
    while some := list(islice(numbers, AT_ONCE)):
        connection.execute(filling, some)
