"""Backups that are closed to a key in a safe: with it and nothing else all is restored."""

import base64
import json
import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import gmalg
import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from tests.integration.backups.conftest import Empty
from tests.integration.backups.filling import Shelf, content, is_empty, tag
from tests.integration.backups.test_secrecy import unpacked

from adapters.crypto.keys import read_master_key
from adapters.crypto.platform_keys import KeySettings
from adapters.crypto.providers import OpensslAlgorithms
from adapters.crypto.public_keys import write_public_key
from adapters.crypto.sm2 import new_private_key, read_ciphertext
from adapters.sql.backups import SqlDatabase
from adapters.sql.engine.database import open_engine
from entrypoints.backups import MANIFEST, Opening
from entrypoints.cli import main
from entrypoints.container import Platform, SystemRandomness, open_platform
from supervision_core.kernel.backups import BackupDamaged, BackupKind, BackupLocked, Manifest
from supervision_core.kernel.crypto import Encryptor
from supervision_core.kernel.ports import Randomness

ALGORITHMS = OpensslAlgorithms()
PRIVATE = new_private_key(SystemRandomness())
PUBLIC = ALGORITHMS.public_key(PRIVATE)
SAFE_KEY = ALGORITHMS.decryptor(PRIVATE)
Close = Callable[[str], None]
Run = Callable[..., Result]


@pytest.fixture
def close(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Close:
    """Give what sets the safe's public key, and whether the host reads: yes or no."""
    (tmp_path / "safe.pub").write_text(write_public_key(PUBLIC), "ascii")

    def set_to(host_reads: str) -> None:
        monkeypatch.setenv("SUPERVISION_BACKUP_SAFE", str(tmp_path / "safe.pub"))
        monkeypatch.setenv("SUPERVISION_BACKUP_HOST_READS", host_reads)

    return set_to


def later(shelf: Shelf) -> None:
    """Let a slot pass."""
    shelf.clock.put(shelf.clock.now() + timedelta(hours=4))


def with_safe_key(shelf: Shelf, id: str, target: Empty) -> object:
    """Restore by the safe key alone; give what the database then holds."""
    engine = target()
    evolve(shelf.backups, safe_key=SAFE_KEY).restore(id, SqlDatabase(engine))
    return content(engine)


@pytest.mark.parametrize("host_reads", ["yes", "no"])
def test_the_safe_key_opens_each_backup_of_a_chain(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, close: Close, host_reads: str
) -> None:
    """Full or incremental; the incremental one names files under the key of the full one."""
    close(host_reads)
    states = {shelf.make(platform.engine).id: content(platform.engine)}
    tag(platform, "又")
    later(shelf)
    made = shelf.make(platform.engine, BackupKind.INCREMENTAL)
    states[made.id] = content(platform.engine)
    assert len({chunk.file.partition("/")[0] for chunk in made.chunks()}) == 2
    assert len(made.envelopes) == 2
    for name, state in states.items():
        assert with_safe_key(shelf, name, empty_sqlite) == state


def test_the_host_reads_its_backups_if_it_shall(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, close: Close
) -> None:
    """``kernel.backup_locked`` where it shall not; there it still tells a changed byte."""
    close("yes")
    open_one = shelf.make(platform.engine)
    later(shelf)
    close("no")
    locked = shelf.make(platform.engine, BackupKind.INCREMENTAL)
    assert all(chunk.file.startswith(locked.id) for chunk in locked.chunks())
    shelf.restore(open_one.id, empty_sqlite())
    target = empty_sqlite()
    with pytest.raises(BackupLocked) as caught:
        shelf.restore(locked.id, target)
    assert [one.code for one in caught.value.reasons] == ["kernel.backup_locked"]
    assert is_empty(target)
    shelf.backups.verify(locked.id)
    file = shelf.folder / next(locked.chunks()).file
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    with pytest.raises(BackupDamaged):
        shelf.backups.verify(locked.id)


def test_backups_of_before_stay_readable(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, close: Close
) -> None:
    """They are written as ever without a safe; the first with one names none of their files."""
    plain = shelf.make(platform.engine)
    written = json.loads((shelf.folder / plain.id / MANIFEST).read_bytes())
    assert set(written) == {
        "id", "kind", "base", "at", "schema", "audit_size", "tables", "format",
    }  # fmt: skip
    state = content(platform.engine)
    close("no")
    later(shelf)
    closed = shelf.make(platform.engine, BackupKind.INCREMENTAL)
    assert closed.kind is BackupKind.INCREMENTAL
    assert all(chunk.file.startswith(closed.id) for chunk in closed.chunks())
    target = empty_sqlite()
    shelf.restore(plain.id, target)
    assert content(target) == state == with_safe_key(shelf, closed.id, empty_sqlite)


def test_another_safe_key_opens_nothing(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, close: Close
) -> None:
    """``kernel.backup_other_safe``, also where the host could read; nothing is restored."""
    close("yes")
    made = shelf.make(platform.engine)
    other = ALGORITHMS.decryptor(new_private_key(SystemRandomness()))
    target = empty_sqlite()
    with pytest.raises(BackupLocked) as caught:
        evolve(shelf.backups, safe_key=other).restore(made.id, SqlDatabase(target))
    assert [one.code for one in caught.value.reasons] == ["kernel.backup_other_safe"]
    assert is_empty(target)


def test_an_envelope_changed_or_of_another_backup_is_refused(
    platform: Platform, shelf: Shelf, close: Close
) -> None:
    """The manifest's hash covers it; and by itself, it opens no file but those of its backup."""
    close("yes")
    first = shelf.make(platform.engine)
    later(shelf)
    second = shelf.make(platform.engine)
    path = shelf.folder / second.id / MANIFEST
    whole = path.read_bytes()
    for one, other in zip(first.envelopes, second.envelopes, strict=True):
        for part in ("safe", "host"):
            foreign = getattr(one, part)
            own = getattr(other, part)
            path.write_bytes(whole.replace(own.hex().encode(), foreign.hex().encode()))
            assert path.read_bytes() != whole
            with pytest.raises(BackupDamaged) as caught:
                shelf.backups.verify(second.id)
            assert caught.value.reasons[0].at == f"{second.id}/{MANIFEST}"
            for changed in (foreign, own[:-1] + bytes([own[-1] ^ 1]), own[:-1]):
                assert is_damaged(shelf, second, part, changed), part
    path.write_bytes(whole)
    shelf.backups.verify(second.id)


def is_damaged(shelf: Shelf, manifest: Manifest, part: str, changed: bytes) -> bool:
    """Tell whether a file is refused by a manifest with that instead of the key."""
    (envelope,) = manifest.envelopes
    other = evolve(envelope, safe=changed) if part == "safe" else evolve(envelope, host=changed)
    forged = evolve(manifest, envelopes=(other,))
    seals = shelf.backups.seals
    safe_key = SAFE_KEY if part == "safe" else None
    opening = Opening(forged, seals.keys, seals.algorithms, safe_key)
    table = manifest.tables[0]
    sealed = (shelf.folder / table.chunks[0].file).read_bytes()
    try:
        opening.lines(table.name, table.chunks[0], sealed)
    except BackupDamaged:
        return True
    return False


def test_the_keyring_holds_what_the_rows_need(
    platform: Platform, shelf: Shelf, close: Close, tmp_path: Path
) -> None:
    """Keys that are rotated, and used, between the beginning and the snapshot's end are in it."""
    close("no")
    own = KeySettings(folder=tmp_path / "own", master=tmp_path / "own.key")
    own.make(SystemRandomness())
    keys = own.open(SystemRandomness())
    backups = evolve(shelf.backups, seals=evolve(shelf.backups.seals, keyring=own.pack))

    def rotate(_rows: int) -> None:
        if len(keys.store.versions("fields")) == 1:
            keys.rotate()

    made = backups.make(SqlDatabase(platform.engine), BackupKind.FULL, rotate)
    taken = KeySettings(folder=tmp_path / "taken", master=tmp_path / "taken.key")
    packed = Opening(made, None, ALGORITHMS, SAFE_KEY).keyring()
    assert taken.unpack(packed) == len(list(own.folder.iterdir())) + 1
    assert files(taken.folder) == files(own.folder)
    assert read_master_key(taken.master) == read_master_key(own.master)
    assert taken.open(SystemRandomness()).store.versions("fields") == (1, 2)
    for name in ("taken/rows.1.key", "taken/audit.1.pub", "taken.key"):  # broken off anywhere
        (tmp_path / name).unlink()
        taken.unpack(packed)
    assert files(taken.folder) == files(own.folder)


def files(folder: Path) -> dict[str, bytes]:
    """Give what lies in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Recording(Randomness):
    """Randomness of which the keys drawn are told."""

    def __init__(self) -> None:
        """Tell of nothing yet."""
        self._real = SystemRandomness()
        self.keys: list[bytes] = []

    def token(self, size: int) -> bytes:
        """Draw."""
        drawn = self._real.token(size)
        if size == 16:
            self.keys.append(drawn)
        return drawn


def lying_in_clear(folder: Path, out: Path, secrets: Sequence[bytes]) -> set[bytes]:
    """Give those that lie in a file, raw or written out, unpacked wherever it can be."""
    contents = [path.read_bytes() for path in unpacked(folder, out).iterdir()]
    return {
        secret
        for secret in secrets
        for spelt in (secret, secret.hex().encode(), base64.b64encode(secret)[:20])
        if any(spelt in one for one in contents)
    }


def closed_chain(platform: Platform, shelf: Shelf, algorithms: OpensslAlgorithms) -> list[bytes]:
    """Make two backups; give the keys that were drawn, and the keys of the installation."""
    recording = Recording()
    seals = evolve(shelf.backups.seals, randomness=recording, algorithms=algorithms)
    for kind in (BackupKind.FULL, BackupKind.INCREMENTAL):
        evolve(shelf.backups, seals=seals).make(SqlDatabase(platform.engine), kind)
        later(shelf)
    assert len(recording.keys) == 2
    return recording.keys


@pytest.mark.parametrize("host_reads", ["yes", "no"])
def test_no_key_lies_in_clear(
    platform: Platform, shelf: Shelf, close: Close, tmp_path: Path, host_reads: str
) -> None:
    """Neither the keys of the backups, nor the master key, nor a key as its file holds it."""
    close(host_reads)
    drawn = closed_chain(platform, shelf, ALGORITHMS)
    packed = json.loads(shelf.backups.seals.keyring())
    secrets = [bytes.fromhex(packed["master"]), *map(bytes.fromhex, packed["files"].values())]
    secrets = [*drawn, *(one for one in secrets if not one.startswith(b"04"))]  # public halves
    assert len(secrets) > 6
    assert lying_in_clear(shelf.folder, tmp_path / "out", secrets) == set()


class Unwrapped(OpensslAlgorithms):
    """Algorithms that leave what is encrypted to a public key as it is."""

    def encryptor(self, public_key: bytes) -> Encryptor:
        """Give one that does nothing."""
        del public_key

        class Nothing(Encryptor):
            def encrypt(self, plain: bytes) -> bytes:
                return plain

        return Nothing()


def test_the_scan_sees_a_key_in_clear(
    platform: Platform, shelf: Shelf, close: Close, tmp_path: Path
) -> None:
    """Negative control: keys that nobody encrypted are found, each of them."""
    close("no")
    drawn = closed_chain(platform, shelf, Unwrapped())
    assert lying_in_clear(shelf.folder, tmp_path / "out", drawn) == set(drawn)


def test_an_implementation_nobody_here_wrote_opens_the_envelope(
    platform: Platform, shelf: Shelf, close: Close
) -> None:
    """Gmalg decrypts it (C1 ‖ C3 ‖ C2, GB/T 32918.4): no backup hangs on this program alone."""
    close("no")
    made = shelf.make(platform.engine)
    (envelope,) = made.envelopes
    oracle = gmalg.SM2(PRIVATE, b"1234567812345678", PUBLIC)
    key = oracle.decrypt(read_ciphertext(envelope.safe).raw())
    sealed = made.keyring
    version, nonce, rest = sealed[:4], sealed[4:16], sealed[16:]
    label = f"backup-keyring/1:{made.id}:0".encode()
    assert version == bytes(4)
    opened = ALGORITHMS.cipher(key).open(nonce, rest, label)
    assert json.loads(opened)["format"] == "keyring/1"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give ``supervision`` on a host with keys of its own, whose safe was set up."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words").write_text("一只写在纸上的口令 甘蔗 渡船\n", "utf-8")
    stay_on(tmp_path / "host", monkeypatch)
    monkeypatch.setenv("SUPERVISION_DATABASE", f"sqlite:///{tmp_path}/a.db")
    made = open_platform(f"sqlite:///{tmp_path}/a.db", make_keys=True)
    tag(made, "一")
    made.engine.dispose()

    def ran(*words: str) -> Result:
        found = CliRunner().invoke(main, list(words))
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    assert ran("audit", "key", "k.pem").exit_code == 0
    said = ran("backup", "safe-key", "safe.key", "--passphrase-file", "words")
    assert said.exit_code == 0, said.output
    monkeypatch.setenv("SUPERVISION_BACKUP_SAFE", str(tmp_path / "safe.key.pub"))
    return ran


def stay_on(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys lie on that machine."""
    monkeypatch.setenv("SUPERVISION_KEYS", str(machine / "keys"))
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(machine / "master.key"))


BY_SAFE_KEY = ("--safe-key", "safe.key", "--passphrase-file", "words")
ANYWHERE = (*BY_SAFE_KEY, "--signer", "k.pem")


@pytest.mark.parametrize("host_reads", ["yes", "no"])
def test_on_another_machine_the_safe_key_is_enough(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host_reads: str
) -> None:
    """The host burnt down: folder, safe key, its passphrase and the public key bring all back."""
    monkeypatch.setenv("SUPERVISION_BACKUP_HOST_READS", host_reads)
    assert run("backup", "make", "b").exit_code == 0
    verified = json.loads(run("backup", "verify", "b", "--json").stdout)
    assert verified["opened"] is (host_reads == "yes")
    assert run("backup", "drill", "b").exit_code == (0 if host_reads == "yes" else 3)
    for words in (("backup", "verify", "b"), ("backup", "drill", "b")):
        assert run(*words, *BY_SAFE_KEY).exit_code == 0
    shutil.rmtree(tmp_path / "host")
    (tmp_path / "a.db").unlink()
    stay_on(tmp_path / "new", monkeypatch)
    monkeypatch.delenv("SUPERVISION_BACKUP_SAFE")
    monkeypatch.delenv("SUPERVISION_BACKUP_HOST_READS")
    said = run("restore", "b", "--database", "r.db", *ANYWHERE)
    assert said.exit_code == 0, said.output
    assert run("audit", "verify", "r.db", "--public-key", "k.pem").exit_code == 0
    platform = open_platform(f"sqlite:///{tmp_path}/r.db")  # the keys are those of its rows
    tag(platform, "二")
    platform.engine.dispose()


def test_what_is_not_opened_changes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another passphrase, signer or set of keys: refused, and neither keys nor tables are there."""
    assert run("backup", "make", "b").exit_code == 0
    foreign = ALGORITHMS.public_key(new_private_key(SystemRandomness()))
    (tmp_path / "foreign.pem").write_text(write_public_key(foreign), "ascii")
    (tmp_path / "wrong").write_text("wrong", "ascii")
    stay_on(tmp_path / "new", monkeypatch)
    for code, error, words in (
        (2, "", BY_SAFE_KEY),
        (3, "crypto.passphrase_wrong",
         ("--safe-key", "safe.key", "--passphrase-file", "wrong", "--signer", "k.pem")),
        (4, "kernel.backup_damaged", (*BY_SAFE_KEY, "--signer", "foreign.pem")),
    ):  # fmt: skip
        said = run("restore", "b", "--database", "r.db", "--json", *words)
        assert said.exit_code == code, said.output
        assert error in said.output
        assert not (tmp_path / "new").exists()
    settings = KeySettings(folder=tmp_path / "new" / "keys", master=tmp_path / "new" / "master.key")
    settings.make(SystemRandomness())
    before = files(settings.folder)
    said = run("restore", "b", "--database", "r.db", "--json", *ANYWHERE)
    assert (said.exit_code, json.loads(said.stdout)["error"]) == (3, "crypto.keys_differ")
    assert files(settings.folder) == before
    engine = open_engine(f"sqlite:///{tmp_path}/r.db")
    assert is_empty(engine)
    engine.dispose()
    assert run("backup", "safe-key", "safe.key", "--passphrase-file", "words").exit_code == 1


def test_a_safe_key_is_locked_by_more_than_a_word(run: Run, tmp_path: Path) -> None:
    """``crypto.passphrase_short``: whoever finds the file would try all words; none is written."""
    for short in ("", "11 signs ok"):
        (tmp_path / "short").write_text(short, "utf-8")
        said = run("backup", "safe-key", "new.key", "--passphrase-file", "short", "--json")
        assert said.exit_code == 3
        assert json.loads(said.stdout)["reasons"][0]["code"] == "crypto.passphrase_short"
    assert not list(tmp_path.glob("new.key*"))


def test_a_backup_that_nobody_could_read_is_not_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings that leave no reader are refused, and a public key that is gone is missed."""
    monkeypatch.setenv("SUPERVISION_BACKUP_SAFE", str(tmp_path / "gone.pub"))
    assert run("backup", "make", "b").exit_code == 1
    monkeypatch.delenv("SUPERVISION_BACKUP_SAFE")
    monkeypatch.setenv("SUPERVISION_BACKUP_HOST_READS", "no")
    said = run("backup", "make", "b", "--json")
    assert said.exit_code == 3
    assert [one["code"] for one in json.loads(said.stdout)["reasons"]] == [
        "settings.backup_unreadable"
    ]
    assert not list(tmp_path.glob("b/*"))
