"""Looking for words that must not lie anywhere in clear: in files, archives and databases."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import attrs
from sqlalchemy import Engine, MetaData, select

from supervision_core.subjects.model import Identity, IdentityKind

Found = Mapping[str, list[str]]
"""Each word that was found, with the places where it was."""
SHORTEST = 2
COMMON = frozenset({"男", "女", "壮族", "群众", "南宁市", "中国", "身份证"})


def spellings(word: str) -> frozenset[bytes]:
    """Give the ways in which files write a word: three encodings, and JSON's escapes."""
    escaped = json.dumps(word)[1:-1].encode()
    return frozenset({word.encode(), word.encode("utf-16-le"), word.encode("gb18030"), escaped})


def scan_files(folder: Path, words: Iterable[str]) -> Found:
    """Look through every file below ``folder``, and into every archive among them."""
    pieces = (
        piece
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for piece in _contents(str(path.relative_to(folder)), path.read_bytes())
    )
    return _scan(pieces, words)


def scan_database(engine: Engine, words: Iterable[str]) -> Found:
    """Look through every row of every table."""
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        pieces = [
            (table.name, b"\0".join(map(_written, row)))
            for table in found.sorted_tables
            for row in connection.execute(select(table))
        ]
    return _scan(pieces, words)


def _written(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _scan(pieces: Iterable[tuple[str, bytes]], words: Iterable[str]) -> Found:
    wanted = {word: spellings(word) for word in words}
    found: dict[str, list[str]] = {}
    for place, content in pieces:
        for word, spelt in wanted.items():
            if any(one in content for one in spelt):
                found.setdefault(word, []).append(place)
    return found


def _contents(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content.startswith(b"\x1f\x8b"):
        yield from _contents(f"{name}!", gzip.decompress(content))
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            for part in opened.namelist():
                yield from _contents(f"{name}!{part}", opened.read(part))
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as opened_tar:
            for member in opened_tar.getmembers():
                if file := opened_tar.extractfile(member):
                    yield from _contents(f"{name}!{member.name}", file.read())


def personal_words(value: object) -> frozenset[str]:
    """Give the personal texts of a value: what its classes keep out of their ``repr``.

    That is the house's mark of personal data. The code of a firm is public, an identity card's is
    not; words that everybody shares say nothing.
    """
    return frozenset(
        word
        for word in _personal(value, marked=False)
        if len(word) >= SHORTEST and word not in COMMON
    )


def _personal(value: object, *, marked: bool) -> Iterator[str]:
    if isinstance(value, str):
        if marked:
            yield str(value)
        return
    if isinstance(value, Identity):
        is_card = value.kind is IdentityKind.IDENTITY_CARD
        yield from [value.code] if is_card else []
        return
    for inner, is_hidden in _inside(value):
        yield from _personal(inner, marked=marked or is_hidden)


def _inside(value: object) -> Iterator[tuple[object, bool]]:
    if attrs.has(type(value)):
        fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(value)))
        yield from ((getattr(value, one.name), not one.repr) for one in fields if one.init)
    elif isinstance(value, Mapping):
        yield from ((one, False) for one in value.values())
    elif isinstance(value, tuple | list | frozenset | set):
        yield from ((one, False) for one in value)
