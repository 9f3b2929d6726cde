"""Checkpoints, what witnesses demand, and when a checkpoint is due."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from gmalg import SM2
from hypothesis import given
from hypothesis import strategies as st

from adapters.crypto.providers import OpensslAlgorithms
from adapters.crypto.sm2 import read_signature
from supervision_core.audit.model import (
    AnchorPolicy,
    AuditEntry,
    AuditRow,
    Checkpoint,
    CheckpointMalformed,
    Frontier,
    LogUnanchored,
    Outcome,
    RetentionTooShort,
    SignedCheckpoint,
    WitnessRefused,
    consistency_proof,
    is_due,
    leaf_text,
    read_target,
    require_anchored,
    require_consistent,
    require_retention,
    target_of,
    tree_root,
)
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.crypto import SignatureInvalid
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.signing import verifiers

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
ALGORITHMS = OpensslAlgorithms()
SIGNER = ALGORITHMS.signer((7).to_bytes(32, "big"))
OTHER = ALGORITHMS.signer((8).to_bytes(32, "big"))
TRUSTED = verifiers(ALGORITHMS.verifier(SIGNER.public_key))
LEAVES = [sm3(bytes([at])) for at in range(20)]


def signed(size: int, leaves: list[bytes] = LEAVES, **other: Any) -> SignedCheckpoint:
    """Give a checkpoint of the first leaves."""
    frontier = Frontier().extended(leaves[:size])
    checkpoint = Checkpoint(log="log-1", size=size, root=frontier.root(), at=NOON)
    return SignedCheckpoint.make(evolve(checkpoint, **other), frontier, SIGNER)


def codes(call: Callable[[], object], error: type[Refused]) -> list[str]:
    """Give the codes of a refusal."""
    with pytest.raises(error) as caught:
        call()
    return [reason.code for reason in caught.value.reasons]


def judged(
    seen: SignedCheckpoint | None, new: SignedCheckpoint, *proof: bytes
) -> Callable[[], None]:
    """Give the judgement of a witness."""
    before = seen.checkpoint if seen else None
    return lambda: require_consistent(before, new, proof, TRUSTED)


def grown(old: int, size: int, leaves: list[bytes] = LEAVES) -> tuple[bytes, ...]:
    """Give the consistency proof."""
    return consistency_proof(Frontier().extended(leaves[:old]), leaves[old:size])


def test_a_checkpoint_says_what_is_signed() -> None:
    """The signed text is canonical JSON that anybody can write himself."""
    one = signed(2)
    root = tree_root(LEAVES[:2]).hex()
    text = (
        '{"at":"2026-11-24T04:00:00+00:00","format":"audit-checkpoint/1","log":"log-1",'
        f'"previous":"","root":"{root}","size":2}}'
    )
    assert one.checkpoint.content() == text.encode()
    assert one.checkpoint.digest() == sm3(text.encode()).hex()


def test_a_signature_is_checked_by_another_implementation() -> None:
    """The signature is plain SM2 with SM3 over the text: gmalg, which we do not use, accepts it."""
    one = signed(3)
    other = SM2(pk=SIGNER.public_key, uid=b"1234567812345678")
    r, s = read_signature(base64.b64decode(one.signature["value"]))
    raw = r.to_bytes(32, "big"), s.to_bytes(32, "big")
    assert other.verify(one.checkpoint.content(), *raw)
    assert not other.verify(one.checkpoint.content() + b" ", *raw)


def test_a_checkpoint_is_read_back_whole() -> None:
    """Written and read, it is equal, and its signature still holds."""
    one = signed(11, previous="ab" * 32)
    again = SignedCheckpoint.read(one.plain())
    assert again == one
    assert again.verify(TRUSTED) == one.signature["key"]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "audit-checkpoint/2"},
        {"size": "11"},
        {"size": True},
        {"size": 12},
        {"root": "00"},
        {"root": None},
        {"at": "noon"},
        {"frontier": []},
        {"frontier": 5},
        {"signature": "x"},
        {"more": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_no_checkpoint_is_refused(change: dict[str, Any]) -> None:
    """A part missing, more, of another type, or a frontier that does not prove the root."""
    plain = {**signed(11).plain(), **change}
    assert codes(lambda: SignedCheckpoint.read(plain), CheckpointMalformed) == [
        "audit.checkpoint_malformed"
    ]
    for name in signed(11).plain():
        without = {key: value for key, value in signed(11).plain().items() if key != name}
        codes(lambda without=without: SignedCheckpoint.read(without), CheckpointMalformed)  # type: ignore[misc]


@pytest.mark.parametrize("part", ["log", "size", "root", "at", "previous"])
def test_every_part_is_signed(part: str) -> None:
    """No part of a checkpoint can be changed under its signature."""
    one = signed(11)
    other = signed(12, log="log-2", at=NOON + timedelta(1), previous="cd" * 32)
    mixed = evolve(one.checkpoint, **{part: getattr(other.checkpoint, part)})
    assert mixed.content() != one.checkpoint.content()
    frontier = other.frontier if part in {"size", "root"} else one.frontier
    forged = evolve(
        one, checkpoint=evolve(mixed, size=frontier.size, root=frontier.root()), frontier=frontier
    )
    with pytest.raises(SignatureInvalid):
        forged.verify(TRUSTED)


def test_a_witness_signs_what_has_grown() -> None:
    """From nothing, from the same, from any earlier size: accepted with the right proof."""
    for old in range(21):
        for size in range(max(old, 1), 21):
            seen = signed(old) if old else None
            judged(seen, signed(size), *grown(old, size))()


def test_a_witness_refuses_what_has_not_grown() -> None:
    """A shrunk, rewritten or forked log, another log, another key: each by its code."""
    other = [sm3(b"other"), *LEAVES[1:]]
    fork = [*LEAVES[:8], *(sm3(one) for one in LEAVES[8:])]
    seen = signed(10)
    rewritten = ["audit.witness_log_rewritten"]
    assert codes(judged(seen, signed(9)), WitnessRefused) == ["audit.witness_log_shrunk"]
    assert codes(judged(seen, signed(12), *grown(9, 12)), WitnessRefused) == rewritten
    assert codes(judged(seen, signed(12)), WitnessRefused) == rewritten
    assert (
        codes(judged(seen, signed(12, other), *grown(10, 12, other)), WitnessRefused) == rewritten
    )
    assert codes(judged(seen, signed(12, fork), *grown(10, 12, fork)), WitnessRefused) == rewritten
    assert codes(judged(seen, signed(10, fork)), WitnessRefused) == rewritten
    assert codes(judged(seen, signed(12, log="log-2"), *grown(10, 12)), WitnessRefused) == [
        "audit.witness_other_log"
    ]
    forged = evolve(signed(12), signature=dict(signed(11).signature))
    assert codes(judged(seen, forged, *grown(10, 12)), WitnessRefused) == ["crypto.signature_wrong"]
    stranger = SignedCheckpoint.make(signed(12).checkpoint, signed(12).frontier, OTHER)
    assert codes(judged(seen, stranger, *grown(10, 12)), WitnessRefused) == [
        "crypto.signer_unknown"
    ]


def test_a_checkpoint_is_due_by_time_or_by_number() -> None:
    """After 60 seconds or 1,000 rows, whichever comes first, and never for nothing."""
    policy = AnchorPolicy()
    second = timedelta(seconds=1)

    def due(waiting: int, age: timedelta | None) -> bool:
        oldest = None if age is None else NOON - age
        return is_due(policy, waiting=waiting, oldest=oldest, now=NOON)

    assert due(1, 60 * second)
    assert not due(999, 59 * second)
    assert due(1000, 0 * second)
    assert not due(0, None)


def test_writing_stops_after_four_hours() -> None:
    """``audit.log_unanchored`` once the oldest row waits longer than the policy allows."""
    policy = AnchorPolicy()
    hours = timedelta(hours=4)
    require_anchored(policy, oldest=None, now=NOON)
    require_anchored(policy, oldest=NOON - hours, now=NOON)
    late = NOON - hours - timedelta(microseconds=1)
    assert codes(lambda: require_anchored(policy, oldest=late, now=NOON), LogUnanchored) == [
        "audit.log_unanchored"
    ]


def test_the_log_is_kept_for_six_months() -> None:
    """网络安全法第二十一条: not one day less than 183."""
    require_retention(timedelta(days=183))
    too_short = timedelta(days=182, hours=23)
    assert codes(lambda: require_retention(too_short), RetentionTooShort) == [
        "audit.retention_too_short"
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    st.builds(
        AuditEntry,
        at=st.datetimes(timezones=st.just(UTC)),
        actor=TEXTS,
        department=TEXTS,
        action=TEXTS,
        outcome=st.sampled_from(Outcome),
        request=TEXTS,
        targets=st.lists(TEXTS, max_size=3).map(tuple),
        note=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
    ),
    st.integers(0, 2**53 - 1),
)
def test_the_text_of_a_row_is_its_canonical_json(entry: AuditEntry, number: int) -> None:
    """What is put together column by column is what canonical JSON of the whole gives."""
    plain = {"number": number, "entry": to_plain(entry)}
    row = AuditRow(number=number, entry=entry)
    assert row.text().encode() == canonical_json(plain)
    assert row.leaf() == sm3(b"\x00" + canonical_json(plain))
    assert from_plain(AuditEntry, plain["entry"]) == entry


@given(*[st.lists(TEXTS, min_size=2, max_size=2, unique=True)] * 1, st.data())
def test_no_two_rows_share_a_text(two: list[str], data: st.DataObject) -> None:
    """A sign moved from one column into the next gives another text."""
    names = ["actor", "department", "action", "outcome", "request"]
    first, second = data.draw(st.permutations(names))[:2]
    base = dict.fromkeys(names, "x")
    common = {"at": "t", "targets": "[]", "note": "[]"}
    one = leaf_text(0, **{**base, first: two[0] + two[1], second: ""}, **common)
    other = leaf_text(0, **{**base, first: two[0], second: two[1]}, **common)
    assert (one == other) == (two[1] == "")


def test_a_moment_is_kept_in_utc() -> None:
    """The same moment in another zone is the same entry; one without a zone is refused."""
    entry = AuditEntry(
        at=NOON, actor="a", department="", action="x", outcome=Outcome.DONE, request=""
    )
    nanning = NOON.astimezone(timezone(timedelta(hours=8)))
    assert (
        AuditRow(number=0, entry=evolve(entry, at=nanning)).leaf()
        == AuditRow(number=0, entry=entry).leaf()
    )
    with pytest.raises(ValueError, match="2026"):
        evolve(entry, at=NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("target", "read"),
    [
        ("visit/v-1@3", ("visit", "v-1", 3)),
        ("grant_sheet/user/u@1@12", ("grant_sheet", "user/u@1", 12)),
        ("visit/v-1", None),
        ("visit/v@", None),
        ("visit/v@x1", None),
        ("visit/v@³", None),
    ],
    ids=["plain", "nested", "unversioned", "no-number", "word", "other-digits"],
)
def test_a_target_names_kind_id_and_version(target: str, read: tuple[str, str, int] | None) -> None:
    """The version stands behind the last @; what has none names no version."""
    assert read_target(target) == read
    if read:
        assert target_of(*read) == target
