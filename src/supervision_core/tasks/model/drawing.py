"""How a task's subjects, items and inspectors are drawn: the rule and staffing of its draw.

Pure functions over the grading rule, the checklist and the registers.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from supervision_core.assessment.model import ContentDraw, CreditModel
from supervision_core.checklists.model import ChecklistItem
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.picking import pick_items
from supervision_core.draws.model.roster import Roster, RosterTeam
from supervision_core.draws.model.rule import Quota
from supervision_core.draws.model.shortage import Shortage
from supervision_core.draws.model.staffing import (
    LEAST_OFFICERS,
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    Ties,
    Visit,
)
from supervision_core.grading.model import GradingDefinition, ItemDraw
from supervision_core.identity.model import region_contains
from supervision_core.items.model import Importance, Site
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.officers.model import Officer, Party, Team, TeamKind, linked
from supervision_core.tasks.model.pooling import UNGRADED, UNGRADED_NAME, strictest
from supervision_core.tasks.model.results import VisitItem

ANY_MATTER: Final = "*"
"""The matter of a demand for which any certificate of the officer will do."""
_GROUNDS = {
    "officers.interest_declared": Ground.INTEREST,
    "officers.legal_person_linked": Ground.LEGAL_PERSON,
    "officers.address_shared": Ground.ADDRESS,
}


def items_ticked(grading: GradingDefinition, steering: Iterable[CreditModel]) -> bool:
    """Tell whether all items that are ticked for a grade are checked, or a ratio of them.

    The credit models that are ``steering`` the draw decide (检查内容抽取方式); where there is none,
    the grading rule does (抽取方式). Source: proposal 3673, 3689, 3868.
    """
    ways = {one.content_draw is ContentDraw.BY_LEVEL for one in steering}
    return any(ways or {grading.item_draw is ItemDraw.BY_GRADE})


def draw_rule(  # noqa: PLR0913 - what a rule is made of
    grading: GradingDefinition,
    items: Sequence[ChecklistItem],
    *,
    filters: Sequence[str],
    exclusions: Sequence[str],
    steering: Sequence[CreditModel] = (),
    ungraded: bool = False,
) -> dict[str, Json]:
    """Give the rule of a draw whose strata are the grades (``"1"`` to ``"4"``).

    Subjects by the grades' object ratios; of the general check items, all that are ticked for the
    grade, or the grade's ratio of them (``items_ticked``). Key items are not drawn: every subject
    gets them. Those who are ``ungraded`` are drawn, and checked, as strictly as those of any grade.
    Source: proposal 6.4.2.5.2.2.2.1, 6.4.2.5.2.2.3.1.
    """
    document: dict[str, Json] = {
        "strata": {str(one.number): {"ratio": one.object_ratio} for one in grading.grades},
        "filters": list(filters),
        "exclusions": list(exclusions),
    }
    besides = [UNGRADED] if ungraded else []
    of_subjects = document["strata"]
    if ungraded and isinstance(of_subjects, dict):
        of_subjects[UNGRADED] = {"ratio": strictest(grading)}
    pool: list[Json] = [
        {"id": item.code, "strata": [*besides, *(str(one) for one in sorted(item.grades))]}
        for item in items
        if item.content.importance is Importance.GENERAL
    ]
    if pool:
        ticked = items_ticked(grading, steering)
        ratios = {g.number: "1" if ticked else g.item_ratio for g in grading.grades}
        strata: dict[str, Json] = {str(number): {"ratio": r} for number, r in ratios.items()}
        if ungraded:
            strata[UNGRADED] = {"ratio": "1" if ticked else strictest(grading, items=True)}
        document["items"] = {"strata": strata, "pool": pool}
    return document


@frozen(kw_only=True)
class GradeQuota:
    """等级抽取数 (GradeQuota): how many subjects of one grade are drawn, and what of the items.

    Ratios are decimal texts from "0" to "1", empty for what the grading rule says.
    Source: proposal 6.4.2.5.2.2.2.1, 6.4.2.5.2.2.3.1.
    """

    grade: int = field(metadata=said("等级序号", example=1))
    count: int | None = field(default=None, metadata=said("抽取的对象数，按比例抽取的为空"))
    ratio: str = field(default="", metadata=said("抽取的对象比例，小数", example="0.05"))
    item_ratio: str = field(default="", metadata=said("抽取的检查项比例，小数", example="0.5"))


def quota_violations(
    grading: GradingDefinition, quotas: Sequence[GradeQuota]
) -> Iterator[Violation]:
    """Name quotas that say two things at once, or speak of grades that there are not."""
    known = {one.number for one in grading.grades}
    for place, one in enumerate(quotas):
        at, data = f"quotas[{place}]", {"grade": one.grade}
        if one.grade not in known:
            yield Violation("tasks.grade_unknown", at, data)
        if one.count is not None and one.ratio:
            yield Violation("tasks.quota_twice", at, data)


def unexplained(
    grading: GradingDefinition, quotas: Sequence[GradeQuota], sizes: Mapping[str, int]
) -> Iterator[Violation]:
    """Name the quotas that take another share of a grade than its rule does, without a reason."""
    by_rule = {one.number: one for one in grading.grades}
    for place, one in enumerate(quotas):
        rule = by_rule[one.grade]
        size = sizes.get(str(one.grade), 0)
        told = Decimal(rule.object_ratio), Decimal(rule.item_ratio)
        said_ = Decimal(one.ratio or rule.object_ratio), Decimal(one.item_ratio or rule.item_ratio)
        usual = Quota(ratio=rule.object_ratio).of(size)
        if said_ != told or (one.count is not None and min(one.count, size) != usual):
            data = {"grade": rule.name, "ratio": rule.object_ratio}
            yield Violation("tasks.quota_unexplained", f"quotas[{place}]", data)


def levels_of(grading: GradingDefinition | None) -> dict[str, str]:
    """Give what the strata of a task's draw are called."""
    if grading is None:
        return {}
    return {UNGRADED: UNGRADED_NAME, **{str(one.number): one.name for one in grading.grades}}


def drawn_by(  # noqa: PLR0913 - what a rule is made of
    grading: GradingDefinition,
    items: Sequence[ChecklistItem],
    quotas: Sequence[GradeQuota],
    *,
    filters: Sequence[str],
    exclusions: Sequence[str],
    steering: Sequence[CreditModel] = (),
    ungraded: bool = False,
) -> dict[str, Json]:
    """Give the rule of a draw as ``draw_rule``, with other quotas where some were chosen."""
    document = draw_rule(
        grading, items, filters=filters, exclusions=exclusions, steering=steering,
        ungraded=ungraded,
    )  # fmt: skip
    drawn = document.get("items")
    of_subjects: Json = document["strata"]
    of_items: Json = drawn["strata"] if isinstance(drawn, dict) else {}
    for one in quotas:
        for strata, ratio in ((of_subjects, one.ratio), (of_items, one.item_ratio)):
            if ratio and isinstance(strata, dict):
                strata[str(one.grade)] = {"ratio": ratio}
        if one.count is not None and isinstance(of_subjects, dict):
            of_subjects[str(one.grade)] = {"count": one.count}
    return document


def visit_items(
    items: Sequence[ChecklistItem], draw: Draw, subjects: Iterable[str]
) -> dict[str, tuple[VisitItem, ...]]:
    """Give what each drawn subject is checked for: every key item, and the general ones drawn.

    Where the rule draws no items, everybody is checked for all of them.
    """
    strata = draw.ever_selected
    lines = [(one.code, visit_item(one)) for one in items]

    def of(subject: str) -> tuple[VisitItem, ...]:
        drawn = set(pick_items(draw.seed or b"", subject, strata.get(subject), draw.rule))
        every = not draw.rule.items
        return tuple(line for code, line in lines if every or line.key or code in drawn)

    return {one: of(one) for one in subjects}


def visit_item(item: ChecklistItem) -> VisitItem:
    """Give a line of a checklist as a visit has to answer it."""
    content = item.content
    return VisitItem(
        id=item.code,
        title=content.content or content.sub_item,
        department=content.department,
        matter=content.matter_code,
        onsite=content.site is Site.ONSITE,
        key=content.importance is Importance.KEY,
        domain=item.domain or content.matter,
        topic=content.matter,
        method=content.method,
        basis=tuple(map(str, content.basis)),
    )


def chosen_items(
    items: Iterable[ChecklistItem], domains: Iterable[str] = ()
) -> tuple[VisitItem, ...]:
    """Give what a visit is to answer of the ``domains`` that were ticked, of all without any."""
    wanted = frozenset(domains)
    found = map(visit_item, items)
    return tuple(one for one in found if not wanted or one.domain in wanted)


@frozen(kw_only=True)
class OfficersDemanded:
    """派员需求 (OfficersDemanded): how many officers of these departments go to each subject."""

    departments: tuple[str, ...] = field(metadata=said("从哪些部门抽取", to="department"))
    count: int = field(metadata=said("每个对象派几人", example=1))
    matter: str = field(
        default="", metadata=said("须持有哪一执法领域或监管事项的执法证，为空则不限")
    )


@frozen(kw_only=True)
class DrawnTeam:
    """抽中的执法小组 (DrawnTeam): the team out of which a department sends its inspectors."""

    department: str = field(metadata=said("部门", example="nanning", to="department"))
    team: str = field(metadata=said("执法小组", example="0123abcd", to="team"))
    members: frozenset[str] = field(metadata=said("组员", to="officer"))


def demand_violations(
    demands: Sequence[OfficersDemanded], departments: Collection[str], cap: int | None
) -> Iterator[Violation]:
    """Name demands of departments that take no part, or for too few; and a cap below one."""
    for one in sorted({each for demand in demands for each in demand.departments}):
        if one not in departments:
            yield Violation("tasks.department_not_joining", "demands", {"department": one})
    count = sum(demand.count for demand in demands)
    if demands and (count < LEAST_OFFICERS or any(demand.count < 1 for demand in demands)):
        yield Violation("tasks.nobody_demanded", "demands")
    if cap is not None and cap < 1:
        yield Violation("tasks.claim_cap", "cap")


def roster_of(  # noqa: PLR0913 - what a roster is made of
    officers: Iterable[Officer],
    teams: Iterable[Team],
    demands: Sequence[OfficersDemanded],
    *,
    departments: Collection[str],
    day: date,
    cap: int | None,
) -> Roster:
    """Give the officers of whom a task draws, with the teams of which one goes for a department.

    Teams that are gone, empty or inspect nothing take no part.
    """
    wanted = tuple(Demand(one.departments, one.count, one.matter or ANY_MATTER) for one in demands)
    matters = frozenset(one.matter for one in wanted)
    return Roster(
        day=day,
        demands=wanted,
        inspectors=tuple(
            sorted((_certified(one, matters) for one in officers), key=lambda one: one.id)
        ),
        teams=tuple(
            RosterTeam(
                id=one.id, departments=tuple(one.departments & set(departments)),
                members=tuple(one.members),
            )
            for one in sorted(teams, key=lambda one: one.id)
            if not one.deleted and one.kind is TeamKind.ENFORCEMENT and one.members
        ),
        cap=cap,
    )  # fmt: skip


def rostered_staffing(
    draw: Draw,
    roster: Roster,
    regions: Mapping[str, str],
    answering: Mapping[str, Collection[str]],
) -> Staffing:
    """Demand officers for each subject that was ever selected, as the roster says.

    Where it says nothing, one of each department that answers an item, two where it is alone.
    ``regions`` and ``answering`` are by the code under which each was drawn; one that the register
    does not know is taken to lie in the region of the draw, and to be the lead's.
    """
    return Staffing(
        day=roster.day,
        visits=tuple(
            Visit(
                code, regions.get(code, draw.region),
                roster.demands or _demands(answering.get(code) or (draw.lead,)),
            )
            for code in draw.course.subjects
        ),
        inspectors=roster.inspectors,
        cap=roster.cap,
    )  # fmt: skip


def bonds_of(officer: Officer) -> Ties:
    """Give what binds an officer: codes of subjects, names of people, his address and account."""
    draft = officer.draft
    return Ties(
        interests=frozenset(one.subject_code for one in officer.interests),
        addresses=frozenset({draft.contact.address}) - {""},
        legal_persons=(draft.legal_persons | {draft.name}) - {""},
        accounts=frozenset({officer.user}) - {""},
    )


def recusals_of(
    officers: Sequence[Officer], parties: Mapping[str, Party], requested: Iterable[Recusal] = ()
) -> tuple[Recusal, ...]:
    """Give who must withdraw from which of ``parties``, sorted, with what was ``requested``."""
    found = {
        Recusal(officer.id, code, _GROUNDS[reason.code])
        for officer, code in linked(officers, parties)
        for reason in officer.must_withdraw(parties[code])
    }.union(requested)
    return tuple(sorted(found, key=lambda one: (one.officer, one.subject, one.ground.value)))


def candidates_at_claim(officers: Iterable[Officer]) -> tuple[Inspector, ...]:
    """Give officers with their certificates, any of which will do."""
    return tuple(_certified(officer, frozenset({ANY_MATTER})) for officer in officers)


def certificate_gap(officer: Officer, region: str, day: date) -> str:
    """Name what keeps an officer out of every visit in a region on a day, empty for nothing.

    ``none``: no certificate at all; ``expired``: none is valid on the day; ``region``: none of
    those is good for any part of the region.
    """
    if not officer.certificates:
        return "none"
    valid = [
        one
        for one in officer.certificates
        if (one.valid_from or date.min) <= day <= (one.valid_to or date.max)
    ]
    if not valid:
        return "expired"
    near = (
        region_contains(outer, region) or region_contains(region, outer)
        for one in valid
        for outer in one.regions
    )
    return "" if any(near) else "region"


def _certified(officer: Officer, matters: frozenset[str]) -> Inspector:
    """Give an officer with what his certificates are good for, of what is asked for."""
    return Inspector(
        officer.id,
        officer.department,
        tuple(
            Certificate(
                (one.matters or matters) | {ANY_MATTER},
                one.regions,
                one.valid_from or date.min,
                one.valid_to or date.max,
            )
            for one in officer.certificates
        ),
    )


def _demands(departments: Iterable[str]) -> tuple[Demand, ...]:
    names = sorted(departments)
    count = LEAST_OFFICERS if len(names) == 1 else 1
    return tuple(Demand((name,), count, ANY_MATTER) for name in names)


def ungrantable(shortage: Shortage) -> tuple[str, ...]:
    """Give as many of the blocked visits as must go for the others to be staffed."""
    missing = max(1, shortage.needed - shortage.available)
    return shortage.visits[-missing:]
