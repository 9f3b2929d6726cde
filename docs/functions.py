"""Write docs/functions.md: what the platform must do, how far it stands, and which tests prove it.

Run from the project's root: ``python docs/functions.py``. The list itself is ``functions.csv``, a
verbatim copy of the project's function list F001-F228. Proof is a marker at a test:

    @pytest.mark.function("F045")                                   part: proves some of it
    @pytest.mark.function("F045", surface="cli")                    the same, at the command line
    @pytest.mark.function("F045", surface="page", complete=True)    done: nothing of F045 is missing

A function is *open* without a marker, *part* with one, and *done* when a marker says that its whole
description stands at the surface which its users have. Markers are read from the syntax tree, so
that nothing is imported.
"""

import ast
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SURFACES = {"library": "库", "cli": "命令行", "api": "接口", "page": "页面"}
STATES = {"done": "完成", "part": "部分", "open": "未开始"}


class Proof(NamedTuple):
    """One marker: the function it names, at which surface, and the test it stands at."""

    function: str
    surface: str
    complete: bool
    test: str


class BadMarker(ValueError):
    """The marker is not written with literals, or names an unknown function or surface."""


def _proof(call: ast.Call, test: str, known: frozenset[str]) -> Proof:
    try:
        (function,) = (ast.literal_eval(value) for value in call.args)
        options = {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
    except ValueError as error:
        raise BadMarker(test) from error
    surface = options.pop("surface", "library")
    complete = options.pop("complete", False)
    if function not in known or surface not in SURFACES or options or complete not in (True, False):
        raise BadMarker(f"{test}: {ast.unparse(call)}")
    return Proof(function, surface, complete, test)


def _is_marker(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.function"


def proofs_in(source: str, path: str, known: frozenset[str]) -> Iterator[Proof]:
    """Give every marker of one test file. Raises ``BadMarker``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for call in node.decorator_list:
                if isinstance(call, ast.Call) and _is_marker(call):
                    yield _proof(call, f"{path}::{node.name}", known)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            for inner in ast.walk(node.value):
                if isinstance(inner, ast.Call) and _is_marker(inner):
                    yield _proof(inner, path, known)


def state_of(proofs: Iterable[Proof]) -> str:
    """Give ``open``, ``part`` or ``done``."""
    proofs = tuple(proofs)
    if any(proof.complete for proof in proofs):
        return "done"
    return "part" if proofs else "open"


def render(rows: list[dict[str, str]], proofs: Iterable[Proof]) -> str:
    """Give the page as Markdown."""
    by_function: dict[str, list[Proof]] = defaultdict(list)
    for proof in proofs:
        by_function[proof.function].append(proof)
    states = {row["id"]: state_of(by_function[row["id"]]) for row in rows}
    counts = "，".join(
        f"{title} {sum(state == name for state in states.values())}"
        for name, title in STATES.items()
    )
    lines = [
        "# 功能清单",
        "",
        "<!-- 由 docs/functions.py 生成，请勿手改；功能来自 functions.csv，证据来自测试标记。 -->",
        "",
        f"共 {len(rows)} 项：{counts}。",
        "",
        "“部分”指已有测试证明其中一部分；“完成”指有测试声明该功能的全部描述在用户所用的界面上成立。",
        "",
        "| 编号 | 模块 | 功能 | 出处 | 状态 | 界面 | 证据 |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        found = by_function[row["id"]]
        surfaces = {proof.surface for proof in found}
        cells = (
            row["id"],
            row["module"],
            row["function"],
            f"{row['seed_section']}（{row['seed_lines']}）",
            STATES[states[row["id"]]],
            "、".join(title for name, title in SURFACES.items() if name in surfaces),
            "<br>".join(sorted({f"`{proof.test}`" for proof in found})),
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """Give the page for the tests as they stand."""
    with (ROOT / "docs" / "functions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = frozenset(row["id"] for row in rows)
    return render(
        rows,
        (
            proof
            for path in sorted((ROOT / "tests").rglob("test_*.py"))
            for proof in proofs_in(
                path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix(), known
            )
        ),
    )


if __name__ == "__main__":
    (ROOT / "docs" / "functions.md").write_text(page(), encoding="utf-8")
