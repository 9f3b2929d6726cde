"""Checking the archive of a task as a folder, without a database; nothing it holds is trusted."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve, frozen

from supervision_core.kernel.crypto import SignatureInvalid, Verifier
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.signing import verify_document
from supervision_core.tasks.model.archive import FORMAT, ArchiveEntry, Manifest, piece_violations

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig.json"


@frozen
class ArchiveVerification:
    """What an archive was found to be: its manifest, if it can be read, and everything wrong."""

    manifest: Manifest | None
    faults: tuple[Violation, ...]


def verify_archive(folder: Path, trusted: Mapping[str, Verifier]) -> ArchiveVerification:
    """Hold every file of ``folder`` against its manifest, and the manifest against its signature.

    Any file that the manifest does not list is a fault, so is a link. Without ``trusted`` keys, by
    their ids, the signature is not checked. Raises ``OSError`` for what cannot be read.
    """
    listed = _content(folder / MANIFEST)
    faults = list(_signature_faults(folder, listed, trusted)) if trusted else []
    manifest = _manifest(listed)
    if manifest is None:
        return ArchiveVerification(None, (Violation("tasks.manifest_unreadable"), *faults))
    odd, found = _pieces(folder)
    return ArchiveVerification(manifest, (*faults, *odd, *piece_violations(manifest, found)))


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def _manifest(content: bytes) -> Manifest | None:
    try:
        document = json.loads(content, object_pairs_hook=_no_name_twice)
        manifest = from_plain(Manifest, document)
    except Exception:  # noqa: BLE001 - cattrs answers hostile input with whatever it met
        return None
    return manifest if manifest.format == FORMAT and to_plain(manifest) == document else None


def _signature_faults(
    folder: Path, listed: bytes, trusted: Mapping[str, Verifier]
) -> Iterator[Violation]:
    try:
        signature = json.loads(_content(folder / SIGNATURE), object_pairs_hook=_no_name_twice)
    except (ValueError, RecursionError):
        signature = None
    if not isinstance(signature, dict):
        yield Violation("tasks.manifest_unsigned")
        return
    try:
        verify_document(signature, listed, trusted)
    except SignatureInvalid as refused:
        yield from (evolve(one, at=MANIFEST) for one in refused.violations)


def _pieces(folder: Path) -> tuple[list[Violation], list[ArchiveEntry]]:
    odd: list[Violation] = []
    found: list[ArchiveEntry] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            odd.append(Violation("tasks.piece_not_a_file", name))
        elif path.is_file() and name not in {MANIFEST, SIGNATURE}:
            found.append(_measured(path, name))
    return odd, found


def _measured(path: Path, name: str) -> ArchiveEntry:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.new("sm3")).hexdigest()
        return ArchiveEntry(name=name, sm3=digest, size=file.tell())


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError
    return members
