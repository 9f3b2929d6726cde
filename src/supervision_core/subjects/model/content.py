"""What is said of a subject, in four parts, and how one source is laid over another."""

from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar

from attrs import evolve, field, fields, frozen
from cattrs.gen import make_dict_unstructure_fn

from supervision_core.kernel.errors import Violation
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

    kind: IdentityKind
    code: str = field(repr=False)

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

    principal: str = field(default="", repr=False)
    contact_name: str = field(default="", repr=False)
    contact_identity_card: str = field(default="", repr=False)
    contact_phone: str = field(default="", repr=False)
    operator_phone: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    ethnicity: str = field(default="", repr=False)
    born_on: date | None = field(default=None, repr=False)
    household_address: str = field(default="", repr=False)
    political_status: str = field(default="", repr=False)
    unemployed: bool | None = field(default=None, repr=False)


@frozen(kw_only=True)
class BasicData:
    """基本信息 (BasicData): what the register says. ``registered_capital`` is in yuan.

    ``industry`` is a GB/T 4754-2017 code, empty when unknown. ``term_from`` to ``term_to`` is the
    term of business; a missing end means without limit. Source: proposal 6.4.2.2.1.1.2 (1).
    """

    registration_number: str = ""
    entity_type: str = ""
    industry: str = ""
    organisation_form: str = ""
    economic_type: str = ""
    brand: str = ""
    registered_capital: int | None = None
    capital_currency: str = ""
    domicile: str = ""
    premises: str = ""
    postal_code: str = ""
    term_from: date | None = None
    term_to: date | None = None
    scope: str = ""
    administrative_level: str = ""
    sponsor: str = ""


@frozen(kw_only=True)
class ExtendedData:
    """扩展信息 (ExtendedData): how it came to be and where it is.

    Longitude and latitude are in millionths of a degree (GCS2000). Source: proposal
    6.4.2.2.1.1.2 (2).
    """

    business_scope_type: str = ""
    registration_authority: str = ""
    established_on: date | None = None
    approved_on: date | None = None
    revoked_on: date | None = None
    revoked_because: str = ""
    longitude: int | None = None
    latitude: int | None = None


@frozen(kw_only=True)
class BusinessData:
    """经营信息 (BusinessData): how it trades. ``licences`` are names of licences held.

    Risk and credit levels are not kept here: they are results of assessments. Source: proposal
    6.4.2.2.1.1.2 (3).
    """

    nature: str = ""
    trading_address: str = ""
    floor: str = ""
    agreement_signed: bool | None = None
    prepaid_cards: bool | None = None
    licences: tuple[str, ...] = ()


for _part in (BasicData, ExtendedData, BusinessData, PersonalData):
    # What is left empty is left out: a subject's plain form is a third as long.
    converter.register_unstructure_hook(
        _part, make_dict_unstructure_fn(_part, converter, _cattrs_omit_if_default=True)
    )


@frozen(kw_only=True)
class SubjectDraft:
    """What a source says of one subject: the content of a registration or correction.

    Empty parts, and a missing ``status``, are left unsaid. ``doubts`` are the checks that codes
    and values failed which are kept as given; each names its field by ``at`` (``identity.code``).
    """

    kind: SubjectKind
    name: str
    identity: Identity
    region: str
    status: SubjectStatus | None = None
    basic: BasicData = BasicData()
    extended: ExtendedData = ExtendedData()
    business: BusinessData = BusinessData()
    personal: PersonalData = PersonalData()
    doubts: tuple[Violation, ...] = ()


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
    """覆盖更新 (overlay): lay what ``new`` says over ``old``; what it leaves empty stays.

    Doubts about what ``new`` leaves empty stay too; the others are those of ``new``.
    """
    kept = tuple(
        doubt
        for doubt in old.doubts
        if doubt not in new.doubts and not _said(attrgetter(doubt.at)(new))
    )
    return evolve(
        new,
        status=new.status or old.status,
        basic=_overlay_part(old.basic, new.basic),
        extended=_overlay_part(old.extended, new.extended),
        business=_overlay_part(old.business, new.business),
        personal=_overlay_part(old.personal, new.personal),
        doubts=(*new.doubts, *kept),
    )
