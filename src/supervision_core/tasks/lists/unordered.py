"""Findings that a firm is to put right, and that no order takes in yet."""

from collections.abc import Iterator

from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.tasks.lists.following import TRANSFERS
from supervision_core.tasks.lists.visits import VISITS
from supervision_core.tasks.model.rectification import left_to_order
from supervision_core.tasks.model.transfer import KEPT
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Rectifications, Visits


def count_unordered(unit: UnitOfWork, task: str, department: str) -> int:
    """Count the findings of ``department`` in a task that it has still to order put right.

    What goes to enforcement instead, as a case of the department that nobody kept back, is none.
    """
    count = 0
    for visit in _with_findings(unit, task, department):
        earlier = unit[Rectifications].after(visit, department)
        left = left_to_order(visit, department=department, earlier=earlier)
        if left and not _handed_over(unit, visit, department):
            count += len(left)
    return count


def _with_findings(unit: UnitOfWork, task: str, department: str) -> Iterator[Visit]:
    asked = ListFilter(asked={"task": task, "departments": department, "findings_from": 1})
    for page in every_page(lambda request: unit[Lists].page(VISITS, asked, request)):
        yield from unit[Visits].find_many(row.id for row in page.items)


def _handed_over(unit: UnitOfWork, visit: Visit, department: str) -> bool:
    asked = ListFilter(asked={"visit": visit.id, "department": department})
    pages = every_page(lambda request: unit[Lists].page(TRANSFERS, asked, request))
    return any(row.state not in KEPT for page in pages for row in page.items)
