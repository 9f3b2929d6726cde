"""Entries that are told from above, called by codes, and when they were added; matters of items."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.entries import SqlEntries
from adapters.sql.migrations.conversion import every_row, insert_entries, reseal, write_rows
from supervision_core.items.registers import CATALOGUE, CatalogueContent
from supervision_core.kernel.registers import Entry

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_NEW = ("reference_code", "synchronised", "added_at")
_TABLES = ("register_entry", "institution", "partner_person", "partner_licence")


def upgrade() -> None:
    """Add the columns to entries, filled from what each says where that is no secret."""
    connection = op.get_bind()
    for table in _TABLES:
        op.add_column(table, sa.Column("reference_code", sa.String(length=60)))
        op.add_column(
            table,
            sa.Column("synchronised", sa.Boolean(), nullable=False, server_default=sa.false()),
        )
        op.add_column(table, sa.Column("added_at", sa.DateTime()))
        if table == "register_entry":
            write_rows(connection, table, _coded(connection))
        op.create_index(f"ix_{table}_code", table, ["register", "reference_code"])
        reseal(connection, table)
    _adopt(connection)


def downgrade() -> None:
    """Take them away."""
    for table in _TABLES:
        op.drop_index(f"ix_{table}_code", table_name=table)
        for column in _NEW:
            op.drop_column(table, column)


def _coded(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "register_entry"):
        code = json.loads(row["content"]).get("code") or ""
        added = json.loads(row["body"]).get("_added_at")
        yield (
            row["id"],
            {
                "reference_code": "" if code == row["label"] else code,
                "added_at": datetime.fromisoformat(added) if added else None,
            },
        )


def _adopt(connection: sa.Connection) -> None:
    """Put the matters that check items bear as free text into the catalogue, once each."""
    bearing: dict[str, Mapping[str, Any]] = {}
    for row in every_row(connection, "check_item"):
        code = json.loads(row["body"])["_content"]["matter_code"]
        if code:
            bearing.setdefault(code, row)
    for code, row in bearing.items():
        store: Any = SqlEntries(connection).of(CATALOGUE)
        if store.holder("code", code) is None:
            entry = _entry(row, code, store.last_position() + 1)
            insert_entries(connection, CATALOGUE, [entry])


def _entry(row: Mapping[str, Any], code: str, place: int) -> Entry[Any]:
    item = json.loads(row["body"])["_content"]
    said = CatalogueContent(name=item["matter"] or code, code=code, kind="inspection")
    return Entry(
        id=f"matter-{row['id']}"[:36], content=said, label=said.name, reference_code=code,
        register=CATALOGUE.name, position=place, region=row["region"],
        department=item["department"],
    )  # fmt: skip
