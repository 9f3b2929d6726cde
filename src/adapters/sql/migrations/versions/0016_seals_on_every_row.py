"""Seals on the rows of every aggregate and on what is known of subjects; tallies of rows."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.conversion import reseal, reseal_table
from adapters.sql.subject_facts import FACTS, STATEMENTS
from adapters.sql.tables import metadata

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

UNMADE = "-"
"""No seal: a row that nobody converted is refused."""
AGGREGATES = (
    "association", "category", "check_item", "clue", "document_template", "institution", "law",
    "officer", "plan", "region", "scene", "standard_material", "subject", "tag", "team",
)  # fmt: skip
KNOWN = ("subject_fact", "subject_statement")


def upgrade() -> None:
    """Add the columns, seal what exists, and count it."""
    for table in (*AGGREGATES, *KNOWN):
        seal = sa.Column("row_seal", sa.String(length=80), nullable=False, server_default=UNMADE)
        op.add_column(table, seal)
    for table in AGGREGATES:
        if table in metadata.tables:
            reseal(op.get_bind(), table)
    for kept in (FACTS, STATEMENTS):
        reseal_table(op.get_bind(), kept)
    op.create_table(
        "tally",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
    )


def downgrade() -> None:
    """Take the tallies and the seals away."""
    op.drop_table("tally")
    for table in (*AGGREGATES, *KNOWN):
        op.drop_column(table, "row_seal")
