"""The platform's values of a year are leaves of a tree, no links of a chain."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import rewrite_bodies
from supervision_core.draws.model.leaves import only_leaf
from supervision_core.kernel.plain import to_plain

revision = "0108"
down_revision = "0106"
branch_labels = None
depends_on = None

_CHAIN, _TREE = "draw_chain", "draw_tree"


def upgrade() -> None:
    """Begin without a tree; what was opened keeps its link as a leaf, the rest is frozen anew."""
    op.drop_table(_CHAIN)
    _make(_TREE)
    rewrite_bodies(op.get_bind(), "draw", _with_leaf)


def downgrade() -> None:
    """Begin without a chain; no draw of a leaf can be one of a link."""
    op.drop_table(_TREE)
    _make(_CHAIN)
    rewrite_bodies(op.get_bind(), "draw", _without)


def _make(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _with_leaf(body: dict[str, Any]) -> dict[str, Any]:
    """Give a draw whose seed is what it was; nobody is kept away by the tags of a chain's link."""
    chain = body.pop("_chain", None)
    if chain is None:
        return body
    known = bytes.fromhex(chain["link"] or "")
    leaf = to_plain(only_leaf(known, chain["index"])) if known else None
    rounds = [one | {"began_at": None} for one in body["_rounds"]]
    return body | {"_leaf": leaf, "_rounds": rounds}


def _without(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "_leaf"}
