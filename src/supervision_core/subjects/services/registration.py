"""登记变更: the registrar's people propose a status or a deletion, and another one confirms."""

from attrs import field, frozen

from supervision_core.files.services.attaching import attach
from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import files
from supervision_core.subjects.files import REGISTRATION_PAPERS
from supervision_core.subjects.model import Subject, SubjectStatus
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.model.registration_change import (
    ProposedRegistration,
    RegistrationChange,
    RegistrationChangeRefused,
)
from supervision_core.subjects.ports import RegistrationChanges, Subjects
from supervision_core.subjects.registers import registrar_of
from supervision_core.subjects.services.changed import note_changed, said_of


@frozen(kw_only=True)
class ProposeStatus:
    """A subject, the status its registration authority gave it, and the paper that says so."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    status: SubjectStatus = field(
        metadata=said("登记状态", codes=STATUS_TITLES, example="suspended")
    )
    reason: str = field(metadata=said("变更理由", example="企业申请注销", long=True))
    papers: tuple[str, ...] = files("登记机关的文书", required=True)


@use_case("subjects.propose_status", "申请变更监管对象登记状态", answers="登记变更申请的编号")
def propose_status(work: Work, cmd: ProposeStatus) -> str:
    """Ask for another status; the registrar's people alone, and a second one confirms."""
    return _propose(work, cmd.subject_id, cmd.status, cmd.reason, cmd.papers)


@frozen(kw_only=True)
class ProposeDeletion:
    """A subject that should not be in the register, why not, and the paper that says so."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    reason: str = field(metadata=said("删除原因", example="重复登记", long=True))
    papers: tuple[str, ...] = files("依据的材料", required=True)


@use_case("subjects.propose_deletion", "申请删除监管对象", answers="登记变更申请的编号")
def propose_deletion(work: Work, cmd: ProposeDeletion) -> str:
    """Ask to take a subject off all lists; what names it goes on naming it.

    Who is no longer in business is not deleted: that is a change of status.
    """
    return _propose(work, cmd.subject_id, None, cmd.reason, cmd.papers)


def _propose(
    work: Work, id: str, status: SubjectStatus | None, reason: str, papers: tuple[str, ...]
) -> str:
    subject = work.reached(Subjects, id)
    require_registrar(work, subject)
    made = RegistrationChange.propose(
        subject, ProposedRegistration(status=status, reason=reason, papers=papers),
        id=work.ids.next_id(), department=work.actor.department, by=work.actor.user, at=work.now,
    )  # fmt: skip
    attach(work, REGISTRATION_PAPERS, made.id, papers, at="papers")
    work.save(RegistrationChanges, made)
    return made.id


def require_registrar(work: Work, subject: Subject) -> None:
    """Demand that who acts belongs to the registrar. Raises ``RegistrationChangeRefused``."""
    registrar = registrar_of(work.unit, subject)
    if registrar != work.actor.department:
        code = "subjects.registrar_other" if registrar else "subjects.registrar_unknown"
        raise RegistrationChangeRefused((Violation(code, "subject_id"),))


@frozen(kw_only=True)
class NameRegistrationChange:
    """The change that is decided on."""

    registration_change_id: str = field(
        metadata=said("登记变更申请的编号", example="0123abcd", to="registration_change")
    )


@does(RegistrationChange, "confirm")
def confirm_registration_change(work: Work, cmd: NameRegistrationChange) -> str:
    """Let the subject have the status, or be deleted; not by who proposed it."""
    found = work.reached(RegistrationChanges, cmd.registration_change_id)
    subject = work.reached(Subjects, found.subject)
    before = {subject.id: said_of(subject)}
    found.confirm(subject, by=work.actor.user, at=work.now)
    note_changed(work, before, [subject])
    work.save(Subjects, subject)
    work.save(RegistrationChanges, found)
    return found.id


@frozen(kw_only=True)
class RefuseRegistrationChange:
    """The change to refuse, and why."""

    registration_change_id: str = field(
        metadata=said("登记变更申请的编号", example="0123abcd", to="registration_change")
    )
    reason: str = field(metadata=said("不同意的理由", example="文书与登记信息不符", long=True))


@does(RegistrationChange, "refuse")
def refuse_registration_change(work: Work, cmd: RefuseRegistrationChange) -> str:
    """Leave the subject as it is, for a reason; not by who proposed it."""
    found = work.reached(RegistrationChanges, cmd.registration_change_id)
    found.refuse(cmd.reason, by=work.actor.user, at=work.now)
    work.save(RegistrationChanges, found)
    return found.id
