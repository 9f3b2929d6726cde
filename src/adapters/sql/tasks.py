"""Tasks, visits, rectifications, publications, transfers and reviews in tables."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import (
    Connection,
    Engine,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.schema import Column

from adapters.sql.engine.id_sets import among
from adapters.sql.engine.lists import LAST_SIGN
from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    day,
    flag,
    key,
    moment,
    ordered,
    part,
    required,
    row_seal,
    version,
    whole,
    words,
)
from supervision_core.tasks.model.facts import formed_result
from supervision_core.tasks.model.letters import ServedLetter
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rating import RatingTotals, VisitRating
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.term_warning import TermWarning, WarningState
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.urgency import UrgentChecks, urgent_by_lead
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    ServedLetters,
    Tasks,
    TasksOfScenes,
    TermWarnings,
    Transfers,
    VisitRatings,
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
    words("checklist", ID_LENGTH),
    whole("task_year"),
    moment("created_at", nullable=True),
    moment("dispatched_at", nullable=True),
    day("confirm_by", nullable=True),
    day("confirmed_on", nullable=True),
    body(),
    row_seal(),
    UniqueConstraint("code"),
    Index("ix_task_state", "state", "code", "id"),
    Index("ix_task_scene", "scene", "code", "id"),
    Index("ix_task_plan", "plan", "code", "id"),
    Index("ix_task_confirm_by", "confirm_by"),
)

task_department = several_of(
    "task_department",
    task,
    required("department", ID_LENGTH),
    ordered("code", 64),
    Index("ix_task_department_department", "department", "code", "task_id"),
)

task_party = several_of(
    "task_party", task, required("party", 64), Index("ix_task_party_party", "party", "task_id")
)
"""The institutions that assist at a task."""

visit_rating = Table(
    "visit_rating",
    metadata,
    key(),
    version(),
    required("department", ID_LENGTH),
    day("rated_on"),
    whole("lawful"),
    whole("courteous"),
    whole("helpful"),
    body(),
    row_seal(),
    Index("ix_visit_rating_department", "department", "rated_on"),
)
"""What firms gave visits; neither the firm nor who rated stands there."""

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
    words("lead", ID_LENGTH),
    day("starts_on", nullable=True),
    flag("assisted"),
    words("place_proof", 10),
    part("sealed"),
    body(),
    row_seal(),
    Index("ix_visit_task", "task", "code", "id"),
    Index("ix_visit_subject", "subject", "code", "id"),
    Index("ix_visit_is_open", "is_open", "code", "id"),
    Index("ix_visit_due_on", "due_on"),
    Index("ix_visit_formed_on", "formed_on", "lead", "place_proof"),
)
"""``cap_year`` is the year in which the visit counts against the yearly cap of checks.

``place_proof`` is empty where nobody came yet, or need not.
"""

visit_department = several_of(
    "visit_department",
    visit,
    required("department", ID_LENGTH),
    required("task", ID_LENGTH),
    flag("is_open"),
    ordered("code", 64),
    Index("ix_visit_department_department", "department", "code", "visit_id"),
    Index("ix_visit_department_task", "task", "department", "is_open"),
)

visit_officer = several_of(
    "visit_officer",
    visit,
    required("officer", ID_LENGTH),
    ordered("code", 64),
    Index("ix_visit_officer_officer", "officer", "code", "visit_id"),
)

visit_extension = Table(
    "visit_extension",
    metadata,
    Column("id", key().type, ForeignKey(visit.c.id), primary_key=True),
    ordered("code", 64),
    required("task", ID_LENGTH),
    required("subject", ID_LENGTH),
    region(),
    required("lead", ID_LENGTH),
    required("department", ID_LENGTH),
    required("officer", ID_LENGTH),
    required("state", 20),
    whole("days"),
    day("old_due"),
    day("new_due"),
    Index("ix_visit_extension_region", "region", "old_due", "id"),
    Index("ix_visit_extension_lead", "lead", "state", "old_due", "id"),
)
"""The newest request for more days at a visit."""

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
    Index("ix_rectification_task", "task", "due_on", "id"),
    Index("ix_rectification_subject", "subject", "due_on", "id"),
    Index("ix_rectification_state", "state", "due_on", "id"),
    Index("ix_rectification_department", "department", "due_on", "id"),
)

rectification_department = several_of(
    "rectification_department", rectification, required("department", ID_LENGTH)
)
"""Whose it is to see: who ordered, and of whose officers some looked again."""

served_letter = Table(
    "served_letter",
    metadata,
    key(),
    version(),
    required("code", 64),
    required("rectification", ID_LENGTH),
    required("task", ID_LENGTH),
    required("subject", ID_LENGTH),
    region(),
    required("department", ID_LENGTH),
    required("channel", 10),
    required("state", 20),
    required("link", 64),
    moment("made_at"),
    moment("opened_at", nullable=True),
    part("sealed"),
    body(),
    row_seal(),
    UniqueConstraint("link"),
    Index("ix_served_letter_rectification", "rectification", "id"),
    Index("ix_served_letter_task", "task", "id"),
    Index("ix_served_letter_subject", "subject", "id"),
    Index("ix_served_letter_department", "department", "id"),
)

publication = Table(
    "publication",
    metadata,
    key(),
    version(),
    required("task", ID_LENGTH),
    required("subject", ID_LENGTH),
    words("name", 200),
    words("credit_code", 40),
    words("scene", ID_LENGTH),
    region(),
    required("state", 20),
    day("formed_on"),
    day("due_on"),
    day("until", nullable=True),
    body(),
    row_seal(),
    Index("ix_publication_task", "task", "due_on", "id"),
    Index("ix_publication_state", "state", "due_on", "id"),
    Index("ix_publication_credit_code", "credit_code", "formed_on", "id"),
    Index("ix_publication_scene", "scene", "formed_on", "id"),
)

term_warning = Table(
    "term_warning",
    metadata,
    key(),
    version(),
    required("kind", 30),
    required("state", 20),
    required("task", ID_LENGTH),
    required("department", ID_LENGTH),
    required("lead", ID_LENGTH),
    region(),
    day("due_on"),
    body(),
    row_seal(),
    Index("ix_term_warning_task", "task", "id"),
    Index("ix_term_warning_state", "state", "due_on", "id"),
)

term_warning_department = several_of(
    "term_warning_department",
    term_warning,
    required("department", ID_LENGTH),
    Index("ix_term_warning_department", "department", "warning_id"),
    by="warning_id",
)

transfer = Table(
    "transfer",
    metadata,
    key(),
    version(),
    Column("reason", Text, nullable=False),
    required("kind", 30),
    required("state", 20),
    required("visit", ID_LENGTH),
    required("subject", ID_LENGTH),
    region(),
    required("department", ID_LENGTH),
    Column("receiver", Text, nullable=False),
    words("task", ID_LENGTH),
    words("scene", ID_LENGTH),
    body(),
    row_seal(),
    Index("ix_transfer_subject", "subject", "id"),
)

transfer_department = several_of(
    "transfer_department",
    transfer,
    required("department", ID_LENGTH),
    Index("ix_transfer_department", "department", "transfer_id"),
)

review = Table(
    "review",
    metadata,
    key(),
    version(),
    required("visit", ID_LENGTH),
    required("task", ID_LENGTH),
    region(),
    required("department", ID_LENGTH),
    flag("done"),
    body(),
    row_seal(),
    Index("ix_review_task", "task", "id"),
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
        "checklist": sheet.checklist.id,
        "task_year": sheet.starts_on.year,
        "confirm_by": root.approval_due,
        "confirmed_on": root.confirmed_on,
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
                lambda root: [
                    {"department": one, "code": root.sheet.number} for one in root.departments
                ],
            ),
            Lookup.of(task_party, lambda root: root.institutions),
        ),
    )

    def hold(self, id: str) -> None:
        """Lock its row."""
        self._reader.rows(select(task.c.id).where(task.c.id == id).with_for_update())

    def number_taken(self, number: str) -> bool:
        """Tell whether a task, deleted or not, bears ``number``."""
        return bool(self._reader.rows(select(task.c.id).where(task.c.code == number)))

    def last_number(self, beginning: str) -> str:
        """Give the last number that begins so, empty where none does."""
        code = task.c.code
        here = code >= beginning, code < beginning + LAST_SIGN
        return self._reader.rows(select(func.max(code)).where(*here))[0][0] or ""

    def of_plan(self, plan: str) -> list[Task]:
        """Give the tasks that came of a plan, by number."""
        return self._where(task.c.plan == plan, order=(task.c.code, task.c.id))

    def urgent(self, year: int, *, today: date) -> Mapping[str, UrgentChecks]:
        """Count by lead the checks that were to be confirmed in a year."""
        due = task.c.confirm_by
        asked = select(task.c.lead_department, due, task.c.confirmed_on).where(
            due.between(date(year, 1, 1), date(year, 12, 31))
        )
        rows = self._reader.rows(asked)
        checks = ((row.lead_department, row.confirm_by, row.confirmed_on) for row in rows)
        return urgent_by_lead(checks, today=today)


class SqlTasksOfScenes(TasksOfScenes):
    """Asks for the ids of tasks by their scene."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def values(self, id: str) -> tuple[str, ...]:
        """Give the tasks of the scene."""
        asked = select(task.c.id).where(task.c.scene == id).order_by(task.c.id)
        return tuple(row.id for row in self._reader.rows(asked))


def visit_is_open(root: Visit) -> bool:
    """Tell whether something is left to do at the visit."""
    return root.unfinished


def _visit_columns(root: Visit) -> Values:
    sheet, formed = root.sheet, formed_result(root)
    return {
        "code": sheet.number,
        "task": sheet.task,
        "subject": sheet.subject,
        "region": sheet.region,
        "is_open": visit_is_open(root),
        "cap_year": root.cap_year,
        "findings": len(root.findings),
        "key_findings": formed.key_findings if formed else 0,
        "obstructed": formed.obstructed if formed else False,
        "unreachable": formed.unreachable if formed else False,
        "lead": sheet.lead,
        "starts_on": sheet.starts_on,
        "assisted": bool(root.assistants),
        "place_proof": root.place_proof or "",
    }


def _newest_extension(root: Visit) -> list[Values]:
    return [
        {
            "code": root.sheet.number,
            "task": root.sheet.task,
            "subject": root.sheet.subject,
            "region": root.sheet.region,
            "lead": root.sheet.lead,
            "department": one.department,
            "officer": one.by,
            "state": one.state.value,
            "days": one.days,
            "old_due": one.old_due,
            "new_due": one.new_due,
        }
        for one in root.extensions[-1:]
    ]


class SqlVisits(SqlRepository[Visit], Visits):
    """Visits in table ``visit``."""

    mapper = Mapper(
        Visit,
        visit,
        derived=_visit_columns,
        lookups=(
            Lookup(
                visit_department,
                lambda root: [
                    {
                        "department": one,
                        "task": root.sheet.task,
                        "is_open": visit_is_open(root),
                        "code": root.sheet.number,
                    }
                    for one in root.departments
                ],
            ),
            Lookup(
                visit_officer,
                lambda root: [
                    {"officer": one, "code": root.sheet.number}
                    for one in {officer.id for officer in root.officers}
                ],
            ),
            Lookup(visit_extension, _newest_extension),
        ),
        sealed=("_check_in", "_signatures", "_reopenings"),
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
        lookups=(Lookup.of(rectification_department, lambda root: root.departments),),
        sealed=("_delivery", "_delivered_again"),
    )

    def after(self, visit: Visit, department: str) -> list[Rectification]:
        """Give those that a department ordered after a visit, by id, found by its subject."""
        columns = rectification.c
        return self._where(
            columns.subject == visit.sheet.subject,
            columns.visit == visit.id,
            columns.department == department,
            order=(columns.id,),
        )


def _letter_columns(root: ServedLetter) -> Values:
    sheet = root.sheet
    return {
        "code": sheet.number,
        "rectification": sheet.rectification,
        "task": sheet.task,
        "subject": sheet.subject,
        "region": sheet.region,
        "department": sheet.department,
        "channel": sheet.channel.value,
        "opened_at": root.receipt.at if root.receipt else None,
    }


class SqlServedLetters(SqlRepository[ServedLetter], ServedLetters):
    """Letters in table ``served_letter``; whom they reach, and the token of a link, are sealed."""

    mapper = Mapper(
        ServedLetter,
        served_letter,
        derived=_letter_columns,
        sealed=("_to", "_phone", "_token"),
    )

    def find_by_link(self, link: str) -> ServedLetter | None:
        """Give the letter to which the token of that digest leads."""
        return next(iter(self._where(served_letter.c.link == link)), None)


def _publication_columns(root: Publication) -> Values:
    shown = root.shown
    return {
        "subject": shown.subject.id,
        "name": shown.subject.name,
        "credit_code": shown.subject.credit_code,
        "scene": shown.scene,
    }


class SqlPublications(SqlRepository[Publication], Publications):
    """Publications in table ``publication``."""

    mapper = Mapper(Publication, publication, derived=_publication_columns)


class SqlTermWarnings(SqlRepository[TermWarning], TermWarnings):
    """Warnings in table ``term_warning``."""

    mapper = Mapper(
        TermWarning,
        term_warning,
        lookups=(
            Lookup(
                term_warning_department,
                lambda root: [{"department": one} for one in {root.department, root.lead}],
            ),
        ),
    )

    def open_of(self, task: str) -> list[TermWarning]:
        """Give those of a task that are not over, by id."""
        columns = term_warning.c
        over = columns.state != WarningState.OVER.value
        return self._where(columns.task == task, over, order=(columns.id,))


def _transfer_columns(root: Transfer) -> Values:
    sheet = root.sheet
    return {
        "reason": sheet.reason,
        "kind": sheet.kind.value,
        "state": root.state.value,
        "visit": sheet.visit,
        "subject": sheet.subject,
        "region": sheet.region,
        "department": sheet.department,
        "receiver": sheet.to,
        "task": sheet.task,
        "scene": sheet.scene,
    }


class SqlTransfers(SqlRepository[Transfer], Transfers):
    """Transfers in table ``transfer``; who hands over and who receives in a look-up."""

    mapper = Mapper(
        Transfer,
        transfer,
        derived=_transfer_columns,
        lookups=(Lookup.of(transfer_department, lambda root: root.departments),),
    )


class SqlVisitRatings(SqlRepository[VisitRating], VisitRatings):
    """Ratings in table ``visit_rating``."""

    mapper = Mapper(
        VisitRating, visit_rating,
        derived=lambda root: {
            "lawful": root.scores.lawful.points, "courteous": root.scores.courteous.points,
            "helpful": root.scores.helpful.points,
        },
    )  # fmt: skip

    def totals(
        self, departments: Collection[str], *, since: date, until: date
    ) -> Mapping[str, RatingTotals]:
        """Add up those of bodies."""
        columns = visit_rating.c
        scores = [func.sum(columns[one]).label(one) for one in ("lawful", "courteous", "helpful")]
        asked = (
            select(columns.department, func.count().label("ratings"), *scores)
            .where(
                among(columns.department, frozenset(departments)),
                columns.rated_on >= since, columns.rated_on <= until,
            )
            .group_by(columns.department)
        )  # fmt: skip
        return {
            row.department: RatingTotals(
                count=int(row.ratings), lawful=int(row.lawful), courteous=int(row.courteous),
                helpful=int(row.helpful),
            )
            for row in Reader(self._connection).rows(asked)
        }  # fmt: skip


class SqlReviews(SqlRepository[Review], Reviews):
    """Reviews in table ``review``."""

    mapper = Mapper(Review, review, derived=lambda root: {"done": root.result is not None})
