"""From points to a level: four graders that combine freely.

``Scale`` cuts one measure into bands; ``RateScale`` cuts a quotient of two; ``Worst`` takes the
most severe of several graders (total *and* worst single score); ``Matrix`` crosses two graders
(probability x severity). Each is total by construction, so whatever is built of them is; only a
rate of nothing gives no level.

Measures, in hundredths of points: ``total``; ``worst``, the most points of a single indicator, at
least 0; ``category_<code>``, the subtotal of a category; ``item_<code>``, one indicator, 0 where
it does not count; ``full``, ``full_category_<code>``, the full marks; ``applicable``,
``applicable_category_<code>``, the full marks of what counts for the subject. Plain counts:
``vetoes``, ``missing`` (indicators that lack a fact).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from supervision_core.assessment.model.bands import Band, band_for, band_violations, cuts_of
from supervision_core.assessment.model.decimals import decimal_text
from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Bounds,
    Choose,
    Compare,
    Comparison,
    Condition,
    DecimalNumber,
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
from supervision_core.kernel.fields import said

POINTS_PLACES = 2
"""Points are written with at most two decimals."""

RATE_PLACES = 4
"""Rates are cut at hundredths of a per cent."""

COUNTS = ("vetoes", "missing")
"""The measures that are no points."""


@frozen
class Level:
    """结果等级 (result level): risk 低/一般/较高/高, credit A-D; levels stand mildest first."""

    code: str = field(metadata=said("等级编码", example="A"))
    name: str = field(metadata=said("等级名称", example="低风险"))
    note: str = field(default="", metadata=said("等级说明", long=True))


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

    def rates(self) -> tuple["RateScale", ...]:
        """Give every rate in it: there is no level while one of them is a rate of nothing."""
        return ()


@frozen
class Scale(Grader):
    """分数段定级: bands over a measure, or over a formula of measures.

    Bounds are integers in the unit of the formula: hundredths for points, plain for counts,
    100 to the power of k where k points are multiplied.
    """

    measure: Formula = field(metadata=said("参与定级的得分或算式", example="points"))
    bands: tuple[Band[str], ...] = field(metadata=said("各分数段及其等级"))

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
        yield from _measure_violations(self.measure, measures, f"{at}.measure")
        yield from band_violations(self.bands, f"{at}.bands", self._places(measures))
        yield from _label_violations(self.bands, labels, at)

    def _places(self, measures: Measures) -> int:
        """Count the decimals of the bounds as they are written: two for each factor of points."""
        degrees = {name: measures.degrees.get(name, 1) for name in self.names()}
        try:
            return POINTS_PLACES * self.measure.meaning.degree(degrees)
        except MixedUnits:
            return 0


def _measure_violations(formula: Formula, measures: Measures, at: str) -> Iterator[Violation]:
    unknown = sorted(formula.meaning.names() - measures.bounds.keys())
    for name in unknown:
        yield Violation("assessment.measure_unknown", at, {"measure": name})
    if unknown:
        return
    if any(isinstance(part, DecimalNumber) for part in formula.meaning.walk()):
        yield Violation("assessment.decimal_in_measure", at)
        return
    try:
        formula.meaning.degree(measures.degrees)
        formula.meaning.bounds(measures.bounds)
    except MixedUnits:
        yield Violation("assessment.mixed_units", at)
    except ExpressionTooLarge:
        yield Violation("assessment.formula_too_large", at)


def _label_violations(
    bands: Sequence[Band[str]], labels: Sequence[str], at: str
) -> Iterator[Violation]:
    for index, band in enumerate(bands):
        if band.value not in labels:
            data = {"level": band.value}
            yield Violation("assessment.level_unknown", f"{at}.bands[{index}]", data)


@frozen
class RateScale(Grader):
    """得分率定级: bands over ``measure`` ÷ ``over``, such as 得分 ÷ 适用满分 (合理缺项).

    Nothing is divided: measure x unit is compared with bound x over. Bounds are in half steps of a
    hundredth of a per cent (of a hundredth of a point where points remain after dividing): 2n
    belongs to the band above it, 2n + 1 lies just above n, so that n belongs below. Where ``over``
    is not positive nothing applies to the subject, and there is no level.
    """

    measure: Formula = field(metadata=said("得分，或得分的算式", example="points"))
    over: Formula = field(metadata=said("满分，或满分的算式", example="full"))
    bands: tuple[Band[str], ...] = field(metadata=said("各得分率区间及其等级"))

    def label(self, known: Mapping[str, int], labels: Sequence[str]) -> str:
        """Count the bounds that are reached."""
        return labels[self.position(labels).value(known) or 0]

    def position(self, labels: Sequence[str]) -> Quantity:
        """Compare with one bound after another."""
        cuts, values = cuts_of(self.bands)
        place: Quantity = Number(labels.index(values[-1]))
        for cut, value in reversed(list(zip(cuts, values, strict=False))):
            place = Choose(self._below(cut), Number(labels.index(value)), place)
        return place

    def names(self) -> frozenset[str]:
        """Name the measures of both formulas."""
        return self.measure.meaning.names() | self.over.meaning.names()

    def rates(self) -> tuple["RateScale", ...]:
        """Give itself."""
        return (self,)

    def of_nothing(self) -> Condition:
        """Say when nothing applies."""
        return Compare(Comparison.AT_MOST, self.over.meaning, Number(0))

    def degree(self) -> int:
        """Give the power of points in the quotient: 0 for a plain rate; raises ``MixedUnits``."""
        degrees = {name: int(name not in COUNTS) for name in self.names()}
        return self.measure.meaning.degree(degrees) - self.over.meaning.degree(degrees)

    def places(self) -> int:
        """Count the decimals of the bounds; raises ``MixedUnits``."""
        return POINTS_PLACES * self.degree() or RATE_PLACES

    def bound_text(self, number: int) -> str:
        """Write a bound, without its half step: a rate as a percentage."""
        if self.degree() == 0:
            return f"{decimal_text(number, RATE_PLACES - 2)}%"
        return decimal_text(number, self.places())

    def violations(self, measures: Measures, labels: Sequence[str], at: str) -> Iterator[Violation]:
        """Want known measures, a quotient with a unit, and bands that cover every rate once."""
        wrong = (
            *_measure_violations(self.measure, measures, f"{at}.measure"),
            *_measure_violations(self.over, measures, f"{at}.over"),
        )
        yield from wrong
        yield from _label_violations(self.bands, labels, at)
        if wrong:
            return
        if self.degree() < 0:
            yield Violation("assessment.mixed_units", f"{at}.over")
            return
        faulty = tuple(band_violations(self.bands, f"{at}.bands", write=self._told))
        yield from faulty
        if not faulty:
            try:
                for cut in cuts_of(self.bands)[0]:
                    self._below(cut).check(measures.bounds)
            except ExpressionTooLarge:
                yield Violation("assessment.formula_too_large", f"{at}.bands")

    def _below(self, cut: int) -> Condition:
        """Say when the quotient lies below a bound: a/b < n, or a/b <= n for a half step."""
        unit = Number(10**RATE_PLACES if self.degree() == 0 else 1)
        left = Arithmetic(Operation.MULTIPLY, self.measure.meaning, unit)
        right = Arithmetic(Operation.MULTIPLY, self.over.meaning, Number(cut // 2))
        return Compare(Comparison.AT_MOST if cut % 2 else Comparison.LESS, left, right)

    def _told(self, bound: int) -> str:
        return f"{'>' if bound % 2 else ''}{self.bound_text(bound // 2)}"


@frozen
class Worst(Grader):
    """从严定级: the most severe label that any of the graders gives."""

    of: tuple[Grader, ...] = field(metadata=said("各定级规则，取其中最重的等级"))

    def label(self, known: Mapping[str, int], labels: Sequence[str]) -> str:
        """Ask every grader and take the last in order."""
        return max((grader.label(known, labels) for grader in self.of), key=labels.index)

    def position(self, labels: Sequence[str]) -> Quantity:
        """Take the greatest position."""
        places = tuple(grader.position(labels) for grader in self.of)
        return Extreme(most=True, among=places) if len(places) > 1 else places[0]

    def rates(self) -> tuple[RateScale, ...]:
        """Give the rates of all."""
        return tuple(rate for grader in self.of for rate in grader.rates())

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

    rows: Grader = field(metadata=said("行的定级规则"))
    row_labels: tuple[str, ...] = field(metadata=said("行的等级，从轻到重"))
    columns: Grader = field(metadata=said("列的定级规则"))
    column_labels: tuple[str, ...] = field(metadata=said("列的等级，从轻到重"))
    cells: tuple[tuple[str, ...], ...] = field(metadata=said("各行各列的结果等级"))

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

    def rates(self) -> tuple[RateScale, ...]:
        """Give the rates of both sides."""
        return (*self.rows.rates(), *self.columns.rates())

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
