"""Fields of forms that hold files: what is kept, what was sent, and how it is shown."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form
from entrypoints.jobs import stage
from supervision_core.files.model import FileRefused
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import FieldType

FILES: Final = frozenset({FieldType.FILE, FieldType.FILES})
KEPT: Final = "-kept"
"""What the names of fields end with that say which files a field has already."""
NAMES: Final = "-names"
"""What those end with that say what these are called, a line each."""
GONE: Final = "-gone-"
"""What stands between a field and the file that it shall have no more."""


def staged(call: Call, one: Described, form: Form, faults: list[Violation]) -> Any:
    """Send the files of a field to where commands find them; give their ids, after those kept."""
    named = form.get(f"{one.name}{KEPT}", "").split()
    kept = [each for each in named if f"{one.name}{GONE}{each}" not in form]
    sent = [each for each in call.uploads.get(one.name, ()) if each.name]
    if one.required and not (sent or kept):
        faults.append(Violation("kernel.register_required", one.name, {"title": one.title}))
    found = kept
    for each in sent:
        try:
            found.append(stage(call.platform, call.who, each.name, each.content))
        except FileRefused as refusal:
            faults += [evolve(reason, at=one.name) for reason in refusal.reasons]
    return found if one.many else next(reversed(found), "")


def links_of(kind: str, thing: str, files: Mapping[str, str]) -> list[dict[str, str]]:
    """Give links to files that hang on a thing, with their names by their ids."""
    return [{"text": name, "path": file_path(kind, thing, file)} for file, name in files.items()]


def file_path(kind: str, thing: str, file: str) -> str:
    """Give where a file that hangs on a thing is fetched."""
    return f"/api/v1/files/{kind}/{thing}/{file}"
