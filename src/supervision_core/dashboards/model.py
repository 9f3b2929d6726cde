"""What is counted: things of lists, each in cells of day, region, departments and scene."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from supervision_core.assessment.lists import ROUNDS
from supervision_core.assessment.model import Kind
from supervision_core.clues.lists import CLUES
from supervision_core.grading.lists import GRADED_SUBJECTS
from supervision_core.identity.model import Placement
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.listing import ListQuery
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS

NONE: Final = "-"
"""In the place of a value or a scene, where there is none: no engine keys by nothing."""
TROUBLED: Final = "troubled"
"""The value of a finished visit with findings."""
CLEAN: Final = "clean"
"""The value of a finished visit without."""
_ID: Final = 32


class Measure(StrEnum):
    """What is counted, and by which day and value (proposal 1816, 1820, 3238, 3579)."""

    VISIT_DUE = "visit_due"
    """Visits by state, on the last day for their result."""
    VISIT_FORMED = "visit_formed"
    """Finished visits by whether they found anything, on the day of the result."""
    RECTIFICATION_DUE = "rectification_due"
    """Orders to correct by state, on the last day of their term."""
    TASK_ENDS = "task_ends"
    """Tasks by state, on their last day."""
    CLUE_DUE = "clue_due"
    """Clues by state, on the last day for dealing with them."""
    GRADED = "graded"
    """Current grades by name, on the day as of which they were given."""
    RISK = "risk"
    """The same by level of risk."""
    CREDIT = "credit"
    """The same by level of credit."""
    RISK_ROUND = "risk_round"
    """Evaluations of risk by state, on the day on which they were begun."""
    CREDIT_ROUND = "credit_round"
    """The same of credit."""
    RISK_RESULT = "risk_result"
    """Evaluations of risk by each level that they gave, on the day on which they were begun."""
    CREDIT_RESULT = "credit_result"
    """The same of credit."""


@frozen
class Group:
    """Whose things are counted together: the departments concerned, and which of them leads."""

    departments: tuple[str, ...] = ()
    lead: str = ""

    @cached_property
    def key(self) -> str:
        """A name for it of one length."""
        return sm3(canonical_json([list(self.departments), self.lead])).hex()[:_ID]

    @property
    def placement(self) -> Placement:
        """Where its things stand, the region aside."""
        return Placement(region="", departments=frozenset(self.departments), lead=self.lead)


@frozen(kw_only=True)
class Cell:
    """计数格 (Cell): where a thing counts one.

    ``about`` is its scene; of grades their rule, of evaluations their model.
    """

    measure: Measure
    value: str
    day: date
    region: str
    group: Group = Group()
    about: str = NONE

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.day.replace(day=1)


Mark = tuple[Measure, str, date]
Marks = Callable[[Any, Any], Iterator[Mark]]
"""Gives the measures in which a row counts, with value and day; the facts beside it help."""


def _state(measure: Measure, day: str) -> Marks:
    def marks(row: Any, _: Any) -> Iterator[Mark]:
        yield measure, row.state, getattr(row, day)

    return marks


def _visit(row: Any, _: Any) -> Iterator[Mark]:
    yield Measure.VISIT_DUE, row.state, row.due_on
    if row.formed_on is not None:
        yield Measure.VISIT_FORMED, TROUBLED if row.findings else CLEAN, row.formed_on


def _round(row: Any, facts: Any) -> Iterator[Mark]:
    risk = row.kind is Kind.RISK
    yield (Measure.RISK_ROUND if risk else Measure.CREDIT_ROUND), row.state, row.created_on
    for level in sorted(set(facts.levels)):
        yield (Measure.RISK_RESULT if risk else Measure.CREDIT_RESULT), level, row.created_on


def _grade(row: Any, _: Any) -> Iterator[Mark]:
    yield Measure.GRADED, row.grade_name, row.as_of
    yield Measure.RISK, row.risk_level or NONE, row.as_of
    yield Measure.CREDIT, row.credit_level or NONE, row.as_of


Scenes = Callable[[str], str]


@frozen(eq=False)
class Counting:
    """How the things of a list count: in which measures, and about what."""

    query: ListQuery[Any]
    marks: Marks
    about: Callable[[Any, Scenes], str]

    def cells(self, root: Any, beside: Any, scenes: Scenes) -> tuple[Cell, ...]:
        """Give the cells of an aggregate, ``beside`` that with which it stands.

        ``scenes`` gives the scene of a task by its id. What lists do not show, and drafts that are
        their author's alone, count nowhere.
        """
        query = self.query
        hidden = query.author is not None and query.author(root)
        if hidden or not query.listed(root):
            return ()
        placed = query.placed(root) if query.stands_with is None else query.placed(root, beside)
        group = Group(tuple(sorted(placed.departments)), placed.lead)
        return tuple(
            Cell(measure=measure, value=str(value), day=day, region=placed.region, group=group,
                 about=self.about(root, scenes) or NONE)
            for measure, value, day in self.marks(query.row_of(root), query.facts(root))
        )  # fmt: skip


COUNTED: Final[Mapping[str, Counting]] = {
    one.query.port.kind: one
    for one in (
        Counting(TASKS, _state(Measure.TASK_ENDS, "ends_on"), lambda task, _: task.sheet.scene),
        Counting(VISITS, _visit, lambda visit, scenes: scenes(visit.sheet.task)),
        Counting(RECTIFICATIONS, _state(Measure.RECTIFICATION_DUE, "due_on"),
                 lambda order, scenes: scenes(order.sheet.task)),
        Counting(CLUES, _state(Measure.CLUE_DUE, "due_on"), lambda *_: NONE),
        Counting(GRADED_SUBJECTS, _grade, lambda grade, _: grade.rule),
        Counting(ROUNDS, _round, lambda one, _: one.model_id),
    )
}  # fmt: skip
"""What is counted, by the kinds of aggregates."""
