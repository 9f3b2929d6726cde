import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from adapters.crypto.keys import FileKeys, MasterKeyVault, create_master_key, read_master_key
from adapters.crypto.providers import OpensslAlgorithms
from supervision_core.kernel.crypto import KeyRejected, KeyStore, Tampered
from supervision_core.kernel.ports import Randomness
from supervision_core.testing.crypto import KeyStoreContract, flips

MASTER = b"the master's key"


def _opened(folder: Path, randomness: Randomness, master: bytes = MASTER) -> FileKeys:
    return FileKeys(folder, MasterKeyVault(OpensslAlgorithms(), randomness, master))


class TestFileKeys(KeyStoreContract):
    """The contract, on files."""

    @pytest.fixture
    def keys(self, tmp_path: Path, randomness: Randomness) -> KeyStore:
        """Give an empty folder's keys."""
        return _opened(tmp_path / "keys", randomness)


def test_another_process_sees_a_new_version_at_once(tmp_path: Path, randomness: Randomness) -> None:
    """Rotation while running: whoever shares the folder protects with the new key next."""
    first, second = (_opened(tmp_path / "keys", randomness) for _ in range(2))
    first.rotate("fields")
    nonce = b"n" * 12
    sealed = second.cipher("fields", second.current("fields")).seal(nonce, b"p", b"")
    for expected in range(2, 12):
        first.rotate("fields")
        assert second.current("fields") == expected
    assert first.cipher("fields", 1).open(nonce, sealed, b"") == b"p"


def test_rotations_at_once_make_a_version_each(tmp_path: Path, randomness: Randomness) -> None:
    """Eight rotations race for four numbers ahead: each gets its own, none is lost."""
    made: list[int] = []

    def rotate() -> None:
        made.append(_opened(tmp_path / "keys", randomness).rotate("fields"))

    threads = [threading.Thread(target=rotate) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(made) == list(range(1, 9))
    assert [path.name for path in (tmp_path / "keys").glob(".new-*")] == []


def test_no_key_lies_in_clear(tmp_path: Path, randomness: Randomness) -> None:
    """The folder is 0700, each file 0600, and what is in it opens under the master key alone."""
    keys = _opened(tmp_path / "keys", randomness)
    keys.rotate("fields")
    path = tmp_path / "keys" / "fields.1.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    other = _opened(tmp_path / "keys", randomness, b"another masterky")
    with pytest.raises(Tampered, match=r"crypto\.tag_wrong"):
        other.cipher("fields", 1)


def test_a_changed_or_exchanged_key_file_is_seen(tmp_path: Path, randomness: Randomness) -> None:
    """Every byte counts, and a file moved to another name or version does not open."""
    keys = _opened(tmp_path / "keys", randomness)
    keys.rotate("fields")
    wrapped = (tmp_path / "keys" / "fields.1.key").read_bytes()
    for at, wrong in enumerate(flips(wrapped), start=1):
        path = tmp_path / "keys" / f"flipped.{at}.key"
        path.write_bytes(wrong)
        path.chmod(0o600)
    for at in range(1, len(wrapped) + 1):
        with pytest.raises(Tampered, match=r"crypto\.tag_wrong"):
            keys.cipher("flipped", at)
    for name in ("fields.2.key", "rows.1.key"):
        moved = tmp_path / "keys" / name
        moved.write_bytes(wrapped)
        moved.chmod(0o600)
    for name, version in (("fields", 2), ("rows", 1)):
        with pytest.raises(Tampered, match=r"crypto\.tag_wrong"):
            keys.cipher(name, version)


def test_an_exposed_file_is_refused(tmp_path: Path, randomness: Randomness) -> None:
    """What others may read is no secret: master key, data keys and their folder are all checked."""
    master = tmp_path / "master"
    create_master_key(master, randomness)
    assert master.stat().st_mode & 0o777 == 0o600
    assert len(read_master_key(master)) == 16
    keys = _opened(tmp_path / "keys", randomness)
    keys.rotate("fields")
    for path, use in (
        (master, lambda: read_master_key(master)),
        (tmp_path / "keys" / "fields.1.key", lambda: keys.cipher("fields", 1)),
        (tmp_path / "keys", lambda: _opened(tmp_path / "keys", randomness)),
    ):
        path.chmod(path.stat().st_mode | 0o040)
        with pytest.raises(KeyRejected, match=r"crypto\.key_exposed"):
            use()
        path.chmod(path.stat().st_mode & ~0o040)


def test_a_master_key_never_lies_in_a_repository(tmp_path: Path, randomness: Randomness) -> None:
    """Neither made nor read below a .git; never written over; of the right size."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    inside = tmp_path / "repository" / "master"
    with pytest.raises(KeyRejected, match=r"crypto\.key_exposed"):
        create_master_key(inside, randomness)
    outside = tmp_path / "master"
    create_master_key(outside, randomness)
    with pytest.raises(FileExistsError):
        create_master_key(outside, randomness)
    outside.write_text("abcd")
    with pytest.raises(KeyRejected, match=r"crypto\.key_size"):
        read_master_key(outside)


@pytest.mark.parametrize("name", ["", "Fields", "../x", "a.b", "a" * 42])
def test_a_name_is_no_path(tmp_path: Path, randomness: Randomness, name: str) -> None:
    """A key's name holds small letters, digits and hyphens."""
    with pytest.raises(KeyRejected, match=r"crypto\.key_name"):
        _opened(tmp_path / "keys", randomness).rotate(name)


LOOP = """
import sys
from pathlib import Path
from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.crypto.providers import OpensslAlgorithms
from adapters.system import SystemRandomness
source = SystemRandomness()
vault = MasterKeyVault(OpensslAlgorithms(), source, b"the master's key")
keys = FileKeys(Path(sys.argv[1]), vault)
while True:
    print(keys.rotate("fields"), flush=True)
"""


def test_a_killed_rotation_leaves_whole_versions(tmp_path: Path, randomness: Randomness) -> None:
    """After kill -9 every version that has a name opens, and none acknowledged is lost."""
    for wait in (1, 3, 5):
        with subprocess.Popen(  # noqa: S603 - this Python
            [sys.executable, "-c", LOOP, str(tmp_path / "keys")],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as process:
            assert process.stdout
            last = [int(process.stdout.readline()) for _ in range(wait)][-1]
            process.kill()
        keys = _opened(tmp_path / "keys", randomness)
        assert keys.current("fields") >= last
        for version in keys.versions("fields"):
            keys.cipher("fields", version).seal(b"n" * 12, b"", b"")
