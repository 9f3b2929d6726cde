"""``supervision serve`` as an operator runs it: sockets, TLS, stopping."""

import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.eventually import PATIENCE, eventually
from tests.integration.ports import free_port

from entrypoints.http.serving import Place, PlaintextRefused, require_protected
from entrypoints.http.settings import HttpSettings

from .province import token_of
from .running import Server, answers, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server over a province in memory."""
    with running(tmp_path_factory.mktemp("server"), HTTP_TEST_MEMORY="1") as found:
        yield found


def said(port: int, raw: bytes, seconds: float = 8.0) -> bytes:
    """Send bytes as they are; give all that comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", port), 5) as asked:
        asked.settimeout(seconds)
        asked.sendall(raw)
        answer = b""
        try:
            while part := asked.recv(65536):
                answer += part
        except (TimeoutError, ConnectionResetError):
            pass
        return answer


_SMUGGLED = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 6\r\nContent-Length: 5\r\n\r\nabcdef",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"Content-Length: +6\r\n\r\nabcdef",
        b"Content-Length: 0x6\r\n\r\nabcdef",
        b" Content-Length: 6\r\n\r\nabcdef",
    ],
    ids=range(8),
)
def test_no_second_request_is_smuggled(server: Server, head: bytes) -> None:
    """A body of two possible lengths is refused, and what follows it is no request of its own."""
    raw = b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\n" + head + _SMUGGLED
    answer = said(server.port, raw)
    assert b'"live"' not in answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert not answer.startswith(b"HTTP/1.1 2")


@pytest.mark.parametrize("size", [b"0x2", b"g", b"-1", b"10000000000000002"], ids=range(4))
def test_a_chunk_of_no_size_is_refused(server: Server, size: bytes) -> None:
    """Chunks that are framed wrongly are the client's fault: 400, and the connection ends."""
    head = b"POST /api/v1/identity/captchas HTTP/1.1\r\nHost: localhost\r\n"
    kind = b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = said(server.port, head + kind + size + b"\r\n{}\r\n0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"http.body_broken" in answer


def test_nothing_is_left_to_do_for_who_sends_garbage(server: Server) -> None:
    """Bytes that are no request end the connection; the server answers the next one."""
    for raw in (b"\x00" * 100, b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"A" * 500_000):
        assert not said(server.port, raw).startswith(b"HTTP/1.1 2")
    assert httpx.get(f"{server.url}/health/live", timeout=PATIENCE).status_code == 200


def test_a_stop_lets_what_is_under_way_end(tmp_path: Path) -> None:
    """SIGTERM: a request whose body is still coming is answered, then the process ends."""
    with running(tmp_path, HTTP_TEST_MEMORY="1") as server:
        body = b'{"name": "x", "department": "office"}'
        head = (
            f"POST /api/v1/identity/roles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            f"{token_of('security')}\r\nContent-Type: application/json\r\nContent-Length: "
            f"{len(body)}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        ).encode()
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as asked:
            asked.sendall(head)
            assert asked.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"  # its body is being read
            asked.sendall(body[:5])
            server.process.send_signal(signal.SIGTERM)
            eventually(lambda: not answers(server.port))
            asked.sendall(body[5:])
            assert asked.recv(12) == b"HTTP/1.1 201"
        assert server.process.wait() == 0


BEHIND = HttpSettings(proxies=("10.0.0.1",))
BY_TLS = Place(host="10.0.0.5", certificate=Path("c"), key=Path("k"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_alone_may_be_spoken_to_in_plain(host: str) -> None:
    """Loopback needs no TLS, nor does what stands behind a proxy that ends it."""
    require_protected(Place(host=host), HttpSettings())
    require_protected(Place(host="10.0.0.5"), BEHIND)
    require_protected(BY_TLS, HttpSettings())


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.5", "server.gov", "::"])  # noqa: S104 - refused
def test_nothing_crosses_the_network_in_plain(host: str) -> None:
    """明文拒绝: beyond this machine only by TLS. Error: http.plaintext_refused."""
    with pytest.raises(PlaintextRefused):
        require_protected(Place(host=host), HttpSettings())


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "server.pem", folder / "server.key"
    subprocess.run(  # noqa: S603 - the machine's own tool
        ["/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out",
         str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


def _when_up(
    port: int, trust: ssl.SSLContext, process: "subprocess.Popen[bytes]"
) -> httpx.Response:
    """Ask for readiness until there is an answer."""

    def asked() -> Sequence[httpx.Response]:
        with suppress(httpx.HTTPError):
            return (
                httpx.get(f"https://localhost:{port}/health/ready", verify=trust, timeout=PATIENCE),
            )
        return ()

    (answer,) = eventually(asked, lambda: process.poll() is not None and "it has ended")
    return answer


def test_the_command_serves_by_tls(tmp_path: Path) -> None:
    """``supervision serve``: TLS 1.3 only; plain requests and older versions get nothing."""
    certificate, key = _certificate(tmp_path)
    port = free_port()
    command = [
        sys.executable, "-c", "from entrypoints.cli import main; main()", "serve", "--database",
        str(tmp_path / "cli.db"), "--port", str(port), "--workers", "1", "--certificate",
        str(certificate), "--key", str(key),
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ}, stderr=subprocess.PIPE)  # noqa: S603 - our own command
    try:
        trust = ssl.create_default_context(cafile=str(certificate))
        assert _when_up(port, trust, process).json()["ready"] is True
        assert not answers(port)
        old = ssl.create_default_context(cafile=str(certificate))
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"https://localhost:{port}/health/live", verify=old, timeout=PATIENCE)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        process.communicate()
