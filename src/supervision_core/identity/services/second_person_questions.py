"""What is shown of requests for a second person: lists, and what exactly one would change."""

from datetime import datetime
from enum import StrEnum

from attrs import frozen

from supervision_core.identity.model import (
    Duty,
    SecondPersonRequest,
    SecondPersonState,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    SecondPersonFilter,
    SecondPersonQueries,
    Users,
)
from supervision_core.identity.services.frame import Work, question
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.questions import masked
from supervision_core.identity.services.second_person import (
    asker_of,
    concerns,
    deciding,
    seen_request,
)
from supervision_core.identity.services.second_person_differences import (
    Difference,
    differences,
    names_of,
    titles_of,
)
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest


class Which(StrEnum):
    """Which requests are wanted: those to decide, one's own, or all within reach."""

    TO_DECIDE = "to_decide"
    OWN = "own"
    ALL = "all"


@frozen(kw_only=True)
class ListSecondPerson:
    """Which requests are wanted."""

    which: Which = Which.TO_DECIDE
    page: PageRequest = FIRST_PAGE


@frozen(kw_only=True)
class SecondPersonRow:
    """A request as lists show it: what shall be done about whom, who asked, and until when."""

    id: str
    action: str
    title: str
    user_id: str
    account: str
    asked_by: str
    asked_at: datetime
    lapses_at: datetime
    state: SecondPersonState


@question("identity.list_second_person")
def list_second_person(work: Work, about: ListSecondPerson) -> Page[SecondPersonRow]:
    """List requests for a second person, the oldest first.

    A page may hold less than was asked for: what does not concern the actor is left out of it.
    """
    me = work.actor.user
    wanted = {
        Which.OWN: SecondPersonFilter(asked_by=me),
        Which.TO_DECIDE: SecondPersonFilter(at=work.now, beside=me),
        Which.ALL: SecondPersonFilter(),
    }
    found = work[SecondPersonQueries].page(wanted[about.which], about.page)
    shown = (one for one in found.items if _is_shown(work, one, about.which))
    return Page(tuple(_row(work, one) for one in shown), found.next_cursor)


def _is_shown(work: Work, one: SecondPersonRequest, which: Which) -> bool:
    return concerns(work, one) and (which is not Which.TO_DECIDE or _may_decide(work, one))


def _may_decide(work: Work, one: SecondPersonRequest) -> bool:
    return one.state(work.now) is SecondPersonState.WAITING and not any(
        deciding(work, one, asker_of(work, one))
    )


def _row(work: Work, one: SecondPersonRequest) -> SecondPersonRow:
    return SecondPersonRow(
        id=one.id,
        action=one.action,
        title=titles_of(work).get(one.action, one.action),
        user_id=one.need.user,
        account=_account(work, one.need.user),
        asked_by=_account(work, one.asked_by),
        asked_at=one.asked_at,
        lapses_at=one.lapses_at,
        state=one.state(work.now),
    )


@frozen(kw_only=True)
class ViewSecondPerson:
    """A request."""

    request_id: str


@frozen(kw_only=True)
class WayIn:
    """What lets somebody in (a thumbprint, or "password"), and who gave it, if known."""

    what: str
    given_by: str


@frozen(kw_only=True)
class SecondPersonView:
    """A request with all that whoever decides needs to know; masked for anybody else.

    ``name``, ``departments`` and ``ways`` are those of the user whom it is about. ``deciding`` says
    whether the reader may decide, ``own`` whether it is the reader's own.
    """

    id: str
    version: int
    action: str
    title: str
    user_id: str
    account: str
    name: str
    departments: tuple[str, ...]
    duties: frozenset[Duty]
    ways: tuple[WayIn, ...]
    differences: tuple[Difference, ...]
    reason: str
    asked_by: str
    asked_for: str
    asked_at: datetime
    lapses_at: datetime
    state: SecondPersonState
    decided_by: str
    decided_at: datetime | None
    decision_reason: str
    deciding: bool
    own: bool


@question("identity.view_second_person")
def view_second_person(work: Work, about: ViewSecondPerson) -> SecondPersonView:
    """Show a request to who asked, and to whoever reaches the departments that it is about."""
    request = seen_request(work, about.request_id)
    decision, decides = request.decision, _may_decide(work, request)
    user = find(work.unit, Users, request.need.user)
    draft = None if user is None else user.draft if decides else masked(user.draft)
    kept = find(work.unit, CredentialsStore, request.need.user)
    return SecondPersonView(
        id=request.id,
        version=request.version,
        action=request.action,
        title=titles_of(work).get(request.action, request.action),
        user_id=request.need.user,
        account=draft.account.account if draft else request.need.user,
        name=draft.person.name if draft else "",
        departments=tuple(names_of(work, (one.department for one in draft.memberships)))
        if draft
        else (),
        duties=request.need.duties,
        ways=tuple(
            WayIn(what=what, given_by=_account(work, by) if by else "")
            for what, by in (kept.ways if kept else {}).items()
        ),
        differences=tuple(differences(work, request, user, clear=decides)),
        reason=request.reason,
        asked_by=_account(work, request.asked_by),
        asked_for=next(iter(names_of(work, [request.asked_for])), ""),
        asked_at=request.asked_at,
        lapses_at=request.lapses_at,
        state=request.state(work.now),
        decided_by=_account(work, decision.by) if decision else "",
        decided_at=decision.at if decision else None,
        decision_reason=decision.reason if decision else "",
        deciding=decides,
        own=request.asked_by == work.actor.user,
    )


def _account(work: Work, id: str) -> str:
    user = find(work.unit, Users, id)
    return id if user is None else user.account.account
