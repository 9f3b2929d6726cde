"""One description, every surface: a register that a test declares gets all of them."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_a_declared_register_has_every_surface() -> None:
    """Design 10: a declaration with a field of every type, and no other line about it.

    In a process of its own, in which a plugin declares it before anything asks for registers:
    pages, interface, workbooks and the matrices of pages and routes.
    """
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "tests.integration.http.synthetic",
        str(HERE / "specimen_checks.py"), str(HERE / "test_pages_matrix.py"),
        "-k", "specimen",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout[-8_000:]
