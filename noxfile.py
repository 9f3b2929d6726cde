"""The gates of the project. ``nox`` runs the quick ones; ``nox -s tests`` runs every one of them.

Whichever Python runs nox runs the gates. Dependencies come hash-checked from constraints.txt. All
gates share one environment, because the dependencies are heavy and the same for all.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage, rmtree
from tempfile import TemporaryDirectory

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2025.5"
nox.options.sessions = ["lint", "types", "architecture", "unit"]
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.error_on_external_run = True

CODE = ("src", "tests", "docs", "benchmarks", "noxfile.py")
TYPED = (
    "src",
    "tests",
    "docs/functions.py",
    "docs/law.py",
    "docs/lines.py",
    "docs/states.py",
    "noxfile.py",
)
FAULTS = "tests/integration/faults"
SUPPLY = "tests/integration/supply"
QUICK = ("-m", "not slow")
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made in it
ROOM = 6 << 30


def _installed(session: nox.Session) -> None:
    """Install what constraints.txt pins, then the project itself.

    Its build fetches what pages carry of others (web-assets.txt), and goes on where it cannot.
    Tests start many processes: each would compile all modules anew where the machine says that
    Python keeps none.
    """
    session.env["PYTHONDONTWRITEBYTECODE"] = ""
    session.install("--require-hashes", "-r", "constraints.txt")
    session.install("--no-deps", "--no-build-isolation", "-e", ".")


@contextmanager
def _in_memory(session: nox.Session) -> Iterator[None]:
    """Keep what tests write in memory, where there is room: else they wait half their time.

    What a lost power does to a disk is tested on disks of its own (``power-cuts``).
    """
    if (
        not MEMORY.is_dir()
        or disk_usage(MEMORY).free < ROOM
        or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    ):
        yield
        return
    with TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as folder:
        session.env["TMPDIR"] = folder
        yield


def _lint(session: nox.Session) -> None:
    session.run("ruff", "check", *CODE)
    session.run("ruff", "format", "--check", *CODE)


def _types(session: nox.Session) -> None:
    session.run("mypy", *TYPED)


def _architecture(session: nox.Session) -> None:
    session.run("lint-imports")


@nox.session
def lint(session: nox.Session) -> None:
    """One form of code, so that reviews are about meaning."""
    _installed(session)
    _lint(session)


@nox.session
def types(session: nox.Session) -> None:
    """Wrong calls are found before they run, in tests too: an untyped test proves less."""
    _installed(session)
    _types(session)


@nox.session
def architecture(session: nox.Session) -> None:
    """The hexagon holds: layers, order of contexts, pure core, names, one vocabulary."""
    _installed(session)
    _architecture(session)
    session.run("pytest", "tests/unit/house", *session.posargs)


@nox.session
def unit(session: nox.Session) -> None:
    """The rules hold, shown without database, network or files: fast enough to run always."""
    _installed(session)
    session.run("pytest", "tests/unit", *QUICK, *session.posargs)


@nox.session
def integration(session: nox.Session) -> None:
    """The adapters keep the promises of their ports, on real databases and real files."""
    _installed(session)
    session.run("pytest", "tests/integration", *QUICK, *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """What the documentation shows works: its code is executed, its lists are current."""
    _installed(session)
    session.run("pytest", "tests/integration/docs", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Everything that must stand before a change is shared; ends with pytest's own summary.

    Imports and types are looked at beside the tests, which have two cores. Three run at once,
    since each waits a third of its time for servers, browsers and disks; a file stays with one of
    them, since its tests share what is dear to set up. Files go in the order of their names, so
    that the quick ones of ``tests/unit`` are the last: put first by how many tests they hold, they
    would leave stories of one test and minutes to the end, and two with nothing to do.
    """
    _installed(session)
    _lint(session)
    with ThreadPoolExecutor(1) as beside, _in_memory(session):
        architecture = beside.submit(_architecture, session)
        types = beside.submit(_types, session)
        at_once = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
        session.run("pytest", *QUICK, *at_once, *session.posargs)
        failed = [
            name for name, gate in (("imports", architecture), ("types", types)) if gate.exception()
        ]
    if failed:
        session.error(
            f"the tests passed, but not: {', '.join(failed)} (told above, among their dots)"
        )


@nox.session
def thread(session: nox.Session) -> None:
    """Walk the whole thread by clicks with 5,000 and with 60,000 firms, or as many as are named."""
    _installed(session)
    for firms in session.posargs or ("5000", "60000"):
        kept = {
            "SUPERVISION_THREAD_FIRMS": firms,
            "SUPERVISION_THREAD_FILM": f"build/thread-{firms}",
        }
        session.run("pytest", "-n", "0", "tests/integration/browser/test_thread.py", env=kept)


@nox.session
def functions(session: nox.Session) -> None:
    """Writes docs/functions.md anew after a marker was added or taken away."""
    session.run("python", "docs/functions.py")


@nox.session
def replication(session: nox.Session) -> None:
    """A real standby answers lists, and never with less than was acknowledged."""
    _installed(session)
    session.run("pytest", "tests/integration/sql/test_streaming.py", *session.posargs)


@nox.session
def failover(session: nox.Session) -> None:
    """A synchronous copy takes over and nothing acknowledged is lost; needs root and namespaces."""
    _installed(session)
    session.run("pytest", "-n", "0", "-s", f"{FAULTS}/test_failover.py", *session.posargs)


@nox.session
def golden(session: nox.Session) -> None:
    """Writes the golden statements anew; what KingbaseES and DM would get is a change to review."""
    _installed(session)
    session.run("pytest", "tests/integration/sql", env={"SUPERVISION_WRITE_GOLDEN": "whole"})


@nox.session
def pins(session: nox.Session) -> None:
    """Writes constraints.txt anew after a dependency changed; its answer is a change to review."""
    session.install("uv")
    session.run(
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--universal",
        "--python-version=3.11",
        "--all-extras",
        "--group=dev",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-annotate",
        "--custom-compile-command=nox -s pins",
        "--output-file=constraints.txt",
        "--quiet",
        *session.posargs,
    )


@nox.session
def engines(session: nox.Session) -> None:
    """Python, DuckDB, SQLite, PostgreSQL and Sail, alone and as a cluster: a million alike."""
    _installed(session)
    session.env["SUPERVISION_ENGINE_SUBJECTS"] = "1000000"
    ways = "tests/integration/analytics/test_six_ways.py"
    session.run("pytest", "-n", "0", "-rP", ways, *session.posargs)
    session.env["SUPERVISION_SAIL_SEEDS"] = "60"
    others = (f"tests/integration/{one}.py" for one in ("analytics/test_spark", "cli/test_cities"))
    workers = "tests/integration/analytics/test_city_workers.py"
    session.run("pytest", "-n", "0", *others, workers, "-k", "not kill", *session.posargs)


@nox.session(name="properties-long")
def properties_long(session: nox.Session) -> None:
    """Searches longer for a counter-example than a developer would wait for."""
    _installed(session)
    session.run("pytest", "tests/unit", "--hypothesis-profile=long", *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """Tests that notice nothing are found: in each context nine of ten mutants must die."""
    _installed(session)
    rmtree("mutants", ignore_errors=True)  # mutmut would keep its verdicts of earlier tests
    session.run("mutmut", "run", *session.posargs)
    listed = session.run("mutmut", "results", "--all", "true", silent=True)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in str(listed).splitlines():
        mutant, _, verdict = line.strip().partition(": ")
        if mutant.startswith("supervision_core."):
            found[mutant.split(".")[1]][verdict] += 1
    weak = []
    for context, verdicts in sorted(found.items()):
        dead, total = verdicts["killed"] + verdicts["timeout"], verdicts.total()
        session.log(f"{context}: {dead} of {total} mutants died")
        if dead * 10 < total * 9:
            weak.append(context)
    if weak or not found:
        session.error(f"too many mutants live: {', '.join(weak) or 'none was made'}")


@nox.session
def kills(session: nox.Session) -> None:
    """A process killed at any moment loses nothing and does nothing twice."""
    _installed(session)
    session.env["SUPERVISION_KILLS"] = "1000"
    session.run("pytest", "tests/integration", "-k", "kill", *session.posargs)


@nox.session
def races(session: nox.Session) -> None:
    """Of two hundred at once, in two processes of which one is killed, exactly one wins."""
    _installed(session)
    session.env["SUPERVISION_RACERS"] = "200"
    session.run("pytest", f"{FAULTS}/test_races.py", *session.posargs)


@nox.session(name="power-cuts")
def power_cuts(session: nox.Session) -> None:
    """A thousand power cuts take nothing that was acknowledged; needs root and loop devices."""
    _installed(session)
    session.env["SUPERVISION_CUTS"] = "1000"
    session.run("pytest", f"{FAULTS}/test_power_cuts.py", *session.posargs)


@nox.session(name="failing-io")
def failing_io(session: nox.Session) -> None:
    """Whichever access to the disk fails, a command is done whole or not at all."""
    _installed(session)
    session.run("pytest", f"{FAULTS}/test_failing_io.py", *session.posargs)


@nox.session(name="disk-full")
def disk_full(session: nox.Session) -> None:
    """A disk that fills up twenty times refuses and loses nothing; needs root."""
    _installed(session)
    session.env["SUPERVISION_FULL_DISKS"] = "20"
    session.run("pytest", f"{FAULTS}/test_full_disks.py", *session.posargs)


@nox.session
def restore(session: nox.Session) -> None:
    """Twenty backups under writes come back whole; every byte of one is changed, and refused."""
    _installed(session)
    session.env["SUPERVISION_RESTORES"] = "20"
    session.env["SUPERVISION_BACKUP_BYTES"] = "1"
    session.run("pytest", "tests/integration/backups", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """No request of 300,000, by six roles, gets an answer that the description lacks."""
    _installed(session)
    session.env["HTTP_FUZZ_REQUESTS"] = "150000"
    fuzzing = "tests/integration/http/test_fuzz.py"
    session.run("pytest", "-n", "2", "-rP", fuzzing, *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Every page is fit for a desk and a phone; people get by with a keyboard and no script."""
    _installed(session)
    http = "tests/integration/http"
    pages = (f"{http}/test_{one}.py" for one in ("pages_rendered", "buttons", "links"))
    session.run("pytest", "tests/integration/browser", *pages, *session.posargs)


@nox.session(name="slow-clients")
def slow_clients(session: nox.Session) -> None:
    """A thousand clients that send slowly are closed, and nobody else notices them."""
    _installed(session)
    session.env["HTTP_SLOW_CLIENTS_FULL"] = "yes"
    session.run("pytest", "tests/integration/http/test_slow_clients.py", *session.posargs)


@nox.session(name="lost-replies")
def lost_replies(session: nox.Session) -> None:
    """Ten thousand operations whose replies get lost have as many effects as keys."""
    _installed(session)
    session.env["HTTP_REPLIES"] = session.env["SUPERVISION_LOST_REPLIES"] = "10000"
    replies = ("tests/integration/http/test_replies.py", f"{FAULTS}/test_lost_replies.py")
    session.run("pytest", "-s", *replies, *session.posargs)


@nox.session(name="identity-model")
def identity_model(session: nox.Session) -> None:
    """Who may do what is held to a model over 500,000 changes; takes half an hour."""
    _installed(session)
    session.env["SUPERVISION_MODEL_STEPS"] = "500000"
    model = "tests/integration/identity/test_model.py"
    session.run("pytest", "-n", "2", "-rP", model, *session.posargs)


@nox.session(name="authority-model")
def authority_model(session: nox.Session) -> None:
    """Attackers gain nothing in 500,000 steps; each hole put back is found by nine of ten seeds."""
    _installed(session)
    session.env["SUPERVISION_ATTACK_STEPS"] = "500000"
    session.env["SUPERVISION_ATTACK_SEEDS"] = "10"
    session.run("pytest", "-n", "2", "-rP", "tests/integration/identity/attack", *session.posargs)


@nox.session(name="integrity-model")
def integrity_model(session: nox.Session) -> None:
    """Nobody chooses who is inspected; findings put back are found; draws are as often as said."""
    _installed(session)
    session.env["SUPERVISION_INTEGRITY_STEPS"] = "500000"
    session.env["SUPERVISION_INTEGRITY_SEEDS"] = "10"
    session.env["SUPERVISION_CHANCE_DRAWS"] = "20000"
    session.run("pytest", "-n", "2", "-rP", "tests/integration/tasks/conduct", *session.posargs)


@nox.session
def lives(session: nox.Session) -> None:
    """Tasks, visits, clues, plans and draws outlive 500,000 steps of any verbs in any order."""
    _installed(session)
    session.env["SUPERVISION_LIFE_STEPS"] = "500000"
    session.run("pytest", "-n", "2", "tests/unit/lives", *session.posargs)


@nox.session(name="lock-out")
def lock_out(session: nox.Session) -> None:
    """Ten thousand guesses of several processes at once evaluate ten."""
    _installed(session)
    session.run("pytest", "tests/integration/login", "-m", "slow", *session.posargs)


@nox.session
def tamper(session: nox.Session) -> None:
    """No bit of the audit log can be changed unseen, and no row be put back: all is tried."""
    _installed(session)
    put_back = "tests/integration/http/test_put_back.py"
    session.run("pytest", "tests/integration/audit", put_back, "-m", "slow", *session.posargs)


@nox.session(name="supply-chain")
def supply_chain(session: nox.Session) -> None:
    """What is shipped is listed, licensed, unchanged, and free of secrets and known holes."""
    _installed(session)
    session.run("pytest", SUPPLY, "-m", "slow or not slow", *session.posargs)
    folder = Path(session.create_tmp())
    changed = folder / "changed.txt"
    pins = Path("constraints.txt").read_text(encoding="utf-8")
    other = re.sub("sha256:(.)", lambda one: f"sha256:{0 if one[1] != '0' else 1}", pins)
    changed.write_text(other, encoding="utf-8")
    wrong = ("--target", str(folder / "wrong"), "--require-hashes", "-r", str(changed))
    try:
        session.install("--no-deps", *wrong)
    except CommandFailed:
        session.log("packages that are not those of the hashes are refused, as they must be")
    else:
        session.error("packages were installed whose hashes are others")
    session.install("cyclonedx-bom>=7", "pip-audit>=2.9")
    bill = ("--pyproject", "pyproject.toml", "--output-reproducible", "-o", "build/sbom.cdx.json")
    Path("build").mkdir(exist_ok=True)
    session.run("cyclonedx-py", "requirements", "constraints.txt", *bill)
    asked = ("python", f"{SUPPLY}/auditing.py", "constraints.txt")
    said = str(session.run(*asked, success_codes=[0, 3], silent=True))
    session.log(said)
    if "NOT POSSIBLE" in said:
        session.skip("all the rest is well, but known holes could not be looked for")


@nox.session
def nonces(session: nox.Session) -> None:
    """A million sealed values have a million nonces."""
    _installed(session)
    session.run("pytest", "tests/integration/crypto/test_nonces.py", *session.posargs)


@nox.session
def year(session: nox.Session) -> None:
    """A whole year of one city leaves nothing against the law."""
    _installed(session)
    session.run("python", "-m", "benchmarks.year", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """The figures of docs/benchmarks.md can be had again, by anyone: first in small."""
    _installed(session)
    session.run("pytest", "tests/integration/benchmarks", "-m", "slow")
    session.run("python", "-m", "benchmarks._run", *session.posargs)
