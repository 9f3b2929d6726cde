"""Check items, laws, document templates and materials as lists show them, and what each says."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from attrs import frozen

from supervision_core.identity.model import Placement
from supervision_core.items.model import (
    CYCLES,
    DOCUMENTS,
    EDITABLE,
    IMPORTANCE,
    ITEM_LEVELS,
    LAW_KINDS,
    MATERIAL_KINDS,
    PROVISION,
    SITES,
    CheckItem,
    Cycle,
    DocumentKind,
    DocumentTemplate,
    Importance,
    ItemState,
    Law,
    LawArticle,
    LawState,
    MaterialFile,
    Provision,
    Site,
    StandardMaterial,
    TemplateState,
    TemplateVersion,
    changed_fields,
    citations,
    titles_of,
)
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials
from supervision_core.items.registers import CHECK_CONTENT_ELEMENTS, CHECK_ITEM_ELEMENTS, MATTER
from supervision_core.kernel.listing import (
    Act,
    Counted,
    Criterion,
    ListQuery,
    Match,
    Referred,
    both_ways,
)
from supervision_core.kernel.registers import (
    DEPARTMENT,
    Extras,
    Reading,
    choice,
    choices,
    counted,
    day,
    department,
    departments,
    extras,
    flag,
    integer,
    link,
    links,
    long_text,
    moment,
    region,
    rows,
    text,
    texts,
    value,
    values,
)
from supervision_core.kernel.tones import bad, good, over, waiting

_MENU: Final = "监管事项"
_STATES: Final[Mapping[str, str]] = {
    ItemState.DRAFT: "草稿", ItemState.ENABLED: good("启用"), ItemState.DISABLED: over("停用"),
    ItemState.DELETED: over("已删除"),
}  # fmt: skip
_SOURCES: Final = {"synchronised": "自治区同步", "own": "本级新增"}
_TEMPLATE_STATES: Final[Mapping[str, str]] = {
    TemplateState.DRAFT: "编辑", TemplateState.SUBMITTED: waiting("待审核"),
    TemplateState.RETURNED: bad("退回修改"), TemplateState.APPROVED: good("审核通过"),
    TemplateState.ENABLED: good("启用"), TemplateState.DISABLED: over("停用"),
    TemplateState.DELETED: over("已删除"),
}  # fmt: skip
_LAW_STATES: Final[Mapping[str, str]] = {
    LawState.ENABLED: good("启用"), LawState.DISABLED: over("停用"),
    LawState.DELETED: over("已删除"),
}  # fmt: skip


def _states(*those: str) -> frozenset[str]:
    return frozenset(those)


@frozen(kw_only=True)
class CheckItemRow:
    """One line of a list of check items. Source: proposal 2193-2197."""

    id: str = text("编号", required=True, example="0123abcd", listed=False)
    matter: str = text("检查事项", required=True, example="食品安全管理制度")
    code: str = text("检查事项编码", required=True)
    sub_item: str = text("检查子事项")
    department: str = department("实施单位", required=True)
    tags: tuple[str, ...] = links("监管对象", "tag")
    state: ItemState = choice("事项状态", _STATES, required=True)
    revision: int = integer("版本号", required=True)
    source: str = choice("事项来源", _SOURCES, required=True)
    region: str = region("行政区划", required=True)
    site: Site = choice("检查形式", SITES, required=True, listed=False)
    importance: Importance = choice("重点或一般", IMPORTANCE, required=True, listed=False)
    matter_code: str = link("对应监管事项", MATTER, listed=False)
    materials: tuple[str, ...] = links("标准材料", "standard_material", listed=False)
    content: str = long_text("检查内容")
    basis: tuple[LawArticle, ...] = values("设定依据", LawArticle)
    penalty: LawArticle | None = value("处罚依据", LawArticle)
    extras: Extras = extras("拓展要素")


@frozen(kw_only=True)
class CheckItemBeside:
    """What is asked about check items and not shown."""

    laws: tuple[str, ...] = texts("所引法规")
    provisions: tuple[str, ...] = texts("所引条款")


@frozen(kw_only=True)
class RevisionRow:
    """One revision of a check item, with what changed in it. Source: proposal 5055-5057."""

    number: int = integer("版本号", required=True)
    at: datetime | None = moment("版本时间")
    by: str = link("修订人", "user")
    state: str = choice("版本状态", {"current": "当前", "earlier": "历史"}, required=True)
    changed: tuple[str, ...] = texts("与上一版的差异")


@frozen(kw_only=True)
class CheckItemView:
    """What a check item says."""

    matter: str = text("检查事项名称", required=True)
    code: str = text("检查事项编码", required=True)
    sub_item: str = text("检查子事项名称")
    state: ItemState = choice("事项状态", _STATES, required=True)
    revision: int = integer("版本号", required=True)
    revised_at: datetime | None = moment("版本时间")
    source: str = choice("事项来源", _SOURCES, required=True)
    own_fields: tuple[str, ...] = texts("与同步来源不同的内容")
    region: str = region("行政区划", required=True)
    owner: str = link("归口单位", DEPARTMENT)
    department: str = department("实施单位", required=True)
    joining: tuple[str, ...] = departments("参与部门")
    levels: tuple[str, ...] = choices("实施层级", ITEM_LEVELS)
    tags: tuple[str, ...] = links("监管对象", "tag")
    content: str = long_text("检查内容", required=True)
    method: str = long_text("检查方式方法")
    site: Site = choice("检查形式", SITES, required=True)
    importance: Importance = choice("重点或一般", IMPORTANCE, required=True)
    cycle: Cycle = choice("一次查或日常查", CYCLES, required=True)
    frequency: str = text("检查频度")
    basis: tuple[LawArticle, ...] = values("设定依据", LawArticle, offers=PROVISION)
    penalty: LawArticle | None = value("处罚依据", LawArticle, offers=PROVISION)
    penalty_name: str = text("处罚职权名称")
    penalty_code: str = text("处罚职权编号")
    line: str = link("条线", "identity.business_line")
    matter_code: str = link("对应监管事项", MATTER)
    materials: tuple[str, ...] = links("标准材料", "standard_material")
    extras: Extras = extras("拓展要素")
    wordings: tuple[Provision, ...] = rows("所引条款（引用时的内容）", Provision)
    revisions: tuple[RevisionRow, ...] = rows("版本记录", RevisionRow)


def _source(one: CheckItem) -> str:
    return "own" if one.source is None else "synchronised"


def _row(one: CheckItem) -> CheckItemRow:
    said = one.content
    return CheckItemRow(
        id=one.id, code=one.code, matter=said.matter, sub_item=said.sub_item, region=one.region,
        department=said.department, tags=tuple(sorted(said.tags)), site=said.site,
        importance=said.importance, matter_code=said.matter_code,
        state=one.state, revision=one.revision, source=_source(one), content=said.content,
        basis=said.basis, penalty=said.penalty, extras=said.extras,
    )  # fmt: skip


def _beside(one: CheckItem) -> CheckItemBeside:
    cited = tuple(filter(None, (*one.content.basis, one.content.penalty)))
    return CheckItemBeside(
        laws=tuple(sorted({each.document for each in cited})), provisions=citations(cited)
    )


def _revisions(one: CheckItem) -> tuple[RevisionRow, ...]:
    kept = one.revisions
    before = {later.number: earlier.content for later, earlier in pairwise(kept)}
    return tuple(
        RevisionRow(
            number=each.number, at=each.at, by=each.by,
            state="current" if each.number == one.revision else "earlier",
            changed=titles_of(changed_fields(before[each.number], each.content))
            if each.number in before else (),
        )
        for each in kept
    )  # fmt: skip


def _view(one: CheckItem) -> CheckItemView:
    said, source = one.content, one.source
    cited = (*said.basis, *([said.penalty] if said.penalty else []))
    return CheckItemView(
        matter=said.matter, sub_item=said.sub_item, code=one.code, state=one.state,
        revision=one.revision, revised_at=one.revised_at, source=_source(one),
        own_fields=titles_of(changed_fields(source.content, said)) if source else (),
        region=one.region, owner=said.owner, department=said.department,
        joining=tuple(sorted(said.joining)), levels=said.levels, content=said.content,
        method=said.method, site=said.site, importance=said.importance, cycle=said.cycle,
        frequency=said.frequency, basis=said.basis, penalty=said.penalty,
        penalty_name=said.penalty_name, penalty_code=said.penalty_code, line=said.line,
        matter_code=said.matter_code, tags=tuple(sorted(said.tags)),
        materials=said.materials, extras=said.extras, revisions=_revisions(one),
        wordings=tuple(
            Provision(number=str(each), level="article", text=each.wording)
            for each in cited if each.wording
        ),
    )  # fmt: skip


CHECK_ITEMS: Final = ListQuery(
    name="items.check_item",
    plural="check_items",
    title="检查事项",
    menu=_MENU,
    port=CheckItems,
    referred=Referred("matter", "code"),
    cls=CheckItem,
    row=CheckItemRow,
    row_of=_row,
    beside=CheckItemBeside,
    facts=_beside,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("code"),
    criteria=(
        Criterion("matter", Match.HOLDS),
        Criterion("code", Match.HOLDS),
        Criterion("state"),
        Criterion("department"),
        Criterion("tags"),
        Criterion("source"),
        Criterion("matter_code"),
        Criterion("materials"),
        Criterion("site"),
        Criterion("importance"),
        Criterion("laws", name="law"),
        Criterion("provisions", name="provision"),
        Criterion("region", Match.BEGINS),
    ),
    elements=(CHECK_ITEM_ELEMENTS, CHECK_CONTENT_ELEMENTS),
    listed=lambda one: one.state is not ItemState.DELETED,
    view=CheckItemView,
    viewed=_view,
    adds=("items.add_check_item", "items.compile_check_items"),
    several=("items.enable_check_item", "items.disable_check_item", "items.delete_check_item"),
    acts=(
        Act("revise_check_item", "编辑"),
        Act("enable_check_item", "启用", _states(ItemState.DRAFT, ItemState.DISABLED)),
        Act("disable_check_item", "停用", _states(ItemState.ENABLED)),
        Act("tag_check_item", "关联标签"),
        Act("delete_check_item", "删除", _states(ItemState.DRAFT, ItemState.DISABLED)),
    ),
)


@frozen(kw_only=True)
class LawRow:
    """One line of a list of laws. Source: proposal 2248, 1776."""

    id: str = text("编号", required=True, example="0123abcd", listed=False)
    title: str = text("法规名称", required=True, example="中华人民共和国食品安全法")
    kind: str = choice("类型", LAW_KINDS, required=True)
    issuer: str = text("颁发机关", listed=False)
    promulgated_on: date = day("颁发时间", required=True)
    in_force_from: date = day("实施时间", required=True)
    in_force_until: date | None = day("失效时间", listed=False)
    provision_count: int = integer("条款项数", required=True)
    state: LawState = choice("启用/停用", _LAW_STATES, required=True)
    changed_at: datetime | None = moment("最后维护时间")
    region: str = region("维护区划", required=True)


@frozen(kw_only=True)
class LawView:
    """What a law says, provision by provision."""

    title: str = text("法规名称", required=True)
    kind: str = choice("类型", LAW_KINDS, required=True)
    issuer: str = text("颁发机关")
    promulgated_on: date = day("颁发时间", required=True)
    in_force_from: date = day("实施时间", required=True)
    in_force_until: date | None = day("失效时间")
    state: LawState = choice("启用/停用", _LAW_STATES, required=True)
    changed_at: datetime | None = moment("最后维护时间")
    whole: str = long_text("条款全文")
    provisions: tuple[Provision, ...] = rows("条款项", Provision)


def _law_row(one: Law) -> LawRow:
    said = one.content
    return LawRow(
        id=one.id, title=said.title, kind=said.kind, issuer=said.issuer,
        promulgated_on=said.promulgated_on, in_force_from=said.in_force_from,
        in_force_until=said.in_force_until, provision_count=len(one.provisions),
        state=one.state, changed_at=one.changed_at, region=one.region,
    )  # fmt: skip


def _law_view(one: Law) -> LawView:
    said = one.content
    return LawView(
        title=said.title, kind=said.kind, issuer=said.issuer, promulgated_on=said.promulgated_on,
        in_force_from=said.in_force_from, in_force_until=said.in_force_until, state=one.state,
        changed_at=one.changed_at, whole=said.whole, provisions=one.provisions,
    )  # fmt: skip


LAWS: Final = ListQuery(
    name="items.law",
    plural="laws",
    title="法律法规",
    menu=_MENU,
    port=Laws,
    referred=Referred("title"),
    cls=Law,
    row=LawRow,
    row_of=_law_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    read=Reading.EVERYONE,
    orders=both_ways("title"),
    criteria=(
        Criterion("title", Match.HOLDS),
        Criterion("kind"),
        Criterion("state"),
        Criterion("issuer", Match.HOLDS),
        Criterion("promulgated_on", Match.BETWEEN),
        Criterion("in_force_from", Match.BETWEEN),
    ),
    listed=lambda one: one.state is not LawState.DELETED,
    view=LawView,
    viewed=_law_view,
    fits={"items.take_law_provision": lambda one: bool(one.provisions)},
    adds=("items.add_law",),
    several=("items.enable_law", "items.disable_law", "items.delete_law"),
    acts=(
        Act("change_law", "编辑"),
        Act("enable_law", "启用", _states(LawState.DISABLED)),
        Act("disable_law", "停用", _states(LawState.ENABLED)),
        Act("delete_law", "删除", _states(LawState.DISABLED)),
    ),
)


@frozen(kw_only=True)
class DocumentTemplateRow:
    """One line of a list of document templates. Source: proposal 2256."""

    id: str = text("编号", required=True, example="0123abcd", listed=False)
    name: str = text("文书名称", required=True)
    document: DocumentKind = choice("文书类型", DOCUMENTS, required=True)
    department: str = department("所属部门")
    enabled: bool = flag("启用状态")
    state: TemplateState = choice("审核状态", _TEMPLATE_STATES, required=True)
    order: int | None = integer("排序号")
    path: str = text("文书生成路径", listed=False)
    changed_at: datetime | None = moment("最后维护时间")
    region: str = region("行政区划", required=True)


@frozen(kw_only=True)
class DocumentTemplateView:
    """What a document template says."""

    name: str = text("文书名称", required=True)
    document: DocumentKind = choice("文书类型", DOCUMENTS, required=True)
    department: str = department("所属部门")
    path: str = text("文书生成路径")
    note: str = long_text("文书说明")
    order: int | None = integer("排序号")
    enabled: bool = flag("是否启用")
    state: TemplateState = choice("审核状态", _TEMPLATE_STATES, required=True)
    opinion: str = text("退回意见")
    used: int | None = integer("使用中的版本")
    region: str = region("行政区划", required=True)
    changed_at: datetime | None = moment("最后维护时间")
    versions: tuple[TemplateVersion, ...] = rows("文书模板", TemplateVersion)


def _template_row(one: DocumentTemplate) -> DocumentTemplateRow:
    said = one.content
    return DocumentTemplateRow(
        id=one.id, name=said.name, document=said.document, region=one.region,
        department=said.department, enabled=one.state is TemplateState.ENABLED, state=one.state,
        order=said.order, path=said.path, changed_at=one.changed_at,
    )  # fmt: skip


def _template_view(one: DocumentTemplate) -> DocumentTemplateView:
    said, used = one.content, one.used
    return DocumentTemplateView(
        name=said.name, document=said.document, department=said.department, path=said.path,
        note=said.note, order=said.order, enabled=one.state is TemplateState.ENABLED,
        state=one.state, opinion=one.opinion, used=used.number if used else None,
        region=one.region, changed_at=one.changed_at, versions=one.versions,
    )  # fmt: skip


DOCUMENT_TEMPLATES: Final = ListQuery(
    name="items.document_template",
    plural="document_templates",
    title="部门文书",
    menu=_MENU,
    port=DocumentTemplates,
    cls=DocumentTemplate,
    row=DocumentTemplateRow,
    row_of=_template_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("name"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("document"),
        Criterion("state"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    listed=lambda one: one.state is not TemplateState.DELETED,
    view=DocumentTemplateView,
    viewed=_template_view,
    adds=("items.add_document_template",),
    several=("items.delete_document_template",),
    acts=(
        Act("change_document_template", "修改", frozenset(TemplateState) - {
            TemplateState.SUBMITTED, TemplateState.DELETED}),
        Act("replace_template_file", "更换模板", frozenset(TemplateState) - {
            TemplateState.SUBMITTED, TemplateState.DELETED}),
        Act("submit_document_template", "提交审核", frozenset(EDITABLE)),
        Act("approve_document_template", "审核通过", _states(TemplateState.SUBMITTED)),
        Act("send_back_document_template", "退回", _states(TemplateState.SUBMITTED)),
        Act("enable_document_template", "发布", _states(
            TemplateState.APPROVED, TemplateState.DISABLED)),
        Act("disable_document_template", "停用", _states(TemplateState.ENABLED)),
        Act("delete_document_template", "删除", frozenset(TemplateState) - {
            TemplateState.ENABLED, TemplateState.DELETED}),
    ),
)  # fmt: skip


@frozen(kw_only=True)
class StandardMaterialRow:
    """One line of a list of standard materials. Source: proposal 2286."""

    id: str = text("编号", required=True, example="0123abcd", listed=False)
    name: str = text("材料名称", required=True)
    code: str = text("材料编码", required=True)
    department: str = department("所属部门")
    kind: str = choice("材料类型", MATERIAL_KINDS)
    scene_count: int = integer("关联场景数", required=True)
    content_count: int = counted("关联检查内容数")
    file_count: int = integer("文件数", required=True)
    changed_at: datetime | None = moment("最后维护时间")
    region: str = region("行政区划", required=True)


@frozen(kw_only=True)
class StandardMaterialView:
    """What a standard material is and what it is used for."""

    name: str = text("材料名称", required=True)
    code: str = text("材料编码", required=True)
    department: str = department("所属部门")
    kind: str = choice("材料类型", MATERIAL_KINDS)
    source: str = text("文件来源")
    note: str = long_text("说明")
    scenes: tuple[str, ...] = links("关联场景", "scene")
    region: str = region("行政区划", required=True)
    changed_at: datetime | None = moment("最后维护时间")
    files: tuple[MaterialFile, ...] = rows("文件", MaterialFile)


def _material_row(one: StandardMaterial) -> StandardMaterialRow:
    said = one.content
    return StandardMaterialRow(
        id=one.id, code=said.code, name=said.name, region=one.region, department=said.department,
        kind=said.kind, scene_count=len(one.scenes), file_count=len(one.files),
        changed_at=one.changed_at,
    )  # fmt: skip


def _material_view(one: StandardMaterial) -> StandardMaterialView:
    said = one.content
    return StandardMaterialView(
        name=said.name, code=said.code, region=one.region, department=said.department,
        kind=said.kind, source=said.source, note=said.note, scenes=tuple(sorted(one.scenes)),
        changed_at=one.changed_at, files=one.files,
    )  # fmt: skip


STANDARD_MATERIALS: Final = ListQuery(
    name="items.standard_material",
    plural="standard_materials",
    title="标准材料",
    menu=_MENU,
    port=StandardMaterials,
    cls=StandardMaterial,
    row=StandardMaterialRow,
    row_of=_material_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("code"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("code", Match.HOLDS),
        Criterion("kind"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    listed=lambda one: not one.deleted,
    counts=(Counted("content_count", "items.check_item", "materials"),),
    view=StandardMaterialView,
    viewed=_material_view,
    fits={"items.take_material_file": lambda one: bool(one.files)},
    adds=("items.add_standard_material",),
    several=("items.delete_standard_material",),
    acts=(
        Act("change_standard_material", "修改"),
        Act("add_material_files", "上传文件"),
        Act("delete_standard_material", "删除"),
    ),
)
