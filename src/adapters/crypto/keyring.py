"""All keys of an installation as one piece, for a backup that is closed to a safe."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final, Self

from attrs import define, field, frozen

from adapters.crypto.keys import (
    check_closed,
    data_key_label,
    read_master_key,
    write_master_key,
    write_once,
)
from adapters.crypto.signing_keys import signing_key_label
from supervision_core.kernel.errors import Refused, Violation, refuse_if

FORMAT: Final = "keyring/1"


@define(eq=False)
class KeysDiffer(Refused):
    """Where the keys belong lie others; nothing was written."""

    code: ClassVar[str] = "crypto.keys_differ"


@frozen
class Keyring:
    """The files of the key folder as they are, and the master key that opens them."""

    files: Mapping[str, bytes] = field(repr=False)
    master: bytes = field(repr=False)

    @classmethod
    def read(cls, folder: Path, master: Path | None) -> Self:
        """Read them where they lie; without a ``master`` a password machine keeps it."""
        files = {path.name: path.read_bytes() for path in folder.iterdir() if _is_key(path.name)}
        return cls(files, read_master_key(master) if master else b"")

    @classmethod
    def unpacked(cls, content: bytes) -> Self:
        """Give what was packed. Raises ``KeysDiffer`` for what is none of this format."""
        held = json.loads(content)
        files = {name: bytes.fromhex(text) for name, text in held["files"].items()}
        if held["format"] != FORMAT or not all(map(_is_key, files)):
            raise KeysDiffer((Violation("crypto.keyring_unreadable"),))
        return cls(files, bytes.fromhex(held["master"]))

    def packed(self) -> bytes:
        """Give all as one piece."""
        files = {name: content.hex() for name, content in sorted(self.files.items())}
        held = {"format": FORMAT, "master": self.master.hex(), "files": files}
        return json.dumps(held, sort_keys=True).encode("ascii")

    def write(self, folder: Path, master: Path | None) -> int:
        """Write what is not there yet, the master key last; tell how many files there are.

        Until it is there nobody makes another: keys without their master key are refused.
        """
        wanted = {folder / name: content for name, content in self.files.items()}
        different = [path for path, content in wanted.items() if not _is_free(path, content)]
        if master and master.exists() and read_master_key(master) != self.master:
            different.append(master)
        refuse_if(
            KeysDiffer,
            [Violation("crypto.key_differs", data={"file": path.name}) for path in different],
        )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_closed(folder, 0o077)
        for path, content in wanted.items():
            if not path.exists():
                write_once(folder, path.name, content)
        if master and not master.exists():
            master.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_master_key(master, self.master)
        return len(wanted) + bool(master)


def _is_free(path: Path, content: bytes) -> bool:
    return not path.exists() or path.read_bytes() == content


def _is_key(name: str) -> bool:
    """Tell whether a file of that name is a key: wrapped, or the public half of one."""
    signing = f"{name.removesuffix('.pub')}.sm2" if name.endswith(".pub") else name
    return data_key_label(name) is not None or signing_key_label(signing) is not None
