"""Guesses are counted in rows of their own: credentials change only by what the log names."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.access import permission_seal
from adapters.sql.logins import SqlCredentials, credentials
from adapters.sql.migrations.conversion import reseal_permissions, rewrite_bodies
from adapters.sql.tallies import recount
from supervision_core.identity.ports import CredentialsStore

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
    _forget_nobodys(connection)
    rewrite_bodies(connection, credentials.name, _without_counts)
    reseal_permissions(connection, CredentialsStore.kind, SqlCredentials.mapper)


def downgrade() -> None:
    """Begin every count anew in the credentials, and take the table away."""
    connection = op.get_bind()
    reseal_permissions(connection, CredentialsStore.kind, SqlCredentials.mapper, _with_counts)
    rewrite_bodies(connection, credentials.name, _with_counts)
    op.drop_table("guess_limit")


def _forget_nobodys(connection: sa.Connection) -> None:
    """Remove the credentials that were nobody's, with their seals."""
    kept = permission_seal.c
    theirs = (kept.kind == CredentialsStore.kind) & kept.sealed_id.like(NOBODYS)
    gone = connection.execute(sa.select(kept.seal).where(theirs)).scalars().all()
    if gone:
        connection.execute(sa.delete(permission_seal).where(theirs))
        recount(connection, permission_seal.name, added=(), gone=gone)
    connection.execute(sa.delete(credentials).where(credentials.c.id.like(NOBODYS)))


def _without_counts(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in COUNTS}


def _with_counts(plain: Any) -> Any:
    return plain | COUNTS
