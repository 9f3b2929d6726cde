"""Records of phones in tables."""

from collections.abc import Iterable

from sqlalchemy import Index, Table, select

from adapters.sql.engine.mapper import Lookup, Mapper
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    key,
    required,
    row_seal,
    version,
    whole,
    words,
)
from supervision_core.field_records.devices import FieldDevice
from supervision_core.field_records.model import FieldRecord, RecordState
from supervision_core.field_records.ports import FieldDevices, FieldRecords

field_record = Table(
    "field_record",
    metadata,
    key(),
    version(),
    required("owner", ID_LENGTH),
    required("state", 10),
    words("thing", ID_LENGTH),
    whole("left_version"),
    row_seal(),
    body(),
    Index("ix_field_record_owner", "owner", "thing"),
)

field_device = Table(
    "field_device",
    metadata,
    key(),
    version(),
    required("owner", ID_LENGTH),
    words("department", ID_LENGTH),
    row_seal(),
    body(),
    Index("ix_field_device_owner", "owner"),
    Index("ix_field_device_department", "department"),
)

field_companion = several_of(
    "field_companion",
    field_device,
    required("companion", ID_LENGTH),
    Index("ix_field_companion_companion", "companion"),
    by="device_id",
)
"""Whose PINs count on a phone."""


class SqlFieldRecords(SqlRepository[FieldRecord], FieldRecords):
    """Records in table ``field_record``."""

    mapper = Mapper(FieldRecord, field_record)

    def left_versions(self, owner: str, thing: str, *, since: int) -> frozenset[int]:
        """Look at those of one author about one thing."""
        columns = field_record.c
        asked = select(columns.left_version).where(
            columns.owner == owner, columns.thing == thing,
            columns.state == RecordState.DONE.value, columns.left_version > since,
        )  # fmt: skip
        return frozenset(int(row.left_version) for row in Reader(self._connection).rows(asked))


class SqlFieldDevices(SqlRepository[FieldDevice], FieldDevices):
    """Phones in table ``field_device``."""

    mapper = Mapper(
        FieldDevice, field_device,
        lookups=(
            Lookup(
                field_companion,
                lambda root: [{"companion": one.user} for one in root.companions],
            ),
        ),
    )  # fmt: skip

    def of_owners(self, owners: Iterable[str]) -> list[FieldDevice]:
        """Look at those of some accounts."""
        return self._where_in(field_device.c.owner, owners)

    def of_companion(self, user: str) -> list[FieldDevice]:
        """Look at the PINs of one account."""
        asked = select(field_companion.c.device_id).where(field_companion.c.companion == user)
        rows = Reader(self._connection).rows(asked)
        return self._where_in(field_device.c.id, [row.device_id for row in rows])

    def of_department(self, department: str) -> list[FieldDevice]:
        """Look at those of one department."""
        return self._where_in(field_device.c.department, [department])
