"""A process that sends files, attaches and sweeps them, until somebody kills it.

Told a database, a folder and a seed, it writes one line for each thing that has returned, and never
before: ``piece number``, ``finish file``, ``attach file``, ``sweep pieces``. The same seed goes on
where another process was killed: under the ids that it is told.
"""

import json
import sys
from pathlib import Path

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
from supervision_core.testing.files import (
    ONE,
    TEXT,
    AttachProof,
    FileRoom,
    MovingClock,
    ParcelKinds,
    attach_proof,
    piece_of,
)

FILES = 6


def room_at(url: str, folder: str, keys: dict[str, str]) -> FileRoom:
    """Open a room over a database and a folder."""
    randomness = SystemRandomness()
    opened = KeySettings.read(keys).open(randomness)
    engine = open_engine(url, sealing=Sealing.under(opened.store, randomness))
    transactions = sql_transactions(engine, {VisibleKinds: lambda _: ParcelKinds()})
    clock = MovingClock(SystemClock().now())
    return FileRoom(
        transactions=transactions,
        clock=clock,
        staging=Staging(
            transactions=transactions,
            clock=clock,
            ids=SystemIds(),
            randomness=randomness,
            keys=opened.store,
            store=FolderFileBytes(Path(folder)),
            judge=ContentJudge(),
            pictures=PillowPictures(),
            scanner=NoScanner(),
        ),
    )


def content_of(number: int) -> bytes:
    """Give the content of one file: two pieces, another for each number."""
    return f"{number}\n".encode() + TEXT[: PIECE_BYTES + 1000]


def work(room: FileRoom) -> None:
    """Send, attach and sweep, saying what has returned."""
    for number in range(FILES):
        content = content_of(number)
        file = room.begin(ONE, content)
        _say("begin", number, file)
        for place in range(2):
            room.staging.put(ONE, file, place, piece_of(content, place))
            _say("piece", number, file, place)
        room.staging.finish(ONE, file)
        _say("finish", number, file)
        if number % 3 != 2:  # every third is left for the sweep
            command = AttachProof(thing=f"u-1-{number}", files=(file,))
            room.commands.run(attach_proof, command, actor=ONE, key=f"attach/{number}")
            _say("attach", number, file)
        _say("sweep", number, file, room.sweep.run().pieces)


def _say(*words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(room_at(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])))
