"""Asks for known holes in what constraints.txt pins: ``python auditing.py CONSTRAINTS``.

Exit code 0: none is known; 1: some are; 3: nobody could be asked, which is no good news. An index
that tells of no holes says that there are none: a package with known ones is asked for beside.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CONTROL = ("jinja2", "2.10")
"""Known to have holes (CVE-2019-10906 and later)."""
IMPOSSIBLE = "NOT POSSIBLE: nobody could be asked for known holes"
CLEAN, HOLES, UNASKED = 0, 1, 3


def _holes(report: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        f"{one['name']} {one.get('version', '')}": [hole["id"] for hole in one["vulns"]]
        for one in report["dependencies"]
        if one.get("vulns")
    }


def verdict(report: Any, control: Any) -> tuple[int, str]:
    """Judge the reports of pip-audit on all pins and on the control; ``None`` is none at all."""
    if report is None or control is None:
        return UNASKED, IMPOSSIBLE
    skipped = [one["name"] for one in report["dependencies"] if "skip_reason" in one]
    if found := _holes(report):
        return HOLES, f"known holes: {found}; not asked: {skipped}"
    if not _holes(control):
        return UNASKED, f"{IMPOSSIBLE} (a package with known ones was called clean)"
    if skipped or not report["dependencies"]:
        return UNASKED, f"{IMPOSSIBLE} (of {skipped})"
    return CLEAN, f"no known holes in {len(report['dependencies'])} packages"


def ask(requirements: Path, *words: str) -> Any:
    """Give pip-audit's report, ``None`` where it has none."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = ["pip-audit", "--progress-spinner=off", "--disable-pip", *words, "--format=json",
                   f"--requirement={requirements}", f"--output={out}"]  # fmt: skip
        subprocess.run(command, check=False)  # noqa: S603 - our own words
        return json.loads(out.read_text("utf-8")) if out.exists() else None


def main(words: Sequence[str]) -> int:
    """Ask and say."""
    with TemporaryDirectory() as folder:
        control = Path(folder) / "control.txt"
        control.write_text("==".join(CONTROL) + "\n", encoding="ascii")
        code, said = verdict(ask(Path(words[0]), "--require-hashes"), ask(control, "--no-deps"))
    print(said)  # noqa: T201 - it is a script
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
