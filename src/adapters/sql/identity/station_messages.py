"""Messages inside the platform, in a table: nothing personal, so neither sealed nor versioned."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Row,
    Table,
    Text,
    delete,
    func,
    select,
    true,
    update,
)

from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.paging import Listing, read_page
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import chunks
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, flag, key, moment, required
from supervision_core.identity.model import StationMessage
from supervision_core.identity.ports import MOST_UNREAD, StationMessages
from supervision_core.kernel.paging import Page, PageRequest

station_message = Table(
    "station_message",
    metadata,
    key(),
    required("owner", ID_LENGTH),
    required("title", 100),
    required("words", 300),
    required("kind", 60),
    required("thing", 64),
    Column("facts", Text, nullable=False),
    moment("made_at"),
    flag("unread"),
    moment("read_at", nullable=True),
    Index("ix_station_message_owner", "owner", "id"),
    Index("ix_station_message_unread", "owner", "unread", "id"),
)
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class SqlStationMessages(StationMessages):
    """Messages, in table ``station_message``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def add_all(self, messages: Sequence[StationMessage]) -> None:
        """Insert them at once."""
        rows = (
            (
                one.id, one.user, one.title, one.words, one.kind, one.thing, _text(one.facts),
                one.made_at, one.read_at is None, one.read_at,
            )
            for one in messages
        )  # fmt: skip
        insert_rows(self._connection, station_message, rows)

    def page(self, user: str, *, unread: bool, request: PageRequest) -> Page[StationMessage]:
        """Give one page, newest first."""
        asked = select(station_message).where(station_message.c.owner == user)
        if unread:
            asked = asked.where(station_message.c.unread == true())
        return read_page(
            Reader(self._connection),
            Listing(asked, (("id", station_message.c.id),), down=True),
            request,
            query={"station_messages": user, "unread": unread},
            item=_message,
        )

    def unread(self, user: str) -> int:
        """Count what is not read."""
        columns = station_message.c
        mine = select(columns.id).where(columns.owner == user, columns.unread == true())
        some = mine.limit(MOST_UNREAD).subquery()
        return self._connection.execute(select(func.count()).select_from(some)).scalar_one()

    def read(self, user: str, ids: Sequence[str], *, at: datetime) -> int:
        """Mark them as read."""
        columns = station_message.c
        wanted = update(station_message).where(columns.owner == user, columns.unread == true())
        if ids:
            wanted = wanted.where(columns.id.in_(ids))
        return self._connection.execute(wanted.values(unread=False, read_at=at)).rowcount

    def forget(self, before: datetime, limit: int) -> int:
        """Delete the oldest, found by their ids."""
        columns = station_message.c
        oldest = select(columns.id, columns.made_at).order_by(columns.id).limit(limit)
        rows = self._connection.execute(oldest).all()
        gone = [row.id for row in rows if row.made_at < before]
        for some in chunks(gone):
            self._connection.execute(delete(station_message).where(columns.id.in_(some)))
        return len(gone)


def _message(row: Row[Any]) -> StationMessage:
    return StationMessage(
        id=row.id,
        user=row.owner,
        title=row.title,
        words=row.words,
        kind=row.kind,
        thing=row.thing,
        facts=json.loads(row.facts),
        made_at=row.made_at,
        read_at=row.read_at,
    )
