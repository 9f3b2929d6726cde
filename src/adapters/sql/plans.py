"""Plans, and the published caps of checks, in tables."""

from sqlalchemy import (
    Index,
    Table,
    Text,
    func,
    select,
)
from sqlalchemy.schema import Column

from adapters.sql.engine.lists import LAST_SIGN
from adapters.sql.engine.mapper import Lookup, Mapper, Values, json_text
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    day,
    key,
    ordered,
    required,
    row_seal,
    version,
    whole,
)
from supervision_core.plans.model import Plan
from supervision_core.plans.ports import Plans

plan = Table(
    "plan",
    metadata,
    key(),
    version(),
    required("code", 60),
    ordered("name", 200),
    required("scene", ID_LENGTH),
    whole("plan_year"),
    region(),
    required("lead_department", ID_LENGTH),
    required("state", 20),
    Column("joining", Text, nullable=False),
    day("starts_on", nullable=True),
    day("ends_on", nullable=True),
    whole("sub_plan_count"),
    row_seal(),
    body(),
    Index("ix_plan_code", "code", unique=True),
    Index("ix_plan_plan_year", "plan_year", "name", "id"),
    Index("ix_plan_scene", "scene", "name", "id"),
)


plan_department = several_of("plan_department", plan, required("department", ID_LENGTH))


def _plan_columns(root: Plan) -> Values:
    sheet, (starts_on, ends_on) = root.sheet, root.period
    return {
        "name": sheet.name,
        "scene": sheet.scene,
        "plan_year": sheet.year,
        "region": sheet.region,
        "lead_department": sheet.lead,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "joining": json_text(sheet.joining),
        "sub_plan_count": len(root.sub_plans),
    }


class SqlPlans(SqlRepository[Plan], Plans):
    """Plans in table ``plan``."""

    mapper = Mapper(
        Plan,
        plan,
        derived=_plan_columns,
        lookups=(Lookup.of(plan_department, lambda root: root.departments),),
        renamed={"number": "code"},
    )

    def last_number(self, beginning: str) -> str:
        """Give the last number that begins so, empty where none does."""
        code = plan.c.code
        here = code >= beginning, code < beginning + LAST_SIGN
        return self._reader.rows(select(func.max(code)).where(*here))[0][0] or ""
