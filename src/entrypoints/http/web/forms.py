"""Reading forms as browsers send them: in the address, as fields, or as fields with a file."""

import hmac
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl

from attrs import field, frozen

from entrypoints.http import errors
from entrypoints.http.bodies import media_type
from entrypoints.http.routes import Upload
from entrypoints.http.web.pages import Form
from supervision_core.kernel.errors import Violation

FIELDS: Final = "application/x-www-form-urlencoded"
PARTS: Final = "multipart/form-data"
_MOST_FIELDS: Final = 600
_MOST_FILES: Final = 20
_BOUNDARY = re.compile(r"boundary=([0-9A-Za-z'()+_,./:=?-]{1,70})")
_DISPOSITION = re.compile(
    rb'content-disposition: *form-data; *name="([^"\r\n]{1,200})"(?:; *filename="([^"\r\n]*)")?',
    re.IGNORECASE,
)


@frozen
class Sent:
    """What a form holds: its fields, and the content of its files by their fields."""

    form: Form
    files: Mapping[str, bytes] = field(factory=dict, repr=False)
    uploads: Mapping[str, tuple[Upload, ...]] = field(factory=dict, repr=False)


def read_query(query: bytes) -> Form:
    """Read what stands in the address; a name that stands twice is as good as none."""
    pairs = parse_qsl(query.decode("latin-1"))[:_MOST_FIELDS]
    return dict(pairs) if len(dict(pairs)) == len(pairs) else {}


def read_form(
    body: bytes, content_type: str, *, files: tuple[str, ...] = (), uploads: bool = False
) -> Sent:
    """Read a body; ``files`` are the fields that hold files, none where the form has none.

    With ``uploads`` every field may hold files, each with its own name.

    Raises ``ParametersInvalid`` for what is no such form, or says a name twice.
    """
    try:
        if uploads and media_type(content_type) == PARTS:
            return _with_uploads(_parts(body, content_type))
        if files:
            return _of_parts(_parts(body, content_type), files)
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


def _with_uploads(parts: Iterator[tuple[str, bytes, str | None]]) -> Sent:
    pairs: list[tuple[str, str]] = []
    sent: dict[str, tuple[Upload, ...]] = {}
    for name, content, called in parts:
        if called is None:
            pairs.append((name, content.decode("utf-8")))
        else:
            sent[name] = (*sent.get(name, ()), Upload(called, content))
    if len(pairs) > _MOST_FIELDS or sum(map(len, sent.values())) > _MOST_FILES:
        raise ValueError
    return Sent(_once(pairs), uploads=sent)


def _of_parts(parts: Iterator[tuple[str, bytes, str | None]], files: tuple[str, ...]) -> Sent:
    pairs: list[tuple[str, str]] = []
    contents: dict[str, bytes] = {}
    for name, content, called in parts:
        if called is not None and name in files:
            if name in contents:
                raise ValueError
            contents[name] = content
        else:
            pairs.append((name, content.decode("utf-8")))
    if len(pairs) > _MOST_FIELDS:
        raise ValueError
    return Sent(_once(pairs), contents)


def _parts(body: bytes, content_type: str) -> Iterator[tuple[str, bytes, str | None]]:
    """Give name, content and, of a file, what it is called, of each part (RFC 7578)."""
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
        called = None if said[2] is None else said[2].decode("utf-8").replace("%22", '"')
        yield said[1].decode("utf-8"), content, called


def masked(token: str, pad: bytes) -> str:
    """Hide a token of at most ``len(pad)`` characters behind fresh random bytes.

    A compressed page gives away, by its length, what in it repeats what a stranger wrote there
    (BREACH); a token that looks different each time cannot be found so.
    """
    hidden = bytes(one ^ other for one, other in zip(token.encode(), pad, strict=False))
    return f"{pad[: len(hidden)].hex()}.{hidden.hex()}"


def unmasked(text: str) -> str:
    """Give the token that was hidden; what was not comes back as it is."""
    pad, _, hidden = text.partition(".")
    try:
        pairs = zip(bytes.fromhex(pad), bytes.fromhex(hidden), strict=True)
        return bytes(one ^ other for one, other in pairs).decode() if hidden else text
    except ValueError:
        return text


def same(given: str, wanted: str) -> bool:
    """Compare in constant time what a form holds, masked or not, with the token itself."""
    return hmac.compare_digest(unmasked(given).encode(), wanted.encode())
