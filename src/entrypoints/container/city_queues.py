"""The queue of cities, in a database that every machine of a batch reaches."""

from adapters.jobs.dbos_queue import DbosQueue
from adapters.system import SystemIds


def city_queue(address: str, batch: str, worker: str, *, takes: bool) -> DbosQueue:
    """Give the queue of the cities of a batch; nothing runs before it is started."""
    return DbosQueue(
        address,
        worker,
        SystemIds().next_id,
        queue=f"cities-{batch}",
        at_once=1,
        looks=0.05,
        takes=takes,
    )
