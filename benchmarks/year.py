"""A year of one city, simulated through the use cases, and everything that must hold of it.

    python -m benchmarks.year [--sizes 60000] [--rounds 1]

Sizes count generated firms; of officers there is one to 25 firms, but never fewer than 120. Each of
the four pilot scenes is planned, drawn and inspected four times in the year; the number of clues
follows that of firms. The clock is moved from one act to the next, holidays and days worked in
exchange included. What the year comes to is checked in the end, and a fault ends the run; the
report (Chinese) is written beside the raw record, ``benchmarks/results/year.md``.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks._measuring import ROOT, Asked, Case, Sample, measure, timed
from benchmarks._year.found import look
from benchmarks._year.living import Size, lived
from benchmarks._year.telling import faults_of, told

OFFICERS = 120
FIRMS_OF_AN_OFFICER = 25
FIRMS_OF_A_CLUE = 100
SHARE = 1.9
"""So many times what the grading rules ask for is drawn: 60,000 firms come to 6,000 visits."""
REPORT = ROOT / "benchmarks" / "results" / "year.md"
WHOLE = 60_000


def live(firms: int) -> Sample:
    """Live one year and check it; give its time and what it came to. Raises ``ValueError``."""
    size = Size(
        firms=firms,
        officers=max(OFFICERS, firms // FIRMS_OF_AN_OFFICER),
        share=SHARE,
        clues=max(12, firms // FIRMS_OF_A_CLUE),
    )
    more: dict[str, float] = {}

    def run() -> None:
        with tempfile.TemporaryDirectory() as name, lived(Path(name, "city"), size) as city:
            found = look(city)
            lines = list(told(city, found))
            wrong = {title: some for title, some in faults_of(found).items() if some}
            more["检查"] = len(found.visits)
            more["整改"] = len(found.orders)
            more["线索"] = len(found.clues)
        if firms >= WHOLE:
            REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
        else:
            sys.stdout.write("\n".join(lines) + "\n")
        if wrong:
            raise ValueError(wrong)

    taken = timed(run)
    return Sample(taken.wall, taken.processor, more)


def cases(size: int, _asked: Asked) -> Iterator[Case]:
    """Give the year."""
    yield Case("一年", {"产品": lambda: live(size)})


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(WHOLE,), small=(300,), rounds=1)
