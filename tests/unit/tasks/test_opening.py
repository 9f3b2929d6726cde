"""Who goes to visit which subject, and what forbids it."""

from datetime import date

import pytest

from supervision_core.draws.model.rule import Quota
from supervision_core.kernel.errors import Violation
from supervision_core.officers.model import Certificate, ContactData, Officer, OfficerState, Party
from supervision_core.subjects.model import Subject, SubjectKind
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import (
    PlannedVisit,
    against_items,
    checked_above,
    inspector_of,
    order_violations,
    over_cap,
    over_grade_cap,
    party_of,
)
from supervision_core.tasks.model.publication import PublicSubject
from supervision_core.tasks.model.results import Inspector, VisitItem
from supervision_core.tasks.model.visit import Visit
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.tasks import INSPECTORS, MOMENT, visit_sheet

DAY = date(2026, 7, 14)
REGION = "450103"


def _certificate(number: str, until: date | None, region: str = "450100") -> Certificate:
    return Certificate(
        number=number,
        regions=frozenset({region}),
        matters=frozenset({"食品"}),
        valid_from=date(2024, 1, 1),
        valid_to=until,
    )


def _officer(
    *certificates: Certificate,
    id: str = "officer-1",
    address: str = "",
    state: OfficerState = OfficerState.ACTIVE,
) -> Officer:
    return Officer(
        id=id,
        name="王示例",
        department="市场监管",
        region="450100",
        certificates=certificates,
        contact=ContactData(address=address),
        state=state,
    )


def _item(department: str) -> VisitItem:
    return VisitItem(id=f"i-{department}", title="t", department=department)


def _order(subject: str, *officers: str, departments: str = "甲") -> PlannedVisit:
    return PlannedVisit(
        subject=subject,
        ground=VisitGround.PICK,
        officers=officers,
        items=tuple(_item(each) for each in departments),
    )


def test_the_certificate_that_lasts_longest() -> None:
    """An officer goes with the certificate that lasts longest of those valid there and then."""
    short, long = _certificate("1", date(2026, 7, 14)), _certificate("2", date(2027, 1, 1))
    ended, elsewhere = _certificate("3", date(2026, 7, 13)), _certificate("4", None, "451400")
    endless = _certificate("5", None)
    for held, number, until in (
        ((short, long, ended, elsewhere), "2", date(2027, 1, 1)),
        ((long, short), "2", date(2027, 1, 1)),
        ((ended, short), "1", date(2026, 7, 14)),
        ((long, endless, short), "5", date.max),
    ):
        assert inspector_of(_officer(*held), region=REGION, day=DAY) == Inspector(
            id="officer-1", department="市场监管", certificate=number, certificate_until=until
        )


def test_no_certificate_to_go_with() -> None:
    """Who holds no fitting certificate, or is suspended, comes with an empty one."""
    none = inspector_of(
        _officer(_certificate("3", date(2026, 7, 13)), _certificate("4", None, "451400")),
        region=REGION,
        day=DAY,
    )
    assert (none.certificate, none.certificate_until) == ("", date.min)
    suspended = _officer(_certificate("1", None), state=OfficerState.SUSPENDED)
    assert inspector_of(suspended, region=REGION, day=DAY).certificate == ""


def test_the_side_that_recusal_looks_at() -> None:
    """Recusal looks at a subject's code, its principal and every address it has, none empty."""
    assert party_of(full_subject()) == Party(
        code="91450100MA5K000017",
        principal="张示例",
        addresses=frozenset({"南宁市青秀区示例路1号", "南宁市青秀区示例路2号"}),
        former=frozenset({"450100200000017"}),
    )
    bare = Subject(
        id="s",
        kind=SubjectKind.ENTERPRISE,
        name="甲",
        identity=full_subject().identity,
        region=REGION,
    )
    assert party_of(bare).addresses == frozenset()


def test_orders_in_order() -> None:
    """Orders for known subjects by known officers without a link to them are fit."""
    orders = [_order("s-1", "o-1", "o-2"), _order("s-2", "o-1")]
    subjects = {each: full_subject(each) for each in ("s-1", "s-2")}
    officers = {each: _officer(id=each) for each in ("o-1", "o-2")}
    assert list(order_violations(orders, subjects, officers)) == []


def test_every_fault_of_orders() -> None:
    """A subject twice or unknown, and an officer unknown or to withdraw, are named at once."""
    orders = [
        _order("s-2", "o-1"),
        _order("s-1", "o-9", "o-1"),
        _order("s-9", "o-1", "o-2"),
        _order("s-2", "o-2"),
        _order("s-1", "o-2"),
    ]
    subjects = {each: full_subject(each) for each in ("s-1", "s-2")}
    linked = _officer(id="o-1", address="南宁市青秀区示例路2号")
    officers = {"o-1": linked, "o-2": _officer(id="o-2")}
    assert list(order_violations(orders, subjects, officers)) == [
        Violation("tasks.subject_twice", "orders", {"subject": "s-1"}),
        Violation("tasks.subject_twice", "orders", {"subject": "s-2"}),
        Violation("tasks.officer_recused", "orders[0]", {"officer": "o-1"}),
        Violation("tasks.officer_unknown", "orders[1]", {"officer": "o-9"}),
        Violation("tasks.officer_recused", "orders[1]", {"officer": "o-1"}),
        Violation("tasks.subject_unknown", "orders[2]", {"subject": "s-9"}),
    ]


def test_one_check_more_than_the_cap() -> None:
    """The yearly cap of each department that checks is kept; of the others it says nothing."""
    orders = [_order("s-1", departments="甲乙"), _order("s-2", departments="甲")]
    done = {("s-1", "甲"): 1, ("s-1", "乙"): 3, ("s-2", "乙"): 9, ("s-2", "甲"): 2}
    caps = {"甲": 2, "乙": 3, "丙": 0}
    assert list(over_cap(orders, caps=caps, done=done)) == [
        Violation(
            "plans.cap_reached",
            "subject",
            {"subject": "s-1", "department": "乙", "cap": 3, "done": 3},
        ),
        Violation(
            "plans.cap_reached",
            "subject",
            {"subject": "s-2", "department": "甲", "cap": 2, "done": 2},
        ),
    ]
    assert list(over_cap(orders, caps={"甲": 1}, done={})) == []


def test_one_visit_more_than_the_grade_allows() -> None:
    """每年最多检查次数 of the subject's grade is kept; subjects without one may be visited."""
    orders = [_order("s-1"), _order("s-2"), _order("s-3")]
    found = over_grade_cap(orders, caps={"s-1": 2, "s-2": 2}, done={"s-1": 1, "s-2": 2, "s-3": 9})
    assert list(found) == [
        Violation(
            "tasks.grade_cap_reached",
            "orders[1].subject",
            {"subject": "s-2", "cap": 2, "done": 2},
        )
    ]


@pytest.mark.parametrize(
    ("quota", "ticked", "refused"),
    [
        (Quota(ratio="1.0"), True, False),
        (Quota(ratio="0.5"), True, True),
        (Quota(count=3), True, True),
        (Quota(ratio="0.5"), False, False),
    ],
)
def test_no_item_that_is_ticked_is_drawn_away(quota: Quota, ticked: bool, refused: bool) -> None:  # noqa: FBT001
    """按等级抽取 takes all items that are ticked for the grade; 按比例抽取 takes its share."""
    found = [one.code for one in against_items([Quota(ratio="1"), quota], ticked=ticked)]
    assert found == (["tasks.items_drawn_away"] if refused else [])


def test_how_a_subject_is_named_to_the_public() -> None:
    """A firm is named in full, a natural person by neither full name nor number."""
    firm = full_subject()
    assert PublicSubject.of(firm) == PublicSubject(
        id="subject-1", name="南宁示例乳业有限公司", credit_code="91450100MA5K000017"
    )
    person = Subject(
        id="p",
        kind=SubjectKind.PERSON,
        name="张示例",
        identity=firm.identity,
        region=REGION,
    )
    shown = PublicSubject.of(person)
    assert (shown.id, shown.credit_code) == ("p", "")
    assert shown.name != person.name


def test_what_a_superior_body_has_just_checked_is_not_checked_again() -> None:
    """办法 第42条: by matter; another firm, and another matter of the same, may be checked."""
    earlier = Visit.open(
        id="v-1", sheet=visit_sheet(subject="s-1", lead="上级"), officers=INSPECTORS,
        due_on=date(2026, 5, 29), at=MOMENT,
    )  # fmt: skip
    matter = earlier.sheet.items[0].matter
    assert matter

    def order(subject: str, checked: str) -> PlannedVisit:
        item = VisitItem(id="i", title="t", department="甲", matter=checked)
        return PlannedVisit(
            subject=subject, ground=VisitGround.PICK, officers=("o-1", "o-2"), items=(item,)
        )

    orders = [
        order("s-1", matter),
        order("s-2", matter),
        order("s-1", "另一事项"),
        order("s-1", ""),
    ]
    (found,) = checked_above(orders, [earlier])
    assert (found.code, found.at) == ("tasks.checked_above", "orders[0].subject")
    assert found.data["department"] == "上级"
    assert found.data["months"] == 3
    assert list(checked_above(orders, [])) == []
