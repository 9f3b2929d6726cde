"""When a backup is due, how long it is kept, and what its head vouches for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.backups import (
    BackupHead,
    BackupKind,
    BackupPolicy,
    Chunk,
    Manifest,
    TableBackup,
    due,
    expired,
    slots,
)

POLICY = BackupPolicy()
START = datetime(2026, 6, 1, 1, 7, tzinfo=UTC)
DAYS = 30
LOOKS = DAYS * 24 * 2
STEPS = st.lists(st.tuples(st.integers(0, LOOKS - 1), st.integers(-90 * 60, 90 * 60)), max_size=12)
"""Clock steps in seconds, each at one of the looks that the worker takes."""


def head(at: datetime, kind: BackupKind, base: str = "") -> BackupHead:
    """Give a head."""
    name = f"{at:%Y%m%dT%H%M%S}-{kind.value}"
    return BackupHead(id=name, kind=kind, base=base or name, at=at, rows=0, manifest="0" * 64)


def made_by(looks: Sequence[datetime]) -> list[BackupHead]:
    """Do at each look what is due then, as the worker does: once a slot it asks no more."""
    made: list[BackupHead] = []
    done: tuple[datetime, datetime] | None = None
    for now in looks:
        if slots(POLICY, now) == done:
            continue
        done = slots(POLICY, now)
        kind = due(POLICY, made, now)
        if kind is not None:
            full = next((one for one in reversed(made) if one.kind is BackupKind.FULL), None)
            is_full = kind is BackupKind.FULL or full is None
            made.append(head(now, kind, "" if is_full or full is None else full.base))
    return made


def looks(steps: Sequence[tuple[int, int]] = ()) -> list[datetime]:
    """Give what the clock says, every half hour for thirty days, stepped where told."""
    found, off = [], timedelta()
    jumps: dict[int, int] = {}
    for place, seconds in steps:
        jumps[place] = jumps.get(place, 0) + seconds
    for number in range(LOOKS):
        off += timedelta(seconds=jumps.get(number, 0))
        found.append(START + timedelta(minutes=30 * number) + off)
    return found


def test_a_month_has_a_full_backup_a_week_and_another_every_four_hours() -> None:
    """Over thirty days each slot, and no other moment, has exactly one backup (proposal 6.9.3)."""
    made = made_by(looks())
    began = [slots(POLICY, one.at) for one in made]
    assert len({inner for _, inner in began}) == len(made) == DAYS * 6 + 1
    fulls = [one for one in made if one.kind is BackupKind.FULL]
    assert len(fulls) == 5  # the first one makes up the slot in which all began
    assert [one.at.weekday() for one in fulls[1:]] == [6] * 4  # Monday 00:00 in Guangxi
    assert {(one.at + timedelta(hours=8)).hour for one in fulls[1:]} == {0}


@given(STEPS)
def test_clock_steps_never_make_a_slot_twice_nor_leave_one_out(
    steps: list[tuple[int, int]],
) -> None:
    """However the clock is stepped, each slot that it ever showed has exactly one backup."""
    seen = looks(steps)
    made = made_by(seen)
    incremental = [slots(POLICY, one.at)[1] for one in made]
    assert sorted(incremental) == sorted({slots(POLICY, now)[1] for now in seen})
    full = [slots(POLICY, one.at)[0] for one in made if one.kind is BackupKind.FULL]
    assert sorted(full) == sorted({slots(POLICY, now)[0] for now in seen})


def test_a_clock_that_ran_ahead_for_a_year_holds_up_nothing() -> None:
    """A backup dated far ahead fills its own slot only: after the clock is mended all goes on."""
    ahead = head(START + timedelta(days=400), BackupKind.FULL)
    assert due(POLICY, [ahead], START) is BackupKind.FULL
    assert due(POLICY, [ahead, head(START, BackupKind.FULL)], START) is None


def test_slots_that_were_missed_are_made_up_once() -> None:
    """After ten days of standstill one full backup is due, and then nothing in its slot."""
    made = made_by([START])
    later = START + timedelta(days=10)
    assert due(POLICY, made, later) is BackupKind.FULL
    assert due(POLICY, [*made, head(later, BackupKind.FULL)], later) is None


@given(st.integers(0, 8), st.lists(st.integers(0, 7), max_size=20))
def test_three_whole_cycles_are_kept(cycles: int, followers: list[int]) -> None:
    """What ends is everything of the cycles before the last three, and nothing else."""
    fulls = [head(START + timedelta(weeks=number), BackupKind.FULL) for number in range(cycles)]
    made = list(fulls)
    for hour, number in enumerate(followers, 1):
        if number < cycles:
            full = fulls[number]
            made.append(head(full.at + timedelta(hours=hour), BackupKind.INCREMENTAL, full.id))
    gone = set(expired(POLICY, made, START + timedelta(weeks=cycles)))
    kept = {one.id for one in fulls[-3:]}
    assert gone == {one.id for one in made if one.base not in kept}


def test_backups_dated_ahead_end_no_cycle() -> None:
    """Three full backups of a clock that ran ahead do not take the place of three real ones."""
    real = [head(START + timedelta(weeks=number), BackupKind.FULL) for number in range(3)]
    ahead = [head(START + timedelta(weeks=60 + n), BackupKind.FULL) for n in range(3)]
    assert expired(POLICY, [*real, *ahead], START + timedelta(weeks=3)) == ()


def test_a_cycle_whose_full_backup_is_lost_ends_with_its_time() -> None:
    """Incremental backups of no full one count as no cycle, and go when older than those kept."""
    orphan = head(START, BackupKind.INCREMENTAL, "lost")
    fulls = [head(START + timedelta(weeks=n), BackupKind.FULL) for n in range(1, 5)]
    assert expired(POLICY, [orphan, *fulls[:3]], START + timedelta(weeks=9)) == ()
    assert set(expired(POLICY, [orphan, *fulls], START + timedelta(weeks=9))) == {
        orphan.id,
        fulls[0].id,
    }


def test_a_head_vouches_for_every_word_of_its_manifest() -> None:
    """Whatever is changed in a manifest, its head is another one."""
    chunk = Chunk(sm3="a", rows=2, file="b/t.000000", sealed="c")
    whole = Manifest(
        id="b",
        kind=BackupKind.FULL,
        base="b",
        at=START,
        schema="0008",
        audit_size=3,
        tables=(TableBackup(name="t", columns=("x",), chunks=(chunk,)),),
    )
    table = whole.tables[0]
    changed = [
        evolve(whole, tables=(evolve(table, chunks=(other,)),))
        for other in (
            evolve(chunk, sm3="d"),
            evolve(chunk, rows=1),
            evolve(chunk, file="e"),
            evolve(chunk, sealed="f"),
        )
    ]
    changed += [
        evolve(whole, id="x"),
        evolve(whole, kind=BackupKind.INCREMENTAL),
        evolve(whole, base="x"),
        evolve(whole, at=START + timedelta(microseconds=1)),
        evolve(whole, schema="x"),
        evolve(whole, audit_size=4),
        evolve(whole, tables=()),
        evolve(whole, format="x"),
    ]
    changed += [evolve(whole, tables=(evolve(table, columns=("y",)),))]
    heads = {one.head().manifest for one in [whole, *changed]}
    assert len(heads) == len(changed) + 1
    assert (whole.rows, whole.head().rows) == (2, 2)
