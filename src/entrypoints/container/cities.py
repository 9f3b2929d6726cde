"""The parts of a batch by cities."""

from adapters.analytics.city_batch import CityBatch, asked_of, begin, documents_of, join
from adapters.analytics.city_samples import sample_cities, sample_file
from adapters.analytics.city_store import CityStore
from adapters.analytics.engines import ClusterNotUsable, DuckDbEngine, Engine
from adapters.analytics.files import FactFileNotUsable
from adapters.analytics.pace import SAMPLED, Pace, measured
from adapters.system import SystemIds

__all__ = [
    "SAMPLED",
    "CityBatch",
    "ClusterNotUsable",
    "DuckDbEngine",
    "Engine",
    "FactFileNotUsable",
    "Pace",
    "asked_of",
    "begin",
    "city_store",
    "documents_of",
    "join",
    "measured",
    "sample_cities",
    "sample_file",
]


def city_store(url: str) -> CityStore:
    """Open a folder on a store."""
    return CityStore(url, SystemIds().next_id)
