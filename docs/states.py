"""Write docs/states.md: the states of every aggregate, and what leads from one to another.

Run from the project's root: ``python docs/states.py``. All of it is read from the verbs that the
models declare (docs/adr/0049).
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from entrypoints.registered import declared
from supervision_core.kernel.verbs import RESPONSIBLE, Verbs

TARGET = Path(__file__).resolve().parent / "states.md"
HEAD = """# 状态与办理

每种业务对象有哪些状态、由谁、从哪些状态办理什么、办成后到哪个状态。
本页由`python docs/states.py`按模型中的声明生成，不手工修改。
“待办”一栏为“是”的，轮到办理时出现在承办者的待办事宜里；期限取自对象上已存的日期。
"""
MOVE = "    {} --> {} : {}"


def _diagram(states: Mapping[Any, str], moves: Iterable[tuple[StrEnum, StrEnum, str]]) -> str:
    lines = [f'    state "{title}" as {state}' for state, title in states.items()]
    lines.append(f"    [*] --> {next(iter(states))}")
    lines += dict.fromkeys(MOVE.format(*one) for one in moves)
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))


def _moves(
    title: str, starts: frozenset[StrEnum], leads: frozenset[StrEnum], states: Mapping[Any, str]
) -> Iterator[tuple[StrEnum, StrEnum, str]]:
    for start in (one for one in states if one in starts):
        yield from ((start, to, title) for to in states if to in leads - {start})


def _states(names: frozenset[StrEnum], states: Mapping[Any, str]) -> str:
    return "、".join(title for state, title in states.items() if state in names)


def _rows(verbs: Verbs) -> Iterator[str]:
    parts = {one.noun: one for one in verbs.parts}
    yield "| 办理 | 对象 | 从 | 到 | 由谁 | 待办 | 期限 |"
    yield "|---|---|---|---|---|---|---|"
    for one in verbs.verbs:
        of = parts.get(one.part)
        states, starts, leads = verbs.states, one.starts, one.leads
        if of is not None:
            states, starts, leads = of.states, one.part_starts, one.part_leads
        cells = (
            one.title,
            of.title if of else verbs.title,
            _states(starts, states),
            _states(leads, states) or "不变",
            RESPONSIBLE[one.by],
            "是" if one.owed else "",
            f"`{one.term}`" if one.term else "",
        )
        yield f"| {' | '.join(cells)} |"


def _section(verbs: Verbs) -> Iterator[str]:
    yield f"## {verbs.title}"
    moves = (_moves(one.title, one.starts, one.leads, verbs.states) for one in verbs.verbs)
    yield _diagram(verbs.states, chain.from_iterable(moves))
    for part in verbs.parts:
        moves = (
            _moves(one.title, one.part_starts, one.part_leads, part.states)
            for one in verbs.verbs
            if one.part == part.noun
        )
        yield f"### {part.title}\n\n{_diagram(part.states, chain.from_iterable(moves))}"
    yield "\n".join(_rows(verbs))


def page() -> str:
    """Give the page."""
    sections = (part for verbs in dict.fromkeys(declared().values()) for part in _section(verbs))
    return "\n\n".join((HEAD.rstrip(), *sections)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
