"""Lists of subjects, each order and filter served by an index."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from attrs import evolve
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    false,
    func,
    or_,
    select,
    true,
)

from adapters.sql.engine.id_sets import among, looked_at
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import within
from adapters.sql.engine.scopes import Standing, asked_with, standing, within_reach
from adapters.sql.sealing.protection import sealing_of
from adapters.sql.subjects import (
    CODE_INDEX,
    PRINCIPAL_INDEX,
    subject,
    subject_department,
    subject_tag,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.subjects.model import SubjectKind, SubjectStatus
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, SubjectRow

LAST_SIGN = "\U0010ffff"

_SHOWN = tuple(
    subject.c[name]
    for name in (
        "id", "kind", "name", "code", "region", "status", "industry", "tags", "doubtful",
    )
)  # fmt: skip


class SqlSubjectQueries(SubjectQueries):
    """Reads table ``subject`` and its look-up tables."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source
        self._reader = Reader(source)

    def page(self, filter: SubjectFilter, request: PageRequest) -> Page[SubjectRow]:
        """Give one page, ordered by name then id, or by id alone (``order`` "id")."""
        columns = subject.c
        walk = request.order == "id"
        conditions = _conditions(filter, self._source, looked_at if walk else _as_it_is)
        statement: Select[Any] = select(*_SHOWN).where(*conditions)
        keys: tuple[tuple[str, ColumnElement[Any]], ...] = (("id", columns.id),)
        if walk:
            statement = statement.where(*_tagged(filter))
        elif len(filter.tags) == 1:
            # The tag's own index holds the name: a rare tag is as quick as a common one.
            tagged = subject_tag.c
            statement = statement.join(subject_tag, tagged.subject_id == columns.id)
            statement = statement.where(tagged.tag.in_(filter.tags))
            keys = (("name", tagged.name), ("id", tagged.subject_id))
        else:
            statement = statement.where(*_tagged(filter))
            keys = (("name", columns.name), *keys)
        query: Json = {"subjects": asked_with(filter), "order": request.order}
        return read_page(self._reader, Listing(statement, keys), request, query=query, item=_row)

    def count(self, filter: SubjectFilter) -> int:
        """Count the subjects that ``filter`` lets through."""
        asked = select(func.count(subject.c.id)).where(
            *_conditions(filter, self._source), *_tagged(filter)
        )
        return int(self._reader.rows(asked)[0][0])


Seen = Callable[[ColumnElement[Any]], ColumnElement[Any]]
"""How a condition sees a column: a walk by id does not look for rows by anything else, or SQLite
would sort all of a city for every page."""


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


def _within(code: str, seen: Seen = _as_it_is) -> ColumnElement[bool]:
    if code.endswith("00") and not code.endswith("0000"):
        return seen(subject.c.city) == code
    return within(seen(subject.c.region), code)


SUBJECTS_STAND = Standing(
    stands=lambda fulfils: fulfils(subject.c.region),
    in_region=_within,
    owner=standing(subject, subject_department).owner,
    nobody=subject.c.shared == true(),
    concerns=lambda party: or_(subject.c.id == party, subject.c.code == party),
    owners=subject_department,
    own=lambda row: frozenset({row.id, row.code} - {""}),
)


def _conditions(
    filter: SubjectFilter, source: Engine | Connection, seen: Seen = _as_it_is
) -> Iterator[ColumnElement[bool]]:
    columns = subject.c
    yield columns.deleted == false()
    stands = evolve(SUBJECTS_STAND, in_region=partial(_within, seen=seen))
    yield from within_reach(filter.reach, stands)
    if filter.region:
        yield _within(filter.region, seen)
    if filter.departments:
        theirs = select(1).where(
            subject_department.c.subject_id == columns.id,
            among(subject_department.c.department, filter.departments),
        )
        yield or_(columns.shared == true(), theirs.exists())
    if filter.kind:
        yield seen(columns.kind) == filter.kind.value
    if filter.status:
        yield seen(columns.status) == filter.status.value
    if filter.category:
        yield seen(columns.category) == filter.category
    if filter.name_prefix:
        yield columns.name >= filter.name_prefix
        yield columns.name < filter.name_prefix + LAST_SIGN
    if filter.code:
        cards = CODE_INDEX.candidates(subject, filter.code, sealing_of(source))
        yield or_(columns.code == filter.code, columns.code_index.in_(cards))
    if filter.principal:
        heads = PRINCIPAL_INDEX.candidates(subject, filter.principal, sealing_of(source))
        yield columns.principal_index.in_(heads)
    if filter.doubtful is not None:
        yield columns.doubtful == (true() if filter.doubtful else false())


def _tagged(filter: SubjectFilter) -> Iterator[ColumnElement[bool]]:
    if filter.tags:
        theirs = subject_tag.alias()
        yield (
            select(1)
            .where(theirs.c.subject_id == subject.c.id, theirs.c.tag.in_(filter.tags))
            .exists()
        )


def _row(row: Row[Any]) -> SubjectRow:
    return SubjectRow(
        id=row.id,
        kind=SubjectKind(row.kind),
        name=row.name,
        code="" if row.code.startswith("#") else row.code,
        region=row.region,
        status=SubjectStatus(row.status),
        industry=row.industry,
        tags=tuple(json.loads(row.tags)),
        doubtful=row.doubtful,
    )
