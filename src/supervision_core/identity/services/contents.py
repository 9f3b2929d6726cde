"""What use cases do with contents that are described: references by name, references that hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

import attrs
from attrs import evolve

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Repository, UnitOfWork, repository_of
from supervision_core.kernel.registers import (
    Ask,
    Content,
    EntryInvalid,
    Field,
    Reference,
    called,
    described,
    known,
    nearly_called,
)
from supervision_core.kernel.registers.description import parts_of

C = TypeVar("C", bound=Content)
_ROW: Final = "row"
"""What lines of tables say beside their content: in which row of the table they stand."""


def references_in(content: Content) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """Give every field of a content that refers to other things, with what it refers to."""
    for one in described(type(content)):
        if one.to is not None:
            yield one, tuple(filter(None, parts_of(getattr(content, one.name))))


References = Callable[[Any], Iterable[tuple[Field, tuple[str, ...]]]]
"""Gives every field of a content that refers to other things, with what it refers to."""


def with_ids(ask: Ask, content: C, references: References = references_in) -> C:
    """Put ids for the names by which a table refers to things. Raises ``EntryInvalid``."""
    faults: list[Violation] = []
    values: dict[str, Any] = {}
    for one, names in references(content):
        found = called(ask, str(one.to), names)
        ids = []
        for name in names:
            match found[name]:
                case [only]:
                    ids.append(only.id)
                case several:
                    faults.append(unclear(one.name, one.title, name, several))
        kept = type(getattr(content, one.name))
        values[one.name] = kept(ids) if one.many else next(iter(ids), "")
    refuse_if(EntryInvalid, faults)
    return evolve(content, **values)


def unclear(
    at: str, title: str, name: str, several: Sequence[Reference], near: Sequence[Reference] = ()
) -> Violation:
    """Say of what a table calls by name that nothing, or more than one thing, is called so.

    Of nothing, it names those that are called ``near`` to it.
    """
    data = {"title": title, "value": name}
    if several:
        return Violation("kernel.register_called_twice", at, data)
    if near:
        told = "、".join(f"“{one.text}”" for one in near)
        return Violation("kernel.register_nearly_called", at, {**data, "near": told})
    return Violation("kernel.register_not_called", at, data)


def ids_of(
    ask: Ask, kind: str, texts: Iterable[str], *, at: str, title: str
) -> Callable[[str], str]:
    """Give what finds the id of the thing that one of ``texts`` means: its id, name or code.

    It raises ``EntryInvalid`` for what means none or several, naming what is called nearly so.
    """
    found = known(ask, kind, texts)

    @cache
    def near(text: str) -> Sequence[Reference]:
        return nearly_called(ask, kind, text)

    def id_of(text: str) -> str:
        match found[text]:
            case [only]:
                return only.id
            case several:
                wrong = unclear(at, title, text, several, () if several else near(text))
                raise EntryInvalid((wrong,))

    return id_of


def broken_references(
    ask: Ask, content: C, before: C | None = None, references: References = references_in
) -> Iterator[Violation]:
    """Find what a content newly refers to and is not there, or is in use no more."""
    known = {} if before is None else dict(references(before))
    new = (
        (one.name, one, id_)
        for one, ids in references(content)
        for id_ in sorted(set(ids) - set(known.get(one, ())))
    )
    yield from _broken(ask, new)


def _broken(ask: Ask, said: Iterable[tuple[str, FieldWords, str]]) -> Iterator[Violation]:
    """Find which references, each with its place and words, are to nothing or to what is not used.

    Each kind is looked at once.
    """
    told = tuple(said)
    wanted: dict[str, set[str]] = {}
    for _, words, id_ in told:
        wanted.setdefault(str(words.to), set()).add(id_)
    there = {kind: ask.resolve(kind, ids) for kind, ids in wanted.items()}
    for at, words, id_ in told:
        found = there[str(words.to)].get(id_)
        if found is None or not found.usable:
            code = "unknown" if found is None else "unusable"
            data = {"title": words.title, "value": id_ if found is None else found.name}
            yield Violation(f"kernel.register_{code}", at, data)


def references_within(
    value: Any, at: str = "", *, contents: bool = False
) -> Iterator[tuple[str, FieldWords, str]]:
    """Give every reference at any depth of a command that is to be there: place, words, id.

    What the command is about is loaded by whoever carries it out; whether what a described content
    refers to is there is looked at where that content is kept. With ``contents`` these references
    are given too, but for lines of a table: a table calls things by name.
    """
    kind: Any = type(value)
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from references_within(part, f"{at}[{number}]", contents=contents)
    elif isinstance(value, Content):
        for one, ids in references_in(value) if contents else ():
            yield from ((f"{at}.{one.name}", one, each) for each in ids)
    elif fields := _looked_at(kind):
        about = "" if at else about_of(value)[0]
        contents = contents and _ROW not in {name for name, _ in fields}
        for name, words in fields:
            if name == about:
                continue
            found, place = getattr(value, name), f"{at}.{name}" if at else name
            if words is None or words.to is None:
                yield from references_within(found, place, contents=contents)
            else:
                named = evolve(words, to=_kind_in(value, words.to))
                yield from ((place, named, each) for each in parts_of(found) if each)


@cache
def _looked_at(kind: type) -> tuple[tuple[str, FieldWords | None], ...]:
    """Give the fields of a class in which references are looked for, none of a described one."""
    if not attrs.has(kind) or issubclass(kind, Content):
        return ()
    told = ((one.name, one.metadata.get(FIELD)) for one in attrs.fields(kind))
    return tuple((name, w) for name, w in told if not w or (w.looked_up and not w.internal))


def about_of(command: Any) -> tuple[str, type[Repository[Any]] | None]:
    """Give the field that says what a command is about, and the port that holds such things.

    It is its first, where that is the id of something of its own context.
    """
    first = next(iter(attrs.fields(type(command))), None)
    if first is None or not first.name.endswith("_id") or FIELD not in first.metadata:
        return "", None
    port = repository_of(_kind_in(command, first.metadata[FIELD].to or ""))
    if port is None or _context(port) == _context(type(command)):
        return first.name, port
    return "", None


def _context(of: type) -> str:
    return of.__module__.split(".")[1]


def _kind_in(command: Any, to: str) -> str:
    """Give the kind that a field of a command refers to, where other fields of it say it."""
    named = {one.name: getattr(command, one.name) for one in attrs.fields(type(command))}
    return to.format_map(named)


def require_references(unit: UnitOfWork, command: Any, before: Any = None) -> None:
    """Refuse what a command newly refers to, where it is not there or in use no more.

    What is said ``before``, or stored of what the command is about, may go on being said. Each kind
    is looked at once. Raises ``EntryInvalid`` with every reason.
    """
    said = tuple(references_within(command))
    if said and any(True for _ in _broken(unit[Ask], said)):
        refuse_if(EntryInvalid, _broken(unit[Ask], newly_referred(unit, command, said, before)))


Referred = tuple[str, FieldWords, str]
"""Where a command refers to something, what is said of that field, and the id."""


def newly_referred(
    unit: UnitOfWork, command: Any, said: Iterable[Referred], before: Any = None
) -> Sequence[Referred]:
    """Give what was not said ``before``, nor is stored of what the command is about."""
    known = {*_texts(to_plain(before)), *_texts(_stored(unit, command))}
    return tuple(one for one in said if one[2] not in known)


def _stored(unit: UnitOfWork, command: Any) -> Json:
    """Give what is stored of what a command is about, nothing where it is about nothing."""
    name, port = about_of(command)
    try:
        return None if port is None else to_plain(unit[port].get(getattr(command, name)))
    except NotFound:
        return None


def _texts(plain: Json) -> Iterator[str]:
    """Give every text at any depth of a plain value."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for one in plain.values():
            yield from _texts(one)
    elif isinstance(plain, list | tuple):
        for one in plain:
            yield from _texts(one)


def taken_in(rows: Iterable[Any], take: Callable[[Any], str]) -> Mapping[str, Json]:
    """Take rows of a table in, each by itself; count what became of them, and say what stays out.

    ``take`` answers ``added``, ``changed`` or ``same``, or refuses the row.
    """
    counts = {"added": 0, "changed": 0, "same": 0}
    refused: list[Json] = []
    for row in rows:
        try:
            counts[take(row)] += 1
        except (Refused, NotFound) as refusal:
            refused += [
                {"row": row.row, "code": one.code, "at": one.at, "data": dict(one.data)}
                for one in refusal.reasons
            ]
    return {**counts, "refused": refused}
