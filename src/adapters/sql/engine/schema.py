"""The tables: their common metadata and those of the frame (audit, outbox, done commands)."""

from sqlalchemy import (
    ForeignKey,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import Column, SchemaItem

from adapters.sql.engine.types import day, key, moment, place, required, whole, words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


def several_of(
    name: str,
    owner: Table,
    said: Column[str],
    *more: SchemaItem,
    by: str = "",
    key_name: str | None = None,
) -> Table:
    """Make the table of what an aggregate of ``owner`` says several times, to find it by that.

    A row names the aggregate in the column ``by``, usually ``<owner>_id``.
    """
    by = by or f"{owner.name}_id"
    return Table(
        name, metadata, Column(by, key().type, ForeignKey(owner.c.id)), said,
        PrimaryKeyConstraint(by, said.name, name=key_name), *more,
    )  # fmt: skip


ABOUT_LENGTH = 200
"""Characters by which rows of the log are found: longer names of things have these in common."""

counter = Table(
    "counter",
    metadata,
    Column("name", required("name", 20).type, primary_key=True),
    whole("upto"),
)
"""Next free position of each gapless sequence; its lock orders the commits."""

audit_row = Table(
    "audit_row",
    metadata,
    place("position"),
    moment("happened_at"),
    required("actor", 64),
    words("department", 64),
    required("action", 80),
    required("outcome", 10),
    required("request", 64),
    Column("targets", Text, nullable=False),
    Column("note", Text, nullable=False),
    required("leaf", 64),
    Index("ix_audit_row_happened_at", "happened_at"),
    Index("ix_audit_row_actor", "actor", "position"),
    Index("ix_audit_row_action", "action", "position"),
    Index("ix_audit_row_department", "department", "position"),
)

audit_target = Table(
    "audit_target",
    metadata,
    required("about", ABOUT_LENGTH),
    Column("position", whole("position").type, nullable=False),
    PrimaryKeyConstraint("about", "position"),
)
"""Which rows of the log are about a thing (``kind/id``): written beside each, for its history.

What a party did is also about each department whose object it was (``concerns/id``).
"""

audit_checkpoint = Table(
    "audit_checkpoint",
    metadata,
    Column("tree_size", whole("tree_size").type, primary_key=True, autoincrement=False),
    required("log_id", 36),
    required("root", 64),
    moment("made_at"),
    required("previous", 64),
    Column("frontier", Text, nullable=False),
    Column("signature", Text, nullable=False),
    UniqueConstraint("previous"),
)
"""``previous`` is ``-`` for the first; being unique, it keeps the checkpoints one chain."""

audit_cosignature = Table(
    "audit_cosignature",
    metadata,
    whole("tree_size"),
    required("witness", 64),
    moment("made_at"),
    Column("signature", Text, nullable=False),
    PrimaryKeyConstraint("tree_size", "witness"),
    Index("ix_audit_cosignature_witness", "witness", "tree_size"),
)

audit_segment = Table(
    "audit_segment",
    metadata,
    Column("first_row", whole("first_row").type, primary_key=True, autoincrement=False),
    whole("upto"),
    required("file_name", 200),
    required("digest", 64),
    moment("made_at"),
)

outbox = Table(
    "outbox",
    metadata,
    place("position"),
    required("name", 100),
    moment("happened_at"),
    required("kind", 60),
    required("thing", 64),
    whole("version"),
    Column("facts", Text, nullable=False),
)

receiver = Table(
    "receiver",
    metadata,
    Column("name", required("name", 60).type, primary_key=True),
    whole("upto"),
)
"""How far each receiver of events is: the position that it gets next."""

done_command = Table(
    "done_command",
    metadata,
    required("actor", 64),
    required("request_key", 255),
    required("action", 80),
    required("request", 64),
    Column("answer", Text, nullable=False),
    day("done_on", nullable=True),
    PrimaryKeyConstraint("actor", "request_key"),
    Index("ix_done_command_done_on", "done_on"),
)
