"""Sequences of acts, each of them lawful, by which one actor would gain what was not his to give.

Every test is a hole of issue 9 in one of its variants, tried as one actor would; beside them stands
what administrators do every day, which stays possible. Source: GB/T 22239-2019 8.1.5.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

import pytest
from attrs import evolve, frozen

from supervision_core.identity.directory_table import DepartmentEntry
from supervision_core.identity.model import (
    DECIDING,
    SUPER,
    Actor,
    Credentials,
    Delegation,
    DepartmentData,
    HolderKind,
    SecondPersonRequired,
    SecondPersonUnfit,
    Session,
    SignOnRecord,
    ToldDepartment,
    ToldPost,
    ToldUser,
    User,
    UserDraft,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    Departments,
    GrantSheets,
    Sessions,
    Users,
)
from supervision_core.identity.services import Commands, UseCase, Work
from supervision_core.identity.services.access import actor_of
from supervision_core.identity.services.departments import (
    AddDepartment,
    ChangeDepartment,
    add_department,
    change_department,
)
from supervision_core.identity.services.directory_intake import (
    ImportDepartments,
    import_departments,
)
from supervision_core.identity.services.granting import (
    AddRole,
    AssignRoles,
    ChangeRole,
    DelegateRoles,
    GrantPermission,
    RevokePermission,
    add_group,
    add_role,
    assign_roles,
    change_group,
    change_role,
    delegate_roles,
    grant,
    revoke,
)
from supervision_core.identity.services.intake import ImportUsers, import_users
from supervision_core.identity.services.listing import (
    ListAssignableRoles,
    ListDelegableRoles,
    ViewGrants,
    list_assignable_roles,
    list_delegable_roles,
    view_grants,
)
from supervision_core.identity.services.login import (
    BindCertificate,
    UnbindCertificate,
    bind_certificate,
    unbind_certificate,
)
from supervision_core.identity.services.organisation import (
    SynchroniseDirectory,
    synchronise_directory,
)
from supervision_core.identity.services.users import (
    ChangeContact,
    ChangeUser,
    DeleteUser,
    RegisterUser,
    SwitchUser,
    change_contact,
    change_user,
    delete_user,
    register_user,
    switch_user,
)
from supervision_core.identity.table import UserEntry
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.errors import DomainError
from supervision_core.kernel.ports import Clock
from supervision_core.testing.identity import NOON, full_draft

from .conftest import Numbered, World

USER, ROLE, GROUP, DEPARTMENT = HolderKind
SECURITY: Final = tuple(
    f"identity.{one}"
    for one in (
        "grant", "revoke", "assign_roles", "add_role", "change_role", "add_group", "change_group",
        "bind_certificate", "unbind_certificate", "delegate_roles", "change_contact",
        "list_assignable_roles", "list_delegable_roles", "view_grants", "decide_second_person",
    )
)  # fmt: skip
SYSTEM: Final = tuple(
    f"identity.{one}"
    for one in (
        "register_user", "change_user", "switch_user", "delete_user", "import_users",
        "add_department", "change_department", "import_departments", "decide_second_person",
    )
)  # fmt: skip
AUDIT: Final = ("audit.search", DECIDING)
THUMBPRINT: Final = "ab" * 32
FOREIGN_CARD: Final = complete_identity_card("45010319910101002")
FOREIGN_PHONE: Final = "13900000099"


@frozen
class Days(Clock):
    """Stands still so many days after noon."""

    days: int

    def now(self) -> datetime:
        """Give the moment."""
        return NOON + timedelta(days=self.days)


@frozen
class City:
    """A province with two cities, its administrators, and whom they administer."""

    world: World
    lead: str
    nanning: str
    county: str
    liuzhou: str
    security_role: str
    audit_role: str
    inspector: str

    def run(self, case: UseCase[Any, Any], command: object, by: str) -> Any:
        """Carry out a command as ``by`` may today."""
        return self.world.run(case, command, self.actor(by))

    def actor(self, account: str, department: str = "") -> Actor:
        """Give who acts, with what was really granted."""
        with self.world.transactions.begin() as unit:
            user = unit[Users].get(account)
            home = department or user.memberships[0].department
            return actor_of(unit, user, home, self.world.access(account))

    def together(self, case: UseCase[Any, Any], command: object, by: str, second: str) -> Any:
        """Carry out a command to which a second person consents."""
        with self.world.transactions.begin() as unit:
            work = Work(self.actor(by), NOON, Numbered(), unit, seconds=(self.actor(second),))
            answer = case.body(work, command)
            unit.commit()
        return answer

    def refused(
        self, case: UseCase[Any, Any], command: object, by: str, second: str = ""
    ) -> list[str]:
        """Give the codes with which a command is refused."""
        return [code for code, _ in self.refusals(case, command, by, second)]

    def refusals(
        self, case: UseCase[Any, Any], command: object, by: str, second: str = ""
    ) -> list[tuple[str, str]]:
        """Give codes and places of a refusal."""
        act: Callable[[], object] = partial(self.run, case, command, by)
        if second:
            act = partial(self.together, case, command, by, second)
        with pytest.raises(DomainError) as caught:
            act()
        return [(one.code, one.at) for one in caught.value.reasons]

    def synchroniser(self) -> Actor:
        """Give the system administrator of everything, who may tell of the platform too."""
        manager = self.actor("manager")
        told = {"identity.synchronise_directory", "identity.add_department"}
        return evolve(manager, permissions=manager.permissions | told)

    def user(self, account: str) -> User:
        """Give a user as stored."""
        with self.world.transactions.begin() as unit:
            return unit[Users].get(account)

    def data(self, department: str) -> DepartmentData:
        """Give what is known of a department."""
        with self.world.transactions.begin() as unit:
            return unit[Departments].get(department).data

    def certificates(self, account: str) -> frozenset[str]:
        """Give the thumbprints with which a user can log in."""
        with self.world.transactions.begin() as unit:
            return unit[CredentialsStore].get(account).certificates

    def sessions(self, account: str) -> list[Session]:
        """Give the sessions of a user that go on."""
        with self.world.transactions.begin() as unit:
            return unit[Sessions].of_user(account)

    def log_in(self, account: str) -> None:
        """Begin a session."""
        user = self.user(account)
        session = Session(
            id=self.world.commands.ids.next_id(),
            user=account,
            department=user.memberships[0].department,
            started_at=NOON,
            seen_at=NOON,
        )
        with self.world.transactions.begin() as unit:
            unit[Sessions].save(session)
            unit.commit()

    def enrol(
        self,
        account: str,
        home: str,
        *permissions: str,
        over: Iterable[str] = (),
        delegations: Iterable[Delegation] = (),
    ) -> str:
        """Let somebody be there who can log in, has this, administers ``over`` and may give."""
        world = self.world
        world.user(account, home)
        world.give(USER, account, *permissions)
        given = frozenset(delegations)
        world.change(GrantSheets, f"user/{account}", lambda one: one.delegate(given, at=NOON))
        for one in over:
            world.change(
                Departments, one,
                lambda found: found.appoint(found.administrators | {account}, at=NOON),
            )  # fmt: skip
        kept = Credentials.without_password(id=account, at=NOON)
        kept.bind(f"paper-{account}")
        with world.transactions.begin() as unit:
            unit[CredentialsStore].save(kept)
            unit.commit()
        return account

    def hold(self, account: str, *roles: str) -> None:
        """Let a user hold roles, past every rule."""
        self.world.change(
            GrantSheets, f"user/{account}",
            lambda one: one.assign(roles=frozenset(roles), groups=frozenset(), at=NOON),
        )  # fmt: skip


def _placed(world: World, code: str, region: str, parent: str = "", **more: Any) -> str:
    data = DepartmentData(name=f"机构{code}", code=code, region=region, parent=parent, **more)
    return world.run(add_department, AddDepartment(data=data))


@pytest.fixture
def city(world: World) -> City:
    """Give the province: who administers everything, who one city, and who is administered."""
    world.region("450200", "柳州市", "450000")
    lead = _placed(world, "lead", "450000", coordinates=True)
    nanning = _placed(world, "nanning", "450100", lead)
    county = _placed(world, "county", "450103", nanning)
    liuzhou = _placed(world, "liuzhou", "450200", lead)
    roles = []
    for name, department, permissions in (
        ("安全管理员", "", SECURITY), ("审计管理员", "", AUDIT),
        ("检查员", "", ("tasks.close", "tasks.claim")),
    ):  # fmt: skip
        role = world.run(add_role, AddRole(name=name, department=department))
        world.give(ROLE, role, *permissions)
        roles.append(role)
    made = City(world, lead, nanning, county, liuzhou, *roles)
    made.enrol("chief", lead, SUPER, *SECURITY)
    made.enrol("manager", lead, SUPER, *SYSTEM)
    made.enrol("auditor", lead)
    made.hold("auditor", made.audit_role)
    inspecting = Delegation(role=made.inspector, department=nanning)
    made.enrol("sec", nanning, *SECURITY, over=[nanning], delegations=[inspecting])
    made.enrol("sys", nanning, *SYSTEM, over=[nanning])
    made.enrol("clerk", nanning)
    made.hold("clerk", made.inspector)
    made.enrol("newcomer", county)
    made.enrol("far", liuzhou)
    return made


def _second_auditor(city: City, home: str = "") -> str:
    account = city.enrol("auditor2", home or city.lead)
    city.hold(account, city.audit_role)
    return account


def _roles(holder: str, *roles: str, groups: Iterable[str] = ()) -> AssignRoles:
    return AssignRoles(
        holder=USER, holder_id=holder, roles=frozenset(roles), groups=frozenset(groups)
    )


def _grant(kind: HolderKind, id: str, permission: str) -> GrantPermission:
    return GrantPermission(holder=kind, holder_id=id, permission=permission)


def _bind(user: str) -> BindCertificate:
    return BindCertificate(user_id=user, thumbprint=THUMBPRINT)


# 1: the security administrator becomes the auditor, or another administrator


def test_a_duty_is_not_taken_used_and_given_back(city: City) -> None:
    """1a: neither taking the auditor's role nor binding to who was one goes alone.

    Errors: identity.second_person_required; identity.last_of_duty while there is no other.
    """
    needed = ["identity.second_person_required"]
    assert city.refused(assign_roles, _roles("auditor"), "chief") == ["identity.last_of_duty"]
    assert city.refused(bind_certificate, _bind("auditor"), "chief") == needed
    _second_auditor(city)
    assert city.refused(assign_roles, _roles("auditor"), "chief") == needed
    city.together(assign_roles, _roles("auditor"), "chief", "auditor2")
    assert city.world.access("auditor").duties == frozenset()
    assert city.refused(bind_certificate, _bind("auditor"), "chief") == needed
    contact = ChangeContact(user_id="auditor", phone=FOREIGN_PHONE)
    assert city.refused(change_contact, contact, "chief") == needed
    assert city.refused(assign_roles, _roles("auditor", city.audit_role), "chief") == needed


def test_two_who_take_and_bind_do_not_give_back(city: City) -> None:
    """1a with an auditor who consents to all: who bound never gives the duty back.

    Error: identity.one_hand.
    """
    _second_auditor(city)
    city.together(assign_roles, _roles("auditor"), "chief", "auditor2")
    city.together(bind_certificate, _bind("auditor"), "chief", "auditor2")
    back = _roles("auditor", city.audit_role)
    assert city.refused(assign_roles, back, "chief", "auditor2") == ["identity.one_hand"]


def test_duties_are_not_made_to_cancel_out(city: City) -> None:
    """1b: no group, department or role that is held gets a permission of a duty.

    Errors: identity.duty_by_role_only, identity.role_of_duty_held.
    """
    group = city.run(add_group, AddRole(name="专班"), "chief")
    city.run(assign_roles, _roles("clerk", city.inspector, groups=[group]), "chief")
    assert city.refused(grant, _grant(GROUP, group, "identity.register_user"), "chief") == [
        "identity.duty_by_role_only"
    ]
    assert city.refused(grant, _grant(DEPARTMENT, city.liuzhou, "audit.search"), "chief") == [
        "identity.duty_by_role_only"
    ]
    through = AssignRoles(holder=GROUP, holder_id=group, roles=frozenset({city.security_role}))
    assert city.refused(assign_roles, through, "chief") == ["identity.duty_by_role_only"]
    assert city.refused(
        grant, _grant(ROLE, city.inspector, "identity.add_department"), "chief"
    ) == ["identity.role_of_duty_held"]


@pytest.mark.parametrize("kind", [GROUP, DEPARTMENT])
def test_duties_that_cancel_out_still_count(city: City, kind: HolderKind) -> None:
    """1b, should rows say so all the same: without a duty to use, it is as if there were both.

    Error: identity.second_person_required.
    """
    world = city.world
    group = world.run(add_group, AddRole(name="专班"))
    held = group if kind is GROUP else city.liuzhou
    world.change(
        Users, "auditor", lambda one: one.change(full_draft("auditor", city.liuzhou), at=NOON)
    )
    world.give(kind, held, "identity.register_user")
    both = frozenset({city.audit_role})
    world.change(
        GrantSheets, "user/auditor",
        lambda one: one.assign(roles=both, groups=frozenset({group}), at=NOON),
    )  # fmt: skip
    assert world.access("auditor").duties == frozenset()
    assert city.refused(bind_certificate, _bind("auditor"), "chief") == [
        "identity.second_person_required"
    ]


def test_duties_are_not_made_to_cancel_out_one_level_down(city: City) -> None:
    """1b between administrators of one department.

    Errors: identity.duty_by_role_only, identity.not_yours_to_enter.
    """
    group = city.run(add_group, AddRole(name="组", department=city.nanning), "sec")
    assert city.refused(grant, _grant(GROUP, group, "identity.grant"), "sec") == [
        "identity.duty_by_role_only"
    ]
    city.world.give(GROUP, group, "identity.grant")
    assert city.refused(assign_roles, _roles("sys", groups=[group]), "sec") == [
        "identity.duties_not_separate"
    ]
    assert city.refused(bind_certificate, _bind("sys"), "sec") == ["identity.not_yours_to_enter"]


def test_whoever_bound_does_not_give_a_duty(city: City) -> None:
    """1c: credentials first, the duty after: not by the same hand, whoever consents.

    Errors: identity.second_person_required, identity.one_hand.
    """
    city.hold("clerk")
    city.run(bind_certificate, _bind("clerk"), "chief")
    gives = _roles("clerk", city.audit_role)
    assert city.refused(assign_roles, gives, "chief", "auditor") == ["identity.one_hand"]
    city.enrol("chief2", city.lead, SUPER, *SECURITY)
    assert city.refused(assign_roles, gives, "chief2") == ["identity.second_person_required"]
    city.together(assign_roles, gives, "chief2", "auditor")
    assert city.world.access("clerk").permissions == {*AUDIT}


@pytest.mark.parametrize(
    "contact",
    [{"phone": FOREIGN_PHONE}, {"document_number": FOREIGN_CARD}],
)
def test_whoever_changed_the_contact_does_not_give_a_duty(
    city: City, contact: dict[str, str]
) -> None:
    """1c by what takes the code or signs on. Error: identity.one_hand."""
    city.run(change_contact, ChangeContact(user_id="clerk", **contact), "chief")
    gives = _roles("clerk", city.audit_role)
    assert city.refused(assign_roles, gives, "chief", "auditor") == ["identity.one_hand"]


def test_whoever_registered_does_not_give_a_duty(city: City) -> None:
    """1c from the beginning: who wrote phone and document into an account. Error: one_hand."""
    city.enrol("both", city.lead, SUPER, *SECURITY)
    city.world.change(
        Users,
        "clerk",
        lambda one: one.change(
            evolve(one.draft, account=evolve(one.account, phone=FOREIGN_PHONE)), at=NOON, by="both"
        ),
    )
    gives = _roles("clerk", city.audit_role)
    assert city.refused(assign_roles, gives, "both", "auditor") == ["identity.one_hand"]


def test_whoever_gave_a_duty_does_not_bind(city: City) -> None:
    """1c the other way round: the duty first, credentials after. Error: identity.one_hand."""
    city.together(assign_roles, _roles("clerk", city.audit_role), "chief", "auditor")
    assert city.refused(bind_certificate, _bind("clerk"), "chief", "auditor") == [
        "identity.one_hand"
    ]
    contact = ChangeContact(user_id="clerk", phone=FOREIGN_PHONE)
    assert city.refused(change_contact, contact, "chief", "auditor") == ["identity.one_hand"]
    city.enrol("chief2", city.lead, SUPER, *SECURITY)
    city.together(bind_certificate, _bind("clerk"), "chief2", "auditor")


def test_a_duty_given_or_taken_ends_the_sessions(city: City) -> None:
    """4: who was logged in without a certificate logs in anew once he has a duty, or has none."""
    city.log_in("clerk")
    city.together(assign_roles, _roles("clerk", city.audit_role), "chief", "auditor")
    assert city.sessions("clerk") == []
    city.log_in("clerk")
    city.together(assign_roles, _roles("clerk"), "chief", "auditor")
    assert city.sessions("clerk") == []


# 2: a department's administrator widens the own scope


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"region": "450000"}, "region"),
        ({"region": "450200"}, "region"),
        ({"coordinates": True}, "coordinates"),
        ({"inherits": True}, "inherits"),
        ({"parent": ""}, "parent"),
    ],
)
@pytest.mark.parametrize("by", ["sys", "manager"])
def test_nobody_widens_the_own_department(
    city: City, changes: dict[str, Any], at: str, by: str
) -> None:
    """2: what gives scope to one's own department, or one above it, is not one's to change.

    Error: identity.own_department.
    """
    own = city.nanning
    if by == "manager":
        city.world.change(Users, by, lambda one: one.change(full_draft(by, city.county), at=NOON))
    with city.world.transactions.begin() as unit:
        data = evolve(unit[Departments].get(own).data, **changes)
    command = ChangeDepartment(department_id=own, data=data)
    if by == "sys" and at == "parent":  # its place above is not in his area to begin with
        assert city.refused(change_department, command, by) == ["not_found"]
    else:
        assert ("identity.own_department", at) in city.refusals(change_department, command, by)


@pytest.mark.parametrize(
    ("region", "more", "code"),
    [
        ("450200", {}, "identity.region_not_yours"),
        ("450000", {}, "identity.region_not_yours"),
        ("450100", {"coordinates": True}, "identity.coordination_not_yours"),
    ],
)
def test_no_department_below_reaches_further(
    city: City, region: str, more: dict[str, Any], code: str
) -> None:
    """2: neither a new department nor one below gets another city or all of the own one.

    Errors: identity.region_not_yours, identity.coordination_not_yours.
    """
    data = DepartmentData(name="新", code="new", region=region, parent=city.nanning, **more)
    assert city.refused(add_department, AddDepartment(data=data), "sys") == [code]
    below = evolve(data, code="county", name="机构county")
    change = ChangeDepartment(department_id=city.county, data=below)
    assert city.refused(change_department, change, "sys") == [code]
    row = DepartmentEntry(row=2, data=evolve(data, parent="nanning"))
    told = city.run(import_departments, ImportDepartments(entries=(row,)), "sys")
    assert [one["code"] for one in told["refused"]] == [code]
    row = DepartmentEntry(row=2, data=evolve(below, parent="nanning"))
    told = city.run(import_departments, ImportDepartments(entries=(row,)), "sys")
    assert [one["code"] for one in told["refused"]] == [code]


def test_the_own_department_is_not_widened_by_a_table(city: City) -> None:
    """2 by workbook. Error: identity.own_department."""
    city.world.change(Departments, city.lead, lambda one: one.appoint(frozenset({"sys"}), at=NOON))
    data = DepartmentData(
        name="机构nanning", code="nanning", region="450000", parent="lead", coordinates=True
    )
    row = DepartmentEntry(row=2, data=data)
    told = city.run(import_departments, ImportDepartments(entries=(row,)), "sys")
    assert {one["code"] for one in told["refused"]} == {"identity.own_department"}


def test_a_department_does_not_inherit_what_is_not_ones_to_give(city: City) -> None:
    """2: to inherit is to be given what those above were granted. Error: identity.not_passable."""
    city.world.give(DEPARTMENT, city.nanning, "plans.publish")
    data = DepartmentData(
        name="新", code="new", region="450103", parent=city.nanning, inherits=True
    )
    assert city.refusals(add_department, AddDepartment(data=data), "sys") == [
        ("identity.not_passable", "inherits")
    ]


def test_somebody_of_two_cities_is_entered_by_neither_alone(city: City) -> None:
    """2: a certificate takes whoever manages all departments, or two. Error: second person."""
    user = city.enrol("both", city.nanning)
    city.world.change(
        Users, user, lambda one: one.change(full_draft(user, city.nanning, city.liuzhou), at=NOON)
    )
    city.hold(user, city.inspector)
    city.enrol(
        "far.sec", city.liuzhou, *SECURITY, over=[city.liuzhou],
        delegations=[Delegation(role=city.inspector, department=city.liuzhou)],
    )  # fmt: skip
    for command, case in (
        (_bind(user), bind_certificate),
        (ChangeContact(user_id=user, phone=FOREIGN_PHONE), change_contact),
    ):
        assert city.refused(case, command, "sec") == ["identity.second_person_required"]
        city.together(case, command, "sec", "far.sec")
    assert city.refused(bind_certificate, _bind(user), "sec", "sec") != []
    city.run(bind_certificate, _bind(user), "chief")


# 3: a system administrator enters by phone or document


def _told(city: City, account: str, **changes: str) -> UserDraft:
    draft = city.user(account).draft
    phone = changes.get("phone", draft.account.phone)
    number = changes.get("document_number", draft.person.document_number)
    return evolve(
        draft,
        account=evolve(draft.account, phone=phone),
        person=evolve(draft.person, document_number=number),
    )


@pytest.mark.parametrize(
    ("at", "value"), [("phone", FOREIGN_PHONE), ("document_number", FOREIGN_CARD)]
)
def test_a_system_administrator_changes_nobodys_contact(city: City, at: str, value: str) -> None:
    """3: by form and by workbook; where it was written it says why.

    Error: identity.not_yours_to_enter.
    """
    draft = _told(city, "clerk", **{at: value})
    assert city.refusals(change_user, ChangeUser(user_id="clerk", draft=draft), "sys") == [
        ("identity.not_yours_to_enter", at)
    ]
    told = city.run(import_users, ImportUsers(entries=(UserEntry(row=2, draft=draft),)), "sys")
    assert [one["code"] for one in told["refused"]] == ["identity.not_yours_to_enter"]
    assert city.user("clerk").draft == _told(city, "clerk")
    of_auditor = ChangeUser(user_id="auditor", draft=_told(city, "auditor", **{at: value}))
    assert city.refused(change_user, of_auditor, "manager") != []


@pytest.mark.parametrize("contact", [{"phone": FOREIGN_PHONE}, {"document_number": FOREIGN_CARD}])
def test_another_contact_voids_what_was_learned(city: City, contact: dict[str, str]) -> None:
    """3: a learned code admits no more after a correction, and all sessions end."""
    record = SignOnRecord(user_code="c-1", updated_at="20260101")
    city.world.change(Users, "clerk", lambda one: one.remember_sign_on(record, at=NOON))
    city.log_in("clerk")
    city.run(change_contact, ChangeContact(user_id="clerk", **contact), "sec")
    assert city.user("clerk").sign_on is None
    assert city.sessions("clerk") == []
    assert city.user("clerk").contact_hands == {"sec"}


def test_a_synchronisation_is_no_way_round(city: City) -> None:
    """3 by what is said to come from the platform, told by an administrator himself.

    Errors: identity.not_yours_to_enter, identity.told_administrator.
    """
    for account, code in (
        ("clerk", "identity.not_yours_to_enter"),
        ("auditor", "identity.told_administrator"),
    ):
        number = city.user(account).person.document_number
        lead = ToldDepartment(id="0", name="机构lead", code="lead", region="450000")
        department = ToldDepartment(
            id="1", name="机构nanning", code="nanning", region="450100", parent="0"
        )
        told = ToldUser(
            id=account, account=account, name="王示例", phone="13900000001",
            document_number=number, posts=(ToldPost(department="1"),),
        )  # fmt: skip
        city.world.run(
            synchronise_directory,
            SynchroniseDirectory(departments=(lead, department), users=(told,)),
        )
        taken = evolve(told, phone=FOREIGN_PHONE)
        command = SynchroniseDirectory(departments=(), users=(taken,))
        said: Any = city.world.run(synchronise_directory, command, city.synchroniser())
        assert [one["code"] for one in said["refused"]] == [code]
        assert city.user(account).account.phone == "13900000001"


def test_a_told_code_binds_no_department_that_stands_elsewhere(city: City) -> None:
    """2: whoever took the code of another city's department gets neither its region nor its people.

    Nor does an administrator choose the code of the own department. Errors:
    identity.told_code_taken, identity.own_department.
    """
    taken = evolve(city.data(city.county), code="b-9")
    city.run(change_department, ChangeDepartment(department_id=city.county, data=taken), "sys")
    lead = ToldDepartment(id="0", name="机构lead", code="lead", region="450000")
    for region in ("450200", "450103"):
        told = ToldDepartment(id="9", name="柳州局", code="b-9", region=region, parent="0")
        said: Any = city.world.run(
            synchronise_directory, SynchroniseDirectory(departments=(lead, told))
        )
        assert [one["code"] for one in said["refused"]] == ["identity.told_code_taken"]
    assert city.data(city.county) == taken
    own = ChangeDepartment(
        department_id=city.nanning, data=evolve(city.data(city.nanning), code="b-8")
    )
    assert city.refused(change_department, own, "sys") == ["identity.own_department"]


def test_who_is_told_is_let_in_by_nothing_that_was_given_beforehand(city: City) -> None:
    """1, 3: an account made in advance for whom the platform tells keeps no certificate, no phone.

    A password of one's own choice lets nobody in without the code that is sent to the phone.
    """
    number = city.user("clerk").person.document_number
    city.run(change_contact, ChangeContact(user_id="clerk", phone=FOREIGN_PHONE), "sec")
    city.run(bind_certificate, BindCertificate(user_id="clerk", thumbprint="ab" * 32), "sec")
    city.log_in("clerk")
    lead = ToldDepartment(id="0", name="机构lead", code="lead", region="450000")
    department = ToldDepartment(
        id="1", name="机构nanning", code="nanning", region="450100", parent="0"
    )
    told = ToldUser(
        id="clerk", account="clerk", name="王示例", phone="", document_number=number,
        posts=(ToldPost(department="1"),),
    )  # fmt: skip
    command = SynchroniseDirectory(departments=(lead, department), users=(told,))
    city.world.run(synchronise_directory, command)
    assert city.certificates("clerk") == frozenset()
    assert city.sessions("clerk") == []
    assert city.user("clerk").account.phone == ""
    city.run(bind_certificate, BindCertificate(user_id="clerk", thumbprint="cd" * 32), "sec")
    city.world.run(synchronise_directory, command)
    assert city.certificates("clerk") == {"cd" * 32}


def test_a_duty_voids_what_let_the_account_in_before(city: City) -> None:
    """1c: neither who gave it nor a third person enters by a certificate from before the duty."""
    city.run(bind_certificate, BindCertificate(user_id="clerk", thumbprint="ab" * 32), "sec")
    give = GrantPermission(holder=USER, holder_id="clerk", permission="audit.search")
    city.together(grant, give, "chief", "auditor")
    assert city.certificates("clerk") == frozenset()


def test_nobody_changes_the_own_contact_here(city: City) -> None:
    """3: one's own phone is changed by proving the old one. Errors: own_contact, own_access."""
    draft = _told(city, "sys", phone=FOREIGN_PHONE)
    assert city.refused(change_user, ChangeUser(user_id="sys", draft=draft), "sys") == [
        "identity.own_contact"
    ]
    own = ChangeContact(user_id="chief", phone=FOREIGN_PHONE)
    assert city.refused(change_contact, own, "chief") == ["identity.own_access"]


# 5: the last holder of a duty


@pytest.mark.parametrize("victim", ["auditor", "chief", "manager"])
@pytest.mark.parametrize("act", ["disable", "delete", "expire"])
def test_the_last_holder_of_a_duty_stays(city: City, victim: str, act: str) -> None:
    """5: nobody disables, deletes or lets expire the last of a kind, nor himself.

    The operator does not either.
    Errors: identity.last_of_duty, identity.own_access.
    """
    command, case = _end(city, victim, act)
    by = "manager"
    expected = ["identity.own_access" if victim == by else "identity.last_of_duty"]
    if act == "expire":
        expected = ["identity.last_of_duty"]
    assert city.refused(case, command, by) == expected
    with pytest.raises(DomainError) as caught:
        city.world.run(case, command)
    assert [one.code for one in caught.value.reasons] == ["identity.last_of_duty"]
    assert city.user(victim).active


def _end(city: City, victim: str, act: str) -> tuple[object, UseCase[Any, Any]]:
    match act:
        case "disable":
            return SwitchUser(user_id=victim, enabled=False), switch_user
        case "delete":
            return DeleteUser(user_id=victim), delete_user
    draft = city.user(victim).draft
    ends = evolve(draft.extended, valid_until=date(2026, 11, 25))
    return ChangeUser(user_id=victim, draft=evolve(draft, extended=ends)), change_user


def test_the_last_certificate_and_the_last_role_stay(city: City) -> None:
    """5 by other ways: unbound, or the role taken, with whomever consents.

    Error: identity.last_of_duty.
    """
    city.enrol("chief2", city.lead, *SECURITY)
    taken = UnbindCertificate(user_id="auditor", thumbprint="paper-auditor")
    with pytest.raises(SecondPersonRequired):
        city.run(unbind_certificate, taken, "chief")
    last = _second_auditor(city)
    city.world.change(CredentialsStore, last, lambda one: one.erase(at=NOON))
    for case, command in (
        (unbind_certificate, taken), (assign_roles, _roles("auditor"))
    ):  # fmt: skip
        assert city.refused(case, command, "chief", last) == ["identity.last_of_duty"]


@pytest.mark.parametrize("act", ["disable", "delete", "expire"])
def test_one_of_two_holders_goes_with_the_others_consent(city: City, act: str) -> None:
    """5: what is left can be done, by two. Error before: identity.second_person_required."""
    _second_auditor(city)
    command, case = _end(city, "auditor", act)
    assert city.refused(case, command, "manager") == ["identity.second_person_required"]
    city.together(case, command, "manager", "auditor2")


# What gives and takes by other ways


def test_a_role_is_not_switched_off_and_on_again(city: City) -> None:
    """A role in use gives: whoever could not give it takes it into use or out of it.

    Errors: identity.not_held, identity.role_of_duty_held.
    """
    own = city.world.run(add_role, AddRole(name="南宁", department=city.nanning))
    city.world.give(ROLE, own, "plans.publish")
    off = ChangeRole(id=own, name="南宁", enabled=False)
    assert city.refused(change_role, off, "sec") == ["identity.not_held"]
    off = ChangeRole(id=city.audit_role, name="审计管理员", enabled=False)
    assert city.refused(change_role, off, "chief") == ["identity.role_of_duty_held"]
    city.run(change_role, ChangeRole(id=own, name="改名"), "sec")


def test_what_a_role_or_group_holds_is_not_taken_and_given_back(city: City) -> None:
    """Errors: identity.not_held, identity.role_of_duty_held."""
    group = city.world.run(add_group, AddRole(name="组", department=city.nanning))
    city.world.give(GROUP, group, "plans.publish")
    take = RevokePermission(holder=GROUP, holder_id=group, permission="plans.publish")
    assert city.refused(revoke, take, "sec") == ["identity.not_held"]
    assert city.refused(change_group, ChangeRole(id=group, name="组", enabled=False), "sec") == [
        "identity.not_held"
    ]
    take = RevokePermission(holder=ROLE, holder_id=city.audit_role, permission="audit.search")
    assert city.refused(revoke, take, "chief") == ["identity.role_of_duty_held"]


def test_membership_is_not_taken_and_given_back(city: City) -> None:
    """With membership goes what the department was granted, and an administrator's place.

    Errors: identity.not_held, identity.second_person_required.
    """
    city.world.give(DEPARTMENT, city.county, "plans.publish")
    moved = evolve(
        city.user("newcomer").draft, memberships=full_draft("x", city.nanning).memberships
    )
    assert city.refusals(change_user, ChangeUser(user_id="newcomer", draft=moved), "sys") == [
        ("identity.not_held", "memberships")
    ]
    places = full_draft("x", city.liuzhou).memberships
    moved = evolve(city.user("sec").draft, memberships=places)
    assert city.refused(change_user, ChangeUser(user_id="sec", draft=moved), "manager") == [
        "identity.second_person_required"
    ]


def test_nobody_joins_what_is_not_the_registrars_to_give(city: City) -> None:
    """A department's own permissions are given by who was delegated them.

    Error: identity.not_passable.
    """
    city.world.give(DEPARTMENT, city.nanning, "plans.publish")
    draft = full_draft("new.one", city.nanning)
    assert city.refusals(register_user, RegisterUser(draft=draft), "sys") == [
        ("identity.not_passable", "memberships")
    ]
    rows = ImportUsers(entries=(UserEntry(row=2, draft=draft),))
    told = city.run(import_users, rows, "sys")
    assert [one["code"] for one in told["refused"]] == ["identity.not_passable"]
    city.run(delegate_roles, _delegate("sys", ("", city.nanning)), "chief")
    made = city.run(register_user, RegisterUser(draft=draft), "sys")
    assert city.world.access(made).permissions == {"plans.publish"}


# Delegation


def _delegate(user: str, *pairs: tuple[str, str]) -> DelegateRoles:
    wanted = tuple(Delegation(role=role, department=place) for role, place in pairs)
    return DelegateRoles(user_id=user, delegations=wanted)


def test_nobody_delegates_beyond_the_own(city: City) -> None:
    """Errors: identity.not_delegated, identity.department_unknown, identity.own_access."""
    for pair, code in (
        ((city.audit_role, city.nanning), "identity.not_delegated"),
        (("", city.nanning), "identity.not_delegated"),
        ((city.inspector, city.liuzhou), "identity.department_unknown"),
    ):
        assert city.refused(delegate_roles, _delegate("sys", pair), "sec") == [code]
    own = _delegate("chief", (city.audit_role, city.lead))
    assert city.refused(delegate_roles, own, "chief") == ["identity.own_access"]
    unknown = _delegate("sec", ("nothing", city.nanning))
    assert "identity.role_unknown" in city.refused(delegate_roles, unknown, "chief")
    city.run(delegate_roles, _delegate("sys", (city.audit_role, city.nanning)), "chief")
    assert city.refused(delegate_roles, _delegate("sys"), "sec") == ["identity.not_delegated"]


def test_a_role_to_give_is_given_where_it_was_delegated(city: City) -> None:
    """A role to give is not a role to use, and not one for others' departments.

    Errors: identity.not_held, identity.own_access.
    """
    assert city.world.access("sec").permissions.isdisjoint({"tasks.close"})
    city.world.change(
        Users,
        "newcomer",
        lambda one: one.change(full_draft("newcomer", city.county, city.liuzhou), at=NOON),
    )
    given = _roles("newcomer", city.inspector)
    assert set(city.refused(assign_roles, given, "sec")) == {"identity.not_held"}
    assert "identity.own_access" in city.refused(assign_roles, _roles("sec", city.inspector), "sec")


def test_a_delegated_duty_still_needs_a_second_person(city: City) -> None:
    """To hand out an administrators' role in one's own area does not make one person enough.

    Error: identity.second_person_required.
    """
    city.run(delegate_roles, _delegate("sec", (city.audit_role, city.nanning)), "chief")
    gives = _roles("newcomer", city.audit_role)
    assert city.refused(assign_roles, gives, "sec") == ["identity.second_person_required"]
    city.together(assign_roles, gives, "sec", "auditor")


# How long, and by whom


@pytest.mark.parametrize(("days", "alone"), [(0, False), (730, False), (732, True)])
def test_who_had_a_duty_is_one_for_two_years(city: City, days: int, alone: object) -> None:
    """A duty that ended two years ago counts no more. Error: identity.second_person_required."""
    _second_auditor(city)
    city.together(assign_roles, _roles("auditor"), "chief", "auditor2")
    later = Commands(city.world.transactions, Days(days), Numbered())
    act = partial(later.run, bind_certificate, _bind("auditor"), actor=city.actor("chief"))
    if alone:
        act()
    else:
        with pytest.raises(SecondPersonRequired):
            act()


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("manager", "identity.second_person_duty"),
        ("chief", "identity.second_person_self"),
        ("auditor", "identity.second_person_self"),
        ("below", "identity.second_person_below"),
        ("auditor2", ""),
    ],
)
def test_not_everybody_is_the_second_person(city: City, second: str, code: str) -> None:
    """Another holder of the same duty, at or above the department, and neither of the two.

    Errors: identity.second_person_duty, identity.second_person_self, identity.second_person_below.
    """
    _second_auditor(city)
    city.enrol("below", city.county)
    city.hold("below", city.audit_role)
    act = partial(city.together, bind_certificate, _bind("auditor"), "chief", second)
    if not code:
        act()
        return
    with pytest.raises(SecondPersonUnfit) as caught:
        act()
    assert code in [one.code for one in caught.value.reasons]


# What administrators do every day


def test_a_departments_security_administrator_does_the_daily_work(city: City) -> None:
    """He gives and takes delegated roles, binds, changes phones, delegates further down."""
    city.run(assign_roles, _roles("newcomer", city.inspector), "sec")
    assert city.world.access("newcomer").permissions == {"tasks.close", "tasks.claim"}
    city.run(bind_certificate, _bind("newcomer"), "sec")
    city.run(
        unbind_certificate, UnbindCertificate(user_id="clerk", thumbprint="paper-clerk"), "sec"
    )
    contact = ChangeContact(user_id="newcomer", phone=FOREIGN_PHONE, document_number=FOREIGN_CARD)
    city.run(change_contact, contact, "sec")
    person = city.user("newcomer")
    assert (person.account.phone, person.person.document_number) == (FOREIGN_PHONE, FOREIGN_CARD)
    assert person.person.document_kind == "身份证"
    city.enrol("sec1", city.county, *SECURITY, over=[city.county])
    city.run(delegate_roles, _delegate("sec1", (city.inspector, city.county)), "sec")
    city.run(assign_roles, _roles("newcomer"), "sec1")
    assert city.world.access("newcomer").permissions == frozenset()


def test_a_departments_system_administrator_does_the_daily_work(city: City) -> None:
    """He registers, edits, moves, disables and enables users, and keeps departments below."""
    made = city.run(register_user, RegisterUser(draft=full_draft("new.one", city.nanning)), "sys")
    draft = full_draft("new.one", city.county, city.nanning)
    draft = evolve(draft, extended=evolve(draft.extended, description="改"))
    city.run(change_user, ChangeUser(user_id=made, draft=draft), "sys")
    phone = evolve(draft, account=evolve(draft.account, phone=FOREIGN_PHONE))
    city.run(change_user, ChangeUser(user_id=made, draft=phone), "sys")
    for enabled in (False, True):
        city.run(switch_user, SwitchUser(user_id=made, enabled=enabled), "sys")
    data = DepartmentData(name="新", code="new", region="450103", parent=city.nanning)
    place = city.run(add_department, AddDepartment(data=data), "sys")
    renamed = ChangeDepartment(department_id=place, data=evolve(data, name="改名"))
    city.run(change_department, renamed, "sys")
    with city.world.transactions.begin() as unit:
        own = evolve(unit[Departments].get(city.nanning).data, name="改名")
    city.run(change_department, ChangeDepartment(department_id=city.nanning, data=own), "sys")
    city.run(delete_user, DeleteUser(user_id=made), "sys")


def test_super_administrators_do_everything_but_duties_alone(city: City) -> None:
    """Everywhere, for everybody who holds no duty."""
    city.run(assign_roles, _roles("far", city.inspector), "chief")
    city.run(grant, _grant(USER, "far", "plans.publish"), "chief")
    city.run(bind_certificate, _bind("far"), "chief")
    city.run(change_contact, ChangeContact(user_id="far", phone=FOREIGN_PHONE), "chief")
    pairs = [(city.security_role, city.nanning), (city.inspector, city.nanning)]
    city.run(delegate_roles, _delegate("sec", *pairs), "chief")
    with city.world.transactions.begin() as unit:
        data = unit[Departments].get(city.liuzhou).data
    wide = ChangeDepartment(department_id=city.liuzhou, data=evolve(data, coordinates=True))
    city.run(change_department, wide, "manager")
    city.run(switch_user, SwitchUser(user_id="far", enabled=False), "manager")


# What is offered


def test_only_roles_that_can_be_given_are_offered(city: City) -> None:
    """By name: delegated for all departments of the user, wholly passable, or all for the super."""
    own = city.run(add_role, AddRole(name="空", department=city.nanning), "sec")
    strong = city.world.run(add_role, AddRole(name="强", department=city.nanning))
    city.world.give(ROLE, strong, "plans.publish")
    group = city.world.run(add_group, AddRole(name="组", department=city.nanning))

    def offered(user: str, by: str) -> tuple[list[str], list[str]]:
        about = ListAssignableRoles(user_id=user)
        found = city.world.commands.ask(list_assignable_roles, about, actor=city.actor(by))
        return [one.name for one in found.roles], [one.name for one in found.groups]

    names, groups = offered("newcomer", "sec")
    assert set(names) >= {"检查员", "空"}
    assert {"强", "审计管理员"}.isdisjoint(names)
    assert names == sorted(names)
    assert groups == ["组"]
    city.world.change(
        GrantSheets,
        f"role/{strong}",
        lambda one: one.grant("identity.grant", passable=True, by="root", at=NOON),
    )
    city.world.run(assign_roles, AssignRoles(holder=GROUP, holder_id=group, roles=frozenset({own})))
    assert offered("newcomer", "sec")[1] == ["组"]
    assert {"检查员", "强", "审计管理员", "空"} <= set(offered("newcomer", "chief")[0])
    city.world.change(
        Users,
        "newcomer",
        lambda one: one.change(full_draft("newcomer", city.county, city.liuzhou), at=NOON),
    )
    assert "检查员" not in offered("newcomer", "sec")[0]


def test_delegations_are_shown_by_name_and_offered(city: City) -> None:
    """可分配角色: role and department by name; offered is what the administrator may pass on."""
    about = ViewGrants(holder=USER, holder_id="sec")
    shown = city.world.commands.ask(view_grants, about, actor=city.actor("chief")).delegations
    assert [(one.role_name, one.department_name) for one in shown] == [("检查员", "机构nanning")]
    ask = partial(city.world.commands.ask, list_delegable_roles)
    found = ask(ListDelegableRoles(user_id="sys"), actor=city.actor("sec"))
    assert [one.name for one in found.roles] == ["检查员"]
    assert [one.name for one in found.departments] == ["机构nanning"]
    assert not found.own
    found = ask(ListDelegableRoles(user_id="sec"), actor=city.actor("chief"))
    assert {"检查员", "审计管理员", "安全管理员"} <= {one.name for one in found.roles}
    assert found.own
