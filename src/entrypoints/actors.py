"""Who acts when nobody has logged in: the operator at the machine itself.

The model is loaded when somebody acts: help and usage errors name regions without it.
"""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING, Final

import supervision_core

if TYPE_CHECKING:
    from supervision_core.identity.model import Actor

GUANGXI: Final = "450000"

PROGRAMS: Final = {"cli", "worker", "regrading", "-"}
"""Who acts and is no user: the operator, the jobs, and whoever had not logged in yet."""

APART: Final = {"kernel", "testing", "audit"}
"""Packages without use cases of the operator: who works does not audit."""


def _contexts() -> list[str]:
    found = (one.name for one in pkgutil.iter_modules(supervision_core.__path__))
    return [name for name in found if name not in APART]


def operator(
    user: str = "cli", *, department: str = "自治区综合监管办公室", region: str = GUANGXI
) -> Actor:
    """Give whoever runs the command line: every permission, every department of ``region``.

    He who may run programs over the database's file holds it anyway; the audit log names him.
    """
    from supervision_core.identity.model import Actor, DataScope  # noqa: PLC0415 - see above

    return Actor(
        user=user,
        department=department,
        scope=DataScope(region=region),
        permissions=frozenset(f"{context}.*" for context in _contexts()),
    )


def auditor(user: str = "cli", *, region: str = GUANGXI) -> Actor:
    """Give whoever audits at the command line: the log of every department, and nothing else.

    Nobody administers and audits at once (GB/T 22239-2019 8.1.5).
    """
    from supervision_core.identity.model import Actor, DataScope  # noqa: PLC0415 - see above

    return Actor(
        user=user,
        department="",
        scope=DataScope(region=region),
        permissions=frozenset({"audit.*"}),
    )
