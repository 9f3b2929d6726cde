"""How rules, graders and formulas become plain JSON, so that models can be stored whole.

An expression is stored as its text and read again; a rule or grader carries the name of its class.
"""

from collections.abc import Mapping
from typing import Any

from cattrs.gen import make_dict_unstructure_fn, override

from supervision_core.assessment.model.definition import Indicator
from supervision_core.assessment.model.facts import FactDefinition
from supervision_core.assessment.model.levels import Grader, Matrix, RateScale, Scale, Worst
from supervision_core.assessment.model.rules import (
    Bands,
    Computed,
    FlagPoints,
    LookUp,
    Manual,
    Occurrences,
    Rule,
    Shift,
    Veto,
)
from supervision_core.assessment.model.syntax import (
    Criterion,
    Formula,
    parse_criterion,
    parse_formula,
)
from supervision_core.kernel.plain import converter

TAG = "_type"
RULES: tuple[type, ...] = (Bands, LookUp, FlagPoints, Occurrences, Computed, Veto, Shift, Manual)
GRADERS: tuple[type, ...] = (Scale, RateScale, Worst, Matrix)


def _register(base: type, kinds: tuple[type, ...]) -> None:
    """Store each subclass of the exact type ``base`` with its name."""
    by_name: Mapping[str, type] = {kind.__name__: kind for kind in kinds}

    def store(value: object) -> dict[str, Any]:
        return {TAG: type(value).__name__, **converter.unstructure(value, type(value))}

    def load(plain: Mapping[str, Any], _: type) -> Any:
        rest = {key: part for key, part in plain.items() if key != TAG}
        return converter.structure(rest, by_name[plain[TAG]])

    converter.register_unstructure_hook_func(lambda kind: kind is base, store)
    converter.register_structure_hook_func(lambda kind: kind is base, load)


converter.register_unstructure_hook(Formula, lambda formula: formula.text)
converter.register_structure_hook(Formula, lambda text, _: parse_formula(text))
converter.register_unstructure_hook(Criterion, lambda criterion: criterion.text)
converter.register_structure_hook(Criterion, lambda text, _: parse_criterion(text))
_register(Rule, RULES)
_register(Grader, GRADERS)

# What came later is left out where it is not used: older models keep their plain form and digest.
_USUAL = override(omit_if_default=True)
converter.register_unstructure_hook(
    FactDefinition, make_dict_unstructure_fn(FactDefinition, converter, scale=_USUAL)
)
converter.register_unstructure_hook(
    Indicator, make_dict_unstructure_fn(Indicator, converter, applies=_USUAL, full=_USUAL)
)
