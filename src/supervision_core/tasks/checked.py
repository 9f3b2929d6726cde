"""What a task asks: the lines of its checklist that fall to departments that take part."""

from contextlib import suppress

from supervision_core.checklists.model import ChecklistItem
from supervision_core.checklists.ports import Checklists
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.tasks.model.sheet import TaskSheet


def checklist_lines(unit: UnitOfWork, sheet: TaskSheet) -> tuple[ChecklistItem, ...]:
    """Give all lines of the version that the task fixes, none where there is no such version."""
    with suppress(NotFound):
        for version in unit[Checklists].get(sheet.checklist.id).versions:
            if version.number == sheet.checklist.version:
                return version.content.items
    return ()


def checked_items(unit: UnitOfWork, sheet: TaskSheet) -> tuple[ChecklistItem, ...]:
    """Give what the task asks: lines of its lead and joining departments, and of nobody's own.

    Nobody answers for a department that does not take part; its lines are neither drawn nor shown.
    """
    part = {"", sheet.lead, *sheet.joining}
    lines = checklist_lines(unit, sheet)
    return tuple(line for line in lines if line.content.department in part)
