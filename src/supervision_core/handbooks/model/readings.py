"""How often handbooks were read, and where."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from supervision_core.kernel.fields import said


class ReadingChannel(StrEnum):
    """浏览渠道 (ReadingChannel): where a handbook was read. Source: proposal 4104-4112."""

    PUBLIC = "public"
    STAFF = "staff"


CHANNELS: Final[Mapping[str, str]] = {
    ReadingChannel.PUBLIC: "公众", ReadingChannel.STAFF: "工作人员",
}  # fmt: skip


@frozen(kw_only=True)
class ReadingCounts:
    """浏览次数 (ReadingCounts): how often a handbook was opened, by channel."""

    public: int = field(default=0, metadata=said("公众浏览次数", example=120))
    staff: int = field(default=0, metadata=said("工作人员浏览次数", example=30))

    @property
    def all(self) -> int:
        """Through every channel."""
        return self.public + self.staff
