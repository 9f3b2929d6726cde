"""The view of an aggregate says all that is stored of it, or what it leaves out is named here."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import attrs
import pytest

from entrypoints.registered import lists
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.registers import described
from supervision_core.testing.cases import CASES

EXAMPLES = {case.port: case.example for case in CASES}
OF_EVERY = {"version", "_events"}
Names = set[tuple[str, str]]


def parts(value: Any) -> Iterator[Any]:
    """Give what is stored in a value, at every depth, without events."""
    if attrs.has(type(value)):
        yield value
        for one in attrs.fields(type(value)):
            if one.name != "_events":
                yield from parts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from parts(one)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from parts(one)


def read_as_described(value: Any) -> None:
    """Read of what a view holds what surfaces show of it: the described fields of each part."""
    if attrs.has(type(value)):
        for one in described(type(value)):
            read_as_described(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            read_as_described(one)


@contextmanager
def watched(classes: set[type]) -> Iterator[Names]:
    """Give which fields of classes are read meanwhile."""
    read: Names = set()

    def look(self: Any, name: str) -> Any:
        read.add((type(self).__name__, name))
        return object.__getattribute__(self, name)

    for one in classes:
        one.__getattribute__ = look  # type: ignore[assignment]
    try:
        yield read
    finally:
        for one in classes:
            del one.__getattribute__


def left_out(queries: list[ListQuery[Any]]) -> set[str]:
    """Give the stored fields that neither view nor row of any list reads.

    Of a value of which nothing is read, the field that holds it stands for all of its own.
    """
    root = EXAMPLES[queries[0].port]("x-1")
    classes: set[type[Any]] = {type(one) for one in parts(root)}
    with watched(set(classes)) as read:
        for query in queries:
            for made in (query.viewed, query.row_of, query.facts):
                read_as_described(made(root))
    shown = {name for name, _ in read}
    return {
        f"{cls.__name__}.{one.name.removeprefix('_')}"
        for cls in classes
        if cls.__name__ in shown or cls is type(root)
        for one in attrs.fields(cls)
        if one.name not in OF_EVERY and (cls.__name__, one.name) not in read
    }


def of_kinds() -> dict[str, list[ListQuery[Any]]]:
    """Give the lists of each kind of aggregate."""
    found: dict[str, list[ListQuery[Any]]] = {}
    for one in lists().values():
        found.setdefault(one.port.kind, []).append(one)
    return found


LEFT_OUT: Mapping[str, str] = {
    "risk_model": "Formula.text Missing.points",
    "evaluation_round": (
        "Evaluation.contributions Evaluation.insufficient Evaluation.measures Evaluation.model "
        "Evaluation.model_version"
    ),
    "credit_model": "Formula.text Missing.points",
    "clue": "Clue.complainant Clue.reporter",
    "draw": (
        "Contribution.opened Contribution.sealed Draw.assignment Draw.called "
        "Draw.entered Draw.former Draw.frozen_by Draw.opening Draw.settled "
        "Draw.spent Draw.staffing Draw.ties GrantedRecusal.after Keeper.demo Keeper.public_key "
        "Leaf.path "
        "Leaf.root Leaf.value MovedDeadline.at MovedDeadline.before MovedDeadline.by "
        "Pick.rank Pool.drawn Pool.parts PublicValue.entered_by RedrawConsent.at "
        "Round.began_at Round.closed_at Round.id Rule.canonical"
    ),
    "current_grade": "GradedPlace.departments",
    "department": (
        "Department.deleted_at DepartmentData.agreed_from DepartmentData.agreed_to "
        "DepartmentData.coordinates DepartmentData.established_on DepartmentData.inherits "
        "DepartmentData.licence Department.former_places"
    ),
    "check_item": "ItemSource.at ItemSource.guid",
    "law": "Law.department",
    "standard_material": "StandardMaterial.deleted",
    "officer": (
        "ContactData.address ContactData.born_on ContactData.education ContactData.ethnicity "
        "ContactData.identity_card ContactData.major ContactData.political_status "
        "Officer.interests Officer.released Officer.renumbered"
    ),
    "team": "Team.deleted",
    "proposal": "Proposal.department Proposal.region Proposal.seen",
    "plan": "Objection.by Objection.id Plan.inspected",
    "subject": (
        "BasicData.administrative_level BasicData.postal_code BasicData.sponsor Extras.number "
        "PersonalData.born_on PersonalData.ethnicity PersonalData.household_address "
        "PersonalData.political_status PersonalData.sex PersonalData.unemployed "
        "Subject.deleted Subject.deleted_because Subject.former_bonds Subject.former_codes "
        "Subject.issued_code Violation.data"
    ),
    "tag": "Tag.deleted",
    "publication": "ShownResult.departments ShownResult.task Withdrawal.shown",
    "rectification": (
        "Delivery.address Inspector.certificate_until "
        "Inspector.department Recheck.kept_by Rectification.late TermRequest.id"
    ),
    "region": (
        "Entry.added_at Entry.added_by Entry.changed_at Entry.changed_by Entry.deleted_at "
        "Entry.department Entry.label Entry.reference_code Entry.region Entry.register "
        "Entry.synchronised"
    ),
    "user": (
        "ExtendedData.description ExtendedData.party Membership.order Membership.post "
        "PersonData.address PersonData.birthday PersonData.nationality PersonData.sex "
        "User.contact_by User.deleted_at User.proof User.sign_on"
    ),
    "role": "Role.code Role.shipped",
    "group": "Group.code Group.shipped",
    "served_letter": (
        "LetterSheet.file ServedLetter.link ServedLetter.phone ServedLetter.to ServedLetter.token"
    ),
    "task": (
        "Approval.selection ClaimDraw.department DepartmentPart.roster "
        "Inspector.certificates "
        "Inspector.department Inspector.workload Leaf.path Leaf.value Task.grounds Task.judges "
        "Task.proposers Task.visited Urging.id"
    ),
    "visit": (
        "CheckIn.code EvidenceSealing.id Extension.id PartyScan.by ReportedProblem.id "
        "SignatureSheet.image "
        "SignatureSheet.note SignatureSheet.strokes Signed.image Signed.signer Signed.strokes "
        "Visit.touched VisitSheet.drawn_at_claim"
    ),
    "term_warning": "TermWarning.pressed_before TermWarning.target TermWarning.urging",
}
"""Personal data, who did what beside the history, and what pages of their own show; a name that a
view has learnt to say goes."""


@pytest.mark.parametrize("kind", of_kinds())
def test_a_view_says_all_that_is_stored(kind: str) -> None:
    """A field that somebody adds to an aggregate is shown, or named above."""
    found, excused = left_out(of_kinds()[kind]), set(LEFT_OUT.get(kind, "").split())
    missing, stale = sorted(found - excused), sorted(excused - found)
    assert not missing, f"put into the view, or into LEFT_OUT: {missing}"
    assert not stale, f"is shown: take it out of LEFT_OUT: {stale}"


def test_a_field_that_no_view_reads_is_caught() -> None:
    """Negative control: a list whose view says nothing leaves everything out."""
    (query,) = of_kinds()["review"]
    blind = attrs.evolve(query, viewed=lambda _: None, row_of=lambda _: None)
    assert {"Review.task", "Review.result"} <= left_out([blind])
