"""The subject of supervision and its life."""

from collections.abc import Container, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen, setters

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Scalar, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.registers import Extras
from supervision_core.kernel.registers.elements import ElementSet
from supervision_core.kernel.scan_codes import CodeKind, ScanCode
from supervision_core.subjects.model.category import CategoryMismatch
from supervision_core.subjects.model.content import (
    STATUS_TITLES,
    BasicData,
    BusinessData,
    ExtendedData,
    Identity,
    IdentityKind,
    PersonalData,
    SubjectDraft,
    SubjectKind,
    SubjectStatus,
    masked_name,
    overlay,
)
from supervision_core.subjects.model.doubts import doubts_of
from supervision_core.subjects.model.tagging import Traits

CODE_YEARS: Final = 3
"""How long a firm's code holds: it hangs on a wall, and its firm may be gone by then."""
_BONDS_KEPT: Final = timedelta(days=366)
"""So long former bonds are kept: no draw is staffed that was frozen longer ago."""
_FOLLOWS: Mapping[SubjectStatus, frozenset[SubjectStatus]] = {
    SubjectStatus.ACTIVE: frozenset(SubjectStatus) - {SubjectStatus.ACTIVE},
    SubjectStatus.SUSPENDED: frozenset(SubjectStatus) - {SubjectStatus.SUSPENDED},
    # A revocation may be set aside by review or court; otherwise only the register's end follows.
    SubjectStatus.REVOKED: frozenset({SubjectStatus.ACTIVE, SubjectStatus.DEREGISTERED}),
    SubjectStatus.ANNULLED: frozenset({SubjectStatus.ACTIVE, SubjectStatus.DEREGISTERED}),
    SubjectStatus.MOVED_OUT: frozenset({SubjectStatus.ACTIVE, SubjectStatus.DEREGISTERED}),
    SubjectStatus.DEREGISTERED: frozenset(),
}


@frozen(kw_only=True)
class RegionStay:
    """辖区履历 (RegionStay): the region a subject belonged to until it moved."""

    region: str
    until: datetime


@frozen(kw_only=True)
class Bonds:
    """By what an officer may be bound to a subject: its head, its addresses."""

    principal: str = field(default="", repr=False)
    addresses: frozenset[str] = field(default=frozenset(), repr=False)


@frozen(kw_only=True)
class FormerBonds:
    """The bonds that a subject had until something of them changed."""

    bonds: Bonds
    until: datetime


@define(eq=False)
class SubjectInvalid(Refused):
    """The subject as described cannot be kept."""

    code: ClassVar[str] = "subjects.invalid"


@define(eq=False)
class SubjectCodeRefused(Refused):
    """A subject cannot have a code, or has none to take back."""

    code: ClassVar[str] = "subjects.code_refused"


@define(eq=False)
class SubjectStatusForbidden(Refused):
    """The status asked for cannot follow the present one."""

    code: ClassVar[str] = "subjects.status_forbidden"


@define(eq=False)
class SubjectStatusUnchanged(SubjectStatusForbidden):
    """The status asked for is the present one."""

    code: ClassVar[str] = "subjects.status_already"


@frozen(kw_only=True)
class SubjectRegistered(Event):
    """A subject was registered."""

    subject: str


@frozen(kw_only=True)
class SubjectCorrected(Event):
    """What is known of a subject was corrected."""

    subject: str


@frozen(kw_only=True)
class SubjectMoved(Event):
    """A subject came under another region."""

    subject: str
    region_before: str
    region: str


@frozen(kw_only=True)
class SubjectStatusChanged(Event):
    """A subject's status changed, which may take it out of every pool."""

    subject: str
    before: str
    status: str


@frozen(kw_only=True)
class SubjectDeleted(Event):
    """A subject that should not have been registered was taken off all lists."""

    subject: str


@frozen(kw_only=True)
class SubjectRestored(Event):
    """A deleted subject was registered again."""

    subject: str


@frozen(kw_only=True)
class SubjectFactsRecorded(Event):
    """Checks of a subject, and what became of their findings, were recorded as facts."""

    subject: str


@frozen(kw_only=True)
class IssuedCode:
    """企业码 (IssuedCode): the code that a firm puts up; a newer one, or taking it back, ends it.

    ``text`` is what the picture holds. Source: proposal 3274-3288, 4335-4337.
    """

    text: str
    serial: int
    issued_at: datetime
    until: date
    by: str
    valid: bool = True


# Where a class names a hook, ``__init__`` passes the hooks by: thrice as fast, for imports.
@define(eq=False, kw_only=True, on_setattr=setters.pipe())
class Subject(Aggregate):
    """监管对象 (Subject): whoever or whatever is supervised, of one of seven kinds.

    Codes that fail a check are kept and flagged in ``doubts``. ``tags`` are those put on by hand
    and those earned by rules; classifying again never takes a hand-put tag away. ``departments``
    are those that entered or claimed it; empty means everybody of the region. A deleted one stays
    readable for what names it, and comes back when it is registered again.
    Source: proposal 625-660, 6.4.2.2.1.
    """

    _kind: SubjectKind
    _name: str
    _identity: Identity
    _region: str
    _status: SubjectStatus = SubjectStatus.ACTIVE
    _basic: BasicData = field(factory=BasicData)
    _extended: ExtendedData = field(factory=ExtendedData)
    _business: BusinessData = field(factory=BusinessData)
    _personal: PersonalData = field(factory=PersonalData)
    _doubts: tuple[Violation, ...] = ()
    _departments: frozenset[str] = frozenset()
    _region_history: tuple[RegionStay, ...] = ()
    _chosen_tags: frozenset[str] = frozenset()
    _earned_tags: frozenset[str] = frozenset()
    _deleted: bool = False
    _deleted_because: str = ""
    _category: str | None = None
    _extras: Extras = field(factory=Extras)
    _issued_code: IssuedCode | None = None
    _registered_by: str = ""
    _former_codes: frozenset[str] = frozenset()
    _former_bonds: tuple[FormerBonds, ...] = field(default=(), repr=False)

    @classmethod
    def register(
        cls,
        draft: SubjectDraft,
        *,
        id: str,
        at: datetime,
        departments: frozenset[str] = frozenset(),
        by: str = "",
    ) -> "Subject":
        """Take a new subject into the register, ``by`` a department. Raises ``SubjectInvalid``."""
        subject = cls.from_draft(draft, id=id, at=at, departments=departments, by=by)
        subject._record(SubjectRegistered(at=at, subject=id))  # noqa: SLF001 -- of this class
        return subject

    @classmethod
    def from_draft(
        cls,
        draft: SubjectDraft,
        *,
        id: str,
        at: datetime,
        departments: frozenset[str] = frozenset(),
        by: str = "",
    ) -> "Subject":
        """Build one of a batch: as ``register``, with the event left to the batch."""
        refuse_if(SubjectInvalid, _draft_violations(draft))
        return cls(
            id=id,
            kind=draft.kind,
            name=draft.name,
            identity=draft.identity,
            region=draft.region,
            status=draft.status or SubjectStatus.ACTIVE,
            basic=draft.basic,
            extended=draft.extended,
            business=draft.business,
            personal=draft.personal,
            doubts=tuple(doubts_of(draft, today=local_day(at))),
            departments=departments,
            registered_by=by,
        )

    @property
    def kind(self) -> SubjectKind:
        """Which of the seven kinds."""
        return self._kind

    @property
    def name(self) -> str:
        """Its registered name; a natural person's is personal data."""
        return self._name

    @property
    def shown_name(self) -> str:
        """The name as lists show, order and find it: a natural person's is masked."""
        return masked_name(self._name) if self._kind is SubjectKind.PERSON else self._name

    @property
    def principal(self) -> str:
        """Its legal representative, head or operator; of a natural person, the person."""
        return self._personal.principal or (self._name if self._kind is SubjectKind.PERSON else "")

    @property
    def shown_principal(self) -> str:
        """That name as lists show it: masked."""
        return masked_name(self.principal) if self.principal else ""

    @property
    def parties(self) -> frozenset[str]:
        """What accounts that act for it name it by: its id, and its code unless that is hidden."""
        return frozenset({self.id, self._identity.shown} - {""})

    @property
    def identity(self) -> Identity:
        """The number by which it is known."""
        return self._identity

    @property
    def former_codes(self) -> frozenset[str]:
        """The codes by which it was known before, and by which nobody else is; no card numbers."""
        return self._former_codes

    def code_among(self, codes: Container[str]) -> str:
        """Give the code by which it stands among ``codes``: its own, else a former one of it.

        What was drawn or published names it by the code that it had then. Its own where it does
        not stand there.
        """
        own = self._identity.code
        if own in codes:
            return own
        return next((one for one in sorted(self._former_codes) if one in codes), own)

    @property
    def bonds(self) -> Bonds:
        """By what officers may be bound to it."""
        addresses = {self._basic.domicile, self._basic.premises, self._business.trading_address}
        return Bonds(principal=self._personal.principal, addresses=frozenset(addresses - {""}))

    def bonds_at(self, moment: datetime) -> Bonds:
        """By what officers could be bound to it at a moment of the last year."""
        former = (one.bonds for one in self._former_bonds if one.until > moment)
        return next(former, self.bonds)

    @property
    def reference_code(self) -> str:
        """What tells it from others of its name; its id, in place of a card number."""
        return self._identity.shown or f"#{self.id}"

    @property
    def region(self) -> str:
        """The region code under which it now stands."""
        return self._region

    @property
    def region_history(self) -> tuple[RegionStay, ...]:
        """Where it stood before, oldest first."""
        return self._region_history

    def regions_since(self, moment: datetime) -> frozenset[str]:
        """Give every region in which it stood at a moment or later."""
        left = {one.region for one in self._region_history if one.until > moment}
        return frozenset({self.region, *left})

    @property
    def registered_by(self) -> str:
        """The department that took it into the register; empty where that is not known."""
        return self._registered_by

    @property
    def status(self) -> SubjectStatus:
        """Its registration status."""
        return self._status

    @property
    def basic(self) -> BasicData:
        """基本信息."""
        return self._basic

    @property
    def extended(self) -> ExtendedData:
        """扩展信息."""
        return self._extended

    @property
    def business(self) -> BusinessData:
        """经营信息."""
        return self._business

    @property
    def personal(self) -> PersonalData:
        """个人信息."""
        return self._personal

    @property
    def doubts(self) -> tuple[Violation, ...]:
        """The checks that its data failed."""
        return self._doubts

    @property
    def departments(self) -> frozenset[str]:
        """The departments that entered or claimed it."""
        return self._departments

    @property
    def tags(self) -> frozenset[str]:
        """Ids of all its tags."""
        return self._chosen_tags | self._earned_tags

    @property
    def category(self) -> str | None:
        """Its category's id."""
        return self._category

    @property
    def extras(self) -> Extras:
        """What its category's form asks, filled in."""
        return self._extras

    @property
    def deleted(self) -> bool:
        """Tell whether it was taken off all lists."""
        return self._deleted

    @property
    def supervised(self) -> bool:
        """Tell whether it is there to be inspected: active or suspended."""
        alive = self._status in (SubjectStatus.ACTIVE, SubjectStatus.SUSPENDED)
        return alive and not self._deleted

    @property
    def traits(self) -> Traits:
        """What tag rules look at."""
        return Traits(
            kind=self._kind.value,
            name=self._name,
            industry=self._basic.industry,
            scope=self._basic.scope,
            licences=self._business.licences,
            region=self._region,
        )

    @property
    def draft(self) -> SubjectDraft:
        """Its content, to compare with what a source says."""
        return SubjectDraft(
            kind=self._kind,
            name=self._name,
            identity=self._identity,
            region=self._region,
            status=self._status,
            basic=self._basic,
            extended=self._extended,
            business=self._business,
            personal=self._personal,
        )

    def correct(self, draft: SubjectDraft, *, at: datetime, whole: bool = False) -> bool:
        """Take over what ``draft`` says, keep what it leaves unsaid; tell whether this changes it.

        What is doubtful in it is judged anew.

        Where the draft is ``whole``, what it leaves empty is empty, but for what is personal: that
        and what lists mask stays. A different region is a move.
        Raises ``SubjectInvalid``, also for a different identity (another number is another subject)
        and a different status (its registrar proposes it); then nothing has changed.
        """
        self._require_living()
        before = self.draft
        said = overlay(before, draft)
        if whole:
            said = self._whole(said, draft)
        doubts = tuple(doubts_of(said, today=local_day(at)))
        if (said, doubts) == (before, self._doubts):
            return False
        violations = list(_draft_violations(said))
        if said.identity != self._identity:
            violations.append(Violation("subjects.identity_fixed", "identity"))
        if said.status is not self._status:
            violations.append(Violation("subjects.status_proposed", "status"))
        refuse_if(SubjectInvalid, violations)
        if said.region != self._region:
            self.move(said.region, at=at)
        bonds = self.bonds
        self._kind, self._name, self._doubts = said.kind, said.name, doubts
        self._basic, self._extended = said.basic, said.extended
        self._business, self._personal = said.business, said.personal
        if self.bonds != bonds:
            recent = (one for one in self._former_bonds if at - one.until < _BONDS_KEPT)
            self._former_bonds = (*recent, FormerBonds(bonds=bonds, until=at))
        self._record(SubjectCorrected(at=at, subject=self.id))
        return True

    def _whole(self, said: SubjectDraft, draft: SubjectDraft) -> SubjectDraft:
        """Let a whole draft also empty parts; what it was shown masked of itself stays."""
        basic = draft.basic
        if basic.domicile and not basic.domicile.strip("*"):
            basic = evolve(basic, domicile=self._basic.domicile)
        return evolve(
            said, basic=basic, extended=draft.extended, business=draft.business,
            name=self._name if draft.name == self.shown_name else draft.name,
            identity=draft.identity if draft.identity.code else self._identity,
        )  # fmt: skip

    def renumber(self, identity: Identity) -> None:
        """Let another number tell it from all others, as after 三证合一; its codes end with it.

        That nobody else has the number, nor had it, the caller has made sure of. It may come back
        to one that it had. Raises ``SubjectInvalid``.
        """
        self._require_living()
        if self._kind is SubjectKind.PERSON:
            raise SubjectInvalid((Violation("subjects.identity_fixed", "identity"),))
        self._former_codes |= {self._identity.shown} - {""}
        self._former_codes -= {identity.shown}
        self._identity = identity
        self._doubts = tuple(one for one in self._doubts if not one.at.startswith("identity"))
        if self._issued_code is not None:
            self._issued_code = evolve(self._issued_code, valid=False)

    def require_change(self, status: SubjectStatus | None) -> None:
        """Demand that it can have a status next, or be deleted.

        Raises ``SubjectInvalid`` of a deleted one, and ``SubjectStatusForbidden``.
        """
        self._require_living()
        if status is not None and status not in self.next_statuses:
            data = {"before": STATUS_TITLES[self._status], "status": STATUS_TITLES[status]}
            present = status is self._status
            refusal = SubjectStatusUnchanged if present else SubjectStatusForbidden
            raise refusal((Violation(refusal.code, "status", data),))

    def change_status(self, status: SubjectStatus, *, at: datetime) -> None:
        """Record what the registration authority decided. Raises ``SubjectStatusForbidden``."""
        self.require_change(status)
        before, self._status = self._status, status
        self._record(
            SubjectStatusChanged(at=at, subject=self.id, before=before.value, status=status.value)
        )

    def move(self, region: str, *, at: datetime) -> None:
        """Put it under another region, keeping the former one in its history.

        Raises ``SubjectInvalid`` when it stands there already.
        """
        if region == self._region:
            raise SubjectInvalid((Violation("subjects.region_unchanged", "region"),))
        before, self._region = self._region, region
        self._region_history = (*self._region_history, RegionStay(region=before, until=at))
        self._record(SubjectMoved(at=at, subject=self.id, region_before=before, region=region))

    def delete(self, because: str, *, at: datetime) -> None:
        """Take it off all lists; its records stay. Raises ``SubjectInvalid``."""
        self._require_living()
        if not because.strip():
            raise SubjectInvalid((Violation("subjects.deleted_without_reason", "because"),))
        self._deleted, self._deleted_because = True, because.strip()
        self._record(SubjectDeleted(at=at, subject=self.id))

    def restore(self, draft: SubjectDraft, *, at: datetime) -> None:
        """Put a deleted one back, with what ``draft`` says of it, in the status that it had.

        Raises ``SubjectInvalid``.
        """
        refuse_if(SubjectInvalid, _draft_violations(draft))
        self._deleted, self._deleted_because = False, ""
        self._record(SubjectRestored(at=at, subject=self.id))
        self.correct(draft, at=at)

    def _require_living(self) -> None:
        if self._deleted:
            raise SubjectInvalid((Violation("subjects.deleted"),))

    def tag(self, tags: frozenset[str]) -> None:
        """Put tags on by hand."""
        self._require_living()
        self._chosen_tags |= tags

    def untag(self, tags: frozenset[str]) -> None:
        """Take hand-put tags off; one that a rule earns stays as long as the rule meets it."""
        self._chosen_tags -= tags

    def classify(self, earned: frozenset[str]) -> bool:
        """Set the tags that rules earn it; tell whether that changed anything."""
        changed = earned != self._earned_tags
        self._earned_tags = earned
        return changed

    def categorise(self, category: str, form: ElementSet, values: Mapping[str, Scalar]) -> None:
        """Put it into ``category``, its ``form`` filled in. Raises ``CategoryMismatch``.

        What it said in a field that this category no longer asks may stay as it is.
        """
        self._require_living()
        before = self._extras.values if category == self._category else {}
        refuse_if(CategoryMismatch, form.violations(values, before))
        self._category, self._extras = category, form.taken(values)

    @property
    def issued_code(self) -> IssuedCode | None:
        """The code made last, also where it holds no longer."""
        return self._issued_code

    @property
    def has_code(self) -> bool:
        """Whether a code that was made holds, as long as its term runs."""
        return self._issued_code is not None and self._issued_code.valid

    @property
    def may_have_code(self) -> bool:
        """Whether a code can be made: not of natural persons, nor of what is closed or gone."""
        return not self._deleted and not any(self._code_violations())

    @property
    def next_statuses(self) -> frozenset[SubjectStatus]:
        """What the registration authority may decide of it next."""
        return _FOLLOWS[self._status]

    def next_code(self, *, at: datetime) -> ScanCode:
        """Give what its next code says. Raises ``SubjectCodeRefused``: people have none."""
        self._require_living()
        refuse_if(SubjectCodeRefused, self._code_violations())
        today, before = local_day(at), self._issued_code.serial if self._issued_code else 0
        credit = self._identity.kind is IdentityKind.CREDIT_CODE
        return ScanCode(
            kind=CodeKind.FIRM, id=self.id, number=self._identity.code if credit else "",
            serial=before + 1, issued_on=today, until=_years_on(today, CODE_YEARS),
        )  # fmt: skip

    def _code_violations(self) -> Iterator[Violation]:
        if self._kind is SubjectKind.PERSON:
            yield Violation("subjects.code_of_person")
        elif not self.supervised:
            yield Violation("subjects.code_of_closed")

    def issue_code(self, text: str, code: ScanCode, *, by: str, at: datetime) -> None:
        """Put a code made of ``next_code`` in the place of the one before, which ends."""
        self._issued_code = IssuedCode(
            text=text, serial=code.serial, issued_at=at, until=code.until, by=by
        )

    def void_code(self) -> None:
        """Take its code back, as where a forged one hangs about. Raises ``SubjectCodeRefused``."""
        code = self._issued_code
        if code is None or not code.valid:
            raise SubjectCodeRefused((Violation("subjects.code_missing"),))
        self._issued_code = evolve(code, valid=False)

    def holds(self, code: ScanCode) -> bool:
        """Tell whether a code that was scanned is the one that it now has."""
        own = self._issued_code
        return own is not None and self.has_code and own.serial == code.serial and not self._deleted

    def claim(self, department: str) -> None:
        """Let ``department`` supervise it too."""
        self._departments |= {department}


def _years_on(day: date, years: int) -> date:
    """Give the same day so many years on; of a leap day, the day before."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def _draft_violations(draft: SubjectDraft) -> Iterator[Violation]:
    if not draft.name.strip():
        yield Violation("subjects.name_missing", "name")
    if not draft.identity.code.strip():
        yield Violation("subjects.identity_missing", "identity")
    elif draft.kind is SubjectKind.PERSON and draft.identity.kind is not IdentityKind.IDENTITY_CARD:
        yield Violation("subjects.person_by_other_number", "kind")
    if not draft.region:
        yield Violation("subjects.region_missing", "region")
    basic = draft.basic
    if basic.term_from and basic.term_to and basic.term_from > basic.term_to:
        yield Violation("subjects.term_reversed", "basic.term_to")
