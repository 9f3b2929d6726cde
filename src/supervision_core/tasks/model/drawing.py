"""How a task's subjects, items and inspectors are drawn: the rule and staffing of its draw.

Pure functions over the grading rule, the checklist and the registers.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from supervision_core.checklists.model import ChecklistItem
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.picking import pick_items
from supervision_core.draws.model.shortage import Shortage
from supervision_core.draws.model.staffing import (
    LEAST_OFFICERS,
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    Visit,
)
from supervision_core.grading.model import GradingDefinition, ItemDraw
from supervision_core.items.model import Importance, Site
from supervision_core.kernel.canonical import Json
from supervision_core.officers.model import Officer
from supervision_core.subjects.model import Subject
from supervision_core.tasks.model.opening import party_of
from supervision_core.tasks.model.results import VisitItem

_GROUNDS = {
    "officers.interest_declared": Ground.INTEREST,
    "officers.legal_person_linked": Ground.LEGAL_PERSON,
    "officers.address_shared": Ground.ADDRESS,
}


def draw_rule(
    grading: GradingDefinition,
    items: Sequence[ChecklistItem],
    *,
    filters: Sequence[str],
    exclusions: Sequence[str],
) -> dict[str, Json]:
    """Give the rule of a draw whose strata are the grades (``"1"`` to ``"4"``).

    Subjects by the grades' object ratios; of the general check items, all that are ticked for the
    grade, or the grade's ratio of them. Key items are not drawn: every subject gets them.
    Source: proposal 6.4.2.5.2.2.2.1, 6.4.2.5.2.2.3.1.
    """
    document: dict[str, Json] = {
        "strata": {str(one.number): {"ratio": one.object_ratio} for one in grading.grades},
        "filters": list(filters),
        "exclusions": list(exclusions),
    }
    pool: list[Json] = [
        {"id": item.code, "strata": [str(grade) for grade in sorted(item.grades)]}
        for item in items
        if item.content.importance is Importance.GENERAL
    ]
    if pool:
        ticked = grading.item_draw is ItemDraw.BY_GRADE
        ratios = {g.number: "1" if ticked else g.item_ratio for g in grading.grades}
        strata: dict[str, Json] = {str(number): {"ratio": r} for number, r in ratios.items()}
        document["items"] = {"strata": strata, "pool": pool}
    return document


def visit_items(items: Sequence[ChecklistItem], draw: Draw, subject: str) -> tuple[VisitItem, ...]:
    """Give what one drawn subject is checked for: every key item, and the general ones drawn."""
    strata = {each.id: each.stratum for each in draw.picks}
    drawn = set(pick_items(draw.seed or b"", subject, strata.get(subject), draw.rule))
    return tuple(
        VisitItem(
            id=item.code,
            title=item.content.sub_item or item.content.content,
            department=item.content.department,
            matter=item.content.matter_code,
            onsite=item.content.site is Site.ONSITE,
            key=item.content.importance is Importance.KEY,
        )
        for item in items
        if item.content.importance is Importance.KEY or item.code in drawn
    )


def staffing_for(  # noqa: PLR0913 -- what a staffing is made of
    draw: Draw,
    subjects: Mapping[str, Subject],
    items: Mapping[str, tuple[VisitItem, ...]],
    officers: Iterable[Officer],
    *,
    day: date,
    cap: int,
) -> Staffing:
    """Demand one officer of each department that answers an item, two in all at least.

    ``subjects`` and ``items`` are by the code under which a subject was drawn.
    """
    people = list(officers)
    return Staffing(
        day=day,
        visits=tuple(
            Visit(
                subject=code,
                region=subjects[code].region,
                demands=_demands({item.department for item in items[code]}),
            )
            for code in draw.selection
        ),
        inspectors=tuple(_inspector(officer) for officer in people),
        recusals=tuple(
            Recusal(officer.id, code, _GROUNDS[reason.code])
            for officer in people
            for code in draw.selection
            for reason in officer.must_withdraw(party_of(subjects[code]))
        ),
        cap=cap,
    )


def _demands(departments: Iterable[str]) -> tuple[Demand, ...]:
    names = sorted(departments)
    count = LEAST_OFFICERS if len(names) == 1 else 1
    return tuple(Demand((name,), count, name) for name in names)


def _inspector(officer: Officer) -> Inspector:
    own = officer.department
    return Inspector(
        id=officer.id,
        department=own,
        certificates=tuple(
            Certificate(
                matters=one.matters or frozenset({own}),
                regions=one.regions,
                valid_from=one.valid_from or date.min,
                valid_until=one.valid_to or date.max,
            )
            for one in officer.certificates
        ),
    )


def ungrantable(shortage: Shortage) -> tuple[str, ...]:
    """Give as many of the blocked visits as must go for the others to be staffed."""
    missing = max(1, shortage.needed - shortage.available)
    return shortage.visits[-missing:]
