"""The routes of every register, made of its one description."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, Final

import attrs
from attrs import evolve, field, frozen

from entrypoints.catalogue import operations_named
from entrypoints.http.api.list_workbooks import (
    COLUMNS,
    giving,
    said_in,
    taken,
    taking,
    without_page,
)
from entrypoints.http.api.tables import TableReport
from entrypoints.http.routes import Access, Call, Reply, Route, Versioned, listing, reading, verb
from entrypoints.intake import ImportReport
from entrypoints.kept_lists import columns_of
from entrypoints.register_tables import export_register, import_register
from entrypoints.registered import registers
from entrypoints.searching import MOST_OFFERED, offered
from supervision_core.identity.services import Question
from supervision_core.identity.services.registers import cases_of
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import UnknownColumn, require_columns
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import Reference, Register, RegisterVerb
from supervision_core.kernel.registers.tables import table_of

V = RegisterVerb
OPERATION: Final = "operation"
"""What is done in the platform, to be picked as things of a kind are."""
_RENAMED: Final = {"entry_id": "id"}
_SEVERAL: Final = "至多100条，逐条办理；答复逐条说明结果，不能办理的说明原因。"


def base_of(register: Register[Any]) -> str:
    """Give the path of a register's list."""
    return f"/api/v1/{register.context}/{register.plural}"


def routes_of(register: Register[Any]) -> tuple[Route, ...]:
    """Give the routes of a register, those of its verbs."""
    return tuple(route for one in V if one in register.verbs for route in _MAKERS[one](register))


def _versioned(register: Register[Any]) -> Versioned:
    return Versioned(register.kind, "entry_id")


def _one(register: Register[Any]) -> str:
    return f"{base_of(register)}/{{entry_id}}"


def _changing(
    register: Register[Any], which: RegisterVerb, method: str, path: str, **more: Any
) -> tuple[Route, ...]:
    cases = cases_of(register)
    return (verb(method, path, cases.all[which], cases.title(which), **more),)


def _asking(register: Register[Any]) -> tuple[Route, ...]:
    cases = cases_of(register)
    title = cases.title(V.LIST)
    found = [listing(base_of(register), cases.question(V.LIST), title, text="按排序号列出。")]
    if register.parent is not None:
        question, path = cases.tree, f"{base_of(register)}/tree"

        def run(call: Call, about: Any) -> Reply:
            nodes = call.platform.commands.ask(question, about, actor=call.who)
            return Reply(value={"items": to_plain(nodes)})

        made = reading(path, question, f"{register.title}的树")
        answered = attrs.make_class(
            f"{register.content.__name__}Tree",
            {"items": field(type=made.answered, metadata=said("树的各节点"))},
            frozen=True,
        )
        found.append(evolve(made, name=f"{made.name}_tree", run=run, answered=answered))
    return tuple(found)


def _view(register: Register[Any]) -> tuple[Route, ...]:
    cases = cases_of(register)
    made = reading(
        _one(register), cases.question(V.VIEW), cases.title(V.VIEW),
        renamed=_RENAMED, tagged=True,
    )  # fmt: skip
    return made, history_route(_one(register), cases.history, register.title, _RENAMED)


def history_route(
    path: str, question: Question[Any, Any], title: str, renamed: Mapping[str, str]
) -> Route:
    """Give the route of what was done to one thing: who may look at the thing may look at it."""
    made = listing(f"{path}/history", question, f"{title}的操作记录", text="最近的在前。")
    return evolve(made, name=f"{made.name}_history", renamed=renamed)


def _export(register: Register[Any]) -> tuple[Route, ...]:
    cases = cases_of(register)

    def give(call: Call, about: Any) -> bytes:
        asked = said_in(about)
        columns = asked.pop("columns")
        wanted = cases.asking(**asked)
        of_table = [one.name for one in table_of(register).columns]
        shown = columns_of(call.platform, call.who, register.name)  # which its pages ask for
        require_columns(columns, list(dict.fromkeys([*of_table, *shown])))
        return export_register(call.platform, register, wanted, actor=call.who, columns=columns)

    asked = without_page(f"Export{register.content.__name__}", cases.asking, COLUMNS)
    return (
        giving(
            base_of(register), cases.all[V.EXPORT], register.title, asked, give,
            refusals=(UnknownColumn,), text="按列表的条件导出，改好后可再导入。",
        ),
    )  # fmt: skip


def _take_in(call: Call, register: Register[Any], content: bytes) -> TableReport:
    """Take a workbook in.

    Raises ``MediaTypeUnfit`` for what is none, and what the import does.
    """

    def bring(file: BinaryIO) -> ImportReport:
        return import_register(call.platform, register, file, actor=call.who, key=call.key)

    return taken(call, cases_of(register).all[V.IMPORT], content, bring)


def _import(register: Register[Any]) -> tuple[Route, ...]:
    return taking(
        base_of(register), cases_of(register).all[V.IMPORT], register.title,
        lambda call: _take_in(call, register, call.content), lambda _: table_of(register),
    )  # fmt: skip


_MAKERS: Final[dict[RegisterVerb, Callable[[Register[Any]], tuple[Route, ...]]]] = {
    V.ADD: lambda one: _changing(one, V.ADD, "POST", base_of(one)),
    V.VIEW: _view,
    V.LIST: _asking,
    V.CHANGE: lambda one: _changing(
        one, V.CHANGE, "PUT", _one(one), versioned=_versioned(one), renamed=_RENAMED
    ),
    V.DELETE: lambda one: _changing(
        one, V.DELETE, "DELETE", _one(one), versioned=_versioned(one), renamed=_RENAMED,
        text="逻辑删除；已有记录中的引用仍然保留。",
    ),
    V.DELETE_SEVERAL: lambda one: _changing(
        one, V.DELETE_SEVERAL, "POST", f"{base_of(one)}/deletions", answer="results", text=_SEVERAL
    ),
    V.SWITCH: lambda one: _changing(
        one, V.SWITCH, "PUT", f"{_one(one)}/enabled", versioned=_versioned(one), renamed=_RENAMED,
        text="停用的不再可选，已有的引用不变。",
    ),
    V.SWITCH_SEVERAL: lambda one: _changing(
        one, V.SWITCH_SEVERAL, "POST", f"{base_of(one)}/switches", answer="results", text=_SEVERAL
    ),
    V.REUSE: lambda one: _changing(
        one, V.REUSE, "POST", f"{base_of(one)}/reuses", answer="results",
        text=f"把其他部门的记录复制为本部门的。{_SEVERAL}",
    ),
    V.ORDER: lambda one: _changing(
        one, V.ORDER, "PUT", f"{base_of(one)}/order", answer="ids",
        text="所列记录按新的次序交换位置，其余不动。",
    ),
    V.RELATE: lambda one: _changing(
        one, V.RELATE, "POST", f"{base_of(one)}/relations", answer="results", text=_SEVERAL
    ),
    V.IMPORT: _import,
    V.EXPORT: _export,
}  # fmt: skip


@frozen(kw_only=True)
class Choose:
    """Which things are looked for: their kind, and a part of their name."""

    kind: str = field(
        metadata=said("引用对象的种类，如department、region或登记册的名称", example="department")
    )
    text: str = field(default="", metadata=said("名称中的一段文字", example="市场监管"))


@frozen(kw_only=True)
class Choices:
    """At most 20 things that can be chosen."""

    items: tuple[Reference, ...] = field(metadata=said("本页各行"))


def _choose(call: Call, about: Choose) -> Reply:
    if about.kind == OPERATION:
        return Reply(value=to_plain(Choices(items=operations_named(about.text, MOST_OFFERED))))
    found = offered(call.platform, call.who, about.kind, about.text)
    return Reply(value=to_plain(Choices(items=found)))


def register_routes() -> Iterable[Route]:
    """Give the routes of every register."""
    for one in registers().values():
        yield from routes_of(one)
    yield Route(
        method="GET", path="/api/v1/references/{kind}", name="references",
        title="可选的引用对象", access=Access.LOGGED_IN, asked=Choose, answered=Choices,
        run=_choose,
        text="按名称或代码中的一段、名称的拼音首字母检索可以引用的对象，至多20条，只列出可以查看的；"
        "人员按姓名、账号，或所属部门的名称。",
    )  # fmt: skip
