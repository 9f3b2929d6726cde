"""DuckDB embedded: a file of facts in, a Parquet file of results out, whatever the size."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
from attrs import frozen
from sqlalchemy import Select
from sqlalchemy.engine.default import DefaultDialect

from adapters.analytics.files import FactsOfFile, literal_path, open_facts, reading
from adapters.analytics.selecting import Crossing, Part, assess_select
from supervision_core.assessment.model import AssessmentModel, FactDefinition
from supervision_core.assessment.ports import BatchAssessment, BatchSummary
from supervision_core.grading.model import GradingDefinition, require_fitting
from supervision_core.grading.ports import BatchGrading, GradingSummary
from supervision_core.kernel.documents import RejectedRow

# DuckDB speaks standard SQL; the neutral dialect writes it, literals included
_NEUTRAL = DefaultDialect(paramstyle="named")


@frozen
class DuckDbFiles(BatchAssessment, BatchGrading):
    """Assesses a file of facts (.parquet, .csv, .xlsx) into a Parquet file of results.

    One row a subject: ``subject_id``, then level, total, faults and contributions of each model;
    with a grading rule the columns of the risk model are prefixed ``r_``, those of the credit
    model ``c_``, and ``grade`` follows. ``results`` appears whole or not at all; rows with a cell
    that cannot be read are left out of it, and told in the summary.
    """

    facts: Path
    results: Path
    key: str | None = None
    memory_mb: int = 320
    threads: int = 2

    def assess(self, model: AssessmentModel, as_of: date) -> BatchSummary:
        """Assess by one model. Raises ``FactFileNotUsable``."""
        with self._connected() as (connection, scratch):
            rejected = self._run(connection, scratch, (Part(model),), as_of)
            levels = self._counts(connection, "level")
        faulty = levels.pop("", 0)
        return BatchSummary(sum(levels.values()) + faulty, levels, faulty, rejected)

    def grade(
        self,
        risk: AssessmentModel,
        credit: AssessmentModel,
        rule: GradingDefinition,
        as_of: date,
    ) -> GradingSummary:
        """Assess by both models and grade, in one pass.

        Raises ``FactFileNotUsable``, ``ModelsDoNotFit``.
        """
        require_fitting(rule, risk, credit)
        parts = (Part(risk, "r_"), Part(credit, "c_"))
        crossing = Crossing("grade", rule.position("r_position", "c_position"), rule.insufficient)
        with self._connected() as (connection, scratch):
            rejected = self._run(connection, scratch, parts, as_of, crossing)
            grades = self._counts(connection, "grade")
            risks = self._counts(connection, "r_level")
            credits_ = self._counts(connection, "c_level")
        faulty = grades.pop("", 0)
        risks.pop("", None)
        credits_.pop("", None)
        subjects = sum(grades.values()) + faulty
        by_grade = {int(grade): count for grade, count in grades.items()}
        return GradingSummary(subjects, risks, credits_, by_grade, faulty, rejected)

    @contextmanager
    def _connected(self) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
        with (
            tempfile.TemporaryDirectory(dir=self.results.resolve().parent) as scratch,
            duckdb.connect() as connection,
            reading(),
        ):
            connection.execute(f"SET memory_limit = '{self.memory_mb}MB'")
            connection.execute(f"SET threads = {self.threads}")
            connection.execute(f"SET temp_directory = '{literal_path(Path(scratch))}'")
            yield connection, Path(scratch)

    def _run(
        self,
        connection: duckdb.DuckDBPyConnection,
        scratch: Path,
        parts: Sequence[Part],
        as_of: date,
        crossing: Crossing | None = None,
    ) -> tuple[RejectedRow, ...]:
        source = open_facts(connection, self.facts, facts_of(parts), scratch, self.key)
        unfinished = scratch / "results.parquet"
        self._write(connection, source, parts, as_of, crossing, unfinished)
        unfinished.replace(self.results)
        return source.rejected

    def _write(  # noqa: PLR0913, PLR0917 -- what is asked, of what, and where it goes
        self,
        connection: duckdb.DuckDBPyConnection,
        source: FactsOfFile,
        parts: Sequence[Part],
        as_of: date,
        crossing: Crossing | None,
        target: Path,
    ) -> None:
        """Write the results of the opened facts."""
        statement = assess_select(source.table, "subject_id", parts, as_of, crossing=crossing)
        written = f"COPY ({duckdb_sql(statement)}) TO '{literal_path(target)}' (FORMAT parquet)"
        connection.execute(written)

    def _counts(self, connection: duckdb.DuckDBPyConnection, column: str) -> dict[str, int]:
        results = literal_path(self.results.resolve())
        rows = connection.execute(
            f"SELECT {column}, count(*) FROM read_parquet('{results}') GROUP BY 1 ORDER BY 1"  # noqa: S608 - quoted names
        ).fetchall()
        return {"" if value is None else str(value): count for value, count in rows}


def duckdb_sql(statement: Select[tuple[object, ...]]) -> str:
    """Write a statement in DuckDB's SQL, without parameters."""
    return str(statement.compile(dialect=_NEUTRAL, compile_kwargs={"literal_binds": True}))


def facts_of(parts: Sequence[Part]) -> list[FactDefinition]:
    """Give the facts that the enabled indicators of all parts use, each once."""
    found: dict[str, FactDefinition] = {}
    for part in parts:
        used = {name for i in part.model.enabled for name in i.facts()}
        found |= {fact.name: fact for fact in part.model.facts if fact.name in used}
    return list(found.values())
