"""Lists of models: several switched at once, and those by which a scene assesses."""

from typing import Any

import pytest
from attrs import evolve

from supervision_core.assessment.model import LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.scenes.ports import Scenes
from supervision_core.testing.models import full_credit_model, full_risk_model
from supervision_core.testing.scenes import full_scene

from .browsing import Document, entered
from .conftest import Surface

RISK, CREDIT = "/gov/assessment/risk_models", "/gov/assessment/credit_models"


@pytest.fixture
def models(surface: Surface) -> Surface:
    """Give two departments, one below the other, that keep models."""
    surface.let("doer", *(
        f"assessment.{verb}_{kind}_model{end}"
        for kind in ("risk", "credit") for verb, end in (("list", "s"), ("view", ""))
    ))  # fmt: skip
    kinds: Any = ((RiskModels, full_risk_model), (CreditModels, full_credit_model))
    with surface.province.platform.transactions.begin() as unit:
        for port, make in kinds:
            for department, region in (("office", "450000"), ("nanning", "450100")):
                one: Any = make(f"{port.kind}_{department}")
                one.department, one.region = department, region
                one._draft, one._state = None, LifeState.ENABLED
                unit[port].save(one)
        unit.commit()
    return surface


@pytest.mark.function("F165", surface="page")
@pytest.mark.parametrize(("path", "kind"), [(RISK, "risk_model"), (CREDIT, "credit_model")])
def test_several_models_are_disabled_with_a_result_each(
    models: Surface, path: str, kind: str
) -> None:
    """Proposal 3395, 3641: those that are disabled already are left out, with the reason."""
    browser = entered(models, "doer")
    several = {"act": "assessment.disable_model", f"row-{kind}_office": "yes"}
    for told in ("成功 1，跳过 0", "示例模型：跳过，评价模型处于“停用”状态"):
        asked = Document(browser.send(path, to=f"{path}/several", **several).text)
        done = browser.go(f"{path}/several", asked.forms[f"{path}/several"])
        assert told in done.text
    port: Any = RiskModels if kind == "risk_model" else CreditModels
    with models.province.platform.transactions.begin() as unit:
        assert unit[port].get(f"{kind}_office").state is LifeState.DISABLED


def test_models_are_found_by_the_scene_that_assesses_by_them(models: Surface) -> None:
    """Proposal 3629: 关联的场景 is what the list is searched by; others stay out."""
    with models.province.platform.transactions.begin() as unit:
        scene: Any = full_scene("scene_1")
        scene._risk_models = (evolve(scene.risk_models[0], model="risk_model_nanning"),)
        unit[Scenes].save(scene)
        unit.commit()
    answer = models.call("doer", "GET", "/api/v1/assessment/risk_models?scene=scene_1")
    assert [one["id"] for one in answer.json()["items"]] == ["risk_model_nanning"]
    every = models.call("doer", "GET", "/api/v1/assessment/risk_models").json()["items"]
    assert {one["full_points"] for one in every} == {"12分"}


def test_a_search_is_told_by_the_table_that_it_searched(models: Surface) -> None:
    """No indicator is called so: only that table offers 重置; no scene is a fact of its own."""
    page = entered(models, "doer").see(f"{RISK}/risk_model_office?name=没有这个")
    told = " ".join(page.words)
    assert told.count("重置”查看全部") == 1
    assert "没有记录。" in told.partition("关联场景")[2]
