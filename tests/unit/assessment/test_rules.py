from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from supervision_core.assessment.model import (
    EXCLUDED,
    REFUSED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    Choice,
    Computed,
    FactDefinition,
    FactsNotUsable,
    FactType,
    FactValue,
    FlagPoints,
    Indicator,
    Kind,
    Level,
    LookUp,
    Manual,
    Missing,
    ModelNotUsable,
    NoSuchIndicator,
    Occurrences,
    Outcome,
    Rule,
    ScoringMethod,
    Veto,
    compile_python,
    evaluate,
    parse_criterion,
    parse_formula,
    raw_facts,
    total_scale,
)

AS_OF = date(2026, 11, 24)
FACTS = (
    FactDefinition("fines", "罚款次数", FactType.INTEGER, "次", least=-100, most=1000),
    FactDefinition("whole", "总数", FactType.INTEGER),
    FactDefinition("kind", "类型", FactType.CODE),
    FactDefinition("listed", "列异", FactType.FLAG),
    FactDefinition("since", "成立日期", FactType.DAY),
)
LEVELS = tuple(Level(code, f"等级{code}") for code in "ABCD")
TOTAL = total_scale(
    (Band(None, 500, "A"), Band(500, 1000, "B"), Band(1000, 2000, "C"), Band(2000, None, "D"))
)
STEPS = (Band(None, 1, 0), Band(1, 5, 300), Band(5, None, 900))


def model_of(*rules: Rule) -> AssessmentModel:
    """Give a model of these rules, called i0, i1 and so on."""
    return AssessmentModel(
        kind=Kind.RISK,
        code="model",
        name="模型",
        facts=FACTS,
        categories=(Category("all", "全部"),),
        indicators=tuple(Indicator(f"i{n}", f"指标{n}", "all", r) for n, r in enumerate(rules)),
        levels=LEVELS,
        grader=TOTAL,
    )


def points(rule: Rule, **facts: FactValue) -> int | None:
    """Give the contribution of one rule."""
    model = model_of(rule)
    model.require_usable()
    return evaluate(model, facts, AS_OF).contributions[0].points


def codes(model: AssessmentModel) -> dict[str, str]:
    """Give the violations of a model by path."""
    return {violation.at: violation.code for violation in model.violations()}


@pytest.mark.parametrize(
    ("fines", "wanted"), [(-(2**63), 0), (0, 0), (1, 300), (4, 300), (5, 900), (2**63 - 1, 900)]
)
def test_a_band_holds_its_lower_bound_and_not_its_upper(fines: int, wanted: int) -> None:
    """Bands are half-open, and no integer of 64 bits is beyond them."""
    assert points(Bands("fines", STEPS, EXCLUDED), fines=fines) == wanted


def test_bands_need_not_be_listed_in_order() -> None:
    """Bands are checked and applied by their bounds, not by their order."""
    shuffled = (STEPS[1], STEPS[2], STEPS[0])
    assert points(Bands("fines", shuffled, EXCLUDED), fines=4) == 300


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(date(2026, 11, 24), 0), (date(2026, 11, 23), 300), (date(2027, 1, 1), 0)],
)
def test_a_day_counts_by_its_age(day: date, wanted: int) -> None:
    """A day fact is its age in days as of the day: today 0, yesterday 1, tomorrow -1."""
    assert points(Bands("since", STEPS, EXCLUDED), since=day) == wanted


def test_a_code_is_looked_up_exactly() -> None:
    """Codes are compared as they stand; others get what is stated for others."""
    rule = LookUp("kind", {"A": 100, "甲": 200}, 50, EXCLUDED)
    assert [points(rule, kind=k) for k in ("A", "甲", "a", "A ")] == [100, 200, 50, 50]


def test_a_code_without_entry_is_a_fault_where_nothing_is_stated_for_it() -> None:
    """With no points for others, an unlisted code is faulty, never silently scored."""
    rule = LookUp("kind", {"A": 100}, None, EXCLUDED)
    assert points(rule, kind="A") == 100
    evaluation = evaluate(model_of(rule), {"kind": "B"}, AS_OF)
    assert evaluation.contributions[0].outcome is Outcome.FAULTY
    assert evaluation.row() == (None, None, 1, None)


def test_a_flag_chooses() -> None:
    """A flag gives its points for yes or for no."""
    rule = FlagPoints("listed", 300, -50, EXCLUDED)
    assert [points(rule, listed=flag) for flag in (True, False)] == [300, -50]


@pytest.mark.parametrize(("fines", "wanted"), [(-1, 0), (0, 0), (2, 500), (3, 750), (9, 750)])
def test_occurrences_are_capped(fines: int, wanted: int) -> None:
    """Every occurrence counts up to the cap; a count below nought counts as nought."""
    assert points(Occurrences("fines", 250, 3, EXCLUDED), fines=fines) == wanted


@pytest.mark.parametrize(
    ("fines", "whole", "wanted"),
    [(3, 10, 100), (29, 100, 0), (30, 100, 100), (5, 0, 0), (5, -1, 0)],
)
def test_a_ratio_is_compared_by_cross_multiplication(fines: int, whole: int, wanted: int) -> None:
    """a/b >= 3/10 holds exactly at the border, and never where b is not positive."""
    formula = parse_formula("1 if ratio_at_least(fines, whole, 3, 10) else 0")
    assert points(Computed(formula, 100, EXCLUDED), fines=fines, whole=whole) == wanted


def test_a_formula_refuses_values_beyond_the_declared_bounds() -> None:
    """An integer beyond its bounds is a fault in a formula, and at the bounds it is none."""
    rule = Computed(parse_formula("max(0, min(fines, 10))"), 100, EXCLUDED)
    assert [points(rule, fines=n) for n in (-100, 1000)] == [0, 1000]
    assert [points(rule, fines=n) for n in (-101, 1001)] == [None, None]


@pytest.mark.parametrize(
    ("missing", "outcome", "given", "total"),
    [
        (Missing.scores(700), Outcome.ASSUMED, 700, 700),
        (EXCLUDED, Outcome.EXCLUDED, None, 0),
        (REFUSED, Outcome.FAULTY, None, None),
    ],
)
def test_a_missing_fact_is_treated_as_the_rule_says(
    missing: Missing, outcome: Outcome, given: int | None, total: int | None
) -> None:
    """Points, exclusion or refusal: nothing is assumed that the rule does not state."""
    evaluation = evaluate(model_of(Bands("fines", STEPS, missing)), {}, AS_OF)
    found = evaluation.contributions[0]
    assert (found.outcome, found.points, found.lacks) == (outcome, given, ("fines",))
    assert (evaluation.total, evaluation.measures["missing"]) == (total, 1)


def test_an_empty_code_counts_as_unknown() -> None:
    """An empty text is NULL in some databases, so it is unknown in all."""
    assert points(LookUp("kind", {"A": 100}, 50, Missing.scores(7)), kind="") == 7


@pytest.mark.function("F172")
def test_a_veto_only_worsens() -> None:
    """A veto leads to its level where the points alone were milder, and never improves."""
    mild = Veto(parse_criterion('kind == "A"'), "B", EXCLUDED)
    severe = Veto(parse_criterion("listed"), "D", EXCLUDED)
    model = model_of(Bands("fines", STEPS, EXCLUDED), mild, severe)
    levels = {
        (kind, listed): evaluate(model, {"fines": 5, "kind": kind, "listed": listed}, AS_OF).level
        for kind in ("A", "B")
        for listed in (True, False)
    }
    assert levels == {("A", True): "D", ("A", False): "B", ("B", True): "D", ("B", False): "B"}
    milder = evaluate(model, {"fines": 0, "kind": "A", "listed": False}, AS_OF)
    assert (milder.level, milder.total) == ("B", 0)
    assert [c.indicator for c in milder.vetoes] == ["i1"]


@pytest.mark.function("F172")
def test_points_entered_on_site_stay_in_bounds() -> None:
    """An evaluator enters whole units within the bounds; anything else is a fault."""
    rule = Manual("fines", 0, 1000, EXCLUDED, each=50)
    assert Indicator("a", "b", "all", rule).method is ScoringMethod.ON_SITE
    assert [points(rule, fines=n) for n in (-1, 0, 20, 21)] == [None, 0, 1000, None]


def test_points_entered_on_site_are_among_the_choices() -> None:
    """Where grades are listed for an indicator, only their points may be entered."""
    choices = (Choice("好", 0), Choice("差", 500))
    rule = Manual("fines", 0, 1000, EXCLUDED, choices)
    assert [points(rule, fines=n) for n in (0, 1, 5, 10)] == [0, None, 500, None]


def test_a_disabled_indicator_counts_for_nothing() -> None:
    """A disabled indicator stays in the model but has no contribution."""
    model = model_of(Bands("fines", STEPS, EXCLUDED), FlagPoints("listed", 900, 0, EXCLUDED))
    model = model.switched("i1", enabled=False)
    evaluation = evaluate(model, {"fines": 1, "listed": True}, AS_OF)
    assert (evaluation.total, len(evaluation.contributions)) == (300, 1)


@pytest.mark.function("F169")
def test_a_copied_indicator_gets_a_free_code_and_does_not_count() -> None:
    """A copy takes the next free code and is disabled, so that nothing counts twice."""
    model = model_of(Bands("fines", STEPS, EXCLUDED)).with_copies("i0").with_copies("i0")
    assert [(i.code, i.enabled) for i in model.indicators] == [
        ("i0", True),
        ("i0_2", False),
        ("i0_3", False),
    ]
    assert [i.code for i in model.without_indicators("i0_2").indicators] == ["i0", "i0_3"]
    with pytest.raises(NoSuchIndicator) as refusal:
        model.without_indicators("i0", "i9", "i8")
    assert [v.data["indicator"] for v in refusal.value.violations] == ["i9", "i8"]


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("fines", 2.0, "assessment.fact_of_another_type"),
        ("fines", True, "assessment.fact_of_another_type"),
        ("fines", 2**63, "assessment.fact_out_of_range"),
        ("kind", 1, "assessment.fact_of_another_type"),
        ("listed", 1, "assessment.fact_of_another_type"),
        ("since", datetime(2026, 1, 1, tzinfo=UTC), "assessment.fact_of_another_type"),
        ("since", "2026-01-01", "assessment.fact_of_another_type"),
    ],
)
def test_a_fact_of_another_type_is_refused(fact: str, value: FactValue, code: str) -> None:
    """Nothing is converted by guess: fractions, moments, numbers for flags are refused."""
    with pytest.raises(FactsNotUsable) as refusal:
        raw_facts(FACTS, {fact: value})
    assert [(v.at, v.code) for v in refusal.value.violations] == [(fact, code)]


def test_every_wrong_fact_is_named_at_once() -> None:
    """A refusal gives every wrong fact."""
    with pytest.raises(FactsNotUsable) as refusal:
        raw_facts(FACTS, {"fines": "1", "kind": 2, "listed": None})
    assert [v.at for v in refusal.value.violations] == ["fines", "kind"]


@pytest.mark.function("F168")
@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ((), "assessment.bands_missing"),
        ((Band(0, None, 1),), "assessment.bands_start_late"),
        ((Band(None, 5, 1),), "assessment.bands_end_early"),
        ((Band(None, 5, 1), Band(6, None, 1)), "assessment.bands_gap"),
        ((Band(None, 5, 1), Band(4, None, 1)), "assessment.bands_overlap"),
        ((Band(None, None, 1), Band(None, None, 1)), "assessment.bands_overlap"),
    ],
)
def test_bands_cover_every_number_once(bands: tuple[Band[int], ...], code: str) -> None:
    """Gaps, overlaps and ends that are left out are named."""
    assert codes(model_of(Bands("fines", bands, EXCLUDED))) == {"indicators[0].bands": code}


@pytest.mark.parametrize(
    ("rule", "at", "code"),
    [
        (Bands("none", STEPS, EXCLUDED), "fact", "assessment.fact_unknown"),
        (Bands("kind", STEPS, EXCLUDED), "fact", "assessment.fact_does_not_fit_rule"),
        (LookUp("fines", {"A": 1}, 0, EXCLUDED), "fact", "assessment.fact_does_not_fit_rule"),
        (LookUp("kind", {}, 0, EXCLUDED), "codes", "assessment.codes_missing"),
        (LookUp("kind", {"": 1}, 0, EXCLUDED), "codes", "assessment.code_not_usable"),
        (FlagPoints("kind", 1, 0, EXCLUDED), "fact", "assessment.fact_does_not_fit_rule"),
        (Occurrences("since", 1, 2, EXCLUDED), "fact", "assessment.fact_does_not_fit_rule"),
        (Occurrences("fines", 1, 0, EXCLUDED), "cap", "assessment.cap_too_small"),
        (
            Computed(parse_formula("kind + 1"), 1, EXCLUDED),
            "formula",
            "assessment.fact_does_not_fit_rule",
        ),
        (
            Computed(parse_formula("1"), 1, EXCLUDED),
            "formula",
            "assessment.formula_without_facts",
        ),
        (
            Computed(parse_formula("whole * whole"), 1, EXCLUDED),
            "formula",
            "assessment.formula_too_large",
        ),
        (
            Veto(parse_criterion("whole * whole > 1"), "D", EXCLUDED),
            "when",
            "assessment.formula_too_large",
        ),
        (
            Veto(parse_criterion("listed"), "D", Missing.scores(1)),
            "missing",
            "assessment.veto_without_points",
        ),
        (Manual("fines", 5, 0, EXCLUDED, each=1), "least", "assessment.manual_bounds_crossed"),
        (Manual("fines", 0, 50, EXCLUDED), "each", "assessment.manual_unit_does_not_divide"),
    ],
)
def test_a_faulty_rule_is_named_with_its_place(rule: Rule, at: str, code: str) -> None:
    """Each fault of a rule has a code of its own and the path of the field."""
    plain = FlagPoints("listed", 1, 0, EXCLUDED)
    assert codes(model_of(rule, plain)) == {f"indicators[0].{at}": code}


@pytest.mark.parametrize(("bound", "fine"), [(2**62, True), (2**62 + 1, False)])
def test_bounds_stay_inside_64_bits(bound: int, fine: bool) -> None:  # noqa: FBT001
    """A bound beyond what every engine can write is refused, on either side."""
    for cut in (bound, -bound):
        bands = (Band(None, cut, 0), Band(cut, None, 1))
        found = set(codes(model_of(Bands("fines", bands, EXCLUDED))).values())
        assert found == (set() if fine else {"assessment.bound_too_large"})


def test_a_veto_names_a_level_of_the_model() -> None:
    """A veto to an unknown level is refused."""
    rule = Veto(parse_criterion("listed"), "Z", EXCLUDED)
    plain = FlagPoints("listed", 1, 0, EXCLUDED)
    assert codes(model_of(rule, plain)) == {"indicators[0].level": "assessment.level_unknown"}


def test_points_are_bounded() -> None:
    """No indicator may give more than ten million points, so that no total overflows."""
    assert codes(model_of(FlagPoints("listed", 10**9, 0, EXCLUDED))) == {}
    wrong = codes(model_of(FlagPoints("listed", 10**9 + 1, 0, EXCLUDED)))
    assert wrong == {"indicators[0]": "assessment.points_unbounded"}


def test_every_fault_of_a_model_is_given_at_once() -> None:
    """A refusal of a model gives all its reasons."""
    model = model_of(Bands("none", (), EXCLUDED), Occurrences("fines", 1, 0, EXCLUDED))
    with pytest.raises(ModelNotUsable) as refusal:
        model.require_usable()
    assert [v.at for v in refusal.value.violations] == [
        "indicators[0].fact",
        "indicators[0].bands",
        "indicators[1].cap",
    ]


def test_nothing_unchecked_is_compiled() -> None:
    """A model with faults, such as a name that is code, never reaches a compiler."""
    fact = FactDefinition("x: pass\nimport os #", "x", FactType.FLAG)
    rule = FlagPoints(fact.name, 1, 0, EXCLUDED)
    hostile = evolve(model_of(rule), facts=(fact,))
    with pytest.raises(ModelNotUsable) as refusal:
        compile_python(hostile, AS_OF)
    assert [v.code for v in refusal.value.violations] == ["assessment.name_not_usable"]


@pytest.mark.parametrize("code", ["", "A" * 21, "A\0"])
def test_a_level_code_fits_every_database(code: str) -> None:
    """A level code is a short text."""
    model = evolve(
        model_of(FlagPoints("listed", 1, 0, EXCLUDED)), levels=(*LEVELS, Level(code, "x"))
    )
    assert codes(model) == {"levels[4].code": "assessment.level_code_not_usable"}


@pytest.mark.function("F168")
@pytest.mark.parametrize(
    ("fines", "level"), [(499, "A"), (500, "B"), (999, "B"), (1000, "C"), (2000, "D")]
)
def test_the_total_decides_the_level_at_every_border(fines: int, level: str) -> None:
    """Levels hold their lower bound and not their upper, in hundredths of points."""
    rule = Manual("whole", 0, 10**6, EXCLUDED, each=1)
    assert evaluate(model_of(rule), {"whole": fines}, AS_OF).level == level
