"""The pages of risk and credit models: four steps, an editor of indicators, try-out, back-test.

Source: proposal 3417-3488, 3653-3809; design 2.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Access, Call
from entrypoints.http.web.indicators import IndicatorForm, indicator_form
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.parts import PartForm, part_form
from entrypoints.http.web.reading import TICKED, Field, Kind, read
from entrypoints.http.web.registers import ids_of
from entrypoints.http.web.trials import SUBJECT, TRIAL, back_tested, share_fields, tried
from entrypoints.http.web.verbs import form_of
from entrypoints.list_tables import names_of
from supervision_core.assessment.lists.models import METHODS
from supervision_core.assessment.model import AssessmentModel, CreditModel, LifeState, RiskModel
from supervision_core.assessment.model import Kind as ModelKind
from supervision_core.assessment.model.definition import Indicator
from supervision_core.assessment.model.models import VersionedModel
from supervision_core.assessment.model.standards import (
    INDICATOR_ACTS,
    IndicatorAct,
    standards_of,
)
from supervision_core.assessment.services import (
    ArrangeIndicators,
    BackTestModel,
    TryModel,
    arrange_indicators,
    back_test_model,
    try_model,
)
from supervision_core.assessment.wording import points_text, rule_text
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import described
from supervision_core.kernel.registers.elements import NO_ELEMENTS, ElementSet
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.scenes.lists import SCENES, SceneView
from supervision_core.scenes.ports import Scenes

STEPS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "basics": ("assessment.change_model_basics", frozenset(
        {"name", "object_type", "object_tags", "cycle", "reviewed", "description"}
    )),
    "group": ("assessment.appoint_review_group", frozenset({"group"})),
    "levels": ("assessment.set_levels", frozenset({"standards"})),
    "categories": ("assessment.set_categories", frozenset({"categories"})),
    "draw": ("assessment.draw_by_credit", frozenset({"by_credit", "content_draw"})),
}  # fmt: skip
"""What is filled in at each step, and by which command it is kept."""
_TITLES: Final = {
    "basics": "基本信息", "group": "评审小组", "levels": "结果等级", "categories": "指标分类",
    "draw": "信用抽取",
}  # fmt: skip
_ADD, _CHANGE = "assessment.add_indicator", "assessment.change_indicator"
_COLUMNS: Final = (
    "指标名称", "指标编码", "指标分类", "打分方式", "分值", "计分规则", "状态", "说明",
)  # fmt: skip
_SEARCH: Final = Field(name="name", title="指标名称", most=100)
_ENABLED: Final = {"yes": "启用", "no": "停用"}
_ACTS: Final = "act"
_AT_ONCE: Final = 500
_SCENE_COLUMNS: Final = ("name", "sort", "tags", "lead", "joining", "state")


@frozen
class ModelPages(ListPages):
    """The pages of the models of one kind."""

    @property
    def kind(self) -> ModelKind:
        """Whether they are risk or credit models."""
        return ModelKind.RISK if self.query.cls is RiskModel else ModelKind.CREDIT

    @property
    def _id(self) -> str:
        return f"{self.query.noun}_id"

    def pages(self) -> Iterable[Page]:
        """Give the pages of the list, and those by which a model is configured and tried."""
        yield from ListPages.pages(self)
        one = f"{self.base}/{{{self._id}}}"
        name = f"page_{self.query.name.replace('.', '_')}"

        def page(method: str, path: str, end: str, run: Any, **more: Any) -> Page:
            access = more.pop("access", Access.LOGGED_IN)
            return Page(method=method, path=f"{one}{path}", name=f"{name}_{end}", access=access,
                        run=run, **more)  # fmt: skip

        yield page("GET", "/steps/{step}", "step_form", self.show_step)
        yield page("POST", "/steps/{step}", "step", self.keep_step, again=self.show_step,
                   uploads=True)  # fmt: skip
        yield page("GET", "/indicator", "indicator_form", self.show_indicator)
        yield page("POST", "/indicator", "indicator", self.keep_indicator,
                   again=self.show_indicator, uploads=True)  # fmt: skip
        yield page("GET", "/indicator/{code}", "indicator_change_form", self.show_indicator)
        yield page("POST", "/indicator/{code}", "indicator_change", self.keep_indicator,
                   again=self.show_indicator, uploads=True)  # fmt: skip
        yield page("POST", "/indicators", "indicators", self.arrange, again=self.view)
        trying, testing = try_model.permission, back_test_model.permission
        yield page("GET", "/trial", "trial", self.trial, access=trying)
        yield page("POST", "/trial", "tried", self.try_out, again=self.trial)
        yield page("GET", "/back_test", "back_test", self.back_test, access=testing)
        yield page("POST", "/back_test", "back_tested", self.test_back, again=self.back_test)

    def _adding(self, call: Call) -> Iterable[Mapping[str, Any]]:
        """Give where a new model of this kind is begun."""
        for one in super()._adding(call):
            path = str(one["path"])
            own = path.endswith("/begin_model")
            yield {**one, "path": f"{path}?kind={self.kind}"} if own else one

    def row(
        self, call: Call, row: Any, names: Mapping[str, Any], elements: ElementSet = NO_ELEMENTS
    ) -> Mapping[str, Any]:
        """Give a row; its state leads to switching it, the number of its scenes to these."""
        found = ListPages.row(self, call, row, names, elements)
        at = {one.name: number for number, one in enumerate(self.query.columns)}
        cells = list(found["cells"])
        enabled = row.state is LifeState.ENABLED
        form = form_of(f"assessment.{'disable' if enabled else 'enable'}_model")
        if form is not None and call.who.may(form.case.permission):
            link = form.link("", kind=self.kind.value, model_id=row.id)
            does = f"{'停用' if enabled else '启用'}{row.name}"
            cells[at["state"]] = {**cells[at["state"]], **link, "does": does}
        if row.scenes:
            path = f"{self.base}/{row.id}#scenes"
            cells[at["scenes"]] = {"text": cells[at["scenes"]], "path": path}
        return {**found, "cells": cells}

    def view(self, call: Call, form: Form) -> Shown:
        """Show a model in its four steps, with its indicators, versions and what uses it."""
        whole = ListPages.view(self, call, form)
        found = ask(call, self.cases.view, self.cases.named(id=form[self._id]))
        model = self._stored(call, found.id)
        base, said = f"{self.base}/{model.id}", model.newest
        may = {one.permission for one in found.allowed}
        steps = {
            name: {"title": _TITLES[name], "path": f"{base}/steps/{name}" if case in may else ""}
            for name, (case, _) in STEPS.items()
        }
        asked = {one: form.get(one, "") for one in ("name", "category", "enabled")}
        values = {
            **whole.values,
            "said": [one for one in whole.values["said"] if one[1]],
            "parts": [], "links": list(self._shown_links(call, whole.values["links"], base)),
            "steps": steps, "levels": standards_of(said), "base": base,
            "by_total": any(one.lower or one.upper for one in standards_of(said)),
            "categories": _tree(said), "search": [
                _SEARCH, _category_field(said),
                Field(name="enabled", title="是否启用", kind=Kind.CHOICE, choices=_ENABLED),
            ],
            "asked": asked, "columns": list(_COLUMNS),
            "rows": [self._row(said, one, base, may) for one in _wanted(said, asked)],
            "batch": self._batch_acts() if "assessment.arrange_indicators" in may else (),
            "adds": f"{base}/indicator" if _ADD in may else "",
            "faults": list(_faults(call, model)),
            "draft": model.draft is not None, "versions": _versions(model),
            "count": len(said.indicators), "scenes": list(_scenes(call, model.id)),
        }  # fmt: skip
        return evolve(whole, template="model.html", values=values)

    def _shown_links(
        self, call: Call, links: Sequence[Mapping[str, Any]], base: str
    ) -> Iterator[Mapping[str, Any]]:
        """Give the links of a model without those that its steps have."""
        own = {case.replace(".", "/do/") for case, _ in STEPS.values()} | {
            f"assessment/do/{one}"
            for one in ("add_indicator", "change_indicator", "arrange_indicators", "redefine_model")
        }
        if call.who.may(try_model.permission):
            yield {"path": f"{base}/trial", "title": "试算"}
        if call.who.may(back_test_model.permission):
            yield {"path": f"{base}/back_test", "title": "回测"}
        yield from (one for one in links if not any(path in one["path"] for path in own))

    def _batch_acts(self) -> Sequence[Mapping[str, str]]:
        return [
            {"value": one, "title": title, "kind": "danger" if one == IndicatorAct.DELETE else ""}
            for one, title in INDICATOR_ACTS.items()
        ]

    def _row(
        self, said: AssessmentModel, one: Indicator, base: str, may: set[str]
    ) -> Mapping[str, Any]:
        name: Any = one.name
        if _CHANGE in may:
            name = {"text": one.name, "path": f"{base}/indicator/{one.code}"}
        broken = any(one.rule.violations(said.catalogue, ""))
        full = (
            ""
            if broken or not one.rule.gives_points
            else points_text(one.full_marks(said.catalogue))
        )
        categories = {each.code: each.name for each in said.categories}
        state = {"text": "启用", "colour": "green"} if one.enabled else {
            "text": "停用", "colour": "grey"}  # fmt: skip
        rule = rule_text(one.rule, said)
        if one.applies is not None:
            rule = f"{one.applies.text} 时适用：{rule}"
        cells = [
            name, one.code, categories.get(one.category, one.category), METHODS[one.method],
            full, rule, state, one.note,
        ]  # fmt: skip
        return {"id": one.code, "title": one.name, "cells": cells}

    def show_step(self, call: Call, form: Form) -> Shown:
        """Show the form of a step."""
        found = self._step(call, form).shown(call, self._told(form))
        title = f"{_TITLES[form['step']]}：{found.values['title'].rpartition('：')[2]}"
        return evolve(found, values={**found.values, "title": title})

    def keep_step(self, call: Call, form: Form) -> Shown:
        """Keep what a step says, or show its form with more rows."""
        return self._step(call, form).carry_out(call, self._told(form))

    def _told(self, form: Form) -> dict[str, str]:
        return {**form, "kind": self.kind.value, "model_id": form[self._id]}

    def _step(self, call: Call, form: Form) -> PartForm:
        """Give the form that the address names. Raises ``NotFound``."""
        step = form["step"]
        if step not in STEPS or (step == "draw" and self.kind is ModelKind.RISK):
            raise NotFound("page", step)
        name, parts = STEPS[step]
        ask(call, self.cases.view, self.cases.named(id=form[self._id]))
        model = self._stored(call, form[self._id])
        now: dict[str, dict[str, Any]] = {
            "levels": {"standards": standards_of(model.newest)},
            "categories": {"categories": model.newest.categories},
            "group": {"group": model.review_group} if model.review_group else {},
        }
        at = f"{self.base}/{model.id}"
        return part_form(
            name, parts, about=frozenset({"kind", "model_id"}), at=f"{at}/steps/{step}", onward=at,
            said=now.get(step),
        )  # fmt: skip

    def show_indicator(self, call: Call, form: Form) -> Shown:
        """Show the form of an indicator: a new one, or the one whose code the address says."""
        found = self._indicator(call, form)
        shown = found.shown(call, self._told(form))
        title = found.called or "新增指标"
        return evolve(shown, values={**shown.values, "title": title})

    def keep_indicator(self, call: Call, form: Form) -> Shown:
        """Keep an indicator, or show its form with more rows."""
        return self._indicator(call, form).carry_out(call, self._told(form))

    def _indicator(self, call: Call, form: Form) -> IndicatorForm:
        ask(call, self.cases.view, self.cases.named(id=form[self._id]))
        model = self._stored(call, form[self._id])
        return indicator_form(model.newest, form.get("code", ""), f"{self.base}/{model.id}")

    def arrange(self, call: Call, form: Form) -> Shown:
        """Enable, disable, copy or delete the indicators that are ticked; deletion asks first."""
        codes = tuple(one.removeprefix(TICKED) for one in form if one.startswith(TICKED))
        if not codes:
            raise FormInvalid((Violation("http.none_ticked"),))
        base = f"{self.base}/{form[self._id]}"
        act = form.get(_ACTS, "")
        if act not in INDICATOR_ACTS:
            raise NotFound("page", act)
        if act == IndicatorAct.DELETE and form.get("confirmed") != "yes":
            values = {
                "title": "删除指标", "label": "确认删除", "version": "",
                "says": f"将删除{len(codes)}项指标：{'、'.join(codes)}。启用过的版本不受影响。",
                "kept": {**{f"{TICKED}{one}": "yes" for one in codes}, _ACTS: act,
                         "confirmed": "yes"},
                "action": f"{base}/indicators", "back": base,
            }  # fmt: skip
            return Shown(template="confirm.html", values=values)
        command = ArrangeIndicators(
            kind=self.kind, model_id=form[self._id], act=IndicatorAct(act), codes=codes
        )
        carry_out(call, arrange_indicators, command, changes=None)
        return gone_on(base, "handled")

    def trial(self, call: Call, form: Form) -> Shown:
        """Ask for a subject and a day."""
        model = self._named(call, form)
        return tried(call, model, f"{self.base}/{model.id}", form, None)

    def try_out(self, call: Call, form: Form) -> Shown:
        """Show what the newest definition says of a subject, in words."""
        model = self._named(call, form)
        faults: list[Violation] = []
        said = read(TRIAL, form)
        subject = ids_of(call, SUBJECT, said["subject"], faults)
        refuse_if(FormInvalid, faults)
        plain = {"kind": self.kind.value, "model_id": model.id, "subject_id": subject,
                 "as_of": said["as_of"]}  # fmt: skip
        found = ask(call, try_model, from_plain(TryModel, plain))
        return tried(call, model, f"{self.base}/{model.id}", form, found)

    def back_test(self, call: Call, form: Form) -> Shown:
        """Ask for a day of the past and the share of each level that is inspected."""
        model = self._named(call, form)
        return back_tested(call, model, f"{self.base}/{model.id}", form, None)

    def test_back(self, call: Call, form: Form) -> Shown:
        """Show who would move, how many more visits there would be, and how findings rank."""
        model = self._named(call, form)
        fields = share_fields(call, model.newest)
        said = read(fields, form)
        shares = [
            {"level": level.code, "share": str(said[f"share-{at}"] or "0")}
            for at, level in enumerate(model.newest.levels)
        ]
        plain = {"kind": self.kind.value, "model_id": model.id, "as_of": said["as_of"],
                 "shares": shares}  # fmt: skip
        found = ask(call, back_test_model, from_plain(BackTestModel, plain))
        return back_tested(call, model, f"{self.base}/{model.id}", form, found)

    def _named(self, call: Call, form: Form) -> RiskModel | CreditModel:
        ask(call, self.cases.view, self.cases.named(id=form[self._id]))
        return self._stored(call, form[self._id])

    def _stored(self, call: Call, id: str) -> RiskModel | CreditModel:
        """Give the model that its list showed just now."""
        with call.platform.transactions.begin_looking() as unit:
            found: RiskModel | CreditModel = unit[self.query.port].get(id)
        return found


def _category_field(said: AssessmentModel) -> Field:
    choices = {one.code: one.name for one in said.categories}
    return Field(name="category", title="指标分类", kind=Kind.CHOICE, choices=choices)


def _wanted(said: AssessmentModel, asked: Mapping[str, str]) -> Iterator[Indicator]:
    """Give the indicators that are searched for; a category takes in those below it."""
    inside = _below(said, asked["category"])
    for one in said.indicators:
        if (
            asked["name"] in one.name
            and (not asked["category"] or one.category in inside)
            and asked["enabled"] in {"", "yes" if one.enabled else "no"}
        ):
            yield one


def _below(said: AssessmentModel, code: str) -> set[str]:
    found = {code}
    for _ in said.categories:
        found |= {one.code for one in said.categories if one.parent in found}
    return found


def _tree(said: AssessmentModel) -> Sequence[Mapping[str, Any]]:
    """Give the categories as a tree shows them."""
    below: dict[str, list[dict[str, Any]]] = {}
    known = {one.code for one in said.categories}
    for one in said.categories:
        node = {"id": one.code, "title": one.name, "nodes": below.setdefault(one.code, [])}
        below.setdefault(one.parent if one.parent in known else "", []).append(node)
    return below.get("", [])


def _faults(call: Call, model: VersionedModel) -> Iterator[Mapping[str, str]]:
    """Say what keeps the draft from being enabled."""
    for one in model.draft.violations() if model.draft else ():
        told = call.platform.messages.explain(one)
        yield {"reason": told.reason, "remedy": told.remedy}


def _scenes(call: Call, model: str) -> Iterator[Mapping[str, Any]]:
    """Give the scenes that assess by a model, as far as the asker may look at them (3383)."""
    pages, ids, after = ListPages(SCENES), list[str](), ""
    if not call.who.may(pages.cases.view.permission):
        return
    with call.platform.transactions.begin_looking() as unit:
        while found := unit[Scenes].walk(after, _AT_ONCE):
            after = found[-1].id
            ids += [
                one.id for one in found
                if any(use.model == model for use in (*one.risk_models, *one.credit_models))
            ]  # fmt: skip
    for one in ids:
        with suppress(NotFound):
            seen = ask(call, pages.cases.view, pages.cases.named(id=one))
            names, said = names_of(seen), {each.name: each for each in described(SceneView)}
            cells: list[Any] = [
                cell_of(said[name], getattr(seen.content, name), names.get(str(said[name].to), {}))
                for name in _SCENE_COLUMNS
            ]
            cells[0] = {"text": cells[0], "path": f"{pages.base}/{one}"}
            yield {"cells": cells}


def _versions(model: VersionedModel) -> Sequence[Mapping[str, Any]]:
    """Give every version that was in force, the newest first."""
    return [
        {
            "cells": [
                f"第{one.version}版", one.name, str(len(one.enabled)),
                points_text(one.full_points()[1]),
                {"text": "现行", "colour": "green"} if model.state == "enabled"
                and one is model.versions[-1] else "",
            ]
        }
        for one in reversed(model.versions)
    ]  # fmt: skip
