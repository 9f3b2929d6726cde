"""Where the cities of a batch are handed out: a database that all machines reach, or this one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from entrypoints.container import scratch_folder

SECONDS = 10


@contextmanager
def handing_out(address: str, told: Callable[[str], None]) -> Iterator[str]:
    """Give the address of a queue: the one asked for if it answers, else one of this machine."""
    if address and _answers(address):
        yield address
        return
    if address:
        told("分发用的数据库没有答复：由本机单独完成，别的机器不参加")
    with scratch_folder("cities") as folder:
        yield f"sqlite:///{folder / 'queue.db'}"


def _answers(address: str) -> bool:
    url = make_url(address)
    postgres = url.get_backend_name() == "postgresql"
    url = url.set(drivername="postgresql+psycopg") if postgres else url
    engine = create_engine(url, connect_args={"connect_timeout": SECONDS} if postgres else {})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()
    return True
