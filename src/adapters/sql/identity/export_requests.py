"""Requests to give out personal data, in a table whose rows nobody changes unseen."""

from sqlalchemy import Index, Table

from adapters.sql.engine.mapper import Mapper, Values
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, body, key, required, row_seal, version
from supervision_core.identity.model import ExportRequest
from supervision_core.identity.ports import ExportRequests

export_request = Table(
    "export_request",
    metadata,
    key(),
    version(),
    required("about", ID_LENGTH),
    region(),
    required("state", 10),
    required("purpose", 20),
    row_seal(),
    body(),
    Index("ix_export_request_state", "state", "id"),
)


def _columns(root: ExportRequest) -> Values:
    return {"state": root.state.value}


class SqlExportRequests(SqlRepository[ExportRequest], ExportRequests):
    """Requests in table ``export_request``."""

    mapper = Mapper(ExportRequest, export_request, derived=_columns)
