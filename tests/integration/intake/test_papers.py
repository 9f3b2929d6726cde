"""导入部门文书: a row of which nothing tells what it means is refused, and changes nothing."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock, SystemIds
from supervision_core.identity.model import Actor, DataScope, Department, DepartmentData
from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Commands
from supervision_core.items.lists import DOCUMENT_TEMPLATES
from supervision_core.items.model import DocumentKind, TemplateContent
from supervision_core.items.ports import DocumentTemplates
from supervision_core.items.services.documents import (
    ImportDocumentTemplates,
    TemplateLine,
    import_document_templates,
)
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.items import full_document_template
from supervision_core.testing.units import NOON

CLERK = Actor(
    user="u-1", department="d-1", permissions=frozenset({"items.*"}),
    scope=DataScope(region="450100"),
)  # fmt: skip
BUREAU = "市场监督管理局"


@pytest.fixture(params=["memory", "sqlite"])
def commands(request: pytest.FixtureRequest) -> Commands:
    """Give the use cases over two departments of one name."""
    transactions: Transactions = (
        memory_transactions(MemoryStore())
        if request.param == "memory"
        else sql_transactions(request.getfixturevalue("sqlite_engine"))
    )
    with transactions.begin() as unit:
        for id_, code in (("d-1", "450101"), ("d-2", "450102")):
            data = DepartmentData(name=BUREAU, code=code, region="450100")
            unit[Departments].save(Department.add(data, id=id_, at=NOON))
        unit.commit()
    return Commands(transactions, SystemClock(), SystemIds())


def taken(commands: Commands, **said: Any) -> Mapping[str, Any]:
    """Take a table of one row in."""
    told: dict[str, Any] = {
        "name": "责令改正通知书", "document": DocumentKind.CORRECTION_ORDER, "department": "450101"
    }  # fmt: skip
    line = TemplateLine(row=2, content=TemplateContent(**(told | said)))
    return commands.run(
        import_document_templates, ImportDocumentTemplates(entries=(line,)), actor=CLERK
    )


def test_a_department_is_meant_by_its_code_where_two_bear_its_name(commands: Commands) -> None:
    """The name alone is refused; the code, or both as lists write them, names one of them."""
    answer = taken(commands, department=BUREAU)
    assert answer == {"added": 0, "changed": 0, "same": 0, "refused": [{
        "row": 2, "code": "kernel.register_called_twice", "at": "department",
        "data": {"title": "所属部门", "value": BUREAU},
    }]}  # fmt: skip
    for department in ("450101", f"{BUREAU}（450102）"):
        assert taken(commands, department=department)["added"] == 1
    with commands.transactions.begin() as unit:
        found = unit[Lists].tally(DOCUMENT_TEMPLATES, ListFilter(), ("department",))
    assert found == {("d-1",): 1, ("d-2",): 1}


def test_a_paper_is_not_corrected_where_two_bear_its_name(commands: Commands) -> None:
    """Nothing tells which is meant: neither is changed, and the row says why."""
    papers = [full_document_template(one) for one in ("t-1", "t-2")]
    with commands.transactions.begin() as unit:
        for one in papers:
            one._content = evolve(one.content, department="d-1")
            one._region = "450100"
            unit[DocumentTemplates].save(one)
        unit.commit()
    answer = taken(commands, note="对外送达")
    assert answer == {"added": 0, "changed": 0, "same": 0, "refused": [{
        "row": 2, "code": "items.template_called_twice", "at": "name",
        "data": {"name": "责令改正通知书", "count": 2},
    }]}  # fmt: skip
    with commands.transactions.begin() as unit:
        assert [unit[DocumentTemplates].get(one.id).version for one in papers] == [1, 1]
