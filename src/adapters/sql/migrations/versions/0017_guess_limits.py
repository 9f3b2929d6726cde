"""Guesses are counted in rows of their own: credentials change only by what the log names."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.identity.logins import credentials
from adapters.sql.migrations.conversion import rewrite_bodies

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NOBODYS = "-%"
"""Ids of the credentials that were nobody's, to count there the guesses that were about nobody."""
COUNTS = {"_failures": 0, "_locked_until": None}


def upgrade() -> None:
    """Add the table; take the counts out of the credentials, and those that were nobody's away."""
    op.create_table(
        "guess_limit",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guess_limit")),
    )
    connection = op.get_bind()
    connection.execute(sa.delete(credentials).where(credentials.c.id.like(NOBODYS)))
    rewrite_bodies(connection, credentials.name, _without_counts)


def downgrade() -> None:
    """Begin every count anew in the credentials, and take the table away."""
    rewrite_bodies(op.get_bind(), credentials.name, _with_counts)
    op.drop_table("guess_limit")


def _without_counts(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in COUNTS}


def _with_counts(plain: dict[str, Any]) -> dict[str, Any]:
    return plain | COUNTS
