"""Which rows of a list are meant: those that are ticked, or all that a search finds."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Final

from attrs import frozen

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form
from entrypoints.http.web.reading import TICKED, YES
from supervision_core.identity.services.registers import MOST_AT_ONCE
from supervision_core.jobs.services import start_job
from supervision_core.kernel.errors import Violation

MOST: Final = 10_000
"""Rows with which the worker does the same in one job."""
MOST_SHOWN: Final = 20
"""Rows that are named before it is done."""
_EVERY: Final = "every"
_COUNTED: Final = "counted"
_OF: Final = "of-"


@frozen(kw_only=True)
class Chosen:
    """The rows that are meant, and the fields of a form by which they are meant once more.

    ``before`` is how many there were when it was asked, where that is another number.
    """

    ids: tuple[str, ...]
    kept: Mapping[str, str]
    before: str = ""

    @property
    def large(self) -> bool:
        """Whether the worker does it."""
        return len(self.ids) > MOST_AT_ONCE


def searched(asked: Mapping[str, str]) -> Mapping[str, str]:
    """Give the fields of a form that mean all that this search finds, once ``every`` is ticked."""
    return {f"{_OF}{name}": text for name, text in asked.items() if text}


def asked_in(form: Form) -> Mapping[str, str] | None:
    """Give the search whose rows are all meant, ``None`` where those that are ticked are."""
    if form.get(_EVERY) != YES:
        return None
    return {name.removeprefix(_OF): text for name, text in form.items() if name.startswith(_OF)}


def ticked(form: Form) -> tuple[str, ...]:
    """Give the ids of the rows that are ticked. Raises ``FormInvalid`` for none."""
    found = tuple(one.removeprefix(TICKED) for one in form if one.startswith(TICKED))
    if not found:
        raise FormInvalid((Violation("http.none_ticked"),))
    return found


def chosen(call: Call, form: Form, find: Callable[[Form], Iterable[str]]) -> Chosen:
    """Read which rows are meant; ``find`` gives the ids of all that a search finds.

    Raises ``FormInvalid`` for none, and for more than are done at once.
    """
    asked = asked_in(form)
    ids = ticked(form) if asked is None else tuple(islice(find(asked), MOST + 1))
    most = MOST if call.who.may(start_job.permission) else MOST_AT_ONCE
    if not ids:
        raise FormInvalid((Violation("http.none_ticked"),))
    if len(ids) > most:
        raise FormInvalid((Violation("kernel.register_too_many", data={"most": most}),))
    if asked is None:
        return Chosen(ids=ids, kept={f"{TICKED}{one}": YES for one in ids})
    count, before = str(len(ids)), form.get(_COUNTED, "")
    return Chosen(
        ids=ids, kept={_EVERY: YES, _COUNTED: count, **searched(asked)},
        before=before if before != count else "",
    )  # fmt: skip
