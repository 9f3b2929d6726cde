"""Records of phones in memory."""

from collections.abc import Iterable

from adapters.memory.repository import MemoryRepository
from supervision_core.field_records.devices import FieldDevice
from supervision_core.field_records.model import FieldRecord, RecordState
from supervision_core.field_records.ports import FieldDevices, FieldRecords


class MemoryFieldRecords(MemoryRepository[FieldRecord], FieldRecords):
    """Holds what came of records."""

    cls = FieldRecord

    def left_versions(self, owner: str, thing: str, *, since: int) -> frozenset[int]:
        """Look at every record."""
        asked = (owner, thing, RecordState.DONE)
        return frozenset(
            one.left_version
            for one in self.every()
            if (one.owner, one.thing, one.state) == asked and one.left_version > since
        )


class MemoryFieldDevices(MemoryRepository[FieldDevice], FieldDevices):
    """Holds phones."""

    cls = FieldDevice

    def of_owners(self, owners: Iterable[str]) -> list[FieldDevice]:
        """Look at every phone."""
        wanted = set(owners)
        return [one for one in self.every() if one.owner in wanted]

    def of_companion(self, user: str) -> list[FieldDevice]:
        """Look at every phone."""
        return [one for one in self.every() if user in {pin.user for pin in one.companions}]

    def of_department(self, department: str) -> list[FieldDevice]:
        """Look at every phone."""
        return [one for one in self.every() if one.department == department]
