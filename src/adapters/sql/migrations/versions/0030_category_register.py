"""Categories of subjects and the fields of their forms become entries of registers.

Fields of one owner that say the same become one field of several forms; what subjects said in a
field is kept under its new key. Names that stood twice get a number.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import (
    LONG_AGO,
    every_row,
    insert_entries,
    reseal,
    unlike,
    write_rows,
)
from supervision_core.kernel.registers import Entry
from supervision_core.kernel.registers.elements import element_key
from supervision_core.subjects.registers import (
    CATEGORIES,
    FORM_FIELDS,
    CategoryContent,
    FormFieldContent,
)

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


_TITLE: Final = 40
_Keys = Mapping[tuple[str, str], str]
"""The new key of each field, by category and name."""


def upgrade() -> None:
    """Make an entry of every row, and drop the table."""
    connection = op.get_bind()
    rows = [{**row, **json.loads(row["body"])} for row in every_row(connection, "category")]
    rows.sort(key=lambda row: (row["_order"], row["name"], row["id"]))
    fields = _Fields()
    for row in rows:
        fields.read(row)
    insert_entries(connection, FORM_FIELDS, fields.entries.values())
    taken: set[Any] = set()
    insert_entries(
        connection,
        CATEGORIES,
        [_entry(row, number, fields, taken) for number, row in enumerate(rows, start=1)],
    )
    _said_anew(connection, fields.keys)
    op.drop_table("category")


class _Fields:
    """The form fields of all categories, each once."""

    def __init__(self) -> None:
        self.entries: dict[tuple[Any, ...], Entry[FormFieldContent]] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.forms: dict[str, list[str]] = {}
        self._taken: set[Any] = set()

    def read(self, row: Mapping[str, Any]) -> None:
        owner = (row["region"], row["_department"])
        for one in row["_fields"]:
            same = (*owner, one["title"], one["kind"], one["required"], tuple(one["choices"]))
            entry = self.entries.get(same)
            if entry is None:
                entry = self.entries[same] = self._made(one, owner)
            form = self.forms.setdefault(row["id"], [])
            if entry.id not in form:
                form.append(entry.id)
            self.keys[row["id"], one["name"]] = entry.content.key

    def _made(self, one: Mapping[str, Any], owner: tuple[str, str]) -> Entry[FormFieldContent]:
        number = len(self.entries) + 1
        title = unlike(one["title"][:_TITLE], self._taken, *owner, most=_TITLE)
        content = FormFieldContent(
            title=title,
            key=element_key("", number),
            type=one["kind"],
            mandatory=one["required"],
            choices=tuple(one["choices"]),
        )
        return Entry(
            id=f"form-field-{number:04}", content=content, label=content.title,
            register=FORM_FIELDS.name, position=number, region=owner[0], department=owner[1],
        )  # fmt: skip


def _entry(
    row: Mapping[str, Any], number: int, fields: _Fields, taken: set[Any]
) -> Entry[CategoryContent]:
    gone = LONG_AGO if row["deleted"] else None
    name = row["name"] if gone else unlike(row["name"], taken, row["region"])
    content = CategoryContent(
        name=name, parent=row["parent"] or "", form=tuple(fields.forms.get(row["id"], ()))
    )
    return Entry(
        id=row["id"], content=content, label=name, register=CATEGORIES.name, position=number,
        region=row["region"], department=row["_department"], deleted_at=gone,
    )  # fmt: skip


def _said_anew(connection: sa.Connection, keys: _Keys) -> None:
    """Keep what subjects said in the fields of their category under the new keys."""
    changed = False
    for row in every_row(connection, "subject") if keys else ():
        body = json.loads(row["body"])
        if said := body.get("_category_values"):
            body["_category_values"] = {
                keys.get((row["category"], name), name): value for name, value in said.items()
            }
            write_rows(connection, "subject", [(row["id"], {"body": json_text(body)})])
            changed = True
    if changed:
        reseal(connection, "subject")


def downgrade() -> None:
    """Make it anew, empty."""
    op.create_table(
        "category",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("parent", sa.String(length=40), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False, server_default="-"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_index("ix_category_parent", "category", ["parent"])
