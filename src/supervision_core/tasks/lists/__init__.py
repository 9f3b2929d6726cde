"""The lists of tasks and of what follows them, and what each says when it is opened."""

from supervision_core.tasks.lists.extensions import EXTENSIONS
from supervision_core.tasks.lists.following import (
    LETTER,
    PUBLICATIONS,
    RECHECKED,
    RECTIFICATIONS,
    REPORTED,
    REVIEWS,
    SERVED_LETTERS,
    TRANSFERS,
)
from supervision_core.tasks.lists.tasks import TASKS
from supervision_core.tasks.lists.visits import THIRD_PARTY_VISITS, VISITS, next_visit
from supervision_core.tasks.lists.warnings import TERM_WARNINGS

__all__ = [
    "EXTENSIONS",
    "LETTER",
    "PUBLICATIONS",
    "RECHECKED",
    "RECTIFICATIONS",
    "REPORTED",
    "REVIEWS",
    "SERVED_LETTERS",
    "TASKS",
    "TERM_WARNINGS",
    "THIRD_PARTY_VISITS",
    "TRANSFERS",
    "VISITS",
    "next_visit",
]
