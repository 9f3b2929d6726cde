"""The registry: items, checklists, subjects and their facts, officers, scenes."""

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine.types import Sorted

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "association",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("parent", sa.String(length=36), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_index("ix_category_parent", "category", ["parent"], unique=False)
    op.create_table(
        "check_item",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("matter_code", sa.String(length=64), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_item")),
        sa.UniqueConstraint("region", "code", name=op.f("uq_check_item_region")),
    )
    op.create_index(
        "ix_check_item_matter_code", "check_item", ["matter_code", "state"], unique=False
    )
    op.create_table(
        "checklist",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", Sorted(64), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("trade", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("lead_department", sa.String(length=36), nullable=False),
        sa.Column("joining", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("item_count", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sa.UniqueConstraint("region", "code", name=op.f("uq_checklist_region")),
    )
    op.create_index("ix_checklist_code", "checklist", ["code", "id"], unique=False)
    op.create_index("ix_checklist_trade", "checklist", ["trade", "code", "id"], unique=False)
    op.create_table(
        "document_template",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_template")),
    )
    op.create_index(
        "ix_document_template_owner",
        "document_template",
        ["region", "department", "document"],
        unique=False,
    )
    op.create_table(
        "institution",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
    )
    op.create_table(
        "law",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law")),
    )
    op.create_index("ix_law_title", "law", ["title", "in_force_from"], unique=False)
    op.create_table(
        "officer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", Sorted(100), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=True),
        sa.Column("certificate", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index("ix_officer_department", "officer", ["department", "name", "id"], unique=False)
    op.create_index("ix_officer_name", "officer", ["name", "id"], unique=False)
    op.create_index("ix_officer_phone", "officer", ["phone"], unique=False)
    op.create_index("ix_officer_region", "officer", ["region", "name", "id"], unique=False)
    op.create_table(
        "scene",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", Sorted(64), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("sort", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("lead_department", sa.String(length=36), nullable=False),
        sa.Column("joining", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene")),
        sa.UniqueConstraint("region", "code", name=op.f("uq_scene_region")),
    )
    op.create_index("ix_scene_code", "scene", ["code", "id"], unique=False)
    op.create_table(
        "standard_material",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_material")),
    )
    op.create_table(
        "subject",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", Sorted(200), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("city", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("industry", sa.String(length=10), nullable=True),
        sa.Column("category", sa.String(length=36), nullable=True),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("personal", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("code", name=op.f("uq_subject_code")),
    )
    op.create_index("ix_subject_category", "subject", ["category", "name", "id"], unique=False)
    op.create_index("ix_subject_city", "subject", ["city", "name", "id"], unique=False)
    op.create_index("ix_subject_doubtful", "subject", ["doubtful", "name", "id"], unique=False)
    op.create_index("ix_subject_kind", "subject", ["kind", "name", "id"], unique=False)
    op.create_index("ix_subject_name", "subject", ["name", "id"], unique=False)
    op.create_index("ix_subject_region", "subject", ["region", "name", "id"], unique=False)
    op.create_index("ix_subject_status", "subject", ["status", "name", "id"], unique=False)
    op.create_table(
        "subject_fact",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.String(length=1), nullable=False),
        sa.Column("int_value", sa.BigInteger(), nullable=True),
        sa.Column("code_value", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint(
            "subject_id", "name", "known_on", "source", name=op.f("pk_subject_fact")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("region", "name", name=op.f("uq_tag_region")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("leader", sa.String(length=36), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_table(
        "checklist_department",
        sa.Column("checklist_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_checklist_department")
        ),
        sa.PrimaryKeyConstraint("checklist_id", "department", name=op.f("pk_checklist_department")),
    )
    op.create_table(
        "officer_certificate",
        sa.Column("officer_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_officer_certificate")
        ),
        sa.PrimaryKeyConstraint("officer_id", "code", name=op.f("pk_officer_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_officer_certificate_code")),
    )
    op.create_table(
        "scene_department",
        sa.Column("scene_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["scene_id"], ["scene.id"], name=op.f("fk_scene_department")),
        sa.PrimaryKeyConstraint("scene_id", "department", name=op.f("pk_scene_department")),
    )
    op.create_table(
        "subject_department",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("department", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_department")),
        sa.PrimaryKeyConstraint("subject_id", "department", name=op.f("pk_subject_department")),
    )
    op.create_table(
        "subject_tag",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("tag", sa.String(length=36), nullable=False),
        sa.Column("name", Sorted(200), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_tag")),
        sa.PrimaryKeyConstraint("subject_id", "tag", name=op.f("pk_subject_tag")),
    )
    op.create_index(
        "ix_subject_tag_tag", "subject_tag", ["tag", "name", "subject_id"], unique=False
    )
    op.create_table(
        "team_member",
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("officer_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member")),
        sa.PrimaryKeyConstraint("team_id", "officer_id", name=op.f("pk_team_member")),
    )
    op.create_index("ix_team_member_officer_id", "team_member", ["officer_id"], unique=False)
    counter = sa.table("counter", sa.column("name", sa.String), sa.column("upto", sa.BigInteger))
    op.bulk_insert(counter, [{"name": "subject_fact", "upto": 0}])


def downgrade() -> None:
    """Take the tables away."""
    op.execute("DELETE FROM counter WHERE name = 'subject_fact'")
    op.drop_index("ix_team_member_officer_id", table_name="team_member")
    op.drop_table("team_member")
    op.drop_index("ix_subject_tag_tag", table_name="subject_tag")
    op.drop_table("subject_tag")
    op.drop_table("subject_department")
    op.drop_table("scene_department")
    op.drop_table("officer_certificate")
    op.drop_table("checklist_department")
    op.drop_table("team")
    op.drop_table("tag")
    op.drop_table("subject_fact")
    op.drop_index("ix_subject_status", table_name="subject")
    op.drop_index("ix_subject_region", table_name="subject")
    op.drop_index("ix_subject_name", table_name="subject")
    op.drop_index("ix_subject_kind", table_name="subject")
    op.drop_index("ix_subject_doubtful", table_name="subject")
    op.drop_index("ix_subject_city", table_name="subject")
    op.drop_index("ix_subject_category", table_name="subject")
    op.drop_table("subject")
    op.drop_table("standard_material")
    op.drop_index("ix_scene_code", table_name="scene")
    op.drop_table("scene")
    op.drop_index("ix_officer_region", table_name="officer")
    op.drop_index("ix_officer_phone", table_name="officer")
    op.drop_index("ix_officer_name", table_name="officer")
    op.drop_index("ix_officer_department", table_name="officer")
    op.drop_table("officer")
    op.drop_index("ix_law_title", table_name="law")
    op.drop_table("law")
    op.drop_table("institution")
    op.drop_index("ix_document_template_owner", table_name="document_template")
    op.drop_table("document_template")
    op.drop_index("ix_checklist_trade", table_name="checklist")
    op.drop_index("ix_checklist_code", table_name="checklist")
    op.drop_table("checklist")
    op.drop_index("ix_check_item_matter_code", table_name="check_item")
    op.drop_table("check_item")
    op.drop_index("ix_category_parent", table_name="category")
    op.drop_table("category")
    op.drop_table("association")
