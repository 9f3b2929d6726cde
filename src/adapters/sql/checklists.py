"""Checklists in tables."""

from sqlalchemy import Index, Table, Text, UniqueConstraint, true
from sqlalchemy.schema import Column

from adapters.sql.engine.mapper import Lookup, Mapper, Values, json_text
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    flag,
    key,
    moment,
    ordered,
    required,
    row_seal,
    version,
    whole,
    words,
)
from supervision_core.checklists.model import Checklist, ChecklistState
from supervision_core.checklists.ports import Checklists

checklist = Table(
    "checklist",
    metadata,
    key(),
    version(),
    ordered("code", 64),
    region(),
    words("name", 200),
    words("trade", 64),
    required("state", 10),
    flag("is_default"),
    flag("pilot"),
    required("lead_department", ID_LENGTH),
    Column("joining", Text, nullable=False),
    whole("published"),
    whole("item_count"),
    moment("created_at", nullable=True),
    body(),
    row_seal(),
    UniqueConstraint("region", "code"),
    Index("ix_checklist_trade", "trade", "code", "id"),
)

checklist_department = several_of(
    "checklist_department", checklist, required("department", ID_LENGTH)
)


def _checklist_columns(root: Checklist) -> Values:
    content = root.draft
    return {
        "name": content.name,
        "trade": content.trade,
        "lead_department": content.lead,
        "joining": json_text(content.joining),
        "published": len(root.versions),
        "item_count": len(content.items),
        "created_at": root.created_at,
    }


class SqlChecklists(SqlRepository[Checklist], Checklists):
    """The checklists in table ``checklist``."""

    mapper = Mapper(
        Checklist,
        checklist,
        derived=_checklist_columns,
        lookups=(Lookup.of(checklist_department, lambda root: root.departments),),
        renamed={"_default": "is_default"},
    )

    def find_by_code(self, region: str, code: str) -> Checklist | None:
        """Give the checklist of that code in exactly that region, deleted ones too."""
        return self._matching(region=region, code=code)

    def default_of(self, region: str, trade: str) -> Checklist | None:
        """Give the default checklist of a trade in exactly that region."""
        return self._one(
            checklist.c.region == region,
            checklist.c.trade == trade,
            checklist.c.is_default == true(),
            checklist.c.state != ChecklistState.DELETED.value,
        )
