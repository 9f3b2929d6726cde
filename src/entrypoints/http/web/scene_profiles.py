"""场景概况: how departments supervise together in the scenes of a region, shown in three ways.

By department, by duty, and by the steps of the work, which are read from what is declared of plans,
tasks, visits and rectifications. Source: proposal 1840-1850.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask
from entrypoints.http.web.registers import name_of_one
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import DEPARTMENT
from supervision_core.kernel.verbs import Responsible, Verbs
from supervision_core.plans.model import VERBS as PLAN
from supervision_core.scenes.lists import SCENES
from supervision_core.scenes.model import Scene, SceneState
from supervision_core.scenes.ports import Scenes
from supervision_core.tasks.model.publication import VERBS as PUBLICATION
from supervision_core.tasks.model.rectification import VERBS as RECTIFICATION
from supervision_core.tasks.model.task import VERBS as TASK
from supervision_core.tasks.model.visit import VERBS as VISIT

_PATH: Final = f"{HOME}/scenes/profiles"
_WAYS: Final = {"department": "按部门", "duty": "按职责", "process": "按流程"}
_MOST: Final = PageRequest(size=200)
_WORK: Final[tuple[Verbs, ...]] = (PLAN, TASK, VISIT, RECTIFICATION, PUBLICATION)
_OTHERS: Final = {
    Responsible.OFFICERS: "各部门执法人员", Responsible.INSTITUTION: "第三方机构",
    Responsible.FIRM: "被检查企业",
}  # fmt: skip
_BY_LEAD: Final = frozenset({Responsible.LEAD, Responsible.HEAD})
_NO_DUTY: Final = "未填写"


def _profiles(call: Call, form: Form) -> Shown:
    """Show the scenes that are enabled, all of them or one, in the way that is asked for."""
    by = form.get("by", "") if form.get("by", "") in _WAYS else "department"
    cases = cases_of(SCENES)
    found = ask(call, cases.list, cases.asking(state=SceneState.ENABLED, page=_MOST)).items
    chosen = form.get("scene", "")
    with call.platform.transactions.begin_reading() as unit:
        scenes = [unit[Scenes].get(one.id) for one in found if chosen in {"", one.id}]
    names = _Names(call)
    tables = {"department": _by_department, "duty": _by_duty, "process": _by_process}
    values = {
        "title": "场景概况", "sections": list(tables[by](scenes, names)),
        "ways": [
            {"title": title, "current": one == by, "path": f"{_PATH}?by={one}&scene={chosen}"}
            for one, title in _WAYS.items()
        ],
        "scenes": [
            {"title": "全部场景", "current": not chosen, "path": f"{_PATH}?by={by}"},
            *(
                {"title": one.name, "current": one.id == chosen,
                 "path": f"{_PATH}?by={by}&scene={one.id}"}
                for one in found
            ),
        ],
    }  # fmt: skip
    return Shown(template="scene_profiles.html", values=values)


class _Names:
    """The names of departments, each asked for once."""

    def __init__(self, call: Call) -> None:
        self._call, self._known = call, dict[str, str]()

    def __getitem__(self, id: str) -> str:
        if id not in self._known:
            self._known[id] = name_of_one(self._call, DEPARTMENT, id)
        return self._known[id]

    def of(self, scene: Scene) -> list[str]:
        """Name the departments of a scene, the lead first."""
        return [self[scene.basics.lead], *(self[one] for one in scene.basics.joining)]


def _scene(one: Scene) -> Mapping[str, str]:
    return {"text": one.name, "path": f"{ListPages(SCENES).base}/{one.id}"}


def _section(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], said: str = ""
) -> Mapping[str, Any]:
    return {"title": title, "said": said, "columns": columns,
            "rows": [{"cells": list(one)} for one in rows]}  # fmt: skip


def _by_department(scenes: Sequence[Scene], names: _Names) -> Iterator[Mapping[str, Any]]:
    """Give for each department in which scenes it works, as what, and for what it answers."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for scene in scenes:
        duties = {one.department: one.duty for one in scene.basics.duties}
        for id_ in (scene.basics.lead, *scene.basics.joining):
            part = "牵头部门" if id_ == scene.basics.lead else "配合部门"
            rows.setdefault(id_, []).append((_scene(scene), part, duties.get(id_, _NO_DUTY)))
    for id_, found in rows.items():
        yield _section(names[id_], ("场景", "承担的角色", "监管职责"), found)


def _by_duty(scenes: Sequence[Scene], names: _Names) -> Iterator[Mapping[str, Any]]:
    """Give for each scene its duties, each with the department that answers for it."""
    for scene in scenes:
        rows = [(one.duty, names[one.department]) for one in scene.basics.duties]
        told = {one.department for one in scene.basics.duties}
        rows += [
            (_NO_DUTY, names[one])
            for one in (scene.basics.lead, *scene.basics.joining)
            if one not in told
        ]
        yield _section(scene.name, ("监管职责", "责任部门"), rows, scene.basics.mechanism)


def _by_process(scenes: Sequence[Scene], names: _Names) -> Iterator[Mapping[str, Any]]:
    """Give for each scene the steps of the work in their order, and who does each."""
    for scene in scenes:
        lead, *joining = names.of(scene)
        rows = []
        for verbs in _WORK:
            for verb in verbs.verbs:
                if verb.owed is None:
                    continue
                who = _OTHERS.get(verb.by) or (
                    lead if verb.by in _BY_LEAD
                    else "、".join(joining) if verb.by is Responsible.JOINING
                    else "、".join((lead, *joining))
                )  # fmt: skip
                rows.append((verbs.title, verb.title, who))
        yield _section(scene.name, ("环节", "事项", "责任"), rows, scene.basics.mechanism)


PROFILE_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=_PATH, name="page_scene_profiles",
         access=cases_of(SCENES).list.permission, run=_profiles, menu=("场景", "场景概况"),
         icon="ti-info-circle"),
)  # fmt: skip
"""What the region's scenes are, for whoever works in them."""
