"""Matrix 12: every adapter that calls out speaks TLS to the partner's own certificate, or not."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field
from tests.eventually import PATIENCE
from tests.integration.tls.authority import ELSEWHERE, Authority

from adapters.crypto.providers import OpensslAlgorithms
from adapters.system import SystemClock, SystemRandomness
from adapters.witness.remote import HttpWitness
from adapters.zhiguitong.calling import Caller
from adapters.zhiguitong.code_messages import GatewayCodeMessages
from adapters.zhiguitong.faces import PlatformFaces
from adapters.zhiguitong.gateway import ShortMessageGateway
from adapters.zhiguitong.notices import PlatformNotices
from adapters.zhiguitong.organisation import PlatformOrganisation
from adapters.zhiguitong.sign_on import UnifiedPlatform
from adapters.zhiguitong.signing import Signing
from supervision_core.kernel.errors import Refused

SECRET = "sixteen-bytes-ok"  # noqa: S105 - of a partner that is played


@define
class Server:
    """What a server was told, once its certificate had been believed."""

    address: str = ""
    heard: list[str] = field(factory=list)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: that callers hang up is what is tested."""


@contextmanager
def serving(certificate: Path) -> Iterator[Server]:
    """Serve over TLS with that certificate."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            told.heard.append(self.path)
            body = json.dumps({"flag": "0", "size": 0, "public_key": "00"}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: Any) -> None:
            """Keep silent."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = _Quiet(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    told.address = f"https://localhost:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def _signing() -> Signing:
    return Signing(
        application="supervision",
        mac=OpensslAlgorithms().mac(SECRET.encode()),
        clock=SystemClock(),
        randomness=SystemRandomness(),
    )


def _sign_on(address: str, authorities: str) -> object:
    platform = UnifiedPlatform(
        authorize=address, token=address, user=address, log_out="", return_to=address,
        application="a", secret=SECRET, mac=OpensslAlgorithms().mac(SECRET.encode()),
        caller=Caller(seconds=PATIENCE, authorities=authorities),
    )  # fmt: skip
    return platform.profile_of_token("token")


def _codes(address: str, authorities: str) -> object:
    caller = Caller(seconds=PATIENCE, authorities=authorities)
    gateway = ShortMessageGateway(address=address, signing=_signing(), caller=caller)
    GatewayCodeMessages(gateway=gateway, minutes=5).send("13900000001", "0000000")
    return None


def _faces(address: str, authorities: str) -> object:
    caller = Caller(seconds=PATIENCE, authorities=authorities)
    faces = PlatformFaces(address=address, key=SECRET.encode(), signing=_signing(), caller=caller)
    return faces.begin("王示例", "1") is None and faces.passed("a")


def _witness(address: str, _authorities: str) -> object:
    return HttpWitness(address, "name").seen("log")


def _organisation(address: str, authorities: str) -> object:
    caller = Caller(seconds=PATIENCE, authorities=authorities)
    source = PlatformOrganisation(address=address, signing=_signing(), caller=caller)
    return list(source.roles())


def _notices(address: str, authorities: str) -> object:
    caller = Caller(seconds=PATIENCE, authorities=authorities)
    service = PlatformNotices(address=address, signing=_signing(), caller=caller)
    return service.send("1", "GX1001", "标题", "内容")


CALLS: dict[str, Callable[[str, str], object]] = {
    "sign_on": _sign_on,
    "codes": _codes,
    "faces": _faces,
    "organisation": _organisation,
    "notices": _notices,
    "witness": _witness,
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give the authority that callers believe."""
    return Authority.found("believed", tmp_path_factory.mktemp("believed"))


@pytest.mark.parametrize("name", list(CALLS))
def test_only_the_partners_own_certificate_is_believed(
    name: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Foreign authority, another's name, expired, not yet valid: nothing is sent; a good one is."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
    monkeypatch.setenv("NO_PROXY", "localhost")
    foreign = Authority.found("foreign", tmp_path)
    for certifying, changed in (
        (foreign, {}),
        (authority, {"names": ELSEWHERE}),
        (authority, {"until": timedelta(hours=-1)}),
        (authority, {"since": timedelta(hours=-1), "until": timedelta(days=2)}),
    ):
        with serving(certifying.server_file(tmp_path, **changed)) as server:
            with pytest.raises(Refused):
                CALLS[name](server.address, str(authority.file))
            assert server.heard == []
    with serving(authority.server_file(tmp_path)) as server:
        try:
            CALLS[name](server.address, str(authority.file))
        except Refused as refused:  # the control's answer means no, which is all right
            assert name in {"codes", "organisation"}, refused  # noqa: PT017 - the control is that it was heard
        assert server.heard
