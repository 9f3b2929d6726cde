from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from supervision_core.assessment.document import DocumentNotUnderstood, read_model, write_model
from supervision_core.assessment.fields import written
from supervision_core.assessment.messages import MESSAGES
from supervision_core.assessment.model import (
    FactValue,
    ModelNotUsable,
    Scale,
    evaluate,
    parse_criterion,
    parse_formula,
)
from supervision_core.assessment.phrasing import phrase
from supervision_core.assessment.wording import explain
from supervision_core.kernel.messages import Messages

DOCUMENT: dict[str, Any] = {
    "format": "assessment-model/1",
    "kind": "risk",
    "code": "sample",
    "name": "样例模型",
    "facts": [
        {"name": "fines", "title": "处罚次数", "type": "integer", "unit": "次"},
        {"name": "kind", "title": "企业类型", "type": "code"},
        {"name": "listed", "title": "列异", "type": "flag"},
        {"name": "since", "title": "成立日期", "type": "day"},
        {"name": "entered", "title": "现场分", "type": "integer"},
    ],
    "categories": [{"code": "all", "name": "全部"}],
    "indicators": [
        {
            "code": "age",
            "name": "经营年限",
            "category": "all",
            "rule": "bands",
            "fact": "since",
            "bands": [{"below": 365, "points": 2.5}, {"from": 365, "points": "0"}],
            "missing": {"points": 1},
        },
        {
            "code": "kind",
            "name": "类型",
            "category": "all",
            "rule": "lookup",
            "fact": "kind",
            "codes": {"个体": 1, "公司": 0},
            "otherwise": "error",
            "missing": "exclude",
        },
        {
            "code": "fines",
            "name": "处罚",
            "category": "all",
            "rule": "occurrences",
            "fact": "fines",
            "each": 2,
            "cap": 3,
            "missing": "error",
        },
        {
            "code": "score",
            "name": "现场",
            "category": "all",
            "rule": "manual",
            "fact": "entered",
            "least": 0,
            "most": 10,
            "missing": "exclude",
        },
        {
            "code": "black",
            "name": "失信",
            "category": "all",
            "rule": "veto",
            "when": "listed and fines > 1",
            "level": "B",
            "missing": "exclude",
        },
    ],
    "levels": [{"code": "A", "name": "低风险"}, {"code": "B", "name": "高风险"}],
    "result": {"bands": [{"below": 7.5, "level": "A"}, {"from": 7.5, "level": "B"}]},
}
AS_OF = date(2026, 11, 24)


def changed(path: str, value: object) -> dict[str, Any]:
    """Give the document with one part replaced, or taken out by ``None``."""
    document = deepcopy(DOCUMENT)
    *way, last = path.split("/")
    part: Any = document
    for step in way:
        part = part[int(step) if step.isdigit() else step]
    key = int(last) if last.isdigit() else last
    part[key] = value
    return document


def test_points_are_read_exactly() -> None:
    """Points with decimals become hundredths, whether written as number or text."""
    model = read_model(DOCUMENT)
    assert model.full_points() == (0, 250 + 100 + 600 + 1000)
    grader = model.grader
    assert isinstance(grader, Scale)
    assert [band.lower for band in grader.bands] == [None, 750]
    assert read_model(write_model(model)) == model


@pytest.mark.parametrize(
    ("path", "value", "at", "code"),
    [
        ("format", "assessment-model/9", "format", "field_not_one_of"),
        ("kind", "danger", "kind", "field_not_one_of"),
        ("name", None, "name", "field_missing"),
        ("name", 5, "name", "field_not_text"),
        ("version", "2", "version", "field_not_integer"),
        ("nmae", "x", "nmae", "field_unknown"),
        ("facts", "x", "facts", "field_not_list"),
        ("facts/0", "x", "facts[0]", "field_not_mapping"),
        ("facts/0/type", "text", "facts[0].type", "field_not_one_of"),
        ("facts/0/least", 1.5, "facts[0].least", "field_not_integer"),
        ("indicators/0/rule", "magic", "indicators[0].rule", "field_not_one_of"),
        ("indicators/0/missing", None, "indicators[0].missing", "missing_policy_missing"),
        ("indicators/0/enabled", "no", "indicators[0].enabled", "field_not_flag"),
        (
            "indicators/0/bands/0/points",
            "2.555",
            "indicators[0].bands[0].points",
            "field_not_decimal",
        ),
        ("indicators/0/bands/0/below", 36.5, "indicators[0].bands[0].below", "field_not_decimal"),
        ("indicators/0/bands/0/point", 1, "indicators[0].bands[0].point", "field_unknown"),
        ("indicators/1/codes", {5: 1}, "indicators[1].codes.5", "code_not_text"),
        ("indicators/1/codes", [], "indicators[1].codes", "field_not_mapping"),
        ("indicators/4/when", "1 +", "indicators[4].when", "expression_not_understood"),
        ("result", {"rows": 1, "columns": 2, "cells": 3}, "result.rows", "field_not_mapping"),
    ],
)
def test_a_wrong_field_is_named_with_its_path(path: str, value: object, at: str, code: str) -> None:
    """Each wrong field has a code and its path, and both have Chinese words."""
    with pytest.raises(DocumentNotUnderstood) as refusal:
        read_model(changed(path, value))
    found = {violation.at: violation for violation in refusal.value.violations}
    assert found[at].code == f"assessment.{code}"
    message = Messages(MESSAGES).explain(found[at])
    assert message.reason
    assert message.remedy


def test_every_wrong_field_is_named_at_once() -> None:
    """One reading finds every fault of form, and those of the model that do not follow from it."""
    document = changed("facts/0/type", "text")
    document["indicators"][0]["bands"][1]["from"] = 400
    document["indicators"][1] |= {"rule": "guess", "category": None}
    document["indicators"][2]["cap"] = "x"
    document["indicators"][3]["most"] = -1
    document["levels"][1]["code"] = "A"
    document["result"]["bands"][1]["from"] = 8
    with pytest.raises(DocumentNotUnderstood) as refusal:
        read_model(document)
    found = [(v.at, v.code.removeprefix("assessment.")) for v in refusal.value.violations]
    assert found == [
        ("facts[0].type", "field_not_one_of"),
        ("indicators[1].rule", "field_not_one_of"),
        ("indicators[1].category", "field_missing"),
        ("indicators[2].cap", "field_not_integer"),
        ("indicators[0].bands", "bands_gap"),
        ("indicators[3].least", "manual_bounds_crossed"),
        ("indicators[4].level", "level_unknown"),
        ("levels", "name_twice"),
        ("result.bands", "bands_gap"),
        ("result.bands[1]", "level_unknown"),
    ]


def test_a_fault_of_an_indicator_hides_none_of_the_result() -> None:
    """Both are named by one reading of a well-formed document."""
    document = changed("result/bands/1/from", 8)
    document["indicators"][3]["most"] = -1
    with pytest.raises(ModelNotUsable) as refusal:
        read_model(document)
    places = [v.at for v in refusal.value.violations]
    assert places == ["indicators[3].least", "result.bands"]


@pytest.mark.parametrize("document", [None, 5, "x", [], {}, {"result": None}, {"facts": [None]}])
def test_anything_may_be_offered(document: object) -> None:
    """Whatever stands in the file, the answer is a refusal and never a crash."""
    with pytest.raises(DocumentNotUnderstood):
        read_model(document)


def test_a_well_formed_document_of_a_faulty_model_is_refused() -> None:
    """Form alone does not make a model: the gap between two bands is found."""
    with pytest.raises(ModelNotUsable) as refusal:
        read_model(changed("result/bands/1/from", 8))
    (violation,) = refusal.value.violations
    assert (violation.at, violation.code) == ("result.bands", "assessment.bands_gap")


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("total", "5.00与8.50之间没有区间可落"),
        ("vetoes", "5与8之间没有区间可落"),
        ("total * worst", "5.0000与8.5000之间没有区间可落"),
    ],
    ids=["points", "counts", "products"],
)
def test_bounds_are_told_in_the_units_that_people_wrote(measure: str, said: str) -> None:
    """Points with their decimals, never in hundredths; counts as counts."""
    document = changed("result/measure", measure)
    start = 8 if measure == "vetoes" else 8.5
    document["result"]["bands"] = [{"below": 5, "level": "A"}, {"from": start, "level": "B"}]
    with pytest.raises(ModelNotUsable) as refusal:
        read_model(document)
    (violation,) = refusal.value.violations
    assert Messages(MESSAGES).explain(violation).reason == said


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [(1250, 2, "12.5"), (1200, 2, 12), (-5, 2, "-0.05"), (0, 2, 0), (7, 0, 7), (-100, 2, -1)],
)
def test_points_are_written_as_people_write_them(number: int, places: int, text: object) -> None:
    """Whole points as integers, others as decimals without trailing noughts."""
    assert written(number, places) == text


@pytest.mark.function("F175")
def test_an_evaluation_is_explained_in_words() -> None:
    """The enterprise reads each fact, the rule, what it gave, and what followed."""
    model = read_model(DOCUMENT)
    facts: dict[str, FactValue] = {
        "fines": 2,
        "kind": "个体",
        "listed": True,
        "since": date(2026, 1, 1),
    }
    text = explain(model, evaluate(model, facts, AS_OF), facts).text()
    assert text.splitlines() == [
        "依据《样例模型》第1版，截至2026年11月24日：",
        "经营年限：成立日期2026-01-01；距评价日天数不足365天2.5分，365天及以上0分；得2.5分。",
        "类型：企业类型个体；个体1分，公司0分；得1分。",
        "处罚：处罚次数2次；每次2分，最多计3次；得4分。",
        "现场：现场分未知；现场打分0分至10分；数据缺失，不计该项。",
        (
            "失信：处罚次数2次，列异是；列异为“是”，且处罚次数大于1时等级不轻于B（高风险）；"
            "否决条件成立。"
        ),
        "总分7.5分；触发一票否决：失信；结果等级：B（高风险）。",
    ]


def test_a_faulty_evaluation_names_what_is_lacking() -> None:
    """Without a level the explanation says which indicators could not be scored."""
    model = read_model(DOCUMENT)
    facts: dict[str, FactValue] = {"kind": "外星企业"}
    text = explain(model, evaluate(model, facts, AS_OF), facts).text()
    assert "成立日期未知；距评价日天数不足365天2.5分，365天及以上0分；数据缺失，按1分计。" in text
    assert "个体1分，公司0分；数据超出允许范围，不能计分。" in text
    assert text.endswith("以下指标缺少数据或数据有误，暂不能定级：类型、处罚。")


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("min(12, max(0, fines) + 2 * fines)", "最小者（12、最大者（0、处罚次数）+2×处罚次数）"),
        ("(fines + 1) * 2 - (fines - 1)", "（处罚次数+1）×2-（处罚次数-1）"),
        ("fines - (-3)", "处罚次数-（-3）"),
        ("3 if fines > 1 else 0", "（处罚次数大于1的，为3；其他的，为0）"),
    ],
    ids=["extremes", "brackets", "negative", "choice"],
)
def test_a_formula_names_facts_by_their_titles(formula: str, words: str) -> None:
    """Operations are signs and words of school, in brackets where order matters."""
    assert phrase(parse_formula(formula).meaning, read_model(DOCUMENT)) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            "listed and not (kind == '公司' or fines >= 3)",
            "列异为“是”，且并非（企业类型为“公司”，或处罚次数不小于3）",
        ),
        ("not listed or kind != '公司'", "列异为“否”，或企业类型不为“公司”"),
        (
            "listed and (fines < 2 or fines == 9)",
            "列异为“是”，且（处罚次数小于2，或处罚次数等于9）",
        ),
        (
            "listed or fines < 2 and fines > 0",
            "列异为“是”，或（处罚次数小于2，且处罚次数大于0）",
        ),
    ],
    ids=["denied", "either", "nested", "both of either"],
)
def test_a_condition_says_what_holds(condition: str, words: str) -> None:
    """Flags are yes or no, codes are what they are called."""
    assert phrase(parse_criterion(condition).meaning, read_model(DOCUMENT)) == words


def test_a_share_is_read_as_a_percentage() -> None:
    """Hundredths of a per cent are how programs count; the enterprise reads 31 %."""
    document = deepcopy(DOCUMENT)
    document["facts"][0]["unit"] = "万分之一"
    facts: dict[str, FactValue] = {"fines": 3100, "kind": "个体", "listed": False}
    model = read_model(document)
    said = explain(model, evaluate(model, facts, AS_OF), facts)
    assert said.lines[2].startswith("处罚：处罚次数31%；")
