"""Pools stored once, apart from the draws of them."""

import json

import sqlalchemy as sa
from alembic import op

from adapters.sql.mapper import json_text
from adapters.sql.migrations.conversion import reseal
from supervision_core.draws.model.pool import Pool

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

DRAW = sa.table(
    "draw", sa.column("id", sa.String), sa.column("pool", sa.Text), sa.column("pool_hash")
)
POOL = sa.table(
    "draw_pool",
    sa.column("pool_hash", sa.String),
    sa.column("part_number", sa.BigInteger),
    sa.column("content", sa.LargeBinary),
)


def upgrade() -> None:
    """Add the table, and carry over what each draw holds."""
    op.create_table(
        "draw_pool",
        sa.Column("pool_hash", sa.String(length=64), nullable=False),
        sa.Column("part_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("pool_hash", "part_number", name=op.f("pk_draw_pool")),
    )
    op.add_column(
        "draw", sa.Column("pool_hash", sa.String(length=64), nullable=False, server_default="-")
    )
    connection = op.get_bind()
    for (one,) in connection.execute(sa.select(DRAW.c.id).order_by(DRAW.c.id)).all():
        here = DRAW.c.id == one
        text = json.loads(connection.execute(sa.select(DRAW.c.pool).where(here)).scalar_one())
        lines = text["canonical"].split("\n")[:-1]
        pool = Pool.of(
            (id_, stratum) for id_, _, stratum in (one.partition("\x1f") for one in lines)
        )
        found = sa.select(POOL.c.part_number).where(POOL.c.pool_hash == pool.hash.hex())
        if connection.execute(found).first() is None:
            for number, part in enumerate(pool.parts):
                values = {"pool_hash": pool.hash.hex(), "part_number": number, "content": part}
                connection.execute(sa.insert(POOL).values(values))
        connection.execute(sa.update(DRAW).where(here).values(pool_hash=pool.hash.hex()))
    op.drop_column("draw", "pool")
    reseal(connection, "draw")


def downgrade() -> None:
    """Put each draw's pool back into its row, unsealed: whoever goes back puts a backup back."""
    op.add_column("draw", sa.Column("pool", sa.Text(), nullable=False, server_default="-"))
    connection = op.get_bind()
    for one, pool_hash in connection.execute(sa.select(DRAW.c.id, DRAW.c.pool_hash)).all():
        asked = sa.select(POOL.c.content).where(POOL.c.pool_hash == pool_hash)
        parts = connection.execute(asked.order_by(POOL.c.part_number)).scalars()
        text = json_text({"canonical": b"".join(map(bytes, parts)).decode()})
        connection.execute(sa.update(DRAW).where(DRAW.c.id == one).values(pool=text))
    op.drop_column("draw", "pool_hash")
    op.drop_table("draw_pool")
