"""离线检查 on a phone: a page that needs no signal, and the script that keeps it on the phone.

It is the same for everybody and holds nothing of anybody: what is shown lies on the phone, under a
PIN. Source: proposal 3183-3206.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from entrypoints.http.routes import Call
from entrypoints.http.web.assets import address_of, edition
from entrypoints.http.web.corrections import DEMAND
from entrypoints.http.web.pages import PHONE, Form, Page, Shown
from entrypoints.http.web.papers import PUBLISHED_AT
from supervision_core.clues.model import KINDS
from supervision_core.field_records.services.packing import read_package
from supervision_core.kernel.canonical import canonical_json
from supervision_core.tasks.law import CORRECTION_BASIS
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.words import TITLES

FIELD: Final = f"{PHONE}/field"
_WORKER: Final = f"{PHONE}/field_worker"
_STYLE: Final = (
    "tabler.css", "icons.css", "icons.woff2", "platform.css", "phone.css", "mark.svg"
)  # fmt: skip
_IMPORTED: Final = re.compile(r'(?:from|^import) "\./([a-z0-9-]+\.js)"', re.MULTILINE)
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "items": TITLES[ItemOutcome], "outcomes": TITLES[Outcome],
    "pending": TITLES[PendingMatter], "measures": TITLES[Measure], "clues": KINDS,
    "papers": {"basis": CORRECTION_BASIS, "demand": DEMAND, "published_at": PUBLISHED_AT},
}  # fmt: skip
"""What codes are called on a phone without signal, and what papers say there."""


@cache
def scripts_of(name: str) -> tuple[str, ...]:
    """Name a script and all that it imports."""
    found, ahead = list[str](), [name]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.append(one)
            text = (files("entrypoints.http.web.assets") / "own" / one).read_text("utf-8")
            ahead.extend(_IMPORTED.findall(text))
    return tuple(sorted(found))


def _shell(_call: Call, _form: Form) -> Shown:
    words = {name: list(those.items()) for name, those in WORDS.items()}
    values = {"worker": _WORKER, "words": canonical_json(words).decode()}
    return Shown(template="phone/field.html", values=values)


def _worker(_call: Call, _form: Form) -> Shown:
    """Give the script that keeps the page: another one for each edition of what it keeps."""
    kept = map(address_of, (*_STYLE, *scripts_of("field.js")))
    values = {"cache": f"field-{edition()}", "shell": FIELD, "files": [one for one in kept if one]}
    return Shown(template="phone/field_worker.js", values=values, media="text/javascript")


FIELD_PAGES: Final = (
    Page(method="GET", path=FIELD, name="page_phone_field", access=read_package.permission,
         run=_shell, menu=("一业一查", "离线检查"), step=9, icon="ti-download"),
    Page(method="GET", path=_WORKER, name="page_phone_field_worker",
         access=read_package.permission, run=_worker),
)  # fmt: skip
