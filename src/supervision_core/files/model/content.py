"""What is known of a file's content once it is whole and judged."""

from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from supervision_core.files.model.media import MediaType


class FileForm(StrEnum):
    """附件形式 (FileForm): the file as it was taken in, or the small picture made of it."""

    WHOLE = "whole"
    THUMBNAIL = "thumbnail"


@frozen(kw_only=True)
class Taken:
    """拍摄信息 (Taken): when, where and by which device a picture says it was taken.

    As the device wrote it (EXIF 2.32): ``at`` its local time, ``latitude`` and ``longitude`` in
    degrees (WGS 84), all as text, empty where the picture does not say.
    """

    at: str = ""
    latitude: str = field(default="", repr=False)
    longitude: str = field(default="", repr=False)
    device: str = ""


@frozen(kw_only=True)
class StoredPart:
    """One form of a file as it is stored: media type, size in bytes, addresses of its pieces."""

    media: MediaType
    size: int
    pieces: tuple[str, ...]


@frozen(kw_only=True)
class StoredContent:
    """文件内容 (StoredContent): the judged content of a file, and what was made of it.

    ``sm3`` (hex) is over the bytes as stored in ``whole``; ``width`` and ``height`` are pixels, 0
    where there are none; ``scanned_by`` names the scanner that found nothing, empty where none is
    set; ``stripped`` tells that nothing is left in it but the picture itself.
    """

    sm3: str
    whole: StoredPart
    judged_at: datetime
    thumbnail: StoredPart | None = None
    width: int = 0
    height: int = 0
    taken: Taken | None = None
    scanned_by: str = ""
    stripped: bool = False

    def form(self, form: FileForm) -> StoredPart | None:
        """Give one form, if there is one."""
        return self.whole if form is FileForm.WHOLE else self.thumbnail

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of all pieces of all forms."""
        return self.whole.pieces + (self.thumbnail.pieces if self.thumbnail else ())
