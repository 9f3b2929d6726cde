"""What the documentation shows works."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
CALL = "from entrypoints.cli import main; main()"


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
            for line in body.splitlines():
                if line.startswith("$ supervision "):
                    call = [sys.executable, "-c", CALL, *shlex.split(line)[2:]]
                    steps.append(f"__import__('subprocess').run({call!r}, check=True)\n")
    return "".join(steps)


def _as_at_home(folder: Path) -> dict[str, str]:
    """Give the environment of somebody whose home is ``folder`` and who has set nothing."""
    unset = {name: one for name, one in os.environ.items() if not name.startswith("SUPERVISION_")}
    return {**unset, "HOME": str(folder)}


def _run(text: str, folder: Path) -> None:
    if script := _script(text):
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
