"""One table of hostile files at every entrance: tables, scene packages, templates of papers.

What people attach is held to the same table in ``tests/integration/files/test_hostile.py``.
"""

import io
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from tests.integration.files.hostile import HOSTILE, SPOILT

from adapters.documents.packages import pilot_package, read_package, write_package
from adapters.documents.reading import read_tables
from entrypoints.words import all_messages
from supervision_core.kernel.documents import LetterKind
from supervision_core.kernel.errors import Refused
from supervision_core.subjects.intake import SUBJECT_TABLE

from .test_hostile import book, firms, most_seconds
from .test_uploaded import LETTERS, ORDER


@frozen
class Entrance:
    """Where a file comes in: a good one, and what reads it.

    ``harmless`` are the kinds that do nothing there, and why.
    """

    good: Callable[[Path], bytes]
    read: Callable[[bytes, Path], Any]
    harmless: Mapping[str, str] = {}


def _workbook(folder: Path) -> bytes:
    return book(folder / "good.xlsx", firms(30)).read_bytes()


def _rows(content: bytes, _folder: Path) -> int:
    return sum(len(list(one.rows)) for one in read_tables(io.BytesIO(content), SUBJECT_TABLE))


def _package(folder: Path) -> bytes:
    write_package(pilot_package("dairy"), folder / "good.zip")
    return (folder / "good.zip").read_bytes()


def _unpacked(content: bytes, folder: Path) -> Any:
    (folder / "sent.zip").write_bytes(content)
    return read_package(folder / "sent.zip")


def _filled(content: bytes, _folder: Path) -> bytes:
    return LETTERS.render(ORDER, LETTERS.sample(ORDER), LetterKind.DOCX, content)


ENTRANCES = {
    "table": Entrance(
        _workbook, _rows, {"remote_part": "relations are not followed: cells alone are read"}
    ),
    "package": Entrance(_package, _unpacked),
    "template": Entrance(
        lambda _: LETTERS.template(ORDER), _filled,
        {"two_documents": "its sheet is no part that is filled"},
    ),
}  # fmt: skip


def codes(entrance: Entrance, content: bytes, folder: Path) -> list[str]:
    """Give why a file is refused; nothing for one that is taken."""
    try:
        entrance.read(content, folder)
    except Refused as refused:
        return [one.code for one in refused.reasons]
    return []


@pytest.mark.parametrize("name", ENTRANCES)
def test_good_files_come_in(name: str, tmp_path: Path) -> None:
    """Negative control: what is spoilt below was taken."""
    entrance = ENTRANCES[name]
    assert codes(entrance, entrance.good(tmp_path), tmp_path) == []


@pytest.mark.parametrize("name", ENTRANCES)
def test_hostile_files_are_refused_at_every_entrance(name: str, tmp_path: Path) -> None:
    """Each kind with a reason that has Chinese words, by less work than large lawful tables.

    Spoilt archives are good files of the entrance with one thing done to them; all other kinds come
    as they are. What is harmless at an entrance is named there, and taken.
    """
    entrance, words = ENTRANCES[name], set(all_messages().codes())
    good = entrance.good(tmp_path)
    sent = {kind: make() for kind, (_, make, _) in HOSTILE.items() if kind not in SPOILT}
    sent |= {kind: spoil(good) for kind, (spoil, _) in SPOILT.items()}
    assert len(sent) > 30
    taken = set()
    for kind, content in sent.items():
        began = time.process_time()
        found = codes(entrance, content, tmp_path)
        assert time.process_time() - began < most_seconds(), kind
        assert set(found) <= words, kind
        taken |= set() if found else {kind}
    assert taken == set(entrance.harmless)
