"""What approval files say of a subject on a day, and what a file cannot say."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from supervision_core.assessment.model.catalogued import CATALOGUED
from supervision_core.kernel.registers import Ask
from supervision_core.subjects.approvals import approval_facts
from supervision_core.subjects.facts import APPROVAL_FACTS, APPROVALS_LAPSED, day_number
from supervision_core.subjects.registers import (
    NATURES,
    ApprovalFileContent,
    approval_rules,
)
from supervision_core.testing.subjects import full_approval_file

FULL = full_approval_file()
ON = date(2026, 6, 30)


def granted(**said: Any) -> ApprovalFileContent:
    """Give a file of a licence from 2026-01-01 to the end of the year, with other values."""
    made = evolve(
        FULL, decided_on=date(2025, 12, 20), valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31), ended="", ended_on=None,
    )  # fmt: skip
    return evolve(made, **said)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ({}, True),
        ({"valid_to": ON}, True),
        ({"valid_to": date(2026, 6, 29)}, False),
        ({"valid_to": None}, True),
        ({"valid_from": ON}, True),
        ({"valid_from": date(2026, 7, 1)}, False),
        ({"valid_from": None, "decided_on": ON}, True),
        ({"ended": "revoked", "ended_on": ON}, False),
        ({"ended": "revoked", "ended_on": date(2026, 7, 1)}, True),
        ({"result": "refused"}, False),
    ],
)
def test_a_licence_holds_from_its_first_day_to_its_last(said: Any, *, holds: bool) -> None:
    """Both days count; one that was ended holds no more from that day on."""
    assert granted(**said).holds(ON) is holds


@pytest.mark.function("F190")
def test_facts_say_what_is_held_what_lapsed_and_what_ends_first() -> None:
    """资质性质 (3813): natures of valid licences, matters that lapsed, the first end to come."""
    sold = granted(matter="食品经营许可", nature="ordinary")
    made = granted(matter="食品生产许可", nature="qualification", valid_to=date(2026, 8, 1))
    old = granted(matter="特种设备使用登记", nature="registration", valid_to=date(2026, 5, 1))
    known = approval_facts([sold, made, old], ON)
    assert known.keys() == APPROVAL_FACTS
    assert known.keys() <= CATALOGUED.keys()
    assert (known["approvals_valid"], known["approvals_lapsed"]) == (2, 1)
    assert known["approval_expires_on"] == day_number(date(2026, 8, 1))
    held = {code for code in NATURES if known[f"holds_{code}"]}
    assert held == {"ordinary", "qualification"}


def test_what_was_renewed_has_not_lapsed() -> None:
    """The old file of a matter counts no more where a new one holds or is about to."""
    old = granted(valid_to=date(2026, 5, 1))
    for since in (date(2026, 5, 2), date(2026, 7, 15)):
        new = granted(number="new", valid_from=since, valid_to=date(2027, 5, 1))
        assert approval_facts([old, new], ON)["approvals_lapsed"] == 0
    assert (
        approval_facts([old, granted(number="no", result="refused")], ON)["approvals_lapsed"] == 1
    )


def test_nothing_is_known_of_whom_no_file_was_decided_by_then() -> None:
    """Files of later days are not known; a refused application is known, and gives nothing."""
    assert approval_facts([], ON) == {}
    assert approval_facts([granted(decided_on=date(2026, 7, 1))], ON) == {}
    refused = approval_facts([granted(result="refused")], ON)
    assert (refused["approvals_valid"], refused["approvals_lapsed"]) == (0, 0)
    assert "approval_expires_on" not in refused


class NobodyAsked(Ask):
    """Answers nothing: the rules of a file look at the file alone."""

    resolve = named = offered = uses = used_by = None  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("said", "code", "at"),
    [
        ({"valid_to": date(2025, 12, 31)}, "subjects.approval_term_reversed", "valid_to"),
        ({"ended": "revoked"}, "subjects.approval_end_incomplete", "ended_on"),
        ({"ended_on": ON}, "subjects.approval_end_incomplete", "ended_on"),
        ({"ended": "annulled", "ended_on": date(2025, 12, 19)}, "subjects.approval_end_early",
         "ended_on"),
        ({"result": "refused"}, "subjects.approval_refused", "result"),
        ({"subject": "another"}, "kernel.register_fixed", "subject"),
    ],
)  # fmt: skip
def test_a_file_contradicts_itself_nowhere(said: Any, code: str, at: str) -> None:
    """Days in their order, an end told whole, nothing of a licence where none was given."""
    found = list(approval_rules(granted(**said), granted(), NobodyAsked()))
    assert [(one.code, one.at) for one in found] == [(code, at)]
    assert list(approval_rules(granted(), granted(), NobodyAsked())) == []


def test_a_licence_that_was_given_back_has_not_lapsed() -> None:
    """注销: whoever stops a trade owes no renewal; a licence that was revoked counts."""
    for ended, lapsed in (("cancelled", 0), ("revoked", 1)):
        file = granted(ended=ended, ended_on=date(2026, 3, 1))
        assert approval_facts([file], ON)[APPROVALS_LAPSED] == lapsed
