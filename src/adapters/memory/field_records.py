"""Records of phones in memory."""

from collections.abc import Iterable

from adapters.memory.repository import MemoryRepository
from supervision_core.field_records.devices import FieldDevice
from supervision_core.field_records.model import FieldRecord, RecordState
from supervision_core.field_records.ports import FieldDevices, FieldRecords


class MemoryFieldRecords(MemoryRepository[FieldRecord], FieldRecords):
    """Holds what came of records."""

    cls = FieldRecord

    def left_version(self, owner: str, thing: str) -> int:
        """Look at every record."""
        asked = (owner, thing)
        found = (one for one in self.every() if (one.owner, one.thing) == asked)
        return max((one.left_version for one in found if one.state is RecordState.DONE), default=0)


class MemoryFieldDevices(MemoryRepository[FieldDevice], FieldDevices):
    """Holds phones."""

    cls = FieldDevice

    def of_owners(self, owners: Iterable[str]) -> list[FieldDevice]:
        """Look at every phone."""
        wanted = set(owners)
        return [one for one in self.every() if one.owner in wanted]

    def of_department(self, department: str) -> list[FieldDevice]:
        """Look at every phone."""
        return [one for one in self.every() if one.department == department]
