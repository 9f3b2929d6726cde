"""What exactly a request for a second person would change, in words and before it does."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import field, frozen

from supervision_core.identity.lists import masked
from supervision_core.identity.model import HolderKind, SecondPersonRequest, User, UserDraft
from supervision_core.identity.ports import (
    Departments,
    Groups,
    PermissionCatalogue,
    Roles,
)
from supervision_core.identity.services.access import sheet_of
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.granting import (
    AssignRoles,
    ChangeGrants,
    GrantPermission,
    RevokePermission,
)
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.binding import BindCertificate, UnbindCertificate
from supervision_core.identity.services.second_person import case_of, command_of
from supervision_core.identity.services.users import (
    ChangeContact,
    ChangeUser,
    DeleteUser,
    SwitchUser,
    elements_of_users,
    home_of,
    with_contact,
)
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers.elements import EXTRAS
from supervision_core.kernel.registers.tables import cell_of


@frozen(kw_only=True)
class Difference:
    """One thing that would change: what it is, what stands there, and what would."""

    what: str = field(metadata=said("变更的字段", example="thumbprint"))
    before: str = field(metadata=said("现在的内容"))
    after: str = field(
        metadata=said(
            "变更后的内容",
            example="00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        )
    )


def differences(
    work: Work, request: SecondPersonRequest, user: User | None, *, clear: bool
) -> Iterator[Difference]:
    """Give what a request would change; personal data is masked unless ``clear``.

    Of a request that is over nothing is known any more.
    """
    if request.command is None:
        return
    command = command_of(case_of(request.action), request.command)
    match command:
        case ChangeUser(draft=draft) if user is not None:
            yield from _of_user(work, user.draft, draft, clear=clear)
        case ChangeContact() if user is not None:
            yield from _of_user(work, user.draft, with_contact(user.draft, command), clear=clear)
    yield from _of_access(work, command, was_active=user is not None and user.active)


def _of_user(
    work: Work, before: UserDraft, after: UserDraft, *, clear: bool
) -> Iterator[Difference]:
    drafts = (one if clear else masked(one) for one in (before, after))
    before_said, after_said = (_said(work, one) for one in drafts)
    hidden = {} if clear else _hidden(before, after)
    for what, text in before_said.items():
        if text != after_said[what] or hidden.get(what):
            yield Difference(what=what, before=text, after=after_said[what])


def _of_access(work: Work, command: object, *, was_active: bool) -> Iterator[Difference]:
    match command:
        case BindCertificate(thumbprint=one):
            yield Difference(what="thumbprint", before="", after=one)
        case UnbindCertificate(thumbprint=one):
            yield Difference(what="thumbprint", before=one, after="")
        case GrantPermission(holder=kind, holder_id=id, permission=one):
            yield from _of_grants(work, kind, id, granted={one})
        case RevokePermission(holder=kind, holder_id=id, permission=one):
            yield from _of_grants(work, kind, id, revoked={one})
        case ChangeGrants(holder=kind, holder_id=id, granted=granted, revoked=revoked):
            yield from _of_grants(work, kind, id, granted, revoked)
        case AssignRoles() as cmd:
            yield from _holder(work, cmd.holder, cmd.holder_id)
            sheet = sheet_of(work.unit, cmd.holder, cmd.holder_id)
            yield from _changed("roles", *(_list(work, Roles, s) for s in (sheet.roles, cmd.roles)))
            yield from _changed(
                "groups", *(_list(work, Groups, s) for s in (sheet.groups, cmd.groups))
            )
        case SwitchUser(enabled=enabled):
            before, after = _flag(yes=was_active), _flag(yes=enabled)
            yield Difference(what="enabled", before=before, after=after)
        case DeleteUser():
            yield Difference(what="deleted", before=_flag(yes=False), after=_flag(yes=True))


def _of_grants(
    work: Work,
    kind: HolderKind,
    id: str,
    granted: Collection[str] = (),
    revoked: Collection[str] = (),
) -> Iterator[Difference]:
    yield from _holder(work, kind, id)
    titles = titles_of(work)
    for one in sorted(granted):
        yield Difference(what="permission", before="", after=titles.get(one, one))
    for one in sorted(revoked):
        yield Difference(what="permission", before=titles.get(one, one), after="")


def _hidden(before: UserDraft, after: UserDraft) -> Mapping[str, bool]:
    """Tell which personal data changes, also where it looks alike once it is masked."""
    parts = ((before.account, after.account), (before.person, after.person))
    return {
        one.name: getattr(old, one.name) != getattr(new, one.name)
        for old, new in parts
        for one in attrs.fields(type(old))
    }


def _said(work: Work, draft: UserDraft) -> dict[str, str]:
    """Give all that is said of a user, as texts by the names of the fields."""
    said = {
        one.name: str(getattr(part, one.name) or "")
        for part in (draft.account, draft.person, draft.extended)
        for one in attrs.fields(type(part))
    }
    names = names_of(work, (one.department for one in draft.memberships))
    places = (
        f"{name} {one.post}".strip() for name, one in zip(names, draft.memberships, strict=True)
    )
    elements = elements_of_users(work).at(**home_of(work, draft)).cells(draft.extras)
    extras = (f"{one.title}：{cell_of(one, value, {})}" for one, value in elements if value)
    return {**said, "memberships": "\n".join(places), EXTRAS: "\n".join(extras)}


def _changed(what: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(what=what, before=before, after=after)


def _holder(work: Work, kind: HolderKind, id: str) -> Iterator[Difference]:
    """Say to whom something is given, where that is not the user himself."""
    ports: Mapping[HolderKind, Any] = {HolderKind.ROLE: Roles, HolderKind.GROUP: Groups}
    if kind is HolderKind.DEPARTMENT:
        name = next(iter(names_of(work, [id])), id)
    elif kind in ports:
        name = _list(work, ports[kind], [id])
    else:
        return
    yield Difference(what=kind.value, before=name, after=name)


def _list(work: Work, port: Any, ids: Iterable[str]) -> str:
    found = (find(work.unit, port, one) for one in sorted(ids))
    return "、".join(one.name for one in found if one is not None)


def names_of(work: Work, departments: Iterable[str]) -> list[str]:
    """Give the names of departments, in order."""
    found = ((one, find(work.unit, Departments, one)) for one in departments if one)
    return [one if place is None else place.data.name for one, place in found]


def _flag(*, yes: bool) -> str:
    return "yes" if yes else "no"


def titles_of(work: Work) -> Mapping[str, str]:
    """Give what permissions are called."""
    return work[PermissionCatalogue].titles()
