"""The weeks of a round: visits, and what the demo's weeks do not have of what goes wrong."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from attrs import define, field
from benchmarks._year.city import City, Round

from entrypoints.demo.cycle import SceneRun
from entrypoints.demo.inspecting import Weeks
from supervision_core.identity.model import Actor
from supervision_core.officers.ports import Officers
from supervision_core.tasks.lists.visits import VisitRow
from supervision_core.tasks.model.opening import party_of
from supervision_core.tasks.model.publication import WithholdingGround
from supervision_core.tasks.model.rectification import RecheckResult, RectificationState
from supervision_core.tasks.model.transfer import TransferKind
from supervision_core.tasks.services.handovers import (
    AssignReview,
    ExplainTransfer,
    RecordReview,
    ReportTransfer,
    StepTransfer,
    accept_transfer,
    approve_transfer,
    assign_review,
    deny_transfer,
    record_review,
    report_transfer,
    send_transfer,
)
from supervision_core.tasks.services.publications import (
    PublishResult,
    WithholdResult,
    correct_result,
    withhold_result,
)
from supervision_core.tasks.services.rectifications import (
    AskRectificationTerm,
    DecideRectificationTerm,
    ask_rectification_term,
    decide_rectification_term,
)
from supervision_core.tasks.services.visits import (
    AllotAssistants,
    ArriveToAssist,
    AskExtension,
    DecideExtension,
    allot_assistants,
    arrive_to_assist,
    ask_extension,
    decide_extension,
)


@define
class Unprinted:
    """Prints nothing: letters are measured elsewhere."""

    def record(self, run: SceneRun, visit: str, number: str) -> None:
        """Leave it."""

    def order(self, run: SceneRun, order: str) -> None:
        """Leave it."""


@define
class CityWeeks(Weeks):
    """Weeks by the working calendar, with extensions, transfers and results not shown."""

    cycle: City
    helped: dict[str, list[Actor]] = field(factory=dict)
    """By visit, who of an institution assists."""

    def after(self, day: date, count: int) -> date:
        """Give the ``count``-th working day after a day."""
        return self.cycle.after(day, count)

    def enter(self, one: Round, assisting: list[Actor]) -> None:
        """Enter a round's visits; three in the first week are assisted by an institution."""
        for place, row in enumerate(self.cycle.visits(one.run)):
            if assisting and place < len("abc"):
                self.helped[row.id] = assisting
            days, hour = self.cycle.people.visit_after(row.number)
            day = self.after(one.visits_from, days)
            if day > one.ends:
                self._put_off(one, row, day)
            self.diary.on(day, hour, partial(self.inspect, one.run, row))

    def _put_off(self, one: Round, row: VisitRow, day: date) -> None:
        """Let half of the late ones ask for more days beforehand."""
        if self.cycle.one_in(2, row.number, "asks"):
            self.diary.on(one.ends - timedelta(days=2), 16, partial(self._extend, one, row, day))
        else:
            self.cycle.meant_late.add(row.id)

    def _extend(self, one: Round, row: VisitRow, day: date) -> None:
        city, visit = self.cycle, self.cycle.load_visit(row.id)
        ask = AskExtension(
            visit_id=row.id, days=(day - visit.due_on).days, reason="企业停产检修，推迟检查"
        )
        officer = city.office.officer(visit.officers[0].id)
        asked = city.do(ask_extension, ask, by=officer, key=f"extend/{row.number}")
        decided = DecideExtension(visit_id=row.id, extension_id=asked, granted=True)
        city.do(decide_extension, decided, by=one.run.lead, key=f"extend/{row.number}/decide")
        city.did["检查延期"] += 1

    def inspect(self, run: SceneRun, row: VisitRow) -> None:
        """Let the institution arrive where it assists; then visit."""
        city = self.cycle
        if helped := self.helped.get(row.id):
            head, member = helped
            people = AllotAssistants(visit_id=row.id, people=frozenset({member.user}))
            city.do(allot_assistants, people, by=head, key=f"help/{row.number}")
            here = ArriveToAssist(visit_id=row.id, reason="随检查组到场")
            city.do(arrive_to_assist, here, by=member, key=f"help/{row.number}/arrive")
            city.did["第三方协助检查"] += 1
        super().inspect(run, row)
        if helped:
            self._review(run, row)

    def _review(self, run: SceneRun, row: VisitRow) -> None:
        """Let two of the lead look again who were not at the visit."""
        city = self.cycle
        inspected = {one.id for one in city.load_visit(row.id).officers}
        with city.platform.transactions.begin_reading() as work:
            theirs = work[Officers].of_departments([run.lead])
        party = party_of(city.load_subject(row.subject))
        free = (one for one in theirs if one.id not in inspected and not one.must_withdraw(party))
        two = tuple(one.id for one in free)[:2]
        command = AssignReview(visit_id=row.id, officers=two, reason="企业申请复核")
        made = city.do(assign_review, command, by=run.lead, key=f"review/{row.number}")
        found = RecordReview(review_id=made, agrees=True)
        officer = city.office.officer(two[0])
        city.do(record_review, found, by=officer, key=f"review/{row.number}/record")

    def report(self, id: str, number: str, term: int) -> None:
        """Report; one firm in ten asks for more days first, and gets them or does not."""
        city, found = self.cycle, self.cycle.load_rectification(id)
        if term == 1 and found.due_on >= city.today and city.one_in(10, number, "asks"):
            firm = city.office.firm(city.load_subject(found.sheet.subject))
            ask = AskRectificationTerm(rectification_id=id, days=5, reason="设备采购尚未到货")
            asked = city.do(ask_rectification_term, ask, by=firm, key=f"term/{number}")
            granted = not city.one_in(3, number, "granted")
            decided = DecideRectificationTerm(
                rectification_id=id, term_request_id=asked, granted=granted,
                answer="" if granted else "不属于客观原因，不予延期",
            )  # fmt: skip
            department = found.sheet.department
            city.do(decide_rectification_term, decided, by=department, key=f"term/{number}/decide")
            city.did["整改延期准许" if granted else "整改延期不准"] += 1
        super().report(id, number, term)

    def recheck(self, id: str, number: str, term: int) -> None:
        """Look again; what is still not put right is reported for enforcement."""
        super().recheck(id, number, term)
        found = self.cycle.load_rectification(id)
        if found.state is RectificationState.TRANSFERRED:
            self._transfer(found.sheet.visit, found.sheet.department, number)
        if found.rechecks[-1].result is RecheckResult.ORDERED_AGAIN:
            self.cycle.did["再次责令改正"] += 1

    def _transfer(self, visit: str, department: str, number: str) -> None:
        city = self.cycle
        officers = city.load_visit(visit).officers
        own = next(one.id for one in officers if one.department == department)
        other = next(one.id for one in officers if one.id != own)
        command = ReportTransfer(
            visit_id=visit, kind=TransferKind.ENFORCEMENT, to="南宁市示例综合执法支队",
            reason="责令改正后逾期仍未改正", reporters=(own, other),
        )  # fmt: skip
        by = city.office.officer(own)
        made = city.do(report_transfer, command, by=by, key=f"transfer/{number}")
        denied = city.one_in(5, number, "denied")
        steps: list[tuple[Any, Any]] = [
            (case, StepTransfer(transfer_id=made))
            for case in (approve_transfer, send_transfer, accept_transfer)
        ]
        if denied:
            note = "情节轻微，由本部门继续督促"
            steps = [(deny_transfer, ExplainTransfer(transfer_id=made, note=note))]
        head = city.office.of(department, approve_transfer.permission)
        clerk = city.office.of(
            department, send_transfer.permission, but=approve_transfer.permission
        )
        for days, (case, step) in enumerate(steps):
            who = clerk if case is send_transfer else head  # who sent does not enter the answer
            act = partial(city.do, case, step, by=who, key=f"{case.name}/{number}")
            self.diary.on(self.after(self.diary.today, days + 1), 11, act)
        city.did["移交未获批准" if denied else "移交执法"] += 1

    def show(self, run: SceneRun, row: VisitRow) -> None:
        """Show a result; a few are withheld for a reason, a few are shown after their term."""
        city = self.cycle
        if city.one_in(60, row.number, "withheld"):
            command = WithholdResult(
                visit_id=row.id, ground=WithholdingGround.TRADE_SECRET, reason="含企业配方"
            )
            city.do(withhold_result, command, by=run.lead, key=f"publish/{row.number}/withhold")
            city.did["不予公示"] += 1
            self.advance(1)
        elif city.one_in(50, row.number, "shown late") and row.id not in city.meant_late:
            city.meant_late.add(row.id)
            city.did["逾期公示"] += 1
            later = partial(super().show, run, row)
            self.diary.on(self.after(self.diary.today, 22), 11, later)
        else:
            super().show(run, row)

    def take_back(self, run: SceneRun, row: VisitRow) -> None:
        """Take a wrong result back; two days later show it corrected."""
        super().take_back(run, row)
        self.cycle.did["撤回公示"] += 1
        day = self.after(self.diary.today, 2)
        until = day.replace(year=day.year + 1, day=min(day.day, 28))
        command = PublishResult(visit_id=row.id, until=until)
        key = f"publish/{row.number}/correct"
        act = partial(self.cycle.do, correct_result, command, by=run.lead, key=key)
        self.diary.on(day, 9, act)
