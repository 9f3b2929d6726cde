"""Institutions, their people and their qualifications, and associations, as entries of registers.

What the tables of before hold becomes entries; names that stood twice get a number. The phone of
an association stands in its description: its register has no field for it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import LONG_AGO, every_row, insert_entries, unlike
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.registers import Content, Entry, Register
from supervision_core.kernel.sealing import Place
from supervision_core.officers.registers import (
    ASSOCIATIONS,
    INSTITUTIONS,
    AssociationContent,
    InstitutionContent,
)

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_APART = ("institution", "partner_person", "partner_licence")
_BEFORE = ("institution", "association")


def upgrade() -> None:
    """Make two tables for each register, and an entry of every row."""
    connection = op.get_bind()
    institutions = list(_rows(connection, "institution"))
    associations = list(_rows(connection, "association"))
    for table in _BEFORE:
        op.drop_table(table)
    for table in _APART:
        _entries(table)
        _cells(table)
    _keep(connection, INSTITUTIONS, institutions, _institution)
    _keep(connection, ASSOCIATIONS, associations, _association)


def downgrade() -> None:
    """Put the tables of before back, empty."""
    for table in _APART:
        op.drop_table(f"{table}_cell")
        op.drop_table(table)
    for table in _BEFORE:
        op.create_table(
            table,
            sa.Column("id", sa.String(length=36), nullable=False),
            sa.Column("version", sa.BigInteger(), nullable=False),
            sa.Column("region", sa.String(length=12), nullable=False),
            sa.Column("sealed", sa.Text(), nullable=False),
            sa.Column("row_seal", sa.String(length=80), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )


def _rows(connection: sa.Connection, table: str) -> Iterator[Mapping[str, Any]]:
    for row in every_row(connection, table):
        sealing = sealing_of(connection)
        hidden = sealing.fields.open(row["sealed"], Place(table, "sealed", row["id"]))
        yield {**row, **json.loads(row["body"]), **json.loads(hidden)}


def _keep(
    connection: sa.Connection,
    register: Register[Any],
    rows: list[Mapping[str, Any]],
    said: Callable[[Mapping[str, Any], str], Content],
) -> None:
    taken: set[Any] = set()
    made = []
    for number, row in enumerate(rows, start=1):
        gone = LONG_AGO if row["_deleted"] else None
        name = row["_name"] if gone else unlike(row["_name"], taken, row["region"])
        made.append(
            Entry(
                id=row["id"], content=said(row, name), label=name, register=register.name,
                position=number, region=row["region"], deleted_at=gone,
            )
        )  # fmt: skip
    insert_entries(connection, register, made)


def _institution(row: Mapping[str, Any], name: str) -> InstitutionContent:
    return InstitutionContent(
        name=name, sort=row["_sort"], business=row["_business"], entrusted=row["_entrusted"],
        phone=row["_phone"], address=row["_address"], description=row["_note"],
    )  # fmt: skip


def _association(row: Mapping[str, Any], name: str) -> AssociationContent:
    return AssociationContent(
        name=name, trades=tuple(sorted(row["_trades"])),
        description=f"联系方式：{row['_phone']}" if row["_phone"] else "",
    )  # fmt: skip


def _entries(table: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("region", sa.String(length=12), nullable=True),
        sa.Column("department", sa.String(length=36), nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("cells", sa.String(length=64), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_position", table, ["register", "position", "id"])
    op.create_index(f"ix_{table}_label", table, ["register", "label"])


def _cells(table: str) -> None:
    cell = f"{table}_cell"
    op.create_table(
        cell,
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("refers", sa.String(length=60), nullable=True),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("living", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], [f"{table}.id"], name=op.f(f"fk_{cell}")),
        sa.PrimaryKeyConstraint("entry_id", "name", "place", name=op.f(f"pk_{cell}")),
        sa.UniqueConstraint("living", name=op.f(f"uq_{cell}_living")),
    )
    op.create_index(f"ix_{cell}_value", cell, ["register", "name", "value"])
    op.create_index(f"ix_{cell}_refers", cell, ["refers", "value"])
