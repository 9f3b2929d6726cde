"""Files as the core sees them: media types and limits, what is staged, what hangs on a thing."""

from supervision_core.files.model.attachment import Attachment, AttachmentsRefused, FileSlot
from supervision_core.files.model.content import FileForm, StoredContent, StoredPart, Taken
from supervision_core.files.model.media import (
    LARGEST,
    LIMITS,
    PICTURES,
    MediaType,
    name_violations,
    type_of_name,
)
from supervision_core.files.model.staged import (
    PIECE_BYTES,
    STAGED_FOR,
    FileRefused,
    Quota,
    QuotaSpent,
    StagedFile,
)

__all__ = [
    "LARGEST",
    "LIMITS",
    "PICTURES",
    "PIECE_BYTES",
    "STAGED_FOR",
    "Attachment",
    "AttachmentsRefused",
    "FileForm",
    "FileRefused",
    "FileSlot",
    "MediaType",
    "Quota",
    "QuotaSpent",
    "StagedFile",
    "StoredContent",
    "StoredPart",
    "Taken",
    "name_violations",
    "type_of_name",
]
