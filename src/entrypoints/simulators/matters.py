"""自治区监管事项动态管理系统, played: a catalogue, its implementation lists, items and claims."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import define

from entrypoints.simulators.source import SimulatedSource

CATALOGUE: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "matters": (
        {"code": "45000000000101", "name": "食品安全监督管理", "kind": "行政检查",
         "state": "在用", "region": "450000"},
        {"code": "45000000000102", "name": "食品生产监督检查", "kind": "行政检查",
         "state": "在用", "region": "450000", "parent": "45000000000101"},
        {"code": "45000000000103", "name": "特种设备安全监督检查", "kind": "行政检查",
         "state": "暂停", "region": "450000"},
    ),
    "lists": (
        {"code": "SS450000000101", "name": "食品生产日常监督检查", "matter": "45000000000102",
         "kind": "行政检查", "levels": "省级,市级,县级", "region": "450000"},
    ),
    "items": (
        {"code": "JC45000001", "name": "许可证是否在有效期内", "list": "SS450000000101",
         "content": "查看食品生产许可证正本", "method": "食品安全法第三十五条"},
        {"code": "JC45000002", "name": "原料进货查验记录", "list": "SS450000000101",
         "content": "抽查近三个月的进货查验记录", "method": "食品安全法第五十条"},
    ),
    "claims": (),
}  # fmt: skip
"""Made up."""


@define
class SimulatedMatters(SimulatedSource):
    """Tells matters, lists, items and claims."""

    BASE = "/matters"
    ROWS = CATALOGUE
