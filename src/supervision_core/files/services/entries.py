"""Files of entries of registers."""

from collections.abc import Iterable, Mapping, Sequence

from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Attachments
from supervision_core.files.services.attaching import attach, detach
from supervision_core.identity.services import Work
from supervision_core.identity.services.registers import EntryFiles

MOST_FILES = 20
"""Files in one field of an entry."""


class AttachedFiles(EntryFiles):
    """Hangs files on entries as on whatever else."""

    def hang(
        self, work: Work, slot: tuple[str, str], entry: str, files: Sequence[str], at: str
    ) -> None:
        """Attach what is new, and detach what is named no more."""
        kind, name = slot
        place = FileSlot(kind=kind, name=name, accepts=frozenset(MediaType), most=MOST_FILES)
        there = (one.id for one in work[Attachments].of(kind, entry) if one.slot == name)
        detach(work, place, entry, [one for one in there if one not in files])
        attach(work, place, entry, files, at=at)

    def names(self, work: Work, files: Iterable[str]) -> Mapping[str, str]:
        """Give what files are called, those that are attached."""
        return {one.id: one.name for one in work[Attachments].find_many(files)}
