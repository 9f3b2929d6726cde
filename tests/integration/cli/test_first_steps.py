"""What somebody meets who starts: help, usage errors, and disks that take nothing."""

import ast
import errno
import inspect
import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from attrs import frozen
from click import exceptions, parser, types

from entrypoints.cli import main
from entrypoints.cli.chinese import USAGE_WORDS
from entrypoints.cli.framing import LazyGroup
from entrypoints.worker.loop import Job, Worker

Run = Callable[..., Any]
FULL = Path("/dev/full")
HYGIENE = Path(__file__).resolve().parents[3] / "docs/formats/examples/food_hygiene.yaml"
FACTS = "id,hygiene_points,structure_points,confidence_points\nx1,10,5,0\n"
SUBJECTS = "名称,统一社会信用代码,行政区划\n某某公司（样例）,91450100MA5KA00001,450103\n,,\n,x,\n"
CALLED = (sys.executable, "-c", "from entrypoints.cli import main; main()")


@frozen
class Ran:
    """What a process of its own said, and the seconds of processor time that it took."""

    code: int
    err: str
    seconds: float


def _ran(*words: str, folder: Path, out: Path = Path(os.devnull)) -> Ran:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with out.open("w", encoding="utf-8") as file:
        ran = subprocess.run(  # noqa: S603 - our own program
            [*CALLED, *words],
            cwd=folder,
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(ran.returncode, ran.stderr, used)


@frozen
class Known:
    """A command, and how its list shows it."""

    words: tuple[str, ...]
    command: click.Command
    shown: str | None = None


def commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[Known]:
    """Give all commands below ``group``, however deep."""
    context = click.Context(group)
    for name in group.list_commands(context):
        shown = group.get_command(context, name)
        assert shown is not None
        lazy = isinstance(group, LazyGroup)
        command = group.loaded(name) if isinstance(group, LazyGroup) else shown
        yield Known((*words, name), command, shown.help if lazy else None)
        if isinstance(command, click.Group) and name not in {"do", "ask"}:
            yield from commands(command, (*words, name))


COMMANDS = {" ".join(one.words): one for one in commands(main)}


@pytest.mark.parametrize("asked", ["--help", "-h"])
@pytest.mark.parametrize(
    "words", [*COMMANDS, "do identity.add_region", "ask identity.list_regions"]
)
def test_every_command_answers_help(run: Run, words: str, asked: str) -> None:
    """In Chinese, its own first line too."""
    said = run(*words.split(), asked)
    assert said.code == 0
    assert said.out.lstrip().startswith("用法：")
    assert "显示本帮助" in said.out


@pytest.mark.parametrize("words", [words for words, one in COMMANDS.items() if one.shown])
def test_the_list_of_commands_says_what_their_help_says(words: str) -> None:
    """Each command is shown without being loaded, by the words with which its help starts."""
    known = COMMANDS[words]
    assert (known.command.help or "").split("\n\n")[0] == known.shown


USAGE = {
    "no-such-command": ("no-such",),
    "no-such-option": ("draw", "--no-such"),
    "nearly-an-option": ("draw", "--rul", "x"),
    "missing-option": ("draw",),
    "missing-argument": ("verify-draw",),
    "missing-value": ("draw", "--pool"),
    "missing-environment": ("migrate",),
    "no-such-file": ("verify-draw", "x.y"),
    "folder-as-file": ("verify-draw", "."),
    "no-number": ("serve", "--database", "a", "--port", "x"),
    "no-choice": ("init", "--database", "a", "--restore-duty", "x"),
    "no-day": ("grade", "x", "--database", "a", "--as-of", "x"),
    "too-many": ("settings", "x"),
    "too-few-values": ("init", "--phones", "1"),
    "a-value-to-a-flag": ("settings", "--json=1"),
    "no-such-case": ("do", "no.such"),
    "no-such-data": ("do", "identity.add_region", "--data", "x.y", "--database", "a"),
}


@pytest.mark.parametrize("words", USAGE.values(), ids=USAGE)
def test_usage_errors_are_chinese(run: Run, words: tuple[str, ...]) -> None:
    """Exit code 2; no English word but names of commands, options and files."""
    said = run(*words)
    assert said.code == 2
    assert "用法有误" in said.err
    text = re.sub(r"[│╭╮╰╯─\s]", " ", said.err)
    text = re.sub(r"(?<![\w-])--?[a-z][a-z-]*|%Y-%m-%d|[A-Z_]{3,}|[a-z_]+\.[a-z_]+", "", text)
    called = {"main", "supervision", "json", *words, *" ".join(words).split()}
    known = {*called, "system", "security", "audit", "no-such"}
    assert set(re.findall(r"[A-Za-z-]{3,}", text)) <= known, said.err


def asked_of_the_catalogue(module: Any) -> Iterator[str]:
    """Give the English that ``module`` of click asks ``gettext`` for."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
            if node.func.id == "_":
                yield str(texts[0]) if texts else ""
            elif node.func.id == "ngettext":
                yield str(texts[0])


@pytest.mark.parametrize("module", [exceptions, parser, types], ids=lambda one: one.__name__)
def test_every_word_of_clicks_usage_errors_is_known(module: Any) -> None:
    """A later click that says something else is noticed here."""
    programmers = {"Choice({choices})"}
    assert set(asked_of_the_catalogue(module)) <= {*USAGE_WORDS, *programmers}


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
def test_a_full_disk_is_told_in_chinese(tmp_path: Path) -> None:
    """One line and exit code 1, whether the result or a file of it cannot be written."""
    settings = _ran("settings", folder=tmp_path, out=FULL)
    assert (settings.code, settings.err) == (1, "✗ 文件不能读写：磁盘已满\n")


@pytest.mark.parametrize("words", [
    ("export", "template", "subjects", "/proc/no.xlsx"),
    ("scene", "sample", "dairy", "/proc/no.zip"),
    ("scene", "sample", "dairy", "/proc/no"),
    ("demo", "--out", "/proc/no"),
    ("demo", "--out", "/proc/no/deeper"),
    ("draw", "--pool", "p.csv", "--rule", "r.yaml", "--out", "/proc/no"),
    ("assess", "--model", "m.yaml", "--facts", "f.csv", "--out", "/proc/no.csv"),
    ("assess", "--model", "m.yaml", "--facts", "f.csv", "--out", "/proc/no.xlsx"),
    ("assess", "--model", "m.yaml", "--facts", "f.csv", "--out", "/proc/no.parquet"),
    ("init", "--database", "/proc/no.db"),
    ("init", "--database", "a.db", "--administrators", "/proc/no"),
    ("import", "subjects", "s.csv", "--database", "a.db", "--errors", "/proc/no.xlsx"),
    ("export", "subjects", "/proc/no.xlsx", "--database", "a.db"),
    ("export", "regions", "/proc/no.xlsx", "--database", "a.db"),
    ("audit", "export", "/proc/no.xlsx", "--database", "a.db"),
    ("audit", "export", "/proc/no.jsonl", "--database", "a.db"),
    ("audit", "key", "/proc/no.pem"),
    ("audit", "paper", "/proc/no.pdf", "--database", "a.db"),
    ("backup", "make", "/proc/no", "--database", "a.db"),
    ("backup", "safe-key", "/proc/no.key", "--passphrase-file", "word"),
    ("certificate", "issue", "a", "/proc/no", "--passphrase-file", "word"),
    ("worker", "--once", "--database", "a.db", "--health", "/proc/no.json"),
], ids=lambda words: "-".join(words[:2]))  # fmt: skip
def test_a_folder_that_takes_nothing_is_told_in_chinese(run: Run, words: tuple[str, ...]) -> None:
    """One line that names the file, and exit code 1: at each command that writes."""
    Path("p.csv").write_text("id,stratum\na,A\n", encoding="utf-8")
    Path("r.yaml").write_text("strata: {A: {count: 1}}", encoding="utf-8")
    Path("m.yaml").write_bytes(HYGIENE.read_bytes())
    Path("f.csv").write_text(FACTS, encoding="utf-8")
    Path("s.csv").write_text(SUBJECTS, encoding="utf-8")
    Path("word").write_text("correct horse battery", encoding="utf-8")
    if "a.db" in words or "audit" in words:
        assert run("init", "--database", "a.db").code == 0
    if "audit" in words:
        assert run("import", "subjects", "s.csv", "--database", "a.db").code == 0
        assert run("audit", "checkpoint", "--database", "a.db").code == 0
    said = run(*words)
    assert said.code == 1, said
    assert re.search(r"(?m)^✗ (文件|数据库)不能.*(不存在|没有权限|只读|不能打开)", said.err), said
    assert "Traceback" not in said.err


def test_a_file_that_is_no_database_is_told_in_chinese(run: Run, tmp_path: Path) -> None:
    """Not by the driver's words."""
    (tmp_path / "a.db").write_text("no database at all" * 100, encoding="utf-8")
    said = run("migrate", "--database", "a.db")
    assert (said.code, said.err) == (1, "✗ 数据库不能使用：不是 SQLite 数据库文件\n")


NO_ROOM = """
import resource, sys
from entrypoints.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
main(sys.argv[1:])
"""


@pytest.mark.parametrize("words", [
    ("draw", "--pool", "p.csv", "--rule", "r.yaml"),
    ("assess", "--model", "m.yaml", "--facts", "f.csv", "--out", "o.parquet"),
    ("assess", "--model", "m.yaml", "--facts", "f.csv", "--out", "o.xlsx"),
    ("scene", "sample", "dairy", "x"),
    ("init", "--database", "a.db"),
], ids=lambda words: "-".join((words[0], words[-1])))  # fmt: skip
def test_a_disk_that_fills_on_the_way_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Not taken for a fault of the file that was read, and no traceback; files end at one byte."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "p.csv").write_text("id,stratum\na,A\n", encoding="utf-8")
    (tmp_path / "r.yaml").write_text("strata: {A: {count: 1}}", encoding="utf-8")
    (tmp_path / "m.yaml").write_bytes(HYGIENE.read_bytes())
    (tmp_path / "f.csv").write_text(FACTS, encoding="utf-8")
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", NO_ROOM, *words],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    assert re.fullmatch(r"✗ (文件|数据库)不能\S+：.*(限制|已满|出错)）?\n", ran.stderr), ran.stderr


def test_a_port_that_is_taken_is_told_in_chinese(run: Run) -> None:
    """Two services never share one in silence."""
    assert run("init", "--database", "a.db").code == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run("serve", "--database", "a.db", "--port", port)
    assert (said.code, said.err) == (
        1, f"✗ 网络不能使用：http://127.0.0.1:{port}（端口已被占用）\n",
    )  # fmt: skip


def test_one_round_of_the_worker_says_what_it_did(run: Run) -> None:
    """Each job by its title, and how it ended."""
    assert run("init", "--database", "a.db").code == 0
    said = run("worker", "--once", "--database", "a.db")
    assert said.code == 0
    assert len(re.findall(r"(?m)^✓ \S+（[a-z_-]+）$", said.err)) >= 7, said.err


def test_a_job_on_a_full_disk_is_told_in_chinese(caplog: pytest.LogCaptureFixture) -> None:
    """One line, and no traceback; a fault of the program keeps its own."""

    def fills() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "备份")

    job = Job(name="backup", title="备份", every=timedelta(hours=4), run=fills)
    assert not Worker([job]).run_once()
    (record,) = caplog.records
    assert (record.getMessage(), record.exc_info) == (
        "backup: 文件不能读写：备份（磁盘已满）", None,
    )  # fmt: skip


HEAVY = (
    "alembic", "cryptography", "dependency_injector", "docxtpl", "duckdb", "gmssl", "granian",
    "jinja2", "litestar", "numpy", "psycopg", "pyarrow", "requests", "sqlalchemy", "typst",
    "xlsxwriter", "yaml",
)  # fmt: skip


def _fewest_seconds(*words: str, folder: Path, most: float) -> float:
    """Give the least processor time of several tries: a busy machine only adds to it."""
    least = float("inf")
    for _ in range(5):
        least = min(least, _ran(*words, folder=folder).seconds)
        if least <= most:
            break
    return least


@pytest.mark.parametrize(
    ("words", "most"),
    [
        (("--help",), 0.9),
        (("no-such",), 0.9),
        (("demo", "--help"), 0.9),
        (("verify-draw", "draw/proof.json"), 1.8),
        (("assess", "--model", "m.yaml", "--facts", "f.csv"), 1.8),
    ],
    ids=lambda one: one[0].strip("-") if isinstance(one, tuple) else "",
)
def test_little_is_loaded_before_a_command_works(
    run: Run, tmp_path: Path, words: tuple[str, ...], most: float
) -> None:
    """Three times what the issue allows, in seconds of processor time; work itself included."""
    Path("p.csv").write_text("id,stratum\na,A\n", encoding="utf-8")
    Path("r.yaml").write_text("strata: {A: {count: 1}}", encoding="utf-8")
    Path("m.yaml").write_bytes(HYGIENE.read_bytes())
    Path("f.csv").write_text(FACTS, encoding="utf-8")
    assert run("draw", "--pool", "p.csv", "--rule", "r.yaml").code == 0
    assert _fewest_seconds(*words, folder=tmp_path, most=most) <= most


LOADED = f"""
import sys
from click import UsageError
from entrypoints.cli import main
def loaded(words):
    try:
        main(words, standalone_mode=False)
    except UsageError:
        pass
    return " ".join(one for one in {HEAVY!r} if one in sys.modules)
"""

ALONE = f"{LOADED}\nsys.exit(loaded(sys.argv[1:]))"

FORKS = f"""
import os
{LOADED}
answers, nothing = os.fdopen(os.dup(1), "w", 1), os.open(os.devnull, os.O_WRONLY)
for line in sys.stdin:
    if not (child := os.fork()):
        os.dup2(nothing, 1)
        sys.exit(loaded(line.split()) or 0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers)
"""
"""Each command in a process of its own, forked from one that has read in the program alone."""


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], tuple[int, str]]]:
    """Give what runs a command to its end; tells its exit code and what it says on stderr."""
    folder = tmp_path_factory.mktemp("light")
    err = folder / "err"
    with (
        err.open("a+", encoding="utf-8") as said,
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", FORKS], cwd=folder, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
        ) as program,
    ):  # fmt: skip
        asks, answers = program.stdin, program.stdout
        assert asks
        assert answers

        def run(words: str) -> tuple[int, str]:
            said.truncate(0)
            asks.write(f"{words}\n")
            asks.flush()
            code = answers.readline()
            return int(code or "-1"), err.read_text("utf-8")

        yield run


@pytest.mark.parametrize("words", [*COMMANDS, "do tasks.check_in", "ask identity.list_regions"])
@pytest.mark.parametrize("asked", ["--help", "--no-such"])
def test_help_and_usage_errors_load_no_library_of_the_work(
    light: Callable[[str], tuple[int, str]], words: str, asked: str
) -> None:
    """A busy machine changes nothing of it, unlike of seconds."""
    assert light(f"{words} {asked}") == (0, "")


def test_what_a_command_loads_is_told(light: Callable[[str], tuple[int, str]]) -> None:
    """The control: to make a database takes libraries of the work."""
    code, said = light("migrate --database sqlite:///light.db")
    assert code == 1
    assert "sqlalchemy" in said


def test_a_proof_is_verified_without_any_database(run: Run, tmp_path: Path) -> None:
    """Nor a library for documents or networks: SM3 and JSON are all that it takes."""
    Path("p.csv").write_text("id,stratum\na,A\n", encoding="utf-8")
    Path("r.yaml").write_text("strata: {A: {count: 1}}", encoding="utf-8")
    assert run("draw", "--pool", "p.csv", "--rule", "r.yaml").code == 0
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", ALONE, "verify-draw", "draw/proof.json"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr.strip() in {"yaml", ""}
