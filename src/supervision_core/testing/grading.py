"""For whoever stores gradings: a filled example and the contract to hold."""

from abc import ABC, abstractmethod
from datetime import date

from attrs import evolve

from supervision_core.grading.graded import GradedSubject, Standing
from supervision_core.grading.ports import GradedSubjects
from supervision_core.kernel.ports import Transactions, UnitOfWork

DAY = date(2026, 3, 2)


def full_graded(subject: str = "s1", *, day: date = DAY, grade: int | None = 2) -> GradedSubject:
    """Give a grading in which every field is filled."""
    return GradedSubject(
        rule="r1",
        rule_version=3,
        subject=subject,
        as_of=day,
        risk=Standing(
            model="dairy_risk",
            model_version=2,
            level="B",
            total=1_850,
            contributions=(("r010101", 300), ("r020102", None)),
        ),
        credit=Standing(
            model="dairy_credit",
            model_version=1,
            level="A",
            total=9_600,
            contributions=(("c01", 1_000),),
        ),
        grade=grade,
        facts={"penalties_3y": 2, "abnormal_listed": False, "entity_type": "有限责任公司"},
    )


def _grades(work: UnitOfWork, until: date) -> dict[str, int | None]:
    latest = work[GradedSubjects].grades_until("r1", until)
    return {subject: found.grade for subject, found in latest.items()}


class GradedSubjectsContract(ABC):
    """What every ``GradedSubjects`` keeps to."""

    @abstractmethod
    def graded_transactions(self) -> Transactions:
        """Give transactions on an empty store that serve ``GradedSubjects``."""

    def test_a_grading_comes_back_whole(self) -> None:
        """Every field of a record is kept, ``None`` and Chinese codes too."""
        transactions = self.graded_transactions()
        ungraded = evolve(full_graded("s2"), grade=None)
        with transactions.begin() as work:
            work[GradedSubjects].record([full_graded(), ungraded])
            work.commit()
        with transactions.begin() as work:
            found = work[GradedSubjects].of_day("r1", DAY, ["s1", "s2", "absent"])
        assert found == {"s1": full_graded(), "s2": ungraded}

    def test_a_second_grading_of_a_day_replaces_the_first_and_of_another_day_does_not(self) -> None:
        """One grading a rule, subject and day; earlier days stay as they were."""
        transactions = self.graded_transactions()
        later = date(2026, 6, 1)
        with transactions.begin() as work:
            work[GradedSubjects].record([full_graded(grade=1)])
            work[GradedSubjects].record([full_graded(grade=4), full_graded(day=later, grade=3)])
            work.commit()
        with transactions.begin() as work:
            days = {later: {"s1": 3}, date(2026, 5, 31): {"s1": 4}, DAY: {"s1": 4},
                    date(2000, 1, 1): {}}  # fmt: skip
            for until, grades in days.items():
                assert _grades(work, until) == grades
            assert work[GradedSubjects].grades_until("r1", later) == {"s1": (later, 3)}
            assert work[GradedSubjects].grades_until("r2", later) == {}

    def test_each_subject_has_the_grade_of_its_own_newest_grading(self) -> None:
        """One that is graded alone later leaves the others theirs; one day's ``None`` counts."""
        transactions = self.graded_transactions()
        later = date(2026, 6, 1)
        with transactions.begin() as work:
            work[GradedSubjects].record([full_graded(grade=1), full_graded("s2", grade=2)])
            work[GradedSubjects].record([evolve(full_graded(day=later), grade=None)])
            work.commit()
        with transactions.begin() as work:
            assert _grades(work, later) == {"s1": None, "s2": 2}
            assert _grades(work, DAY) == {"s1": 1, "s2": 2}

    def test_a_grading_that_was_not_committed_is_not_there(self) -> None:
        """Gradings belong to their unit of work."""
        transactions = self.graded_transactions()
        with transactions.begin() as work:
            work[GradedSubjects].record([full_graded()])
        with transactions.begin() as work:
            assert work[GradedSubjects].grades_until("r1", DAY) == {}

    def test_all_gradings_of_a_subject_come_in_their_order(self) -> None:
        """Oldest first, those of one day by rule; none of another subject."""
        transactions = self.graded_transactions()
        later, other = full_graded(day=date(2026, 6, 1)), evolve(full_graded(), rule="r0")
        with transactions.begin() as work:
            work[GradedSubjects].record([later, full_graded(), full_graded("s2"), other])
            work.commit()
        with transactions.begin() as work:
            assert list(work[GradedSubjects].of_subject("s1")) == [other, full_graded(), later]
            assert list(work[GradedSubjects].of_subject("s3")) == []
