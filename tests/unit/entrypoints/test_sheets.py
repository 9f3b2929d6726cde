"""Sheets: a form of any depth says of a thing what the thing says, and gives it back as it was."""

import json
import re
from typing import Any

import pytest
from attrs import evolve

from entrypoints.http.web.attached import FILES
from entrypoints.http.web.reading import read
from entrypoints.http.web.registers import form_field
from entrypoints.http.web.sheets import (
    LINES,
    Leaf,
    described,
    leaves_of,
    spread,
    unfolded,
    written_plain,
)
from entrypoints.http.web.verbs import parsed
from entrypoints.shape import Member, Text, shape_of
from supervision_core.assessment.model import AssessmentModel, Kind
from supervision_core.checklists.model import ChecklistItem
from supervision_core.kernel.fields import FieldWords
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.registers import FieldType
from supervision_core.testing.assessment import awkward_model
from supervision_core.testing.checklists import full_checklist_content
from supervision_core.testing.models import full_definition, full_grading_rule
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.tasks import task_sheet

LARGEST = 10**15 - 1


def _bounded(model: AssessmentModel) -> AssessmentModel:
    """Give a model whose facts have bounds that JSON can say for everybody (RFC 8259 6)."""
    facts = (
        evolve(one, least=max(one.least, -LARGEST), most=min(one.most, LARGEST))
        for one in model.facts
    )
    return evolve(model, facts=tuple(facts))


def _uncited() -> ChecklistItem:
    """Give an item whose citations hold no wording: the system looks it up."""
    said = json.dumps(to_plain(full_checklist_content().items[1]), ensure_ascii=False)
    plain = json.loads(re.sub('"wording": "[^"]*"', '"wording": ""', said))
    return from_plain(ChecklistItem, plain)


SHEETS: dict[str, Any] = {  # forms take no blanks around a text, nor larger numbers
    "task": task_sheet(),
    "plan": plan_sheet(),
    "sub_plan": sub_plan(),
    "checklist": full_checklist_content().head,
    "checklist_item": _uncited(),
    "basics": full_scene().basics,
    "resources": full_scene().resources,
    "risk": full_definition(Kind.RISK),
    "rule": full_grading_rule("r").draft,
    **{
        f"awkward-{seed}": model
        for seed in range(60)
        if not re.search("[0-9]{16}|'A '", str(to_plain(model := _bounded(awkward_model(seed)))))
    },
}


def _filled(one: Leaf, shown: dict[str, str]) -> Any:
    """Read a field as the form was shown: ids as they are, as nothing is looked up here."""
    text = shown.get(one.field.name, one.default)
    if one.kept:
        return json.loads(text or "null")
    if one.field.type in FILES or one.field.type is FieldType.CHOICES:
        found = text.split()
        return found if one.field.many else next(iter(found), "")
    written = read((form_field(one.field, new=True),), {one.field.name: text})[one.field.name]
    return parsed(one.field, written, []) if one.field.type in LINES else written


@pytest.mark.parametrize("name", SHEETS)
def test_a_form_sent_as_it_is_shown_changes_nothing(name: str) -> None:
    """Whatever the depth: sheets, rows, rows in rows, choices, numbers, days, citations."""
    sheet = SHEETS[name]
    said = dict(spread(written_plain(sheet), "sheet"))
    member = Member("sheet", shape_of(type(sheet)), required=True)
    part = unfolded(member, FieldWords(title="示例"), said)
    leaves = leaves_of([part])
    shown = {**said, **{key: text for one in leaves for key, text in one.shown(said)}}
    plain = {one.field.name: _filled(one, shown) for one in leaves}
    gathered = part.gathered(plain)
    assert list(member.shape.faults(gathered)) == []
    assert from_plain(type(sheet), gathered) == sheet


def test_a_title_says_the_name_first_and_then_how_it_is_filled_in() -> None:
    """What follows the comma is a hint; people leave out what programs send empty."""
    words = FieldWords(title="所属场景的编号，不涉及场景的为空", hint="只列启用的", to="scene")
    found = described(Member("scene", Text(), required=False), words)
    assert found is not None
    assert (found.title, found.hint) == ("所属场景", "不涉及场景的不填；只列启用的")


def test_what_takes_more_than_a_line_has_a_field_of_several() -> None:
    """A reason, an opinion, a reply are written in a field that shows them whole."""
    member = Member("reason", Text(), required=True)
    found = [described(member, FieldWords(title="理由", long=one)) for one in (False, True)]
    assert [one and one.type for one in found] == [FieldType.TEXT, FieldType.LONG_TEXT]
