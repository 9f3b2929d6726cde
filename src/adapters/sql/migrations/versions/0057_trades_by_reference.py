"""Trades and categories that checklists, scenes and rules named are entries of registers."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0057"
down_revision = "0055"
branch_labels = None
depends_on = None

Names = Mapping[str, str]
_ENTRIES = sa.table(
    "register_entry",
    sa.column("id", sa.String),
    sa.column("register", sa.String),
    sa.column("label", sa.String),
    sa.column("enabled", sa.Boolean),
    sa.column("deleted_at", sa.String),
)
_USES = ("_checklists", "_handbooks", "_risk_models", "_credit_models")


def upgrade() -> None:
    """Put the ids of entries for their names; a name that no entry bears stays as it stands."""
    connection = op.get_bind()
    trades = _named(connection, "identity.trade")
    categories = _named(connection, "scenes.category")
    _change(connection, "checklist", lambda body: _checklist(body, trades))
    _change(connection, "grading_rule", lambda body: _rule(body, trades))
    _change(connection, "scene", lambda body: _scene(body, trades, categories))


def downgrade() -> None:
    """Leave the ids: lists of the release before show them by name too."""


def _named(connection: sa.Connection, register: str) -> Names:
    """Give the ids of the entries in use, by name."""
    found = sa.select(_ENTRIES.c.label, _ENTRIES.c.id).where(
        _ENTRIES.c.register == register,
        _ENTRIES.c.enabled == sa.true(),
        _ENTRIES.c.deleted_at.is_(None),
    )
    return {row.label: row.id for row in connection.execute(found)}


def _change(
    connection: sa.Connection,
    table: str,
    change: Callable[[dict[str, Any]], Mapping[str, str]],
) -> None:
    """Change what each row says in place, with the columns that say it too; seal the table anew."""
    changed = []
    for row in every_row(connection, table):
        body = json.loads(row["body"])
        columns = change(body)
        if (text := json_text(body)) != row["body"]:
            changed.append((row["id"], {"body": text, **columns}))
    if changed:
        write_rows(connection, table, changed)
        reseal(connection, table)


def _checklist(body: dict[str, Any], trades: Names) -> Mapping[str, str]:
    for content in (body["_draft"], *(one["content"] for one in body["_versions"])):
        content["trade"] = trades.get(content["trade"], content["trade"])
    return {"trade": body["_draft"]["trade"]}


def _rule(body: dict[str, Any], trades: Names) -> Mapping[str, str]:
    body["trade"] = trades.get(body["trade"], body["trade"])
    return {}


def _scene(body: dict[str, Any], trades: Names, categories: Names) -> Mapping[str, str]:
    basics = body["_basics"]
    basics["trades"] = [trades.get(one, one) for one in basics.get("trades", ())]
    basics["sort"] = categories.get(basics.get("sort", ""), basics.get("sort", ""))
    for part in _USES:
        for use in body.get(part, ()):
            use["trade"] = trades.get(use["trade"], use["trade"])
    return {"sort": basics["sort"]}
