"""人员替换: an officer leaves a visit by the head's decision, and whoever is next by lot goes."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import field, frozen

from supervision_core.identity.services import Work, does
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.grounds import DRAWN_FOR
from supervision_core.tasks.model.opening import inspector_of, party_of
from supervision_core.tasks.model.presence import REPLACED_FOR, Replacement, ReplacementCause
from supervision_core.tasks.model.replacing import Lots
from supervision_core.tasks.model.results import Inspector
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import OfficerNotReplaced, Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.grounds import judges_of, own_draw
from supervision_core.tasks.services.visits import visit_in_reach


@frozen(kw_only=True)
class ReplaceOfficer:
    """Who leaves a visit, and why; nobody says who comes."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    old: str = field(
        metadata=said("被替换的执法人员", example="0123abcd", to="officer",
                      hint="接替的人员由系统按抽取的次序确定")
    )  # fmt: skip
    cause: ReplacementCause = field(
        metadata=said("替换原因", codes=REPLACED_FOR, example="absence")
    )
    reason: str = field(metadata=said("替换说明", example="因病请假", long=True))


@does(Visit, "replace_officer", answers="接替的执法人员的编号")
def replace_officer(work: Work, cmd: ReplaceOfficer) -> str:
    """Let an officer of one's own department leave a visit, as its head; the next by lot comes.

    Next is whoever follows in the order by which the visit's officers were drawn, of those who may
    go now: certified, not recused, who did not judge the clue. Once nobody of the list is left,
    other officers of the department follow, marked so. Answers who comes. Before dispatch a given
    approval lapses.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    department = _department_of(work, visit, cmd.old)
    task = work[Tasks].get(visit.sheet.task)
    subject = work[Subjects].get(visit.sheet.subject)
    lots = _lots(work, task, visit, subject, department)
    officers = {one.id: one for one in work[Officers].of_departments([department])}
    kept_away = _kept_away(work, task, visit, subject, officers.values())
    found = next(_able(work, visit, lots, officers, kept_away), None)
    if found is None:
        raise OfficerNotReplaced((Violation("tasks.nobody_next", "old", {"officer": cmd.old}),))
    if task.approval is not None and task.dispatched_at is None:
        task.admit_visits()
        work.save(Tasks, task)
    visit.replace_officer(
        Replacement(
            old=cmd.old, new=found, cause=cmd.cause, reason=cmd.reason, by=work.actor.user,
            at=work.now, beyond=bool(lots.listed) and found.id not in lots.listed,
        )
    )  # fmt: skip
    work.save(Visits, visit)
    work.note(officer=cmd.old, subject=subject.id)
    return found.id


def _department_of(work: Work, visit: Visit, officer: str) -> str:
    """Give whose officer leaves: the own department's alone. Raises ``OfficerNotReplaced``."""
    leaving = next((one for one in visit.officers if one.id == officer), None)
    if leaving is None:
        unknown = Violation("tasks.officer_not_assigned", "old", {"officer": officer})
        raise OfficerNotReplaced((unknown,))
    work.reach(
        "visit", visit.id, region=visit.sheet.region, departments=frozenset({leaving.department})
    )
    return leaving.department


def _lots(work: Work, task: Task, visit: Visit, subject: Subject, department: str) -> Lots:
    found: Lots | None = None
    if visit.sheet.drawn_at_claim:
        part = task.part(department)
        found = None if part is None else Lots.of_claim(part.draws, subject.id)
    elif visit.sheet.ground in DRAWN_FOR and (draw := own_draw(work, task)) is not None:
        found = Lots.of_draw(draw, subject.code_among(draw.selection), department)
    return found or Lots.of_visit(visit)


def _able(
    work: Work,
    visit: Visit,
    lots: Lots,
    officers: Mapping[str, Officer],
    kept_away: Collection[str],
) -> Iterator[Inspector]:
    """Give those who may go now, in the order of their lots."""
    day = visit.certified_on(local_day(work.now))
    gone = {one.id for one in visit.officers}.union(one.old for one in visit.replacements)
    for one in lots.in_order(officers.keys() - gone - set(kept_away)):
        inspector = inspector_of(officers[one], region=visit.sheet.region, day=day)
        if inspector.certified(day):
            yield inspector


def _kept_away(
    work: Work, task: Task, visit: Visit, subject: Subject, officers: Iterable[Officer]
) -> frozenset[str]:
    """Give who must not go: by what binds him, by the head's decision, or as judge or assistant."""
    draw = own_draw(work, task)
    granted = {one.officer for one in task.granted if one.subject == subject.id}
    if draw is not None:
        code = subject.code_among(draw.ever_selected)
        granted |= {one.officer for one in draw.granted if one.subject == code}
    judges, party = judges_of(work, visit), party_of(subject)
    bound = (one.id for one in officers if one.must_withdraw(party) or one.user in judges)
    return frozenset(granted).union(visit.assistants, bound)
