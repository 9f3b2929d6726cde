"""Handlers that Litestar would look at anew, each in turn: an application has 4,000 of four."""

from collections.abc import Callable
from functools import wraps
from types import CodeType
from typing import Any

from litestar.utils.signature import ParsedSignature


def share_signatures() -> None:
    """Let signatures be read once for all handlers that are of one code, from now on.

    An application is made in half the time, and tests make a hundred of them.
    """
    read: Callable[..., ParsedSignature] = ParsedSignature.from_fn
    known: dict[CodeType, ParsedSignature] = {}

    @wraps(read)
    def shared(fn: Any, namespace: dict[str, Any]) -> ParsedSignature:
        if not hasattr(fn, "__code__"):
            return read(fn, namespace)
        if fn.__code__ not in known:
            known[fn.__code__] = read(fn, namespace)
        return known[fn.__code__]

    ParsedSignature.from_fn = shared  # type: ignore[method-assign, assignment]
