from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, MetaData

from adapters.analytics.database import SqlAssessment, results_table
from adapters.sql.ports import sql_transactions
from adapters.sql.subject_facts import facts_by_subject
from adapters.sql.subjects import subject
from supervision_core.assessment.model import Kind, evaluate
from supervision_core.subjects.facts import FactValue, SubjectFact
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.testing.models import full_definition
from supervision_core.testing.paging import subject_number

DAY = date(2026, 3, 2)
NUMBERS, CODES = ("fines", "listed"), ("entity_type",)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give a filled database of each kind: subjects with several values a fact, or none."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    facts = []
    for at in range(1, 40):
        who = f"s-{at:04d}"
        values: tuple[tuple[str, FactValue], ...] = (
            ("fines", at % 7),
            ("listed", at % 2 == 0),
            ("entity_type", "有限责任公司" if at % 3 else "个体工商户"),
        )
        for name, value in values[: 1 + at % 3]:
            for days, source in ((at % 5, "a"), (at % 5, "b"), (at % 3, "c")):
                known = DAY + timedelta(days=days)
                changed = value + days if name == "fines" and isinstance(value, int) else value
                facts.append(
                    SubjectFact(
                        subject=who, name=name, value=changed, known_on=known, source=source
                    )
                )
    with sql_transactions(found).begin() as unit:
        unit[Subjects].save_all([subject_number(at) for at in range(40)])
        unit[SubjectFacts].record(facts)
        unit.commit()
    return found


@pytest.mark.parametrize("later", [-1, 0, 1, 2, 9])
def test_one_row_a_subject_says_what_the_port_says(engine: Engine, later: int) -> None:
    """The wide table holds, for each subject, the values that ``facts_on`` gives for that day."""
    day = DAY + timedelta(days=later)
    who = [f"s-{at:04d}" for at in range(40)]
    with sql_transactions(engine).begin() as unit:
        known = unit[SubjectFacts].facts_on(who, day)
    with engine.connect() as connection:
        rows = connection.execute(facts_by_subject(CODES, NUMBERS, day)).all()
    assert sorted(row.subject for row in rows) == who
    for row in rows:
        told = {name: getattr(row, name) for name in (*CODES, *NUMBERS)}
        assert {name: value for name, value in told.items() if value is not None} == known[
            row.subject
        ]


def test_the_wide_table_is_narrowed_to_a_pool(engine: Engine) -> None:
    """Conditions on subjects narrow the rows: a scene assesses its own subjects."""
    with engine.connect() as connection:
        asked = facts_by_subject(CODES, NUMBERS, DAY, subject.c.region == "450103")
        rows = connection.execute(asked).all()
    assert [row.subject for row in rows if int(row.subject[2:]) % 6 != 2] == []
    assert len(rows) == 7


def test_models_run_over_the_facts_inside_the_database(engine: Engine) -> None:
    """Assessed in the database, each subject gets what the definition makes of its facts."""
    model, day = full_definition(Kind.RISK), DAY + timedelta(days=3)
    source = facts_by_subject((), ("fines",), day).subquery("facts_of_subjects")
    results = results_table("risk_result", MetaData(), model)
    with engine.begin() as connection:
        results.create(connection)
        SqlAssessment(connection, source, "subject", results).assess(model, day)
        found = dict(SqlAssessment(connection, source, "subject", results).rows())
        results.drop(connection)
    who = [f"s-{at:04d}" for at in range(40)]
    with sql_transactions(engine).begin() as unit:
        known = unit[SubjectFacts].facts_on(who, day)
    for one in who:
        facts = {name: value for name, value in known[one].items() if name == "fines"}
        assert found[one] == evaluate(model, facts, day).row(), one
