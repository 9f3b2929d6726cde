"""The editor of one indicator: each kind of rule with its own fields, facts chosen by title."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from entrypoints.http.web.pages import Form
from entrypoints.http.web.parts import PartForm, part_form
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.sheets import Leaf
from supervision_core.assessment.model import AssessmentModel, FactType
from supervision_core.assessment.model.catalogued import CATALOGUED
from supervision_core.assessment.model.definition import Indicator

_RULE: Final = "indicator.rule"
_FITTING: Final[Mapping[str, frozenset[FactType]]] = {
    "Bands": frozenset({FactType.INTEGER, FactType.DECIMAL, FactType.DAY}),
    "LookUp": frozenset({FactType.CODE}),
    "FlagPoints": frozenset({FactType.FLAG}),
    "Occurrences": frozenset({FactType.INTEGER}),
}
"""Of which types the fact of a rule may be."""
_NAMING: Final = "以小写英文字母开头，只含小写字母、数字和下划线"
_EXPRESSION: Final = "用数据项的标识写成，如 penalties_3y > 2"


@frozen(kw_only=True)
class IndicatorForm(PartForm):
    """The form of an indicator of ``model``; ``called`` says which one is changed, if any."""

    model: AssessmentModel = field(eq=False)
    called: str = ""

    def _field(self, one: Leaf, form: Form, found: Any) -> Field:
        made = super()._field(one, form, found)
        match one.field.name:
            case "indicator.code":
                made = evolve(made, fixed=bool(self.called), hint=_NAMING)
            case "indicator.category":
                made = evolve(made, title="指标分类").choosing(
                    {each.code: each.name for each in self.model.categories}
                )
            case "indicator.rule.level":
                made = made.choosing({each.code: each.name for each in self.model.levels})
            case "indicator.rule.fact":
                made = self._fact(made, form.get(f"{_RULE}._type", ""))
            case "indicator.applies" | "indicator.rule.when" | "indicator.rule.formula":
                made = evolve(made, hint=_EXPRESSION)
            case "indicator.full":
                made = evolve(made, title="指标分值（满分）", hint="不填则取规则可得的最高分")
        return made

    def _fact(self, made: Field, rule: str) -> Field:
        """Offer the facts of the model and of the catalogue that fit the rule."""
        if rule not in _FITTING:
            return evolve(made, required=False, hint="留空则以指标编码为标识")
        facts = {**CATALOGUED, **{each.name: each for each in self.model.facts}}
        choices = {
            each.name: f"{each.title}（{each.unit}）" if each.unit else each.title
            for each in facts.values()
            if each.type in _FITTING[rule]
        }
        return evolve(made.choosing(choices), title="所用数据项", kind=Kind.CHOICE)


def indicator_form(model: AssessmentModel, code: str, base: str) -> IndicatorForm:
    """Give the form of the indicator of that code, or of a new one, of the model at ``base``."""
    now: Indicator | None = next((one for one in model.indicators if one.code == code), None)
    about = frozenset({"kind", "model_id"})
    at = f"{base}/indicator"
    act = "change_indicator" if now else "add_indicator"
    plain = part_form(
        f"assessment.{act}", frozenset({"indicator"}), about=about, at=at, onward=base,
        said={"indicator": now} if now else {},
    )  # fmt: skip
    return IndicatorForm(
        route=plain.route, case=plain.case, fields=plain.fields, content=plain.content,
        query=plain.query, parts=plain.parts, at=f"{at}/{now.code}" if now else at,
        onward=base, told_by=about, said=plain.said, model=model,
        called=f"编辑指标：{now.name}" if now else "",
    )  # fmt: skip
