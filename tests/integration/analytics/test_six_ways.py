"""Six ways over the same generated subjects: as many as the session ``engines`` asks, 0 apart."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from adapters.analytics.engines import DuckDbEngine
from adapters.analytics.sail_server import CLUSTER, LOCAL, sail
from adapters.analytics.spark_engine import SparkEngine
from supervision_core.assessment.model import (
    AssessmentModel,
    Row,
    compile_python,
    evaluate,
    raw_facts,
)
from supervision_core.testing.assessment import AS_OF, Facts, awkward_facts, awkward_model

from .engine_facts import assessed, session
from .test_executors import in_database

SUBJECTS = int(os.environ.get("SUPERVISION_ENGINE_SUBJECTS", "120"))
AT_ONCE = min(20_000, SUBJECTS // 2)
"""Subjects of one model; then comes the next model."""

Way = Callable[[AssessmentModel, Sequence[Facts]], list[Row]]


def by_python(model: AssessmentModel, facts: Sequence[Facts]) -> list[Row]:
    """Run the generated function."""
    rows = (tuple(raw_facts(model.facts, known).values()) for known in facts)
    return list(compile_python(model, AS_OF)(rows))


@pytest.fixture
def ways(postgres_dsn: str, tmp_path: Path) -> Iterator[dict[str, Way]]:
    """Give them by name."""
    with ExitStack() as stack:
        found: dict[str, Way] = {"Python": by_python}
        duck = DuckDbEngine()
        found["DuckDB"] = lambda model, facts: assessed(duck, tmp_path, model, AS_OF, facts)
        for name, address in (("SQLite", "sqlite://"), ("PostgreSQL", postgres_dsn)):
            engine = create_engine(address)
            stack.callback(engine.dispose)
            connection = stack.enter_context(engine.connect())
            found[name] = lambda m, f, c=connection: in_database(c, m, AS_OF, f)  # type: ignore[misc]
        for name, mode in (("Sail", LOCAL), ("Sail 集群", CLUSTER)):
            spark = SparkEngine(stack.enter_context(session(stack.enter_context(sail(mode)), 300)))
            found[name] = partial(_by_spark, spark, tmp_path)
        yield found


def _by_spark(
    engine: SparkEngine, folder: Path, model: AssessmentModel, facts: Sequence[Facts]
) -> list[Row]:
    return assessed(engine, folder, model, AS_OF, facts)


def unlike(rows: Sequence[Row], wanted: Sequence[Row]) -> int:
    """Count the subjects whose rows differ, and those that one side lacks."""
    pairs = sum(one != other for one, other in zip(rows, wanted, strict=False))
    return pairs + abs(len(rows) - len(wanted))


def test_six_ways_give_the_same_of_every_subject(ways: dict[str, Way]) -> None:
    """Whatever the engine, level, total, faults and contributions are those of the definition."""
    apart: Counter[str] = Counter()
    seeds = range(SUBJECTS // AT_ONCE)
    for seed in seeds:
        model = awkward_model(seed)
        facts = awkward_facts(seed, model, AT_ONCE)
        wanted = [evaluate(model, known, AS_OF).row() for known in facts]
        for name, way in ways.items():
            apart[name] += unlike(way(model, facts), wanted)
    told = f"{len(seeds)} models, {len(seeds) * AT_ONCE} subjects"
    print(told, dict(apart))  # noqa: T201 - the record of the session
    assert dict(apart) == dict.fromkeys(ways, 0), told


def test_a_day_too_late_is_found(tmp_path: Path) -> None:
    """The comparison sees what one wrong day changes, in one subject of many."""
    for seed in range(12):
        model = awkward_model(seed)
        facts = awkward_facts(seed, model, 60)
        late = assessed(DuckDbEngine(), tmp_path, model, AS_OF + timedelta(days=1), facts)
        if unlike(late, [evaluate(model, known, AS_OF).row() for known in facts]):
            return
    pytest.fail("no day was found to be too late")
