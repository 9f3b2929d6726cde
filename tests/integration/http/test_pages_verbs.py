"""Forms of commands: made of their declarations, one for each command that people give."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import attrs
import pytest

from entrypoints.catalogue import use_cases
from entrypoints.http.api import api_routes, written_routes
from entrypoints.http.api.verbs import derived_cases
from entrypoints.http.web import listed_pages, written_pages
from entrypoints.http.web.approving import LISTS_VISITS
from entrypoints.http.web.sheets import spread
from entrypoints.http.web.verbs import VerbPage, _parted, _said_of, form_for, form_of
from entrypoints.registered import declared, lists
from entrypoints.searching import is_looked_up
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.checklists.ports import Checklists
from supervision_core.clues.ports import Clues
from supervision_core.grading.lists import GRADING_RULES
from supervision_core.grading.ports import GradingRules
from supervision_core.identity.services import Question
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import Content, FieldType
from supervision_core.kernel.verbs import Allowed, Verb, Verbs
from supervision_core.officers.ports import Officers
from supervision_core.plans.ports import Plans
from supervision_core.scenes.lists import CROSS_DEPARTMENT_MATTERS
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.checklists import EDITOR, full_checklist
from supervision_core.testing.models import (
    full_credit_model,
    full_grading_rule,
    full_risk_model,
    full_round,
)
from supervision_core.testing.plans import plan
from supervision_core.testing.scenes import full_scene

from .browsing import Document, entered
from .conftest import Surface
from .test_matrix import held_by
from .test_pages_lists import EXAMPLES, HERE, settle

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SAID_BY_NOBODY = "1"
"""What attrs' sign for "no default" would be written as."""
FORMS = [found for name in use_cases() if (found := form_of(name)) is not None]


@pytest.mark.parametrize("form", FORMS, ids=[one.case.name for one in FORMS])
def test_every_form_is_shown_to_who_may(shared: Surface, form: VerbPage) -> None:
    """With the title of the command and of each field; others are told that they may not.

    What users define stands there element by element.
    """
    shared.restore()
    path = form.path
    user = next(one for one in ("doer", "system") if form.case.permission in held_by(one))
    browser = entered(shared, user)
    page = browser.go(path)
    assert form.case.title in page.text
    filled = browser.see(path).forms[path]
    assert [one.title for one in form.fields if filled.get(one.name) == SAID_BY_NOBODY] == []
    for one in form.fields:
        assert one.type is FieldType.EXTRAS or one.title in page.text
    assert entered(shared, "nobody").go(path).status_code == 403
    assert shared.audited()[-1].action == form.case.name


def test_titles_are_not_cut_within_what_they_list() -> None:
    """What stands behind the first comma of a title is a hint: no list of values is cut there."""
    written = (one for one in api_routes() if one.method != "GET")
    commands = {one.asked for one in written if attrs.has(one.asked)}
    titles = {
        f"{command.__name__}.{one.name}": words.title
        for command in commands
        for one in attrs.fields(command)
        if isinstance(words := one.metadata.get(FIELD), FieldWords)
    }
    assert titles["CorrectSubject.whole"] == "是否为全部信息"
    assert {name for name, title in titles.items() if re.search("：[^，]*，", title)} == set()


def test_every_command_has_a_form_or_says_why() -> None:
    """What programs give is named with its reason; what has pages by hand has no other form."""
    by_hand = {name for one in (*written_pages(), *listed_pages()) for name in one.carried}
    cases = [one for one in derived_cases(written_routes()) if not isinstance(one, Question)]
    of_programs = {one.name for one in cases if one.by_programs}
    assert len(of_programs) > 5
    assert [name for name in sorted(by_hand | of_programs) if form_of(name)] == []
    assert {"officers.join_team", "items.relate_scenes", "subjects.register"} <= by_hand
    commands = {one.name for one in cases}
    assert commands - by_hand - {one.case.name for one in FORMS} == of_programs


OWED = [
    (kind, verbs, verb)
    for kind, verbs in declared().items()
    for verb in verbs.verbs
    if verb.owed is not None
]


def _stand_a_task(surface: Surface, id_: str) -> None:
    task = EXAMPLES[Tasks](id_)
    settle(TASKS, task, 1, *HERE)
    with surface.province.platform.transactions.begin() as unit:
        unit[Tasks].save(task)
        unit.commit()


@pytest.mark.parametrize(
    ("kind", "verbs", "verb"), OWED, ids=[f"{kind}-{verb.name}" for kind, _, verb in OWED]
)
def test_a_to_do_leads_to_the_form_in_which_it_is_done(
    shared: Surface, kind: str, verbs: Verbs, verb: Verb
) -> None:
    """待办的“办理”: the form of that very verb, about that very thing, can be sent."""
    shared.restore()
    permission = verbs.permission(verb)
    part = {"part_noun": verb.part, "part": "1"} if verb.part else {}
    allowed = Allowed(permission=permission, title=verb.title, **part)
    path = form_for(allowed, kind, "0123abcd")
    user = next(one for one in ("doer", "system") if permission in held_by(one))
    if permission in LISTS_VISITS:
        _stand_a_task(shared, "0123abcd")  # the form shows its visits
    if path == "/gov/draws/draws/0123abcd/ceremony":
        return  # a page by hand, on which all that is owed to a draw is done
    page = entered(shared, user).see(path)
    form = page.forms[path.partition("?")[0]]
    assert path.startswith(f"/gov/{permission.replace('.', '/do/')}?")
    assert "0123abcd" in form.values()
    assert any(tag == "button" and one.get("type") == "submit" for tag, one in page.shown)


def test_a_form_carries_its_command_out(surface: Surface) -> None:
    """Its button says what it does, names become ids, and a page says that it is done."""
    browser = entered(surface, "doer")
    path = "/gov/officers/do/suspend?officer_id=officer_office"
    page = browser.see(path)
    assert "提交后即对" in " ".join(page.words)
    assert page.words.count("暂停执法人员") == 1  # the title says of whom
    asks = browser.see("/gov/officers/do/declare_interest?officer_id=officer_office")
    assert "没有需要填写的内容" not in " ".join(asks.words)
    answer = browser.send(path, to="/gov/officers/do/suspend")
    assert answer.status_code == 303, answer.text
    assert "已办理" in browser.go(answer.headers["location"]).text
    with surface.province.platform.transactions.begin() as unit:
        assert unit[Officers].get("officer_office").version == 2
    offered = " ".join(browser.see("/gov/officers/officers/officer_office").links)
    assert "/do/resume?" in offered
    assert "/do/suspend?" not in offered


def test_a_department_is_named_and_a_refusal_is_told_at_its_field(surface: Surface) -> None:
    """Whom a clue goes to is written by name; what nothing is called comes back with the form."""
    browser = entered(surface, "far_doer")
    path, action = "/gov/clues/do/distribute?clue_id=clue_liuzhou", "/gov/clues/do/distribute"
    form = {**browser.see(path).forms[action], "to": "没有的机构"}
    refused = browser.go(action, form)
    assert (refused.status_code, "没有的机构" in refused.text) == (422, True)
    done = browser.go(action, {**form, "to": "机构liuzhou"})
    assert done.status_code == 303, done.text
    with surface.province.platform.transactions.begin() as unit:
        assert unit[Clues].get("clue_liuzhou").holder == "liuzhou"


def test_what_is_taken_away_is_taken_on_the_version_seen(surface: Surface) -> None:
    """A form without the version that its reader saw disables nothing."""
    browser = entered(surface, "doer")
    path = "/gov/checklists/do/disable?checklist_id=zzz"
    assert browser.send(path, to="/gov/checklists/do/disable").status_code in {404, 412}


def test_a_page_offers_no_verb_that_would_change_nothing(surface: Surface) -> None:
    """检查单 that is published as it is, a pilot, the usual one; 规则 enabled without a draft."""
    checklist, rule = full_checklist(), full_grading_rule("rule-x")
    settle(CHECKLISTS, checklist, 1, *HERE)
    settle(GRADING_RULES, rule, 1, *HERE)
    browser = entered(surface, "doer")

    def offered() -> set[str]:
        with surface.province.platform.transactions.begin() as unit:
            unit[Checklists].save(checklist)
            unit[GradingRules].save(rule)
            unit.commit()
        shown = (
            browser.see(f"/gov/{query.context}/{query.plural}/{one.id}").links
            for query, one in ((CHECKLISTS, checklist), (GRADING_RULES, rule))
        )
        found = {re.sub(r".*/do/(\w+).*", r"\1", link) for links in shown for link in links}
        asked = {"publish", "share", "unshare", "make_default", "enable_rule", "disable_rule"}
        return found & asked

    assert offered() == {"publish", "share", "enable_rule", "disable_rule"}
    checklist.publish(by=EDITOR)
    checklist.share(by=EDITOR)
    rule.enable(at=NOON)
    assert offered() == {"unshare", "disable_rule"}


def test_an_unknown_verb_is_no_page(surface: Surface) -> None:
    """Foreign and mistyped verbs, and those of programs, have one answer."""
    browser = entered(surface, "doer")
    assert {browser.go(f"/gov/draws/do/{one}").status_code for one in ("zzz", "freeze")} == {404}


_ASKED = {
    "tasks.recheck": {"officers": "officer"},
    "tasks.assign_review": {"officers": "officer"},
    "tasks.report_transfer": {"reporters": "officer"},
    "tasks.replace_officer": {"old": "officer"},
    "tasks.adjust_officers": {"added": "officer", "removed": "officer"},
    "tasks.give_opinion": {"subjects_to_add": "subject", "officers_to_add": "officer"},
    "assessment.initiate_round": {"subjects": "subject"},
    "grading.grade_subjects": {"subject_ids": "subject"},
    "subjects.classify": {"subject_ids": "subject"},
    "clues.link_task": {"task_id": "task"},
    "officers.tie_account": {"user_id": "user"},
}
"""Forms in which people, firms and tasks are chosen, with the kinds that their fields look up."""


def test_nobody_types_an_id() -> None:
    """Whatever a form names is looked up, chosen from a list of parts, or fixed by the address."""
    parts = {
        (verbs.permission(verb), f"{verb.part}_id")
        for verbs in declared().values()
        for verb in verbs.verbs
        if verb.part
    }
    typed = []
    for form in FORMS:
        about = form.route.versioned.parameter if form.route.versioned else ""
        members = attrs.fields_dict(form.route.asked)
        shown = None if form.query is None else form.query.view
        for one in form.fields:
            words = members[one.name].metadata.get(FIELD) if one.name in members else None
            names = one.name.endswith(("_id", "_ids")) or getattr(words, "to", None)
            fixed = one.name == about or (form.case.name, one.name) in parts
            fixed = fixed or bool(getattr(words, "among", ""))
            fixed = fixed or (shown is not None and any(_parted(shown, one.name)))
            if names and not (one.to or one.codes or fixed):
                typed.append((form.case.name, one.name))
    assert typed == []


def _named_in(cls: type, seen: tuple[type, ...] = ()) -> Iterator[tuple[type, str, FieldWords]]:
    """Give every field at any depth that says words, with the class in which it stands."""
    attrs.resolve_types(cls)
    for one in attrs.fields(cls):
        words = one.metadata.get(FIELD)
        if isinstance(words, FieldWords) and not words.internal:
            yield cls, one.name, words
        for inner in _classes(one.type):
            if inner not in seen and not issubclass(inner, Content):
                yield from _named_in(inner, (*seen, inner))


def _classes(kind: Any) -> Iterator[type]:
    for one in get_args(kind):
        yield from _classes(one)
    if isinstance(kind, type) and attrs.has(kind):
        yield kind


def test_nobody_types_an_id_at_any_depth() -> None:
    """Sheets and rows too: what refers to a thing is looked up, or chosen among its parts."""
    typed = {
        (cls.__name__, name)
        for form in FORMS
        for cls, name, words in _named_in(form.route.asked)
        if cls is not form.route.asked
        if name.endswith(("_id", "_ids")) or words.to or "的编号" in words.title
        if not (words.among or words.codes or (words.to and is_looked_up(words.to)))
        if name != "item"  # chosen from the parts of what the command is about
    }
    assert typed == set()


@pytest.mark.parametrize("name", _ASKED)
def test_people_firms_and_tasks_are_chosen(shared: Surface, name: str) -> None:
    """Each such field looks up what it names while one writes, and says what is to be written."""
    shared.restore()
    form = form_of(name)
    assert form is not None
    user = next(one for one in ("doer", "system") if name in held_by(one))
    page = entered(shared, user).see(form.path)
    asked = {one.get("name"): one.get("data-picker") for _, one in page.shown}
    assert {field: asked.get(field) for field in _ASKED[name]} == _ASKED[name]


def test_the_address_names_by_id_what_the_form_shows_by_name(surface: Surface) -> None:
    """An id that the reader may look at is shown with name and code; any other stays as it is."""
    path = "/gov/tasks/do/report_transfer"
    asked = f"{path}?reporters=officer_liuzhou%0Aofficer_nanning%0Azzz"
    shown = entered(surface, "far_doer").see(asked).forms[path]["reporters"].splitlines()
    with surface.province.platform.transactions.begin() as unit:
        own = unit[Officers].get("officer_liuzhou")
    assert shown == [f"{own.name}（{own.certificates[0].number}）", "officer_nanning", "zzz"]


def test_firms_of_one_name_are_told_apart_by_code(surface: Surface) -> None:
    """What the picker writes names one of them; the name alone is refused, with what to do."""
    browser, path = entered(surface, "doer"), "/gov/subjects/do/classify"
    with surface.province.platform.transactions.begin() as unit:
        firm, other = (unit[Subjects].get(f"subject_{one}") for one in ("office", "nanning"))
    assert firm.name == other.name
    refused = browser.send(path, subject_ids=firm.name)
    assert (refused.status_code, "不止一条" in refused.text) == (422, True)
    both = "\n".join(f"{one.name}（{one.identity.code}）" for one in (firm, other))
    done = browser.send(path, subject_ids=both)
    assert done.status_code == 303, done.text


def test_a_sheet_stands_in_a_group_and_what_follows_from_a_choice_comes_with_it(
    surface: Surface,
) -> None:
    """Without script: a button shows the form anew, with what was filled in and what follows."""
    browser, path = entered(surface, "far_doer"), "/gov/clues/do/register"
    form = browser.see(path).forms[path]
    assert form["sheet.region"].endswith("（450200）")
    assert "complainant.phone" not in form
    filled = {
        **form, "sheet.title": "反映厂区脏乱", "sheet.content": "", "sheet.channel": "manual",
        "sheet.kind": "report", "complainant._type": "yes", "rows": "=",
    }  # fmt: skip
    shown = Document(browser.go(path, filled).text).forms[path]
    assert (shown["sheet.title"], shown["complainant.phone"]) == ("反映厂区脏乱", "")
    refused = browser.go(path, {**shown, "complainant.name": "李示例"})
    assert refused.status_code == 422
    assert 'id="sheet.content-fault"' in refused.text
    told = {**shown, "sheet.content": "原料露天堆放", "complainant.name": "李示例"}
    done = browser.go(path, told, {"sheet.attachments": ("情况.txt", "原料露天堆放。\n".encode())})
    assert done.status_code == 303, done.text
    written = [one.partition("@")[0].split("/") for one in surface.audited()[-1].targets]
    (new,) = (id_ for kind, id_ in written if kind == Clues.kind)
    with surface.province.platform.transactions.begin() as unit:
        clue = unit[Clues].get(new)
    assert clue.complainant is not None
    (file,) = clue.sheet.attachments
    seen = []
    for user in ("far_doer", "reader"):
        surface.let(user, "files.fetch")
        seen.append(entered(surface, user).go(f"/api/v1/files/clue/{new}/{file}").status_code)
    assert seen == [200, 404]
    assert (clue.sheet.content, clue.complainant.name) == ("原料露天堆放", "李示例")


def test_rows_are_added_and_taken_away(surface: Surface) -> None:
    """What stands in other rows stays; a reason stands at the row that it is about."""
    browser, path = entered(surface, "doer"), "/gov/plans/do/draft"
    form = browser.see(path).forms[path]
    for _ in range(3):
        page = Document(browser.go(path, {**form, "rows": "+sub_plans"}).text)
        form = page.forms[path]
    form |= {f"sub_plans[{at}].name": f"子计划{at}" for at in range(3)}
    form = Document(browser.go(path, {**form, "rows": "-sub_plans[1]"}).text).forms[path]
    kept = {name: text for name, text in form.items() if name.endswith("].name")}
    assert kept == {"sub_plans[0].name": "子计划0", "sub_plans[2].name": "子计划2"}
    days = {"sub_plans[0].starts_on": "2026-07-01", "sub_plans[0].ends_on": "2026-09-30"}
    refused = browser.go(path, {**form, **days})
    assert refused.status_code == 422
    assert 'id="sub_plans[2].starts_on-fault"' in refused.text
    assert 'id="sub_plans[0].starts_on-fault"' not in refused.text


_STORED: dict[str, tuple[Any, Any, str]] = {
    "assessment.redefine_model": (CreditModels, full_credit_model("one"), "definition.code"),
    "grading.redefine_rule": (GradingRules, full_grading_rule("one"), "definition.matrix"),
    "checklists.describe": (Checklists, full_checklist("one"), "head.name"),
    "scenes.assess_by": (Scenes, full_scene("one"), "risk_models[0].model"),
    "scenes.configure": (Scenes, full_scene("one"), "basics.name"),
    "plans.change": (Plans, plan("one"), "sub_plans[0].name"),
}


@pytest.mark.parametrize("name", _STORED)
def test_a_thing_to_be_changed_is_shown_as_it_is(surface: Surface, name: str) -> None:
    """Sheets and rows hold what the thing says now, whichever list shows it."""
    port, stored, field = _STORED[name]
    context = name.partition(".")[0]
    views = [cases_of(one).view for one in lists().values() if one.context == context]
    surface.let("doer", *(one.permission for one in views))
    with surface.province.platform.transactions.begin() as unit:
        unit[port].save(stored)
        unit.commit()
    form = form_of(name)
    assert form is not None
    shown = entered(surface, "doer").see(form.address(port.kind, "one")).forms[form.path]
    sheet = re.split(r"[.\[]", field)[0]
    now = _said_of(stored, next(one for one in form.fields if one.name == sheet))
    assert shown[field] == dict(spread(to_plain(now), sheet))[field] != ""


def test_a_matter_across_departments_is_edited_from_its_row(surface: Surface) -> None:
    """Proposal 2147-2158, 650: 编辑 opens the form of the scene, with origin and legal basis."""
    cases = cases_of(CROSS_DEPARTMENT_MATTERS)
    surface.let("doer", cases.list.permission, *(
        cases_of(one).view.permission for one in lists().values() if one.context == "scenes"
    ))  # fmt: skip
    with surface.province.platform.transactions.begin() as unit:
        unit[Scenes].save(full_scene("one"))
        unit.commit()
    browser, form = entered(surface, "doer"), form_of("scenes.configure")
    assert form is not None
    path = f"{form.path}?scene_id=one"
    assert path in browser.see("/gov/scenes/cross_department_matters").links
    shown = browser.see(path).forms[form.path]
    basics = full_scene("one").basics
    assert shown["basics.origin"] == basics.origin != ""
    assert shown["basics.legal_basis"] == basics.legal_basis != ""


def test_a_subject_is_scored_by_the_facts_of_the_model(surface: Surface) -> None:
    """为监管对象打分: a field for each fact, typed; what is left out counts as not known."""
    views = [cases_of(one).view for one in lists().values() if one.context == "assessment"]
    surface.let("doer", *(one.permission for one in views))
    model, scored = full_risk_model("m-1"), full_round("one")
    facts = [one.name for one in model.version_numbered(1).facts]
    with surface.province.platform.transactions.begin() as unit:
        unit[RiskModels].save(model)
        unit[EvaluationRounds].save(scored)
        unit.commit()
    form = form_of("assessment.score_subject")
    assert form is not None
    shown = entered(surface, "doer").see(form.address("evaluation_round", "one")).forms[form.path]
    assert facts
    assert [one for one in shown if one.startswith("facts.")] == [f"facts.{one}" for one in facts]
