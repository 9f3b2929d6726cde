"""The vector files, read with their provenance."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

VECTORS = Path(__file__).resolve().parents[2] / "vectors"

Rows = list[dict[str, str]]


def read_vectors(name: str) -> Rows:
    """Give the rows of a vector file; one that does not say where it comes from is refused."""
    lines = (VECTORS / name).read_text(encoding="utf-8").splitlines()
    remarks = [line for line in lines if line.startswith("#")]
    assert any(line.startswith("# Provenance: ") for line in remarks), name
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.fixture
def vectors() -> Callable[[str], Rows]:
    """Give the reader of vector files."""
    return read_vectors
