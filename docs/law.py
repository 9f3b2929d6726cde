"""Write docs/law.md: what the law demands, by which article, and how the platform holds to it.

Run from the project's root: ``python docs/law.py``. All of it is read from the modules ``law`` of
the contexts, which take each number from the constant that counts.
"""

from collections.abc import Iterator
from pathlib import Path

from entrypoints.catalogue import context_title
from entrypoints.registered import legal_rules
from entrypoints.words import all_messages
from supervision_core.kernel.law import LegalRule

TARGET = Path(__file__).resolve().parent / "law.md"
HEAD = """# 法定要求与平台的执行

每项法定要求依据哪一条，期限多长，违反时平台怎样拒绝。
本页由`python docs/law.py`按各上下文的`law`模块生成，不手工修改；期限取自计算所用的常量，
拒绝的原文取自消息目录，其中`…`是办理时填入的内容。没有拒绝一栏的，由平台自行执行或提示。
"""


def _refused(code: str) -> str:
    return all_messages().outline(code).reason


def _row(rule: LegalRule) -> str:
    cells = (
        rule.demand,
        "；".join(rule.sources),
        rule.term,
        "；".join(map(_refused, rule.refusals)),
    )
    return f"| {' | '.join(cells)} |"


def _section(context: str, rules: tuple[LegalRule, ...]) -> Iterator[str]:
    yield f"## {context_title(context)}"
    head = "| 要求 | 依据 | 期限 | 违反时平台答复 |\n|---|---|---|---|"
    yield "\n".join((head, *map(_row, rules)))


def page() -> str:
    """Give the page."""
    sections = (part for name, rules in legal_rules().items() for part in _section(name, rules))
    return "\n\n".join((HEAD.rstrip(), *sections)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
