"""Results become facts: what past visits and orders say of a subject on a given day.

The names are those of ``supervision_core.subjects.facts.FACT_CATALOGUE``.
"""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from supervision_core.kernel.days import local_day
from supervision_core.subjects.facts import FactValue, day_number
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.results import Outcome, PendingMatter
from supervision_core.tasks.model.visit import Visit


@frozen(kw_only=True)
class FormedResult:
    """已形成结果 (FormedResult): what counts of a completed visit."""

    visit: str
    formed_on: date
    findings: int
    key_findings: int
    obstructed: bool
    unreachable: bool


@frozen(kw_only=True)
class OrderRecord:
    """责令改正记录 (OrderRecord): what counts of a rectification."""

    rectification: str
    visit: str
    ordered_on: date
    findings: int
    open: bool
    late: bool


def formed_result(visit: Visit) -> FormedResult | None:
    """Give what counts of ``visit``; ``None`` while its result is not formed."""
    if visit.formed_on is None or visit.conclusion is None:
        return None
    findings = visit.findings
    return FormedResult(
        visit=visit.id,
        formed_on=visit.formed_on,
        findings=len(findings),
        key_findings=sum(finding.key for finding in findings),
        obstructed=Outcome.UNCOOPERATIVE in visit.conclusion.outcomes,
        unreachable=PendingMatter.UNREACHABLE in visit.conclusion.pending,
    )


def order_record(rectification: Rectification, *, today: date) -> OrderRecord:
    """Give what counts of ``rectification`` as of ``today``."""
    return OrderRecord(
        rectification=rectification.id,
        visit=rectification.sheet.visit,
        ordered_on=local_day(rectification.ordered_at),
        findings=len(rectification.sheet.findings),
        open=rectification.open,
        late=rectification.late(today),
    )


def year_before(day: date) -> date:
    """Give the same day a year earlier; 29 February becomes 28 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return date(day.year - 1, day.month, day.day)


def result_facts(
    results: Iterable[FormedResult], orders: Iterable[OrderRecord], *, on: date
) -> tuple[tuple[str, FactValue], ...]:
    """Give the facts that a subject's visits and orders make, known on day ``on``.

    An order counts once the result of its visit is formed: until then one officer alone stands to
    it. The last year is the days after ``year_before(on)`` up to ``on``. Whether it obstructed or
    could not be reached is what the last visit says. A subject never visited gives zeros, false
    flags and no ``last_checked_on``.
    """
    since = year_before(on)
    formed = sorted(
        (each for each in results if each.formed_on <= on),
        key=lambda each: (each.formed_on, each.visit),
    )
    lately = [each for each in formed if each.formed_on > since]
    certain = {each.visit for each in formed}
    ordered = [each for each in orders if each.ordered_on <= on and each.visit in certain]
    facts: dict[str, FactValue] = {
        "checks_1y": len(lately),
        "findings_1y": sum(each.findings for each in lately),
        "key_findings_1y": sum(each.key_findings for each in lately),
        "open_findings": sum(each.findings for each in ordered if each.open),
        "overdue_rectifications_1y": sum(each.late for each in ordered if each.ordered_on > since),
        "check_obstructed": bool(formed) and formed[-1].obstructed,
        "unreachable": bool(formed) and formed[-1].unreachable,
    }
    if formed:
        facts["last_checked_on"] = day_number(formed[-1].formed_on)
    return tuple(sorted(facts.items()))
