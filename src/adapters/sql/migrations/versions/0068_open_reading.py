"""What the public reads: of results whom they are about and in which scene; and articles."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.mapper import json_text
from adapters.sql.migrations.conversion import every_row, reseal, write_rows

revision = "0068"
down_revision = "0065"
branch_labels = None
depends_on = None

_NEW = {"name": 200, "credit_code": 40, "scene": 36}
_INDEXES = {
    "formed_on": ["formed_on", "id"],
    "region_formed": ["region", "formed_on", "id"],
    "credit_code": ["credit_code", "formed_on", "id"],
    "scene": ["scene", "formed_on", "id"],
}


def upgrade() -> None:
    """Add the columns; the scene of what is there already is that of its task."""
    connection = op.get_bind()
    for name, length in _NEW.items():
        op.add_column("publication", sa.Column(name, sa.String(length=length)))
    scenes = {row["id"]: row["scene"] for row in every_row(connection, "task")}
    write_rows(connection, "publication", _told(connection, scenes))
    reseal(connection, "publication")
    for name, columns in _INDEXES.items():
        op.create_index(f"ix_publication_{name}", "publication", columns)
    _make_articles()


def _make_articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("portal_column", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("tags", sa.String(length=100), nullable=True),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("trade", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=True),
        sa.Column("approvals", sa.BigInteger(), nullable=False),
        sa.Column("returns", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index("ix_article_told_on", "article", ["told_on", "id"])
    op.create_index("ix_article_region", "article", ["region", "told_on", "id"])
    op.create_index("ix_article_column", "article", ["portal_column", "told_on", "id"])


def downgrade() -> None:
    """Take table and columns away; what a result says of its scene stays in its body."""
    op.drop_table("article")
    for name in _INDEXES:
        op.drop_index(f"ix_publication_{name}", table_name="publication")
    for name in _NEW:
        op.drop_column("publication", name)
    reseal(op.get_bind(), "publication")


def _told(
    connection: sa.Connection, scenes: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in every_row(connection, "publication"):
        body = json.loads(row["body"])
        shown = body["_shown"]
        shown["scene"] = scenes.get(row["task"], "")
        yield (
            row["id"],
            {
                "name": shown["subject"]["name"],
                "credit_code": shown["subject"]["credit_code"] or None,
                "scene": shown["scene"] or None,
                "body": json_text(body),
            },
        )
