"""What institutions and associations would have changed of themselves; departments decide."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from attrs import define, field, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.plain import converter, tagged_union
from supervision_core.kernel.registers import Register
from supervision_core.kernel.verbs import decided_by_another
from supervision_core.officers.registers import (
    ASSOCIATION_EXTRAS,
    ASSOCIATION_PEOPLE,
    ASSOCIATION_QUALIFICATIONS,
    ASSOCIATIONS,
    INSTITUTION_PEOPLE,
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
    AssociationContent,
    AssociationExtraContent,
    AssociationPersonContent,
    AssociationQualificationContent,
    InstitutionContent,
    InstitutionPersonContent,
    InstitutionQualificationContent,
)

PARTS: Final[Mapping[Register[Any], tuple[Register[Any], ...]]] = {
    INSTITUTIONS: (INSTITUTION_PEOPLE, INSTITUTION_QUALIFICATIONS),
    ASSOCIATIONS: (ASSOCIATION_PEOPLE, ASSOCIATION_QUALIFICATIONS, ASSOCIATION_EXTRAS),
}
"""Who proposes, and the parts of its data that it proposes changes of."""
REGISTERS: Final[Mapping[str, Register[Any]]] = {
    one.name: one for whole, parts in PARTS.items() for one in (whole, *parts)
}
Proposed = (
    InstitutionContent
    | InstitutionPersonContent
    | InstitutionQualificationContent
    | AssociationContent
    | AssociationPersonContent
    | AssociationQualificationContent
    | AssociationExtraContent
)
"""What an entry shall say."""
_PROPOSED: Any = Proposed
tagged_union(_PROPOSED, converter)
converter.register_unstructure_hook(
    Proposed | None,
    lambda value: None if value is None else converter.unstructure(value, _PROPOSED),
)
converter.register_structure_hook(
    Proposed | None,
    lambda plain, _: None if plain is None else converter.structure(plain, _PROPOSED),
)
_LONGEST_REASON: Final = 500


def _whole(register: str) -> Register[Any]:
    """Give the register of whoever proposes a change of an entry in ``register``."""
    found = REGISTERS[register]
    return found.within or found


class ProposalState(StrEnum):
    """申请状态 (ProposalState): whether a proposal waits, or what became of it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@define(eq=False)
class ProposalInvalid(Refused):
    """Nothing can be proposed, or decided, like this."""

    code: ClassVar[str] = "officers.proposal_invalid"


@frozen(kw_only=True)
class ChangeProposed(Event):
    """An institution or association proposed a change of what is recorded of it."""

    proposal: str
    party: str


@frozen(kw_only=True)
class ProposalDecided(Event):
    """A department accepted or refused what an institution or association had proposed."""

    proposal: str
    party: str
    accepted: bool


@define(eq=False, kw_only=True)
class Proposal(Aggregate):
    """机构变更申请 (Proposal): a change of its own data that a party asks for.

    The party is an institution or a trade association.

    ``register`` names what shall change: the institution or association itself, or its parts;
    ``entry`` the one that is changed, in the version ``seen``, empty for a new one; ``label`` is
    its name. Without ``content`` it shall be deleted. ``region`` and ``department`` are those of
    whoever proposes.
    Source: proposal 2651-2658; design §10 (one writer a row).
    """

    _institution: str = ""
    _association: str = ""
    _region: str
    _department: str
    _register: str
    _entry: str = ""
    _seen: int = 0
    _label: str = field(default="", repr=False)
    _content: Proposed | None = field(default=None, repr=False)
    _by: str
    _at: datetime
    _state: ProposalState = ProposalState.WAITING
    _decided_by: str = ""
    _decided_at: datetime | None = None
    _reason: str = ""

    @classmethod
    def make(  # noqa: PLR0913 - one for each part of what is proposed
        cls,
        *,
        id: str,
        party: str,
        region: str,
        department: str,
        register: str,
        entry: str,
        seen: int,
        label: str,
        content: Proposed | None,
        by: str,
        at: datetime,
    ) -> "Proposal":
        """Propose a change."""
        whole = _whole(register)
        made = cls(
            id=id, region=region, department=department,
            register=register, entry=entry, seen=seen, label=label, content=content,
            by=by, at=at, institution=party if whole is INSTITUTIONS else "",
            association=party if whole is ASSOCIATIONS else "",
        )  # fmt: skip
        made._record(ChangeProposed(at=at, proposal=id, party=party))
        return made

    @property
    def institution(self) -> str:
        """The institution that proposed it, empty for an association."""
        return self._institution

    @property
    def association(self) -> str:
        """The association that proposed it, empty for an institution."""
        return self._association

    @property
    def party(self) -> str:
        """Whoever proposed it, and whose data shall change."""
        return self._institution or self._association

    @property
    def region(self) -> str:
        """The region of the department that decides."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The department that decides."""
        return frozenset({self._department} - {""})

    @property
    def register(self) -> str:
        """The register of what shall change."""
        return self._register

    @property
    def entry(self) -> str:
        """The entry that shall change, empty for a new one."""
        return self._entry

    @property
    def label(self) -> str:
        """What it is called that shall change; of a person, their name."""
        return self._label

    @property
    def content(self) -> Proposed | None:
        """What it shall say; without, it shall be deleted."""
        return self._content

    @property
    def by(self) -> str:
        """Who proposed it."""
        return self._by

    @property
    def at(self) -> datetime:
        """When it was proposed."""
        return self._at

    @property
    def state(self) -> ProposalState:
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

    def accept(self, *, version: int, by: str, at: datetime) -> None:
        """Accept it, where the entry is still in the ``version`` that was seen, 0 for a new one.

        Raises ``ProposalInvalid``.
        """
        changed = [Violation("officers.proposal_outdated")] if version != self._seen else []
        refuse_if(ProposalInvalid, [*self._decided(by), *changed])
        self._decide(ProposalState.ACCEPTED, by, at)

    def refuse(self, reason: str, *, by: str, at: datetime) -> None:
        """Refuse it, and say why. Raises ``ProposalInvalid``."""
        violations = [*self._decided(by)]
        if not reason.strip():
            violations.append(Violation("officers.refusal_without_reason", "reason"))
        if len(reason) > _LONGEST_REASON:
            data = {"most": _LONGEST_REASON}
            violations.append(Violation("officers.reason_too_long", "reason", data))
        refuse_if(ProposalInvalid, violations)
        self._reason = reason.strip()
        self._decide(ProposalState.REFUSED, by, at)

    def _decided(self, by: str) -> Iterator[Violation]:
        yield from decided_by_another(by, self._by)
        if self._state is not ProposalState.WAITING:
            yield Violation("officers.proposal_decided")

    def _decide(self, state: ProposalState, by: str, at: datetime) -> None:
        self._state, self._decided_by, self._decided_at = state, by, at
        accepted = state is ProposalState.ACCEPTED
        self._record(ProposalDecided(at=at, proposal=self.id, party=self.party, accepted=accepted))
