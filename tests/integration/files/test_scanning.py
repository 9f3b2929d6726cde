import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from adapters.media.scanning import ClamdScanner
from supervision_core.files.model import FileRefused
from supervision_core.files.ports import Readable
from supervision_core.kernel.errors import Unavailable


class Text(Readable):
    """Bytes in memory."""

    def __init__(self, content: bytes) -> None:
        """Hold them."""
        self.size, self._content = len(content), content

    def read(self, at: int, length: int) -> bytes:
        """Give some."""
        return self._content[at : at + length]


@contextmanager
def clamd(place: Path, answer: bytes, heard: list[bytes]) -> Iterator[str]:
    """Play clamd for one file: hear the stream, then answer."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(place))
        door.listen()

        def serve() -> None:
            line, _ = door.accept()
            with line, line.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                while length := int.from_bytes(said.read(4)):
                    heard.append(said.read(length))
                line.sendall(answer)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield str(place)
        thread.join()


def test_what_is_clean_passes(tmp_path: Path) -> None:
    """The whole file is heard, chunk by chunk."""
    heard: list[bytes] = []
    content = Text(bytes(3_000_000))
    with clamd(tmp_path / "c", b"stream: OK\0", heard) as place:
        ClamdScanner(place, seconds=5).scan(content)
    assert b"".join(heard) == bytes(3_000_000)


def test_what_is_found_is_refused(tmp_path: Path) -> None:
    """By the word of the scanner. Error: files.harmful."""
    with (
        clamd(tmp_path / "c", b"stream: Eicar-Signature FOUND\0", []) as place,
        pytest.raises(FileRefused, match="harmful"),
    ):
        ClamdScanner(place, seconds=5).scan(Text(b"x"))


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream:\0"])
def test_no_verdict_is_no_pass(tmp_path: Path, answer: bytes) -> None:
    """Whatever is not a clear word keeps the file out for now. Error: files.scanner_away."""
    with (
        clamd(tmp_path / "c", answer, []) as place,
        pytest.raises(Unavailable, match="scanner_away"),
    ):
        ClamdScanner(place, seconds=5).scan(Text(b"x"))


def test_a_scanner_that_is_away_keeps_files_out(tmp_path: Path) -> None:
    """No socket, no verdict."""
    with pytest.raises(Unavailable, match="scanner_away"):
        ClamdScanner(str(tmp_path / "none"), seconds=1).scan(Text(b"x"))
