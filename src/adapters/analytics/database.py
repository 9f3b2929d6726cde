"""Assessment inside the business database: INSERT … SELECT, no row leaves the server."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    FromClause,
    MetaData,
    SmallInteger,
    String,
    Table,
    func,
    select,
)

from adapters.analytics.selecting import Crossing, Part, assess_select
from supervision_core.assessment.model import AssessmentModel, Row
from supervision_core.assessment.ports import BatchAssessment, BatchSummary
from supervision_core.grading.model import GradingDefinition, require_fitting
from supervision_core.grading.ports import BatchGrading, GradingSummary

FLATTENING = frozenset({"postgresql", "kingbase", "sqlite"})
"""Dialects whose planner would compute the inner layers once for each use."""


@frozen
class SqlAssessment(BatchAssessment, BatchGrading):
    """Assesses the rows of ``source`` within the caller's transaction on ``connection``.

    ``source`` is any selectable with ``key`` and a column for each fact, as ``assess_select``
    wants it. ``results`` is a table as ``results_table`` makes it; its rows are replaced.
    """

    connection: Connection
    source: FromClause
    key: str
    results: Table

    def assess(self, model: AssessmentModel, as_of: date) -> BatchSummary:
        """Assess by one model."""
        self._run((Part(model),), as_of)
        levels = self._counts("level")
        faulty = levels.pop(None, 0)
        return BatchSummary(sum(levels.values()) + faulty, levels, faulty)

    def grade(
        self,
        risk: AssessmentModel,
        credit: AssessmentModel,
        rule: GradingDefinition,
        as_of: date,
    ) -> GradingSummary:
        """Assess by both models and grade, in one pass. Raises ``ModelsDoNotFit``."""
        require_fitting(rule, risk, credit)
        crossing = Crossing("grade", rule.position("r_position", "c_position"), rule.insufficient)
        self._run((Part(risk, "r_"), Part(credit, "c_")), as_of, crossing)
        grades = self._counts("grade")
        faulty = grades.pop(None, 0)
        risks, credits_ = self._counts("r_level"), self._counts("c_level")
        risks.pop(None, None)
        credits_.pop(None, None)
        return GradingSummary(sum(grades.values()) + faulty, risks, credits_, grades, faulty)

    def _run(self, parts: Sequence[Part], as_of: date, crossing: Crossing | None = None) -> None:
        statement = assess_select(
            self.source,
            self.key,
            parts,
            as_of,
            crossing=crossing,
            barrier=self.connection.dialect.name in FLATTENING,
        )
        names = [column.name for column in self.results.c]
        self.connection.execute(self.results.delete())
        self.connection.execute(self.results.insert().from_select(names, statement))

    def _counts(self, column: str) -> dict[Any, int]:
        counted = select(self.results.c[column], func.count()).group_by(self.results.c[column])
        return dict(self.connection.execute(counted).tuples().all())

    def rows(self) -> Iterator[tuple[Any, Row]]:
        """Give key and result of every subject, in the order of the key."""
        key = self.results.c.subject_id
        for found, *row in self.connection.execute(select(self.results).order_by(key)):
            yield found, tuple(row)


def results_table(
    name: str,
    metadata: MetaData,
    model: AssessmentModel,
    credit: AssessmentModel | None = None,
) -> Table:
    """Describe a table for the results of one model, or of a risk and a credit model with grade.

    The contributions of each model version are columns, so every version has a table of its own.
    """
    parts = ((model, ""),) if credit is None else ((model, "r_"), (credit, "c_"))
    columns: list[Column[Any]] = [Column("subject_id", String(64), primary_key=True)]
    for part, prefix in parts:
        columns.append(Column(f"{prefix}level", String(30)))
        columns += [Column(f"{prefix}{c}", BigInteger) for c in part.columns()[1:]]
    if credit is not None:
        columns.append(Column("grade", SmallInteger))
    return Table(name, metadata, *columns)
