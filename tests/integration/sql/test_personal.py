"""Personal data as a thief of the database meets it, and results as its forger does."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve
from sqlalchemy import Column, Date, Engine, Integer, Table, select, update
from tests.integration.scanning import COMMON, SHORTEST, personal_words, scan_database, scan_files

from adapters.sql.engine.database import open_engine
from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.types import Moment
from adapters.sql.entries import TABLES, tables_of
from adapters.sql.graded import graded_subject
from adapters.sql.migrations import migrate, migrate_down
from adapters.sql.ports import PORTS, sql_transactions
from adapters.sql.sealing.protection import Sealing
from adapters.sql.subjects import SqlSubjects, subject
from adapters.system import SystemRandomness
from entrypoints.examples import example_of
from entrypoints.registered import registers
from entrypoints.shape import shape_of
from supervision_core.clues.lists import COMPLAINTS
from supervision_core.clues.ports import Clues
from supervision_core.grading.ports import GradedSubjects
from supervision_core.identity.model import Concerns
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Entries, Entry, Register
from supervision_core.kernel.sealing import FieldCipher, Place
from supervision_core.officers.ports import OfficerFilter, OfficerQueries, Officers
from supervision_core.subjects.model import (
    Identity,
    IdentityKind,
    PersonalData,
    Subject,
    SubjectKind,
)
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, Subjects
from supervision_core.testing.cases import CASES
from supervision_core.testing.draws import keep_pool
from supervision_core.testing.grading import DAY, full_graded
from supervision_core.testing.register_cases import THINGS, an_entry
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.units import NOON

CARD = "45010319920202002X"
NAME = "赵金丝雀"
EXAMPLES = {case.port.__name__: case for case in CASES}
MAPPERS: Mapping[str, Mapper[Any]] = {
    case.port.__name__: factory.mapper
    for case in CASES
    for factory in [PORTS.get(case.port)]
    if isinstance(factory, type) and issubclass(factory, SqlRepository)
}
PERSONAL = tuple(name for name, mapper in MAPPERS.items() if mapper._sealed and name != "Users")
"""What is enciphered anywhere; of users one is planted by name."""
OF_OLD = ("Subjects", "Officers", "Visits", "Rectifications", "Clues")
"""What was enciphered first, by the migration that followed ``0006``."""
PLAIN_IDS = frozenset({"u-1", "institution-1"})
"""Ids among what is enciphered: they stand in clear elsewhere."""
REGISTERS = tuple(one for one in registers().values() if tables_of(one.name).sealed)
DIGEST = re.compile("[0-9a-f]{30,}")
SHORTEST_CODE = 8
"""Letters and digits of a word that is looked for; shorter ones stand anywhere."""


def person(id: str = "person-1", card: str = CARD) -> Subject:
    """Give a natural person known by an identity card."""
    made = full_subject(id)
    made._kind, made._name = SubjectKind.PERSON, NAME
    made._identity = Identity(kind=IdentityKind.IDENTITY_CARD, code=card)
    made._personal = PersonalData(principal=NAME, contact_identity_card=card)
    return made


def _texts(plain: Any) -> Iterator[str]:
    """Give the texts in plain values."""
    match plain:
        case str() if type(plain) is str:
            yield plain
        case dict():
            yield from (each for one in plain.values() for each in _texts(one))
        case list():
            yield from (each for one in plain for each in _texts(one))


def _entry(register: Register[Any]) -> Entry[Any]:
    """Give an entry of a register apart, with a phone and a person of its own."""
    own: dict[str, Any] = {"name": f"孙金丝雀{register.noun}", "phone": "13977770001"}
    plain = example_of(shape_of(register.content), whole=True)
    plain |= {one: own[one] for one in register.personal}
    return Entry.add(
        id=f"{register.noun}-1", content=from_plain(register.content, plain), position=1, at=NOON,
        register=register.name, region="450100",
    )  # fmt: skip


def _told(root: Any, name: str) -> tuple[set[str], set[str]]:
    """Give what a thing holds in clear by its own declaration, and what is enciphered."""
    plain: Any = to_plain(root)
    hidden = {one for those in MAPPERS[name]._sealed.values() for one in those}
    clear, sealed = set[str](), set[str]()
    for one, value in plain.items():
        (sealed if one in hidden else clear).update(_texts(value))
    return clear, sealed


def planted(engine: Engine, names: Sequence[str] = PERSONAL) -> frozenset[str]:
    """Store one of everything that holds personal data, and give its personal words.

    They are the house's personal words and whatever is enciphered, but for what stands in clear by
    its own declaration.
    """
    words, clear, sealed = {CARD, NAME}, set[str](), set[str]()
    user = EXAMPLES["Users"].example("user-1")
    user._person = evolve(user.person, name="钱金丝雀", address="南宁市金丝雀路1号")
    with sql_transactions(engine).begin() as unit:
        unit[Subjects].save(person())
        clear |= _told(person(), "Subjects")[0]
        for name in names:
            root = EXAMPLES[name].example(f"{name.lower()}-1")
            words |= personal_words(root)
            in_clear, enciphered = _told(root, name)
            clear |= in_clear
            sealed |= enciphered
            derived = MAPPERS[name].derived
            clear |= set() if derived is None else set(_texts(dict(derived(root))))
            unit[EXAMPLES[name].port].save(root)
        words |= personal_words(user)
        unit[EXAMPLES["Users"].port].save(user)
        for register in () if names is OF_OLD else REGISTERS:
            entry = _entry(register)
            words |= {getattr(entry.content, one) for one in register.personal}
            unit[Entries].of(register).save(entry)
        unit.commit()
    if names is not OF_OLD:
        words |= {one for one in sealed - clear if _tells(one)}
    return frozenset({one for one in words - PLAIN_IDS if _tells(one)})


def _tells(word: str) -> bool:
    """Tell whether a word can be looked for: it is long enough, and no digest."""
    shortest = SHORTEST_CODE if word.isascii() else SHORTEST
    return len(word) >= shortest and word not in COMMON and not DIGEST.match(word)


@pytest.fixture
def file_engine(migrated_sqlite_file: Path, tmp_path: Path, sealing: Sealing) -> Iterator[Engine]:
    """Give an empty SQLite database: the statements of thieves and forgers stand in no file."""
    shutil.copy(migrated_sqlite_file, tmp_path / "test.db")
    engine = open_engine(f"sqlite:///{tmp_path}/test.db", sealing=sealing)
    yield engine
    engine.dispose()


@pytest.fixture(params=["file", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an empty database of each kind."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


class BrokenCipher(FieldCipher):
    """An adapter that forgets to encrypt: what the scan must notice."""

    def seal(self, text: str, place: Place) -> str:
        """Give it back."""
        del place
        return text


@pytest.mark.function("F025")
def test_no_personal_word_lies_in_a_database(engine: Engine) -> None:
    """Names of persons, phones, card numbers, addresses: no row of any table has one in clear."""
    words = planted(engine)
    assert len(words) > 40
    assert scan_database(engine, words) == {}


def test_whatever_is_enciphered_is_planted(file_engine: Engine) -> None:
    """Each table with an enciphered column has a row when the scan looks; none is forgotten."""
    planted(file_engine)
    repositories = [
        one.mapper
        for one in PORTS.values()
        if isinstance(one, type) and issubclass(one, SqlRepository)
    ]
    tables = {
        *(one.table for one in repositories if one._sealed),
        *(tables.entry for tables in TABLES if tables.sealed),
    }
    assert len(tables) > 15
    with file_engine.connect() as connection:
        empty = [
            one.name for one in tables if connection.execute(select(one).limit(1)).first() is None
        ]
    assert empty == []


def test_no_personal_word_lies_in_the_files(file_engine: Engine, tmp_path: Path) -> None:
    """Neither in the database file nor in its write-ahead log, before any checkpoint."""
    words = planted(file_engine)
    assert scan_files(tmp_path, words) == {}
    assert scan_files(tmp_path, ["南宁示例乳业有限公司"])  # firms are public: the scan does look


def test_the_scan_sees_what_was_not_sealed(
    migrated_sqlite_file: Path, sealing: Sealing, tmp_path: Path
) -> None:
    """Negative control: with sealing switched off, every planted word is found, in both ways."""
    path = tmp_path / "broken.db"
    shutil.copy(migrated_sqlite_file, path)
    broken = BrokenCipher(sealing.keys, SystemRandomness())
    engine = open_engine(f"sqlite:///{path}", sealing=evolve(sealing, fields=broken))
    words = planted(engine)
    assert set(scan_database(engine, words)) == words
    engine.dispose()
    assert set(scan_files(tmp_path, words)) == words


def test_a_person_is_found_by_his_card_and_listed_without(engine: Engine) -> None:
    """The number finds him, in either spelling; lists show no digit of it and mask his name."""
    with sql_transactions(engine).begin() as unit:
        unit[Subjects].save(person())
        unit[Subjects].save(full_subject("firm-1"))
        found = unit[Subjects].find_by_codes([CARD.lower(), "91450100MA5K000017", "other"])
        assert sorted(one.id for one in found) == ["firm-1", "person-1"]
        assert found[1].name == NAME
        page = unit[SubjectQueries].page(SubjectFilter(code=CARD), PageRequest(size=10))
        assert [(row.id, row.name, row.code) for row in page.items] == [("person-1", "赵***", "")]
        unit.commit()
    with sql_transactions(engine).begin() as unit, pytest.raises(Conflict):
        unit[Subjects].save(person("person-2"))


def test_an_officer_is_found_by_his_phone(engine: Engine) -> None:
    """Equal numbers find him; the number itself is not in the table."""
    officer = EXAMPLES["Officers"].example("officer-1")
    with sql_transactions(engine).begin() as unit:
        unit[Officers].save(officer)
        for phone, expected in ((officer.contact.phone, 1), ("13900000000", 0)):
            assert len(unit[OfficerQueries].ids(OfficerFilter(phone=phone))) == expected


def test_who_reported_is_found_by_the_party_alone(engine: Engine, sealing: Sealing) -> None:
    """Its own list finds it, under older keys too; those of before the step are sealed by it.

    Control: before it, the party stood in clear.
    """
    clue = EXAMPLES["Clues"].example("clue-1")
    other = EXAMPLES["Clues"].example("clue-2")
    object.__setattr__(other, "reporter", "")
    with sql_transactions(engine).begin() as unit:
        unit[Clues].save_all([clue, other])
        unit.commit()
    migrate_down(engine, "0082")
    assert scan_database(engine, [clue.reporter])
    migrate(engine)
    assert not scan_database(engine, [clue.reporter])
    sealing.keys.rotate("index")
    with sql_transactions(engine).begin() as unit:
        assert [unit[Clues].get(one.id).reporter for one in (clue, other)] == [clue.reporter, ""]
        for party, expected in ((clue.reporter, 1), ("citizen/other", 0), ("", 0)):
            assert unit[Lists].count(COMPLAINTS, ListFilter(reach=Concerns(party))) == expected


SEALED_BY_ROW = {name: mapper for name, mapper in MAPPERS.items() if mapper.row_seal}


def _other(column: Column[Any], value: Any) -> Any:
    """Give another value of the column's type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, date):
        return value + timedelta(days=1)
    if value is None:
        firsts = {Moment: datetime(2026, 1, 1, tzinfo=UTC), Date: date(2026, 1, 1), Integer: 1}
        return next((one for kind, one in firsts.items() if isinstance(column.type, kind)), "x")
    return value[:-1] + ("0" if value[-1:] != "0" else "1")


def test_results_models_and_permissions_are_under_row_seals() -> None:
    """Whatever decides about inspections and their results is sealed row by row."""
    assert {
        "Checklists", "Tasks", "Visits", "Rectifications", "Publications", "Transfers", "Reviews",
        "RiskModels", "CreditModels", "EvaluationRounds", "GradingRules", "Draws", "Users",
        "Departments", "Roles", "Groups", "GrantSheets",
    } <= set(SEALED_BY_ROW)  # fmt: skip


def taken(engine: Engine, table: Table, id: str, get: Callable[[UnitOfWork], Any]) -> list[str]:
    """Change each column of a row in turn, and put it back; name those of which a change loads."""
    mine, found = update(table).where(table.c.id == id), []
    with engine.connect() as connection:
        row = connection.execute(select(table).where(table.c.id == id)).one()._mapping
    for column in table.c:
        if column.name == "id":
            continue
        with engine.begin() as connection:
            connection.execute(mine.values({column.name: _other(column, row[column.name])}))
        with sql_transactions(engine).begin() as unit:
            try:
                get(unit)
            except (Tampered, KeyMissing):
                pass
            except NotFound:
                found.append(f"{column.name}: absent")
            else:
                found.append(column.name)
        with engine.begin() as connection:
            connection.execute(mine.values({column.name: row[column.name]}))
    with sql_transactions(engine).begin() as unit:
        assert to_plain(get(unit))  # what was put back loads again
    return found


@pytest.mark.parametrize("name", sorted(SEALED_BY_ROW))
def test_whatever_column_of_a_row_is_changed_by_sql_is_refused(engine: Engine, name: str) -> None:
    """Matrix S4: a state, a score, a draw's pool, a day, a version: no change of any loads."""
    case, mapper = EXAMPLES[name], SEALED_BY_ROW[name]
    with sql_transactions(engine).begin() as unit:
        unit[case.port].save(case.example("it-1"))
        unit.commit()
    assert taken(engine, mapper.table, "it-1", lambda unit: unit[case.port].get("it-1")) == []


@pytest.mark.parametrize("register", [THINGS, *REGISTERS], ids=lambda one: one.name)
def test_whatever_column_of_an_entry_is_changed_by_sql_is_refused(
    file_engine: Engine, register: Register[Any]
) -> None:
    """Matrix S4, of registers: no change loads; under another register's name an entry is absent.

    Its cells, by which it is found, are held against the row by the sweep
    (``tests/integration/audit/test_unseen.py``).
    """
    entry = an_entry("thing-1") if register is THINGS else _entry(register)
    with sql_transactions(file_engine).begin() as unit:
        unit[Entries].of(register).save(entry)
        unit.commit()
    table = tables_of(register.name).entry
    found = taken(
        file_engine, table, entry.id, lambda unit: unit[Entries].of(register).get(entry.id)
    )
    assert found == ["register: absent"]


def test_a_grade_changed_by_sql_is_refused(engine: Engine) -> None:
    """Grade, level, record or its hash: whoever reads grades for a draw meets a refusal."""
    graded = full_graded()
    with sql_transactions(engine).begin() as unit:
        unit[GradedSubjects].record([graded])
        unit.commit()
    with engine.connect() as connection:
        row = connection.execute(select(graded_subject)).one()._mapping
    changed = {**row, "record": row["record"].replace('"grade":2', '"grade":1')}
    for name in ("grade", "risk_level", "credit_level", "record", "record_hash", "row_seal"):
        other = _other(graded_subject.c[name], row[name]) if name != "record" else changed[name]
        assert other != row[name]
        with engine.begin() as connection:
            connection.execute(update(graded_subject).values({name: other}))
        with sql_transactions(engine).begin() as unit:
            with pytest.raises(Tampered):
                unit[GradedSubjects].of_day(graded.rule, DAY, [graded.subject])
            if name != "record":
                with pytest.raises(Tampered):
                    unit[GradedSubjects].grades_until(graded.rule, DAY)
            else:
                assert unit[GradedSubjects].grades_until(graded.rule, DAY)
        with engine.begin() as connection:
            connection.execute(update(graded_subject).values({name: row[name]}))


def test_every_changed_sign_of_stored_ciphertext_is_refused(file_engine: Engine) -> None:
    """Matrix row 14: no sign of a sealed column can be another."""
    with sql_transactions(file_engine).begin() as unit:
        unit[Subjects].save(person())
        unit.commit()
    with file_engine.connect() as connection:
        sealed = connection.execute(select(subject.c.sealed)).scalar_one()
    for at in range(len(sealed)):
        sign = chr(ord(sealed[at]) ^ 1)
        spoilt = sealed[:at] + sign + sealed[at + 1 :]
        with sql_transactions(file_engine).begin() as unit:
            found = unit[Subjects]
            assert isinstance(found, SqlSubjects)
            found._connection.execute(update(subject).values(sealed=spoilt))
            with pytest.raises((Tampered, KeyMissing)):
                unit[Subjects].get("person-1")


def test_rows_of_before_are_sealed_on_the_way_up(engine: Engine) -> None:
    """What stood in clear is sealed by the migration, and loads as the same aggregate."""
    words = planted(engine, OF_OLD)
    roots: dict[str, Any] = {}
    with sql_transactions(engine).begin() as unit:
        unit[GradedSubjects].record([full_graded()])
        keep_pool(unit)
        for name in (*OF_OLD, "Draws", "Checklists", "RiskModels"):
            case = EXAMPLES[name]
            if name not in OF_OLD:
                unit[case.port].save(case.example(f"{name.lower()}-1"))
            roots[name] = to_plain(unit[case.port].get(f"{name.lower()}-1"))
        roots["person"] = to_plain(unit[Subjects].get("person-1"))
        unit.commit()
    migrate_down(engine, "0006")
    assert len(scan_database(engine, words)) > len(words) // 2  # in clear, as it was
    migrate(engine)
    assert scan_database(engine, words - personal_words(EXAMPLES["Users"].example("u"))) == {}
    with sql_transactions(engine).begin() as unit:
        assert unit[GradedSubjects].of_day("r1", DAY, ["s1"])["s1"] == full_graded()
        assert _as_before(unit, "Subjects", "person-1") == roots.pop("person")
        assert [one.id for one in unit[Subjects].find_by_codes([CARD])] == ["person-1"]
        for name, plain in roots.items():
            assert _as_before(unit, name, f"{name.lower()}-1") == {**plain, **LOST.get(name, {})}


LOST: Final[Mapping[str, Mapping[str, Any]]] = {"Draws": {"task": "", "_leaf": None}}
"""What versions of before did not keep: a leaf, and the task of a draw on which no task rests."""


def _as_before(unit: UnitOfWork, name: str, id: str) -> Any:
    """Give what an aggregate says, its forms under the number that only newer rows keep.

    Draws of before are numbered on the way up.
    """
    plain: Any = to_plain(unit[EXAMPLES[name].port].get(id))
    if name == "Draws":
        assert plain["number"] == {
            "lead": plain["lead"], "scene": "", "year": 2026, "number": 1
        }  # fmt: skip
        plain["number"] = None
    if name == "Subjects":
        assert plain["_extras"]["number"] == 0
        plain["_extras"] = {**plain["_extras"], "number": 1}
    return plain
