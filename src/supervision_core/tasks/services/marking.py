"""待移交: cases that results mark for enforcement, each of the department that found them."""

from collections.abc import Iterable, Iterator

from supervision_core.identity.services import Work
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.tasks.lists import TRANSFERS
from supervision_core.tasks.model.rectification import (
    RecheckResult,
    Rectification,
    RectificationRefused,
)
from supervision_core.tasks.model.results import Finding, Measure
from supervision_core.tasks.model.transfer import OVER, Transfer, TransferKind, TransferSheet
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Tasks, Transfers, Visits


def mark_concluded(work: Work, visit: Visit) -> None:
    """Mark a case for each department that found something where the visit ends in a penalty."""
    conclusion = visit.conclusion
    if conclusion is None or Measure.PENALTY_PROCEDURE not in conclusion.measures:
        return
    for department in sorted({one.department for one in visit.findings}):
        _mark(work, visit, department, visit.findings)


def mark_rechecked(work: Work, rectification: Rectification) -> None:
    """Mark a case where the last recheck found ground for one, of a formed result.

    Raises as ``require_ground``.
    """
    last, sheet = rectification.rechecks[-1], rectification.sheet
    require_ground(work, rectification, last.result)
    if last.result is RecheckResult.TRANSFER:
        _mark(work, work[Visits].get(sheet.visit), sheet.department, sheet.findings)


def require_ground(work: Work, rectification: Rectification, result: RecheckResult) -> None:
    """Require that the result of a visit is formed, of which a recheck hands the case over.

    Raises ``RectificationRefused``.
    """
    if result is RecheckResult.TRANSFER and not work[Visits].get(rectification.sheet.visit).formed:
        raise RectificationRefused((Violation("tasks.visit_not_formed", "result"),))


def _mark(work: Work, visit: Visit, department: str, findings: Iterable[Finding]) -> None:
    if any(one.state not in OVER for one in cases_of(work, visit, department)):
        return
    own = [one for one in findings if one.department == department]
    sheet = TransferSheet(
        kind=TransferKind.ENFORCEMENT,
        visit=visit.id,
        subject=visit.sheet.subject,
        region=visit.sheet.region,
        department=department,
        reason="；".join(f"{one.title}：{one.note}" for one in own),
        reporters=tuple(one.id for one in visit.officers if one.department == department),
        task=visit.sheet.task,
        scene=work[Tasks].get(visit.sheet.task).sheet.scene,
    )
    made = Transfer.mark(id=work.ids.next_id(), sheet=sheet, by=work.actor.user, at=work.now)
    work.save(Transfers, made)


def cases_of(work: Work, visit: Visit, department: str) -> Iterator[Transfer]:
    """Give the cases of a department that came of a visit."""
    lists = work[Lists]
    wanted = ListFilter(asked={"subject": visit.sheet.subject, "visit": visit.id})
    for page in every_page(lambda request: lists.page(TRANSFERS, wanted, request)):
        for row in page.items:
            if row.department == department:
                yield work[Transfers].get(row.id)
