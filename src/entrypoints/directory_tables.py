"""The tables of the directory, by the names under which they are imported and exported."""

from collections.abc import Mapping

from supervision_core.identity.directory_table import DEPARTMENT_TABLE, REGION_TABLE
from supervision_core.identity.table import USER_TABLE
from supervision_core.kernel.tables import TableFormat

FORMATS: Mapping[str, TableFormat] = {
    "regions": REGION_TABLE,
    "departments": DEPARTMENT_TABLE,
    "users": USER_TABLE,
}
