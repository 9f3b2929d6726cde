"""The visit: one subject of a task, from its officers to its completed result."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen, setters

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.scan_codes import CodeKind, ScanCode
from supervision_core.kernel.tones import bad, good, over, waiting
from supervision_core.kernel.verbs import (
    Parts,
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
    officers,
    parties,
)
from supervision_core.tasks.model import events
from supervision_core.tasks.model.assisting import (
    Arrival,
    AssistanceHandover,
    ProblemState,
    ReportedProblem,
)
from supervision_core.tasks.model.grounds import DRAWN_FOR, VisitGround
from supervision_core.tasks.model.presence import (
    MATERIAL_SOURCES,
    REPLACED_FOR,
    CheckIn,
    Extension,
    ExtensionState,
    MaterialUse,
    NotVisited,
    OfficersAdjusted,
    PartyScan,
    PlaceProof,
    RecordConfirmation,
    Reopening,
    RepeatedPicture,
    Replacement,
    SignatureSheet,
    signature_violations,
    strokes_violations,
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
    officers_twice,
    result_violations,
)
from supervision_core.tasks.model.sealing import (
    SEALING_STATES,
    EvidenceSealing,
    SealingGround,
    SealingState,
)


class VisitState(StrEnum):
    """How far a visit has come; one is over once its result is formed, or none is to be had."""

    ASSIGNED = "assigned"
    STARTED = "started"
    SIGNED = "signed"
    COMPLETED = "completed"
    NOT_VISITED = "not_visited"


@define(eq=False)
class VisitNotWaived(Refused):
    """The firm cannot be left unvisited so."""

    code: ClassVar[str] = "tasks.visit_not_waived"


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
class RecordNotConfirmed(Refused):
    """The record of the visit cannot be confirmed so."""

    code: ClassVar[str] = "tasks.record_not_confirmed"


@define(eq=False)
class VisitNotCompleted(Refused):
    """The check is not finished."""

    code: ClassVar[str] = "tasks.visit_not_completed"


@define(eq=False)
class EvidenceNotSealed(Refused):
    """The evidence cannot be closed from view so."""

    code: ClassVar[str] = "tasks.evidence_not_sealed"


@define(eq=False)
class AssistanceRefused(Refused):
    """The third party's person cannot do so."""

    code: ClassVar[str] = "tasks.assistance_refused"


@define(eq=False)
class OfficerNotReplaced(Refused):
    """The replacement is not possible."""

    code: ClassVar[str] = "tasks.officer_not_replaced"


@define(eq=False)
class ExtensionRefused(Refused):
    """The extension cannot be asked for or decided."""

    code: ClassVar[str] = "tasks.extension_refused"


ENDED: Final = frozenset({VisitState.COMPLETED, VisitState.NOT_VISITED})
"""States in which nobody goes to the firm any more: what is told of it warns nobody."""
MOST_EXTENSIONS: Final = 2
MOST_EXTENDED_DAYS: Final = 60
"""How often a visit is put off, or a rectification's term, and by how many calendar days in all.

Source: design §14.
"""
_S = VisitState
_OPEN = frozenset({_S.ASSIGNED, _S.STARTED, _S.SIGNED})
_UNSIGNED = frozenset({_S.ASSIGNED, _S.STARTED})


@frozen(kw_only=True)
class VisitSheet:
    """检查对象任务信息 (VisitSheet): which subject, in which task, on which items.

    ``starts_on`` is the first day of the task; unknown of what older releases set up. Where
    officers are ``drawn_at_claim``, none are named before their departments draw them. It rests on
    one ``ground``, unknown of what older releases set up, and the clue or order that is its
    ``basis``.
    """

    number: str
    task: str
    subject: str
    region: str
    lead: str
    items: tuple[VisitItem, ...]
    counts_toward_cap: bool = True
    starts_on: date | None = None
    drawn_at_claim: bool = False
    ground: VisitGround | None = None
    basis: str = ""

    @property
    def departments(self) -> frozenset[str]:
        """The lead and every department that answers an item."""
        return frozenset({self.lead}) | self.answering

    @property
    def answering(self) -> frozenset[str]:
        """The departments that answer an item."""
        return frozenset(item.department for item in self.items)

    @property
    def offsite(self) -> bool:
        """Tell whether nothing has to be looked at on the spot (书面核查 instead of 入企)."""
        return not any(item.onsite for item in self.items)


def _answered(visit: "Visit") -> bool:
    """Tell whether every item has a result."""
    return {each.item for each in visit.results} == {each.id for each in visit.sheet.items}


def _companions(visit: "Visit") -> Iterator[str]:
    """Give the officers beside whoever keeps the record."""
    recorder = visit.signatures.recorder if visit.signatures else ""
    return (each.id for each in visit.officers if each.id != recorder)


def _unconfirmed(visit: "Visit") -> bool:
    """Tell whether a signed visit waits for a second officer, completed or not."""
    signed = visit.state in {VisitState.SIGNED, VisitState.COMPLETED}
    return signed and visit.confirmation is None and not visit.formed


VERBS: Final = Verbs(
    context="tasks",
    noun="visit",
    title="检查对象任务",
    states={
        _S.ASSIGNED: waiting("待检查"), _S.STARTED: "检查中", _S.SIGNED: "已签字",
        _S.COMPLETED: good("已反馈"), _S.NOT_VISITED: over("依法未检查"),
    },
    parts=(
        Parts(
            noun="extension", title="延期申请", all=lambda visit: visit.extensions,
            states={
                ExtensionState.ASKED: waiting("待审批"), ExtensionState.GRANTED: good("已同意"),
                ExtensionState.REJECTED: bad("不同意"),
            },
        ),
        Parts(
            noun="problem", title="问题反馈", all=lambda visit: visit.problems,
            states={
                ProblemState.REPORTED: waiting("待答复"), ProblemState.ANSWERED: good("已答复"),
            },
        ),
        Parts(
            noun="sealing", title="证据封存", all=lambda visit: visit.sealings,
            states=SEALING_STATES,
        ),
    ),
    label=lambda visit: visit.sheet.number,
    subject=lambda visit: visit.sheet.subject,
    assignees={
        Responsible.LEAD: lambda visit, _: departments(visit.sheet.lead),
        Responsible.HEAD: lambda visit, _: departments(visit.sheet.lead),
        Responsible.DEPARTMENTS: lambda visit, _: departments(*visit.departments),
        Responsible.DEPARTMENT: lambda _, problem: departments(problem.department),
        Responsible.OFFICERS: lambda visit, _: officers(each.id for each in visit.officers),
        Responsible.COMPANIONS: lambda visit, _: officers(_companions(visit)),
        Responsible.INSTITUTION: None,
        Responsible.FIRM: lambda visit, _: parties(visit.sheet.subject),
    },
    verbs=(
        Verb(name="check_in", title="现场签到", by=Responsible.OFFICERS, starts=_S.ASSIGNED,
             leads=_S.STARTED, term="due_on", roles=("officer",),
             owed=lambda visit, _: visit.staffed and not visit.sheet.offsite),
        Verb(name="confirm_scan", title="扫码核对检查", by=Responsible.FIRM,
             starts={_S.ASSIGNED, _S.STARTED, _S.SIGNED}, permission="tasks.confirm_visit",
             roles=("enterprise",)),
        Verb(name="start_offsite", title="开始非现场检查", by=Responsible.OFFICERS,
             starts=_S.ASSIGNED, leads=_S.STARTED, term="due_on", roles=("officer",),
             owed=lambda visit, _: visit.staffed and visit.sheet.offsite),
        Verb(name="record", title="记录检查结果", by=Responsible.OFFICERS, starts=_S.STARTED,
             owed=lambda visit, _: visit.conclusion is None and not _answered(visit),
             term="due_on", permission="tasks.record_results", roles=("officer",)),
        Verb(name="type_results", title="代录检查结果", by=Responsible.DEPARTMENTS,
             starts=_S.STARTED, roles=("clerk",)),
        Verb(name="note_by_assistant", title="记录协助情况", by=Responsible.INSTITUTION,
             starts=_S.STARTED, permission="tasks.note_as_assistant",
             roles=("institution_member",)),
        Verb(name="claim_visit", title="认领任务", by=Responsible.INSTITUTION, starts=_UNSIGNED,
             roles=("institution_member",)),
        Verb(name="arrive_to_assist", title="协助人员签到", by=Responsible.INSTITUTION,
             starts=_UNSIGNED, roles=("institution_member",)),
        Verb(name="hand_over_assistance", title="移交任务", by=Responsible.INSTITUTION,
             starts=_UNSIGNED, roles=("institution_member",)),
        Verb(name="report_problem", title="反馈问题", by=Responsible.INSTITUTION, starts=_OPEN,
             roles=("institution_member",)),
        Verb(name="answer_problem", title="答复问题反馈", by=Responsible.DEPARTMENT,
             starts=frozenset(_S), part="problem", part_starts=ProblemState.REPORTED,
             part_leads=ProblemState.ANSWERED, owed=always, roles=("officer", "clerk")),
        Verb(name="use_material", title="引用已有材料", by=Responsible.OFFICERS,
             starts=_S.STARTED, roles=("officer",)),
        Verb(name="type_material", title="代录引用的材料", by=Responsible.DEPARTMENTS,
             starts=_S.STARTED, roles=("clerk",)),
        Verb(name="conclude", title="作出检查结论", by=Responsible.OFFICERS, starts=_S.STARTED,
             owed=lambda visit, _: visit.conclusion is None and _answered(visit), term="due_on",
             roles=("officer",)),
        Verb(name="sign", title="检查签字", by=Responsible.OFFICERS, starts=_S.STARTED,
             leads=_S.SIGNED, owed=lambda visit, _: visit.conclusion is not None, term="due_on",
             roles=("officer",)),
        Verb(name="confirm_record", title="确认检查记录", by=Responsible.COMPANIONS,
             starts={_S.SIGNED, _S.COMPLETED}, owed=lambda visit, _: _unconfirmed(visit),
             term="due_on", roles=("officer",)),
        Verb(name="reopen_record", title="退回检查记录", by=Responsible.HEAD,
             starts={_S.SIGNED, _S.COMPLETED}, leads=_S.STARTED, term="confirm_due",
             owed=lambda visit, _: visit.leader_called and _unconfirmed(visit),
             roles=("leader",)),
        Verb(name="complete", title="完成检查", by=Responsible.OFFICERS, starts=_S.SIGNED,
             leads=_S.COMPLETED, owed=always, term="due_on", permission="tasks.complete_visit",
             roles=("officer",)),
        Verb(name="allot_assistants", title="分派协助人员", by=Responsible.INSTITUTION,
             starts=_UNSIGNED, roles=("institution_head",)),
        Verb(name="report_unvisited", title="报告无法检查", by=Responsible.OFFICERS,
             starts=_UNSIGNED, roles=("officer",)),
        Verb(name="confirm_unvisited", title="确认无法检查", by=Responsible.OFFICERS,
             starts=_UNSIGNED, roles=("officer",)),
        Verb(name="decide_unvisited", title="审批无法检查", by=Responsible.HEAD, starts=_UNSIGNED,
             leads=_UNSIGNED | {_S.NOT_VISITED}, term="due_on",
             owed=lambda visit, _: visit.unvisited is not None and visit.unvisited.confirmed,
             roles=("leader",)),
        Verb(name="replace_officer", title="更换检查人员", by=Responsible.DEPARTMENTS,
             starts=_UNSIGNED, roles=("leader",)),
        Verb(name="adjust_officers", title="增减检查人员", by=Responsible.LEAD,
             starts=_S.ASSIGNED, roles=("task_administrator",)),
        Verb(name="ask_extension", title="申请延期检查", by=Responsible.OFFICERS,
             starts=_UNSIGNED, roles=("officer",)),
        Verb(name="order", title="责令改正", by=Responsible.DEPARTMENTS,
             starts={_S.STARTED, _S.SIGNED, _S.COMPLETED}, permission="tasks.issue_rectification",
             roles=("officer", "clerk")),
        Verb(name="assign_review", title="指派任务复核", by=Responsible.LEAD, starts=_S.COMPLETED,
             roles=("task_administrator",)),
        Verb(name="propose_sealing", title="提请封存证据", by=Responsible.OFFICERS,
             starts=frozenset(_S), roles=("officer",)),
        Verb(name="decide_sealing", title="审批证据封存", by=Responsible.HEAD,
             starts=frozenset(_S), part="sealing", part_starts=SealingState.PROPOSED,
             part_leads={SealingState.SEALED, SealingState.REJECTED}, owed=always,
             roles=("leader",)),
        Verb(name="decide_extension", title="审批延期申请", by=Responsible.HEAD, starts=_OPEN,
             part="extension", part_starts=ExtensionState.ASKED,
             part_leads={ExtensionState.GRANTED, ExtensionState.REJECTED}, owed=always,
             term="due_on", roles=("leader",)),
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
    _superseded: tuple[ItemResult, ...] = ()
    _assistant_notes: tuple[ItemResult, ...] = ()
    _materials: tuple[MaterialUse, ...] = ()
    _conclusion: Conclusion | None = None
    _former_conclusions: tuple[Conclusion, ...] = ()
    _signatures: SignatureSheet | None = None
    _reopenings: tuple[Reopening, ...] = ()
    _confirm_due: date | None = None
    _leader_called: bool = False
    _confirmation: RecordConfirmation | None = None
    _formed_on: date | None = None
    _replacements: tuple[Replacement, ...] = ()
    _extensions: tuple[Extension, ...] = ()
    _party_scan: PartyScan | None = None
    _arrivals: tuple[Arrival, ...] = ()
    _handovers: tuple[AssistanceHandover, ...] = ()
    _problems: tuple[ReportedProblem, ...] = ()
    _adjustments: tuple[OfficersAdjusted, ...] = ()
    _touched: tuple[tuple[int, tuple[str, ...]], ...] = ()
    _drawn_at: datetime | None = None
    _waivers: tuple[NotVisited, ...] = ()
    _sealings: tuple[EvidenceSealing, ...] = ()
    _repeated: tuple[RepeatedPicture, ...] = ()

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

        Where they are drawn at the claim it has none yet. Raises ``VisitNotOpened``.
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
    def staffed(self) -> bool:
        """Tell whether no department has still to draw its officers."""
        return not self.sheet.drawn_at_claim or not any(_unstaffed(self.sheet, self._officers, ""))

    @property
    def drawn_at(self) -> datetime | None:
        """When a department drew its officers at the claim, the last of them."""
        return self._drawn_at

    @property
    def departments(self) -> frozenset[str]:
        """Whom it concerns: the lead, who answers an item, and whoever sends an officer."""
        return self.sheet.departments | {one.department for one in self._officers}

    @property
    def closed(self) -> frozenset[str]:
        """The departments that alone read of it until somebody came; none after."""
        return self.departments if self._state is VisitState.ASSIGNED else frozenset()

    @property
    def assistants(self) -> frozenset[str]:
        """People of third parties who assist."""
        return self._assistants

    @property
    def due_on(self) -> date:
        """The last day for the result, extensions included."""
        return self._due_on

    def certified_on(self, today: date) -> date:
        """Give the day on which whoever is sent ``today`` has to be certified."""
        return max(today, self._due_on)

    @property
    def started(self) -> CheckIn | None:
        """The arrival, or the opening of an off-site check."""
        return self._check_in

    @property
    def place_proof(self) -> PlaceProof | None:
        """What shows that officers were there: the firm's scan of the code of the visit above all.

        None before they came, and where nothing has to be looked at on the spot. A scan of a day
        before they came shows nothing: a code can be sent.
        """
        if self._check_in is None or self.sheet.offsite:
            return None
        return PlaceProof.FIRM if self._scanned_with_them else self._check_in.proof

    @property
    def _scanned_with_them(self) -> bool:
        """Tell whether the firm scanned the code on the day when officers came, or later."""
        scan, came = self._party_scan, self._check_in
        return scan is not None and came is not None and local_day(scan.at) >= local_day(came.at)

    @property
    def results(self) -> tuple[ItemResult, ...]:
        """The results so far, in the order of the items."""
        return self._results

    @property
    def superseded(self) -> tuple[ItemResult, ...]:
        """The results in whose place others stand now, oldest first, with their evidence."""
        return self._superseded

    @property
    def former_conclusions(self) -> tuple[Conclusion, ...]:
        """The conclusions that lapsed, oldest first."""
        return self._former_conclusions

    @property
    def conclusion_changes(self) -> int:
        """How often a conclusion said otherwise than the one before it, its words aside."""
        said = [
            (one.outcomes, one.pending, one.measures)
            for one in (*self._former_conclusions, self._conclusion)
            if one is not None
        ]
        return sum(one != other for one, other in pairwise(said))

    @property
    def reopenings(self) -> tuple[Reopening, ...]:
        """Every time that the head gave a signed record back, with the signatures, oldest first."""
        return self._reopenings

    @property
    def formed(self) -> bool:
        """Tell whether its result counts: completed, and confirmed by a second officer.

        Until then it excludes from no draw, uses no cap, and no term of publication runs.
        """
        return self._formed_on is not None

    @property
    def unfinished(self) -> bool:
        """Tell whether something is left to do: its result is not formed, nor waived lawfully."""
        return not self.formed and self._state is not VisitState.NOT_VISITED

    @property
    def cap_year(self) -> int | None:
        """The year in which it may use a cap: when it was formed, or else is due.

        None for one that uses none: for a clue, ordered from above, lawfully not made, or made
        where nothing could be looked at.
        """
        if not self.sheet.counts_toward_cap or self._state is VisitState.NOT_VISITED:
            return None
        if self.formed and self._nothing_looked_at:
            return None
        return (self._formed_on or self._due_on).year

    @property
    def _nothing_looked_at(self) -> bool:
        """Tell whether it concludes that there was nothing to inspect, and no item was looked at.

        So says who stood before a firm that was closed: it stays in the pool, as one not visited.
        """
        looked = {ItemOutcome.PASSED, ItemOutcome.FAILED}
        concluded = self._conclusion is not None and self._conclusion.nothing_to_inspect
        return concluded and not any(one.outcome in looked for one in self._results)

    def is_arranged(self, *, dispatched: bool) -> bool:
        """Tell whether it is still to be made: its task went out, and it is not finished."""
        return dispatched and self.unfinished

    def shields(self, *, today: date, dispatched: bool) -> bool:
        """Tell whether it uses a cap in its ``cap_year``, and keeps its firm from being drawn.

        For good once its result is formed; before, while it is arranged and its day is not over.
        """
        if self.cap_year is None:
            return False
        return self.formed or (self.is_arranged(dispatched=dispatched) and self._due_on >= today)

    @property
    def confirm_due(self) -> date | None:
        """The day after which a record that nobody confirmed is for the head, once signed."""
        return self._confirm_due

    @property
    def leader_called(self) -> bool:
        """Tell whether the head has been called on, since no second officer confirmed in time."""
        return self._leader_called

    @property
    def assistant_notes(self) -> tuple[ItemResult, ...]:
        """What assistants noted: material for the officers, no result."""
        return self._assistant_notes

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """Every arrival of an assistant, oldest first."""
        return self._arrivals

    @property
    def handovers(self) -> tuple[AssistanceHandover, ...]:
        """Every time that an assistant handed over, oldest first."""
        return self._handovers

    @property
    def problems(self) -> tuple[ReportedProblem, ...]:
        """What assistants reported to departments, oldest first."""
        return self._problems

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
    def confirmation(self) -> RecordConfirmation | None:
        """Which officer beside the record keeper stands to the record, once one does."""
        return self._confirmation

    @property
    def formed_on(self) -> date | None:
        """The day on which the result was formed: the publication term runs from it."""
        return self._formed_on

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        """Every replacement of an officer, oldest first."""
        return self._replacements

    @property
    def adjustments(self) -> tuple[OfficersAdjusted, ...]:
        """Every change by hand of who is sent, oldest first."""
        return self._adjustments

    @property
    def sent_by_hand(self) -> frozenset[str]:
        """The officers who go because somebody sent them besides, and no lot."""
        added = {one for each in self._adjustments for one in each.added}
        return frozenset(one.id for one in self._officers if one.id in added)

    @property
    def waivers(self) -> tuple[NotVisited, ...]:
        """Every report that the firm cannot be visited, oldest first."""
        return self._waivers

    @property
    def unvisited(self) -> NotVisited | None:
        """The report that the firm cannot be visited on which the head has not decided."""
        last = self._waivers[-1] if self._waivers else None
        return last if last is not None and last.accepted is None else None

    @property
    def sealings(self) -> tuple[EvidenceSealing, ...]:
        """Every proposal to close evidence from view, oldest first."""
        return self._sealings

    @property
    def sealed(self) -> dict[str, SealingGround]:
        """The files that are closed from view, each with its ground."""
        found = (one for one in self._sealings if one.state is SealingState.SEALED)
        return {one.file: one.ground for one in found}

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """Every request for more days, oldest first."""
        return self._extensions

    @property
    def party_scan(self) -> PartyScan | None:
        """When the firm saw who stands before it, if it scanned."""
        return self._party_scan

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The items that failed."""
        return findings_of(self.sheet.items, self._results)

    def _touch(self, *items: str) -> None:
        """Note that the next version changes results of some items at most, or none of the record.

        A version of which nothing is noted may change whatever officers record.
        """
        self._touched += ((self.version + 1, items),)

    def changed_since(
        self, seen: int, *, own: Collection[int] = (), items: Collection[str] | None = None
    ) -> bool:
        """Tell whether somebody else changed the officers' record since a version was ``seen``.

        Of results only those of some ``items`` count, without them all; versions that are one's
        ``own`` do not, nor what assistants, the firm and extensions left beside the record.
        """
        touched: dict[int, set[str]] = {}
        for version, some in self._touched:
            touched.setdefault(version, set()).update(some)
        for version in self._versions_since(seen, own):
            changed = touched.get(version)
            if changed is None or (changed if items is None else changed.intersection(items)):
                return True
        return seen > self.version

    def moved_since(self, seen: int, *, own: Collection[int] = ()) -> bool:
        """Tell whether somebody else changed anything since a version was ``seen``."""
        return seen > self.version or any(True for _ in self._versions_since(seen, own))

    def _versions_since(self, seen: int, own: Collection[int]) -> Iterator[int]:
        return (one for one in range(seen + 1, self.version + 1) if one not in own)

    @property
    def repeated(self) -> tuple[RepeatedPicture, ...]:
        """The pictures that hang on other visits as well, oldest first."""
        return self._repeated

    def note_repeated(self, found: Iterable[RepeatedPicture]) -> None:
        """Note pictures that hang on other visits as well; the same twice changes nothing."""
        known = {(one.file, one.visit) for one in self._repeated}
        self._repeated += tuple(one for one in found if (one.file, one.visit) not in known)

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
        yield from self._unready(local_day(arrival.at))

    def show_code(self, *, at: datetime) -> ScanCode:
        """Give the code that officers show at the door, good for that day.

        Raises ``VisitNotStarted``.
        """
        if self._state is VisitState.COMPLETED:
            raise VisitNotStarted((Violation("tasks.visit_is_completed"),))
        today = local_day(at)
        return ScanCode(kind=CodeKind.VISIT, id=self.id, issued_on=today, until=today)

    def confirm_scan(self, code: ScanCode, scan: PartyScan) -> None:
        """Note that the firm scanned the code of this visit; the first time stays.

        A scan of a later day takes the place of one that shows of nobody that he came.
        Raises ``VisitNotStarted``.
        """
        faults = list(self.forbids("confirm_scan"))
        if code.id != self.id:
            faults.append(Violation("tasks.code_of_other_visit", "code"))
        refuse_if(VisitNotStarted, faults)
        before = self._party_scan
        if before is None or (
            not self._scanned_with_them and local_day(before.at) < local_day(scan.at)
        ):
            self._party_scan = scan
        self._touch()

    def start_offsite(self, *, by: str, at: datetime) -> None:
        """Begin a check whose items all need no presence. Raises ``VisitNotStarted``."""
        refuse_if(VisitNotStarted, self._offsite_violations(by, at))
        self._start(CheckIn(by=by, at=at))

    def _offsite_violations(self, by: str, at: datetime) -> Iterator[Violation]:
        yield from self.forbids("start_offsite")
        yield from self._not_officer(by)
        if not self.sheet.offsite:
            yield Violation("tasks.presence_needed", "items")
        yield from self._unready(local_day(at))

    def _unready(self, day: date) -> Iterator[Violation]:
        """Give why the officers may not begin: too few, or some department has drawn none yet."""
        yield from officer_violations(self._officers, day, "officers")
        if self.sheet.drawn_at_claim:
            yield from _unstaffed(self.sheet, self._officers, "officers")

    def _start(self, arrival: CheckIn) -> None:
        self._check_in, self._state = arrival, VisitState.STARTED
        scanned = bool(arrival.code.strip())
        self._record(events.VisitStarted(at=arrival.at, visit=self.id, scanned=scanned))

    def record(self, results: Iterable[ItemResult]) -> None:
        """Take results, item by item; a later one of the same item supersedes the earlier one.

        What is superseded is kept with value, evidence and officer, and one that differs says why;
        what is recorded again alike stands as it was first, with its time.
        None is answered twice at once: nobody could tell why one stands and the other does not.
        Each is by an officer of the department that answers the item. A conclusion given
        before lapses. Raises ``ResultsNotRecorded``.
        """
        new = tuple(results)
        refuse_if(ResultsNotRecorded, self._record_violations(new))
        if self._conclusion is None:
            self._touch(*(each.item for each in new))
        by_item = {each.item: each for each in self._results}
        for each in new:
            before = by_item.get(each.item)
            if before is not None:
                if each == evolve(before, at=each.at):
                    continue
                self._superseded += (before,)
            by_item[each.item] = each
        self._results = tuple(by_item[item.id] for item in self.sheet.items if item.id in by_item)
        self._end_conclusion()

    def _end_conclusion(self) -> None:
        if self._conclusion is not None:
            self._former_conclusions += (self._conclusion,)
        self._conclusion = None

    def type_results(self, results: Iterable[ItemResult]) -> None:
        """Take results that somebody types in from the paper of the officers who found them.

        None takes the place of another: that is for the officer himself.
        Raises ``ResultsNotRecorded``.
        """
        new = tuple(results)
        found = {each.item: each for each in self._results}
        over = (
            Violation("tasks.typed_over_result", f"answers[{place}]", {"item": each.item})
            for place, each in enumerate(new)
            if each.item in found and each.differs(found[each.item])
        )
        refuse_if(ResultsNotRecorded, (*self.forbids("type_results"), *over))
        self.record(new)

    def _record_violations(self, new: tuple[ItemResult, ...]) -> Iterator[Violation]:
        yield from self.forbids("record")
        items = {item.id: item for item in self.sheet.items}
        officers = {officer.id: officer for officer in self._officers}
        found = {each.item: each for each in self._results}
        if not new:
            yield Violation("tasks.results_missing", "answers")
        times = Counter(each.item for each in new)
        for twice in sorted(each for each, count in times.items() if count > 1):
            yield Violation("tasks.item_answered_twice", "answers", {"item": twice})
        for place, result in enumerate(new):
            at = f"answers[{place}]"
            yield from result_violations(result, f"{at}.note")
            before = found.get(result.item)
            if (
                before is not None
                and result.differs(before)
                and (not result.corrected_because.strip())
            ):
                data = {"item": result.item}
                yield Violation("tasks.correction_unexplained", f"{at}.corrected_because", data)
            yield from self._not_officer(result.by, at)
            item, officer = items.get(result.item), officers.get(result.by)
            if item is None:
                yield Violation("tasks.item_unknown", f"{at}.item", {"item": result.item})
            elif officer is not None and officer.department != item.department:
                yield Violation(
                    "tasks.item_of_other_department", f"{at}.item", {"item": result.item}
                )

    def note_by_assistant(self, notes: Iterable[ItemResult]) -> None:
        """Keep what third-party people saw, as material that officers may follow or not.

        Raises ``ResultsNotRecorded``.
        """
        new = tuple(notes)
        refuse_if(ResultsNotRecorded, self._assistant_violations(new))
        self._assistant_notes += new
        self._touch()

    def _assistant_violations(self, new: tuple[ItemResult, ...]) -> Iterator[Violation]:
        yield from self.forbids("note_by_assistant")
        items = {item.id for item in self.sheet.items}
        for place, note in enumerate(new):
            at = f"answers[{place}]"
            if note.by not in self._assistants:
                yield Violation("tasks.assistant_unknown", at)
            if note.item not in items:
                yield Violation("tasks.item_unknown", f"{at}.item", {"item": note.item})
            yield from result_violations(note, f"{at}.note")

    def use_material(self, use: MaterialUse) -> None:
        """Note that material already held answers (part of) an item.

        Raises ``ResultsNotRecorded``.
        """
        refuse_if(ResultsNotRecorded, self._material_violations(use))
        self._materials += (use,)
        self._touch(use.item)

    def type_material(self, use: MaterialUse) -> None:
        """Note for an officer on which material he rests an item, as ``type_results`` does results.

        Raises ``ResultsNotRecorded``.
        """
        refuse_if(ResultsNotRecorded, self.forbids("type_material"))
        self.use_material(use)

    def _material_violations(self, use: MaterialUse) -> Iterator[Violation]:
        yield from self.forbids("use_material")
        yield from self._not_officer(use.by)
        item = next((one for one in self.sheet.items if one.id == use.item), None)
        officer = next((one for one in self._officers if one.id == use.by), None)
        if item is None:
            yield Violation("tasks.item_unknown", "item", {"item": use.item})
        elif officer is not None and officer.department != item.department:
            yield Violation("tasks.item_of_other_department", "item", {"item": use.item})
        if use.source not in MATERIAL_SOURCES:
            yield Violation("tasks.material_source_unknown", "source")

    def conclude(self, conclusion: Conclusion) -> None:
        """Give the result as a whole, every item being answered.

        Items may stay unchecked only where there was nothing to inspect.
        Raises ``ResultsNotRecorded``.
        """
        refuse_if(ResultsNotRecorded, self._conclude_violations(conclusion))
        self._end_conclusion()
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

    def sign(self, signatures: SignatureSheet, *, confirm_due: date | None = None) -> None:
        """Take the inspected party's signature or refusal, and the record keeper's.

        The record keeper is an officer of the visit; results are fixed from here on. Another
        officer confirms them by ``confirm_due``, else the head is called on.
        Raises ``VisitNotSigned``.
        """
        refuse_if(VisitNotSigned, self._sign_violations(signatures))
        self._signatures, self._state = signatures, VisitState.SIGNED
        self._confirm_due = confirm_due

    def _sign_violations(self, signatures: SignatureSheet) -> Iterator[Violation]:
        yield from self.forbids("sign")
        yield from self._not_officer(signatures.recorder)
        if self._conclusion is None:
            yield Violation("tasks.conclusion_missing")
        yield from signature_violations(signatures.party)
        yield from strokes_violations(signatures.strokes, "recorder_strokes")

    def confirm_record(self, confirmation: RecordConfirmation) -> None:
        """Let an officer beside the record keeper stand to what was signed, once.

        The result of a check that is completed is formed by that. Raises ``RecordNotConfirmed``.
        """
        refuse_if(RecordNotConfirmed, self._confirm_violations(confirmation))
        self._confirmation = confirmation
        self._touch()
        if self._state is VisitState.COMPLETED and not self.formed:
            self._form(confirmation.at)

    def call_leader(self, *, today: date) -> bool:
        """Call on the head once nobody has confirmed a record in time; tell whether that is new."""
        due = self._confirm_due
        if not _unconfirmed(self) or self._leader_called or due is None or today <= due:
            return False
        self._leader_called = True
        self._touch()
        return True

    def reopen_record(self, *, reason: str, by: str, at: datetime) -> None:
        """Let the head give a signed record back that no second officer stands to.

        Results stay, and are corrected with a reason; the signatures are kept beside.
        Raises ``RecordNotConfirmed``.
        """
        faults = [*self.forbids("reopen_record"), *_missing(reason, "reason")]
        if self._confirmation is not None:
            faults.append(Violation("tasks.record_is_confirmed"))
        refuse_if(RecordNotConfirmed, faults)
        signed = self._signatures
        self._reopenings += (Reopening(reason=reason, by=by, at=at, signatures=signed),)
        self._signatures, self._state = None, VisitState.STARTED
        self._confirm_due, self._leader_called = None, False

    def _confirm_violations(self, confirmation: RecordConfirmation) -> Iterator[Violation]:
        yield from self.forbids("confirm_record")
        yield from self._not_officer(confirmation.by)
        if self._signatures is not None and confirmation.by == self._signatures.recorder:
            yield Violation("tasks.confirmed_by_recorder")
        if self._confirmation is not None:
            yield Violation("tasks.record_is_confirmed")

    def complete(self, *, by: str, at: datetime) -> None:
        """Finish the check: where a second officer has confirmed it, its result is formed.

        Else it is once one does. Raises ``VisitNotCompleted``.
        """
        refuse_if(VisitNotCompleted, (*self.forbids("complete"), *self._not_officer(by)))
        self._state = VisitState.COMPLETED
        if self._confirmation is not None:
            self._form(at)

    def _form(self, at: datetime) -> None:
        self._formed_on = local_day(at)
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
        self._touch()

    def _allot_violations(
        self, people: frozenset[str], named: frozenset[str]
    ) -> Iterator[Violation]:
        yield from self.forbids("allot_assistants")
        if people - named:
            yield Violation("tasks.assistant_unknown", "people")
        if people & {officer.id for officer in self._officers}:
            yield Violation("tasks.officer_cannot_assist", "people")

    def claim_visit(self, *, by: str, named: frozenset[str]) -> None:
        """Let one of the people whom an institution ``named`` for the task take up the visit.

        Once somebody of the institution has, the others get it handed over only.
        Raises ``AssistanceRefused``.
        """
        refuse_if(AssistanceRefused, self._claim_violations(by, named))
        self._assistants |= {by}
        self._touch()

    def is_open_to(self, by: str, *, named: frozenset[str]) -> bool:
        """Tell whether one of the people ``named`` for the task could take it up."""
        return not any(self._claim_violations(by, named))

    def _claim_violations(self, by: str, named: frozenset[str]) -> Iterator[Violation]:
        yield from self.forbids("claim_visit")
        if by not in named:
            yield Violation("tasks.assistant_not_named")
        if self._assistants & named:
            yield Violation("tasks.visit_is_taken_up")

    def arrive_to_assist(self, arrival: Arrival) -> None:
        """Take an assistant's arrival; it begins no check. Raises ``AssistanceRefused``."""
        refuse_if(AssistanceRefused, self._arrival_violations(arrival))
        self._arrivals += (arrival,)
        self._touch()

    def _arrival_violations(self, arrival: Arrival) -> Iterator[Violation]:
        yield from self.forbids("arrive_to_assist")
        yield from self._not_assistant(arrival.by)
        if any(each.by == arrival.by for each in self._arrivals):
            yield Violation("tasks.assistant_has_arrived")
        if not arrival.scanned and not arrival.reason.strip():
            yield Violation("tasks.scan_missing", "code")

    def hand_over_assistance(self, handover: AssistanceHandover, *, named: frozenset[str]) -> None:
        """Let an assistant's place go to another whom the institution ``named`` for the task.

        Raises ``AssistanceRefused``.
        """
        refuse_if(AssistanceRefused, self._handover_violations(handover, named))
        self._assistants = self._assistants - {handover.old} | {handover.new}
        self._handovers += (handover,)
        self._touch()
        self._record(
            events.AssistanceHandedOver(
                at=handover.at, visit=self.id, old=handover.old, new=handover.new
            )
        )

    def _handover_violations(
        self, handover: AssistanceHandover, named: frozenset[str]
    ) -> Iterator[Violation]:
        yield from self.forbids("hand_over_assistance")
        yield from self._not_assistant(handover.old)
        yield from _missing(handover.reason, "reason")
        if handover.new not in named:
            yield Violation("tasks.assistant_not_named", "to")
        elif handover.new in self._assistants:
            yield Violation("tasks.assistant_assists_already", "to")

    def report_problem(  # noqa: PLR0913 - what is said, of what, by whom and when
        self, *, problem: str, item: str, text: str, files: tuple[str, ...], by: str, at: datetime
    ) -> None:
        """Let an assistant tell the department of an ``item``, without one the lead, of a problem.

        Raises ``AssistanceRefused``.
        """
        refuse_if(AssistanceRefused, self._report_violations(item, text, by))
        answering = {each.id: each.department for each in self.sheet.items}
        told = ReportedProblem(
            id=problem, department=answering.get(item, self.sheet.lead), item=item, text=text,
            by=by, at=at, files=files,
        )  # fmt: skip
        self._problems += (told,)
        self._touch()
        self._record(
            events.ProblemReported(at=at, visit=self.id, department=told.department, by=by)
        )

    def _report_violations(self, item: str, text: str, by: str) -> Iterator[Violation]:
        yield from self.forbids("report_problem")
        yield from self._not_assistant(by)
        yield from _missing(text, "text")
        if item and item not in {each.id for each in self.sheet.items}:
            yield Violation("tasks.item_unknown", "item", {"item": item})

    def answer_problem(self, *, problem: str, answer: str, by: str, at: datetime) -> None:
        """Answer what an assistant reported. Raises ``AssistanceRefused``."""
        found = next((each for each in self._problems if each.id == problem), None)
        refuse_if(AssistanceRefused, self._answer_violations(found, answer))
        self._problems = tuple(
            evolve(each, state=ProblemState.ANSWERED, answer=answer, answered_by=by, answered_at=at)
            if each is found
            else each
            for each in self._problems
        )
        self._touch()

    def _answer_violations(
        self, problem: ReportedProblem | None, answer: str
    ) -> Iterator[Violation]:
        yield from self.forbids("answer_problem", problem)
        yield from _missing(answer, "answer")
        if problem is None:
            yield Violation("tasks.problem_unknown", "problem_id")

    def _not_assistant(self, person: str) -> Iterator[Violation]:
        if person not in self._assistants:
            yield Violation("tasks.assistant_not_of_visit")

    def replace_officer(
        self, replacement: Replacement, *, recused: frozenset[str] = frozenset()
    ) -> None:
        """Let an officer of the same department take over, before the signature.

        It is for recusal or absence. ``recused`` are the officers who must keep away from this
        subject (回避). Raises ``OfficerNotReplaced``.
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
        if replacement.cause not in REPLACED_FOR:
            yield Violation("tasks.replaced_for_nothing", "cause")
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
        if not new.certified(self.certified_on(local_day(replacement.at))):
            yield Violation("tasks.officer_uncertified", "new", {"officer": new.id})

    def take_drawn(self, officers: tuple[Inspector, ...], *, at: datetime) -> None:
        """Take the officers whom a department drew when it claimed its part of the task.

        Whether two who are there are still certified is asked at arrival. Raises
        ``OfficerNotReplaced``.
        """
        refuse_if(OfficerNotReplaced, self._drawn_violations(officers, local_day(at)))
        self._officers += officers
        self._drawn_at = at
        self._record(
            events.OfficersDrawn(
                at=at, visit=self.id, subject=self.sheet.subject,
                officers=tuple(one.id for one in officers),
            )
        )  # fmt: skip

    def _drawn_violations(
        self, officers: tuple[Inspector, ...], today: date
    ) -> Iterator[Violation]:
        if not self.sheet.drawn_at_claim:
            yield Violation("tasks.officers_drawn_before")
        if self._state is not VisitState.ASSIGNED:
            yield Violation(f"tasks.visit_is_{self._state}")
        for one in officers:
            if not one.certified(self.certified_on(today)):
                yield Violation("tasks.officer_uncertified", "count", {"officer": one.id})
        yield from officers_twice((*self._officers, *officers), "count")

    def adjust_officers(
        self,
        added: tuple[Inspector, ...],
        adjusted: OfficersAdjusted,
        *,
        recused: frozenset[str] = frozenset(),
    ) -> None:
        """Send officers as well, or no longer, as whoever sets a visit up may.

        ``added`` are those whom ``adjusted`` names, as the register knows them; ``recused`` are
        the officers who must keep away from this subject (回避). Raises ``OfficerNotReplaced``.
        """
        kept = tuple(one for one in self._officers if one.id not in adjusted.removed)
        refuse_if(
            OfficerNotReplaced,
            (
                *self.forbids("adjust_officers"),
                *_missing(adjusted.reason, "reason"),
                *self._adjust_violations(adjusted, recused),
                *_staffing_violations(self.sheet, (*kept, *added), self._due_on, "added"),
            ),
        )
        self._officers = (*kept, *added)
        self._adjustments += (adjusted,)

    def _adjust_violations(
        self, adjusted: OfficersAdjusted, recused: frozenset[str]
    ) -> Iterator[Violation]:
        if not adjusted.added and not adjusted.removed:
            yield Violation("tasks.nobody_adjusted", "added")
        if self.sheet.drawn_at_claim:
            yield Violation("tasks.officers_at_claim", "added")
        there = {one.id for one in self._officers}
        for one in sorted(set(adjusted.removed) - there):
            yield Violation("tasks.officer_not_assigned", "removed", {"officer": one})
        if self.sheet.ground in DRAWN_FOR:
            for one in sorted(set(adjusted.removed) & there - self.sent_by_hand):
                yield Violation("tasks.officer_drawn", "removed", {"officer": one})
        for each in adjusted.added:
            if each in self._assistants:
                yield Violation("tasks.assistant_may_not_inspect", "added")
            if each in recused:
                yield Violation("tasks.officer_recused", "added", {"officer": each})

    def report_unvisited(self, waiver: NotVisited) -> None:
        """Report on which ground the firm cannot be visited, with evidence of the place.

        A second officer confirms it, the head decides. Raises ``VisitNotWaived``.
        """
        refuse_if(VisitNotWaived, self._waiver_violations(waiver))
        self._waivers += (waiver,)
        self._touch()

    def _waiver_violations(self, waiver: NotVisited) -> Iterator[Violation]:
        yield from self.forbids("report_unvisited")
        yield from self._not_officer(waiver.by)
        yield from _missing(waiver.note, "note")
        if not waiver.evidence:
            yield Violation("tasks.waiver_evidence_missing", "evidence")
        if self.unvisited is not None:
            yield Violation("tasks.waiver_pending")
        yield from self._against_waiving()

    def _against_waiving(self) -> Iterator[Violation]:
        """Say that a firm in which something was found was visited, whatever is reported of it."""
        if self.findings:
            data = {"count": len(self.findings)}
            yield Violation("tasks.waiver_after_findings", data=data)

    def confirm_unvisited(self, *, by: str, at: datetime) -> None:
        """Let another officer of the visit stand to that report. Raises ``VisitNotWaived``."""
        found = self.unvisited
        faults = [*self.forbids("confirm_unvisited"), *self._not_officer(by)]
        if found is None:
            faults.append(Violation("tasks.waiver_missing"))
        elif found.confirmed:
            faults.append(Violation("tasks.waiver_is_confirmed"))
        elif found.by == by:
            faults.append(Violation("tasks.waiver_confirmed_by_reporter"))
        refuse_if(VisitNotWaived, faults)
        self._put_waiver(confirmed_by=by, confirmed_at=at)

    def decide_unvisited(
        self, *, granted: bool, answer: str = "", by: str, at: datetime, officer: str = ""
    ) -> None:
        """Leave the firm unvisited, or refuse that with words; nothing of it uses a cap then.

        ``officer`` is as whom the account that decides inspects, if it does: neither who reported
        nor who confirmed decides. Raises ``VisitNotWaived``.
        """
        found = self.unvisited
        faults = [*self.forbids("decide_unvisited")]
        if found is None:
            faults.append(Violation("tasks.waiver_missing"))
        elif not found.confirmed:
            faults.append(Violation("tasks.waiver_unconfirmed"))
        if found is not None:
            faults.extend(decided_by_another(officer, found.by, found.confirmed_by))
        faults.extend(self._against_waiving() if granted else _missing(answer, "answer"))
        refuse_if(VisitNotWaived, faults)
        self._put_waiver(accepted=granted, decided_by=by, decided_at=at, answer=answer)
        if granted:
            self._state = VisitState.NOT_VISITED

    def _put_waiver(self, **changes: object) -> None:
        last = evolve(self._waivers[-1], **changes)  # type: ignore[arg-type]
        self._waivers = (*self._waivers[:-1], last)
        self._touch()

    def propose_sealing(self, sealing: EvidenceSealing, *, officer: str) -> None:
        """Propose, as an ``officer`` of the visit, that a file be closed from view.

        Raises ``EvidenceNotSealed``.
        """
        faults = [
            *self.forbids("propose_sealing"),
            *self._not_officer(officer),
            *_missing(sealing.reason, "reason"),
        ]
        if any(one.file == sealing.file and one.state is not SealingState.REJECTED
               for one in self._sealings):  # fmt: skip
            faults.append(Violation("tasks.sealing_stands", "file"))
        refuse_if(EvidenceNotSealed, faults)
        self._sealings += (sealing,)
        self._touch()

    def decide_sealing(
        self, *, sealing: str, granted: bool, answer: str = "", by: str, at: datetime
    ) -> str:
        """Close the file from view, or leave it open with words; give the file that is closed now.

        Whoever proposed it does not decide. Raises ``EvidenceNotSealed``.
        """
        found = next((one for one in self._sealings if one.id == sealing), None)
        faults = list(self.forbids("decide_sealing", found))
        if found is None:
            faults.append(Violation("tasks.sealing_unknown", "sealing_id"))
        else:
            faults.extend(decided_by_another(by, found.by))
        if not granted:
            faults.extend(_missing(answer, "answer"))
        refuse_if(EvidenceNotSealed, faults)
        state = SealingState.SEALED if granted else SealingState.REJECTED
        self._sealings = tuple(
            evolve(one, state=state, answer=answer, decided_by=by, decided_at=at)
            if one is found
            else one
            for one in self._sealings
        )
        self._touch()
        return found.file if granted and found is not None else ""

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
        self._touch()
        self._record(events.ExtensionAsked(at=at, visit=self.id, days=days))

    def _ask_violations(self, by: str, reason: str, days: int) -> Iterator[Violation]:
        yield from self.forbids("ask_extension")
        yield from self._not_officer(by)
        yield from _missing(reason, "reason")
        if days < 1:
            yield Violation("tasks.extension_days", "days")
        if any(each.state is ExtensionState.ASKED for each in self._extensions):
            yield Violation("tasks.extension_pending")
        granted = [one for one in self._extensions if one.state is ExtensionState.GRANTED]
        if len(granted) >= MOST_EXTENSIONS:
            yield Violation("tasks.extensions_used", data={"most": MOST_EXTENSIONS})
        left = MOST_EXTENDED_DAYS - sum(one.days for one in granted)
        if days > left:
            data = {"most": MOST_EXTENDED_DAYS, "left": left}
            yield Violation("tasks.extension_too_long", "days", data)

    def decide_extension(  # noqa: PLR0913 - one for each thing that is said
        self, *, extension: str, granted: bool, by: str, answer: str = "", at: datetime,
        officer: str = "",
    ) -> None:  # fmt: skip
        """Grant the days, or reject the request for a reason. Raises ``ExtensionRefused``.

        ``officer`` is as whom the account that decides inspects, if it does.
        """
        faults = self._decide_violations(extension, answer, officer, granted=granted)
        refuse_if(ExtensionRefused, faults)
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
        self._touch()
        self._record(
            events.ExtensionDecided(at=at, visit=self.id, granted=granted, due_on=self._due_on)
        )

    def _decide_violations(
        self, extension: str, answer: str, officer: str, *, granted: bool
    ) -> Iterator[Violation]:
        asked = next((each for each in self._extensions if each.id == extension), None)
        yield from self.forbids("decide_extension", asked)
        if asked is None:
            yield Violation("tasks.extension_unknown", "extension")
        else:
            yield from decided_by_another(officer, asked.by)
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
    if not sheet.drawn_at_claim:
        yield from _staffing_violations(sheet, officers, due_on, "officers")
    elif officers:
        yield Violation("tasks.officers_at_claim", "officers")


def _staffing_violations(
    sheet: VisitSheet, officers: tuple[Inspector, ...], due_on: date, at: str
) -> Iterator[Violation]:
    yield from officer_violations(officers, due_on, at)
    yield from _unstaffed(sheet, officers, at)


def _unstaffed(sheet: VisitSheet, officers: tuple[Inspector, ...], at: str) -> Iterator[Violation]:
    staffed = {officer.department for officer in officers}
    for department in sorted(sheet.answering - staffed):
        yield Violation("tasks.department_without_officer", at, {"department": department})


def _missing(text: str, at: str) -> Iterator[Violation]:
    if not text.strip():
        yield Violation("tasks.field_empty", at)
