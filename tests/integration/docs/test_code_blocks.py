"""What the documentation shows works."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.forked import play

ROOT = Path(__file__).resolve().parents[3]
FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
COMMANDS = """
import os, sys
from entrypoints.cli import main

def supervision(*words):
    sys.stdout.flush()
    if not (child := os.fork()):
        sys.argv = ["supervision", *words]
        try:
            main()
        except SystemExit as ended:
            print(end="", flush=True)
            os._exit(ended.code if isinstance(ended.code, int) else bool(ended.code))
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    if status := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise SystemExit(f"{words}: {status}")
"""
"""Each command is a process of its own, forked where the product is read in already: reading it
takes longer than most commands do."""


def _blocks(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Give language, file name and text of every fence."""
    for _, info, body in FENCE.findall(text):
        language, *options = info.split() or [""]
        names = [option.removeprefix("file=") for option in options if option.startswith("file=")]
        yield language, names[0] if names else None, body


def _script(text: str) -> str:
    """Give one program that does, in order, what the fences of a page show."""
    steps = []
    for language, file, body in _blocks(text):
        if file:
            steps.append(f"__import__('pathlib').Path({file!r}).write_text({body!r}, 'utf-8')\n")
        elif language == "python":
            steps.append(body)
        elif language == "console":
            steps += (
                f"supervision(*{shlex.split(line)[2:]!r})\n"
                for line in body.splitlines()
                if line.startswith("$ supervision ")
            )
    script = "".join(steps)
    return COMMANDS + script if "supervision(*" in script else script


def _as_at_home(folder: Path) -> dict[str, str]:
    """Give the environment of somebody whose home is ``folder`` and who has set nothing."""
    unset = {name: one for name, one in os.environ.items() if not name.startswith("SUPERVISION_")}
    return {**unset, "HOME": str(folder)}


def _run(text: str, folder: Path) -> None:
    script = _script(text)
    if "supervision(*" in script:
        ran = play(script, _as_at_home(folder), folder)
        assert ran.code == 0, f"{ran.out}\n{ran.err}"
    elif script:
        done = subprocess.run(  # noqa: S603 - our own documentation
            [sys.executable, "-W", "error", "-c", script],
            cwd=folder,
            env=_as_at_home(folder),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def _pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    """Whoever copies the code of a page into an empty folder sees it work."""
    if page.exists():
        _run(page.read_text(encoding="utf-8"), tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "```python\n1 / 0\n```\n",
        "```python\nx = 1\n```\n\n```python\nassert x == 2\n```\n",
        "```console\n$ supervision no-such-command\n```\n",
    ],
    ids=["python", "shared-names", "console"],
)
def test_the_watch_sees(text: str, tmp_path: Path) -> None:
    """Negative control: a page that does not work is found."""
    with pytest.raises(AssertionError):
        _run(text, tmp_path)


def test_files_are_written_first_and_other_fences_only_shown(tmp_path: Path) -> None:
    """A fence with a file name feeds the ones below it; an unmarked one is never executed."""
    text = (
        "```text\n1 / 0\n```\n"
        "```yaml file=b.yaml\nx: 1\n```\n"
        "```python\nassert open('b.yaml').read() == 'x: 1\\n'\n```\n"
    )
    _run(text, tmp_path)
