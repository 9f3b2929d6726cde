"""Tasks, visits, rectifications, publications, transfers and reviews in tables."""

from sqlalchemy import (
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    select,
)
from sqlalchemy.schema import Column

from adapters.sql.mapper import Lookup, Mapper, Values
from adapters.sql.regions import region
from adapters.sql.repository import SqlRepository
from adapters.sql.schema import metadata
from adapters.sql.types import (
    ID_LENGTH,
    body,
    day,
    flag,
    key,
    ordered,
    part,
    required,
    row_seal,
    version,
    whole,
    words,
)
from supervision_core.tasks.model.facts import formed_result
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    Tasks,
    Transfers,
    Visits,
)

task = Table(
    "task",
    metadata,
    key(),
    version(),
    ordered("code", 64),
    required("name", 200),
    required("scene", ID_LENGTH),
    words("plan", ID_LENGTH),
    required("kind", 10),
    required("state", 20),
    region(),
    required("lead_department", ID_LENGTH),
    day("starts_on"),
    day("ends_on"),
    body(),
    row_seal(),
    UniqueConstraint("code"),
    Index("ix_task_state", "state", "code", "id"),
    Index("ix_task_scene", "scene", "code", "id"),
    Index("ix_task_plan", "plan", "code", "id"),
    Index("ix_task_region", "region", "code", "id"),
)

task_department = Table(
    "task_department",
    metadata,
    Column("task_id", key().type, ForeignKey(task.c.id)),
    required("department", ID_LENGTH),
    PrimaryKeyConstraint("task_id", "department"),
    Index("ix_task_department_department", "department", "task_id"),
)

visit = Table(
    "visit",
    metadata,
    key(),
    version(),
    ordered("code", 64),
    required("task", ID_LENGTH),
    required("subject", ID_LENGTH),
    region(),
    required("state", 20),
    flag("is_open"),
    day("due_on"),
    day("formed_on", nullable=True),
    whole("cap_year", nullable=True),
    whole("findings"),
    whole("key_findings"),
    flag("obstructed"),
    flag("unreachable"),
    part("sealed"),
    body(),
    row_seal(),
    Index("ix_visit_code", "code", "id"),
    Index("ix_visit_task", "task", "code", "id"),
    Index("ix_visit_subject", "subject", "code", "id"),
    Index("ix_visit_region", "region", "code", "id"),
    Index("ix_visit_is_open", "is_open", "code", "id"),
    Index("ix_visit_due_on", "due_on"),
)
"""``cap_year`` is the year in which the visit counts against the yearly cap of checks."""

visit_department = Table(
    "visit_department",
    metadata,
    Column("visit_id", key().type, ForeignKey(visit.c.id)),
    required("department", ID_LENGTH),
    required("task", ID_LENGTH),
    flag("is_open"),
    PrimaryKeyConstraint("visit_id", "department"),
    Index("ix_visit_department_task", "task", "department", "is_open"),
)

visit_officer = Table(
    "visit_officer",
    metadata,
    Column("visit_id", key().type, ForeignKey(visit.c.id)),
    required("officer", ID_LENGTH),
    ordered("code", 64),
    PrimaryKeyConstraint("visit_id", "officer"),
    Index("ix_visit_officer_officer", "officer", "code", "visit_id"),
)

rectification = Table(
    "rectification",
    metadata,
    key(),
    version(),
    required("code", 64),
    required("visit", ID_LENGTH),
    required("task", ID_LENGTH),
    required("subject", ID_LENGTH),
    region(),
    required("department", ID_LENGTH),
    required("state", 20),
    flag("is_open"),
    day("due_on"),
    part("sealed"),
    body(),
    row_seal(),
    Index("ix_rectification_due_on", "due_on", "id"),
    Index("ix_rectification_task", "task", "due_on", "id"),
    Index("ix_rectification_subject", "subject", "due_on", "id"),
    Index("ix_rectification_state", "state", "due_on", "id"),
    Index("ix_rectification_department", "department", "due_on", "id"),
)

publication = Table(
    "publication",
    metadata,
    key(),
    version(),
    required("task", ID_LENGTH),
    required("subject", ID_LENGTH),
    region(),
    required("state", 20),
    day("formed_on"),
    day("due_on"),
    day("until", nullable=True),
    body(),
    row_seal(),
    Index("ix_publication_task", "task", "due_on", "id"),
    Index("ix_publication_state", "state", "due_on", "id"),
    Index("ix_publication_due_on", "due_on", "id"),
)

transfer = Table("transfer", metadata, key(), version(), body(), row_seal())

review = Table(
    "review",
    metadata,
    key(),
    version(),
    required("visit", ID_LENGTH),
    required("task", ID_LENGTH),
    body(),
    row_seal(),
)


def _task_columns(root: Task) -> Values:
    sheet = root.sheet
    return {
        "code": sheet.number,
        "name": sheet.name,
        "scene": sheet.scene,
        "plan": sheet.plan,
        "kind": sheet.kind.value,
        "region": sheet.region,
        "lead_department": sheet.lead,
        "starts_on": sheet.starts_on,
        "ends_on": sheet.ends_on,
    }


class SqlTasks(SqlRepository[Task], Tasks):
    """Tasks in table ``task``."""

    mapper = Mapper(
        Task,
        task,
        derived=_task_columns,
        lookups=(
            Lookup(
                task_department,
                "task_id",
                lambda root: [{"department": one} for one in root.departments],
            ),
        ),
    )

    def number_taken(self, number: str) -> bool:
        """Tell whether a task, deleted or not, bears ``number``."""
        return bool(self._reader.rows(select(task.c.id).where(task.c.code == number)))


def visit_is_open(root: Visit) -> bool:
    """Tell whether something is left to do at the visit."""
    return root.state is not VisitState.COMPLETED


def visit_departments(root: Visit) -> frozenset[str]:
    """Give the departments that have an item or an officer in the visit."""
    return root.sheet.departments | {one.department for one in root.officers}


def cap_year(root: Visit) -> int | None:
    """Give the year in which the visit counts against the cap: made, or else due."""
    if not root.sheet.counts_toward_cap:
        return None
    return (root.formed_on or root.due_on).year


def _visit_columns(root: Visit) -> Values:
    sheet, formed = root.sheet, formed_result(root)
    return {
        "code": sheet.number,
        "task": sheet.task,
        "subject": sheet.subject,
        "region": sheet.region,
        "is_open": visit_is_open(root),
        "cap_year": cap_year(root),
        "findings": len(root.findings),
        "key_findings": formed.key_findings if formed else 0,
        "obstructed": formed.obstructed if formed else False,
        "unreachable": formed.unreachable if formed else False,
    }


class SqlVisits(SqlRepository[Visit], Visits):
    """Visits in table ``visit``."""

    mapper = Mapper(
        Visit,
        visit,
        derived=_visit_columns,
        lookups=(
            Lookup(
                visit_department,
                "visit_id",
                lambda root: [
                    {"department": one, "task": root.sheet.task, "is_open": visit_is_open(root)}
                    for one in visit_departments(root)
                ],
            ),
            Lookup(
                visit_officer,
                "visit_id",
                lambda root: [
                    {"officer": one, "code": root.sheet.number}
                    for one in {officer.id for officer in root.officers}
                ],
            ),
        ),
        sealed=("_check_in", "_signatures"),
    )


def _rectification_columns(root: Rectification) -> Values:
    sheet = root.sheet
    return {
        "code": sheet.number,
        "visit": sheet.visit,
        "task": sheet.task,
        "subject": sheet.subject,
        "region": sheet.region,
        "department": sheet.department,
        "is_open": root.open,
    }


class SqlRectifications(SqlRepository[Rectification], Rectifications):
    """Rectifications in table ``rectification``."""

    mapper = Mapper(
        Rectification,
        rectification,
        derived=_rectification_columns,
        sealed=("_delivery",),
    )


def _publication_columns(root: Publication) -> Values:
    return {"subject": root.shown.subject.id}


class SqlPublications(SqlRepository[Publication], Publications):
    """Publications in table ``publication``."""

    mapper = Mapper(Publication, publication, derived=_publication_columns)


class SqlTransfers(SqlRepository[Transfer], Transfers):
    """Transfers in table ``transfer``."""

    mapper = Mapper(Transfer, transfer)


class SqlReviews(SqlRepository[Review], Reviews):
    """Reviews in table ``review``."""

    mapper = Mapper(Review, review)
