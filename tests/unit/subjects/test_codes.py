"""企业码: each new one ends the one before; who has none, and when it is taken back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.model import (
    Identity,
    IdentityKind,
    Subject,
    SubjectCodeRefused,
    SubjectKind,
    SubjectStatus,
)
from supervision_core.subjects.model.data_change import (
    DataChange,
    DataChangeRefused,
    OwnData,
    ProposedData,
)
from supervision_core.testing.subjects import full_subject_draft

LEAP = datetime(2028, 2, 28, 20, tzinfo=UTC)
"""The leap day in Guangxi."""


CARD = Identity(kind=IdentityKind.IDENTITY_CARD, code="450103199001010000")


def _subject(**changes: object) -> Subject:
    told: dict[str, Any] = {"status": SubjectStatus.ACTIVE, **changes}
    draft = evolve(full_subject_draft(), **told)
    return Subject.from_draft(draft, id="subject-1", at=LEAP)


def test_a_new_code_ends_the_one_before() -> None:
    """By its number; and a code taken back ends too."""
    made = _subject()
    first = made.next_code(at=LEAP)
    assert (first.serial, first.issued_on, first.until) == (1, date(2028, 2, 29), date(2031, 2, 28))
    assert not made.holds(first)
    made.issue_code("one", first, by="user-1", at=LEAP)
    assert made.holds(first)
    second = made.next_code(at=LEAP)
    made.issue_code("two", second, by="user-1", at=LEAP)
    assert (made.holds(first), made.holds(second)) == (False, True)
    made.void_code()
    assert not made.holds(second)
    with pytest.raises(SubjectCodeRefused, match="code_missing"):
        made.void_code()
    assert made.next_code(at=LEAP).serial == 3


def test_only_what_would_not_be_refused_is_offered() -> None:
    """制作企业码 of firms that are there, 作废企业码 of a code that holds, 变更状态 to the end."""
    made, closed = _subject(), _subject(status=SubjectStatus.DEREGISTERED)
    assert SUBJECTS.barred(made) == ("subjects.void_code",)
    made.issue_code("one", made.next_code(at=LEAP), by="user-1", at=LEAP)
    assert SUBJECTS.barred(made) == ()
    made.void_code()
    assert SUBJECTS.barred(made) == ("subjects.void_code",)
    assert set(SUBJECTS.barred(closed)) == {
        "subjects.propose_status", "subjects.make_code", "subjects.void_code"
    }  # fmt: skip


def test_people_and_firms_that_are_no_more_have_none() -> None:
    """And a number that is no credit code is not written into it."""
    for changes, reason in (
        ({"kind": SubjectKind.PERSON, "identity": CARD}, "code_of_person"),
        ({"status": SubjectStatus.REVOKED}, "code_of_closed"),
    ):
        with pytest.raises(SubjectCodeRefused, match=reason):
            _subject(**changes).next_code(at=LEAP)
    number = Identity(kind=IdentityKind.OWN_NUMBER, code="450100000000000001")
    assert not _subject(identity=number).next_code(at=LEAP).number


def test_a_firm_proposes_what_is_fit_and_proved() -> None:
    """Nothing, a wrong code, capital below zero, no proof: each is told; a number ends the code."""

    def propose(content: OwnData, *proofs: str) -> DataChange:
        proposed = ProposedData(content=content, proofs=proofs)
        return DataChange.propose(_subject(), proposed, id="change-1", by="user-1", at=LEAP)

    with pytest.raises(DataChangeRefused) as refusal:
        propose(OwnData())
    assert [one.code for one in refusal.value.violations] == [
        "subjects.data_change_empty", "subjects.data_change_unproved",
    ]  # fmt: skip
    with pytest.raises(DataChangeRefused) as refusal:
        propose(OwnData(number="1", registered_capital=-1), "file-1")
    assert [(one.code, one.at) for one in refusal.value.violations] == [
        ("kernel.credit_code_length", "number"),
        ("subjects.capital_below_zero", "registered_capital"),
    ]
    made, subject = propose(OwnData(principal="周示例"), "file-1"), _subject()
    with pytest.raises(DataChangeRefused, match="unexplained"):
        made.refuse(" ", by="user-2", at=LEAP)
    assert subject.correct(made.content.draft(subject), at=LEAP)
    assert (subject.principal, subject.basic.domicile) == ("周示例", "南宁市青秀区示例路1号")
    assert made.content.identity(subject) is None
    made.accept(by="user-2", at=LEAP)
    with pytest.raises(DataChangeRefused, match="data_change_is_accepted"):
        made.refuse("迟", by="user-2", at=LEAP)
    code = subject.next_code(at=LEAP)
    subject.issue_code("one", code, by="user-1", at=LEAP)
    subject.renumber(Identity(kind=IdentityKind.CREDIT_CODE, code="91450100MA5K000025"))
    assert (subject.identity.code, subject.holds(code)) == ("91450100MA5K000025", False)
