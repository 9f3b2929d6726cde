import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from attrs import define, evolve, field

from adapters.crypto.providers import OpensslAlgorithms
from adapters.system import SystemClock, SystemRandomness
from adapters.zhiguitong.calling import AddressUnfit, PartnerUnavailable, checked_address
from adapters.zhiguitong.code_messages import GatewayCodeMessages, NoCodeMessages
from adapters.zhiguitong.gateway import ShortMessageGateway
from adapters.zhiguitong.sign_on import NoPlatform, UnifiedPlatform, read_profile
from adapters.zhiguitong.signing import Signing
from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures
from entrypoints.simulators.unified_platform import PEOPLE, SimulatedPlatform
from supervision_core.identity.model import CodeNotSent, IdentityChange, SignOnProfile, UserKind
from supervision_core.testing.login import Partner, SignOnGatewayContract

from .partners import DRIPS, Faulty, caller_at, dripping

APPLICATION, SECRET = "supervision", "a secret of tests, which nobody guesses"
RETURN_TO = "https://supervision.example/log-in/back"
EACH = 3.0
"""Seconds for each read of an answer: pieces come twenty times a second."""


def gateway_at(address: str, **changed: Any) -> UnifiedPlatform:
    """Give the adapter for a platform at that address."""
    settings: dict[str, Any] = {
        "authorize": f"{address}/oauth2/authorize",
        "token": f"{address}/oauth2/token",
        "user": f"{address}/gxrz-rest/user/getUserInfoByToken",
        "log_out": f"{address}/oauth2/logout",
        "return_to": RETURN_TO,
        "application": APPLICATION,
        "secret": SECRET,
        "mac": OpensslAlgorithms().mac(SECRET.encode()),
        "caller": caller_at(""),
        **changed,
    }
    return UnifiedPlatform(**settings)


@pytest.fixture
def faulty() -> Faulty:
    """Give a platform that does nothing wrong yet."""
    return Faulty(SimulatedPlatform(APPLICATION, SECRET, RETURN_TO))


@pytest.fixture
def partner(faulty: Faulty) -> Iterator[Partner]:
    """Give gateway and platform over real HTTP."""
    simulated = faulty.simulated

    with served(faulty.answer) as target, dripping(faulty, target) as address:

        def break_by(fault: str) -> None:
            faulty.fault = fault
            made.gateway = gateway_at(address, caller=caller_at(fault))

        made = Partner(gateway_at(address), simulated.code_for, simulated.token_for, break_by)
        yield made


@pytest.mark.function("F218")
class TestUnifiedPlatform(SignOnGatewayContract):
    """The adapter keeps the contract of the port, over real HTTP."""


def test_a_dripping_platform_holds_nobody_up(faulty: Faulty, partner: Partner) -> None:
    """Head or body a byte at a time: the call ends by its limit, long before the drip does."""
    for fault in sorted(DRIPS):
        partner.break_by("")
        code = partner.code_of("citizen")
        partner.break_by(fault)
        faulty.pieces = 0
        with pytest.raises(PartnerUnavailable):
            partner.gateway.profile(code)
        assert faulty.pieces < faulty.whole / 2


def test_a_time_limit_of_each_read_would_not_do(faulty: Faulty, partner: Partner) -> None:
    """The negative control: what requests itself calls a timeout waits for the end of the drip."""
    partner.break_by("slow_body")
    faulty.seconds = 2 * EACH
    with served(faulty.answer) as target, dripping(faulty, target) as address:
        requests.post(f"{address}/oauth2/token", data=b"x", timeout=EACH)
    assert faulty.pieces == faulty.whole


def test_no_redirect_is_followed(partner: Partner, faulty: Faulty) -> None:
    """Nobody sends our secrets elsewhere: a redirect is an error."""
    partner.break_by("redirect")
    with pytest.raises(PartnerUnavailable):
        partner.gateway.profile("code")
    assert faulty.elsewhere == 0


@pytest.mark.function("F218")
def test_a_browser_goes_the_whole_way(faulty: Faulty) -> None:
    """Steps 1 to 3: sent there with a state, recognised, back with code and the same state."""
    with served(faulty.answer) as address:
        gateway = gateway_at(address)
        there = requests.get(
            gateway.address("state-1") + "&user=firm", allow_redirects=False, timeout=60
        )
        back = parse_qs(urlsplit(there.headers["Location"]).query)
        assert there.headers["Location"].startswith(RETURN_TO)
        assert back["state"] == ["state-1"]
        profile = gateway.profile(back["code"][0])
        assert profile is not None
        assert (profile.kind, profile.document) == (UserKind.ENTERPRISE, "91350100M000100Y43")
        page = requests.get(gateway.address("s"), timeout=60).text
        assert all(told["personalInfo"]["userName"] in page for told in PEOPLE.values()
                   if "personalInfo" in told)  # fmt: skip
        wrong = gateway_at(address, return_to="https://elsewhere.example/")
        assert requests.get(wrong.address("s"), timeout=60).status_code == 400
        stranger = gateway_at(address, secret="another")  # noqa: S106 - a wrong one
        with pytest.raises(PartnerUnavailable):
            stranger.profile(faulty.simulated.code_for("firm"))


def test_a_token_is_bound_to_our_application(faulty: Faulty) -> None:
    """One that the platform gave for another application, or for none it says, lets nobody in."""
    with served(faulty.answer) as address:
        gateway, simulated = gateway_at(address), faulty.simulated
        assert gateway.profile_of_token(simulated.token_for("citizen")) is not None
        for other in ("another-application", "", APPLICATION.upper(), f"{APPLICATION}2"):
            assert gateway.profile_of_token(simulated.token_for("citizen", other)) is None


def test_log_out_goes_both_ways(faulty: Faulty) -> None:
    """Ours sends the browser there and back to our own site only; theirs is a signed notice."""
    gateway = gateway_at("http://127.0.0.1:1")
    there = gateway.log_out_address("https://supervision.example/bye")
    assert parse_qs(urlsplit(there).query)["redirect_uri"] == ["https://supervision.example/bye"]
    for foreign in ("https://evil.example/", "https://supervision.example.evil.example/", ""):
        query = parse_qs(urlsplit(gateway.log_out_address(foreign)).query)
        assert query["redirect_uri"] == ["https://supervision.example/"]
    assert gateway_at("http://127.0.0.1:1", log_out="").log_out_address("x") == ""
    notice, signature = faulty.simulated.notice_for("citizen")
    now = SystemClock().now()
    assert gateway.logged_out(notice, signature, at=now) == "GX1001"
    late = now.replace(year=now.year + 1)
    assert gateway.logged_out(notice, signature, at=late) is None
    for wrong in ("", "zz", signature[:-2] + "00", signature[:-1]):
        assert gateway.logged_out(notice, wrong, at=now) is None
    for bad in (b"{}", b"[]", b"x", b'{"useridcode": 7, "timestamp": "x"}'):
        signed = hmac.new(SECRET.encode(), bad, "sm3").hexdigest()
        assert gateway.logged_out(bad, signed, at=now) is None


def test_what_the_platform_tells_is_read_in_every_spelling() -> None:
    """Names in any case, data as text, ids as numbers; a person's number is never his account."""
    told = {"USERTYPE": 1, "personalInfo": {"ID": 7, "useridcode": "450", "userIdcard": "450",
            "userName": " 李 ", "userLevel": 1, "updateTime": 20261124}}  # fmt: skip
    expected = SignOnProfile(user_code="7", kind=UserKind.CITIZEN, level=1, document="450",
                             name="李", updated_at="20261124")  # fmt: skip
    assert read_profile(told) == read_profile(json.dumps(told)) == expected
    told["personalInfo"]["userIdcardType"] = "414"  # type: ignore[index]  # an object
    assert read_profile(told) == evolve(expected, document_kind="普通护照")


@pytest.mark.parametrize(
    "data",
    [None, 7, [], "x", {}, {"userType": "3"}, {"userType": "1", "personalInfo": []},
     {"userType": "1", "userName": {"a": 1}}, {"userType": "1", "userName": "x" * 201},
     {"userType": "1", "userLevel": "high"}, {"userType": "1", "userLevel": True}],
    ids=["none", "number", "list", "text", "empty", "kind", "part", "object", "long", "level",
         "truth"],
)  # fmt: skip
def test_what_is_no_user_is_refused(data: object) -> None:
    """Of the wrong type, too long, or of a kind that nobody agreed on."""
    with pytest.raises(PartnerUnavailable):
        read_profile(data)


def test_without_a_platform_nobody_comes_from_there() -> None:
    """An installation that is not connected refuses in words."""
    nobody = NoPlatform()
    assert nobody.profile("x") is nobody.profile_of_token("x") is None
    assert nobody.logged_out(b"", "", at=SystemClock().now()) is None
    assert nobody.log_out_address("x") == ""
    with pytest.raises(PartnerUnavailable) as refused:
        nobody.address("s")
    assert [one.code for one in refused.value.reasons] == ["zhiguitong.not_set"]


@pytest.mark.parametrize(
    "address",
    ["http://sso.example/", "ftp://sso.example/", "//sso.example", "", "https://",
     "https://a:b@sso.example/", "https://sso.example/?x=1", "http://127.0.0.1.evil.example/"],
)  # fmt: skip
def test_only_protected_addresses_are_called(address: str) -> None:
    """HTTPS everywhere but on this machine, and nothing hidden in the address."""
    assert checked_address("https://sso.example/token")
    assert checked_address("http://127.0.0.1:8/token")
    with pytest.raises(AddressUnfit):
        checked_address(address)


@define
class Outbox:
    """What the simulated gateway showed."""

    shown: list[ShortMessage] = field(factory=list)


def signing(secret: str = SECRET) -> Signing:
    """Sign as the application."""
    return Signing(
        application=APPLICATION,
        mac=OpensslAlgorithms().mac(secret.encode()),
        clock=SystemClock(),
        randomness=SystemRandomness(),
    )


def messages_at(address: str, secret: str = SECRET) -> GatewayCodeMessages:
    """Give the adapter for a gateway at that address."""
    gateway = ShortMessageGateway(
        address=address + SEND, signing=signing(secret), caller=caller_at("")
    )
    return GatewayCodeMessages(gateway=gateway, minutes=5)


def test_a_code_reaches_the_gateway_signed() -> None:
    """Phone and code arrive in the body; another secret, or a changed body, is turned away."""
    outbox = Outbox()
    simulated = SimulatedGateway(Signatures(APPLICATION, SECRET), outbox.shown.append)
    with simulated_gateway(simulated) as address:
        messages_at(address).send("13900000001", "012345")
        assert [(one.phone, one.code) for one in outbox.shown] == [("13900000001", "012345")]
        with pytest.raises(CodeNotSent) as refused:
            messages_at(address, "another").send("13900000001", "012345")
    assert [one.code for one in refused.value.reasons] == ["identity.code_undelivered"]
    assert len(outbox.shown) == 1


def test_a_phone_is_told_what_was_changed() -> None:
    """By a template of its own, without a code; where there is no gateway nobody is told."""
    outbox = Outbox()
    simulated = SimulatedGateway(Signatures(APPLICATION, SECRET), outbox.shown.append)
    with simulated_gateway(simulated) as address:
        for change in IdentityChange:
            messages_at(address).tell("13900000001", change)
    assert [(one.template, one.code) for one in outbox.shown] == [
        ("phone_changed", ""), ("document_changed", ""),
    ]  # fmt: skip
    with pytest.raises(CodeNotSent):
        NoCodeMessages().tell("13900000001", IdentityChange.PHONE)


def test_a_message_is_tried_twice_and_shown_once() -> None:
    """A lost answer is asked for again under the same number; a third time it is given up."""
    outbox, lost = Outbox(), [1, 0, 1, 1, 1]
    simulated = SimulatedGateway(Signatures(APPLICATION, SECRET), outbox.shown.append)
    asked: list[Asked] = []

    def losing(request: Asked) -> Told:
        asked.append(request)
        told = simulated.answer(request)
        return Told(status=503) if lost.pop(0) else told

    with served(losing) as address:
        messages_at(address).send("13900000001", "012345")
        assert len(outbox.shown) == 1
        with pytest.raises(CodeNotSent):
            messages_at(address).send("13900000002", "543210")
    assert len(asked) == 4
    assert not any("139" in request.path or request.query for request in asked)


def test_nothing_personal_is_told_by_a_failure() -> None:
    """Neither phone, code nor secret stands in what an outage raises or in what is shown."""
    messages = messages_at("http://127.0.0.1:1")
    with pytest.raises(CodeNotSent) as refused:
        messages.send("13900000001", "012345")
    seen = f"{refused.value!r}{refused.value}{refused.value.__context__!r}{messages!r}"
    assert "139000" not in seen
    assert "012345" not in seen
    assert SECRET not in f"{seen}{gateway_at('http://127.0.0.1:1')!r}"
    with pytest.raises(CodeNotSent):
        NoCodeMessages().send("13900000001", "012345")
