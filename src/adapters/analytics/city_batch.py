"""A batch by cities: a plan, a result of each city under a name by its content, a manifest.

On the store of results::

    plan.json                  by what, as of when, which cities; whoever joins reads it
    parts/<city>-<SM3>.parquet results of a city
    done/<city>.json           which part that is, and what it came to
    refused/<city>.json        why a city's file cannot be assessed
    manifest.json              all of it; the same whoever did which city, and however often

Nothing says who did a city, or when: whatever is done twice is the same file under the same name.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import define, frozen

from adapters.analytics.city_store import CityStore, digest_of
from adapters.analytics.engines import Asked, ClusterNotUsable, Engine, same_form
from adapters.analytics.files import FactFileNotUsable
from supervision_core.assessment.document import read_model, write_model
from supervision_core.grading.document import read_grading, write_grading
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.errors import DomainError, Refused, Violation

PLAN, RESULTS = "city-plan/1", "city-results/1"
Documents = Mapping[str, Json]
_CITY = re.compile(r"[0-9A-Za-z_-]{1,40}")
_SUFFIX = ".parquet"


@define(eq=False)
class CityBatchRefused(Refused):
    """The batch cannot be begun, joined or finished."""

    code = "analytics.city_batch_refused"


@frozen
class City:
    """A city, its file of facts, and how many subjects that held when the batch was begun."""

    name: str
    subjects: int

    @property
    def file(self) -> str:
        """Name its file of facts."""
        return f"{self.name}{_SUFFIX}"


@frozen
class CityBatch:
    """分市评价 (CityBatch): what is assessed, by what, and where the results go."""

    facts: CityStore
    results: CityStore
    asked: Asked
    cities: tuple[City, ...]
    key: str | None
    documents: Documents
    """The models and the matrix as documents."""

    @property
    def name(self) -> str:
        """Name the batch where several share a queue: the same for whoever joins it."""
        return _hash([self.results.place, self.asked.as_of.isoformat(), dict(self.documents)])[:16]

    @property
    def subjects(self) -> int:
        """Count the subjects of all cities."""
        return sum(city.subjects for city in self.cities)

    def city(self, name: str) -> City:
        """Give a city."""
        return next(city for city in self.cities if city.name == name)

    def open(self) -> list[str]:
        """Name the cities that are neither done nor refused, the largest first."""
        over = {*self._named("done"), *self._named("refused")}
        left = (city for city in self.cities if city.name not in over)
        return [city.name for city in sorted(left, key=lambda one: (-one.subjects, one.name))]

    def done(self) -> list[str]:
        """Name the cities that are done."""
        return self._named("done")

    def _named(self, folder: str) -> list[str]:
        return [name.removesuffix(".json") for name in self.results.names(folder)]

    def again(self) -> None:
        """Open the cities again that were refused, or whose facts are others now."""
        for name in self._named("refused"):
            self.results.remove(f"refused/{name}.json")
        for city in self.cities:
            self._receipt(city, self._of_these_facts)

    def refusals(self) -> Iterator[Violation]:
        """Give why cities were refused, each with its file."""
        for name in self._named("refused"):
            for one in json.loads(self.results.read(f"refused/{name}.json") or b"[]"):
                at = f"{name}{_SUFFIX}" + (f" {one['at']}" if one["at"] else "")
                yield Violation(one["code"], at, one["data"])

    def refuse(self, name: str, error: DomainError) -> None:
        """Keep why a city cannot be assessed."""
        said: Json = [{"code": v.code, "at": v.at, "data": dict(v.data)} for v in error.reasons]
        self.results.write(canonical_json(said), f"refused/{name}.json")

    def assess(self, name: str, engine: Engine, scratch: Path) -> None:
        """Assess one city, and keep its results.

        Raises ``FactFileNotUsable``, ``ClusterNotUsable``.
        """
        city, copy, part = self.city(name), scratch / "facts.parquet", scratch / "part.parquet"
        self.facts.fetch(city.file, copy)
        with copy.open("rb") as file:
            facts = digest_of(file)
        batches = engine.results(self.facts.address(city.file), copy, self.asked, self.key)
        told = _written(same_form(batches, self.asked.schema()), part, self.asked)
        wanted = pq.read_metadata(copy).num_rows
        if told["subjects"] != wanted:
            data = {"found": told["subjects"], "wanted": wanted}
            raise ClusterNotUsable((Violation("analytics.cluster_lost_rows", data=data),))
        with part.open("rb") as file:
            digest = digest_of(file)
        self.results.put(part, _part(name, digest))
        receipt = {"city": name, "facts": facts, "part": digest, **told}
        self.results.write(canonical_json(receipt), f"done/{name}.json")

    def manifest(self) -> Json:
        """Give what all came to, all files read again.

        A part that is damaged, or of other facts than there are now, is taken away first.

        Raises ``CityBatchRefused`` where cities are refused or not done.
        """
        receipts = [self._receipt(city, self._holds) for city in self.cities]
        if refused := list(self.refusals()):
            raise CityBatchRefused(tuple(refused))
        missing = [c.name for c, receipt in zip(self.cities, receipts, strict=True) if not receipt]
        if missing:
            raise CityBatchRefused((_violation("cities_missing", cities="、".join(missing)),))
        models = {name: _hash(one) for name, one in self.documents.items()}
        day = self.asked.as_of.isoformat()
        return {"format": RESULTS, "as_of": day, "models": models, "cities": receipts}

    def _of_these_facts(self, receipt: Mapping[str, Any]) -> bool:
        """Tell whether the facts are those that were assessed; who took them away changed none."""
        now = self.facts.digest(f"{receipt['city']}{_SUFFIX}")
        return now is None or bool(now == receipt["facts"])

    def _holds(self, receipt: Mapping[str, Any]) -> bool:
        part = _part(receipt["city"], receipt["part"])
        return self.results.digest(part) == receipt["part"] and self._of_these_facts(receipt)

    def _receipt(self, city: City, holds: Callable[[Mapping[str, Any]], bool]) -> Json:
        content = self.results.read(f"done/{city.name}.json")
        if content is None:
            return None
        receipt: dict[str, Any] = json.loads(content)
        if holds(receipt):
            return receipt
        self.results.remove(f"done/{city.name}.json")
        self.results.remove(_part(city.name, receipt["part"]))
        return None

    def finish(self) -> str:
        """Write the manifest, and give its SM3. Raises ``CityBatchRefused``."""
        content = canonical_json(self.manifest())
        self.results.write(content, "manifest.json")
        self.results.sweep()
        return sm3(content).hex()


def begin(
    facts: CityStore, results: CityStore, documents: Documents, as_of: date, key: str | None
) -> CityBatch:
    """Begin a batch, or go on with the same one. Raises ``CityBatchRefused``.

    Each Parquet file in the folder of facts is a city. What is in the files may change: of which
    facts its results are, the receipt of a city says.
    """
    cities = tuple(_cities(facts))
    if not cities:
        raise CityBatchRefused((_violation("no_cities", place=facts.place),))
    plan: Json = {
        "format": PLAN,
        "as_of": as_of.isoformat(),
        "facts": facts.place,
        "key": key,
        "documents": documents,
        "cities": {city.name: city.subjects for city in cities},
    }
    content = canonical_json(plan)
    there = results.read("plan.json")
    if there is not None and _named(json.loads(there)) != _named(json.loads(content)):
        raise CityBatchRefused((_violation("another_batch", place=results.place),))
    if there != content:
        results.write(content, "plan.json")
    return CityBatch(facts, results, asked_of(documents, as_of), cities, key, documents)


def join(results: CityStore) -> CityBatch:
    """Join a batch that was begun, here or elsewhere. Raises ``CityBatchRefused``."""
    content = results.read("plan.json")
    plan: dict[str, Any] = json.loads(content) if content else {}
    if plan.get("format") != PLAN:
        raise CityBatchRefused((_violation("no_plan", place=results.place),))
    documents = plan["documents"]
    cities = tuple(City(name, subjects) for name, subjects in plan["cities"].items())
    asked = asked_of(documents, date.fromisoformat(plan["as_of"]))
    return CityBatch(
        CityStore(plan["facts"], results.fresh), results, asked, cities, plan["key"], documents
    )


def asked_of(documents: Documents, as_of: date) -> Asked:
    """Read what is asked from the documents of models and matrix."""
    model = read_model(documents["model"])
    if "rule" not in documents:
        return Asked.of(model, as_of)
    credit, rule = read_model(documents["credit"]), read_grading(documents["rule"])
    return Asked.of(model, as_of, credit, rule)


def documents_of(model: Any, credit: Any = None, rule: Any = None) -> dict[str, Json]:
    """Write models and matrix as documents."""
    written: dict[str, Json] = {"model": write_model(model)}
    if credit is not None and rule is not None:
        written |= {"credit": write_model(credit), "rule": write_grading(rule)}
    return written


def _violation(code: str, **data: str | int) -> Violation:
    return Violation(f"analytics.{code}", data=data)


def _part(city: str, digest: str) -> str:
    return f"parts/{city}-{digest}{_SUFFIX}"


def _named(plan: dict[str, Any]) -> dict[str, Any]:
    """Give a plan without what its cities held."""
    return plan | {"cities": sorted(plan.get("cities", ()))}


def _hash(value: Json) -> str:
    return sm3(canonical_json(value)).hex()


def _cities(facts: CityStore) -> Iterator[City]:
    for name in facts.names():
        city = name.removesuffix(_SUFFIX)
        if not name.endswith(_SUFFIX):
            continue
        if not _CITY.fullmatch(city):
            raise CityBatchRefused((_violation("city_name", name=name),))
        try:
            with facts.open(name) as file:
                subjects = pq.read_metadata(file).num_rows
        except (pa.ArrowException, OSError):  # its city is refused when it is assessed
            subjects = 0
        yield City(city, subjects)


def _written(tables: Iterator[pa.Table], path: Path, asked: Asked) -> dict[str, Any]:
    """Write results in order as they come; say what they come to.

    Raises ``FactFileNotUsable`` where a subject is there twice, or has no id.
    """
    names = [f"{part.prefix}level" for part in asked.parts]
    names += [asked.crossing.name] if asked.crossing is not None else []
    counted: dict[str, Counter[str]] = {name: Counter() for name in names}
    subjects, last = 0, None
    with pq.ParquetWriter(path, asked.schema(), compression="zstd") as writer:
        for table in tables:
            ids = table["subject_id"].combine_chunks()
            last = _once(ids, last)
            subjects += len(table)
            for name in names:
                for one in pc.value_counts(table[name]).to_pylist():
                    value = one["values"]
                    counted[name]["" if value is None else str(value)] += one["counts"]
            writer.write_table(table)
    return {
        "subjects": subjects,
        "counts": {n: dict(sorted(c.items())) for n, c in counted.items()},
    }


def _once(ids: Any, last: str | None) -> str:
    """Demand that sorted ids are all there and all different; give the last one.

    Those that are not there come first or last, as the engine sorts.
    """
    if ids.null_count or pc.any(pc.equal(ids, "")).as_py():
        raise FactFileNotUsable((_violation("subject_empty"),))
    same = pc.equal(ids.slice(1), ids.slice(0, len(ids) - 1))
    found = ids.slice(1).filter(same)
    first = ids[0].as_py()
    if len(found) or first == last:
        subject = found[0].as_py() if len(found) else first
        raise FactFileNotUsable((_violation("subject_twice", subject=str(subject)),))
    return str(ids[-1].as_py())
