"""Checklists: drafted, published in immutable versions, reused and previewed."""

from supervision_core.checklists.model.checklist import (
    Change,
    Checklist,
    ChecklistDisabled,
    ChecklistLocked,
    ChecklistNotPublishable,
    ChecklistPublished,
    ChecklistState,
    ChecklistVersion,
    Editor,
    Operation,
)
from supervision_core.checklists.model.content import (
    GRADE_LETTERS,
    GRADES,
    ChecklistContent,
    ChecklistHead,
    ChecklistItem,
    grades_without_items,
    publication_violations,
)
from supervision_core.checklists.model.editing import (
    ChecklistItemsUnfit,
    ContentChanges,
    ItemChange,
    changes_between,
    next_code,
)
from supervision_core.checklists.model.sheet import (
    PREVIEW_HEAD,
    ChecklistPreview,
    SheetDomain,
    SheetLine,
    preview,
)

__all__ = [
    "GRADES",
    "GRADE_LETTERS",
    "PREVIEW_HEAD",
    "Change",
    "Checklist",
    "ChecklistContent",
    "ChecklistDisabled",
    "ChecklistHead",
    "ChecklistItem",
    "ChecklistItemsUnfit",
    "ChecklistLocked",
    "ChecklistNotPublishable",
    "ChecklistPreview",
    "ChecklistPublished",
    "ChecklistState",
    "ChecklistVersion",
    "ContentChanges",
    "Editor",
    "ItemChange",
    "Operation",
    "SheetDomain",
    "SheetLine",
    "changes_between",
    "grades_without_items",
    "next_code",
    "preview",
    "publication_violations",
]
