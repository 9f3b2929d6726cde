"""What registers ask of the things that their fields refer to, in tables."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    func,
    or_,
    select,
    true,
    union_all,
)

from adapters.sql.checklists import checklist
from adapters.sql.clues import clue
from adapters.sql.draws import draw
from adapters.sql.engine.id_sets import among
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import chunks
from adapters.sql.entries import TABLES, tables_of
from adapters.sql.identity.directory import app_user, department, region_entry
from adapters.sql.items import (
    check_item,
    check_item_material,
    document_template,
    law,
    law_provision,
    standard_material,
)
from adapters.sql.models import credit_model, evaluation_round, grading_rule, risk_model
from adapters.sql.officers import officer, team
from adapters.sql.plans import plan
from adapters.sql.scenes import scene, scene_model
from adapters.sql.subjects import subject, subject_tag, tag
from adapters.sql.tasks import rectification, task, visit
from supervision_core.assessment.lists import ROUNDS
from supervision_core.items.lists import CHECK_ITEMS
from supervision_core.items.model import PROVISION
from supervision_core.items.registers import CATALOGUE, MATTER
from supervision_core.kernel.listing import MOST_COUNTED
from supervision_core.kernel.registers import (
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


@frozen
class _Kind:
    """How the things of a kind are found in their table: by id, and by what they are called."""

    table: Table
    id: Column[str]
    name: Callable[[Row[Any]], str]
    called: tuple[ColumnElement[str], ...]
    usable: Callable[[Row[Any]], bool]
    within: ColumnElement[bool]
    code: str = ""
    offers: bool = True
    living: ColumnElement[bool] | None = None

    def reference(self, row: Row[Any]) -> Reference:
        return Reference(
            id=getattr(row, self.id.name),
            name=self.name(row),
            usable=self.usable(row),
            code=getattr(row, self.code) if self.code else "",
        )

    def select(self, *more: ColumnElement[Any]) -> Select[Any]:
        """Ask for what a reference needs: of what is large, no more than its name."""
        return select(self.table if self.offers else self.table.c.id, *self.called, *more)


def _in_use(row: Row[Any]) -> bool:
    return bool(row.enabled) and row.deleted_at is None


def _aggregate(table: Table, name: str, *more: str) -> _Kind:
    """Give the kind of aggregates that bear a name in a column: shown, and chosen nowhere.

    They are called by ``more`` columns too.
    """
    return _Kind(
        table, table.c.id, lambda row: str(getattr(row, name) or ""),
        (table.c[name], *(table.c[one] for one in more)),
        lambda _: True, true(), offers=False,
    )  # fmt: skip


def _bodied(table: Table, name: Callable[[Mapping[str, Any]], str]) -> _Kind:
    """Give the kind of aggregates, few of them, whose name lies in their body."""
    return _Kind(
        table, table.c.id, lambda row: name(json.loads(row.body)), (table.c.body,),
        lambda _: True, true(), offers=False,
    )  # fmt: skip


def _switched(table: Table, *called: Column[str], code: str = "") -> _Kind:
    """Give the kind of aggregates that are chosen by name while their column says enabled."""
    return _Kind(
        table, table.c.id, lambda row: str(getattr(row, called[0].name)), called,
        lambda row: bool(row.enabled), true(), code=code, living=table.c.enabled == true(),
    )  # fmt: skip


def _own_name(body: Mapping[str, Any]) -> str:
    return str(body["_name"])


def _defined_name(body: Mapping[str, Any]) -> str:
    said = body["_draft"] or body["_versions"][-1]
    return str(said["name"])


_TASK_NUMBER: Final = (
    select(task.c.code).where(task.c.id == draw.c.task).scalar_subquery().label("number")
)
_KINDS: Final[Mapping[str, _Kind]] = {
    DEPARTMENT: _Kind(
        department, department.c.id, lambda row: str(row.name),
        (department.c.name, department.c.code), _in_use, true(),
        code="code",
    ),
    "user": _Kind(
        app_user, app_user.c.id, lambda row: str(row.login), (app_user.c.login,), _in_use, true(),
    ),
    "task": _aggregate(task, "name", "code"),
    "visit": _aggregate(visit, "code"),
    "rectification": _aggregate(rectification, "code"),
    "draw": _Kind(
        draw, draw.c.id, lambda row: f"{row.number or ''}随机抽取", (_TASK_NUMBER,),
        lambda _: True, true(), offers=False,
    ),
    "plan": _aggregate(plan, "name", "code"),
    "scene": _aggregate(scene, "name", "code"),
    "checklist": _aggregate(checklist, "name", "code"),
    "clue": _aggregate(clue, "title"),
    "officer": _aggregate(officer, "name"),
    "subject": _aggregate(subject, "name", "code"),
    "tag": _Kind(
        tag, tag.c.id, lambda row: str(row.name), (tag.c.name,),
        lambda row: bool(row.enabled), true(), living=tag.c.enabled == true(),
    ),
    "check_item": _bodied(check_item, lambda body: str(body["_content"]["matter"])),
    "law": _aggregate(law, "title"),
    PROVISION: _switched(law_provision, law_provision.c.id),
    "document_template": _switched(document_template, document_template.c.name),
    "standard_material": _switched(
        standard_material, standard_material.c.name, standard_material.c.code, code="code"
    ),
    "team": _bodied(team, _own_name),
    "risk_model": _bodied(risk_model, _defined_name),
    "credit_model": _bodied(credit_model, _defined_name),
    "grading_rule": _bodied(grading_rule, lambda body: str(body["name"])),
}  # fmt: skip

_COUNTED_AT_ONCE: Final = 100
_CODED: Final = frozenset({REGION, INDUSTRY})
"""Kinds that are named by code, and few enough to be looked at together."""
_USED_MODELS: Final = {
    SCENES.name: scene_model.c.model,
    ROUNDS.name: evaluation_round.c.model_id,
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
        entry, columns[by], lambda row: str(row.label), (columns.label, columns.reference_code),
        _in_use, columns.register == register, code="reference_code",
    )  # fmt: skip


class SqlAsk(Ask):
    """Answers from the tables of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Read on the connection of a unit of work."""
        self._reader = Reader(connection)

    def resolve(self, kind: str, ids: Iterable[str]) -> Mapping[str, Reference]:
        """Give those of ``ids`` that there are, by id. Raises ``KeyError`` for an unknown kind."""
        wanted = frozenset(ids)
        if kind in _CODED:
            return {one.id: one for one in self._coded(kind) if one.id in wanted}
        found = _kind(kind)
        asked = found.select().where(found.within, among(found.id, wanted))
        known = map(found.reference, self._reader.rows(asked))
        return {one.id: one for one in sorted(known, key=lambda one: one.usable)}

    def named(self, kind: str, names: Iterable[str]) -> Mapping[str, Sequence[Reference]]:
        """Give the usable things of a kind that are called by each of ``names`` exactly."""
        if kind in _CODED:
            living = [one for one in self._coded(kind) if one.usable]
            return {name: [one for one in living if name in {one.id, one.name}] for name in names}
        found, wanted = _kind(kind), frozenset(names)
        answer: dict[str, dict[str, Reference]] = {name: {} for name in wanted}
        for column in found.called:
            asked = found.select(column.label("called")).where(found.within, among(column, wanted))
            for row in self._reader.rows(asked):
                one = found.reference(row)
                if one.usable:
                    answer[row.called][one.id] = one
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
        asked = select(found.table).where(*conditions).order_by(name, found.id).limit(most)
        return [found.reference(row) for row in self._reader.rows(asked)]

    def _coded(self, kind: str) -> Sequence[Reference]:
        """Give all regions or industries, by code."""
        return industry_references() if kind == INDUSTRY else self._regions()

    def _regions(self) -> list[Reference]:
        """Give all regions by code: they are few, and their names lie in their content."""
        rows = self._reader.rows(select(region_entry).order_by(region_entry.c.code))
        return [
            Reference(
                id=row.code,
                name=json.loads(row.content)["name"],
                usable=_in_use(row),
                code=row.code,
            )
            for row in rows
        ]

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
