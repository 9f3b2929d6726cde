"""The Nth access to the disk fails, for every N of every command, in one process under the shim.

``sweep.py URL MODES`` answers with a JSON document: how many commands were run, in how many an
access failed, and everything that was wrong. A command that raised is told again under its key once
the disk works: then it must answer, and its effect be there once.
"""

import ctypes
import errno
import itertools
import json
import sys
from typing import Any

from attrs import astuple, frozen
from oracle import faults  # type: ignore[import-not-found]  # lies beside this program
from sqlalchemy import Connection
from workload import (  # type: ignore[import-not-found]
    ACTOR,
    STEPS,
    Step,
)

from adapters.sql.frame.commit import SqlAuditLog
from entrypoints.actors import operator
from entrypoints.container import Platform, open_platform
from supervision_core.identity.services import UseCase
from supervision_core.kernel.plain import digest

SHIM = ctypes.CDLL(None)
SHIM.fault_fired.restype = ctypes.c_long
CODES = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}
SEED = 1


@frozen
class Fault:
    """Which step, which of its commands, which access of that, and how it fails."""

    step: int
    which: int
    at: int
    code: int
    sticky: bool


class Sweep:
    """Runs commands with a fault at each of their accesses in turn."""

    def __init__(self, platform: Platform) -> None:
        """Work on ``platform``."""
        self.platform = platform
        self.acknowledged: dict[int, str] = {}
        self.runs = self.fired = self.raised = 0
        self.bad: list[str] = []

    def command(self, case: UseCase[Any, Any], command: Any) -> Any:
        """Carry out one command under the next key; remember what it answered."""
        number = len(self.acknowledged)
        answer = self.platform.commands.run(
            case, command, actor=operator(ACTOR), key=f"{SEED}/{number}"
        )
        self.acknowledged[number] = digest(answer)
        return answer

    def each(self, code: int, *, sticky: bool) -> None:
        """Let every access of every step's every command fail, one after the other."""
        for place, step in enumerate(STEPS):
            for which in itertools.count():
                at = 1
                while self._one(step, Fault(place, which, at, code, sticky)):
                    at += 1
                if at == 1:  # the step has no such command
                    break

    def _one(self, step: Step, fault: Fault) -> bool:
        """Run a step with a fault in one command; tell whether it came to that."""
        commands, hit = itertools.count(), False

        def run(case: UseCase[Any, Any], command: Any) -> Any:
            nonlocal hit
            if next(commands) != fault.which:
                return self.command(case, command)
            self.runs += 1
            error: Exception | None = None
            answer = None
            SHIM.fault_arm(ctypes.c_long(fault.at), fault.code, int(fault.sticky))
            try:
                answer = self.command(case, command)
            except Exception as raised:  # noqa: BLE001 - whatever it is, it is told again
                error = raised
            hit = SHIM.fault_fired() > 0
            SHIM.fault_arm(ctypes.c_long(0), 0, 0)
            self.fired += hit
            if error is None:
                return answer
            self.raised += 1
            if not hit:
                self.bad.append(f"{fault}: {error!r} without a fault")
            return self._again(fault, case, command)

        step(run, "-".join(str(part) for part in astuple(fault)))
        if hit:
            wrong = faults(self.platform.engine, ACTOR, SEED, self.acknowledged)
            self.bad += [f"{fault}: {one}" for one in wrong]
        return hit

    def _again(self, fault: Fault, case: UseCase[Any, Any], command: Any) -> Any:
        try:
            return self.command(case, command)
        except Exception as raised:
            self.bad.append(f"{fault}: does not recover: {raised!r}")
            raise


def swallow_audit_faults() -> None:
    """Build a fault in: every tenth audit row is passed over, as if it could not be written."""
    flush, count = SqlAuditLog.flush, itertools.count(1)

    def careless(self: SqlAuditLog, connection: Connection, first: int) -> None:
        if next(count) % 10:
            flush(self, connection, first)

    setattr(SqlAuditLog, "flush", careless)  # noqa: B010


def main(url: str, modes: str, *more: str) -> None:
    """Sweep and report."""
    platform = open_platform(url)
    sweep = Sweep(platform)
    if "careless" in more:
        swallow_audit_faults()
    try:
        for mode in modes.split(","):
            name, _, kind = mode.partition(":")
            sweep.each(CODES[name], sticky=kind == "sticky")
    except Exception as error:  # noqa: BLE001 - the report tells it
        sweep.bad.append(f"the sweep broke off: {error!r}")
    sys.stdout.write(
        json.dumps(
            {
                "runs": sweep.runs,
                "fired": sweep.fired,
                "raised": sweep.raised,
                "bad": sweep.bad[:50],
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
