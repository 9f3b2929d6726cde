"""Files that jobs read and leave, on their way in and out of where files are kept."""

import hashlib
import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from entrypoints.container import Platform
from entrypoints.jobs.running import OrderUnfit
from supervision_core.files.model import PIECE_BYTES
from supervision_core.files.services import FetchFile, StartFile, fetch_file
from supervision_core.identity.model import Actor
from supervision_core.jobs.model import Job
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.canonical import Json, canonical_json
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain

T = TypeVar("T")

_ENDINGS: Final = {b"PK": ".xlsx", b"\xd0\xcf": ".xls"}


def ending_of(content: bytes) -> str:
    """Give the ending of a table by how its content begins."""
    return _ENDINGS.get(content[:2], ".csv")


def fetch(platform: Platform, job: Job, actor: Actor, folder: Path) -> Path:
    """Write the file that a job reads into ``folder``, piece by piece. Raises ``NotFound``."""
    about = FetchFile(kind=Jobs.kind, thing_id=job.id, file_id=job.file)
    found = platform.commands.ask(fetch_file, about, actor=actor)
    path = folder / "input"
    with path.open("wb") as into:
        for piece in platform.files.sealed.chunks(found.id, found.form.value, found.part):
            into.write(piece)
    with path.open("rb") as begun:
        ending = ending_of(begun.read(2))
    return path.rename(path.with_suffix(ending))


def stage(platform: Platform, actor: Actor, name: str, content: bytes | Path) -> str:
    """Take a file in for ``actor``, piece by piece, and give its id.

    Raises ``FileRefused``, ``QuotaSpent``.
    """
    with BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file:
        size, digest = _measured(file)
        made = platform.files.start(actor, StartFile(name=name, size=size, sm3=digest)).id
        file.seek(0)
        for number, piece in enumerate(iter(lambda: file.read(PIECE_BYTES), b"")):
            platform.files.put(actor, made, number, piece)
    platform.files.finish(actor, made)
    return made


def order_of(said: Mapping[str, Json]) -> bytes:
    """Give the file that tells a job what to do, where it reads no table."""
    return canonical_json(said)


def order_in(path: Path, name: str, cls: type[T], without: object = None) -> T:
    """Read a part of such a file; ``without`` stands for one that older orders lack, where said.

    Raises ``OrderUnfit`` for what nobody of ours wrote.
    """
    try:
        said = json.loads(path.read_bytes())
        if without is not None:
            said = {name: without, **said}
        return from_plain(cls, said[name])
    except Exception as error:
        raise OrderUnfit((Violation(OrderUnfit.code),)) from error


def _measured(file: BinaryIO) -> tuple[int, str]:
    hashing, size = hashlib.new("sm3"), 0
    for piece in iter(lambda: file.read(PIECE_BYTES), b""):
        hashing.update(piece)
        size += len(piece)
    return size, hashing.hexdigest()
