"""From points to a level: three graders that combine freely.

``Scale`` cuts one measure into bands; ``Worst`` takes the most severe of several graders (total
*and* worst single score); ``Matrix`` crosses two graders (probability x severity). Each is total
by construction, so whatever is built of them is.

Measures, in hundredths of points: ``total``; ``worst``, the most points of a single indicator, at
least 0; ``category_<code>``, the subtotal of a category; ``item_<code>``, one indicator, 0 where
it does not count. Plain counts: ``vetoes``, ``missing`` (indicators that lack a fact).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from supervision_core.assessment.model.bands import Band, band_for, band_violations, cuts_of
from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Bounds,
    ExpressionTooLarge,
    Extreme,
    MixedUnits,
    Number,
    Operation,
    Quantity,
    Ref,
    Steps,
)
from supervision_core.assessment.model.syntax import Formula
from supervision_core.kernel.errors import Violation

POINTS_PLACES = 2
"""Points are written with at most two decimals."""


@frozen
class Level:
    """结果等级 (result level): risk 低/一般/较高/高, credit A-D; levels stand mildest first."""

    code: str
    name: str
    note: str = ""


@frozen
class Measures:
    """The measures of one model: name to static bounds and to the power of points in the unit."""

    bounds: Mapping[str, Bounds]
    degrees: Mapping[str, int]


class Grader(ABC):
    """定级规则: gives one label out of an ordered sequence, mildest first."""

    @abstractmethod
    def label(self, known: Mapping[str, int], labels: Sequence[str]) -> str:
        """Give the label for the measures."""

    @abstractmethod
    def position(self, labels: Sequence[str]) -> Quantity:
        """Say ``label`` in the expression language, as the position among ``labels``."""

    @abstractmethod
    def names(self) -> frozenset[str]:
        """Name every measure that decides."""

    @abstractmethod
    def violations(self, measures: Measures, labels: Sequence[str], at: str) -> Iterator[Violation]:
        """Give every fault of the grader."""


@frozen
class Scale(Grader):
    """分数段定级: bands over a measure, or over a formula of measures.

    Bounds are integers in the unit of the formula: hundredths for points, plain for counts,
    100 to the power of k where k points are multiplied.
    """

    measure: Formula
    bands: tuple[Band[str], ...]

    def label(self, known: Mapping[str, int], labels: Sequence[str]) -> str:  # noqa: ARG002
        """Give the label of the band."""
        return band_for(self.bands, self.measure.meaning.value(known) or 0)

    def position(self, labels: Sequence[str]) -> Quantity:
        """Step over the bounds."""
        cuts, values = cuts_of(self.bands)
        places = tuple(labels.index(value) for value in values)
        return Steps(self.measure.meaning, cuts, places)

    def names(self) -> frozenset[str]:
        """Name the measures of the formula."""
        return self.measure.meaning.names()

    def degree(self, measures: Measures) -> int:
        """Give the power of points in the unit of the bounds; raises ``MixedUnits``."""
        return self.measure.meaning.degree(measures.degrees)

    def violations(self, measures: Measures, labels: Sequence[str], at: str) -> Iterator[Violation]:
        """Want known measures of like units, and bands that cover every number once."""
        unknown = sorted(self.names() - measures.bounds.keys())
        for name in unknown:
            yield Violation("assessment.measure_unknown", f"{at}.measure", {"measure": name})
        if not unknown:
            yield from self._unit_violations(measures, f"{at}.measure")
        yield from band_violations(self.bands, f"{at}.bands", self._places(measures))
        for index, band in enumerate(self.bands):
            if band.value not in labels:
                data = {"level": band.value}
                yield Violation("assessment.level_unknown", f"{at}.bands[{index}]", data)

    def _places(self, measures: Measures) -> int:
        """Count the decimals of the bounds as they are written: two for each factor of points."""
        degrees = {name: measures.degrees.get(name, 1) for name in self.names()}
        try:
            return POINTS_PLACES * self.measure.meaning.degree(degrees)
        except MixedUnits:
            return 0

    def _unit_violations(self, measures: Measures, at: str) -> Iterator[Violation]:
        try:
            self.degree(measures)
            self.measure.meaning.bounds(measures.bounds)
        except MixedUnits:
            yield Violation("assessment.mixed_units", at)
        except ExpressionTooLarge:
            yield Violation("assessment.formula_too_large", at)


@frozen
class Worst(Grader):
    """从严定级: the most severe label that any of the graders gives."""

    of: tuple[Grader, ...]

    def label(self, known: Mapping[str, int], labels: Sequence[str]) -> str:
        """Ask every grader and take the last in order."""
        return max((grader.label(known, labels) for grader in self.of), key=labels.index)

    def position(self, labels: Sequence[str]) -> Quantity:
        """Take the greatest position."""
        places = tuple(grader.position(labels) for grader in self.of)
        return Extreme(most=True, among=places) if len(places) > 1 else places[0]

    def names(self) -> frozenset[str]:
        """Name the measures of all."""
        return frozenset().union(*(grader.names() for grader in self.of))

    def violations(self, measures: Measures, labels: Sequence[str], at: str) -> Iterator[Violation]:
        """Want at least one grader, each without fault."""
        if not self.of:
            yield Violation("assessment.graders_missing", f"{at}.worst_of")
        for index, grader in enumerate(self.of):
            yield from grader.violations(measures, labels, f"{at}.worst_of[{index}]")


@frozen
class Matrix(Grader):
    """矩阵定级: a label for each pair of a row's and a column's label, such as 可能性 x 后果."""

    rows: Grader
    row_labels: tuple[str, ...]
    columns: Grader
    column_labels: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    def label(self, known: Mapping[str, int], labels: Sequence[str]) -> str:  # noqa: ARG002
        """Look the pair up."""
        row = self.row_labels.index(self.rows.label(known, self.row_labels))
        column = self.column_labels.index(self.columns.label(known, self.column_labels))
        return self.cells[row][column]

    def position(self, labels: Sequence[str]) -> Quantity:
        """Count the cells row by row, and step over their numbers."""
        places = [labels.index(cell) for row in self.cells for cell in row]
        cuts = [n for n in range(1, len(places)) if places[n] != places[n - 1]]
        values = [places[0], *(places[n] for n in cuts)]
        width = Number(len(self.column_labels))
        row = Arithmetic(Operation.MULTIPLY, self.rows.position(self.row_labels), width)
        cell = Arithmetic(Operation.ADD, row, self.columns.position(self.column_labels))
        return Steps(cell, tuple(cuts), tuple(values))

    def names(self) -> frozenset[str]:
        """Name the measures of both sides."""
        return self.rows.names() | self.columns.names()

    def violations(self, measures: Measures, labels: Sequence[str], at: str) -> Iterator[Violation]:
        """Want distinct labels on both sides and a known level in every cell."""
        for side, names in (("rows", self.row_labels), ("columns", self.column_labels)):
            if not names or len(set(names)) < len(names):
                yield Violation("assessment.labels_not_distinct", f"{at}.{side}.labels")
        yield from self.rows.violations(measures, self.row_labels, f"{at}.rows")
        yield from self.columns.violations(measures, self.column_labels, f"{at}.columns")
        widths = {len(row) for row in self.cells}
        if len(self.cells) != len(self.row_labels) or widths != {len(self.column_labels)}:
            data = {"rows": len(self.row_labels), "columns": len(self.column_labels)}
            yield Violation("assessment.matrix_incomplete", f"{at}.cells", data)
        for row, cells in enumerate(self.cells):
            for column, cell in enumerate(cells):
                if cell not in labels:
                    where = f"{at}.cells[{row}][{column}]"
                    yield Violation("assessment.level_unknown", where, {"level": cell})


def total_scale(bands: Sequence[Band[str]]) -> Scale:
    """Cut the total: the ordinary case (proposal 6.4.2.6.2.3)."""
    return Scale(Formula("total", Ref("total")), tuple(bands))
