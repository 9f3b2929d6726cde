"""The adapter of 人脸认证, over real HTTP to the platform as it is played."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from attrs import define, evolve, field
from sqlalchemy import Engine

from adapters.crypto.providers import OpensslAlgorithms
from adapters.system import SystemClock, SystemRandomness
from adapters.zhiguitong.calling import AddressUnfit, PartnerUnavailable
from adapters.zhiguitong.faces import PlatformFaces, SecretUnfit, enciphered
from adapters.zhiguitong.signing import Signing
from entrypoints.actors import operator
from entrypoints.container import open_platform
from entrypoints.simulators.faces import GATEWAY, SimulatedFaces, deciphered, simulated_faces
from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.signatures import Signatures
from supervision_core.identity.model import DepartmentData, RegionContent
from supervision_core.identity.services.departments import (
    AddDepartment,
    AddRegion,
    add_department,
    add_region,
)
from supervision_core.identity.services.users import RegisterUser, register_user
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.testing.identity import full_draft
from supervision_core.testing.login import FaceCertificationContract, FacePartner, PlayedFaces

from .guessing import Passing
from .partners import DRIPS, FAULTS, Faulty, caller_at, dripping

SECRET = "sixteen-bytes-ok"  # noqa: S105 - of a partner that is played
NAME, NUMBER = "王示例", complete_identity_card("45010319900101001")


def faces_at(address: str, secret: str = SECRET, **changed: Any) -> PlatformFaces:
    """Give the adapter for a platform at that address."""
    signing = Signing(
        application="supervision",
        mac=OpensslAlgorithms().mac(secret.encode()),
        clock=SystemClock(),
        randomness=SystemRandomness(),
    )
    settings = {"key": secret.encode(), "signing": signing, "caller": caller_at("")}
    return PlatformFaces(address=address, **{**settings, **changed})


@define
class Overheard:
    """A platform, and what it was asked."""

    simulated: SimulatedFaces
    asked: list[Asked] = field(factory=list)

    def answer(self, asked: Asked) -> Told:
        """Answer, and remember."""
        self.asked.append(asked)
        return self.simulated.answer(asked)


@pytest.fixture
def simulated() -> SimulatedFaces:
    """Give a platform at which nobody has shown his face yet."""
    return SimulatedFaces(Signatures("supervision", SECRET), "https://face.example")


@pytest.mark.function("F096")
class TestPlatformFaces(FaceCertificationContract):
    """The adapter keeps the contract of the port, over real HTTP."""

    faults = tuple(sorted({*FAULTS, *DRIPS}))

    @pytest.fixture
    def partner(self, simulated: SimulatedFaces) -> Iterator[FacePartner]:
        """Give adapter and platform."""
        faulty = Faulty(simulated)

        def let_pass(certify_id: str) -> None:
            simulated.decide(certify_id, passes=True)

        with served(faulty.answer) as target, dripping(faulty, target) as address:

            def break_by(fault: str) -> None:
                faulty.fault = fault
                partner.faces = faces_at(address + GATEWAY, caller=caller_at(fault))

            partner = FacePartner(faces_at(address + GATEWAY), let_pass, break_by)
            yield partner


class TestPlayedFaces(FaceCertificationContract):
    """What tests play keeps it as well."""

    @pytest.fixture
    def partner(self) -> FacePartner:
        """Give it."""
        faces = PlayedFaces()

        def break_by(fault: str) -> None:
            faces.broken = bool(fault)

        return FacePartner(faces, faces.let_pass, break_by)


@pytest.mark.function("F096", surface="library")
def test_what_is_asked_is_what_the_proposal_says(simulated: SimulatedFaces) -> None:
    """6.4.2.4.2.1: a POST of userName and cardNo (AES) as JSON; nothing personal in an address."""
    overheard = Overheard(simulated)
    with served(overheard.answer) as address:
        begun = faces_at(f"{address}{GATEWAY}/").begin(NAME, NUMBER)
        assert begun is not None
        faces_at(address + GATEWAY).passed(begun.certify_id)
    opened, asked = overheard.asked
    assert opened.method == "POST"
    assert opened.target == "/scmp-gateway/userAuth-rest/alipay/openFaceCertify"
    assert opened.headers["content-type"] == "application/json"
    said = json.loads(opened.body)
    assert said.keys() == {"userName", "cardNo"}
    assert said["userName"] == NAME
    assert NUMBER.encode() not in opened.body
    assert deciphered(said["cardNo"], SECRET.encode()) == NUMBER
    assert simulated.people[begun.certify_id] == (NAME, NUMBER)
    path = "/scmp-gateway/userAuth-rest/alipay/getFacePhoto"
    assert (asked.method, asked.target) == ("GET", f"{path}?certifyId={begun.certify_id}")
    assert asked.body == b""


def test_the_cipher_is_that_of_the_java_tool_class() -> None:
    """AES/ECB/PKCS5, Base64. Vector: openssl enc -aes-128-ecb -K (hex of the key) -base64."""
    assert enciphered("450103199001010012", b"0123456789abcdef") == VECTOR


VECTOR = "FD3TO+5jkfxpkLK0vPS6hItf6AeiYAavnXolKgdMBtY="


@pytest.mark.parametrize("size", [0, 15, 17, 33])
def test_a_secret_that_is_no_key_is_refused_at_the_start(size: int) -> None:
    """Rather than at the first log-in."""
    with pytest.raises(SecretUnfit):
        faces_at("https://face.example", "x" * size)
    for address in ("http://face.example", "https://a:b@face.example", "https://face.example/?x"):
        with pytest.raises(AddressUnfit):
            faces_at(address)


@pytest.mark.parametrize(
    "data",
    [None, 7, [], "x", {}, {"certifyId": "a"}, {"certifyUrl": "https://face.example"},
     {"certifyId": "a b", "certifyUrl": "https://face.example"},
     {"certifyId": "x" * 129, "certifyUrl": "https://face.example"},
     {"certifyId": "a", "certifyUrl": "javascript:alert(1)"},
     {"certifyId": "a", "certifyUrl": "http://face.example"},
     {"certifyId": "a", "certifyUrl": "https://user@face.example"},
     {"certifyId": "a", "certifyUrl": "https://face.example/" + "x" * 2000}],
    ids=["none", "number", "list", "text", "empty", "no_address", "no_id", "blank", "long",
         "script", "plain", "user", "far"],
)  # fmt: skip
def test_an_address_that_nobody_should_open_is_refused(data: object) -> None:
    """What the platform tells is shown to people: an id and a protected address, or nothing."""

    def answer(_: Asked) -> Told:
        return Told.json({"flag": "1", "errCode": "", "errMsg": "", "data": data})

    with served(answer) as address, pytest.raises(PartnerUnavailable):
        faces_at(address).begin(NAME, NUMBER)


def test_data_may_come_as_text(simulated: SimulatedFaces) -> None:
    """As other interfaces of the platform do it; names of fields in any case."""

    def answer(asked: Asked) -> Told:
        told = json.loads(simulated.answer(asked).body)
        return Told.json(
            {**told, "data": json.dumps(told["data"]).upper().replace("HTTPS", "https")}
        )

    with served(answer) as address:
        begun = faces_at(address + GATEWAY).begin(NAME, NUMBER)
    assert begun is not None
    assert begun.address.startswith("https://")


def test_a_photo_is_larger_than_other_answers_and_still_limited(simulated: SimulatedFaces) -> None:
    """Three megabytes of picture are read and forgotten; more than four are refused."""
    sizes = [3_000_000, 5_000_000]

    def answer(asked: Asked) -> Told:
        told = simulated.answer(asked)
        if "getFacePhoto" not in asked.path:
            return told
        return Told.json({"flag": "1", "data": "x" * sizes.pop(0)})

    with served(answer) as address:
        faces = faces_at(address + GATEWAY)
        assert faces.passed("a")
        with pytest.raises(PartnerUnavailable):
            faces.passed("a")


def test_nobody_else_asks_in_our_name(simulated: SimulatedFaces) -> None:
    """Without the secret nothing is begun and nobody passes; a request counts once."""
    overheard = Overheard(simulated)
    with served(overheard.answer) as address:
        begun = faces_at(address + GATEWAY).begin(NAME, NUMBER)
        assert begun is not None
        simulated.decide(begun.certify_id, passes=True)
        stranger = faces_at(address + GATEWAY, "another-secret-x")
        assert stranger.begin(NAME, NUMBER) is None
        assert not stranger.passed(begun.certify_id)
        (first, *_) = overheard.asked
        again = requests.post(
            address + first.target, data=first.body, headers=dict(first.headers), timeout=60
        )
        assert again.json()["flag"] == "0"


def test_who_opens_the_address_decides_for_himself() -> None:
    """联调: the page of the simulator lets pass, or not, whoever opens the address."""
    simulated = SimulatedFaces(Signatures("supervision", SECRET))
    with simulated_faces(simulated) as address:
        faces = faces_at(address)
        for passes, word in ((False, "0"), (True, "1")):
            begun = faces.begin(NAME, NUMBER)
            assert begun is not None
            assert "是本人" in requests.get(begun.address, timeout=60).text
            requests.get(f"{begun.address}&passes={word}", timeout=60)
            assert faces.passed(begun.certify_id) is passes
        assert requests.get(f"{address}/face?certifyId=none", timeout=60).status_code == 404
        assert requests.get(f"{address}/none", timeout=60).status_code == 404


def test_nothing_personal_is_told_by_a_failure() -> None:
    """Neither name, number nor secret stands in what an outage raises or in what is shown."""
    faces = faces_at("http://127.0.0.1:1")
    with pytest.raises(PartnerUnavailable) as caught:
        faces.begin(NAME, NUMBER)
    seen = f"{caught.value!r}{caught.value}{caught.value.__context__!r}{faces!r}"
    assert not any(one in seen for one in (NAME, NUMBER, SECRET))


@pytest.mark.function("F096", surface="library")
def test_an_installation_is_set_to_the_platform(
    sqlite_engine: Engine,
    simulated: SimulatedFaces,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the settings to a session, as an installation is put together."""
    secret = tmp_path / "face.secret"
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    database = sqlite_engine.url.render_as_string(hide_password=False)
    with simulated_faces(simulated) as address:
        monkeypatch.setenv("SUPERVISION_FACE_URL", address)
        monkeypatch.setenv("SUPERVISION_FACE_APPLICATION", "supervision")
        monkeypatch.setenv("SUPERVISION_FACE_SECRET", str(secret))
        platform = open_platform(database, make_keys=True)
        region = RegionContent(code="450000", name="广西", level="province", parent="")
        platform.commands.run(add_region, AddRegion(content=region), actor=operator())
        data = DepartmentData(name="示例局", code="1", region="450000")
        home = platform.commands.run(add_department, AddDepartment(data=data), actor=operator())
        command = RegisterUser(draft=full_draft("li.moni", home))
        user = platform.commands.run(register_user, command, actor=operator())
        password = platform.log_ins.issue_password(user, actor=operator())
        log_ins = evolve(platform.log_ins, captchas=Passing())
        given = log_ins.log_in_with_face("li.moni", password, source="192.0.2.1", captcha="")
        ((certify_id, known),) = simulated.people.items()
        assert known == (NAME, NUMBER)
        simulated.decide(certify_id, passes=True)
        session = log_ins.confirm_face(given.token, source="192.0.2.1")
        assert session.must_change
        assert log_ins.resume(session.token).user == user
        platform.engine.dispose()
