"""任务档案: the whole file of a task as a list of named pieces with their SM3."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from supervision_core.draws.model.pool import Pool
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import digest

FORMAT = "task-archive/1"


@frozen(kw_only=True, order=True)
class ArchiveEntry:
    """档案条目 (ArchiveEntry): one piece of the file; ``sm3`` in lower-case hex, size in bytes."""

    name: str
    sm3: str
    size: int


@frozen(kw_only=True)
class Manifest:
    """档案清单 (Manifest): every piece of a task's file, by name in byte order.

    ``digest`` over it is what the task keeps: whoever holds the pieces and that one value can
    prove the file whole. Source: proposal 6.4.2.5.2.7.
    """

    task: str
    entries: tuple[ArchiveEntry, ...]
    format: str = FORMAT

    @property
    def digest(self) -> str:
        """SM3 over the canonical JSON of the manifest, in lower-case hex."""
        return digest(self)


def pool_entry(name: str, pool: Pool) -> ArchiveEntry:
    """List a pool: its text lies in the store by that very hash, and may be large."""
    return ArchiveEntry(name=name, sm3=pool.hash.hex(), size=sum(map(len, pool.parts)))


def make_manifest(
    task: str, pieces: Mapping[str, bytes], listed: Iterable[ArchiveEntry] = ()
) -> Manifest:
    """List ``pieces`` by name, whatever order they come in, beside what is ``listed`` already."""
    entries = (
        ArchiveEntry(name=name, sm3=sm3(data).hex(), size=len(data))
        for name, data in pieces.items()
    )
    ordered = sorted((*entries, *listed), key=lambda entry: entry.name.encode())
    return Manifest(task=task, entries=tuple(ordered))


def manifest_violations(
    manifest: Manifest, pieces: Mapping[str, bytes], *, expected: str
) -> tuple[Violation, ...]:
    """Say what is wrong with an archive: none means whole and unchanged.

    ``expected`` is the digest that the task keeps.
    """
    return tuple(_manifest_violations(manifest, pieces, expected))


def _manifest_violations(
    manifest: Manifest, pieces: Mapping[str, bytes], expected: str
) -> Iterator[Violation]:
    if manifest.digest != expected:
        yield Violation("tasks.manifest_changed")
    yield from piece_violations(manifest, make_manifest(manifest.task, pieces).entries)


def piece_violations(manifest: Manifest, found: Iterable[ArchiveEntry]) -> Iterator[Violation]:
    """Say how the pieces ``found``, each name once, differ from those that the manifest lists."""
    measured = {entry.name: entry for entry in found}
    names = [entry.name for entry in manifest.entries]
    for name in sorted(_twice(names)):
        yield Violation("tasks.piece_twice", name)
    for entry in manifest.entries:
        if entry.name not in measured:
            yield Violation("tasks.piece_missing", entry.name)
        elif measured[entry.name] != entry:
            yield Violation("tasks.piece_changed", entry.name)
    for name in sorted(measured.keys() - set(names)):
        yield Violation("tasks.piece_unlisted", name)


def _twice(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
