"""What users are told: rules that fit their events, roles that somebody holds, words that read."""

import attrs
import pytest

from entrypoints.receivers import TELLINGS
from entrypoints.registered import shipped_roles
from supervision_core.identity.model import StationMessage, Telling
from supervision_core.testing.identity import NOON

HELD = {permission for role in shipped_roles() for permission in role.permissions}


@pytest.mark.parametrize("telling", TELLINGS, ids=lambda one: one.name)
def test_a_telling_fits_its_event(telling: Telling) -> None:
    """What its words name are facts of the event, and somebody in a shipped role is told."""
    assert telling.slots <= {one.name for one in attrs.fields(telling.event)}
    assert telling.to
    for to in telling.to:
        assert (to.departments is None) == (not to.permission)
        assert to.permission in {*HELD, ""}
        assert to.departments or to.officers or to.parties or to.users


def test_one_event_has_one_telling() -> None:
    """No event is told twice."""
    assert len({one.name for one in TELLINGS}) == len(TELLINGS)


def test_words_are_put_together_when_they_are_read() -> None:
    """Names come in where they are known, ids where not; days are written as days."""
    told = StationMessage(
        id="m-1", user="u-1", title="", words="{department}：“{thing}”，{until}前，{days}天",
        kind="plan", thing="p-1", made_at=NOON,
        facts={"department": "d-1", "until": "2026-03-01", "days": 3},
    )  # fmt: skip
    names = {("plan", "p-1"): "年度计划"}
    assert told.said(names) == "d-1：“年度计划”，2026年3月1日前，3天"
