"""Made-up facts by city for any model: what a machine is measured with."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from adapters.analytics.duckdb_files import facts_of
from adapters.analytics.engines import Asked
from adapters.analytics.files import literal_path
from supervision_core.assessment.model import FactDefinition, FactType, LookUp

CITIES = {
    "450100": 874, "450200": 416, "450300": 493, "450400": 282, "450500": 185, "450600": 105,
    "450700": 330, "450800": 432, "450900": 580, "451000": 357, "451100": 201, "451200": 342,
    "451300": 207, "451400": 209,
}  # fmt: skip
"""The cities of Guangxi, each with its people in ten thousands (census of 2020)."""
_PRIME = 1_000_003


def sample_cities(folder: Path, asked: Asked, subjects: int) -> None:
    """Write a file of facts for each city; the same each time."""
    folder.mkdir(parents=True, exist_ok=True)
    begins = 0
    for city, ends in zip(CITIES, _ends(subjects), strict=True):
        sample_file(folder / f"{city}.parquet", asked, begins, ends)
        begins = ends


def sample_file(path: Path, asked: Asked, begins: int, ends: int) -> None:
    """Write a file of facts of the subjects of these numbers, 3 % of their facts not known."""
    with duckdb.connect() as connection:
        query = _query(asked, begins, ends)
        connection.execute(f"COPY ({query}) TO '{literal_path(path)}' (FORMAT parquet)")


def _ends(subjects: int) -> Iterator[int]:
    people, so_far = sum(CITIES.values()), 0
    for each in CITIES.values():
        so_far += each
        yield subjects * so_far // people


def _query(asked: Asked, begins: int, ends: int) -> str:
    codes = _codes(asked)
    cells = [
        f"CASE WHEN {_random(fact.name + '?')} % 100 < 3 THEN NULL ELSE {_cell(fact, codes)} END "
        f'AS "{fact.name}"'
        for fact in facts_of(asked.parts)
    ]
    listed = ", ".join(["lpad(i::VARCHAR, 12, '0') AS subject_id", *cells])
    return f"SELECT {listed} FROM range({begins}, {ends}) t(i)"  # noqa: S608 - our own words


def _codes(asked: Asked) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in asked.parts:
        for indicator in part.model.enabled:
            if isinstance(indicator.rule, LookUp):
                known = found.setdefault(indicator.rule.fact, [])
                known += [code for code in indicator.rule.codes if code not in known]
    return found


def _random(name: str) -> str:
    return f"(hash(i, '{name}') % {_PRIME})::BIGINT"


def _cell(fact: FactDefinition, codes: dict[str, list[str]]) -> str:
    random = _random(fact.name)
    if fact.type is FactType.FLAG:
        return f"{random} % 5 = 0"
    if fact.type is FactType.DAY:
        return f"DATE '2026-01-01' - ({random} % 9000)::INT"
    if fact.type is FactType.CODE:
        listed = codes.get(fact.name) or ["甲", "乙"]
        return f"{_texts(listed)}[1 + {random} % {len(listed)}]"
    least = max(fact.least, min(0, fact.most))
    most = min(fact.most, least + 1000)
    number = f"{least} + {random} * {_random(fact.name + '+')} // {_PRIME} % {most - least + 1}"
    if fact.type is FactType.DECIMAL:
        return f"(({number})::DECIMAL(18, 0) / {10**fact.scale})::DECIMAL(18, {fact.scale})"
    return number


def _texts(texts: Sequence[str]) -> str:
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
