"""Files sent, sent again, attached and swept until somebody kills it.

Each thing that has returned is one line ``number [word, file, id, …]``, and never before. The
things and the user carry the seed, so that many seeds work on one database.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, TextIO

from adapters.crypto.platform_keys import KeySettings
from adapters.media.judging import ContentJudge
from adapters.media.pictures import PillowPictures
from adapters.media.scanning import NoScanner
from adapters.sql.engine.database import open_engine
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from adapters.storage.file_bytes import FolderFileBytes
from adapters.system import SystemClock, SystemIds, SystemRandomness
from supervision_core.files.model import PIECE_BYTES
from supervision_core.files.ports import VisibleKinds
from supervision_core.files.services import Staging
from supervision_core.identity.model import Actor
from supervision_core.testing.files import (
    TEXT,
    AttachProof,
    FileRoom,
    MovingClock,
    ParcelKinds,
    attach_proof,
    piece_of,
    user,
)

FILES: Final = 3
PIECES: Final = 2
LINES: Final = FILES * (PIECES + 3) + FILES - FILES // 3
"""What a worker says in all."""


@contextmanager
def room_at(url: str, folder: Path) -> Iterator[FileRoom]:
    """Open a room over a database and a folder."""
    randomness = SystemRandomness()
    opened = KeySettings.read(os.environ).open(randomness)
    engine = open_engine(url, sealing=Sealing.under(opened.store, randomness))
    transactions = sql_transactions(engine, {VisibleKinds: lambda _: ParcelKinds()})
    clock = MovingClock(SystemClock().now())
    staging = Staging(
        transactions=transactions,
        clock=clock,
        ids=SystemIds(),
        randomness=randomness,
        keys=opened.store,
        store=FolderFileBytes(folder),
        judge=ContentJudge(),
        pictures=PillowPictures(),
        scanner=NoScanner(),
    )
    try:
        yield FileRoom(transactions=transactions, clock=clock, staging=staging)
    finally:
        engine.dispose()


def sender(seed: int) -> Actor:
    """Give who sends the files of a seed."""
    return user(f"u-{seed}")


def thing_of(seed: int, number: int) -> str:
    """Give the thing that a file hangs on."""
    return f"{sender(seed).user}-{number}"


def content_of(number: int) -> bytes:
    """Give the content of one file: two pieces, another for each number."""
    return f"{number}\n".encode() + TEXT[: PIECE_BYTES + 1000]


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Send, attach and sweep, saying what has returned."""
    said = count()

    def say(*words: object) -> None:
        line.write(f"{next(said)} {json.dumps(words)}\n")

    with room_at(asked["url"], Path(asked["folder"])) as room:
        for number in range(FILES):
            _one(room, asked["seed"], number, say)


def _one(room: FileRoom, seed: int, number: int, say: Callable[..., None]) -> None:
    content, actor = content_of(number), sender(seed)
    file = room.begin(actor, content)
    say("begin", number, file)
    for place in (*reversed(range(PIECES)), PIECES - 1):  # the last one is sent again
        room.staging.put(actor, file, place, piece_of(content, place))
        say("piece", number, file, place)
    room.staging.finish(actor, file)
    say("finish", number, file)
    if number % 3 != 1:  # every third is left for the sweep
        command = AttachProof(thing=thing_of(seed, number), files=(file,))
        room.commands.run(attach_proof, command, actor=actor, key=f"attach/{number}")
        say("attach", number, file)
    room.sweep.run()
