"""Who acts in the demo: departments, accounts and roles, made by the platform's own use cases."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from attrs import define, evolve, field

from entrypoints.actors import operator
from entrypoints.container import Platform
from entrypoints.demo.settings import ORGANS, REGION
from entrypoints.organising import Organisation, set_up
from supervision_core.identity.lists import ROLES
from supervision_core.identity.model import (
    AccountData,
    Actor,
    DepartmentData,
    ExtendedData,
    FirmProof,
    HolderKind,
    Membership,
    PersonData,
    UserDraft,
    UserKind,
)
from supervision_core.identity.ports import Roles, Users
from supervision_core.identity.registers import TRADES, TradeContent
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.actors import actor_now
from supervision_core.identity.services.departments import (
    AddDepartment,
    AppointAdministrators,
    add_department,
    appoint_administrators,
)
from supervision_core.identity.services.granting import AssignRoles, assign_roles
from supervision_core.identity.services.registers import cases_of
from supervision_core.identity.services.users import RegisterUser, register_user
from supervision_core.kernel.codes.identity_card import check_identity_card
from supervision_core.kernel.days import local_day
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import TieAccount, tie_account
from supervision_core.subjects.model import Subject

NAME: Final = "自治区综合监管办公室"
ORGANISATION: Final = Organisation(
    region=REGION,
    lead=NAME,
    lead_code="GX-ZHJG",
    accounts=("admin.system", "admin.security", "admin.audit"),
    phones=("19900000001", "19900000002", "19900000003"),
)
_STAFF: Final = (
    ("leader", "负责人", ("leader",)),
    ("task", "任务管理员", ("task_administrator", "assessor")),
    ("clerk", "经办人", ("clerk",)),
)
"""Whom each department has beside its officers: account, post and roles."""


@define
class Office:
    """The organisation of a run; made again it does nothing twice."""

    platform: Platform
    region: str = REGION
    top: str = ""
    short_names: dict[str, str] = field(factory=dict)
    """By department, the short name by which scenes and rolls of officers know it."""
    _roles: Mapping[str, str] = field(factory=dict)
    _staff: dict[str, list[str]] = field(factory=dict)
    _acting: dict[tuple[str, str], Actor] = field(factory=dict)
    _administrators: dict[str, str] = field(factory=dict)
    _officers: dict[str, tuple[str, str]] = field(factory=dict)

    def found(self) -> None:
        """Let the operator set up the three administrators, and these the office at the top."""
        self.top = set_up(
            self.platform,
            evolve(ORGANISATION, region=self.region),
            actor=operator(),
            desk=None,
            folder=Path(),
            advance=lambda _: None,
        ).department
        with self.platform.transactions.begin_reading() as unit:
            pages = every_page(partial(unit[Lists].page, ROLES, ListFilter()))
            found = unit[Roles].find_many(one.id for page in pages for one in page.items)
            self._roles = {one.code: one.id for one in found if one.code}
        for account, post, roles in (
            ("scenes", "场景建设", ("scene_administrator", "checklist_editor", "assessor")),
            ("subjects", "任务管理员", ("task_administrator",)),
            ("author", "内容创作", ("content_author",)),
            ("editor", "内容发布", ("content_editor", "content_publisher")),
        ):
            self.hire(f"office.{account}", post, self.top, roles)
        manager = self.hire("office.manager", "部门管理员", self.top, ())
        role = frozenset({self._roles["department_administrator"]})
        given = AssignRoles(holder=HolderKind.USER, holder_id=manager, roles=role)
        self._do(assign_roles, given, operator(), "assign/manager")
        appointed = AppointAdministrators(
            department_id=self.top, administrators=frozenset({manager})
        )
        self._do(appoint_administrators, appointed, self._administrator(1), "appoint/manager")

    def add_departments(self, names: Iterable[str]) -> None:
        """Let the administrators add departments with their staff."""
        for place, name in enumerate(names, 1):
            data = DepartmentData(
                name=ORGANS.get(name, name), short_name=name, code=f"GX-{place:02}",
                region=self.region, parent=self.top, order=place,
            )  # fmt: skip
            command, by = AddDepartment(data=data), self._administrator(0)
            department = str(self._do(add_department, command, by, f"department/{name}"))
            self.short_names[department] = name
            for account, post, roles in _STAFF:
                self.hire(f"{account}.{place:02}", f"{name}{post}", department, roles)

    def add_trades(self, names: Iterable[str]) -> None:
        """Let the administrator add the trades that scenes are of."""
        cases = cases_of(TRADES)
        for place, name in enumerate(names, 1):
            command = cases.adding(content=TradeContent(name=name, code=f"YT-{place:02}"))
            add = cases.all[RegisterVerb.ADD]
            self._do(add, command, self._administrator(0), f"trade/{name}")

    def officer(self, id: str) -> Actor:
        """Give who acts as an officer: the administrators give him an account when he needs one.

        One whose identity number is known is tied to it by itself, any other by the administrator.
        """
        if id not in self._officers:
            self._officers[id] = self._admitted(id)
        return self.acting(*self._officers[id])

    def _admitted(self, id: str) -> tuple[str, str]:
        with self.platform.transactions.begin_reading() as unit:
            one = unit[Officers].get(id)
        draft = UserDraft(
            account=AccountData(account=f"zf.{id}"),
            person=PersonData(name=one.name, document_number=self._number_of(one)),
            memberships=(Membership(department=one.department, post="执法人员"),),
        )
        user = self.register(draft, ("officer",))
        with self.platform.transactions.begin_reading() as unit:
            tied = unit[Officers].get(id).user
        if not tied:
            command = TieAccount(officer_id=id, user_id=user)
            manager = self.of(self.top, tie_account.permission)
            self._do(tie_account, command, manager, f"tie/{id}")
        return tied or user, one.department

    def firm(self, subject: Subject) -> Actor:
        """Give who acts for a firm: the administrators give it an account when it needs one."""
        code = subject.identity.shown or subject.id
        user = self.register(
            UserDraft(
                account=AccountData(account=f"qy.{subject.id}"),
                person=PersonData(name=f"{subject.shown_name}经办人"[:60]),
                extended=ExtendedData(kind=UserKind.ENTERPRISE, party=code),
            ),
            ("enterprise",),
            proof=FirmProof(document="营业执照", number=code),
        )
        return self.acting(user, "")

    def of(self, department: str, permission: str, *, but: str = "") -> Actor:
        """Give who of a department's staff may do something, ``but`` not another thing.

        Raises ``LookupError``.
        """
        for user in self._staff[department]:
            actor = self.acting(user, department)
            if actor.may(permission) and not (but and actor.may(but)):
                return actor
        raise LookupError(department, permission)

    def _administrator(self, place: int) -> Actor:
        """Give the administrator of system (0) or security (1)."""
        account = ORGANISATION.accounts[place]
        if account not in self._administrators:
            with self.platform.transactions.begin_reading() as unit:
                found = unit[Users].find_by_account(account)
            if found is None:
                raise LookupError(account)
            self._administrators[account] = found.id
        return self.acting(self._administrators[account], self.top)

    def hire(self, account: str, post: str, department: str, roles: tuple[str, ...]) -> str:
        """Give a department somebody with these roles."""
        draft = UserDraft(
            account=AccountData(account=account),
            person=PersonData(name=post),
            memberships=(Membership(department=department, post=post),),
        )
        user = self.register(draft, roles)
        self._staff.setdefault(department, []).append(user)
        return user

    def register(
        self, draft: UserDraft, roles: tuple[str, ...], proof: FirmProof | None = None
    ) -> str:
        """Let the administrators add an account and give it roles; give its id."""
        account = draft.account.account
        command = RegisterUser(draft=draft, proof=proof)
        user = str(self._do(register_user, command, self._administrator(0), f"user/{account}"))
        if roles:
            given = AssignRoles(
                holder=HolderKind.USER,
                holder_id=user,
                roles=frozenset(self._roles[one] for one in roles),
            )
            self._do(assign_roles, given, self._administrator(1), f"assign/{account}")
        return user

    def _number_of(self, officer: Officer) -> str:
        number = officer.contact.identity_card.strip().upper()
        day = local_day(self.platform.clock.now())
        return number if number and not any(check_identity_card(number, on=day)) else ""

    def _do(self, case: UseCase[Any, Any], command: Any, actor: Actor, key: str) -> Any:
        return self.platform.commands.run(case, command, actor=actor, key=f"demo/{key}")

    def acting(self, user: str, department: str) -> Actor:
        """Give who acts by an account, for one of its departments if it has any."""
        place = (user, department)
        if place not in self._acting:
            day = local_day(self.platform.clock.now())
            with self.platform.transactions.begin_reading() as unit:
                actor = actor_now(unit, user, department, day)
            if actor is None:
                raise LookupError(user, department)
            self._acting[place] = actor
        return self._acting[place]
