"""Publishing a handbook, taking it back, taking it out of use."""

from typing import Final

from attrs import field, frozen

from supervision_core.handbooks.model import Handbook
from supervision_core.handbooks.ports import Handbooks
from supervision_core.identity.services import Deeds
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class NameHandbook:
    """A handbook."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))


_HANDBOOK: Final = Deeds(Handbooks, Handbook)
publish_handbook = _HANDBOOK.does(
    "publish", NameHandbook,
    "Publish the draft as a new, immutable version that everybody may read; give its number.",
    answer=int, answers="发布的版本号",
)  # fmt: skip
withdraw_handbook = _HANDBOOK.does(
    "withdraw", NameHandbook,
    "Take a published handbook back to be corrected; nobody reads it until it is published.",
)  # fmt: skip
disable_handbook = _HANDBOOK.does(
    "disable", NameHandbook, "Take a published handbook out of use; its versions are kept."
)
enable_handbook = _HANDBOOK.does(
    "enable", NameHandbook, "Let the newest version of a disabled handbook be read again."
)
delete_handbook = _HANDBOOK.does(
    "delete", NameHandbook,
    "Take a handbook off every list; a scene that shows it shows it no more.",
)  # fmt: skip
