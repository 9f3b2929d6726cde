"""What lists show of officers: a masked phone, the sex, and what is said in elements."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import every_row, reseal, write_rows
from adapters.sql.sealing.protection import sealing_of
from supervision_core.kernel.sealing import Place

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_NONE = '{"number":0,"values":{}}'
_WHOLE = 11


def upgrade() -> None:
    """Add them, and fill them from what each row says."""
    op.add_column("officer", sa.Column("phone", sa.String(length=20)))
    op.add_column("officer", sa.Column("sex", sa.String(length=10)))
    op.add_column("officer", sa.Column("extras", sa.Text(), nullable=False, server_default=_NONE))
    connection = op.get_bind()
    write_rows(connection, "officer", _shown(connection))
    reseal(connection, "officer")


def downgrade() -> None:
    """Take them away."""
    for column in ("extras", "sex", "phone"):
        op.drop_column("officer", column)


def _shown(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "officer"):
        sealing = sealing_of(connection)
        hidden = json.loads(
            sealing.fields.open(row["sealed"], Place("officer", "sealed", row["id"]))
        )
        contact = hidden["_contact"]
        phone = contact["phone"]
        masked = f"{phone[:3]}****{phone[-4:]}" if len(phone) >= _WHOLE else ""
        yield row["id"], {"phone": masked or None, "sex": contact["sex"][:10] or None}
