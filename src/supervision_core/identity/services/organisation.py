"""统一组织架构接入: departments and users of the existing platform, taken in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from attrs import evolve, field, frozen

from supervision_core.identity.model import (
    AccountData,
    Counterpart,
    CounterpartKind,
    Department,
    DepartmentData,
    DepartmentInvalid,
    Membership,
    PersonData,
    ToldDepartment,
    ToldRole,
    ToldUser,
    User,
    UserDraft,
    UserInvalid,
    UserKind,
    UserLocked,
    counterpart_id,
    downwards,
)
from supervision_core.identity.ports import Counterparts, Departments, Users
from supervision_core.identity.services.authority import need_of, void_given
from supervision_core.identity.services.departments import (
    AddDepartment,
    ChangeDepartment,
    DeleteDepartment,
    add_department,
    change_department,
    delete_department,
)
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import find, require_everything
from supervision_core.identity.services.users import (
    ChangeUser,
    DeleteUser,
    RegisterUser,
    SwitchUser,
    change_user,
    delete_user,
    register_user,
    switch_user,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.fields import said

Row = TypeVar("Row", ToldDepartment, ToldUser, ToldRole)
Counts = Mapping[str, Json]


@frozen(kw_only=True)
class SynchroniseDirectory:
    """At most 1,000 departments and users that the platform tells."""

    departments: tuple[ToldDepartment, ...] = field(
        default=(), metadata=said("现有平台的机构，机构和用户合计至多1000个")
    )
    users: tuple[ToldUser, ...] = field(default=(), metadata=said("现有平台的用户"))


@use_case(
    "identity.synchronise_directory", "同步现有平台的机构和用户",
    by_programs="由现有平台的接口送来",
)  # fmt: skip
def synchronise_directory(work: Work, cmd: SynchroniseDirectory) -> Counts:
    """统一组织架构接入: take in departments and users (with 兼职) by the platform's own ids.

    Unknown ones are added, others changed, deleted ones deleted logically; told twice, nothing
    changes the second time. No credential, no permission and no administrator is made, nor is an
    administrator touched. Answers how many were ``added``, ``changed``, ``deleted`` and the
    ``same``, and what was ``refused`` with each reason. Source: proposal 6.4.2.12.8.3.
    """
    require_everything(work, "identity.synchronise_directory")
    counts, refused = dict.fromkeys(("added", "changed", "deleted", "same"), 0), list[Json]()
    each_told(work, downwards(cmd.departments), _department, counts, refused)
    each_told(work, cmd.users, _user, counts, refused)
    return {**counts, "refused": refused}


def each_told(
    work: Work,
    rows: Iterable[Row],
    take_in: Callable[[Work, Row], str],
    counts: dict[str, int],
    refused: list[Json],
) -> None:
    """Take in one after the other, and count; what a rule refuses stays out, with each reason."""
    for row in rows:
        try:
            counts[take_in(work, row)] += 1
        except (Refused, NotFound) as refusal:
            refused += _refused(row.id, _reasons(refusal))


def _reasons(refusal: Refused | NotFound) -> Sequence[Violation]:
    if isinstance(refusal, NotFound):  # bound to what is not there any more
        return (Violation("identity.told_counterpart_gone"),)
    return refusal.reasons


def _refused(id: str, reasons: Iterable[Violation]) -> list[Json]:
    return [{"id": id, "code": one.code, "at": one.at, "data": dict(one.data)} for one in reasons]


def counterpart_of(work: Work, kind: CounterpartKind, foreign: str) -> Counterpart:
    """Give what something of the platform is here, a new one for what is nothing yet."""
    found = find(work.unit, Counterparts, counterpart_id(kind, foreign))
    return found or Counterpart.of(kind, foreign)


def _bound(work: Work, link: Counterpart, local: str) -> None:
    if link.local != local:
        link.bind(local)
        work.save(Counterparts, link)


def _department(work: Work, told: ToldDepartment) -> str:
    link = counterpart_of(work, CounterpartKind.DEPARTMENT, told.id)
    if told.deleted:
        if not link.local or work[Departments].get(link.local).deleted:
            return "same"
        delete_department.body(work, DeleteDepartment(department_id=link.local))
        return "deleted"
    known = (
        work[Departments].get(link.local) if link.local
        else work[Departments].find_by_code(told.code)
    )  # fmt: skip
    data = _data_of(work, told, known)
    if known is not None and not link.local and not _stands_there(known.data, data):
        raise DepartmentInvalid((Violation("identity.told_code_taken", "code"),))
    if known is None:
        _bound(work, link, add_department.body(work, AddDepartment(data=data)))
        return "added"
    changed = data != known.data
    if changed:
        command = ChangeDepartment(department_id=known.id, data=data, enabled=known.enabled)
        change_department.body(work, command)
    _bound(work, link, known.id)
    return "changed" if changed else "same"


def _stands_there(known: DepartmentData, told: DepartmentData) -> bool:
    """Tell whether a department stands where the platform says, or at the top until now.

    A code alone proves no department: whoever administers one chooses it, and would gain by it
    the region and the people of another.
    """
    return known.region == told.region and known.parent in {"", told.parent}


def _data_of(work: Work, told: ToldDepartment, known: Department | None) -> DepartmentData:
    """Give what is told, and what was known of all else."""
    before = DepartmentData(name="", code="", region="") if known is None else known.data
    parent = counterpart_of(work, CounterpartKind.DEPARTMENT, told.parent).local
    if told.parent and not parent:
        data = {"id": told.parent}
        raise DepartmentInvalid((Violation("identity.told_department_unknown", "parent", data),))
    return evolve(
        before,
        name=told.name,
        code=told.code,
        region=told.region,
        parent=parent,
        order=told.order,
    )


def _user(work: Work, told: ToldUser) -> str:
    link = counterpart_of(work, CounterpartKind.USER, told.id)
    known = work[Users].get(link.local) if link.local else None
    if told.deleted:
        if known is None or known.deleted:
            return "same"
        _require_no_duty(work, known)
        delete_user.body(work, DeleteUser(user_id=known.id))
        return "deleted"
    known = known or _same_person(work, told)
    draft = _draft_of(work, told, known, first=not link.local)
    if known is None:
        made = register_user.body(work, RegisterUser(draft=draft))
        if not told.enabled:
            switch_user.body(work, SwitchUser(user_id=made, enabled=False))
        _bound(work, link, made)
        return "added"
    if known.deleted:
        raise UserLocked((Violation("identity.user_deleted"),))
    changed, switched = draft != known.draft, told.enabled != known.active
    if changed or switched:
        _require_no_duty(work, known)
    if not link.local:
        void_given(work, known)
    if changed:
        change_user.body(work, ChangeUser(user_id=known.id, draft=draft))
    if switched:
        switch_user.body(work, SwitchUser(user_id=known.id, enabled=told.enabled))
    _bound(work, link, known.id)
    return "changed" if changed or switched else "same"


def _same_person(work: Work, told: ToldUser) -> User | None:
    """Give who has that account here already, if his identity number says that it is he.

    An account alone proves nobody: whoever takes another's name there must not become him here.
    """
    found = work[Users].find_by_account(told.account)
    if found is not None and (
        not told.document_number
        or found.person.document_number != told.document_number
        or found.extended.kind is not UserKind.STAFF
    ):
        raise UserInvalid((Violation("identity.told_account_taken", "account"),))
    return found


def _draft_of(work: Work, told: ToldUser, known: User | None, *, first: bool) -> UserDraft:
    """Give what is told, and what was known of all that is not.

    But for the phone of an account that is bound for the ``first`` time, where an administrator
    set it: that receives the codes of a log-in, and proves nothing of who is told.
    """
    before = (
        UserDraft(account=AccountData(account=""), person=PersonData())
        if known is None
        else known.draft
    )
    set_here = first and known is not None and known.contact_hands
    phone = told.phone or ("" if set_here else before.account.phone)
    account = evolve(before.account, account=told.account, phone=phone)
    person = evolve(
        before.person,
        name=told.name,
        document_number=told.document_number or before.person.document_number,
    )
    return evolve(
        before, account=account, person=person, memberships=_memberships(work, told, before)
    )


def _memberships(work: Work, told: ToldUser, before: UserDraft) -> tuple[Membership, ...]:
    places = {one.department: one for one in before.memberships}
    found, faults = [], []
    for one in told.posts:
        local = counterpart_of(work, CounterpartKind.DEPARTMENT, one.department).local
        if local:
            place = places.get(local, Membership(department=local))
            found.append(evolve(place, post=one.post or place.post))
        else:
            data = {"id": one.department}
            faults.append(Violation("identity.told_department_unknown", "posts", data))
    refuse_if(UserInvalid, faults)
    return tuple(found)


def _require_no_duty(work: Work, user: User) -> None:
    """Demand that the user is no administrator, nor was lately: those are maintained here."""
    if need_of(work, user).duties:
        raise UserLocked((Violation("identity.told_administrator"),))
