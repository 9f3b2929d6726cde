"""A case for the repository of every aggregate; no two examples share what must be unique."""

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import evolve

from supervision_core.checklists.ports import Checklists
from supervision_core.content.ports import Articles
from supervision_core.draws.ports import Draws
from supervision_core.field_records.ports import FieldDevices, FieldRecords
from supervision_core.handbooks.ports import Handbooks
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials
from supervision_core.kernel.events import Aggregate
from supervision_core.officers.ports import Officers, Proposals, Teams
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import DataChanges, RegistrationChanges, Subjects, Tags
from supervision_core.tasks.model.task import Task
from supervision_core.testing.checklists import full_checklist
from supervision_core.testing.clues import CLUES
from supervision_core.testing.content import full_article
from supervision_core.testing.draws import SERIES_CASE, TREE_CASE, draw
from supervision_core.testing.draws import change as change_draw
from supervision_core.testing.field_records import field_device, field_record
from supervision_core.testing.files import FILE_CASES
from supervision_core.testing.handbooks import full_handbook
from supervision_core.testing.identity import IDENTITY_CASES
from supervision_core.testing.items import (
    full_check_item,
    full_document_template,
    full_law,
    full_standard_material,
)
from supervision_core.testing.jobs import JOB_CASES
from supervision_core.testing.models import MODEL_CASES
from supervision_core.testing.officers import (
    full_officer,
    full_proposal,
    full_team,
)
from supervision_core.testing.plans import PLANS
from supervision_core.testing.sample import PARCELS
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import (
    full_data_change,
    full_registration_change,
    full_subject,
    full_tag,
)
from supervision_core.testing.tasks import (
    PUBLICATIONS,
    RATINGS,
    RECTIFICATIONS,
    REVIEWS,
    SERVED_LETTERS,
    TASKS,
    TERM_WARNINGS,
    TRANSFERS,
    VISITS,
)
from supervision_core.testing.units import RepositoryCase

Root = TypeVar("Root", bound=Aggregate)


def _with(build: Callable[[str], Root], **fields: Callable[[str], Any]) -> Callable[[str], Root]:
    """Build an example as if new, with some private fields derived from its id."""

    def made(id: str) -> Root:
        root = build(id)
        root.version = 0
        for name, value in fields.items():
            setattr(root, name, value(id))
        return root

    return made


def _set(name: str, value: Any) -> Callable[[Aggregate], None]:
    """Change one private field: what is proved is that it is stored, not who may change it."""

    def change(root: Aggregate) -> None:
        setattr(root, name, value)

    return change


def _flip(name: str) -> Callable[[Aggregate], None]:
    def change(root: Aggregate) -> None:
        setattr(root, name, not getattr(root, name))

    return change


def _numbered_task(id: str) -> Task:
    root = TASKS.example(id)
    root._sheet = evolve(root._sheet, number=id)  # noqa: SLF001 - a stored task of another number
    return root


CASES: tuple[RepositoryCase[Any], ...] = (
    PARCELS,
    RepositoryCase(
        port=Subjects, example=lambda one: full_subject(one, one), change=_set("_region", "450300")
    ),
    RepositoryCase(
        port=RegistrationChanges,
        example=_with(full_registration_change),
        change=_set("_answer", "改"),
    ),
    RepositoryCase(port=DataChanges, example=_with(full_data_change), change=_set("_reason", "改")),
    RepositoryCase(port=Tags, example=lambda one: full_tag(one, one), change=_flip("_enabled")),
    RepositoryCase(
        port=CheckItems,
        example=_with(full_check_item, _code=str),
        change=_set("_revision", 99),
    ),
    RepositoryCase(port=Laws, example=_with(full_law), change=_set("_department", "d-9")),
    RepositoryCase(
        port=DocumentTemplates,
        example=_with(full_document_template),
        change=_set("_region", "450300"),
    ),
    RepositoryCase(
        port=StandardMaterials,
        example=_with(full_standard_material),
        change=_set("_region", "450300"),
    ),
    RepositoryCase(
        port=Checklists,
        example=_with(full_checklist, _code=str),
        change=_flip("_default"),
    ),
    RepositoryCase(
        port=Articles, example=_with(full_article), change=_set("_written_by", "user-9")
    ),
    RepositoryCase(
        port=Handbooks, example=_with(full_handbook), change=_set("_changed_by", "user-9")
    ),
    RepositoryCase(
        port=Officers,
        example=lambda one: full_officer(one, one),
        change=_set("_department", "d-9"),
    ),
    RepositoryCase(port=Teams, example=_with(full_team), change=_set("_name", "改名")),
    RepositoryCase(port=Proposals, example=_with(full_proposal), change=_set("_reason", "改")),
    RepositoryCase(
        port=Scenes,
        example=_with(full_scene, _code=str),
        change=_set("_grading_rule", "rule-9"),
    ),
    PLANS,
    RepositoryCase(port=TASKS.port, example=_numbered_task, change=TASKS.change),
    VISITS,
    RECTIFICATIONS,
    PUBLICATIONS,
    TERM_WARNINGS,
    TRANSFERS,
    RATINGS,
    REVIEWS,
    SERVED_LETTERS,
    RepositoryCase(port=FieldRecords, example=_with(field_record), change=_set("_reasons", ())),
    RepositoryCase(
        port=FieldDevices, example=_with(field_device), change=_set("_retired_at", None)
    ),
    RepositoryCase(port=Draws, example=draw, change=change_draw),
    TREE_CASE,
    SERIES_CASE,
    CLUES,
    *FILE_CASES,
    *JOB_CASES,
    *MODEL_CASES,
    *IDENTITY_CASES,
)
