"""The visit: one subject of a task, from its officers to its completed result."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen, setters

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.verbs import (
    Parts,
    Responsible,
    Verb,
    Verbs,
    always,
    departments,
    officers,
)
from supervision_core.tasks.model import events
from supervision_core.tasks.model.presence import (
    CheckIn,
    Extension,
    ExtensionState,
    MaterialUse,
    PartySignature,
    Replacement,
    SignatureSheet,
    signature_violations,
)
from supervision_core.tasks.model.results import (
    Conclusion,
    Finding,
    Inspector,
    ItemOutcome,
    ItemResult,
    VisitItem,
    conclusion_violations,
    findings_of,
    officer_violations,
    result_violations,
)


class VisitState(StrEnum):
    """How far a visit has come; all but ``COMPLETED`` count as open (待反馈)."""

    ASSIGNED = "assigned"
    STARTED = "started"
    SIGNED = "signed"
    COMPLETED = "completed"


@define(eq=False)
class VisitNotOpened(Refused):
    """The visit cannot be set up so."""

    code: ClassVar[str] = "tasks.visit_not_opened"


@define(eq=False)
class VisitNotStarted(Refused):
    """The check may not begin."""

    code: ClassVar[str] = "tasks.visit_not_started"


@define(eq=False)
class ResultsNotRecorded(Refused):
    """The results or the conclusion cannot be taken."""

    code: ClassVar[str] = "tasks.results_not_recorded"


@define(eq=False)
class VisitNotSigned(Refused):
    """The signatures cannot be taken."""

    code: ClassVar[str] = "tasks.visit_not_signed"


@define(eq=False)
class VisitNotCompleted(Refused):
    """The check is not finished."""

    code: ClassVar[str] = "tasks.visit_not_completed"


@define(eq=False)
class OfficerNotReplaced(Refused):
    """The replacement is not possible."""

    code: ClassVar[str] = "tasks.officer_not_replaced"


@define(eq=False)
class ExtensionRefused(Refused):
    """The extension cannot be asked for or decided."""

    code: ClassVar[str] = "tasks.extension_refused"


_S = VisitState
_OPEN = frozenset({_S.ASSIGNED, _S.STARTED, _S.SIGNED})
_UNSIGNED = frozenset({_S.ASSIGNED, _S.STARTED})


@frozen(kw_only=True)
class VisitSheet:
    """检查对象任务信息 (VisitSheet): which subject, in which task, on which items."""

    number: str
    task: str
    subject: str
    region: str
    lead: str
    items: tuple[VisitItem, ...]
    counts_toward_cap: bool = True

    @property
    def departments(self) -> frozenset[str]:
        """The lead and every department that answers an item."""
        return frozenset({self.lead, *(item.department for item in self.items)})

    @property
    def offsite(self) -> bool:
        """Tell whether nothing has to be looked at on the spot (书面核查 instead of 入企)."""
        return not any(item.onsite for item in self.items)


def _answered(visit: "Visit") -> bool:
    """Tell whether every item has a result."""
    return {each.item for each in visit.results} == {each.id for each in visit.sheet.items}


VERBS: Final = Verbs(
    context="tasks",
    noun="visit",
    title="检查对象任务",
    states={
        _S.ASSIGNED: "待检查", _S.STARTED: "检查中", _S.SIGNED: "已签字", _S.COMPLETED: "已反馈",
    },
    parts=(
        Parts(
            noun="extension", title="延期申请", all=lambda visit: visit.extensions,
            states={
                ExtensionState.ASKED: "待审批", ExtensionState.GRANTED: "已同意",
                ExtensionState.REJECTED: "不同意",
            },
        ),
    ),
    label=lambda visit: visit.sheet.number,
    subject=lambda visit: visit.sheet.subject,
    assignees={
        Responsible.LEAD: lambda visit, _: departments(visit.sheet.lead),
        Responsible.DEPARTMENTS: lambda visit, _: departments(*visit.sheet.departments),
        Responsible.OFFICERS: lambda visit, _: officers(each.id for each in visit.officers),
        Responsible.INSTITUTION: None,
    },
    verbs=(
        Verb(name="check_in", title="现场签到", by=Responsible.OFFICERS, starts=_S.ASSIGNED,
             leads=_S.STARTED, owed=lambda visit, _: not visit.sheet.offsite, term="due_on"),
        Verb(name="start_offsite", title="开始非现场检查", by=Responsible.OFFICERS,
             starts=_S.ASSIGNED, leads=_S.STARTED, owed=lambda visit, _: visit.sheet.offsite,
             term="due_on"),
        Verb(name="record", title="记录检查结果", by=Responsible.OFFICERS, starts=_S.STARTED,
             owed=lambda visit, _: visit.conclusion is None and not _answered(visit),
             term="due_on", permission="tasks.record_results"),
        Verb(name="note_by_assistant", title="记录协助情况", by=Responsible.INSTITUTION,
             starts=_S.STARTED, permission="tasks.note_as_assistant"),
        Verb(name="use_material", title="引用监测材料", by=Responsible.OFFICERS,
             starts=_S.STARTED),
        Verb(name="conclude", title="作出检查结论", by=Responsible.OFFICERS, starts=_S.STARTED,
             owed=lambda visit, _: visit.conclusion is None and _answered(visit), term="due_on"),
        Verb(name="sign", title="检查签字", by=Responsible.OFFICERS, starts=_S.STARTED,
             leads=_S.SIGNED, owed=lambda visit, _: visit.conclusion is not None, term="due_on"),
        Verb(name="complete", title="完成检查", by=Responsible.OFFICERS, starts=_S.SIGNED,
             leads=_S.COMPLETED, owed=always, term="due_on", permission="tasks.complete_visit"),
        Verb(name="allot_assistants", title="分派协助人员", by=Responsible.INSTITUTION,
             starts=_UNSIGNED),
        Verb(name="replace_officer", title="更换检查人员", by=Responsible.DEPARTMENTS,
             starts=_UNSIGNED),
        Verb(name="ask_extension", title="申请延期检查", by=Responsible.OFFICERS,
             starts=_UNSIGNED),
        Verb(name="order", title="责令改正", by=Responsible.DEPARTMENTS,
             starts={_S.STARTED, _S.SIGNED, _S.COMPLETED}, permission="tasks.issue_rectification"),
        Verb(name="assign_review", title="指派后续核查", by=Responsible.LEAD, starts=_S.COMPLETED),
        Verb(name="decide_extension", title="审批延期申请", by=Responsible.LEAD, starts=_OPEN,
             part="extension", part_starts=ExtensionState.ASKED,
             part_leads={ExtensionState.GRANTED, ExtensionState.REJECTED}, owed=always,
             term="due_on"),
    ),
)  # fmt: skip
"""What is done with a visit; every other state is refused as ``tasks.visit_is_<state>``."""


@define(eq=False, kw_only=True)
class Visit(Aggregate):
    """检查对象任务 (Visit): the check of one subject within a task, by two officers at least.

    Source: proposal 6.4.2.5.2.3, 6.4.2.5.2.5, 6.4.2.5.3.1.6 to 6.4.2.5.3.1.8.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    sheet: VisitSheet = field(on_setattr=setters.frozen)
    _officers: tuple[Inspector, ...]
    _due_on: date
    _state: VisitState = VisitState.ASSIGNED
    _assistants: frozenset[str] = frozenset()
    _check_in: CheckIn | None = None
    _results: tuple[ItemResult, ...] = ()
    _assistant_notes: tuple[ItemResult, ...] = ()
    _materials: tuple[MaterialUse, ...] = ()
    _conclusion: Conclusion | None = None
    _signatures: SignatureSheet | None = None
    _formed_on: date | None = None
    _replacements: tuple[Replacement, ...] = ()
    _extensions: tuple[Extension, ...] = ()

    @classmethod
    def open(
        cls,
        *,
        id: str,
        sheet: VisitSheet,
        officers: tuple[Inspector, ...],
        due_on: date,
        at: datetime,
    ) -> Self:
        """Set up a visit with its officers (at least two certified until ``due_on``).

        Raises ``VisitNotOpened``.
        """
        refuse_if(VisitNotOpened, _opening_violations(sheet, officers, due_on, local_day(at)))
        visit = cls(id=id, sheet=sheet, officers=officers, due_on=due_on)
        visit._record(events.VisitOpened(at=at, visit=id, task=sheet.task, subject=sheet.subject))
        return visit

    @property
    def state(self) -> VisitState:
        """How far it has come."""
        return self._state

    @property
    def officers(self) -> tuple[Inspector, ...]:
        """Who inspects."""
        return self._officers

    @property
    def assistants(self) -> frozenset[str]:
        """People of third parties who assist."""
        return self._assistants

    @property
    def due_on(self) -> date:
        """The last day for the result, extensions included."""
        return self._due_on

    @property
    def started(self) -> CheckIn | None:
        """The arrival, or the opening of an off-site check."""
        return self._check_in

    @property
    def results(self) -> tuple[ItemResult, ...]:
        """The results so far, in the order of the items."""
        return self._results

    @property
    def assistant_notes(self) -> tuple[ItemResult, ...]:
        """What assistants noted: material for the officers, no result."""
        return self._assistant_notes

    @property
    def materials(self) -> tuple[MaterialUse, ...]:
        """The off-site material that was used."""
        return self._materials

    @property
    def conclusion(self) -> Conclusion | None:
        """The result as a whole, once given."""
        return self._conclusion

    @property
    def signatures(self) -> SignatureSheet | None:
        """Who signed, once signed."""
        return self._signatures

    @property
    def formed_on(self) -> date | None:
        """The day on which the result was formed: the publication term runs from it."""
        return self._formed_on

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        """Every replacement of an officer, oldest first."""
        return self._replacements

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """Every request for more days, oldest first."""
        return self._extensions

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The items that failed."""
        return findings_of(self.sheet.items, self._results)

    def check_in(self, arrival: CheckIn) -> None:
        """Take an officer's arrival, scanned or with a reason for not scanning.

        Raises ``VisitNotStarted``.
        """
        refuse_if(VisitNotStarted, self._check_in_violations(arrival))
        self._start(arrival)

    def _check_in_violations(self, arrival: CheckIn) -> Iterator[Violation]:
        yield from self.forbids("check_in")
        yield from self._not_officer(arrival.by)
        if not arrival.code.strip() and not arrival.reason.strip():
            yield Violation("tasks.scan_missing", "code")
        yield from officer_violations(self._officers, local_day(arrival.at), "officers")

    def start_offsite(self, *, by: str, at: datetime) -> None:
        """Begin a check whose items all need no presence. Raises ``VisitNotStarted``."""
        refuse_if(VisitNotStarted, self._offsite_violations(by, at))
        self._start(CheckIn(by=by, at=at))

    def _offsite_violations(self, by: str, at: datetime) -> Iterator[Violation]:
        yield from self.forbids("start_offsite")
        yield from self._not_officer(by)
        if not self.sheet.offsite:
            yield Violation("tasks.presence_needed", "items")
        yield from officer_violations(self._officers, local_day(at), "officers")

    def _start(self, arrival: CheckIn) -> None:
        self._check_in, self._state = arrival, VisitState.STARTED
        scanned = bool(arrival.code.strip())
        self._record(events.VisitStarted(at=arrival.at, visit=self.id, scanned=scanned))

    def record(self, results: Iterable[ItemResult]) -> None:
        """Take results, item by item; a later one replaces an earlier one of the same item.

        Each is by an officer of the department that answers the item. A conclusion given
        before lapses. Raises ``ResultsNotRecorded``.
        """
        new = tuple(results)
        refuse_if(ResultsNotRecorded, self._record_violations(new))
        by_item = {each.item: each for each in (*self._results, *new)}
        self._results = tuple(by_item[item.id] for item in self.sheet.items if item.id in by_item)
        self._conclusion = None

    def _record_violations(self, new: tuple[ItemResult, ...]) -> Iterator[Violation]:
        yield from self.forbids("record")
        items = {item.id: item for item in self.sheet.items}
        officers = {officer.id: officer for officer in self._officers}
        if not new:
            yield Violation("tasks.results_missing", "results")
        for place, result in enumerate(new):
            at = f"results[{place}]"
            yield from result_violations(result, at)
            yield from self._not_officer(result.by, at)
            item, officer = items.get(result.item), officers.get(result.by)
            if item is None:
                yield Violation("tasks.item_unknown", at, {"item": result.item})
            elif officer is not None and officer.department != item.department:
                yield Violation("tasks.item_of_other_department", at, {"item": result.item})

    def note_by_assistant(self, notes: Iterable[ItemResult]) -> None:
        """Keep what third-party people saw, as material that officers may follow or not.

        Raises ``ResultsNotRecorded``.
        """
        new = tuple(notes)
        refuse_if(ResultsNotRecorded, self._assistant_violations(new))
        self._assistant_notes += new

    def _assistant_violations(self, new: tuple[ItemResult, ...]) -> Iterator[Violation]:
        yield from self.forbids("note_by_assistant")
        items = {item.id for item in self.sheet.items}
        for place, note in enumerate(new):
            at = f"notes[{place}]"
            if note.by not in self._assistants:
                yield Violation("tasks.assistant_unknown", at)
            if note.item not in items:
                yield Violation("tasks.item_unknown", at, {"item": note.item})

    def use_material(self, use: MaterialUse) -> None:
        """Note that material already held answers (part of) an item.

        Raises ``ResultsNotRecorded``.
        """
        refuse_if(ResultsNotRecorded, self._material_violations(use))
        self._materials += (use,)

    def _material_violations(self, use: MaterialUse) -> Iterator[Violation]:
        yield from self.forbids("use_material")
        yield from self._not_officer(use.by)
        if use.item not in {item.id for item in self.sheet.items}:
            yield Violation("tasks.item_unknown", "item", {"item": use.item})
        if use.source not in ("self_report", "approval"):
            yield Violation("tasks.material_source_unknown", "source")

    def conclude(self, conclusion: Conclusion) -> None:
        """Give the result as a whole, every item being answered.

        Items may stay unchecked only where there was nothing to inspect.
        Raises ``ResultsNotRecorded``.
        """
        refuse_if(ResultsNotRecorded, self._conclude_violations(conclusion))
        self._conclusion = conclusion

    def _conclude_violations(self, conclusion: Conclusion) -> Iterator[Violation]:
        yield from self.forbids("conclude")
        yield from self._not_officer(conclusion.by)
        yield from conclusion_violations(conclusion, len(self.findings))
        if conclusion.nothing_to_inspect:
            return
        answered = {each.item: each.outcome for each in self._results}
        for item in self.sheet.items:
            if item.id not in answered:
                yield Violation("tasks.item_unanswered", "results", {"item": item.id})
            elif item.key and answered[item.id] is ItemOutcome.NOT_CHECKED:
                yield Violation("tasks.key_item_unchecked", "results", {"item": item.id})

    def sign(self, *, party: PartySignature, recorder: str, note: str = "", at: datetime) -> None:
        """Take the inspected party's signature or refusal, and the record keeper's.

        The record keeper is an officer of the visit; results are fixed from here on.
        Raises ``VisitNotSigned``.
        """
        refuse_if(VisitNotSigned, self._sign_violations(party, recorder))
        self._signatures = SignatureSheet(party=party, recorder=recorder, at=at, note=note)
        self._state = VisitState.SIGNED

    def _sign_violations(self, party: PartySignature, recorder: str) -> Iterator[Violation]:
        yield from self.forbids("sign")
        yield from self._not_officer(recorder)
        if self._conclusion is None:
            yield Violation("tasks.conclusion_missing")
        yield from signature_violations(party)

    def complete(self, *, by: str, at: datetime) -> None:
        """Finish the check: its result is formed on the local day of ``at``.

        Raises ``VisitNotCompleted``.
        """
        refuse_if(VisitNotCompleted, (*self.forbids("complete"), *self._not_officer(by)))
        self._state, self._formed_on = VisitState.COMPLETED, local_day(at)
        outcomes = self._conclusion.outcomes if self._conclusion else frozenset()
        self._record(
            events.VisitCompleted(
                at=at,
                visit=self.id,
                task=self.sheet.task,
                subject=self.sheet.subject,
                formed_on=self._formed_on,
                outcomes=tuple(sorted(outcomes)),
                findings=len(self.findings),
            )
        )

    def allot_assistants(self, people: frozenset[str], *, named: frozenset[str]) -> None:
        """Say which people of third parties assist, out of those ``named`` for the task.

        They replace those said before. Raises ``VisitNotOpened``.
        """
        refuse_if(VisitNotOpened, self._allot_violations(people, named))
        self._assistants = people

    def _allot_violations(
        self, people: frozenset[str], named: frozenset[str]
    ) -> Iterator[Violation]:
        yield from self.forbids("allot_assistants")
        if people - named:
            yield Violation("tasks.assistant_unknown", "people")
        if people & {officer.id for officer in self._officers}:
            yield Violation("tasks.officer_cannot_assist", "people")

    def replace_officer(
        self, replacement: Replacement, *, recused: frozenset[str] = frozenset()
    ) -> None:
        """Let an officer of the same department take over, before the signature.

        ``recused`` are the officers who must keep away from this subject (回避).
        Raises ``OfficerNotReplaced``.
        """
        refuse_if(OfficerNotReplaced, self._replace_violations(replacement, recused))
        old, new = replacement.old, replacement.new
        self._officers = tuple(new if each.id == old else each for each in self._officers)
        self._replacements += (replacement,)
        self._record(
            events.OfficerReplaced(
                at=replacement.at,
                visit=self.id,
                old=old,
                new=new.id,
                reason=replacement.reason,
            )
        )

    def _replace_violations(
        self, replacement: Replacement, recused: frozenset[str]
    ) -> Iterator[Violation]:
        old, new = replacement.old, replacement.new
        yield from self.forbids("replace_officer")
        yield from _missing(replacement.reason, "reason")
        leaving = next((each for each in self._officers if each.id == old), None)
        if leaving is None:
            yield Violation("tasks.officer_not_assigned", "old", {"officer": old})
        elif leaving.department != new.department:
            yield Violation("tasks.officer_of_other_department", "new", {"officer": new.id})
        if new.id in {each.id for each in self._officers}:
            yield Violation("tasks.officer_twice", "new", {"officer": new.id})
        if new.id in self._assistants:
            yield Violation("tasks.assistant_may_not_inspect", "new")
        if new.id in recused:
            yield Violation("tasks.officer_recused", "new", {"officer": new.id})
        if not new.certified(max(local_day(replacement.at), self._due_on)):
            yield Violation("tasks.officer_uncertified", "new", {"officer": new.id})

    def ask_extension(
        self, *, extension: str, by: str, reason: str, days: int, at: datetime
    ) -> None:
        """Ask the lead for more calendar days, one request at a time.

        Raises ``ExtensionRefused``.
        """
        refuse_if(ExtensionRefused, self._ask_violations(by, reason, days))
        department = next(each.department for each in self._officers if each.id == by)
        self._extensions += (
            Extension(
                id=extension,
                by=by,
                department=department,
                reason=reason,
                days=days,
                asked_at=at,
                old_due=self._due_on,
                new_due=self._due_on + timedelta(days=days),
            ),
        )
        self._record(events.ExtensionAsked(at=at, visit=self.id, days=days))

    def _ask_violations(self, by: str, reason: str, days: int) -> Iterator[Violation]:
        yield from self.forbids("ask_extension")
        yield from self._not_officer(by)
        yield from _missing(reason, "reason")
        if days < 1:
            yield Violation("tasks.extension_days", "days")
        if any(each.state is ExtensionState.ASKED for each in self._extensions):
            yield Violation("tasks.extension_pending")

    def decide_extension(
        self, *, extension: str, granted: bool, by: str, answer: str = "", at: datetime
    ) -> None:
        """Grant the days, or reject the request for a reason. Raises ``ExtensionRefused``."""
        refuse_if(ExtensionRefused, self._decide_violations(extension, answer, granted=granted))
        asked = next(each for each in self._extensions if each.id == extension)
        decided = evolve(
            asked,
            state=ExtensionState.GRANTED if granted else ExtensionState.REJECTED,
            decided_by=by,
            decided_at=at,
            answer=answer,
        )
        self._extensions = tuple(decided if each is asked else each for each in self._extensions)
        if granted:
            self._due_on = asked.new_due
        self._record(
            events.ExtensionDecided(at=at, visit=self.id, granted=granted, due_on=self._due_on)
        )

    def _decide_violations(
        self, extension: str, answer: str, *, granted: bool
    ) -> Iterator[Violation]:
        asked = next((each for each in self._extensions if each.id == extension), None)
        yield from self.forbids("decide_extension", asked)
        if asked is None:
            yield Violation("tasks.extension_unknown", "extension")
        if not granted:
            yield from _missing(answer, "answer")

    def _not_officer(self, person: str, at: str = "by") -> Iterator[Violation]:
        """Only officers of the visit inspect and sign; assistants are told so by name."""
        if person in self._assistants:
            yield Violation("tasks.assistant_may_not_inspect", at)
        elif person not in {officer.id for officer in self._officers}:
            yield Violation("tasks.officer_not_assigned", at, {"officer": person})


def _opening_violations(
    sheet: VisitSheet,
    officers: tuple[Inspector, ...],
    due_on: date,
    today: date,
) -> Iterator[Violation]:
    if not sheet.items:
        yield Violation("tasks.items_missing", "items")
    ids = [item.id for item in sheet.items]
    if len(set(ids)) != len(ids):
        yield Violation("tasks.item_twice", "items")
    if due_on < today:
        yield Violation("tasks.due_day_past", "due_on")
    yield from officer_violations(officers, due_on, "officers")
    staffed = {officer.department for officer in officers}
    for department in sorted({item.department for item in sheet.items} - staffed):
        yield Violation("tasks.department_without_officer", "officers", {"department": department})


def _missing(text: str, at: str) -> Iterator[Violation]:
    if not text.strip():
        yield Violation("tasks.field_empty", at)
