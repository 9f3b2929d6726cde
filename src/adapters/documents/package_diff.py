"""What two scene packages differ in, line by line, in words that their authors understand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from adapters.documents.package_table import CHECKLIST_TABLE
from adapters.documents.packages import Document, ScenePackage
from supervision_core.assessment.document import read_model, write_model
from supervision_core.grading.document import read_grading, write_grading
from supervision_core.kernel.errors import Refused

_TITLES = {
    "scene": "场景",
    "tags": "标签",
    "risk_model": "风险模型",
    "credit_model": "信用模型",
    "grading_rule": "分级分类规则",
}
_KEYS = ("code", "name", "number", "from")
_LONGEST = 60
_COLUMNS = {column.name: column.title for column in CHECKLIST_TABLE.columns}


def diff_packages(before: ScenePackage, after: ScenePackage) -> tuple[str, ...]:
    """Give a line for everything added, removed or changed; none when the two mean the same."""
    lines = list(_checklist(before, after))
    for name, title in _TITLES.items():
        old, new = _alike(_WRITTEN.get(name), getattr(before, name), getattr(after, name))
        lines += (f"{title}：{line}" for line in _different(old, new))
    if before.readme != after.readme:
        lines.append("说明：内容有改动")
    return tuple(lines)


def _written_scene(scene: Document) -> Document:
    return {**scene, "levels": sorted(scene.get("levels", ()))}


_WRITTEN: Mapping[str, Callable[[Document], Document]] = {
    "scene": _written_scene,
    "risk_model": lambda document: write_model(read_model(document)),
    "credit_model": lambda document: write_model(read_model(document)),
    "grading_rule": lambda document: write_grading(read_grading(document)),
}
"""How the platform itself would write a document of that name: one spelling for one meaning."""


def _alike(
    write: Callable[[Document], Document] | None, old: Document, new: Document
) -> tuple[Document, Document]:
    """Give both in one spelling, or both as they are where either cannot be understood."""
    if write is None or not old or not new:
        return old, new
    try:
        return write(old), write(new)
    except Refused:
        return old, new


def _checklist(before: ScenePackage, after: ScenePackage) -> Iterator[str]:
    old = {row["code"]: row for row in before.checklist}
    new = {row["code"]: row for row in after.checklist}
    for code, row in old.items():
        if code not in new:
            yield f"检查单：删除 {code} {_short(row.get('content'))}"
    for code, row in new.items():
        if code not in old:
            yield f"检查单：新增 {code} {_short(row.get('content'))}"
            continue
        for name, title in _COLUMNS.items():
            was, now = old[code].get(name), row.get(name)
            if was != now:
                yield f"检查单：修改 {code} 的{title}：{_short(was)} → {_short(now)}"
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield "检查单：检查项的顺序有改动"


def _different(old: Any, new: Any, path: str = "") -> Iterator[str]:
    if old == new and type(old) is type(new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            place = f"{path}.{key}" if path else str(key)
            if key not in new:
                yield f"删除 {place}（原为 {_short(old[key])}）"
            elif key not in old:
                yield f"新增 {place}：{_short(new[key])}"
            else:
                yield from _different(old[key], new[key], place)
    elif _is_list(old) and _is_list(new):
        yield from _lists(old, new, path)
    else:
        yield f"修改 {path}：{_short(old)} → {_short(new)}"


def _lists(old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[str]:
    """Compare members by what names them where all have it, else by their places."""
    by = next((key for key in _KEYS if _named(old, key) and _named(new, key)), None)
    if by is None:
        places = [(str(place + 1), place) for place in range(max(len(old), len(new)))]
        was = {name: old[place] for name, place in places if place < len(old)}
        now = {name: new[place] for name, place in places if place < len(new)}
    else:
        was = {str(member[by]): member for member in old}
        now = {str(member[by]): member for member in new}
    for name in dict.fromkeys((*was, *now)):
        place = f"{path}[{name}]"
        if name not in now:
            yield f"删除 {place}（原为 {_short(was[name])}）"
        elif name not in was:
            yield f"新增 {place}：{_short(now[name])}"
        else:
            yield from _different(was[name], now[name], place)
    if by and [name for name in was if name in now] != [name for name in now if name in was]:
        yield f"{path} 的顺序有改动"


def _named(members: Sequence[Any], key: str) -> bool:
    names = [
        str(member[key]) for member in members if isinstance(member, Mapping) and key in member
    ]
    return bool(names) and len(set(names)) == len(members)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _short(value: object) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, Mapping):
        value = "，".join(f"{key}={each}" for key, each in value.items())
    text = str(value).replace("\n", " ")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
