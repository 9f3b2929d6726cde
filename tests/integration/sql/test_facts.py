import random  # noqa: TID251 - repeatable examples
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, MetaData, func, select

from adapters.analytics.database import SqlAssessment, results_table
from adapters.sql.migrations import migrate, migrate_down
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import ROW_SEAL
from adapters.sql.subject_facts import subject_fact, subject_statement
from adapters.sql.subjects import subject
from adapters.sql.wide_facts import facts_by_subject
from supervision_core.assessment.model import Kind, evaluate
from supervision_core.subjects.facts import FactValue, SubjectFact
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.testing.models import full_definition
from supervision_core.testing.paging import subject_number

DAY = date(2026, 3, 2)
NUMBERS, CODES = ("fines", "listed"), ("entity_type",)
WHO = [f"s-{at:04d}" for at in range(40)]


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


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_said_in_whatever_order_the_last_counts(engine: Engine, seed: int) -> None:
    """Facts told singly and by tables, of any names and kinds, are known as if kept in one list."""
    some = random.Random(seed)  # noqa: S311 - an example, not a secret
    values: tuple[FactValue, ...] = (0, 1, 7, True, False, "", "有限责任公司")
    names = ("penalties_3y", "abnormal_listed", "entity_type", "established_on", "fines")
    who = ("x-1", "x-2")
    told: list[SubjectFact] = []
    days = [DAY + timedelta(days=at) for at in range(3)]

    def said(subject: str, known_on: date, source: str) -> list[SubjectFact]:
        return [
            SubjectFact(
                subject=subject,
                name=name,
                value=some.choice(values),
                known_on=known_on,
                source=source,
            )
            for name in some.sample(names, some.randint(0, 3))
        ]

    for step in range(40):
        known_on, source = some.choice(days), some.choice("ab")
        if step % 2:
            single = [
                fact
                for _ in range(3)
                for fact in said(some.choice(who), some.choice(days), some.choice("ab"))
            ]
            with sql_transactions(engine).begin() as unit:
                unit[SubjectFacts].record(single)
                unit.commit()
            told += single
        else:
            table = {one: said(one, known_on, source) for one in who}
            with sql_transactions(engine).begin() as unit:
                unit[SubjectFacts].record_table(
                    {
                        one: {fact.name: fact.value for fact in facts}
                        for one, facts in table.items()
                    },
                    known_on=known_on,
                    source=source,
                )
                unit.commit()
            told += [fact for facts in table.values() for fact in facts]
        for day in days:
            known: dict[str, dict[str, object]] = {one: {} for one in who}
            for fact in sorted(told, key=lambda fact: fact.known_on):
                if fact.known_on <= day:
                    known[fact.subject][fact.name] = (type(fact.value), fact.value)
            with sql_transactions(engine).begin() as unit:
                found = unit[SubjectFacts].facts_on(who, day)
            assert {
                one: {name: (type(value), value) for name, value in facts.items()}
                for one, facts in found.items()
            } == known
    with engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(subject_statement)).scalar_one()
    assert kept < len(told)


def test_facts_of_before_are_moved_into_statements_and_back(engine: Engine) -> None:
    """A database of one row a fact keeps all that it knows, on the way up and down."""
    with sql_transactions(engine).begin() as unit:
        expected = [unit[SubjectFacts].facts_on(WHO, DAY + timedelta(days=at)) for at in range(6)]
    with engine.connect() as connection:
        assert connection.execute(select(subject_statement.c.recorded)).first()
    unsealed = [column for column in subject_fact.c if column.name != ROW_SEAL]
    migrate_down(engine, "0007")
    with engine.connect() as connection:
        facts = set(connection.execute(select(*unsealed)).all())
    assert {fact.name for fact in facts} == {"fines", "listed", "entity_type"}
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(select(subject_statement.c.recorded)).first()
        left = connection.execute(select(subject_fact.c.name).distinct()).scalars()
        assert set(left) == {"fines", "listed"}
    with sql_transactions(engine).begin() as unit:
        found = [unit[SubjectFacts].facts_on(WHO, DAY + timedelta(days=at)) for at in range(6)]
    assert found == expected
    migrate_down(engine, "0007")
    with engine.connect() as connection:
        assert set(connection.execute(select(*unsealed)).all()) == facts
    migrate(engine)


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
