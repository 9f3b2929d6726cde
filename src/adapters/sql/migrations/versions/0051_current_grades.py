"""The newest grade of each subject by each rule, for lists; it follows the next grading."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "current_grade",
        sa.Column("id", _ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("rule", _ID, nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("grade", sa.BigInteger(), nullable=False),
        sa.Column("grade_name", sa.String(length=100), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("risk_level", sa.String(length=30), nullable=True),
        sa.Column("risk_points", sa.String(length=30), nullable=True),
        sa.Column("credit_level", sa.String(length=30), nullable=True),
        sa.Column("credit_points", sa.String(length=30), nullable=True),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("category", _ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("row_seal", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_current_grade")),
    )
    for name, columns in (
        ("grade", ["grade", "id"]),
        ("region", ["region", "grade", "id"]),
        ("rule", ["rule", "grade", "id"]),
        ("subject", ["subject", "id"]),
        ("row_seal", ["row_seal"]),
    ):
        op.create_index(f"ix_current_grade_{name}", "current_grade", columns, unique=False)
    op.create_table(
        "current_grade_department",
        sa.Column("grade_id", _ID, nullable=False),
        sa.Column("department", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["grade_id"], ["current_grade.id"], name=op.f("fk_current_grade_department")
        ),
        sa.PrimaryKeyConstraint("grade_id", "department", name=op.f("pk_current_grade_department")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("current_grade_department")
    op.drop_table("current_grade")
