"""Tasks and what follows them: sheets to start from, and aggregates with every field filled."""

from datetime import UTC, date, datetime, timedelta

from attrs import evolve

from supervision_core.checklists.model import Checklist, ChecklistItem
from supervision_core.draws.model.staffing import Certificate, Ground, Recusal
from supervision_core.draws.model.staffing import Inspector as Candidate
from supervision_core.identity.model import Channel
from supervision_core.items.model import Importance
from supervision_core.tasks.model.assisting import (
    Arrival,
    AssistanceHandover,
    ProblemState,
    ReportedProblem,
)
from supervision_core.tasks.model.claim_draw import ClaimDraw
from supervision_core.tasks.model.drawing import ANY_MATTER
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.letters import (
    LetterSheet,
    LetterState,
    ServedLetter,
    ServiceReceipt,
)
from supervision_core.tasks.model.presence import (
    CheckIn,
    ConfirmationWay,
    Extension,
    ExtensionState,
    MaterialUse,
    NotVisited,
    OfficersAdjusted,
    PartyScan,
    RecordConfirmation,
    Reopening,
    Replacement,
    ReplacementCause,
    SignatureRefused,
    SignatureSheet,
    Signed,
    WaiverGround,
)
from supervision_core.tasks.model.publication import (
    Publication,
    PublicationState,
    PublicSubject,
    ShownResult,
    Withdrawal,
    WithdrawalGround,
    WithdrawalProposal,
    WithholdingGround,
    WithholdingProposal,
)
from supervision_core.tasks.model.rating import Score, Scores, VisitRating
from supervision_core.tasks.model.rectification import (
    Delivery,
    DeliveryChannel,
    OrderSheet,
    Recheck,
    RecheckResult,
    Rectification,
    RectificationReport,
    RectificationState,
    TermExtension,
    TermRequest,
)
from supervision_core.tasks.model.results import (
    Conclusion,
    Finding,
    Inspector,
    ItemOutcome,
    ItemResult,
    Measure,
    Outcome,
    PendingMatter,
    VisitItem,
)
from supervision_core.tasks.model.review import Handpicked, Review, ReviewResult
from supervision_core.tasks.model.sealing import EvidenceSealing, SealingGround, SealingState
from supervision_core.tasks.model.sheet import (
    Approval,
    ChecklistUsed,
    DepartmentPart,
    GradingRuleUsed,
    Opinion,
    PartState,
    SentBack,
    TaskKind,
    TaskSheet,
    TaskState,
    ThirdPartyPart,
    Urging,
)
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.term_warning import TermWarning, WarningState
from supervision_core.tasks.model.transfer import (
    Transfer,
    TransferKind,
    TransferPaper,
    TransferSheet,
    TransferState,
    TransferStep,
)
from supervision_core.tasks.model.visit import Visit, VisitSheet, VisitState
from supervision_core.tasks.model.warnings import WarningKind
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    ServedLetters,
    Tasks,
    TermWarnings,
    Transfers,
    VisitRatings,
    Visits,
)
from supervision_core.testing.checklists import EDITOR, full_checklist_content
from supervision_core.testing.draws import leaf_at
from supervision_core.testing.items import full_check_content
from supervision_core.testing.units import RepositoryCase

MOMENT = datetime(2026, 4, 7, 1, 30, tzinfo=UTC)
"""09:30 in Guangxi on the day ``TODAY``."""

TODAY = date(2026, 4, 7)
LEAD, FARM = "dept-market", "dept-farm"


def task_sheet(**changes: object) -> TaskSheet:
    """Give what a task of 乳品安全 says, led by ``LEAD``, joined by ``FARM``."""
    told: dict[str, object] = {
        "number": "RW20260407001",
        "name": "乳品安全综合检查",
        "scene": "scene-dairy",
        "kind": TaskKind.SPECIAL,
        "region": "450100",
        "lead": LEAD,
        "joining": (FARM,),
        "checklist": ChecklistUsed(id="checklist-1", version=3),
        "starts_on": TODAY,
        "ends_on": date(2026, 5, 29),
        "matters": ("matter-1",),
        "grading_rule": GradingRuleUsed(id="rule-1", version=2),
        "plan": "plan-1",
        "sub_plan": "sub-1",
        "draw": "draw-1",
        "reason": "专项整治",
        "superior_order": "某发〔2026〕1号",
        "description": "说明",
    }
    return TaskSheet(**(told | changes))  # type: ignore[arg-type]


def claim_draw() -> ClaimDraw:
    """Give what two officers of ``FARM`` were drawn from, one of whom must withdraw.

    For ``subject-9``, elsewhere, nobody could be.
    """
    certificate = Certificate(
        matters=frozenset({ANY_MATTER}), regions=frozenset({"450100"}),
        valid_from=date(2026, 1, 1), valid_until=date(2028, 12, 31),
    )  # fmt: skip
    prepared = ClaimDraw(
        department=FARM,
        team="team-1",
        count=1,
        cap=2,
        day=date(2026, 5, 29),
        candidates=(
            Candidate("officer-2", FARM, (certificate,)),
            Candidate("officer-3", FARM, (certificate,)),
        ),
        recusals=(Recusal("officer-3", "subject-1", Ground.INTEREST),),
        alone=("subject-8",),
        later={"subject-8": date(2026, 6, 18)},
        drawn_at=MOMENT,
        staff=2,
        changes={"officers_went": 1},
    )
    places = {"subject-1": "450100", "subject-9": "110000"}
    seeded = prepared.seeded(leaf_at(5), places)
    return seeded.finished(seeded.replay(places), places)


def task(id: str) -> Task:
    """Give a task with every field filled."""
    opinion = Opinion(
        participates=True,
        by="u-2",
        at=MOMENT,
        changes="增加一个事项",
        subjects_to_add=("subject-9",),
        officers_to_add=("officer-9",),
    )
    return Task(
        id=id,
        sheet=task_sheet(number=f"RW-{id}"),
        parts=(
            DepartmentPart(
                department=LEAD,
                state=PartState.CLOSED,
                claimed_by="u-1",
                claimed_at=MOMENT,
                closed_by="u-1",
                closed_at=MOMENT,
            ),
            DepartmentPart(
                department=FARM,
                state=PartState.CLAIMED,
                opinion=opinion,
                drawn=claim_draw(),
                drawn_again=(claim_draw(),),
                roster=(Candidate("officer-2", FARM, ()),),
            ),
        ),
        state=TaskState.IN_PROGRESS,
        third_parties=(
            ThirdPartyPart(
                institution="institution-1",
                duty="抽样检验",
                headcount=2,
                assistants=("helper-1",),
                claimed_by="helper-1",
                claimed_at=MOMENT,
            ),
        ),
        approval=Approval(by="head-1", at=MOMENT, selection="ab" * 32, late=True),
        urgent_because="证据可能灭失",
        opinions_due=date(2026, 4, 3),
        visited=frozenset({"subject-9"}),
        grounds=frozenset({VisitGround.CLUE}),
        judges=frozenset({"u-judge"}),
        proposers=frozenset({"u-1"}),
        sent_back=(
            SentBack(
                reason="缺少一户", by="head-1", at=MOMENT, answer="已补齐", answered_at=MOMENT
            ),
        ),
        approval_due=date(2026, 4, 8),
        claim_due=date(2026, 4, 10),
        urgings=(
            Urging(
                id="urging-1",
                department=FARM,
                text="请尽快认领",
                by="u-1",
                at=MOMENT,
                answer="今日认领",
                answered_at=MOMENT,
            ),
        ),
        manifest="ab" * 32,
        deleted_because="样例",
    )


def inspector(id: str, department: str = LEAD, **changes: object) -> Inspector:
    """Give an officer whose certificate is valid for long."""
    told: dict[str, object] = {
        "id": id,
        "department": department,
        "certificate": f"桂A{id}",
        "certificate_until": date(2028, 12, 31),
    }
    return Inspector(**(told | changes))  # type: ignore[arg-type]


ITEMS = (
    VisitItem(id="item-1", title="许可证在有效期内", department=LEAD, matter="matter-1", key=True),
    VisitItem(id="item-2", title="生乳有交接单", department=FARM, matter="matter-1"),
)


def asking_checklist(id: str, *, lead: str = LEAD, farm: str = FARM) -> Checklist:
    """Give a checklist whose version 3 asks ``ITEMS``, one of each department."""
    asked = full_check_content()
    lines = tuple(
        ChecklistItem(
            code=one.id,
            origin=one.id,
            content=evolve(
                asked, content=one.title, department=department, matter_code=one.matter,
                importance=Importance.KEY if one.key else Importance.GENERAL,
            ),
        )
        for one, department in zip(ITEMS, (lead, farm), strict=True)
    )  # fmt: skip
    content = evolve(full_checklist_content(), items=lines, lead=lead, joining=(farm,))
    made = Checklist.create(content, id=id, code=f"CL-{id}", region="450000", by=EDITOR)
    for note in "123":
        made.revise(evolve(content, note=note), by=EDITOR)
        made.publish(by=EDITOR)
    made.take_events()
    return made


INSPECTORS = (inspector("officer-1"), inspector("officer-2", FARM))


def visit_sheet(**changes: object) -> VisitSheet:
    """Give what a visit says: two items, one of each department."""
    told: dict[str, object] = {
        "number": "RW20260407001-0001",
        "task": "task-1",
        "subject": "subject-1",
        "region": "450100",
        "lead": LEAD,
        "items": ITEMS,
        "counts_toward_cap": False,
        "ground": VisitGround.CLUE,
        "basis": "clue-1",
    }
    return VisitSheet(**(told | changes))  # type: ignore[arg-type]


def result(item: str, outcome: ItemOutcome = ItemOutcome.PASSED, **changes: object) -> ItemResult:
    """Give a result of ``item`` by the officer of its department."""
    told: dict[str, object] = {
        "item": item,
        "outcome": outcome,
        "by": "officer-1" if item == "item-1" else "officer-2",
        "at": MOMENT,
        "note": "" if outcome is ItemOutcome.PASSED else "见照片",
        "evidence": ("file-7",),
    }
    return ItemResult(**(told | changes))  # type: ignore[arg-type]


def visit(id: str) -> Visit:
    """Give a visit with every field filled."""
    return Visit(
        id=id,
        sheet=visit_sheet(number=f"RW-{id}"),
        officers=INSPECTORS,
        due_on=date(2026, 6, 5),
        state=VisitState.COMPLETED,
        assistants=frozenset({"helper-1", "helper-2"}),
        check_in=CheckIn(
            by="officer-1",
            at=MOMENT,
            code="gt:subject-1",
            reason="先行登记",
            place="南宁市",
            photo="file-5",
            photo_sm3="5a" * 32,
        ),
        results=(
            result("item-1"),
            result("item-2", ItemOutcome.FAILED, corrected_because="录入有误"),
        ),
        superseded=(result("item-2"),),
        former_conclusions=(
            Conclusion(
                outcomes=frozenset({Outcome.NO_PROBLEM}),
                by="officer-1",
                at=MOMENT,
                pending=frozenset(),
                measures=frozenset(),
                note="更正前",
            ),
        ),
        reopenings=(
            Reopening(
                reason="对结果有异议",
                by="head-1",
                at=MOMENT,
                signatures=SignatureSheet(
                    party=REFUSED_SIGNATURE,
                    recorder="officer-1",
                    at=MOMENT,
                    note="备注",
                ),
            ),
        ),
        confirm_due=date(2026, 4, 9),
        leader_called=True,
        waivers=(
            NotVisited(
                ground=WaiverGround.CLOSED,
                note="大门上锁",
                evidence=("file-6",),
                by="officer-1",
                at=MOMENT,
                confirmed_by="officer-2",
                confirmed_at=MOMENT,
                accepted=False,
                decided_by="head-1",
                decided_at=MOMENT,
                answer="请再次到场",
            ),
        ),
        sealings=(
            EvidenceSealing(
                id="sealing-1",
                file="file-5",
                sm3="5a" * 32,
                ground=SealingGround.BYSTANDER,
                reason="拍到了路人",
                by="u-1",
                at=MOMENT,
                state=SealingState.SEALED,
                decided_by="head-1",
                decided_at=MOMENT,
                answer="同意",
            ),
        ),
        assistant_notes=(result("item-2", ItemOutcome.FAILED, by="helper-1"),),
        materials=(
            MaterialUse(
                item="item-1",
                material="file-8",
                source="self_report",
                by="officer-1",
                at=MOMENT,
            ),
        ),
        conclusion=Conclusion(
            outcomes=frozenset({Outcome.PENDING, Outcome.CORRECTED}),
            by="officer-1",
            at=MOMENT,
            pending=frozenset({PendingMatter.OTHER_BREACH}),
            measures=frozenset({Measure.CORRECT_ON_SPOT, Measure.CORRECT_IN_TERM}),
            note="详见笔录",
        ),
        signatures=SignatureSheet(
            party=Signed(signer="李四", image="file-9", opinion="无异议"),
            recorder="officer-2",
            at=MOMENT,
            note="备注",
        ),
        formed_on=TODAY,
        replacements=(
            Replacement(
                old="officer-0",
                new=inspector("officer-1"),
                cause=ReplacementCause.RECUSAL,
                reason="亲属关系",
                by="u-1",
                at=MOMENT,
            ),
        ),
        adjustments=(
            OfficersAdjusted(
                added=("officer-2",), removed=("officer-9",), reason="熟悉冷链", by="u-1", at=MOMENT
            ),
        ),
        extensions=(
            Extension(
                id="extension-1",
                by="officer-1",
                department=LEAD,
                reason="企业停产",
                days=7,
                asked_at=MOMENT,
                old_due=date(2026, 5, 29),
                new_due=date(2026, 6, 5),
                state=ExtensionState.GRANTED,
                decided_by="u-1",
                decided_at=MOMENT,
                answer="同意",
            ),
        ),
        party_scan=PartyScan(by="account-firm", at=MOMENT),
        confirmation=RecordConfirmation(by="officer-1", at=MOMENT, way=ConfirmationWay.PIN),
        arrivals=(Arrival(by="helper-1", at=MOMENT, scanned=False, reason="没有张贴码"),),
        handovers=(
            AssistanceHandover(old="helper-0", new="helper-1", reason="另有任务", at=MOMENT),
        ),
        problems=(
            ReportedProblem(
                id="problem-1",
                department=LEAD,
                item="item-1",
                text="冷藏温度偏高",
                by="helper-1",
                at=MOMENT,
                files=("file-11",),
                state=ProblemState.ANSWERED,
                answer="已核实",
                answered_by="u-1",
                answered_at=MOMENT,
            ),
        ),
        drawn_at=MOMENT,
        touched=((2, ("item-1",)), (3, ())),
    )


REFUSED_SIGNATURE = SignatureRefused(reason="负责人拒签", witness="王五", recording="file-10")

FINDING = Finding(
    item="item-2", title="生乳有交接单", department=FARM, key=False, note="缺3月交接单"
)


def order_sheet(**changes: object) -> OrderSheet:
    """Give an order about ``FINDING``, within ten working days."""
    told: dict[str, object] = {
        "number": "桂市监责改〔2026〕1号",
        "visit": "visit-1",
        "task": "task-1",
        "subject": "subject-1",
        "region": "450100",
        "department": FARM,
        "findings": (FINDING,),
        "days": 10,
        "document": "file-11",
    }
    return OrderSheet(**(told | changes))  # type: ignore[arg-type]


def rectification(id: str) -> Rectification:
    """Give a rectification with every field filled."""
    return Rectification(
        id=id,
        sheet=order_sheet(number=f"桂市监责改〔2026〕{id}号"),
        ordered_at=MOMENT,
        due_on=date(2026, 4, 22),
        state=RectificationState.REPORTED,
        delivery=Delivery(
            channel=DeliveryChannel.EMAIL, at=MOMENT, by="officer-2", address="a@example.com"
        ),
        reports=(RectificationReport(text="已补齐", at=MOMENT, attachments=("file-12",)),),
        rechecks=(
            Recheck(
                officers=INSPECTORS,
                at=MOMENT,
                result=RecheckResult.ORDERED_AGAIN,
                note="仍缺一份",
                new_due=date(2026, 4, 22),
                attachments=("file-13",),
                by="u-3", kept_by="officer-1", second="officer-2", second_at=MOMENT,
            ),
        ),
        awaited=Recheck(
            officers=INSPECTORS, at=MOMENT, result=RecheckResult.NO_PROBLEM, note="", by="u-3",
            kept_by="officer-1",
        ),
        superseded=(
            Recheck(
                officers=INSPECTORS, at=MOMENT, result=RecheckResult.GUIDANCE, note="已指导",
                by="u-3", kept_by="officer-1",
            ),
        ),
        extensions=(
            TermExtension(
                at=MOMENT,
                by="u-1",
                reason="停电",
                old_due=date(2026, 4, 20),
                new_due=date(2026, 4, 22),
            ),
        ),
        late=True,
        term_requests=(
            TermRequest(
                id="request-1", by="account-firm", at=MOMENT, days=2, reason="停电",
                state=ExtensionState.GRANTED, decided_by="u-1", decided_at=MOMENT, answer="同意",
            ),
        ),
    )  # fmt: skip


def rating(id: str) -> VisitRating:
    """Give a rating with every field filled."""
    scores = Scores(lawful=Score.FIVE, courteous=Score.FOUR, helpful=Score.THREE)
    return VisitRating(id=id, department=LEAD, rated_on=TODAY, scores=scores)


def shown(**changes: object) -> ShownResult:
    """Give what the public sees of ``visit``."""
    told: dict[str, object] = {
        "subject": PublicSubject.firm(
            id="subject-1", name="南宁某乳业有限公司", credit_code="91450100MA00000000"
        ),
        "task": "乳品安全综合检查",
        "departments": (FARM, LEAD),
        "checked_on": TODAY,
        "items": 2,
        "failed_items": ("生乳有交接单",),
        "outcomes": frozenset({Outcome.PENDING}),
        "pending": frozenset({PendingMatter.OTHER_BREACH}),
        "scene": "scene-1",
    }
    return ShownResult(**(told | changes))  # type: ignore[arg-type]


def publication(id: str) -> Publication:
    """Give a publication with every field filled."""
    return Publication(
        id=id,
        task="task-1",
        region="450100",
        lead=LEAD,
        departments=frozenset({LEAD, FARM}),
        formed_on=TODAY,
        due_on=date(2026, 5, 8),
        shown=shown(),
        state=PublicationState.SHOWN,
        shown_on=date(2026, 4, 20),
        until=date(2029, 4, 20),
        withholding=WithholdingProposal(
            by="u-2", at=MOMENT, ground=WithholdingGround.PRIVACY, reason="涉及个人"
        ),
        withheld_on_ground=WithholdingGround.TRADE_SECRET,
        withheld_because="样例",
        withdrawals=(
            Withdrawal(
                at=MOMENT, by="u-1", reason="名称有误", shown=shown(task="旧名"),
                ground=WithdrawalGround.MISTAKEN,
            ),
        ),
        proposals=(
            WithdrawalProposal(
                department=FARM, by="u-2", at=MOMENT, ground=WithdrawalGround.ANNULLED,
                reason="处罚决定已撤销", due_on=date(2026, 4, 24), annulled_on=TODAY,
                declined_by="u-1", declined_at=MOMENT, answer="未收到撤销决定",
                withdrawn_at=MOMENT,
            ),
        ),
    )  # fmt: skip


def transfer(id: str) -> Transfer:
    """Give a transfer with every field filled."""
    return Transfer(
        id=id,
        sheet=TransferSheet(
            kind=TransferKind.CRIMINAL,
            visit="visit-1",
            subject="subject-1",
            region="450100",
            department=LEAD,
            to="police-1",
            reason="涉嫌生产有毒有害食品",
            reporters=("officer-1", "officer-2"),
            papers=frozenset(TransferPaper),
            task="task-1",
            scene="scene-1",
        ),
        steps=(
            TransferStep(state=TransferState.REPORTED, by="officer-1", at=MOMENT),
            TransferStep(state=TransferState.APPROVED, by="head-1", at=MOMENT, note="同意移送"),
        ),
    )


def review(id: str) -> Review:
    """Give a review with every field filled."""
    return Review(
        id=id,
        visit="visit-1",
        task="task-1",
        region="450100",
        department=LEAD,
        officers=("officer-1", "officer-2"),
        subject="s-1",
        handpicked=Handpicked(by="u-1", at=MOMENT, reason="企业有异议"),
        result=ReviewResult(
            by="officer-1",
            at=MOMENT,
            agrees=False,
            differing_items=("item-2",),
            note="现场与记录不符",
        ),
    )


def served_letter(id: str) -> ServedLetter:
    """Give a letter with every field filled."""
    return ServedLetter(
        id=id,
        sheet=LetterSheet(
            rectification="rectification-1",
            file="file-11",
            number="桂市监责改〔2026〕1号",
            task="task-1",
            subject="subject-1",
            region="450100",
            department=FARM,
            channel=Channel.EMAIL,
        ),
        made_at=MOMENT,
        to="a@example.com",
        phone="13900000001",
        token="0" * 32,
        link=f"{id:0>64}",
        state=LetterState.OPENED,
        sent_at=MOMENT,
        receipt=ServiceReceipt(at=MOMENT, phone_end="0001"),
    )


def _change_letter(changed: ServedLetter) -> None:
    changed._token = ""  # noqa: SLF001 -- an opened letter has no verb left


def _change_task(changed: Task) -> None:
    changed.urge(urging="urging-2", department=FARM, text="再次督办", by="u-1", at=MOMENT)


def _change_visit(changed: Visit) -> None:
    changed._due_on = date(2026, 7, 1)  # noqa: SLF001 -- a completed visit has no verb left


def _change_rectification(changed: Rectification) -> None:
    changed.extend(new_due=date(2026, 5, 6), reason="再次停电", by="u-1", at=MOMENT)


def _change_publication(changed: Publication) -> None:
    changed.withdraw(ground=WithdrawalGround.MISTAKEN, reason="再次更正", by="u-1", at=MOMENT)


def _change_transfer(changed: Transfer) -> None:
    changed.step(TransferStep(state=TransferState.SENT, by="u-1", at=MOMENT))


def _change_review(changed: Review) -> None:
    changed._result = None  # noqa: SLF001 -- a recorded review has no verb left


TASKS = RepositoryCase(port=Tasks, example=task, change=_change_task)
VISITS = RepositoryCase(port=Visits, example=visit, change=_change_visit)
RECTIFICATIONS = RepositoryCase(
    port=Rectifications, example=rectification, change=_change_rectification
)
PUBLICATIONS = RepositoryCase(port=Publications, example=publication, change=_change_publication)


def term_warning(id: str) -> TermWarning:
    """Give a warning that was pressed, answered and is over."""
    return TermWarning(
        id=id,
        kind=WarningKind.CLAIM_OVERDUE,
        task="t-1",
        target="t-1",
        department="d-2",
        lead="d-1",
        region="450100",
        due_on=date(2026, 3, 1),
        issued_at=MOMENT,
        pressed_before=1,
        state=WarningState.OVER,
        urging="u-1",
        supervised_at=MOMENT,
        said="请尽快认领",
        answer="已安排",
        answered_at=MOMENT,
        over_at=MOMENT,
    )


TERM_WARNINGS = RepositoryCase(
    port=TermWarnings,
    example=term_warning,
    change=lambda root: root.end(at=MOMENT + timedelta(days=1)),
)


def _change_rating(root: VisitRating) -> None:
    root._scores = Scores(lawful=Score.ONE, courteous=Score.ONE, helpful=Score.ONE)  # noqa: SLF001 - none changes else


TRANSFERS = RepositoryCase(port=Transfers, example=transfer, change=_change_transfer)
SERVED_LETTERS = RepositoryCase(port=ServedLetters, example=served_letter, change=_change_letter)
REVIEWS = RepositoryCase(port=Reviews, example=review, change=_change_review)
RATINGS = RepositoryCase(port=VisitRatings, example=rating, change=_change_rating)
