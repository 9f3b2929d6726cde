"""What a thing says that another refers to, as far as the reader may look at it."""

from contextlib import suppress
from typing import Any

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import ask
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListQuery


def seen(call: Call, query: ListQuery[Any], id: str) -> Any:
    """Ask what a thing says that another refers to; ``None`` for who may not look at it."""
    cases = cases_of(query)
    if id and call.who.may(cases.view.permission):
        with suppress(NotFound):
            return ask(call, cases.view, cases.named(id=id))
    return None
