"""The files with a fault built in: bytes go before the row that names others, or come after it."""

import os
import time
from pathlib import Path
from typing import Any, Final, TextIO

from attrs import evolve

from adapters.storage.file_bytes import FolderFileBytes
from supervision_core.files.ports import StagedFiles
from supervision_core.files.services import Staging
from supervision_core.files.services.staging import StagedView
from supervision_core.identity.model import Actor

from . import file_workload

put = Staging.put
PAUSE: Final = 0.01


def _removing_first(
    self: Staging, actor: Actor, file: str, number: int, piece: bytes
) -> StagedView:
    with self.transactions.begin_reading() as unit:
        before = unit[StagedFiles].pieces(file).get(number)
    if before is not None:
        self.store.remove(before)
        time.sleep(PAUSE)
    return put(self, actor, file, number, piece)


class _Late(FolderFileBytes):
    """Keeps pieces in memory until it is told to store them."""

    def __init__(self) -> None:
        """Hold none, and remove none."""
        super().__init__(Path(os.devnull))
        self.held: dict[str, bytes] = {}

    def put(self, address: str, piece: bytes) -> None:
        """Hold it."""
        self.held[address] = piece

    def remove(self, address: str) -> None:
        """Leave it to the sweep."""


def _naming_first(self: Staging, actor: Actor, file: str, number: int, piece: bytes) -> StagedView:
    late = _Late()
    view = put(evolve(self, store=late), actor, file, number, piece)
    time.sleep(PAUSE)
    for address, held in late.held.items():
        self.store.put(address, held)
    return view


FAULTS: Final = {"removing first": _removing_first, "naming first": _naming_first}


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Do the same with the fault that is asked for."""
    setattr(Staging, "put", FAULTS[asked["fault"]])  # noqa: B010 - the fault
    file_workload.work(asked, line)
