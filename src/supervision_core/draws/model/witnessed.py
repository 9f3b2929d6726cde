"""When a witness opens the deposits of a round: its rule, which anybody can read."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from supervision_core.audit.row_proof import ProofWrong, RowProof
from supervision_core.draws.model.deposits import ClosedList, due_of
from supervision_core.kernel.crypto import Verifier
from supervision_core.kernel.errors import Violation

CLOSING: Final = "draws.close_round"
"""The action of the audit row in which a closed list stands."""
CLOSED_LIST: Final = "closed_list"
"""Under this name its note holds the digest of the list."""


def opening_violations(  # noqa: PLR0913 - what a witness knows
    closed: ClosedList,
    proof: RowProof,
    *,
    trusted: Mapping[str, Verifier],
    is_own: bool,
    before: str,
    now: datetime,
) -> Iterator[Violation]:
    """Give why a witness does not open a list.

    It stands in the log, under a checkpoint that the witness co-signed itself (``is_own``); the
    deadline to which contributors sealed has passed by the witness's own clock, even if all are
    said to have deposited; and no other list of the round was opened ``before`` (its digest, empty
    for none).
    """
    try:
        proof.verify(trusted)
    except ProofWrong as error:
        yield from error.reasons
    if not is_own:
        yield Violation("draws.witness_not_covered")
    digest = closed.digest.hex()
    if _stated(proof.text) != digest:
        yield Violation("draws.witness_not_stated")
    due = due_of(closed.round)
    if due is None or now < due:
        yield Violation("draws.witness_not_due")
    if before and before != digest:
        yield Violation("draws.witness_other_list")


def _stated(row: str) -> str:
    """Give which list an audit row says was closed, if it says so."""
    try:
        entry = json.loads(row)["entry"]
        note = dict(entry["note"])
    except (ValueError, KeyError, TypeError):
        return ""
    done = (entry.get("action"), entry.get("outcome")) == (CLOSING, "done")
    return str(note.get(CLOSED_LIST, "")) if done else ""
