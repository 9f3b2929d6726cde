"""A code by which a firm was known stays its own: results that were published name it so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from attrs import evolve

from adapters.memory.ports import PORTS
from adapters.memory.unit import MemoryStore, MemoryTransactions
from adapters.sql.ports import sql_transactions
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.subjects.intake import SubjectEntry
from supervision_core.subjects.model import Identity, IdentityKind, Subject, SubjectDraft
from supervision_core.subjects.model.data_change import DataChange, OwnData, ProposedData
from supervision_core.subjects.ports import DataChanges, Subjects
from supervision_core.subjects.services import (
    ImportSubjects,
    RegisterSubject,
    import_subjects,
    register_subject,
)
from supervision_core.subjects.services.data_changes import AcceptDataChange, accept_data_change
from supervision_core.testing.subjects import MORNING, full_subject_draft

FORMER, LATER, OTHER = (
    "91450100MA5K00012J", "91450100MA5K000550", "91450100MA5K00098D"
)  # fmt: skip
CLERK = Actor(
    user="clerk-1", department="市场监管", scope=DataScope(region="450000"),
    permissions=frozenset({"subjects.*"}),
)  # fmt: skip


class _Morning(Clock):
    def now(self) -> datetime:
        return MORNING


class _Counted(Ids):
    last = 0

    def next_id(self) -> str:
        self.last += 1
        return f"id-{self.last:06d}"


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def commands(request: pytest.FixtureRequest) -> Commands:
    """Give the frame over each store, with two firms."""
    if request.param == "memory":
        found: Any = MemoryTransactions(MemoryStore(), PORTS)
    else:
        found = sql_transactions(request.getfixturevalue(f"{request.param}_engine"))
    with found.begin() as unit:
        for id_, code in (("first", FORMER), ("other", OTHER)):
            unit[Subjects].save(Subject.from_draft(_draft(code), id=id_, at=MORNING))
        unit.commit()
    return Commands(found, _Morning(), _Counted())


def _draft(code: str) -> SubjectDraft:
    return evolve(
        full_subject_draft(code), identity=Identity(kind=IdentityKind.CREDIT_CODE, code=code)
    )


def _renumbered(commands: Commands, subject: str, code: str) -> None:
    """Let a firm propose another code of its own, and a department accept it."""
    id_ = commands.ids.next_id()
    with commands.transactions.begin() as unit:
        proposed = ProposedData(content=OwnData(number=code), proofs=("file-1",))
        found = unit[Subjects].get(subject)
        unit[DataChanges].save(DataChange.propose(found, proposed, id=id_, by="firm-1", at=MORNING))
        unit.commit()
    commands.run(accept_data_change, AcceptDataChange(data_change_id=id_), actor=CLERK)


def _refused(attempt: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        attempt()
    return [(one.code, one.at) for one in refusal.value.reasons]


def test_nobody_else_takes_a_former_code(commands: Commands) -> None:
    """Neither by a change of its data, nor newly registered, nor by a table."""
    _renumbered(commands, "first", LATER)
    draft, expected = _draft(FORMER), [("subjects.identity_former", "identity")]
    assert _refused(lambda: _renumbered(commands, "other", FORMER)) == expected
    registering = RegisterSubject(draft=draft)
    assert _refused(lambda: commands.run(register_subject, registering, actor=CLERK)) == expected
    table = ImportSubjects(source="名录", entries=(SubjectEntry(row=2, draft=draft),))
    answer: Any = commands.run(import_subjects, table, actor=CLERK)
    assert [(one["row"], one["code"]) for one in answer["refused"]] == [(2, expected[0][0])]
    with commands.transactions.begin() as unit:
        assert unit[Subjects].had([FORMER, LATER, OTHER]) == {FORMER: frozenset({"first"})}
        assert unit[Subjects].get("other").identity.code == OTHER


def test_a_firm_comes_back_to_a_code_that_it_had(commands: Commands) -> None:
    """Its own is not another's; what it had between stays its own too."""
    _renumbered(commands, "first", LATER)
    _renumbered(commands, "first", FORMER)
    with commands.transactions.begin() as unit:
        assert unit[Subjects].get("first").identity.code == FORMER
        assert unit[Subjects].had([FORMER, LATER]) == {LATER: frozenset({"first"})}
    expected = [("subjects.identity_former", "identity")]
    assert _refused(lambda: _renumbered(commands, "other", LATER)) == expected
