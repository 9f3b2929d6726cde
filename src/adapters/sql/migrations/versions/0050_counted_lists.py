"""Plans have numbers and days; what refers to models and materials can be counted."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0050"
down_revision = "0048"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
MODELS = sa.table("scene_model", sa.column("scene_id", sa.String), sa.column("model", sa.String))
MATERIALS = sa.table(
    "check_item_material", sa.column("check_item_id", sa.String), sa.column("material", sa.String)
)


def upgrade() -> None:
    """Add columns and look-ups, and fill them from what each row says."""
    connection = op.get_bind()
    op.add_column(
        "plan", sa.Column("code", sa.String(length=60), nullable=False, server_default="-")
    )
    op.add_column("plan", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("plan", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("scene", sa.Column("tags", sa.Text(), nullable=False, server_default="[]"))
    _look_up("scene_model", "scene_id", "scene", "model")
    _look_up("check_item_material", "check_item_id", "check_item", "material")
    write_rows(connection, "plan", _plans(connection))
    write_rows(connection, "scene", _scenes(connection))
    for row in every_row(connection, "check_item"):
        said = sorted(set(json.loads(row["body"])["_content"].get("materials", [])))
        _insert(connection, MATERIALS, ({"check_item_id": row["id"], "material": m} for m in said))
    for table in ("plan", "scene"):
        reseal(connection, table)
    op.create_index("ix_plan_code", "plan", ["code"], unique=True)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("check_item_material")
    op.drop_table("scene_model")
    op.drop_column("scene", "tags")
    op.drop_index("ix_plan_code", table_name="plan")
    for column in ("code", "starts_on", "ends_on"):
        op.drop_column("plan", column)


def _look_up(name: str, owner: str, owning: str, value: str) -> None:
    op.create_table(
        name,
        sa.Column(owner, _ID, nullable=False),
        sa.Column(value, _ID, nullable=False),
        sa.ForeignKeyConstraint([owner], [f"{owning}.id"], name=op.f(f"fk_{name}")),
        sa.PrimaryKeyConstraint(owner, value, name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}", name, [value], unique=False)


def _insert(connection: sa.Connection, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    if found := list(rows):
        connection.execute(sa.insert(table), found)


def _plans(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the plans of a region and year numbers in the order of their ids."""
    running = Counter[str]()
    for row in every_row(connection, "plan"):
        body = json.loads(row["body"])
        sheet, subs = body["_sheet"], body["_sub_plans"]
        beginning = f"JH{sheet['region']}{sheet['year']}"
        running[beginning] += 1
        starts = (date.fromisoformat(one["starts_on"]) for one in subs)
        ends = (date.fromisoformat(one["ends_on"]) for one in subs)
        yield (
            row["id"],
            {
                "code": f"{beginning}{running[beginning]:05}",
                "starts_on": min(starts, default=None),
                "ends_on": max(ends, default=None),
            },
        )


def _scenes(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "scene"):
        body = json.loads(row["body"])
        used = {one["model"] for one in (*body["_risk_models"], *body["_credit_models"])}
        living = row["state"] != "deleted"
        _insert(
            connection,
            MODELS,
            ({"scene_id": row["id"], "model": one} for one in sorted(used) if living),
        )
        yield row["id"], {"tags": json_text([one["tag"] for one in body["_resources"]["tags"]])}
