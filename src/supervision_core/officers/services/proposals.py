"""What an institution sees of itself and proposes, and what its department makes of it."""

from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import SceneRole
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.registers import EntryNamed, cases_of
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers import (
    Entries,
    Entry,
    EntryFilter,
    Register,
    RegisterVerb,
    violations_of,
)
from supervision_core.officers.model.proposal import Proposal, ProposalInvalid, Proposed
from supervision_core.officers.ports import Proposals
from supervision_core.officers.registers import (
    INSTITUTION_PEOPLE,
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
    InstitutionContent,
    InstitutionPersonContent,
    InstitutionQualificationContent,
)

V = RegisterVerb
REGISTERS: Final[dict[str, Register[Any]]] = {
    one.name: one for one in (INSTITUTIONS, INSTITUTION_PEOPLE, INSTITUTION_QUALIFICATIONS)
}
_OF: Final = {one.content: one for one in REGISTERS.values()}


def _own(work: Work) -> Entry[InstitutionContent]:
    """Give the institution for which the actor acts. Raises ``NotFound``."""
    scope = work.actor.scope
    party = scope.party if scope.role is SceneRole.THIRD_PARTY else ""
    found = work[Entries].of(INSTITUTIONS).get(party)
    if found.deleted:
        raise NotFound(INSTITUTIONS.kind, party)
    return found


def parts_of(work: Work, register: Register[Any], institution: str) -> list[Entry[Any]]:
    """Give the living parts of an institution."""
    wanted = EntryFilter(among={"institution": frozenset({institution})})
    store = work[Entries].of(register)
    pages = every_page(lambda page: store.page(wanted, page))
    return [one for page in pages for one in page.items]


@frozen(kw_only=True)
class ViewOwnInstitution:
    """The institution for which the asker acts."""


@frozen(kw_only=True)
class OwnPerson:
    """A person of one's own institution."""

    id: str = field(metadata=said("人员的编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=1))
    content: InstitutionPersonContent = field(metadata=said("人员信息"))


@frozen(kw_only=True)
class OwnQualification:
    """A qualification of one's own institution."""

    id: str = field(metadata=said("资质的编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=1))
    content: InstitutionQualificationContent = field(metadata=said("资质信息"))


@frozen(kw_only=True)
class OwnInstitution:
    """What is recorded of one's own institution."""

    id: str = field(metadata=said("机构的编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=1))
    content: InstitutionContent = field(metadata=said("机构信息"))
    people: tuple[OwnPerson, ...] = field(metadata=said("机构人员"))
    qualifications: tuple[OwnQualification, ...] = field(metadata=said("机构资质"))


@question("officers.view_own_institution", "查看本机构信息")
def view_own_institution(work: Work, about: ViewOwnInstitution) -> OwnInstitution:
    """Show what is recorded of the institution for which one acts, people in the clear."""
    del about
    own = _own(work)
    people = parts_of(work, INSTITUTION_PEOPLE, own.id)
    qualifications = parts_of(work, INSTITUTION_QUALIFICATIONS, own.id)
    return OwnInstitution(
        id=own.id,
        version=own.version,
        content=own.content,
        people=tuple(
            OwnPerson(id=one.id, version=one.version, content=one.content) for one in people
        ),
        qualifications=tuple(
            OwnQualification(id=one.id, version=one.version, content=one.content)
            for one in qualifications
        ),
    )


@frozen(kw_only=True)
class ProposeChange:
    """What shall change of one's own institution.

    Without ``entry_id`` a person or qualification shall be added, without ``content`` deleted.
    """

    entry_id: str = field(
        default="", metadata=said("要变更的机构、人员或资质的编号，新增的为空", example="0123abcd")
    )
    content: Proposed | None = field(default=None, metadata=said("变更后的内容，删除的为空"))


@use_case("officers.propose_change", "申请变更机构信息")
def propose_change(work: Work, cmd: ProposeChange) -> str:
    """Ask the department to change what is recorded of one's own institution.

    Whether it is entrusted stays as it is, and so does which account a person has.
    """
    own = _own(work)
    register, entry = _aimed_at(work, own, cmd)
    content = None if cmd.content is None else _proposed(own, entry, cmd.content)
    refuse_if(ProposalInvalid, () if content is None else violations_of(content))
    made = Proposal.make(
        id=work.ids.next_id(),
        institution=own.id,
        region=own.region,
        department=own.department,
        register=register.name,
        entry="" if entry is None else entry.id,
        seen=0 if entry is None else entry.version,
        label=_called(content if entry is None else entry.content),
        content=content,
        by=work.actor.user,
        at=work.now,
    )
    work.save(Proposals, made)
    return made.id


def _aimed_at(
    work: Work, own: Entry[InstitutionContent], cmd: ProposeChange
) -> tuple[Register[Any], Entry[Any] | None]:
    """Give register and entry of what shall change. Raises ``NotFound``, ``ProposalInvalid``."""
    named = None if cmd.content is None else _OF[type(cmd.content)]
    if not cmd.entry_id:
        if named is None or named is INSTITUTIONS:
            raise ProposalInvalid((Violation("officers.proposal_empty", "content"),))
        return named, None
    if cmd.entry_id == own.id:
        if named is not INSTITUTIONS:
            raise ProposalInvalid((Violation("officers.proposal_unfit", "content"),))
        return INSTITUTIONS, own
    for register in (INSTITUTION_PEOPLE, INSTITUTION_QUALIFICATIONS):
        for one in parts_of(work, register, own.id):
            if one.id == cmd.entry_id and named in {None, register}:
                return register, one
    raise work.foreign(INSTITUTION_PEOPLE.kind, cmd.entry_id)


def _called(content: Proposed | None) -> str:
    return "" if content is None else content.name


def _proposed(
    own: Entry[InstitutionContent], entry: Entry[Any] | None, content: Proposed
) -> Proposed:
    """Give what an entry shall say, as far as the institution has a say in it."""
    before = None if entry is None else entry.content
    match content:
        case InstitutionContent():
            return evolve(content, entrusted=own.content.entrusted)
        case InstitutionPersonContent():
            user = before.user if isinstance(before, InstitutionPersonContent) else ""
            return evolve(content, institution=own.id, user=user)
        case _:
            return evolve(content, institution=own.id)


@frozen(kw_only=True)
class AcceptProposal:
    """The proposal to accept."""

    proposal_id: str = field(metadata=said("变更申请的编号", example="0123abcd", to="proposal"))


@use_case("officers.accept_proposal", "同意机构变更申请")
def accept_proposal(work: Work, cmd: AcceptProposal) -> str:
    """Accept what an institution proposed, and do it by the rules of its register."""
    found = _proposal(work, cmd.proposal_id)
    register = REGISTERS[found.register]
    version = work[Entries].of(register).get(found.entry).version if found.entry else 0
    found.accept(version=version, by=work.actor.user, at=work.now)
    cases = cases_of(register)
    if found.content is None:
        cases.all[V.DELETE].body(work, EntryNamed(id=found.entry))
    elif found.entry:
        changed = cases.changing(id=found.entry, content=found.content)
        cases.all[V.CHANGE].body(work, changed)
    else:
        cases.all[V.ADD].body(work, cases.adding(content=found.content))
    work.save(Proposals, found)
    return found.id


@frozen(kw_only=True)
class RefuseProposal:
    """The proposal to refuse, and why."""

    proposal_id: str = field(metadata=said("变更申请的编号", example="0123abcd", to="proposal"))
    reason: str = field(metadata=said("不同意的理由", example="资质证书编号与证书不一致"))


@use_case("officers.refuse_proposal", "不同意机构变更申请")
def refuse_proposal(work: Work, cmd: RefuseProposal) -> str:
    """Refuse what an institution proposed; it is told the reason."""
    found = _proposal(work, cmd.proposal_id)
    found.refuse(cmd.reason, by=work.actor.user, at=work.now)
    work.save(Proposals, found)
    return found.id


def _proposal(work: Work, id: str) -> Proposal:
    found = work[Proposals].get(id)
    work.reach(Proposals.kind, found.id, region=found.region, departments=found.departments)
    return found
