"""What can be recorded without signal, and by which use case each of it is carried out."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from supervision_core.clues.services import register_clue
from supervision_core.field_records.services.companions import confirm_by_pin
from supervision_core.field_records.services.leads import clue_of_visit
from supervision_core.field_records.services.packing import assists
from supervision_core.field_records.services.records import Recorded
from supervision_core.identity.model import Actor
from supervision_core.identity.services import UseCase
from supervision_core.kernel.plain import from_plain
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.services.visits import (
    RecordResults,
    arrive_to_assist,
    check_in,
    claim_visit,
    complete_visit,
    conclude_visit,
    confirm_record,
    hand_over_assistance,
    note_as_assistant,
    record_results,
    report_problem,
    sign_visit,
    start_offsite,
)

RECORDABLE: Final[Mapping[str, UseCase[Any, Any]]] = {
    one.name: one
    for one in (
        check_in, start_offsite, record_results, conclude_visit, sign_visit, confirm_record,
        complete_visit, register_clue,
    )
}  # fmt: skip
"""The use cases that officers can record without signal."""
ASSISTED: Final[Mapping[str, UseCase[Any, Any]]] = {
    one.name: one
    for one in (
        claim_visit, arrive_to_assist, note_as_assistant, report_problem, hand_over_assistance
    )
}  # fmt: skip
"""Those that people of third parties can: they assist, and nothing else."""


def may_record(actor: Actor, action: str) -> bool:
    """Tell whether somebody can record a use case without signal."""
    return action in (ASSISTED if assists(actor) else RECORDABLE)


def is_by_pin(recorded: Recorded) -> bool:
    """Tell whether a second officer confirms by a PIN on the recording officer's phone."""
    told = recorded.command
    return (
        recorded.action == confirm_record.name
        and isinstance(told, Mapping)
        and "companion_id" in told
    )


def contends(recorded: Recorded) -> bool:
    """Tell whether a record is carried out only where its author saw what it rests on.

    A clue leaves the visit as it was, and what an assistant did stands beside all else.
    """
    return recorded.action not in {register_clue.name, *ASSISTED}


def contested(recorded: Recorded, visit: Visit, own: Collection[int]) -> bool:
    """Tell whether others changed what a record rests on since its author saw the visit.

    ``own`` are the versions that earlier records of the author left. A result rests on that of its
    item, what else officers record on the whole record, what assistants do on anything, and a clue
    on nothing.
    """
    if recorded.action == register_clue.name:
        return False
    if recorded.action in ASSISTED:
        return visit.moved_since(recorded.seen, own=own)
    items = _answered(recorded) if recorded.action == record_results.name else None
    return visit.changed_since(recorded.seen, own=own, items=items)


def _answered(recorded: Recorded) -> frozenset[str]:
    command = from_plain(RecordResults, recorded.command)
    return frozenset(one.item for one in command.answers)


def case_of(recorded: Recorded) -> UseCase[Any, Any]:
    """Give the use case that carries a record out."""
    if is_by_pin(recorded):
        return UseCase(confirm_record.permission, confirm_record.title, confirm_by_pin)
    if recorded.action == register_clue.name:
        return UseCase(register_clue.permission, register_clue.title, clue_of_visit)
    return {**RECORDABLE, **ASSISTED}[recorded.action]
