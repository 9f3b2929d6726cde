"""Fully filled examples of the items context."""

from datetime import date

from supervision_core.items.model import (
    CheckContent,
    CheckItem,
    Cycle,
    DocumentKind,
    DocumentTemplate,
    Importance,
    ItemState,
    Law,
    LawArticle,
    Site,
    StandardMaterial,
    TemplateState,
)

DAIRY_RULES = LawArticle(
    document="乳品质量安全监督管理条例", article="第十八条", version=date(2008, 10, 9)
)


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
    )


def full_check_item(id: str = "item-1") -> CheckItem:
    """Give an enabled item with every field filled."""
    return CheckItem(
        id=id,
        code="RP-001",
        region="450000",
        content=full_check_content(),
        state=ItemState.ENABLED,
        revision=3,
    )


def full_law(id: str = "law-1") -> Law:
    """Give a repealed law with articles."""
    return Law(
        id=id,
        title="乳品质量安全监督管理条例",
        issuer="国务院",
        promulgated_on=date(2008, 10, 9),
        in_force_from=date(2008, 10, 9),
        in_force_until=date(2030, 1, 1),
        articles=(("第十八条", "超过2小时未冷藏的生鲜乳，不得销售。"),),
    )


def full_document_template(id: str = "template-1") -> DocumentTemplate:
    """Give an approved template with every field filled."""
    return DocumentTemplate(
        id=id,
        name="责令改正通知书",
        document=DocumentKind.CORRECTION_ORDER,
        region="450000",
        department="市场监管",
        file="letters/correction_order.docx",
        state=TemplateState.APPROVED,
        order=2,
        note="自治区统一格式",
    )


def full_standard_material(id: str = "material-1") -> StandardMaterial:
    """Give a material with every field filled."""
    return StandardMaterial(
        id=id,
        code="M-001",
        name="生鲜乳收购站管理规范",
        region="450000",
        department="农业农村",
        sort="规范",
        file="materials/m-001.pdf",
        scenes=frozenset({"scene-1"}),
    )
