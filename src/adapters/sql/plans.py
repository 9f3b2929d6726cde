"""Plans, and the published caps of checks, in tables."""

from sqlalchemy import Index, Table

from adapters.sql.mapper import Mapper, Values
from adapters.sql.regions import region
from adapters.sql.repository import SqlRepository
from adapters.sql.schema import metadata
from adapters.sql.types import ID_LENGTH, body, key, ordered, required, row_seal, version, whole
from supervision_core.plans.model import Plan
from supervision_core.plans.ports import Plans

plan = Table(
    "plan",
    metadata,
    key(),
    version(),
    ordered("name", 200),
    required("scene", ID_LENGTH),
    whole("plan_year"),
    region(),
    required("lead_department", ID_LENGTH),
    required("state", 20),
    row_seal(),
    body(),
    Index("ix_plan_plan_year", "plan_year", "name", "id"),
    Index("ix_plan_scene", "scene", "name", "id"),
)


def _plan_columns(root: Plan) -> Values:
    sheet = root.sheet
    return {
        "name": sheet.name,
        "scene": sheet.scene,
        "plan_year": sheet.year,
        "region": sheet.region,
        "lead_department": sheet.lead,
    }


check_cap = Table(
    "check_cap",
    metadata,
    key("department"),
    whole("most"),
)
"""How often a year each department may check one firm, as it published."""


class SqlPlans(SqlRepository[Plan], Plans):
    """Plans in table ``plan``."""

    mapper = Mapper(Plan, plan, derived=_plan_columns)
