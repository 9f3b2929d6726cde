"""使用目的: what personal data is wanted for, asked before it is shown or given out."""

from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, ask
from entrypoints.http.web.reading import Field, Kind, read_whole
from supervision_core.identity.lists import PURPOSES
from supervision_core.identity.model import Purpose
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.listing import ListQuery

PURPOSE: Final = Field(
    name="purpose", title="使用目的", kind=Kind.CHOICE, required=True, choices=PURPOSES
)


def called(call: Call, query: ListQuery[Any], id: str) -> str:
    """Name the one whose personal data is asked for, to whoever may view it at all.

    To show personal data is a permission of its own, and the log knows who looked: nothing is named
    before that to whoever has no other.
    """
    cases = cases_of(query)
    if not call.who.may(cases.view.permission):
        return ""
    return str(ask(call, cases.view, cases.named(id=id)).content.name)


def purpose_in(form: Form) -> Purpose:
    """Read what it is wanted for. Raises ``FormInvalid``."""
    return Purpose(str(read_whole((PURPOSE,), form)[PURPOSE.name]))
