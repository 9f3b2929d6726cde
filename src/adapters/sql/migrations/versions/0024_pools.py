"""Pools and picks stored once, apart from the draws of them."""

import json

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import reseal
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.ports import whole_pool
from supervision_core.kernel.plain import to_plain

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

DRAW = sa.table(
    "draw",
    sa.column("id", sa.String),
    sa.column("pool", sa.Text),
    sa.column("pool_hash", sa.String),
    sa.column("drawn_hash", sa.String),
    sa.column("body", sa.Text),
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
    op.add_column("draw", sa.Column("drawn_hash", sa.String(length=64), nullable=True))
    connection = op.get_bind()
    for (one,) in connection.execute(sa.select(DRAW.c.id).order_by(DRAW.c.id)).all():
        here = DRAW.c.id == one
        asked = sa.select(DRAW.c.pool, DRAW.c.body).where(here)
        pool_text, body_text = connection.execute(asked).one()
        lines = json.loads(pool_text)["canonical"].split("\n")[:-1]
        pool = Pool.of(
            (id_, stratum) for id_, _, stratum in (one.partition("\x1f") for one in lines)
        )
        values = {"pool_hash": _kept(connection, pool), "drawn_hash": None}
        body = json.loads(body_text)
        picks = [(each["id"], each["stratum"]) for each in body.pop("_picks")]
        if body["_seed"] is not None:
            values["drawn_hash"] = _kept(connection, Pool.of(picks) if picks else Pool(()))
        values["body"] = json_text(body)
        connection.execute(sa.update(DRAW).where(here).values(values))
    op.drop_column("draw", "pool")
    reseal(connection, "draw")


def downgrade() -> None:
    """Put pool and picks back into each row, unsealed: whoever goes back puts a backup back.

    Raises ``NotFound`` and ``Tampered`` for a pool that is not whole.
    """
    op.add_column("draw", sa.Column("pool", sa.Text(), nullable=False, server_default="-"))
    connection = op.get_bind()
    for (one,) in connection.execute(sa.select(DRAW.c.id).order_by(DRAW.c.id)).all():
        here = DRAW.c.id == one
        asked = sa.select(DRAW.c.pool_hash, DRAW.c.drawn_hash, DRAW.c.body).where(here)
        pool_hash, drawn_hash, body_text = connection.execute(asked).one()
        body = json.loads(body_text) | {"_picks": []}
        if drawn_hash is not None:
            drawn = _whole(connection, drawn_hash)
            picks = drawn.smallest(bytes.fromhex(body["_seed"]), drawn.sizes)
            body["_picks"] = [to_plain(each) for each in picks]
        text = b"".join(_whole(connection, pool_hash).parts).decode()
        values = {"pool": json_text({"canonical": text}), "body": json_text(body)}
        connection.execute(sa.update(DRAW).where(here).values(values))
    op.drop_column("draw", "drawn_hash")
    op.drop_column("draw", "pool_hash")
    op.drop_table("draw_pool")


def _kept(connection: sa.Connection, pool: Pool) -> str:
    """Store a pool unless it is there; give its hash in hex."""
    found = sa.select(POOL.c.part_number).where(POOL.c.pool_hash == pool.hash.hex())
    if connection.execute(found).first() is None:
        for number, part in enumerate(pool.parts):
            values = {"pool_hash": pool.hash.hex(), "part_number": number, "content": part}
            connection.execute(sa.insert(POOL).values(values))
    return pool.hash.hex()


def _whole(connection: sa.Connection, pool_hash: str) -> Pool:
    """Give a pool."""
    asked = sa.select(POOL.c.part_number, POOL.c.content).where(POOL.c.pool_hash == pool_hash)
    rows = connection.execute(asked.order_by(POOL.c.part_number))
    return whole_pool(bytes.fromhex(pool_hash), ((row[0], bytes(row[1])) for row in rows))
