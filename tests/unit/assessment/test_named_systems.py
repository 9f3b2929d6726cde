"""Systems in use, written in the model language (docs/formats/examples), with known results."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from supervision_core.assessment.document import read_model, write_model
from supervision_core.assessment.model import AssessmentModel, FactValue, evaluate
from supervision_core.kernel.plain import digest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "docs" / "formats" / "examples"
AS_OF = date(2026, 11, 26)


def example(name: str) -> AssessmentModel:
    """Read one of the documented examples."""
    return read_model(yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")))


def level(model: AssessmentModel, facts: Mapping[str, FactValue]) -> str | None:
    """Assess, by the definition."""
    return evaluate(model, facts, AS_OF).level


@pytest.mark.parametrize("name", ["nyc_letters", "prism", "tax_credit", "food_risk"])
def test_an_example_is_written_and_read_again(name: str) -> None:
    """Ranges are written as ends, or as ranges again; the model is the same."""
    model = example(name)
    assert read_model(write_model(model)) == model


def _hygiene() -> Iterator[tuple[tuple[int, int, int], str]]:
    """Give every combination with the rating of the Food Hygiene Rating Scheme."""
    steps = (0, 5, 10, 15, 20, 25)
    for hygiene in steps:
        for structure in steps:
            for confidence in (0, 5, 10, 20, 30):
                scores = (hygiene, structure, confidence)
                total, worst = sum(scores), max(scores)
                limits = ((15, 5, "R5"), (20, 10, "R4"), (30, 10, "R3"), (40, 15, "R2"))
                found = next((r for t, w, r in limits if total <= t and worst <= w), None)
                if found is None:
                    found = "R1" if total <= 50 and worst <= 20 else "R0"
                yield scores, found


def test_uk_food_hygiene_takes_the_worse_of_total_and_worst_score() -> None:
    """All 180 combinations: 0-15 and none over 5 is a 5, … over 50 a 0 (FSA Brand Standard)."""
    model = example("food_hygiene")
    names = ("hygiene_points", "structure_points", "confidence_points")
    cases = list(_hygiene())
    assert len(cases) == 180
    wrong = [
        (scores, wanted, found)
        for scores, wanted in cases
        if (found := level(model, dict(zip(names, scores, strict=True)))) != wanted
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("points", "letter"), [(0, "A"), (13, "A"), (14, "B"), (27, "B"), (28, "C"), (90, "C")]
)
def test_nyc_letters(points: int, letter: str) -> None:
    """0 to 13 violation points are an A, 14 to 27 a B, 28 and more a C (24 RCNY 23)."""
    facts = {"hazard_points": points - points // 2, "critical_points": points // 2}
    assert level(example("nyc_letters"), {**facts, "general_points": 0}) == letter


@pytest.mark.parametrize(
    ("assets", "clients", "capital", "governance", "wanted"),
    [
        ("9.99", 10, "12.5", 90, "L1"),
        ("9.99", 10, "7.99", 90, "L2"),
        ("10", 10, "12.49", 80, "L2"),
        ("100", 1001, "10.5", 79, "L3"),
        ("1000", 100_001, "12.5", 90, "L3"),
        ("1000", 100_001, "8", 59, "L4"),
    ],
)
def test_prism_crosses_impact_and_probability(
    assets: str, clients: int, capital: str, governance: int, wanted: str
) -> None:
    """Impact by probability gives the engagement; amounts and ratios are decimals."""
    facts: dict[str, FactValue] = {
        "assets": assets,
        "clients": clients,
        "capital_ratio": capital,
        "governance": governance,
    }
    assert level(example("prism"), facts) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "A"),
        ({"late_returns": 2}, "A"),
        ({"late_returns": 3}, "B"),
        ({"late_returns": 6}, "B"),
        ({"late_returns": 7}, "C"),
        ({"late_returns": 12}, "C"),
        ({"late_returns": 13}, "D"),
        ({"occasional_known": False}, "A"),
        ({"occasional_known": False, "late_returns": 1}, "B"),
        ({"evaded_share": "1"}, "A"),
        ({"evaded_share": "1.01"}, "B"),
        ({"months_trading": 35}, "B"),
        ({"new_this_year": True}, "M"),
        ({"no_revenue": True}, "M"),
        ({"no_revenue": True, "late_returns": 7}, "C"),
        ({"evaded": True}, "D"),
        ({"false_invoices": True, "new_this_year": True}, "D"),
    ],
)
def test_tax_credit_has_five_levels_and_vetoes(changes: dict[str, FactValue], wanted: str) -> None:
    """90 an A, 70 a B, 40 a C, below a D; new or idle an M at best; crimes a D outright."""
    good: dict[str, FactValue] = {
        "occasional_known": True,
        "late_returns": 0,
        "late_payments": 0,
        "evaded_share": "0",
        "evaded": False,
        "false_invoices": False,
        "months_trading": 36,
        "new_this_year": False,
        "no_revenue": False,
    }
    assert level(example("tax_credit"), good | changes) == wanted


FIRM: dict[str, FactValue] = {
    "area": "50.5",
    "sort": "中",
    "people": "一般",
    "site": "符合",
    "cold_room": "符合",
    "delivery": "符合",
    "staff": "符合",
    "failed_samples": 0,
    "incident": False,
    "clean_years": 0,
    "certified": False,
}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "A"),  # 2 + 9
        ({"site": "不符合"}, "A"),  # 11 + 15 of 60
        ({"site": "不符合", "delivery": "合理缺项"}, "A"),  # 11 + 15 x 60/50 = 29
        ({"site": "不符合", "cold_room": "合理缺项"}, "B"),  # 11 + 15 x 60/40 = 33.5
        ({"area": "50.6"}, "A"),  # 5.5 + 9
        ({"area": "300.1", "sort": "高"}, "A"),  # 10 + 20 = 30: 30 is still an A
        ({"area": "300.1", "sort": "高", "staff": "基本符合"}, "B"),  # 35
        ({"area": "300.1", "sort": "高", "site": "不符合"}, "B"),  # 45 is still a B
        ({"area": "300.1", "sort": "高", "site": "不符合", "delivery": "合理缺项"}, "C"),  # 48
        ({"people": "老幼", "sort": "高", "area": "300.1", "cold_room": "不符合"}, "C"),  # 60
        (
            {
                "people": "老幼",
                "sort": "高",
                "area": "300.1",
                "cold_room": "不符合",
                "delivery": "合理缺项",
            },
            "D",
        ),  # 40 + 20 x 60/50 = 64
        ({"failed_samples": 1}, "B"),
        ({"incident": True}, "C"),
        ({"incident": True, "failed_samples": 2}, "D"),
        ({"incident": True, "failed_samples": 2, "certified": True}, "C"),
        ({"clean_years": 3}, "A"),
        ({"site": "不符合", "cold_room": "合理缺项", "clean_years": 3}, "A"),
        (dict.fromkeys(("site", "cold_room", "delivery", "staff"), "合理缺项"), None),
    ],
)
def test_food_risk_leaves_out_what_does_not_apply(
    changes: dict[str, FactValue], wanted: str | None
) -> None:
    """食品生产经营风险分级: static 40 and dynamic 60 scaled to what applies, then up or down."""
    model = example("food_risk")
    found = evaluate(model, FIRM | changes, AS_OF)
    assert (found.level, found.insufficient) == (wanted, wanted is None)


DIGESTS = {
    "docs/formats/examples/food_hygiene.yaml": "acc507627c48e54a",
    "docs/formats/examples/probability_severity.yaml": "4aaefeb12f22b4e8",
    "docs/formats/examples/risk_enterprise.yaml": "9f5322e5499c94fa",
    "src/adapters/documents/scenes/chemicals/risk_model.yaml": "a490df0358465c2e",
    "src/adapters/documents/scenes/dairy/credit_model.yaml": "098aaed157a4f8a7",
    "src/adapters/documents/scenes/fraud/risk_model.yaml": "fd9301151a902692",
    "src/adapters/documents/scenes/travel/risk_model.yaml": "8a3cf0daa2490c3c",
}
"""SM3 over the stored form of each model (its beginning), from before decimals, rates and steps."""


@pytest.mark.parametrize("path", DIGESTS, ids=[Path(p).parent.name + Path(p).stem for p in DIGESTS])
def test_older_models_keep_their_stored_form(path: str) -> None:
    """What a model does not use is not in its stored form: seals and digests stay as they were."""
    model = read_model(yaml.safe_load((ROOT / path).read_text(encoding="utf-8")))
    assert digest(model).startswith(DIGESTS[path])
