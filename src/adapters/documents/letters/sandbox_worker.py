"""Fills one Word template from standard input; a script of its own, started by ``sandbox``.

Standard input holds a line with the length of a JSON text, the text (form and facts), and the
template. Answers on standard output as JSON: the filled ``parts`` by name, or the ``faults``.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any, Final

MEMORY: Final = 1 << 30
SECONDS: Final = 10
MOST: Final = 20 << 20


def limit() -> None:
    """Give up everything but some memory and time: no file can be written from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def answer(asked: dict[str, Any], template: bytes) -> dict[str, Any]:
    """Fill the template."""
    from adapters.documents.letters.filling import fill, read_template  # noqa: PLC0415 - limited
    from supervision_core.kernel.errors import Refused  # noqa: PLC0415 - as above

    try:
        ready = read_template(asked["form"], template)
        unknown = sorted(ready.facts - asked["facts"].keys())
        if unknown:
            return {"unknown": unknown}
        parts = fill(ready, asked["facts"])
    except Refused as refusal:
        return {
            "faults": [{"code": one.code, "data": dict(one.data)} for one in refusal.violations]
        }
    if sum(map(len, parts.values())) > MOST:
        return {"faults": [{"code": "documents.template_swells", "data": {}}]}
    return {"parts": {name: content.decode() for name, content in parts.items()}}


def main() -> None:
    """Answer; what the limits stop ends without an answer."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    limit()
    length = int(sys.stdin.buffer.readline())
    asked = json.loads(sys.stdin.buffer.read(length))
    sys.stdout.write(json.dumps(answer(asked, sys.stdin.buffer.read()), ensure_ascii=False))


if __name__ == "__main__":
    main()
