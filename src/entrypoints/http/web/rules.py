"""The pages of grading rules: what a rule says, whom it grades, the editor of grades and matrix.

Source: proposal 3838-3899.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from attrs import evolve, field, frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import Form, Page, Shown, ask, gone_on
from entrypoints.http.web.parts import PartForm, part_form
from entrypoints.http.web.registers import name_of_one
from entrypoints.http.web.sheets import row_numbers
from entrypoints.http.web.verbs import RESHAPE
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS
from supervision_core.assessment.model import LifeState
from supervision_core.assessment.model.models import VersionedModel
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.grading.model import GradingDefinition, GradingRule
from supervision_core.grading.ports import GradingRules
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.plain import from_plain
from supervision_core.scenes.lists import SCENES

_CASE: Final = "grading.redefine_rule"
_OBJECTS: Final = "grading.choose_rule_objects"
_TAGS: Final = "object_tags"
_CHECK: Final = "check"
_WHOLE: Final = "definition"
_GRADES: Final = f"{_WHOLE}.grades"
_HIDDEN: Final = frozenset(
    f"{_WHOLE}.{one}" for one in ("risk_levels", "credit_levels", "version", "matrix", _TAGS)
)
_NUMBER: Final = re.compile(rf"{re.escape(_GRADES)}\[[0-9]+\]\.number")
_TONES: Final = ("green", "blue", "amber", "red")
"""How the grades of a matrix are coloured, from the mildest to the most severe."""


@frozen(kw_only=True)
class MatrixForm(PartForm):
    """The form of grades, what is drawn, and the matrix over the levels of the rule's models."""

    risk: tuple[str, ...] = field(eq=False)
    credit: tuple[str, ...] = field(eq=False)
    now: GradingDefinition = field(eq=False)

    def with_matrix(self, form: Form) -> Form:
        """Give what the form says as the command's own form would have it."""
        numbers = row_numbers(form, _GRADES)
        lines = [
            " ".join(form.get(_cell(row, column), "1") for column in range(len(self.credit)))
            for row in range(len(self.risk))
        ]
        return {
            **form,
            f"{_WHOLE}.risk_levels": "\n".join(self.risk),
            f"{_WHOLE}.credit_levels": "\n".join(self.credit),
            f"{_WHOLE}.version": "1",
            f"{_WHOLE}.matrix": "\n".join(lines),
            **{f"{_GRADES}[{one}].number": str(at) for at, one in enumerate(numbers, 1)},
        }  # fmt: skip

    def values(self, call: Call, form: Form) -> dict[str, Any]:
        """Give what the form shows, with the matrix as a grid of choices."""
        found = PartForm.values(self, call, form)
        said = found["values"]
        numbers = row_numbers(said, _GRADES)
        grades = {
            str(at): f"{at} {said.get(f'{_GRADES}[{one}].name', '')}".strip()
            for at, one in enumerate(numbers, 1)
        }
        nodes = [_without(one) for one in found["nodes"]]
        return {**found, "nodes": nodes, "grid": self._grid(form, grades), "check": _CHECK}

    def _grid(self, form: Form, grades: Mapping[str, str]) -> Mapping[str, Any]:
        return {
            "columns": self.credit, "choices": grades,
            "rows": [
                {
                    "title": risk,
                    "cells": [
                        {"name": _cell(row, column), "at": f"matrix[{row}][{column}]",
                         "title": f"风险{risk}，信用{credit}",
                         "value": form.get(_cell(row, column), self._graded(row, column))}
                        for column, credit in enumerate(self.credit)
                    ],
                }
                for row, risk in enumerate(self.risk)
            ],
        }  # fmt: skip

    def _graded(self, row: int, column: int) -> str:
        lines = self.now.matrix
        known = row < len(lines) and column < len(lines[row])
        return str(lines[row][column]) if known else "1"

    def command(self, call: Call, form: Form) -> Any:
        """Read the command; whom the rule grades is chosen elsewhere and stays."""
        said = PartForm.command(self, call, form)
        return evolve(said, definition=evolve(said.definition, object_tags=self.now.object_tags))

    def carry_out(self, call: Call, form: Form) -> Shown:
        """Keep the definition; one with faults, or to be checked only, is shown once more."""
        act = form.get(RESHAPE, "")
        if act and act != _CHECK:
            return self.reshape(call, form)
        filled = self.with_matrix(form)
        self.command(call, filled).definition.require_usable()
        if act == _CHECK:
            shown = self.shown(call, form)
            return evolve(shown, values={**shown.values, "sound": True})
        self.do(call, filled)
        return gone_on(self.onward, "changed")


def _cell(row: int, column: int) -> str:
    return f"cell-{row}-{column}"


def _without(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a node without the fields that the editor fills in itself."""
    if "nodes" in node:
        kept = [_without(one) for one in node["nodes"] if not _is_hidden(one)]
        return {**node, "nodes": kept}
    if "rows" in node:
        return {**node, "rows": [_without(one) for one in node["rows"]]}
    return node


def _is_hidden(node: Mapping[str, Any]) -> bool:
    name = node["field"].name if "field" in node else ""
    return name in _HIDDEN or bool(_NUMBER.fullmatch(name))


@frozen
class RulePages(ListPages):
    """The pages of grading rules."""

    def pages(self) -> Iterable[Page]:
        """Give the pages of the list, and the editor of the matrix."""
        yield from ListPages.pages(self)
        path, name = f"{self.base}/{{rule_id}}/matrix", "page_grading_rule_matrix"
        yield Page(method="GET", path=path, name=f"{name}_form", access=Access.LOGGED_IN,
                   run=self.edit)  # fmt: skip
        yield Page(method="POST", path=path, name=name, access=Access.LOGGED_IN, run=self.keep,
                   again=self.edit, uploads=True)  # fmt: skip
        path, name = f"{self.base}/{{rule_id}}/objects", "page_grading_rule_objects"
        yield Page(method="GET", path=path, name=f"{name}_form", access=Access.LOGGED_IN,
                   run=self.choose)  # fmt: skip
        yield Page(method="POST", path=path, name=name, access=Access.LOGGED_IN,
                   run=self.keep_chosen, again=self.choose)  # fmt: skip

    def view(self, call: Call, form: Form) -> Shown:
        """Show what a rule says, its matrix as a grid, and what is wrong in its draft."""
        whole = ListPages.view(self, call, form)
        found = ask(call, self.cases.view, self.cases.named(id=form["rule_id"]))
        rule = _stored(call, found.id)
        said, base = rule.newest, f"{self.base}/{rule.id}"
        own = [one.replace(".", "/do/") for one in (_CASE, _OBJECTS)]
        links: list[Mapping[str, Any]] = [
            one for one in whole.values["links"] if not any(path in one["path"] for path in own)
        ]
        allowed = {one.permission for one in found.allowed}
        if _OBJECTS in allowed:
            links.insert(0, {"path": f"{base}/objects", "title": "配置分级分类对象"})
        if _CASE in allowed:
            links.insert(0, {"path": f"{base}/matrix", "title": "编辑等级和矩阵", "kind": "main"})
        values = {
            **whole.values, "links": links, "matrix": _matrix(said), "columns": said.credit_levels,
            "parts": [one for one in whole.values["parts"] if one["title"] != "评价矩阵"],
            "said": [one for one in whole.values["said"] if one[1]],
            "faults": list(_faults(call, rule)), "draft": rule.draft is not None,
            "scenes": _of_scenes(call, _scenes(call, rule)),
        }  # fmt: skip
        return evolve(whole, template="rule.html", values=values)

    def edit(self, call: Call, form: Form) -> Shown:
        """Show the editor of grades and matrix."""
        made = self._form(call, form)
        return self._edited(call, form, made.shown(call, form))

    def keep(self, call: Call, form: Form) -> Shown:
        """Keep grades and matrix, or say what is wrong in them."""
        answer = self._form(call, form).carry_out(call, form)
        return answer if answer.goes_to else self._edited(call, form, answer)

    def _edited(self, call: Call, form: Form, shown: Shown) -> Shown:
        """Show the editor beside how the scenes of the rule draw."""
        scenes = _of_scenes(call, _scenes(call, _stored(call, form["rule_id"])))
        return evolve(shown, template="rule_matrix.html", values={**shown.values, "scenes": scenes})

    def choose(self, call: Call, form: Form) -> Shown:
        """Show the form of whom the rule grades, beside the tags of its scenes and their models."""
        rule, made = self._objects(call, form)
        scenes = list(_scenes(call, rule))
        shown = made.shown(call, form)
        tags = dict.fromkeys(tag for _, one in scenes for tag in one.content.tags)
        known = dict.fromkeys((*tags, *rule.newest.object_tags))
        values = {
            **shown.values, "scenes": _of_scenes(call, scenes),
            "models": [_of_tag(call, one) for one in known],
            "takes": f"{made.at}?{urlencode({_TAGS: chr(10).join(tags)})}" if tags else "",
        }  # fmt: skip
        return evolve(shown, template="rule_objects.html", values=values)

    def keep_chosen(self, call: Call, form: Form) -> Shown:
        """Keep whom the rule grades, by which models."""
        _, made = self._objects(call, form)
        return made.carry_out(call, form)

    def _objects(self, call: Call, form: Form) -> tuple[GradingRule, PartForm]:
        """Give the rule and the form; a model that the tags bring up is not said in it."""
        found = ask(call, self.cases.view, self.cases.named(id=form["rule_id"]))
        rule = _stored(call, found.id)
        with call.platform.transactions.begin_looking() as unit:
            models: Mapping[str, VersionedModel] = {
                "risk_model": unit[RiskModels].get(rule.risk_model),
                "credit_model": unit[CreditModels].get(rule.credit_model),
            }
        tags = set(rule.newest.object_tags)
        base = f"{self.base}/{rule.id}"
        return rule, part_form(
            _OBJECTS, frozenset({_TAGS, *models}), about=frozenset({"rule_id"}),
            at=f"{base}/objects", onward=base,
            said={
                name: one.id if tags.isdisjoint(one.object_tags) else ""
                for name, one in models.items()
            },
        )  # fmt: skip

    def _form(self, call: Call, form: Form) -> MatrixForm:
        found = ask(call, self.cases.view, self.cases.named(id=form["rule_id"]))
        rule = _stored(call, found.id)
        with call.platform.transactions.begin_looking() as unit:
            risk = unit[RiskModels].get(rule.risk_model).newest.level_codes
            credit = unit[CreditModels].get(rule.credit_model).newest.level_codes
        base = f"{self.base}/{rule.id}"
        plain = part_form(
            _CASE, frozenset({_WHOLE}), about=frozenset({"rule_id"}), at=f"{base}/matrix",
            onward=base, said={_WHOLE: rule.newest},
        )  # fmt: skip
        return MatrixForm(
            route=plain.route, case=plain.case, fields=plain.fields, content=plain.content,
            query=plain.query, parts=plain.parts, at=plain.at, onward=base,
            told_by=plain.told_by, said=plain.said, risk=risk, credit=credit, now=rule.newest,
        )  # fmt: skip


def _stored(call: Call, id: str) -> GradingRule:
    """Give the rule that its list showed just now."""
    with call.platform.transactions.begin_looking() as unit:
        return unit[GradingRules].get(id)


def _scenes(call: Call, rule: GradingRule) -> Iterator[tuple[str, Any]]:
    """Give the scenes that the rule is tied to, by id, as far as the asker may look at them."""
    for one in rule.scenes:
        if (found := seen(call, SCENES, one)) is not None:
            yield one, found


def _of_scenes(call: Call, scenes: Iterable[tuple[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Say of scenes how they draw, and the tags of whom they inspect."""
    base = ListPages(SCENES).base
    return [
        {
            "cells": [
                {"text": one.content.name, "path": f"{base}/{id_}"},
                "按等级差异化抽查" if one.content.differentiated else "不按等级抽查",
                "、".join(name_of_one(call, "tag", tag) for tag in one.content.tags),
            ]
        }
        for id_, one in scenes
    ]


def _of_tag(call: Call, tag: str) -> Mapping[str, Any]:
    """Say which models in force a tag brings up."""
    cells = [name_of_one(call, "tag", tag)]
    for query in (RISK_MODELS, CREDIT_MODELS):
        cases = cases_of(query)
        names = []
        if call.who.may(cases.list.permission):
            asked: Any = from_plain(cases.asking, {_TAGS: tag, "state": LifeState.ENABLED.value})
            names = [row.name for row in ask(call, cases.list, asked).items]
        cells.append("、".join(names) or "没有启用的模型")
    return {"cells": cells}


def _matrix(said: GradingDefinition) -> Sequence[Mapping[str, Any]]:
    names = {one.number: one.name for one in said.grades}

    def cell(number: int) -> Mapping[str, str]:
        tone = _TONES[min(len(_TONES) - 1, (number - 1) * len(_TONES) // max(len(names), 1))]
        return {"text": names.get(number, str(number)), "colour": tone}

    return [
        {"title": risk, "cells": [cell(number) for number in line]}
        for risk, line in zip(said.risk_levels, said.matrix, strict=False)
    ]


def _faults(call: Call, rule: GradingRule) -> Iterator[Mapping[str, str]]:
    """Say what keeps the draft from being enabled."""
    for one in rule.draft.violations() if rule.draft else ():
        told = call.platform.messages.explain(one)
        yield {"reason": told.reason, "remedy": told.remedy}
