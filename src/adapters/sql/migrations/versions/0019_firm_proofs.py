"""Users of firms keep what proved that they act for them; those of before keep none."""

from typing import Any

from alembic import op

from adapters.sql.directory import SqlUsers, app_user
from adapters.sql.migrations.conversion import reseal_permissions, rewrite_bodies
from supervision_core.identity.ports import Users

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Seal users with the field that they now have."""
    reseal_permissions(op.get_bind(), Users.kind, SqlUsers.mapper)


def downgrade() -> None:
    """Forget the proofs, and seal users without the field."""
    connection = op.get_bind()
    reseal_permissions(connection, Users.kind, SqlUsers.mapper, _without)
    rewrite_bodies(connection, app_user.name, _without)


def _without(plain: Any) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name != "_proof"}
