"""A model as expressions in two layers, from which every executor is compiled.

The first layer is over the facts as rules see them (days as ages): one contribution for each
indicator, the number of faults (too few known facts are one more) and of missing. The second is
over the first: the measures that the grader asks for, and then the position of the level.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

from attrs import frozen

from supervision_core.assessment.model.definition import AssessmentModel, Indicator, is_applicable
from supervision_core.assessment.model.expressions import (
    Absent,
    Arithmetic,
    Choose,
    Compare,
    Comparison,
    Condition,
    Every,
    Extreme,
    Not,
    Nothing,
    Number,
    Operation,
    OrElse,
    Quantity,
    Ref,
    Some,
)
from supervision_core.assessment.model.facts import FactType
from supervision_core.assessment.model.rules import (
    Shift,
    Treatment,
    Veto,
    aligned_criterion,
    out_of_range,
)
from supervision_core.assessment.model.syntax import Criterion

Named = tuple[tuple[str, Quantity], ...]


@frozen
class LoweredModel:
    """A model in two layers of named expressions.

    ``first`` reads facts and names the contributions (``p_…``, ``v_…``), ``faults`` and, where the
    grader asks for it, ``missing``. ``measures`` reads the first layer; ``position`` reads both
    and gives the place of the level among ``levels``, meaningful where ``faults`` is 0.
    ``of_nothing``, where the model has rates, reads the second layer too: while it holds there is
    no level, and it counts as one fault where there is no other.
    """

    first: Named
    measures: Named
    position: Quantity
    levels: tuple[str, ...]
    of_nothing: Condition | None = None


def lower(model: AssessmentModel) -> LoweredModel:
    """Lower a model. Raises ``ModelNotUsable``: nothing unchecked is ever compiled."""
    model.require_usable()
    contributions = tuple((i.column, _contribution(model, i)) for i in model.enabled)
    faults = _sum(
        Choose(condition, Number(1), Number(0))
        for i in model.enabled
        if (condition := _fault(model, i)) is not None
    )
    if model.least_known:
        few = Compare(Comparison.LESS, _known(model), Number(model.least_known))
        faults = _sum((faults, Choose(few, Number(1), Number(0))))
    asked = model.grader.names()
    first = (*contributions, ("faults", faults))
    if "missing" in asked:
        lacking = (Choose(_lacks(model, i), Number(1), Number(0)) for i in model.enabled)
        first = (*first, ("missing", _sum(lacking)))
    measures = tuple(
        (name, quantity) for name, quantity in _measures(model) if name == "total" or name in asked
    )
    rates = tuple(rate.of_nothing() for rate in model.grader.rates())
    of_nothing = _some(rates) if rates else None
    return LoweredModel(first, measures, _position(model), model.level_codes, of_nothing)


def _some(conditions: Iterable[Condition]) -> Condition:
    listed = tuple(conditions)
    return listed[0] if len(listed) == 1 else Some(listed)


def _sum(parts: Iterable[Quantity]) -> Quantity:
    listed = list(parts)
    if not listed:
        return Number(0)
    return reduce(lambda a, b: Arithmetic(Operation.ADD, a, b), listed)


def _known(model: AssessmentModel) -> Quantity:
    """Count the facts asked for that are known."""
    return _sum(
        Choose(Absent(fact.name, fact.type is FactType.CODE), Number(0), Number(1))
        for fact in model.asked
    )


def _absent(model: AssessmentModel, names: Iterable[str]) -> Condition:
    catalogue = model.catalogue

    def is_code(name: str) -> bool:
        found = catalogue.find(name)
        return found is not None and found.type is FactType.CODE

    return _some(Absent(name, is_code(name)) for name in names)


def _applies(model: AssessmentModel, criterion: Criterion) -> tuple[Condition, Condition | None]:
    """Give the condition over integers, and when its facts are beyond their bounds."""
    meaning = aligned_criterion(criterion, model.catalogue).meaning
    return meaning, out_of_range(tuple(sorted(meaning.names())), model.catalogue)


def _lacks(model: AssessmentModel, indicator: Indicator) -> Condition:
    """Say when a fact is lacking: of the condition, or of the rule where the condition holds."""
    lacks = _absent(model, indicator.rule.facts())
    if indicator.applies is None:
        return lacks
    meaning, odd = _applies(model, indicator.applies)
    within = (meaning,) if odd is None else (Not(odd), meaning)
    return Some((_unasked(model, indicator.applies), Every((*within, lacks))))


def _unasked(model: AssessmentModel, criterion: Criterion) -> Condition:
    return _absent(model, sorted(criterion.meaning.names()))


def _contribution(model: AssessmentModel, indicator: Indicator) -> Quantity:
    rule = indicator.rule.aligned(model.catalogue)
    points = rule.quantity()
    if (beyond := rule.beyond(model.catalogue)) is not None:
        points = Choose(beyond, Nothing(), points)
    counts = rule.missing.treatment is Treatment.POINTS
    lacking: Quantity = Number(rule.missing.points) if counts else Nothing()
    scored = Choose(_absent(model, rule.facts()), lacking, points)
    if indicator.applies is None:
        return scored
    meaning, odd = _applies(model, indicator.applies)
    inside = Choose(meaning, scored, Nothing())
    within = inside if odd is None else Choose(odd, Nothing(), inside)
    return Choose(_unasked(model, indicator.applies), lacking, within)


def _fault(model: AssessmentModel, indicator: Indicator) -> Condition | None:
    """Say when an indicator is faulty; what is beyond is asked only of facts that are known."""
    rule = indicator.rule
    lacks = _absent(model, rule.facts())
    beyond = rule.beyond(model.catalogue)
    refused = rule.missing.treatment is Treatment.ERROR
    if indicator.applies is None and beyond is None:
        return lacks if refused else None
    flag: Quantity = Number(0)
    if beyond is not None:
        flag = Choose(beyond, Number(1), Number(0))
    flag = Choose(lacks, Number(int(refused)), flag)
    if indicator.applies is not None:
        meaning, odd = _applies(model, indicator.applies)
        flag = Choose(meaning, flag, Number(0))
        flag = flag if odd is None else Choose(odd, Number(1), flag)
        flag = Choose(_unasked(model, indicator.applies), Number(int(refused)), flag)
    return Compare(Comparison.EQUAL, flag, Number(1))


def _points(model: AssessmentModel, indicator: Indicator) -> Quantity:
    """Give the contribution as a number; 0 where it does not count."""
    return Ref(indicator.column) if _always(model, indicator) else OrElse(indicator.column, 0)


def _always(model: AssessmentModel, indicator: Indicator) -> bool:
    """Tell whether it counts for every subject."""
    rule = indicator.rule
    counts = rule.missing.treatment is Treatment.POINTS and rule.beyond(model.catalogue) is None
    return counts and indicator.applies is None


def _full_marks(model: AssessmentModel, measure: str, marks: Mapping[str, int]) -> Quantity:
    if not is_applicable(measure):
        return Number(sum(marks.values()))
    return _sum(
        Number(marks[i.code])
        if _always(model, i)
        else Choose(Absent(i.column), Number(0), Number(marks[i.code]))
        for i in model.counted
        if i.code in marks
    )


def _measures(model: AssessmentModel) -> Iterator[tuple[str, Quantity]]:
    counted = model.counted
    yield "total", _sum(_points(model, i) for i in counted)
    worst = tuple(_points(model, i) for i in counted)
    yield "worst", Extreme(most=True, among=(Number(0), *worst))
    for category in model.categories:
        inside = (_points(model, i) for i in counted if i.category == category.code)
        yield f"category_{category.code}", _sum(inside)
    for indicator in counted:
        yield f"item_{indicator.code}", _points(model, indicator)
    for name, marks in model.full_marks().items():
        yield name, _full_marks(model, name, marks)
    vetoes = (OrElse(i.column, 0) for i in model.enabled if isinstance(i.rule, Veto))
    yield "vetoes", _sum(vetoes)


def _position(model: AssessmentModel) -> Quantity:
    labels = model.level_codes
    graded = model.grader.position(labels)
    steps = [OrElse(i.column, 0) for i in model.enabled if isinstance(i.rule, Shift)]
    if steps:
        moved = Extreme(most=True, among=(_sum((graded, *steps)), Number(0)))
        graded = Extreme(most=False, among=(moved, Number(len(labels) - 1)))
    floors = tuple(
        Arithmetic(Operation.MULTIPLY, OrElse(i.column, 0), Number(labels.index(i.rule.level)))
        for i in model.enabled
        if isinstance(i.rule, Veto)
    )
    return Extreme(most=True, among=(graded, *floors)) if floors else graded
