"""The archive of a task, held against its signed manifest."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.crypto.providers import open_algorithms
from adapters.crypto.public_keys import write_public_key
from adapters.crypto.sm2 import new_private_key
from adapters.storage.archives import verify_archive
from adapters.system import SystemRandomness
from supervision_core.kernel.crypto import Signer
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.signing import sign_document, verifiers
from supervision_core.tasks.model.archive import make_manifest

from .conftest import Run

PIECES = {"任务.json": b"{}", "文书/笔录.pdf": b"%PDF", "空": b""}
RANDOMNESS = SystemRandomness()
ALGORITHMS = open_algorithms(RANDOMNESS)


def _signer() -> Signer:
    return ALGORITHMS.signer(new_private_key(RANDOMNESS))


SIGNER, STRANGER = _signer(), _signer()
TRUSTED = verifiers(ALGORITHMS.verifier(SIGNER.public_key))


def _write(folder: Path, pieces: dict[str, bytes], signer: Signer) -> None:
    for name, content in pieces.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    listed = json.dumps(to_plain(make_manifest("task-1", pieces)), ensure_ascii=False).encode()
    (folder / "manifest.json").write_bytes(listed)
    signature = json.dumps(sign_document(signer, listed))
    (folder / "manifest.sig.json").write_text(signature, encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give the folder of an archive, its key beside it."""
    folder = tmp_path / "archive"
    _write(folder, PIECES, SIGNER)
    public = write_public_key(SIGNER.public_key)
    (tmp_path / "signer.pem").write_text(public, encoding="ascii")
    return folder


def _codes(folder: Path) -> set[str]:
    return {fault.code for fault in verify_archive(folder, TRUSTED).faults}


@pytest.mark.function("F111", surface="cli")
def test_a_whole_archive_is_whole_and_what_was_not_checked_is_said(run: Run, archive: Path) -> None:
    """With the key it is proved; without it no more than consistent."""
    said = run("verify-archive", archive, "--signer", "signer.pem", "--json")
    assert (said.code, said.data["verified"], said.data["pieces"]) == (0, True, len(PIECES))
    assert said.data["unchecked"] == ["kept_digest", "proof", "content"]
    last = run("verify-archive", archive, "--signer", "signer.pem").out.splitlines()[-1]
    assert last.startswith("✓ 档案完整，签名成立。没有核对：清单摘要")
    said = run("verify-archive", archive, "--json")
    assert (said.code, said.data["verified"], said.data["consistent"]) == (0, False, True)
    last = run("verify-archive", archive).out.splitlines()[-1]
    assert last.startswith("✓ 内容自洽，签名未核。没有核对：签名（用 --signer ")


def test_every_byte_counts(archive: Path) -> None:
    """No byte of a piece, of the manifest or of its signature can be changed."""
    assert _codes(archive) == set()
    for path in sorted(path for path in archive.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for place in range(len(content)):
            changed = bytearray(content)
            changed[place] ^= 1
            path.write_bytes(changed)
            assert _codes(archive), (path.name, place)
        path.write_bytes(content + b"\0")
        assert _codes(archive), path.name
        path.write_bytes(content)
    assert _codes(archive) == set()


def _link_in(folder: Path) -> None:
    shutil.copy(folder / "空", folder.parent / "elsewhere")
    (folder / "空").unlink()
    (folder / "空").symlink_to(folder.parent / "elsewhere")


def _name_twice(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(b'{"task": "other", ' + path.read_bytes()[1:])


def _other_format(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"task-archive/1", b"task-archive/2"))


MISUSES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "piece-changed": (lambda f: (f / "任务.json").write_bytes(b"[]"), {"tasks.piece_changed"}),
    "piece-lost": (lambda f: (f / "文书" / "笔录.pdf").unlink(), {"tasks.piece_missing"}),
    "piece-added": (lambda f: (f / "文书" / ".新").write_bytes(b""), {"tasks.piece_unlisted"}),
    "piece-renamed": (
        lambda f: (f / "空").rename(f / "空白"),
        {"tasks.piece_missing", "tasks.piece_unlisted"},
    ),
    "piece-linked": (_link_in, {"tasks.piece_not_a_file", "tasks.piece_missing"}),
    "manifest-lost": (
        lambda f: (f / "manifest.json").unlink(),
        {"tasks.manifest_unreadable", "crypto.signature_wrong"},
    ),
    "manifest-ambiguous": (_name_twice, {"tasks.manifest_unreadable", "crypto.signature_wrong"}),
    "manifest-of-another-format": (
        _other_format,
        {"tasks.manifest_unreadable", "crypto.signature_wrong"},
    ),
    "manifest-made-to-fit": (
        lambda f: _write(f, PIECES | {"空": b"x"}, STRANGER),
        {"crypto.signer_unknown"},
    ),
    "signature-lost": (lambda f: (f / "manifest.sig.json").unlink(), {"tasks.manifest_unsigned"}),
    "signature-of-nothing": (
        lambda f: (f / "manifest.sig.json").write_text("[]"),
        {"tasks.manifest_unsigned"},
    ),
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_what_was_done_to_an_archive_is_named(run: Run, archive: Path, misuse: str) -> None:
    """Changed, lost, added, renamed, linked; a manifest forged; a signature lost: exit code 4."""
    spoil, expected = MISUSES[misuse]
    spoil(archive)
    said = run("verify-archive", archive, "--signer", "signer.pem", "--json")
    assert (said.code, said.data["verified"]) == (4, False)
    assert {fault["code"] for fault in said.data["faults"]} == expected
    last = run("verify-archive", archive, "--signer", "signer.pem").out.splitlines()[-1]
    assert last.startswith("✗ 档案不成立")


def test_a_file_that_is_no_key_is_refused(run: Run, archive: Path, tmp_path: Path) -> None:
    """A file of anything else given as the key is a refusal, never a trace."""
    (tmp_path / "other.pem").write_text("公钥", encoding="utf-8")
    said = run("verify-archive", archive, "--signer", "other.pem", "--json")
    assert said.code == 3
