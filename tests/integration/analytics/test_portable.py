"""The statements stay inside what every database computes alike."""

import re
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, MetaData, SmallInteger, String, Table
from sqlalchemy.dialects import oracle, postgresql, sqlite
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.interfaces import Dialect

from adapters.analytics.selecting import Part, assess_select
from supervision_core.assessment.model import FactType
from supervision_core.testing.assessment import AS_OF, awkward_model

TYPES: dict[FactType, Any] = {
    FactType.INTEGER: BigInteger(),
    FactType.DAY: BigInteger(),
    FactType.FLAG: SmallInteger(),
    FactType.CODE: String(200),
    FactType.DECIMAL: BigInteger(),
}
FORBIDDEN = re.compile(
    r" / | % |\|\||\d\.\d|\b(true|false|ISNULL|NVL|ROUND|FLOOR|MOD|SUM|AVG|IS 1|IS 0)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "dialect",
    [DefaultDialect(), sqlite.dialect(), postgresql.dialect(), oracle.dialect()],  # type: ignore[no-untyped-call]
    ids=lambda dialect: str(dialect.name),
)
def test_no_statement_leans_on_what_engines_disagree_about(dialect: Dialect) -> None:
    """No division, modulo, fraction, boolean literal, concatenation or NULL-swallowing function."""
    for seed in range(60):
        model = awkward_model(seed)
        columns = (Column(fact.name, TYPES[fact.type]) for fact in model.facts)
        source = Table("facts", MetaData(), Column("id", String(64)), *columns)
        statement = assess_select(source, "id", (Part(model),), AS_OF)
        text = str(statement.compile(dialect=dialect))
        without_conditions = re.sub(r"1 = 1|0 = 1|1 != 1", "", text)
        assert FORBIDDEN.search(without_conditions) is None, (seed, text)
