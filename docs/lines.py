"""Say how many lines a register, a list and a verb cost, and how many the engine has.

Run from the project's root: ``python docs/lines.py``. Counted are lines of code: neither blank ones
nor comments nor docstrings. The figures of docs/benchmarks.md come from here.
"""

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
FOLDERS = (
    "supervision_core/kernel", "supervision_core/identity/services", "adapters/memory",
    "adapters/sql", "adapters/sql/engine", "entrypoints", "entrypoints/http/api",
    "entrypoints/http/web",
)  # fmt: skip
PARTS = (
    "contents", "deeds", "drafts", "elements", "element_*", "entries", "kept*",
    "lists", "list_*", "references", "register*", "returning", "scopes", "several",
    "sheets", "todos", "uses", "verbs",
)  # fmt: skip
"""What modules of the engine are called, in whichever of the folders they lie."""
ENGINE = (
    "supervision_core/kernel/registers/*.py", "supervision_core/kernel/listing.py",
    *(f"{folder}/{part}.py" for folder in FOLDERS for part in PARTS),
)  # fmt: skip
"""The kernel values, their compilers and their surfaces."""
APART = (
    "adapters/sql/lists.py",  # declares for each list where its columns stand: counted beside lists
)
"""What is called like a part of the engine and is none."""


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def lines_of(tree: ast.AST) -> int:
    """Count the lines on which some code stands, docstrings aside."""
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    told = [node for node in ast.walk(tree) if isinstance(node, ast.expr) and id(node) not in said]
    named = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    starts = {node.lineno for node in named if not _is_docstring(node, said)}
    return len(starts | {line for node in told for line in (node.lineno, node.end_lineno or 0)})


def _is_docstring(node: ast.stmt, said: set[int]) -> bool:
    return isinstance(node, ast.Expr) and id(node.value) in said


def _calls(name: str) -> Iterator[tuple[ast.Module, ast.Call]]:
    for path in sorted((SOURCE / "supervision_core").rglob("*.py")):
        if "testing" in path.parts:
            continue
        tree = _parsed(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield tree, node


def _classes(tree: ast.Module) -> dict[str, int]:
    return {node.name: lines_of(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def of_registers() -> Sequence[int]:
    """Give the lines of each register: its content and its declaration."""
    found = []
    for tree, call in _calls("register"):
        content = call.args[0] if call.args else None
        if isinstance(content, ast.Name) and content.id in _classes(tree):
            found.append(_classes(tree)[content.id] + lines_of(call))
    return found


def of_lists() -> Sequence[int]:
    """Give the lines of each list: its rows, where they stand beside it, and its declaration."""
    found = []
    for tree, call in _calls("ListQuery"):
        rows = (one.value for one in call.keywords if one.arg in {"row", "view"})
        named = [one.id for one in rows if isinstance(one, ast.Name)]
        found.append(sum(_classes(tree).get(one, 0) for one in named) + lines_of(call))
    return found


def of_sources() -> Sequence[int]:
    """Give the lines that say in SQL where each list comes from."""
    tree = _parsed(SOURCE / "adapters/sql/lists.py")
    tables = (one for one in ast.walk(tree) if isinstance(one, ast.Dict))
    sources = max(tables, key=lambda one: len(one.keys))
    return [lines_of(one) for one in sources.values]


def of_verbs() -> Sequence[int]:
    """Give the lines of the declaration of each verb."""
    return [lines_of(call) for _, call in _calls("Verb")]


def engine_modules() -> set[Path]:
    """Give the modules of the engine, each once."""
    named = {one for each in ENGINE for one in SOURCE.glob(each)}
    return named - {SOURCE / one for one in APART}


def _told(title: str, found: Sequence[int]) -> str:
    return f"{title}：{len(found)}项，每项中位数{statistics.median(found):g}行，最多{max(found)}行"


def main() -> None:
    """Print the figures."""
    for title, found in (
        ("登记册", of_registers()), ("列表", of_lists()), ("列表在SQL中的来源", of_sources()),
        ("办理", of_verbs()),
    ):  # fmt: skip
        sys.stdout.write(f"{_told(title, found)}\n")
    engine = sum(lines_of(_parsed(one)) for one in engine_modules())
    whole = sum(lines_of(_parsed(one)) for one in SOURCE.rglob("*.py"))
    sys.stdout.write(f"引擎：{engine}行；源码：{whole}行\n")


if __name__ == "__main__":
    main()
