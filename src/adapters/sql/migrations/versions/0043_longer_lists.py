"""Plans, transfers and reviews by columns: lists of them read no table whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

OWNED = sa.table(
    "plan_department", sa.column("plan_id", sa.String), sa.column("department", sa.String)
)
_NEW: Mapping[str, tuple[sa.Column[Any], ...]] = {
    "transfer": (
        sa.Column("reason", sa.Text()),
        sa.Column("kind", sa.String(length=30)),
        sa.Column("state", sa.String(length=20)),
        sa.Column("visit", sa.String(length=36)),
        sa.Column("subject", sa.String(length=36)),
        sa.Column("region", sa.String(length=12)),
        sa.Column("department", sa.String(length=36)),
        sa.Column("receiver", sa.Text()),
    ),
    "review": (
        sa.Column("region", sa.String(length=12)),
        sa.Column("department", sa.String(length=36)),
        sa.Column("done", sa.Boolean()),
    ),
    "plan": (sa.Column("joining", sa.Text()), sa.Column("sub_plan_count", sa.BigInteger())),
}
_INDEXES = (
    ("ix_transfer_region", "transfer", ["region", "id"]),
    ("ix_transfer_subject", "transfer", ["subject", "id"]),
    ("ix_review_region", "review", ["region", "id"]),
    ("ix_review_task", "review", ["task", "id"]),
    ("ix_plan_name", "plan", ["name", "id"]),
    ("ix_plan_region", "plan", ["region", "name", "id"]),
)


def upgrade() -> None:
    """Add the columns, fill them from what each row says, and make their indexes."""
    connection = op.get_bind()
    for table, columns in _NEW.items():
        for column in columns:
            op.add_column(table, _filled(column))
    op.create_table(
        "plan_department",
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_department")),
        sa.PrimaryKeyConstraint("plan_id", "department", name=op.f("pk_plan_department")),
    )
    write_rows(connection, "transfer", _transfers(connection))
    write_rows(connection, "review", _reviews(connection))
    write_rows(connection, "plan", _plans(connection))
    for table in _NEW:
        reseal(connection, table)
    _create(_INDEXES)


def downgrade() -> None:
    """Take them away."""
    _drop(_INDEXES)
    op.drop_table("plan_department")
    connection = op.get_bind()
    for row in every_row(connection, "review"):
        body = json.loads(row["body"]) | {one: row[one] for one in ("region", "department")}
        write_rows(connection, "review", [(row["id"], {"body": json_text(body)})])
    for table, columns in _NEW.items():
        for column in columns:
            op.drop_column(table, column.name)


def _filled(column: sa.Column[Any]) -> sa.Column[Any]:
    """Give a column of every row: what it holds until the row's own words are written."""
    match column.type:
        case sa.Boolean():
            default: Any = sa.false()
        case sa.BigInteger():
            default = "0"
        case _:
            default = "-"
    return sa.Column(column.name, column.type, nullable=False, server_default=default)


def _create(indexes: Iterable[tuple[str, str, list[str]]]) -> None:
    for name, table, columns in indexes:
        op.create_index(name, table, columns, unique=False)


def _drop(indexes: Iterable[tuple[str, str, list[str]]]) -> None:
    for name, table, _ in indexes:
        op.drop_index(name, table_name=table)


def _transfers(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "transfer"):
        body = json.loads(row["body"])
        sheet = body["sheet"]
        said = {one: sheet[one] for one in ("reason", "kind", "visit", "subject", "region")}
        more = {"department": sheet["department"], "receiver": sheet["to"]}
        yield row["id"], {**said, **more, "state": body["_steps"][-1]["state"]}


def _reviews(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "review"):
        body = json.loads(row["body"])
        moved = {one: body.pop(one) for one in ("region", "department")}
        yield row["id"], {**moved, "done": body["_result"] is not None, "body": json_text(body)}


def _plans(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "plan"):
        sheet = json.loads(row["body"])["_sheet"]
        owners = sorted({sheet["lead"], *sheet["joining"]})
        owned = [{"plan_id": row["id"], "department": one} for one in owners]
        connection.execute(sa.insert(OWNED), owned)
        plans = json.loads(row["body"])["_sub_plans"]
        yield row["id"], {"joining": json_text(sheet["joining"]), "sub_plan_count": len(plans)}
