"""One or two people do whatever the product lets them do, against one victim more than others.

They act by sessions that they opened themselves, through the use cases alone; what is refused
changes nothing. After each step the oracle looks at what they came to.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import cache, partial
from random import Random  # noqa: TID251 - seeded: the same history every time
from typing import Any, ClassVar, Final, TypeVar

from attrs import evolve, frozen

from supervision_core.identity.directory_table import DepartmentEntry
from supervision_core.identity.model import (
    IDENTITY_CARD,
    SUPER,
    Actor,
    Delegation,
    DepartmentData,
    ExtendedData,
    HolderKind,
    Membership,
    SecondPersonRequired,
    UserDraft,
    UserKind,
    duties_of,
)
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.access import sheet_of
from supervision_core.identity.services.departments import (
    AddDepartment,
    AppointAdministrators,
    ChangeDepartment,
    DeleteDepartment,
    add_department,
    appoint_administrators,
    change_department,
    delete_department,
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
from supervision_core.identity.services.login import (
    BindCertificate,
    RevokeSessions,
    UnbindCertificate,
    bind_certificate,
    revoke_sessions,
    unbind_certificate,
)
from supervision_core.identity.services.second_person import (
    DecideSecondPerson,
    RequestSecondPerson,
    decide_second_person,
    request_second_person,
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
from supervision_core.kernel.errors import DomainError
from supervision_core.kernel.plain import to_plain

from .chance import EITHER, Draw, among, often, one_of, with_
from .hands import SPARE, Hands, Session
from .oracle import Oracle
from .outside import document_of, print_of
from .world import (
    BUSINESS,
    DEPARTMENTS,
    DUTY_ROLES,
    NEWCOMER,
    OPERATOR,
    PASSWORD,
    PEOPLE,
    PLAIN_ROLES,
    REGIONS,
    draft_of,
    fresh,
    of_duty,
    phone_of,
    renewed,
    synchronise,
)

ATTACKERS: Final = (
    ("security",), ("security",), ("security",), ("system",), ("system",),
    ("a_security",), ("a_security",), ("a_system",), ("a_system",),
    *[("system", "a_security")] * 5, *[("system", "b_security")] * 4,
    ("security", "system"), ("security", "system"), ("security", "a_system"),
    *[("a_security", "a_system")] * 2, *[("a_system", "mole")] * 2,
    ("a_security", "b_security"), ("security", "audit"), ("a_system", "b_security"),
    ("security", "a_security"), ("a_security", "a_second"), ("a_security", "a_second"),
    ("system", "a_system"), ("system", "a_system"),
)  # fmt: skip
VICTIMS: Final = (
    "audit", "audit", "audit", "audit", "system", "security", "a_system", "a_system",
    "a_security", "a_second", "a_second", "b_security", "b_security", "inspector",
    "editor", "two", "lent", "clerk", "clerk", "clerk",
)  # fmt: skip
VICTIM, SELF, PARTNER, MADE = "the victim", "oneself", "the partner", "the one made last"

HAND, OWN = among(range(8)), 6
"""By whom of them; from ``OWN`` on, by any account that they have entered."""
USER = often((VICTIM,), 40, *(MADE,) * 16, *(SELF,) * 4, PARTNER, PARTNER, "mole", "mole", *PEOPLE)
DEPARTMENT = often((SELF, MADE), 6, PARTNER, PARTNER, *DEPARTMENTS)
ROLE = often((VICTIM, VICTIM, "top audit"), 5, MADE, *DUTY_ROLES, "top system", *PLAIN_ROLES)
GROUP = often((MADE, "circle"), 3, "editors")
PERMISSION = often(
    (VICTIM, SELF, SELF), 5, *DUTY_ROLES, *BUSINESS, "tasks.*", "audit.*", SUPER,
    *[decide_second_person.permission] * 2,
)  # fmt: skip
CERTIFICATE = among(SPARE)
NAME = often((SELF, "friend"), 3, VICTIM, "mole")
HOLDER = one_of(
    with_(HolderKind.USER, USER),
    with_(HolderKind.ROLE, ROLE),
    *[with_(HolderKind.GROUP, GROUP)] * 3,
    with_(HolderKind.DEPARTMENT, DEPARTMENT),
)
HELD = ("system", "security", "audit", "deputy", "a_system", "a_security", "a_second")
DUTY_HOLDER = often(
    (VICTIM,), 4, *HELD, "a_second", "b_system", "b_security", "mole", "clerk", MADE
)
REQUEST = among(
    ("swap", "swap", "move", "move", "move", "disable", "delete", "bind", "everything", "silence")
)
ASKING: Final = ("request", "consent", "consent")
SHARE: Final = 0.4
"""Of all that is tried, so much asks for a second person, or consents."""
OTHERS: Final = ("log in", "log in", "promoted", "synchronise", "minutes", "days")
REGION = among(tuple(REGIONS))
ASPECT = one_of(
    with_("region", REGION),
    with_("parent", DEPARTMENT),
    with_("code", among(("b9", "b1"))),
    with_("inherits", EITHER),
    with_("coordinates", EITHER),
)


@frozen
class Act:
    """Something that attackers may try: whose duty it takes, if anybody's, how often, with what."""

    duty: str
    times: int
    do: Callable[..., None]
    arguments: Mapping[str, Draw[Any]]


ACTS: Final[dict[str, Act]] = {}
Method = TypeVar("Method", bound=Callable[..., None])


def act(duty: str, *, times: int = 1, **arguments: Any) -> Callable[[Method], Method]:
    """Let an act be tried so often, by whom has that duty: nobody else need try."""

    def made(method: Method) -> Method:
        ACTS[method.__name__] = Act(duty, times, method, arguments)
        return method

    return made


@cache
def acts_of(duties: frozenset[str]) -> tuple[str, ...]:
    """Give what people with these duties may try, beside asking and consenting."""
    possible = {name: one for name, one in ACTS.items() if one.duty in duties | {""}}
    return tuple(name for name, one in possible.items() for _ in range(one.times))


class Attack:
    """Whatever the attackers do, they come to no more than was theirs.

    One history, of ``own`` against ``victim``, begins with the organisation as it was founded.
    """

    counted: ClassVar[Counter[str]] = Counter()

    def __init__(self, own: tuple[str, ...], victim: str) -> None:
        """Say who attacks, and whom above all."""
        self.world = fresh()
        self.made: dict[str, str] = {}
        self.turned: list[Callable[[], bool]] = []
        self.requests: list[str] = []
        self.tried: list[str] = []
        self.own, self.victim = own, victim
        roles = {role.removeprefix("top ") for one in own for role in PEOPLE[one].roles}
        self.duties = frozenset(roles & {*DUTY_ROLES})
        self.hands = Hands(self.world, own)
        self.oracle = Oracle(self.world, self.hands)
        self.hands.look()

    # Who and what is meant

    def _actor(self, hand: int, permission: str) -> Actor | None:
        """Give an attacker who may: mostly by an account of their own."""
        if any(self.hands.acting(one) is None for one in self.hands.sessions):
            self.hands.look()
        sessions = self.hands.sessions
        if hand < OWN:
            sessions = [one for one in sessions if one.user in self.hands.accounts]
        for number in range(len(sessions)):
            actor = self.hands.acting(sessions[(hand + number) % len(sessions)])
            if actor is not None and actor.may(permission):
                return actor
        return None

    def _user(self, hand: int, name: str) -> str:
        own = self.own[hand % len(self.own)]
        if name == MADE:
            return self.made.get("user", self.world.ids[self.victim])
        name = {VICTIM: self.victim, SELF: own, PARTNER: self.own[(hand + 1) % len(self.own)]}.get(
            name, name
        )
        return self.world.ids[name]

    def _department(self, hand: int, name: str) -> str:
        at = hand + (name == PARTNER)
        own = PEOPLE[self.own[at % len(self.own)]].departments[0]
        if name == MADE:
            return self.made.get("department", self.world.ids[own])
        return self.world.ids[own if name in {SELF, PARTNER} else name]

    def _role(self, name: str) -> str:
        if name == MADE:
            return self.made.get("role", self.world.ids["role spare"])
        if name == VICTIM:
            name = next(iter(PEOPLE[self.victim].roles), "spare")
        return self.world.ids[f"role {name}"]

    def _group(self, name: str) -> str:
        if name == MADE:
            return self.made.get("group", self.world.ids["group circle"])
        return self.world.ids[f"group {name}"]

    def _permission(self, hand: int, name: str) -> str:
        if name in {VICTIM, SELF}:
            person = PEOPLE[self.victim if name == VICTIM else self.own[hand % len(self.own)]]
            roles = [one.removeprefix("top ") for one in person.roles]
            name = next((one for one in roles if one in DUTY_ROLES), BUSINESS[0])
        if name in DUTY_ROLES:
            duty = DUTY_ROLES[name]
            return next(one for one in of_duty(duty) if duty in duties_of(one))
        return name

    def _holder(self, hand: int, holder: tuple[HolderKind, str]) -> tuple[HolderKind, str]:
        kind, name = holder
        match kind:
            case HolderKind.USER:
                return kind, self._user(hand, name)
            case HolderKind.ROLE:
                return kind, self._role(name)
            case HolderKind.GROUP:
                return kind, self._group(name)
            case HolderKind.DEPARTMENT:
                return kind, self._department(hand, name)

    def _named(self, hand: int, name: str) -> str:
        if name == SELF:
            return self.own[hand % len(self.own)]
        return self.victim if name == VICTIM else name

    def _run(self, hand: int, case: UseCase[Any, Any], command: Any) -> Any:
        """Let an attacker try it."""
        actor = self._actor(hand, case.permission)
        self.counted["tried"] += 1
        if actor is None:
            return None
        try:
            answer = self.world.commands.run(case, command, actor=actor)
        except SecondPersonRequired:
            return self._ask(actor, case, command)
        except DomainError:
            return None
        self.counted["done"] += 1
        return answer

    def _ask(self, actor: Actor, case: UseCase[Any, Any], command: Any) -> None:
        """Ask for a second person, who may be one of them."""
        asked = RequestSecondPerson(action=case.name, command=to_plain(command), reason="请复核")
        with suppress(DomainError):
            given = self.world.commands.run(request_second_person, asked, actor=actor)
            self.requests.append(given.request_id)
            self.counted["asked"] += 1

    @act("", times=0, hand=HAND, user=DUTY_HOLDER, what=REQUEST,
        role=often(tuple(DUTY_ROLES), 2, *(f"top {one}" for one in DUTY_ROLES)),
        department=among(("b", "b1", "a", "a1")), certificate=CERTIFICATE,
    )  # fmt: skip
    def request(  # noqa: PLR0913, PLR0917 - one for each part of what is asked
        self, hand: int, user: str, what: str, role: str, department: str, certificate: str
    ) -> None:
        """Try what takes a second person, and ask for one."""
        self.counted["asking"] += 1
        target = self._user(hand, user)
        match what:
            case "swap":
                self._swap(hand, target, self._role(role))
            case "move":
                draft = self._get(Users, target).draft
                there = (Membership(department=self._department(hand, department)),)
                self._tell(hand, target, evolve(draft, memberships=there), by_table=False)
            case "disable":
                self._run(hand, switch_user, SwitchUser(user_id=target, enabled=False))
            case "delete":
                self._run(hand, delete_user, DeleteUser(user_id=target))
            case "bind":
                print_ = print_of(self._named(hand, certificate))
                self._run(
                    hand, bind_certificate, BindCertificate(user_id=target, thumbprint=print_)
                )
            case "everything":
                self._turn_permission(hand, HolderKind.USER, target, SUPER, passable=False)
            case _:
                decide, held = decide_second_person.permission, self._role(role)
                self._turn_permission(hand, HolderKind.ROLE, held, decide, passable=False)

    def _swap(self, hand: int, target: str, role: str) -> None:
        """Give somebody a duty in place of the one that he has."""
        with self.world.transactions.begin_reading() as unit:
            sheet = sheet_of(unit, HolderKind.USER, target)
        roles = sheet.roles - self._roles_of_duty() | {role}
        command = AssignRoles(
            holder=HolderKind.USER, holder_id=target, roles=roles, groups=sheet.groups
        )
        self._run(hand, assign_roles, command)

    @act("", times=0, back=among(range(1, 4)), number=among(range(4)))
    def consent(self, back: int, number: int) -> None:
        """Consent to what one of them has asked for, by the accounts they are in, in turn."""
        self.counted["asking"] += 1
        if back > len(self.requests):
            return
        decision = DecideSecondPerson(request_id=self.requests[-back], consented=True)
        sessions = self.hands.sessions
        for session in [*sessions[number:], *sessions[:number]]:
            actor = self.hands.acting(session)
            if actor is not None:
                with suppress(DomainError):
                    self.world.commands.run(decide_second_person, decision, actor=actor)
                    self.counted["consented"] += 1

    def _get(self, port: type[Any], target: str) -> Any:
        with self.world.transactions.begin_reading() as unit:
            return unit[port].get(target)

    # Credentials and sessions

    @act("security", times=2, hand=HAND, user=USER, certificate=CERTIFICATE)
    def bind(self, hand: int, user: str, certificate: str) -> None:
        """Bind a certificate of theirs."""
        print_ = print_of(self._named(hand, certificate))
        self._run(
            hand,
            bind_certificate,
            BindCertificate(user_id=self._user(hand, user), thumbprint=print_),
        )

    @act("security", hand=HAND, user=USER)
    def reset(self, hand: int, user: str) -> None:
        """Issue a temporary password, and know it."""
        actor, target = self._actor(hand, "identity.reset_password"), self._user(hand, user)
        if actor is None:
            return
        try:
            self.hands.passwords[target] = self.world.log_ins.issue_password(target, actor=actor)
        except DomainError:
            return

    @act("security", hand=HAND, user=USER, certificate=among(("", VICTIM, SELF, *SPARE)))
    def shut_out(self, hand: int, user: str, certificate: str) -> None:
        """Unbind a certificate, or end somebody's sessions."""
        target = self._user(hand, user)
        if certificate:
            print_ = print_of(self._named(hand, certificate))
            command = UnbindCertificate(user_id=target, thumbprint=print_)
            self._run(hand, unbind_certificate, command)
        else:
            self._run(hand, revoke_sessions, RevokeSessions(user_id=target))

    # Users

    def _tell(self, hand: int, user: str, draft: UserDraft, *, by_table: bool) -> None:
        if by_table:
            command = ImportUsers(entries=(UserEntry(row=1, draft=draft),))
            self._run(hand, import_users, command)
        else:
            self._run(hand, change_user, ChangeUser(user_id=user, draft=draft))

    @act(
        "system",
        hand=HAND,
        department=DEPARTMENT,
        name=often((SELF, "friend", NEWCOMER), 3, VICTIM, "mole"),
        phone=NAME,
        for_firm=EITHER,
    )
    def register(
        self, hand: int, department: str, name: str, phone: str, *, for_firm: bool
    ) -> None:
        """Register somebody with any document and phone, also who is expected, or for a firm."""
        account = NEWCOMER if name == NEWCOMER else f"made{len(self.world.store.texts['user'])}"
        draft = draft_of(
            account,
            [self._department(hand, department)],
            phone=phone_of(self._named(hand, phone)),
            document=document_of(self._named(hand, name)),
        )
        if for_firm and name != NEWCOMER:
            firm = ExtendedData(kind=UserKind.ENTERPRISE, party="firm-1")
            draft = evolve(draft, extended=firm)
        if made := self._run(hand, register_user, RegisterUser(draft=draft)):
            self.made["user"] = made

    @act("", hand=HAND, user=USER, name=NAME, phone=EITHER,
        how=among(("form", "table", "contact")),
    )  # fmt: skip
    def change_contact(self, hand: int, user: str, name: str, how: str, *, phone: bool) -> None:
        """Write somebody's phone or document number into an account."""
        target, whose = self._user(hand, user), self._named(hand, name)
        draft = self._get(Users, target).draft
        if phone:
            draft = evolve(draft, account=evolve(draft.account, phone=phone_of(whose)))
        else:
            number = document_of(whose)
            draft = evolve(draft, person=evolve(draft.person, document_number=number))
        if how == "contact":
            command = ChangeContact(
                user_id=target,
                phone=draft.account.phone,
                document_kind=draft.person.document_kind,
                document_number=draft.person.document_number,
            )
            self._run(hand, change_contact, command)
        else:
            self._tell(hand, target, draft, by_table=how == "table")

    @act(
        "system",
        hand=HAND,
        user=USER,
        department=DEPARTMENT,
        main=EITHER,
        by_table=EITHER,
    )
    def move(self, hand: int, user: str, department: str, *, main: bool, by_table: bool) -> None:
        """Put somebody into a department, as his main one or beside others, or take him out."""
        target, place = self._user(hand, user), self._department(hand, department)
        draft = self._get(Users, target).draft
        others = tuple(one for one in draft.memberships if one.department != place)
        if main:
            others = (Membership(department=place), *others)
        elif len(others) == len(draft.memberships):
            others = (*others, Membership(department=place))
        self._tell(hand, target, evolve(draft, memberships=others), by_table=by_table)

    @act(
        "system",
        hand=HAND,
        user=USER,
        how=among(("expire", "disable", "enable", "delete")),
    )
    def end_account(self, hand: int, user: str, how: str) -> None:
        """Let an account expire, disable it or let it in again, or delete it."""
        target = self._user(hand, user)
        match how:
            case "expire":
                draft = self._get(Users, target).draft
                until = (self.world.clock.now() - timedelta(days=1)).date()
                extended = evolve(draft.extended, valid_until=until)
                self._tell(hand, target, evolve(draft, extended=extended), by_table=False)
            case "delete":
                self._run(hand, delete_user, DeleteUser(user_id=target))
            case _:
                self._run(hand, switch_user, SwitchUser(user_id=target, enabled=how == "enable"))

    # Departments

    def _import(self, hand: int, data: DepartmentData) -> Any:
        parent = self._get(Departments, data.parent).data.code if data.parent else ""
        entry = DepartmentEntry(row=1, data=evolve(data, parent=parent))
        return self._run(hand, import_departments, ImportDepartments(entries=(entry,)))

    @act("system",
        hand=HAND, parent=DEPARTMENT, region=REGION, inherits=EITHER,
        coordinates=EITHER, by_table=EITHER,
    )  # fmt: skip
    def add_department(  # noqa: PLR0913 - one for each part of it
        self, hand: int, parent: str, region: str,
        *, inherits: bool, coordinates: bool, by_table: bool,
    ) -> None:  # fmt: skip
        """Add a department of any kind anywhere."""
        code = f"m{len(self.world.store.texts['department'])}"
        data = DepartmentData(
            name=code, code=code, region=region, parent=self._department(hand, parent),
            inherits=inherits, coordinates=coordinates,
        )  # fmt: skip
        if by_table:
            self._import(hand, data)
        else:
            self._run(hand, add_department, AddDepartment(data=data))
        with self.world.transactions.begin_reading() as unit:
            if (made := unit[Departments].find_by_code(code)) is not None:
                self.made["department"] = made.id

    @act("system", times=2, hand=HAND, department=often((SELF, PARTNER), 3, *DEPARTMENTS))
    def widen(self, hand: int, department: str) -> None:
        """Let a department reach everything."""
        found = self._get(Departments, self._department(hand, department))
        data = evolve(found.data, region="450000", coordinates=True)
        command = ChangeDepartment(department_id=found.id, data=data, enabled=found.enabled)
        self._run(hand, change_department, command)

    @act("system", hand=HAND, department=DEPARTMENT, aspect=ASPECT, by_table=EITHER)
    def describe(
        self, hand: int, department: str, aspect: tuple[str, Any], *, by_table: bool
    ) -> None:
        """Give a department another region or parent, let it inherit or coordinate, or not."""
        name, value = aspect
        found = self._get(Departments, self._department(hand, department))
        if name == "parent":
            value = self._department(hand, value)
        data = evolve(found.data, **{name: value})
        if by_table:
            self._import(hand, data)
        else:
            command = ChangeDepartment(department_id=found.id, data=data, enabled=found.enabled)
            self._run(hand, change_department, command)

    @act("system", hand=HAND, department=DEPARTMENT, how=among(("close", "open", "delete")))
    def end_department(self, hand: int, department: str, how: str) -> None:
        """Take a department out of use, or into it again, or delete it."""
        found = self._get(Departments, self._department(hand, department))
        if how == "delete":
            self._run(hand, delete_department, DeleteDepartment(department_id=found.id))
        else:
            command = ChangeDepartment(
                department_id=found.id, data=found.data, enabled=how == "open"
            )
            self._run(hand, change_department, command)

    @act("security", hand=HAND, department=DEPARTMENT, user=USER)
    def appoint(self, hand: int, department: str, user: str) -> None:
        """Appoint an administrator, or dismiss him."""
        found = self._get(Departments, self._department(hand, department))
        wanted = found.administrators ^ {self._user(hand, user)}
        command = AppointAdministrators(department_id=found.id, administrators=wanted)
        self._run(hand, appoint_administrators, command)

    # Permissions

    def _turn(self, how: Callable[[], bool]) -> None:
        """Turn something, and remember it if it was allowed: it may be turned back."""
        if how():
            self.turned.append(how)

    def _turn_permission(
        self, hand: int, kind: HolderKind, target: str, name: str, *, passable: bool
    ) -> bool:
        """Grant what is not granted, else withdraw it; tell whether that was allowed."""
        with self.world.transactions.begin_reading() as unit:
            held = name in sheet_of(unit, kind, target).permissions
        if held:
            withdrawal = RevokePermission(holder=kind, holder_id=target, permission=name)
            return bool(self._run(hand, revoke, withdrawal))
        command = GrantPermission(holder=kind, holder_id=target, permission=name, passable=passable)
        return bool(self._run(hand, grant, command))

    def _assign(
        self, hand: int, kind: HolderKind, target: str, *, role: str = "", group: str = ""
    ) -> bool:
        """Give a role or group, or take it; tell whether that was allowed."""
        with self.world.transactions.begin_reading() as unit:
            sheet = sheet_of(unit, kind, target)
        command = AssignRoles(
            holder=kind,
            holder_id=target,
            roles=sheet.roles ^ {role} - {""},
            groups=sheet.groups ^ {group} - {""},
        )
        return bool(self._run(hand, assign_roles, command))

    @act("security", times=2, hand=HAND, holder=HOLDER, permission=PERMISSION, passable=EITHER)
    def turn_permission(
        self, hand: int, holder: tuple[HolderKind, str], permission: str, *, passable: bool
    ) -> None:
        """Grant a permission to anything that has it not, else withdraw it."""
        kind, target = self._holder(hand, holder)
        name = self._permission(hand, permission)
        self._turn(partial(self._turn_permission, hand, kind, target, name, passable=passable))

    @act("security", times=2, hand=HAND, user=USER, role=ROLE)
    def turn_role(self, hand: int, user: str, role: str) -> None:
        """Give somebody a role, or take it."""
        target, role_id = self._user(hand, user), self._role(role)
        self._turn(partial(self._assign, hand, HolderKind.USER, target, role=role_id))

    @act("security", times=2, hand=HAND, user=USER, group=GROUP)
    def turn_group(self, hand: int, user: str, group: str) -> None:
        """Put somebody into a group, or take him out."""
        target, group_id = self._user(hand, user), self._group(group)
        self._turn(partial(self._assign, hand, HolderKind.USER, target, group=group_id))

    @act("security", times=2, back=among(range(1, 3)))
    def turn_back(self, back: int) -> None:
        """Turn back what was turned a while ago: rights are taken and given, not only given."""
        if back <= len(self.turned):
            self.turned[-back]()

    @act(
        "security",
        hand=HAND,
        user=USER,
        role=ROLE,
        group=GROUP,
        department=DEPARTMENT,
        what=among(("delegate", "role of group", "role", "group", "add")),
        enabled=EITHER,
    )
    def maintain(  # noqa: PLR0913, PLR0917 - one for each part of what is maintained
        self,
        hand: int,
        user: str,
        role: str,
        group: str,
        department: str,
        what: str,
        *,
        enabled: bool,
    ) -> None:
        """Let somebody give a role; turn a group's role; switch, or add, a role or group."""
        role_id, group_id = self._role(role), self._group(group)
        match what:
            case "delegate":
                given = Delegation(role=role_id, department=self._department(hand, department))
                command = DelegateRoles(user_id=self._user(hand, user), delegations=(given,))
                self._run(hand, delegate_roles, command)
            case "role of group":
                self._turn(partial(self._assign, hand, HolderKind.GROUP, group_id, role=role_id))
            case "role":
                self._run(hand, change_role, ChangeRole(id=role_id, name="used", enabled=enabled))
            case "group":
                self._run(hand, change_group, ChangeRole(id=group_id, name="used", enabled=enabled))
            case _:
                self._add(hand, *(("role", add_role) if enabled else ("group", add_group)))

    def _add(self, hand: int, kind: str, case: UseCase[Any, Any]) -> None:
        command = AddRole(name="made", department=self._department(hand, SELF))
        if made := self._run(hand, case, command):
            self.made[kind] = made

    # What others do, and time

    @act("", what=among(OTHERS))
    def others(self, what: str) -> None:
        """Let the victim come to work, the operator see to his account, or time pass."""
        match what:
            case "log in":
                self._victim_logs_in()
            case "promoted":
                self._victim_is_promoted()
            case "synchronise":
                synchronise(self.world)
            case _:
                self.world.clock.go(timedelta(**{what: 4}))

    def _victim_logs_in(self) -> None:
        """Let the victim come to work, by password and phone."""
        account = self._get(Users, self.world.ids[self.victim]).account
        with suppress(DomainError):
            token, _ = self.world.enter_by_password(account.account, PASSWORD, account.phone)
            self.oracle.honest.append(Session(token, self.world.ids[self.victim], "password"))

    def _victim_is_promoted(self) -> None:
        """Let the operator give the victim an administrators' duty: his sessions are over."""
        target = self.world.ids[self.victim]
        with self.world.transactions.begin_reading() as unit:
            sheet = sheet_of(unit, HolderKind.USER, target)
        roles = frozenset({self.world.ids["role top audit"]})
        if target not in self.hands.accounts and not sheet.roles & self._roles_of_duty():
            command = AssignRoles(
                holder=HolderKind.USER,
                holder_id=target,
                roles=sheet.roles | roles,
                groups=sheet.groups,
            )
            with suppress(DomainError):
                self.world.operate(assign_roles, command)
                self.oracle.trust(target)

    def _roles_of_duty(self) -> frozenset[str]:
        names = (f"{top}{one}" for one in DUTY_ROLES for top in ("", "top "))
        return frozenset(self.world.ids[f"role {one}"] for one in names)

    @act("", entered=EITHER)
    def set_right(self, *, entered: bool) -> None:
        """Let the operator make sure that an account is its user's, then trust it with more.

        Phone and document are the user's own, a new password goes to that phone, certificates of
        others are unbound: of the victim, or of somebody as whom the attackers are logged in.
        """
        others = [one.user for one in self.hands.sessions if one.user not in self.hands.accounts]
        names = {known: name for name, known in self.world.ids.items() if name in PEOPLE}
        target = others[-1] if entered and others else self.world.ids[self.victim]
        name = names.get(target, "")
        with self.world.transactions.begin_reading() as unit:
            sheet = sheet_of(unit, HolderKind.USER, target)
        if not name or name in self.own or sheet.roles & self._roles_of_duty():
            return
        roles = frozenset({self.world.ids["role inspector"]})
        contact = ChangeContact(
            user_id=target, phone=renewed(name), document_kind=IDENTITY_CARD,
            document_number=document_of(name),
        )  # fmt: skip
        trust = AssignRoles(
            holder=HolderKind.USER, holder_id=target, roles=sheet.roles | roles, groups=sheet.groups
        )
        with suppress(DomainError):
            self.world.operate(change_contact, contact)
            for one in self.hands.certificates:
                command = UnbindCertificate(user_id=target, thumbprint=print_of(one))
                self.world.operate(unbind_certificate, command)
            self.world.log_ins.issue_password(target, actor=OPERATOR)
            self.hands.passwords.pop(target, None)
            self.world.operate(assign_roles, trust)

    def step(self, chance: Random) -> None:
        """Try something: nobody has come to more than was his after it, and nobody is locked out.

        What is found is raised with all that was tried until then.
        """
        asks = chance.random() < SHARE
        name = chance.choice(ASKING if asks else acts_of(self.duties))
        arguments = {key: draw(chance) for key, draw in ACTS[name].arguments.items()}
        self.tried.append(f"{name} {arguments}")
        self.counted["steps"] += 1
        try:
            ACTS[name].do(self, **arguments)
            self.oracle.check()
        except Exception as found:
            found.add_note("\n".join([f"{self.own} against {self.victim}", *self.tried]))
            raise


HISTORY: Final = 100
"""Steps of one history: new histories find more than longer ones."""


def search(machine: type[Attack], steps: int, number: int) -> None:
    """Walk so many steps that follow from the seed ``number``; raise what is found."""
    chance = Random(number)  # noqa: S311 - it must be repeated
    attack = machine(chance.choice(ATTACKERS), chance.choice(VICTIMS))
    for _ in range(steps):
        if len(attack.tried) == HISTORY:
            attack = machine(chance.choice(ATTACKERS), chance.choice(VICTIMS))
        attack.step(chance)
