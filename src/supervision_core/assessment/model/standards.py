"""How a model is edited piece by piece: result levels as standards, one indicator at a time."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.assessment.model.bands import Band, band_violations
from supervision_core.assessment.model.decimals import decimal_number, decimal_text
from supervision_core.assessment.model.definition import (
    AssessmentModel,
    Category,
    Kind,
    ModelNotUsable,
)
from supervision_core.assessment.model.levels import POINTS_PLACES, Level, Scale, total_scale
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said

_MODEL_PARTS: Final = ("category", "applies", "full", "code")
"""What is wrong in an indicator itself; everything else is wrong in its rule."""


class IndicatorAct(StrEnum):
    """指标批量操作 (IndicatorAct): what is done with several at once (3457-3468)."""

    ENABLE = "enable"
    DISABLE = "disable"
    COPY = "copy"
    DELETE = "delete"


INDICATOR_ACTS: Final[Mapping[str, str]] = {
    IndicatorAct.ENABLE: "启用", IndicatorAct.DISABLE: "停用", IndicatorAct.COPY: "复制",
    IndicatorAct.DELETE: "删除",
}  # fmt: skip


@frozen(kw_only=True)
class LevelStandard:
    """结果等级标准 (LevelStandard): a level and the total points that lead to it.

    ``lower`` belongs to the level, ``upper`` to the next one; points are decimal texts with two
    places at most, empty where that end is open. Source: proposal 3429.
    """

    code: str = field(metadata=said("等级", example="A"))
    name: str = field(metadata=said("等级名称", example="信用优秀"))
    lower: str = field(default="", metadata=said("区间下限", hint="含本数，最低一级留空"))
    upper: str = field(default="", metadata=said("区间上限", hint="不含本数，最高一级留空"))
    note: str = field(default="", metadata=said("备注", long=True))


_RISK: Final = (
    LevelStandard(code="低", name="低风险", upper="25"),
    LevelStandard(code="一般", name="一般风险", lower="25", upper="50"),
    LevelStandard(code="较高", name="较高风险", lower="50", upper="75"),
    LevelStandard(code="高", name="高风险", lower="75"),
)
_CREDIT: Final = (
    LevelStandard(code="A", name="信用优秀", lower="90"),
    LevelStandard(code="B", name="信用良好", lower="75", upper="90"),
    LevelStandard(code="C", name="信用一般", lower="60", upper="75"),
    LevelStandard(code="D", name="信用差", upper="60"),
)


def blank_model(kind: Kind, code: str, name: str, description: str) -> AssessmentModel:
    """Give a model without indicators, with the four levels of its kind (proposal 3415, 3743)."""
    standards = _RISK if kind is Kind.RISK else _CREDIT
    return with_levels(
        AssessmentModel(
            kind=kind, code=code, name=name, description=description, facts=(),
            categories=(Category("general", "综合"),), indicators=(), levels=(),
            grader=total_scale(()),
        ),
        standards,
    )  # fmt: skip


def with_levels(model: AssessmentModel, standards: tuple[LevelStandard, ...]) -> AssessmentModel:
    """Give the model with these levels, by its total points. Raises ``ModelNotUsable``."""
    faults: list[Violation] = []
    bands = tuple(
        Band(
            _bound(one.lower, f"standards[{number}].lower", faults),
            _bound(one.upper, f"standards[{number}].upper", faults),
            one.code,
        )
        for number, one in enumerate(standards)
    )
    refuse_if(ModelNotUsable, faults or band_violations(bands, "standards", POINTS_PLACES))
    levels = tuple(Level(one.code, one.name, one.note) for one in standards)
    return evolve(model, levels=levels, grader=total_scale(bands))


def _bound(text: str, at: str, faults: list[Violation]) -> int | None:
    if not text.strip():
        return None
    number = decimal_number(text.strip(), POINTS_PLACES)
    if number is None:
        data: dict[str, str | int] = {"field": text, "places": POINTS_PLACES}
        faults.append(Violation("assessment.field_not_decimal", at, data))
    return number


def standards_of(model: AssessmentModel) -> tuple[LevelStandard, ...]:
    """Give the levels with the points that lead to them; no points where it grades otherwise."""
    grader = model.grader
    by_total = isinstance(grader, Scale) and grader.measure.text == "total"
    bands = grader.bands if isinstance(grader, Scale) and by_total else ()
    found = {one.value: one for one in bands}
    return tuple(
        LevelStandard(
            code=one.code,
            name=one.name,
            note=one.note,
            lower=_text(found, one.code, "lower"),
            upper=_text(found, one.code, "upper"),
        )
        for one in model.levels
    )


def _text(bands: Mapping[str, Band[str]], code: str, end: str) -> str:
    bound = getattr(bands[code], end) if code in bands else None
    return "" if bound is None else decimal_text(bound, POINTS_PLACES)


def indicator_violations(model: AssessmentModel, code: str) -> Iterator[Violation]:
    """Give what is wrong in one indicator, named as it stands by itself."""
    at = next(n for n, one in enumerate(model.indicators) if one.code == code)
    whole = f"indicators[{at}]"
    for one in model.violations():
        if one.at != whole and not one.at.startswith(f"{whole}."):
            continue
        rest = one.at.removeprefix(whole).removeprefix(".")
        own = not rest or rest.startswith(_MODEL_PARTS)
        place = rest or "code"
        yield evolve(one, at=f"indicator.{place}" if own else f"indicator.rule.{place}")
