"""Two servers of PostgreSQL and the platform, each in a network namespace of its own.

A bridge in the platform's namespace joins them; a server is cut off by taking its cable down. This
process reaches both over their sockets, which no network matters to.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from attrs import define, frozen
from sqlalchemy import Engine, create_engine, text

from . import cluster as servers
from .cluster import Cluster

PORT: Final = 5432
NODES: Final = ("one", "other")
SETTINGS: Final = (
    "listen_addresses=*", "max_connections=80", "wal_sender_timeout=10s",
    "wal_receiver_timeout=10s", "wal_keep_size=256MB",
)  # fmt: skip
SLOT: Final = "copy"


def why_not() -> str:
    """Say why there can be no such networks; empty where there can."""
    if reason := servers.why_not():
        return reason
    if not (shutil.which("ip") and shutil.which("setpriv")):
        return "no programs ip and setpriv"
    tried = f"supervision-tried-{os.getpid()}"
    bridge = ("link", "add", "tried", "type", "bridge")
    try:
        _ip("netns", "add", tried)
        _ip("-n", tried, *bridge)
    except subprocess.CalledProcessError:
        return "this machine makes no network namespaces or bridges"
    finally:
        with suppress(subprocess.CalledProcessError):
            _ip("netns", "del", tried)
    return ""


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)  # noqa: S603, S607 - our words


@define
class Node(Cluster):
    """A server in a namespace of its own."""

    namespace: str = ""
    address: str = ""

    @property
    def url(self) -> str:
        """Where this process connects to."""
        place = self.data.parent / self.namespace
        return f"postgresql+psycopg://postgres@/postgres?host={place}&port={self.port}"

    def _run(self, program: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
        folder = servers.programs()
        account = pwd.getpwnam("postgres")
        became = (
            *("ip", "netns", "exec", self.namespace, "setpriv", "--clear-groups"),
            *("--reuid", str(account.pw_uid), "--regid", str(account.pw_gid)),
        )
        return subprocess.run(  # noqa: S603 - our own words
            [*became, str(folder and folder / program), *words],
            check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def create(self) -> None:
        """Make the folder anew, and let the others in."""
        super().create()
        with (self.data / "postgresql.conf").open("a") as kept:
            kept.write("max_connections = 80\n")  # pg_rewind starts it by this alone
        with (self.data / "pg_hba.conf").open("a") as rules:
            for what in ("all", "replication"):
                rules.write(f"host {what} all 10.77.0.0/24 trust\n")

    def copy_of(self, primary: "Node") -> None:
        """Become a copy that follows ``primary``, under a slot."""
        self.data.mkdir(mode=0o700)
        shutil.chown(self.data, "postgres", "postgres")
        place = ("-h", primary.address, "-p", str(PORT), "-U", "postgres")
        self._run("pg_basebackup", *place, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast",
                  "-C", "-S", SLOT)  # fmt: skip

    def promote(self) -> None:
        """Take writing from now on, and wait for no copy: there is none."""
        self._run("pg_ctl", "-D", str(self.data), "promote", "-w")
        self.confirm_by_copy("")

    def come_back_behind(self, primary: "Node") -> None:
        """Follow ``primary``, which took over, giving up what only this server had."""
        primary.tell("CHECKPOINT")  # without, pg_rewind takes both for the same history
        primary.tell(f"SELECT pg_create_physical_replication_slot('{SLOT}')")
        source = f"host={primary.address} port={PORT} user=postgres dbname=postgres"
        self._run("pg_rewind", "--target-pgdata", str(self.data), "--source-server", source, "-R")
        with (self.data / "postgresql.auto.conf").open("a") as kept:
            kept.write(f"primary_slot_name = '{SLOT}'\n")

    def tell(self, statement: str) -> None:
        """Execute a statement outside of transactions."""
        engine = self.engine()
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def confirm_by_copy(self, names: str) -> None:
        """Let every commit wait for the copy, or, where nobody is named, for none."""
        self.tell(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.tell("SELECT pg_reload_conf()")

    def followed(self) -> str:
        """Tell how a copy follows: ``sync``, ``async``, empty for not at all."""
        engine = self.engine()
        with engine.connect() as connection:
            asked = "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'"
            found = connection.execute(text(asked)).scalar()
        engine.dispose()
        return str(found or "")

    def engine(self, database: str = "postgres") -> Engine:
        """Give the server as whoever runs it sees it."""
        place = self.url.replace("/postgres?", f"/{database}?")
        return create_engine(place, isolation_level="AUTOCOMMIT")


@frozen
class Networks:
    """The namespaces: the platform's, and those of the servers."""

    name: str
    nodes: tuple[Node, ...]

    @property
    def url(self) -> str:
        """Where the platform connects to: to whichever server takes writing."""
        several = "&".join(f"host={one.address}:{PORT}" for one in self.nodes)
        return f"postgresql+psycopg://postgres@/platform?{several}"

    def cut(self, node: Node) -> None:
        """Take the cable of a server down: nothing is said, nothing arrives."""
        _ip("-n", self.name, "link", "set", f"to-{NODES[self.nodes.index(node)]}", "down")

    def join(self, node: Node) -> None:
        """Put it up again."""
        _ip("-n", self.name, "link", "set", f"to-{NODES[self.nodes.index(node)]}", "up")

    def start(
        self, log: Path, environment: Mapping[str, str], *words: str
    ) -> "subprocess.Popen[bytes]":
        """Run Python in the platform's namespace."""
        with log.open("ab") as said:
            return subprocess.Popen(  # noqa: S603 - our own programs
                ["ip", "netns", "exec", self.name, sys.executable, *words],  # noqa: S607 - of the system
                stdout=said, stderr=said, env=environment, start_new_session=True,
            )  # fmt: skip


def _node(folder: Path, one: str, namespace: str, address: str) -> Node:
    sockets = folder / namespace  # beside its data: a copy of those would hold them too
    sockets.mkdir()
    shutil.chown(sockets, "postgres", "postgres")
    settings = (*SETTINGS, f"unix_socket_directories={sockets}")
    return Node(folder / one, PORT, settings, namespace=namespace, address=address)


@contextmanager
def networks() -> Iterator[Networks]:
    """Give the namespaces, joined, with servers that are not made yet."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made in it
    place = memory if memory.is_dir() else Path("/tmp")  # noqa: S108 - paths of sockets are short
    folder = Path(tempfile.mkdtemp(prefix="supervision-nodes-", dir=place))
    folder.chmod(0o755)
    name = f"supervision-{os.getpid()}"
    made = Networks(
        name,
        tuple(
            _node(folder, one, f"{name}-{one}", f"10.77.0.{at}") for at, one in enumerate(NODES, 11)
        ),
    )
    try:
        _ip("netns", "add", name)
        _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", name, "link", "add", "joint", "type", "bridge")
        _ip("-n", name, "addr", "add", "10.77.0.1/24", "dev", "joint")
        _ip("-n", name, "link", "set", "joint", "up")
        for one, node in zip(NODES, made.nodes, strict=True):
            _ip("netns", "add", node.namespace)
            _ip("-n", name, "link", "add", f"to-{one}", "type", "veth", "peer", "name", "cable",
                "netns", node.namespace)  # fmt: skip
            _ip("-n", name, "link", "set", f"to-{one}", "master", "joint", "up")
            _ip("-n", node.namespace, "addr", "add", f"{node.address}/24", "dev", "cable")
            _ip("-n", node.namespace, "link", "set", "cable", "up")
            _ip("-n", node.namespace, "link", "set", "lo", "up")
        yield made
    finally:
        for node in made.nodes:
            node.stop()
        for namespace in (name, *(one.namespace for one in made.nodes)):
            with suppress(subprocess.CalledProcessError):
                _ip("netns", "del", namespace)
        shutil.rmtree(folder, ignore_errors=True)
