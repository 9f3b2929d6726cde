"""Lists of who holds a role or group, the asker's scope in the query."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, or_, select

from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.scopes import asked_with, within_reach
from adapters.sql.identity.access import GROUPS_STAND, access_group, grant_holding
from adapters.sql.identity.directory import USERS_STAND, app_user
from supervision_core.identity.model import HolderKind
from supervision_core.identity.ports import HolderFilter, HolderQueries, HolderRow
from supervision_core.kernel.paging import Page, PageRequest


class SqlHolderQueries(HolderQueries):
    """Reads table ``grant_holding``, and where the holders stand."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def page(self, filter: HolderFilter, request: PageRequest) -> Page[HolderRow]:
        """Give one page by the id of the sheet."""
        return read_page(
            self._reader,
            Listing(
                select(grant_holding.c.sheet_id, grant_holding.c.holder).where(*_holders(filter)),
                (("sheet_id", grant_holding.c.sheet_id),),
            ),
            request,
            query={"holders": asked_with(filter)},
            item=_holder_row,
        )


def _holders(filter: HolderFilter) -> Iterator[ColumnElement[bool]]:
    columns = grant_holding.c
    yield columns.kind == ("role" if filter.role else "group")
    yield columns.held == (filter.role or filter.group)
    user = select(1).where(
        app_user.c.id == columns.holder,
        columns.sheet_id.startswith("user/"),
        app_user.c.deleted_at.is_(None),
        *within_reach(filter.reach, USERS_STAND),
    )
    group = select(1).where(
        access_group.c.id == columns.holder,
        columns.sheet_id.startswith("group/"),
        *within_reach(filter.reach, GROUPS_STAND),
    )
    yield or_(user.exists(), group.exists())


def _holder_row(row: Row[Any]) -> HolderRow:
    kind, _, _ = row.sheet_id.partition("/")
    return HolderRow(kind=HolderKind(kind), id=row.holder)
