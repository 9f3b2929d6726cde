"""What a firm would have changed of its own data, for a department to decide."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from attrs import define, evolve, field, fields, frozen, setters

from supervision_core.kernel.codes.credit_code import check_credit_code
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said
from supervision_core.kernel.tones import bad, good, waiting
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, decided_by_another
from supervision_core.subjects.model.content import (
    BasicData,
    ExtendedData,
    Identity,
    IdentityKind,
    PersonalData,
    SubjectDraft,
)
from supervision_core.subjects.model.subject import Subject


class DataChangeState(StrEnum):
    """信息变更状态 (DataChangeState): whether a change waits, or what became of it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@define(eq=False)
class DataChangeRefused(Refused):
    """Nothing can be proposed, or decided, like this."""

    code: ClassVar[str] = "subjects.data_change_refused"


_S = DataChangeState
VERBS = Verbs(
    context="subjects",
    noun="data_change",
    title="企业信息变更申请",
    states={_S.WAITING: waiting("待办理"), _S.ACCEPTED: good("已同意"), _S.REFUSED: bad("不同意")},
    label=lambda one: one.name,
    subject=lambda one: one.subject,
    assignees={Responsible.DEPARTMENTS: None},
    verbs=(
        Verb(name="accept", title="同意信息变更", by=Responsible.DEPARTMENTS, starts=_S.WAITING,
             leads=_S.ACCEPTED, permission="subjects.accept_data_change",
             roles=("clerk", "department_administrator")),
        Verb(name="refuse", title="不同意信息变更", by=Responsible.DEPARTMENTS,
             starts=_S.WAITING, leads=_S.REFUSED, permission="subjects.refuse_data_change",
             roles=("clerk", "department_administrator")),
    ),
)  # fmt: skip
"""What is done by whoever reaches the firm; other states: ``subjects.data_change_is_<state>``."""


@frozen(kw_only=True)
class OwnData:
    """企业填报信息 (OwnData): what a firm says of itself; what stays empty stays as it is.

    ``registered_capital`` is in yuan. Source: proposal 3302.
    """

    principal: str = field(
        default="", repr=False, metadata=said("法定代表人/负责人/投资人", example="张示例")
    )
    registered_capital: int | None = field(
        default=None, metadata=said("注册资本/注册资金/成员出资总额（元）", example=5_000_000)
    )
    established_on: date | None = field(
        default=None, metadata=said("成立日期", example="2016-05-04")
    )
    number: str = field(default="", metadata=said("统一社会信用代码", example="91450100MA5K000017"))
    domicile: str = field(default="", metadata=said("住所", example="南宁市青秀区示例路1号"))
    premises: str = field(default="", metadata=said("经营场所", example="南宁市青秀区示例路2号"))
    contact_name: str = field(default="", repr=False, metadata=said("联系人", example="李示例"))
    contact_phone: str = field(
        default="", repr=False, metadata=said("联系电话", example="19900000000")
    )

    @property
    def filled(self) -> frozenset[str]:
        """The names of what it says."""
        return frozenset(one.name for one in fields(OwnData) if getattr(self, one.name))

    def draft(self, subject: Subject) -> SubjectDraft:
        """Give what it says of a subject, as a draft to correct it by."""
        return SubjectDraft(
            kind=subject.kind, name=subject.name, identity=subject.identity,
            region=subject.region,
            basic=BasicData(
                registered_capital=self.registered_capital, domicile=self.domicile,
                premises=self.premises,
            ),
            extended=ExtendedData(established_on=self.established_on),
            personal=PersonalData(
                principal=self.principal, contact_name=self.contact_name,
                contact_phone=self.contact_phone,
            ),
        )  # fmt: skip

    def identity(self, subject: Subject) -> Identity | None:
        """Give the other number that it says, if it says another."""
        if not self.number or self.number == subject.identity.code:
            return None
        return Identity(kind=IdentityKind.CREDIT_CODE, code=self.number)

    def violations(self) -> Iterator[Violation]:
        """Give what is wrong with what it says."""
        if not self.filled:
            yield Violation("subjects.data_change_empty")
        if self.number:
            yield from (evolve(one, at="number") for one in check_credit_code(self.number))
        if self.registered_capital is not None and self.registered_capital < 0:
            yield Violation("subjects.capital_below_zero", "registered_capital")


@frozen(kw_only=True)
class ProposedData:
    """拟变更的信息 (ProposedData): what a firm says of itself, and the files that prove it."""

    content: OwnData
    proofs: tuple[str, ...]

    def violations(self) -> Iterator[Violation]:
        """Give what is wrong with it, and that it is not proved."""
        yield from self.content.violations()
        if not self.proofs:
            yield Violation("subjects.data_change_unproved", "proofs")


@define(eq=False, kw_only=True)
class DataChange(Aggregate):
    """企业信息变更申请 (DataChange): a change of its own data that a firm asks for, with proof.

    The register stays the source: nothing changes before a department accepts.
    Source: proposal 3298-3302; design §10 (one writer a row).
    """

    verbs: ClassVar[Verbs | None] = VERBS

    subject: str = field(on_setattr=setters.frozen)
    name: str = field(on_setattr=setters.frozen)
    region: str = field(on_setattr=setters.frozen)
    departments: frozenset[str] = field(on_setattr=setters.frozen)
    proposed: ProposedData = field(on_setattr=setters.frozen, repr=False)
    by: str = field(on_setattr=setters.frozen)
    at: datetime = field(on_setattr=setters.frozen)
    _state: DataChangeState = DataChangeState.WAITING
    _decided_by: str = ""
    _decided_at: datetime | None = None
    _reason: str = ""

    @classmethod
    def propose(
        cls, subject: Subject, proposed: ProposedData, *, id: str, by: str, at: datetime
    ) -> "DataChange":
        """Propose a change. Raises ``DataChangeRefused``: what is wrong, or not proved."""
        refuse_if(DataChangeRefused, proposed.violations())
        return cls(
            id=id, subject=subject.id, name=subject.shown_name, region=subject.region,
            departments=subject.departments, proposed=proposed, by=by, at=at,
        )  # fmt: skip

    @property
    def content(self) -> OwnData:
        """What the firm says of itself."""
        return self.proposed.content

    @property
    def proofs(self) -> tuple[str, ...]:
        """The files that prove it."""
        return self.proposed.proofs

    @property
    def state(self) -> DataChangeState:
        """What became of it."""
        return self._state

    @property
    def decided_by(self) -> str:
        """Who decided."""
        return self._decided_by

    @property
    def decided_at(self) -> datetime | None:
        """When it was decided."""
        return self._decided_at

    @property
    def reason(self) -> str:
        """Why it was refused."""
        return self._reason

    def accept(self, *, by: str, at: datetime) -> None:
        """Note that the register now says so. Raises ``DataChangeRefused``."""
        refuse_if(DataChangeRefused, (*self.forbids("accept"), *decided_by_another(by, self.by)))
        self._state, self._decided_by, self._decided_at = _S.ACCEPTED, by, at

    def refuse(self, reason: str, *, by: str, at: datetime) -> None:
        """Refuse it for a reason, which the firm is told. Raises ``DataChangeRefused``."""
        faults = [*self.forbids("refuse"), *decided_by_another(by, self.by)]
        if not reason.strip():
            faults.append(Violation("subjects.data_change_unexplained", "reason"))
        refuse_if(DataChangeRefused, faults)
        self._state, self._decided_by, self._decided_at = _S.REFUSED, by, at
        self._reason = reason.strip()
