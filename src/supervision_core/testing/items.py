"""Fully filled examples of the items context."""

from datetime import UTC, date, datetime

from attrs import evolve

from supervision_core.items.model import (
    CheckContent,
    CheckItem,
    Cycle,
    DocumentKind,
    DocumentTemplate,
    Importance,
    ItemRevision,
    ItemSource,
    ItemState,
    Law,
    LawArticle,
    LawContent,
    LawState,
    MaterialContent,
    MaterialFile,
    Site,
    StandardMaterial,
    TemplateContent,
    TemplateState,
    TemplateVersion,
)
from supervision_core.kernel.registers import Extras

DAIRY_RULES = LawArticle(
    document="乳品质量安全监督管理条例",
    article="第十八条",
    version=date(2008, 10, 9),
    wording="超过2小时未冷藏的，不得销售。",
)
_AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def full_check_content() -> CheckContent:
    """Give a content with every field filled."""
    return CheckContent(
        matter="生鲜乳收购",
        sub_item="生鲜乳冷藏",
        content="生鲜乳是否在挤奶后两小时内冷藏",
        department="农业农村",
        method="查看温度记录",
        site=Site.ONSITE,
        importance=Importance.KEY,
        cycle=Cycle.ONCE,
        basis=(DAIRY_RULES,),
        penalty=LawArticle(
            document="乳品质量安全监督管理条例", article="第五十五条", version=date(2008, 10, 9)
        ),
        matter_code="45012345678901",
        joining=frozenset({"市场监管"}),
        tags=frozenset({"tag-1"}),
        materials=("material-1",),
        owner="市场监管",
        levels=("city", "county"),
        frequency="每年1次",
        penalty_name="对未按规定冷藏生鲜乳的处罚",
        penalty_code="CF-001",
        line="line-1",
        extras=Extras(number=3, values={"ys0001": "重点区域", "nr0001": 2}),
    )


def unlinked_check_content() -> CheckContent:
    """Give a content that a draft may have where nothing is kept that it could refer to."""
    return evolve(
        full_check_content(), department="", joining=frozenset(), matter_code="",
        tags=frozenset(), materials=(), owner="", line="", extras=Extras(),
    )  # fmt: skip


def full_check_item(id: str = "item-1") -> CheckItem:
    """Give an enabled item with every field filled."""
    content = full_check_content()
    return CheckItem(
        id=id,
        code="RP-001",
        region="450000",
        content=content,
        state=ItemState.ENABLED,
        revision=2,
        revised_at=_AT,
        revised_by="user-1",
        earlier=(ItemRevision(number=1, content=evolve(content, method="询问"), at=_AT, by="u-1"),),
        source=ItemSource(guid="guid-1", content=evolve(content, sub_item="冷藏"), at=_AT),
    )


def full_law(id: str = "law-1") -> Law:
    """Give a law in use that will be repealed, with articles."""
    return Law(
        id=id,
        content=LawContent(
            title="乳品质量安全监督管理条例",
            kind="regulation",
            issuer="国务院",
            promulgated_on=date(2008, 10, 9),
            in_force_from=date(2008, 10, 9),
            in_force_until=date(2030, 1, 1),
            whole="第十八条　超过2小时未冷藏的，不得销售。\n第五十五条　违反规定的，责令改正。",
        ),
        region="450000",
        department="市场监管",
        state=LawState.ENABLED,
        changed_at=_AT,
    )


def full_document_template(id: str = "template-1") -> DocumentTemplate:
    """Give a template in use with every field filled."""
    return DocumentTemplate(
        id=id,
        content=TemplateContent(
            name="责令改正通知书",
            document=DocumentKind.CORRECTION_ORDER,
            department="市场监管",
            path="责令改正/{年度}",
            note="自治区统一格式",
            order=2,
        ),
        region="450000",
        state=TemplateState.ENABLED,
        versions=(
            TemplateVersion(number=1, name="责令改正.docx", at=_AT, by="user-1", file="file-1"),
        ),
        used=1,
        opinion="请写明依据",
        changed_at=_AT,
    )


def full_standard_material(id: str = "material-1") -> StandardMaterial:
    """Give a material with every field filled."""
    return StandardMaterial(
        id=id,
        content=MaterialContent(
            name="生鲜乳收购站管理规范",
            code="M-001",
            department="农业农村",
            kind="document",
            source="农业农村部",
            note="现行有效",
        ),
        region="450000",
        scenes=frozenset({"scene-1"}),
        files=(
            MaterialFile(
                name="规范.pdf", source="农业农村部", size=1024, at=_AT, by="user-1", file="file-2"
            ),
        ),
        changed_at=_AT,
    )
