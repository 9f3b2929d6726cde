"""What one administrator alone may not do: asked for, consented to, and what stops it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen

from adapters.memory.directory_queries import MemorySecondPersonQueries
from adapters.memory.unit import MemoryTransactions
from entrypoints.actors import operator
from supervision_core.audit.model import ALARM, AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import (
    WAITS,
    Actor,
    Credentials,
    Delegation,
    Duty,
    GrantForbidden,
    HolderKind,
    PermissionDenied,
    SecondPersonInvalid,
    SecondPersonNeed,
    SecondPersonRequest,
    SecondPersonRequired,
    SecondPersonState,
    SecondPersonUnfit,
    duties_of,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    GrantSheets,
    SecondPersonQueries,
    SecondPersonRequests,
    Users,
)
from supervision_core.identity.services import Commands, Work, second_person, use_case
from supervision_core.identity.services.authority import require_second
from supervision_core.identity.services.duty_holders import duty_holders
from supervision_core.identity.services.frame import Expected
from supervision_core.identity.services.keeping import keep
from supervision_core.identity.services.second_person import (
    DecideSecondPerson,
    RequestSecondPerson,
    WithdrawSecondPerson,
    decide_second_person,
    request_second_person,
    withdraw_second_person,
)
from supervision_core.identity.services.second_person_questions import (
    ListSecondPerson,
    ViewSecondPerson,
    Which,
    list_second_person,
    view_second_person,
)
from supervision_core.identity.services.users import DeleteUser, delete_user
from supervision_core.kernel.errors import NotFound, Outdated, Violation
from supervision_core.kernel.ports import Clock
from supervision_core.testing.identity import NOON, full_draft, full_second_person_request

from . import test_authority
from .test_authority import City

city = test_authority.city

SECOND = (
    "identity.request_second_person",
    "identity.decide_second_person",
    "identity.withdraw_second_person",
    "identity.view_second_person",
    "identity.list_second_person",
)


@frozen(kw_only=True)
class Rename:
    """A change of a user that one alone may not make."""

    user_id: str
    post: str


@use_case("identity.bind_certificate", "绑定用户的数字证书")
def rename(work: Work, cmd: Rename) -> str:
    """Change somebody's remark: only with a second person of his duty."""
    user = work[Users].get(cmd.user_id)
    if cmd.post == "never":
        raise GrantForbidden((Violation("identity.own_access", "user_id"),))
    need = SecondPersonNeed(
        user=user.id, duties=frozenset({Duty.AUDIT}), departments=user.departments
    )
    if cmd.post != "harmless":
        require_second(work, need)
    extended = evolve(user.draft.extended, description=cmd.post)
    user.change(evolve(user.draft, extended=extended), at=work.now)
    keep(work, Users, user)
    return user.id


class Later(Clock):
    """Stands where it is put."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Give that moment."""
        return self.at


class Office:
    """A department with two auditors and a security administrator."""

    def __init__(self, world: Any) -> None:
        """Take them in."""
        self.world, self.clock = world, Later()
        ports = {**world.transactions._ports, SecondPersonQueries: MemorySecondPersonQueries}
        self.transactions = MemoryTransactions(world.store, ports)
        self.commands = Commands(self.transactions, self.clock, world.commands.ids)
        self.home = world.department("1")
        self.actors = {
            "security": self._person("security", "identity.bind_certificate", "identity.view_user"),
            "auditor": self._person("auditor", "audit.search"),
            "second": self._person("second", "audit.search"),
        }

    def _person(self, account: str, *permissions: str) -> Actor:
        found: Actor = self.world.administrator(account, self.home, *permissions, *SECOND)
        return evolve(found, permissions=frozenset({*permissions, *SECOND}))

    def ask(self, post: str = "新职务", by: str = "security", **more: Any) -> Any:
        """Ask to change the auditor."""
        command = {"user_id": "auditor", "post": post}
        wanted = RequestSecondPerson(action=rename.name, command=command, reason="岗位调整", **more)
        return self.commands.run(request_second_person, wanted, actor=self.actors[by])

    def decide(self, id: str, by: str | Actor = "second", *, consented: bool = True) -> str:
        """Consent or refuse."""
        command = DecideSecondPerson(request_id=id, consented=consented, reason="已核对")
        actor = by if isinstance(by, Actor) else self.actors[by]
        return self.commands.run(decide_second_person, command, actor=actor)

    def post(self) -> str:
        """Give what became of the auditor."""
        with self.transactions.begin() as unit:
            return unit[Users].get("auditor").extended.description

    def state(self, id: str) -> SecondPersonState:
        """Give how far a request has come."""
        with self.transactions.begin() as unit:
            return unit[SecondPersonRequests].get(id).state(self.clock.now())


@pytest.fixture
def office(world: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give it, with the change as a use case that can be asked for."""
    monkeypatch.setattr(second_person, "ASKABLE", (rename,))
    return Office(world)


def codes(error: pytest.ExceptionInfo[Any]) -> list[str]:
    """Give the codes of the reasons."""
    return [one.code for one in error.value.reasons]


def test_alone_is_refused_and_two_are_enough(office: Office) -> None:
    """Without consent nothing is done; with it, at once, in the asker's name, in one audit row."""
    wanted = Rename(user_id="auditor", post="新职务")
    with pytest.raises(SecondPersonRequired):
        office.commands.run(rename, wanted, actor=office.actors["security"])
    asked = office.ask()
    assert asked.answer is None
    assert office.post() != "新职务"
    office.decide(asked.request_id)
    assert office.post() == "新职务"
    assert office.state(asked.request_id) is SecondPersonState.CONSENTED
    row = office.world.store.audit[-1].entry
    assert (row.actor, row.action) == ("second", "identity.decide_second_person")
    assert dict(row.note) == {
        "asked": "identity.bind_certificate", "asker": "security", "consented": "yes",
        "user": "auditor",
    }  # fmt: skip
    assert [one.partition("/")[0] for one in row.targets] == ["second_person_request", "user"]


def test_what_is_asked_twice_is_one_request(office: Office) -> None:
    """While it waits, the same question by the same person leads to the same request."""
    first = office.ask().request_id
    assert office.ask().request_id == first
    assert office.ask("另一职务").request_id != first
    office.decide(first, consented=False)
    assert office.ask().request_id != first


def test_other_rules_refuse_at_once(office: Office) -> None:
    """What would be refused with a second person too is not even asked. Error: own_access."""
    with pytest.raises(GrantForbidden) as caught:
        office.ask("never")
    assert codes(caught) == ["identity.own_access"]
    with office.transactions.begin() as unit:
        assert unit[SecondPersonRequests].waiting_of("security", at=NOON) == []


def test_what_needs_nobody_is_done_at_once(office: Office) -> None:
    """Where one alone is enough after all, the answer is that of the use case."""
    asked = office.ask("harmless")
    assert (asked.request_id, asked.answer) == ("", "auditor")
    assert office.post() == "harmless"


def test_who_cannot_be_the_second_person(office: Office) -> None:
    """Not who asked, not whom it is about, not another duty, not another's area."""
    asked = office.ask().request_id
    with pytest.raises(SecondPersonInvalid) as own:
        office.decide(asked, "security")
    assert codes(own) == ["identity.second_person_own"]
    with pytest.raises(SecondPersonUnfit) as target:
        office.decide(asked, "auditor")
    assert codes(target) == ["identity.second_person_self"]
    system = evolve(
        office.actors["second"], user="system", permissions=frozenset({SECOND[1], "identity.grant"})
    )
    with pytest.raises(SecondPersonUnfit) as duty:
        office.decide(asked, system)
    assert codes(duty) == ["identity.second_person_duty"]
    elsewhere = evolve(office.actors["second"], department=office.world.department("2"))
    with pytest.raises(NotFound):
        office.decide(asked, elsewhere)
    assert office.state(asked) is SecondPersonState.WAITING
    assert office.post() != "新职务"


def test_a_request_lapses(office: Office) -> None:
    """After 72 hours nobody consents any more. Error: identity.second_person_lapsed."""
    asked = office.ask().request_id
    office.clock.at = NOON + WAITS - timedelta(seconds=1)
    assert office.state(asked) is SecondPersonState.WAITING
    office.clock.at = NOON + WAITS
    assert office.state(asked) is SecondPersonState.LAPSED
    with pytest.raises(SecondPersonInvalid) as caught:
        office.decide(asked)
    assert codes(caught) == ["identity.second_person_lapsed"]
    assert office.post() != "新职务"
    assert office.ask().request_id != asked


def _revoke(office: Office) -> None:
    office.world.change(
        GrantSheets, "user/security", lambda one: one.revoke("identity.bind_certificate", at=NOON)
    )


def _disable(office: Office) -> None:
    office.world.change(Users, "security", lambda one: one.switch(enabled=False, at=NOON))


@pytest.mark.parametrize("loses", [_revoke, _disable])
def test_the_asker_must_still_be_allowed(office: Office, loses: Callable[[Office], None]) -> None:
    """What he may do at the moment of consent counts. Error: identity.second_person_asker."""
    asked = office.ask().request_id
    loses(office)
    with pytest.raises(SecondPersonInvalid) as caught:
        office.decide(asked)
    assert codes(caught) == ["identity.second_person_asker"]
    assert office.post() != "新职务"
    office.decide(asked, consented=False)
    assert office.state(asked) is SecondPersonState.REFUSED


def test_what_was_seen_is_what_is_changed(office: Office) -> None:
    """A change of the user between asking and consent stops it. Error: Outdated."""
    asked = office.ask(seen=Expected(kind="user", id="auditor", version=1)).request_id
    office.ask("harmless")
    with pytest.raises(Outdated):
        office.decide(asked)
    assert office.post() == "harmless"


def test_the_operator_consents_only_where_nobody_else_can(office: Office) -> None:
    """Another holder of the duty comes first. Error: identity.second_person_available."""
    asked = office.ask().request_id
    with pytest.raises(SecondPersonUnfit) as caught:
        office.decide(asked, operator())
    assert codes(caught) == ["identity.second_person_available"]
    office.world.change(Users, "second", lambda one: one.switch(enabled=False, at=NOON))
    office.decide(asked, operator())
    assert office.post() == "新职务"


def test_only_who_asked_withdraws(office: Office) -> None:
    """What is withdrawn is over. Errors: second_person_not_own, second_person_decided."""
    asked = office.ask().request_id
    withdraw = WithdrawSecondPerson(request_id=asked)
    with pytest.raises(SecondPersonInvalid) as caught:
        office.commands.run(withdraw_second_person, withdraw, actor=office.actors["second"])
    assert codes(caught) == ["identity.second_person_not_own"]
    office.commands.run(withdraw_second_person, withdraw, actor=office.actors["security"])
    with pytest.raises(SecondPersonInvalid) as over:
        office.decide(asked)
    assert codes(over) == ["identity.second_person_decided"]


def test_a_refusal_says_why() -> None:
    """No reason, no refusal; a request has a reason, too."""
    request = full_second_person_request("s-1")
    with pytest.raises(SecondPersonInvalid) as caught:
        request.refuse(reason=" ", by="u-3", at=NOON)
    assert codes(caught) == ["identity.second_person_reason_missing"]
    with pytest.raises(SecondPersonInvalid):
        SecondPersonRequest.ask(
            id="s-2", action="identity.grant", command={}, seen=None, need=request.need,
            reason="", by="u-1", working_for="d-1", at=NOON,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (("identity.add_role", {}), "identity.second_person_action"),
        (("identity.bind_certificate", {"user": "x"}), "identity.second_person_command"),
        (("identity.bind_certificate", []), "identity.second_person_command"),
        (("identity.bind_certificate", "x"), "identity.second_person_command"),
    ],
)
def test_what_cannot_be_asked(office: Office, wanted: tuple[str, Any], code: str) -> None:
    """Another use case, or what is no command of it, is refused."""
    command = RequestSecondPerson(action=wanted[0], command=wanted[1], reason="岗位调整")
    with pytest.raises(SecondPersonInvalid) as caught:
        office.commands.run(request_second_person, command, actor=office.actors["security"])
    assert codes(caught) == [code]


def test_the_asker_needs_the_permission_of_the_act(office: Office) -> None:
    """Who may not do it may not ask for it. Error: PermissionDenied, audited."""
    with pytest.raises(PermissionDenied):
        office.ask(by="second")
    assert office.world.store.audit[-1].entry.actor == "second"


def test_everybody_sees_what_is_his(office: Office) -> None:
    """Who may decide has it among what waits for him; who asked, among his own; others nothing."""
    asked = office.ask().request_id

    def listed(by: str, which: Which) -> list[str]:
        about = ListSecondPerson(which=which)
        found = office.commands.ask(list_second_person, about, actor=office.actors[by])
        return [one.id for one in found.items]

    assert listed("second", Which.TO_DECIDE) == [asked]
    assert listed("auditor", Which.TO_DECIDE) == listed("security", Which.TO_DECIDE) == []
    assert listed("security", Which.OWN) == [asked]
    assert listed("second", Which.OWN) == []
    far = evolve(office.actors["second"], department=office.world.department("2"))
    with pytest.raises(NotFound):
        office.commands.ask(view_second_person, ViewSecondPerson(request_id=asked), actor=far)


def test_administrators_of_every_duty_ask_and_decide() -> None:
    """The permissions around it belong to no duty: none is made an administrator by them."""
    assert [duties_of(one) for one in SECOND] == [frozenset()] * len(SECOND)


def test_holders_of_a_duty_are_those_who_have_it_today(office: Office) -> None:
    """Disabled ones and those in whom two duties meet have none."""

    def holders(duty: Duty) -> list[str]:
        with office.transactions.begin() as unit:
            work = Work(office.actors["second"], NOON, office.world.commands.ids, unit)
            return [one.id for one in duty_holders(work, duty)]

    assert holders(Duty.AUDIT) == ["auditor", "second"]
    assert holders(Duty.SECURITY) == ["security"]
    office.world.change(Users, "second", lambda one: one.switch(enabled=False, at=NOON))
    office.world.give(HolderKind.USER, "security", "identity.view_user")
    office.world.department("7")
    assert holders(Duty.AUDIT) == ["auditor"]
    assert holders(Duty.SYSTEM) == []


def test_two_administrators_of_one_user_ask_each_other(city: City) -> None:
    """Whoever could give what the user holds in the other city consents; nobody else does.

    Errors: identity.second_person_below, identity.second_person_duty.
    """
    user = city.enrol("both", city.nanning)
    both = full_draft(user, city.nanning, city.liuzhou)
    city.world.change(Users, user, lambda one: one.change(both, at=NOON))
    city.hold(user, city.inspector)
    giving = Delegation(role=city.inspector, department=city.liuzhou)
    verbs = (*test_authority.SECURITY, *SECOND)
    city.enrol("far.sec", city.liuzhou, *verbs, over=[city.liuzhou], delegations=[giving])
    city.world.give(HolderKind.USER, "sec", *SECOND)
    city.enrol("far.sys", city.liuzhou, *test_authority.SYSTEM, *SECOND, over=[city.liuzhou])
    command = {"user_id": user, "thumbprint": test_authority.THUMBPRINT}
    asked = city.run(
        request_second_person,
        RequestSecondPerson(action="identity.bind_certificate", command=command, reason="两地任职"),
        "sec",
    )
    consent = DecideSecondPerson(request_id=asked.request_id, consented=True)
    refused = city.refused(decide_second_person, consent, "far.sys")
    assert "identity.second_person_duty" in refused
    with pytest.raises(SecondPersonUnfit) as caught:
        city.world.run(decide_second_person, consent, operator())
    assert codes(caught) == ["identity.second_person_available"]
    city.run(decide_second_person, consent, "far.sec")
    with city.world.transactions.begin() as unit:
        assert unit[CredentialsStore].get(user).certificates >= {test_authority.THUMBPRINT}


def test_what_was_asked_is_forgotten_once_it_is_over(office: Office) -> None:
    """Whoever decides leaves no personal data behind, and nobody's stays when he is deleted."""
    decided, lapsed = office.ask().request_id, office.ask("另一职务").request_id
    office.decide(decided, consented=False)
    office.clock.at = NOON + WAITS
    kept = Credentials.without_password(id="second", at=NOON)
    kept.bind("ab" * 32)
    with office.transactions.begin() as unit:
        unit[CredentialsStore].save(kept)
        unit.commit()
    office.commands.run(delete_user, DeleteUser(user_id="auditor"), actor=operator())
    with office.transactions.begin() as unit:
        left = [unit[SecondPersonRequests].get(one).command for one in (decided, lapsed)]
    assert left == [None, None]
    assert office.state(lapsed) is SecondPersonState.LAPSED


def test_whoever_is_under_review_holds_no_duty(world: Any) -> None:
    """核查中的管理员不能登录，也就不算能担任职责的人; before the alarm (the control) he counts."""
    world.user("aaa", world.department("1"))
    world.give(HolderKind.USER, "aaa", "audit.search")

    def holders() -> list[str]:
        with world.transactions.begin() as unit:
            work = Work(world.root, NOON, world.commands.ids, unit)
            return [one.id for one in duty_holders(work, Duty.AUDIT)]

    assert holders() == ["aaa"]
    with world.transactions.begin() as unit:
        unit[AuditLog].append(
            AuditEntry(
                at=NOON,
                actor="worker",
                department="",
                action=ALARM,
                outcome=Outcome.DENIED,
                request="0" * 64,
                targets=(target_of("user", "aaa", 1),),
            )
        )
        unit.commit()
    assert holders() == []
