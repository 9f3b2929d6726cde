"""What it costs to name users beside rows: each is opened once, and no more of him than is said."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import frozen
from sqlalchemy import Engine

from adapters.sql.engine.mapper import Mapper
from adapters.sql.frame.unit import SqlTransactions
from adapters.sql.ports import PORTS
from adapters.sql.sealing.protection import Sealing
from supervision_core.identity.ports import Users
from supervision_core.identity.services.lists import names_in
from supervision_core.kernel.listing import MOST_EXPORTED
from supervision_core.kernel.registers import Ask, link
from supervision_core.testing.identity import full_draft, full_user

PEOPLE = [f"u-{one}" for one in range(3)]


@frozen
class Row:
    """A row that names a user."""

    by: str = link("上传人", "user")


@pytest.mark.parametrize("rows", [100, MOST_EXPORTED])
def test_each_user_is_opened_once_a_page_and_once_an_export(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    """However many rows name him: his row is read once, his name deciphered, nothing else."""
    transactions = SqlTransactions(sqlite_engine, PORTS)
    with transactions.begin() as unit:
        for one in PEOPLE:
            unit[Users].save(full_user(one))
        unit.commit()
    opened: list[str] = []
    open_ = Mapper._open

    def counted(self: Mapper[Any], values: Mapping[str, Any], column: str, sealing: Sealing) -> str:
        opened.append(f"{values['id']}.{column}")
        return open_(self, values, column, sealing)

    monkeypatch.setattr(Mapper, "_open", counted)
    listed = [Row(PEOPLE[one % len(PEOPLE)]) for one in range(rows)]
    with transactions.begin_looking() as unit:
        names = names_in(unit[Ask], listed)
    assert {one.id: one.name for one in names} == dict.fromkeys(PEOPLE, full_draft("u").person.name)
    assert sorted(opened) == [f"{one}.person" for one in PEOPLE]
