"""A round that one program plays for all who take part: deposited, closed, opened."""

from typing import Protocol

from supervision_core.draws.services.rounds import (
    CloseRound,
    OpenRound,
    close_round,
    deposit_for,
    deposit_nonce,
    open_round,
)
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.frame import Answer, Cmd
from supervision_core.kernel.crypto import Encryptor


class Do(Protocol):
    """Carries a command out for whoever of a department may, under a key of its own."""

    def __call__(self, case: UseCase[Cmd, Answer], command: Cmd, *, by: str, key: str) -> Answer:
        """Give what it answered."""


def deposit(  # noqa: PLR0913, PLR0917 - what a deposit is made of
    do: Do, encryptor: Encryptor, draw_id: str, label: str, department: str, nonce: bytes, *,
    key: str,
) -> None:  # fmt: skip
    """Hand in a department's nonce for the round of ``label``, sealed to the keeper."""
    command = deposit_for(encryptor, draw_id, label, department, nonce)
    do(deposit_nonce, command, by=department, key=f"{key}/deposit/{department}")


def open_deposits(do: Do, draw_id: str, lead: str, *, key: str) -> None:
    """Let the lead close the list of deposits, and the keeper open them."""
    do(close_round, CloseRound(draw_id=draw_id), by=lead, key=f"{key}/close_round")
    do(open_round, OpenRound(draw_id=draw_id), by=lead, key=f"{key}/open_round")
