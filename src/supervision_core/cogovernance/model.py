"""行为信息: what was done and found about a firm, one dated line each."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from supervision_core.kernel.registers import choice, day, departments, text


class ConductKind(StrEnum):
    """行为类型 (ConductKind): what kind of thing was done or found about a firm."""

    VISIT = "visit"
    RESULT = "result"
    ORDER = "order"
    RECHECK = "recheck"
    TRANSFER = "transfer"
    GRADE = "grade"
    COMPLAINT = "complaint"


CONDUCT_KINDS: Final[Mapping[str, str]] = {
    ConductKind.VISIT: "接受检查", ConductKind.RESULT: "检查结果公示",
    ConductKind.ORDER: "责令整改", ConductKind.RECHECK: "整改复查",
    ConductKind.TRANSFER: "移交执法", ConductKind.GRADE: "等级变化",
    ConductKind.COMPLAINT: "投诉举报",
}  # fmt: skip


@frozen(kw_only=True)
class ConductRow:
    """行为信息 (ConductRow): one thing that was done or found about a firm, as it may know it.

    ``about`` is the id of what it is taken from: of a visit, for its result and transfer too, or of
    an order; empty where nothing is opened by an id. Source: proposal 1791.
    """

    on: date = day("日期", required=True)
    kind: ConductKind = choice("类型", CONDUCT_KINDS, required=True)
    title: str = text("事项", required=True, example="2026年第一批乳品综合检查")
    outcome: str = text("结果", example="已办结")
    departments: tuple[str, ...] = departments("部门")
    about: str = text("所据记录的编号", listed=False)


def newest_first(rows: Iterable[ConductRow]) -> list[ConductRow]:
    """Give rows that came in the order of time by their day, the newest in front.

    Of one day what follows from something stands before it, as the kinds follow each other.
    """
    kinds = list(ConductKind)
    return sorted(rows, key=lambda one: (one.on, kinds.index(one.kind)))[::-1]
