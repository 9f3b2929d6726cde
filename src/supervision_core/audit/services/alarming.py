"""Alarms: what was found wrong stands in the log itself, besides being told."""

from collections.abc import Sequence
from typing import Final

from supervision_core.audit.model import ALARM, AuditEntry, Finding, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.kernel.plain import digest
from supervision_core.kernel.ports import Clock, Transactions

_TOLD: Final = 20
_AT_ONCE: Final = 500
"""Objects that one row names."""


def raise_alarm(
    transactions: Transactions,
    clock: Clock,
    findings: Sequence[Finding],
    *,
    by: str,
    objects: Sequence[str] = (),
) -> None:
    """Write rows for these findings: the first by code and place, and a hash of all.

    All ``objects`` that they are about (see ``target_of``) are named, in as many rows as it takes.
    """
    told = tuple(
        (one.code, f"{one.first}-{one.last} {one.what}".strip()) for one in findings[:_TOLD]
    )
    with transactions.begin() as unit:
        for at in range(0, max(len(objects), 1), _AT_ONCE):
            unit[AuditLog].append(
                AuditEntry(
                    at=clock.now(),
                    actor=by,
                    department="",
                    action=ALARM,
                    outcome=Outcome.DENIED,
                    request=digest(list(findings)),
                    targets=tuple(objects[at : at + _AT_ONCE]),
                    note=(*told, ("count", str(len(findings)))),
                )
            )
        unit.commit()
