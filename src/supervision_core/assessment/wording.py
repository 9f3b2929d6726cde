"""An evaluation in Chinese words, for the enterprise that it is about."""

from collections.abc import Mapping
from datetime import date
from functools import singledispatch
from typing import Final

from attrs import frozen

from supervision_core.assessment.fields import written
from supervision_core.assessment.model import (
    AssessmentModel,
    Band,
    Bands,
    Computed,
    Contribution,
    Evaluation,
    FactType,
    FactValue,
    FlagPoints,
    Indicator,
    LookUp,
    Manual,
    Occurrences,
    Outcome,
    Rule,
    Shift,
    Veto,
    costs,
)
from supervision_core.assessment.model.decimals import decimal_text
from supervision_core.assessment.phrasing import phrase, title_of
from supervision_core.kernel.days import day_words

_SHARE: Final = "万分之一"
"""The unit of shares, which people read as hundredths."""
_OF_SHARE: Final = 2


@frozen
class Explanation:
    """评价说明 (Explanation): a heading, a line for each indicator, and what followed from them."""

    heading: str
    lines: tuple[str, ...]
    conclusion: str

    def text(self) -> str:
        """Give the whole as text, a line each."""
        return "\n".join((self.heading, *self.lines, self.conclusion))


def points_text(hundredths: int) -> str:
    """Write points for people: 12.5分."""
    return f"{written(hundredths, 2)}分"


def explain(
    model: AssessmentModel, evaluation: Evaluation, facts: Mapping[str, FactValue]
) -> Explanation:
    """Say in words how ``evaluation`` came about, from the model and facts it was made of."""
    day = day_words(evaluation.as_of)
    heading = f"依据《{model.name}》第{evaluation.model_version}版，截至{day}："
    pairs = zip(model.enabled, evaluation.contributions, strict=True)
    lines = tuple(_line(model, indicator, found, facts) for indicator, found in pairs)
    if evaluation.insufficient and not evaluation.faults:
        known = sum(facts.get(fact.name, "") != "" for fact in model.asked)
        if known >= model.least_known:
            nothing = "没有适用的项目，得分率无从计算：数据不足，不能定级。"
            return Explanation(heading, lines, nothing)
        conclusion = (
            f"已知{known}项数据，少于模型要求的{model.least_known}项"
            f"（共用到{len(model.asked)}项）：数据不足，不能定级。"
        )
        return Explanation(heading, lines, conclusion)
    return Explanation(heading, lines, _conclusion(model, evaluation))


def _line(
    model: AssessmentModel,
    indicator: Indicator,
    found: Contribution,
    facts: Mapping[str, FactValue],
) -> str:
    known = "，".join(_known(model, name, facts) for name in indicator.facts())
    how = rule_text(indicator.rule, model)
    if indicator.applies is not None:
        how = f"{phrase(indicator.applies.meaning, model)}时适用；{how}"
    if isinstance(indicator.rule, Shift) and found.points is not None:
        return f"{indicator.name}：{known}；{how}；条件{'成立' if found.points else '不成立'}。"
    return f"{indicator.name}：{known}；{how}；{_outcome(found)}。"


def _known(model: AssessmentModel, name: str, facts: Mapping[str, FactValue]) -> str:
    definition = model.catalogue.find(name)
    title = title_of(name, model)
    value = facts.get(name)
    if value is None or value == "":
        return f"{title}未知"
    if isinstance(value, bool):
        return f"{title}{'是' if value else '否'}"
    if isinstance(value, date):
        return f"{title}{value.isoformat()}"
    if definition is not None and definition.unit == _SHARE and isinstance(value, int):
        return f"{title}{decimal_text(value, _OF_SHARE)}%"
    return f"{title}{value}{definition.unit if definition else ''}"


def _outcome(found: Contribution) -> str:
    if found.outcome is Outcome.FAULTY:
        return "数据缺失，不能计分" if found.lacks else "数据超出允许范围，不能计分"
    if found.outcome is Outcome.INAPPLICABLE:
        return "不适用，得分和满分都不计该项"
    if found.is_veto:
        return "否决条件成立" if found.points else "否决条件不成立"
    if found.points is None:
        return "数据缺失，不计该项"
    lacking = "数据缺失，按" if found.outcome is Outcome.ASSUMED else "得"
    return f"{lacking}{points_text(found.points)}{'计' if found.lacks else ''}"


def improvements(
    model: AssessmentModel, evaluation: Evaluation, facts: Mapping[str, FactValue]
) -> tuple[str, ...]:
    """Say what would improve the level: what worsened it outright, then what cost points.

    The largest loss stands first; of what did not count there is nothing to say.
    """
    by_code = {indicator.code: indicator for indicator in model.enabled}

    def known(indicator: Indicator) -> str:
        return "，".join(_known(model, name, facts) for name in indicator.facts())

    outright = (
        f"{by_code[one.indicator].name}：{known(by_code[one.indicator])}；"
        f"{rule_text(by_code[one.indicator].rule, model)}，现已成立。"
        for one in evaluation.contributions
        if isinstance(by_code[one.indicator].rule, (Veto, Shift)) and (one.points or 0) > 0
    )
    losing = (
        f"{by_code[one.indicator].name}：{known(by_code[one.indicator])}，"
        f"现计{points_text(one.points)}，最好可计{points_text(one.best)}，"
        f"相差{points_text(one.lost)}；计分办法：{rule_text(by_code[one.indicator].rule, model)}。"
        for one in costs(model, evaluation)
    )
    return (*outright, *losing)


@singledispatch
def rule_text(rule: Rule, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    """Say a rule of a model in words."""
    raise TypeError(rule)


@rule_text.register
def _(rule: Bands, model: AssessmentModel) -> str:
    definition = model.catalogue.find(rule.fact)
    is_day = definition is not None and definition.type is FactType.DAY
    unit = "天" if is_day else definition.unit if definition else ""
    scale = definition.scale if definition else 0
    if unit == _SHARE:
        unit, scale = "%", _OF_SHARE
    ordered = sorted(rule.bands, key=lambda band: (band.lower is not None, band.lower or 0))
    listed = "，".join(f"{_band(band, unit, scale)}{points_text(band.value)}" for band in ordered)
    return f"{'距评价日天数' if is_day else ''}{listed}"


def _band(band: Band[int], unit: str, scale: int) -> str:
    lower = None if band.lower is None else decimal_text(band.lower, scale)
    upper = None if band.upper is None else decimal_text(band.upper, scale)
    if lower is None and upper is None:
        return "一律"
    if lower is None:
        return f"不足{upper}{unit}"
    if upper is None:
        return f"{lower}{unit}及以上"
    return f"{lower}至不足{upper}{unit}"


@rule_text.register
def _(rule: LookUp, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    listed = "，".join(f"{code}{points_text(points)}" for code, points in rule.codes.items())
    other = "" if rule.otherwise is None else f"，其他{points_text(rule.otherwise)}"
    return f"{listed}{other}"


@rule_text.register
def _(rule: FlagPoints, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    return f"是{points_text(rule.yes)}，否{points_text(rule.no)}"


@rule_text.register
def _(rule: Occurrences, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    return f"每次{points_text(rule.each)}，最多计{rule.cap}次"


@rule_text.register
def _(rule: Computed, model: AssessmentModel) -> str:
    return f"按{phrase(rule.formula.meaning, model)}计算，每单位{points_text(rule.each)}"


@rule_text.register
def _(rule: Veto, model: AssessmentModel) -> str:
    level = next(level for level in model.levels if level.code == rule.level)
    when = phrase(rule.when.meaning, model)
    return f"{when}时等级不轻于{level.code}（{level.name}）"


@rule_text.register
def _(rule: Shift, model: AssessmentModel) -> str:
    return f"{phrase(rule.when.meaning, model)}时等级{_steps(rule.by)}"


def _steps(by: int) -> str:
    return f"加重{by}级" if by > 0 else f"减轻{-by}级"


@rule_text.register
def _(rule: Manual, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    listed = "，".join(f"{choice.name}{points_text(choice.points)}" for choice in rule.choices)
    return (
        f"现场打分：{listed}"
        if listed
        else (f"现场打分{points_text(rule.least)}至{points_text(rule.most)}")
    )


def _conclusion(model: AssessmentModel, evaluation: Evaluation) -> str:
    names = {indicator.code: indicator.name for indicator in model.indicators}
    if evaluation.level is None or evaluation.total is None:
        faulty = "、".join(names[c.indicator] for c in evaluation.faults)
        return f"以下指标缺少数据或数据有误，暂不能定级：{faulty}。"
    level = next(level for level in model.levels if level.code == evaluation.level)
    vetoes = "、".join(names[c.indicator] for c in evaluation.vetoes)
    because = f"；触发一票否决：{vetoes}" if vetoes else ""
    moved = "、".join(
        f"{indicator.name}（{_steps(found.points)}）"
        for indicator, found in zip(model.enabled, evaluation.contributions, strict=True)
        if isinstance(indicator.rule, Shift) and found.points
    )
    because = f"{f'；升降级：{moved}' if moved else ''}{because}"
    score = f"总分{points_text(evaluation.total)}{_rates(model, evaluation)}"
    return f"{score}{because}；结果等级：{level.code}（{level.name}）。"


def _rates(model: AssessmentModel, evaluation: Evaluation) -> str:
    """Name the full marks that rates were made with, each once."""
    names = sorted({name for rate in model.grader.rates() for name in rate.over.meaning.names()})
    said = ((_marks_title(model, name), evaluation.measures[name]) for name in names)
    return "".join(f"，{title}{points_text(number)}" for title, number in said if title)


def _marks_title(model: AssessmentModel, measure: str) -> str:
    """Give the words for a measure of full marks; nothing for another measure."""
    kind, _, category = measure.partition("_category_")
    word = {"full": "满分", "applicable": "适用满分"}.get(kind, "")
    return next((c.name for c in model.categories if word and c.code == category), "") + word
