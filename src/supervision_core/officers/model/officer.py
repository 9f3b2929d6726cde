"""The officer: what his certificates allow, and from whom he must keep away."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, evolve, field, fields, frozen

from supervision_core.identity.model import region_contains
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Extras


@frozen(kw_only=True)
class Certificate:
    """执法证 (Certificate): what an officer may check, where and until when.

    ``matters`` are 监管领域 or matter codes, ``regions`` subtrees; empty ``matters`` covers every
    matter of the department. ``valid_from`` to ``valid_to`` both count, a missing end is open.
    Source: 行政处罚法 第42条 (具有行政执法资格); 食品生产经营监督检查管理办法 第23条.
    """

    number: str = field(metadata=said("执法证号", example="45010020260001"))
    regions: frozenset[str] = field(metadata=said("执法区域的区划代码，含下级", to="region"))
    matters: frozenset[str] = field(
        default=frozenset(), metadata=said("执法领域，即监管事项的编码，为空则不限")
    )
    valid_from: date | None = field(
        default=None, metadata=said("有效期自，为空则不限", example="2026-01-01")
    )
    valid_to: date | None = field(
        default=None, metadata=said("有效期至，含当日，为空则不限", example="2028-12-31")
    )
    issuer: str = field(default="", metadata=said("发证机关", example="南宁市人民政府"))

    def covers(self, *, matter: str, region: str, day: date) -> bool:
        """Tell whether it allows a check of ``matter`` in ``region`` on ``day``."""
        return (
            (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
            and (not self.matters or not matter or matter in self.matters)
            and any(region_contains(outer, region) for outer in self.regions)
        )


class InterestKind(StrEnum):
    """Why an officer has to withdraw from a subject."""

    KINSHIP = "kinship"
    INVESTMENT = "investment"
    FORMER_EMPLOYMENT = "former_employment"
    OTHER = "other"


@frozen(kw_only=True)
class Interest:
    """利害关系 (Interest): an officer's declared link with a subject, which makes him withdraw.

    ``subject_code`` is the subject's identity code. Source: 行政处罚法 第43条;
    食品生产经营监督检查管理办法 第23条.
    """

    subject_code: str = field(metadata=said("监管对象的主体身份代码", example="91450100MA5K000017"))
    kind: InterestKind = field(
        metadata=said(
            "利害关系类型",
            codes={
                "kinship": "亲属",
                "investment": "投资",
                "former_employment": "曾任职",
                "other": "其他",
            },
            example="kinship",
        )
    )
    declared_on: date = field(metadata=said("申报日期", example="2026-01-31"))
    note: str = field(
        default="", repr=False, metadata=said("说明", hint="类型为其他的必填", long=True)
    )
    entered_by: str = field(
        default="", metadata=said("代为申报的账号，本人申报的为空", internal=True)
    )
    entered_at: datetime | None = field(
        default=None, metadata=said("登记的时间，以前登记的为空", internal=True)
    )


@frozen(kw_only=True)
class ContactData:
    """联系信息 (ContactData): an officer's personal data; kept enciphered, never printed."""

    phone: str = field(default="", repr=False, metadata=said("联系电话"))
    identity_card: str = field(default="", repr=False, metadata=said("身份证号码"))
    sex: str = field(default="", repr=False, metadata=said("性别"))
    address: str = field(default="", repr=False, metadata=said("住址"))
    born_on: date | None = field(default=None, repr=False, metadata=said("出生日期"))
    ethnicity: str = field(default="", repr=False, metadata=said("民族", example="壮族"))
    political_status: str = field(default="", repr=False, metadata=said("政治面貌"))
    education: str = field(default="", repr=False, metadata=said("最高学历"))
    major: str = field(default="", repr=False, metadata=said("学历专业"))

    @property
    def masked_phone(self) -> str:
        """The phone number as lists show it: who knows it recognises it, nobody learns it."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= _WHOLE else ""

    def over(self, other: "ContactData") -> "ContactData":
        """Give what this says, and where it says nothing, what ``other`` says."""
        filled = {one.name: getattr(self, one.name) for one in fields(ContactData)}
        return evolve(other, **{name: value for name, value in filled.items() if value})


_WHOLE: Final = 11
"""Signs of a phone number that is long enough to be masked."""


@frozen(kw_only=True)
class Employment:
    """任职信息 (Employment): what an officer is in the body that employs him.

    Source: proposal 4960-4970.
    """

    body_code: str = field(default="", metadata=said("所属主体编码"))
    rank: str = field(default="", metadata=said("职级", example="一级主任科员"))
    nature: str = field(default="", metadata=said("执法人员性质", example="公务员"))
    supervises: bool = field(default=False, metadata=said("是否监督人员"))
    lawyer: bool = field(default=False, metadata=said("是否具有法律职业资格"))


@frozen(kw_only=True)
class OfficerDraft:
    """What a source says of one officer; ``body`` is the 所属主体 or 受委托组织."""

    name: str = field(metadata=said("姓名", example="王示例"))
    department: str = field(metadata=said("所属部门的编号", example="nanning", to="department"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    certificates: tuple[Certificate, ...] = field(metadata=said("执法证"))
    body: str = field(
        default="", metadata=said("所属主体或受委托组织", example="南宁市市场监管综合行政执法支队")
    )
    contact: ContactData = field(default=ContactData(), metadata=said("联系信息"))
    legal_persons: frozenset[str] = field(default=frozenset(), metadata=said("关联法定代表人"))
    employment: Employment = field(default=Employment(), metadata=said("任职信息"))
    extras: Extras = field(default=Extras(), metadata=said("扩展信息"))


@frozen(kw_only=True)
class Party:
    """The side of a subject that recusal looks at: its codes, legal person's name and addresses.

    ``former`` are the codes that it had: by another number nobody gets rid of an interest.
    """

    code: str
    former: frozenset[str] = frozenset()
    principal: str = field(default="", repr=False)
    addresses: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def links(self) -> frozenset[str]:
        """Every text by which an officer can be linked to it."""
        return (self.addresses | {self.principal}) - {""} | self.codes

    @property
    def codes(self) -> frozenset[str]:
        """The code that it has, and those that it had."""
        return self.former | {self.code}


@frozen(kw_only=True)
class Release:
    """An account that was taken away, and by whom."""

    user: str
    by: str


class OfficerState(StrEnum):
    """Whether an officer may be sent out."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"
    DELETED = "deleted"


@define(eq=False)
class OfficerInvalid(Refused):
    """The officer as described cannot be kept."""

    code: ClassVar[str] = "officers.invalid"


@define(eq=False)
class OfficerLocked(Refused):
    """The officer's state forbids this."""

    code: ClassVar[str] = "officers.locked"


@frozen(kw_only=True)
class OfficerRegistered(Event):
    """An officer was taken into the library."""

    officer: str


@frozen(kw_only=True)
class OfficerTied(Event):
    """An officer was tied to an account, or untied: then ``user`` is empty."""

    officer: str
    user: str


@frozen(kw_only=True)
class OfficerSuspended(Event):
    """An officer may not be sent out any more."""

    officer: str
    state: str


@define(eq=False, kw_only=True)
class Officer(Aggregate):
    """执法人员 (Officer): somebody who may inspect, of one department.

    Known by the numbers of his certificates. ``legal_persons`` are names of legal persons he is
    linked with, an address equal to a subject's makes him withdraw as well. ``user`` is the id of
    the account under which he acts, one to one, empty where there is none. Whoever takes it away
    gives him no other one: two people are needed for somebody else to sign as him. While he stands
    on an open visit it stays his: whoever cannot go is replaced at the visit, where all see it.
    Source: proposal 6.4.2.2.2; 国办发〔2024〕54号 (no one without certificate inspects).
    """

    _name: str
    _department: str
    _region: str
    _certificates: tuple[Certificate, ...]
    _body: str = ""
    _contact: ContactData = field(factory=ContactData)
    _legal_persons: frozenset[str] = frozenset()
    _interests: tuple[Interest, ...] = ()
    _state: OfficerState = OfficerState.ACTIVE
    _user: str = ""
    _released: Release | None = None
    _renumbered: bool = False
    _employment: Employment = field(factory=Employment)
    _extras: Extras = field(factory=Extras)

    @classmethod
    def register(cls, draft: OfficerDraft, *, id: str, at: datetime) -> "Officer":
        """Take a new officer into the library. Raises ``OfficerInvalid``."""
        officer = cls.from_draft(draft, id=id)
        officer._record(OfficerRegistered(at=at, officer=id))  # noqa: SLF001 -- of this class
        return officer

    @classmethod
    def from_draft(cls, draft: OfficerDraft, *, id: str) -> "Officer":
        """Build one of a batch: as ``register``, with the event left to the batch."""
        refuse_if(OfficerInvalid, _draft_violations(draft))
        return cls(
            id=id,
            name=draft.name,
            department=draft.department,
            region=draft.region,
            certificates=draft.certificates,
            body=draft.body,
            contact=draft.contact,
            legal_persons=draft.legal_persons,
            employment=draft.employment,
            extras=draft.extras,
        )

    @property
    def name(self) -> str:
        """His name, shown on every paper."""
        return self._name

    @property
    def department(self) -> str:
        """His department."""
        return self._department

    @property
    def departments(self) -> frozenset[str]:
        """His department, as scopes ask for it."""
        return frozenset({self._department})

    @property
    def region(self) -> str:
        """His department's region."""
        return self._region

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """His certificates."""
        return self._certificates

    @property
    def contact(self) -> ContactData:
        """How to reach him."""
        return self._contact

    @property
    def interests(self) -> tuple[Interest, ...]:
        """What he declared."""
        return self._interests

    @property
    def state(self) -> OfficerState:
        """Whether he may be sent out."""
        return self._state

    @property
    def user(self) -> str:
        """Id of the account under which he acts, empty where there is none."""
        return self._user

    @property
    def tied_by_number(self) -> bool:
        """Whether the account of whoever has his identity card number may be tied by itself.

        Not where that number was changed after an account had been his.
        """
        return not self._renumbered

    @property
    def draft(self) -> OfficerDraft:
        """His content, to compare with what a source says."""
        return OfficerDraft(
            name=self._name,
            department=self._department,
            region=self._region,
            certificates=self._certificates,
            body=self._body,
            contact=self._contact,
            legal_persons=self._legal_persons,
            employment=self._employment,
            extras=self._extras,
        )

    def revise(self, draft: OfficerDraft) -> None:
        """Replace what is known of him; personal data that ``draft`` leaves empty stays.

        Raises ``OfficerInvalid``, and ``OfficerLocked`` once deleted.
        """
        self._refuse_deleted()
        self._take(
            evolve(
                draft,
                contact=draft.contact.over(self._contact),
                legal_persons=draft.legal_persons or self._legal_persons,
            )
        )

    def correct(self, draft: OfficerDraft) -> bool:
        """Take over what ``draft`` says; tell whether that changed anything.

        Certificates it does not name stay, as do contact data and links it leaves empty. Raises
        ``OfficerInvalid``.
        """
        certificates = {one.number: one for one in (*self._certificates, *draft.certificates)}
        said = evolve(
            draft,
            certificates=tuple(certificates.values()),
            body=draft.body or self._body,
            contact=draft.contact.over(self._contact),
            legal_persons=draft.legal_persons or self._legal_persons,
            employment=_filled(draft.employment, self._employment),
            extras=draft.extras.over(self._extras),
        )
        if said == self.draft:
            return False
        self._take(said)
        return True

    def _take(self, said: OfficerDraft) -> None:
        refuse_if(OfficerInvalid, _draft_violations(said))
        if (self._user or self._released) and _card(said) != _card(self.draft):
            self._renumbered = True
        self._name, self._department, self._region = said.name, said.department, said.region
        self._certificates, self._body = said.certificates, said.body
        self._contact, self._legal_persons = said.contact, said.legal_persons
        self._employment, self._extras = said.employment, said.extras

    def may_check(self, *, matter: str, region: str, day: date) -> bool:
        """Tell whether he may be sent out to check ``matter`` in ``region`` on ``day``."""
        return self._state is OfficerState.ACTIVE and any(
            one.covers(matter=matter, region=region, day=day) for one in self._certificates
        )

    def must_withdraw(self, party: Party) -> tuple[Violation, ...]:
        """回避 (must_withdraw): give every reason why he may not inspect ``party``."""
        reasons = []
        if any(interest.subject_code in party.codes for interest in self._interests):
            reasons.append(Violation("officers.interest_declared"))
        if party.principal and party.principal in self._legal_persons | {self._name}:
            reasons.append(Violation("officers.legal_person_linked"))
        if self._contact.address and self._contact.address in party.addresses:
            reasons.append(Violation("officers.address_shared"))
        return tuple(reasons)

    @property
    def links(self) -> frozenset[str]:
        """Every text by which a party can be linked to him."""
        interests = (one.subject_code for one in self._interests)
        return self._legal_persons.union(interests, (self._name, self._contact.address))

    def declare(self, interest: Interest, *, at: datetime | None = None, by: str = "") -> None:
        """Declare a link with a subject; the same one again changes nothing.

        It keeps who entered it, unless that was he himself. One of no named kind says in ``note``
        what it is. Raises ``OfficerInvalid``.
        """
        refuse_if(OfficerInvalid, _interest_violations(interest))
        same = (interest.subject_code, interest.kind)
        if same not in {(one.subject_code, one.kind) for one in self._interests}:
            other = "" if by == self._user else by
            kept = evolve(interest, entered_by=other, entered_at=at)
            self._interests = (*self._interests, kept)

    def interests_of_others(self, *, since: datetime, until: datetime) -> tuple[Interest, ...]:
        """Give the links that another than he entered from ``since`` to ``until``, inclusive."""
        return tuple(
            one
            for one in self._interests
            if one.entered_by and one.entered_at and since <= one.entered_at <= until
        )

    def puts_another(self, user: str) -> bool:
        """Tell whether ``user`` would sign as him in the place of an account taken away before."""
        return self._released is not None and self._released.user != user

    def tie(self, user: str, *, at: datetime, by: str = "", visits: int = 0) -> None:
        """Let him act under an account, which ``by`` gives him; nobody, where numbers agree.

        ``visits`` are the open ones on which he stands: while there are any, no other account takes
        the place of one that was taken away. Raises ``OfficerLocked`` then, and where he acts under
        one, has left, or the same person took another one away.
        """
        self._refuse_gone()
        if self._user:
            raise OfficerLocked((Violation("officers.tied_already"),))
        refuse_if(OfficerLocked, self._against_another(user, by, visits))
        self._user, self._released, self._renumbered = user, None, False
        self._record(OfficerTied(at=at, officer=self.id, user=user))

    def _against_another(self, user: str, by: str, visits: int) -> Iterator[Violation]:
        if not self.puts_another(user):
            return
        if visits:
            yield Violation("officers.tied_anew_on_visits", data={"count": visits})
        if by and self._released is not None and self._released.by == by:
            yield Violation("officers.tied_anew_by_one")

    def untie(self, *, at: datetime, by: str = "", visits: int = 0) -> None:
        """Take the account away. Raises ``OfficerLocked`` where there is none.

        So it does where he stands on open ``visits``.
        """
        if not self._user:
            raise OfficerLocked((Violation("officers.not_tied"),))
        if visits:
            raise OfficerLocked((Violation("officers.untied_on_visits", data={"count": visits}),))
        self._user, self._released = "", Release(user=self._user, by=by)
        self._record(OfficerTied(at=at, officer=self.id, user=""))

    def suspend(self, *, at: datetime) -> None:
        """Send him out no more, for now. Raises ``OfficerLocked`` unless he is active."""
        if self._state is not OfficerState.ACTIVE:
            raise OfficerLocked((Violation("officers.not_active"),))
        self._leave(OfficerState.SUSPENDED, at)

    def resume(self) -> None:
        """Send him out again. Raises ``OfficerLocked`` unless he is suspended."""
        if self._state is not OfficerState.SUSPENDED:
            raise OfficerLocked((Violation("officers.not_suspended"),))
        self._state = OfficerState.ACTIVE

    def leave(self, *, at: datetime) -> None:
        """Record that he left for good. Raises ``OfficerLocked`` when he has left."""
        self._refuse_gone()
        self._leave(OfficerState.LEFT, at)

    def delete(self, *, at: datetime) -> None:
        """Take him off every list, and his account away; his certificates may be registered anew.

        What he did goes on naming him. Raises ``OfficerLocked`` once deleted.
        """
        self._refuse_deleted()
        if self._user:
            self.untie(at=at)
        self._leave(OfficerState.DELETED, at)

    def _refuse_deleted(self) -> None:
        if self._state is OfficerState.DELETED:
            raise OfficerLocked((Violation("officers.deleted"),))

    def _refuse_gone(self) -> None:
        self._refuse_deleted()
        if self._state is OfficerState.LEFT:
            raise OfficerLocked((Violation("officers.has_left"),))

    def _leave(self, state: OfficerState, at: datetime) -> None:
        self._state = state
        self._record(OfficerSuspended(at=at, officer=self.id, state=state.value))


def _card(said: OfficerDraft) -> str:
    return said.contact.identity_card.strip().upper()


def _filled(said: Employment, before: Employment) -> Employment:
    """Give what a source says of employment, what it leaves out as it was."""
    return Employment(
        body_code=said.body_code or before.body_code,
        rank=said.rank or before.rank,
        nature=said.nature or before.nature,
        supervises=said.supervises or before.supervises,
        lawyer=said.lawyer or before.lawyer,
    )


def _interest_violations(interest: Interest) -> Iterator[Violation]:
    if interest.kind is InterestKind.OTHER and not interest.note.strip():
        yield Violation("officers.interest_unexplained", "interest.note")


def _draft_violations(draft: OfficerDraft) -> Iterator[Violation]:
    if not draft.name.strip():
        yield Violation("officers.name_missing", "name")
    if not draft.department.strip():
        yield Violation("officers.department_missing", "department")
    if not draft.region:
        yield Violation("officers.region_missing", "region")
    if not draft.certificates:
        yield Violation("officers.certificate_missing", "certificates")
    for number, one in enumerate(draft.certificates):
        at = f"certificates[{number}]"
        if not one.number.strip():
            yield Violation("officers.certificate_without_number", at)
        if not one.regions:
            yield Violation("officers.certificate_without_region", at)
        if one.valid_from and one.valid_to and one.valid_from > one.valid_to:
            yield Violation("officers.certificate_reversed", at)


def linked(
    officers: Iterable[Officer], parties: Mapping[str, Party]
) -> Iterator[tuple[Officer, str]]:
    """Give each officer with every party, by its key, that shares a text with him.

    He has to withdraw from none of the others: they need not be compared one by one.
    """
    sharing = dict[str, set[str]]()
    for key, party in parties.items():
        for link in party.links:
            sharing.setdefault(link, set()).add(key)
    for officer in officers:
        for key in sorted(set().union(*(sharing.get(link, ()) for link in officer.links))):
            yield officer, key
