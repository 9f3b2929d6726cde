"""The organisation that is attacked: two cities below a province, each with its administrators.

The operator founds it through the product; every history begins with a copy of that.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeVar

from attrs import define, field, frozen

from adapters.memory.identity import FixedCatalogue
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from entrypoints.actors import operator
from entrypoints.catalogue import ASKED_ELSEWHERE, use_cases
from supervision_core.identity.model import (
    SUPER,
    AccountData,
    Delegation,
    DepartmentData,
    Duty,
    HolderKind,
    LogInPolicy,
    Membership,
    PersonData,
    RegionContent,
    SignOnRequirement,
    ToldDepartment,
    ToldPost,
    ToldRole,
    ToldUser,
    UserDraft,
    UserKind,
    duties_of,
)
from supervision_core.identity.ports import Departments, PermissionCatalogue
from supervision_core.identity.services import Commands, UseCase
from supervision_core.identity.services.departments import (
    AddDepartment,
    AddRegion,
    AppointAdministrators,
    add_department,
    add_region,
    appoint_administrators,
)
from supervision_core.identity.services.granting import (
    AddRole,
    AssignRoles,
    DelegateRoles,
    GrantPermission,
    add_group,
    add_role,
    assign_roles,
    delegate_roles,
    grant,
)
from supervision_core.identity.services.login import BindCertificate, LogIns, bind_certificate
from supervision_core.identity.services.organisation import (
    SynchroniseDirectory,
    synchronise_directory,
)
from supervision_core.identity.services.told_roles import (
    SynchroniseRoles,
    TieRole,
    synchronise_roles,
    tie_role,
)
from supervision_core.identity.services.users import RegisterUser, register_user
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.login import PlainPasswordHashes

from .outside import (
    Counted,
    Faces,
    Identities,
    Moving,
    NoRobots,
    Papers,
    Phones,
    document_of,
    print_of,
    profile_of,
)

Cmd = TypeVar("Cmd")
Answer = TypeVar("Answer")

OPERATOR: Final = operator()
ADDRESS: Final = "192.0.2.1"
PASSWORD: Final = "Correct-horse-7"  # noqa: S105 - of nobody
BUSINESS: Final = ("tasks.close", "clues.triage", "plans.display")
EVERY_BUSINESS: Final = (*BUSINESS, *(f"{one.split('.', 1)[0]}.*" for one in BUSINESS))
REGIONS: Final = {
    "450000": "", "450100": "450000", "450103": "450100", "450200": "450000", "450300": "450000",
}  # fmt: skip
DEPARTMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "lead": ("", "450000"),
    "a": ("lead", "450100"), "a1": ("a", "450103"), "a2": ("a", "450100"),
    "b": ("lead", "450200"), "b1": ("b", "450200"),
}  # fmt: skip
"""Each department's parent and region; the lead coordinates."""


@frozen(kw_only=True)
class Person:
    """Somebody of the organisation at its beginning.

    ``may_give`` is what he may hand on beside all that he holds, ``passable`` of that what he has
    to be granted for it.
    """

    departments: tuple[str, ...]
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    passable: frozenset[str] = frozenset()
    delegated: frozenset[str] = frozenset()
    may_give: frozenset[str] = frozenset()
    administers: str = ""


def _person(*departments: str, **more: Any) -> Person:
    return Person(departments=departments, **{name: _set(value) for name, value in more.items()})


def _set(value: Any) -> Any:
    return frozenset(value) if isinstance(value, tuple) else value


PEOPLE: Final[Mapping[str, Person]] = {
    "system": _person("lead", roles=("top system",)),
    "security": _person("lead", roles=("top security",), may_give=EVERY_BUSINESS),
    "audit": _person("lead", roles=("top audit",)),
    "deputy": _person("lead", roles=("top audit",)),
    "a_system": _person("a", roles=("system",), delegated=("clerk",), administers="a"),
    "a_security": _person(
        "a", roles=("security",), delegated=("clerk",), passable=("tasks.close",), administers="a"
    ),
    "a_second": _person("a", roles=("security",)),
    "b_system": _person("b", roles=("system",), delegated=("clerk",), administers="b"),
    "b_security": _person(
        "b", roles=("security",), delegated=("clerk",), passable=("tasks.close",), administers="b"
    ),
    "clerk": _person("a1", roles=("clerk",)),
    "inspector": _person("a", roles=("inspector",)),
    "editor": _person("a2", groups=("editors",)),
    "two": _person("a", "b", roles=("clerk",)),
    "lent": _person("b1", "a1", roles=("clerk",)),
    "mole": _person("a1"),
    "foreign": _person("b", roles=("inspector",)),
}
"""Clerks may be let in by the administrators of their city, inspectors by the province alone."""

DUTY_ROLES: Final = {"system": Duty.SYSTEM, "security": Duty.SECURITY, "audit": Duty.AUDIT}
PLAIN_ROLES: Final[Mapping[str, str]] = {
    "clerk": "tasks.close", "inspector": "clues.triage", "spare": "tasks.close",
}  # fmt: skip
GROUPS: Final = ("editors", "circle")


@cache
def permissions() -> frozenset[str]:
    """Give the permissions that there are: all of administration, some of the business."""
    every = {*use_cases(), *ASKED_ELSEWHERE}
    return frozenset(
        {*BUSINESS, *(one for one in every if one.startswith(("identity.", "audit.")))}
    )


@cache
def of_duty(duty: Duty) -> tuple[str, ...]:
    """Give the permissions of a duty, and for administration all that only looks."""
    own = {one for one in permissions() if duty in duties_of(one)}
    looks = {one for one in permissions() if one.startswith("identity.") and not duties_of(one)}
    asking = {one for one in looks if one.endswith("_second_person")}
    return tuple(sorted(own | (asking if duty is Duty.AUDIT else looks - {SUPER})))


@define
class World:
    """One copy of the organisation, with all that lies outside of it."""

    store: MemoryStore
    ids: Mapping[str, str]
    clock: Moving = field(factory=Moving)
    phones: Phones = field(factory=Phones)
    faces: Faces = field(factory=Faces)
    transactions: Transactions = field(init=False)
    commands: Commands = field(init=False)
    log_ins: LogIns = field(init=False)
    _chance: Counted = field(factory=Counted)

    def __attrs_post_init__(self) -> None:
        """Open the doors."""
        catalogue = FixedCatalogue(permissions())
        self.transactions = memory_transactions(
            self.store, {PermissionCatalogue: lambda _: catalogue}
        )
        self.commands = Commands(self.transactions, self.clock, self._chance)
        self.log_ins = LogIns(
            transactions=self.transactions,
            clock=self.clock,
            ids=self._chance,
            randomness=self._chance,
            hashes=PlainPasswordHashes(),
            messages=self.phones,
            captchas=NoRobots(),
            certificates=Papers(),
            gateway=Identities({name: profile_of(name) for name in (*PEOPLE, "friend")}),
            requirement=SignOnRequirement(kinds=frozenset({UserKind.STAFF}), level=2),
            policy=LogInPolicy(administrators_by_certificate=True),
            faces=self.faces,
            face_kinds=frozenset({UserKind.STAFF}),
        )

    def operate(self, case: UseCase[Cmd, Answer], command: Cmd) -> Answer:
        """Let the operator at the machine do it."""
        return self.commands.run(case, command, actor=OPERATOR)

    def enter_by_certificate(self, name: str) -> str:
        """Log in by the certificate of that name; give the session's token."""
        given = self.log_ins.begin_certificate_log_in(source=ADDRESS)
        paper = name.encode()
        answer = paper + given.nonce
        return self.log_ins.finish_certificate_log_in(
            given.token, paper, answer, source=ADDRESS
        ).token

    def enter_by_password(self, account: str, password: str, phone: str) -> tuple[str, bool]:
        """Log in by password and the code on that phone; give token and if it must be changed."""
        token = self.log_ins.log_in_with_password(account, password, source=ADDRESS, captcha="")
        given = self.log_ins.confirm_sms_code(token, self.phones.read(phone), source=ADDRESS)
        return given.token, given.must_change

    def enter_by_face(self, account: str, password: str) -> tuple[str, bool]:
        """Log in by password and face; give token and if the password must be changed."""
        begun = self.log_ins.log_in_with_face(account, password, source=ADDRESS, captcha="")
        given = self.log_ins.confirm_face(begun.token, source=ADDRESS)
        return given.token, given.must_change

    def enter_by_platform(self, name: str) -> str:
        """Log in as who the unified platform knows under that name."""
        state = self.log_ins.begin_sign_on(source=ADDRESS)
        return self.log_ins.sign_on(name, state, source=ADDRESS).token

    def new_password(self, account: str, password: str, phone: str) -> None:
        """Put one's own password in place of a temporary one."""
        token, _ = self.enter_by_password(account, password, phone)
        self.log_ins.change_password(token, password, PASSWORD, source=ADDRESS)


def phone_of(name: str) -> str:
    """Give the number of somebody's phone."""
    return f"139{[*PEOPLE, 'friend', NEWCOMER].index(name):08}"


def draft_of(
    name: str,
    departments: Iterable[str],
    *,
    phone: str | None = None,
    document: str | None = None,
) -> UserDraft:
    """Give what a form says of somebody."""
    return UserDraft(
        account=AccountData(
            account=f"user.{name}", phone=phone_of(name) if phone is None else phone
        ),
        person=PersonData(
            name=name, document_number=document_of(name) if document is None else document
        ),
        memberships=tuple(Membership(department=one) for one in departments),
    )


NEWCOMER: Final = "newcomer"
"""Somebody whom the existing platform's organisation tells, and who is not here yet."""
TOLD_DEPARTMENTS: Final = (
    ToldDepartment(id="t-lead", name="lead", code="lead", region="450000"),
    ToldDepartment(id="t-b", name="b", code="b", region="450200", parent="t-lead"),
    ToldDepartment(id="t-b9", name="b9", code="b9", region="450200", parent="t-b"),
)
TOLD_ROLE: Final = ToldRole(id="t-inspector", name="检查人员")


def synchronise(world: World) -> None:
    """Let the worker take in what the existing platform tells: a department, and who is new."""
    told = ToldUser(
        id="t-newcomer",
        account=f"user.{NEWCOMER}",
        name=NEWCOMER,
        document_number=document_of(NEWCOMER),
        posts=(ToldPost(department="t-b"),),
        roles=(TOLD_ROLE.id,),
    )
    world.operate(
        synchronise_directory, SynchroniseDirectory(departments=TOLD_DEPARTMENTS, users=(told,))
    )
    world.operate(synchronise_roles, SynchroniseRoles(users=(told,)))


def renewed(name: str) -> str:
    """Give the number of a phone that somebody was given in place of one that others hold."""
    return phone_of(name).replace("139", "138", 1)


def fresh() -> World:
    """Give a copy of the organisation as it was founded."""
    founded = _founded()
    store = MemoryStore()
    store.texts = {table: dict(rows) for table, rows in founded.store.texts.items()}
    return World(store, founded.ids, chance=Counted(iter(range(10**6, 10**9))))


@cache
def _founded() -> World:
    ids: dict[str, str] = {}
    world = World(MemoryStore(), ids)
    for code, parent in REGIONS.items():
        level = "province" if not parent else "city" if code.endswith("00") else "county"
        content = RegionContent(code=code, name=f"区划{code}", level=level, parent=parent)
        world.operate(add_region, AddRegion(content=content))
    for name, (parent, region) in DEPARTMENTS.items():
        data = DepartmentData(
            name=name, code=name, region=region, parent=ids.get(parent, ""),
            coordinates=name == "lead",
        )  # fmt: skip
        ids[name] = world.operate(add_department, AddDepartment(data=data))
    _roles(world, ids)
    for name, person in PEOPLE.items():
        _join(world, ids, name, person)
    world.operate(
        grant,
        GrantPermission(
            holder=HolderKind.DEPARTMENT, holder_id=ids["lead"], permission="plans.display"
        ),
    )
    world.operate(synchronise_roles, SynchroniseRoles(roles=(TOLD_ROLE,)))
    tie = TieRole(told_role=TOLD_ROLE.id, role_id=ids["role inspector"])
    world.operate(tie_role, tie)
    return world


def _roles(world: World, ids: dict[str, str]) -> None:
    given = {name: of_duty(duty) for name, duty in DUTY_ROLES.items()}
    given |= {f"top {name}": (*own, SUPER) for name, own in given.items() if name != "audit"}
    given["top audit"] = given["audit"]
    given |= {name: (permission,) for name, permission in PLAIN_ROLES.items()}
    for name, granted in given.items():
        department = ids["a"] if name == "spare" else ""
        ids[f"role {name}"] = world.operate(add_role, AddRole(name=name, department=department))
        for permission in granted:
            command = GrantPermission(
                holder=HolderKind.ROLE, holder_id=ids[f"role {name}"], permission=permission,
                passable=name not in PLAIN_ROLES,
            )  # fmt: skip
            world.operate(grant, command)
    for name in GROUPS:
        ids[f"group {name}"] = world.operate(add_group, AddRole(name=name, department=ids["a"]))
    world.operate(
        assign_roles,
        AssignRoles(
            holder=HolderKind.GROUP, holder_id=ids["group editors"],
            roles=frozenset({ids["role inspector"]}),
        ),
    )  # fmt: skip


def _join(world: World, ids: dict[str, str], name: str, person: Person) -> None:
    draft = draft_of(name, (ids[one] for one in person.departments))
    user = ids[name] = world.operate(register_user, RegisterUser(draft=draft))
    roles = frozenset(ids[f"role {one}"] for one in person.roles)
    groups = frozenset(ids[f"group {one}"] for one in person.groups)
    if roles or groups:
        command = AssignRoles(holder=HolderKind.USER, holder_id=user, roles=roles, groups=groups)
        world.operate(assign_roles, command)
    for one in person.passable:
        world.operate(
            grant,
            GrantPermission(holder=HolderKind.USER, holder_id=user, permission=one, passable=True),
        )
    if person.delegated:
        given = (
            Delegation(role=ids[f"role {one}"], department=ids[person.administers])
            for one in person.delegated
        )
        delegation = DelegateRoles(user_id=user, delegations=tuple(given))
        world.operate(delegate_roles, delegation)
    if person.administers:
        with world.transactions.begin_reading() as unit:
            before = unit[Departments].get(ids[person.administers]).administrators
        world.operate(
            appoint_administrators,
            AppointAdministrators(
                department_id=ids[person.administers], administrators=before | {user}
            ),
        )
    if person.roles & {*DUTY_ROLES, *(f"top {one}" for one in DUTY_ROLES)}:
        world.operate(bind_certificate, BindCertificate(user_id=user, thumbprint=print_of(name)))
    else:
        password = world.log_ins.issue_password(user, actor=OPERATOR)
        world.new_password(f"user.{name}", password, phone_of(name))
