"""Matrix 5, 6 and 9: two factors on every way, codes and sessions within their limits."""

import math
from collections.abc import Callable
from datetime import timedelta

import pytest

from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import CodeNotSent, LogInPolicy, LogInRefused, NotLoggedIn

from .conftest import GOOD, HOME, House

POLICY = LogInPolicy()


def refused(act: Callable[[], object]) -> None:
    """Hold that nobody is let in, and that nothing tells why."""
    with pytest.raises(LogInRefused) as caught:
        act()
    assert [one.code for one in caught.value.reasons] == ["identity.log_in_refused"]


def gone(act: Callable[[], object]) -> None:
    """Hold that there is no such session."""
    with pytest.raises(NotLoggedIn):
        act()


def confirm(house: House, token: str) -> str:
    """Send the code that came last; give the session's token."""
    code = house.phones.sent[-1][1]
    return house.log_ins.confirm_sms_code(token, code, source=HOME).token


def test_no_step_can_be_left_out(house: House) -> None:
    """Matrix 5: a password alone, a code alone, a token of another step: no session on any way."""
    log_ins = house.log_ins
    token = house.begin()
    code = house.phones.sent[-1][1]
    gone(lambda: log_ins.resume(token))
    gone(lambda: log_ins.change_password(token, GOOD, "Other-pass-1", source=HOME))
    gone(lambda: log_ins.step_up(token, GOOD, source=HOME))
    refused(lambda: log_ins.confirm_sms_code("", code, source=HOME))
    refused(lambda: log_ins.confirm_sms_code("0" * 64, code, source=HOME))
    refused(lambda: log_ins.confirm_sms_code(token, "", source=HOME))
    asked = log_ins.begin_certificate_log_in(source=HOME)
    gone(lambda: log_ins.resume(asked.token))
    refused(lambda: log_ins.confirm_sms_code(asked.token, code, source=HOME))
    refused(lambda: log_ins.sign_on("code", asked.token, source=HOME))
    state = log_ins.begin_sign_on(source=HOME)
    gone(lambda: log_ins.resume(state))
    refused(lambda: log_ins.finish_certificate_log_in(state, b"", b"", source=HOME))
    session = confirm(house, token)
    assert log_ins.resume(session).user == "aaa"
    refused(lambda: log_ins.resend_code(session, source=HOME))


def test_a_code_is_bound_short_lived_and_long_enough(house: House) -> None:
    """Matrix 6: one log-in, one address, at most ten minutes, at least 20 bits, used once."""
    assert math.log2(10**POLICY.code_digits) >= 20
    assert POLICY.code_age <= timedelta(minutes=10)
    first = house.begin()
    code = house.phones.sent[-1][1]
    assert len(code) == POLICY.code_digits
    second = house.begin()
    log_ins = house.log_ins
    refused(lambda: log_ins.confirm_sms_code(second, code, source=HOME))
    refused(lambda: log_ins.confirm_sms_code(first, code, source="198.51.100.1"))
    refused(lambda: log_ins.confirm_sms_code(first, code, source=HOME))
    late = house.begin()
    house.clock.go(minutes=5)
    refused(lambda: confirm(house, late))
    good = house.begin()
    confirm(house, good)
    refused(lambda: confirm(house, good))


def test_codes_are_sent_seldom(house: House) -> None:
    """Matrix 6: three a log-in, a minute apart, to the user's phone and from his address only."""
    token = house.begin()
    resend = house.log_ins.resend_code
    with pytest.raises(CodeNotSent) as caught:
        resend(token, source=HOME)
    assert [one.code for one in caught.value.reasons] == ["identity.code_too_soon"]
    for _ in range(POLICY.code_sends - 1):
        house.clock.go(minutes=1)
        resend(token, source=HOME)
    house.clock.go(minutes=1)
    with pytest.raises(CodeNotSent) as caught:
        resend(token, source=HOME)
    assert [one.code for one in caught.value.reasons] == ["identity.codes_used_up"]
    refused(lambda: resend(token, source="198.51.100.1"))
    assert [phone for phone, _ in house.phones.sent] == ["13900000001"] * POLICY.code_sends
    assert len({code for _, code in house.phones.sent}) > 1


def test_a_session_is_new_ends_and_stays_ended(house: House) -> None:
    """Matrix 9: 256 fresh bits at each log-in; idle 30 minutes, 8 hours, log-out: over for good."""
    log_ins = house.log_ins
    tokens = [confirm(house, house.begin()) for _ in range(3)]
    assert len(set(tokens)) == 3
    assert all(len(bytes.fromhex(one)) == 32 for one in tokens)
    log_ins.log_out(tokens[0], source=HOME)
    gone(lambda: log_ins.resume(tokens[0]))
    house.clock.go(minutes=29)
    log_ins.resume(tokens[1])
    house.clock.go(minutes=1)
    log_ins.resume(tokens[1])
    gone(lambda: log_ins.resume(tokens[2]))
    for _ in range(15):
        house.clock.go(minutes=29)
        log_ins.resume(tokens[1])
    house.clock.go(minutes=16)
    gone(lambda: log_ins.resume(tokens[1]))
    house.clock.go(minutes=-300)
    for token in tokens:
        gone(lambda token=token: log_ins.resume(token))  # type: ignore[misc]


def test_every_try_leaves_one_row(house: House) -> None:
    """Matrix 10 for log-ins: each success and each refusal stands in the log, with its address."""

    def rows() -> list[tuple[str, str]]:
        with house.transactions.begin() as unit:
            return [(row.entry.action, row.entry.outcome.value) for row in unit[AuditLog].rows()]

    before = len(rows())
    token = house.begin()
    refused(lambda: house.begin("aaa", "wrong"))
    refused(lambda: house.begin("nobody", "wrong"))
    refused(lambda: house.log_ins.confirm_sms_code(token, "x", source=HOME))
    session = confirm(house, token)
    house.log_ins.log_out(session, source=HOME)
    assert rows()[before:] == [
        ("identity.log_in_with_password", "done"),
        ("identity.log_in_with_password", "denied"),
        ("identity.log_in_with_password", "denied"),
        ("identity.confirm_sms_code", "denied"),
        ("identity.confirm_sms_code", "done"),
        ("identity.log_out", "done"),
    ]
