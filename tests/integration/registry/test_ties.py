"""Officers tied to accounts, one to one, in memory and on SQLite."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.engine.database import open_engine
from adapters.sql.ports import sql_transactions
from adapters.system import SystemIds
from supervision_core.identity.model import SUPER, Actor, DataScope
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Commands, Work
from supervision_core.identity.services.frame import use_case
from supervision_core.identity.services.users import (
    DeleteUser,
    RegisterUser,
    delete_user,
    register_user,
)
from supervision_core.kernel.errors import Conflict, NotFound, Refused
from supervision_core.kernel.ports import Clock, Transactions
from supervision_core.kernel.registers import Ask, called
from supervision_core.officers.intake import OfficerEntry
from supervision_core.officers.model import Certificate, ContactData, Officer, OfficerDraft
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import (
    ChangeOfficer,
    CreateTeam,
    ImportOfficers,
    NameOfficer,
    RegisterOfficer,
    TieAccount,
    acting_officer,
    change_officer,
    create_team,
    import_officers,
    register_officer,
    suspend_officer,
    tie_account,
    untie_account,
)
from supervision_core.tasks.model.results import Inspector
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.testing.identity import full_draft
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.tasks import INSPECTORS, task_sheet, visit_sheet

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
CARD = full_draft().person.document_number


@frozen
class _Noon(Clock):
    def now(self) -> datetime:
        return NOON


@use_case("tasks.sign", "签字")
def acts(work: Work, cmd: str) -> str:
    """Tell as whom the account acts."""
    del cmd
    return acting_officer(work).id


@frozen
class _Office:
    """Two departments, and an administrator of everything."""

    commands: Commands

    def do(self, case: Any, command: Any, user: str = "chief", department: str = "d-1") -> Any:
        """Act as somebody who holds everything."""
        scope = DataScope(region="450000")
        may = frozenset({"officers.*", "identity.*", "tasks.*", SUPER})
        actor = Actor(user=user, department=department, scope=scope, permissions=may)
        return self.commands.run(case, command, actor=actor)

    def refused(self, case: Any, command: Any, **by: str) -> list[str]:
        """Give the codes of the reasons for which it is refused."""
        with pytest.raises(Refused) as refusal:
            self.do(case, command, **by)
        return [one.code for one in refusal.value.reasons]

    def officer(self, number: str = "1", card: str = CARD, department: str = "d-1") -> str:
        """Register an officer."""
        return str(
            self.do(register_officer, RegisterOfficer(draft=_draft(number, card, department)))
        )

    def account(self, name: str, department: str = "d-1", card: str = CARD) -> str:
        """Register a user."""
        draft = full_draft(name, department)
        person = evolve(draft.person, document_number=card)
        return str(self.do(register_user, RegisterUser(draft=evolve(draft, person=person))))

    def tie(self, officer: str) -> str:
        """Give the account to which an officer is tied."""
        with self.commands.transactions.begin() as unit:
            return unit[Officers].get(officer).user

    def sends(self, officer: str, task: TaskState = TaskState.IN_PROGRESS) -> None:
        """Let a task have a visit of an officer and somebody else."""
        who = (_standing_in(officer), INSPECTORS[1])
        with self.commands.transactions.begin() as unit:
            unit[Tasks].save(
                Task(id="task-1", sheet=task_sheet(), parts=(), state=task, created_at=NOON)
            )
            unit[Visits].save(
                Visit(id="v-1", sheet=visit_sheet(), officers=who, due_on=NOON.date())
            )
            unit.commit()

    def visit(self, change: Callable[[Visit], object]) -> None:
        """Change the visit."""
        with self.commands.transactions.begin() as unit:
            found = unit[Visits].get("v-1")
            change(found)
            unit[Visits].save(found)
            unit.commit()


def _standing_in(officer: str) -> Inspector:
    return evolve(INSPECTORS[0], id=officer)


def _draft(number: str, card: str, department: str = "d-1") -> OfficerDraft:
    return OfficerDraft(
        name="王示例",
        department=department,
        region="450100",
        certificates=(Certificate(number=f"桂{number}", regions=frozenset({"450100"})),),
        contact=ContactData(identity_card=card),
    )


@pytest.fixture(params=["memory", "sqlite"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[_Office]:
    """Give an office on an empty store."""
    if request.param == "memory":
        yield _opened(memory_transactions(MemoryStore()))
        return
    path = tmp_path / "copy.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite_file"), path)
    engine = open_engine(f"sqlite:///{path}", sealing=request.getfixturevalue("sealing"))
    yield _opened(sql_transactions(engine))
    engine.dispose()


def _opened(transactions: Transactions) -> _Office:
    with transactions.begin() as unit:
        keep_directory(unit, ("d-1", "d-2"))
        unit.commit()
    return _Office(Commands(transactions, _Noon(), SystemIds()))


def test_a_new_officer_is_tied_to_the_account_of_the_same_person(office: _Office) -> None:
    """Same identity number, staff of the same department, exactly one of them."""
    account = office.account("wang.shili")
    officer = office.officer()
    assert office.tie(officer) == account
    assert office.do(acts, "", user=account) == officer


def test_a_new_account_is_tied_to_the_officer_of_the_same_person(office: _Office) -> None:
    """Whichever of the two is made first; an import ties as well, told twice only once."""
    table = ImportOfficers(entries=(OfficerEntry(row=2, draft=_draft("1", CARD)),))
    assert office.do(import_officers, table)["added"] == 1
    with office.commands.transactions.begin() as unit:
        (officer,) = unit[Officers].find_by_identity_cards([CARD.lower()])
    account = office.account("wang.shili")
    assert office.tie(officer.id) == account
    assert office.do(import_officers, table)["same"] == 1
    assert office.tie(officer.id) == account


def test_an_import_ties_those_whose_accounts_are_there(office: _Office) -> None:
    """As the registration of one does."""
    account = office.account("wang.shili")
    table = ImportOfficers(entries=(OfficerEntry(row=2, draft=_draft("1", CARD)),))
    office.do(import_officers, table)
    with office.commands.transactions.begin() as unit:
        found = unit[Officers].of_user(account)
        assert found is not None
        assert unit[Officers].of_users(["", "nobody"]) == []
        assert unit[Officers].find_by_identity_cards(["", "x"]) == []


def test_nobody_is_tied_where_more_than_one_fits(office: _Office) -> None:
    """Two accounts with one number in one department: an administrator decides."""
    first, second = office.account("wang.shili"), office.account("wang.other")
    officer = office.officer()
    assert office.tie(officer) == ""
    office.do(tie_account, TieAccount(officer_id=officer, user_id=second))
    assert office.do(acts, "", user=second) == officer
    assert office.refused(acts, "", user=first) == ["officers.account_untied"]


@pytest.mark.parametrize("card", ["", "450103198501010001"])
def test_nobody_is_tied_by_another_number_or_none(office: _Office, card: str) -> None:
    """No number is nobody's number."""
    office.account("wang.shili", card="" if not card else CARD)
    assert office.tie(office.officer(card=card)) == ""


def test_an_account_of_another_department_is_not_tied(office: _Office) -> None:
    """An administrator of one department makes nobody an officer of another."""
    account = office.account("wang.shili", "d-2")
    officer = office.officer()
    assert office.tie(officer) == ""
    wanted = TieAccount(officer_id=officer, user_id=account)
    assert office.refused(tie_account, wanted) == ["officers.account_of_other_department"]


def test_a_tie_is_one_to_one_and_by_another(office: _Office) -> None:
    """No account acts as two officers, no officer under two accounts; nobody ties themselves."""
    account, other = office.account("wang.shili"), office.account("li.shili", card="")
    officer, colleague = office.officer(), office.officer("2", "")
    wanted = TieAccount(officer_id=colleague, user_id=account)
    assert office.refused(tie_account, wanted) == ["officers.account_taken"]
    again = TieAccount(officer_id=officer, user_id=other)
    assert office.refused(tie_account, again) == ["officers.tied_already"]
    own = TieAccount(officer_id=colleague, user_id=other)
    assert office.refused(tie_account, own, user=other) == ["officers.own_account"]
    undo = NameOfficer(officer_id=officer)
    assert office.refused(untie_account, undo, user=account) == ["officers.own_account"]
    office.do(untie_account, undo)
    assert office.refused(untie_account, undo) == ["officers.not_tied"]
    assert office.refused(acts, "", user=account) == ["officers.account_untied"]
    with pytest.raises(NotFound):
        office.do(tie_account, TieAccount(officer_id=colleague, user_id="nobody"))


def test_an_account_belongs_to_one_officer_in_the_store_too(office: _Office) -> None:
    """What two transactions side by side would each find free is refused to one of them."""
    first, second = (Officer.register(_draft(one, ""), id=one, at=NOON) for one in "12")
    with office.commands.transactions.begin() as unit:
        for one in (first, second):
            one.tie("u-1", at=NOON)
        unit[Officers].save(first)
        with pytest.raises(Conflict):
            unit[Officers].save(second)


def test_an_officer_acts_for_the_own_department_and_in_service(office: _Office) -> None:
    """Whoever moved, is suspended or has no account signs nothing."""
    account = office.account("wang.shili")
    officer = office.officer()
    elsewhere = office.refused(acts, "", user=account, department="d-2")
    assert elsewhere == ["officers.acts_elsewhere"]
    office.do(suspend_officer, NameOfficer(officer_id=officer))
    assert office.refused(acts, "", user=account) == ["officers.not_active"]


def test_a_deleted_account_leaves_the_officer_free(office: _Office) -> None:
    """Whoever comes back under a new account is tied anew."""
    account = office.account("wang.shili")
    officer = office.officer()
    office.do(delete_user, DeleteUser(user_id=account))
    assert office.tie(officer) == ""
    with office.commands.transactions.begin() as unit:
        assert unit[Users].find_by_documents([CARD]) == []
    assert office.tie(officer) != office.account("wang.again")
    assert office.tie(officer) != ""


@pytest.mark.parametrize("deletes", [False, True])
def test_one_administrator_puts_nobody_in_an_officers_place(
    office: _Office, *, deletes: bool
) -> None:
    """Who unties, or deletes the account, ties no other one; a second administrator may."""
    account, other = office.account("wang.shili"), office.account("li.shili", card="")
    officer = office.officer()
    named, wanted = NameOfficer(officer_id=officer), TieAccount(officer_id=officer, user_id=other)
    if deletes:
        office.do(delete_user, DeleteUser(user_id=account))
    else:
        office.do(untie_account, named)
    assert office.refused(tie_account, wanted) == ["officers.tied_anew_by_one"]
    assert office.tie(officer) == ""
    if not deletes:
        office.do(tie_account, TieAccount(officer_id=officer, user_id=account))
        office.do(untie_account, named)
    office.do(tie_account, wanted, user="deputy")
    assert office.tie(officer) == other


def _forms(visit: Visit) -> None:
    visit._state, visit._formed_on = VisitState.COMPLETED, NOON.date()


def _leaves(visit: Visit) -> None:
    visit._officers = INSPECTORS


@pytest.mark.parametrize("over", [_forms, _leaves])
def test_nobody_signs_as_who_stands_on_an_open_visit(
    office: _Office, over: Callable[[Visit], object]
) -> None:
    """Neither one nor two administrators put another there, until it is over or he is replaced."""
    account, other = office.account("wang.shili"), office.account("li.shili", card="")
    officer = office.officer()
    office.sends(officer)
    named, wanted = NameOfficer(officer_id=officer), TieAccount(officer_id=officer, user_id=other)
    with pytest.raises(Refused) as refusal:
        office.do(untie_account, named)
    assert [(one.code, dict(one.data)) for one in refusal.value.reasons] == [
        ("officers.untied_on_visits", {"count": 1})
    ]
    assert office.tie(officer) == account
    office.visit(over)
    office.do(untie_account, named)
    office.do(tie_account, wanted, user="deputy")
    assert office.tie(officer) == other


def test_only_the_account_he_had_is_given_back_on_an_open_visit(office: _Office) -> None:
    """One who was untied before he was sent gets his own account again, and no other."""
    account, other = office.account("wang.shili"), office.account("li.shili", card="")
    officer = office.officer()
    office.do(untie_account, NameOfficer(officer_id=officer))
    office.sends(officer)
    wanted = TieAccount(officer_id=officer, user_id=other)
    refused = office.refused(tie_account, wanted, user="deputy")
    assert refused == ["officers.tied_anew_on_visits"]
    office.do(tie_account, TieAccount(officer_id=officer, user_id=account))
    assert office.tie(officer) == account


def test_a_deleted_account_makes_no_room_on_an_open_visit(office: _Office) -> None:
    """Neither by hand nor by an equal number, whichever of the two is taken in anew."""
    account, other = office.account("wang.shili"), office.account("li.shili", card="")
    officer = office.officer()
    office.sends(officer)
    office.do(delete_user, DeleteUser(user_id=account))
    wanted = TieAccount(officer_id=officer, user_id=other)
    refused = office.refused(tie_account, wanted, user="deputy")
    assert refused == ["officers.tied_anew_on_visits"]
    again = office.account("wang.again")
    assert office.tie(officer) == ""
    table = evolve(_draft("1", CARD), name="王示例二")
    entries = (OfficerEntry(row=2, draft=table),)
    assert office.do(import_officers, ImportOfficers(entries=entries))["changed"] == 1
    assert office.tie(officer) == ""
    office.visit(_leaves)
    office.do(tie_account, TieAccount(officer_id=officer, user_id=again), user="deputy")
    assert office.tie(officer) == again


def test_a_first_account_is_given_on_an_open_visit(office: _Office) -> None:
    """Nobody signed as him before: it is tied by hand, or by an equal number."""
    first, second = office.officer(), office.officer("2", "")
    office.sends(first)
    account = office.account("wang.shili")
    assert office.tie(first) == account
    office.visit(lambda one: setattr(one, "_officers", (_standing_in(second), INSPECTORS[1])))
    other = office.account("li.shili", card="")
    office.do(tie_account, TieAccount(officer_id=second, user_id=other))
    assert office.tie(second) == other


def test_a_task_given_up_keeps_nobody(office: _Office) -> None:
    """Its visits will never be made."""
    office.account("wang.shili")
    officer = office.officer()
    office.sends(officer, TaskState.DELETED)
    office.do(untie_account, NameOfficer(officer_id=officer))
    assert office.tie(officer) == ""


@pytest.mark.parametrize("first", [False, True])
def test_another_number_puts_nobody_in_an_officers_place(office: _Office, *, first: bool) -> None:
    """Who gives an officer the number of somebody else, before or after, ties nobody by it."""
    account, other = office.account("wang.shili"), "45010319850101000X"
    officer = office.officer()

    def changes() -> None:
        draft = _draft("1", other)
        office.do(change_officer, ChangeOfficer(officer_id=officer, draft=draft))

    if first:
        changes()
    office.do(delete_user, DeleteUser(user_id=account))
    if not first:
        changes()
    office.account("li.shili", card=other)
    assert office.tie(officer) == ""


def test_what_shares_a_name_is_told_apart(office: _Office) -> None:
    """Teams by their departments, officers by certificate; what is so written means that alone."""
    first, second = (
        office.do(create_team, CreateTeam(name="一队", region="450100", department=one))
        for one in ("d-1", "d-2")
    )
    officers = [office.officer("1", ""), office.officer("2", "")]
    with office.commands.transactions.begin() as unit:
        ask = unit[Ask]
        teams = ask.resolve("team", [first, second])
        assert [teams[one].text for one in (first, second)] == ["一队（d-1）", "一队（d-2）"]
        named = ask.resolve("officer", officers)
        assert [named[one].text for one in officers] == ["王示例（桂1）", "王示例（桂2）"]
        meant = called(ask, "team", ["一队（d-1）", "一队（d-2）", "一队", "一队（d-3）"])
    assert {text: {one.id for one in found} for text, found in meant.items()} == {
        "一队（d-1）": {first},
        "一队（d-2）": {second},
        "一队": {first, second},
        "一队（d-3）": set(),
    }
