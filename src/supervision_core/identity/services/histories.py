"""操作记录: what the log says was done to a thing, in words, for whoever may look at it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from attrs import field, frozen

from supervision_core.audit.model import target_of
from supervision_core.audit.ports import AuditQueries
from supervision_core.identity.ports import PermissionCatalogue
from supervision_core.identity.services.frame import Question, Work
from supervision_core.identity.services.own_acts import OWN_ACTS
from supervision_core.kernel.errors import NotFound
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


def history_asked(
    view: tuple[str, str],
    of: str,
    kind: str,
    shown: Callable[[Work, str], object],
    *,
    confides: bool = False,
) -> Question[ShowHistory, Page[DoneAct]]:
    """Give the question for what was done to one of ``kind``, under permission and title of a view.

    ``shown`` raises ``NotFound`` for what the actor may not look at.
    """

    def body(work: Work, about: ShowHistory) -> Page[DoneAct]:
        shown(work, about.id)
        return history_of(work, kind, about.id, about.page, confides=confides)

    body.__doc__ = f"{of}: Show what was done to one, and by whom."
    return Question(*view, body)


def names_asked(
    view: tuple[str, str], of: str, called: Callable[[Work, str], str]
) -> Question[ShowNamed, Mapping[str, str]]:
    """Give the question for what things are called, under permission and title of their view.

    What is gone, or out of reach by now, is left out: whoever asks once looked at it.
    """

    def body(work: Work, about: ShowNamed) -> Mapping[str, str]:
        found = dict[str, str]()
        for one in about.ids:
            with suppress(NotFound):
                found[one] = called(work, one)
        return found

    body.__doc__ = f"{of}: Say what these are called."
    return Question(*view, body)


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
    ask, titles = work[Ask], {**OWN_ACTS, **work[PermissionCatalogue].titles()}
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
