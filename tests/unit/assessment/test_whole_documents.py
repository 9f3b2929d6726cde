"""A document in which every field stands, and the faults of fields with all that they say."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from supervision_core.assessment.document import DocumentNotUnderstood, read_model, write_model
from supervision_core.assessment.fields import Fields, written
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
    FactType,
    FactValue,
    FlagPoints,
    Grader,
    Indicator,
    Kind,
    Level,
    LookUp,
    Manual,
    Matrix,
    Missing,
    Occurrences,
    Scale,
    Veto,
    Worst,
    evaluate,
    parse_criterion,
    parse_formula,
)
from supervision_core.assessment.wording import explain, points_text
from supervision_core.kernel.errors import Violation

AS_OF = date(2026, 11, 24)
WHOLE: dict[str, Any] = {
    "format": "assessment-model/1",
    "kind": "credit",
    "code": "whole",
    "name": "全",
    "version": 3,
    "description": "说明",
    "facts": [
        {"name": "n", "title": "次数", "type": "integer", "unit": "次", "least": -5, "most": 9},
        {"name": "kind", "title": "类型", "type": "code"},
        {"name": "listed", "title": "列异", "type": "flag"},
        {"name": "since", "title": "成立", "type": "day"},
    ],
    "categories": [
        {"code": "top", "name": "上级"},
        {"code": "all", "name": "全部", "parent": "top", "note": "注一"},
    ],
    "indicators": [
        {
            "code": "a",
            "name": "甲",
            "category": "all",
            "note": "注二",
            "rule": "bands",
            "fact": "n",
            "bands": [{"below": 1, "points": -1}, {"from": 1, "points": "0.5"}],
            "missing": {"points": "0.25"},
        },
        {
            "code": "b",
            "name": "乙",
            "category": "top",
            "enabled": False,
            "rule": "lookup",
            "fact": "kind",
            "codes": {"x": 1, "y": "1.5"},
            "otherwise": 2,
            "missing": "exclude",
        },
        {
            "code": "c",
            "name": "丙",
            "category": "all",
            "rule": "lookup",
            "fact": "kind",
            "codes": {"x": 0},
            "otherwise": "error",
            "missing": "error",
        },
        {
            "code": "d",
            "name": "丁",
            "category": "all",
            "rule": "flag",
            "fact": "listed",
            "if_yes": 3,
            "if_no": 0,
            "missing": "exclude",
        },
        {
            "code": "e",
            "name": "戊",
            "category": "all",
            "rule": "occurrences",
            "fact": "n",
            "each": 2,
            "cap": 4,
            "missing": "exclude",
        },
        {
            "code": "f",
            "name": "己",
            "category": "all",
            "rule": "formula",
            "formula": "max(n, 0)",
            "each": "0.5",
            "missing": "exclude",
        },
        {
            "code": "g",
            "name": "庚",
            "category": "all",
            "rule": "veto",
            "when": "listed",
            "level": "D",
            "missing": "exclude",
        },
        {
            "code": "h",
            "name": "辛",
            "category": "all",
            "rule": "manual",
            "fact": "n",
            "least": 0,
            "most": 10,
            "each": 1,
            "choices": [{"name": "优", "points": 1, "note": "注三"}, {"name": "差", "points": 5}],
            "missing": "exclude",
        },
        {
            "code": "i",
            "name": "壬",
            "category": "all",
            "rule": "bands",
            "fact": "since",
            "bands": [
                {"from": 365, "below": 730, "points": 1},
                {"below": 365, "points": 2},
                {"from": 730, "points": 0},
            ],
            "missing": "exclude",
        },
    ],
    "levels": [{"code": "A", "name": "优", "note": "注四"}, {"code": "D", "name": "差"}],
    "result": {
        "worst_of": [
            {
                "measure": "total",
                "bands": [{"below": "7.5", "level": "A"}, {"from": "7.5", "level": "D"}],
            },
            {
                "rows": {
                    "labels": ["少", "多"],
                    "measure": "vetoes",
                    "bands": [{"below": 1, "label": "少"}, {"from": 1, "label": "多"}],
                },
                "columns": {
                    "labels": ["低", "高"],
                    "measure": "category_all * category_top",
                    "bands": [
                        {"below": "0.0025", "label": "低"},
                        {"from": "0.0025", "label": "高"},
                    ],
                },
                "cells": {"少": ["A", "A"], "多": ["A", "D"]},
            },
        ]
    },
}
MODEL = AssessmentModel(
    kind=Kind.CREDIT,
    code="whole",
    name="全",
    version=3,
    description="说明",
    facts=(
        FactDefinition("n", "次数", FactType.INTEGER, "次", -5, 9),
        FactDefinition("kind", "类型", FactType.CODE),
        FactDefinition("listed", "列异", FactType.FLAG),
        FactDefinition("since", "成立", FactType.DAY),
    ),
    categories=(Category("top", "上级"), Category("all", "全部", "top", "注一")),
    indicators=(
        Indicator(
            "a",
            "甲",
            "all",
            Bands("n", (Band(None, 1, -100), Band(1, None, 50)), Missing.scores(25)),
            note="注二",
        ),
        Indicator(
            "b",
            "乙",
            "top",
            LookUp("kind", {"x": 100, "y": 150}, 200, EXCLUDED),
            enabled=False,
        ),
        Indicator("c", "丙", "all", LookUp("kind", {"x": 0}, None, REFUSED)),
        Indicator("d", "丁", "all", FlagPoints("listed", 300, 0, EXCLUDED)),
        Indicator("e", "戊", "all", Occurrences("n", 200, 4, EXCLUDED)),
        Indicator("f", "己", "all", Computed(parse_formula("max(n, 0)"), 50, EXCLUDED)),
        Indicator("g", "庚", "all", Veto(parse_criterion("listed"), "D", EXCLUDED)),
        Indicator(
            "h",
            "辛",
            "all",
            Manual("n", 0, 1000, EXCLUDED, (Choice("优", 100, "注三"), Choice("差", 500)), 100),
        ),
        Indicator(
            "i",
            "壬",
            "all",
            Bands(
                "since",
                (Band(365, 730, 100), Band(None, 365, 200), Band(730, None, 0)),
                EXCLUDED,
            ),
        ),
    ),
    levels=(Level("A", "优", "注四"), Level("D", "差")),
    grader=Worst(
        (
            Scale(parse_formula("total"), (Band(None, 750, "A"), Band(750, None, "D"))),
            Matrix(
                rows=Scale(parse_formula("vetoes"), (Band(None, 1, "少"), Band(1, None, "多"))),
                row_labels=("少", "多"),
                columns=Scale(
                    parse_formula("category_all * category_top"),
                    (Band(None, 25, "低"), Band(25, None, "高")),
                ),
                column_labels=("低", "高"),
                cells=(("A", "A"), ("A", "D")),
            ),
        )
    ),
)


def test_every_field_is_read() -> None:
    """A document in which every field stands gives the model with every field."""
    assert read_model(WHOLE) == MODEL


def test_every_field_is_written_and_nothing_more() -> None:
    """Writing gives the document again: texts as numbers where whole, nothing that is usual."""
    assert write_model(MODEL) == WHOLE
    assert read_model(write_model(MODEL)) == MODEL
    assert "description" not in write_model(evolve(MODEL, description=""))


def test_what_is_usual_may_be_left_out() -> None:
    """Left out: version 1, one point each, no description, note or choices, over the total."""
    document = deepcopy(WHOLE)
    for name in ("version", "description"):
        del document[name]
    del document["indicators"][5]["each"]
    del document["indicators"][7]["each"]
    document["indicators"][7]["choices"] = []
    document["result"] = {"bands": [{"below": 1, "level": "A"}, {"from": 1, "level": "D"}]}
    model = read_model(document)
    assert (model.version, model.description) == (1, "")
    computed, manual = model.indicators[5].rule, model.indicators[7].rule
    assert isinstance(computed, Computed)
    assert isinstance(manual, Manual)
    assert (computed.each, manual.each, manual.choices) == (100, 100, ())
    assert model.grader == Scale(
        parse_formula("total"), (Band(None, 100, "A"), Band(100, None, "D"))
    )


def test_a_rule_of_no_kind_is_the_only_fault_told_of_it() -> None:
    """Of an indicator without a readable rule nothing else is asked."""
    document = deepcopy(WHOLE)
    document["indicators"][0]["rule"] = "x"
    options = "bands, lookup, flag, occurrences, formula, veto, shift, manual"
    with pytest.raises(DocumentNotUnderstood) as refusal:
        read_model(document)
    assert refusal.value.violations == (
        Violation(
            "assessment.field_not_one_of",
            "indicators[0].rule",
            {"field": "rule", "options": options},
        ),
    )


def test_a_formula_that_cannot_be_read_is_the_only_fault_told_of_it() -> None:
    """The stand-in for a formula or a condition adds no fault of its own."""
    document = deepcopy(WHOLE)
    document["indicators"][5]["formula"] = "1 +"
    document["indicators"][6]["when"] = "n +"
    document["result"]["worst_of"][0]["measure"] = ")"
    document["indicators"][0]["missing"]["points"] = "x"
    with pytest.raises(DocumentNotUnderstood) as refusal:
        read_model(document)
    assert [(v.code, v.at) for v in refusal.value.violations] == [
        ("assessment.field_not_decimal", "indicators[0].missing.points"),
        ("assessment.expression_not_understood", "indicators[5].formula"),
        ("assessment.expression_not_understood", "indicators[6].when"),
        ("assessment.expression_not_understood", "result.worst_of[0].measure"),
    ]


def test_what_is_no_grader_or_lacks_cells_is_not_written() -> None:
    """Writing never drops a row in silence and knows every grader."""
    matrix = MODEL.grader
    assert isinstance(matrix, Worst)
    short = matrix.of[1]
    assert isinstance(short, Matrix)
    with pytest.raises(ValueError, match="zip"):
        write_model(evolve(MODEL, grader=evolve(short, cells=short.cells[:1])))
    stranger: Any = "no grader"
    grader: Grader = stranger
    with pytest.raises(TypeError, match="no grader"):
        write_model(evolve(MODEL, grader=grader))


def read(content: dict[str, object]) -> tuple[list[Violation], Fields]:
    """Give fields at the path ``top``, and the list of their faults."""
    problems: list[Violation] = []
    return problems, Fields(content, "top", problems)


READERS: dict[str, Callable[[Fields], object]] = {
    "text": lambda part: part.text("x"),
    "flag": lambda part: part.flag("x", default=True),
    "integer": lambda part: part.integer("x"),
    "decimal": lambda part: part.decimal("x", 2),
    "one_of": lambda part: part.one_of("x", {"a": 1, "b": 2}),
    "parts": lambda part: part.parts("x"),
    "texts": lambda part: part.texts("x"),
    "integers": lambda part: part.integers("x"),
    "entries": lambda part: part.entries("x", 2),
    "formula": lambda part: part.formula("x"),
    "criterion": lambda part: part.criterion("x"),
}
WRONG: list[tuple[str, object, object, str, dict[str, str | int]]] = [
    ("text", 5, "", "field_not_text", {"field": "x"}),
    ("flag", "no", True, "field_not_flag", {"field": "x"}),
    ("flag", 0, True, "field_not_flag", {"field": "x"}),
    ("integer", "5", 0, "field_not_integer", {"field": "x"}),
    ("integer", True, 0, "field_not_integer", {"field": "x"}),
    ("integer", 5.0, 0, "field_not_integer", {"field": "x"}),
    ("decimal", "1.005", 0, "field_not_decimal", {"field": "x", "places": 2}),
    ("decimal", True, 0, "field_not_decimal", {"field": "x", "places": 2}),
    ("decimal", [], 0, "field_not_decimal", {"field": "x", "places": 2}),
    ("decimal", "1e3", 0, "field_not_decimal", {"field": "x", "places": 2}),
    ("decimal", float("nan"), 0, "field_not_decimal", {"field": "x", "places": 2}),
    ("one_of", "c", None, "field_not_one_of", {"field": "x", "options": "a, b"}),
    ("one_of", [], None, "field_not_one_of", {"field": "x", "options": "a, b"}),
    ("parts", "ab", [], "field_not_list", {"field": "x"}),
    ("parts", {}, [], "field_not_list", {"field": "x"}),
    ("texts", "ab", (), "field_not_texts", {"field": "x"}),
    ("texts", ["a", 1], (), "field_not_texts", {"field": "x"}),
    ("texts", 5, (), "field_not_texts", {"field": "x"}),
    ("integers", [1, True], (), "field_not_integers", {"field": "x"}),
    ("integers", "12", (), "field_not_integers", {"field": "x"}),
    ("integers", 5, (), "field_not_integers", {"field": "x"}),
    ("entries", [], {}, "field_not_mapping", {}),
]


@pytest.mark.parametrize("case", range(len(WRONG)))
def test_each_wrong_field_says_what_was_wanted(case: int) -> None:
    """One fault, with its path and the words it is told with; what stands in is harmless."""
    reader, value, stand_in, code, data = WRONG[case]
    problems, fields = read({"x": value})
    assert READERS[reader](fields) == stand_in
    assert problems == [Violation(f"assessment.{code}", "top.x", data)]


@pytest.mark.parametrize(
    ("reader", "stand_in"),
    [
        ("text", ""),
        ("integer", 0),
        ("decimal", 0),
        ("one_of", None),
        ("parts", []),
        ("texts", ()),
        ("integers", ()),
        ("entries", {}),
    ],
)
@pytest.mark.parametrize("content", [{}, {"x": None}], ids=["absent", "empty"])
def test_a_missing_field_is_told_once(
    reader: str, stand_in: object, content: dict[str, object]
) -> None:
    """An absent field and an empty one are the same: missing, and nothing besides."""
    problems, fields = read(content)
    assert READERS[reader](fields) == stand_in
    assert problems == [Violation("assessment.field_missing", "top.x", {"field": "x"})]


def test_entries_name_the_code_that_is_wrong() -> None:
    """A code that is no text, and points that are none, are told under their code."""
    problems, fields = read({"x": {"a": "1.5", 7: 1, "b": "y", "c": -2}})
    assert fields.entries("x", 2) == {"a": 150, "b": 0, "c": -200}
    assert problems == [
        Violation("assessment.code_not_text", "top.x.7", {"value": "7"}),
        Violation("assessment.field_not_decimal", "top.x.b", {"field": "x.b", "places": 2}),
    ]


@pytest.mark.parametrize(
    ("value", "places", "number"),
    [
        (1, 2, 100),
        ("1", 2, 100),
        (1.5, 2, 150),
        ("+1.50", 2, 150),
        ("1.5000", 2, 150),
        ("-0.05", 2, -5),
        ("100", 2, 10000),
        ("10.10", 1, 101),
        ("7", 0, 7),
        ("7.0", 0, 7),
        ("0.0025", 4, 25),
        (0, 2, 0),
    ],
)
def test_decimals_are_read_and_written_exactly(value: object, places: int, number: int) -> None:
    """A decimal becomes an integer of its places, and back the shortest text or a plain integer."""
    problems, fields = read({"x": value})
    assert fields.decimal("x", places) == number
    assert problems == []
    again = written(number, places)
    assert Fields({"x": again}, "", problems).decimal("x", places) == number
    assert isinstance(again, int) == (number % 10**places == 0)


def test_written_numbers_are_the_shortest() -> None:
    """No trailing nought, one leading nought, the sign in front, integers as integers."""
    numbers = [0, 1, 10, 100, 1000, 1010, -1, -150, 5]
    assert [written(number, 2) for number in numbers] == [
        0, "0.01", "0.1", 1, 10, "10.1", "-0.01", "-1.5", "0.05",
    ]  # fmt: skip
    assert written(250, 0) == 250
    assert points_text(-1250) == "-12.5分"


def test_paths_and_unknown_fields() -> None:
    """A path joins what stands above with the field; what nobody asked for is told at the end."""
    problems: list[Violation] = []
    top = Fields({"a": 1, "b": {"c": [{}]}, "d": 0}, "", problems)
    assert (top.path("a"), top.path("")) == ("a", "")
    (inner,) = top.part("b").parts("c")
    assert (inner.path("e"), inner.path("")) == ("b.c[0].e", "b.c[0]")
    assert top.integer("a") == 1
    assert top.raw("z") is None
    top.close()
    assert problems == [Violation("assessment.field_unknown", "d", {"field": "d"})]
    assert (top.has("a"), top.has("z")) == (True, False)


def lines(facts: dict[str, FactValue], model: AssessmentModel = MODEL) -> list[str]:
    """Explain an evaluation, line by line."""
    return explain(model, evaluate(model, facts, AS_OF), facts).text().splitlines()


def test_every_rule_is_explained() -> None:
    """Each rule, fact and outcome has its words; the veto that applies is named."""
    facts: dict[str, FactValue] = {
        "n": 1,
        "kind": "x",
        "listed": True,
        "since": date(2025, 1, 1),
    }
    assert lines(facts) == [
        "依据《全》第3版，截至2026年11月24日：",
        "甲：次数1次；不足1次-1分，1次及以上0.5分；得0.5分。",
        "丙：类型x；x0分；得0分。",
        "丁：列异是；是3分，否0分；得3分。",
        "戊：次数1次；每次2分，最多计4次；得2分。",
        "己：次数1次；按最大者（次数、0）计算，每单位0.5分；得0.5分。",
        "庚：列异是；列异为“是”时等级不轻于D（差）；否决条件成立。",
        "辛：次数1次；现场打分：优1分，差5分；得1分。",
        (
            "壬：成立2025-01-01；距评价日天数不足365天2分，365至不足730天1分，730天及以上0分；"
            "得1分。"
        ),
        "总分8分；触发一票否决：庚；结果等级：D（差）。",
    ]


def test_what_is_not_known_is_explained() -> None:
    """Unknown facts, empty codes, denials and assumed points are said as such."""
    found = lines({"kind": "", "listed": False})
    assert found[1] == "甲：次数未知；不足1次-1分，1次及以上0.5分；数据缺失，按0.25分计。"
    assert found[2] == "丙：类型未知；x0分；数据缺失，不能计分。"
    assert found[3] == "丁：列异否；是3分，否0分；得0分。"
    assert found[4] == "戊：次数未知；每次2分，最多计4次；数据缺失，不计该项。"
    assert found[6] == "庚：列异否；列异为“是”时等级不轻于D（差）；否决条件不成立。"
    assert found[-1] == "以下指标缺少数据或数据有误，暂不能定级：丙。"
    beyond = lines({"kind": "z", "listed": False, "n": 0})
    assert beyond[2] == "丙：类型z；x0分；数据超出允许范围，不能计分。"
    level = lines({"kind": "x", "listed": False, "n": 1})
    assert level[-1] == "总分4分；结果等级：A（优）。"


def test_one_band_for_all_and_two_vetoes_are_explained() -> None:
    """A single band is said to hold for everyone; several vetoes and faults are listed."""
    first = MODEL.indicators[0]
    model = evolve(
        MODEL,
        indicators=(
            evolve(first, rule=Bands("n", (Band(None, None, 50),), EXCLUDED)),
            MODEL.indicators[6],
            evolve(MODEL.indicators[6], code="k", name="癸"),
            evolve(MODEL.indicators[2], code="m", name="子"),
            evolve(MODEL.indicators[2], code="o", name="丑"),
        ),
    )
    found = lines({"n": 1, "kind": "x", "listed": True}, model)
    assert found[1] == "甲：次数1次；一律0.5分；得0.5分。"
    assert found[-1] == "总分0.5分；触发一票否决：庚、癸；结果等级：D（差）。"
    assert lines({"listed": True}, model)[-1] == (
        "以下指标缺少数据或数据有误，暂不能定级：子、丑。"
    )
