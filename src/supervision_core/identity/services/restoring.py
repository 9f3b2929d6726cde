"""A duty whose holders can all not log in any more: who says so before it is given anew."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.identity.model import Duty, PermissionDenied
from supervision_core.identity.ports import CredentialsStore, Users
from supervision_core.identity.services.authority import is_operator
from supervision_core.identity.services.duty_holders import duty_holders
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said


@define(eq=False)
class RestorationRefused(Refused):
    """The duty is not given anew, or not to this account."""

    code: ClassVar[str] = "identity.restoration_refused"


@frozen(kw_only=True)
class RestoreDuty:
    """A duty, and the account that shall have it; ``dead`` are certificates that let nobody in.

    Of what lets somebody in only the thumbprint is kept: the operator knows what has expired.
    """

    duty: Duty = field(
        metadata=said(
            "管理职责",
            codes={"system": "系统", "security": "安全", "audit": "审计"},
            example="system",
        )
    )
    account: str = field(metadata=said("账号", example="wang.shili"))
    dead: frozenset[str] = field(default=frozenset(), metadata=said("已失效的证书的指纹"))


@use_case("identity.restore_duty", "恢复管理职责")
def restore_duty(work: Work, cmd: RestoreDuty) -> str:
    """Note that the operator gives a duty anew, which no holder can do any more.

    The note comes first, so that the witnesses can see it before anything is changed. Gives the id
    of the user if there is one. Raises ``RestorationRefused``.
    """
    if not is_operator(work.actor):
        raise PermissionDenied("identity.restore_duty")
    user = work[Users].find_by_account(cmd.account)
    faults = []
    if next(_able(work, cmd), None) is not None:
        faults.append(Violation("identity.duty_still_held", "duty"))
    if user is not None and not user.works_on(local_day(work.now)):
        faults.append(Violation("identity.restored_inactive", "account"))
    refuse_if(RestorationRefused, faults)
    work.note(duty=cmd.duty.value, account=cmd.account)
    return "" if user is None else user.id


def _able(work: Work, cmd: RestoreDuty) -> Iterator[str]:
    """Give the holders of the duty who can log in."""
    for one in duty_holders(work, cmd.duty):
        kept = find(work.unit, CredentialsStore, one.id)
        if kept is not None and (kept.password or kept.certificates - cmd.dead):
            yield one.id
