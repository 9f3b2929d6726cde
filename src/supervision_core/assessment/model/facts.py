"""Facts: what is known of a subject, reduced to integers and codes before anything decides."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from attrs import define, field, frozen

from supervision_core.assessment.model.decimals import decimal_number, decimal_parts
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said

FactValue = int | str | bool | date | None
"""What a caller may know of a subject; ``None`` and absence are the same: not known."""

RawValue = int | str | None
"""What every engine sees: 64-bit integers, codes, and nothing."""

LEAST_INTEGER, MOST_INTEGER = -(2**63), 2**63 - 1
EPOCH = date(1970, 1, 1)
NAME = re.compile(r"[a-z][a-z0-9_]{0,25}")
"""Names become column names with a prefix, at most 30 characters in every database."""


class FactType(StrEnum):
    """How a fact is typed, and what becomes of it.

    ``INTEGER`` is a 64-bit integer in the unit its definition states; ``CODE`` a text compared by
    equality only, the empty text counting as unknown; ``FLAG`` yes or no, 1 or 0 for an engine;
    ``DAY`` a calendar day, in rules its age in days as of the day of the evaluation (positive in
    the past, negative in the future), for an engine its number of days since 1970-01-01;
    ``DECIMAL`` a number with decimals, a text such as ``"3.25"`` outside, for an engine an integer
    of the scale that its definition states.
    """

    INTEGER = "integer"
    CODE = "code"
    FLAG = "flag"
    DAY = "day"
    DECIMAL = "decimal"


@frozen
class FactDefinition:
    """事实 (Fact): a named, typed statement about a subject (proposal 6.4.2.6.2.4).

    ``least`` and ``most`` bound a number where a formula uses it: a value beyond them is a
    fault, so that no engine can overflow. ``scale`` is the number of decimal places of a decimal,
    in which ``least`` and ``most`` are integers too.
    """

    name: str = field(metadata=said("事实的标识，公式和规则以此引用", example="penalties"))
    title: str = field(metadata=said("事实的名称", example="近三年行政处罚次数"))
    type: FactType = field(
        metadata=said(
            "数据类型",
            codes={
                "integer": "整数",
                "code": "代码",
                "flag": "是否",
                "day": "日期",
                "decimal": "小数",
            },
            example="integer",
        )
    )
    unit: str = field(default="", metadata=said("计量单位", example="次"))
    least: int = field(default=-(10**15), metadata=said("最小值，超出的视为有误", example=0))
    most: int = field(default=10**15, metadata=said("最大值，超出的视为有误", example=100))
    scale: int = field(default=0, metadata=said("小数位数", example=2))

    def bounds(self) -> tuple[int, int]:
        """Give the least and most number that a formula may meet."""
        if self.type is FactType.FLAG:
            return 0, 1
        if self.type is FactType.DAY:
            return (date.min - date.max).days, (date.max - date.min).days
        return self.least, self.most


@define(eq=False)
class FactsNotUsable(Refused):
    """A fact has the wrong type, too many decimals or lies beyond 64 bits; ``at`` names it."""

    code = "assessment.facts_not_usable"


def day_number(day: date) -> int:
    """Count the days since 1970-01-01; negative before."""
    return (day - EPOCH).days


def _fits(kind: FactType, value: int | str | date) -> bool:
    if kind is FactType.CODE:
        return isinstance(value, str)
    if kind is FactType.DECIMAL:
        return isinstance(value, str) and (value == "" or decimal_parts(value) is not None)
    if kind is FactType.FLAG:
        return isinstance(value, bool)
    if kind is FactType.DAY:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, int) and not isinstance(value, bool)


def _raw(definition: FactDefinition, value: int | str | date) -> RawValue:
    if definition.type is FactType.DECIMAL and isinstance(value, str):
        return decimal_number(value, definition.scale)
    if isinstance(value, date):
        return day_number(value)
    if isinstance(value, bool):
        return int(value)
    return value if value != "" else None


def _beyond(definition: FactDefinition, value: int | str | date, raw: RawValue) -> Violation | None:
    if definition.type is FactType.DECIMAL and value != "" and raw is None:
        data = _told(definition) | {"value": str(value), "scale": str(definition.scale)}
        return Violation("assessment.fact_too_precise", definition.name, data)
    if isinstance(raw, int) and not LEAST_INTEGER <= raw <= MOST_INTEGER:
        return Violation("assessment.fact_out_of_range", definition.name, _told(definition))
    return None


def _told(definition: FactDefinition) -> dict[str, str]:
    return {"fact": definition.title, "type": definition.type.value}


def raw_facts(
    definitions: tuple[FactDefinition, ...], facts: Mapping[str, FactValue]
) -> dict[str, RawValue]:
    """Reduce the facts of one subject to what every engine sees, in the order of definition.

    Facts without a definition are left out. Raises ``FactsNotUsable`` with every wrong fact: a
    number with a fraction, a decimal with more places than its scale, a moment for a day or a
    number for a flag is never guessed at.
    """
    raw: dict[str, RawValue] = {}
    wrong: list[Violation] = []
    for one in definitions:
        value = facts.get(one.name)
        if value is not None and not _fits(one.type, value):
            wrong.append(Violation("assessment.fact_of_another_type", one.name, _told(one)))
            continue
        number = raw[one.name] = None if value is None else _raw(one, value)
        if value is not None and (violation := _beyond(one, value, number)):
            wrong.append(violation)
    refuse_if(FactsNotUsable, wrong)
    return raw


@frozen
class FactCatalogue:
    """The fact definitions of a model by name; ``scales`` has the decimal places of decimals."""

    definitions: tuple[FactDefinition, ...]
    scales: Mapping[str, int] = field(init=False, eq=False, repr=False)
    _by_name: Mapping[str, FactDefinition] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Index once; a frozen value never changes after."""
        object.__setattr__(self, "_by_name", {d.name: d for d in self.definitions})
        scales = {d.name: d.scale for d in self.definitions if d.scale}
        object.__setattr__(self, "scales", scales)

    def find(self, name: str) -> FactDefinition | None:
        """Give the definition of ``name``, or nothing."""
        return self._by_name.get(name)
