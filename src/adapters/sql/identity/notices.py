"""Messages to users in a table; what they say is sealed."""

from sqlalchemy import Index, Table, select

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    key,
    moment,
    part,
    required,
    row_seal,
    version,
)
from supervision_core.identity.model import DeliveryState, Notice
from supervision_core.identity.ports import Notices

notice = Table(
    "notice",
    metadata,
    key(),
    version(),
    required("owner", ID_LENGTH),
    required("state", 10),
    moment("made_at"),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_notice_owner", "owner", "made_at", "id"),
    Index("ix_notice_state", "state", "made_at", "id"),
)


class SqlNotices(SqlRepository[Notice], Notices):
    """Messages, in table ``notice``."""

    mapper = Mapper(Notice, notice, renamed={"_user": "owner"}, sealed=("_title", "_text"))

    def of_user(self, user: str, limit: int) -> list[Notice]:
        """Give the newest to a user, newest first."""
        columns = notice.c
        newest = select(notice).where(columns.owner == user)
        return self._read(newest.order_by(columns.made_at.desc(), columns.id.desc()).limit(limit))

    def in_state(self, state: DeliveryState, limit: int) -> list[Notice]:
        """Give the oldest in that state, oldest first."""
        columns = notice.c
        waiting = select(notice).where(columns.state == state.value)
        return self._read(waiting.order_by(columns.made_at, columns.id).limit(limit))
