"""First pages of lists through HTTP: a database and one a hundredth of its size, in turns.

    python -m benchmarks.first_pages [--sizes 6000000] [--postgres URL]

Rows are those of ``benchmarks.search``, which says what ``SUPERVISION_KEPT`` is for. Each list is
asked for in each declared order by the least privileged role of a county, 1,000 times a round, one
request after the other; two workers serve each database. The wall time told is the 99th
percentile of a round, the processor time the mean, the peer the smaller database.
"""

import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Final

from attrs import evolve
from benchmarks._databases import made_on_server
from benchmarks._measuring import Asked, Case, Sample, measure
from benchmarks.over_http import Server, processor_seconds, product
from benchmarks.search import (
    ADDRESSES,
    LISTED,
    WHO,
    answers,
    fill_at,
    filled,
    place,
    request,
    token_of,
)

LESS: Final = 100
ASKED: Final = 1_000


def first_page(server: Server, asked: bytes) -> Sample:
    """Ask for a page again and again; give the 99th percentile and the mean processor time."""
    used = processor_seconds(server.pid)
    taken = answers(server, [asked] * ASKED)
    processor = (processor_seconds(server.pid) - used) / ASKED
    parts = statistics.quantiles(taken, n=100)
    return Sample(parts[98], processor, {"中位数，毫秒": parts[49] * 1e3})


def pages(servers: dict[str, Server]) -> Iterator[Case]:
    """Give the first page of each list in each declared order."""
    name, _ = WHO["县"]
    for query in LISTED:
        for order in query.orders:
            path = f"{ADDRESSES[query]}?order={order.name}"
            asked = request("GET", path, token_of(name))
            ways = {rows: partial(first_page, one, asked) for rows, one in servers.items()}
            yield Case(f"{query.title}，按{order.name}", ways, peer=next(iter(ways)), warm=1)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give what is measured on each kind of database."""
    sizes = (size // LESS, size)
    with ExitStack() as stack:
        folders = {one: stack.enter_context(place(one)) for one in sizes}
        with ExitStack() as opened:
            servers = {}
            for one, folder in folders.items():
                url, _ = filled(folder, one)
                servers[f"{one:,}户"] = opened.enter_context(product(url))
            yield from pages(servers)
        if not asked.postgres:
            return
        made = stack.enter_context(made_on_server(asked.postgres, len(sizes)))
        servers = {}
        for url, (one, folder) in zip(made, folders.items(), strict=True):
            _, sealing = filled(folder, one)
            fill_at(url, sealing, one)
            servers[f"{one:,}户"] = stack.enter_context(product(url))
        for found in pages(servers):
            yield evolve(found, name=f"PostgreSQL，{found.name}")


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(6_000_000,), small=(6_000,), rounds=5)
