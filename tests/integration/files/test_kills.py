"""R2 and S13: killed between pieces, at the attach or in a sweep, nothing acknowledged is lost."""

import json
import os
import random  # noqa: TID251 - seeded: the same moments every time
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from supervision_core.files.ports import Attachments, StagedFiles
from supervision_core.files.services import GRACE
from supervision_core.kernel.errors import Refused
from supervision_core.testing.files import ONE, AttachProof, FileRoom, attach_proof, piece_of

from .at_work import FILES, content_of, room_at

KILLS = int(os.environ.get("SUPERVISION_FILE_KILLS", "3"))
PROGRAM = Path(__file__).with_name("at_work.py")
PATIENCE = 120.0


def keys() -> dict[str, str]:
    """Give where the keys of this test process lie."""
    return {name: os.environ[name] for name in ("SUPERVISION_KEYS", "SUPERVISION_MASTER_KEY")}


def killed(url: str, folder: Path, seed: int) -> list[list[Any]]:
    """Kill a process at a moment of the seed; give what it had acknowledged."""
    chance = random.Random(seed)  # noqa: S311 - when something breaks
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, str(PROGRAM), url, str(folder), json.dumps(keys())],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(chance.randrange(1, 6 * FILES - 2))]
        time.sleep(chance.random() * 0.03)
        process.kill()
        said += process.stdout.readlines()
    return [json.loads(line) for line in said if line.endswith("\n")]


def faults(room: FileRoom, said: list[list[Any]]) -> list[str]:
    """Say what of what was acknowledged is not so, and what hangs without bytes."""
    found = []
    for word, number, file, *more in said:
        content = content_of(number)
        if word == "attach" and room.fetched(ONE, file, f"u-1-{number}") != content:
            found.append(f"{file} differs")
        if word == "piece" and more[0] not in room.staging.view(ONE, file).received:
            found.append(f"piece {more[0]} of {file} is lost")
        if word == "finish" and not room.staging.view(ONE, file).finished:
            found.append(f"{file} is not finished")
    with room.transactions.begin_reading() as unit:
        for number in range(FILES):
            found += [
                f"{one.id} hangs without its bytes"
                for one in unit[Attachments].of("parcel", f"u-1-{number}")
                if room.fetched(ONE, one.id, f"u-1-{number}") != content_of(number)
            ]
    return found


def gone_on(room: FileRoom, said: list[list[Any]]) -> None:
    """Go on with the file at which it was killed: send what is missing, finish, attach."""
    _, number, file, *_ = said[-1]
    content = content_of(number)
    there = room.staging.view(ONE, file).received
    for place in {0, 1} - set(there):
        room.staging.put(ONE, file, place, piece_of(content, place))
    room.staging.finish(ONE, file)
    command = AttachProof(thing=f"u-1-{number}", files=(file,))
    room.commands.run(attach_proof, command, actor=ONE, key=f"again/{number}")
    assert room.fetched(ONE, file, f"u-1-{number}") == content


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_process_loses_no_file(
    migrated_sqlite_file: Path, tmp_path: Path, seed: int
) -> None:
    """What returned is there, what did not goes on, and a sweep later leaves nobody's bytes."""
    shutil.copy(migrated_sqlite_file, tmp_path / "a.db")
    url, folder = f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "files"
    said = killed(url, folder, seed)
    room = room_at(url, str(folder), keys())
    assert faults(room, said) == []
    gone_on(room, said)
    room.clock.at += GRACE + timedelta(days=1)
    _age(folder)
    room.sweep.run()
    store = room.staging.store
    with room.transactions.begin_reading() as unit:
        named = unit[Attachments].named(store.addresses(), gone_after=room.clock.at)
        assert unit[StagedFiles].begun_before(room.clock.at, limit=9) == []
    assert set(store.addresses()) == named
    assert not list(folder.rglob(".new-*"))
    assert faults(room, [one for one in said if one[0] == "attach"]) == []


def _age(folder: Path) -> None:
    """Let the pieces be as old as the clock says."""
    then = time.time() - (GRACE + timedelta(hours=1)).total_seconds()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def test_a_store_that_loses_bytes_is_caught(migrated_sqlite_file: Path, tmp_path: Path) -> None:
    """Negative control: a sweep without grace or look takes bytes that hang, and that is seen."""
    shutil.copy(migrated_sqlite_file, tmp_path / "a.db")
    url, folder = f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "files"
    room = room_at(url, str(folder), keys())
    file = room.send(ONE, content_of(0))
    room.commands.run(attach_proof, AttachProof(thing="u-1-0", files=(file,)), actor=ONE)
    room.staging.store.remove(next(iter(room.staging.store.addresses())))
    with pytest.raises(Refused, match="bytes_absent"):
        faults(room, [["attach", 0, file]])
