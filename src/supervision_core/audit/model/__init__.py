"""The audit log: its rows, the Merkle tree over them, checkpoints, proofs and how all is verified.

The tree has the shape of RFC 6962, with SM3 instead of SHA-256.
"""

from supervision_core.audit.model.checkpoint import (
    Checkpoint,
    CheckpointMalformed,
    Cosignature,
    SignedCheckpoint,
    cosignature_content,
)
from supervision_core.audit.model.entry import (
    ALARM,
    CONCERNS,
    REPAIR,
    AuditEntry,
    AuditRow,
    Outcome,
    StoredLeaf,
    concerned,
    leaf_text,
    note_text,
    read_target,
    target_of,
    targets_text,
    things_of,
)
from supervision_core.audit.model.policy import (
    AnchorPolicy,
    ClockBehind,
    LogUnanchored,
    RetentionTooShort,
    is_due,
    require_anchored,
    require_clock,
    require_retention,
)
from supervision_core.audit.model.tree import (
    Frontier,
    consistency_proof,
    inclusion_path,
    inclusion_proof,
    is_consistent,
    root_from_proof,
    tree_root,
)
from supervision_core.audit.model.verification import (
    Finding,
    LogVerifier,
    Verdict,
    check_checkpoints,
    check_next,
)
from supervision_core.audit.model.witnessing import (
    WitnessRefused,
    WitnessUnavailable,
    require_consistent,
)

__all__ = [
    "ALARM",
    "CONCERNS",
    "REPAIR",
    "AnchorPolicy",
    "AuditEntry",
    "AuditRow",
    "Checkpoint",
    "CheckpointMalformed",
    "ClockBehind",
    "Cosignature",
    "Finding",
    "Frontier",
    "LogUnanchored",
    "LogVerifier",
    "Outcome",
    "RetentionTooShort",
    "SignedCheckpoint",
    "StoredLeaf",
    "Verdict",
    "WitnessRefused",
    "WitnessUnavailable",
    "check_checkpoints",
    "check_next",
    "concerned",
    "consistency_proof",
    "cosignature_content",
    "inclusion_path",
    "inclusion_proof",
    "is_consistent",
    "is_due",
    "leaf_text",
    "note_text",
    "read_target",
    "require_anchored",
    "require_clock",
    "require_consistent",
    "require_retention",
    "root_from_proof",
    "target_of",
    "targets_text",
    "things_of",
    "tree_root",
]
