"""企业信息维护: what a firm proposes of its own data, and what a department makes of it."""

from typing import Final

from attrs import field, frozen

from supervision_core.files.services.attaching import attach
from supervision_core.identity.services import Deeds, Work, does, use_case
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import files
from supervision_core.subjects.files import PROOF
from supervision_core.subjects.model import SubjectInvalid
from supervision_core.subjects.model.data_change import DataChange, OwnData, ProposedData
from supervision_core.subjects.ports import DataChanges, Subjects
from supervision_core.subjects.services import own_subject, require_never_had
from supervision_core.subjects.services.changed import note_changed, said_of


@frozen(kw_only=True)
class ProposeData:
    """What the firm says of itself, and what proves it."""

    content: OwnData = field(metadata=said("变更后的信息，不变的不填"))
    proofs: tuple[str, ...] = files("证明材料", required=True)


@use_case("subjects.propose_data", "申请变更企业信息")
def propose_data(work: Work, cmd: ProposeData) -> str:
    """Ask to have one's own firm's data changed, with proof; until that is accepted it stays."""
    proposed = ProposedData(content=cmd.content, proofs=cmd.proofs)
    made = DataChange.propose(
        own_subject(work), proposed, id=work.ids.next_id(), by=work.actor.user, at=work.now
    )
    attach(work, PROOF, made.id, cmd.proofs, at="proofs")
    work.save(DataChanges, made)
    return made.id


@frozen(kw_only=True)
class AcceptDataChange:
    """The change to accept."""

    data_change_id: str = field(
        metadata=said("企业信息变更申请的编号", example="0123abcd", to="data_change")
    )


@does(DataChange, "accept")
def accept_data_change(work: Work, cmd: AcceptDataChange) -> str:
    """Accept what a firm proposed: the register says so from now on.

    Another credit code is taken over too, unless another subject has it, or had it.
    """
    found = work.reached(DataChanges, cmd.data_change_id)
    found.accept(by=work.actor.user, at=work.now)
    subject = work[Subjects].get(found.subject)
    before = {subject.id: said_of(subject)}
    if (identity := found.content.identity(subject)) is not None:
        if work[Subjects].find_by_codes([identity.code]):
            raise SubjectInvalid((Violation("subjects.identity_taken", "identity"),))
        require_never_had(work, identity.code, subject.id)
        subject.renumber(identity)
    subject.correct(found.content.draft(subject), at=work.now)
    note_changed(work, before, [subject])
    work.save(Subjects, subject)
    work.save(DataChanges, found)
    return found.id


@frozen(kw_only=True)
class RefuseDataChange:
    """The change to refuse, and why."""

    data_change_id: str = field(
        metadata=said("企业信息变更申请的编号", example="0123abcd", to="data_change")
    )
    reason: str = field(metadata=said("不同意的理由", example="与营业执照不一致", long=True))


_DATA_CHANGE: Final = Deeds(DataChanges, DataChange)
refuse_data_change = _DATA_CHANGE.does(
    "refuse", RefuseDataChange, "Refuse what a firm proposed; it is told the reason."
)
