"""What a demo run is set to: its folder, its inputs, its days, its departments."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from attrs import frozen

from supervision_core.officers.model import OfficerDraft

REGION: Final = "450000"
FIRST_DAY: Final = date(2026, 7, 1)
LOCAL_HOURS: Final = timedelta(hours=8)

_DAYS: Mapping[str, int] = {
    "import": 0,
    "assess": 1,
    "plan": 1,
    "settle": 12,
    "freeze": 13,
    "dispatch": 14,
    "claim": 15,
    "visit": 19,
    "end": 38,
    "close": 82,
    "reassess": 85,
    "furnish": 92,
}
"""On which day of the cycle each stage takes place, counted from the first."""

_FRIDAY: Final = 5

_WORDS: Mapping[str, tuple[str, ...]] = {
    "市场监管": ("市场监", "市监", "工商", "质监", "食药"),
    "农业农村": ("农业", "农牧", "畜牧", "兽医"),
    "卫生健康": ("卫生", "卫健", "疾控"),
    "交通运输": ("交通", "运管"),
    "应急管理": ("应急", "安监"),
    "公安": ("公安",),
    "文化和旅游": ("文化", "旅游", "文旅", "文广"),
    "人社": ("人力资源", "人社", "社会保障"),
    "通信管理": ("通信", "工信"),
    "人民银行": ("人民银行", "人行"),
    "金融监管": ("金融",),
    "网信": ("网信", "网络安全和信息化"),
    "税务": ("税务",),
    "生态环境": ("生态", "环境保护", "环保"),
}
"""Departments by their short name, with the words by which their bodies are known."""

_OF_THE_REGION: Final = "广西壮族自治区"
ORGANS: Final[Mapping[str, str]] = {
    "市场监管": f"{_OF_THE_REGION}市场监督管理局",
    "农业农村": f"{_OF_THE_REGION}农业农村厅",
    "卫生健康": f"{_OF_THE_REGION}卫生健康委员会",
    "交通运输": f"{_OF_THE_REGION}交通运输厅",
    "应急管理": f"{_OF_THE_REGION}应急管理厅",
    "公安": f"{_OF_THE_REGION}公安厅",
    "文化和旅游": f"{_OF_THE_REGION}文化和旅游厅",
    "人社": f"{_OF_THE_REGION}人力资源和社会保障厅",
    "通信管理": f"{_OF_THE_REGION}通信管理局",
    "人民银行": "中国人民银行广西壮族自治区分行",
    "金融监管": "国家金融监督管理总局广西监管局",
    "网信": f"{_OF_THE_REGION}互联网信息办公室",
    "税务": "国家税务总局广西壮族自治区税务局",
    "生态环境": f"{_OF_THE_REGION}生态环境厅",
}
"""What the organs are called that lists show and that sign papers, by their short names."""


@frozen(kw_only=True)
class DemoSettings:
    """What the user asked for; ``firms`` and ``officers`` are his own workbooks, if any."""

    folder: Path
    firms: Path | None
    officers: Path | None
    count: int
    officer_count: int
    seed: int

    @property
    def firms_file(self) -> Path:
        """The workbook of firms that is imported."""
        return self.firms or self.folder / "输入" / "企业名单.xlsx"

    @property
    def officers_file(self) -> Path:
        """The workbook of officers that is imported."""
        return self.officers or self.folder / "输入" / "执法人员名册.xlsx"

    def stated(self) -> dict[str, str | int]:
        """Say what makes this run this run: a run is only continued with the same."""
        return {
            "firms": _sm3(self.firms) if self.firms else f"{self.count}",
            "officers": _sm3(self.officers) if self.officers else f"{self.officer_count}",
            "seed": self.seed,
        }


def _sm3(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new("sm3")).hexdigest()


def day_of_stage(stage: str) -> date:
    """Give the local day on which a stage takes place."""
    return FIRST_DAY + timedelta(days=_DAYS[stage])


def moment_of_stage(stage: str, *, hour: int = 9) -> datetime:
    """Give the moment, in UTC, at which a stage takes place; ``hour`` is local."""
    return moment_of(day_of_stage(stage), hour)


def moment_of(day: date, hour: int) -> datetime:
    """Give the moment, in UTC, at which a local day has come to a local hour."""
    return datetime.combine(day, time(hour), tzinfo=UTC) - LOCAL_HOURS


def weekday_after(day: date, count: int) -> date:
    """Give the ``count``-th day from Monday to Friday after a day, or the day itself for none."""
    for _ in range(count):
        day += timedelta(days=1)
        while day.isoweekday() > _FRIDAY:
            day += timedelta(days=1)
    return day


def department_of(draft: OfficerDraft) -> str:
    """Give the short name of an officer's department, as scenes name it.

    Found by the matters of his certificates, else by the words in his body's name; a body that
    no scene knows keeps its own name.
    """
    matters = {matter for one in draft.certificates for matter in one.matters}
    for name in sorted(matters & _WORDS.keys()):
        return name
    for name, words in _WORDS.items():
        if name in draft.department or any(word in draft.department for word in words):
            return name
    return draft.department


def chunked(items: Iterable[str], size: int) -> list[tuple[str, ...]]:
    """Cut ids into commands' portions."""
    found = list(items)
    return [tuple(found[at : at + size]) for at in range(0, len(found), size)]
