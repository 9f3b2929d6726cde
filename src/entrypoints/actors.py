"""Who acts when nobody has logged in: the operator at the machine itself.

The model is loaded when somebody acts: help and usage errors name regions without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from supervision_core.identity.model import Actor

GUANGXI: Final = "450000"

CONTEXTS: Final = (
    "identity",
    "files",
    "jobs",
    "items",
    "checklists",
    "handbooks",
    "subjects",
    "officers",
    "assessment",
    "grading",
    "scenes",
    "plans",
    "draws",
    "tasks",
    "clues",
    "alerts",
    "surveillance",
    "cogovernance",
    "content",
    "dashboards",
    "warehouse",
)
"""The contexts that have use cases."""


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
        permissions=frozenset(f"{context}.*" for context in CONTEXTS),
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
