"""A model as expressions in two layers, from which every executor is compiled.

The first layer is over the facts as rules see them (days as ages): one contribution for each
indicator, the number of faults (too few known facts are one more) and of missing. The second is
over the first: the measures that the grader asks for, and then the position of the level.
"""

from collections.abc import Iterable, Iterator
from functools import reduce

from attrs import frozen

from supervision_core.assessment.model.definition import AssessmentModel, Indicator
from supervision_core.assessment.model.expressions import (
    Absent,
    Arithmetic,
    Choose,
    Compare,
    Comparison,
    Condition,
    Extreme,
    Nothing,
    Number,
    Operation,
    OrElse,
    Quantity,
    Ref,
    Some,
)
from supervision_core.assessment.model.facts import FactType
from supervision_core.assessment.model.rules import Treatment, Veto

Named = tuple[tuple[str, Quantity], ...]


@frozen
class LoweredModel:
    """A model in two layers of named expressions.

    ``first`` reads facts and names the contributions (``p_…``, ``v_…``), ``faults`` and, where the
    grader asks for it, ``missing``. ``measures`` reads the first layer; ``position`` reads both
    and gives the place of the level among ``levels``, meaningful where ``faults`` is 0.
    """

    first: Named
    measures: Named
    position: Quantity
    levels: tuple[str, ...]


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
    return LoweredModel(first, measures, _position(model), model.level_codes)


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


def _lacks(model: AssessmentModel, indicator: Indicator) -> Condition:
    catalogue = model.catalogue

    def is_code(name: str) -> bool:
        found = catalogue.find(name)
        return found is not None and found.type is FactType.CODE

    return _some(Absent(name, is_code(name)) for name in indicator.rule.facts())


def _contribution(model: AssessmentModel, indicator: Indicator) -> Quantity:
    rule = indicator.rule
    points = rule.quantity()
    if (beyond := rule.beyond(model.catalogue)) is not None:
        points = Choose(beyond, Nothing(), points)
    counts = rule.missing.treatment is Treatment.POINTS
    lacking: Quantity = Number(rule.missing.points) if counts else Nothing()
    return Choose(_lacks(model, indicator), lacking, points)


def _fault(model: AssessmentModel, indicator: Indicator) -> Condition | None:
    """Say when an indicator is faulty; what is beyond is asked only of facts that are known."""
    rule, lacks = indicator.rule, _lacks(model, indicator)
    beyond = rule.beyond(model.catalogue)
    refused = rule.missing.treatment is Treatment.ERROR
    if beyond is None:
        return lacks if refused else None
    flag = Choose(beyond, Number(1), Number(0))
    return Compare(Comparison.EQUAL, Choose(lacks, Number(int(refused)), flag), Number(1))


def _points(model: AssessmentModel, indicator: Indicator) -> Quantity:
    """Give the contribution as a number; 0 where it does not count."""
    rule = indicator.rule
    if rule.missing.treatment is Treatment.POINTS and rule.beyond(model.catalogue) is None:
        return Ref(indicator.column)
    return OrElse(indicator.column, 0)


def _measures(model: AssessmentModel) -> Iterator[tuple[str, Quantity]]:
    counted = [i for i in model.enabled if not isinstance(i.rule, Veto)]
    yield "total", _sum(_points(model, i) for i in counted)
    worst = tuple(_points(model, i) for i in counted)
    yield "worst", Extreme(most=True, among=(Number(0), *worst))
    for category in model.categories:
        inside = (_points(model, i) for i in counted if i.category == category.code)
        yield f"category_{category.code}", _sum(inside)
    for indicator in counted:
        yield f"item_{indicator.code}", _points(model, indicator)
    vetoes = (OrElse(i.column, 0) for i in model.enabled if isinstance(i.rule, Veto))
    yield "vetoes", _sum(vetoes)


def _position(model: AssessmentModel) -> Quantity:
    labels = model.level_codes
    graded = model.grader.position(labels)
    floors = tuple(
        Arithmetic(Operation.MULTIPLY, OrElse(i.column, 0), Number(labels.index(i.rule.level)))
        for i in model.enabled
        if isinstance(i.rule, Veto)
    )
    return Extreme(most=True, among=(graded, *floors)) if floors else graded
