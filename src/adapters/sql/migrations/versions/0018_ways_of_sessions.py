"""Sessions keep the way of their log-in: those of before count as begun by a password."""

from typing import Any

from alembic import op

from adapters.sql.identity.logins import log_in_session
from adapters.sql.migrations.conversion import rewrite_bodies

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of each session how its user proved himself."""
    rewrite_bodies(op.get_bind(), log_in_session.name, _with_way)


def downgrade() -> None:
    """Say only who came by the unified platform."""
    rewrite_bodies(op.get_bind(), log_in_session.name, _without_way)


def _with_way(plain: dict[str, Any]) -> dict[str, Any]:
    by_platform = plain.pop("_signed_on", False)
    return plain | {"_way": "sign_on" if by_platform else "password"}


def _without_way(plain: dict[str, Any]) -> dict[str, Any]:
    return plain | {"_signed_on": plain.pop("_way") == "sign_on"}
