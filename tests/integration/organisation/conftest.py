"""The existing platform as it is played, and a way to it over real HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints.simulators.organisation import SimulatedOrganisation
from entrypoints.simulators.signatures import Signatures
from entrypoints.simulators.source import simulated_source

SECRET = "a secret of tests"  # noqa: S105 - of a partner that is played


@pytest.fixture
def simulated() -> SimulatedOrganisation:
    """Give the platform."""
    return SimulatedOrganisation(Signatures("supervision", SECRET))


@pytest.fixture
def connected(
    simulated: SimulatedOrganisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Serve it, and set this installation to it."""
    secret = tmp_path / "organisation.secret"
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    with simulated_source(simulated) as address:
        monkeypatch.setenv("SUPERVISION_ORGANISATION_URL", address)
        monkeypatch.setenv("SUPERVISION_ORGANISATION_APPLICATION", "supervision")
        monkeypatch.setenv("SUPERVISION_ORGANISATION_SECRET", str(secret))
        yield address
