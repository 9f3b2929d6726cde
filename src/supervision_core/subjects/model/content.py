"""What is said of a subject, in four parts, and how one source is laid over another."""

from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from attrs import evolve, field, fields, frozen
from cattrs.gen import make_dict_unstructure_fn

from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import converter


class SubjectKind(StrEnum):
    """对象种类 (SubjectKind): the seven kinds of subjects. Source: proposal 625-660."""

    AUTHORITY = "authority"
    ASSOCIATION = "association"
    PUBLIC_INSTITUTION = "public_institution"
    ENTERPRISE = "enterprise"
    SOLE_TRADER = "sole_trader"
    PERSON = "person"
    THING = "thing"


class SubjectStatus(StrEnum):
    """登记状态 (SubjectStatus): whether the subject is there to be supervised.

    ACTIVE 存续, SUSPENDED 停业歇业, REVOKED 吊销, ANNULLED 撤销, MOVED_OUT 迁出,
    DEREGISTERED 注销, which nothing follows. Source: proposal 625-660; facts of 双随机 results.
    """

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    MOVED_OUT = "moved_out"
    DEREGISTERED = "deregistered"


STATUS_TITLES: Final = MappingProxyType(
    {
        "active": "存续",
        "suspended": "停业",
        "revoked": "吊销",
        "annulled": "撤销",
        "moved_out": "迁出",
        "deregistered": "注销",
    }
)


def masked_name(name: str) -> str:
    """姓名脱敏 (masked_name): give the family name of a natural person only."""
    return name[:1] + "*" * max(1, len(name) - 1)


class IdentityKind(StrEnum):
    """By which number the subject is known."""

    CREDIT_CODE = "credit_code"
    REGISTRATION_NUMBER = "registration_number"
    IDENTITY_CARD = "identity_card"
    OWN_NUMBER = "own_number"


@frozen(kw_only=True)
class Identity:
    """主体身份代码 (Identity): the one number by which a subject is told from all others.

    An identity card number is personal: adapters keep it as they keep ``PersonalData``, and it is
    never printed. Source: proposal 6.4.2.2.1.1.2 (1).
    """

    kind: IdentityKind = field(
        metadata=said(
            "身份代码类型",
            codes={
                "credit_code": "统一社会信用代码",
                "registration_number": "注册号",
                "identity_card": "身份证号",
                "own_number": "自编号",
            },
            example="credit_code",
        )
    )
    code: str = field(repr=False, metadata=said("身份代码", example="91450100MA5K000017"))

    @property
    def shown(self) -> str:
        """The code as lists show it: nothing of an identity card number."""
        return "" if self.kind is IdentityKind.IDENTITY_CARD else self.code


@frozen(kw_only=True)
class PersonalData:
    """个人信息 (PersonalData): what belongs to natural persons; kept enciphered, never printed.

    ``principal`` is the legal representative, head, operator or, of a natural person, the person
    himself. Source: 个人信息保护法 第28条, 第51条; proposal 625-660, 6.4.2.2.1.1.2 (2), (3).
    """

    principal: str = field(default="", repr=False, metadata=said("法定代表人、负责人或经营者"))
    contact_name: str = field(default="", repr=False, metadata=said("联系人"))
    contact_identity_card: str = field(default="", repr=False, metadata=said("联系人证件号码"))
    contact_phone: str = field(default="", repr=False, metadata=said("联系电话"))
    operator_phone: str = field(default="", repr=False, metadata=said("经营者电话"))
    sex: str = field(default="", repr=False, metadata=said("性别"))
    ethnicity: str = field(default="", repr=False, metadata=said("民族"))
    born_on: date | None = field(default=None, repr=False, metadata=said("出生日期"))
    household_address: str = field(default="", repr=False, metadata=said("户籍地址"))
    political_status: str = field(default="", repr=False, metadata=said("政治面貌"))
    unemployed: bool | None = field(default=None, repr=False, metadata=said("是否失业"))
    holders: tuple[str, ...] = field(
        default=(),
        repr=False,
        metadata=said("自然人股东，每项为姓名和出资比例", example=["张某 40%"]),
    )


@frozen(kw_only=True)
class BasicData:
    """基本信息 (BasicData): what the register says. ``registered_capital`` is in yuan.

    ``industry`` is a GB/T 4754-2017 code, empty when unknown. ``term_from`` to ``term_to`` is the
    term of business; a missing end means without limit. Source: proposal 6.4.2.2.1.1.2 (1).
    """

    registration_number: str = field(default="", metadata=said("注册号"))
    entity_type: str = field(default="", metadata=said("企业类型", example="有限责任公司"))
    industry: str = field(
        default="", metadata=said("行业代码，GB/T 4754-2017，不详的为空", example="1441")
    )
    organisation_form: str = field(default="", metadata=said("组织类别"))
    economic_type: str = field(default="", metadata=said("国民经济类型"))
    brand: str = field(default="", metadata=said("品牌名称"))
    registered_capital: int | None = field(
        default=None, metadata=said("注册资本（元）", example=1000000)
    )
    capital_currency: str = field(default="", metadata=said("注册资本币种", example="人民币"))
    domicile: str = field(default="", metadata=said("住所", example="南宁市青秀区示例路1号"))
    premises: str = field(default="", metadata=said("经营场所"))
    postal_code: str = field(default="", metadata=said("邮政编码", example="530000"))
    term_from: date | None = field(default=None, metadata=said("经营期限自"))
    term_to: date | None = field(default=None, metadata=said("经营期限至，为空则长期"))
    scope: str = field(default="", metadata=said("经营范围", example="乳制品生产、销售"))
    administrative_level: str = field(default="", metadata=said("行政级别"))
    sponsor: str = field(default="", metadata=said("举办单位"))


@frozen(kw_only=True)
class ExtendedData:
    """扩展信息 (ExtendedData): how it came to be and where it is.

    Longitude and latitude are in millionths of a degree (GCS2000). Source: proposal
    6.4.2.2.1.1.2 (2).
    """

    business_scope_type: str = field(default="", metadata=said("业务范围类型"))
    registration_authority: str = field(
        default="", metadata=said("登记机关", example="南宁市市场监督管理局")
    )
    established_on: date | None = field(
        default=None, metadata=said("成立日期", example="2015-06-01")
    )
    approved_on: date | None = field(default=None, metadata=said("核准日期"))
    revoked_on: date | None = field(default=None, metadata=said("吊销日期"))
    revoked_because: str = field(default="", metadata=said("吊销原因"))
    corporate_holders: tuple[str, ...] = field(
        default=(),
        metadata=said("法人股东，每项为名称和出资比例", example=["南宁示例投资有限公司 60%"]),
    )
    branches: tuple[str, ...] = field(
        default=(), metadata=said("分支机构的名称", example=["南宁示例乳业有限公司青秀分公司"])
    )
    longitude: int | None = field(
        default=None, metadata=said("经度，以百万分之一度计（CGCS2000）", example=108366543)
    )
    latitude: int | None = field(
        default=None, metadata=said("纬度，以百万分之一度计（CGCS2000）", example=22817002)
    )


@frozen(kw_only=True)
class BusinessData:
    """经营信息 (BusinessData): how it trades. ``licences`` are names of licences held.

    Risk and credit levels are not kept here: they are results of assessments. Source: proposal
    6.4.2.2.1.1.2 (3).
    """

    nature: str = field(default="", metadata=said("经营性质"))
    trading_address: str = field(default="", metadata=said("经营地址"))
    floor: str = field(default="", metadata=said("楼层"))
    agreement_signed: bool | None = field(default=None, metadata=said("是否签订协议"))
    prepaid_cards: bool | None = field(default=None, metadata=said("是否发放预付卡"))
    licences: tuple[str, ...] = field(default=(), metadata=said("持有的许可证名称"))


for _part in (BasicData, ExtendedData, BusinessData, PersonalData):
    # What is left empty is left out: a subject's plain form is a third as long.
    converter.register_unstructure_hook(
        _part, make_dict_unstructure_fn(_part, converter, _cattrs_omit_if_default=True)
    )


@frozen(kw_only=True)
class SubjectDraft:
    """What a source says of one subject: the content of a registration or correction.

    Empty parts, and a missing ``status``, are left unsaid. What is doubtful in it nobody says: the
    subject judges that itself.
    """

    kind: SubjectKind = field(
        metadata=said(
            "对象种类",
            codes={
                "authority": "机关",
                "association": "社会团体",
                "public_institution": "事业单位",
                "enterprise": "企业",
                "sole_trader": "个体工商户",
                "person": "自然人",
                "thing": "客体",
            },
            example="enterprise",
        )
    )
    name: str = field(metadata=said("监管对象名称", example="南宁示例乳业有限公司"))
    identity: Identity = field(metadata=said("主体身份代码"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    status: SubjectStatus | None = field(
        default=None,
        metadata=said(
            "登记状态，不详的为空",
            codes=STATUS_TITLES,
            example="active",
        ),
    )
    basic: BasicData = field(default=BasicData(), metadata=said("基本信息"))
    extended: ExtendedData = field(default=ExtendedData(), metadata=said("扩展信息"))
    business: BusinessData = field(default=BusinessData(), metadata=said("经营信息"))
    personal: PersonalData = field(default=PersonalData(), metadata=said("个人信息"))


Part = TypeVar("Part", BasicData, ExtendedData, BusinessData, PersonalData)


def _said(value: object) -> bool:
    return value is not None and value not in ("", ())


def _overlay_part(old: Part, new: Part) -> Part:
    if new == old:  # the usual case of a table sent again
        return old
    names = [attribute.name for attribute in fields(type(old))]
    said = {name: value for name in names if _said(value := getattr(new, name))}
    return evolve(old, **said)


def overlay(old: SubjectDraft, new: SubjectDraft) -> SubjectDraft:
    """覆盖更新 (overlay): lay what ``new`` says over ``old``; what it leaves empty stays."""
    return evolve(
        new,
        status=new.status or old.status,
        basic=_overlay_part(old.basic, new.basic),
        extended=_overlay_part(old.extended, new.extended),
        business=_overlay_part(old.business, new.business),
        personal=_overlay_part(old.personal, new.personal),
    )
