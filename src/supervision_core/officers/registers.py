"""What is maintained beside officers: 要素, 第三方机构 and 行业协会, each with its parts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from supervision_core.kernel.masking import covered_name, uncovered
from supervision_core.kernel.registers import (
    OWNER_REGION,
    USUAL,
    Content,
    Reading,
    RegisterVerb,
    Search,
    choice,
    day,
    flag,
    integer,
    link,
    links,
    long_text,
    personal,
    register,
    text,
)
from supervision_core.kernel.registers import files as attached
from supervision_core.kernel.registers.elements import elements

_MENU: Final = "执法力量"
_KEEPERS: Final = ("department_administrator", "task_administrator")
_VERBS: Final = USUAL - {RegisterVerb.SWITCH, RegisterVerb.SWITCH_SEVERAL}
INSTITUTION_SORTS: Final[Mapping[str, str]] = {
    "testing": "检验检测", "appraisal": "评估鉴定", "accounting": "会计审计",
    "legal": "法律服务", "technical": "技术服务", "other": "其他",
}  # fmt: skip

OFFICER_ELEMENTS = elements(
    "officers.element",
    plural="elements",
    title="执法人员要素",
    keepers=("department_administrator",),
)


@frozen(kw_only=True)
class InstitutionContent(Content):
    """第三方机构 (Institution): a body that assists checks by expertise; it may not inspect.

    Source: proposal 883-888, 2651-2658, 5001-5019; 国办发〔2024〕54号 (third parties are barred
    from inspecting).
    """

    name: str = text("第三方机构", required=True, search=Search.FUZZY, max_length=200)
    sort: str = choice("机构类型", INSTITUTION_SORTS, required=True)
    business: str = text("相关业务", max_length=500)
    entrusted: bool = flag("是否委托机构")
    phone: str = personal("联系方式", mask=uncovered, max_length=100)
    head: str = text("机构负责人", listed=False, later=True)
    qualified: int | None = integer("具备专业资质人数", listed=False, later=True)
    address: str = text("地址", max_length=200, listed=False, later=True)
    description: str = long_text("机构描述", later=True)


INSTITUTIONS: Final = register(
    InstitutionContent,
    "officers.institution",
    plural="institutions",
    title="第三方机构",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("name", OWNER_REGION),),
    verbs=_VERBS,
    apart=True,
)


@frozen(kw_only=True)
class InstitutionPersonContent(Content):
    """机构人员 (InstitutionPerson): somebody who works for an institution.

    ``user`` is the account under which they act for it. Source: proposal 3102, 4989.
    """

    institution: str = link("所属机构", INSTITUTIONS.name, required=True)
    name: str = personal("姓名", mask=covered_name, required=True)
    phone: str = personal("联系电话", max_length=40)
    head: bool = flag("是否机构负责人", search=Search.EXACT)
    qualified: bool = flag("是否具备专业资质", search=Search.EXACT)
    user: str = link("登录账号", "user")


INSTITUTION_PEOPLE: Final = register(
    InstitutionPersonContent,
    "officers.institution_person",
    plural="institution_people",
    title="机构人员",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("institution", "name"),),
    verbs=_VERBS,
    apart=True,
    within=INSTITUTIONS,
)


@frozen(kw_only=True)
class InstitutionQualificationContent(Content):
    """机构资质 (InstitutionQualification): what allows an institution to do its work, until when.

    ``valid_to`` counts, a missing one is open. Source: proposal 4989.
    """

    institution: str = link("所属机构", INSTITUTIONS.name, required=True)
    name: str = text("资质名称", required=True, search=Search.FUZZY)
    number: str = text("资质编号", search=Search.EXACT)
    valid_to: date | None = day("有效期至", search=Search.RANGE)
    files: tuple[str, ...] = attached("附件", hint="如资质证书的扫描件")


INSTITUTION_QUALIFICATIONS: Final = register(
    InstitutionQualificationContent,
    "officers.institution_qualification",
    plural="institution_qualifications",
    title="机构资质",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("institution", "name", "number"),),
    verbs=_VERBS,
    apart=True,
    within=INSTITUTIONS,
)


def expired(one: InstitutionQualificationContent, on: date) -> bool:
    """Tell whether a qualification is no longer valid on a day."""
    return one.valid_to is not None and one.valid_to < on


def may_assist(qualifications: Iterable[InstitutionQualificationContent], on: date) -> bool:
    """Tell whether an institution with these qualifications may assist on a day.

    One must be valid, where any is recorded.
    """
    known = tuple(qualifications)
    return not known or any(not expired(one, on) for one in known)


@frozen(kw_only=True)
class AssociationContent(Content):
    """行业协会 (Association): a trade association that joins in co-governance.

    ``trades`` are the 业态 it speaks for. Source: proposal 4510-4516, 4991-4999.
    """

    name: str = text("行业协会名称", required=True, search=Search.FUZZY, max_length=200)
    address: str = text("协会地址", max_length=200)
    website: str = text("官方网站", max_length=200)
    trades: tuple[str, ...] = links("所属业态", "identity.trade")
    description: str = long_text("协会描述")


ASSOCIATIONS: Final = register(
    AssociationContent,
    "officers.association",
    plural="associations",
    title="行业协会",
    menu=_MENU,
    keepers=(*_KEEPERS, "scene_administrator"),
    read=Reading.OWNER_AND_BELOW,
    unique=(("name", OWNER_REGION),),
    verbs=_VERBS,
)


@frozen(kw_only=True)
class AssociationPersonContent(Content):
    """协会人员 (AssociationPerson): somebody who works for a trade association.

    Source: proposal 4989 (行业协会人员表).
    """

    association: str = link("所属协会", ASSOCIATIONS.name, required=True)
    name: str = personal("姓名", mask=covered_name, required=True)
    phone: str = personal("联系电话", max_length=40)
    head: bool = flag("是否协会负责人", search=Search.EXACT)


ASSOCIATION_PEOPLE: Final = register(
    AssociationPersonContent,
    "officers.association_person",
    plural="association_people",
    title="协会人员",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("association", "name"),),
    verbs=_VERBS,
    apart=True,
    within=ASSOCIATIONS,
)


@frozen(kw_only=True)
class AssociationQualificationContent(Content):
    """协会资质 (AssociationQualification): what a trade association was recognised for, until when.

    Source: proposal 4989 (行业协会资质表).
    """

    association: str = link("所属协会", ASSOCIATIONS.name, required=True)
    name: str = text("资质名称", required=True, search=Search.FUZZY)
    number: str = text("资质编号", search=Search.EXACT)
    valid_to: date | None = day("有效期至", search=Search.RANGE)
    files: tuple[str, ...] = attached("附件", hint="如资质证书的扫描件")


ASSOCIATION_QUALIFICATIONS: Final = register(
    AssociationQualificationContent,
    "officers.association_qualification",
    plural="association_qualifications",
    title="协会资质",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("association", "name", "number"),),
    verbs=_VERBS,
    within=ASSOCIATIONS,
)


@frozen(kw_only=True)
class InstitutionExtraContent(Content):
    """机构额外信息 (InstitutionExtra): one thing more to know of an institution.

    Source: proposal 4989 (第三方检验检测专业机构额外信息表).
    """

    institution: str = link("所属机构", INSTITUTIONS.name, required=True)
    name: str = text("信息名称", required=True, search=Search.FUZZY, example="检测能力范围")
    said: str = long_text("信息内容")


INSTITUTION_EXTRAS: Final = register(
    InstitutionExtraContent,
    "officers.institution_extra",
    plural="institution_extras",
    title="机构额外信息",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("institution", "name"),),
    verbs=_VERBS,
    within=INSTITUTIONS,
)


@frozen(kw_only=True)
class AssociationExtraContent(Content):
    """协会额外信息 (AssociationExtra): one thing more to know of a trade association.

    Source: proposal 4989 (行业协会额外信息表).
    """

    association: str = link("所属协会", ASSOCIATIONS.name, required=True)
    name: str = text("信息名称", required=True, search=Search.FUZZY, example="会员单位数量")
    said: str = long_text("信息内容")


ASSOCIATION_EXTRAS: Final = register(
    AssociationExtraContent,
    "officers.association_extra",
    plural="association_extras",
    title="协会额外信息",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("association", "name"),),
    verbs=_VERBS,
    within=ASSOCIATIONS,
)
