"""Sealed fields, blind indexes and row seals as whoever holds the database password meets them."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, MetaData, Table, func, select, text, update

from adapters.sql.engine.database import open_engine
from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import NAMING
from adapters.sql.engine.types import (
    blind,
    body,
    day,
    flag,
    key,
    part,
    required,
    row_seal,
    version,
    whole,
    words,
)
from adapters.sql.frame.unit import SqlTransactions
from adapters.sql.sealing.protection import MOST_LATELY, Blind, Lately, Sealing, SealingMissing
from supervision_core.kernel.crypto import Tampered
from supervision_core.testing.sample import Parcel, Parcels, parcel

samples = MetaData(naming_convention=NAMING)
safe = Table(
    "safe",
    samples,
    key(),
    version(),
    required("title", 50),
    part("sealed"),
    part("contents"),
    blind("note_index"),
    words("mark", 20),
    whole("weight"),
    flag("fragile"),
    day("due", nullable=True),
    body(),
    row_seal(),
)


class SealedParcels(SqlRepository[Parcel], Parcels):
    """Parcels of which note, sender and contents are nobody's business."""

    mapper = Mapper(
        Parcel,
        safe,
        derived=lambda _: {"mark": ""},
        sealed=("note", "sender", "_contents"),
        blind=(Blind(column="note_index", of=lambda root: root.note, normalise=str.upper),),
    )

    def with_note(self, note: str) -> Sequence[Parcel]:
        """Give those of this note."""
        return self._where_blind("note_index", [note])


def filled(id: str, note: str = "Canary-Note") -> Parcel:
    """Give a parcel with a note of its own."""
    made = parcel(id)
    made.note = note
    return made


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give a database of each kind with two sealed rows."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    samples.drop_all(found)
    samples.create_all(found)
    with opened(found).begin() as unit:
        for one in ("p-1", "p-2"):
            unit[Parcels].save(filled(one, f"Canary-{one}"))
        unit.commit()
    yield found
    samples.drop_all(found)


def opened(engine: Engine) -> SqlTransactions:
    """Give transactions that serve sealed parcels."""
    return SqlTransactions(engine, {Parcels: SealedParcels})


def loaded(engine: Engine, id: str = "p-1") -> Parcel:
    """Load one."""
    with opened(engine).begin() as unit:
        return unit[Parcels].get(id)


def test_a_sealed_aggregate_comes_back_whole_and_changes(engine: Engine) -> None:
    """What is sealed is the same after a load, a change and another load, of any field."""
    first = loaded(engine)
    assert (first.note, first.sender, first._contents) == (
        "Canary-p-1",
        "u-1",
        parcel("p-1")._contents,
    )
    with opened(engine).begin() as unit:
        found = unit[Parcels].get("p-1")
        found.send()
        found.note = "Another"
        unit[Parcels].save(found)
        unit.commit()
    again = loaded(engine)
    assert (again.note, again.version, again._contents) == ("Another", 2, found._contents)


def test_a_change_that_nobody_saved_stays_with_whoever_made_it(engine: Engine) -> None:
    """The same row read again gives a twin: what is done with one leaves the other as it was."""
    first = loaded(engine)
    first.note = "Nobody saved this"
    first.send()
    again = loaded(engine)
    assert again is not first
    assert (again.note, again._counts) == ("Canary-p-1", parcel("p-1")._counts)
    assert first._counts != again._counts


def test_a_whole_table_takes_the_place_of_nothing_that_is_read_often() -> None:
    """Of rows that were read once, and of those alone, nothing is left when many others are."""
    kept, mapper = Lately(), object()
    rows = [{"id": f"p-{at}"} for at in range(MOST_LATELY + 2)]
    for row in rows[:2]:
        kept.keep(mapper, row, parcel(row["id"]))
    assert kept.found(mapper, rows[0]).id == "p-0"
    for row in rows[2:]:
        kept.keep(mapper, row, parcel(row["id"]))
    assert kept.found(mapper, rows[0]).id == "p-0"
    assert kept.found(mapper, rows[1]) is None
    assert kept.found(mapper, {"id": "p-0", "changed": True}) is None


def test_no_sealed_value_stands_in_the_row(engine: Engine) -> None:
    """Note, sender and contents are nowhere in clear; what is not sealed is (negative control)."""
    with engine.connect() as connection:
        row = str(connection.execute(select(safe)).first())
    assert "Canary" not in row
    assert "水牛奶酪" not in row
    assert "u-1" not in row
    assert "样品" in row


def test_a_sealed_value_is_found_by_its_index(engine: Engine) -> None:
    """Equal spellings find the row, others none; an empty value is stored as nothing."""
    with opened(engine).begin() as unit:
        found = unit[Parcels]
        assert isinstance(found, SealedParcels)
        assert [one.id for one in found.with_note("CANARY-p-2")] == ["p-2"]
        assert found.with_note("Canary") == []
        assert found.with_note("") == []
        found.save(filled("p-3", note=""))
        unit.commit()
    with engine.connect() as connection:
        asked = select(func.count()).where(safe.c.note_index.is_(None))
        assert connection.execute(asked).scalar_one() == 1


CHANGES: dict[str, object] = {
    "version": 7,
    "title": "换了",
    "note_index": "sm3$v1$" + "0" * 64,
    "mark": "x",
    "weight": 1,
    "fragile": False,
    "due": datetime(2026, 1, 1, tzinfo=UTC).date(),
    "body": "{}",
    "sealed": "sm4$v1$AAAA",
    "contents": "[]",
    "row_seal": "sm3$v1$" + "0" * 64,
}


def test_every_changed_column_is_refused_at_load(engine: Engine) -> None:
    """Whatever column is written past the platform, the row loads no more; its neighbour does."""
    assert set(CHANGES) == set(safe.c.keys()) - {"id"}
    for column, value in CHANGES.items():
        with engine.begin() as connection:
            before = connection.execute(select(safe).where(safe.c.id == "p-1")).one()
            mine = update(safe).where(safe.c.id == "p-1")
            connection.execute(mine.values({column: value}))
        with pytest.raises(Tampered):
            loaded(engine)
        assert loaded(engine, "p-2").id == "p-2"
        with engine.begin() as connection:
            connection.execute(mine.values({column: before._mapping[column]}))
        assert loaded(engine).id == "p-1"  # what was put back is the row that was sealed


@pytest.mark.parametrize("columns", [("sealed",), ("contents",), ("row_seal",), ("*",)])
def test_nothing_of_another_row_is_taken_for_this_one(
    engine: Engine, columns: tuple[str, ...]
) -> None:
    """A sealed field, a seal, or a whole row but its id, moved to another row, is refused."""
    names = [c for c in safe.c.keys() if c != "id"] if columns == ("*",) else list(columns)  # noqa: SIM118
    with engine.begin() as connection:
        other = connection.execute(select(safe).where(safe.c.id == "p-2")).one()._mapping
        moved = {name: other[name] for name in names}
        connection.execute(update(safe).where(safe.c.id == "p-1").values(moved))
    with pytest.raises(Tampered):
        loaded(engine)


def test_a_key_exchanged_between_rows_is_refused(engine: Engine) -> None:
    """The id is under the seal too: two rows cannot swap names."""
    with engine.begin() as connection:
        for old, new in (("p-1", "p-0"), ("p-2", "p-1"), ("p-0", "p-2")):
            connection.execute(
                text("UPDATE safe SET id = :new WHERE id = :old"), {"old": old, "new": new}
            )
    for one in ("p-1", "p-2"):
        with pytest.raises(Tampered):
            loaded(engine, one)


def test_rows_under_older_keys_load_and_the_next_save_renews_them(
    engine: Engine, sealing: Sealing
) -> None:
    """After a rotation nothing is lost, equal values are still found, new seals use the new key."""
    keys = [sealing.keys.rotate(name) for name in ("fields", "index", "rows")]
    with opened(engine).begin() as unit:
        found = unit[Parcels]
        assert isinstance(found, SealedParcels)
        assert [one.id for one in found.with_note("canary-p-1")] == ["p-1"]
        found.save(found.get("p-1"))
        unit.commit()
    with engine.connect() as connection:
        row = connection.execute(select(safe).where(safe.c.id == "p-1")).one()
    assert row.sealed.startswith(f"sm4$v{keys[0]}$")
    assert row.note_index.startswith(f"sm3$v{keys[1]}$")
    assert row.row_seal.startswith(f"sm3$v{keys[2]}$")
    assert loaded(engine).note == "Canary-p-1"


def test_renewed_columns_are_current_and_nothing_else(engine: Engine, sealing: Sealing) -> None:
    """A renewal gives the protected columns anew, and refuses to bless a changed row."""
    sealing.keys.rotate("rows")
    mapper = SealedParcels.mapper
    with engine.begin() as connection:
        row = connection.execute(select(safe).where(safe.c.id == "p-1")).one()
        new = mapper.renewed(row, sealing)
        assert set(new) == {"sealed", "contents", "note_index", "row_seal"}
        connection.execute(update(safe).where(safe.c.id == "p-1").values(new))
    assert loaded(engine).note == "Canary-p-1"
    with engine.begin() as connection:
        connection.execute(update(safe).where(safe.c.id == "p-1").values(weight=3))
        row = connection.execute(select(safe).where(safe.c.id == "p-1")).one()
        with pytest.raises(Tampered):
            mapper.renewed(row, sealing)


def test_an_engine_without_keys_refuses_sealed_tables(engine: Engine) -> None:
    """No table that needs keys is served without: neither read nor written in clear."""
    bare = open_engine(engine.url.render_as_string(hide_password=False))
    with opened(bare).begin() as unit, pytest.raises(SealingMissing):
        unit[Parcels].get("p-1")
    bare.dispose()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Mapper(Parcel, safe, derived=lambda _: {}, sealed=("nothing",)),
        lambda: Mapper(Parcel, safe, blind=(Blind(column="nowhere", of=lambda _: ""),)),
        lambda: Mapper(Parcel, safe, sealed=("note",)),
    ],
    ids=["no such field", "no such column", "columns left over"],
)
def test_a_mapper_that_would_leave_something_out_is_refused(make: Callable[[], object]) -> None:
    """A sealed field that does not exist, or a column that nothing fills, is refused at once."""
    with pytest.raises(TypeError):
        make()


def test_sealed_fields_are_kept_as_json(engine: Engine, sealing: Sealing) -> None:
    """What is sealed is the same plain JSON that a clear column would hold."""
    with engine.connect() as connection:
        row = connection.execute(select(safe).where(safe.c.id == "p-1")).one()
    plain = SealedParcels.mapper._opened(row._asdict(), sealing)
    assert json.loads(plain["sealed"]) == {"note": "Canary-p-1", "sender": "u-1"}
