"""Users in and out by tables."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Self

from attrs import evolve, field, frozen

from supervision_core.identity.lists import DEPARTMENTS
from supervision_core.identity.model import (
    SUPER,
    Actor,
    Department,
    GrantForbidden,
    User,
    UserDraft,
    UserInvalid,
)
from supervision_core.identity.ports import (
    Departments,
    Users,
)
from supervision_core.identity.services.authority import Joining
from supervision_core.identity.services.elements import Elements
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import (
    Area,
    keep_all,
    refused_row,
    tell,
    tie_accounts,
)
from supervision_core.identity.services.users import (
    change_within_authority,
    elements_of_users,
    misplaced,
    own_limits,
    with_extras,
)
from supervision_core.identity.table import UserEntry
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Extras


def codes_at_hand(unit: UnitOfWork, actor: Actor) -> Mapping[str, str]:
    """Give the codes of the departments that ``actor`` administers, by id.

    A table of his names no others: what lies outside his area is absent from it, both ways.
    """
    departments = unit[Departments]
    if actor.may(SUPER):
        found = departments.below("")
    else:
        wanted = ListFilter(asked={"administrator": actor.user})
        pages = every_page(partial(unit[Lists].page, DEPARTMENTS, wanted))
        tops = [departments.get(one.id) for page in pages for one in page.items]
        found = [*tops, *(one for top in tops for one in departments.below(top.id))]
    return {one.id: one.data.code for one in found}


def departments_at_hand(
    unit: UnitOfWork, actor: Actor, *, ids: Iterable[str] = (), codes: Iterable[str] = ()
) -> list[Department]:
    """Give those of the departments of these ids and codes that ``actor`` administers."""
    departments = unit[Departments]
    named = (departments.find_by_code(one) for one in sorted(codes))
    lineages = departments.lineages({*ids, *(one.id for one in named if one is not None)})

    def his(lineage: Iterable[Department]) -> bool:
        return any(actor.user in one.administrators and not one.deleted for one in lineage)

    found = (line for line in lineages.values() if line and not line[0].deleted)
    return [line[0] for line in found if actor.may(SUPER) or his(line)]


@frozen(kw_only=True)
class ImportUsers:
    """At most 1,000 users of a table, read and understood."""

    entries: tuple[UserEntry, ...] = field(metadata=said("用户，每次至多1000行"))


@use_case("identity.import_users", "导入用户")
def import_users(work: Work, cmd: ImportUsers) -> Mapping[str, Json]:
    """Take users in: unknown accounts are registered, others corrected, for departments he manages.

    Told twice, it changes nothing the second time. Answers how many were ``added``, ``changed``
    and the ``same``, and the rows ``refused`` with each reason.
    """
    counts = {"added": 0, "changed": 0, "same": 0}
    refused: list[Json] = []
    taking = _Taking.of(work, cmd.entries)
    for entry in cmd.entries:
        try:
            counts[taking.take_in(entry.draft)] += 1
        except Refused as refusal:
            refused += refused_row(entry.row, refusal.reasons)
    taking.keep()
    return {**counts, "refused": refused}


@frozen
class _Taking:
    """One table as it goes in: who is known by account, and who is new or other than before."""

    work: Work
    area: Area
    joining: Joining
    known: dict[str, User]
    written: dict[str, User]
    elements: Elements

    @classmethod
    def of(cls, work: Work, entries: Sequence[UserEntry]) -> Self:
        """Look up once whoever the table names."""
        found = work[Users].find_by_accounts(one.draft.account.account for one in entries)
        known = {one.account.account.casefold(): one for one in found}
        drafts = (one.draft.departments for one in entries)
        departments = frozenset[str]().union(*drafts, *(one.departments for one in found))
        area, joining = Area(work, departments), Joining(work, departments)
        return cls(work, area, joining, known, {}, elements_of_users(work))

    def take_in(self, draft: UserDraft) -> str:
        """Register or correct one user; give which of the counts he belongs to."""
        account = draft.account.account.casefold()
        before = self.known.get(account)
        if before is not None:
            return self._changed(before, draft)
        refuse_if(UserInvalid, misplaced(self.area, draft))
        refuse_if(GrantForbidden, self.joining.against(draft.departments))
        work = self.work
        draft = self._with_extras(draft, Extras())
        user = User.register(draft, id=work.ids.next_id(), at=work.now, by=work.actor.user)
        self.known[account] = self.written[user.id] = user
        return "added"

    def _changed(self, user: User, draft: UserDraft) -> str:
        if not any(map(self.area.holds, user.departments)):
            raise UserInvalid((Violation("identity.account_taken", "account"),))
        wanted = self._with_extras(self._merged(user, draft), user.draft.extras)
        if wanted == user.draft:
            return "same"
        faults = list(misplaced(self.area, wanted, user.departments))
        faults += own_limits(self.work, user, wanted)
        refuse_if(UserInvalid, faults)
        change_within_authority(self.work, user, wanted)
        self.written[user.id] = user
        return "changed"

    def _with_extras(self, draft: UserDraft, before: Extras) -> UserDraft:
        region = self.area.region(draft.home)
        return with_extras(self.elements, draft, before, region=region)

    def _merged(self, user: User, draft: UserDraft) -> UserDraft:
        """Keep what the table has no columns for: places and posts in departments, kind of user.

        Memberships in departments that the administrator does not manage stay where they are, and
        so do phone, document and last day where the table leaves them blank: they let the user in.
        """
        before = {one.department: one for one in user.memberships}
        members = [before.get(one.department, one) for one in draft.memberships]
        named = {one.department for one in members}
        for place, one in enumerate(user.memberships):
            if one.department not in named and not self.area.holds(one.department):
                members.insert(place, one)
        account = evolve(draft.account, phone=draft.account.phone or user.account.phone)
        person = draft.person
        if not person.document_number:
            known = user.person
            person = evolve(
                person, document_kind=known.document_kind, document_number=known.document_number
            )
        return evolve(
            draft,
            account=account,
            person=person,
            memberships=tuple(members),
            extended=evolve(
                user.extended,
                description=draft.extended.description,
                valid_until=draft.extended.valid_until or user.extended.valid_until,
            ),
        )

    def keep(self) -> None:
        """Store, seal and tell the feed, of all at once."""
        users = list(self.written.values())
        made = [one for one in users if not one.version]
        keep_all(self.work, Users, users)
        for one in users:
            tell(self.work, "user", one.id)
        tie_accounts(self.work, made)
