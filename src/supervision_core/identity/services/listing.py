"""What administrators look up: their own regions, grants, and what somebody may do."""

from typing import Final

from attrs import frozen

from supervision_core.identity.model import (
    Access,
    Grant,
    HolderKind,
    Predicate,
    RegionContent,
    access_of,
)
from supervision_core.identity.ports import (
    RegionFilter,
    RegionQueries,
)
from supervision_core.identity.services.access import picture_of, require_holder, sheet_of
from supervision_core.identity.services.frame import Work, question
from supervision_core.identity.services.keeping import is_super
from supervision_core.identity.services.users import managed_user
from supervision_core.kernel.days import local_day
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.registers import Entry

FIRST_PAGE: Final = PageRequest()


def _reach(work: Work) -> Predicate | None:
    """Give what the actor reaches of the directory: the super administrator everything."""
    return None if is_super(work) else work.actor.scope.predicate()


@frozen(kw_only=True)
class ListManagedRegions:
    """Which of one's own regions are wanted: ``text`` in name or code, right below ``parent``."""

    text: str = ""
    parent: str | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_managed_regions")
def list_managed_regions(work: Work, about: ListManagedRegions) -> Page[Entry[RegionContent]]:
    """List the regions within reach, by position. Source: proposal 6.4.1.4 (4), 6.4.2.3.3."""
    wanted = RegionFilter(reach=_reach(work), text=about.text, parent=about.parent)
    return work[RegionQueries].page(wanted, about.page)


@frozen(kw_only=True)
class ViewGrants:
    """The holder whose grants are asked for."""

    holder: HolderKind
    holder_id: str


@frozen(kw_only=True)
class GrantsView:
    """What was granted to one holder: permissions with who gave them when, roles and groups."""

    id: str
    version: int
    grants: tuple[Grant, ...]
    roles: frozenset[str]
    groups: frozenset[str]


@question("identity.view_grants")
def view_grants(work: Work, about: ViewGrants) -> GrantsView:
    """Show what was granted to a holder whom the administrator manages."""
    require_holder(work, about.holder, about.holder_id)
    sheet = sheet_of(work.unit, about.holder, about.holder_id)
    return GrantsView(
        id=sheet.id,
        version=sheet.version,
        grants=sheet.grants,
        roles=sheet.roles,
        groups=sheet.groups,
    )


@frozen(kw_only=True)
class ViewAccess:
    """The user whose access is asked for."""

    user_id: str


@question("identity.view_access")
def view_access(work: Work, about: ViewAccess) -> Access:
    """Show what a managed user may do today, all sources together, and what he may pass on."""
    user = managed_user(work, about.user_id)
    return access_of(user, picture_of(work.unit, user), on=local_day(work.now))
