"""The pages of a scene: its overview, and the nine steps by which it is configured (4484-4534)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.lists import ListPages, address_of
from entrypoints.http.web.pages import Form, Page, Shown, ask
from entrypoints.http.web.parts import PartForm, part_form
from entrypoints.http.web.registers import name_of_one
from supervision_core.identity.registers import TRADES
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.scenes.model import Scene, SceneStep, StepState, path_of
from supervision_core.scenes.model.path import STEP_TITLES
from supervision_core.scenes.model.scene import VERBS
from supervision_core.scenes.ports import Scenes
from supervision_core.scenes.services import use_checklists
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries

_S = SceneStep
_CONFIGURE, _ASSESS = "scenes.configure", "scenes.assess_by"
SAID_BY: Final[Mapping[SceneStep, tuple[str, frozenset[str]]]] = {
    _S.BASICS: (_CONFIGURE, frozenset({"basics"})),
    _S.SWITCHES: (_CONFIGURE, frozenset({"switches", "tasks"})),
    _S.HANDBOOKS: (_CONFIGURE, frozenset({"handbooks"})),
    _S.RESOURCES: (_CONFIGURE, frozenset({"resources"})),
    _S.RISK: (_ASSESS, frozenset({"risk_models"})),
    _S.CREDIT: (_ASSESS, frozenset({"credit_models"})),
    _S.GRADING: (_ASSESS, frozenset({"grading_rule"})),
}
"""Which parts of which command are filled in at a step; checklists have pages of their own."""
_DONE, _OPEN, _OFF = ("已完成", "green"), ("待补充", "amber"), ("未启用", "grey")


@frozen
class ScenePages(ListPages):
    """The pages of scenes: of one, what it says and what it lacks, and a form for each step."""

    def pages(self) -> Iterable[Page]:
        """Give the pages of the list, and those of the steps."""
        yield from ListPages.pages(self)
        path, name = f"{self.base}/{{scene_id}}/steps/{{step}}", "page_scenes_scene_step"
        yield Page(method="GET", path=path, name=f"{name}_form", access=Access.LOGGED_IN,
                   run=self.show_step)  # fmt: skip
        yield Page(method="POST", path=path, name=name, access=Access.LOGGED_IN,
                   run=self.keep_step, again=self.show_step, uploads=True)  # fmt: skip

    def view(self, call: Call, form: Form) -> Shown:
        """Show the overview: what the scene says, and its steps with what each lacks."""
        whole = ListPages.view(self, call, form)
        found = ask(call, self.cases.view, self.cases.named(id=form["scene_id"]))
        scene = _stored(call, found.id)
        allowed = {one.permission for one in found.allowed}
        steps = self._steps(call, scene, allowed, "overview")
        own = {
            VERBS.permission(one) for one in VERBS.verbs if one.name in {"configure", "assess_by"}
        }
        paths = {f"/{one.replace('.', '/do/')}" for one in own}
        links = [
            one for one in whole.values["links"]
            if not any(path in one["path"] for path in paths)
        ]  # fmt: skip
        missing = sum(bool(one["gaps"]) for one in steps)
        values = {
            **whole.values, "steps": steps, "links": links, "missing": missing,
            "said": [one for one in whole.values["said"] if one[1]],
        }  # fmt: skip
        return evolve(whole, template="scene.html", values=values)

    def show_step(self, call: Call, form: Form) -> Shown:
        """Show the form of a step, beside the way through all of them."""
        step = _step(form)
        found = ask(call, self.cases.view, self.cases.named(id=form["scene_id"]))
        scene = _stored(call, found.id)
        shown = self._form(form, step).shown(call, form)
        allowed = {one.permission for one in found.allowed}
        values = {
            **shown.values, "title": f"{scene.name}：{STEP_TITLES[step]}", "step": step.value,
            "steps": self._steps(call, scene, allowed, step), "back": f"{self.base}/{scene.id}",
            "beside": list(_beside(call, scene, step)), "onward": self._next(scene.id, step),
        }  # fmt: skip
        return evolve(shown, template="scene_step.html", values=values)

    def keep_step(self, call: Call, form: Form) -> Shown:
        """Keep what a step says, or show its form with more rows."""
        step = _step(form)
        answer = self._form(form, step).carry_out(call, form)
        if answer.goes_to:
            return answer
        again = self.show_step(call, form)
        return evolve(again, values={**again.values, **_of_form(answer.values)})

    def _form(self, form: Form, step: SceneStep) -> PartForm:
        name, parts = SAID_BY[step]
        scene = form["scene_id"]
        return part_form(
            name, parts, about=frozenset({"scene_id"}), at=f"{self.base}/{scene}/steps/{step}",
            onward=f"{self.base}/{scene}",
        )  # fmt: skip

    def _next(self, scene: str, step: SceneStep) -> Mapping[str, str]:
        steps = list(SceneStep)
        after = steps[steps.index(step) + 1]
        path = f"{self.base}/{scene}"
        if after is SceneStep.CHECKLISTS:
            path += f"/{after}"
        elif after in SAID_BY:
            path += f"/steps/{after}"
        return {"path": path, "title": f"下一步：{STEP_TITLES[after]}"}

    def _steps(
        self, call: Call, scene: Scene, allowed: set[str], current: str
    ) -> Sequence[Mapping[str, Any]]:
        return [
            {
                "title": STEP_TITLES[one.step], "current": one.step == current,
                "path": self._at(scene.id, one, allowed),
                "state": dict(zip(("text", "colour"), _said_of(one, scene), strict=True)),
                "gaps": [_in_words(call, each) for each in one.gaps],
            }
            for one in path_of(scene)
        ]  # fmt: skip

    def _at(self, scene: str, one: StepState, allowed: set[str]) -> str:
        if one.step is SceneStep.OVERVIEW:
            return f"{self.base}/{scene}"
        if one.step is SceneStep.CHECKLISTS:
            own = use_checklists.permission in allowed
            return f"{self.base}/{scene}/{one.step}" if own else ""
        permission, _ = SAID_BY[one.step]
        return f"{self.base}/{scene}/steps/{one.step}" if permission in allowed else ""


def _step(form: Form) -> SceneStep:
    """Give the step that the address names. Raises ``NotFound``."""
    if form["step"] not in {one.value for one in SAID_BY}:
        raise NotFound("page", form["step"])
    return SceneStep(form["step"])


def _said_of(one: StepState, scene: Scene) -> tuple[str, str]:
    if not one.needed:
        return _OFF
    if one.step is SceneStep.OVERVIEW:
        return str(VERBS.states[scene.state]), "green" if scene.published_at else "grey"
    return _OPEN if one.gaps else _DONE


def _stored(call: Call, id: str) -> Scene:
    """Give the scene that its list showed just now."""
    with call.platform.transactions.begin_looking() as unit:
        return unit[Scenes].get(id)


def _in_words(call: Call, gap: Violation) -> Mapping[str, str]:
    data = dict(gap.data)
    if trade := data.get("trade"):
        data["trade"] = name_of_one(call, TRADES.name, str(trade))
    told = call.platform.messages.explain(evolve(gap, data=data))
    return {"reason": told.reason, "remedy": told.remedy}


def _of_form(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what a form that was shown once more says, without title and way back."""
    return {name: value for name, value in values.items() if name not in {"title", "back"}}


def _beside(call: Call, scene: Scene, step: SceneStep) -> Iterator[Mapping[str, Any]]:
    """Give what is shown beside a step: what its references lead to, and how many they mean."""
    if step is SceneStep.RESOURCES:
        rows = []
        with call.platform.transactions.begin_looking() as unit:
            for use in scene.resources.tags:
                wanted = SubjectFilter(
                    region=scene.region, tags=frozenset({use.tag}), status=SubjectStatus.ACTIVE
                )
                count = unit[SubjectQueries].count(wanted)
                rows.append((use.tag, "是" if use.inspected else "否", str(count)))
        yield {
            "title": "各标签的对象数量", "columns": ["对象标签", "是否检查", "对象数量"],
            "rows": [
                {"cells": [name_of_one(call, "tag", tag), inspected, count]}
                for tag, inspected, count in rows
            ],
        }  # fmt: skip
    for title, kind, ids in _used(scene, step):
        cells = [
            {"text": name_of_one(call, kind, one), "path": address_of(call, kind, one)}
            for one in ids
        ]
        if cells:
            yield {"title": title, "columns": ["名称"], "rows": [{"cells": [one]} for one in cells]}


def _used(scene: Scene, step: SceneStep) -> Iterator[tuple[str, str, Sequence[str]]]:
    match step:
        case SceneStep.RISK:
            yield "查看风险模型", "risk_model", [one.model for one in scene.risk_models]
        case SceneStep.CREDIT:
            yield "查看信用模型", "credit_model", [one.model for one in scene.credit_models]
        case SceneStep.GRADING:
            yield "查看分级分类规则", "grading_rule", list(filter(None, [scene.grading_rule]))
        case _:
            return
