"""What is done with users."""

from collections.abc import Iterator

from attrs import frozen

from supervision_core.identity.model import User, UserDraft, UserInvalid
from supervision_core.identity.ports import CredentialsStore, Sessions, Users
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import (
    Area,
    find,
    keep,
    require_area,
    tell,
)
from supervision_core.kernel.errors import Violation, refuse_if


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


def account_taken(work: Work, draft: UserDraft, own: str = "") -> Iterator[Violation]:
    """Say that another user than ``own`` has the account of ``draft``."""
    other = work[Users].find_by_account(draft.account.account)
    if other is not None and other.id != own:
        yield Violation("identity.account_taken", "account")


def misplaced(
    area: Area, draft: UserDraft, before: frozenset[str] = frozenset()
) -> Iterator[Violation]:
    """Give the departments that ``draft`` may not add to or take from those of ``before``."""
    for one in sorted(draft.departments - before):
        if not area.offers(one):
            yield Violation("identity.department_unknown", "memberships", {"id": one})
    for one in sorted(before - draft.departments):
        if not area.holds(one):
            yield Violation("identity.membership_not_yours", "memberships", {"id": one})


def save_user(work: Work, user: User, *, deleted: bool = False) -> str:
    """Store, seal and tell the feed."""
    keep(work, Users, user)
    tell(work, "user", user.id, deleted=deleted)
    return user.id


@frozen(kw_only=True)
class RegisterUser:
    """What is known of a new user."""

    draft: UserDraft


@use_case("identity.register_user")
def register_user(work: Work, cmd: RegisterUser) -> str:
    """Register a user in departments that the administrator manages; he holds nothing yet."""
    if not cmd.draft.memberships:
        require_area(work, "user", cmd.draft.account.account, [])
    area = Area(work, cmd.draft.departments)
    refuse_if(UserInvalid, [*account_taken(work, cmd.draft), *misplaced(area, cmd.draft)])
    return save_user(work, User.register(cmd.draft, id=work.ids.next_id(), at=work.now))


@frozen(kw_only=True)
class ChangeUser:
    """All that is known of a user, with all his departments."""

    user_id: str
    draft: UserDraft


@use_case("identity.change_user")
def change_user(work: Work, cmd: ChangeUser) -> str:
    """Change a user; departments are added and taken only by who manages them.

    Nobody changes his own departments: they give permissions.
    """
    user = managed_user(work, cmd.user_id)
    area = Area(work, user.departments | cmd.draft.departments)
    violations = [
        *account_taken(work, cmd.draft, user.id),
        *misplaced(area, cmd.draft, user.departments),
    ]
    if user.id == work.actor.user and user.departments != cmd.draft.departments:
        violations.append(Violation("identity.own_access", "memberships"))
    refuse_if(UserInvalid, violations)
    user.change(cmd.draft, at=work.now)
    return save_user(work, user)


@frozen(kw_only=True)
class SwitchUser:
    """The user to disable or to let in again."""

    user_id: str
    enabled: bool


@use_case("identity.switch_user")
def switch_user(work: Work, cmd: SwitchUser) -> str:
    """Disable a user, from his next request on, or enable him again."""
    user = managed_user(work, cmd.user_id)
    user.switch(enabled=cmd.enabled, at=work.now)
    return save_user(work, user)


@frozen(kw_only=True)
class DeleteUser:
    """The user to delete."""

    user_id: str


@use_case("identity.delete_user")
def delete_user(work: Work, cmd: DeleteUser) -> str:
    """Delete a user, logically: what he did keeps naming him, what is his alone goes at once.

    His sessions end, and his passwords, certificates, phone, documents and address are erased.
    """
    user = managed_user(work, cmd.user_id)
    if user.id == work.actor.user:
        raise UserInvalid((Violation("identity.own_access"),))
    user.delete(at=work.now)
    _erase_access(work, user.id)
    return save_user(work, user, deleted=True)


def _erase_access(work: Work, user: str) -> None:
    kept = find(work.unit, CredentialsStore, user)
    if kept is not None:
        kept.erase(at=work.now)
        keep(work, CredentialsStore, kept)
    end_sessions(work, user)


def end_sessions(work: Work, user: str) -> int:
    """End every session of a user at once; tell how many there were."""
    sessions = work[Sessions].of_user(user)
    for session in sessions:
        session.end(at=work.now)
        work.save(Sessions, session)
    return len(sessions)
