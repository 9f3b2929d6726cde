"""Whom schemathesis is while it fuzzes (``SCHEMATHESIS_HOOKS``): seven people, in turn.

Every other request is sent by somebody who may, so that objects come to be and links can be
followed; the rest by everybody in turn. What the run itself lives on is spared: a user deleted, or
an office moved, would turn all that follows into denials.
"""

from collections import Counter
from io import BytesIO
from typing import Any, Final

import schemathesis
from hypothesis import strategies as st
from xlsxwriter import Workbook

from entrypoints.http.api.tables import XLSX
from supervision_core.kernel.canonical import sm3

from .province import token_of
from .test_matrix import held_by

ROLES: Final = ("system", "security", "auditor", "doer", "reader", "interface", "nobody")
Case = schemathesis.Case[Any]
BYSTANDER: Final = "clerk"
SPARED: Final = frozenset((*ROLES, "office", *(sm3(token_of(one).encode()).hex() for one in ROLES)))


@schemathesis.auth(refresh_interval=None)
class InTurn:
    """Sends each request of an operation as another user."""

    def __init__(self) -> None:
        """Begin with the first."""
        self._turns: Counter[str] = Counter()

    def get(self, case: Case, _context: schemathesis.AuthContext) -> str:
        """Choose who sends it."""
        label = case.operation.label
        turn = self._turns.setdefault(label, len(self._turns) * 2)
        self._turns[label] += 1
        permission = case.operation.definition.raw.get("x-permission")
        able = [one for one in ROLES if permission in held_by(one)] or ROLES
        among = ROLES if turn % 2 else able
        return among[turn // 2 % len(among)]

    def set(self, case: Case, data: str, _context: schemathesis.AuthContext) -> None:
        """Let him send it."""
        case.headers["Authorization"] = f"Bearer {token_of(data)}"


@schemathesis.hook
def before_call(_context: schemathesis.HookContext, case: Case, _kwargs: dict[str, Any]) -> None:
    """Aim at a bystander what is aimed at whom the run needs."""
    if case.method != "GET":
        for name, value in case.path_parameters.items():
            if value in SPARED:
                case.path_parameters[name] = BYSTANDER


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """Draw a workbook with anything in its cells; some have a byte that is not theirs."""
    rows = draw(st.lists(st.lists(st.text(max_size=20), max_size=8), max_size=5))
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for at, value in enumerate(row):
                sheet.write_string(number, at, value)
    content = bytearray(file.getvalue())
    if draw(st.booleans()):
        content[draw(st.integers(0, len(content) - 1))] ^= draw(st.integers(1, 255))
    return bytes(content)


schemathesis.openapi.media_type(XLSX, st.binary() | workbooks())
