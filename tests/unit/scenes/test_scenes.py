from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.scenes.inspected import InspectedSubjects
from supervision_core.scenes.messages import MESSAGES
from supervision_core.scenes.model import (
    ChecklistUse,
    CreditModelUse,
    HandbookUse,
    RiskModelUse,
    Scene,
    SceneBasics,
    SceneLocked,
    SceneNotPublishable,
    SceneResources,
    SceneState,
    SceneStep,
    SceneSwitches,
    TagUse,
    TaskSettings,
    path_of,
    publication_violations,
)
from supervision_core.testing.scenes import full_scene

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def _codes(error: Refused) -> set[str]:
    return {reason.code for reason in error.reasons}


def _begun() -> Scene:
    return Scene(id="s", code="S", region="450000", basics=SceneBasics(name="", lead=""))


def test_a_scene_survives_plain() -> None:
    """A fully filled example comes back field by field."""
    one = full_scene()
    assert to_plain(from_plain(Scene, to_plain(one))) == to_plain(one)


def test_a_full_scene_is_fit() -> None:
    """The example has no reason against it."""
    assert tuple(publication_violations(full_scene())) == ()


@pytest.mark.function("F031", surface="library")
def test_publishing_an_empty_scene_names_every_gap() -> None:
    """Basics, subjects and the rule are named at once."""
    with pytest.raises(SceneNotPublishable) as refused:
        _begun().publish(at=NOON)
    assert _codes(refused.value) == {
        "scenes.name_missing",
        "scenes.lead_missing",
        "scenes.joining_missing",
        "scenes.trades_missing",
        "scenes.subjects_missing",
        "scenes.grading_rule_missing",
    }


@pytest.mark.function("F034", surface="library")
@pytest.mark.function("F039", surface="library")
@pytest.mark.function("F040", surface="library")
def test_every_trade_needs_its_checklist_and_models() -> None:
    """A second trade without anything is named in each part."""
    scene = full_scene()
    scene.disable(at=NOON)
    scene.describe(evolve(scene.basics, trades=("乳品", "奶畜养殖")))
    with pytest.raises(SceneNotPublishable) as refused:
        scene.publish(at=NOON)
    assert {(one.code, one.data["trade"]) for one in refused.value.reasons} == {
        ("scenes.checklist_missing", "奶畜养殖"),
        ("scenes.risk_model_missing", "奶畜养殖"),
        ("scenes.credit_model_missing", "奶畜养殖"),
    }


@pytest.mark.function("F033", surface="library")
@pytest.mark.parametrize(
    ("switches", "tasks", "codes"),
    [
        (
            SceneSwitches(risk=False, handbook=True),
            TaskSettings(),
            {"scenes.grading_without_models"},
        ),
        (SceneSwitches(grading=False), TaskSettings(), {"scenes.differentiated_without_grading"}),
        (SceneSwitches(grading=False), TaskSettings(differentiated=False), set()),
        (
            SceneSwitches(risk=False, credit=False, grading=False),
            TaskSettings(differentiated=False),
            set(),
        ),
    ],
)
def test_switches_agree_with_each_other(
    switches: SceneSwitches, tasks: TaskSettings, codes: set[str]
) -> None:
    """Grading needs both assessments, a differentiated draw needs grading."""
    scene = full_scene()
    scene.disable(at=NOON)
    scene.switch(switches)
    scene.run_tasks_by(tasks)
    assert {one.code for one in publication_violations(scene)} == codes


@pytest.mark.function("F035", surface="library")
@pytest.mark.function("F037", surface="library")
def test_parts_are_checked_against_the_trades_and_each_other() -> None:
    """Foreign trades, double models, double tags and a missing handbook are all named."""
    scene = full_scene()
    scene.disable(at=NOON)
    scene.use_checklists(
        (
            ChecklistUse(checklist="c", trade="乳品", enabled=False),
            ChecklistUse(checklist="d", trade="旅行"),
        )
    )
    scene.show_handbooks((HandbookUse(handbook="h", trade="乳品", enabled=False),))
    scene.assess_by(
        risk=(RiskModelUse(model="r", trade="乳品"), RiskModelUse(model="q", trade="乳品")),
        credit=(CreditModelUse(model="k", trade="乳品"),),
    )
    scene.provide(SceneResources(tags=(TagUse(tag="t", inspected=False), TagUse(tag="t"))))
    assert {one.code for one in publication_violations(scene)} == {
        "scenes.checklist_missing",
        "scenes.trade_foreign",
        "scenes.handbook_missing",
        "scenes.models_twice",
        "scenes.tag_twice",
    }
    assert scene.resources.inspected_tags == {"t"}


def test_only_inspected_tags_or_chosen_subjects_make_a_pool() -> None:
    """A tag that is merely looked at gives nobody to inspect."""
    scene = full_scene()
    scene.disable(at=NOON)
    scene.provide(SceneResources(tags=(TagUse(tag="t", inspected=False),)))
    assert {one.code for one in publication_violations(scene)} == {"scenes.subjects_missing"}
    scene.provide(SceneResources(subjects_added=frozenset({"subject-1"})))
    assert tuple(publication_violations(scene)) == ()


def test_departments_stand_once() -> None:
    """The lead does not join itself."""
    scene = full_scene()
    scene.disable(at=NOON)
    scene.describe(evolve(scene.basics, joining=("市场监管",)))
    assert {one.code for one in publication_violations(scene)} == {"scenes.department_twice"}


def test_a_linked_scene_needs_only_its_address() -> None:
    """A scene built by others is described and linked."""
    scene = _begun()
    basics = SceneBasics(name="外部场景", lead="公安", trades=("电信",), third_party=True)
    scene.describe(basics)
    assert {one.code for one in publication_violations(scene)} == {"scenes.address_missing"}
    scene.describe(evolve(basics, address="https://scene.example"))
    scene.publish(at=NOON)
    assert (scene.state, scene.published_at) == (SceneState.ENABLED, NOON)


def test_an_open_scene_stays_fit_or_unchanged() -> None:
    """A change that would break an enabled scene is refused and undone."""
    scene = full_scene()
    before = to_plain(scene)
    with pytest.raises(SceneNotPublishable) as refused:
        scene.grade_by(None)
    assert _codes(refused.value) == {"scenes.grading_rule_missing"}
    with pytest.raises(SceneNotPublishable):
        scene.assess_by(risk=(), credit=())
    assert to_plain(scene) == before
    scene.grade_by("rule-2")
    assert scene.grading_rule == "rule-2"


def test_the_first_enabled_checklist_of_a_trade_counts() -> None:
    """A switched-off one is passed over; an unknown trade has none."""
    scene = full_scene()
    scene.use_checklists(
        (
            ChecklistUse(checklist="off", trade="乳品", enabled=False),
            ChecklistUse(checklist="on", trade="乳品"),
            ChecklistUse(checklist="later", trade="乳品"),
        )
    )
    assert scene.checklist_for("乳品") == "on"
    assert scene.checklist_for("旅行") is None
    assert scene.risk_model_for("乳品") == RiskModelUse(
        model="risk-1", trade="乳品", automatic=True
    )
    assert scene.credit_model_for("旅行") is None


VERBS = ("publish", "disable", "delete", "break", "mend")


@pytest.mark.function("F030", surface="library")
@given(st.lists(st.sampled_from(VERBS), max_size=12))
def test_no_forbidden_state_is_reachable(verbs: list[str]) -> None:
    """An enabled scene is always fit; an enabled one is not deleted; deleted is final."""
    scene = full_scene()
    for verb in verbs:
        before = scene.state
        try:
            if verb == "break":
                scene.grade_by(None)
            elif verb == "mend":
                scene.grade_by("rule-1")
            elif verb == "delete":
                scene.delete()
            else:
                getattr(scene, verb)(at=NOON)
        except (SceneLocked, SceneNotPublishable):
            assert scene.state is before
        if scene.state is SceneState.ENABLED:
            assert tuple(publication_violations(scene)) == ()
        if before is SceneState.DELETED:
            assert scene.state is SceneState.DELETED
        if scene.state is SceneState.DELETED:
            assert before is not SceneState.ENABLED


@pytest.mark.parametrize("verb", ["publish", "disable"])
def test_a_deleted_scene_refuses_everything(verb: str) -> None:
    """The refusal names the state."""
    scene = full_scene()
    scene.disable(at=NOON)
    scene.delete()
    with pytest.raises(SceneLocked) as refused:
        getattr(scene, verb)(at=NOON)
    assert refused.value.reasons[0].code == "scenes.scene_is_deleted"
    with pytest.raises(SceneLocked):
        scene.grade_by("x")
    with pytest.raises(SceneLocked):
        scene.delete()


def test_a_scene_evaluates_by_itself_with_its_automatic_models() -> None:
    """自动发起评价: as of the newest cycle of a model that is on, if the scene is open."""
    scene = full_scene("s-1")
    begun = {"risk-1": date(2026, 7, 1), "credit-1": date(2026, 10, 1)}
    scene._state = SceneState.ENABLED
    assert scene.evaluated_as_of(begun) == date(2026, 7, 1)  # the other one is off
    assert scene.evaluated_as_of({}) is None
    scene._credit_models = tuple(evolve(one, automatic=True) for one in scene.credit_models)
    assert scene.evaluated_as_of(begun) == date(2026, 10, 1)
    scene._grading_rule = None
    assert scene.evaluated_as_of(begun) is None
    closed = full_scene("s-2")
    closed._state = SceneState.DISABLED
    assert closed.evaluated_as_of(begun) is None


def test_opening_and_closing_are_events() -> None:
    """Whoever depends on a scene hears of it."""
    scene = full_scene()
    scene.disable(at=NOON)
    scene.publish(at=NOON)
    assert [type(event).__name__ for event in scene.take_events()] == [
        "SceneDisabled",
        "ScenePublished",
    ]


def test_every_text_has_a_remedy() -> None:
    """Whoever is refused learns what to do."""
    assert all(one.remedy for one in MESSAGES.values())


def test_each_step_says_what_it_lacks_and_whether_it_is_needed() -> None:
    """4484-4534: every gap stands at its step; what is switched off is not needed."""
    scene = _begun()
    states = {one.step: one for one in path_of(scene)}
    assert list(states) == list(SceneStep)
    gaps = {step: {one.code for one in state.gaps} for step, state in states.items()}
    assert {code for codes in gaps.values() for code in codes} == {
        one.code for one in publication_violations(scene)
    }
    assert not states[SceneStep.HANDBOOKS].needed
    assert states[SceneStep.BASICS].needed


def test_subjects_chosen_by_hand_correct_the_tags() -> None:
    """4514: those removed by hand are never inspected, nor twice those added by hand."""
    resources = SceneResources(
        tags=(TagUse(tag="t-1"), TagUse(tag="t-2", inspected=False)),
        subjects_added=frozenset({"s-1"}), subjects_removed=frozenset({"s-2"}),
    )  # fmt: skip
    inspected = InspectedSubjects(resources=resources, region="450100")
    assert inspected.tagged is not None
    assert inspected.tagged.tags == {"t-1"}
    rows: Any = [SimpleNamespace(id=f"s-{at}", code=str(at)) for at in (1, 2, 3)]
    assert list(inspected.of_page(rows)) == [("s-3", "3")]
    assert InspectedSubjects(resources=SceneResources(), region="450100").tagged is None
