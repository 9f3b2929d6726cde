"""A visit's life: open, replace, check in, record, conclude, sign, complete, extend."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.assessment.model import CreditModel
from supervision_core.assessment.ports import CreditModels
from supervision_core.draws.model.rule import Rule
from supervision_core.files.services.attaching import close, hanging
from supervision_core.identity.ports import AccountTies, Departments
from supervision_core.identity.services import Work, does
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day, months_before
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import choice, file, files
from supervision_core.kernel.scan_codes import ScanCode
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import acting_officer
from supervision_core.plans.ports import CheckCounts
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services.codes import read_firm_code, scanned_firm
from supervision_core.tasks.checked import checked_items
from supervision_core.tasks.model.assisting import (
    Arrival,
    AssistanceHandover,
)
from supervision_core.tasks.model.drawing import (
    chosen_items,
    items_ticked,
    visit_item,
    visit_items,
)
from supervision_core.tasks.model.grounds import DRAWN_FOR, UNCAPPED, Grounds
from supervision_core.tasks.model.opening import (
    CHECKED_ABOVE_WITHIN_MONTHS,
    PlannedVisit,
    VisitOrder,
    against_items,
    against_rates,
    checked_above,
    inspector_of,
    never_drawn,
    order_violations,
    party_of,
)
from supervision_core.tasks.model.presence import (
    MATERIAL_SOURCES,
    CheckIn,
    ConfirmationWay,
    MaterialUse,
    NotVisited,
    OfficersAdjusted,
    PartySignature,
    Position,
    RecordConfirmation,
    SignatureSheet,
    WaiverGround,
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
    VisitItem,
)
from supervision_core.tasks.model.sealing import EvidenceSealing, SealingGround
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.model.visit import (
    AssistanceRefused,
    EvidenceNotSealed,
    OfficerNotReplaced,
    Visit,
    VisitNotOpened,
    VisitNotStarted,
    VisitSheet,
)
from supervision_core.tasks.ports import Publications, Tasks, VisitQueries, Visits
from supervision_core.tasks.services.capping import cap_violations, grading_of
from supervision_core.tasks.services.facts import record_facts
from supervision_core.tasks.services.files import (
    ASSISTANCE,
    EVIDENCE,
    attach_evidence,
    attach_sign,
    attach_signatures,
)
from supervision_core.tasks.services.grounds import grounds_of, judges_of, own_draw
from supervision_core.tasks.services.marking import mark_concluded
from supervision_core.tasks.services.tasks import (
    assigned_before,
    assisting_institution,
    count_visits,
    draw_of,
    standing_draw,
    task_in_reach,
)
from supervision_core.tasks.words import TITLES

CONFIRM_RECORD_WITHIN_WORKING_DAYS: Final = 2
"""So long a second officer has to confirm a record before the head is called on (design §14)."""


def visit_in_reach(work: Work, visit_id: str, *, lead_only: bool = False) -> Visit:
    """Load a visit that the actor reaches: through its lead only, or through any department."""
    visit = work[Visits].get(visit_id)
    lead = frozenset({visit.sheet.lead})
    departments = lead if lead_only else visit.departments
    work.reach("visit", visit.id, region=visit.sheet.region, departments=departments)
    return visit


def _visit_to_begin(work: Work, visit_id: str) -> tuple[Visit, datetime]:
    """Load a visit of a task that went out and has begun, with when the visit begins.

    No phone's clock dates that before the task went out, nor before the officers were drawn.
    Raises ``VisitNotStarted``.
    """
    visit = visit_in_reach(work, visit_id)
    task = work[Tasks].get(visit.sheet.task)
    at = _moment_on_site(work, task, visit)
    refuse_if(VisitNotStarted, task.withholds_visits(local_day(at)))
    return visit, at


def _moment_on_site(work: Work, task: Task, visit: Visit) -> datetime:
    """Return when somebody came: as the phone dates it, but not before it could have been."""
    known = [one for one in (task.dispatched_at, visit.drawn_at) if one is not None]
    return max((work.done_at or work.now, *known))


def _assisted_visit(work: Work, visit_id: str) -> tuple[Visit, Task]:
    """Load a visit of a task that the actor's institution assists, with the task."""
    visit = work[Visits].get(visit_id)
    task = work[Tasks].get(visit.sheet.task)
    if not assisting_institution(work, task):
        raise work.foreign("visit", visit.id)
    return visit, task


@frozen(kw_only=True)
class OpenVisits:
    """Visits to add to a task that is not dispatched; a few hundred in one command.

    Where an order names no items, it is checked for those of the ``domains`` of the task's
    checklist, for all of them where none is named; where its ground is the draw, for those drawn.
    """

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    orders: tuple[VisitOrder, ...] = field(metadata=said("各被检查对象的派员和检查项"))
    domains: tuple[str, ...] = field(
        default=(),
        metadata=said("检查领域", hint="不选的，检查全部领域", among="task_id.checked.domain"),
    )


@does(Task, "admit_visits", answers="新增的检查对象任务的编号")
def open_visits(work: Work, cmd: OpenVisits) -> list[str]:
    """Set up visits with their grounds, officers and items.

    Whom the task's draw selected is visited by the officers that it drew, and nobody names others.
    Where departments draw their officers when they claim, visits have none yet. Refused, for each
    visit that is wrong: a ground that is not there (a subject that the task's own draw did not
    select, a plan that does not inspect everybody, a clue of another firm or younger than the
    task, an order that does not come from above), an item that is not of the task's checklist,
    fewer than two certified officers, an officer who must withdraw, a subject
    twice or with a visit in this task, one more check than the yearly cap of a body, or of the
    subject's grade, allows, or one of what a superior body checked within three months (visits
    for a clue and those ordered from above stand outside).
    """
    work[Tasks].hold(cmd.task_id)  # who else opens visits must not find the same subjects unvisited
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    if not cmd.orders:
        raise TaskRefused((Violation("tasks.no_visits", "orders"),))
    ordered = [order.subject for order in cmd.orders]
    subjects = {each.id: each for each in _subjects(work, cmd.orders)}
    drawn = _DrawnOfficers(work, task, subjects)
    going = tuple(map(drawn.going, cmd.orders))
    wanted = sorted({officer for order in going for officer in order.officers})
    officers = {each.id: each for each in work[Officers].find_many(wanted)}
    grounds = grounds_of(work, task, cmd.orders, subjects)
    task.admit_visits(
        ordered, visited=work[VisitQueries].numbers(task.id, ordered),
        grounds=(order.ground for order in cmd.orders),
        judges=(
            *(each for one in grounds.clues.values() for each in one.kept_out),
            *(each for one in grounds.orders.values() for each in one.entered_by),
        ),
        by=work.actor.user,
    )  # fmt: skip
    sheet = task.sheet
    items = _VisitItems(work, task, subjects, cmd.domains)
    orders = tuple(map(items.planned, going))
    faults = [
        *_draw_violations(work, task),
        *order_violations(orders, subjects, officers),
        *_ground_violations(grounds, going, officers),
        *items.violations(cmd.orders),
        *drawn.violations(cmd.orders),
    ]
    if sheet.drawn_at_claim:
        faults.extend(assigned_before(standing_draw(work.unit, task), sheet))
        faults.extend(never_drawn(orders, task.taking_part))
    if capped := [order for order in orders if order.ground not in UNCAPPED]:
        # another task must not count them as well meanwhile
        work[Subjects].hold([order.subject for order in capped if order.subject in subjects])
        faults.extend(cap_violations(work, capped, sheet))
        faults.extend(_above_violations(work, capped, sheet))
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
                counts_toward_cap=order.ground not in UNCAPPED,
                starts_on=sheet.starts_on,
                drawn_at_claim=sheet.drawn_at_claim,
                ground=order.ground,
                basis=order.basis,
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
        for number, order in enumerate(orders, first)
    ]
    work.save(Tasks, task)  # who approves or dispatches it meanwhile has not seen these visits
    work.save_all(Visits, visits)
    return [visit.id for visit in visits]


class _DrawnOfficers:
    """Who goes to whom by the task's own draw, which alone says so."""

    def __init__(self, work: Work, task: Task, subjects: Mapping[str, Subject]) -> None:
        """Read the draw on which the task rests."""
        draw = None if task.sheet.drawn_at_claim else own_draw(work, task)
        assignment = None if draw is None else draw.assignment
        by_code = {} if assignment is None else {one.id: one.officers for one in assignment.visits}
        drawn = () if draw is None else frozenset(draw.selection)
        codes = {id_: one.code_among(drawn) for id_, one in subjects.items()}
        self._officers = {id_: by_code[code] for id_, code in codes.items() if code in by_code}
        selection = frozenset(draw.selection) if draw is not None and draw.roster else frozenset()
        self._selected = {id_ for id_, code in codes.items() if code in selection}

    def going(self, order: VisitOrder) -> VisitOrder:
        """Give an order with the officers who were drawn for it, if any were."""
        if order.ground in DRAWN_FOR and order.subject in self._officers:
            return evolve(order, officers=self._officers[order.subject])
        return order

    def violations(self, orders: Sequence[VisitOrder]) -> Iterator[Violation]:
        """Name orders that name others than were drawn, or for which nobody was drawn yet."""
        for place, order in enumerate(orders):
            at, data = f"orders[{place}].officers", {"subject": order.subject}
            if order.ground not in DRAWN_FOR:
                continue
            drawn = self._officers.get(order.subject)
            if drawn is None and order.subject in self._selected:
                yield Violation("tasks.draw_unstaffed", at, data)
            elif drawn is not None and order.officers and set(order.officers) != set(drawn):
                yield Violation("tasks.officers_by_draw", at, data)


def _ground_violations(
    grounds: Grounds, orders: Sequence[VisitOrder], officers: Mapping[str, Officer]
) -> Iterator[Violation]:
    """Hold each order against the ground that it names."""
    for place, order in enumerate(orders):
        sent = frozenset(officers[one].user for one in order.officers if one in officers)
        at = f"orders[{place}].ground"
        yield from grounds.violations(
            order.ground, order.basis, order.subject, sent=sent - {""}, at=at
        )


class _VisitItems:
    """What each order is checked for, and by whom: as checklist and draw of the task say it."""

    def __init__(
        self, work: Work, task: Task, subjects: Mapping[str, Subject], domains: Collection[str]
    ) -> None:
        """Read what the task asks, once, and its draw."""
        lines = checked_items(work.unit, task.sheet)
        self._by_code = {line.code: visit_item(line) for line in lines}
        self._chosen = chosen_items(lines, domains)
        draw = own_draw(work, task)
        selected = () if draw is None else draw.ever_selected
        codes = {one: subject.code_among(selected) for one, subject in subjects.items()}
        seeded = draw is not None and draw.seed is not None
        found = visit_items(lines, draw, codes.values()) if draw is not None and seeded else {}
        self._drawn = {one: found[code] for one, code in codes.items() if code in found}

    def planned(self, order: VisitOrder) -> PlannedVisit:
        """Give an order with its items."""
        return PlannedVisit(
            subject=order.subject, ground=order.ground, basis=order.basis,
            officers=order.officers, items=self._of(order),
        )  # fmt: skip

    def _of(self, order: VisitOrder) -> tuple[VisitItem, ...]:
        if order.ground in DRAWN_FOR and order.subject in self._drawn:
            return self._drawn[order.subject]
        if order.items:
            return tuple(self._by_code[one] for one in order.items if one in self._by_code)
        return self._chosen

    def violations(self, orders: Sequence[VisitOrder]) -> Iterator[Violation]:
        """Name items that the checklist does not have, and what is chosen against the draw."""
        for place, order in enumerate(orders):
            at = f"orders[{place}].items"
            for one in order.items:
                if one not in self._by_code:
                    yield Violation("tasks.item_not_of_checklist", at, {"item": one})
            drawn = self._drawn.get(order.subject) if order.ground in DRAWN_FOR else None
            if order.items and drawn is not None and {i.id for i in drawn} != set(order.items):
                yield Violation("tasks.items_by_draw", at, {"subject": order.subject})


def _draw_violations(work: Work, task: Task) -> Iterator[Violation]:
    draw = draw_of(work.unit, task)
    return iter(()) if draw is None else rate_violations(work, task.sheet, draw.rule)


def rate_violations(work: Work, sheet: TaskSheet, rule: Rule) -> Iterator[Violation]:
    """Hold the rates of a task's draw against scene, credit models and grading rule."""
    scene = find(work.unit, Scenes, sheet.scene)
    if scene is None:
        return
    steering = steering_of(work, scene)
    differentiated = scene.tasks.differentiated or bool(steering)
    yield from against_rates(rule.quotas.values(), differentiated=differentiated)
    if (grading := grading_of(work, sheet)) is not None:
        ticked = items_ticked(grading, steering)
        yield from against_items(rule.item_quotas.values(), ticked=ticked)


def steering_of(work: Work, scene: Scene) -> list[CreditModel]:
    """Give the credit models of a scene that say how its tasks draw."""
    models = (find(work.unit, CreditModels, one.model) for one in scene.credit_models)
    return [one for one in models if one is not None and one.steers_draw]


def _above_violations(
    work: Work, orders: Sequence[PlannedVisit], sheet: TaskSheet
) -> Iterator[Violation]:
    above = {one.id for one in work[Departments].lineage(sheet.lead)} - {sheet.lead}
    if not above:
        return
    since = months_before(sheet.starts_on, CHECKED_ABOVE_WITHIN_MONTHS)
    subjects = {order.subject for order in orders}
    found = work[CheckCounts].formed_since(since, subjects=subjects, leads=above)
    yield from checked_above(orders, [work[Visits].get(one) for one in found])


def _subjects(work: Work, orders: Sequence[VisitOrder]) -> list[Subject]:
    wanted = sorted({order.subject for order in orders})
    subjects = work[Subjects].find_many(wanted)
    for subject in subjects:
        work.reach("subject", subject.id, region=subject.region, departments=frozenset())
    return subjects


@frozen(kw_only=True)
class AdjustOfficers:
    """Whom to send to a visit as well, or no longer, before its task is dispatched."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    added: tuple[str, ...] = field(default=(), metadata=said("增加的执法人员", to="officer"))
    removed: tuple[str, ...] = field(default=(), metadata=said("去掉的执法人员", to="officer"))
    reason: str = field(metadata=said("理由", example="增加一名熟悉冷链的人员", long=True))


@does(Visit, "adjust_officers")
def adjust_officers(work: Work, cmd: AdjustOfficers) -> None:
    """Send further officers by hand, or no longer, before dispatch; a given approval lapses.

    They are shown as such to whoever approves. Who was drawn leaves by the head's decision alone.
    """
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    task = work[Tasks].get(visit.sheet.task)
    approved = task.approval is not None
    task.admit_visits()
    if approved:
        work.save(Tasks, task)
    found = {one.id: one for one in work[Officers].find_many(cmd.added)}
    refuse_if(
        OfficerNotReplaced,
        (
            Violation("tasks.officer_unknown", "added", {"officer": one})
            for one in cmd.added
            if one not in found
        ),
    )
    party = party_of(work[Subjects].get(visit.sheet.subject))
    judges = judges_of(work, visit)
    region, day = visit.sheet.region, visit.due_on
    visit.adjust_officers(
        tuple(inspector_of(found[one], region=region, day=day) for one in cmd.added),
        OfficersAdjusted(
            added=cmd.added, removed=cmd.removed, reason=cmd.reason, by=work.actor.user, at=work.now
        ),
        recused=frozenset(
            one.id for one in found.values() if one.must_withdraw(party) or one.user in judges
        ),
    )
    work.save(Visits, visit)


@frozen(kw_only=True)
class AllotAssistants:
    """The people of one's institution who assist at a visit."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    people: frozenset[str] = field(metadata=said("到场协助的人员", among="own.people.id"))


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
    code: str = field(default="", metadata=said("扫描到的企业码，没有扫描的为空"))
    reason: str = field(default="", metadata=said("没有扫码的理由", long=True))
    place: str = field(default="", metadata=said("签到位置", example="南宁市青秀区示例路1号"))
    photo: str = file("门店招牌照片", hint="扫张贴的企业码的，连同签到位置证明到场")


def _scanned(work: Work, cmd: CheckInAtVisit) -> ScanCode | None:
    """Read the code that was scanned, if one was. Raises ``CodeRefused``."""
    return read_firm_code(work, cmd.code) if cmd.code.strip() else None


def _metres_from(firm: Subject, place: str) -> int | None:
    """Measure how far a position is from where the firm is registered, if both are known."""
    known, came = firm.extended, Position.at_start_of(place)
    if came is None or known.latitude is None or known.longitude is None:
        return None
    return came.metres_to(Position(known.latitude / 1e6, known.longitude / 1e6))


@does(Visit, "check_in", beforehand=_scanned)
def check_in(work: Work, cmd: CheckInAtVisit) -> None:
    """Begin a check on the spot by scanning the firm's code, or for a reason without.

    A posted code proves the place with a photo and a position near the firm's registered one;
    else the firm scans the code of the visit, or the place stands as not proved.
    Refused before the list of visits is approved and sent out, unless it went out as urgent, and
    before the task begins, by the time at which it was done: the phone's, but none before the task
    went out, or the officers were drawn.
    """
    visit, at = _visit_to_begin(work, cmd.visit_id)
    officer = acting_officer(work)
    code = work.ready if isinstance(work.ready, ScanCode) else _scanned(work, cmd)
    if code is not None and scanned_firm(work[Subjects], code).id != visit.sheet.subject:
        raise VisitNotStarted((Violation("tasks.code_of_other_firm", "code"),))
    photo = attach_sign(work, visit, cmd.photo)
    visit.check_in(
        CheckIn(
            by=officer.id, at=at, code=cmd.code,
            reason=cmd.reason, place=cmd.place, photo=cmd.photo, photo_sm3=photo,
            metres=_metres_from(work[Subjects].get(visit.sheet.subject), cmd.place),
            received_at=work.now if work.done_at else None,
        )
    )  # fmt: skip
    work.save(Visits, visit)


@frozen(kw_only=True)
class StartOffsite:
    """A visit that needs no presence."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))


@does(Visit, "start_offsite")
def start_offsite(work: Work, cmd: StartOffsite) -> None:
    """Begin a check whose items can all be answered from papers and data."""
    visit, _ = _visit_to_begin(work, cmd.visit_id)
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
    note: str = field(default="", metadata=said("情况说明", long=True))
    evidence: tuple[str, ...] = files("佐证材料")
    corrected_because: str = field(
        default="",
        metadata=said("更正理由", hint="更改已记录的结果的必填；原结果和证据保留", long=True),
    )


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
            corrected_because=each.corrected_because.strip(),
        )
        for each in answers
    )


@does(Visit, "record")
def record_results(work: Work, cmd: RecordResults) -> None:
    """Record results item by item, as an officer of the department that answers them.

    The evidence that a result names hangs on the visit for good. A result that differs from the one
    before says why; that one is kept with value, evidence, reason and officer.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    before = visit.results
    visit.record(_results(work, cmd.answers, acting_officer(work).id))
    _keep_results(work, visit, cmd.answers, before)


def _keep_results(
    work: Work, visit: Visit, answers: tuple[ItemAnswer, ...], before: tuple[ItemResult, ...]
) -> None:
    """Hang what results name on the visit, say in the log what was corrected, and store it."""
    attach_evidence(work, EVIDENCE, visit, [one for each in answers for one in each.evidence])
    found = {one.item: one for one in before}
    corrected = [
        f"{one.item}: {found[one.item].outcome} → {one.outcome}"
        for one in visit.results
        if one.item in found and one.differs(found[one.item])
    ]
    if corrected:
        work.note(corrected="; ".join(corrected))
    work.save(Visits, visit)


_OWN_OFFICER: Final = said(
    "检查的执法人员", hint="本部门参加这次检查、填写纸质检查单的人员", to="officer"
)


@frozen(kw_only=True)
class TypeResults:
    """What an officer of one's own department found, as his paper says."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    officer: str = field(metadata=_OWN_OFFICER)
    answers: tuple[ItemAnswer, ...] = field(metadata=said("各检查项的结果"))


def _visit_of_own_officer(work: Work, visit_id: str, officer: str) -> Visit:
    """Load a visit for whoever writes down for an officer of it, who is of his department."""
    visit = visit_in_reach(work, visit_id)
    for each in visit.officers:
        if each.id == officer:
            work.reach(
                "visit", visit.id, region=visit.sheet.region,
                departments=frozenset({each.department}),
            )  # fmt: skip
    return visit


@does(Visit, "type_results")
def type_results(work: Work, cmd: TypeResults) -> None:
    """Type in for an officer of one's own department what he found and wrote on paper.

    The results are his; the log says who typed them in.
    """
    visit = _visit_of_own_officer(work, cmd.visit_id, cmd.officer)
    before = visit.results
    visit.type_results(_results(work, cmd.answers, cmd.officer))
    _keep_results(work, visit, cmd.answers, before)


@does(Visit, "note_by_assistant")
def note_as_assistant(work: Work, cmd: RecordResults) -> None:
    """Keep what a third party's person saw, as material for the officers."""
    visit, _ = _assisted_visit(work, cmd.visit_id)
    visit.note_by_assistant(_results(work, cmd.answers, work.actor.user))
    attach_evidence(work, ASSISTANCE, visit, [one for each in cmd.answers for one in each.evidence])
    work.save(Visits, visit)


@frozen(kw_only=True)
class NameVisit:
    """Which visit is meant."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))


@does(Visit, "claim_visit")
def claim_visit(work: Work, cmd: NameVisit) -> None:
    """Take up a visit for one's own institution, as one of the people it named for the task."""
    visit, task = _assisted_visit(work, cmd.visit_id)
    visit.claim_visit(by=work.actor.user, named=task.assistants_of(work.actor.scope.party))
    work.save(Visits, visit)


@frozen(kw_only=True)
class ArriveToAssist:
    """Arrival of an assistant: the scanned code, or why there is none."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    code: str = field(default="", metadata=said("扫描到的企业码，没有扫描的为空"))
    reason: str = field(default="", metadata=said("没有扫码的理由", long=True))


def _scanned_by_assistant(work: Work, cmd: ArriveToAssist) -> ScanCode | None:
    """Read the code that was scanned, if one was. Raises ``CodeRefused``."""
    return read_firm_code(work, cmd.code) if cmd.code.strip() else None


@does(Visit, "arrive_to_assist", beforehand=_scanned_by_assistant)
def arrive_to_assist(work: Work, cmd: ArriveToAssist) -> None:
    """Check in as an assistant by scanning the firm's code, or for a reason without.

    Not before the visit may begin. Raises ``AssistanceRefused``.
    """
    visit, task = _assisted_visit(work, cmd.visit_id)
    arrived_on = local_day(_moment_on_site(work, task, visit))
    refuse_if(AssistanceRefused, task.withholds_visits(arrived_on))
    code = work.ready if isinstance(work.ready, ScanCode) else _scanned_by_assistant(work, cmd)
    if code is not None and scanned_firm(work[Subjects], code).id != visit.sheet.subject:
        raise AssistanceRefused((Violation("tasks.code_of_other_firm", "code"),))
    visit.arrive_to_assist(
        Arrival(
            by=work.actor.user, at=work.now, scanned=code is not None, reason=cmd.reason.strip()
        )
    )
    work.save(Visits, visit)


@frozen(kw_only=True)
class HandOverAssistance:
    """To whom of one's own institution a visit goes, and why."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    to: str = field(metadata=said("移交给", among="own.people.id"))
    reason: str = field(metadata=said("移交原因", example="另有检测任务", long=True))


@does(Visit, "hand_over_assistance")
def hand_over_assistance(work: Work, cmd: HandOverAssistance) -> None:
    """Hand one's own part in a visit to another person of the own institution."""
    visit, task = _assisted_visit(work, cmd.visit_id)
    visit.hand_over_assistance(
        AssistanceHandover(old=work.actor.user, new=cmd.to, reason=cmd.reason.strip(), at=work.now),
        named=task.assistants_of(work.actor.scope.party),
    )
    work.save(Visits, visit)


@frozen(kw_only=True)
class ReportProblem:
    """What a department should know: that of the item, without one the lead."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    text: str = field(metadata=said("发现的问题", example="冷藏柜温度高于规定", long=True))
    item: str = field(
        default="",
        metadata=said(
            "所涉检查项", hint="提交给负责该项的部门；不选的，提交牵头部门",
            among="visit_id.items.id",
        ),
    )  # fmt: skip
    files: tuple[str, ...] = files("照片和其他附件")


@does(Visit, "report_problem", answers="问题反馈的编号")
def report_problem(work: Work, cmd: ReportProblem) -> str:
    """Report a problem to a department of the visit, as an assistant."""
    visit, _ = _assisted_visit(work, cmd.visit_id)
    problem = work.ids.next_id()
    visit.report_problem(
        problem=problem, item=cmd.item, text=cmd.text.strip(), files=cmd.files,
        by=work.actor.user, at=work.now,
    )  # fmt: skip
    attach_evidence(work, ASSISTANCE, visit, list(cmd.files))
    work.save(Visits, visit)
    return problem


@frozen(kw_only=True)
class AnswerProblem:
    """What the department says to a reported problem."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    problem_id: str = field(metadata=said("问题反馈的编号", example="0123abcd"))
    answer: str = field(metadata=said("答复", example="已到场核实", long=True))


@does(Visit, "answer_problem")
def answer_problem(work: Work, cmd: AnswerProblem) -> None:
    """Answer what an assistant reported to the own department."""
    visit = visit_in_reach(work, cmd.visit_id)
    for each in visit.problems:
        if each.id == cmd.problem_id:
            work.reach(
                "visit", visit.id, region=visit.sheet.region,
                departments=frozenset({each.department}),
            )  # fmt: skip
    visit.answer_problem(problem=cmd.problem_id, answer=cmd.answer, by=work.actor.user, at=work.now)
    work.save(Visits, visit)


_ITEM: Final = said("检查项的编号", example="1.1")
_MATERIAL: Final = said("所引材料的名称或文号", example="2026年6月自查报告")


@frozen(kw_only=True)
class UseMaterial:
    """Material already held that answers an item, and where it comes from."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    item: str = field(metadata=_ITEM)
    material: str = field(metadata=_MATERIAL)
    source: str = choice("材料来源", MATERIAL_SOURCES, required=True)


@does(Visit, "use_material")
def use_material(work: Work, cmd: UseMaterial) -> None:
    """Call on material that the firm reported or an approval file holds."""
    visit = visit_in_reach(work, cmd.visit_id)
    visit.use_material(_use(cmd, acting_officer(work).id, work.now))
    work.save(Visits, visit)


@frozen(kw_only=True)
class TypeMaterial:
    """Material already held on which an officer of one's own department rests an item."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    officer: str = field(metadata=_OWN_OFFICER)
    item: str = field(metadata=_ITEM)
    material: str = field(metadata=_MATERIAL)
    source: str = choice("材料来源", MATERIAL_SOURCES, required=True)


@does(Visit, "type_material")
def type_material(work: Work, cmd: TypeMaterial) -> None:
    """Write down for an officer of one's own department which material answers an item.

    The use is his; the log says who wrote it down.
    """
    visit = _visit_of_own_officer(work, cmd.visit_id, cmd.officer)
    visit.type_material(_use(cmd, cmd.officer, work.now))
    work.save(Visits, visit)


def _use(cmd: UseMaterial | TypeMaterial, officer: str, at: datetime) -> MaterialUse:
    return MaterialUse(
        item=cmd.item, material=cmd.material, source=cmd.source, by=officer, at=at
    )  # fmt: skip


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
    note: str = field(default="", metadata=said("结论说明", long=True))


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
    recorder_image: str = file("记录人签名图片", hint="照片或扫描件")
    recorder_strokes: str = field(
        default="", repr=False,
        metadata=said("记录人笔迹，各点的横纵坐标和落笔后的毫秒数", example="12,40,0 13,42,16"),
    )  # fmt: skip
    note: str = field(default="", metadata=said("检查人员备注", long=True))


@does(Visit, "sign")
def sign_visit(work: Work, cmd: SignVisit) -> None:
    """Take the signatures; the acting officer signs as record keeper. Results are then fixed.

    Another officer confirms them within two working days, else the head is called on.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    visit.sign(
        SignatureSheet(
            party=cmd.party,
            recorder=acting_officer(work).id,
            at=work.now,
            note=cmd.note,
            image=cmd.recorder_image,
            strokes=cmd.recorder_strokes,
        ),
        confirm_due=work[Calendars]
        .working_calendar()
        .add_working_days(local_day(work.now), CONFIRM_RECORD_WITHIN_WORKING_DAYS),
    )
    attach_signatures(work, visit, cmd.party, cmd.recorder_image)
    work.save(Visits, visit)


@frozen(kw_only=True)
class ConfirmRecord:
    """A signed visit whose record another officer keeps."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))


@does(Visit, "confirm_record")
def confirm_record(work: Work, cmd: ConfirmRecord) -> None:
    """Stand to what another officer of the visit recorded and had signed, under one's own account.

    Who keeps the record cannot confirm it. The result of a completed check is formed by that.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    take_confirmation(
        work,
        visit,
        RecordConfirmation(by=acting_officer(work).id, at=work.now, way=ConfirmationWay.ACCOUNT),
    )


def take_confirmation(work: Work, visit: Visit, confirmation: RecordConfirmation) -> None:
    """Let an officer stand to the record of a visit; what follows of a formed result follows."""
    visit.confirm_record(confirmation)
    work.save(Visits, visit)
    _follow_formed(work, visit)


@frozen(kw_only=True)
class ReopenRecord:
    """A signed visit to whose record no second officer stands, and why it is given back."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    reason: str = field(metadata=said("退回理由", example="另一名执法人员对结果有异议", long=True))


@does(Visit, "reopen_record")
def reopen_record(work: Work, cmd: ReopenRecord) -> None:
    """Give a record back that nobody confirmed: officers correct it with a reason, or sign again.

    Former results and signatures are kept.
    """
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    visit.reopen_record(reason=cmd.reason, by=work.actor.user, at=work.now)
    work.save(Visits, visit)


@frozen(kw_only=True)
class CompleteVisit:
    """A signed visit."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))


@does(Visit, "complete")
def complete_visit(work: Work, cmd: CompleteVisit) -> None:
    """Finish a check: confirmed by a second officer, its result is formed; else once it is.

    A formed result is due for publication within 20 working days. What it says of the subject
    becomes facts from that day on. Where it goes to a penalty, a case stands to be handed over
    for each department that found something.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    visit.complete(by=acting_officer(work).id, at=work.now)
    work.save(Visits, visit)
    _follow_formed(work, visit)


def _follow_formed(work: Work, visit: Visit) -> None:
    """Let its publication fall due, cases stand and facts be known, once a result is formed."""
    if not visit.formed:
        return
    subject = work[Subjects].get(visit.sheet.subject)
    task = work[Tasks].get(visit.sheet.task)
    calendar = work[Calendars].working_calendar()
    publication = Publication.of(
        visit,
        shown_result(
            visit,
            subject=PublicSubject.of(subject),
            task_name=task.sheet.name,
            scene=task.sheet.scene,
        ),
        due_on=calendar.add_working_days(local_day(work.now), PUBLISH_WITHIN_WORKING_DAYS),
    )
    work.save(Publications, publication)
    mark_concluded(work, visit)
    record_facts(work, visit.sheet.subject, source=f"visit:{visit.id}", visit=visit)


@frozen(kw_only=True)
class ReportUnvisited:
    """Why a firm cannot be visited, and what shows it."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    ground: WaiverGround = field(
        metadata=said("无法检查的情形", codes=TITLES[WaiverGround], example="closed")
    )
    note: str = field(
        metadata=said("情况说明", example="两次到场，大门上锁，邻户称已停业", long=True)
    )
    evidence: tuple[str, ...] = files("现场照片或其他材料", required=True)


@does(Visit, "report_unvisited")
def report_unvisited(work: Work, cmd: ReportUnvisited) -> None:
    """Report that a firm cannot be visited, with evidence of the place, as an officer of the visit.

    Another officer of the visit confirms it, and the head decides.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    visit.report_unvisited(
        NotVisited(
            ground=cmd.ground, note=cmd.note, evidence=cmd.evidence, by=acting_officer(work).id,
            at=work.now,
        )
    )  # fmt: skip
    attach_evidence(work, EVIDENCE, visit, list(cmd.evidence))
    work.save(Visits, visit)


@does(Visit, "confirm_unvisited")
def confirm_unvisited(work: Work, cmd: NameVisit) -> None:
    """Stand to what another officer of the visit reported: the firm cannot be visited."""
    visit = visit_in_reach(work, cmd.visit_id)
    visit.confirm_unvisited(by=acting_officer(work).id, at=work.now)
    work.save(Visits, visit)


def _own_officer(work: Work, proposers: Iterable[str]) -> str:
    """Give which of these officers the acting account is, whichever post it acts in; or none."""
    ties = work[AccountTies]
    own = (one for one in proposers if one and work.actor.user in ties.accounts_of([one]))
    return next(own, "")


@frozen(kw_only=True)
class DecideUnvisited:
    """The head's decision; a refusal needs an answer."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    granted: bool = field(metadata=said("是否同意不检查"))
    answer: str = field(
        default="", metadata=said("审批意见，不同意的必填", example="请再次到场", long=True)
    )


@does(Visit, "decide_unvisited")
def decide_unvisited(work: Work, cmd: DecideUnvisited) -> None:
    """Leave a firm unvisited for the ground that two officers state, or have it visited."""
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    found = visit.unvisited
    visit.decide_unvisited(
        granted=cmd.granted, answer=cmd.answer, by=work.actor.user, at=work.now,
        officer=_own_officer(work, (found.by, found.confirmed_by) if found else ()),
    )  # fmt: skip
    work.save(Visits, visit)


@frozen(kw_only=True)
class ProposeSealing:
    """Which evidence of a visit nobody shall open any more, and why."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    file: str = field(metadata=said("证据", among="visit_id.files.file"))
    ground: SealingGround = field(
        metadata=said("封存事由", codes=TITLES[SealingGround], example="personal")
    )
    reason: str = field(metadata=said("封存理由", example="照片拍到了顾客的身份证件", long=True))


@does(Visit, "propose_sealing", answers="封存申请的编号")
def propose_sealing(work: Work, cmd: ProposeSealing) -> str:
    """Propose, as an officer of the visit, to close evidence with personal matter from view.

    The head decides. The file, its digest and the result that it shows stay where they are.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    found = hanging(work, Visits.kind, visit.id, cmd.file)
    if found is None:
        raise EvidenceNotSealed((Violation("tasks.file_not_of_visit", "file"),))
    sealing = EvidenceSealing(
        id=work.ids.next_id(), file=found.id, sm3=found.content.sm3, ground=cmd.ground,
        reason=cmd.reason.strip(), by=work.actor.user, at=work.now,
    )  # fmt: skip
    visit.propose_sealing(sealing, officer=acting_officer(work).id)
    work.note(file=found.id, sm3=found.content.sm3)
    work.save(Visits, visit)
    return sealing.id


@frozen(kw_only=True)
class DecideSealing:
    """The head's decision; a refusal needs an answer."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    sealing_id: str = field(metadata=said("封存申请的编号", example="0123abcd"))
    granted: bool = field(metadata=said("是否同意封存"))
    answer: str = field(
        default="",
        metadata=said("审批意见，不同意的必填", example="照片不涉及个人信息", long=True),
    )


@does(Visit, "decide_sealing")
def decide_sealing(work: Work, cmd: DecideSealing) -> None:
    """Close evidence from view, or leave it open, as the head of the lead.

    Whoever proposed it does not decide it. Closed, it is opened by nobody any more; that it was
    there, its digest and the ground stay.
    """
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    file = visit.decide_sealing(
        sealing=cmd.sealing_id, granted=cmd.granted, answer=cmd.answer, by=work.actor.user,
        at=work.now,
    )  # fmt: skip
    if file:
        close(work, Visits.kind, visit.id, file)
        work.note(file=file)
    work.save(Visits, visit)


@frozen(kw_only=True)
class AskExtension:
    """More calendar days for a visit, and why."""

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    days: int = field(metadata=said("延期的自然日数", example=7))
    reason: str = field(metadata=said("延期理由", example="企业停产检修", long=True))


@does(Visit, "ask_extension")
def ask_extension(work: Work, cmd: AskExtension) -> str:
    """Ask the head for more days, as an officer of the visit: at most twice, 60 days in all."""
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
    granted: bool = field(metadata=said("审核是否通过"))
    answer: str = field(
        default="", metadata=said("审核意见，不通过的必填", example="同意延期", long=True)
    )


@does(Visit, "decide_extension")
def decide_extension(work: Work, cmd: DecideExtension) -> None:
    """Grant or reject more days for a visit of a task that one's department leads, as its head."""
    visit = visit_in_reach(work, cmd.visit_id, lead_only=True)
    visit.decide_extension(
        extension=cmd.extension_id,
        granted=cmd.granted,
        by=work.actor.user,
        answer=cmd.answer,
        at=work.now,
        officer=_own_officer(
            work, [one.by for one in visit.extensions if one.id == cmd.extension_id]
        ),
    )
    work.save(Visits, visit)
