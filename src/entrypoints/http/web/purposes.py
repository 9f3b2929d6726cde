"""使用目的: what personal data is wanted for, asked before it is shown or given out."""

from typing import Final

from entrypoints.http.web.pages import Form
from entrypoints.http.web.reading import Field, Kind, read_whole
from supervision_core.identity.lists import PURPOSES
from supervision_core.identity.model import Purpose

PURPOSE: Final = Field(
    name="purpose", title="使用目的", kind=Kind.CHOICE, required=True, choices=PURPOSES
)


def purpose_in(form: Form) -> Purpose:
    """Read what it is wanted for. Raises ``FormInvalid``."""
    return Purpose(str(read_whole((PURPOSE,), form)[PURPOSE.name]))
