"""Who goes to visit which subject, and what forbids it: pure rules over the registers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from supervision_core.draws.model.rule import Quota, fraction
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.officers.model import Officer, Party
from supervision_core.plans.limits import cap_violations
from supervision_core.subjects.model import Subject
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.results import Inspector, VisitItem
from supervision_core.tasks.model.visit import Visit

GROUND_TITLES: Final[Mapping[str, str]] = {
    VisitGround.PICK: "随机抽中", VisitGround.ADJUSTMENT: "手动增加",
    VisitGround.PLAN: "计划全查", VisitGround.CLUE: "线索", VisitGround.ORDER: "上级部署",
    VisitGround.APPLICATION: "依申请",
}  # fmt: skip


@frozen(kw_only=True)
class VisitOrder:
    """One subject to visit: on which ground, who goes (officer ids), and which items they answer.

    ``items`` are codes of the task's checklist; where the ground is the draw, it says the items.
    """

    subject: str = field(metadata=said("被检查监管对象的编号", example="0123abcd", to="subject"))
    ground: VisitGround = field(metadata=said("检查依据", codes=GROUND_TITLES, example="pick"))
    clue: str = field(
        default="",
        metadata=said("所依据的线索", to="clue", looked_up=False, hint="依据为线索的必填"),
    )
    order: str = field(
        default="",
        metadata=said(
            "所依据的上级部署", to="tasks.superior_order", looked_up=False,
            hint="依据为上级部署的必填",
        ),
    )  # fmt: skip
    application: str = field(
        default="",
        metadata=said(
            "所依据的审批办件", to="subjects.approval_file", looked_up=False,
            hint="依据为依申请的必填，须为牵头部门及其下级以外的部门录入的",
        ),
    )  # fmt: skip
    officers: tuple[str, ...] = field(
        default=(),
        metadata=said("派出的执法人员的编号", to="officer", hint="认领时由部门抽取的任务不填"),
    )
    items: tuple[str, ...] = field(
        default=(),
        metadata=said(
            "单独指定的检查项的编码", example=["1.1"],
            hint="须为任务检查单中的检查项；不指定的，取所选检查领域的检查项，抽中的取抽取的检查项",
        ),
    )  # fmt: skip

    @property
    def basis(self) -> str:
        """The clue, order or application that its ground names; empty for other grounds."""
        named = {
            VisitGround.CLUE: self.clue, VisitGround.ORDER: self.order,
            VisitGround.APPLICATION: self.application,
        }  # fmt: skip
        return named.get(self.ground, "")


@frozen(kw_only=True)
class PlannedVisit:
    """拟检查对象 (PlannedVisit): an order whose items are those of the checklist."""

    subject: str
    ground: VisitGround
    basis: str = ""
    officers: tuple[str, ...] = ()
    items: tuple[VisitItem, ...] = ()


def inspector_of(officer: Officer, *, region: str, day: date) -> Inspector:
    """Give ``officer`` with the certificate that lasts longest in ``region`` from ``day`` on.

    Without a fitting certificate he comes with an empty one, and will be refused.
    """
    fitting = [
        each for each in officer.certificates if each.covers(matter="", region=region, day=day)
    ]
    best = max(fitting, key=lambda each: each.valid_to or date.max, default=None)
    usable = officer.may_check(matter="", region=region, day=day)
    return Inspector(
        id=officer.id,
        department=officer.department,
        certificate=best.number if best is not None and usable else "",
        certificate_until=(best.valid_to or date.max) if best is not None else date.min,
    )


def party_of(subject: Subject, *, at: datetime | None = None) -> Party:
    """Give the side of a subject that recusal looks at: as it is, or as it was at a moment."""
    bonds = subject.bonds if at is None else subject.bonds_at(at)
    return Party(
        code=subject.identity.code, former=subject.former_codes,
        principal=bonds.principal, addresses=bonds.addresses,
    )  # fmt: skip


def order_violations(
    orders: Sequence[PlannedVisit],
    subjects: Mapping[str, Subject],
    officers: Mapping[str, Officer],
) -> Iterator[Violation]:
    """Name what is wrong with orders for visits: a subject twice or unknown, an unfit officer."""
    times = Counter(order.subject for order in orders)
    for subject_id in sorted(each for each, count in times.items() if count > 1):
        yield Violation("tasks.subject_twice", "orders", {"subject": subject_id})
    for place, order in enumerate(orders):
        at = f"orders[{place}]"
        subject = subjects.get(order.subject)
        if subject is None:
            yield Violation("tasks.subject_unknown", at, {"subject": order.subject})
        for officer_id in order.officers:
            officer = officers.get(officer_id)
            if officer is None:
                yield Violation("tasks.officer_unknown", at, {"officer": officer_id})
            elif subject is not None and officer.must_withdraw(party_of(subject)):
                yield Violation("tasks.officer_recused", at, {"officer": officer_id})


def never_drawn(orders: Sequence[PlannedVisit], claiming: Iterable[str]) -> Iterator[Violation]:
    """Name departments that answer items but do not claim: nobody would draw their officers."""
    answering = {item.department for order in orders for item in order.items}
    for one in sorted(answering.difference(claiming)):
        yield Violation("tasks.department_claims_nothing", "orders", {"department": one})


def against_rates(quotas: Iterable[Quota], *, differentiated: bool) -> Iterator[Violation]:
    """Say what is against a draw's rates: by grade where they are to be so, else alike.

    They are where the scene says 差异化抽查, or its credit model 信用抽取 (proposal 3673).
    """
    rates = list(quotas)
    alike = len(set(rates)) <= 1
    if differentiated and alike and len(rates) > 1:
        yield Violation("tasks.draw_not_differentiated", "task_id")
    if not differentiated and not alike:
        yield Violation("tasks.draw_differentiated", "task_id")


def against_items(quotas: Iterable[Quota], *, ticked: bool) -> Iterator[Violation]:
    """Say what is against how a draw takes check items.

    By level (按等级抽取) all that are ``ticked`` for it are checked, none is drawn away. Source:
    proposal 3689, 3868.
    """
    shares = (Fraction(*fraction(one.ratio)) if one.ratio else None for one in quotas)
    if ticked and any(share is None or share < 1 for share in shares):
        yield Violation("tasks.items_drawn_away", "task_id")


CHECKED_ABOVE_WITHIN_MONTHS = 3
"""食品生产经营监督检查管理办法 第42条: so long a lower body does not check the same again."""


def checked_above(orders: Sequence[PlannedVisit], earlier: Iterable[Visit]) -> Iterator[Violation]:
    """Name each order for what a superior body has just checked; ``earlier`` are its visits."""
    done = {
        (one.sheet.subject, item.matter): one
        for one in earlier
        for item in one.sheet.items
        if item.matter
    }
    for place, order in enumerate(orders):
        for matter in sorted({item.matter for item in order.items}):
            if (one := done.get((order.subject, matter))) is not None:
                yield Violation(
                    "tasks.checked_above",
                    f"orders[{place}].subject",
                    {
                        "subject": order.subject,
                        "department": one.sheet.lead,
                        "matter": matter,
                        "day": str(one.formed_on),
                        "months": CHECKED_ABOVE_WITHIN_MONTHS,
                    },
                )


def over_grade_cap(
    orders: Sequence[PlannedVisit], *, caps: Mapping[str, int], done: Mapping[str, int]
) -> Iterator[Violation]:
    """Name each visit that is one more in the year than the subject's grade allows.

    ``caps`` and ``done`` are by subject. Source: proposal 3872 (降低检查比例和频次).
    """
    for place, order in enumerate(orders):
        cap, count = caps.get(order.subject), done.get(order.subject, 0)
        if cap is not None and count >= cap:
            yield Violation(
                "tasks.grade_cap_reached",
                f"orders[{place}].subject",
                {"subject": order.subject, "cap": cap, "done": count},
            )


def over_cap(
    orders: Sequence[PlannedVisit],
    *,
    caps: Mapping[str, int],
    done: Mapping[tuple[str, str], int],
) -> Iterator[Violation]:
    """Name each check that is one more than its department's yearly cap allows.

    ``caps`` are by department, ``done`` counts the checks of the year by subject and department.
    """
    for order in orders:
        checking = {item.department for item in order.items}
        yield from cap_violations(
            order.subject,
            checks_this_year={each: done.get((order.subject, each), 0) for each in caps},
            caps={each: cap for each, cap in caps.items() if each in checking},
        )
