"""登记变更: what takes a firm out of every pool is done by two people of its registrar."""

from datetime import timedelta

import pytest

from supervision_core.subjects.model import SubjectInvalid, SubjectStatus
from supervision_core.subjects.model.registration_change import (
    ProposedRegistration,
    RegistrationChange,
    RegistrationChangeRefused,
    RegistrationChangeState,
)
from supervision_core.subjects.model.subject import Subject, SubjectStatusForbidden
from supervision_core.testing.subjects import MORNING, full_subject

LATER = MORNING + timedelta(days=1)


def proposed(
    subject: Subject, status: SubjectStatus | None, *, reason: str = "已注销", papers: int = 1
) -> RegistrationChange:
    """Propose a status, or a deletion."""
    files = tuple(f"file-{number}" for number in range(papers))
    what = ProposedRegistration(status=status, reason=reason, papers=files)
    return RegistrationChange.propose(
        subject, what, id="change-1", department="market", by="user-1", at=MORNING
    )


def codes(refusal: pytest.ExceptionInfo[RegistrationChangeRefused]) -> set[str]:
    """Give why something was refused."""
    return {one.code for one in refusal.value.violations}


@pytest.mark.parametrize("status", [SubjectStatus.DEREGISTERED, None])
def test_nothing_happens_before_a_second_person_confirms(status: SubjectStatus | None) -> None:
    """Neither a status nor a deletion; who proposed it neither confirms nor refuses."""
    subject = full_subject()
    change = proposed(subject, status)
    assert (subject.status, subject.deleted) == (SubjectStatus.SUSPENDED, False)
    with pytest.raises(RegistrationChangeRefused) as refusal:
        change.confirm(subject, by="user-1", at=LATER)
    assert codes(refusal) == {"subjects.registration_change_own"}
    with pytest.raises(RegistrationChangeRefused) as refusal:
        change.refuse("不符", by="user-1", at=LATER)
    assert codes(refusal) == {"subjects.registration_change_own"}
    assert (subject.status, subject.deleted) == (SubjectStatus.SUSPENDED, False)
    change.confirm(subject, by="user-2", at=LATER)
    assert subject.deleted is (status is None)
    assert subject.status is (status or SubjectStatus.SUSPENDED)
    assert (change.state, change.decided_by) == (RegistrationChangeState.CONFIRMED, "user-2")


def test_it_needs_a_reason_and_a_paper() -> None:
    """Both at once are named; what cannot follow the present status is not proposed."""
    with pytest.raises(RegistrationChangeRefused) as refusal:
        proposed(full_subject(), SubjectStatus.ACTIVE, reason=" ", papers=0)
    assert codes(refusal) == {
        "subjects.registration_change_unexplained", "subjects.registration_change_unproved"
    }  # fmt: skip
    with pytest.raises(SubjectStatusForbidden):
        proposed(full_subject(), SubjectStatus.SUSPENDED)
    gone = full_subject()
    gone.delete("重复登记", at=MORNING)
    with pytest.raises(SubjectInvalid):
        proposed(gone, None)


def test_what_was_refused_leaves_the_subject_as_it_is() -> None:
    """For a reason; nothing more is decided of it."""
    subject = full_subject()
    change = proposed(subject, SubjectStatus.ACTIVE)
    with pytest.raises(RegistrationChangeRefused) as refusal:
        change.refuse("", by="user-2", at=LATER)
    assert codes(refusal) == {"subjects.registration_change_unexplained"}
    change.refuse("文书不符", by="user-2", at=LATER)
    assert (subject.status, change.answer) == (SubjectStatus.SUSPENDED, "文书不符")
    with pytest.raises(RegistrationChangeRefused) as refusal:
        change.confirm(subject, by="user-2", at=LATER)
    assert codes(refusal) == {"subjects.registration_change_is_refused"}
