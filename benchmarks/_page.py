"""Writes the tables of docs/benchmarks.md anew from the raw records.

    python -m benchmarks._page

A table stands between ``<!-- raw SCRIPT -->`` and ``<!-- end -->``. Of each figure the record
counts that was made last. What has no record yet says so.
"""

import json
import re
from collections.abc import Sequence

from benchmarks._measuring import RAW, ROOT, Figure, report

PAGE = ROOT / "docs" / "benchmarks.md"
NONE = "尚未重测：没有原始记录。"
_TABLE = re.compile(r"(<!-- raw (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def records() -> list[Figure]:
    """Read the raw records, of each figure the last."""
    lines = RAW.read_text(encoding="utf-8").splitlines()
    read = [Figure(**json.loads(line)) for line in lines]
    last = {(one.script, one.case, one.way, one.size): one for one in read}
    return list(last.values())


def table(figures: Sequence[Figure]) -> str:
    """Give when, how and under which load these were measured, and the table."""
    if not figures:
        return f"\n{NONE}\n\n"
    days = sorted({one.at[:10] for one in figures})
    commits = sorted({one.commit for one in figures})
    rounds, loads = ({len(one.wall) for one in figures}, {one.load for one in figures})
    said = (
        f"{'、'.join(days)}，提交 {'、'.join(commits)}，"
        f"{_span(rounds)}轮，负载{_span(loads)}；原始记录{len(figures)}行。"
    )
    by_size = sorted(figures, key=lambda one: one.size)
    return f"\n{said}\n\n{report(by_size)}\n\n"


def _span(numbers: set[int] | set[float]) -> str:
    least, most = min(numbers), max(numbers)
    return f"{least}" if least == most else f"{least}—{most}"


def page(text: str, figures: Sequence[Figure]) -> str:
    """Give the page with its tables as the records say."""

    def made(found: re.Match[str]) -> str:
        head, script, _, end = found.groups()
        return head + table([one for one in figures if one.script == script]) + end

    return _TABLE.sub(made, text)


def write() -> None:
    """Write the page anew."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), records()), encoding="utf-8")


if __name__ == "__main__":
    write()
