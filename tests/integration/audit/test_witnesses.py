"""A checkpoint is worth what its witnesses are: they sign growth, and nothing else."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from attrs import define, evolve, frozen

from adapters.memory.audit import MemoryCheckpoints
from adapters.memory.unit import MemoryStore, MemoryTransactions
from adapters.system import FixedClock
from adapters.witness.ledger import FileWitness, read_ledger
from adapters.witness.remote import HttpWitness
from entrypoints.container import open_witness, witness_answers
from entrypoints.witnessing import WitnessServer
from supervision_core.audit.model import (
    AnchorPolicy,
    Checkpoint,
    Cosignature,
    Frontier,
    LogUnanchored,
    SignedCheckpoint,
    WitnessRefused,
    WitnessUnavailable,
    consistency_proof,
    cosignature_content,
)
from supervision_core.audit.ports import AuditLog, Witness
from supervision_core.audit.services import Anchoring, WriteGuard
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.signing import key_id, sign_document, verifiers, verify_document

from .logs import ALGORITHMS, NOON, OTHER, SIGNER, TRUSTED, Counted, Logged, codes, entries

LEAVES = [sm3(bytes([at])) for at in range(30)]
FORK = [*LEAVES[:8], *(sm3(one) for one in LEAVES[8:])]
WITNESS_KEY = ALGORITHMS.signer((21).to_bytes(32, "big"))
WITNESSES = verifiers(ALGORITHMS.verifier(WITNESS_KEY.public_key))
LATER = NOON + timedelta(hours=1)


def signed(size: int, leaves: list[bytes] = LEAVES, log: str = "log-1") -> SignedCheckpoint:
    """Give a checkpoint of the first leaves."""
    frontier = Frontier().extended(leaves[:size])
    one = Checkpoint(log=log, size=size, root=frontier.root(), at=LATER)
    return SignedCheckpoint.make(one, frontier, SIGNER)


def grown(old: int, size: int, leaves: list[bytes] = LEAVES) -> tuple[bytes, ...]:
    """Give the consistency proof."""
    return consistency_proof(Frontier().extended(leaves[:old]), leaves[old:size])


def refused(call: Callable[[], object]) -> list[str]:
    """Give why the witness refused."""
    with pytest.raises(WitnessRefused) as caught:
        call()
    return [reason.code for reason in caught.value.reasons]


class WitnessContract:
    """What every witness does. Fixture: ``witness``."""

    def test_it_signs_what_has_only_grown(self, witness: Witness) -> None:
        """Each co-signature names the checkpoint and verifies with the witness's key."""
        seen = 0
        for size in (3, 8, 20):
            assert witness.seen("log-1") == seen
            given = witness.cosign(signed(size), grown(seen, size))
            content = cosignature_content(signed(size).checkpoint, witness.name, given.at)
            assert verify_document(given.signature, content, WITNESSES) == witness.name
            seen = size

    def test_the_same_again_gets_the_same_answer(self, witness: Witness) -> None:
        """A lost answer is asked for again, and nothing is added."""
        one = signed(5)
        assert witness.cosign(one, ()) == witness.cosign(one, ())
        assert witness.seen("log-1") == 5

    def test_it_refuses_what_has_not_grown(self, witness: Witness) -> None:
        """A shrunk, rewritten or forked log, or another key: refused, and what it saw stays."""
        witness.cosign(signed(12), ())
        wrong = ["audit.witness_log_rewritten"]
        assert refused(lambda: witness.cosign(signed(9), ())) == ["audit.witness_log_shrunk"]
        assert refused(lambda: witness.cosign(signed(20, FORK), grown(12, 20, FORK))) == wrong
        assert refused(lambda: witness.cosign(signed(12, FORK), ())) == wrong
        assert refused(lambda: witness.cosign(signed(20), grown(11, 20))) == wrong
        stranger = SignedCheckpoint.make(signed(20).checkpoint, signed(20).frontier, OTHER)
        assert refused(lambda: witness.cosign(stranger, grown(12, 20))) == ["crypto.signer_unknown"]
        assert witness.seen("log-1") == 12
        witness.cosign(signed(20), grown(12, 20))

    def test_logs_do_not_mix(self, witness: Witness) -> None:
        """One witness serves several installations, each with a log of its own."""
        witness.cosign(signed(12), ())
        witness.cosign(signed(5, FORK, "log-2"), ())
        assert (witness.seen("log-1"), witness.seen("log-2"), witness.seen("log-3")) == (12, 5, 0)


@pytest.fixture
def ledger(tmp_path: Path) -> FileWitness:
    """Give a witness that keeps files."""
    return FileWitness(tmp_path / "seen", WITNESS_KEY, TRUSTED, FixedClock(LATER))


class TestFileWitness(WitnessContract):
    @pytest.fixture
    def witness(self, ledger: FileWitness) -> Witness:
        """Give it."""
        return ledger

    def test_what_it_saw_is_for_auditors(self, ledger: FileWitness, tmp_path: Path) -> None:
        """Its file holds every checkpoint with its co-signature, and survives a torn last line."""
        ledger.cosign(signed(3), ())
        ledger.cosign(signed(8), grown(3, 8))
        path = tmp_path / "seen" / "log-1.jsonl"
        kept = [one.checkpoint for one, _ in read_ledger(path)]
        assert kept == [signed(3).checkpoint, signed(8).checkpoint]
        with path.open("ab") as file:
            file.write(b'{"checkpoint": {"si')
        assert ledger.seen("log-1") == 8
        ledger.cosign(signed(20), grown(8, 20))
        assert [one.checkpoint.size for one in ledger.checkpoints("log-1")] == [3, 8, 20]

    def test_a_log_is_no_path(self, ledger: FileWitness) -> None:
        """Nobody writes outside of the witness's folder by the name of a log."""
        assert refused(lambda: ledger.seen("../../etc/passwd")) == ["audit.witness_other_log"]


@frozen
class Served:
    """A witness that is served."""

    address: str
    server: WitnessServer


@pytest.fixture
def served(ledger: FileWitness) -> Iterator[Served]:
    """Give the witness's service on this machine."""
    server = WitnessServer(("127.0.0.1", 0), ledger, WITNESS_KEY.public_key)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Served(f"http://127.0.0.1:{server.server_address[1]}", server)
    server.shutdown()
    thread.join()
    server.server_close()


class TestHttpWitness(WitnessContract):
    @pytest.fixture
    def witness(self, served: Served) -> Witness:
        """Give the client of the service."""
        return HttpWitness(served.address, key_id(WITNESS_KEY.public_key))

    def test_it_tells_its_key(self, served: Served) -> None:
        """Whoever sets up the platform can compare the key with what he was told."""
        client = HttpWitness(served.address, key_id(WITNESS_KEY.public_key))
        assert client.public_key() == WITNESS_KEY.public_key

    @pytest.mark.parametrize(
        ("method", "path", "body", "status"),
        [
            ("GET", "/", None, 404),
            ("GET", "/v1/logs/..%2f..%2fx", None, 404),
            ("POST", "/v1/key", b"{}", 404),
            ("POST", "/v1/logs/log-1", b"{", 400),
            ("POST", "/v1/logs/log-1", b'{"checkpoint": 1, "proof": []}', 400),
            ("POST", "/v1/logs/log-1", b"[]", 400),
            ("POST", "/v1/logs/log-1", b" " * 1_000_001, 413),
        ],
        ids=["root", "path", "key", "torn", "number", "list", "huge"],
    )
    def test_what_is_no_request_is_refused(
        self, served: Served, method: str, path: str, body: bytes | None, status: int
    ) -> None:
        """Nothing but the three questions is answered."""
        found = requests.request(method, served.address + path, data=body, timeout=60)
        assert found.status_code == status

    def test_another_log_in_the_body_is_refused(self, served: Served) -> None:
        """The path and the checkpoint name the same log."""
        body = {"checkpoint": signed(3).plain(), "proof": []}
        found = requests.post(f"{served.address}/v1/logs/log-2", json=body, timeout=60)
        assert found.status_code == 400

    def test_a_witness_that_is_away_is_unavailable(self) -> None:
        """Nobody listens there: ``audit.witness_unavailable``, which is no refusal."""
        client = HttpWitness("http://127.0.0.1:9", "k")
        with pytest.raises(WitnessUnavailable) as caught:
            client.seen("log-1")
        assert caught.value.code == "audit.witness_unavailable"


def test_the_doctor_asks_witnesses(served: Served, tmp_path: Path) -> None:
    """One answers if it is there and has the key that was agreed; a folder, if it can be kept."""
    key = WITNESS_KEY.public_key.hex()
    assert witness_answers(f"{served.address}#{key}")
    assert not witness_answers(f"{served.address}#{OTHER.public_key.hex()}")
    assert not witness_answers(f"http://127.0.0.1:9#{key}")
    assert witness_answers(str(tmp_path / "new"))
    assert not witness_answers(str(tmp_path / "away" / "new"))


@define
class Scripted(Witness):
    """A witness that is away, or signs with another key than it is known by."""

    name: str = "k"
    away: bool = False

    def seen(self, log: str) -> int:
        """Have seen nothing."""
        del log
        if self.away:
            raise WitnessUnavailable(())
        return 0

    def cosign(self, signed: SignedCheckpoint, proof: object) -> Cosignature:
        """Sign with a stranger's key."""
        del proof
        content = cosignature_content(signed.checkpoint, self.name, LATER)
        return Cosignature(witness=self.name, at=LATER, signature=sign_document(OTHER, content))


def watched(logged: Logged, *witnesses: Witness) -> Logged:
    """Give the log with its witnesses."""
    return evolve(logged, witnesses=witnesses, known=dict(WITNESSES))


def test_a_log_is_anchored_at_its_witness(logged: Logged, ledger: FileWitness) -> None:
    """Each checkpoint is co-signed, the co-signature kept, and nothing waits any more."""
    logged = watched(logged, ledger)
    logged.fill()
    assert logged.anchoring.oldest_unanchored() is not None
    done = logged.anchoring.anchor()
    assert (done.refused, done.unavailable) == ((), ())
    assert logged.anchoring.oldest_unanchored() is None
    assert logged.checkpoints.cosigned(ledger.name) == 50
    assert [one.checkpoint.size for one in ledger.checkpoints("log-1")] == [13, 32, 47, 50]


def test_anchoring_again_changes_nothing(logged: Logged, ledger: FileWitness) -> None:
    """Without new rows there is no new checkpoint."""
    logged = watched(logged, ledger)
    logged.fill()
    first = logged.anchoring.anchor().signed
    assert logged.anchoring.anchor().signed == first
    assert len(logged.checkpoints.between(0)) == 4


def test_a_witness_catches_up(logged: Logged, ledger: FileWitness) -> None:
    """A witness that comes later, or was away, is shown the newest checkpoint with its proof."""
    logged.fill()
    away = watched(logged, Scripted(away=True))
    assert len(away.anchoring.anchor().unavailable) == 1
    logged = watched(logged, ledger)
    assert logged.anchoring.anchor().refused == ()
    logged.write(entries(3))
    assert logged.anchoring.anchor().refused == ()
    assert [one.checkpoint.size for one in ledger.checkpoints("log-1")] == [50, 53]


def test_a_cosignature_by_another_key_does_not_count(logged: Logged) -> None:
    """What a witness answers is believed only under the key that was agreed."""
    logged = watched(logged, Scripted(name=next(iter(WITNESSES))))
    logged.write(entries(3))
    (other,) = logged.anchoring.anchor().refused
    assert [one.code for one in other.reasons] == ["audit.witness_other_key"]
    assert logged.checkpoints.cosignatures(3) == []


def test_a_log_put_back_is_refused(logged: Logged, ledger: FileWitness, tmp_path: Path) -> None:
    """The file as it was an hour ago, continued with other rows, key and all: the witness sees."""
    logged = watched(logged, ledger)
    logged.fill(13, (13,))
    logged.engine.dispose()
    shutil.copy(logged.path, tmp_path / "old.db")
    logged.write(entries(10, salt="a"))
    logged.anchoring.anchor()
    logged.engine.dispose()
    for tail in ("-wal", "-shm"):
        Path(f"{logged.path}{tail}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", logged.path)
    (shrunk,) = logged.anchoring.anchor().refused
    assert [one.code for one in shrunk.reasons] == ["audit.witness_log_shrunk"]
    logged.write(entries(12, salt="b"))
    (forked,) = logged.anchoring.anchor().refused
    assert [one.code for one in forked.reasons] == ["audit.witness_log_shrunk"]
    assert logged.verify().holds  # negative control: within the database all fits
    others = ledger.checkpoints("log-1")
    assert codes(logged.verify(others)) == {"audit.rows_rewritten"}


def test_checkpoints_come_by_time_and_by_number(tmp_path: Path) -> None:
    """Nothing is anchored before a row waited 60 seconds, or a thousand wait."""
    del tmp_path
    store, clock = MemoryStore(), FixedClock(NOON)
    anchoring = Anchoring(
        checkpoints=MemoryCheckpoints(store), signer=SIGNER, clock=clock, ids=Counted()
    )

    def write(rows: int) -> None:
        with MemoryTransactions(store, {}).begin() as unit:
            for one in entries(rows):
                unit[AuditLog].append(evolve(one, at=clock.now()))
            unit.commit()

    assert anchoring.anchor_if_due() is None
    write(1)
    assert anchoring.anchor_if_due() is None
    clock.put(NOON + timedelta(seconds=60))
    assert anchoring.anchor_if_due() is not None
    write(999)
    assert anchoring.anchor_if_due() is None
    write(1)
    done = anchoring.anchor_if_due()
    assert done is not None
    assert done.signed is not None
    assert done.signed.checkpoint.size == 1001


def test_writing_stops_when_no_witness_has_seen_the_log_for_hours() -> None:
    """After four hours: first it tries to anchor, then it refuses, and it goes on by itself."""
    store, clock = MemoryStore(), FixedClock(NOON)
    witness = Scripted(away=True)
    anchoring = Anchoring(
        checkpoints=MemoryCheckpoints(store),
        signer=SIGNER,
        witnesses=[witness],
        clock=clock,
        ids=Counted(),
        policy=AnchorPolicy(),
    )
    guard = WriteGuard(lambda: anchoring)
    guard.require(clock.now())
    with MemoryTransactions(store, {}).begin() as unit:
        unit[AuditLog].append(evolve(entries(1)[0], at=NOON))
        unit.commit()
    guard.require(NOON + timedelta(hours=4))
    late = NOON + timedelta(hours=4, seconds=1)
    clock.put(late)
    with pytest.raises(LogUnanchored) as caught:
        guard.require(late)
    assert caught.value.code == "audit.log_unanchored"
    without = evolve(anchoring, witnesses=[])
    WriteGuard(lambda: without).require(late)


def test_a_witness_opens_with_a_key_of_its_own(tmp_path: Path) -> None:
    """Its folder holds its key, wrapped; opened again it is the same witness."""
    first, verifier = open_witness(tmp_path / "w", TRUSTED, FixedClock(LATER))
    again, same = open_witness(tmp_path / "w", TRUSTED, FixedClock(LATER))
    assert first.name == again.name == key_id(verifier.public_key) == key_id(same.public_key)
    first.cosign(signed(3), ())
    assert again.seen("log-1") == 3
