"""Engines of a batch: one Parquet file of facts in, the same rows out in the same order."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from attrs import define, frozen
from sqlalchemy import Select

from adapters.analytics.duckdb_files import duckdb_sql, facts_of
from adapters.analytics.files import open_facts, reading
from adapters.analytics.selecting import Crossing, Part, assess_select
from supervision_core.assessment.model import AssessmentModel
from supervision_core.grading.model import GradingDefinition, require_fitting
from supervision_core.kernel.errors import Refused

ROWS_AT_ONCE = 65_536


@define(eq=False)
class ClusterNotUsable(Refused):
    """The cluster did not answer in time, was not reached, or refused what it was asked."""

    code = "analytics.cluster_not_usable"


@frozen
class Asked:
    """By what subjects are assessed, and as of which day."""

    parts: tuple[Part, ...]
    as_of: date
    crossing: Crossing | None = None

    @classmethod
    def of(
        cls,
        model: AssessmentModel,
        as_of: date,
        credit: AssessmentModel | None = None,
        rule: GradingDefinition | None = None,
    ) -> "Asked":
        """Ask for one model, or for a risk and a credit model with their matrix.

        Raises ``ModelsDoNotFit``.
        """
        if credit is None or rule is None:
            return cls((Part(model),), as_of)
        require_fitting(rule, model, credit)
        crossing = Crossing("grade", rule.position("r_position", "c_position"), rule.insufficient)
        return cls((Part(model, "r_"), Part(credit, "c_")), as_of, crossing)

    def schema(self) -> pa.Schema:
        """Give names and types of the columns of results, the same whatever the engine."""
        columns: list[tuple[str, pa.DataType]] = [("subject_id", pa.string())]
        for part in self.parts:
            names = [f"{part.prefix}{name}" for name in part.model.columns()]
            columns += [(names[0], pa.string()), *((name, pa.int64()) for name in names[1:])]
        if self.crossing is not None:
            columns.append((self.crossing.name, pa.int64()))
        return pa.schema(columns)

    def over(self, source: Any) -> Select[Any]:
        """Give the statement over a table of facts, its rows in the order of the subjects."""
        statement = assess_select(
            source, "subject_id", self.parts, self.as_of, crossing=self.crossing
        )
        return statement.order_by(next(iter(statement.selected_columns)))


class Engine(ABC):
    """计算引擎 (Engine): what computes the results of one file."""

    name: str

    @abstractmethod
    def results(
        self, facts: str, copy: Path, asked: Asked, key: str | None
    ) -> Iterator[pa.RecordBatch]:
        """Give the results in the order of the subjects.

        ``facts`` is the address of the file, ``copy`` the same on this machine, in a folder of our
        own. Raises ``FactFileNotUsable``.
        """


@frozen
class DuckDbEngine(Engine):
    """DuckDB, embedded: reads the copy."""

    name = "duckdb"
    memory_mb: int = 320
    threads: int = 1

    def results(
        self, facts: str, copy: Path, asked: Asked, key: str | None
    ) -> Iterator[pa.RecordBatch]:
        """Give the results. Raises ``FactFileNotUsable``."""
        del facts
        scratch = copy.parent / "duckdb"
        scratch.mkdir(exist_ok=True)
        with duckdb.connect() as connection, reading():
            connection.execute(f"SET memory_limit = '{self.memory_mb}MB'")
            connection.execute(f"SET threads = {self.threads}")
            connection.execute(
                f"SET temp_directory = '{str(scratch).replace(chr(39), chr(39) * 2)}'"
            )
            source = open_facts(connection, copy, facts_of(asked.parts), scratch, key)
            query = duckdb_sql(asked.over(source.table))
            yield from connection.sql(query).to_arrow_reader(ROWS_AT_ONCE)


def same_form(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Cut rows into pieces of the same size and type, however an engine cuts and types them."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        if list(batch.schema.names) != list(schema.names):
            raise TypeError(batch.schema)
        waiting.append(batch.cast(schema))
        rows += len(batch)
        while rows >= ROWS_AT_ONCE:
            table = pa.Table.from_batches(waiting, schema)
            yield table.slice(0, ROWS_AT_ONCE).combine_chunks()
            waiting = table.slice(ROWS_AT_ONCE).to_batches()
            rows -= ROWS_AT_ONCE
    if rows:
        yield pa.Table.from_batches(waiting, schema).combine_chunks()
