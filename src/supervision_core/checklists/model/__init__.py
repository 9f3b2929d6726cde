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
    GRADES,
    PREVIEW_HEAD,
    ChecklistContent,
    ChecklistItem,
    ChecklistPreview,
    preview,
    publication_violations,
)

__all__ = [
    "GRADES",
    "PREVIEW_HEAD",
    "Change",
    "Checklist",
    "ChecklistContent",
    "ChecklistDisabled",
    "ChecklistItem",
    "ChecklistLocked",
    "ChecklistNotPublishable",
    "ChecklistPreview",
    "ChecklistPublished",
    "ChecklistState",
    "ChecklistVersion",
    "Editor",
    "Operation",
    "preview",
    "publication_violations",
]
