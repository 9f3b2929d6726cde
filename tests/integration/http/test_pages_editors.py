"""Editors of models, grading rules and scenes: piece by piece, without script."""

from typing import Any

import pytest
from attrs import evolve

from entrypoints.registered import lists
from supervision_core.assessment.model import LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.grading.ports import GradingRules
from supervision_core.identity.services.lists import cases_of
from supervision_core.scenes.model import SceneState
from supervision_core.scenes.ports import Scenes
from supervision_core.testing.models import (
    full_credit_model,
    full_grading_rule,
    full_risk_model,
)
from supervision_core.testing.scenes import full_scene

from .browsing import Browser, Document, entered
from .conftest import Surface

MODEL = "/gov/assessment/risk_models/model_1"
RULE = "/gov/grading/rules/rule_1"
SCENE = "/gov/scenes/scenes/scene_1"
CODE = f"4501{sum(b'office'):07}"


@pytest.fixture
def editing(surface: Surface) -> Browser:
    """Give the browser of somebody who may do everything with a model, a rule and a scene."""
    contexts = {"assessment", "grading", "scenes"}
    for one in lists().values():
        if one.context in contexts:
            cases = cases_of(one)
            surface.let("doer", cases.list.permission, cases.view.permission)
    surface.let("doer", "assessment.try_model", "assessment.back_test_model")
    risk: Any = full_risk_model("model_1")
    credit: Any = full_credit_model("model_2")
    rule: Any = full_grading_rule("rule_1")
    scene: Any = full_scene("scene_1")
    for one in (risk, credit, rule):
        one.department, one.region = "office", "450000"
    risk._state = LifeState.DISABLED
    rule.risk_model, rule.credit_model = "model_1", "model_2"
    scene._basics, scene._state = _basics(scene), SceneState.DRAFT
    with surface.province.platform.transactions.begin() as unit:
        kept: Any = (
            (RiskModels, risk),
            (CreditModels, credit),
            (GradingRules, rule),
            (Scenes, scene),
        )
        for port, one in kept:
            unit[port].save(one)
        unit.commit()
    return entered(surface, "doer")


def _basics(scene: Any) -> Any:
    return evolve(scene.basics, lead="office", joining=("nanning",))


def _words(answer: Any) -> str:
    """Give what stands in the page itself."""
    return " ".join(Document(answer.text.partition("<main")[2]).words)


def _stored(surface: Surface, port: Any, id: str) -> Any:
    with surface.province.platform.transactions.begin() as unit:
        return unit[port].get(id)


def _sent(browser: Browser, path: str, **filled: str) -> Any:
    """Fill a form in and send it; give the page that comes then."""
    answer = browser.send(path, **filled)
    while answer.status_code == 303:
        answer = browser.go(answer.headers["location"])
    return answer


def test_levels_are_cut_without_gaps(editing: Browser, surface: Surface) -> None:
    """3429: lower belongs to the level, upper to the next; a gap is named where it is."""
    path = f"{MODEL}/steps/levels"
    form = editing.see(path).forms[path]
    assert (form["standards[0].code"], form["standards[0].upper"]) == ("low", "7")
    wrong = editing.go(path, {**form, "standards[0].upper": "6.5"})
    assert wrong.status_code == 422
    assert "没有区间可落" in wrong.text
    told = _sent(editing, path, **{"standards[0].upper": "6.5", "standards[1].lower": "6.5"})
    assert "不足6.5分" in told.text, _words(told)
    assert _stored(surface, RiskModels, "model_1").draft.grader.bands[0].upper == 650


KINDS: dict[str, tuple[dict[str, str], str]] = {
    "Bands": (
        {
            "fact": "penalties_3y", "bands[0].upper": "1", "bands[0].value": "0",
            "bands[1].lower": "1", "bands[1].value": "2.5",
        },
        "不足1次0分，1次及以上2.5分",
    ),
    "FlagPoints": ({"fact": "abnormal_listed", "yes": "20", "no": "0"}, "是20分，否0分"),
    "Occurrences": ({"fact": "complaints_1y", "each": "1.5", "cap": "4"}, "每次1.5分，最多计4次"),
    "LookUp": (
        {"fact": "entity_type", "codes[0].key": "个体", "codes[0].value": "3", "otherwise": "1"},
        "个体3分，其他1分",
    ),
    "Computed": ({"formula": "min(lawsuits_3y, 5)", "each": "2"}, "每单位2分"),
    "Veto": ({"when": "dishonesty_listed == 1", "level": "high"}, "等级不轻于high"),
    "Shift": ({"when": "penalties_3y > 2", "by": "1"}, "加重1级"),
    "Manual": (
        {
            "least": "0", "most": "10", "choices[0].name": "优", "choices[0].points": "0",
            "choices[1].name": "差", "choices[1].points": "10",
        },
        "现场打分：优0分，差10分",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_rule_has_its_own_fields(
    editing: Browser, surface: Surface, kind: str
) -> None:
    """Design 2: points are written as decimals, facts of the catalogue are chosen by title."""
    filled, said = KINDS[kind]
    path = f"{MODEL}/indicator"
    rows = [f"{one.partition('[')[0]}" for one in filled if "[" in one]
    form = editing.see(path).forms[path]
    form |= {"indicator.rule._type": kind, "rows": "="}
    form = Document(editing.go(path, form).text).forms[path]
    most = {
        one: sum(name.endswith(("].name", "].value")) for name in filled if name.startswith(one))
        for one in rows
    }
    for name, wanted in most.items():
        while (
            sum(one.startswith(f"indicator.rule.{name}[") and one.endswith("]") for one in form)
            < wanted
        ):
            form["rows"] = f"+indicator.rule.{name}"
            form = Document(editing.go(path, form).text).forms[path]
    form.pop("rows", None)
    head = {
        "code": "added",
        "name": "新指标",
        "category": "all",
        "rule.missing.treatment": "exclude",
    }
    said_ = {f"indicator.{name}": text for name, text in head.items()}
    said_ |= {f"indicator.rule.{name}": text for name, text in filled.items()}
    answer = editing.go(path, {**form, **said_})
    assert answer.status_code == 303, _words(answer)
    page = editing.go(MODEL).text
    assert said in page
    model = _stored(surface, RiskModels, "model_1")
    assert any(one.code == "added" for one in model.draft.indicators)
    shown = editing.see(f"{path}/added")
    again = shown.forms[f"{path}/added"]
    for name, text in filled.items():
        assert again[f"indicator.rule.{name}"] == text


def test_indicators_are_copied_switched_and_deleted(editing: Browser, surface: Surface) -> None:
    """3457-3468: one or several; deletion asks first; a wrong indicator is told at its field."""
    act = f"{MODEL}/indicators"
    form = editing.see(MODEL).forms[act]
    assert editing.go(act, {**form, "act": "copy", "row-fines": "yes"}).status_code == 303
    editing.go(act, {**editing.see(MODEL).forms[act], "act": "enable", "row-fines_2": "yes"})
    codes = [
        (one.code, one.enabled) for one in _stored(surface, RiskModels, "model_1").draft.indicators
    ]
    assert codes == [("fines", True), ("fines_2", True)]
    form = editing.see(MODEL).forms[act]
    asked = editing.go(act, {**form, "act": "delete", "row-fines_2": "yes"})
    editing.go(act, Document(asked.text).forms[act])
    assert len(_stored(surface, RiskModels, "model_1").draft.indicators) == 1
    assert "没有选择任何记录" in editing.go(act, {**form, "act": "copy"}).text


def test_a_draft_is_tried_and_tested_against_the_version_in_force(editing: Browser) -> None:
    """试算、回测: said in words, nothing kept."""
    path = f"{MODEL}/trial"
    told = editing.send(path, subject=CODE, as_of="2026-11-24")
    words = _words(told)
    assert "怎样得来" in words, words
    path = f"{MODEL}/back_test"
    told = editing.send(path)
    words = _words(told)
    assert "等级变化" in words, words


def test_the_matrix_says_what_breaks_it(editing: Browser, surface: Surface) -> None:
    """3880: a riskier firm is never graded milder; the cell says so, and nothing is kept."""
    path = f"{RULE}/matrix"
    form = editing.see(path).forms[path]
    assert form["cell-1-1"] == "2"
    wrong = {**form, "cell-0-0": "2", "cell-0-1": "2", "cell-1-0": "1"}
    for act in ({"rows": "check"}, {}):
        told = editing.go(path, wrong | act)
        assert told.status_code == 422
        assert 'id="cell-1-0-fault"' in told.text
    sound = editing.go(path, {**form, "rows": "check"})
    assert "检查通过" in sound.text
    form = editing.see(path).forms[path]
    assert (
        editing.go(path, {**form, "cell-0-1": "2", "definition.grades[1].name": "重点"}).status_code
        == 303
    )
    kept = _stored(surface, GradingRules, "rule_1").draft
    assert kept.matrix == ((1, 2), (1, 2))
    assert kept.grades[1].name == "重点"
    assert "重点" in editing.go(RULE).text


def test_a_scene_says_step_by_step_what_it_lacks(editing: Browser, surface: Surface) -> None:
    """4486-4534: nine steps with their states; each form changes its own part alone."""
    page = editing.go(SCENE).text
    for title in ("基本信息", "个性化配置", "综合检查单", "经营手册", "基础资源", "风险评价模型"):
        assert title in page
    path = f"{SCENE}/steps/switches"
    form = editing.see(path).forms[path]
    form |= {"switches.handbook": "no", "tasks.consultation": "no"}
    answer = editing.go(path, form)
    assert answer.status_code == 303, _words(answer)
    scene = _stored(surface, Scenes, "scene_1")
    assert (scene.switches.handbook, scene.tasks.consultation) == (False, False)
    assert scene.switches.risk
    assert scene.basics.note == "试点场景"
    for step in ("basics", "handbooks", "resources", "risk", "credit", "grading"):
        assert editing.go(f"{SCENE}/steps/{step}").status_code == 200
    assert editing.go(f"{SCENE}/checklists").status_code == 200
    assert editing.go(f"{SCENE}/steps/other").status_code == 404
