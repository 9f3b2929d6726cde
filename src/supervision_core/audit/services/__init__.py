"""What is done with the log as a whole: anchoring, verifying, comparing."""

from supervision_core.audit.services.alarming import raise_alarm
from supervision_core.audit.services.anchoring import (
    Anchored,
    Anchoring,
    LogTampered,
    WriteGuard,
)
from supervision_core.audit.services.archiving import (
    DueSegment,
    SegmentNotDue,
    due_segment,
    require_due,
)
from supervision_core.audit.services.logged import LoggedVersions, NamedInMemory
from supervision_core.audit.services.verifying import (
    check_segments,
    compare_versions,
    segments_digest,
    verify_store,
)

__all__ = [
    "Anchored",
    "Anchoring",
    "DueSegment",
    "LogTampered",
    "LoggedVersions",
    "NamedInMemory",
    "SegmentNotDue",
    "WriteGuard",
    "check_segments",
    "compare_versions",
    "due_segment",
    "raise_alarm",
    "require_due",
    "segments_digest",
    "verify_store",
]
