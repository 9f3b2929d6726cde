"""Sums beside the counts, in which groups a department is, and indexes of the counts."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

_AT_ONCE = 1_000
CELL = sa.table(
    "count_cell", *(sa.column(name) for name in ("measure", "about", "region", "group_id")),
    sa.column("counted_on", sa.Date), sa.column("value"), sa.column("many"),
)  # fmt: skip
GROUP = sa.table("count_group", sa.column("id"), sa.column("content"))
MEMBER = sa.table("count_member", sa.column("department"), sa.column("group_id"))
PLACE = ("along", "region", "measure", "counted_in", "value", "concerned")
SUM = sa.table(
    "count_sum",
    *(sa.column(name, sa.Date if name == "counted_in" else None) for name in (*PLACE, "many")),
)


def upgrade() -> None:
    """Add tables and indexes, and fill the tables from what is counted already."""
    op.create_index("ix_count_cell_day", "count_cell", ["measure", "counted_on", "group_id"])
    op.create_index("ix_count_cell_group", "count_cell", ["group_id", "measure", "counted_on"])
    op.create_table(
        "count_member",
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("department", "group_id", name=op.f("pk_count_member")),
    )
    op.create_index("ix_count_member_group", "count_member", ["group_id"])
    op.create_table(
        "count_sum",
        sa.Column("along", sa.String(length=10), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("counted_in", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("concerned", sa.String(length=36), nullable=False),
        sa.Column("many", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "along", "region", "measure", "counted_in", "value", "concerned",
            name=op.f("pk_count_sum"),
        ),
    )  # fmt: skip
    connection = op.get_bind()
    told = connection.execute(sa.select(GROUP.c.id, GROUP.c.content))
    groups = {key: sorted(set(json.loads(content)[0])) for key, content in told}
    members = (
        {"department": one, "group_id": key} for key, those in groups.items() for one in those
    )
    _insert(connection, MEMBER, members)
    _insert(connection, SUM, _summed(connection, groups))


def _summed(
    connection: sa.Connection, groups: Mapping[str, list[str]]
) -> Iterator[Mapping[str, Any]]:
    """Sum up for a region and those above it: by scene of a month, by department of a year."""
    found = Counter[tuple[Any, ...]]()
    for row in connection.execute(sa.select(CELL)):
        month = row.counted_on.replace(day=1)
        concerned = [("about", month, row.about)]
        concerned += [("department", month.replace(month=1), one) for one in groups[row.group_id]]
        above = {row.region, f"{row.region[:4]}00", f"{row.region[:2]}0000"}
        for along, first, one in concerned:
            for region in above:
                found[along, region, row.measure, first, row.value, one] += row.many
    for place, many in found.items():
        yield {**dict(zip(PLACE, place, strict=True)), "many": many}


def _insert(
    connection: sa.Connection, table: sa.TableClause, rows: Iterator[Mapping[str, Any]]
) -> None:
    while some := [*islice(rows, _AT_ONCE)]:
        connection.execute(sa.insert(table), some)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("count_sum")
    op.drop_table("count_member")
    op.drop_index("ix_count_cell_group", table_name="count_cell")
    op.drop_index("ix_count_cell_day", table_name="count_cell")
