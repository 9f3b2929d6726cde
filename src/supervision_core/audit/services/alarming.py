"""Alarms: what was found wrong stands in the log itself, besides being told."""

from collections.abc import Sequence
from typing import Final

from supervision_core.audit.model import AuditEntry, Finding, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.kernel.plain import digest
from supervision_core.kernel.ports import Clock, Transactions

ALARM: Final = "audit.alarm"
_TOLD: Final = 20


def raise_alarm(
    transactions: Transactions, clock: Clock, findings: Sequence[Finding], *, by: str
) -> None:
    """Write one row for these findings: the first of them by code and place, and a hash of all."""
    told = tuple(
        (one.code, f"{one.first}-{one.last} {one.what}".strip()) for one in findings[:_TOLD]
    )
    with transactions.begin() as unit:
        unit[AuditLog].append(
            AuditEntry(
                at=clock.now(),
                actor=by,
                department="",
                action=ALARM,
                outcome=Outcome.DENIED,
                request=digest(list(findings)),
                note=(*told, ("count", str(len(findings)))),
            )
        )
        unit.commit()
