"""Runs every benchmark to its end, and keeps what each said.

    python -m benchmarks._run [--small] [--into FILE] [SCRIPT …]

Without names, all. What a script said is appended to FILE (``benchmarks/results/raw.jsonl``) as
one line of JSON: script, words, moment, commit, load of the machine before, wall and processor
seconds of all its processes, exit code, and its output. One that fails keeps no other from being
run; in the end they are named. ``--small`` takes sizes that prove only that they run.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from attrs import asdict, frozen

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "benchmarks" / "results" / "raw.jsonl"
SMALL = {
    "assessment": ("--rows", "200", "--repeats", "1"),
    "audit": ("--rounds", "1", "--rows", "200"),
    "backup": ("--firms", "50"),
    "batches": ("50",),
    "crypto": ("--seconds", "0.001"),
    "draw": ("--most", "600", "--rounds", "1"),
    "import": ("50",),
    "inspectors": ("--visits", "20", "--officers", "300"),
    "over_http": (*("--seconds", "0.1", "--rounds", "1", "--departments", "20", "--users", "30"),),
    "paging": ("--sizes", "50", "100", "--pages", "5"),
    "permissions": ("--users", "10"),
    "registration": ("--users", "2"),
    "sweep": ("--users", "20", "--departments", "5"),
}


def scripts() -> list[str]:
    """Give the names of all benchmarks."""
    found = (path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py"))
    return sorted(name for name in found if not name.endswith("_models"))


@frozen
class Record:
    """What one run said, and what it took: seconds of all its processes."""

    script: str
    words: Sequence[str]
    at: str
    commit: str
    load: float
    wall: float
    processor: float
    exit: int
    said: str


def ran(script: str, words: Sequence[str]) -> Record:
    """Run one to its end and give its record."""
    before, began, load = _processor(), time.perf_counter(), os.getloadavg()[0]
    done = subprocess.run(  # noqa: S603 - our own scripts
        [sys.executable, "-m", f"benchmarks.{script}", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Record(
        script,
        words,
        datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251 - a record's moment
        _commit(),
        round(load, 1),
        round(time.perf_counter() - began, 2),
        round(_processor() - before, 2),
        done.returncode,
        done.stdout,
    )


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(  # noqa: S603 - git, asked for its commit
        words, cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def main() -> None:
    """Run what was asked for; exit 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scripts", nargs="*", choices=[[], *scripts()], metavar="SCRIPT")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--into", type=Path, default=RAW)
    asked = parser.parse_args()
    failed = []
    for script in asked.scripts or scripts():
        record = ran(script, SMALL[script] if asked.small else ())
        with asked.into.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
        print(f"\n# {script}\n\n{record.said}", flush=True)  # noqa: T201 - its output
        if record.exit:
            failed.append(script)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
