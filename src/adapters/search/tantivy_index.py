"""Fragments found by tantivy: pieces of names, next to each other, in the order of ranks."""

import gc
import json
import shutil
import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

import tantivy
from attrs import define, field

from supervision_core.identity.model import (
    AllOf,
    Concerns,
    InLineWith,
    InRegion,
    JoinedBy,
    LedBy,
    OwnedBy,
)
from supervision_core.kernel.initials import initials
from supervision_core.kernel.registers import Reach
from supervision_core.kernel.search import (
    INEXACT,
    Hit,
    Hits,
    IndexBusy,
    IndexPlace,
    IndexUnusable,
    SearchBuilding,
    SearchEntry,
    SearchIndex,
    SearchWanted,
    pieces,
)

try:
    import fcntl
except ImportError:  # Windows: two who build at once are not kept apart
    fcntl = None  # type: ignore[assignment]

Query = Any
Answer = TypeVar("Answer")

EDITION: Final = "3"
"""Raised with whatever an index holds or how: one of another edition is built anew."""
_CURRENT: Final = "current"
_PLACE: Final = "place.json"
_DOUBTED: Final = "doubted"
_META: Final = "meta.json"
FREQUENT: Final = 200_000
_MEBIBYTE: Final = 1_048_576
_FOLLOWING: Final = 32 * _MEBIBYTE
_BUILDING: Final = 256 * _MEBIBYTE
_LAST_RANK: Final = 2**63 - 1
_MAGIC: Final = 1337
_PARTS: Final = ("fast", "idx", "pos", "store", "term")
_PAIR: Final = 2
_TRIPLE: Final = 3
"""Letters are few: pairs of them are everywhere, and few names hold three in a row."""
_BETWEEN: Final = " - - - "
"""Stands between readings, so that no fragment goes from one into the next."""
_BLOCK: Final = 4 * _MEBIBYTE
_BAND: Final = 50
"""Things whose ranks agree but for so many bits are one band, which a term names."""
_FIRST_BANDS: Final = 64
"""What part of a kind is looked through first where a fragment is frequent."""


def _schema() -> Any:
    made = tantivy.SchemaBuilder()
    made.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_text_field("name", tokenizer_name="whitespace", index_option="position")
    made.add_text_field("initials", tokenizer_name="whitespace", index_option="basic")
    made.add_text_field("letters", tokenizer_name="whitespace", index_option="position")
    made.add_text_field("code", tokenizer_name="raw", index_option="basic")
    made.add_text_field("stands", tokenizer_name="raw", index_option="basic")
    made.add_integer_field("rank", fast=True)
    return made.build()


SCHEMA: Final = _schema()


def _document(entry: SearchEntry) -> Any:
    read = initials(entry.name)
    return tantivy.Document(
        key=f"{entry.kind} {entry.id}",
        name=" ".join(pieces(entry.name, _PAIR)),
        initials=" ".join([" ".join(pieces(one, _PAIR)) for one in read]),
        letters=_BETWEEN.join([" ".join(pieces(one, _TRIPLE)) for one in read]),
        code=[*{entry.code, entry.name}],
        stands=[*_stands(entry)],
        rank=entry.rank,
    )


def _above(region: str) -> set[str]:
    """Give a region and those that hold it."""
    return {region, region[:4] + "00", region[:2] + "0000"} if region else {""}


@lru_cache(maxsize=10_000)
def _placed(kind: str, region: str, departments: frozenset[str], lead: str) -> tuple[str, ...]:
    """Give what is said of where the entries of a place stand, as terms."""
    found = [kind, f"{kind} at {region}", *(f"{kind} in {one}" for one in _above(region))]
    found += (f"{kind} of {one}" for one in departments or {""})
    if lead:
        found += (f"{kind} led", f"{kind} led {lead}")
    if joining := departments - {lead}:
        found += (f"{kind} joined", *(f"{kind} joined {one}" for one in joining))
    return tuple(found)


def _stands(entry: SearchEntry) -> Iterator[str]:
    """Give what is said of where an entry stands, as terms."""
    kind = entry.kind
    yield from _placed(kind, entry.region, entry.departments, entry.lead)
    yield f"{kind} rank {entry.rank >> _BAND:04x}"
    for one in entry.parties:
        if one:
            yield f"{kind} about {one}"


def _term(field_: str, value: str) -> Query:
    return tantivy.Query.term_query(SCHEMA, field_, value, "basic")


def _all(parts: list[Query]) -> Query:
    if len(parts) == 1:
        return parts[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in parts])


def _without(asked: Query, others: Query) -> Query:
    parts = [(tantivy.Occur.Must, asked), (tantivy.Occur.MustNot, others)]
    return tantivy.Query.boolean_query(parts)


def _any(parts: list[Query]) -> Query:
    if len(parts) == 1:
        return parts[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in parts])


def _among(values: Collection[str]) -> Query:
    if len(values) == 1:
        return _term("stands", *values)
    return tantivy.Query.term_set_query(SCHEMA, "stands", sorted(values))


def _reached(kind: str, reach: Any) -> Iterator[set[str]]:  # noqa: C901 - one a part
    """Compile what a scope demands, ``admits`` of the core: of each set some term must stand."""
    match reach:
        case None:
            yield {kind}
        case InRegion(region):
            yield {f"{kind} in {region}"}
        case InLineWith(region):
            yield {f"{kind} in {region}", *(f"{kind} at {one}" for one in _above(region))}
        case OwnedBy(departments):
            yield {f"{kind} of {one}" for one in (*departments, "")}
        case LedBy(departments):
            yield _said_of(kind, "led", departments)
        case JoinedBy(departments):
            yield _said_of(kind, "joined", departments)
        case Concerns(party):
            yield {f"{kind} about {party}"}
        case AllOf(parts):
            for one in (*parts, None):
                yield from _reached(kind, one)
        case Reach():
            yield _in_reach(kind, reach)
        case _:
            raise TypeError(reach)


def _needed(searcher: Any, kind: str, reach: Any) -> list[set[str]]:
    """Give of what a scope demands what some entry of the kind lacks.

    A term that stands with as many as its kind stands with all: it is a term of that kind.
    """
    whole = searcher.doc_freq("stands", kind)
    found = []
    for terms in _reached(kind, reach):
        if terms not in found and all(searcher.doc_freq("stands", one) < whole for one in terms):
            found.append(terms)
    return found or [{kind}]


def _said_of(kind: str, word: str, departments: Collection[str]) -> set[str]:
    return {f"{kind} {word} {one}" for one in departments} or {f"{kind} {word}"}


def _in_reach(kind: str, reach: Reach) -> set[str]:
    if not reach.region:
        return {kind}
    above = _above(reach.region) if reach.upward else ()
    return {f"{kind} in {reach.region}", f"{kind} at ", *(f"{kind} at {one}" for one in above)}


def _ways(fragment: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """Give the fields in which a fragment is looked for, and as few pieces as cover it there."""
    ways = [("name", _covering(fragment, _PAIR))]
    if fragment.isascii():
        size = min(len(fragment), _TRIPLE)
        field_ = "letters" if size == _TRIPLE else "initials"
        ways.append((field_, _covering(fragment, size)))
    return ways


def _covering(fragment: str, signs: int) -> list[tuple[int, str]]:
    """Give as few pieces of so many signs as cover a fragment, with their places."""
    last = len(fragment) - signs
    return [(one, fragment[one : one + signs]) for one in (*range(0, last, signs), last)]


def _next_to(field_: str, words: list[tuple[int, str]]) -> Query:
    """Ask for pieces, each in its place."""
    if len(words) == 1:
        return _term(field_, words[0][1])
    return tantivy.Query.phrase_query(SCHEMA, field_, [*words])


def _most_found(searcher: Any, fragments: Iterable[str], stands: Iterable[Collection[str]]) -> int:
    """Give how many are found at most: as many as hold the rarest piece, or stand there."""
    counted: list[int] = [
        sum(min(searcher.doc_freq(one, piece) for _, piece in words) for one, words in _ways(part))
        for part in fragments
    ]
    counted += (sum(searcher.doc_freq("stands", one) for one in terms) for terms in stands)
    return min(counted)


def _bands(
    searcher: Any, kind: str, goal: int, found: Callable[[], int]
) -> Iterator[tuple[Query, int]]:
    """Give the parts of a kind in the order of ranks, and beside each the last rank in it.

    Digests fall alike: the part that follows is as large as must be for ``goal``, going by what was
    ``found`` in those before it.
    """
    named = f"{kind} rank "
    bands = sorted(searcher.terms_with_prefix("stands", named))
    whole = sum(count for _, count in bands)
    part, seen, until = list[str](), 0, whole // _FIRST_BANDS
    for term, count in bands:
        part.append(term)
        seen += count
        if seen > until or term == bands[-1][0]:
            yield _among(part), (int(term.removeprefix(named), 16) + 1 << _BAND) - 1
            part, known = [], found()
            more = seen * (goal - known) * 5 // (known * 4) if known else whole
            until = seen + max(more, whole // _FIRST_BANDS)


def _found(fragment: str) -> Query:
    ways = [_next_to(one, words) for one, words in _ways(fragment)]
    return _any([*ways, _term("code", fragment)])


def _behind(rank: int) -> Query:
    kind = tantivy.FieldType.Integer
    return tantivy.Query.range_query(SCHEMA, "rank", kind, rank, _LAST_RANK)


def _trying(action: Callable[[], Answer]) -> Answer:
    """Do something with the library, whose every failure means that the index is damaged."""
    try:
        return action()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # its panics are no Exceptions
        if "LockBusy" in str(error) or "Failed to acquire" in str(error):
            raise IndexBusy from error
        raise IndexUnusable("damaged") from error


@define(eq=False)
class _Reading:
    """The generation that is read, as it was when last looked at."""

    folder: Path
    index: Any
    seen: tuple[int, int]


@define(eq=False)
class TantivyIndex(SearchIndex):
    """An index in a folder: ``current`` names the generation in use, a folder of its own.

    What is committed is on the disk before the place is noted up to which it goes: after a crash
    some changes are taken in twice, and none is missing.
    """

    folder: Path
    frequent: int = FREQUENT
    """Fragments that more may hold are looked for in the order of ranks."""
    _reading: _Reading | None = field(default=None, init=False)
    _writer: tuple[Path, Any] | None = field(default=None, init=False)
    _sound: set[tuple[str, int, int]] = field(factory=set, init=False)
    """The files of the index, as each was when its content was as its checksum says."""

    def find(self, wanted: SearchWanted) -> Hits:
        """Give what is wanted. Raises ``IndexUnusable``."""
        place = self._generation()
        try:
            return _trying(lambda: self._hits(place, wanted))
        except IndexUnusable:
            with suppress(OSError):
                (place / _DOUBTED).touch()
            raise

    def _hits(self, place: Path, wanted: SearchWanted) -> Hits:
        """Search what is called as is asked for, then the rest.

        What may be frequent is looked for in parts, in the order of ranks, until the page is full
        and as many are counted as are asked for.
        """
        searcher = self._opened(place).index.searcher()
        stands = _needed(searcher, wanted.kind, wanted.reach)
        called = _term("code", wanted.whole)
        asked = _all([*map(_found, wanted.fragments), *map(_among, stands)])
        rest = _without(asked, called)
        hits, count = list[Hit](), 0
        parts: Iterable[tuple[Query, int]] = [(rest, _LAST_RANK)]
        if _most_found(searcher, wanted.fragments, stands) > self.frequent:
            goal = max(wanted.most, wanted.counted)
            bands = _bands(searcher, wanted.kind, goal, lambda: count)
            parts = ((_all([band, rest]), end) for band, end in bands)
        exactly = _all([called, asked])
        for part, end in chain([(exactly, INEXACT - 1)], ((one, INEXACT | e) for one, e in parts)):
            before = wanted.after is not None and wanted.after[0] > end
            if len(hits) < wanted.most and not before:
                more, counted = self._page(searcher, part, wanted, end & INEXACT, len(hits))
                hits += more
                count += counted
            elif count < wanted.counted:
                count += searcher.search(part, limit=1, count=True).count
            elif not before:
                break
        return Hits(tuple(hits), min(count, wanted.counted))

    def _page(
        self, searcher: Any, asked: Query, wanted: SearchWanted, above: int, known: int
    ) -> tuple[list[Hit], int]:
        """Give hits of a part, whose places have the bits ``above``, and count them."""
        after = wanted.after if wanted.after and wanted.after[0] & INEXACT == above else None
        most = wanted.most - known
        whole = asked if after is None else _all([asked, _behind(after[0] ^ above)])
        found = searcher.search(
            whole, limit=most + 1, count=after is None, order_by_field="rank",
            order=tantivy.Order.Asc,
        )  # fmt: skip
        count = found.count
        if after is not None:
            count = searcher.search(asked, limit=1, count=True).count
        named = ((above | rank, self._id(searcher, at)) for rank, at in found.hits)
        behind = sorted(one for one in named if after is None or one > after)
        return [Hit(*one) for one in behind[:most]], count

    @staticmethod
    def _id(searcher: Any, address: Any) -> str:
        return str(searcher.doc(address)["key"][0]).partition(" ")[2]

    def place(self) -> IndexPlace:
        """Give up to where the log is taken in. Raises ``IndexUnusable``."""
        folder = self._generation()
        try:
            said = json.loads((folder / _PLACE).read_text(encoding="utf-8"))
            edition, found = said["edition"], IndexPlace(said["next"], said["leaf"])
        except (OSError, ValueError, LookupError, TypeError):
            raise IndexUnusable("damaged") from None
        if edition != EDITION:
            raise IndexUnusable("old")
        return found

    def change(
        self, entries: Iterable[SearchEntry], gone: Collection[tuple[str, str]], place: IndexPlace
    ) -> None:
        """Take entries in, and forget what is gone."""
        folder = self._generation()
        made = [(f"{one.kind} {one.id}", _document(one)) for one in entries]
        if made or gone:
            writer = self._writing(folder)

            def write() -> None:
                for kind, id_ in gone:
                    writer.delete_documents_by_term("key", f"{kind} {id_}")
                for key, document in made:
                    writer.delete_documents_by_term("key", key)
                    writer.add_document(document)
                writer.commit()

            _trying(write)
        _note(folder, place)

    @contextmanager
    def rebuild(self) -> Iterator[SearchBuilding]:
        """Begin a new index. Raises ``IndexBusy`` where another process does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "building").open("w") as lock:
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise IndexBusy from None
            used = [int(one.name) for one in self._generations()]
            folder = self.folder / str(max(used, default=0) + 1)
            folder.mkdir()
            gc.freeze()  # millions of entries come and go: what is there need not be looked through
            try:
                yield _Building(self, folder)
            finally:
                gc.unfreeze()
                self._clear()

    def put(self, folder: Path) -> None:
        """Use this generation from now on."""
        self._writer = None
        new = self.folder / f".{_CURRENT}.new"
        new.write_text(folder.name, encoding="utf-8")
        new.rename(self.folder / _CURRENT)

    def check(self) -> None:
        """Look whether every part of the index is as it was written. Raises ``IndexUnusable``."""
        folder = self._generation()
        self.place()
        if (folder / _DOUBTED).exists():
            raise IndexUnusable("damaged")
        try:
            meta = json.loads((folder / _META).read_text(encoding="utf-8"))
            sound = set[tuple[str, int, int]]()
            for segment in meta["segments"]:
                name = segment["segment_id"].replace("-", "")
                if missing := [one for one in _PARTS if not (folder / f"{name}.{one}").is_file()]:
                    raise IndexUnusable("damaged", missing)
                sound |= {self._checked(file) for file in sorted(folder.glob(f"{name}.*"))}
            self._sound = sound
        except (OSError, ValueError, LookupError, struct.error):
            raise IndexUnusable("damaged") from None
        _trying(lambda: self._opened(folder).index.searcher().num_docs)

    def _checked(self, file: Path) -> tuple[str, int, int]:
        """Give what a sound file is known by. Raises ``IndexUnusable``."""
        told = file.stat()
        known = file.name, told.st_size, told.st_mtime_ns
        if known not in self._sound and not _is_sound(file, told.st_size):
            raise IndexUnusable("damaged", file.name)
        return known

    def _generations(self) -> list[Path]:
        return [one for one in self.folder.iterdir() if one.name.isdecimal()]

    def _clear(self) -> None:
        """Remove what is neither used nor built; who reads it still holds it open."""
        with suppress(IndexUnusable):
            current = self._generation()
            for one in self._generations():
                if one != current:
                    shutil.rmtree(one, ignore_errors=True)

    def _generation(self) -> Path:
        try:
            name = (self.folder / _CURRENT).read_text(encoding="utf-8")
        except OSError:
            raise IndexUnusable("absent") from None
        folder = self.folder / name
        if not name.isdecimal() or not folder.is_dir():
            raise IndexUnusable("absent")
        return folder

    def _opened(self, folder: Path) -> _Reading:
        told = (folder / _META).stat()
        seen = told.st_mtime_ns, told.st_ino
        reading = self._reading
        if reading is None or reading.folder != folder:
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")
            reading = _Reading(folder, index, (0, 0))
        if reading.seen != seen:
            reading.index.reload()
            reading.seen = seen
            self._reading = reading
        return reading

    def _writing(self, folder: Path) -> Any:
        if self._writer is None or self._writer[0] != folder:
            self._writer = None
            made = _trying(lambda: tantivy.Index.open(str(folder)).writer(_FOLLOWING, 1))
            self._writer = folder, made
        return self._writer[1]


class _Building(SearchBuilding):
    def __init__(self, index: TantivyIndex, folder: Path) -> None:
        self._index, self._folder = index, folder
        made = tantivy.Index(SCHEMA, path=str(folder))
        self._writer = made.writer(_BUILDING, 2)

    def add(self, entries: Iterable[SearchEntry]) -> None:
        """Take in entries that are not there yet."""
        for one in entries:
            self._writer.add_document(_document(one))

    def finish(self, place: IndexPlace) -> None:
        """Put it in the place of the former one, once its parts are joined."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        _note(self._folder, place)
        self._index.put(self._folder)


def _note(folder: Path, place: IndexPlace) -> None:
    said = {"edition": EDITION, "next": place.next, "leaf": place.leaf}
    new = folder / f".{_PLACE}.new"
    new.write_text(json.dumps(said), encoding="utf-8")
    new.rename(folder / _PLACE)


def _is_sound(file: Path, size: int) -> bool:
    """Compare a file with the checksum that the library wrote at its end."""
    with file.open("rb") as opened:
        opened.seek(size - 8)
        length, magic = struct.unpack("<II", opened.read(8))
        end = size - 8 - length
        if magic != _MAGIC or end < 0:
            return False
        opened.seek(end)
        wanted = json.loads(opened.read(length))["crc"]
        opened.seek(0)
        found = 0
        while end > 0:
            block = opened.read(min(_BLOCK, end))
            if not block:
                return False
            found, end = zlib.crc32(block, found), end - len(block)
    return bool(found == wanted)
