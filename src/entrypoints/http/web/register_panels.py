"""Transfer panels of registers: what an entry refers to in a field that says the panel's words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, Page, ask, carry_out
from entrypoints.http.web.reading import Field
from entrypoints.http.web.transfer import Act, Found, Panel, Side
from supervision_core.identity.services.registers import EntryNamed, RegisterCases
from supervision_core.kernel.registers import Ask, Reference, RegisterVerb
from supervision_core.kernel.registers import Field as Described

_MOST: Final = 100
_NAME: Final = Field(name="text", title="名称", most=60)
_COLUMNS: Final = ("名称", "编码")
_TAKE: Final = Act(name="take", title="加入")
_DROP: Final = Act(name="drop", title="删除", dangerous=True)


def panels_of(cases: RegisterCases[Any]) -> Iterable[Described]:
    """Give the fields of a register that are filled by panels."""
    changes = RegisterVerb.CHANGE in cases.all
    return (one for one in cases.register.fields if one.panel and changes)


def panel_pages(cases: RegisterCases[Any], base: str) -> Iterable[Page]:
    """Give the pages of the panels of a register whose list is at ``base``."""
    for one in panels_of(cases):
        yield from _panel(cases, base, one).pages()


def _panel(cases: RegisterCases[Any], base: str, one: Described) -> Panel:
    def entry(call: Call, form: Form) -> Any:
        return ask(call, cases.question(RegisterVerb.VIEW), EntryNamed(id=form["entry_id"]))

    def about(call: Call, form: Form) -> tuple[str, str]:
        name = getattr(entry(call, form).content, cases.register.label.name)
        return f"{name}：{one.title}", base

    def linked(call: Call, form: Form) -> tuple[str, ...]:
        held: tuple[str, ...] = getattr(entry(call, form).content, one.name)
        return held

    def free(call: Call, form: Form, asked: Mapping[str, str], _: str | None) -> Found:
        held = linked(call, form)
        with call.platform.transactions.begin_looking() as unit:
            offered = unit[Ask].offered(str(one.to), asked.get("text", ""), _MOST + len(held))
        rows = [_row(each) for each in offered if each.id not in held]
        return Found(rows=rows[:_MOST])

    def taken(call: Call, form: Form, asked: Mapping[str, str], _: str | None) -> Found:
        held, text = linked(call, form), asked.get("text", "")
        with call.platform.transactions.begin_looking() as unit:
            found = unit[Ask].resolve(str(one.to), held)
        rows = [_row(found[each]) for each in held if each in found and text in found[each].name]
        return Found(rows=rows, count=f"共{len(held)}个")

    def act(call: Call, form: Form, done: Act, ids: tuple[str, ...], _: Mapping[str, str]) -> str:
        found = entry(call, form)
        held: tuple[str, ...] = getattr(found.content, one.name)
        kept = tuple(each for each in held if each not in ids)
        wanted = (*kept, *ids) if done.name == _TAKE.name else kept
        content = evolve(found.content, **{one.name: wanted})
        command = cases.changing(id=found.id, content=content)
        seen = evolve(call, seen=found.version)
        carry_out(
            seen, cases.all[RegisterVerb.CHANGE], command, changes=(cases.register.kind, found.id)
        )
        return "保存成功。"

    left, right = one.panel or ("", "")
    return Panel(
        path=f"{base}/{{entry_id}}/{one.name}",
        name=f"page_{cases.register.name.replace('.', '_')}_{one.name}",
        access=cases.all[RegisterVerb.CHANGE].permission,
        left=Side(name="free", title=left, search=(_NAME,), columns=_COLUMNS, acts=(_TAKE,),
                  find=free),
        right=Side(name="linked", title=right, search=(_NAME,), columns=_COLUMNS, acts=(_DROP,),
                   find=taken),
        about=about,
        act=act,
    )  # fmt: skip


def _row(one: Reference) -> Mapping[str, Any]:
    return {"id": one.id, "title": one.name, "cells": [one.name, one.code]}
