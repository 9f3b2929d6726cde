"""Users in and out by tables."""

from collections.abc import Mapping, Sequence
from functools import partial

from attrs import evolve, frozen

from supervision_core.identity.model import (
    SUPER,
    Actor,
    User,
    UserDraft,
    UserInvalid,
)
from supervision_core.identity.ports import (
    DepartmentFilter,
    DepartmentQueries,
    Departments,
    Users,
)
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import administers, refused_row
from supervision_core.identity.services.users import save_user, unfit
from supervision_core.identity.table import UserEntry
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork


def codes_at_hand(unit: UnitOfWork, actor: Actor) -> Mapping[str, str]:
    """Give the codes of the departments that ``actor`` administers, by id.

    A table of his names no others: what lies outside his area is absent from it, both ways.
    """
    departments = unit[Departments]
    if actor.may(SUPER):
        found = departments.below("")
    else:
        pages = every_page(
            partial(unit[DepartmentQueries].page, DepartmentFilter(administrator=actor.user))
        )
        tops = [departments.get(one.id) for page in pages for one in page.items]
        found = [*tops, *(one for top in tops for one in departments.below(top.id))]
    return {one.id: one.data.code for one in found}


@frozen(kw_only=True)
class ImportUsers:
    """At most 1,000 users of a table, read and understood."""

    entries: tuple[UserEntry, ...]


@use_case("identity.import_users")
def import_users(work: Work, cmd: ImportUsers) -> Mapping[str, Json]:
    """Take users in: unknown accounts are registered, others corrected, for departments he manages.

    Told twice, it changes nothing the second time. Answers how many were ``added``, ``changed``
    and the ``same``, and the rows ``refused`` with each reason.
    """
    counts = {"added": 0, "changed": 0, "same": 0}
    refused: list[Json] = []
    for entry in cmd.entries:
        outcome, reasons = _taken_in(work, entry.draft)
        if reasons:
            refused += refused_row(entry.row, reasons)
        else:
            counts[outcome] += 1
    return {**counts, "refused": refused}


def _taken_in(work: Work, draft: UserDraft) -> tuple[str, Sequence[Violation]]:
    known = work[Users].find_by_account(draft.account.account)
    try:
        return _added(work, draft) if known is None else _changed(work, known, draft)
    except Refused as refusal:
        return "", refusal.reasons


def _added(work: Work, draft: UserDraft) -> tuple[str, Sequence[Violation]]:
    refuse_if(UserInvalid, unfit(work, draft))
    save_user(work, User.register(draft, id=work.ids.next_id(), at=work.now))
    return "added", ()


def _changed(work: Work, known: User, draft: UserDraft) -> tuple[str, Sequence[Violation]]:
    wanted = _merged(work, known, draft)
    if not any(administers(work, one) for one in sorted(known.departments)):
        return "", (Violation("identity.account_taken", "account"),)
    if wanted == known.draft:
        return "same", ()
    faults = list(unfit(work, wanted, known.departments, known.id))
    moved = {one.department for one in wanted.memberships} != known.departments
    if known.id == work.actor.user and moved:
        faults.append(Violation("identity.own_access", "memberships"))
    refuse_if(UserInvalid, faults)
    known.change(wanted, at=work.now)
    save_user(work, known)
    return "changed", ()


def _merged(work: Work, known: User, draft: UserDraft) -> UserDraft:
    """Keep what the table has no columns for: places and posts in departments, kind of user.

    Memberships in departments that the administrator does not manage stay where they are.
    """
    before = {one.department: one for one in known.memberships}
    members = [before.get(one.department, one) for one in draft.memberships]
    named = {one.department for one in members}
    for place, one in enumerate(known.memberships):
        if one.department not in named and not administers(work, one.department):
            members.insert(place, one)
    extended = evolve(known.extended, description=draft.extended.description)
    return evolve(draft, memberships=tuple(members), extended=extended)
