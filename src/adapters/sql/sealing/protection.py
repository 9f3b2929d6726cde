"""Protection of rows: fields that only key holders read, rows that nobody changes unseen."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

from attrs import define, evolve, field, frozen
from sqlalchemy import Boolean, Connection, Date, DateTime, Engine, String, Table
from sqlalchemy.types import TypeDecorator, TypeEngine

from supervision_core.kernel.batches import Batch, digests_of
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.crypto import KeyStore, Tampered
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.sealing import BlindIndex, FieldCipher, RowSeal

Root = TypeVar("Root", bound=Aggregate)
OPTION = "supervision_sealing"
SEALED = "sealed"
"""The column of all sealed fields that have no column of their own."""
ROW_SEAL = "row_seal"
"""The column of a row's own seal, or of the id of the batch under whose seal it is."""
BATCH_SEAL = "batch_seal"
"""What is read beside such a row: the seal of its batch."""
_OWN = "sm3$"
MOST_LATELY: Final = 1_000
"""Rows that a process keeps as it read them, of those that it read once, and again of those that it
read more often: a whole table takes the place of the former alone. Most hold a few kilobytes."""


@define(eq=False)
class SealingMissing(Refused):
    """The engine was opened without keys, and the table needs them."""

    code: ClassVar[str] = "sql.sealing_missing"


@define(eq=False)
class Lately:
    """Rows that a process read lately, as they were, with what they gave.

    A row that is the same to the letter, its seal included, is as it was sealed again, and gives
    the same: it is neither checked nor deciphered a second time. Any other is.
    """

    _again: dict[tuple[object, str], tuple[Mapping[str, Any], Any]] = field(factory=dict)
    _once: dict[tuple[object, str], tuple[Mapping[str, Any], Any]] = field(factory=dict)

    def made(self, reader: object, values: Mapping[str, Any], make: Callable[[], object]) -> Any:
        """Give what a row gave by a reader, made and kept where no such row is."""
        found = self.found(reader, values)
        if found is None:
            found = make()
            self.keep(reader, values, found)
        return found

    def found(self, reader: object, values: Mapping[str, Any]) -> Any:
        """Give what a row gave by a reader, ``None`` where no such row is kept."""
        key = reader, values["id"]
        found = self._again.get(key)
        if found is None and (found := self._once.pop(key, None)) is not None:
            _put(self._again, key, found)
        return None if found is None or found[0] != values else found[1]

    def keep(self, reader: object, values: Mapping[str, Any], made: object) -> None:
        """Keep what a row gave by a reader; nobody may change what is ``made``."""
        key = reader, values["id"]
        if key in self._again:
            self._again[key] = values, made
        else:
            _put(self._once, key, (values, made))


def _put(kept: dict[Any, Any], key: object, found: object) -> None:
    """Keep one more; where there is no room, nothing else."""
    if len(kept) >= MOST_LATELY:
        kept.clear()
    kept[key] = found


@frozen
class Sealing:
    """What protects the rows of one database."""

    fields: FieldCipher
    rows: RowSeal
    keys: KeyStore
    randomness: Randomness
    batches: Mapping[str, Batch] = field(factory=dict, eq=False)
    """By their seals, those whose rows are being read: they hold."""
    known: dict[str, Batch] = field(factory=dict, eq=False)
    """Those that were read lately, of all threads."""
    lately: Lately = field(factory=Lately, eq=False)
    """What commands load."""
    listed: Lately = field(factory=Lately, eq=False)
    """What lists show: a long one takes the place of nothing that commands load."""

    @classmethod
    def under(cls, keys: KeyStore, randomness: Randomness) -> Self:
        """Protect with the keys ``fields``, ``index`` and ``rows`` of ``keys``."""
        return cls(FieldCipher(keys, randomness), RowSeal(keys), keys, randomness)


def sealing_of(source: Engine | Connection) -> Sealing:
    """Give what protects the rows behind ``source``. Raises ``SealingMissing``."""
    found = source.get_execution_options().get(OPTION)
    if not isinstance(found, Sealing):
        raise SealingMissing((Violation(SealingMissing.code),))
    return found


def protect(engine: Engine, sealing: Sealing) -> None:
    """Let ``sealing`` protect the rows behind an engine that was opened without."""
    engine.update_execution_options(**{OPTION: sealing})


@frozen
class Blind(Generic[Root]):
    """A column that finds a sealed value by equality; nothing is stored for an empty value.

    ``of`` takes the value from the aggregate, ``normalise`` gives equal values one spelling.
    """

    column: str
    of: Callable[[Root], str]
    normalise: Callable[[str], str] = str.strip

    def stored(self, table: Table, root: Root, sealing: Sealing) -> str:
        """Give what the column holds for ``root``."""
        value = self.normalise(self.of(root))
        return self._index(table, sealing).of(value) if value else ""

    def candidates(self, table: Table, value: str, sealing: Sealing) -> tuple[str, ...]:
        """Give all that the column may hold for ``value``: one for each version of the key."""
        return self._index(table, sealing).candidates(value) if self.normalise(value) else ()

    def is_current(self, table: Table, stored: str, sealing: Sealing) -> bool:
        """Tell whether the newest key made what the column holds; nothing is always current."""
        return not stored or self._index(table, sealing).is_current(stored)

    def _index(self, table: Table, sealing: Sealing) -> BlindIndex:
        return BlindIndex(sealing.keys, f"{table.name}.{self.column}", self.normalise)


def seal_of_row(table: Table, values: Mapping[str, Any], sealing: Sealing) -> str:
    """Give the seal over every column of a row but the seal's own."""
    return sealing.rows.of(table.name, stated(table, values))


def check_row(table: Table, values: Mapping[str, Any], sealing: Sealing) -> None:
    """Raise ``Tampered``, which names the row, unless it is as it was sealed, or in its batch."""
    seal = values[ROW_SEAL] or ""
    try:
        if BATCH_SEAL not in values or is_own(seal):
            sealing.rows.check(table.name, stated(table, values), seal)
        else:
            (digest,) = digests_of(table.name, [listed(table, values)])
            check_batched(table, seal, values[BATCH_SEAL], digest, sealing)
    except Tampered as broken:
        named = (evolve(one, at=f"{table.name}/{values['id']}") for one in broken.reasons)
        raise Tampered(tuple(named)) from None


def check_batched(
    table: Table, batch: str, seal: str | None, digest: str, sealing: Sealing
) -> None:
    """Raise ``Tampered`` unless the row of that digest is in ``batch``, which has that seal."""
    found = sealing.batches.get(seal or "")
    if found is None or found.id != batch or not found.holds(digest):
        raise Tampered((Violation("crypto.row_changed", at=table.name),))


def is_own(seal: str) -> bool:
    """Tell a row's own seal from the id of its batch."""
    return seal.startswith(_OWN)


def listed(table: Table, values: Mapping[str, Any]) -> list[Json]:
    """State a row as its batch covers it: every column but the seal, in an order of their own."""
    return list(stated(table, values).values())


def stated(table: Table, values: Mapping[str, Any]) -> dict[str, Json]:
    """State a row as its seal covers it: every column but the seal."""
    texts, others = _covered(table)
    plain: dict[str, Json] = {name: values[name] or None for name in texts}
    for name, state in others:
        value = values[name]
        plain[name] = None if value is None else state(value)
    return plain


@lru_cache(maxsize=1_000)
def _covered(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], Json]], ...]]:
    """Give the columns that a seal covers: texts by name, others with how a value is stated.

    Values are stated as every engine gives them back: ``''`` may be NULL, truth may be a number.
    Names are plain texts, which SQLAlchemy's are not: canonical JSON is written faster of them.
    """
    texts, others = [], []
    for column in sorted(table.c, key=lambda one: one.name):
        kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        if column.name == ROW_SEAL:
            continue
        if isinstance(kind, String):
            texts.append(str(column.name))
        else:
            state = next((how for of, how in _STATED if isinstance(kind, of)), _same)
            others.append((str(column.name), state))
    return tuple(texts), tuple(others)


def _same(value: Any) -> Json:
    stated: Json = value
    return stated


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


_STATED: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Json]], ...] = (
    (Boolean, bool),
    (DateTime, _moment),
    (Date, date.isoformat),
)
