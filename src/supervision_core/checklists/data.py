"""The sample items of the pilot scenes, read once from the package (see ``samples/README.md``)."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from supervision_core.checklists.model import GRADES, ChecklistItem
from supervision_core.items.model import CheckContent, Importance, LawArticle, Site

# The laws by the short names of the file, each with the day of the version that was read.
_LAWS: Mapping[str, tuple[str, date]] = {
    "乳品条例": ("乳品质量安全监督管理条例", date(2008, 10, 9)),
    "食品安全法": ("中华人民共和国食品安全法", date(2021, 4, 29)),
    "危化品条例": ("危险化学品安全管理条例", date(2013, 12, 7)),
    "旅行社条例": ("旅行社条例", date(2020, 11, 29)),
    "反电诈法": ("中华人民共和国反电信网络诈骗法", date(2022, 9, 2)),
    "检查办法": ("食品生产经营监督检查管理办法", date(2021, 12, 24)),
}
_SITES = {"现场": Site.ONSITE, "非现场": Site.OFFSITE}
_IMPORTANCE = {"重点": Importance.KEY, "一般": Importance.GENERAL}
_EVERY_DEPARTMENT = "全部门"


@cache
def pilot_items() -> Mapping[str, tuple[ChecklistItem, ...]]:
    """试点检查项 (pilot_items): give sample items by scene, numbered by matter ("1.1", "2.1").

    The first department named is responsible, the others join; an item of all departments is the
    first's of its scene. Samples: to be reviewed before use.
    """
    table = resources.files("supervision_core.checklists").joinpath("samples", "pilot_items.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    scenes: dict[str, list[ChecklistItem]] = {}
    matters: dict[str, dict[str, int]] = {}
    leads: dict[str, str] = {}
    for row in rows:
        counts = matters.setdefault(row["scene"], {})
        counts[row["group"]] = counts.get(row["group"], 0) + 1
        number = f"{list(counts).index(row['group']) + 1}.{counts[row['group']]}"
        lead = leads.setdefault(row["scene"], row["department"].split("/")[0])
        scenes.setdefault(row["scene"], []).append(_item(row, number, lead))
    return MappingProxyType({scene: tuple(items) for scene, items in scenes.items()})


def _item(row: Mapping[str, str], number: str, lead: str) -> ChecklistItem:
    named = row["department"].replace(_EVERY_DEPARTMENT, lead)
    department, *joining = named.split("/")
    importance = _IMPORTANCE[row["importance"]]
    return ChecklistItem(
        code=number,
        content=CheckContent(
            matter=row["group"],
            sub_item=f"{number} {row['item']}",
            content=row["item"],
            department=department,
            joining=frozenset(joining),
            method=row["method"],
            site=_SITES[row["onsite_or_offsite"]],
            importance=importance,
            basis=(_article(row["law"], row["article"]),),
            penalty=_article(row["penalty_law"], row["penalty_article"])
            if row["penalty_law"]
            else None,
        ),
        grades=GRADES if importance is Importance.KEY else GRADES - {1},
    )


def _article(law: str, article: str) -> LawArticle:
    document, version = _LAWS[law]
    return LawArticle(document=document, article=article, version=version)
