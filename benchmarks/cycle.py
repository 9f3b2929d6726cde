"""The whole business cycle, as ``supervision demo`` carries it out, each time in a new folder.

    python -m benchmarks.cycle [--sizes 1000 10000 90000]

Sizes count generated firms; of officers there is one to 25 firms, but never fewer than 200. Import,
assessment, grading, draw, visits with their documents, rectification, archive, publication,
assessment again. 90,000 firms come to about 2,100 visits. Processor time is that of all processes,
those that print documents included.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks._measuring import Asked, Case, Sample, measure, timed

FIRMS_OF_AN_OFFICER = 25
OFFICERS = 200
COUNTED = {
    "subjects": "监管对象",
    "drawn": "抽中",
    "visits": "检查",
    "completed": "完成",
    "orders": "责令改正",
    "published": "公示",
}
START = "from entrypoints.starting import main; main()"


def carry_out(firms: int) -> Sample:
    """Carry out one cycle, and count what it came to."""
    officers = max(OFFICERS, firms // FIRMS_OF_AN_OFFICER)
    with tempfile.TemporaryDirectory() as name:
        words = ("demo", "--out", f"{name}/out", "--json", "--count", str(firms))
        out = Path(name, "told.json")

        def run() -> None:
            with out.open("w") as told:
                subprocess.run(  # noqa: S603 - our own command
                    [sys.executable, "-c", START, *words, "--officer-count", str(officers)],
                    stdout=told,
                    stderr=subprocess.DEVNULL,
                    env=os.environ | {"TMPDIR": name},
                    check=True,
                )

        taken = timed(run)
        scenes = json.loads(out.read_text(encoding="utf-8"))["scenes"]
    more = {title: sum(scene[name] for scene in scenes) for name, title in COUNTED.items()}
    return Sample(taken.wall, taken.processor, more)


def cases(size: int, _asked: Asked) -> Iterator[Case]:
    """Give the cycle."""
    yield Case("整个周期", {"产品": lambda: carry_out(size)})


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000, 10_000, 90_000), small=(200,), rounds=3)
