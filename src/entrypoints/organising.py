"""Setting up an organisation: regions, the lead department, three administrators apart."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from entrypoints.container import CertificateDesk, Platform, pem, thumbprint
from entrypoints.registered import shipped_roles
from supervision_core.identity.model import (
    SUPER,
    AccountData,
    Actor,
    DepartmentData,
    Duty,
    HolderKind,
    Membership,
    PersonData,
    RegionContent,
    UserDraft,
    duties_of,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    DoneCommand,
    DoneCommands,
    PermissionCatalogue,
)
from supervision_core.identity.roles import DUTY_ROLES, EVERYBODYS
from supervision_core.identity.services.departments import (
    AddDepartment,
    AddRegion,
    add_department,
    add_region,
)
from supervision_core.identity.services.granting import (
    AddRole,
    AssignRoles,
    GrantPermission,
    ShipRoles,
    add_role,
    assign_roles,
    grant,
    ship_roles,
)
from supervision_core.identity.services.login import BindCertificate, bind_certificate
from supervision_core.identity.services.second_person import (
    decide_second_person,
    request_second_person,
    withdraw_second_person,
)
from supervision_core.identity.services.second_person_questions import (
    list_second_person,
    view_second_person,
)
from supervision_core.identity.services.users import RegisterUser, register_user
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.codes.region import Region, RegionLevel
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.plain import digest

CERTIFICATE_DAYS: Final = 730
TITLES: Final = {duty: role.title for duty, role in DUTY_ROLES.items()}
SECOND_PERSON: Final = frozenset(
    one.permission
    for one in (
        request_second_person,
        decide_second_person,
        withdraw_second_person,
        list_second_person,
        view_second_person,
    )
)
Advance = Callable[[int], None]


@frozen(kw_only=True)
class Organisation:
    """What shall be there: the top region, the department that leads, three accounts.

    Phones are needed for who gets a password, since a code is sent as well.
    """

    region: str
    lead: str
    lead_code: str
    accounts: tuple[str, str, str]
    phones: tuple[str, str, str] = ("", "", "")


@frozen(kw_only=True)
class FirstCredential:
    """With what an administrator logs in at first; told once.

    With a certificate, ``secret`` is the passphrase of the key file, else a password that lets in
    only to be changed.
    """

    account: str
    title: str
    secret: str = field(repr=False)
    certificate: Path | None = None
    key: Path | None = None


@frozen(kw_only=True)
class GainedPermissions:
    """What an administrators' role that was there before may do in addition now."""

    title: str
    permissions: tuple[str, ...]


@frozen(kw_only=True)
class SetUp:
    """What came of it: nothing is done twice, and no credential is given twice."""

    regions: int
    department: str
    first: tuple[FirstCredential, ...]
    gained: tuple[GainedPermissions, ...]


def regions_of(top: str) -> list[Region]:
    """Give a region of Guangxi with all above and below it, upper ones first."""
    tree = guangxi_regions()
    levels = list(RegionLevel)
    above = tree.ancestors(top) if top in tree else ()
    inside = [*above, *(one for one in tree if tree.contains(top, one.code))]
    return sorted(inside, key=lambda one: (levels.index(one.level), one.code))


def set_up(  # noqa: PLR0913 - one for each part of where it happens
    platform: Platform,
    wanted: Organisation,
    *,
    actor: Actor,
    desk: CertificateDesk | None,
    folder: Path,
    advance: Advance,
) -> SetUp:
    """Set it up; what was ever done is not done again, whatever became of it since.

    So a newer version adds what it has in addition: administrators' roles get the permissions that
    came to their duties, and none that somebody took away. With ``desk`` the administrators get
    certificates, with their keys in ``folder``, otherwise passwords. Raises what the directory
    refuses, with every reason.
    """
    return _Founder(platform, wanted, actor, desk, folder).found(advance)


def permissions_of(platform: Platform, duty: Duty) -> list[str]:
    """Give every permission of a duty; who administers must reach and see everybody.

    Administrators of every duty ask each other for consent, and do what everybody does.
    """
    with platform.transactions.begin() as unit:
        known = unit[PermissionCatalogue].permissions()
    own = {one for one in known if duty in duties_of(one)}
    if duty is Duty.AUDIT:
        return sorted({*own, *SECOND_PERSON, *EVERYBODYS})
    looks = {one for one in known if one.startswith("identity.") and not duties_of(one)}
    return sorted({*own, *looks, *EVERYBODYS, SUPER})


@frozen
class _Role:
    id: str
    gained: tuple[str, ...]


@frozen
class _Founder:
    platform: Platform
    wanted: Organisation
    actor: Actor
    desk: CertificateDesk | None
    folder: Path

    def found(self, advance: Advance) -> SetUp:
        regions = regions_of(self.wanted.region)
        for place, one in enumerate(regions):
            content = RegionContent(
                code=one.code,
                name=one.name,
                level=one.level.value,
                parent=one.parent,
            )
            command = AddRegion(content=content, position=place + 1)
            self._once(f"region/{one.code}", add_region, command)
            advance(1)
        department = self._once(
            "department",
            add_department,
            AddDepartment(
                data=DepartmentData(
                    name=self.wanted.lead,
                    code=self.wanted.lead_code,
                    region=self.wanted.region,
                    coordinates=True,
                )
            ),
        )
        roles = {duty: self._role(duty) for duty in Duty}
        gained = [
            GainedPermissions(title=TITLES[duty], permissions=one.gained)
            for duty, one in roles.items()
            if one.gained
        ]
        return SetUp(
            regions=len(regions),
            department=department,
            first=tuple(self._administrators(department, roles)),
            gained=(*gained, *self._ship_roles()),
        )

    def _ship_roles(self) -> Iterator[GainedPermissions]:
        """Add the other roles, and what is new in those that were there."""
        command = ShipRoles(roles=shipped_roles())
        step = f"roles/{digest(command)}"
        if self._found(step):
            return
        gained = self._run(step, ship_roles, command)
        for one in command.roles:
            if one.code in gained:
                yield GainedPermissions(title=one.title, permissions=tuple(gained[one.code]))

    def _found(self, step: str) -> DoneCommand | None:
        with self.platform.transactions.begin() as unit:
            return unit[DoneCommands].find(self.actor.user, f"init/{step}")

    def _once(self, step: str, case: Any, command: Any) -> Any:
        """Do a step unless it was ever done, by this version or another."""
        if done := self._found(step):
            return json.loads(done.answer)
        return self._run(step, case, command)

    def _run(self, step: str, case: Any, command: Any) -> Any:
        return self.platform.commands.run(case, command, actor=self.actor, key=f"init/{step}")

    def _administrators(
        self, department: str, roles: Mapping[Duty, _Role]
    ) -> Iterator[FirstCredential]:
        wanted = self.wanted
        for duty, account, phone in zip(Duty, wanted.accounts, wanted.phones, strict=True):
            draft = UserDraft(
                account=AccountData(account=account, phone=phone),
                person=PersonData(name=TITLES[duty]),
                memberships=(Membership(department=department, post=TITLES[duty]),),
            )
            user = self._once(f"user/{duty}", register_user, RegisterUser(draft=draft))
            command = AssignRoles(
                holder=HolderKind.USER, holder_id=user, roles=frozenset({roles[duty].id})
            )
            self._once(f"assign/{duty}", assign_roles, command)
            if not self._has_credentials(user):
                yield self._first(duty, account, user)

    def _role(self, duty: Duty) -> _Role:
        """Give the role of a duty, granted what was never granted to it from here."""
        known = self._found(f"role/{duty}") is not None
        role = str(self._once(f"role/{duty}", add_role, AddRole(name=TITLES[duty])))
        wanted = permissions_of(self.platform, duty)
        new = [one for one in wanted if not self._found(f"grant/{duty}/{one}")]
        for permission in new:
            command = GrantPermission(
                holder=HolderKind.ROLE, holder_id=role, permission=permission, passable=True
            )
            self._run(f"grant/{duty}/{permission}", grant, command)
        return _Role(role, tuple(new) if known else ())

    def _has_credentials(self, user: str) -> bool:
        with self.platform.transactions.begin() as unit:
            try:
                unit[CredentialsStore].get(user)
            except NotFound:
                return False
        return True

    def _first(self, duty: Duty, account: str, user: str) -> FirstCredential:
        title = TITLES[duty]
        if self.desk is None:
            password = self.platform.log_ins.issue_password(user, actor=self.actor)
            return FirstCredential(account=account, title=title, secret=password)
        made = issue_to_file(self.desk, account, self.folder, days=CERTIFICATE_DAYS)
        command = BindCertificate(user_id=user, thumbprint=made.thumbprint)
        self._run(f"bind/{duty}/{made.thumbprint}", bind_certificate, command)
        return FirstCredential(
            account=account,
            title=title,
            secret=made.passphrase,
            certificate=made.certificate,
            key=made.key,
        )


@frozen(kw_only=True)
class IssuedFile:
    """A certificate in a file, and the key file with the passphrase that opens it."""

    certificate: Path
    key: Path
    passphrase: str = field(repr=False)
    thumbprint: str
    serial: str


def issue_to_file(
    desk: CertificateDesk, name: str, folder: Path, *, days: int, passphrase: str = ""
) -> IssuedFile:
    """Make a key, let the authority of one's own certify it, and write both.

    Raises ``FileExistsError`` rather than writing over a key.
    """
    desk.office.found()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificate, key = folder / f"{name}.cer", folder / f"{name}.key"
    secret = passphrase or desk.randomness.token(12).hex()
    private_key = desk.new_key()
    desk.key_files.write(key, private_key, secret)
    made = desk.office.issue(name, desk.key_files.algorithms.public_key(private_key), days=days)
    with certificate.open("xb") as file:
        file.write(pem(made.der))
    return IssuedFile(
        certificate=certificate,
        key=key,
        passphrase=secret,
        thumbprint=thumbprint(made),
        serial=f"{made.serial:x}",
    )
