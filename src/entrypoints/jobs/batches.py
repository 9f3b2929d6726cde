"""Jobs that do the same with many things, each in a transaction and under a key of its own."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from entrypoints.catalogue import asked_type, case_named, named_by
from entrypoints.jobs.files import order_in, order_of
from entrypoints.jobs.running import Came, Run, Running
from entrypoints.registered import lists, registers
from supervision_core.identity.services import Question, UseCase
from supervision_core.identity.services.histories import ShowNamed
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.identity.services.registers import ShowTree, lowest_first
from supervision_core.identity.services.registers import cases_of as register_cases
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.errors import Conflict, NotFound, Refused, Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.registers import RegisterVerb

MOST_TOLD: Final = 20
"""Things left out that the log of a job names; all are in the workbook at its end."""
OUTCOMES: Final = "办理结果.xlsx"
_NAMED_AT_ONCE: Final = 100
_SEVERAL: Final = (
    RegisterVerb.DELETE_SEVERAL, RegisterVerb.SWITCH_SEVERAL, RegisterVerb.RELATE,
    RegisterVerb.REUSE,
)  # fmt: skip
_COLUMNS: Final = (
    ResultColumn("名称", width=36), ResultColumn("结果", width=10),
    ResultColumn("原因", width=60), ResultColumn("处理办法", width=60),
)  # fmt: skip


@frozen
class _Way:
    """What is done with one thing: the use case, the field of its id, and what things are called.

    Where the field holds ``many`` ids, the answer says what became of each; the lower of a ``tree``
    come first.
    """

    case: UseCase[Any, Any]
    parameter: str
    labels: tuple[Question[Any, Any], ...]
    many: bool = False
    tree: Question[Any, Any] | None = None


def batch_order(command: Any, ids: Sequence[str]) -> bytes:
    """Give the file that tells a job to do with each of ``ids`` what ``command`` does with one."""
    return order_of({"command": to_plain(command), "ids": list(ids)})


@cache
def batches() -> Mapping[str, Run]:
    """Give what the batch of each use case does, by its name."""
    ways = (*_of_lists(), *_of_registers())
    return MappingProxyType({one.case.name: partial(_batch, one) for one in ways})


def _of_lists() -> Iterator[_Way]:
    labels: dict[str, list[Question[Any, Any]]] = {}
    for query in lists().values():
        for name in query.several:
            labels.setdefault(name, []).append(list_cases(query).labels)
    for name, asked in labels.items():
        if (case := case_named(name)) is not None:
            yield _Way(case, named_by(asked_type(case)), tuple(asked))


def _of_registers() -> Iterator[_Way]:
    for register in registers().values():
        cases = register_cases(register)
        tree = None if register.parent is None else cases.tree
        for case in filter(None, map(cases.of, _SEVERAL)):
            yield _Way(case, "ids", (cases.labels,), many=True, tree=tree)


def _batch(way: _Way, running: Running) -> Came:
    like: Mapping[str, Json] = order_in(running.file, "command", dict[str, Any])
    ids = _in_order(way, running, order_in(running.file, "ids", tuple[str, ...]))
    running.expect(len(ids))
    rows: list[tuple[str, Sequence[Violation]]] = []
    for at in range(0, len(ids), _NAMED_AT_ONCE):
        part = ids[at : at + _NAMED_AT_ONCE]
        names = _named(way, running, part)
        for one in part:
            rows.append((names.get(one, one), _left_out(way, running, one, like)))
            running.advance(1)
    return _came(running, rows)


def _in_order(way: _Way, running: Running, ids: Sequence[str]) -> Sequence[str]:
    if way.tree is None or not running.actor.may(way.tree.permission):
        return ids
    nodes = running.platform.commands.ask(way.tree, ShowTree(), actor=running.actor)
    return lowest_first(ids, {one.id: one.parent for one in nodes})


def _named(way: _Way, running: Running, ids: Sequence[str]) -> Mapping[str, str]:
    about, found = ShowNamed(ids=tuple(ids)), dict[str, str]()
    for labels in way.labels:
        if running.actor.may(labels.permission):
            found |= running.platform.commands.ask(labels, about, actor=running.actor)
    return found


def _left_out(
    way: _Way, running: Running, id: str, like: Mapping[str, Json]
) -> Sequence[Violation]:
    """Do it with one; give why not, where it is left out. Done under its key, it stays done."""
    said = {**like, way.parameter: [id] if way.many else id}
    command: Any = from_plain(asked_type(way.case), said)
    key = sm3(f"{running.job.id}/{id}".encode()).hex()
    try:
        answer = running.platform.commands.run(way.case, command, actor=running.actor, key=key)
    except (Refused, NotFound, Conflict) as refusal:
        return refusal.reasons
    outcomes: Any = to_plain(answer) if way.many else []
    return [
        Violation(why["code"], why["at"], why["data"])
        for outcome in outcomes
        for why in outcome["reasons"]
    ]


def _came(running: Running, rows: Sequence[tuple[str, Sequence[Violation]]]) -> Came:
    explain = running.platform.messages.explain
    told = [(name, [explain(one) for one in reasons]) for name, reasons in rows]
    left = [(name, said) for name, said in told if said]
    done = len(told) - len(left)
    lines = [f"共{len(told)}条：成功{done}，跳过{len(left)}"]
    if not done:
        lines.insert(0, "没有办成任何一项：原因和办法见下，处理后可以重试")
    lines += [f"{name}：{said[0].reason}；{said[0].remedy}" for name, said in left[:MOST_TOLD]]
    if len(left) > MOST_TOLD:
        lines.append(f"另有{len(left) - MOST_TOLD}条未列出，见结果文件")
    cells = (
        (
            name, "跳过" if said else "成功",
            "；".join(one.reason for one in said), "；".join(one.remedy for one in said),
        )
        for name, said in told
    )  # fmt: skip
    path = running.folder / "outcomes.xlsx"
    sheet = ResultSheet(name="办理结果", columns=_COLUMNS, rows=cells)
    with path.open("wb") as into:
        running.platform.tables.stream([sheet], into)
    return Came(done=done, lines=tuple(lines), files=((OUTCOMES, path),))
