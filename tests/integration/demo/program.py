"""The demo whose ids and leaves of draws follow from its commands, with one fault built in or none.

Run as ``python program.py FAULT demo …``; the fault of a sound demo is empty. Seeds rest on ids and
leaves, so two runs draw alike only if these do not hang on chance. Each fault is one that real
programs have: what the kills must find, or they would find nothing.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from attrs import define, evolve

from adapters.crypto import draw_keys
from adapters.crypto.draw_keys import KeyedLeaves
from entrypoints.cli import main
from entrypoints.demo import papers
from supervision_core.audit.model import Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.ports import DoneCommand, DoneCommands
from supervision_core.identity.services import Commands, UseCase, Work
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.plain import digest, to_plain
from supervision_core.kernel.ports import Ids

_A_WHILE = 0.05

_run_by_chance = Commands.run


@define
class _IdsOfCommand(Ids):
    """Ids that follow from a command's key, its day, and how many it has made."""

    day: str
    key: str
    _count: int = 0

    def next_id(self) -> str:
        """Make the next."""
        self._count += 1
        return f"{self.day}{sm3(self.key.encode()).hex()[:12]}{self._count:06x}"


def _run(
    self: Commands, case: UseCase[Any, Any], command: Any, *, actor: Any, key: str | None = None
) -> Any:
    """Run a command as the demo does, with ids that are the same in every run."""
    named = key or f"{case.name}/{digest(command)}"
    ids = _IdsOfCommand(f"{int(self.clock.now().timestamp()):09x}", named)
    return _run_by_chance(evolve(self, ids=ids), case, command, actor=actor, key=key)


def _same_leaves(_self: KeyedLeaves, year: int, _version: int) -> Any:
    """Make the values of a year, the same in every run."""
    return draw_keys._Tree(sm3(f"leaves of {year}".encode()))


def _without_keys(
    self: Commands, case: UseCase[Any, Any], command: Any, *, actor: Any, key: str | None = None
) -> Any:
    """Forget under which key a command was sent."""
    del key
    return _run(self, case, command, actor=actor)


def _key_apart(
    self: Commands, case: UseCase[Any, Any], command: Any, *, actor: Any, key: str | None = None
) -> Any:
    """Keep the key in a transaction of its own, after that of the work."""
    request = digest(command)
    if key:
        with self.transactions.begin() as unit:
            if done := unit[DoneCommands].find(actor.user, key):
                return json.loads(done.answer)
    answer = _run(self, case, command, actor=actor)
    time.sleep(_A_WHILE)
    if key:
        text = canonical_json(to_plain(answer)).decode()
        with self.transactions.begin() as unit:
            done = DoneCommand(key=key, action=case.name, request=request, answer=text)
            unit[DoneCommands].add(actor.user, done)
            unit.commit()
    return answer


def _log_apart(
    self: Commands, case: UseCase[Any, Any], command: Any, *, actor: Any, key: str | None = None
) -> Any:
    """Log what was begun in a transaction of its own, before that of the work."""
    if key and _is_done(self, actor.user, key):
        return _run(self, case, command, actor=actor, key=key)
    with self.transactions.begin() as unit:
        began = Work(actor, self.clock.now(), self.ids, unit)
        unit[AuditLog].append(began.entry("demo.began", digest(command), Outcome.DONE))
        unit.commit()
    time.sleep(_A_WHILE)
    return _run(self, case, command, actor=actor, key=key)


def _is_done(commands: Commands, user: str, key: str) -> bool:
    with commands.transactions.begin() as unit:
        return unit[DoneCommands].find(user, key) is not None


def _in_pieces(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file where it stands, in two goes."""
    del durable
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content[: len(content) // 2])
        file.flush()
        time.sleep(4 * _A_WHILE)
        file.write(content[len(content) // 2 :])


if __name__ == "__main__":
    fault = sys.argv.pop(1)
    if fault == "papers":
        vars(papers)["put"] = _in_pieces
    faults = {"keys": _without_keys, "apart": _key_apart, "log": _log_apart}
    Commands.run = faults.get(fault, _run)  # type: ignore[assignment, method-assign]
    KeyedLeaves._tree = _same_leaves  # type: ignore[assignment, method-assign]
    main()
