import os
import subprocess
import sys

WITHOUT = """
import sys

sys.modules[{name!r}] = None
from entrypoints.starting import main

sys.argv = ["supervision", "--help"]
main()
"""


def said_without(name: str) -> subprocess.CompletedProcess[str]:
    """Run the program where a module cannot be found."""
    return subprocess.run(  # noqa: S603 - this test's own program
        [sys.executable, "-c", WITHOUT.format(name=name)],
        env=dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_core_alone_says_what_to_install() -> None:
    """Where only the core was installed, the command line names what is missing, and the remedy."""
    found = said_without("rich_click")
    assert found.returncode == 1
    assert "rich_click" in found.stderr
    assert "pip install '.[all]'" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_part_of_our_own_that_is_missing_is_a_fault() -> None:
    """The control: what pip cannot bring is not blamed on the installation."""
    found = said_without("entrypoints.cli")
    assert "Traceback" in found.stderr
