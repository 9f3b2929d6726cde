"""What is asked when a subject is scored: each fact of the model of the round, as it is typed."""

from collections.abc import Iterable
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.reading import FLAGS, YES
from supervision_core.assessment.model import FactType, Manual
from supervision_core.assessment.model.definition import Indicator
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.assessment.wording import points_text
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import FieldType

FACTS: Final = "facts"
_TYPES: Final = {
    FactType.INTEGER: FieldType.INTEGER,
    FactType.DAY: FieldType.DAY,
    FactType.FLAG: FieldType.CHOICE,
}
_UNKNOWN: Final = "不填则用当日已归集的数据，没有的按数据缺失处理"
_ON_SITE: Final = "现场打分"


def facts_asked(call: Call, round_: Any) -> tuple[Described, ...]:
    """Give a field for each fact of the model of the round that a list shows, if it has one."""
    models: type[Any] = RiskModels if round_.risk_model else CreditModels
    model_id = round_.risk_model or round_.credit_model
    if not (model_id and round_.model_version):
        return ()
    with call.platform.transactions.begin_looking() as unit:
        model = unit[models].get(model_id).version_numbered(round_.model_version)
    on_site = {one.rule.fact: one for one in model.enabled if isinstance(one.rule, Manual)}
    return tuple(
        _on_site(on_site[one.name]) if one.name in on_site else Described(
            name=f"{FACTS}.{one.name}", type=_TYPES.get(one.type, FieldType.TEXT),
            title=f"{one.title}（{one.unit}）" if one.unit else one.title, hint=_UNKNOWN,
            codes=FLAGS if one.type is FactType.FLAG else {},
        )
        for one in model.facts
    )  # fmt: skip


def _on_site(one: Indicator) -> Described:
    """Give the field of an indicator that is scored on site: its levels, or a whole number."""
    rule = one.rule
    if not isinstance(rule, Manual):
        raise TypeError(rule)
    name = f"{FACTS}.{rule.fact}"
    if rule.choices:
        levels = {
            str(each.points // rule.each): f"{each.name}（{points_text(each.points)}）"
            for each in rule.choices
        }
        return Described(name=name, title=one.name, type=FieldType.CHOICE, hint=_ON_SITE,
                         codes=levels)  # fmt: skip
    least, most = rule.least // rule.each, rule.most // rule.each
    hint = f"{_ON_SITE}，{least}至{most}的整数，每1计{points_text(rule.each)}"
    return Described(name=name, title=one.name, type=FieldType.INTEGER, hint=hint)


def facts_said(fields: Iterable[Described], plain: dict[str, Any]) -> dict[str, Any]:
    """Take the facts out of what was filled in, by their names; the unknown ones are left out."""
    asked = [one for one in fields if one.name.startswith(f"{FACTS}.")]
    said = [(one, plain.pop(one.name)) for one in asked]
    return {
        one.name.removeprefix(f"{FACTS}."): _meant(one, value)
        for one, value in said
        if value not in {"", None}
    }


def _meant(one: Described, value: Any) -> Any:
    """Give a flag as such, and the level of an indicator as the number that it stands for."""
    if one.codes == FLAGS:
        return value == YES
    return int(value) if one.codes else value
