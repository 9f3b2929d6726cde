"""What log-ins leave behind is removed, and nothing that still counts is."""

from supervision_core.identity.model import Session
from supervision_core.identity.ports import TRACES, Sessions

from .conftest import GOOD, HOME, House
from .guessing import guess_all


def counts(house: House) -> dict[str, int]:
    """Count what is kept of each kind, by looking for what is over at no time."""
    found = {}
    for port in TRACES:
        seen: list[str] = []

        def look(one: object, seen: list[str] = seen) -> bool:
            seen.append(str(one))
            return False

        house.log_ins._forget(port, look)
        found[port.kind] = len(seen)
    return found


def test_what_is_over_for_a_day_is_gone(house: House) -> None:
    """Challenges, log-ins, limits and sessions of yesterday go, in batches; today's stay.

    So does what remembers from where somebody logged in.
    """
    guess_all(house.log_ins, "nobody", range(520), 4)
    house.clock.go(minutes=31)
    token = house.begin()
    old = house.log_ins.confirm_sms_code(token, house.phones.sent[-1][1], source=HOME).token
    house.log_ins.begin_certificate_log_in(source=HOME)
    before = counts(house)
    assert before == {
        "challenge": 1, "face_check": 0, "form_draft": 0, "guess_limit": 1033, "log_in": 1,
        "phone_change": 0, "phone_notice": 0, "session": 1, "source_limit": 521,
    }  # fmt: skip
    assert house.log_ins.forget_traces() == 0
    house.clock.go(hours=33)
    fresh = house.begin()
    now = house.log_ins.confirm_sms_code(fresh, house.phones.sent[-1][1], source=HOME).token
    state = house.log_ins.begin_sign_on(source=HOME)
    assert house.log_ins.forget_traces() == 1555
    assert counts(house) == {
        "challenge": 1, "face_check": 0, "form_draft": 0, "guess_limit": 2, "log_in": 1,
        "phone_change": 0, "phone_notice": 0, "session": 1, "source_limit": 1,
    }  # fmt: skip
    assert house.log_ins.resume(now).user == "aaa"
    assert old != state != GOOD
    assert house.log_ins.forget_traces() == 0


def test_a_lock_outlives_what_is_removed(house: House) -> None:
    """Nothing is forgotten of wrong guesses while it still counts."""
    guess_all(house.log_ins, "aaa", range(12), 1)
    house.log_ins.forget_traces()
    assert house.hashes.evaluated == 10
    guess_all(house.log_ins, "aaa", range(12, 24), 1)
    assert house.hashes.evaluated == 10


def test_a_session_that_runs_is_kept(house: House) -> None:
    """However old the clock says the day is: what may still be used stays."""
    made = Session(
        id="f" * 64, user="aaa", department="d-1",
        started_at=house.clock.now(), seen_at=house.clock.now(),
    )  # fmt: skip
    with house.transactions.begin() as unit:
        unit[Sessions].save(made)
        unit.commit()
    house.clock.go(hours=7)
    assert house.log_ins.forget_traces() == 0
