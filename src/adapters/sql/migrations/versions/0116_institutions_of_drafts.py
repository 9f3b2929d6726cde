"""What institutions assist is theirs to read once its task went out: of drafts it is not."""

import json

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row

revision = "0116"
down_revision = "0113"
branch_labels = None
depends_on = None

_SENT_OUT = frozenset({"dispatched", "in_progress", "closed", "archived", "published"})
_PARTY = sa.table("task_party", sa.column("task_id", sa.String), sa.column("party", sa.String))


def upgrade() -> None:
    """Take the institutions of tasks away that have not gone out; at dispatch they come back."""
    connection = op.get_bind()
    for row in every_row(connection, "task"):
        if row["state"] not in _SENT_OUT:
            connection.execute(sa.delete(_PARTY).where(_PARTY.c.task_id == row["id"]))


def downgrade() -> None:
    """Let the institutions of all tasks stand again."""
    connection = op.get_bind()
    for row in every_row(connection, "task"):
        body = json.loads(row["body"])
        if row["state"] not in _SENT_OUT:
            for part in body.get("_third_parties", ()):
                said = {"task_id": row["id"], "party": part["institution"]}
                connection.execute(sa.insert(_PARTY).values(said))
