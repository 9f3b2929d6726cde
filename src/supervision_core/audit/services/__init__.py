"""What is done with the log as a whole: anchoring, verifying, comparing."""

from supervision_core.audit.services.anchoring import (
    Anchored,
    Anchoring,
    LogTampered,
    WriteGuard,
)
from supervision_core.audit.services.verifying import (
    check_segments,
    compare_versions,
    segments_digest,
    verify_store,
)

__all__ = [
    "Anchored",
    "Anchoring",
    "LogTampered",
    "WriteGuard",
    "check_segments",
    "compare_versions",
    "segments_digest",
    "verify_store",
]
