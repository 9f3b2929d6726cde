"""A visit's life: open, replace, check in, record, conclude, sign, complete, extend."""

from collections.abc import Iterator

from attrs import field, frozen

from supervision_core.draws.ports import Draws
from supervision_core.files.services.attaching import detach
from supervision_core.identity.services import Work, does
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import acting_officer
from supervision_core.plans.ports import CheckCounts
from supervision_core.plans.registers import caps_in
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.opening import (
    VisitOrder,
    against_rates,
    inspector_of,
    order_violations,
    over_cap,
    party_of,
)
from supervision_core.tasks.model.presence import (
    CheckIn,
    MaterialUse,
    PartySignature,
    Replacement,
    ReplacementCause,
)
from supervision_core.tasks.model.publication import (
    PUBLISH_WITHIN_WORKING_DAYS,
    Publication,
    PublicSubject,
    shown_result,
)
from supervision_core.tasks.model.results import (
    Conclusion,
    ItemOutcome,
    ItemResult,
    Measure,
    Outcome,
    PendingMatter,
)
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import (
    OfficerNotReplaced,
    Visit,
    VisitNotOpened,
    VisitSheet,
)
from supervision_core.tasks.ports import Publications, Tasks, Visits
from supervision_core.tasks.services.facts import record_facts
from supervision_core.tasks.services.files import (
    ASSISTANCE,
    EVIDENCE,
    attach_evidence,
    attach_signature,
)
from supervision_core.tasks.services.tasks import (
    assisting_institution,
    count_visits,
    task_in_reach,
)
from supervision_core.tasks.words import MATERIAL_SOURCES, TITLES


def visit_in_reach(work: Work, visit_id: str, *, lead_only: bool = False) -> Visit:
    """Load a visit that the actor reaches: through its lead only, or through any department."""
    visit = work[Visits].get(visit_id)
    lead = frozenset({visit.sheet.lead})
    departments = lead if lead_only else visit.sheet.departments
    work.reach("visit", visit.id, region=visit.sheet.region, departments=departments)
    return visit


def _assisted_visit(work: Work, visit_id: str) -> tuple[Visit, Task]:
    """Load a visit of a task that the actor's institution assists, with the task."""
    visit = work[Visits].get(visit_id)
    task = work[Tasks].get(visit.sheet.task)
    if not assisting_institution(work, task):
        raise work.foreign("visit", visit.id)
    return visit, task


@frozen(kw_only=True)
class OpenVisits:
    """Visits to add to a task that is not dispatched; a few hundred in one command."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    orders: tuple[VisitOrder, ...] = field(metadata=said("各被检查对象的派员和检查项"))


@does(Task, "admit_visits", answers="新增的检查对象任务的编号")
def open_visits(work: Work, cmd: OpenVisits) -> list[str]:
    """Set up visits with their officers and items.

    Refused, for each visit that is wrong: fewer than two certified officers, an officer who must
    withdraw, a subject twice, or one more check than the yearly cap of a body allows (个案 checks
    with their reason and 专项 checks ordered from above stand outside it).
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.admit_visits()
    sheet = task.sheet
    subjects = {each.id: each for each in _subjects(work, cmd.orders)}
    wanted = sorted({officer for order in cmd.orders for officer in order.officers})
    officers = {each.id: each for each in work[Officers].find_many(wanted)}
    faults = [*_draw_violations(work, sheet), *order_violations(cmd.orders, subjects, officers)]
    if not sheet.outside_cap:
        faults.extend(_cap_violations(work, cmd.orders, sheet.ends_on.year))
    refuse_if(VisitNotOpened, faults)
    first = count_visits(work, task.id) + 1
    visits = [
        Visit.open(
            id=work.ids.next_id(),
            sheet=VisitSheet(
                number=f"{sheet.number}-{number:05d}",
                task=task.id,
                subject=order.subject,
                region=subjects[order.subject].region,
                lead=sheet.lead,
                items=order.items,
                counts_toward_cap=not sheet.outside_cap,
            ),
            officers=tuple(
                inspector_of(
                    officers[each], region=subjects[order.subject].region, day=sheet.ends_on
                )
                for each in order.officers
            ),
            due_on=sheet.ends_on,
            at=work.now,
        )
        for number, order in enumerate(cmd.orders, first)
    ]
    work.save_all(Visits, visits)
    return [visit.id for visit in visits]


def _draw_violations(work: Work, sheet: TaskSheet) -> Iterator[Violation]:
    """Hold the rates of the task's draw against what its scene says of 差异化抽查."""
    scene, draw = find(work.unit, Scenes, sheet.scene), find(work.unit, Draws, sheet.draw)
    if scene is not None and draw is not None:
        rates = draw.rule.quotas.values()
        yield from against_rates(rates, differentiated=scene.tasks.differentiated)


def _subjects(work: Work, orders: tuple[VisitOrder, ...]) -> list[Subject]:
    wanted = sorted({order.subject for order in orders})
    subjects = work[Subjects].find_many(wanted)
    for subject in subjects:
        work.reach("subject", subject.id, region=subject.region, departments=frozenset())
    return subjects


def _cap_violations(work: Work, orders: tuple[VisitOrder, ...], year: int) -> Iterator[Violation]:
    departments = {item.department for order in orders for item in order.items}
    caps = caps_in(work.unit, year, departments)
    if not caps:
        return
    subjects = sorted({order.subject for order in orders})
    done = work[CheckCounts].in_year(year, subjects=subjects, departments=sorted(caps))
    yield from over_cap(orders, caps=caps, done=done)


@frozen(kw_only=True)
class ReplaceOfficer:
    """Who takes over from whom in a visit, and why."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    old: str = field(metadata=said("被替换的执法人员的编号", example="0123abcd", to="officer"))
    new: str = field(metadata=said("接替的执法人员的编号", example="0123abcd", to="officer"))
    cause: ReplacementCause = field(
        metadata=said(
            "替换原因",
            codes=TITLES[ReplacementCause],
            example="absence",
        )
    )
    reason: str = field(metadata=said("替换说明", example="因病请假"))


@does(Visit, "replace_officer")
def replace_officer(work: Work, cmd: ReplaceOfficer) -> None:
    """Let an officer of the same department take over, unless he too must withdraw."""
    visit = visit_in_reach(work, cmd.visit_id)
    found = work[Officers].find_many([cmd.new])
    if not found:
        raise OfficerNotReplaced((Violation("tasks.officer_unknown", "new", {"officer": cmd.new}),))
    subject = work[Subjects].get(visit.sheet.subject)
    recused = frozenset({cmd.new}) if found[0].must_withdraw(party_of(subject)) else frozenset()
    visit.replace_officer(
        Replacement(
            old=cmd.old,
            new=inspector_of(found[0], region=visit.sheet.region, day=visit.due_on),
            cause=cmd.cause,
            reason=cmd.reason,
            by=work.actor.user,
            at=work.now,
        ),
        recused=recused,
    )
    work.save(Visits, visit)


@frozen(kw_only=True)
class AllotAssistants:
    """The people of one's institution who assist at a visit."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    people: frozenset[str] = field(metadata=said("到场协助的人员"))


@does(Visit, "allot_assistants")
def allot_assistants(work: Work, cmd: AllotAssistants) -> None:
    """Say which of the people that the own institution named for the task assist at one visit."""
    visit, task = _assisted_visit(work, cmd.visit_id)
    own = task.assistants_of(work.actor.scope.party)
    if cmd.people - own:
        raise VisitNotOpened((Violation("tasks.assistant_unknown", "people"),))
    visit.allot_assistants(cmd.people | visit.assistants - own, named=task.assistants)
    work.save(Visits, visit)


@frozen(kw_only=True)
class CheckInAtVisit:
    """Arrival: the scanned code, or why there is none."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    code: str = field(default="", metadata=said("扫描到的现场码，没有扫描的为空"))
    reason: str = field(default="", metadata=said("没有扫码的理由"))
    place: str = field(default="", metadata=said("签到位置", example="南宁市青秀区示例路1号"))


@does(Visit, "check_in")
def check_in(work: Work, cmd: CheckInAtVisit) -> None:
    """Begin a check on the spot by scanning the firm's code, or for a reason without."""
    visit = visit_in_reach(work, cmd.visit_id)
    officer = acting_officer(work)
    visit.check_in(
        CheckIn(by=officer.id, at=work.now, code=cmd.code, reason=cmd.reason, place=cmd.place)
    )
    work.save(Visits, visit)


@frozen(kw_only=True)
class StartOffsite:
    """A visit that needs no presence."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))


@does(Visit, "start_offsite")
def start_offsite(work: Work, cmd: StartOffsite) -> None:
    """Begin a check whose items can all be answered from papers and data."""
    visit = visit_in_reach(work, cmd.visit_id)
    visit.start_offsite(by=acting_officer(work).id, at=work.now)
    work.save(Visits, visit)


@frozen(kw_only=True)
class ItemAnswer:
    """What was found of one item; ``evidence`` are staged files, or such as hang there already."""

    item: str = field(metadata=said("检查项的编号", example="1.1"))
    outcome: ItemOutcome = field(
        metadata=said(
            "检查项结果",
            codes=TITLES[ItemOutcome],
            example="passed",
        )
    )
    note: str = field(default="", metadata=said("情况说明"))
    evidence: tuple[str, ...] = field(default=(), metadata=said("佐证材料的文件编号"))


@frozen(kw_only=True)
class RecordResults:
    """Answers to items of one's own department."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    answers: tuple[ItemAnswer, ...] = field(metadata=said("各检查项的结果"))


def _results(work: Work, answers: tuple[ItemAnswer, ...], by: str) -> tuple[ItemResult, ...]:
    return tuple(
        ItemResult(
            item=each.item,
            outcome=each.outcome,
            by=by,
            at=work.now,
            note=each.note,
            evidence=each.evidence,
        )
        for each in answers
    )


def _evidence(visit: Visit) -> list[str]:
    """Give the files that the visit's results name."""
    return [one for each in visit.results for one in each.evidence]


@does(Visit, "record")
def record_results(work: Work, cmd: RecordResults) -> None:
    """Record results item by item, as an officer of the department that answers them.

    The evidence that a result names hangs on the visit from then on; what no result names any more
    is taken off.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    before = _evidence(visit)
    visit.record(_results(work, cmd.answers, acting_officer(work).id))
    attach_evidence(work, EVIDENCE, visit, [one for each in cmd.answers for one in each.evidence])
    now = _evidence(visit)
    detach(work, EVIDENCE, visit.id, [one for one in before if one not in now])
    work.save(Visits, visit)


@does(Visit, "note_by_assistant")
def note_as_assistant(work: Work, cmd: RecordResults) -> None:
    """Keep what a third party's person saw, as material for the officers."""
    visit, _ = _assisted_visit(work, cmd.visit_id)
    visit.note_by_assistant(_results(work, cmd.answers, work.actor.user))
    attach_evidence(work, ASSISTANCE, visit, [one for each in cmd.answers for one in each.evidence])
    work.save(Visits, visit)


@frozen(kw_only=True)
class UseMaterial:
    """Material already held that answers an item; ``source``: self_report or approval."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    item: str = field(metadata=said("检查项的编号", example="1.1"))
    material: str = field(metadata=said("所引材料的文件编号", example="0123abcd"))
    source: str = field(
        metadata=said(
            "材料来源",
            codes=MATERIAL_SOURCES,
            example="self_report",
        )
    )


@does(Visit, "use_material")
def use_material(work: Work, cmd: UseMaterial) -> None:
    """Call on material that the firm reported or an approval file holds."""
    visit = visit_in_reach(work, cmd.visit_id)
    visit.use_material(
        MaterialUse(
            item=cmd.item,
            material=cmd.material,
            source=cmd.source,
            by=acting_officer(work).id,
            at=work.now,
        )
    )
    work.save(Visits, visit)


@frozen(kw_only=True)
class ConcludeVisit:
    """The result as a whole, and the measures taken."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    outcomes: frozenset[Outcome] = field(
        metadata=said(
            "检查结果",
            codes=TITLES[Outcome],
        )
    )
    pending: frozenset[PendingMatter] = field(
        default=frozenset(),
        metadata=said(
            "待后续处理的问题",
            codes=TITLES[PendingMatter],
        ),
    )
    measures: frozenset[Measure] = field(
        default=frozenset(),
        metadata=said(
            "处理措施",
            codes=TITLES[Measure],
        ),
    )
    note: str = field(default="", metadata=said("结论说明"))


@does(Visit, "conclude")
def conclude_visit(work: Work, cmd: ConcludeVisit) -> None:
    """Give the result as a whole, without contradiction to the items."""
    visit = visit_in_reach(work, cmd.visit_id)
    visit.conclude(
        Conclusion(
            outcomes=cmd.outcomes,
            by=acting_officer(work).id,
            at=work.now,
            pending=cmd.pending,
            measures=cmd.measures,
            note=cmd.note,
        )
    )
    work.save(Visits, visit)


@frozen(kw_only=True)
class SignVisit:
    """The inspected party's signature, or its refusal with a witness."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    party: PartySignature = field(metadata=said("被检查人的签名，或拒绝签名的情况"))
    note: str = field(default="", metadata=said("检查人员备注"))


@does(Visit, "sign")
def sign_visit(work: Work, cmd: SignVisit) -> None:
    """Take the signatures; the acting officer signs as record keeper. Results are then fixed."""
    visit = visit_in_reach(work, cmd.visit_id)
    visit.sign(party=cmd.party, recorder=acting_officer(work).id, note=cmd.note, at=work.now)
    attach_signature(work, visit, cmd.party)
    work.save(Visits, visit)


@frozen(kw_only=True)
class CompleteVisit:
    """A signed visit."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))


@does(Visit, "complete")
def complete_visit(work: Work, cmd: CompleteVisit) -> None:
    """Finish a check: the result is formed, due for publication within 20 working days.

    What it says of the subject becomes facts from that day on.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    visit.complete(by=acting_officer(work).id, at=work.now)
    work.save(Visits, visit)
    subject = work[Subjects].get(visit.sheet.subject)
    task = work[Tasks].get(visit.sheet.task)
    calendar = work[Calendars].working_calendar()
    publication = Publication.of(
        visit,
        shown_result(visit, subject=PublicSubject.of(subject), task_name=task.sheet.name),
        due_on=calendar.add_working_days(local_day(work.now), PUBLISH_WITHIN_WORKING_DAYS),
    )
    work.save(Publications, publication)
    record_facts(work, visit.sheet.subject, source=f"visit:{visit.id}", visit=visit)


@frozen(kw_only=True)
class AskExtension:
    """More calendar days for a visit, and why."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    days: int = field(metadata=said("延期的自然日数", example=7))
    reason: str = field(metadata=said("延期理由", example="企业停产检修"))


@does(Visit, "ask_extension")
def ask_extension(work: Work, cmd: AskExtension) -> str:
    """Ask the lead for more days, as an officer of the visit."""
    visit = visit_in_reach(work, cmd.visit_id)
    extension = work.ids.next_id()
    visit.ask_extension(
        extension=extension,
        by=acting_officer(work).id,
        reason=cmd.reason,
        days=cmd.days,
        at=work.now,
    )
    work.save(Visits, visit)
    return extension


@frozen(kw_only=True)
class DecideExtension:
    """The lead's decision; a rejection needs an answer."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    extension_id: str = field(metadata=said("延期申请的编号", example="0123abcd"))
    granted: bool = field(metadata=said("是否同意"))
    answer: str = field(default="", metadata=said("审批意见，不同意的必填", example="同意延期"))


@does(Visit, "decide_extension")
def decide_extension(work: Work, cmd: DecideExtension) -> None:
    """Grant or reject more days for a visit of a task that one's department leads."""
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    visit.decide_extension(
        extension=cmd.extension_id,
        granted=cmd.granted,
        by=work.actor.user,
        answer=cmd.answer,
        at=work.now,
    )
    work.save(Visits, visit)
