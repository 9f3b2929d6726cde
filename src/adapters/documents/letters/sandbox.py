"""Templates that departments upload: looked at before anything opens them, filled in a process."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from adapters.documents.letters.filling import Filled, LetterNotFillable
from adapters.documents.opening import UnreadableFile, checked_zip, defines
from supervision_core.kernel.errors import Violation

_WORKER: Final = Path(__file__).with_name("sandbox_worker.py")
_SECONDS: Final = 20
_DOCUMENT: Final = "word/document.xml"
_RUNS: Final = re.compile(
    r"vbaProject|vbaData|/activeX/|/embeddings/|\.bin$|/afchunk|\.(?:exe|js|vbs|htm|html|mht)$",
    re.IGNORECASE,
)
"""Parts that run, or bring in other documents: macros, controls, embedded objects, chunks."""
_OUTSIDE: Final = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_FIELDS: Final = re.compile(
    rb"\b(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDEAUTO|DDE|LINK|DATABASE|MACROBUTTON|AUTOTEXT"
    rb"|HYPERLINK|RD|INFO|FILENAME)\b"
)
"""Fields that fetch, start or tell something when the document is opened (ISO/IEC 29500-1 17.16)"""
_FIELD_PLACES: Final = re.compile(
    rb"<w:instrText[^>]*>(.*?)</w:instrText>|w:instr\s*=\s*\"([^\"]*)\"", re.DOTALL
)


def hostile(template: bytes) -> Iterator[Violation]:
    """Find what a template does beside being filled in: nothing of it is opened for that."""
    try:
        with checked_zip(io.BytesIO(template)) as archive:
            names = archive.namelist()
            if _DOCUMENT not in names:
                yield Violation("documents.template_no_word")
                return
            if any(_RUNS.search(name) for name in names):
                yield Violation("documents.template_runs")
            parts = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}
    except (UnreadableFile, zipfile.BadZipFile, KeyError):
        yield Violation("documents.template_no_word")
        return
    if any(map(defines, parts.values())):
        yield Violation("documents.template_runs")
    related = (part for name, part in parts.items() if name.endswith(".rels"))
    if any(map(_OUTSIDE.search, related)) or any(map(_fetching, parts.values())):
        yield Violation("documents.template_fetches")


def _fetching(part: bytes) -> bool:
    """Tell whether fields of a part fetch; one may be cut over several runs."""
    said = b"".join(b"".join(found) for found in _FIELD_PLACES.findall(part))
    return _FIELDS.search(said.upper()) is not None


def filled(form: str, template: bytes, facts: Mapping[str, Filled]) -> Mapping[str, bytes]:
    """Fill an uploaded template within limits of memory and time. Raises ``LetterNotFillable``."""
    faults = list(hostile(template))
    if faults:
        raise LetterNotFillable(tuple(faults))
    answer = _asked({"form": form, "facts": facts}, template)
    if unknown := answer.get("unknown"):
        raise LetterNotFillable(
            tuple(
                Violation("documents.template_fact_unknown", data={"fact": one}) for one in unknown
            )
        )
    if told := answer.get("faults"):
        raise LetterNotFillable(tuple(Violation(one["code"], data=one["data"]) for one in told))
    return {name: content.encode() for name, content in answer["parts"].items()}


def _asked(asked: Mapping[str, Any], template: bytes) -> dict[str, Any]:
    """Ask the worker; what it cannot bear (too long, too much) is a template that swells."""
    head = json.dumps(asked, ensure_ascii=False).encode()
    command = [sys.executable, "-I", "-X", "utf8", str(_WORKER)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command, input=b"%d\n%s%s" % (len(head), head, template), capture_output=True,
            timeout=_SECONDS, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _swells() from None
    if done.returncode:
        raise _swells()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _swells() -> LetterNotFillable:
    return LetterNotFillable((Violation("documents.template_swells"),))


def repacked(template: bytes, parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Give all parts of a template, the filled ones in their places."""
    with checked_zip(io.BytesIO(template)) as archive:
        return {name: parts.get(name, archive.read(name)) for name in archive.namelist()}
