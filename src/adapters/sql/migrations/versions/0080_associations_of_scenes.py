"""Scenes are found by the associations that work in them."""

import json
from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
USED = sa.table(
    "scene_association", sa.column("scene_id", sa.String), sa.column("association", sa.String)
)


def upgrade() -> None:
    """Make the table, and fill it from what each living scene says."""
    op.create_table(
        "scene_association",
        sa.Column("scene_id", _ID, nullable=False),
        sa.Column("association", _ID, nullable=False),
        sa.ForeignKeyConstraint(["scene_id"], ["scene.id"], name=op.f("fk_scene_association")),
        sa.PrimaryKeyConstraint("scene_id", "association", name=op.f("pk_scene_association")),
    )
    op.create_index("ix_scene_association", "scene_association", ["association"], unique=False)
    connection = op.get_bind()
    if used := list(_used(connection)):
        connection.execute(sa.insert(USED), used)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("scene_association")


def _used(connection: sa.Connection) -> Iterator[Mapping[str, str]]:
    for row in every_row(connection, "scene"):
        if row["state"] != "deleted":
            said = json.loads(row["body"])["_resources"]
            for one in sorted(set(said.get("associations", ()))):
                yield {"scene_id": row["id"], "association": one}
