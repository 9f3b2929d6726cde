"""``supervision todo``: to-dos compared with what is owed, and made anew."""

from pathlib import Path

from sqlalchemy import create_engine, delete, insert

from adapters.sql.frame.todos import todo
from supervision_core.kernel.todos import NO_TERM

from .conftest import Run

PHONES = ("13900000001", "13900000002", "13900000003")


def test_what_differs_is_told_and_mended(run: Run, tmp_path: Path) -> None:
    """A row of nothing fails the comparison; a rebuild takes it away, and the next one is well."""
    assert run("init", "--database", "a.db", "--phones", *PHONES).code == 0
    well = run("todo", "check", "--database", "a.db", "--json")
    assert (well.code, well.data) == (0, {"different": []})
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    row = {
        "kind": "task", "root_id": "t-1", "part": "-", "verb": "claim", "due_on": NO_TERM,
        "permission": "tasks.claim", "assignee": "department:d-1",
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(delete(todo))
        connection.execute(insert(todo), row)
    different = {"kind": "task", "id": "t-1", "missing": 0, "left_over": 1}
    found = run("todo", "check", "--database", "a.db", "--json")
    assert (found.code, found.data) == (4, {"different": [different]})
    mended = run("todo", "rebuild", "--database", "a.db", "--json")
    assert (mended.code, mended.data) == (0, {"different": [different]})
    assert run("todo", "check", "--database", "a.db").code == 0
