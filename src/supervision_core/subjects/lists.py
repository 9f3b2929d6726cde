"""Subjects as lists show them, and what each says when it is opened; what is personal, masked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Placement
from supervision_core.kernel.codes.subject_kinds import SUBJECT_KINDS
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import (
    Act,
    Counted,
    Criterion,
    ListQuery,
    Match,
    Referred,
    Searched,
    act_of,
    both_ways,
)
from supervision_core.kernel.masking import covered
from supervision_core.kernel.registers import (
    INDUSTRY,
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
)
from supervision_core.subjects.model import (
    IdentityKind,
    Subject,
    SubjectKind,
    SubjectStatus,
    Tag,
    TagNature,
    masked_name,
    told_value,
    told_values,
)
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.model.data_change import VERBS as DATA_CHANGE
from supervision_core.subjects.model.data_change import DataChange, DataChangeState
from supervision_core.subjects.model.registration_change import VERBS as REGISTRATION_CHANGE
from supervision_core.subjects.model.registration_change import (
    RegistrationChange,
    RegistrationChangeState,
)
from supervision_core.subjects.ports import DataChanges, RegistrationChanges, Subjects, Tags
from supervision_core.subjects.registers import CATEGORIES, FORM_FIELDS

IDENTITY_KINDS: Final[Mapping[str, str]] = {
    IdentityKind.CREDIT_CODE: "统一社会信用代码", IdentityKind.REGISTRATION_NUMBER: "注册号",
    IdentityKind.IDENTITY_CARD: "身份证号", IdentityKind.OWN_NUMBER: "自编号",
}  # fmt: skip
_REGISTERED_BY: Final = (IdentityKind.CREDIT_CODE, IdentityKind.REGISTRATION_NUMBER)
NATURES: Final[Mapping[str, str]] = {TagNature.SUBJECT: "主体", TagNature.OBJECT: "客体"}


@frozen(kw_only=True)
class SubjectListRow:
    """One line of a list of subjects, its head masked. Source: proposal 6.4.2.2.1.1.1."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("监管对象名称", required=True, example="南宁示例乳业有限公司")
    kind: SubjectKind = choice("监管对象类型", SUBJECT_KINDS, required=True)
    principal: str = text("法定代表人", example="张*")
    code: str = text("统一社会信用代码")
    region: str = region("行政区划", required=True)
    status: SubjectStatus = choice("登记状态", STATUS_TITLES, required=True)
    industry: str = link("行业", INDUSTRY)
    tags: tuple[str, ...] = links("标签", "tag")
    doubtful: bool = flag("存疑")
    extras: Extras = extras("分类表单")


@frozen(kw_only=True)
class SubjectBeside:
    """What subjects are asked for beside what their rows show."""

    category: str = link("监管对象分类", CATEGORIES.name)
    said: tuple[str, ...] = texts("分类表单所填", hint="字段编码=内容")


@frozen(kw_only=True)
class RegionStayView:
    """A region in which a subject was registered before."""

    region: str = region("行政区划", required=True)
    until: str = text("至", required=True)


@frozen(kw_only=True)
class DoubtView:
    """A check that what is kept of a subject has failed."""

    at: str = text("字段", required=True)
    code: str = text("原因", required=True)


@frozen(kw_only=True)
class SubjectView:
    """What the register says of a subject, all that is personal masked.

    Source: proposal 6.4.2.2.1.1.2.
    """

    name: str = text("监管对象名称", required=True)
    kind: SubjectKind = choice("监管对象类型", SUBJECT_KINDS, required=True)
    code: str = text("统一社会信用代码")
    identity_kind: IdentityKind = choice("主体身份证代码类型", IDENTITY_KINDS)
    registration_number: str = text("注册号")
    status: SubjectStatus = choice("登记状态", STATUS_TITLES, required=True)
    region: str = region("行政区划", required=True)
    departments: tuple[str, ...] = departments("监管部门")
    registered_by: str = department("登记部门")
    category: str = link("监管对象分类", CATEGORIES.name)
    tags: tuple[str, ...] = links("标签", "tag")
    entity_type: str = text("企业类型")
    industry: str = link("行业类型", INDUSTRY)
    organisation_form: str = text("组织类别")
    economic_type: str = text("国民经济类型")
    brand: str = text("品牌名称")
    principal: str = text("法定代表人/负责人/投资人")
    registered_capital: int | None = integer("注册资本/注册资金/成员出资额（元）")
    capital_currency: str = text("注册资本币种")
    domicile: str = text("住所")
    premises: str = text("营业场所/经营场所")
    term_from: date | None = day("经营期限/营业期限/合伙期限")
    term_to: date | None = day("经营期限/营业期限/合伙期限至")
    scope: str = long_text("经营范围")
    business_scope_type: str = text("业务范围类型")
    registration_authority: str = text("登记机关")
    established_on: date | None = day("成立日期")
    approved_on: date | None = day("核准日期")
    revoked_on: date | None = day("吊销日期")
    revoked_because: str = long_text("吊销原因")
    contact_name: str = text("联络员姓名")
    contact_identity_card: str = text("联络员身份证号码")
    contact_phone: str = text("联络员手机号码")
    corporate_holders: tuple[str, ...] = texts("法人股东")
    holders: tuple[str, ...] = texts("自然人股东")
    branches: tuple[str, ...] = texts("分支机构")
    longitude: str = text("经营地址经度")
    latitude: str = text("经营地址纬度")
    nature: str = text("监管对象性质")
    operator_phone: str = text("经营者联系人电话")
    agreement_signed: str = text("是否签订协议")
    floor: str = text("楼层")
    trading_address: str = text("经营地址")
    prepaid_cards: str = text("是否发放预付卡")
    licences: tuple[str, ...] = texts("许可证件")
    extras: Extras = extras("分类表单")
    doubts: tuple[DoubtView, ...] = rows("存疑之处", DoubtView)
    region_history: tuple[RegionStayView, ...] = rows("曾在区划", RegionStayView)


BASIC: Final = (
    "name", "kind", "code", "identity_kind", "registration_number", "status", "region",
    "departments", "entity_type", "industry", "organisation_form", "economic_type", "brand",
    "principal", "registered_capital", "capital_currency", "domicile", "premises", "term_from",
    "term_to", "scope",
)  # fmt: skip
EXTENDED: Final = (
    "business_scope_type", "registration_authority", "established_on", "approved_on",
    "revoked_on", "revoked_because", "contact_name", "contact_identity_card", "contact_phone",
    "longitude", "latitude", "corporate_holders", "holders", "branches",
)  # fmt: skip
BUSINESS: Final = (
    "nature", "operator_phone", "agreement_signed", "floor", "trading_address", "prepaid_cards",
    "licences",
)  # fmt: skip
"""The fields of the view by the parts in which the proposal lists them."""


def _row(one: Subject) -> SubjectListRow:
    return SubjectListRow(
        id=one.id, name=one.shown_name, kind=one.kind, principal=one.shown_principal,
        code=one.identity.shown, region=one.region, status=one.status,
        industry=one.basic.industry, tags=tuple(sorted(one.tags)), doubtful=bool(one.doubts),
        extras=one.extras,
    )  # fmt: skip


def _masked(text: str, kept: int = 0) -> str:
    """Hide all but the last characters of what is personal."""
    return "*" * (len(text) - kept) + text[len(text) - kept :] if text else ""


def _degrees(millionths: int | None) -> str:
    return "" if millionths is None else f"{millionths / 1_000_000:.6f}"


def _masked_holder(line: str) -> str:
    name, space, share = line.partition(" ")
    return f"{masked_name(name)}{space}{share}"


def _view(one: Subject) -> SubjectView:
    basic, extended, business, personal = one.basic, one.extended, one.business, one.personal
    return SubjectView(
        name=one.shown_name, kind=one.kind, code=one.identity.shown,
        identity_kind=one.identity.kind, status=one.status, region=one.region,
        departments=tuple(sorted(one.departments)), registered_by=one.registered_by,
        category=one.category or "", tags=tuple(sorted(one.tags)),
        registration_number=basic.registration_number,
        entity_type=basic.entity_type, industry=basic.industry,
        organisation_form=basic.organisation_form, economic_type=basic.economic_type,
        brand=basic.brand, principal=one.shown_principal,
        registered_capital=basic.registered_capital, capital_currency=basic.capital_currency,
        domicile=basic.domicile if one.kind is not SubjectKind.PERSON else _masked(basic.domicile),
        premises=basic.premises, scope=basic.scope, term_from=basic.term_from,
        term_to=basic.term_to, business_scope_type=extended.business_scope_type,
        registration_authority=extended.registration_authority,
        established_on=extended.established_on, approved_on=extended.approved_on,
        revoked_on=extended.revoked_on, revoked_because=extended.revoked_because,
        contact_name=masked_name(personal.contact_name) if personal.contact_name else "",
        contact_identity_card=_masked(personal.contact_identity_card),
        contact_phone=_masked(personal.contact_phone, 4),
        operator_phone=_masked(personal.operator_phone, 4),
        longitude=_degrees(extended.longitude), latitude=_degrees(extended.latitude),
        nature=business.nature, floor=business.floor, trading_address=business.trading_address,
        agreement_signed=told_value(business.agreement_signed),
        prepaid_cards=told_value(business.prepaid_cards), licences=business.licences,
        corporate_holders=extended.corporate_holders,
        holders=tuple(map(_masked_holder, personal.holders)), branches=extended.branches,
        extras=one.extras,
        doubts=tuple(DoubtView(at=each.at, code=each.code) for each in one.doubts),
        region_history=tuple(
            RegionStayView(region=each.region, until=each.until.date().isoformat())
            for each in one.region_history
        ),
    )  # fmt: skip


SUBJECTS: Final = ListQuery(
    name="subjects.subject",
    plural="subjects",
    title="监管对象",
    menu="监管对象",
    port=Subjects,
    referred=Referred("name", "code"),
    across=True,
    cls=Subject,
    row=SubjectListRow,
    row_of=_row,
    placed=lambda one: Placement(
        region=one.region, departments=one.departments, parties=one.parties
    ),
    orders=both_ways("name"),
    criteria=(
        Criterion("name", Match.FRAGMENT),
        Criterion("code"),
        Criterion("kind"),
        Criterion("status"),
        Criterion("tags", Match.AMONG),
        Criterion("category", Match.AMONG),
        Criterion("industry", Match.BEGINS),
        Criterion("said", Match.EVERY),
        Criterion("doubtful"),
        Criterion("region", Match.BEGINS),
    ),
    beside=SubjectBeside,
    listed=lambda one: not one.deleted,
    facts=lambda one: SubjectBeside(
        category=one.category or "", said=told_values(one.extras.values)
    ),
    elements=(FORM_FIELDS,),
    forms=CATEGORIES,
    view=SubjectView,
    viewed=_view,
    fits={
        "subjects.make_code": lambda one: one.may_have_code,
        "subjects.void_code": lambda one: one.has_code,
        "subjects.propose_status": lambda one: bool(one.next_statuses),
    },
    searched=Searched(
        state="status",
        order={SubjectStatus.ACTIVE: 0, SubjectStatus.SUSPENDED: 1},
        without={"kind": SubjectKind.PERSON},
    ),
    several=(
        "subjects.tag",
        "subjects.categorise",
        "grading.grade_subject",
    ),
)


@frozen(kw_only=True)
class TagRow:
    """One line of a list of tags. Source: proposal 6.4.2.2.1.2."""

    id: str = text("编号", required=True, example="0123abcd", listed=False)
    name: str = text("标签名称", required=True)
    nature: TagNature = choice("主客体", NATURES, required=True)
    region: str = region("行政区划", required=True)
    department: str = department("所属部门")
    subjects: int = counted("对象数量")
    rules: int = integer("规则数", required=True)
    order: int = integer("排序号", required=True)
    enabled: bool = flag("启用")


@frozen(kw_only=True)
class TagRuleView:
    """What a subject must be to carry a tag; what is empty does not matter."""

    number: int = integer("序号", required=True)
    kinds: tuple[str, ...] = choices("监管对象类型", SUBJECT_KINDS)
    industries: tuple[str, ...] = texts("行业代码")
    words: tuple[str, ...] = texts("名称或经营范围中的词")
    licences: tuple[str, ...] = texts("许可证件")
    regions: tuple[str, ...] = links("行政区划", "region")


@frozen(kw_only=True)
class TagView:
    """What a tag says."""

    name: str = text("标签名称", required=True)
    nature: TagNature = choice("主客体", NATURES, required=True)
    region: str = region("行政区划", required=True)
    department: str = department("所属部门")
    enabled: bool = flag("启用")
    order: int = integer("排序号", required=True)
    note: str = long_text("说明")
    rules: tuple[TagRuleView, ...] = rows("规则", TagRuleView)


def _of(one: Tag) -> str:
    return next(iter(sorted(one.departments)), "")


TAGS: Final = ListQuery(
    name="subjects.tag",
    plural="tags",
    title="监管对象标签",
    menu="监管对象",
    port=Tags,
    cls=Tag,
    row=TagRow,
    row_of=lambda one: TagRow(
        id=one.id, name=one.name, nature=one.nature, region=one.region, department=_of(one),
        rules=len(one.rules), order=one.order, enabled=one.enabled,
    ),
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: not one.deleted,
    adds=("subjects.create_tag",),
    acts=(
        Act("change_tag", "修改"),
        Act("enable_tag", "启用", where=("enabled", False)),
        Act("disable_tag", "停用", where=("enabled", True)),
        Act("delete_tag", "删除"),
    ),
    several=("subjects.enable_tag", "subjects.disable_tag", "subjects.delete_tag"),
    read=Reading.OWNER_AND_BELOW,
    orders=(*both_ways("order"), *both_ways("name")),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("nature"),
        Criterion("enabled"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    counts=(Counted("subjects", "subjects.subject", "tags"),),
    view=TagView,
    fits={"subjects.remove_tag_rule": lambda one: bool(one.rules)},
    viewed=lambda one: TagView(
        name=one.name, nature=one.nature, region=one.region, department=_of(one),
        enabled=one.enabled, order=one.order, note=one.note,
        rules=tuple(
            TagRuleView(
                number=number, kinds=each.kinds, industries=each.industries, words=each.words,
                licences=each.licences, regions=each.regions,
            )
            for number, each in enumerate(one.rules, start=1)
        ),
    ),
)  # fmt: skip


@frozen(kw_only=True)
class DataChangeRow:
    """One line of a list of what firms would have changed of their data."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    subject: str = link("企业", "subject", required=True)
    state: DataChangeState = choice("状态", DATA_CHANGE.states, required=True)
    proposed_on: date = day("申请日期", required=True)
    region: str = region("行政区划", required=True)
    reason: str = text("不同意的理由")


@frozen(kw_only=True)
class ProofView:
    """A file that proves what a firm says."""

    of: str = text("材料", required=True)
    at: datetime = moment("时间", required=True)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class DataChangeView:
    """What a firm would have changed; phones are covered until it is accepted."""

    name: str = text("企业名称", required=True)
    subject: str = link("企业", "subject", required=True)
    region: str = region("行政区划", required=True)
    departments: tuple[str, ...] = departments("监管部门")
    state: DataChangeState = choice("状态", DATA_CHANGE.states, required=True)
    principal: str = text("法定代表人/负责人/投资人")
    capital: str = text("注册资本/注册资金/成员出资总额")
    established_on: date | None = day("成立日期")
    number: str = text("统一社会信用代码")
    domicile: str = text("住所")
    premises: str = text("经营场所")
    contact_name: str = text("联系人")
    contact_phone: str = text("联系电话")
    proposed_by: str = link("申请人", "user", required=True)
    proposed_at: datetime = moment("申请时间", required=True)
    decided_by: str = link("办理人", "user")
    decided_at: datetime | None = moment("办理时间")
    reason: str = text("不同意的理由")
    proofs: tuple[ProofView, ...] = rows("证明材料", ProofView)


def _data_change_row(one: DataChange) -> DataChangeRow:
    return DataChangeRow(
        id=one.id, subject=one.subject, state=one.state, proposed_on=local_day(one.at),
        region=one.region, reason=one.reason,
    )  # fmt: skip


def _data_change_view(one: DataChange) -> DataChangeView:
    told, yuan = one.content, one.content.registered_capital
    return DataChangeView(
        name=one.name, subject=one.subject, region=one.region,
        departments=tuple(sorted(one.departments)), state=one.state,
        principal=told.principal, capital="" if yuan is None else f"{yuan:,}元",
        established_on=told.established_on, number=told.number, domicile=told.domicile,
        premises=told.premises, contact_name=told.contact_name,
        contact_phone=covered(told.contact_phone), proposed_by=one.by, proposed_at=one.at,
        decided_by=one.decided_by, decided_at=one.decided_at, reason=one.reason,
        proofs=tuple(
            ProofView(of=f"证明材料{number}", at=one.at, file=each)
            for number, each in enumerate(one.proofs, 1)
        ),
    )  # fmt: skip


DATA_CHANGES: Final = ListQuery(
    name="subjects.data_change",
    plural="data_changes",
    title="企业信息变更申请",
    menu="监管对象",
    port=DataChanges,
    cls=DataChange,
    row=DataChangeRow,
    row_of=_data_change_row,
    placed=lambda one: Placement(
        region=one.region, departments=one.departments, parties=frozenset({one.subject})
    ),
    orders=tuple(reversed(both_ways("proposed_on"))),
    criteria=(
        Criterion("subject"),
        Criterion("state"),
        Criterion("region", Match.BEGINS),
        Criterion("proposed_on", Match.BETWEEN),
    ),
    view=DataChangeView,
    viewed=_data_change_view,
)


@frozen(kw_only=True)
class RegistrationChangeRow:
    """One line of a list of proposed statuses and deletions."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    subject: str = link("监管对象", "subject", required=True)
    change: str = text("拟办变更", required=True, example="注销")
    state: RegistrationChangeState = choice("状态", REGISTRATION_CHANGE.states, required=True)
    proposed_on: date = day("申请日期", required=True)
    department: str = department("登记部门", required=True)
    region: str = region("行政区划", required=True)


@frozen(kw_only=True)
class RegistrationChangeView:
    """A proposed status or deletion: why, by which paper, by whom, and who decided."""

    name: str = text("监管对象名称", required=True)
    subject: str = link("监管对象", "subject", required=True)
    region: str = region("行政区划", required=True)
    department: str = department("登记部门", required=True)
    state: RegistrationChangeState = choice("状态", REGISTRATION_CHANGE.states, required=True)
    change: str = text("拟办变更", required=True, example="注销")
    proposed_reason: str = text("理由", required=True)
    proposed_by: str = link("申请人", "user", required=True)
    proposed_at: datetime = moment("申请时间", required=True)
    decided_by: str = link("确认人", "user")
    decided_at: datetime | None = moment("确认时间")
    answer: str = text("不同意的理由")
    papers: tuple[ProofView, ...] = rows("文书", ProofView)


_DELETION: Final = "删除"


def _registration_change(one: RegistrationChange) -> str:
    status = one.proposed.status
    return _DELETION if status is None else STATUS_TITLES[status]


def _registration_change_row(one: RegistrationChange) -> RegistrationChangeRow:
    return RegistrationChangeRow(
        id=one.id, subject=one.subject, change=_registration_change(one), state=one.state,
        proposed_on=local_day(one.at), department=one.department, region=one.region,
    )  # fmt: skip


def _registration_change_view(one: RegistrationChange) -> RegistrationChangeView:
    return RegistrationChangeView(
        name=one.name, subject=one.subject, region=one.region, department=one.department,
        state=one.state, change=_registration_change(one), proposed_reason=one.proposed.reason,
        proposed_by=one.by, proposed_at=one.at, decided_by=one.decided_by,
        decided_at=one.decided_at, answer=one.answer,
        papers=tuple(
            ProofView(of=f"文书{number}", at=one.at, file=each)
            for number, each in enumerate(one.proposed.papers, 1)
        ),
    )  # fmt: skip


REGISTRATION_CHANGES: Final = ListQuery(
    name="subjects.registration_change",
    plural="registration_changes",
    title="登记变更申请",
    menu="监管对象",
    port=RegistrationChanges,
    cls=RegistrationChange,
    row=RegistrationChangeRow,
    row_of=_registration_change_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    orders=tuple(reversed(both_ways("proposed_on"))),
    criteria=(
        Criterion("subject"),
        Criterion("state"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
        Criterion("proposed_on", Match.BETWEEN),
    ),
    view=RegistrationChangeView,
    viewed=_registration_change_view,
    acts=(
        act_of(REGISTRATION_CHANGE, "confirm", "确认"),
        act_of(REGISTRATION_CHANGE, "refuse", "不同意"),
    ),
)


def addressed(name: str, kind: IdentityKind, code: str) -> str:
    """Say whom a paper is for: the name, and by which number it is registered if it is."""
    return f"{name}（{IDENTITY_KINDS[kind]}：{code}）" if code and kind in _REGISTERED_BY else name
