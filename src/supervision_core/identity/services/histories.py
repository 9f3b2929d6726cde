"""操作记录: what the log says was done to a thing, in words, for whoever may look at it."""

from datetime import datetime

from attrs import field, frozen

from supervision_core.audit.model import target_of
from supervision_core.audit.ports import AuditQueries
from supervision_core.identity.ports import PermissionCatalogue
from supervision_core.identity.services.frame import Work
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.kernel.registers import DEPARTMENT, Ask


@frozen(kw_only=True)
class ShowHistory:
    """The thing whose history is wanted."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@frozen(kw_only=True)
class ShowNamed:
    """Things of one kind that are to be named, as far as they can be looked at now."""

    ids: tuple[str, ...] = field(metadata=said("编号", example=["0123abcd"]))


@frozen(kw_only=True)
class DoneAct:
    """操作记录 (DoneAct): what was done to a thing, when, by whom, for which department.

    ``by`` is an account, or empty where the platform itself did it.
    """

    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    act: str = field(metadata=said("操作", example="修改第三方机构"))
    by: str = field(metadata=said("操作人的账号", example="wang.shili"))
    department: str = field(metadata=said("操作人所在机构", example="南宁市市场监督管理局"))


def history_of(
    work: Work, kind: str, id: str, page: PageRequest, *, confides: bool = False
) -> Page[DoneAct]:
    """Give what the log says was done to a thing, the newest first.

    Whether the actor may look at the thing, was asked before. Where a thing ``confides``, who acted
    for no department is not named.
    """
    found = work[AuditQueries].about(target_of(kind, id), page)
    entries = [one.entry for one in found.items]
    hidden = {one.actor for one in entries if not one.department} if confides else set()
    ask, titles = work[Ask], work[PermissionCatalogue].titles()
    users = ask.resolve("user", {one.actor for one in entries})
    departments = ask.resolve(DEPARTMENT, {one.department for one in entries} - {""})
    lines = tuple(
        DoneAct(
            at=one.at,
            act=titles.get(one.action, "其他操作"),
            by=users[one.actor].name if one.actor in users.keys() - hidden else "",
            department=departments[one.department].name if one.department in departments else "",
        )
        for one in entries
    )
    return Page(lines, found.next_cursor)
