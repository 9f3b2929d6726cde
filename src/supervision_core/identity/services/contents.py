"""What use cases do with contents that are described: references by name, references that hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import evolve

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.registers import Ask, Content, EntryInvalid, Field, described, written
from supervision_core.kernel.registers.description import parts_of

C = TypeVar("C", bound=Content)


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
        asked = {name: written(name) for name in names}
        found = ask.named(str(one.to), asked.values()) if names else {}
        ids = []
        for name in names:
            match found.get(asked[name], ()):
                case [only]:
                    ids.append(only.id)
                case several:
                    code = "called_twice" if several else "not_called"
                    data = {"title": one.title, "value": name}
                    faults.append(Violation(f"kernel.register_{code}", one.name, data))
        kept = type(getattr(content, one.name))
        values[one.name] = kept(ids) if one.many else next(iter(ids), "")
    refuse_if(EntryInvalid, faults)
    return evolve(content, **values)


def broken_references(
    ask: Ask, content: C, before: C | None = None, references: References = references_in
) -> Iterator[Violation]:
    """Find what a content newly refers to and is not there, or is in use no more."""
    known = {} if before is None else dict(references(before))
    for one, ids in references(content):
        new = set(ids) - set(known.get(one, ()))
        found = ask.resolve(str(one.to), new) if new else {}
        for each in sorted(new):
            data = {"title": one.title, "value": found[each].name if each in found else each}
            if each not in found:
                yield Violation("kernel.register_unknown", one.name, data)
            elif not found[each].usable:
                yield Violation("kernel.register_unusable", one.name, data)


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
