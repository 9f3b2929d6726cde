"""A batch by cities: the same result whoever does which city, and whenever somebody dies."""

import itertools
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from attrs import define, field

from adapters.analytics.city_batch import (
    CityBatch,
    CityBatchRefused,
    Documents,
    asked_of,
    begin,
    documents_of,
    join,
)
from adapters.analytics.city_samples import CITIES, sample_cities
from adapters.analytics.city_store import CityStore
from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.engines import DuckDbEngine
from adapters.analytics.files import FactFileNotUsable, reading
from adapters.analytics.pace import measured
from adapters.documents.packages import pilot_package
from adapters.system import SystemIds
from supervision_core.assessment.document import read_model
from supervision_core.assessment.model import FactDefinition, FactType
from supervision_core.grading.document import read_grading
from supervision_core.kernel.canonical import Json

from .damaging import damage
from .engine_facts import small_model

AS_OF = date(2026, 1, 1)
SUBJECTS = 1_000
FRESH = SystemIds().next_id
DAIRY = pilot_package("dairy")
RISK, CREDIT = read_model(DAIRY.risk_model), read_model(DAIRY.credit_model)
RULE = read_grading(DAIRY.grading_rule)
GRADED = documents_of(RISK, CREDIT, RULE)
SMALL = documents_of(small_model(FactDefinition("n", "数", FactType.INTEGER)))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the facts of two cities."""
    folder = tmp_path_factory.mktemp("cities") / "facts"
    return sampled(folder, SMALL)


def sampled(folder: Path, documents: Documents) -> Path:
    """Make facts of two cities."""
    sample_cities(folder, asked_of(documents, AS_OF), SUBJECTS)
    for name in list(CITIES)[2:]:
        (folder / f"{name}.parquet").unlink()
    return folder


def started(facts: Path, out: str, documents: Documents = SMALL) -> CityBatch:
    """Begin a batch, or go on with it."""
    return begin(CityStore(str(facts), FRESH), CityStore(out, FRESH), documents, AS_OF, None)


def carried_on(batch: CityBatch, scratch: Path) -> str:
    """Do what is left of a batch."""
    for city in batch.open():
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        batch.assess(city, DuckDbEngine(), scratch)
    return batch.finish()


@pytest.fixture(scope="module")
def wanted(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the SM3 of a batch that nothing happened to."""
    folder = tmp_path_factory.mktemp("undisturbed")
    return carried_on(started(facts, str(folder / "out")), folder / "scratch")


@pytest.mark.function("F172")
def test_the_cities_together_are_what_one_file_would_be(tmp_path: Path) -> None:
    """Each subject has the levels, points and grade that ``supervision assess`` gives it."""
    facts = sampled(tmp_path / "facts", GRADED)
    carried_on(started(facts, str(tmp_path / "out"), GRADED), tmp_path / "scratch")
    whole, results = tmp_path / "whole.parquet", tmp_path / "results.parquet"
    duckdb.execute(f"COPY (FROM '{facts}/*.parquet') TO '{whole}'")
    summary = DuckDbFiles(whole, results).grade(RISK, CREDIT, RULE, AS_OF)
    parts = f"'{tmp_path}/out/parts/*.parquet'"
    for one, other in ((f"'{results}'", parts), (parts, f"'{results}'")):
        query = f"SELECT count(*) FROM (FROM {one} EXCEPT ALL FROM {other})"  # noqa: S608 - our own
        assert duckdb.execute(query).fetchall() == [(0,)]
    cities = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["cities"]
    assert sum(city["subjects"] for city in cities) == summary.subjects
    grades = [sum(city["counts"]["grade"].get(str(n), 0) for city in cities) for n in range(1, 5)]
    assert grades == [summary.grades.get(n, 0) for n in range(1, 5)]


def test_any_store_does(facts: Path, wanted: str, tmp_path: Path) -> None:
    """In memory as on disk; whoever joins reads the plan and does the rest."""
    out = f"memory://{FRESH()}"
    first = started(facts, out)
    (tmp_path / "scratch").mkdir()
    first.assess(first.open()[0], DuckDbEngine(), tmp_path / "scratch")
    joined = join(CityStore(out, FRESH))
    assert joined.name == first.name
    assert len(joined.open()) == len(first.cities) - 1
    assert carried_on(joined, tmp_path / "scratch") == wanted


class Died(BaseException):
    """The process is no more."""


@define
class Mortal:
    """A file system whose user dies at one of the things that he does with it."""

    fs: Any
    dies_at: int
    half: bool
    done: int = field(default=0, init=False)

    def __getattr__(self, name: str) -> Any:
        """Count what changes something."""
        real = getattr(self.fs, name)
        if name not in {"put_file", "pipe_file", "mv", "rm_file", "rm", "makedirs"}:
            return real

        def counted(*args: Any, **named: Any) -> Any:
            self.done += 1
            if self.done != self.dies_at:
                return real(*args, **named)
            if self.half and name in {"put_file", "pipe_file"}:
                with self.fs.open(args[-1] if name == "put_file" else args[0], "wb") as file:
                    file.write(b"half")
            raise Died

        return counted


def dying(batch: CityBatch, dies_at: int, *, half: bool = True) -> CityBatch:
    """Give the batch as done by somebody who dies then."""
    object.__setattr__(batch.results, "_fs", Mortal(batch.results._fs, dies_at, half))
    return batch


def test_killed_at_any_moment_and_gone_on_with_is_the_same(
    facts: Path, wanted: str, tmp_path: Path
) -> None:
    """Whatever he was about to do with the store, half done or not: the SM3 stays."""
    moments = 0
    for dies_at in itertools.count(1):
        out = str(tmp_path / f"out-{dies_at}")
        try:
            batch = dying(started(facts, out), dies_at)
            carried_on(batch, tmp_path / "scratch")
        except Died:
            moments += 1
        else:
            break
        batch = started(facts, out)
        assert carried_on(batch, tmp_path / "scratch") == wanted, dies_at
        assert not batch.results.names(".partial")
    assert moments > 12


class Careless(CityBatch):
    """Says that a city is done before its results are there, and believes it."""

    def assess(self, name: str, engine: Any, scratch: Path) -> None:
        """Write in place, the receipt first."""
        super().assess(name, engine, scratch)
        receipt = self.results.read(f"done/{name}.json") or b""
        (part,) = (p for p in self.results.names("parts") if p.startswith(name))
        content = self.results.read(f"parts/{part}") or b""
        self.results.remove(f"parts/{part}")
        self.results.write(receipt, f"done/{name}.json")
        self.results.write(content, f"parts/{part}")

    def _receipt(self, city: Any, holds: Any) -> Json:
        del holds
        found: Json = json.loads(self.results.read(f"done/{city.name}.json") or b"null")
        return found


def test_a_careless_batch_is_found_out(facts: Path, wanted: str, tmp_path: Path) -> None:
    """The same kills leave a manifest of parts that are not there: what the test above excludes."""
    lost = 0
    for dies_at in range(1, 30, 3):
        out = str(tmp_path / f"out-{dies_at}")
        honest = started(facts, out)
        careless = Careless(*(getattr(honest, n) for n in CityBatch.__annotations__))
        try:
            carried_on(dying(careless, dies_at), tmp_path / "scratch")
        except Died:
            honest = started(facts, out)
            careless = Careless(*(getattr(honest, n) for n in CityBatch.__annotations__))
            assert carried_on(careless, tmp_path / "scratch") == wanted
            named = {
                f"{c['city']}-{c['part']}.parquet"
                for c in json.loads(honest.results.read("manifest.json") or b"")["cities"]
            }
            lost += not named <= set(honest.results.names("parts"))
    assert lost


def test_a_damaged_part_is_made_again(facts: Path, wanted: str, tmp_path: Path) -> None:
    """A part that is not what its name says is never in a manifest: a lost power may leave one."""
    batch = started(facts, str(tmp_path / "out"))
    assert carried_on(batch, tmp_path / "scratch") == wanted
    part = next((tmp_path / "out" / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(CityBatchRefused) as refused:
        batch.finish()
    assert [one.code for one in refused.value.reasons] == ["analytics.cities_missing"]
    assert carried_on(batch, tmp_path / "scratch") == wanted


def _twice(path: Path) -> None:
    table = pq.read_table(path)
    pq.write_table(table.take([0, 1, 0]), path)


def _with(path: Path, column: str, row: int, value: Any) -> None:
    """Change one value of a file, and nothing else that its plan could tell it by."""
    table = pq.read_table(path)
    cells = table[column].to_pylist()
    cells[row] = value
    at, kind = table.schema.get_field_index(column), table.schema.field(column)
    pq.write_table(table.set_column(at, kind, [cells]), path)


def _own(facts: Path, folder: Path) -> Path:
    shutil.copytree(facts, folder)
    for name in folder.iterdir():
        _with(name, "n", 0, 1)
    return folder


def test_results_of_other_facts_are_not_taken_for_those_of_these(
    facts: Path, tmp_path: Path
) -> None:
    """One value changes, the size and the rows do not: that city alone is done again."""
    own, out, scratch = _own(facts, tmp_path / "own"), str(tmp_path / "out"), tmp_path / "scratch"
    first = carried_on(started(own, out), scratch)
    size = (own / "450100.parquet").stat().st_size
    _with(own / "450100.parquet", "n", 0, 2)
    assert (own / "450100.parquet").stat().st_size == size
    batch = started(own, out)
    batch.again()
    assert batch.open() == ["450100"]
    second = carried_on(batch, scratch)
    assert second != first
    _with(own / "450100.parquet", "n", 0, 3)
    with pytest.raises(CityBatchRefused) as refused:
        batch.finish()
    assert [dict(one.data) for one in refused.value.reasons] == [{"cities": "450100"}]
    third = carried_on(batch, scratch)
    assert third == carried_on(started(own, str(tmp_path / "afresh")), scratch)
    (own / "450100.parquet").unlink()
    assert batch.finish() == third


def _refused_for(batch: CityBatch, city: str, scratch: Path) -> str:
    scratch.mkdir(exist_ok=True)
    with pytest.raises(FactFileNotUsable) as refused:
        batch.assess(city, DuckDbEngine(), scratch)
    batch.refuse(city, refused.value)
    (reason,) = refused.value.reasons
    return reason.code.removeprefix("analytics.")


def test_a_corrected_file_goes_on_with_the_same_batch(facts: Path, tmp_path: Path) -> None:
    """Damaged, a subject twice, none at all: once it is corrected, the city is done."""
    own, out, scratch = _own(facts, tmp_path / "own"), str(tmp_path / "out"), tmp_path / "scratch"
    file, good = own / "450100.parquet", (own / "450100.parquet").read_bytes()
    for spoil, code in (
        (damage, "file_unreadable"),
        (lambda path: path.write_bytes(good[:-1000]), "file_unreadable"),
        (lambda path: path.write_bytes(good[:-1000] + bytes(992) + good[-8:]), "file_unreadable"),
        (_twice, "subject_twice"),
        (lambda path: _with(path, "subject_id", 5, None), "subject_empty"),
        (lambda path: _with(path, "subject_id", 5, ""), "subject_empty"),
    ):
        spoil(file)
        batch = started(own, out)
        batch.again()
        assert _refused_for(batch, "450100", scratch) == code
        file.write_bytes(good)
    batch = started(own, out)
    batch.again()
    assert carried_on(batch, scratch) == carried_on(started(own, str(tmp_path / "b")), scratch)
    assert batch.subjects == join(batch.results).subjects


def test_a_pace_is_not_measured_on_a_damaged_file(facts: Path, tmp_path: Path) -> None:
    """Nor does it end the command with words of a library."""
    shutil.copy(facts / "450100.parquet", tmp_path / "f.parquet")
    damage(tmp_path / "f.parquet")
    with pytest.raises(FactFileNotUsable):
        measured(asked_of(SMALL, AS_OF), tmp_path / "f.parquet", None, tmp_path)
    with pytest.raises(FactFileNotUsable):
        DuckDbFiles(tmp_path / "f.parquet", tmp_path / "r.parquet").assess(
            read_model(SMALL["model"]), AS_OF
        )


def test_no_memory_is_no_fault_of_the_file() -> None:
    """What DuckDB says of this machine stays what it is."""
    for error in (duckdb.OutOfMemoryException, duckdb.IOException):
        with pytest.raises(error), reading():
            raise error


def test_what_cannot_be_is_refused(facts: Path, tmp_path: Path) -> None:
    """No cities, a name that is no city, another batch in the folder, no plan, a subject twice."""

    def code(act: Any) -> Iterator[str]:
        with pytest.raises((CityBatchRefused, FactFileNotUsable)) as refused:
            act()
        yield from (one.code.removeprefix("analytics.") for one in refused.value.reasons)

    own = tmp_path / "facts"
    own.mkdir()
    assert list(code(lambda: started(own, str(tmp_path / "a")))) == ["no_cities"]
    assert list(code(lambda: join(CityStore(str(tmp_path / "a"), FRESH)))) == ["no_plan"]
    shutil.copy(facts / "450100.parquet", own / "450100.parquet")
    started(own, str(tmp_path / "a"))
    shutil.copy(facts / "450200.parquet", own / "南 宁.parquet")
    assert list(code(lambda: started(own, str(tmp_path / "b")))) == ["city_name"]
    (own / "南 宁.parquet").rename(own / "450200.parquet")
    assert list(code(lambda: started(own, str(tmp_path / "a")))) == ["another_batch"]
    _twice(own / "450100.parquet")
    batch = started(own, str(tmp_path / "c"))
    (tmp_path / "scratch").mkdir()
    refusing = code(lambda: batch.assess("450100", DuckDbEngine(), tmp_path / "scratch"))
    assert list(refusing) == ["subject_twice"]
    (own / "450200.parquet").write_bytes(b"PAR1")
    other = started(own, str(tmp_path / "d"))
    refusing = code(lambda: other.assess("450200", DuckDbEngine(), tmp_path / "scratch"))
    assert list(refusing) == ["file_unreadable"]
