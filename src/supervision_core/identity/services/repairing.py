"""Taking an object that an alarm named into use again: an auditor vouches for it."""

from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.audit.model import REPAIR, AuditRow, Outcome, read_target, target_of
from supervision_core.audit.ports import AuditFilter, AuditQueries
from supervision_core.identity.model import Actor, Duty, access_of
from supervision_core.identity.ports import (
    DECIDING,
    AccessEpoch,
    Certificates,
    CredentialsStore,
    Repairs,
    Users,
)
from supervision_core.identity.services.access import picture_of
from supervision_core.identity.services.frame import Commands, Work, use_case
from supervision_core.identity.services.keeping import find, require_everything
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Outdated, Refused, Violation
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import digest
from supervision_core.kernel.ports import UnitOfWork

KINDS = frozenset(one.kind for one in DECIDING)


@define(eq=False)
class RepairRefused(Refused):
    """The object needs no repair, or nobody who may vouches for it."""

    code: ClassVar[str] = "identity.repair_refused"


@frozen(kw_only=True)
class RepairState:
    """待修复对象 (RepairState): what is stored of an object, what the log says, what would be.

    ``written`` and ``last`` are the rows of the log that name the stored and the newest version,
    where there are such. Nothing stored means that the repair records the loss.
    """

    kind: str
    id: str
    stored: Aggregate | None
    version: int
    written: AuditRow | None
    last: AuditRow | None

    @property
    def stored_version(self) -> int:
        """The version that is stored, 0 for none."""
        return 0 if self.stored is None else self.stored.version

    def challenge(self) -> bytes:
        """Give the bytes that the auditor signs: what is stored, and what it becomes."""
        return canonical_json(
            {
                "action": REPAIR,
                "object": f"{self.kind}/{self.id}",
                "stored": self.stored_version,
                "content": "" if self.stored is None else digest(self.stored),
                "version": self.version,
            }
        )


def repair_state(unit: UnitOfWork, kind: str, id: str) -> RepairState:
    """Read what a repair of an object is about.

    Raises ``NotFound``, ``RepairRefused``, and ``Tampered`` for a row that is not as it was sealed:
    it must be brought back from a backup, or taken away, before.
    """
    if kind not in KINDS:
        raise NotFound(kind, id)
    refused = unit[Repairs].refused(kind, id)
    if refused is None:
        raise RepairRefused((Violation("identity.repair_not_needed"),))
    stored = unit[Repairs].read(kind, id)
    rows = _rows(unit, kind, id)
    newest = max(rows, default=0)
    here = 0 if stored is None else stored.version
    return RepairState(
        kind=kind,
        id=id,
        stored=stored,
        version=max(newest, refused, here) + 1,
        written=rows.get(here),
        last=rows.get(newest),
    )


def _rows(unit: UnitOfWork, kind: str, id: str) -> dict[int, AuditRow]:
    """Give the rows of the log by the version of the object that each names."""
    wanted = AuditFilter(target=target_of(kind, id), outcome=Outcome.DONE)
    queries, found = unit[AuditQueries], dict[int, AuditRow]()
    for page in every_page(lambda request: queries.search(wanted, request), order="oldest"):
        for row in page.items:
            for target in row.entry.targets:
                if (read := read_target(target)) and read[:2] == (kind, id):
                    found[read[2]] = row
    return found


@frozen(kw_only=True)
class RepairRow:
    """The object, the version in which it is stored and the one it becomes, and who vouches."""

    kind: str = field(metadata=said("对象类型", example="user"))
    id: str = field(metadata=said("编号", example="n000001"))
    stored: int = field(metadata=said("库中现有的版本", example=2))
    version: int = field(metadata=said("版本", example=1))
    auditor: str = field(metadata=said("同意修复的审计管理员的用户编号", example="auditor"))


@use_case("audit.repair", "修复告警点名的对象")
def repair_row(work: Work, cmd: RepairRow) -> int:
    """Write an object anew, or record its loss, so that every process believes it again.

    Answers its version. It is for the operator, with the auditor's signature (``vouched``).
    """
    require_everything(work, REPAIR)
    state = repair_state(work.unit, cmd.kind, cmd.id)
    if (state.stored_version, state.version) != (cmd.stored, cmd.version):
        raise Outdated(cmd.kind, cmd.id)
    if state.stored is not None:
        work[Repairs].write(cmd.kind, state.stored, cmd.version)
    work.wrote(cmd.kind, cmd.id, cmd.version)
    work[AccessEpoch].advance(f"{cmd.kind}/{cmd.id}")
    lost = {"lost": "yes"} if state.stored is None else {}
    seal = work[Repairs].seal(target_of(cmd.kind, cmd.id, cmd.version))
    work.note(auditor=cmd.auditor, seal=seal, **lost)
    return cmd.version


def repaired(  # noqa: PLR0913 - one for each part of the proof
    commands: Commands,
    certificates: Certificates,
    state: RepairState,
    *,
    certificate: bytes,
    signature: bytes,
    actor: Actor,
) -> int:
    """Repair what an auditor signed. Raises ``RepairRefused``, ``SealBroken``, ``Outdated``."""
    with commands.transactions.begin_reading() as unit:
        thumbprint = certificates.thumbprint(certificate, at=commands.clock.now())
        signed = certificates.verifies(certificate, state.challenge(), signature)
        auditor = _auditor(commands, unit, thumbprint) if thumbprint and signed else None
    if auditor is None:
        raise RepairRefused((Violation("identity.repair_not_vouched"),))
    command = RepairRow(
        kind=state.kind,
        id=state.id,
        stored=state.stored_version,
        version=state.version,
        auditor=auditor,
    )
    return commands.run(repair_row, command, actor=actor)


def _auditor(commands: Commands, unit: UnitOfWork, thumbprint: str) -> str | None:
    """Give the user to whom the certificate is bound, if he audits today."""
    owner = unit[CredentialsStore].find_by_certificate(thumbprint)
    user = None if owner is None else find(unit, Users, owner.id)
    today = local_day(commands.clock.now())
    if user is None or not user.works_on(today):
        return None
    duties = access_of(user, picture_of(unit, user), on=today).duties
    return user.id if Duty.AUDIT in duties else None
