"""S1: schemathesis finds no answer that the description does not promise, and no 500."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from entrypoints.http.api import api_routes, describe

from .province import token_of
from .running import Server, running

ROLES = (
    "system",
    *(pytest.param(one, marks=pytest.mark.slow)
      for one in ("security", "auditor", "reader", "interface", "nobody")),
)  # fmt: skip
ENDING = ("log_out", "end_own_sessions", "change_password", "identity_revoke_sessions")
"""Operations that would end the session with which the others are tried; they have tests."""
CASES = int(os.environ.get("HTTP_FUZZ_CASES", "1"))
EXCLUDED = "positive_data_acceptance"
"""The check that whatever fits the schema is accepted: business rules are no schema, and answer
422 with every reason."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server over SQLite."""
    with running(tmp_path_factory.mktemp("fuzz")) as found:
        yield found


def fuzz(server: Server, role: str, folder: Path, *more: str) -> tuple[int, str, int]:
    """Try every operation as ``role``; give exit code, report and how many cases there were."""
    described = folder / "openapi.json"
    described.write_text(json.dumps(describe(api_routes())), encoding="utf-8")
    tool = shutil.which("st", path=os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin"]))
    assert tool
    found = subprocess.run(  # noqa: S603 - the tool of this environment
        [
            tool, "run", str(described), "--url", server.url,
            "-H", f"Authorization: Bearer {token_of(role)}", "--exclude-checks", EXCLUDED,
            "--suppress-health-check", "all", "--seed", "20260701", "--warnings", "off",
            "--continue-on-failure", "--report", "ndjson", "--report-dir", str(folder / "report"),
            *(word for name in ENDING for word in ("--exclude-operation-id", name)), *more,
        ],
        capture_output=True, text=True, check=False, cwd=folder, timeout=3000,
    )  # fmt: skip
    (report,) = (folder / "report").glob("*.ndjson")
    return found.returncode, found.stdout, sum(_statuses(report).values())


def _statuses(report: Path) -> Counter[int]:
    found: Counter[int] = Counter()
    for line in report.read_text(encoding="utf-8").splitlines():
        event: dict[str, Any] = json.loads(line)
        recorder = event.get("ScenarioFinished", {}).get("recorder", {})
        for one in recorder.get("interactions", {}).values():
            found[(one.get("response") or {}).get("status_code", 0)] += 1
    return found


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_is_undocumented(server: Server, role: str, tmp_path: Path) -> None:
    """Whatever is sent, the answer is one that the description gives for it; none is a 500."""
    phases = "examples,fuzzing,stateful" if CASES == 1 else "examples,coverage,fuzzing,stateful"
    code, told, cases = fuzz(server, role, tmp_path, "--phases", phases, "-n", str(CASES))
    assert code == 0, told[-6000:]
    assert cases >= 60
    assert "unexpected" not in server.log.read_text()


@pytest.mark.slow
def test_a_seeded_fault_is_found(tmp_path: Path) -> None:
    """Negative control: a value that nobody foresaw becomes a 500, and the run fails for it."""
    with running(tmp_path, HTTP_TEST_FAULT="broken") as server:
        code, told, _ = fuzz(
            server, "reader", tmp_path, "--include-operation-id", "identity_list_regions",
            "--phases", "fuzzing", "-n", "20",
        )  # fmt: skip
    assert code == 1
    assert "Server error" in told
