"""R2 and S13: killed between pieces, at the attach or in a sweep, nothing acknowledged is lost."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.sealing.protection import Sealing
from supervision_core.files.ports import Attachments, StagedFiles
from supervision_core.files.services import GRACE
from supervision_core.kernel.errors import Refused
from supervision_core.testing.files import (
    LONG_AFTER,
    AttachProof,
    FileRoom,
    attach_proof,
    piece_of,
)

from .cluster import Cluster, until_answering
from .file_weak import FAULTS
from .file_workload import FILES, LINES, PIECES, content_of, room_at, sender, thing_of
from .running import KILLS, RECOVERY, Workers, Working, moment, some_of

PROGRAM = Path(__file__).with_name("file_workload.py")
WEAK = Path(__file__).with_name("file_weak.py")
Said = list[list[Any]]
"""What has returned: word, number of the file, its id, and the place of a piece."""


def said_by(working: Working) -> Said:
    """Give what a worker had acknowledged, in order."""
    return [json.loads(words) for _, words in sorted(working.acknowledged.items())]


def faults(room: FileRoom, seed: int, said: Said) -> list[str]:
    """Say what of what was acknowledged is not so, and what is named without its bytes."""
    return [*_lost(room, seed, said), *_absent(room), *_unlike(room, seed)]


def _lost(room: FileRoom, seed: int, said: Said) -> Iterator[str]:
    actor = sender(seed)
    for word, number, file, *place in said:
        if word == "piece" and place[0] not in room.staging.view(actor, file).received:
            yield f"piece {place[0]} of {file} is lost"
        if word == "finish" and not room.staging.view(actor, file).finished:
            yield f"{file} is not finished"
        if word == "attach" and file not in hanging(room, seed, number):
            yield f"{file} does not hang"


def _absent(room: FileRoom) -> Iterator[str]:
    there = set(room.staging.store.addresses())
    with room.transactions.begin_reading() as unit:
        for one in unit[StagedFiles].begun_before(LONG_AFTER, limit=100):
            if not there.issuperset(unit[StagedFiles].pieces(one).values()):
                yield f"{one} names bytes that are not there"


def _unlike(room: FileRoom, seed: int) -> Iterator[str]:
    for number in range(FILES):
        hangs = hanging(room, seed, number)
        if len(hangs) > 1:
            yield f"file {number} hangs twice"
        for one in hangs:
            try:
                if room.fetched(sender(seed), one, thing_of(seed, number)) != content_of(number):
                    yield f"{one} differs"
            except Refused:
                yield f"{one} hangs without its bytes"


def hanging(room: FileRoom, seed: int, number: int) -> list[str]:
    """Give what hangs on the thing of that number."""
    with room.transactions.begin_reading() as unit:
        return [one.id for one in unit[Attachments].of("parcel", thing_of(seed, number))]


def gone_on(room: FileRoom, seed: int, said: Said) -> None:
    """Go on with the file at which it was killed: send what is missing, finish, attach."""
    _, number, file, *_ = said[-1]
    content, actor = content_of(number), sender(seed)
    for place in set(range(PIECES)) - set(room.staging.view(actor, file).received):
        room.staging.put(actor, file, place, piece_of(content, place))
    room.staging.finish(actor, file)
    command = AttachProof(thing=thing_of(seed, number), files=(file,))
    room.commands.run(attach_proof, command, actor=actor, key=f"attach/{number}")


def swept(room: FileRoom, folder: Path) -> Iterator[str]:
    """Sweep days later; say what is left that nobody names."""
    room.clock.at += GRACE + timedelta(days=1)
    then = time.time() - (GRACE + timedelta(hours=1)).total_seconds()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))
    room.sweep.run()
    store = room.staging.store
    with room.transactions.begin_reading() as unit:
        named = unit[Attachments].named(store.addresses(), gone_after=room.clock.at)
        if unit[StagedFiles].begun_before(room.clock.at, limit=9):
            yield "a staged file stays"
    if set(store.addresses()) != named:
        yield "bytes stay that nothing names, or are gone"
    if list(folder.rglob(".new-*")):
        yield "half a piece stays"


def judged(url: str, folder: Path, seed: int, working: Working) -> list[str]:
    """Say what is wrong after a kill, after going on, and after a sweep."""
    said = said_by(working)
    with room_at(url, folder) as room:
        if wrong := faults(room, seed, said):
            return wrong
        gone_on(room, seed, said)
        wrong = list(swept(room, folder))
        attached = [one for one in said if one[0] == "attach"]
        return wrong + faults(room, seed, [*attached, ["attach", *said[-1][1:3]]])


def kill(template: Path, place: Path, seed: int, crew: Workers, fault: str = "") -> list[str]:
    """Kill a process at a moment of the seed, and say what is wrong."""
    database, folder = place / "a.db", place / "files"
    shutil.copy(template, database)
    url = f"sqlite:///{database}"
    working = crew.start(url, seed, 0, folder=str(folder), fault=fault)
    working.stop_at(moment(seed), LINES, lambda: None)
    wrong = judged(url, folder, seed, working)
    shutil.rmtree(folder)
    for path in place.glob("a.db*"):
        path.unlink()
    return wrong


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Workers:
    """Give workers."""
    return Workers(tmp_path_factory.mktemp("files"), PROGRAM)


def test_a_killed_process_loses_no_file(
    migrated_sqlite_file: Path, tmp_path: Path, crew: Workers
) -> None:
    """What returned is there, what did not goes on, and a sweep later leaves nobody's bytes."""
    found = {seed: kill(migrated_sqlite_file, tmp_path, seed, crew) for seed in range(KILLS)}
    assert not {seed: wrong for seed, wrong in found.items() if wrong}


@pytest.mark.parametrize("fault", FAULTS)
def test_bytes_at_odds_with_their_rows_are_caught_by_kills(
    fault: str, migrated_sqlite_file: Path, tmp_path: Path
) -> None:
    """Negative control: a row that names bytes before or after they are there is found."""
    broken = Workers(tmp_path, WEAK)
    found = (kill(migrated_sqlite_file, tmp_path, seed, broken, fault) for seed in range(60))
    assert any("not there" in wrong for several in found for wrong in several)


def test_a_server_killed_under_files_loses_none(
    server: Cluster, sealing: Sealing, tmp_path: Path, crew: Workers
) -> None:
    """A backend or the whole server of PostgreSQL is killed under a worker, on one database."""
    url = server.database("files")
    engine = open_engine(url, sealing=sealing)
    migrate(engine)
    engine.dispose()
    for seed in range(some_of(KILLS)):
        working = crew.start(url, seed, 0, folder=str(tmp_path / "files"))
        assert server.kill_under(working, seed, LINES) <= RECOVERY
        ask: Callable[[], list[str]] = partial(judged, url, tmp_path / "files", seed, working)
        assert (seed, until_answering(ask)) == (seed, [])
