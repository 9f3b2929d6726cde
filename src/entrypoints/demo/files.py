"""Files that are there whole or not at all."""

import json
import os
from pathlib import Path

from supervision_core.kernel.canonical import Json


def put(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write ``path`` so that a break leaves the old file or the new one, never half of it.

    What can be made again need not be ``durable``: a power cut may lose it.
    """
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with beside.open("wb") as file:
        file.write(content)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    beside.replace(path)


def put_json(path: Path, document: Json) -> None:
    """Write a JSON document for people and programs."""
    put(path, json_bytes(document))


def json_bytes(document: Json) -> bytes:
    """Give the bytes of a JSON document, the same for the same document."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
