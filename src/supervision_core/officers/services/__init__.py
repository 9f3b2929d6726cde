"""What is done with officers and teams."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import Purpose, User, UserKind
from supervision_core.identity.ports import AccountTies, Users
from supervision_core.identity.services import Deeds, Work, question, use_case
from supervision_core.identity.services.contents import ids_of, taken_in, with_ids
from supervision_core.identity.services.elements import Elements
from supervision_core.identity.services.keeping import living_user
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest, every_page
from supervision_core.kernel.registers import (
    DEPARTMENT,
    Ask,
    Content,
    Extras,
    choice,
    department,
    integer,
    link,
    links,
    text,
)
from supervision_core.officers.intake import OFFICER_TABLE, OfficerEntry
from supervision_core.officers.lists import REVIEW_GROUPS, REVIEW_KINDS, TEAMS
from supervision_core.officers.model import (
    ContactData,
    Interest,
    NotAnOfficer,
    Officer,
    OfficerDraft,
    OfficerInvalid,
    OfficerState,
    Team,
    TeamInvalid,
    TeamKind,
    acting_violations,
    same_persons,
    tie_violations,
)
from supervision_core.officers.ports import (
    MOST_FOUND,
    OfficerFilter,
    OfficerQueries,
    Officers,
    Teams,
    VisitsOfOfficers,
)
from supervision_core.officers.registers import OFFICER_ELEMENTS
from supervision_core.officers.rows import OfficerRow


def _officer(work: Work, id: str) -> Officer:
    officer = work[Officers].get(id)
    if officer.state is OfficerState.DELETED:
        raise NotFound(Officers.kind, id)
    work.reach("officer", officer.id, region=officer.region, departments=officer.departments)
    return officer


def _team(work: Work, id: str) -> Team:
    return work.reached(Teams, id)


def acting_officer(work: Work) -> Officer:
    """Give the officer of the acting account. Raises ``NotAnOfficer``.

    He acts for his own department, and not while he is suspended or once he has left.
    """
    officer = work[Officers].of_user(work.actor.user)
    refuse_if(NotAnOfficer, acting_violations(officer, work.actor.department))
    if officer is None:  # pragma: no cover - refused above
        raise NotAnOfficer(())
    return officer


@frozen
class OfficerTies(AccountTies):
    """Ties the officers of ``officers`` to the accounts of ``users``.

    An officer who stands on one of ``visits`` still open gets no other account than he had.
    """

    officers: Officers
    users: Users
    visits: VisitsOfOfficers

    def made(self, users: Sequence[User], *, at: datetime) -> Sequence[tuple[str, Aggregate]]:
        """Tie new accounts to the officers who are the same persons, where exactly one fits."""
        staff = [one for one in users if one.extended.kind is UserKind.STAFF]
        found = self.officers.find_by_identity_cards(
            one.person.document_number for one in staff if one.person.document_number
        )
        mine = {one.id for one in staff}
        tied = []
        for one, user in self._matching(found):
            if user in mine:
                one.tie(user, at=at)
                self.officers.save(one)
                tied.append((Officers.kind, one))
        return tied

    def deleted(self, user: str, *, by: str, at: datetime) -> Sequence[tuple[str, Aggregate]]:
        """Untie the officer who acted under an account that is no more."""
        found = self.officers.of_user(user)
        if found is None:
            return ()
        found.untie(at=at, by=by)
        self.officers.save(found)
        return ((Officers.kind, found),)

    def entry_at(self, user: str, department: str) -> str:
        """Give the officer as whom an account acts for a department, empty for none."""
        found = self.officers.of_user(user)
        acts = found is not None and not acting_violations(found, department)
        return found.id if found is not None and acts else ""

    def accounts_of(self, entries: Iterable[str]) -> Sequence[str]:
        """Give the accounts of these officers."""
        found = (self._officer(one) for one in entries)
        return [one.user for one in found if one is not None and one.user]

    def _officer(self, id: str) -> Officer | None:
        with suppress(NotFound):
            return self.officers.get(id)
        return None

    def tie_new(self, new: Sequence[Officer], *, at: datetime) -> None:
        """Tie officers that are about to be saved to the accounts of the same persons."""
        ids = {one.id for one in new}
        numbers = {one.contact.identity_card for one in new} - {""}
        stored = self.officers.find_by_identity_cards(numbers) if numbers else []
        others = (one for one in stored if one.id not in ids)
        for one, user in self._matching([*new, *others]):
            if one.id in ids:
                one.tie(user, at=at)

    def _matching(self, officers: Sequence[Officer]) -> list[tuple[Officer, str]]:
        """Give which of ``officers`` have which account, untied ones only."""
        cards = {one.contact.identity_card.strip() for one in officers} - {""}
        if not cards:
            return []
        users = self.users.find_by_documents(cards | {one.upper() for one in cards})
        found = [(one, user.id) for one, user in same_persons(officers, users)]
        another = {one.id for one, user in found if one.puts_another(user)}
        kept = self.visits.count_open(another) if another else {}
        found = [(one, user) for one, user in found if one.id not in kept]
        tied = {one.user for one in self.officers.of_users(user for _, user in found)}
        return [(one, user) for one, user in found if user not in tied]


def _ties(work: Work) -> OfficerTies:
    return OfficerTies(work[Officers], work[Users], work[VisitsOfOfficers])


def _open_visits(work: Work, officer: Officer) -> int:
    return work[VisitsOfOfficers].count_open([officer.id]).get(officer.id, 0)


@frozen(kw_only=True)
class RegisterOfficer:
    """What is known of an officer nobody has registered yet."""

    draft: OfficerDraft = field(metadata=said("执法人员信息"))


@use_case("officers.register", "登记执法人员")
def register_officer(work: Work, cmd: RegisterOfficer) -> str:
    """Take one officer into the library; no certificate belongs to two officers.

    The account of staff of his department with the same identity number, where exactly one has it,
    is tied to him.
    """
    draft = cmd.draft
    work.reach(
        "region", draft.region, region=draft.region, departments=frozenset({draft.department})
    )
    _refuse_held_by_others(work, draft, "")
    held = _held(_elements(work), draft, Extras())
    officer = Officer.register(held, id=work.ids.next_id(), at=work.now)
    _ties(work).tie_new([officer], at=work.now)
    work.save(Officers, officer)
    return officer.id


def _refuse_held_by_others(work: Work, draft: OfficerDraft, own: str) -> None:
    numbers = [one.number for one in draft.certificates]
    if any(one.id != own for one in work[Officers].find_by_certificates(numbers)):
        raise OfficerInvalid((Violation("officers.certificate_registered", "certificates"),))


def _elements(work: Work) -> Elements:
    return Elements(work, (OFFICER_ELEMENTS,))


def _held(elements: Elements, draft: OfficerDraft, before: Extras) -> OfficerDraft:
    """Give a draft whose extras are held against the elements. Raises ``OfficerInvalid``."""
    place = {"region": draft.region, "department": draft.department}
    kept, faults = elements.held(draft.extras, before, **place)
    refuse_if(OfficerInvalid, faults)
    return evolve(draft, extras=kept)


@frozen(kw_only=True)
class ChangeOfficer:
    """An officer, and everything that is known of him now."""

    officer_id: str = field(metadata=said("执法人员的编号", example="0123abcd", to="officer"))
    draft: OfficerDraft = field(metadata=said("执法人员信息，个人信息为空的保持不变"))


@use_case("officers.change", "修改执法人员")
def change_officer(work: Work, cmd: ChangeOfficer) -> str:
    """Replace what is known of an officer; personal data that is left empty stays as it was.

    No certificate belongs to two officers, and nobody is moved to where the actor does not reach.
    """
    officer, draft = _officer(work, cmd.officer_id), cmd.draft
    work.reach(
        "region", draft.region, region=draft.region, departments=frozenset({draft.department})
    )
    _refuse_held_by_others(work, draft, officer.id)
    officer.revise(_held(_elements(work), draft, officer.draft.extras))
    work.save(Officers, officer)
    return officer.id


@frozen(kw_only=True)
class NameOfficer:
    """An officer."""

    officer_id: str = field(metadata=said("执法人员的编号", example="0123abcd", to="officer"))


_OFFICER: Final = Deeds(Officers, Officer, _officer)
delete_officer = _OFFICER.act(
    "officers.delete", "删除执法人员", "delete", NameOfficer,
    """Take an officer off every list and out of every draw, logically.

    What names him goes on naming him; his account is untied.
    """,
)  # fmt: skip


@frozen(kw_only=True)
class ImportOfficers:
    """At most 1,000 officers of a table, read and understood."""

    entries: tuple[OfficerEntry, ...] = field(
        metadata=said("导入的执法人员，每次至多1000人", looked_up=False)
    )


@use_case("officers.import", "导入执法人员")
def import_officers(work: Work, cmd: ImportOfficers) -> Mapping[str, Json]:
    """Take officers in: new ones are registered, changed ones corrected.

    Their departments are named by id, name or code; who would stand in none stays out, for he could
    never be drawn. Told twice, it changes nothing the second time. Accounts are tied as by
    ``register``. Answers how many were ``added``, ``changed`` and the ``same``, and the rows
    ``refused`` with the code of each reason.
    """
    numbers = [one.number for entry in cmd.entries for one in entry.draft.certificates]
    known = {
        one.number: officer
        for officer in work[Officers].find_by_certificates(numbers)
        for one in officer.certificates
    }
    added: list[Officer] = []
    changed: list[Officer] = []
    elements = _elements(work)
    placed = _placed(work, cmd.entries)

    def take(entry: OfficerEntry) -> str:
        read = placed(entry.draft)
        officer = _holder(known, read)
        _refuse_foreign(work, read, officer)
        before = Extras() if officer is None else officer.draft.extras
        draft = _held(elements, read, before)
        if officer is None:
            added.append(Officer.from_draft(draft, id=work.ids.next_id()))
            return "added"
        if officer.correct(draft):
            changed.append(officer)
            return "changed"
        return "same"

    answer = taken_in(cmd.entries, take)
    _save_batch(work, added, changed)
    return answer


def _placed(work: Work, entries: Iterable[OfficerEntry]) -> Callable[[OfficerDraft], OfficerDraft]:
    """Give what puts an officer of the table into the department that his row names."""
    named = {one.draft.department for one in entries}
    column = next(one for one in OFFICER_TABLE.columns if one.name == DEPARTMENT)
    id_of = ids_of(work[Ask], DEPARTMENT, named, at=column.name, title=column.title)

    def placed(draft: OfficerDraft) -> OfficerDraft:
        if not draft.department:
            raise OfficerInvalid((Violation("officers.department_missing", column.name),))
        return evolve(draft, department=id_of(draft.department))

    return placed


def _holder(known: Mapping[str, Officer], draft: OfficerDraft) -> Officer | None:
    """Give the officer who holds these certificates; two of them cannot be one person."""
    numbers = {one.number for one in draft.certificates}
    holders = {known[number].id: known[number] for number in numbers & known.keys()}
    if len(holders) > 1:
        raise OfficerInvalid((Violation("officers.certificate_registered", "certificates"),))
    return next(iter(holders.values()), None)


def _refuse_foreign(work: Work, draft: OfficerDraft, officer: Officer | None) -> None:
    scope = work.actor.scope
    fits = scope.covers(region=draft.region, departments=frozenset({draft.department}))
    if officer is not None:
        fits = fits and scope.covers(region=officer.region, departments=officer.departments)
    if not fits:
        raise OfficerInvalid((Violation("officers.out_of_scope", "region"),))


def _save_batch(work: Work, added: list[Officer], changed: list[Officer]) -> None:
    batch = [*added, *changed]
    if not batch:
        return
    _ties(work).tie_new(batch, at=work.now)
    work[Officers].save_all(batch)
    for officer in batch:
        work.wrote_events("officer", officer)


@frozen(kw_only=True)
class TieAccount:
    """An officer, and the account under which he shall act."""

    officer_id: str = field(metadata=said("执法人员的编号", example="0123abcd", to="officer"))
    user_id: str = field(metadata=said("账号", example="clerk", to="user"))


@use_case("officers.tie_account", "为执法人员关联账号")
def tie_account(work: Work, cmd: TieAccount) -> str:
    """关联账号: let an officer act under an account of staff of his department, one to one.

    By whoever reaches the officer and manages the account; nobody does it for themselves, for
    whoever acts as an officer signs as that officer. Nor does whoever took another account away
    from the officer, or deleted it: a second administrator does. Nobody does while the officer
    stands on an open visit: as who was drawn, nobody else signs.
    """
    officer = _officer(work, cmd.officer_id)
    user = living_user(work, cmd.user_id)
    refuse_if(OfficerInvalid, _against_tie(work, officer, user))
    visits = _open_visits(work, officer)
    officer.tie(user.id, at=work.now, by=work.actor.user, visits=visits)
    work.save(Officers, officer)
    return officer.id


def _against_tie(work: Work, officer: Officer, user: User) -> Iterator[Violation]:
    if user.id == work.actor.user:
        yield Violation("officers.own_account", "user_id")
    yield from tie_violations(officer, user)
    other = work[Officers].of_user(user.id)
    if other is not None and other.id != officer.id:
        yield Violation("officers.account_taken", "user_id")


@use_case("officers.untie_account", "解除执法人员的账号")
def untie_account(work: Work, cmd: NameOfficer) -> str:
    """解除关联账号: let an officer no longer act under the account.

    Not while he stands on an open visit: the head replaces him there first.
    """
    officer = _officer(work, cmd.officer_id)
    if officer.user == work.actor.user:
        raise OfficerInvalid((Violation("officers.own_account", "officer_id"),))
    visits = _open_visits(work, officer)
    officer.untie(at=work.now, by=work.actor.user, visits=visits)
    work.save(Officers, officer)
    return officer.id


@frozen(kw_only=True)
class DeclareInterest:
    """An officer's link with a subject."""

    officer_id: str = field(metadata=said("执法人员的编号", example="0123abcd", to="officer"))
    interest: Interest = field(metadata=said("利害关系"))


declare_interest = _OFFICER.act(
    "officers.declare_interest", "申报利害关系", "declare", DeclareInterest,
    "Record an officer's link with a subject; he is then never sent to it.",
)  # fmt: skip


suspend_officer = _OFFICER.act(
    "officers.suspend", "暂停执法人员", "suspend", NameOfficer,
    "Keep an officer out of every draw until he is resumed.",
)  # fmt: skip


resume_officer = _OFFICER.act(
    "officers.resume",
    "恢复执法人员",
    "resume",
    NameOfficer,
    "Let a suspended officer be drawn again.",
)


@frozen(kw_only=True)
class ShowContact:
    """The officer whose contact data is wanted, and what for."""

    officer_id: str = field(metadata=said("执法人员编号", example="0123abcd"))
    purpose: Purpose = field(
        metadata=said(
            "使用目的：contact联系、identify核实、correct更正、complaint投诉、inspection检查",
            example="contact",
        )
    )


@frozen(kw_only=True)
class ContactView:
    """An officer's contact data in the clear."""

    id: str = field(metadata=said("编号", example="n000001"))
    contact: ContactData = field(metadata=said("联系信息"))


@use_case("officers.show_contact", "查看执法人员联系信息")
def show_contact(work: Work, about: ShowContact) -> ContactView:
    """Show how to reach an officer; the log keeps who looked at whom, and what for.

    Source: 个人信息保护法 第6条, 第51条; proposal 6038-6040.
    """
    officer = _officer(work, about.officer_id)
    work.wrote("officer", officer.id)
    work.note(purpose=about.purpose)
    return ContactView(id=officer.id, contact=officer.contact)


@frozen(kw_only=True)
class ListOfficersByPerson:
    """Whom to find by what is personal, or as members of a team or not."""

    filter: OfficerFilter = field(metadata=said("查询条件"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数和游标"))


@question("officers.list_officers_by_person", "按联系电话或小组查找执法人员")
def list_officers_by_person(work: Work, about: ListOfficersByPerson) -> Page[OfficerRow]:
    """List officers within reach by phone, or those linked with a team or not (未关联、已关联).

    Nothing that is personal stands in an address; phones are found whole, and shown masked.
    """
    if about.filter.team:
        _team(work, about.filter.team)
    return work[OfficerQueries].page(_within(work, about.filter), about.page)


def _within(work: Work, wanted: OfficerFilter) -> OfficerFilter:
    return evolve(wanted, reach=work.actor.scope.predicate())


def _found(work: Work, team: str, wanted: OfficerFilter, *, linked: bool) -> frozenset[str]:
    """Give whom a query finds, linked with a team or not. Raises ``TeamInvalid`` for too many."""
    wanted = evolve(_within(work, wanted), team=team, linked=linked)
    found = work[OfficerQueries].ids(wanted)
    if len(found) > MOST_FOUND:
        raise TeamInvalid((Violation("officers.too_many_found", data={"most": MOST_FOUND}),))
    return frozenset(found)


@frozen(kw_only=True)
class CreateTeam:
    """A new team's name, kind and owner."""

    name: str = field(metadata=said("小组名称", example="乳制品联合检查组"))
    kind: TeamKind = field(
        default=TeamKind.ENFORCEMENT,
        metadata=said(
            "小组类型",
            codes={"enforcement": "执法小组", "risk": "风险小组", "credit": "信用小组"},
            example="enforcement",
        ),
    )
    region: str = field(metadata=said("所属区划", example="450100", to="region"))
    department: str = field(
        default="", metadata=said("所属部门", example="nanning", to="department")
    )
    order: int = field(default=0, metadata=said("排序值", example=1))


@use_case("officers.create_team", "新增小组")
def create_team(work: Work, cmd: CreateTeam) -> str:
    """Make a team without members."""
    team = Team.create(
        id=work.ids.next_id(),
        name=cmd.name,
        kind=cmd.kind,
        region=cmd.region,
        department=cmd.department,
        order=cmd.order,
    )
    work.reach("region", team.region, region=team.region, departments=team.departments)
    work.save(Teams, team)
    return team.id


@frozen(kw_only=True)
class ChangeTeam:
    """A team's new name and place."""

    team_id: str = field(metadata=said("小组的编号", example="0123abcd", to="team"))
    name: str = field(metadata=said("小组名称", example="乳制品联合检查组"))
    order: int = field(metadata=said("排序值", example=1))


_TEAM: Final = Deeds(Teams, Team)
change_team = _TEAM.act(
    "officers.change_team", "修改小组", "describe", ChangeTeam,
    "Rename a team, or put it elsewhere in lists.",
)  # fmt: skip


@frozen(kw_only=True)
class JoinTeam:
    """Officers to add to a team."""

    team_id: str = field(metadata=said("执法小组的编号", example="0123abcd", to="team"))
    officer_ids: frozenset[str] = field(metadata=said("要关联的执法人员编号", to="officer"))


@use_case("officers.join_team", "关联执法人员", answers="新关联的人数")
def join_team(work: Work, cmd: JoinTeam) -> int:
    """Add officers to a team and give how many are new to it; others than one's own are refused."""
    team = _team(work, cmd.team_id)
    for one in sorted(cmd.officer_ids):
        _officer(work, one)
    joined = team.join(cmd.officer_ids)
    work.save(Teams, team)
    return joined


@frozen(kw_only=True)
class JoinTeamByQuery:
    """A team, and the query all of whose officers it takes in."""

    team_id: str = field(metadata=said("执法小组的编号", example="0123abcd", to="team"))
    filter: OfficerFilter = field(metadata=said("查询条件", looked_up=False))


@use_case("officers.join_team_by_query", "关联所有查询结果", answers="新关联的人数")
def join_team_by_query(work: Work, cmd: JoinTeamByQuery) -> int:
    """关联所有查询结果 (join_team_by_query): add every officer within reach that a query shows.

    More than 10,000 are refused, and nobody is added.
    """
    team = _team(work, cmd.team_id)
    joined = team.join(_found(work, team.id, cmd.filter, linked=False))
    work.save(Teams, team)
    return joined


@frozen(kw_only=True)
class LeaveTeam:
    """Officers to remove from a team."""

    team_id: str = field(metadata=said("执法小组的编号", example="0123abcd", to="team"))
    officer_ids: frozenset[str] = field(metadata=said("删除关联的执法人员编号", to="officer"))


@use_case("officers.leave_team", "删除关联", answers="删除关联的人数")
def leave_team(work: Work, cmd: LeaveTeam) -> int:
    """Remove officers from a team and give how many were members."""
    team = _team(work, cmd.team_id)
    left = team.dismiss(cmd.officer_ids)
    work.save(Teams, team)
    return left


@frozen(kw_only=True)
class LeaveTeamByQuery:
    """A team, and the query all of whose members leave it."""

    team_id: str = field(metadata=said("执法小组的编号", example="0123abcd", to="team"))
    filter: OfficerFilter = field(metadata=said("查询条件", looked_up=False))


@use_case("officers.leave_team_by_query", "删除所有查询结果", answers="删除关联的人数")
def leave_team_by_query(work: Work, cmd: LeaveTeamByQuery) -> int:
    """删除所有查询结果 (leave_team_by_query): remove every member within reach that a query shows.

    More than 10,000 are refused, and nobody is removed.
    """
    team = _team(work, cmd.team_id)
    left = team.dismiss(_found(work, team.id, cmd.filter, linked=True))
    work.save(Teams, team)
    return left


@frozen(kw_only=True)
class AppointLeader:
    """The member to lead a team."""

    team_id: str = field(metadata=said("执法小组的编号", example="0123abcd", to="team"))
    officer_id: str = field(metadata=said("组长的执法人员编号", example="0123abcd", to="officer"))


@use_case("officers.appoint_leader", "委派组长")
def appoint_leader(work: Work, cmd: AppointLeader) -> str:
    """Let a member lead his team."""
    team = _team(work, cmd.team_id)
    team.appoint(cmd.officer_id)
    work.save(Teams, team)
    return team.id


@frozen(kw_only=True)
class DeleteTeam:
    """The team to take off every list."""

    team_id: str = field(metadata=said("执法小组的编号", example="0123abcd", to="team"))


delete_team = _TEAM.act(
    "officers.delete_team", "删除小组", "delete", DeleteTeam, "Take a team off every list."
)


@frozen(kw_only=True)
class TeamContent(Content):
    """A team as a table says it: who joins and who leads, by name or certificate."""

    name: str = text("小组名称", required=True, example="乳制品联合检查组")
    department: str = department("所属部门")
    order: int | None = integer("排序值")
    officer_ids: tuple[str, ...] = links("小组成员", "officer")
    officer_id: str = link("组长", "officer")


@frozen(kw_only=True)
class ReviewGroupContent(TeamContent):
    """A review group as a table says it: a team, and which models it reviews."""

    kind: TeamKind = choice("小组类型", REVIEW_KINDS, required=True)


@frozen(kw_only=True)
class TeamLine:
    """A row of a table of teams."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    content: TeamContent = field(metadata=said("小组"))


@frozen(kw_only=True)
class ImportTeams:
    """Rows of a table of teams."""

    entries: tuple[TeamLine, ...] = field(metadata=said("各行"))


@use_case("officers.import_teams", "导入执法小组")
def import_teams(work: Work, cmd: ImportTeams) -> Mapping[str, Json]:
    """Take teams of a table in: unknown names are added, members join, and nobody leaves."""
    kind = TeamKind.ENFORCEMENT
    return taken_in(cmd.entries, lambda row: _taken(work, row.content, TEAMS, kind))


@frozen(kw_only=True)
class ReviewGroupLine:
    """A row of a table of review groups."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    content: ReviewGroupContent = field(metadata=said("小组"))


@frozen(kw_only=True)
class ImportReviewGroups:
    """Rows of a table of review groups."""

    entries: tuple[ReviewGroupLine, ...] = field(metadata=said("各行"))


@use_case("officers.import_review_groups", "导入综合小组")
def import_review_groups(work: Work, cmd: ImportReviewGroups) -> Mapping[str, Json]:
    """Take review groups of a table in: unknown names are added, members join, nobody leaves."""

    def take(row: ReviewGroupLine) -> str:
        return _taken(work, row.content, REVIEW_GROUPS, row.content.kind)

    return taken_in(cmd.entries, take)


def _taken(work: Work, said_: TeamContent, query: ListQuery[Any], kind: TeamKind) -> str:
    """Take one team in; what is refused of it leaves nothing behind."""
    content = with_ids(work[Ask], said_)
    members = frozenset(filter(None, (*content.officer_ids, content.officer_id)))
    for one in sorted(members):
        _officer(work, one)
    region = work.actor.scope.region
    team = next(iter(_named(work, query, region, content.name)), None)
    new = team is None
    if team is None:
        team = Team.create(
            id=work.ids.next_id(), name=content.name, kind=kind, region=region,
            department=content.department,
        )  # fmt: skip
    work.reach(Teams.kind, team.id, region=team.region, departments=team.departments)
    before = team.name, team.order, team.members, team.leader
    team.describe(name=content.name, order=content.order or 0)
    team.join(members)
    if content.officer_id:
        team.appoint(content.officer_id)
    if not new and before == (team.name, team.order, team.members, team.leader):
        return "same"
    work.save(Teams, team)
    return "added" if new else "changed"


def _named(work: Work, query: ListQuery[Any], region: str, name: str) -> Iterator[Team]:
    """Give the teams of exactly that region and name, within reach."""
    wanted = ListFilter(
        asked={"name": name.strip(), "region": region}, reach=work.actor.scope.predicate()
    )
    for page in every_page(lambda page: work[Lists].page(query, wanted, page), order="name"):
        for row in page.items:
            if (row.name, row.region) == (name.strip(), region):
                yield work[Teams].get(row.id)
