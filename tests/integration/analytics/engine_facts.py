"""Sessions with Sail, facts as Parquet with the types that Spark reads exactly, rows of results."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from adapters.analytics.engines import Asked, Engine, same_form
from adapters.analytics.sail_server import Served
from adapters.analytics.spark_connect import SparkConnect
from adapters.system import SystemIds
from supervision_core.assessment.model import (
    AssessmentModel,
    Band,
    Bands,
    Category,
    FactDefinition,
    FactType,
    Indicator,
    Kind,
    Level,
    Missing,
    Row,
    total_scale,
)
from supervision_core.testing.assessment import Facts

_TYPES = {
    FactType.INTEGER: pa.int64(),
    FactType.DAY: pa.date32(),
    FactType.FLAG: pa.bool_(),
    FactType.CODE: pa.string(),
}


def small_model(fact: FactDefinition) -> AssessmentModel:
    """Give a model of one indicator over one number."""
    rule = Bands(fact.name, (Band(None, 10, 100), Band(10, None, 300)), Missing.scores(0))
    return AssessmentModel(
        kind=Kind.RISK,
        code="small",
        name="小",
        facts=(fact,),
        categories=(Category("all", "全部"),),
        indicators=(Indicator("only", "唯一", "all", rule),),
        levels=(Level("A", "低"), Level("B", "高")),
        grader=total_scale((Band(None, 200, "A"), Band(200, None, "B"))),
    )


@contextmanager
def session(served: Served, seconds: float = 60) -> Iterator[SparkConnect]:
    """Give a session of its own."""
    connect = SparkConnect(served.address, SystemIds().next_id(), seconds)
    connect.greet()
    yield connect
    connect.close()


def write_facts(path: Path, definitions: Sequence[FactDefinition], facts: Sequence[Facts]) -> None:
    """Write facts, decimals as DECIMAL."""
    columns = {"id": pa.array([f"{n:06}" for n in range(len(facts))], pa.string())}
    for one in definitions:
        cells = [known[one.name] for known in facts]
        kind = _TYPES.get(one.type)
        if one.type is FactType.DECIMAL:
            kind = pa.decimal128(19, one.scale)
            cells = [None if cell is None else Decimal(str(cell)) for cell in cells]  # type: ignore[misc]
        columns[one.name] = pa.array(cells, kind)
    pq.write_table(pa.table(columns), path)


def assessed(
    engine: Engine, folder: Path, model: AssessmentModel, as_of: date, facts: Sequence[Facts]
) -> list[Row]:
    """Assess by an engine over a file."""
    path, asked = folder / "facts.parquet", Asked.of(model, as_of)
    write_facts(path, model.facts, facts)
    found = engine.results(f"file://{path}", path, asked, None)
    tables = same_form(found, asked.schema())
    rows = (row for one in tables for row in zip(*(c.to_pylist() for c in one), strict=True))
    return [row[1:] for row in rows]
