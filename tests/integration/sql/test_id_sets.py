"""A set of ids in a condition costs once a statement, not once a row."""

import pytest
from sqlalchemy import select

from adapters.sql.engine.id_sets import among, among_many, among_wanted, looked_at
from adapters.sql.identity.directory import user_department

from .golden import compiled, dialects

IDS = frozenset({"d-1", "d-2"})


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("sqlite", "+user_department.department IN (SELECT value FROM json_each(:ids_1))"),
        ("postgresql", "user_department.department IN (SELECT unnest(:ids_1::VARCHAR[]))"),
        ("kingbase", "user_department.department IN (SELECT unnest(:ids_1::VARCHAR[]))"),
        ("dm", "user_department.department IN (__[POSTCOMPILE_ids_1])"),
    ],
)
def test_the_department_of_a_found_row_is_looked_at(name: str, condition: str) -> None:
    """No engine is offered the ids as so many rows to look up, one by one."""
    department = user_department.c.department
    asked = select(user_department).where(among(looked_at(department), IDS))
    assert condition in compiled(asked, dialects()[name])


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("sqlite", "user_department.department IN (SELECT value FROM json_each(:ids_1))"),
        (
            "postgresql",
            "(user_department.department IN (SELECT unnest(:ids_1::VARCHAR[]))) IS TRUE",
        ),
        (
            "kingbase",
            "(user_department.department IN (SELECT unnest(:ids_1::VARCHAR[]))) IS TRUE",
        ),
        ("dm", "user_department.department IN (__[POSTCOMPILE_ids_1])"),
    ],
)
def test_many_ids_are_a_table_that_is_made_once(name: str, condition: str) -> None:
    """PostgreSQL neither weighs each of them nor joins with all of them for each row."""
    asked = select(user_department).where(among_many(user_department.c.department, IDS))
    assert condition in compiled(asked, dialects()[name])


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("sqlite", "user_department.department IN (SELECT value FROM json_each(:wanted))"),
        ("postgresql", "user_department.department = ANY (:wanted::VARCHAR[])"),
        ("kingbase", "user_department.department = ANY (:wanted::VARCHAR[])"),
        ("dm", "user_department.department IN (__[POSTCOMPILE_wanted])"),
    ],
)
def test_a_set_is_handed_to_a_statement_made_once(name: str, condition: str) -> None:
    """The text is the same for every set; DM gets a list, of so many as there are."""
    asked = select(user_department).where(among_wanted(user_department.c.department))
    assert condition in compiled(asked, dialects()[name])
