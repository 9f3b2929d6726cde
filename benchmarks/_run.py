"""Runs benchmarks to their end, all or the named ones.

    python -m benchmarks._run [SCRIPT …] [--small] [--rounds N] [--sizes N …] [--into FILE] …

Every other word is passed on to each (``_measuring.py``). One that fails keeps no other from being
run; in the end they are named. The tables of docs/benchmarks.md are written anew where the records
that they come from have grown.
"""

import subprocess
import sys
from collections.abc import Sequence

from benchmarks._measuring import ROOT
from benchmarks._page import write


def scripts() -> list[str]:
    """Give the names of all benchmarks."""
    found = (path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py"))
    return sorted(name for name in found if not name.endswith("_models"))


def run(words: Sequence[str]) -> list[str]:
    """Run those named among the words, or all; give the names of those that failed."""
    named = [word for word in words if word in scripts()]
    others = [word for word in words if word not in named]
    failed = []
    for script in named or scripts():
        sys.stdout.write(f"\n# {script}\n\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", f"benchmarks.{script}", *others]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:  # noqa: S603 - our own
            failed.append(script)
    return failed


if __name__ == "__main__":
    failed = run(sys.argv[1:])
    if not {"--small", "--into"} & set(sys.argv):
        write()
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")
