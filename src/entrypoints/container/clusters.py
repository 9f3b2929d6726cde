"""A cluster as an engine; imported by whoever goes to one."""

from adapters.analytics.engines import Engine
from adapters.analytics.spark_connect import SparkConnect
from adapters.analytics.spark_engine import SparkEngine
from adapters.system import SystemIds


def spark_engine(address: str, seconds: float) -> Engine:
    """Reach a cluster. Raises ``ClusterNotUsable``."""
    connect = SparkConnect(address, SystemIds().next_id(), seconds)
    connect.greet()
    return SparkEngine(connect)
