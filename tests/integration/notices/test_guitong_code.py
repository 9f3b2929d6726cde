"""桂通码 over real HTTP, as an installation that sets it makes and reads codes."""

from pathlib import Path

import pytest
from attrs import evolve
from tests.scan_codes import a_code

from adapters.crypto.platform_keys import KeySettings
from adapters.system import SystemClock, SystemRandomness
from entrypoints.container.codes import open_codes
from entrypoints.settings import Settings
from entrypoints.simulators.guitong_code import SimulatedGuitongCode, simulated_guitong_code
from entrypoints.simulators.signatures import Signatures
from supervision_core.kernel.scan_codes import CodeKind, CodeRefused

SECRET = "a secret of tests"  # noqa: S105 - of a partner that is played
TODAY = a_code().issued_on


@pytest.mark.function("F214", surface="cli")
def test_the_platform_issues_and_resolves_codes(tmp_path: Path) -> None:
    """Codes of firms are its own and stand for ours; once it is gone, ours are made and read.

    部分: no real platform is connected, and no batch issue on registration.
    """
    secret = tmp_path / "guitong.secret"
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    randomness, clock = SystemRandomness(), SystemClock()
    kept = KeySettings(folder=tmp_path / "keys", master=tmp_path / "master.key")
    kept.make(randomness)
    keys = kept.open(randomness)
    simulated = SimulatedGuitongCode(Signatures("supervision", SECRET))
    with simulated_guitong_code(simulated) as address:
        settings = evolve(
            Settings.from_environment({}), guitong_code_url=address,
            guitong_code_application="supervision", guitong_code_secret=secret,
            public_url="https://jianguan.example.cn/",
        )  # fmt: skip
        codes = open_codes(settings, keys, clock, randomness)
        text = codes.make(a_code())
        assert text.startswith("GTM")
        assert codes.read(text, today=TODAY) == a_code()
        assert codes.read(codes.link_of(text), today=TODAY) == a_code()
        assert codes.make(a_code(CodeKind.VISIT)).startswith("SC1.V.")
        with pytest.raises(CodeRefused, match="malformed"):
            codes.read("GTM000", today=TODAY)
    assert codes.make(a_code()).startswith("SC1.F.")
    with pytest.raises(CodeRefused, match="unavailable"):
        codes.read(text, today=TODAY)
