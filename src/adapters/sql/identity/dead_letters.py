"""Events that receivers could not take, in a table."""

from sqlalchemy import Index, Table, bindparam, select

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import body, key, required, row_seal, version, whole
from supervision_core.identity.model import DeadLetter, DeadLetterState
from supervision_core.identity.ports import DeadLetters

dead_letter = Table(
    "dead_letter",
    metadata,
    key(),
    version(),
    required("receiver", 60),
    required("state", 10),
    whole("position"),
    row_seal(),
    body(),
    Index("ix_dead_letter_state", "state", "receiver", "position", "id"),
)
_CLOSED = (DeadLetterState.RECEIVED, DeadLetterState.DROPPED)
_OPEN = tuple(one.value for one in DeadLetterState if one not in _CLOSED)
_ALL_OPEN = (
    select(dead_letter)
    .where(dead_letter.c.state.in_(_OPEN))
    .order_by(dead_letter.c.position, dead_letter.c.id)
)
_OPEN_OF = _ALL_OPEN.where(dead_letter.c.receiver == bindparam("of_receiver"))


class SqlDeadLetters(SqlRepository[DeadLetter], DeadLetters):
    """Dead letters, in table ``dead_letter``."""

    mapper = Mapper(DeadLetter, dead_letter, renamed={"_number": "position"})

    def open(self, receiver: str = "") -> list[DeadLetter]:
        """Give those of which nothing has become, by number."""
        if receiver:
            return self._read(_OPEN_OF, {"of_receiver": receiver})
        return self._read(_ALL_OPEN)
