"""Shell commands that the documentation shows, but that no test can run, can at least be pasted."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from itertools import dropwhile, groupby
from pathlib import Path

import click
import pytest

from entrypoints.cli import main
from entrypoints.cli.framing import LazyGroup

from .test_code_blocks import ROOT, _blocks, _pages

NO_NAME = re.compile(r"\$\{?[^\x00-\x7f]|(?:^|\s)(?=\w*[^\x00-\x7f])\w+=", re.MULTILINE)
"""A variable whose name no shell takes; a value may be Chinese."""
SET = re.compile(r"\w+=")
ENDS = {"|", ">", "&&", ";", "<", "&"}
PAGES = [*_pages(), ROOT / "CONTRIBUTING.md"]


def faults(text: str) -> Iterator[str]:
    """Give what a shell, or the command line of the product, would not take."""
    for language, _, body in _blocks(text):
        if language == "sh":
            checked = subprocess.run(
                ["bash", "-n"],  # noqa: S607 - whichever is installed
                input=body, capture_output=True, text=True, check=False,
            )  # fmt: skip
            yield from [checked.stderr] * bool(checked.returncode)
            yield from (f"no name of a variable: {one}" for one in NO_NAME.findall(body))
            for line in body.replace("\\\n", " ").splitlines():
                yield from _refused(line)


def _refused(line: str) -> Iterator[str]:
    words = shlex.split(line, comments=True)
    for ends, some in groupby(words, ENDS.__contains__):
        command = [*dropwhile(SET.match, some)]
        if not ends and command and Path(command[0]).name == "supervision":
            yield from _unknown(command[1:])


def _unknown(words: list[str]) -> Iterator[str]:
    found: click.Command = main
    context = click.Context(main)
    while isinstance(found, click.Group) and words and not words[0].startswith("-"):
        below = found.get_command(context, words[0])
        if below is None:
            yield f"no command: {words[0]}"
            return
        found = found.loaded(words[0]) if isinstance(found, LazyGroup) else below
        words = words[1:]
    known = {option for one in found.get_params(context) for option in one.opts}
    given = {word.partition("=")[0] for word in words if word.startswith("--")}
    yield from (f"{found.name} knows no {option}" for option in sorted(given - known))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_shell_commands_can_be_pasted(page: Path) -> None:
    """Names of variables are names to a shell, and commands and options of the product exist."""
    assert [*faults(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "body",
    [
        "令牌=x\n",
        'echo "$令牌"\n',
        "if true\n",
        "supervision no-such-command\n",
        "supervision audit verify a.db --no-such-option\n",
        "export A=1\nsupervision backup no-such-command b | cat\n",
    ],
    ids=["set", "used", "syntax", "command", "option", "below"],
)
def test_the_watch_sees_what_cannot_be_pasted(body: str) -> None:
    """Negative control: each kind of fault is found."""
    assert [*faults(f"```sh\n{body}```\n")]
