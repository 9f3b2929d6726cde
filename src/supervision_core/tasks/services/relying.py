"""Which visit rests on an application or an order from above: such an entry is not deleted."""

from collections.abc import Iterator
from typing import Any

from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.registers import EntryReliance
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers import Entry
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.tasks.lists import TASKS, VISITS
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.registers import SUPERIOR_ORDERS
from supervision_core.tasks.services.grounds import resting_on


class VisitsRelying(EntryReliance):
    """Finds a visit that rests on an entry; one of a deleted task rests on nothing."""

    def relying(self, work: Work, entry: Entry[Any]) -> str:
        """Give the number of such a visit, empty where there is none."""
        if entry.register == APPROVAL_FILES.name:
            found = resting_on(work, entry.content.subject, entry.id)
        elif entry.register == SUPERIOR_ORDERS.name:
            found = _ordered_by(work, entry)
        else:
            return ""
        return next((one.sheet.number for one in found if _stands(work, one)), "")


def _stands(work: Work, visit: Visit) -> bool:
    task = find(work.unit, Tasks, visit.sheet.task)
    return task is not None and task.state is not TaskState.DELETED


def _ordered_by(work: Work, order: Entry[Any]) -> Iterator[Visit]:
    """Give the visits that rest on an order, found by the tasks of its scene."""
    lists, scene = work[Lists], ListFilter(asked={"scene": order.content.scene})
    for page in every_page(lambda request: lists.page(TASKS, scene, request)):
        for task in work[Tasks].find_many(row.id for row in page.items):
            if VisitGround.ORDER in task.grounds:
                yield from (one for one in _visits(work, task.id) if one.sheet.basis == order.id)


def _visits(work: Work, task: str) -> Iterator[Visit]:
    asked, lists = ListFilter(asked={"task": task}), work[Lists]
    for page in every_page(lambda request: lists.page(VISITS, asked, request)):
        yield from work[Visits].find_many(row.id for row in page.items)
