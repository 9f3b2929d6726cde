"""Search by fragments of names: what things are found by, and the index that finds them.

What matches is said here by pure functions; an index answers the same, faster.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, ClassVar, Final, TypeVar

from attrs import define, frozen

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.initials import initials
from supervision_core.kernel.listing import MOST_COUNTED, ListFilter, ListQuery, Searched

INEXACT: Final = 1 << 62
"""Bit of the place of what is not called as is asked for: it comes behind what is."""
FEWEST_SIGNS: Final = 2
"""Signs of the shortest fragment."""
MOST_SIGNS: Final = 60
MOST_PARTS: Final = 5

Row = TypeVar("Row")


def folded(text: str) -> str:
    """Give the letters, digits and signs of a text: of one width and case, nothing between them."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def fragments(text: str) -> tuple[str, ...]:
    """Give the fragments that are looked for: those of words with two signs or more."""
    words = (folded(one)[:MOST_SIGNS] for one in text.split())
    return tuple(one for one in words if len(one) >= FEWEST_SIGNS)[:MOST_PARTS]


def holds(name: str, code: str, fragment: str) -> bool:
    """Tell whether a fragment finds what is so called: by name, initials, or the whole code."""
    plain = folded(name)
    return (
        fragment in plain
        or fragment == folded(code)
        or any(fragment in one for one in initials(plain))
    )


def as_initials(text: str) -> str:
    """Give a text as initials hold it, nothing where it can be no piece of any."""
    wanted = folded(text)
    able = len(wanted) >= FEWEST_SIGNS and wanted.isascii() and any(map(str.isalpha, wanted))
    return wanted if able else ""


def by_initials(named: Mapping[str, str], text: str) -> tuple[str, ...]:
    """Give the ids of what has ``text`` in the initials of its name: short names first."""
    wanted = as_initials(text)
    found = sorted(
        (len(name), name, id_)
        for id_, name in named.items()
        if wanted and any(wanted in one for one in initials(folded(name)))
    )
    return tuple(id_ for _, _, id_ in found)


@frozen(kw_only=True)
class SearchEntry:
    """检索条目 (SearchEntry): by what a thing is found, where it stands, how it is ordered.

    Name and code are ``folded``. Nothing sealed comes in here: an index is no safer than the disk
    on which it lies.
    """

    kind: str
    id: str
    name: str
    code: str
    region: str
    departments: frozenset[str] = frozenset()
    lead: str = ""
    parties: frozenset[str] = frozenset()
    rank: int


def rank_of(id: str, first: int) -> int:
    """Give the place of a thing: by ``first`` (0 to 31), then as dice fall.

    It depends on no question, so that an index holds it beside the thing.
    """
    return first << 56 | int.from_bytes(sm3(id.encode())[:7])


def entry_of(query: ListQuery[Any], row: Any, placed: Any) -> SearchEntry | None:
    """Give the entry of a row of a list and of where it stands, ``None`` for what is not found.

    Of the row no more is read than ``Searched.fields``.
    """
    said = searched(query)
    if not said.open(row):
        return None
    return SearchEntry(
        kind=query.port.kind,
        id=row.id,
        name=folded(getattr(row, said.name)),
        code=folded(getattr(row, said.code)),
        region=placed.region,
        departments=placed.departments,
        lead=placed.lead,
        parties=placed.parties,
        rank=rank_of(row.id, said.place(row)),
    )


def searched(query: ListQuery[Any]) -> Searched:
    """Give what a list's things are found by. Raises ``TypeError`` where nothing is said."""
    if query.searched is None:
        raise TypeError(query.name)
    return query.searched


@frozen(kw_only=True)
class SearchWanted:
    """What is looked for: things of a kind that hold every fragment, within reach.

    ``after`` is rank and id of the last one known; at most ``most`` are given, and no more are
    counted than ``counted``.
    """

    kind: str
    fragments: tuple[str, ...]
    reach: Any = None
    after: tuple[int, str] | None = None
    most: int = 20
    counted: int = MOST_COUNTED

    @property
    def whole(self) -> str:
        """Give all of what is looked for: what is so called comes first."""
        return "".join(self.fragments)


@frozen
class Hit:
    """Something that was found, and its place in the order: its rank, and ``INEXACT`` with it."""

    rank: int
    id: str


@frozen
class Hits:
    """What was found, in the order of ranks, and how many there are as far as was counted."""

    hits: tuple[Hit, ...]
    count: int


@frozen
class IndexPlace:
    """Up to where an index has followed the log: the next row, and the hash of the one before."""

    next: int = 0
    leaf: str = ""


@define(eq=False)
class FragmentTooShort(Refused):
    """No word of what is looked for has two signs."""

    code: ClassVar[str] = "kernel.fragment_too_short"


class IndexUnusable(Exception):
    """An index is absent, damaged, behind, or of another database; ``args`` say which."""


class IndexBusy(Exception):
    """Another process writes the index."""


class SearchIndex(ABC):
    """检索索引 (SearchIndex): finds things by fragments of their names, in the order of ranks.

    It is made of the database and may be thrown away. One process writes at a time; any number
    read. Every method raises ``IndexUnusable`` where the index cannot do it.
    """

    @abstractmethod
    def find(self, wanted: SearchWanted) -> Hits:
        """Give what is wanted. Raises ``IndexUnusable``."""

    @abstractmethod
    def place(self) -> IndexPlace:
        """Give up to where the log is taken in. Raises ``IndexUnusable``."""

    @abstractmethod
    def change(
        self, entries: Iterable[SearchEntry], gone: Collection[tuple[str, str]], place: IndexPlace
    ) -> None:
        """Take entries in, each in place of the one of its kind and id, and forget what is gone."""

    @abstractmethod
    def rebuild(self) -> AbstractContextManager["SearchBuilding"]:
        """Begin a new index, which takes the place of this one when it is finished."""

    @abstractmethod
    def check(self) -> None:
        """Look whether the stored index is as it was written. Raises ``IndexUnusable``."""


class SearchBuilding(ABC):
    """A new index in the making."""

    @abstractmethod
    def add(self, entries: Iterable[SearchEntry]) -> None:
        """Take in entries that are not there yet."""

    @abstractmethod
    def finish(self, place: IndexPlace) -> None:
        """Put it in the place of the former one."""


class SearchSource(ABC):
    """Reads what an index is made of, and what it found, from the database."""

    @abstractmethod
    def entries(self, query: ListQuery[Any], ids: Sequence[str]) -> Sequence[SearchEntry]:
        """Give the entries of those of ``ids`` that are found."""

    @abstractmethod
    def entries_after(
        self, query: ListQuery[Any], id: str, most: int
    ) -> tuple[Sequence[SearchEntry], str | None]:
        """Give entries by id behind ``id``, and the id to go on from, ``None`` at the end."""

    @abstractmethod
    def rows(self, query: ListQuery[Row], ids: Sequence[str], wanted: ListFilter) -> Sequence[Row]:
        """Give the rows of those of ``ids`` that are within reach, in their order."""

    @abstractmethod
    def rows_called(
        self, query: ListQuery[Row], text: str, wanted: ListFilter, most: int
    ) -> Sequence[Row]:
        """Give rows within reach whose code is ``text``, then those whose name begins with it."""

    @abstractmethod
    def end(self) -> IndexPlace:
        """Give where the log ends."""

    @abstractmethod
    def waiting_since(self, place: IndexPlace) -> datetime | None:
        """Give the moment of the row at ``place``, ``None`` where the log ends there.

        Raises ``IndexUnusable`` where the log does not lead there: another one, or rows gone.
        """


def found_by(entry: SearchEntry, wanted: SearchWanted) -> bool:
    """Tell whether the fragments that are wanted find an entry, reach aside."""
    return entry.kind == wanted.kind and all(
        holds(entry.name, entry.code, one) for one in wanted.fragments
    )


def selected(entries: Iterable[SearchEntry], wanted: SearchWanted) -> Hits:
    """Give what is wanted of entries within reach: the definition of order, page and count."""
    found = sorted(
        (one.rank if wanted.whole in {one.name, one.code} else one.rank | INEXACT, one.id)
        for one in entries
        if found_by(one, wanted)
    )
    behind = (one for one in found if wanted.after is None or one > wanted.after)
    shown = tuple(Hit(*one) for one, _ in zip(behind, range(wanted.most), strict=False))
    return Hits(shown, min(len(found), wanted.counted))


def pieces(text: str, signs: int) -> list[str]:
    """Give every piece of so many neighbouring signs of a folded text."""
    return [text[at : at + signs] for at in range(len(text) - signs + 1)]
