"""Users of firms keep what proved that they act for them; those of before keep none."""

from typing import Any

from alembic import op

from adapters.sql.identity.directory import app_user
from adapters.sql.migrations.conversion import rewrite_bodies

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Do nothing: who has no proof has none."""


def downgrade() -> None:
    """Forget the proofs."""
    rewrite_bodies(op.get_bind(), app_user.name, _without)


def _without(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name != "_proof"}
