"""Storing aggregates with all that goes with it: what is owed, and what happened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from supervision_core.kernel.events import Aggregate, Saved, Thing
from supervision_core.kernel.ports import Repository, Root, UnitOfWork
from supervision_core.kernel.todos import Todos

FIRST_VERSION: Final = 1


def store(
    unit: UnitOfWork, repository: Repository[Root], roots: Sequence[Root], *, at: datetime
) -> None:
    """Store ``roots``, settle what is owed to them, and send their events out."""
    repository.save_all(roots)
    saved = Saved(at=at)
    for root in roots:
        if root.verbs is not None and root.verbs.owed_permissions:
            duties = root.verbs.duties(root, repository.kind)
            new = root.version == FIRST_VERSION
            unit[Todos].settle(repository.kind, root.id, duties, new=new)
        tell(unit, repository.kind, root, saved)


def tell(unit: UnitOfWork, kind: str, root: Aggregate, saved: Saved) -> None:
    """Send out what happened to a stored aggregate; that it was ``saved``, where nothing else did.

    Of many stored at once the same event tells that.
    """
    thing = Thing(kind, root.id, root.version)
    for event in root.take_events() or (saved,):
        unit.emit(event, thing)
