"""The frame of every command, and what is done with users, departments, regions and access."""

from supervision_core.identity.services.deeds import Deeds
from supervision_core.identity.services.frame import (
    Commands,
    Expected,
    Question,
    UseCase,
    Work,
    does,
    question,
    use_case,
)

__all__ = [
    "Commands",
    "Deeds",
    "Expected",
    "Question",
    "UseCase",
    "Work",
    "does",
    "question",
    "use_case",
]
