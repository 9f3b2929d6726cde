"""A consent of every duty and every department that a change concerns, by who stands above it.

The sequences of issue 27 by which two people won of whom neither held the duty concerned, as they
were tried, and what takes their place.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final

import pytest
from attrs import evolve, frozen

from adapters.memory.directory_queries import MemorySecondPersonQueries
from adapters.memory.unit import MemoryTransactions
from entrypoints.actors import operator
from supervision_core.identity.model import (
    DECIDING,
    EVERYWHERE,
    SUPER,
    Duty,
    HolderKind,
    NeededConsent,
    SecondPersonRequired,
    SecondPersonState,
    SecondPersonUnfit,
)
from supervision_core.identity.ports import (
    Departments,
    GrantSheets,
    SecondPersonQueries,
    SecondPersonRequests,
    Users,
)
from supervision_core.identity.services import Commands, UseCase
from supervision_core.identity.services.departments import ChangeDepartment, change_department
from supervision_core.identity.services.granting import (
    AddRole,
    AssignRoles,
    GrantPermission,
    RevokePermission,
    add_role,
    assign_roles,
    grant,
    revoke,
)
from supervision_core.identity.services.login import BindCertificate, bind_certificate
from supervision_core.identity.services.second_person import (
    DecideSecondPerson,
    RequestSecondPerson,
    decide_second_person,
    request_second_person,
)
from supervision_core.identity.services.second_person_questions import (
    ConsentShown,
    ListSecondPerson,
    ViewSecondPerson,
    list_second_person,
    view_second_person,
)
from supervision_core.identity.services.users import (
    ChangeUser,
    SwitchUser,
    change_user,
    switch_user,
)
from supervision_core.kernel.errors import DomainError, NotFound
from supervision_core.kernel.plain import to_plain
from supervision_core.testing.identity import NOON, full_draft

from . import test_authority
from .test_authority import SECURITY, SYSTEM, THUMBPRINT, City, Days

ASKING: Final = (
    "identity.request_second_person",
    "identity.view_second_person",
    "identity.list_second_person",
)
USER = HolderKind.USER
city = test_authority.city


@frozen
class Office:
    """The province, in which everybody who administers may ask, and more of each duty are there."""

    city: City
    system_role: str
    days: int = 0

    @property
    def commands(self) -> Commands:
        """Give what carries out commands so many days later."""
        world = self.city.world
        ports: dict[Any, Any] = {
            **world.transactions._ports,
            SecondPersonQueries: MemorySecondPersonQueries,
        }
        transactions = MemoryTransactions(world.store, ports)
        return Commands(transactions, Days(self.days), world.commands.ids)

    def run(self, case: UseCase[Any, Any], command: object, by: str) -> Any:
        """Let somebody do it alone."""
        return self.commands.run(case, command, actor=self.city.actor(by))

    def ask(self, case: UseCase[Any, Any], command: object, by: str) -> str:
        """Ask for a second person; give the request."""
        asked = RequestSecondPerson(action=case.name, command=to_plain(command), reason="请复核")
        given = self.run(request_second_person, asked, by)
        assert given.request_id, given
        found: str = given.request_id
        return found

    def consent(self, request: str, by: str) -> None:
        """Consent to it."""
        self.run(decide_second_person, DecideSecondPerson(request_id=request, consented=True), by)

    def attempt(self, *steps: Callable[[], object]) -> None:
        """Try one after the other, whatever is refused."""
        for one in steps:
            with suppress(DomainError):
                one()

    def two(self, case: UseCase[Any, Any], command: object, by: str, second: str) -> None:
        """Let somebody do it, alone or where another one consents."""
        try:
            self.run(case, command, by)
        except SecondPersonRequired:
            self.consent(self.ask(case, command, by), second)

    def unfit(self, request: str, by: str) -> list[str]:
        """Give the codes with which somebody's consent is refused."""
        with pytest.raises(SecondPersonUnfit) as caught:
            self.consent(request, by)
        return [one.code for one in caught.value.reasons]

    def state(self, request: str) -> SecondPersonState:
        """Give how far a request has come."""
        with self.city.world.transactions.begin() as unit:
            return unit[SecondPersonRequests].get(request).state(NOON)

    def need(self, request: str) -> set[NeededConsent]:
        """Give what a request needs."""
        with self.city.world.transactions.begin() as unit:
            return {*unit[SecondPersonRequests].get(request).need.consents}

    def shown(self, request: str, by: str) -> tuple[ConsentShown, ...]:
        """Give the consents that somebody is shown."""
        about = ViewSecondPerson(request_id=request)
        found = self.commands.ask(view_second_person, about, actor=self.city.actor(by))
        return found.consents

    def to_decide(self, by: str) -> list[str]:
        """Give the requests that wait for somebody."""
        found = self.commands.ask(list_second_person, ListSecondPerson(), actor=self.city.actor(by))
        return [one.id for one in found.items]

    def duties(self, user: str) -> frozenset[Duty]:
        """Give somebody's duties."""
        return self.city.world.access(user).duties


@pytest.fixture
def office(city: City) -> Office:
    """Give the province, with two auditors, and holders of each duty in cities."""
    role = city.world.run(add_role, AddRole(name="系统管理员", department=""))
    city.world.give(HolderKind.ROLE, role, *SYSTEM, *ASKING)
    city.enrol("auditor2", city.lead)
    for one in ("auditor", "auditor2"):
        city.hold(one, city.audit_role)
    city.enrol("sec2", city.nanning, *SECURITY)
    city.enrol("far_sec", city.liuzhou, *SECURITY)
    city.enrol("county_sec", city.county, *SECURITY)
    city.enrol("low_sys", city.county, *SYSTEM)
    everybody = ("chief", "manager", "sec", "sys", "sec2", "far_sec", "county_sec", "low_sys")
    for one in (*everybody, "auditor", "auditor2"):
        city.world.give(USER, one, *ASKING)
    return Office(city, role)


def _roles(user: str, *roles: str) -> AssignRoles:
    return AssignRoles(holder=USER, holder_id=user, roles=frozenset(roles))


# A: a duty in place of another


def test_a_duty_swap_takes_a_consent_of_each_duty(office: Office) -> None:
    """A: security with system makes no auditor a system administrator; an auditor consents too.

    Until the last consent nothing is done, and the request says whose is missing.
    """
    swap = _roles("auditor", office.system_role)
    request = office.ask(assign_roles, swap, "chief")
    office.consent(request, "manager")
    assert office.duties("auditor") == {Duty.AUDIT}
    assert office.state(request) is SecondPersonState.WAITING
    place = office.city.data(office.city.lead).name
    assert office.shown(request, "auditor2") == (
        ConsentShown(duty=Duty.AUDIT, department=place, everywhere=False, given_by=""),
        ConsentShown(duty=Duty.SYSTEM, department=place, everywhere=False, given_by="manager"),
    )
    assert office.unfit(request, "manager") == ["identity.second_person_given"]
    assert office.to_decide("manager") == []
    assert office.to_decide("auditor2") == [request]
    office.consent(request, "auditor2")
    assert office.duties("auditor") == {Duty.SYSTEM}
    assert [one.given_by for one in office.shown(request, "auditor2")] == ["auditor2", "manager"]


def test_a_system_administrator_becomes_no_auditor_without_system(office: Office) -> None:
    """A, the other way round: the old duty's consent counts as much as the new one's."""
    city = office.city
    city.enrol("other", city.lead)
    city.hold("other", office.system_role)
    request = office.ask(assign_roles, _roles("other", city.audit_role), "chief")
    office.consent(request, "auditor")
    assert office.duties("other") == {Duty.SYSTEM}
    office.consent(request, "manager")
    assert office.duties("other") == {Duty.AUDIT}


def test_an_earlier_consent_counts_only_as_long_as_its_giver_may(office: Office) -> None:
    """Whoever has lost the duty meanwhile has consented to nothing: his consent is missing."""
    city = office.city
    request = office.ask(assign_roles, _roles("auditor", office.system_role), "chief")
    office.consent(request, "auditor2")
    city.hold("auditor2")
    assert [one.given_by for one in office.shown(request, "manager")] == ["", ""]
    office.consent(request, "manager")
    assert office.state(request) is SecondPersonState.WAITING
    assert office.duties("auditor") == {Duty.AUDIT}


def test_each_of_several_may_refuse(office: Office) -> None:
    """What one has consented to, another one refuses: it is over."""
    request = office.ask(assign_roles, _roles("auditor", office.system_role), "chief")
    office.consent(request, "manager")
    refusal = DecideSecondPerson(request_id=request, consented=False, reason="不同意")
    office.run(decide_second_person, refusal, "auditor2")
    assert office.state(request) is SecondPersonState.REFUSED
    assert office.duties("auditor") == {Duty.AUDIT}


def test_the_operator_gives_what_nobody_else_could(office: Office) -> None:
    """A small installation has one of each duty: the last consents are the operator's.

    Error: identity.second_person_available, while somebody else could give one.
    """
    city = office.city
    city.enrol("other", city.lead)
    city.hold("other", office.system_role)
    request = office.ask(assign_roles, _roles("other", city.audit_role), "chief")
    for one in ("auditor", "auditor2"):
        city.world.change(Users, one, lambda found: found.switch(enabled=False, at=NOON))
    decision = DecideSecondPerson(request_id=request, consented=True)
    with pytest.raises(SecondPersonUnfit) as caught:
        office.commands.run(decide_second_person, decision, actor=operator())
    assert [one.code for one in caught.value.reasons] == ["identity.second_person_available"]
    office.consent(request, "manager")
    office.commands.run(decide_second_person, decision, actor=operator())
    assert office.duties("other") == {Duty.AUDIT}


# B: power over every duty


def test_whoever_administers_everything_is_made_by_holders_of_every_duty(office: Office) -> None:
    """B: security alone lets nobody without a duty administer everything.

    So no deputy of one department comes to consent to what concerns the top administrators.
    """
    city, top = office.city, _grant("low", SUPER)
    city.enrol("low", city.county)
    city.world.give(USER, "low", *ASKING)
    deputy = partial(office.two, assign_roles, _roles("low", office.system_role), "chief")
    office.attempt(
        lambda: office.run(grant, top, "chief"),
        lambda: deputy("sys"),
        lambda: office.two(bind_certificate, _bind("manager"), "chief", "low"),
    )
    assert THUMBPRINT not in city.certificates("manager")
    assert SUPER not in city.world.access("low").permissions
    city.hold("low")
    request = office.ask(grant, top, "chief")
    assert office.need(request) == {NeededConsent(duty=one, department=EVERYWHERE) for one in Duty}
    office.consent(request, "manager")
    assert office.state(request) is SecondPersonState.WAITING


def test_whoever_may_consent_is_made_by_holders_of_that_duty(office: Office) -> None:
    """To decide counts as the duty that its holder has. Error: second_person_required."""
    city = office.city
    city.enrol("mute", city.lead, "audit.search")
    role = city.world.run(add_role, AddRole(name="复核人", department=""))
    city.world.give(HolderKind.ROLE, role, DECIDING)
    with pytest.raises(SecondPersonRequired) as caught:
        office.run(assign_roles, _roles("mute", role), "chief")
    assert caught.value.need.duties == {Duty.AUDIT}


def test_a_certificate_of_who_administers_everything_takes_one_who_does(office: Office) -> None:
    """Of the same department alone is not enough. Error: identity.second_person_below."""
    city = office.city
    city.enrol("beside", city.lead, *SYSTEM, *ASKING)
    city.enrol("manager2", city.lead, SUPER, *SYSTEM, *ASKING)
    request = office.ask(bind_certificate, _bind("manager"), "chief")
    assert office.unfit(request, "beside") == ["identity.second_person_below"]
    office.consent(request, "manager2")
    assert THUMBPRINT in city.certificates("manager")


# C: who stands above


def _wide(office: Office, department: str, **more: Any) -> ChangeDepartment:
    data = office.city.data(department)
    return ChangeDepartment(department_id=department, data=evolve(data, **more))


def test_a_wider_region_lets_nobody_consent_over_the_top(office: Office) -> None:
    """C: who stands above follows from the tree, whatever region a department was given."""
    city = office.city
    city.enrol("chief2", city.lead, *SECURITY)
    wide = _wide(office, city.liuzhou, region="450000", coordinates=True)
    office.run(change_department, wide, "manager")
    disabled = SwitchUser(user_id="chief2", enabled=False)
    office.attempt(lambda: office.two(switch_user, disabled, "manager", "far_sec"))
    assert city.user("chief2").active
    office.two(switch_user, disabled, "manager", "chief")
    assert not city.user("chief2").active


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (2, False), (3, True)])
def test_a_department_that_the_asker_moved_hangs_where_it_did(
    office: Office, days: int, allowed: object
) -> None:
    """For 72 hours nobody stands above it by that move, when the mover asks."""
    city = office.city
    moved = _wide(office, city.county, parent=city.liuzhou, region="450200")
    office.run(change_department, moved, "manager")
    disabled = SwitchUser(user_id="county_sec", enabled=False)
    later = evolve(office, days=days)
    later.attempt(lambda: later.two(switch_user, disabled, "manager", "far_sec"))
    assert city.user("county_sec").active is not allowed


def test_nobody_stands_higher_by_a_move_of_his_own(office: Office) -> None:
    """What whoever consents has moved himself counts for him as little."""
    city = office.city
    city.world.change(
        Departments,
        city.county,
        lambda one: one.change(evolve(one.data, parent=city.liuzhou), at=NOON, by="far_sec"),
    )
    disabled = SwitchUser(user_id="county_sec", enabled=False)
    request = office.ask(switch_user, disabled, "manager")
    with pytest.raises(NotFound):
        office.consent(request, "far_sec")


# D: where somebody comes to


def test_a_holder_moves_up_with_the_consent_of_both_departments(office: Office) -> None:
    """D: the department that somebody comes to counts as much as the one that he leaves."""
    city = office.city
    up = ChangeUser(user_id="sec", draft=full_draft("sec", city.lead))
    request = office.ask(change_user, up, "manager")
    office.consent(request, "sec2")
    assert city.user("sec").departments == {city.nanning}
    assert [(one.department, one.given_by) for one in office.shown(request, "chief")] == [
        (city.data(city.lead).name, ""),
        (city.data(city.nanning).name, "sec2"),
    ]
    office.consent(request, "chief")
    assert city.user("sec").departments == {city.lead}


# Also: consents that nobody could give any more


def test_the_auditors_role_keeps_the_right_to_consent(office: Office) -> None:
    """Security alone takes it from no role that somebody holds. Error: role_of_duty_held."""
    taken = RevokePermission(
        holder=HolderKind.ROLE, holder_id=office.city.audit_role, permission=DECIDING
    )
    assert office.city.refused(revoke, taken, "chief") == ["identity.role_of_duty_held"]
    request = office.ask(bind_certificate, _bind("auditor"), "chief")
    office.consent(request, "auditor2")
    assert THUMBPRINT in office.city.certificates("auditor")


def test_who_may_not_consent_keeps_the_operator_from_nothing(office: Office) -> None:
    """A holder of the duty who may not decide is nobody who could: the operator consents."""
    city = office.city
    request = office.ask(bind_certificate, _bind("auditor"), "chief")
    city.world.change(
        GrantSheets, f"role/{city.audit_role}", lambda one: one.revoke(DECIDING, at=NOON)
    )
    decision = DecideSecondPerson(request_id=request, consented=True)
    office.commands.run(decide_second_person, decision, actor=operator())
    assert THUMBPRINT in city.certificates("auditor")


def test_the_last_who_may_consent_stays(office: Office) -> None:
    """Whoever is left of the duty must be able to consent. Error: identity.last_of_duty."""
    city = office.city
    city.enrol("mute", city.lead, "audit.search")
    city.world.change(Users, "auditor2", lambda one: one.switch(enabled=False, at=NOON))
    disabled = SwitchUser(user_id="auditor", enabled=False)
    assert city.refused(switch_user, disabled, "manager") == ["identity.last_of_duty"]


# Deputies


@pytest.mark.parametrize("given", ["duty", "certificate"])
def test_no_deputy_of_the_askers_consents(office: Office, given: str) -> None:
    """Whoever owes the asker the duty, or the way in. Error: identity.second_person_installed."""
    city = office.city
    if given == "duty":
        office.two(assign_roles, _roles("clerk", city.audit_role), "chief", "auditor2")
    else:
        city.hold("clerk", city.audit_role)
        office.two(bind_certificate, _bind("clerk"), "chief", "auditor2")
    city.world.change(
        Users, "clerk", lambda one: one.change(full_draft("clerk", city.lead), at=NOON)
    )
    city.world.give(USER, "clerk", *ASKING)
    request = office.ask(bind_certificate, _bind("auditor", "cd" * 32), "chief")
    assert office.unfit(request, "clerk") == ["identity.second_person_installed"]
    office.consent(request, "auditor2")


def _grant(user: str, permission: str) -> GrantPermission:
    return GrantPermission(holder=USER, holder_id=user, permission=permission)


def _bind(user: str, thumbprint: str = THUMBPRINT) -> BindCertificate:
    return BindCertificate(user_id=user, thumbprint=thumbprint)
