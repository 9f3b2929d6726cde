"""Laws with their provisions, document templates and standard materials, which nobody could make.

The three tables held nothing: no use case wrote them.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Sorted

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_TABLES = ("law_provision", "law", "document_template", "standard_material")


def upgrade() -> None:
    """Make them anew, with what they are looked up by."""
    op.drop_index("ix_law_title", table_name="law")
    op.drop_index("ix_document_template_owner", table_name="document_template")
    for name in _TABLES[1:]:
        op.drop_table(name)
    _make(
        "law",
        sa.Column("title", Sorted(200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("issuer", sa.String(length=100), nullable=True),
        sa.Column("promulgated_on", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("provision_count", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
    )
    op.create_index("ix_law_title", "law", ["title", "id"])
    op.create_index("ix_law_region", "law", ["region", "title", "id"])
    op.create_table(
        "law_provision",
        sa.Column("law_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["law_id"], ["law.id"], name=op.f("fk_law_provision")),
        sa.PrimaryKeyConstraint("law_id", "place", name=op.f("pk_law_provision")),
    )
    op.create_index("ix_law_provision_id", "law_provision", ["id"])
    _make(
        "document_template",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
    )
    op.create_index(
        "ix_document_template_owner", "document_template", ["region", "department", "document"]
    )
    _make(
        "standard_material",
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_standard_material_code", "standard_material", ["region", "code"])


def _make(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *columns,
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    """Make them as they were, empty again."""
    for name in _TABLES:
        op.drop_table(name)
    _make(
        "law",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
    )
    op.create_index("ix_law_title", "law", ["title", "in_force_from"])
    _make(
        "document_template",
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
    )
    op.create_index(
        "ix_document_template_owner", "document_template", ["region", "department", "document"]
    )
    _make("standard_material", sa.Column("region", sa.String(length=12), nullable=False))
