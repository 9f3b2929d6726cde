"""A publication says which department leads: only its head withholds and withdraws."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import (
    AT_ONCE,
    every_row,
    reseal,
    rewrite_bodies,
    write_rows,
)

revision = "0096"
down_revision = "0093"
branch_labels = None
depends_on = None

_VISIT = sa.table("visit", sa.column("id"), sa.column("lead"))


def upgrade() -> None:
    """Write the lead of its visit, whose id it has, into each."""
    connection = op.get_bind()
    write_rows(connection, "publication", _with_leads(connection))
    reseal(connection, "publication")


def downgrade() -> None:
    """Take it away."""
    rewrite_bodies(op.get_bind(), "publication", _without_lead)


def _with_leads(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = every_row(connection, "publication")
    while some := list(islice(rows, AT_ONCE)):
        ids = [row["id"] for row in some]
        found = connection.execute(sa.select(_VISIT).where(_VISIT.c.id.in_(ids)))
        leads = {row.id: row.lead for row in found}
        for row in some:
            body = json.loads(row["body"]) | {"lead": leads.get(row["id"], "")}
            yield row["id"], {"body": json_text(body)}


def _without_lead(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "lead"}
