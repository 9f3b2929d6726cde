"""Providers, vectors, and a password machine in software, built by the C compiler of the system."""

import ctypes
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from adapters.crypto.sdf import SdfMachine
from adapters.system import SystemRandomness
from supervision_core.kernel.ports import Randomness

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "sm_vectors.json"


@pytest.fixture(scope="session")
def vectors() -> Mapping[str, Any]:
    """Give the published values, which name where they come from."""
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert "GM/T 0004" in found["provenance"]
    return found


@pytest.fixture(scope="session")
def randomness() -> Randomness:
    """Give the system's source."""
    return SystemRandomness()


def _built(folder: Path, *flags: str) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler")
    made = folder / "libsdf_stub.so"
    with resources.as_file(
        resources.files("adapters.crypto").joinpath("sdf_stub/sdf_stub.c")
    ) as source:
        command = [compiler, "-O2", "-shared", "-fPIC", *flags, "-o", str(made), str(source)]
        subprocess.run(command, check=True)  # noqa: S603 - the system's own compiler
    return made


@pytest.fixture(scope="session")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the library of the stub, edition of 2023."""
    return _built(tmp_path_factory.mktemp("stub"))


@pytest.fixture(scope="session")
def old_stub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the library of the stub without authenticated encryption."""
    return _built(tmp_path_factory.mktemp("old"), "-DSTUB_2012")


@pytest.fixture
def setup(stub: Path) -> ctypes.CDLL:
    """Give what an administrator does at the machine."""
    found = ctypes.CDLL(str(stub))
    found.STUB_SetKek(1, b"kek of the stub!")
    found.STUB_SetKeyPair(1, b"\x11" * 32)
    return found


@pytest.fixture
def machine(stub: Path, setup: ctypes.CDLL) -> Iterator[SdfMachine]:
    """Give an open machine, and see that its session ends."""
    before = setup.STUB_Sessions()
    found = SdfMachine.open(stub)
    yield found
    found.close()
    assert setup.STUB_Sessions() == before
