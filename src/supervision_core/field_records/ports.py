"""What records from phones want from the outside."""

from abc import abstractmethod
from collections.abc import Iterable

from supervision_core.field_records.devices import FieldDevice
from supervision_core.field_records.model import FieldRecord
from supervision_core.kernel.ports import Repository


class FieldRecords(Repository[FieldRecord]):
    """Holds what came of records, under digests of author and record."""

    kind = "field_record"

    @abstractmethod
    def left_versions(self, owner: str, thing: str, *, since: int) -> frozenset[int]:
        """Give the versions of a thing, newer than ``since``, that records of ``owner`` left."""


class FieldDevices(Repository[FieldDevice]):
    """Holds the phones that may send."""

    kind = "field_device"

    @abstractmethod
    def of_owners(self, owners: Iterable[str]) -> list[FieldDevice]:
        """Give the phones of some accounts, in any order."""

    @abstractmethod
    def of_companion(self, user: str) -> list[FieldDevice]:
        """Give the phones on which an account confirms by a PIN, in any order."""

    @abstractmethod
    def of_department(self, department: str) -> list[FieldDevice]:
        """Give the phones that were registered for a department, in any order."""
