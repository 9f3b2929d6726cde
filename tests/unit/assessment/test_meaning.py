"""What each node of the language means, and the faults of rules and levels with all they say."""

from collections.abc import Mapping
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
    Contribution,
    Evaluation,
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
    Matrix,
    Missing,
    Occurrences,
    Outcome,
    Rule,
    Scale,
    Veto,
    evaluate,
    parse_criterion,
    parse_formula,
    raw_facts,
    total_scale,
)
from supervision_core.assessment.model.bands import band_violations
from supervision_core.assessment.model.expressions import (
    Absent,
    Clamp,
    Compare,
    Comparison,
    ExpressionTooLarge,
    Extreme,
    Known,
    Look,
    MixedUnits,
    Nothing,
    Number,
    OrElse,
    Quantity,
    Ref,
    Some,
    Steps,
)
from supervision_core.assessment.model.facts import FactCatalogue
from supervision_core.assessment.model.levels import Measures
from supervision_core.assessment.model.lowering import lower
from supervision_core.kernel.errors import Violation

AS_OF = date(2026, 11, 24)
BOUNDS = {"x": (-3, 7), "y": (2, 2)}
DEGREES = {"x": 1}
HUGE = {"x": (0, 2**63), "y": (0, 0)}


def because(code: str, at: str, **data: str | int) -> Violation:
    """Give a violation of the context."""
    return Violation(f"assessment.{code}", at, data)


@pytest.mark.parametrize(
    ("node", "known", "value"),
    [
        (Nothing(), {}, None),
        (OrElse("x", 5), {"x": None}, 5),
        (OrElse("x", 5), {"x": 0}, 0),
        (Clamp(Ref("x"), 0, 4), {"x": -1}, 0),
        (Clamp(Ref("x"), 0, 4), {"x": 3}, 3),
        (Clamp(Ref("x"), 0, 4), {"x": 9}, 4),
        (Steps(Ref("x"), (1, 5), (10, 20, 30)), {"x": 0}, 10),
        (Steps(Ref("x"), (1, 5), (10, 20, 30)), {"x": 1}, 20),
        (Steps(Ref("x"), (1, 5), (10, 20, 30)), {"x": 4}, 20),
        (Steps(Ref("x"), (1, 5), (10, 20, 30)), {"x": 5}, 30),
        (Look("x", {"a": 1, "b": 0}, Number(9)), {"x": "a"}, 1),
        (Look("x", {"a": 1, "b": 0}, Number(9)), {"x": "b"}, 0),
        (Look("x", {"a": 1, "b": 0}, Number(9)), {"x": "c"}, 9),
        (Look("x", {"a": 1, "b": 0}, Ref("y")), {"x": 1, "y": 4}, 4),
    ],
)
def test_the_value_of_a_node(node: Quantity, known: Known, value: int | None) -> None:
    """Each node computes what its docstring says, at both sides of every edge."""
    assert node.value(known) == value


@pytest.mark.parametrize(
    ("node", "bounds", "degree"),
    [
        (Nothing(), (0, 0), 0),
        (OrElse("x", 5), (-3, 7), 1),
        (OrElse("x", 9), (-3, 9), 1),
        (OrElse("y", -9), (-9, 2), 0),
        (Clamp(Ref("x"), 0, 4), (0, 4), 1),
        (Clamp(Extreme(most=True, among=(Ref("x"), Number(1))), 0, 4), (1, 4), None),
        (Clamp(OrElse("x", 9), -9, 4), (-3, 4), 1),
        (Clamp(OrElse("x", 9), 8, 20), (8, 9), 1),
        (Steps(Ref("x"), (1,), (10, -2)), (-2, 10), 0),
        (Look("x", {"a": -1, "b": 8}, Ref("y")), (-1, 8), 0),
        (Look("x", {"a": 1}, Ref("x")), (-3, 7), 0),
        (Extreme(most=False, among=(Ref("x"), Ref("y"))), (-3, 2), None),
        (Extreme(most=True, among=(Ref("x"), Ref("y"))), (2, 7), None),
    ],
)
def test_the_bounds_and_the_unit_of_a_node(
    node: Quantity, bounds: tuple[int, int], degree: int | None
) -> None:
    """Bounds are the least and most possible value; unlike units are never mixed."""
    assert node.bounds(BOUNDS) == bounds
    if degree is None:
        with pytest.raises(MixedUnits):
            node.degree(DEGREES)
    else:
        assert node.degree(DEGREES) == degree


@pytest.mark.parametrize("node", [Ref("x"), OrElse("x", 0), Steps(Ref("x"), (), (1,))])
def test_what_could_leave_64_bits_is_refused(node: Quantity) -> None:
    """A name beyond 64 bits is refused wherever it is used; only a clamp holds a plain name."""
    with pytest.raises(ExpressionTooLarge):
        node.bounds(HUGE)
    assert Clamp(Ref("x"), 0, 4).bounds(HUGE) == (0, 4)


@pytest.mark.parametrize(
    ("is_code", "value", "absent"),
    [
        (False, None, True),
        (False, 0, False),
        (False, "", False),
        (True, None, True),
        (True, "", True),
        (True, "a", False),
    ],
)
def test_what_is_absent(value: int | str | None, *, is_code: bool, absent: bool) -> None:
    """Nothing is absent; for a code the empty text is, too."""
    assert Absent("x", is_code).holds({"x": value}) is absent
    assert Absent("x").holds({"x": ""}) is False


def test_a_missing_value_and_a_text_are_never_counted_with() -> None:
    """Counting with nothing, or with a text, is an error of the model's own making."""
    with pytest.raises(TypeError, match="a missing value is decided before it is counted with"):
        Clamp(Ref("x"), 0, 1).value({"x": None})
    with pytest.raises(TypeError, match="x"):
        Ref("x").value({"x": "a"})


@pytest.mark.parametrize(
    ("text", "known", "value"),
    [
        ("-5", {}, -5),
        ("-n", {"n": 4}, -4),
        ("-(n - 1)", {"n": 4}, -3),
        ("2 - -n", {"n": 4}, 6),
        ("max(n)", {"n": 4}, 4),
        ("min(n, 3, -n)", {"n": 4}, -4),
        ("1 if ratio_at_least(n, m, 1, 1) else 0", {"n": 1, "m": 1}, 1),
        ("1 if ratio_at_least(n, m, 1, 1) else 0", {"n": 0, "m": 1}, 0),
        ("1 if ratio_at_least(n, m, 1, 2) else 0", {"n": 1, "m": 2}, 1),
        ("1 if ratio_at_least(n, m, 1, 2) else 0", {"n": 0, "m": 0}, 0),
    ],
)
def test_formulas_compute(text: str, known: Mapping[str, int], value: int) -> None:
    """Signs, extremes and ratios mean what they mean on paper; a ratio of nothing never holds."""
    assert parse_formula(text).meaning.value(known) == value


def test_the_extreme_of_one_is_itself() -> None:
    """One quantity needs no comparison; one condition no connective."""
    assert parse_formula("max(n)").meaning == Ref("n")


FACTS = (
    FactDefinition("n", "次数", FactType.INTEGER),
    FactDefinition("kind", "类型", FactType.CODE),
    FactDefinition("listed", "列异", FactType.FLAG),
    FactDefinition("since", "成立", FactType.DAY),
)
CATALOGUE = FactCatalogue(FACTS)
COVER = (Band(None, None, 0),)
RULES: list[tuple[Rule, tuple[Violation, ...]]] = [
    (Bands("n", COVER, EXCLUDED), ()),
    (Bands("since", COVER, EXCLUDED), ()),
    (Bands("x", COVER, EXCLUDED), (because("fact_unknown", "r.fact", fact="x"),)),
    (
        Bands("kind", COVER, EXCLUDED),
        (
            because(
                "fact_does_not_fit_rule",
                "r.fact",
                fact="kind",
                type="code",
                wanted="integer, day, decimal",
            ),
        ),
    ),
    (LookUp("kind", {}, 0, EXCLUDED), (because("codes_missing", "r.codes"),)),
    (LookUp("kind", {"": 1}, 0, EXCLUDED), (because("code_not_usable", "r.codes"),)),
    (LookUp("kind", {"a\0": 1}, 0, EXCLUDED), (because("code_not_usable", "r.codes"),)),
    (
        Occurrences("n", 1, 0, EXCLUDED),
        (because("cap_too_small", "r.cap", cap=0),),
    ),
    (Occurrences("n", 1, 1, EXCLUDED), ()),
    (
        Veto(parse_criterion("0 == 0"), "A", EXCLUDED),
        (because("formula_without_facts", "r.when"),),
    ),
    (
        Veto(parse_criterion('n == 1 and listed == 1 or kind == "a"'), "A", EXCLUDED),
        (),
    ),
    (
        Veto(parse_criterion('not kind and n == "a"'), "A", EXCLUDED),
        (
            because("fact_does_not_fit_rule", "r.when", fact="kind", type="code", wanted="flag"),
            because("fact_does_not_fit_rule", "r.when", fact="n", type="integer", wanted="code"),
        ),
    ),
    (Manual("n", 0, 0, EXCLUDED), ()),
    (Manual("n", 100, 0, EXCLUDED), (because("manual_bounds_crossed", "r.least"),)),
    (Manual("n", 0, 150, EXCLUDED), (because("manual_unit_does_not_divide", "r.each"),)),
    (
        Manual("x", 0, 500, EXCLUDED, (Choice("a", 0), Choice("b", 500), Choice("c", 600))),
        (
            because("fact_unknown", "r.fact", fact="x"),
            because("choice_out_of_bounds", "r.choices[2]"),
        ),
    ),
]


@pytest.mark.parametrize("case", range(len(RULES)))
def test_each_fault_of_a_rule_is_whole(case: int) -> None:
    """Every fault of a rule has its code, its place, and the words it is told with."""
    rule, wanted = RULES[case]
    assert tuple(rule.violations(CATALOGUE, "r")) == wanted


def test_entered_points_are_held_in_whole_units() -> None:
    """What the executors compute of entered points is of integers throughout."""
    plain = Manual("n", -300, 500, REFUSED, each=100)
    entered = Clamp(Ref("n"), -3, 5)
    assert [type(bound) for bound in (entered.least, entered.most)] == [int, int]
    left = getattr(plain.quantity(), "left", None)
    assert left == entered
    assert isinstance(left, Clamp)
    assert (type(left.least), type(left.most)) == (int, int)
    beyond = plain.beyond(CATALOGUE)
    assert beyond == Some(
        (
            Compare(Comparison.LESS, Ref("n"), Number(-3)),
            Compare(Comparison.MORE, Ref("n"), Number(5)),
        )
    )
    numbers = [node.number for node in beyond.walk() if isinstance(node, Number)]
    chosen = evolve(plain, choices=(Choice("a", 200), Choice("b", -300))).beyond(CATALOGUE)
    assert chosen is not None
    numbers += [node.number for node in chosen.walk() if isinstance(node, Number)]
    assert numbers == [-3, 5, -3, 2]
    assert {type(number) for number in numbers} == {int}


def test_a_code_that_is_not_listed_has_no_points_of_its_own() -> None:
    """Scoring an unlisted code where nothing stands for it is an error; executors count 0."""
    rule = LookUp("kind", {"a": 1}, None, REFUSED)
    with pytest.raises(KeyError, match="z"):
        rule.score({"kind": "z"})
    assert rule.quantity() == Look("kind", {"a": 1}, Number(0))


def test_a_fact_that_does_not_fit_is_told_with_title_and_type() -> None:
    """The reader is told which fact, by its title, and of which type it should have been."""
    facts: dict[str, FactValue] = {"n": 2**63, "kind": 5, "since": datetime(2026, 1, 1, tzinfo=UTC)}
    with pytest.raises(FactsNotUsable) as refusal:
        raw_facts(FACTS, facts)
    assert refusal.value.violations == (
        because("fact_out_of_range", "n", fact="次数", type="integer"),
        because("fact_of_another_type", "kind", fact="类型", type="code"),
        because("fact_of_another_type", "since", fact="成立", type="day"),
    )
    assert raw_facts(FACTS, {"kind": "", "listed": False}) == {
        "n": None,
        "kind": None,
        "listed": 0,
        "since": None,
    }


def scale(measure: str, *labels: str) -> Scale:
    """Cut a measure at 1, 2, …."""
    ends = [None, *range(1, len(labels)), None]
    bands = zip(ends[:-1], ends[1:], labels, strict=True)
    return Scale(
        parse_formula(measure), tuple(Band(low, high, label) for low, high, label in bands)
    )


MEASURES = Measures({"a": (0, 9), "b": (0, 9)}, {"a": 0, "b": 1})


def test_each_fault_of_a_matrix_is_whole() -> None:
    """Labels, both sides and cells each have their faults, with their places."""
    matrix = Matrix(
        scale("a", "低", "高"), ("低", "高"), scale("b", "少"), ("少",), (("A",), ("B",))
    )
    assert tuple(matrix.violations(MEASURES, ("A", "B"), "m")) == ()
    odd = evolve(matrix, row_labels=("低", "低"), columns=scale("c", "多"), cells=(("A",), ("Z",)))
    assert tuple(odd.violations(MEASURES, ("A", "B"), "m")) == (
        because("labels_not_distinct", "m.rows.labels"),
        because("level_unknown", "m.rows.bands[1]", level="高"),
        because("measure_unknown", "m.columns.measure", measure="c"),
        because("level_unknown", "m.columns.bands[0]", level="多"),
        because("level_unknown", "m.cells[1][0]", level="Z"),
    )
    bare = evolve(matrix, column_labels=(), cells=(("A",), ()))
    assert tuple(bare.violations(MEASURES, ("A", "B"), "m")) == (
        because("labels_not_distinct", "m.columns.labels"),
        because("level_unknown", "m.columns.bands[0]", level="少"),
        because("matrix_incomplete", "m.cells", rows=2, columns=0),
    )


def test_a_matrix_steps_at_each_change_of_level() -> None:
    """No step stands where the level stays, none before the first cell."""
    matrix = Matrix(
        scale("a", "低", "高"),
        ("低", "高"),
        scale("b", "少", "多"),
        ("少", "多"),
        (("A", "A"), ("A", "B")),
    )
    position = matrix.position(("A", "B"))
    assert isinstance(position, Steps)
    assert (position.cuts, position.values) == ((3,), (0, 1))


def model(*rules: tuple[str, Rule], levels: str = "BA", cut: int = 50) -> AssessmentModel:
    """Give a model of two levels over the total; by default the milder code sorts last."""
    mild, severe = tuple(levels)
    return AssessmentModel(
        kind=Kind.RISK,
        code="model",
        name="模型",
        facts=FACTS,
        categories=(Category("one", "一"), Category("two", "二")),
        indicators=tuple(Indicator(code, code, "one", rule) for code, rule in rules),
        levels=(Level(mild, "轻"), Level(severe, "重")),
        grader=total_scale((Band(None, cut, mild), Band(cut, None, severe))),
        version=7,
    )


VETO = Veto(parse_criterion("listed"), "A", EXCLUDED)
POINTS = FlagPoints("listed", 40, -10, EXCLUDED)


def test_severity_is_the_order_of_levels_not_of_their_codes() -> None:
    """A veto worsens to a level that stands later, whatever the codes are called."""
    vetoed = model(("v", VETO), ("p", POINTS))
    assert evaluate(vetoed, {"listed": True}, AS_OF).level == "A"
    assert evaluate(vetoed, {"listed": False}, AS_OF).level == "B"
    severe = model(("v", VETO), ("p", POINTS), levels="AB", cut=-100)
    assert evaluate(severe, {"listed": True}, AS_OF).level == "B"
    milder = model(("v", evolve(VETO, level="B")), ("p", POINTS), cut=-100)
    assert evaluate(milder, {"listed": True}, AS_OF).level == "A"


def test_measures_of_points_and_of_none() -> None:
    """Worst is the most of an indicator, at least 0; without indicators all measures are 0."""
    found = evaluate(model(("p", POINTS)), {"listed": False}, AS_OF)
    assert found == Evaluation(
        "model",
        7,
        AS_OF,
        (Contribution("p", Outcome.SCORED, -10),),
        {
            "total": -10,
            "worst": 0,
            "category_one": -10,
            "category_two": 0,
            "item_p": -10,
            "vetoes": 0,
            "missing": 0,
        },
        total=-10,
        level="B",
    )
    only = evaluate(model(("v", VETO)), {"listed": True}, AS_OF)
    assert only.measures == {
        "total": 0,
        "worst": 0,
        "category_one": 0,
        "category_two": 0,
        "vetoes": 1,
        "missing": 0,
    }
    assert only.contributions == (Contribution("v", Outcome.SCORED, 1, is_veto=True),)


def test_an_evaluation_with_faults_names_its_model() -> None:
    """Faulty or not, an evaluation says which model and version it was made by."""
    bounded = Veto(parse_criterion("n > 1"), "A", EXCLUDED)
    narrow = evolve(model(("v", bounded)), facts=(evolve(FACTS[0], least=0, most=5), *FACTS[1:]))
    found = evaluate(narrow, {"n": 6}, AS_OF)
    assert (found.model, found.model_version, found.total, found.level) == ("model", 7, None, None)
    assert found.contributions == (Contribution("v", Outcome.FAULTY, None, is_veto=True),)
    assert found.row() == (None, None, 1, None)


def test_columns_name_what_a_row_holds() -> None:
    """Level, total and faults come first; then points and vetoes of what is enabled, in order."""
    given = model(("v", VETO), ("p", POINTS), ("q", POINTS)).switched("p", enabled=False)
    assert given.columns() == ("level", "total", "faults", "v_v", "p_q")


def test_what_executors_ask_of_facts_and_measures() -> None:
    """A lacking code is also an empty one; the worst starts from nought; one fact needs no or."""
    lookup = LookUp("kind", {"a": 1}, 0, EXCLUDED)
    given = evolve(
        model(("c", lookup), ("p", POINTS)),
        grader=Scale(parse_formula("worst"), (Band(None, 1, "B"), Band(1, None, "A"))),
    )
    lowered = lower(given)
    first = dict(lowered.first)
    assert getattr(first["p_c"], "when", None) == Absent("kind", is_code=True)
    assert getattr(first["p_p"], "when", None) == Absent("listed", is_code=False)
    assert dict(lowered.measures)["worst"] == Extreme(
        most=True, among=(Number(0), OrElse("p_c", 0), OrElse("p_p", 0))
    )
    assumed = lower(model(("p", evolve(POINTS, missing=Missing.scores(5)))))
    assert dict(assumed.measures)["total"] == Ref("p_p")


def test_measures_have_bounds_and_units() -> None:
    """What excluded indicators count as, 0, lies within all bounds; points are of power one."""
    rules = (("p", POINTS), ("q", FlagPoints("listed", 70, 20, EXCLUDED)), ("v", VETO))
    given = model(*rules)
    moved = tuple(evolve(i, category="two") if i.code == "q" else i for i in given.indicators)
    measures = evolve(given, indicators=moved).measures()
    assert measures.bounds == {
        "item_p": (-10, 40),
        "item_q": (0, 70),
        "category_one": (-10, 40),
        "category_two": (0, 70),
        "total": (-10, 110),
        "worst": (0, 70),
        "vetoes": (0, 3),
        "missing": (0, 3),
    }
    points = ("item_p", "item_q", "category_one", "category_two", "total", "worst")
    assert measures.degrees == {**dict.fromkeys(points, 1), "vetoes": 0, "missing": 0}
    negative = model(("n", FlagPoints("listed", -5, -9, EXCLUDED))).measures()
    assert (negative.bounds["item_n"], negative.bounds["worst"]) == ((-9, 0), (0, 0))
    assert model(("v", VETO)).measures().bounds["worst"] == (0, 0)


def test_seams_between_bands_are_told_with_their_ends() -> None:
    """A gap and an overlap give the end of the lower band and the start of the upper one."""
    told = [
        (Band(None, 1, 0), Band(2, None, 0), "bands_gap"),
        (Band(None, 3, 0), Band(2, None, 0), "bands_overlap"),
    ]
    for low, high, code in told:
        assert low.upper is not None
        wanted = (Violation(f"assessment.{code}", "b", {"upper": low.upper, "lower": 2}),)
        assert tuple(band_violations((high, low), "b")) == wanted
    ends = tuple(band_violations((Band(5, 5, 0),), "b"))
    assert ends == (
        because("band_empty", "b[0]", lower=5, upper=5),
        because("bands_start_late", "b", lower=5),
        because("bands_end_early", "b", upper=5),
    )
    assert tuple(band_violations((), "b")) == (because("bands_missing", "b"),)
    assert tuple(band_violations((Band(None, 2**62, 0), Band(2**62, None, 0)), "b")) == ()
    beyond = (Band(None, 2**62 + 1, 0), Band(2**62 + 1, None, 0))
    assert tuple(band_violations(beyond, "b")) == (
        because("bound_too_large", "b[0]"),
        because("bound_too_large", "b[1]"),
    )


def test_a_measure_that_is_mixed_or_too_large_is_told_at_the_measure() -> None:
    """Points and counts are not added up, and no product of measures leaves 64 bits."""
    wide = Measures({"a": (0, 2**40), "b": (0, 1)}, {"a": 1, "b": 0})
    mixed = evolve(scale("a", "A"), measure=parse_formula("a + b"))
    assert tuple(mixed.violations(wide, ("A",), "s")) == (because("mixed_units", "s.measure"),)
    large = evolve(mixed, measure=parse_formula("a * a"))
    assert tuple(large.violations(wide, ("A",), "s")) == (
        because("formula_too_large", "s.measure"),
    )
