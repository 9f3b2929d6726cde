"""A register that no product has: a pytest plugin declares it before anything asks for registers.

Beside its declaration there is no line about it: what it gets, follows from that.
"""

from datetime import date, datetime

from attrs import frozen

from supervision_core.kernel.registers import (
    Content,
    Search,
    choice,
    choices,
    day,
    department,
    flag,
    generated,
    integer,
    link,
    links,
    long_text,
    moment,
    ratio,
    region,
    register,
    text,
    texts,
    tree_parent,
)
from supervision_core.officers import registers as declared


@frozen(kw_only=True)
class SpecimenContent(Content):
    """样本 (Specimen): an entry with a field of every type that registers hold."""

    name: str = text("样本名称", required=True, search=Search.FUZZY, example="一号样本")
    code: str = text("样本编码", unique=True, search=Search.EXACT, max_length=20)
    number: str = generated("流水号", lambda region, count: f"{region}{count:03d}")
    parent: str = tree_parent("上级样本")
    kind: str = choice("样本类型", {"solid": "固体", "liquid": "液体"}, search=Search.EXACT)
    uses: tuple[str, ...] = choices("用途", {"check": "检查", "keep": "留存"})
    aliases: tuple[str, ...] = texts("别名", search=Search.FUZZY)
    size: int | None = integer("件数", search=Search.RANGE)
    weight: str = ratio("占比")
    since: date | None = day("采样日期", search=Search.RANGE)
    measured_at: datetime | None = moment("检测时间")
    good: bool = flag("合格", search=Search.EXACT)
    trade: str = link("业态", "identity.trade")
    trades: tuple[str, ...] = links("相关业态", "identity.trade")
    region: str = region("采样区划")
    department: str = department("采样部门")
    remark: str = long_text("说明")


SPECIMENS = register(
    SpecimenContent, "officers.specimen", plural="specimens", title="样本", menu="执法力量",
    keepers=("department_administrator",),
)  # fmt: skip
declared.SPECIMENS = SPECIMENS  # type: ignore[attr-defined]  # as if it stood there
