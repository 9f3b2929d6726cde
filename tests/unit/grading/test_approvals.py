"""Grades follow approval files: when one is entered or changed, begins to hold or ends."""

from datetime import date, timedelta

import pytest
from attrs import evolve

from supervision_core.assessment import services as assessing
from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    Cycle,
    Indicator,
    Kind,
    Level,
    total_scale,
)
from supervision_core.assessment.model.catalogued import CATALOGUED
from supervision_core.grading import services as grading
from supervision_core.grading.ports import CurrentGrades
from supervision_core.kernel.events import Thing
from supervision_core.kernel.outbox import Envelope, Receiving
from supervision_core.kernel.registers import Entries, Entry
from supervision_core.subjects.facts import APPROVALS_LAPSED
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.registers import APPROVAL_FILES, ApprovalFileContent
from supervision_core.subjects.services.known import known_facts
from supervision_core.testing.subjects import full_approval_file, full_subject_draft

from .test_services import CLERK, EVENTS, NOON, Desk, Numbered, rule_of

TODAY = NOON.date()
FILE = evolve(
    full_approval_file(), decided_on=date(2026, 3, 2), valid_from=date(2026, 3, 2),
    valid_to=TODAY, ended="", ended_on=None,
)  # fmt: skip


def _model(desk: Desk, kind: Kind) -> str:
    """Make a model that gives the severe level to whoever let a licence lapse."""
    lapsed = Bands(APPROVALS_LAPSED, (Band(None, 1, 0), Band(1, None, 600)), EXCLUDED)
    definition = AssessmentModel(
        kind=kind, code="model", name="模型", facts=(CATALOGUED[APPROVALS_LAPSED],),
        categories=(Category("all", "全部"),),
        indicators=(Indicator("lapsed", "许可失效未续", "all", lapsed),),
        levels=(Level("A", "低"), Level("B", "高")),
        grader=total_scale((Band(None, 500, "A"), Band(500, None, "B"))),
    )  # fmt: skip
    made = desk.run(assessing.create_model, assessing.CreateModel(
        department="d1", region="450103", object_type="firm", cycle=Cycle.YEAR,
        definition=definition,
    ))  # fmt: skip
    desk.run(assessing.enable_model, assessing.SwitchModel(kind=kind, model_id=made))
    return made


def _keep(desk: Desk, content: ApprovalFileContent, region: str = "450103") -> str:
    """Keep a file of a department of a region, or what it says now; give its id."""
    with desk.commands.transactions.begin() as unit:
        store = unit[Entries].of(APPROVAL_FILES)
        known = store.sharing(("authority", "number"), (content.authority, content.number))
        if known is None:
            entry = Entry.add(
                id=f"a-{content.number}", content=content, position=1, at=NOON,
                register=APPROVAL_FILES.name, region=region, department="d1",
            )  # fmt: skip
        else:
            entry = store.get(known)
            entry.change(content, at=NOON)
        store.save(entry)
        unit.commit()
    return entry.id


def _told(desk: Desk, entry: str) -> None:
    """Tell what happened to a file, twice."""
    told = Envelope(
        number=next(EVENTS), name="kernel.EntryChanged", at=NOON,
        thing=Thing(APPROVAL_FILES.kind, entry, 0), facts={},
    )  # fmt: skip
    regrading = grading.Regrading(desk.commands, CLERK)
    assert regrading.receiver.wants(told)
    with desk.commands.transactions.begin_reading() as unit:
        receiving = Receiving(unit=unit, now=NOON, ids=Numbered())
        regrading.receive(receiving, [told, told])


def _grade(desk: Desk) -> tuple[int, date]:
    with desk.commands.transactions.begin_reading() as unit:
        (grade,) = unit[CurrentGrades].of_subjects(["s1"])
    return grade.grade, grade.as_of


@pytest.fixture
def desk() -> Desk:
    """Give a desk at which the holder of a licence that ends today has the mildest grade."""
    made = Desk()
    with made.commands.transactions.begin() as unit:
        unit[Subjects].save(Subject.from_draft(full_subject_draft(), id="s1", at=NOON))
        unit.commit()
    rule = made.run(
        grading.create_rule, rule_of(_model(made, Kind.RISK), _model(made, Kind.CREDIT))
    )
    made.run(grading.enable_rule, grading.NameGradingRule(rule_id=rule))
    _keep(made, FILE)
    as_of = TODAY - timedelta(days=40)
    made.run(
        grading.grade_subject, grading.GradeSubject(subject_id="s1", rule_id=rule, as_of=as_of)
    )
    assert _grade(made) == (1, as_of)
    return made


@pytest.mark.parametrize(("region", "counts"), [("450100", True), ("450200", False)])
def test_files_count_that_the_supervisors_of_the_firm_can_read(
    desk: Desk, region: str, *, counts: bool
) -> None:
    """Of a department of its region or above; another city's file changes no grade."""
    other = evolve(FILE, number="2", matter="另一事项", ended="revoked", ended_on=TODAY)
    _told(desk, _keep(desk, other, region))
    assert (_grade(desk) == (2, TODAY)) is counts


@pytest.mark.function("F190")
def test_an_approval_that_is_ended_or_deleted_changes_the_grade(desk: Desk) -> None:
    """资质性质 (3813): as soon as it is entered, and back again when it is put right."""
    ended = evolve(FILE, ended="revoked", ended_on=TODAY)
    _told(desk, _keep(desk, ended))
    assert _grade(desk) == (2, TODAY)
    _told(desk, _keep(desk, FILE))
    assert _grade(desk) == (1, TODAY)
    _told(desk, _keep(desk, ended))
    assert _grade(desk) == (2, TODAY)
    with desk.commands.transactions.begin() as unit:
        store = unit[Entries].of(APPROVAL_FILES)
        entry = store.get(f"a-{FILE.number}")
        entry.delete(at=NOON)
        store.save(entry)
        unit.commit()
    _told(desk, entry.id)
    assert _grade(desk) == (1, TODAY), "nothing is known of it"


@pytest.mark.function("F190")
def test_the_calendar_changes_the_grade_the_day_after_the_last_day(desk: Desk) -> None:
    """On its last day a licence holds; the day after it has lapsed, and nobody is graded twice."""
    regrading = grading.Regrading(desk.commands, CLERK)
    _keep(desk, evolve(FILE, valid_to=TODAY - timedelta(days=1)))
    assert regrading.look(TODAY - timedelta(days=1)) == 0
    assert _grade(desk)[0] == 1
    assert regrading.look(TODAY) == 1
    assert _grade(desk) == (2, TODAY)
    assert regrading.look(TODAY) == 0
    _keep(desk, evolve(FILE, number="neu", valid_from=TODAY, valid_to=None))
    assert regrading.look(TODAY) == 0, "graded as of this day: what is entered tells it"


def test_what_turned_long_ago_is_left_to_the_next_evaluation(desk: Desk) -> None:
    """The look goes back 31 days: a worker that stood still for a month misses nobody."""
    regrading = grading.Regrading(desk.commands, CLERK)
    _keep(desk, evolve(FILE, valid_to=TODAY - timedelta(days=33)))
    assert regrading.look(TODAY) == 0
    _keep(desk, evolve(FILE, valid_to=TODAY - timedelta(days=32)))
    assert regrading.look(TODAY) == 1


def test_a_model_reads_approvals_only_where_it_asks_for_them(desk: Desk) -> None:
    """Of several subjects each has what its own files say; without files nothing is known."""
    with desk.commands.transactions.begin_reading() as unit:
        none = known_facts(unit, ["s1"], TODAY, {"fines"})
        known = known_facts(unit, ["s1", "s2"], TODAY, {APPROVALS_LAPSED})
        later = known_facts(unit, ["s1"], TODAY + timedelta(days=1), {APPROVALS_LAPSED})
    assert none == {"s1": {}}
    assert (known["s1"]["approvals_lapsed"], known["s2"]) == (0, {})
    assert later["s1"]["approvals_lapsed"] == 1
