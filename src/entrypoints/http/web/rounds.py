"""The page of an evaluation: its basics, the firms that are evaluated, and what they are scored by.

Source: proposal 3500, 3532.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.looking import seen
from entrypoints.http.web.pages import Form, Shown, ask
from supervision_core.assessment.lists import CREDIT_MODELS, RISK_MODELS
from supervision_core.assessment.lists.models import METHODS
from supervision_core.assessment.model import AssessmentModel
from supervision_core.assessment.wording import points_text, rule_text
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import from_plain
from supervision_core.subjects.lists import DATA_CHANGES, SUBJECTS

MOST_SHOWN: Final = 50
"""Firms that the page tells of; the others stand in the list of subjects."""
_LONGEST: Final = 60
_FIRMS: Final = (
    "市场主体名称", "经营范围（业态）", "统一社会信用代码", "负责人", "联系方式", "地址信息",
)  # fmt: skip
_SHEET: Final = ("指标名称", "指标分类", "打分方式", "分值", "计分规则", "指标项说明")


@frozen
class RoundPages(ListPages):
    """The pages of evaluations."""

    def view(self, call: Call, form: Form) -> Shown:
        """Show what an evaluation says, the firms, and the sheet by which they are scored."""
        whole = ListPages.view(self, call, form)
        said = ask(call, self.cases.view, self.cases.named(id=form["round_id"])).content
        reported = said.created_on if said.needs_report else None
        values = {
            **whole.values, "said": [one for one in whole.values["said"] if one[1] != ""],
            "firms": list(_firms(call, said.subjects[:MOST_SHOWN], reported)),
            "of_firms": [*_FIRMS, *(["经营数据上报"] if reported else [])],
            "left": max(0, len(said.subjects) - MOST_SHOWN),
            "sheet": list(_sheet(call, said)), "of_sheet": list(_SHEET),
            "sheet_title": "信用检查单" if said.credit_model else "风险检查单",
        }  # fmt: skip
        return evolve(whole, template="round.html", values=values)


def _firms(
    call: Call, subjects: Iterable[str], reported: date | None
) -> Iterator[Mapping[str, Any]]:
    """Say of each firm that the asker may look at what an evaluation has to know of it."""
    base = ListPages(SUBJECTS).base
    for id_ in subjects:
        found = seen(call, SUBJECTS, id_)
        if found is None:
            continue
        one = found.content
        scope = one.scope or one.business_scope_type
        cells = [
            {"text": one.name or id_, "path": f"{base}/{id_}", "drawer": True},
            scope if len(scope) <= _LONGEST else f"{scope[:_LONGEST]}…",
            one.code, one.principal, one.contact_phone or one.operator_phone,
            one.trading_address or one.premises or one.domicile,
        ]  # fmt: skip
        yield {"cells": [*cells, *([_reported(call, id_, reported)] if reported else [])]}


def _reported(call: Call, subject: str, since: date) -> str:
    """Say when a firm last sent its data since the evaluation began."""
    cases = cases_of(DATA_CHANGES)
    if not call.who.may(cases.list.permission):
        return ""
    asked = {"subject": subject, "proposed_on_from": since.isoformat()}
    wanted: Any = from_plain(cases.asking, asked)
    found = ask(call, cases.list, evolve(wanted, page=PageRequest(size=1)))
    return next((f"{one.proposed_on}上报" for one in found.items), "未上报")


def _sheet(call: Call, said: Any) -> Iterator[Mapping[str, Any]]:
    """Give the indicators of the model's version, for who may look at the model."""
    query: ListQuery[Any] = CREDIT_MODELS if said.credit_model else RISK_MODELS
    model_id = said.credit_model or said.risk_model
    if seen(call, query, model_id) is None:
        return
    with call.platform.transactions.begin_looking() as unit:
        model: AssessmentModel = unit[query.port].get(model_id).version_numbered(said.model_version)
    categories = {one.code: one.name for one in model.categories}
    for one in model.enabled:
        full = points_text(one.full_marks(model.catalogue)) if one.rule.gives_points else ""
        yield {
            "cells": [
                one.name, categories.get(one.category, one.category), METHODS[one.method],
                full, rule_text(one.rule, model), one.note,
            ]
        }  # fmt: skip
