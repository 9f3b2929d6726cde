"""The results of a visit: item by item, as a whole, and the rules between them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

from attrs import field, frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said


class ItemOutcome(StrEnum):
    """What was found of one check item (国家互联网+监管 检查项结果)."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


class Outcome(StrEnum):
    """What was found of the subject as a whole (双随机检查结果). Names stand, codes differ."""

    NO_PROBLEM = "no_problem"
    CORRECTED = "corrected"
    PENDING = "pending"
    NO_ACTIVITY = "no_activity"
    CLOSED_DOWN = "closed_down"
    UNCOOPERATIVE = "uncooperative"
    DEREGISTERED = "deregistered"
    LICENCE_REVOKED = "licence_revoked"
    REGISTRATION_ANNULLED = "registration_annulled"
    MOVED_AWAY = "moved_away"


class PendingMatter(StrEnum):
    """Why a problem waits for further handling: a sub-item of ``Outcome.PENDING``."""

    NOT_DISCLOSED = "not_disclosed"
    FALSE_DISCLOSURE = "false_disclosure"
    UNREACHABLE = "unreachable"
    OTHER_BREACH = "other_breach"


class Measure(StrEnum):
    """What is done about findings (proposal F132 检查内容反馈)."""

    CORRECT_ON_SPOT = "correct_on_spot"
    CORRECT_IN_TERM = "correct_in_term"
    GUIDANCE = "guidance"
    PENALTY_PROCEDURE = "penalty_procedure"
    COERCION = "coercion"
    OTHER = "other"


REGISTER_STATUS = frozenset(
    {
        Outcome.DEREGISTERED,
        Outcome.LICENCE_REVOKED,
        Outcome.REGISTRATION_ANNULLED,
        Outcome.MOVED_AWAY,
    }
)
"""A subject has one of these at most."""

NOTHING_TO_INSPECT = REGISTER_STATUS | {
    Outcome.NO_ACTIVITY,
    Outcome.CLOSED_DOWN,
    Outcome.UNCOOPERATIVE,
}
"""With one of these the items may stay unchecked."""

OUTCOME_CODES: dict[str, dict[Outcome | PendingMatter, str]] = {
    "A": {
        Outcome.NO_PROBLEM: "1",
        Outcome.CORRECTED: "E",
        Outcome.PENDING: "A",
        PendingMatter.NOT_DISCLOSED: "B",
        PendingMatter.FALSE_DISCLOSURE: "C",
        PendingMatter.UNREACHABLE: "6",
        PendingMatter.OTHER_BREACH: "5",
        Outcome.NO_ACTIVITY: "F",
        Outcome.CLOSED_DOWN: "7",
        Outcome.UNCOOPERATIVE: "8",
        Outcome.DEREGISTERED: "9",
        Outcome.LICENCE_REVOKED: "10",
        Outcome.REGISTRATION_ANNULLED: "11",
        Outcome.MOVED_AWAY: "12",
    },
    "B": {
        Outcome.NO_PROBLEM: "01",
        Outcome.CORRECTED: "02",
        Outcome.PENDING: "09",
        PendingMatter.NOT_DISCLOSED: "13",
        PendingMatter.FALSE_DISCLOSURE: "14",
        PendingMatter.UNREACHABLE: "10",
        Outcome.NO_ACTIVITY: "03",
        Outcome.CLOSED_DOWN: "08",
        Outcome.UNCOOPERATIVE: "04",
        Outcome.DEREGISTERED: "05",
        Outcome.LICENCE_REVOKED: "07",
        Outcome.REGISTRATION_ANNULLED: "11",
        Outcome.MOVED_AWAY: "12",
    },
}
"""Two code sets in use elsewhere, for exchange; which one an authority uses is its setting."""


@frozen(kw_only=True)
class VisitItem:
    """检查项 (VisitItem): one check item as this visit has to answer it.

    ``matter`` is the code of its 监管事项, ``key`` marks a 重点 item, ``department`` answers it.
    ``domain`` (检查领域), ``topic`` (检查事项), ``method`` and ``basis`` are the checklist's.
    """

    id: str = field(metadata=said("检查项编号，本次检查内不重复", example="1.1"))
    title: str = field(metadata=said("检查内容", example="是否取得食品生产许可证且在有效期内"))
    department: str = field(
        metadata=said("负责检查该项的部门的编号", example="nanning", to="department")
    )
    matter: str = field(
        default="", metadata=said("所属监管事项的编码", to="items.matter", looked_up=False)
    )
    onsite: bool = field(default=True, metadata=said("是否须现场检查"))
    key: bool = field(default=False, metadata=said("是否重点检查项"))
    domain: str = field(default="", metadata=said("检查领域", example="食品生产"))
    topic: str = field(default="", metadata=said("检查事项", example="生产资质"))
    method: str = field(default="", metadata=said("检查方法", example="查阅许可证"))
    basis: tuple[str, ...] = field(
        default=(), metadata=said("检查依据", example=["《食品安全法》第三十五条"])
    )


@frozen(kw_only=True)
class ItemResult:
    """检查项结果 (ItemResult): what an officer found of one item; ``evidence`` are files.

    ``corrected_because`` is why it differs from the one before, empty where there was none.
    """

    item: str
    outcome: ItemOutcome
    by: str
    at: datetime
    note: str = ""
    evidence: tuple[str, ...] = ()
    corrected_because: str = ""

    def differs(self, before: "ItemResult") -> bool:
        """Tell whether it says otherwise than the one ``before``, or leaves evidence of it out."""
        said = (self.outcome, self.note.strip()) != (before.outcome, before.note.strip())
        return said or not set(before.evidence) <= set(self.evidence)


@frozen(kw_only=True)
class Finding:
    """检查发现问题 (Finding): an item that failed, as orders and archives quote it."""

    item: str
    title: str
    department: str
    key: bool
    note: str


def unended(text: str) -> str:
    """Give what somebody wrote without the stops at its end: a paper writes its own."""
    return text.strip().rstrip("。；;.")


def stated(title: str, note: str) -> str:
    """Say a problem as papers do, as a statement: what was found, and of which item."""
    said = unended(note)
    if not said:
        return f"未达到检查项“{title}”的要求。"
    return f"{said}。（检查项：{title}）"


@frozen(kw_only=True)
class Conclusion:
    """检查结论 (Conclusion): the result of a visit as a whole, with the measures taken."""

    outcomes: frozenset[Outcome]
    by: str
    at: datetime
    pending: frozenset[PendingMatter] = frozenset()
    measures: frozenset[Measure] = frozenset()
    note: str = ""

    @property
    def nothing_to_inspect(self) -> bool:
        """Tell whether the items may stay unchecked."""
        if PendingMatter.UNREACHABLE in self.pending:
            return True
        return bool(self.outcomes & NOTHING_TO_INSPECT)


def result_violations(result: ItemResult, at: str = "") -> Iterator[Violation]:
    """Give what is wrong in one item's result: whatever is not 未发现问题 needs its words."""
    if result.outcome is not ItemOutcome.PASSED and not result.note.strip():
        yield Violation("tasks.item_note_missing", at, {"item": result.item})


def conclusion_violations(conclusion: Conclusion, findings: int) -> Iterator[Violation]:
    """Give every contradiction of the conclusion, in itself and with the number of findings.

    未发现问题 stands alone; 待后续处理 needs its sub-item; findings and measures go together.
    """
    outcomes = conclusion.outcomes
    if not outcomes:
        yield Violation("tasks.outcome_missing", "outcomes")
    if Outcome.NO_PROBLEM in outcomes and len(outcomes) > 1:
        yield Violation("tasks.outcome_exclusive", "outcomes")
    if len(outcomes & REGISTER_STATUS) > 1:
        yield Violation("tasks.register_status_twice", "outcomes")
    if Outcome.PENDING in outcomes and not conclusion.pending:
        yield Violation("tasks.pending_matter_missing", "pending")
    if conclusion.pending and Outcome.PENDING not in outcomes:
        yield Violation("tasks.pending_matter_unasked", "pending")
    yield from _finding_violations(conclusion, findings)


def _finding_violations(conclusion: Conclusion, findings: int) -> Iterator[Violation]:
    problem = bool(conclusion.outcomes & {Outcome.CORRECTED, Outcome.PENDING})
    if findings and not problem:
        yield Violation("tasks.outcome_hides_findings", "outcomes", {"count": findings})
    if problem and not findings and PendingMatter.UNREACHABLE not in conclusion.pending:
        yield Violation("tasks.outcome_without_findings", "outcomes")
    if findings and not conclusion.measures:
        yield Violation("tasks.measure_missing", "measures")
    if conclusion.measures and not findings:
        yield Violation("tasks.measure_without_findings", "measures")
    if Outcome.CORRECTED in conclusion.outcomes and (
        Measure.CORRECT_ON_SPOT not in conclusion.measures
    ):
        yield Violation("tasks.correction_not_ordered", "measures")
    if Measure.CORRECT_IN_TERM in conclusion.measures and Outcome.PENDING not in (
        conclusion.outcomes
    ):
        yield Violation("tasks.term_without_pending", "outcomes")


def findings_of(items: Iterable[VisitItem], results: Iterable[ItemResult]) -> tuple[Finding, ...]:
    """Give the failed items, in the order of ``items``; 合理缺项 and 未检查 are no failures."""
    failed = {each.item: each for each in results if each.outcome is ItemOutcome.FAILED}
    return tuple(
        Finding(
            item=item.id,
            title=item.title,
            department=item.department,
            key=item.key,
            note=failed[item.id].note,
        )
        for item in items
        if item.id in failed
    )


@frozen(kw_only=True)
class Inspector:
    """检查人员 (Inspector): an officer on a visit, with the certificate he shows.

    ``certificate_until`` is the last day on which it is valid.
    """

    id: str
    department: str
    certificate: str
    certificate_until: date

    def certified(self, day: date) -> bool:
        """Tell whether the certificate is there and valid on ``day``."""
        return bool(self.certificate.strip()) and day <= self.certificate_until


MIN_OFFICERS = 2
"""行政处罚法 第42条; 食品生产经营监督检查管理办法 第23条."""


def officer_violations(
    officers: Iterable[Inspector], day: date, at: str = ""
) -> Iterator[Violation]:
    """Give why ``officers`` may not inspect on ``day``: at least two certified, nobody twice."""
    present = tuple(officers)
    yield from officers_twice(present, at)
    yield from officers_too_few(present, day, at)


def officers_twice(officers: Iterable[Inspector], at: str = "") -> Iterator[Violation]:
    """Name each officer who is among ``officers`` more than once."""
    times = Counter(officer.id for officer in officers)
    for twice in sorted(each for each, count in times.items() if count > 1):
        yield Violation("tasks.officer_twice", at, {"officer": twice})


def officers_too_few(officers: Iterable[Inspector], day: date, at: str = "") -> Iterator[Violation]:
    """Say that fewer than two ``officers`` are certified on ``day``."""
    valid = {officer.id for officer in officers if officer.certified(day)}
    if len(valid) < MIN_OFFICERS:
        yield Violation("tasks.officers_too_few", at, {"certified": len(valid)})
