"""Spark as an engine: it reads the file where it lies, and runs the same statement."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
from attrs import frozen
from sqlalchemy import Column, String, text

from adapters.analytics.duckdb_files import facts_of
from adapters.analytics.engines import Asked, ClusterNotUsable, Engine
from adapters.analytics.files import (
    FITTING,
    SQL_TYPES,
    FactFileNotUsable,
    fact_headings,
    subject_heading,
)
from adapters.analytics.spark_connect import SparkConnect
from adapters.analytics.spark_sql import quoted, spark_sql
from supervision_core.assessment.model import FactDefinition, FactType
from supervision_core.kernel.errors import Violation, refuse_if

_NAMES: Mapping[pa.DataType, str] = {
    pa.int8(): "TINYINT",
    pa.int16(): "SMALLINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.string(): "VARCHAR",
    pa.large_string(): "VARCHAR",
    pa.string_view(): "VARCHAR",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
}
_MOST_DIGITS = 38


@frozen
class SparkEngine(Engine):
    """Spark, or Sail: reads the file at its address, which every one of its machines must reach."""

    name = "spark"
    connect: SparkConnect

    def results(
        self, facts: str, copy: Path, asked: Asked, key: str | None
    ) -> Iterator[pa.RecordBatch]:
        """Give the results. Raises ``FactFileNotUsable``, ``ClusterNotUsable``."""
        del copy
        yield from self.connect.batches(self.query(facts, asked, key))

    def query(self, facts: str, asked: Asked, key: str | None = None) -> str:
        """Give the statement over one file."""
        file = f"parquet.{quoted(facts)}"
        types = {one.name: one.type for one in self.connect.schema(f"SELECT * FROM {file}")}  # noqa: S608 - quoted
        if not types:
            raise ClusterNotUsable((Violation("analytics.cluster_sees_no_file"),))
        wanted = facts_of(asked.parts)
        headings = fact_headings(types, wanted)
        key = subject_heading(types, headings, key)
        refuse_if(FactFileNotUsable, _unfit(types, headings, wanted))
        cells = {f.name: _cell(headings[f.name], types[headings[f.name]], f) for f in wanted}
        self._require_whole(file, headings, {f.name: f for f in wanted}, cells)
        chosen = {"subject_id": quoted(key), **cells}
        listed = ", ".join(f"{cell} AS {quoted(name)}" for name, cell in chosen.items())
        columns = (Column(fact.name, SQL_TYPES[fact.type]) for fact in wanted)
        source = (
            text(f"SELECT {listed} FROM {file}")  # noqa: S608 - quoted names
            .columns(Column("subject_id", String()), *columns)
            .subquery("facts_of_file")
        )
        return spark_sql(asked.over(source))

    def _require_whole(
        self,
        file: str,
        headings: Mapping[str, str],
        facts: Mapping[str, FactDefinition],
        cells: Mapping[str, str],
    ) -> None:
        """Demand that no decimal is too large: engines make NULL of one, or an error."""
        decimals = [name for name, fact in facts.items() if fact.type is FactType.DECIMAL]
        if not decimals:
            return
        outside = (
            f"CAST(sum(CASE WHEN {_shifted(cells[name])} BETWEEN {-(2**63)} AND {2**63 - 1} "
            f"OR {quoted(headings[name])} IS NULL THEN 0 ELSE 1 END) AS BIGINT)"
            for name in decimals
        )
        asked = f"SELECT {', '.join(outside)} FROM {file}"  # noqa: S608 - quoted
        counts = [column[0].as_py() or 0 for b in self.connect.batches(asked) for column in b]
        data = (
            {"name": headings[name], "count": count, "scale": facts[name].scale}
            for name, count in zip(decimals, counts, strict=True)
            if count
        )
        refuse_if(
            FactFileNotUsable,
            (Violation("analytics.column_not_decimal", str(d["name"]), d) for d in data),
        )


def _said(kind: pa.DataType) -> str:
    if pa.types.is_decimal128(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    return _NAMES.get(kind, str(kind))


def _fits(kind: pa.DataType, fact: FactDefinition) -> bool:
    """Tell whether Spark reads the column exactly; of decimals as text it is not asked to."""
    if fact.type is not FactType.DECIMAL:
        return _NAMES.get(kind, "") in FITTING[fact.type]
    if pa.types.is_decimal128(kind):
        digits = kind.precision + fact.scale + 2
        return bool(0 <= kind.scale <= fact.scale and digits <= _MOST_DIGITS)
    return kind in _NAMES and bool(pa.types.is_integer(kind))


def _unfit(
    types: Mapping[str, pa.DataType],
    headings: Mapping[str, str],
    facts: Sequence[FactDefinition],
) -> Iterator[Violation]:
    for fact in facts:
        heading = headings[fact.name]
        if not _fits(types[heading], fact):
            data = {"name": heading, "type": _said(types[heading]), "wanted": fact.type.value}
            yield Violation("analytics.column_type_unfit", heading, data)


def _cell(heading: str, kind: pa.DataType, fact: FactDefinition) -> str:
    cell = quoted(heading)
    if fact.type is FactType.DAY:
        return f"unix_date({cell})"
    if fact.type is FactType.FLAG:
        return f"CASE WHEN {cell} THEN 1 WHEN NOT {cell} THEN 0 END"
    if fact.type is FactType.DECIMAL:
        shift = f"CAST('{10**fact.scale}' AS DECIMAL({fact.scale + 1}, 0))"
        whole = f"CAST({cell} AS DECIMAL(19, 0))" if pa.types.is_integer(kind) else cell
        return f"CAST({whole} * {shift} AS BIGINT)"
    return cell


def _shifted(cell: str) -> str:
    """Give a decimal as an integer of its scale, before it is made one."""
    return cell.removeprefix("CAST(").removesuffix(" AS BIGINT)")
