"""Sealed fields, blind indexes and row seals of what exists."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import BlindIndex, Place

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UNMADE = "-"
"""No seal and no sealed value: a row that nobody converted is refused."""
OUT_OF_BODY = {
    "subject": ("_name", "_identity", "_personal", "_former_bonds"),
    "officer": ("_contact", "_legal_persons", "_interests"),
    "clue": ("complainant", "sheet", "_answers", "_conclusion"),
    "institution": ("_phone",),
    "association": ("_phone",),
    "visit": ("_check_in", "_signatures", "_reopenings"),  # the last only of rows taken down
    "rectification": ("_delivery",),
}
"""Which fields of which table go into its column ``sealed``."""
COLUMNS = {"subject": "personal", "officer": "contact", "clue": "complainant"}
"""Which of them stood in a column of its own."""
ROW_SEALED = (
    "checklist", "task", "visit", "rectification", "publication", "transfer", "review",
    "risk_model", "credit_model", "evaluation_round", "grading_rule", "draw", "graded_subject",
)  # fmt: skip

Values = dict[str, Any]


def upgrade() -> None:
    """Add the columns, seal what exists, and drop what stood in clear."""
    op.create_table(
        "key_mark",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("key_version", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", "key_version", name=op.f("pk_key_mark")),
    )
    for table in OUT_OF_BODY:
        op.add_column(table, sa.Column("sealed", sa.Text(), nullable=False, server_default=UNMADE))
    for table in ROW_SEALED:
        op.add_column(table, _unmade("row_seal", 80))
    op.add_column("graded_subject", _unmade("record_hash", 64))
    op.add_column("subject", sa.Column("code_index", sa.String(length=80)))
    op.add_column("officer", sa.Column("phone_index", sa.String(length=80)))
    _convert(_sealed)
    op.create_index("ix_subject_code_index", "subject", ["code_index"], unique=True)
    op.create_index("ix_officer_phone_index", "officer", ["phone_index"], unique=False)
    op.drop_index("ix_officer_phone", table_name="officer")
    op.drop_column("officer", "phone")
    for table, column in COLUMNS.items():
        op.drop_column(table, column)
    for table in ROW_SEALED:
        reseal(op.get_bind(), table)


def downgrade() -> None:
    """Put what was sealed back in clear."""
    for table, column in COLUMNS.items():
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=UNMADE))
    op.add_column("officer", sa.Column("phone", sa.String(length=40)))
    op.create_index("ix_officer_phone", "officer", ["phone"], unique=False)
    _convert(_clear)
    op.drop_index("ix_officer_phone_index", table_name="officer")
    op.drop_index("ix_subject_code_index", table_name="subject")
    op.drop_column("officer", "phone_index")
    op.drop_column("subject", "code_index")
    op.drop_column("graded_subject", "record_hash")
    for table in ROW_SEALED:
        op.drop_column(table, "row_seal")
    for table in OUT_OF_BODY:
        op.drop_column(table, "sealed")
    op.drop_table("key_mark")


def _unmade(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=UNMADE)


def _convert(change: Callable[[str, Mapping[str, Any]], Values]) -> None:
    for table in OUT_OF_BODY:
        write_rows(op.get_bind(), table, _changed(table, change))


def _changed(
    table: str, change: Callable[[str, Mapping[str, Any]], Values]
) -> Iterator[tuple[str, Values]]:
    for row in every_row(op.get_bind(), table):
        yield row["id"], change(table, row)


def _sealed(table: str, row: Mapping[str, Any]) -> Values:
    sealing = sealing_of(op.get_bind())
    body, hidden = json.loads(row["body"]), {}
    column = COLUMNS.get(table)
    for name in OUT_OF_BODY[table]:
        if name.lstrip("_") == column:
            hidden[name] = json.loads(row[column])
        elif table == "subject" and name == "_name":
            hidden[name] = row["name"]
        elif name in body:
            hidden[name] = body.pop(name)
    values: Values = {"body": _text(body)}
    if table == "subject":
        identity = hidden["_identity"]
        if row["kind"] == "person":
            name = row["name"]
            values["name"] = name[:1] + "*" * max(1, len(name) - 1)
        if identity["kind"] == "identity_card":
            values["code"] = f"#{row['id']}"
            values["code_index"] = _index("subject.code_index", identity["code"], str.upper)
    if table == "officer" and (phone := hidden["_contact"]["phone"]):
        values["phone_index"] = _index("officer.phone_index", phone, str.strip)
    place = Place(table, "sealed", row["id"])
    values["sealed"] = sealing.fields.seal(_text(hidden), place)
    return values


def _clear(table: str, row: Mapping[str, Any]) -> Values:
    sealing = sealing_of(op.get_bind())
    hidden = json.loads(sealing.fields.open(row["sealed"], Place(table, "sealed", row["id"])))
    body, values = json.loads(row["body"]), Values()
    if table == "officer":
        values["phone"] = hidden["_contact"]["phone"] or None
    if table == "subject":
        values["code"] = hidden["_identity"]["code"]
    column = COLUMNS.get(table)
    for name, value in hidden.items():
        if column and name.lstrip("_") == column:
            values[column] = _text(value)
        elif table == "subject" and name == "_name":
            values["name"] = value
        else:
            body[name] = value
    return {**values, "body": _text(body)}


def _index(column: str, value: str, normalise: Callable[[str], str]) -> str:
    return BlindIndex(sealing_of(op.get_bind()).keys, column, normalise).of(value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
