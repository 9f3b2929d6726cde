"""What registers ask of the things that their fields refer to, in tables."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from attrs import evolve, frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    func,
    or_,
    select,
    true,
    union_all,
)

from adapters.sql.draws import draw
from adapters.sql.engine.id_sets import among, among_wanted, rows_among
from adapters.sql.engine.list_reader import Whole
from adapters.sql.engine.paging import listed
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import chunks
from adapters.sql.engine.types import LABEL_LENGTH
from adapters.sql.entries import TABLES, tables_of
from adapters.sql.identity.directory import SqlUsers, app_user, department, region_entry
from adapters.sql.items import (
    check_item_material,
    document_template,
    law_provision,
    standard_material,
)
from adapters.sql.lists import SOURCES
from adapters.sql.models import evaluation_round
from adapters.sql.scenes import scene_model
from adapters.sql.sealing.protection import Sealing
from adapters.sql.subjects import subject, subject_tag, tag
from adapters.sql.tasks import task
from supervision_core.assessment.lists import ROUNDS
from supervision_core.draws.model.draw import DrawState
from supervision_core.identity.model import UserKind, user_reference
from supervision_core.items.lists import CHECK_ITEMS
from supervision_core.items.model import PROVISION
from supervision_core.items.registers import CATALOGUE, MATTER
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.errors import CorruptState
from supervision_core.kernel.listing import MOST_COUNTED, ListQuery, Referred
from supervision_core.kernel.registers import (
    CLOSED,
    DEPARTMENT,
    INDUSTRY,
    REGION,
    Ask,
    Reference,
    industry_references,
)
from supervision_core.scenes.lists import SCENES
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.registers import CATEGORIES
from supervision_core.tasks.lists import TASKS

Found = Mapping[str, Any]
_OWNERS: Final = (DEPARTMENT, REGION)
_USER: Final = "user"
_CONTENT: Final = "content"
_SHUT: Final = ("state", "deleted")
"""Columns that say whether an aggregate is closed."""


@frozen
class _Kind:
    """How the things of a kind are found in their table: by id, and by what they are called.

    ``beside`` are the column of another table by which they are called too, and that of their id.
    Of ``lean`` ones, whose rows are large, no more is read than that. Those that are ``owned``
    may share a name: where they have no code, whose they are tells them apart. The bodies of
    ``bodied`` ones are read.
    """

    table: Table
    id: Column[str]
    name: Callable[[Found], str]
    called: tuple[ColumnElement[str], ...]
    usable: Callable[[Found], bool]
    within: ColumnElement[bool]
    code: str = ""
    offers: bool = True
    lean: bool = False
    living: ColumnElement[bool] | None = None
    beside: tuple[Column[str], Column[str]] | None = None
    owned: bool = False
    bodied: bool = False

    def reference(self, row: Found) -> Reference:
        return Reference(
            id=row[self.id.name],
            name=self.name(row),
            usable=self.usable(row),
            code=str(row[self.code] or "") if self.code else "",
        )

    def select(self, *more: ColumnElement[Any]) -> Select[Any]:
        """Ask for what a reference needs: of what is large, no more than its name."""
        if self.bodied or not self.called or (self.offers and not self.lean):
            return select(*dict.fromkeys([*self.table.c, *self.called]), *more)
        more_said = (*_SHUT, *(_OWNERS if self.owned else ()))
        told = [self.table.c[one] for one in (self.code, *more_said) if one in self.table.c]
        named = dict.fromkeys([*self.called, *told])
        return select(self.table.c.id, *named, *more)

    def owner(self, row: Found) -> tuple[str, str]:
        """Say whose a thing is: its department's, or of a whole region."""
        said = json.loads(row["body"]) if "body" in row else {}
        found = row.get(DEPARTMENT, said.get("_department", said.get(DEPARTMENT)))
        return (DEPARTMENT, found) if found else (REGION, row["region"])

    def named(self, names: frozenset[str]) -> Iterable[Select[Any]]:
        """Ask for what is called so, with the name under which it is."""
        for column in self.called:
            yield self.select(column.label("called")).where(self.within, among(column, names))
        if self.beside is not None:
            column, owner = self.beside
            asked = self.select(column.label("called")).join(owner.table, owner == self.id)
            yield asked.where(self.within, among(column, names))


def _in_use(row: Found) -> bool:
    return bool(row["enabled"]) and row["deleted_at"] is None


def _user(kind: _Kind, row: Found, sealing: Sealing | None) -> Reference:
    """Give a user by name, which is sealed; by the account alone where the row cannot be read."""
    try:
        person = SqlUsers.mapper.sealed_of(row, "_person", sealing)
    except (Tampered, KeyMissing, CorruptState):
        return kind.reference(row)
    return user_reference(
        str(row["id"]), name=person["name"], login=str(row["login"]), kind=UserKind(row["kind"]),
        usable=_in_use(row),
    )  # fmt: skip


def _aggregate(table: Table, name: str, code: str = "") -> _Kind:
    """Give the kind of aggregates that bear a name in a column, and perhaps a code in another.

    They are chosen in their lists, while they are not closed.
    """
    return _Kind(
        table, table.c.id, lambda row: str(row[name] or ""),
        tuple(table.c[one] for one in (name, code) if one),
        _open, true(), code=code, offers=False,
    )  # fmt: skip


def _open(row: Found) -> bool:
    return not (row.get("state", "") in CLOSED or row.get("deleted", False))


def _labelled(table: Table, code: str) -> _Kind:
    """Give the kind of aggregates that are called by column ``label`` and else are in bodies.

    Those that bear a ``code`` are called by its column, too.
    """
    return _Kind(
        table, table.c.id, lambda row: str(row["label"] or ""),
        (table.c.label, *([table.c[code]] if code else ())),
        lambda row: _open(row) and json.loads(row["body"]).get("_state") not in CLOSED, true(),
        code=code, offers=False, bodied=True,
    )  # fmt: skip


def _referred(query: ListQuery[Any], said: Referred) -> _Kind:
    """Give the kind of what a list shows, found as it says."""
    place = SOURCES[query]
    if isinstance(place, Whole):
        found = _labelled(place.repository.mapper.table, said.code)
    else:
        code = place.asked(said.code).name if said.code else ""
        found = _aggregate(place.table, place.asked(said.name).name, "" if said.also else code)
        if said.also and (also := place.looked_up(said.also)) is not None:
            found = evolve(found, code=code, beside=(also, next(iter(also.table.c))))
    return evolve(found, owned=said.owned)


def _switched(table: Table, *called: Column[str], code: str = "") -> _Kind:
    """Give the kind of aggregates that are chosen by name while their column says enabled."""
    return _Kind(
        table, table.c.id, lambda row: str(row[called[0].name]), called,
        lambda row: bool(row["enabled"]), true(), code=code, living=table.c.enabled == true(),
    )  # fmt: skip


_TASK_NUMBER: Final = (
    select(task.c.code).where(task.c.id == draw.c.of_task).scalar_subquery().label("number")
)
_KINDS: Final[Mapping[str, _Kind]] = {
    **{
        one.port.kind: _referred(one, one.referred)
        for one in SOURCES if one.referred is not None and not one.partial
    },
    DEPARTMENT: _Kind(
        department, department.c.id, lambda row: str(row["name"]),
        (department.c.name, department.c.code), _in_use, true(),
        code="code",
    ),
    REGION: _Kind(
        region_entry, region_entry.c.code, lambda row: str(json.loads(row["content"])["name"]), (),
        _in_use, true(), code="code",
    ),
    _USER: _Kind(
        app_user, app_user.c.id, lambda row: str(row["login"]), (app_user.c.login,), _in_use,
        true(), bodied=True,
    ),
    "draw": _Kind(
        draw, draw.c.id, lambda row: f"{row['number']}随机抽取", (_TASK_NUMBER,),
        lambda row: row["state"] != DrawState.CLEARED, true(), code="number",
        living=draw.c.state != DrawState.CLEARED.value, lean=True,
    ),
    "tag": _Kind(
        tag, tag.c.id, lambda row: str(row["name"]), (tag.c.name,),
        lambda row: bool(row["enabled"]), true(), living=tag.c.enabled == true(), owned=True,
    ),
    PROVISION: _switched(law_provision, law_provision.c.id),
    "document_template": _switched(document_template, document_template.c.name),
    "standard_material": _switched(
        standard_material, standard_material.c.name, standard_material.c.code, code="code"
    ),
}  # fmt: skip

_COUNTED_AT_ONCE: Final = 100
_CODED: Final = frozenset({REGION, INDUSTRY})
"""Kinds that are named by code, and few enough to be looked at together."""
_USED_MODELS: Final = {
    SCENES.name: scene_model.c.model,
    ROUNDS.name: evaluation_round.c.counts_for,
}
_REFERRING: Final[Mapping[str, Mapping[str, ColumnElement[Any]]]] = {
    CATEGORIES.name: {SUBJECTS.name: subject.c.category},
    "tag": {SUBJECTS.name: subject_tag.c.tag},
    "plan": {TASKS.name: task.c.plan},
    "standard_material": {CHECK_ITEMS.name: check_item_material.c.material},
    "risk_model": _USED_MODELS,
    "credit_model": _USED_MODELS,
}
"""Of kinds that aggregates refer to: the column of each list in which the ids stand."""


def _kind(name: str) -> _Kind:
    """Give a kind; every other one is a register. Raises ``KeyError`` for what can be none."""
    if found := _KINDS.get(name):
        return found
    if name == MATTER:
        return _entries(CATALOGUE.name, tables_of(CATALOGUE.name).entry, "reference_code")
    if "." not in name:
        raise KeyError(name)
    return _entries(name, tables_of(name).entry)


def _entries(register: str, entry: Table, by: str = "id") -> _Kind:
    """Give the kind of a register's entries: called by label or code, known ``by`` a column."""
    columns = entry.c
    return _Kind(
        entry, columns[by], lambda row: str(row["label"]), (columns.label, columns.reference_code),
        _in_use, columns.register == register, code="reference_code",
    )  # fmt: skip


@cache
def _by_ids(name: str) -> Select[Any]:
    """Ask for what references to the things of a kind need, those of some ids."""
    found = _kind(name)
    return found.select().where(found.within, among_wanted(found.id))


@cache
def _briefly(table: Table) -> tuple[Column[Any], ...]:
    return tuple(one for one in listed(table) if one.name != _CONTENT)


class SqlAsk(Ask):
    """Answers from the tables of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Read on the connection of a unit of work."""
        self._reader, self._connection = Reader(connection), connection

    def resolve(self, kind: str, ids: Iterable[str]) -> Mapping[str, Reference]:
        """Give those of ``ids`` that there are, by id. Raises ``KeyError`` for an unknown kind."""
        wanted = frozenset(ids)
        if kind == INDUSTRY:
            return {one.id: one for one in industry_references() if one.id in wanted}
        found = _kind(kind)
        known = self._references(found, rows_among(self._reader, _by_ids(kind), wanted))
        return {one.id: one for one in sorted(known, key=lambda one: one.usable)}

    def named(self, kind: str, names: Iterable[str]) -> Mapping[str, Sequence[Reference]]:
        """Give the usable things of a kind that are called by each of ``names`` exactly."""
        if kind in _CODED:
            living = [one for one in self._coded(kind) if one.usable]
            return {name: [one for one in living if name in {one.id, one.name}] for name in names}
        found, wanted = _kind(kind), frozenset(names)
        cut = {name[:LABEL_LENGTH]: name for name in wanted}
        answer: dict[str, dict[str, Reference]] = {name: {} for name in wanted}
        for asked in found.named(frozenset(cut)):
            rows = self._every(asked)
            for row, one in zip(rows, self._references(found, rows), strict=True):
                if one.usable:
                    answer[cut[row["called"]]][one.id] = one
        return {name: tuple(those.values()) for name, those in answer.items()}

    def offered(self, kind: str, text: str, most: int) -> Sequence[Reference]:
        """Give at most ``most`` usable things of a kind whose name holds ``text``, by name."""
        wanted = text.strip()
        if kind in _CODED:
            living = (one for one in self._coded(kind) if one.usable)
            return [one for one in living if wanted in one.id or wanted in one.name][:most]
        found = _kind(kind)
        if not found.offers:
            return []
        columns, usable = found.table.c, found.living
        if usable is None:
            usable = and_(columns.enabled == true(), columns.deleted_at.is_(None))
        conditions = [found.within, usable]
        name = found.called[0]
        for part in wanted.split():
            some = (one.icontains(part, autoescape=True) for one in found.called)
            conditions.append(or_(*some))
        told = columns if found.owned or found.bodied else _briefly(found.table)
        few = found.select() if found.lean else select(*told)
        asked = few.where(*conditions).order_by(name, found.id).limit(most)
        return self._references(found, self._every(asked))

    def _every(self, asked: Select[Any]) -> list[Found]:
        return [row._asdict() for row in self._reader.rows(asked)]

    def _references(self, kind: _Kind, rows: Sequence[Found]) -> list[Reference]:
        """Give rows as references; those that nothing else tells apart, by whose they are."""
        if kind is _KINDS[_USER]:
            sealing = SqlUsers.mapper.sealing_on(self._connection)
            return [_user(kind, row, sealing) for row in rows]
        found = [kind.reference(row) for row in rows]
        if not kind.owned or all(one.code for one in found):
            return found
        owners = [kind.owner(row) for row in rows]
        names = {
            each: self.resolve(each, {id_ for of, id_ in owners if of == each}) for each in _OWNERS
            if any(of == each for of, _ in owners)
        }  # fmt: skip
        return [
            evolve(one, code=one.code or (names[of][id_].name if id_ in names[of] else ""))
            for one, (of, id_) in zip(found, owners, strict=True)
        ]

    def _coded(self, kind: str) -> Sequence[Reference]:
        """Give all regions or industries, by code."""
        return industry_references() if kind == INDUSTRY else self._regions()

    def _regions(self) -> list[Reference]:
        """Give all regions by code: they are few, and their names lie in their content."""
        found = _kind(REGION)
        asked = found.select().order_by(found.id)
        return [found.reference(row) for row in self._every(asked)]

    def used_by(self, kind: str, id: str) -> Mapping[str, int]:
        """Give how many living entries refer to the thing, by the name of their register."""
        uses: dict[str, int] = {}
        for tables in TABLES:
            cell, entry = tables.cell.c, tables.entry.c
            count = func.count(cell.entry_id.distinct()).label("uses")
            asked = (
                select(cell.register, count)
                .join(tables.entry, entry.id == cell.entry_id)
                .where(cell.refers == kind, cell.value == id, entry.deleted_at.is_(None))
                .group_by(cell.register)
            )
            uses |= {row.register: int(row.uses) for row in self._reader.rows(asked)}
        for name in _REFERRING.get(kind, {}):
            if found := self.uses(kind, [id], name):
                uses[name] = found[id]
        return uses

    def uses(self, kind: str, ids: Iterable[str], of: str) -> Mapping[str, int]:
        """Give how many things of the list ``of`` refer to each of ``ids``; absent means none."""
        column = _REFERRING[kind][of].label("thing")
        uses = dict[str, int]()
        for part in chunks(sorted(set(ids)), _COUNTED_AT_ONCE):
            some = [select(column).where(column == one).limit(MOST_COUNTED) for one in part]
            each = [one.subquery() for one in some]
            counts = [select(func.min(one.c.thing), func.count(one.c.thing)) for one in each]
            uses |= {row[0]: row[1] for row in self._reader.rows(union_all(*counts)) if row[1]}
        return uses
