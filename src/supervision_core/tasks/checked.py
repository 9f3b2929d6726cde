"""What the checklist of a task asks: the lines of the version that the task fixes."""

from contextlib import suppress

from supervision_core.checklists.model import ChecklistItem
from supervision_core.checklists.ports import Checklists
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.tasks.model.sheet import TaskSheet


def checked_items(unit: UnitOfWork, sheet: TaskSheet) -> tuple[ChecklistItem, ...]:
    """Give the lines of the task's checklist, none where it has no such version."""
    with suppress(NotFound):
        for version in unit[Checklists].get(sheet.checklist.id).versions:
            if version.number == sheet.checklist.version:
                return version.content.items
    return ()
