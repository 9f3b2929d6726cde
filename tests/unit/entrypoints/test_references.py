"""Whatever a command refers to is there: found by the declarations of all commands."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, get_args, get_type_hints

import attrs
import pytest
from attrs import evolve, frozen

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.system import SystemIds
from entrypoints.catalogue import asked_type, described_permissions, use_cases
from entrypoints.examples import example_of
from entrypoints.shape import shape_of
from supervision_core.draws.model.staffing import Recusal
from supervision_core.draws.model.staffing import Visit as DrawnVisit
from supervision_core.draws.services import AdjustDraw, RecuseInspector
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands, Question, UseCase, Work
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.ports import Clock
from supervision_core.kernel.registers import Content, EntryInvalid
from supervision_core.officers.services import (
    ImportOfficers,
    JoinTeamByQuery,
    LeaveTeamByQuery,
)
from supervision_core.plans.model import SubPlan
from supervision_core.subjects.services import ImportSubjects
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import TaskProposal
from supervision_core.tasks.services.tasks import GiveOpinion

_OF_POOL: Final = "a draw calls subjects as its pool does, by code"
NOT_LOOKED_UP: Final[dict[tuple[type, str], str]] = {
    (AdjustDraw, "subject"): _OF_POOL,
    (Recusal, "subject"): _OF_POOL,
    (DrawnVisit, "subject"): _OF_POOL,
    (RecuseInspector, "subject"): _OF_POOL,
    (VisitOrder, "application"): "must be of that firm, older, unused and not the lead's own",
    (VisitOrder, "clue"): "must be judged, in reach and of that firm, which is more",
    (VisitOrder, "order"): "must come from above and be in force, which is more",
    (GiveOpinion, "matters_to_drop"): "may be gone by now, which is why it is to be dropped",
    (ImportOfficers, "entries"): "each row is taken in by itself, its names read as ids before",
    (ImportSubjects, "entries"): "each row is taken in by itself, its names read as ids before",
    (JoinTeamByQuery, "filter"): "asked by, not stored",
    (LeaveTeamByQuery, "filter"): "asked by, not stored",
    (SubPlan, "matters"): "must be published when the plan is displayed, which is more",
    (SubPlan, "subjects"): "must be in reach, which is more: foreign means absent",
    (TaskProposal, "matters"): "must be published when the task is dispatched, which is more",
}
CASES: Final = {
    name: case
    for name, cases in use_cases().items()
    for case in cases
    if not isinstance(case, Question) and name not in described_permissions()
}


@frozen
class _Noon(Clock):
    def now(self) -> datetime:
        return datetime(2026, 11, 28, 4, tzinfo=UTC)


def _fields(cls: type, at: str = "", seen: frozenset[type] = frozenset()) -> Iterator[
    tuple[type, "attrs.Attribute[Any]", FieldWords, str]
]:  # fmt: skip
    """Give every field that says words at any depth of a command's type, but for contents'."""
    hints = get_type_hints(cls)
    for one in attrs.fields(cls):
        words, place = one.metadata.get(FIELD), f"{at}.{one.name}" if at else one.name
        if words is not None and not words.internal:
            yield cls, one, words, place
        if words is None or (words.looked_up and not words.internal):
            for part in _classes(hints[one.name]):
                if part not in seen:
                    yield from _fields(part, place, seen | {cls})


def _classes(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and attrs.has(hint) and not issubclass(hint, Content):
        yield hint
    for one in get_args(hint):
        yield from _classes(one)


def _referring(case: UseCase[Any, Any]) -> set[str]:
    """Give the places at which a command refers to something, but for what it is about."""
    return {
        place
        for _, _, words, place in _fields(asked_type(case))
        if words.to is not None
        and words.looked_up
        and not _is_about(case, place, words)
        and place.count(".") < DEEPEST
    }


def _is_about(case: UseCase[Any, Any], place: str, words: FieldWords) -> bool:
    """Tell whether a field is the id of what is changed, which its own context loads."""
    first = attrs.fields(asked_type(case))[0].name
    return place == first and place.endswith("_id") and (case.name, words.to) not in ELSEWHERE


DEEPEST: Final = 3
"""Parts of parts of parts: there the example of a command is empty."""
ELSEWHERE: Final = {("grading.grade_subject", "subject")}
"""Commands whose first field is the id of what another context holds."""


@pytest.mark.parametrize("name", [name for name, one in CASES.items() if _referring(one)])
def test_every_reference_of_every_command_is_looked_up(name: str) -> None:
    """An id that somebody made up is refused where it stands, in Chinese; nothing is written."""
    case = CASES[name]

    def writes(work: Work, cmd: Any) -> None:
        del cmd
        work.wrote("probe", "1")

    command = from_plain(asked_type(case), example_of(shape_of(asked_type(case)), whole=True))
    actor = Actor(
        user="u",
        department="d",
        scope=DataScope(region="450000"),
        permissions=frozenset({case.permission}),
    )
    commands = Commands(memory_transactions(MemoryStore()), _Noon(), SystemIds())
    probe = evolve(case, body=writes, beforehand=None)
    with pytest.raises(EntryInvalid) as refused:
        commands.run(probe, command, actor=actor)
    found = {re.sub(r"\[\d+\]", "", one.at) for one in refused.value.reasons}
    assert {one.code for one in refused.value.reasons} == {"kernel.register_unknown"}
    assert found == _referring(case)


def test_what_is_not_looked_up_says_why() -> None:
    """Each such field is named here with its reason."""
    declared = {
        (cls, one.name)
        for case in CASES.values()
        for cls, one, words, _ in _fields(asked_type(case))
        if not words.looked_up
    }
    assert declared == set(NOT_LOOKED_UP)
