"""Whatever is changed in a file of the log is found, by public keys alone."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from adapters.sql.frame.commit import SqlAuditLog
from supervision_core.audit.log_file import verify_lines, write_log
from supervision_core.audit.model import Verdict
from supervision_core.audit.row_proof import NotProvable, ProofWrong, RowProof, prove_from_lines

from .logs import ALGORITHMS, OTHER, ROWS, SIZES, TRUSTED, Copies, codes, names

STRANGERS = {"k": ALGORITHMS.verifier(OTHER.public_key)}


@pytest.fixture(scope="module")
def whole(copies: Copies) -> list[bytes]:
    """Give the lines of a log of 50 rows."""
    return _lines(copies, 0, ROWS)


@pytest.fixture(scope="module")
def segment(copies: Copies) -> list[bytes]:
    """Give the lines of a segment from the first checkpoint to the second."""
    return _lines(copies, SIZES[0], SIZES[1])


def _lines(copies: Copies, first: int, size: int) -> list[bytes]:
    logged = copies.fresh()
    rows = [row for row in SqlAuditLog(logged.engine).rows(first) if row.number < size]
    checkpoints = logged.checkpoints.between(first, size)
    lines = write_log(rows, checkpoints, log="log-1", first=first, size=size)
    return [line.encode() for line in lines]


def verify(content: bytes) -> Verdict:
    """Verify the content of a file as it is read: line by line."""
    return verify_lines(content.splitlines(keepends=True), TRUSTED)


def test_an_untouched_file_holds(whole: list[bytes], segment: list[bytes]) -> None:
    """A whole log and a segment from its middle are verified with the public key alone."""
    verdict = verify_lines(whole, TRUSTED)
    assert (verdict.findings, verdict.size, verdict.anchored) == ((), ROWS, SIZES[-1])
    part = verify_lines(segment, TRUSTED)
    assert (part.findings, part.first, part.size, part.anchored) == ((), 13, 32, 32)


def test_another_key_does_not_verify(whole: list[bytes]) -> None:
    """Negative control: with a stranger's key nothing is proved."""
    assert codes(verify_lines(whole, STRANGERS)) == {"audit.checkpoint_not_signed"}


def flipped(content: bytes, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the places whose flip is not found."""
    missed = []
    for at, bit in places:
        changed = bytearray(content)
        changed[at] ^= 1 << bit
        if verify(bytes(changed)).holds:
            missed.append((at, bit))
    return missed


def test_a_flipped_bit_anywhere_is_found(segment: list[bytes]) -> None:
    """A bit of every seventh byte of a segment, head, checkpoints, tabs and ends included."""
    content = b"".join(segment)
    assert flipped(content, ((at, at % 8) for at in range(0, len(content), 7))) == []


@pytest.mark.slow
def test_every_flipped_bit_of_a_segment_is_found(segment: list[bytes]) -> None:
    """Every bit of every byte of a segment (tamper)."""
    content = b"".join(segment)
    assert flipped(content, ((at, bit) for at in range(len(content)) for bit in range(8))) == []


@pytest.mark.slow
def test_every_flipped_bit_of_a_whole_log_is_found(whole: list[bytes]) -> None:
    """Every bit of every byte of a log of 50 rows with three checkpoints (tamper)."""
    content = b"".join(whole)
    assert flipped(content, ((at, bit) for at in range(len(content)) for bit in range(8))) == []


def test_a_changed_row_is_named(whole: list[bytes]) -> None:
    """A bit changed in the text or the hash of a row is found at that row, and only there."""
    number = -1
    for at, line in enumerate(whole):
        if not line.startswith(b"{") or at == 0:
            continue
        number += 1
        for place in (20, len(line) - 10):
            changed = bytearray(line)
            changed[place] ^= 1
            found = verify_lines([*whole[:at], bytes(changed), *whole[at + 1 :]], TRUSTED).findings
            assert [(one.first, one.last) for one in found] == [(number, number)]


@pytest.mark.parametrize("length", range(len(SIZES) + ROWS + 1))
def test_a_file_cut_off_at_any_line_is_seen(whole: list[bytes], length: int) -> None:
    """The head says how many rows there are, and checkpoints behind the cut are missed."""
    assert not verify_lines(whole[:length], TRUSTED).holds


def test_cutting_head_and_tail_together_needs_a_checkpoint_kept_elsewhere(
    whole: list[bytes], copies: Copies
) -> None:
    """Cut at a checkpoint and with a head to match, the file holds; a later checkpoint tells."""
    upto = next(at for at, line in enumerate(whole) if line.startswith(b"#"))
    head = whole[0].replace(b'"size":50', b'"size":13')
    cut = [head, *whole[1 : upto + 1]]
    assert verify_lines(cut, TRUSTED).holds  # negative control
    last = copies.fresh().checkpoints.last()
    assert last is not None
    verdict = verify_lines(cut, TRUSTED, [last])
    assert codes(verdict) == {"audit.rows_missing"}
    assert names(verdict, SIZES[-1] - 1)


@pytest.mark.parametrize("at", [1, 10, 30])
def test_lines_deleted_doubled_and_exchanged_are_found(whole: list[bytes], at: int) -> None:
    """Whatever is done with whole lines."""
    swapped = [*whole[:at], whole[at + 1], whole[at], *whole[at + 2 :]]
    for changed in (
        [*whole[:at], *whole[at + 1 :]],
        [*whole[: at + 1], *whole[at:]],
        swapped,
        [*whole[:at], b"\n", *whole[at:]],
        [*whole, whole[at]],
    ):
        assert not verify_lines(changed, TRUSTED).holds


def test_a_segment_that_begins_without_its_checkpoint_is_refused(segment: list[bytes]) -> None:
    """Rows from the middle prove nothing without the checkpoint before them."""
    assert "audit.checkpoint_missing" in codes(verify_lines([segment[0], *segment[2:]], TRUSTED))


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", b"\x00\xff\n", b'{"format":"audit-log/1"}\n'],
    ids=["empty", "object", "binary", "half"],
)  # fmt: skip
def test_what_is_no_log_is_no_success(content: bytes) -> None:
    """A file that cannot be read counts as changed."""
    assert codes(verify(content)) == {"audit.file_unreadable"}


@pytest.mark.parametrize("number", [0, 12, 13, 31, 46])
def test_one_row_is_proved_from_a_file(whole: list[bytes], number: int) -> None:
    """The proof of a row needs nothing but itself and the public key."""
    proof = RowProof.read(prove_from_lines(whole, number).plain())
    proof.verify(TRUSTED)
    assert f'"number":{number}}}' in proof.text


@pytest.mark.parametrize("number", [47, 49, 50])
def test_what_no_checkpoint_covers_is_not_provable(whole: list[bytes], number: int) -> None:
    """``audit.not_provable``."""
    with pytest.raises(NotProvable):
        prove_from_lines(whole, number)


def test_a_forged_proof_is_refused(whole: list[bytes]) -> None:
    """Another row, number, path, checkpoint or key: each is refused by its code."""
    good, other = prove_from_lines(whole, 20).plain(), prove_from_lines(whole, 21).plain()
    early = prove_from_lines(whole, 5).plain()

    def refused(**change: object) -> list[str]:
        with pytest.raises(ProofWrong) as caught:
            RowProof.read({**good, **change}).verify(TRUSTED)
        return [reason.code for reason in caught.value.reasons]

    text = str(good["row"])
    assert refused(row=text.replace("u-0", "u-1")) == ["audit.proof_root_wrong"]
    assert refused(number=21) == ["audit.proof_row_wrong", "audit.proof_root_wrong"]
    assert refused(path=other["path"]) == ["audit.proof_root_wrong"]
    assert refused(checkpoint=early["checkpoint"]) == ["audit.proof_root_wrong"]
    assert refused(format="x") == ["audit.proof_malformed"]
    assert refused(path=[5]) == ["audit.proof_malformed"]
    with pytest.raises(ProofWrong) as caught:
        RowProof.read(good).verify(STRANGERS)
    assert [reason.code for reason in caught.value.reasons] == ["crypto.signer_unknown"]
    with pytest.raises(ProofWrong) as caught:
        RowProof.read(good).verify(TRUSTED, STRANGERS)
    assert [reason.code for reason in caught.value.reasons] == ["audit.proof_not_witnessed"]


def test_a_third_party_verifies_with_a_script_of_its_own(
    whole: list[bytes], tmp_path: Path
) -> None:
    """``docs/verify_audit.py`` shares no code with the platform and finds the same root."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(whole))
    script = Path(__file__).resolve().parents[3] / "docs" / "verify_audit.py"

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - a script of ours
            [sys.executable, str(script), str(path)], capture_output=True, text=True, check=False
        )

    good = run()
    assert good.returncode == 0, good.stdout + good.stderr
    assert verify_lines(whole, TRUSTED).root.hex() in good.stdout
    path.write_bytes(b"".join(whole).replace(b"u-1", b"u-2", 1))
    assert run().returncode == 1
