"""A folder on any store that fsspec knows; whatever stands there under its name is whole."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import fsspec
from attrs import field, frozen

_PARTIAL = ".partial"


@frozen
class CityStore:
    """The folder at ``url``: a path, or an address such as s3://bucket/folder."""

    url: str
    fresh: Callable[[], str]
    """Gives a name that nothing had before."""
    _fs: Any = field(init=False, repr=False, eq=False)
    _root: str = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Open it; nothing is read yet."""
        fs, root = fsspec.core.url_to_fs(self.url)
        object.__setattr__(self, "_fs", fs)
        object.__setattr__(self, "_root", str(root).rstrip("/"))

    @property
    def place(self) -> str:
        """Say where it is, so that whoever reads it from another folder finds the same."""
        return str(self._fs.unstrip_protocol(self._root))

    def address(self, name: str) -> str:
        """Give the address of a file as a cluster reads it."""
        return f"{self.place}/{name}"

    def names(self, folder: str = "") -> list[str]:
        """Name the files in a folder, also those that others have just put there."""
        self._fs.invalidate_cache()
        where = f"{self._root}/{folder}" if folder else self._root
        try:
            found = self._fs.ls(where, detail=True)
        except FileNotFoundError:
            return []
        return sorted(one["name"].rpartition("/")[2] for one in found if one["type"] == "file")

    def open(self, name: str) -> IO[bytes]:
        """Open a file to be read."""
        opened: IO[bytes] = self._fs.open(f"{self._root}/{name}", "rb")
        return opened

    def read(self, name: str) -> bytes | None:
        """Give the content of a small file, if it is there."""
        try:
            content: bytes = self._fs.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        return content

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file to this machine."""
        self._fs.get_file(f"{self._root}/{name}", str(path))

    def put(self, path: Path, name: str) -> None:
        """Put a file there under its name, whole or not at all."""
        self._placed(name, lambda half: self._fs.put_file(str(path), half))

    def write(self, content: bytes, name: str) -> None:
        """Write a small file, whole or not at all."""
        self._placed(name, lambda half: self._fs.pipe_file(half, content))

    def _placed(self, name: str, bring: Callable[[str], object]) -> None:
        half, whole = f"{self._root}/{_PARTIAL}/{self.fresh()}", f"{self._root}/{name}"
        for one in (half, whole):
            self._fs.makedirs(one.rpartition("/")[0], exist_ok=True)
        bring(half)
        self._fs.mv(half, whole)

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        with suppress(FileNotFoundError):
            self._fs.rm_file(f"{self._root}/{name}")

    def sweep(self) -> None:
        """Take away what the dead left half brought."""
        with suppress(FileNotFoundError):
            self._fs.rm(f"{self._root}/{_PARTIAL}", recursive=True)

    def digest(self, name: str) -> str | None:
        """Give the SM3 of a file, if it is there."""
        try:
            with self.open(name) as file:
                return digest_of(file)
        except FileNotFoundError:
            return None


def digest_of(file: IO[bytes]) -> str:
    """Give the SM3 of what is left of a file."""
    hashing = hashlib.new("sm3")
    while part := file.read(1 << 20):
        hashing.update(part)
    return hashing.hexdigest()
