"""Facts of the catalogue in models: defined by name, and typed as models ask for them."""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from supervision_core.assessment.model.decimals import decimal_text
from supervision_core.assessment.model.definition import AssessmentModel, Indicator
from supervision_core.assessment.model.facts import FactDefinition, FactType, FactValue
from supervision_core.assessment.model.rules import Manual
from supervision_core.subjects.facts import FACT_CATALOGUE, FactKind, day_of
from supervision_core.subjects.facts import FactValue as KeptValue

_TYPES: Final = {
    FactKind.INTEGER: FactType.INTEGER, FactKind.CODE: FactType.CODE,
    FactKind.FLAG: FactType.FLAG, FactKind.DAY: FactType.DAY,
}  # fmt: skip
CATALOGUED: Final = {
    one.name: FactDefinition(one.name, one.title, _TYPES[one.kind], unit=one.unit, least=0)
    if one.kind is FactKind.INTEGER
    else FactDefinition(one.name, one.title, _TYPES[one.kind])
    for one in FACT_CATALOGUE.values()
}
"""Every fact of the catalogue as a model defines it; what is counted is never below nought."""


def with_indicator(model: AssessmentModel, indicator: Indicator) -> AssessmentModel:
    """Put an indicator in, and define the facts that it reads and the model lacks.

    What an evaluator enters on site is a fact of the indicator's own, named like it.
    """
    rule = indicator.rule
    if isinstance(rule, Manual) and not rule.fact:
        indicator = evolve(indicator, rule=evolve(rule, fact=indicator.code))
    known = {one.name for one in model.facts}
    added = (one for one in _defined(indicator) if one.name not in known)
    return evolve(model, facts=(*model.facts, *added)).with_indicator(indicator)


def _defined(indicator: Indicator) -> Iterator[FactDefinition]:
    for name in indicator.facts():
        if name in CATALOGUED:
            yield CATALOGUED[name]
        elif isinstance(indicator.rule, Manual) and name == indicator.rule.fact:
            yield FactDefinition(name, indicator.name, FactType.INTEGER)


def as_asked(value: KeptValue, asked: FactDefinition) -> FactValue:
    """Give a kept fact as models ask for it: days and decimals are kept as integers."""
    if asked.type is FactType.DECIMAL and type(value) is int:
        return decimal_text(value, asked.scale)
    is_day = asked.type is FactType.DAY and isinstance(value, int)
    return day_of(value) if is_day and isinstance(value, int) else value
