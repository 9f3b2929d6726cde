"""What the simulators share: a small HTTP server on the loopback address."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from attrs import field, frozen

HOST = "127.0.0.1"
_LARGEST = 64 * 1024


@frozen(kw_only=True)
class Asked:
    """A request, read."""

    method: str
    path: str
    target: str
    query: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str]

    @property
    def form(self) -> dict[str, str]:
        """Give the fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@frozen(kw_only=True)
class Told:
    """An answer."""

    status: int = 200
    kind: str = "application/json"
    body: bytes = b""
    headers: Mapping[str, str] = field(factory=dict)

    @classmethod
    def json(cls, document: Any, status: int = 200) -> "Told":
        """Answer with a document."""
        return cls(status=status, body=json.dumps(document, ensure_ascii=False).encode())

    @classmethod
    def page(cls, text: str, status: int = 200) -> "Told":
        """Answer with a page."""
        return cls(status=status, kind="text/html; charset=utf-8", body=text.encode())

    @classmethod
    def redirect(cls, address: str) -> "Told":
        """Send the browser elsewhere."""
        return cls(status=302, kind="text/plain", headers={"Location": address})


Answer = Callable[[Asked], Told]


@contextmanager
def served(answer: Answer, port: int = 0) -> Iterator[str]:
    """Serve on the loopback address; give the address of the server."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = min(int(self.headers.get("Content-Length", "0")), _LARGEST)
            parts = urlsplit(self.path)
            asked = Asked(
                method=self.command,
                path=parts.path,
                target=self.path,
                query={name: values[0] for name, values in parse_qs(parts.query).items()},
                body=self.rfile.read(size),
                headers={name.lower(): value for name, value in self.headers.items()},
            )
            told = answer(asked)
            self.send_response(told.status)
            self.send_header("Content-Type", told.kind)
            self.send_header("Content-Length", str(len(told.body)))
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)

        do_GET = do_POST = _answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: Any) -> None:
            """Keep silent: what was sent is said by whom it concerns."""

    server = ThreadingHTTPServer((HOST, port), Handler)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        running.join()
