"""Fields that are chosen among the parts of another thing (docs/adr/0073)."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import attrs
from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, ask
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.registers import one_called
from entrypoints.http.web.sheets import Leaf
from entrypoints.registered import lists
from entrypoints.shape import Whole
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import described as fields_in
from supervision_core.tasks.services.assisting import ListOwnPeople, list_own_people

_OWN_PARTY: Final = "own"
_ID: Final = "id"
_FILE: Final = "file"


def choosers(leaves: Iterable[Leaf], about: str) -> frozenset[str]:
    """Give the fields on which others rest, but for the one that is fixed by the address."""
    return frozenset(one.beside for one in leaves if one.among) - {about, _OWN_PARTY}


def chosen(  # noqa: PLR0913 - what a choice follows from
    call: Call, one: Leaf, made: Field, form: Form, kind: str, *, by_id: bool
) -> Field:
    """Let a field be chosen among the parts of what stands in the field beside it.

    That is of ``kind``, and named ``by_id`` or by what it is called.
    """
    thing, part, column = one.among.split(".")
    written = form.get(one.beside, "")
    rows: Sequence[Any] = ()
    if thing == _OWN_PARTY:
        written, rows = thing, _own_people(call)
    elif written:
        id_ = written if by_id else one_called(call, kind, written)
        rows = _parts_of(call, kind, id_, part)
    choices = _choices(rows, column)
    hint = made.hint or ("没有可选的内容" if written else "请先填写上面一项")
    many = Kind.CHOICES if one.field.many else Kind.CHOICE
    return evolve(made, kind=many, choices=choices, hint=made.hint if choices else hint)


def newest(leaves: Iterable[Leaf], fields: Iterable[Field], form: Form) -> Mapping[str, str]:
    """Give the newest of numbered parts where nothing is chosen that there is to choose."""
    numbered = {one.field.name for one in leaves if one.among and isinstance(one.shape, Whole)}
    return {
        one.name: max(one.choices, key=int)
        for one in fields
        if one.name in numbered and one.choices and form.get(one.name) not in one.choices
    }


def ticks(one: Described, form: Form) -> list[str]:
    """Give what is ticked of a field."""
    begins = f"{one.name}-"
    return [name.removeprefix(begins) for name in form if name.startswith(begins)]


def _choices(rows: Sequence[Any], column: str) -> Mapping[str, str]:
    if column == _FILE:
        named = [(row, str(getattr(row, title_of(type(row))))) for row in rows]
        return {
            row.file: f"{at}. {name}" for at, (row, name) in enumerate(named, 1) if not row.sealed
        }
    if column != _ID:
        return {value: value for row in rows if (value := str(getattr(row, column)))}
    return {row.id: str(getattr(row, title_of(type(row)))) or row.id for row in rows}


def title_of(row: type) -> str:
    """Name the field by which parts of a thing are called: the first that each must have."""
    names = [one for one in attrs.fields_dict(row) if one != _ID]
    must = {one.name for one in fields_in(row) if one.required}
    return next((one for one in names if one in must), names[0])


def _own_people(call: Call) -> Sequence[Any]:
    if not call.who.may(list_own_people.permission):
        return ()
    return ask(call, list_own_people, ListOwnPeople()).people


def _parts_of(call: Call, kind: str, id_: str, part: str) -> Sequence[Any]:
    """Give the parts of a thing, as far as the reader sees it."""
    for query in lists().values():
        cases = cases_of(query)
        shows = query.port.kind == kind and query.view is not None
        if shows and call.who.may(cases.view.permission):
            with suppress(NotFound):
                content = ask(call, cases.view, cases.named(id=id_)).content
                return tuple(getattr(content, part, ()))
    return ()
