"""What every use case on the directory does: keep, feed, and look to the area."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from supervision_core.identity.model import SUPER, Department, PermissionDenied, Predicate, User
from supervision_core.identity.model.actors import Actor
from supervision_core.identity.ports import (
    AccessEpoch,
    AccountTies,
    ChangeKind,
    CredentialsStore,
    Departments,
    DirectoryChange,
    DirectoryChanges,
    KnownVersions,
    Sessions,
    Users,
)
from supervision_core.identity.services.frame import Work
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Repository, UnitOfWork

Root = TypeVar("Root", bound=Aggregate)


def keep(work: Work, port: type[Repository[Root]], root: Root) -> None:
    """Store ``root``; whoever keeps a picture of access, or a name, reads it anew."""
    work.save(port, root)
    _begin_epoch(work, port, [root])


def keep_all(work: Work, port: type[Repository[Root]], roots: Sequence[Root]) -> None:
    """Store many at once, as ``keep`` would."""
    if roots:
        work.save_all(port, roots)
        _begin_epoch(work, port, roots)


def _begin_epoch(work: Work, port: type[Repository[Root]], roots: Sequence[Root]) -> None:
    if port is not CredentialsStore:
        work[AccessEpoch].advance(*(named(port, one.id) for one in roots))


def named(port: type[Repository[Any]], id: str) -> str:
    """Give the name under which an epoch of access lists a changed aggregate."""
    return f"{port.kind}/{id}"


def find(unit: UnitOfWork, port: type[Repository[Root]], id: str) -> Root | None:
    """Give the aggregate, if there is one."""
    try:
        return unit[port].get(id)
    except NotFound:
        return None


def find_known(unit: UnitOfWork, port: type[Repository[Root]], id: str) -> Root | None:
    """Give the aggregate, if there is one. Raises ``SealBroken`` where the log knows of one."""
    found = find(unit, port, id)
    if found is None:
        unit[KnownVersions].require(port.kind, id)
    return found


def tell(work: Work, kind: str, id: str, *, deleted: bool = False) -> None:
    """Put a change of a user, department or region into the feed."""
    change = ChangeKind.DELETED if deleted else ChangeKind.WRITTEN
    work[DirectoryChanges].append(DirectoryChange(kind=kind, id=id, change=change, at=work.now))


def tie_accounts(work: Work, users: Sequence[User]) -> None:
    """Tie new accounts to the entries of the same persons in registers above this context."""
    if users:
        _name_tied(work, work[AccountTies].made(users, at=work.now))


def untie_account_of(work: Work, user: User) -> None:
    """Untie what was tied to an account that was deleted."""
    _name_tied(work, work[AccountTies].deleted(user.id, by=work.actor.user, at=work.now))


def _name_tied(work: Work, entries: Sequence[tuple[str, Aggregate]]) -> None:
    for kind, entry in entries:
        work.wrote_events(kind, entry)


def is_super(work: Work) -> bool:
    """Tell whether a super administrator acts."""
    return work.actor.may(SUPER)


def reach_of(work: Work) -> Predicate | None:
    """Give what the actor reaches of the directory: the super administrator everything."""
    return None if is_super(work) else work.actor.scope.predicate()


def administers(work: Work, department: str) -> bool:
    """Tell whether the actor administers the department or one above it."""
    return is_super(work) or administers_in(work.actor, work[Departments].lineage(department))


def administers_in(actor: Actor, lineage: Iterable[Department]) -> bool:
    """Tell whether an actor administers a department whose ``lineage`` is known, or one above."""
    return actor.may(SUPER) or any(
        actor.user in one.administrators for one in lineage if not one.deleted
    )


class Area:
    """Which of some departments an actor administers, looked up together."""

    def __init__(self, work: Work, departments: Iterable[str]) -> None:
        """Look them up in ``work``, for its actor."""
        self._work = work
        self._lineages = work[Departments].lineages(departments)

    def holds(self, department: str) -> bool:
        """Tell whether the actor administers it, or one above it, deleted or not."""
        return administers_in(self._work.actor, self._lineages[department])

    def region(self, department: str) -> str:
        """Give the code of its region, empty for an unknown department."""
        return next((one.data.region for one in self._lineages.get(department, ())), "")

    def above(self, department: str) -> frozenset[str]:
        """Give the department and all above it, by id."""
        return frozenset(one.id for one in self._lineages[department])

    def offers(self, department: str) -> bool:
        """Tell whether the actor may put somebody there: it is his to administer, and living."""
        lineage = self._lineages[department]
        return bool(lineage) and not lineage[0].deleted and self.holds(department)


def require_area(work: Work, kind: str, id: str, departments: Iterable[str]) -> None:
    """Demand that the actor administers one of ``departments``; none at all is for the super one.

    Raises ``NotFound`` otherwise: what lies outside his area is absent to an administrator.
    """
    if not is_super(work) and not any(administers(work, one) for one in departments):
        raise work.foreign(kind, id)


def managed_user(work: Work, id: str) -> User:
    """Give a user whom the actor manages. Raises ``NotFound`` for any other."""
    user = work[Users].get(id)
    require_area(work, "user", id, sorted(user.departments))
    return user


def living_user(work: Work, id: str) -> User:
    """Give a user whom the actor manages, unless he is deleted. Raises ``NotFound``."""
    user = managed_user(work, id)
    if user.deleted:
        raise work.foreign("user", id)
    return user


def require_everything(work: Work, permission: str) -> None:
    """Demand that nothing lies outside of the actor's scope. Raises ``PermissionDenied``."""
    scope = work.actor.scope
    if scope.departments or scope.role is not None or not scope.region.endswith("0000"):
        raise PermissionDenied(permission)


def end_sessions(work: Work, user: str) -> int:
    """End every session of a user; the log names each. Tell how many there were."""
    found = work[Sessions].of_user(user)
    for one in found:
        one.end(at=work.now)
        work.save(Sessions, one)
    return len(found)


def refused_row(row: int, reasons: Iterable[Violation]) -> list[Json]:
    """Give what an import answers of a row that stays out: one part a reason."""
    return [{"row": row, "code": one.code, "at": one.at, "data": dict(one.data)} for one in reasons]
