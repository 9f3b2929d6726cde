"""Contracts of the audit log's checkpoints, segments and questions.

Fixture: ``kept`` (a ``KeptLog``).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from attrs import evolve, frozen

from supervision_core.audit.model import (
    CONCERNS,
    AuditEntry,
    AuditRow,
    Checkpoint,
    Cosignature,
    Frontier,
    Outcome,
    SignedCheckpoint,
)
from supervision_core.audit.ports import (
    AuditFilter,
    AuditLog,
    AuditQueries,
    Checkpoints,
    Segment,
    Segments,
)
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.paging import BadCursor, PageRequest
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.units import NOON, entry, refuses

SIGNATURE = {"algorithm": "none", "key": "k", "value": "v"}
MINUTE = timedelta(minutes=1)


@frozen(kw_only=True)
class KeptLog:
    """What an adapter offers around the log."""

    transactions: Transactions
    checkpoints: Checkpoints

    def write(self, *entries: AuditEntry) -> None:
        """Append ``entries`` in one unit."""
        with self.transactions.begin() as unit:
            for one in entries:
                unit[AuditLog].append(one)
            unit.commit()

    def rows(self, start: int = 0) -> list[AuditRow]:
        """Give the rows kept."""
        with self.transactions.begin() as unit:
            return list(unit[AuditLog].rows(start))

    def search(self, wanted: AuditFilter, request: PageRequest) -> tuple[list[int], str | None]:
        """Give the numbers of the rows of a page, and where it goes on."""
        with self.transactions.begin() as unit:
            page = unit[AuditQueries].search(wanted, request)
            return [row.number for row in page.items], page.next_cursor

    def about(self, thing: str, request: PageRequest) -> tuple[list[int], str | None]:
        """Give the numbers of the rows about a thing, and where it goes on."""
        with self.transactions.begin() as unit:
            page = unit[AuditQueries].about(thing, request)
            return [row.number for row in page.items], page.next_cursor

    def about_any(self, things: Sequence[str], since: datetime) -> list[int]:
        """Give the numbers of the rows about one of some things after a moment."""
        with self.transactions.begin() as unit:
            return [row.number for row in unit[AuditQueries].about_any(things, since)]

    def prune(self, segment: Segment, *, commit: bool = True) -> None:
        """Archive ``segment``."""
        with self.transactions.begin() as unit:
            unit[Segments].prune(segment)
            if commit:
                unit.commit()


def signed_checkpoint(
    leaves: Sequence[bytes], *, previous: str = "", at: datetime = NOON
) -> SignedCheckpoint:
    """Give a checkpoint over ``leaves``; its signature is none."""
    frontier = Frontier().extended(leaves)
    checkpoint = Checkpoint(
        log="log-1", size=frontier.size, root=frontier.root(), at=at, previous=previous
    )
    return SignedCheckpoint(checkpoint=checkpoint, signature=SIGNATURE, frontier=frontier)


def entries(count: int) -> list[AuditEntry]:
    """Give entries that differ in every way that questions ask for."""
    return [
        AuditEntry(
            at=NOON + at * MINUTE,
            actor=f"u-{at % 2}",
            department=f"d-{at % 3}" if at % 3 else "",
            action=("tasks.close", "tasks.claim", "scenes.enable", "tasks_x.close")[at % 4],
            outcome=Outcome.DENIED if at % 5 == 0 else Outcome.DONE,
            request=f"{at:064x}",
            targets=(f"visit/{at % 7}@{at + 1}", f"visit/1{at % 7}@2"),
            note=((CONCERNS, f"d-{at % 2 + 1} d-9"),) if at % 4 == 0 else (),
        )
        for at in range(count)
    ]


class KeptLogContract:
    """What every store of the log promises. Fixture: ``kept``."""

    def test_leaves_are_those_of_the_rows(self, kept: KeptLog) -> None:
        """Each row comes with the hash that its columns give, which is the one stored."""
        kept.write(*entries(5))
        leaves = [(row.number, row.leaf(), row.leaf()) for row in kept.rows()]
        assert list(kept.checkpoints.leaves(0)) == leaves
        assert list(kept.checkpoints.leaves(1, 3)) == leaves[1:3]
        assert list(kept.checkpoints.leaves(5)) == []

    def test_every_sign_and_moment_survives(self, kept: KeptLog) -> None:
        """Quotes, control signs, other planes, whole seconds: the stored row has the same hash."""
        odd = 'a"\\/\b\n\u0001 桂𠮷é'
        kept.write(
            evolve(entry(), actor=odd, note=((odd, odd),), targets=(odd,)),
            evolve(entry(), at=NOON.replace(microsecond=0), department="", targets=(), note=()),
        )
        assert all(stored == computed for _, stored, computed in kept.checkpoints.leaves(0))
        assert kept.rows()[0].entry.note == ((odd, odd),)

    def test_the_end_tells_size_and_oldest(self, kept: KeptLog) -> None:
        """The size counts every row ever written; the moment is that of the row asked for."""
        assert (kept.checkpoints.end(0).size, kept.checkpoints.end(0).oldest) == (0, None)
        kept.write(*entries(3))
        assert kept.checkpoints.end(1).size == 3
        assert kept.checkpoints.end(1).oldest == NOON + MINUTE
        assert kept.checkpoints.end(3).oldest is None

    def test_checkpoints_come_back_whole(self, kept: KeptLog) -> None:
        """Every part of a checkpoint is read back; last, between and around find the right ones."""
        leaves = [row.leaf() for row in self._written(kept, 9)]
        first = signed_checkpoint(leaves[:3])
        second = signed_checkpoint(leaves[:7], previous=first.checkpoint.digest(), at=NOON + MINUTE)
        assert kept.checkpoints.last() is None
        kept.checkpoints.add(first)
        kept.checkpoints.add(second)
        assert kept.checkpoints.last() == second
        assert kept.checkpoints.between(0) == [first, second]
        assert kept.checkpoints.between(3, 3) == [first]
        assert kept.checkpoints.between(4, 6) == []
        assert kept.checkpoints.unreadable() == []
        assert kept.checkpoints.around(2) == (None, first)
        assert kept.checkpoints.around(3) == (first, second)
        assert kept.checkpoints.around(7) == (second, None)

    def test_one_checkpoint_follows_another(self, kept: KeptLog) -> None:
        """Of two that follow the same one, the second is refused: the chain never forks."""
        leaves = [row.leaf() for row in self._written(kept, 3)]
        kept.checkpoints.add(signed_checkpoint(leaves[:1]))
        with refuses(Conflict):
            kept.checkpoints.add(signed_checkpoint(leaves[:2]))
        with refuses(Conflict):
            kept.checkpoints.add(signed_checkpoint(leaves[:1], previous="ab" * 32))
        assert len(kept.checkpoints.between(0)) == 1

    def test_cosignatures_are_kept_by_witness(self, kept: KeptLog) -> None:
        """Each witness's word comes back, and what it saw last; saying it twice changes nothing."""
        for size, name in ((2, "w-1"), (2, "w-2"), (5, "w-1"), (5, "w-1")):
            given = Cosignature(witness=name, at=NOON + size * MINUTE, signature=SIGNATURE)
            kept.checkpoints.cosign(size, given)
        assert [one.witness for one in kept.checkpoints.cosignatures(2)] == ["w-1", "w-2"]
        assert kept.checkpoints.cosignatures(5) == [
            Cosignature(witness="w-1", at=NOON + 5 * MINUTE, signature=SIGNATURE)
        ]
        found = [kept.checkpoints.cosigned(name) for name in ("w-1", "w-2", "w-3")]
        assert found == [5, 2, 0]

    def test_pruned_rows_leave_and_numbers_go_on(self, kept: KeptLog) -> None:
        """What is archived is gone from the log and noted; the next row has the next number."""
        kept.write(*entries(5))
        segment = Segment(first=0, upto=3, file="a.jsonl", digest="ab" * 32, at=NOON)
        kept.prune(segment, commit=False)
        assert len(kept.rows()) == 5
        kept.prune(segment)
        assert kept.checkpoints.segments() == [segment]
        assert [row.number for row in kept.rows()] == [3, 4]
        assert kept.checkpoints.end(0).size == 5
        kept.write(entry())
        assert [row.number for row in kept.rows(4)] == [4, 5]
        assert [number for number, _, _ in kept.checkpoints.leaves(0)] == [3, 4, 5]

    def test_a_log_archived_whole_goes_on(self, kept: KeptLog) -> None:
        """Even when no row is left, the next number is the next one."""
        kept.write(*entries(2))
        kept.prune(Segment(first=0, upto=2, file="a", digest="ab" * 32, at=NOON))
        assert kept.checkpoints.end(0).size == 2
        kept.write(entry())
        assert [row.number for row in kept.rows()] == [2]

    def test_questions_find_what_they_mean(self, kept: KeptLog) -> None:
        """Every filter gives exactly the rows that it admits, the newest first."""
        written = entries(40)
        kept.write(*written)
        for wanted in FILTERS:
            meant = [at for at, one in enumerate(written) if wanted.admits(one)]
            assert kept.search(wanted, PageRequest(size=200))[0] == meant[::-1], wanted
            oldest = PageRequest(size=200, order="oldest")
            assert kept.search(wanted, oldest)[0] == meant, wanted
            assert 0 < len(meant) < len(written), wanted

    def test_a_thing_has_its_history(self, kept: KeptLog) -> None:
        """Whatever version a row names, the newest first, page by page; no other thing's rows."""
        of = ("task/a@1",), ("task/b@1", "task/a@2"), ("task/ab@1",), ("task/a@3", "task/a@4"), ()
        kept.write(*(evolve(entry(), targets=targets) for targets in of))
        first, cursor = kept.about("task/a", PageRequest(size=2))
        assert (first, kept.about("task/b", PageRequest())[0]) == ([3, 1], [1])
        assert kept.about("task/a", PageRequest(size=2, cursor=cursor)) == ([0], None)
        assert kept.about("task/c", PageRequest()) == ([], None)
        kept.prune(Segment(first=0, upto=2, file="a", digest="ab" * 32, at=NOON))
        assert kept.about("task/a", PageRequest())[0] == [3]

    def test_many_things_have_their_history_at_once(self, kept: KeptLog) -> None:
        """Each row that names any of them, once, after the moment; none for nothing asked for."""
        of = ("task/a@1",), ("task/b@1", "task/a@2"), ("task/ab@1",), ("visit/a@3",), ("task/a@4",)
        kept.write(*(
            evolve(entry(), targets=targets, at=NOON + at * MINUTE)
            for at, targets in enumerate(of)
        ))  # fmt: skip
        assert kept.about_any(["task/a", "task/b"], NOON) == [4, 1]
        assert kept.about_any(["task/a", "visit/a"], NOON - MINUTE) == [4, 3, 1, 0]
        many = [f"task/{at}" for at in range(3_000)]
        assert kept.about_any([*many, "task/ab"], NOON) == [2]
        assert kept.about_any([], NOON) == []

    def test_pages_follow_each_other(self, kept: KeptLog) -> None:
        """Pages give every row once, also while rows are added; a foreign cursor is refused."""
        kept.write(*entries(7))
        for order, expected in (("", [6, 5, 4, 3, 2, 1, 0]), ("oldest", [*range(7)])):
            numbers, cursor = kept.search(AuditFilter(), PageRequest(size=3, order=order))
            second = PageRequest(size=3, order=order, cursor=cursor)
            numbers += kept.search(AuditFilter(), second)[0]
            assert numbers == expected[:6]
            with refuses(BadCursor):
                kept.search(AuditFilter(actor="u-1"), second)

    def _written(self, kept: KeptLog, count: int) -> list[AuditRow]:
        kept.write(*entries(count))
        return kept.rows()


FILTERS: Sequence[AuditFilter] = (
    AuditFilter(since=NOON + 5 * MINUTE),
    AuditFilter(until=NOON + 5 * MINUTE),
    AuditFilter(since=NOON + 5 * MINUTE, until=NOON + 9 * MINUTE, actor="u-1"),
    AuditFilter(actor="u-0"),
    AuditFilter(action="tasks.close"),
    AuditFilter(action="tasks.*"),
    AuditFilter(actions=frozenset({"tasks.claim", "none.such"}), actor="u-1"),
    AuditFilter(outcome=Outcome.DENIED),
    AuditFilter(target="visit/1"),
    AuditFilter(target="visit/1@2"),
    AuditFilter(department="d-1"),
    AuditFilter(departments=frozenset({"d-1", "d-2"})),
    AuditFilter(departments=frozenset({"d-9"})),
    AuditFilter(departments=frozenset({"d-2"}), actor="u-0"),
)
