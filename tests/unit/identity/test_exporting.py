"""A table of personal data goes out once a second person has consented."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.lists import EXPORT_REQUESTS
from supervision_core.identity.model import (
    CONSENT_HOLDS,
    DataScope,
    DecisionInvalid,
    ExportNotAllowed,
    ExportRequest,
    ExportState,
    Purpose,
)
from supervision_core.identity.services.exporting import (
    DecideExport,
    ExportUsers,
    RequestExport,
    decide_export,
    export_users,
    request_export,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound
from supervision_core.testing.identity import NOON


def asked() -> ExportRequest:
    """Give a request that waits."""
    return ExportRequest(
        id="e-1",
        about="d-1",
        region="450100",
        purpose=Purpose.CORRECT,
        asked_by="u-1",
        asked_at=NOON,
    )


def allowed() -> ExportRequest:
    """Give one that was allowed at noon."""
    made = asked()
    made.decide(allowed=True, reason="核对", by="u-2", at=NOON)
    return made


USE: dict[str, Any] = {"about": "d-1", "by": "u-1", "at": NOON}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"about": "d-2"}, "identity.export_other"),
        ({"by": "u-3"}, "identity.export_other"),
        ({"at": NOON + CONSENT_HOLDS}, "identity.export_late"),
    ],
)
def test_a_consent_serves_nothing_else(other: dict[str, Any], code: str) -> None:
    """Another department or person, or a later day, is not what was consented to."""
    request = allowed()
    with pytest.raises(ExportNotAllowed) as caught:
        request.require(**{**USE, **other})
    assert [one.code for one in caught.value.reasons] == [code]
    request.require(**{**USE, "at": NOON + CONSENT_HOLDS - timedelta(seconds=1)})


def test_without_consent_nothing_goes_out() -> None:
    """A request that waits or was refused allows nothing."""
    request = asked()
    with pytest.raises(ExportNotAllowed) as waiting:
        request.require(**USE)
    request.decide(allowed=False, reason="没有必要", by="u-2", at=NOON)
    with pytest.raises(ExportNotAllowed) as refused:
        request.require(**USE)
    assert request.state is ExportState.REFUSED
    assert waiting.value.reasons[0].code == "identity.export_waiting"
    assert refused.value.reasons[0].code == "identity.export_refused"


def test_nobody_decides_his_own_request() -> None:
    """Who asked does not decide; who decides says why; what is decided stays so."""
    request = asked()
    with pytest.raises(DecisionInvalid) as caught:
        request.decide(allowed=True, reason=" ", by="u-1", at=NOON)
    assert {one.code for one in caught.value.reasons} == {
        "identity.export_own",
        "identity.export_reason_missing",
    }
    request = allowed()
    with pytest.raises(DecisionInvalid) as again:
        request.decide(allowed=False, reason="改主意", by="u-2", at=NOON)
    assert [one.code for one in again.value.reasons] == ["identity.export_decided"]


def test_requests_are_seen_in_the_own_area(world: Any) -> None:
    """Who administers the department sees and decides the request; others find nothing."""
    one, two = world.department("1"), world.department("2")
    mine, theirs = world.administrator("mine", one), world.administrator("theirs", two)
    second = world.administrator("second", one)
    grant = {"identity.request_export", "identity.view_export_request"}
    cases = cases_of(EXPORT_REQUESTS)
    mine = evolve(mine, permissions=mine.permissions | grant)
    deciding = {
        "identity.decide_export",
        "identity.view_export_request",
        "identity.list_export_requests",
    }
    far = DataScope(region="450000", departments=frozenset({two}))
    theirs = evolve(theirs, permissions=theirs.permissions | deciding, scope=far)
    second = evolve(second, permissions=second.permissions | deciding)
    wanted = RequestExport(department_id=one, purpose=Purpose.CORRECT)
    made = world.run(request_export, wanted, mine)
    with pytest.raises(NotFound):
        world.run(decide_export, DecideExport(request_id=made, allowed=True, reason="好"), theirs)
    with pytest.raises(NotFound):
        world.commands.ask(cases.view, cases.named(id=made), actor=theirs)
    assert world.commands.ask(cases.list, cases.asking(), actor=theirs).items == ()
    (waiting,) = world.commands.ask(cases.list, cases.asking(), actor=second).items
    assert (waiting.id, waiting.state, waiting.asked_by) == (made, ExportState.WAITING, "mine")
    world.run(decide_export, DecideExport(request_id=made, allowed=True, reason="好"), second)
    seen = world.commands.ask(cases.view, cases.named(id=made), actor=mine).content
    assert (seen.state, seen.decided_by, seen.reason) == (ExportState.ALLOWED, "second", "好")
    waits = cases.asking(state=ExportState.WAITING)
    assert world.commands.ask(cases.list, waits, actor=second).items == ()


def test_users_go_out_only_with_consent(world: Any) -> None:
    """The export itself demands the consent, for its own department and whoever asked."""
    one, two = world.department("1"), world.department("2")
    asked = world.run(request_export, RequestExport(department_id=one, purpose=Purpose.CORRECT))
    wanted = ExportUsers(department_id=one, request_id=asked)
    with pytest.raises(ExportNotAllowed):
        world.run(export_users, wanted)
    second = evolve(world.root, user="second")
    world.run(decide_export, DecideExport(request_id=asked, allowed=True, reason="好"), second)
    assert world.run(export_users, wanted) == []
    assert dict(world.store.audit[-1].entry.note)["purpose"] == "correct"
    with pytest.raises(ExportNotAllowed):
        world.run(export_users, evolve(wanted, department_id=two))
    with pytest.raises(ExportNotAllowed):
        world.run(export_users, wanted, second)
    with pytest.raises(NotFound):
        world.run(export_users, evolve(wanted, request_id="none"))
