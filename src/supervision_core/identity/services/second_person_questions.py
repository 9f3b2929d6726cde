"""What is shown of requests for a second person: lists, and what exactly one would change."""

from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from supervision_core.identity.lists import masked
from supervision_core.identity.model import (
    EVERYWHERE,
    Duty,
    NeededConsent,
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
from supervision_core.identity.services.second_person import (
    asker_of,
    concerns,
    deciding,
    seen_request,
    still_missing,
)
from supervision_core.identity.services.second_person_differences import (
    Difference,
    differences,
    names_of,
    titles_of,
)
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest


class Which(StrEnum):
    """Which requests are wanted: those to decide, one's own, or all within reach."""

    TO_DECIDE = "to_decide"
    OWN = "own"
    ALL = "all"


@frozen(kw_only=True)
class ListSecondPerson:
    """Which requests are wanted."""

    which: Which = field(
        default=Which.TO_DECIDE,
        metadata=said(
            "to_decide等待本人同意的，own本人申请的，all范围内全部的", example="to_decide"
        ),
    )
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@frozen(kw_only=True)
class SecondPersonRow:
    """A request as lists show it: what shall be done about whom, who asked, and until when."""

    id: str = field(metadata=said("编号", example="n000001"))
    action: str = field(metadata=said("申请的操作，即权限名", example="identity.bind_certificate"))
    title: str = field(metadata=said("操作的名称", example="绑定用户的数字证书"))
    user_id: str = field(metadata=said("用户编号", example="clerk"))
    account: str = field(metadata=said("所涉用户的账号", example="admin.audit"))
    asked_by: str = field(metadata=said("申请人的账号", example="admin.security"))
    asked_at: datetime = field(metadata=said("申请时间", example="2026-11-24T04:00:00+00:00"))
    lapses_at: datetime = field(
        metadata=said("此后不能再同意", example="2026-11-27T04:00:00+00:00")
    )
    state: SecondPersonState = field(
        metadata=said(
            "waiting待同意，consented已同意并办理，refused已拒绝，withdrawn已撤回，lapsed已过期",
            example="waiting",
        )
    )


@question("identity.list_second_person", "双人复核申请列表")
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

    request_id: str = field(
        metadata=said("申请编号", example="0199c0de-0000-7000-8000-000000000001")
    )


@frozen(kw_only=True)
class WayIn:
    """What lets somebody in (a thumbprint, or "password"), and who gave it, if known."""

    what: str = field(
        metadata=said(
            "登录方式：password为密码，其余是证书的SM3指纹",
            example="00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        )
    )
    given_by: str = field(metadata=said("给予人的账号，不详的为空", example="cli"))


@frozen(kw_only=True)
class ConsentShown:
    """A consent that a request needs: of whom, and who gave it, if anybody has."""

    duty: Duty | None = field(
        metadata=said(
            "管理职责：system系统，security安全，audit审计；为空的，由能办理同一操作的管理员同意",
            example="audit",
        )
    )
    department: str = field(
        metadata=said(
            "机构名称，由该机构或其上级机构的管理员同意；为空的不限机构",
            example="南宁市市场监督管理局",
        )
    )
    everywhere: bool = field(
        metadata=said("是否涉及全部机构，由管理全部机构的管理员同意", example=False)
    )
    given_by: str = field(metadata=said("同意人的账号，还缺的为空", example="audit.second"))


@frozen(kw_only=True)
class SecondPersonView:
    """A request with all that whoever decides needs to know; masked for anybody else.

    ``name``, ``departments`` and ``ways`` are those of the user whom it is about; ``consents`` are
    all that it takes, with who gave which. ``deciding`` says
    whether the reader may decide, ``own`` whether it is the reader's own.
    """

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    action: str = field(metadata=said("申请的操作，即权限名", example="identity.bind_certificate"))
    title: str = field(metadata=said("操作的名称", example="绑定用户的数字证书"))
    user_id: str = field(metadata=said("用户编号", example="clerk"))
    account: str = field(metadata=said("所涉用户的账号", example="admin.audit"))
    name: str = field(metadata=said("所涉用户的姓名", example="王示例"))
    departments: tuple[str, ...] = field(metadata=said("所涉用户任职的机构"))
    consents: tuple[ConsentShown, ...] = field(metadata=said("所需的每一份同意"))
    ways: tuple[WayIn, ...] = field(metadata=said("所涉用户现有的登录方式"))
    differences: tuple[Difference, ...] = field(metadata=said("将要变更的内容"))
    reason: str = field(metadata=said("申请理由", example="证书遗失，补办"))
    asked_by: str = field(metadata=said("申请人的账号", example="admin.security"))
    asked_for: str = field(metadata=said("申请人任职的机构", example="自治区综合监管办公室"))
    asked_at: datetime = field(metadata=said("申请时间", example="2026-11-24T04:00:00+00:00"))
    lapses_at: datetime = field(
        metadata=said("此后不能再同意", example="2026-11-27T04:00:00+00:00")
    )
    state: SecondPersonState = field(
        metadata=said(
            "waiting待同意，consented已同意并办理，refused已拒绝，withdrawn已撤回，lapsed已过期",
            example="waiting",
        )
    )
    decided_by: str = field(metadata=said("办理人的账号", example="audit.second"))
    decided_at: datetime | None = field(
        metadata=said("办理的时间", example="2026-11-24T05:00:00+00:00")
    )
    decision_reason: str = field(metadata=said("同意或拒绝的意见", example="已电话核实"))
    deciding: bool = field(metadata=said("本人是否可以同意或拒绝", example=True))
    own: bool = field(metadata=said("是否本人的申请", example=False))


@question("identity.view_second_person", "查看双人复核申请")
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
        consents=_consents(work, request),
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


def _consents(work: Work, request: SecondPersonRequest) -> tuple[ConsentShown, ...]:
    given = {one: each.by for each in request.consents for one in each.given}
    waits = request.state(work.now) is SecondPersonState.WAITING
    left = still_missing(work, request) if waits else ()
    return tuple(
        _consent(work, one, "" if one in left else given.get(one, ""))
        for one in request.need.consents
    )


def _consent(work: Work, one: NeededConsent, by: str) -> ConsentShown:
    everywhere = one.department == EVERYWHERE
    return ConsentShown(
        duty=one.duty,
        department="" if everywhere else next(iter(names_of(work, [one.department])), ""),
        everywhere=everywhere,
        given_by=_account(work, by) if by else "",
    )


def _account(work: Work, id: str) -> str:
    user = find(work.unit, Users, id)
    return id if user is None else user.account.account
