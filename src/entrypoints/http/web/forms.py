"""Reading forms as browsers send them: in the address, as fields, or as fields with a file."""

import hmac
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl

from attrs import field, frozen

from entrypoints.http import errors
from entrypoints.http.web.pages import Form
from supervision_core.kernel.errors import Violation

FIELDS: Final = "application/x-www-form-urlencoded"
PARTS: Final = "multipart/form-data"
_MOST_FIELDS: Final = 600
_BOUNDARY = re.compile(r"boundary=([0-9A-Za-z'()+_,./:=?-]{1,70})")
_DISPOSITION = re.compile(
    rb'content-disposition: *form-data; *name="([^"\r\n]{1,200})"(; *filename="[^"\r\n]*")?',
    re.IGNORECASE,
)


@frozen
class Sent:
    """What a form holds: its fields, and the content of its file."""

    form: Form
    content: bytes = field(default=b"", repr=False)


def read_query(query: bytes) -> Form:
    """Read what stands in the address; a name that stands twice is as good as none."""
    pairs = parse_qsl(query.decode("latin-1"))[:_MOST_FIELDS]
    return dict(pairs) if len(dict(pairs)) == len(pairs) else {}


def read_form(body: bytes, content_type: str, *, file: str = "") -> Sent:
    """Read a body; ``file`` is the field that holds one, empty where the form has none.

    Raises ``ParametersInvalid`` for what is no such form, or says a name twice.
    """
    try:
        if file:
            return _of_parts(_parts(body, content_type), file)
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict",
            max_num_fields=_MOST_FIELDS,
        )  # fmt: skip
        return Sent(_once(pairs))
    except ValueError:
        raise errors.ParametersInvalid((Violation("http.form_unreadable"),)) from None


def _once(pairs: list[tuple[str, str]]) -> Form:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _of_parts(parts: Iterator[tuple[str, bytes, bool]], file: str) -> Sent:
    pairs: list[tuple[str, str]] = []
    contents: list[bytes] = []
    for name, content, is_file in parts:
        if is_file and name == file:
            contents.append(content)
        else:
            pairs.append((name, content.decode("utf-8")))
    if len(contents) > 1 or len(pairs) > _MOST_FIELDS:
        raise ValueError
    return Sent(_once(pairs), contents[0] if contents else b"")


def _parts(body: bytes, content_type: str) -> Iterator[tuple[str, bytes, bool]]:
    """Give name, content and whether it is a file, of each part (RFC 7578)."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise ValueError
    before, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())
    if before or not parts or not parts[-1].startswith(b"--"):
        raise ValueError
    for part in parts[:-1]:
        head, blank, content = part.partition(b"\r\n\r\n")
        said = _DISPOSITION.search(head)
        if not blank or said is None:
            raise ValueError
        yield said[1].decode("utf-8"), content, said[2] is not None


def same(given: str, wanted: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.encode(), wanted.encode())
