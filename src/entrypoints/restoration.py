"""Giving an administrators' duty anew, where nobody who has it can log in any more."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from entrypoints.container import CertificateDesk, Platform
from entrypoints.organising import (
    CERTIFICATE_DAYS,
    TITLES,
    FirstCredential,
    issue_to_file,
    permissions_of,
)
from supervision_core.identity.model import (
    AccountData,
    Actor,
    Duty,
    HolderKind,
    Membership,
    PersonData,
    UserDraft,
)
from supervision_core.identity.ports import DoneCommands, Roles
from supervision_core.identity.services.access import sheet_of
from supervision_core.identity.services.granting import (
    AddRole,
    AssignRoles,
    ChangeRole,
    GrantPermission,
    add_role,
    assign_roles,
    change_role,
    grant,
)
from supervision_core.identity.services.login import BindCertificate, bind_certificate
from supervision_core.identity.services.restoring import RestoreDuty, restore_duty
from supervision_core.identity.services.users import RegisterUser, register_user
from supervision_core.kernel.errors import NotFound


def restore(  # noqa: PLR0913 - one for each part of where it happens
    platform: Platform,
    duty: Duty,
    account: str,
    *,
    actor: Actor,
    desk: CertificateDesk,
    folder: Path,
) -> FirstCredential:
    """Give ``duty`` to the account, which is made where there is none, with a new certificate.

    First of all the log says so, and every witness has seen that. Raises what a witness answers,
    ``RestorationRefused``, and what the directory refuses.
    """
    made = _Restorer(platform, duty, account, actor, desk, folder)
    user = made.announce()
    return made.appoint(user)


@frozen
class _Restorer:
    platform: Platform
    duty: Duty
    account: str
    actor: Actor
    desk: CertificateDesk
    folder: Path

    def announce(self) -> str:
        """Let the log and all its witnesses know; give the user's id, if there is one."""
        command = RestoreDuty(duty=self.duty, account=self.account, dead=frozenset(self._dead()))
        user: str = self._run(restore_duty, command)
        done = self.platform.auditing().anchoring.anchor()
        for error in (*done.refused, *done.unavailable):
            raise error
        return user

    def appoint(self, user: str) -> FirstCredential:
        """Give role and certificate."""
        made = issue_to_file(self.desk, self.account, self.folder, days=CERTIFICATE_DAYS)
        role = self._role()
        user = user or self._registered()
        with self.platform.transactions.begin() as unit:
            sheet = sheet_of(unit, HolderKind.USER, user)
        roles, groups = sheet.roles | {role}, sheet.groups
        self._run(
            assign_roles,
            AssignRoles(holder=HolderKind.USER, holder_id=user, roles=roles, groups=groups),
        )
        self._run(bind_certificate, BindCertificate(user_id=user, thumbprint=made.thumbprint))
        return FirstCredential(
            account=self.account,
            title=TITLES[self.duty],
            secret=made.passphrase,
            certificate=made.certificate,
            key=made.key,
        )

    def _run(self, case: Any, command: Any) -> Any:
        return self.platform.commands.run(case, command, actor=self.actor)

    def _dead(self) -> Iterator[str]:
        """Give the certificates of our own authority that have expired or were revoked."""
        now = self.platform.clock.now().isoformat()
        for row in self.desk.office.issued():
            if row["revoked_at"] or row["until"] <= now:
                yield row["thumbprint"]

    def _first(self, step: str) -> str:
        """Give what ``init`` made in a step, empty where it never did."""
        with self.platform.transactions.begin() as unit:
            done = unit[DoneCommands].find(self.actor.user, f"init/{step}")
        return "" if done is None else str(json.loads(done.answer))

    def _role(self) -> str:
        """Give the role of the duty, in use and with all that is part of the duty."""
        title = TITLES[self.duty]
        role = self._first(f"role/{self.duty}") or self._run(add_role, AddRole(name=title))
        with self.platform.transactions.begin() as unit:
            held = sheet_of(unit, HolderKind.ROLE, role).permissions
            found = unit[Roles].get(role)
        if not found.enabled:
            self._run(change_role, ChangeRole(id=role, name=found.name))
        for one in permissions_of(self.platform, self.duty):
            if one not in held:
                command = GrantPermission(
                    holder=HolderKind.ROLE, holder_id=role, permission=one, passable=True
                )
                self._run(grant, command)
        return str(role)

    def _registered(self) -> str:
        """Register the account in the department that leads."""
        department, title = self._first("department"), TITLES[self.duty]
        if not department:
            raise NotFound("user", self.account)
        draft = UserDraft(
            account=AccountData(account=self.account),
            person=PersonData(name=title),
            memberships=(Membership(department=department, post=title),),
        )
        return str(self._run(register_user, RegisterUser(draft=draft)))
