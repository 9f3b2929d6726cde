"""What seals cost where many rows are written or read: gradings and facts of 20,000 firms.

    python -m benchmarks.batches [firms] [database]

Prints Markdown; processor time, since on a busy machine only it compares. Without an address a
SQLite file is made for the time. Run it in two checkouts by turns.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from attrs import frozen

from adapters.sql.ports import sql_transactions
from entrypoints.container import open_platform
from supervision_core.grading.graded import GradedSubject, Standing
from supervision_core.grading.ports import GradedSubjects
from supervision_core.kernel.ports import Transactions
from supervision_core.subjects.facts import FactValue
from supervision_core.subjects.ports import SubjectFacts

DAY = date(2026, 11, 1)
AT_ONCE = 1_000
"""As many as one command grades."""
SINGLE = 400


def graded(subject: str, grade: int) -> GradedSubject:
    """Give a grading of ten facts."""
    standing = Standing(
        model="m-1",
        model_version=1,
        level="B",
        total=1_850,
        contributions=tuple((f"r{at:06d}", 100 + at) for at in range(10)),
    )
    return GradedSubject(
        rule="r-1",
        rule_version=1,
        subject=subject,
        as_of=DAY,
        risk=standing,
        credit=standing,
        grade=grade,
        facts={f"fact_{at}": at for at in range(10)},
    )


def timed(what: str, do: Callable[[], None], many: int) -> None:
    """Print what one row of ``many`` costs."""
    used = time.process_time()
    do()
    spent = time.process_time() - used
    print(f"| {what} | {spent:.2f} | {spent / many * 1e6:.0f} |")  # noqa: T201


@frozen
class Register:
    """Firms whose gradings and facts are written and read."""

    transactions: Transactions
    who: Sequence[str]

    def parts(self) -> Iterator[Sequence[str]]:
        """Give as many firms as one command takes, again and again."""
        return (self.who[at : at + AT_ONCE] for at in range(0, len(self.who), AT_ONCE))

    def some(self) -> Sequence[str]:
        """Give firms from all over the register."""
        return self.who[:: max(1, len(self.who) // SINGLE)][:SINGLE]

    def grade(self, parts: Iterable[Sequence[str]], level: int) -> None:
        """Record gradings."""
        for part in parts:
            with self.transactions.begin() as unit:
                unit[GradedSubjects].record([graded(one, level) for one in part])
                unit.commit()

    def tell(self) -> None:
        """Record facts."""
        said: dict[str, FactValue] = {"penalties_3y": 1, "staff": 7, "entity_type": "公司"}
        for part in self.parts():
            with self.transactions.begin() as unit:
                facts = dict.fromkeys(part, said)
                unit[SubjectFacts].record_table(facts, known_on=DAY, source="表")
                unit.commit()

    def read_grades(self) -> None:
        """Read the grades of a day."""
        with self.transactions.begin_reading() as unit:
            unit[GradedSubjects].grades_of_day("r-1", DAY)

    def read_facts(self, parts: Iterable[Sequence[str]]) -> None:
        """Read facts."""
        for part in parts:
            with self.transactions.begin_reading() as unit:
                unit[SubjectFacts].facts_on(part, DAY)


def main(count: int, address: str) -> None:
    """Measure."""
    platform = open_platform(address, make_keys=True)
    kept = Register(sql_transactions(platform.engine), [f"subject-{at:07d}" for at in range(count)])
    single = [[one] for one in kept.some()]
    print(f"{count:,} firms\n\n| | s | µs each |\n|---|---|---|")  # noqa: T201
    timed("record gradings", lambda: kept.grade(kept.parts(), 1), count)
    timed("record them anew", lambda: kept.grade(kept.parts(), 2), count)
    timed("grades of the day", kept.read_grades, count)
    timed("record facts", kept.tell, count)
    timed("read facts", lambda: kept.read_facts(kept.parts()), count)
    timed("read the facts of one firm, the first time", lambda: kept.read_facts(single), SINGLE)
    timed("the same, known", lambda: kept.read_facts(single), SINGLE)
    timed("grade one firm anew", lambda: kept.grade(single, 4), SINGLE)
    platform.engine.dispose()


if __name__ == "__main__":
    firms, address, *_ = [*sys.argv[1:], *["20000", ""][len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as folder:
        main(int(firms), address or f"sqlite:///{folder}/b.db")
