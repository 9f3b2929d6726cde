"""Shapes of what the other surfaces do not ask for: variants, rows, values of several kinds."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import frozen

from entrypoints.shape import Anything, Table, shape_of
from supervision_core.assessment.document import read_model
from supervision_core.assessment.model import Cycle, Kind
from supervision_core.assessment.services import CreateModel, ScoreSubject
from supervision_core.draws.services import FreezeDraw
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.officers.services import JoinTeamByQuery
from supervision_core.subjects.services import CategoriseSubject, RegisterSubject
from supervision_core.testing.models import full_definition
from supervision_core.testing.subjects import full_subject_draft

EXAMPLE = Path(__file__).resolve().parents[3] / "docs/formats/examples/food_risk.yaml"
"""A model with decimals, conditions of applying, a rate and steps."""

COMMANDS: tuple[Any, ...] = (
    CreateModel(
        department="d",
        region="450000",
        object_type="企业",
        cycle=Cycle.YEAR,
        definition=full_definition(Kind.RISK),
    ),
    RegisterSubject(draft=full_subject_draft()),
    CategoriseSubject(subject_id="s", category_id="c", values={"a": 1, "b": "文", "c": True}),
    FreezeDraw(
        region="450000",
        pool_hash=bytes(32),
        rule={"strata": {}},
        contributors=("市场监管",),
        due=datetime(2026, 3, 2, tzinfo=UTC),
    ),
    CreateModel(
        department="d",
        region="450000",
        object_type="企业",
        cycle=Cycle.YEAR,
        definition=read_model(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))),
    ),
)


@frozen
class Listed:
    """A command with rows of two parts."""

    candidates: tuple[tuple[str, str], ...] = ()


def as_json(command: Any) -> Any:
    """Give a command as JSON that somebody sends."""
    return json.loads(canonical_json(to_plain(command)))


def codes(command: Any, plain: Any) -> list[tuple[str, str]]:
    """Give code and place of every fault of ``plain`` as a ``command``."""
    return [(one.code, one.at) for one in shape_of(type(command)).faults(plain)]


@pytest.mark.parametrize("command", COMMANDS, ids=[type(one).__name__ for one in COMMANDS])
def test_what_a_command_is_as_plain_json_has_its_shape(command: Any) -> None:
    """What the shape lets through is read back as the same command."""
    plain = as_json(command)
    assert codes(command, plain) == []
    assert from_plain(type(command), plain) == command


def test_an_unnamed_variant_is_a_fault() -> None:
    """Which rule it is must be said, it must be one that there is, and have its fields only."""
    model: Any = as_json(COMMANDS[0])
    indicator = model["definition"]["indicators"][0]
    at = "definition.indicators[0].rule"
    rule = indicator["rule"]
    for wrong, found in (
        ("text", ("http.wrong_type", at)),
        (
            {key: part for key, part in rule.items() if key != "_type"},
            ("http.missing", f"{at}._type"),
        ),
        ({**rule, "_type": "Guess"}, ("http.unknown_choice", f"{at}._type")),
        ({**rule, "_type": []}, ("http.unknown_choice", f"{at}._type")),
        ({**rule, "other": 1}, ("http.unknown_field", f"{at}.other")),
    ):
        indicator["rule"] = wrong
        assert codes(COMMANDS[0], model) == [found]


@pytest.mark.parametrize(
    ("candidate", "found"),
    [
        (["甲"], [("http.wrong_number", "candidates[0]")]),
        (["甲", 1], [("http.wrong_type", "candidates[0][1]")]),
        ("甲", [("http.wrong_type", "candidates[0]")]),
    ],
)
def test_a_row_has_its_number_of_parts(candidate: object, found: list[Any]) -> None:
    """Each part is checked with its place."""
    assert codes(Listed(), {"candidates": [candidate]}) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [(None, "http.wrong_type"), ([], "http.wrong_type"), (2**60, "http.out_of_range")],
)
def test_a_value_of_several_kinds_is_one_of_them(value: object, found: str) -> None:
    """A list is none; a number too large is told as such."""
    form: Any = as_json(COMMANDS[2])
    assert codes(COMMANDS[2], {**form, "values": {"a": value}}) == [(found, "values.a")]


def test_what_may_be_anything_can_be_kept() -> None:
    """Whatever JSON it is, each number and text in it has a canonical form, to be sealed by."""
    free = {
        "rule": [{"quota": 2**53, "name": "\ud800", "kept": [1, "甲", None, True]}, {"\x03": 1}]
    }
    assert [(one.code, one.at) for one in Anything().faults(free, "body")] == [
        ("http.out_of_range", "body.rule[0].quota"),
        ("http.text_unfit", "body.rule[0].name"),
        ("http.text_unfit", "body.rule[1]"),
    ]


def test_a_name_that_somebody_makes_up_is_a_text() -> None:
    """It may be told in a refusal, and no answer holds a control character."""
    assert [(one.code, one.at) for one in Table(Anything()).faults({"\x1e": 1}, "extras")] == [
        ("http.text_unfit", "extras")
    ]


def test_a_fact_is_one_simple_value() -> None:
    """A day comes as a text among others; a list or an object is no fact."""
    command = ScoreSubject(round_id="r", subject="s", facts={"a": 1}, as_of=date(2026, 1, 31))
    form: Any = as_json(command)
    for value in (None, "2026-01-31", 3, True):
        assert codes(command, {**form, "facts": {"a": value}}) == []
    assert codes(command, {**form, "facts": {"a": []}}) == [("http.wrong_type", "facts.a")]


def test_what_the_use_case_fills_in_is_not_asked_for() -> None:
    """The reach of a query is that of whoever asks; nobody gives one."""
    form: Any = {"team_id": "t", "filter": {"reach": None}}
    command = from_plain(JoinTeamByQuery, {"team_id": "t", "filter": {}})
    assert codes(command, form) == [("http.unknown_field", "filter.reach")]
