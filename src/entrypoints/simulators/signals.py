"""统一线索接入接口, played: three hints that wait, until a result of each is told."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import define, field

from entrypoints.simulators.serving import Asked, Told
from entrypoints.simulators.source import SimulatedSource

SIGNALS: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "signals": (
        {"channel": "12345热线", "reference": "DH202603020001", "title": "牛奶有异味",
         "content": "在示例超市购买的牛奶有异味", "kind": "投诉", "region": "450000",
         "code": "91450100MA5K000017", "service": "袋装牛奶", "name": "李示例",
         "phone": "13900000088"},
        {"channel": "终端预警", "reference": "ZD20260302-07", "title": "冷库温度告警",
         "content": "连续两小时高于8度", "kind": "其他", "region": "450000",
         "code": "91450100MA5K000017", "urgent": "true"},
        {"channel": "数据预警", "reference": "YJ20260302-01", "title": "许可证即将到期",
         "content": "食品生产许可证三十日内到期", "kind": "其他", "region": "450000",
         "firm": "南宁示例牧场有限公司"},
    ),
}  # fmt: skip
"""Made up."""


@define
class SimulatedSignals(SimulatedSource):
    """Tells hints, and keeps the newest result of each by its number."""

    BASE = "/signals"
    ROWS = SIGNALS

    results: dict[str, str] = field(factory=dict)
    received: int = 0

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        if asked.method != "POST" or asked.path != f"{self.BASE}/results":
            return super().answer(asked)
        if not self.signatures.hold(asked):
            return Told.json({"flag": "0", "errCode": "401", "errMsg": "签名无效", "data": None})
        told = json.loads(asked.body)
        self.received += 1
        self.results[told["reference"]] = told["result"]
        return Told.json({"flag": "1", "errCode": "", "errMsg": "", "data": {}})
