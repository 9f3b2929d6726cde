"""What institutions see of themselves; what they and associations propose; what follows."""

from contextlib import suppress
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import SceneRole
from supervision_core.identity.services import Deeds, Work, question, use_case
from supervision_core.identity.services.registers import EntryNamed, cases_of
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers import (
    Entries,
    Entry,
    EntryFilter,
    Field,
    Register,
    RegisterVerb,
    violations_of,
)
from supervision_core.kernel.registers.description import C
from supervision_core.officers.model.proposal import (
    PARTS,
    REGISTERS,
    Proposal,
    ProposalInvalid,
    Proposed,
)
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
_OF: Final = {one.content: one for one in REGISTERS.values()}
_NOT_THEIRS: Final = frozenset({"entrusted"})
"""What the department alone says of whom it keeps."""


def own_entry(work: Work, register: Register[C]) -> Entry[C]:
    """Give the institution or association for which the actor acts. Raises ``NotFound``."""
    scope = work.actor.scope
    party = scope.party if scope.role is SceneRole.THIRD_PARTY else ""
    found = work[Entries].of(register).get(party)
    if found.deleted:
        raise NotFound(register.kind, party)
    work.reach(
        register.kind, found.id, region=found.region,
        departments=frozenset({found.department}), parties=frozenset({found.id}),
    )  # fmt: skip
    return found


def _own(work: Work) -> tuple[Register[Any], Entry[Any]]:
    """Give for whom the actor acts, with the register. Raises ``NotFound``."""
    for register in PARTS:
        with suppress(NotFound):
            return register, own_entry(work, register)
    raise NotFound(INSTITUTIONS.kind, work.actor.scope.party)


def parts_of(work: Work, register: Register[C], whole: str) -> list[Entry[C]]:
    """Give the living parts of an institution or association."""
    name = "" if register.whole is None else register.whole.name
    wanted = EntryFilter(among={name: frozenset({whole})})
    store = work[Entries].of(register)
    pages = every_page(lambda page: store.page(wanted, page))
    return [one for page in pages for one in page.items]


def own_fields(register: Register[Any]) -> tuple[Field, ...]:
    """Give the fields in which whoever proposes has a say: all but references, files, and trust."""
    return tuple(
        one
        for one in register.fields
        if one.to is None and one not in register.attached and one.name not in _NOT_THEIRS
    )


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
    own = own_entry(work, INSTITUTIONS)
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
    """What shall change of one's own institution or association.

    Without ``entry_id`` a part of it shall be added, without ``content`` deleted.
    """

    entry_id: str = field(
        default="",
        metadata=said("要变更的机构或协会、人员、资质的编号，新增的为空", example="0123abcd"),
    )
    content: Proposed | None = field(default=None, metadata=said("变更后的内容，删除的为空"))


@use_case("officers.propose_change", "申请变更机构信息")
def propose_change(work: Work, cmd: ProposeChange) -> str:
    """Ask the department to change what is recorded of one's own institution or association.

    What refers to something else, files, and whether it is entrusted stay as they are.
    """
    whole, own = _own(work)
    register, entry = _aimed_at(work, whole, own, cmd)
    content = None if cmd.content is None else _proposed(register, own, entry, cmd.content)
    refuse_if(ProposalInvalid, () if content is None else violations_of(content))
    made = Proposal.make(
        id=work.ids.next_id(),
        party=own.id,
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
    work: Work, whole: Register[Any], own: Entry[Any], cmd: ProposeChange
) -> tuple[Register[Any], Entry[Any] | None]:
    """Give register and entry of what shall change. Raises ``NotFound``, ``ProposalInvalid``."""
    named = None if cmd.content is None else _OF[type(cmd.content)]
    if named is not None and named not in {whole, *PARTS[whole]}:
        raise ProposalInvalid((Violation("officers.proposal_unfit", "content"),))
    if not cmd.entry_id:
        if named is None or named is whole:
            raise ProposalInvalid((Violation("officers.proposal_empty", "content"),))
        return named, None
    if cmd.entry_id == own.id:
        if named is not whole:
            raise ProposalInvalid((Violation("officers.proposal_unfit", "content"),))
        return whole, own
    for register in PARTS[whole]:
        for one in parts_of(work, register, own.id):
            if one.id == cmd.entry_id and named in {None, register}:
                return register, one
    raise work.foreign(PARTS[whole][0].kind, cmd.entry_id)


def _called(content: Proposed | None) -> str:
    return "" if content is None else content.name


def _proposed(
    register: Register[Any], own: Entry[Any], entry: Entry[Any] | None, content: Proposed
) -> Proposed:
    """Give what an entry shall say, as far as whoever proposes has a say in it."""
    theirs = own_fields(register)
    said: dict[str, Any] = {one.name: getattr(content, one.name) for one in theirs}
    if register.whole is not None:
        said[register.whole.name] = own.id
    made: Proposed = register.content(**said) if entry is None else evolve(entry.content, **said)
    return made


@frozen(kw_only=True)
class AcceptProposal:
    """The proposal to accept."""

    proposal_id: str = field(metadata=said("变更申请的编号", example="0123abcd", to="proposal"))


@use_case("officers.accept_proposal", "同意机构变更申请")
def accept_proposal(work: Work, cmd: AcceptProposal) -> str:
    """Accept what was proposed, and do it by the rules of its register."""
    found = work.reached(Proposals, cmd.proposal_id)
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
    reason: str = field(
        metadata=said("不同意的理由", example="资质证书编号与证书不一致", long=True)
    )


_PROPOSAL: Final = Deeds(Proposals, Proposal)
refuse_proposal = _PROPOSAL.act(
    "officers.refuse_proposal", "不同意机构变更申请", "refuse", RefuseProposal,
    "Refuse what an institution or association proposed; it is told the reason.",
)  # fmt: skip
