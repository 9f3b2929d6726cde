"""Evidence closed from view: one officer proposes, the head decides, digest and row stay."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from supervision_core.kernel.tones import Toned, bad, good, waiting


class SealingGround(StrEnum):
    """Why evidence is closed from view."""

    PERSONAL = "personal"
    MINOR = "minor"
    BYSTANDER = "bystander"


class SealingState(StrEnum):
    """Whether the head has decided that evidence is closed from view."""

    PROPOSED = "proposed"
    SEALED = "sealed"
    REJECTED = "rejected"


SEALING_STATES: Final[Mapping[str, Toned]] = {
    SealingState.PROPOSED: waiting("待审批"), SealingState.SEALED: good("已封存"),
    SealingState.REJECTED: bad("不同意"),
}  # fmt: skip


@frozen(kw_only=True)
class EvidenceSealing:
    """证据封存 (EvidenceSealing): a file with personal matter that nobody opens any more.

    Whoever proposed it, an account, does not decide it. ``sm3`` (hex) says what the file is; its
    row, and the result that it shows, stay. Source: design §14.
    """

    id: str
    file: str
    sm3: str
    ground: SealingGround
    reason: str
    by: str
    at: datetime
    state: SealingState = SealingState.PROPOSED
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""
