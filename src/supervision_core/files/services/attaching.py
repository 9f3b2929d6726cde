"""Hanging staged files on a thing, inside the command of the context that owns the thing."""

from collections.abc import Iterator, Sequence

from supervision_core.files.model import (
    Attachment,
    AttachmentsRefused,
    FileSlot,
    StagedFile,
)
from supervision_core.files.ports import Attachments, StagedFiles
from supervision_core.identity.services import Work
from supervision_core.kernel.errors import NotFound, Violation, refuse_if


def attach(
    work: Work, slot: FileSlot, thing: str, files: Sequence[str], *, at: str = "files"
) -> Sequence[Attachment]:
    """Let ``files`` hang on ``thing``: staged ones of who acts, or such as hang there already.

    Asked again for the same files nothing changes, so that a command whose reply was lost can be
    repeated. ``at`` is the field of the command that names them. Raises ``AttachmentsRefused``
    with every reason; a file of somebody else is as one that never was.
    """
    if not files:
        return []
    there = {one.id: one for one in work[Attachments].find_many(files)}
    hanging = {
        one.id
        for one in work[Attachments].of(slot.kind, thing)
        if one.slot == slot.name and one.gone_at is None
    }
    known = hanging.intersection(files)
    staged = {name: _staged(work, name) for name in files if name not in there}
    refuse_if(AttachmentsRefused, _violations(slot, files, known, staged, hanging, at))
    new = [
        Attachment.of(one, slot, thing, at=work.now) for one in staged.values() if one is not None
    ]
    if new:
        work.save_all(Attachments, new)
    return [there[name] for name in files if name in known] + new


def detach(work: Work, slot: FileSlot, thing: str, files: Sequence[str]) -> None:
    """Take those of ``files`` that hang in the slot of the thing off it, for good."""
    gone = [
        one
        for one in work[Attachments].find_many(files)
        if one.hangs_on(slot.kind, thing) and one.slot == slot.name
    ]
    for one in gone:
        one.detach(at=work.now)
    if gone:
        work.save_all(Attachments, gone)


def hanging(work: Work, kind: str, thing: str, file: str) -> Attachment | None:
    """Give a file that hangs on a thing, if it does."""
    found = next(iter(work[Attachments].find_many([file])), None)
    return found if found is not None and found.hangs_on(kind, thing) else None


def close(work: Work, kind: str, thing: str, file: str) -> None:
    """Let nobody open a file that hangs on a thing; row, digest and bytes stay."""
    found = hanging(work, kind, thing, file)
    if found is not None:
        found.close(at=work.now)
        work.save(Attachments, found)


def _staged(work: Work, file: str) -> StagedFile | None:
    try:
        found = work[StagedFiles].get(file)
    except NotFound:
        return None
    return found if found.is_for(work.actor.user, at=work.now) else None


def _violations(  # noqa: PLR0913, PLR0917 - what the rule rests on
    slot: FileSlot,
    files: Sequence[str],
    known: set[str],
    staged: dict[str, StagedFile | None],
    hanging: set[str],
    at: str,
) -> Iterator[Violation]:
    for place, name in enumerate(files):
        here = f"{at}[{place}]"
        if name in files[:place]:
            yield Violation("files.twice", here, {"file": name})
        elif name not in known:
            found = staged.get(name)
            if found is None:
                yield Violation("files.unknown", here, {"file": name})
            else:
                yield from slot.violations(found, here)
    yield from slot.too_many(hanging | set(files), at)
