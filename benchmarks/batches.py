"""What seals cost where many rows are written or read: gradings and facts of firms.

    python -m benchmarks.batches [--sizes 1000 10000 100000] [--postgres URL]

Each round fills new databases. Figures are those of one firm. Run it in two checkouts by turns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen
from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from sqlalchemy import Engine

from adapters.sql.ports import sql_transactions
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
            unit[GradedSubjects].grades_until("r-1", DAY)

    def read_facts(self, parts: Iterable[Sequence[str]]) -> None:
        """Read facts."""
        for part in parts:
            with self.transactions.begin_reading() as unit:
                unit[SubjectFacts].facts_on(part, DAY)


def carried_out(engine: Engine, count: int) -> Mapping[str, Sample]:
    """Write and read all, and tell what each firm took."""
    kept = Register(sql_transactions(engine), [f"subject-{at:07d}" for at in range(count)])
    single = [[one] for one in kept.some()]
    steps: dict[str, tuple[Callable[[], None], int]] = {
        "写入分级结果": (lambda: kept.grade(kept.parts(), 1), count),
        "同一天重新分级": (lambda: kept.grade(kept.parts(), 2), count),
        "读一日的分级": (kept.read_grades, count),
        "写入事实": (kept.tell, count),
        "读事实": (lambda: kept.read_facts(kept.parts()), count),
        "读一户的事实，第一次": (
            lambda: kept.read_facts(single),
            len(single),
        ),
        "读一户的事实，批次已读过": (lambda: kept.read_facts(single), len(single)),
        "单独给一户重新分级": (lambda: kept.grade(single, 4), len(single)),
    }
    found = {}
    for name, (act, many) in steps.items():
        taken = timed(act)
        found[name] = Sample(taken.wall / many, taken.processor / many)
    return found


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each kind of database; one engine a round, and the round takes its own."""
    for kind, engines in databases(asked.postgres, asked.rounds):
        rest = iter(engines)
        yield Case(kind, {"产品": lambda rest=rest: carried_out(next(rest), size)})


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000, 10_000, 100_000), small=(50,), rounds=3)
