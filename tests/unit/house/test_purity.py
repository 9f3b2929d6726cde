"""The core computes and decides; it reaches for nothing outside itself."""

import ast
import sys
from collections.abc import Iterator

import pytest

FOREIGN = frozenset({"attr", "attrs", "cattrs", "supervision_core"})
FOREIGN_OF_TESTING = FOREIGN | {"hypothesis", "pytest"}
IMPURE_STDLIB = frozenset(
    {"asyncio", "ctypes", "fcntl", "glob", "http", "io", "locale", "logging", "mmap"}
    | {"multiprocessing", "os", "pathlib", "platform", "queue", "random", "secrets", "select"}
    | {"selectors", "shelve", "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl"}
    | {"subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "webbrowser"}
)
IMPURE_CALLS = frozenset({"open", "print", "input", "breakpoint", "__import__"})
IMPURE_METHODS = frozenset({"now", "utcnow", "today", "uuid1", "uuid4", "getenv"})
CLASSES_THAT_TELL_TIME = frozenset({"date", "datetime", "uuid", "os", "time"})


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _may_import(module: str, imported: str) -> bool:
    top = imported.split(".", 1)[0]
    is_testing = module.startswith("supervision_core.testing")
    if imported.startswith("importlib"):
        return module.endswith(".data") and imported.startswith("importlib.resources")
    if top in IMPURE_STDLIB:
        return is_testing
    if top in sys.stdlib_module_names:
        return True
    return top in (FOREIGN_OF_TESTING if is_testing else FOREIGN)


def _impure_calls(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield node.func.id
        elif isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_METHODS:
            owner = ast.unparse(node.func.value).rsplit(".", 1)[-1]
            if owner in CLASSES_THAT_TELL_TIME:
                yield ast.unparse(node.func)


def _filled_later(tree: ast.Module) -> Iterator[str]:
    """Give the names of dicts, lists and sets of a module that are empty when it is imported."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name), *_], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        match value:
            case ast.Dict(keys=[]) | ast.List(elts=[]):
                yield name
            case ast.Call(func=ast.Name(id="dict" | "list" | "set"), args=[]):
                yield name
            case ast.Call(func=ast.Name(id="defaultdict" | "OrderedDict" | "Counter" | "deque")):
                yield name


def test_core_imports_only_pure_libraries(core: dict[str, ast.Module]) -> None:
    """The core imports the pure part of the standard library, attrs, cattrs and itself.

    ``importlib.resources`` is for a context's ``data`` module alone: it loads packaged constants.
    """
    found = [
        f"{module}: {imported}"
        for module, tree in core.items()
        for imported in _imports(tree)
        if not _may_import(module, imported)
    ]
    assert found == []


def test_core_asks_neither_clock_nor_disk_nor_chance(core: dict[str, ast.Module]) -> None:
    """Time, ids, randomness and files are told or are ports: no call in the core makes its own."""
    found = [
        f"{module}: {call}"
        for module, tree in core.items()
        if not module.startswith("supervision_core.testing")
        for call in _impure_calls(tree)
    ]
    assert found == []


def test_core_keeps_nothing_in_its_modules(core: dict[str, ast.Module]) -> None:
    """No module of the core has a container that is filled while the process runs."""
    found = [
        f"{module}: {name}"
        for module, tree in core.items()
        if not module.startswith("supervision_core.testing")
        for name in _filled_later(tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "kept: Final[dict[str, int]] = {}",
        "kept = []",
        "kept: set[str] = set()",
        "kept = defaultdict(list)",
    ],
)
def test_what_is_filled_later_is_seen(line: str) -> None:
    """Negative control: a container that begins empty is found."""
    assert list(_filled_later(ast.parse(line))) == ["kept"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("open('x')", "open"),
        ("datetime.now(UTC)", "datetime.now"),
        ("datetime.date.today()", "datetime.date.today"),
        ("uuid.uuid4()", "uuid.uuid4"),
    ],
)
def test_the_watch_sees(line: str, fault: str) -> None:
    """Negative control: what the test looks for would be found."""
    assert list(_impure_calls(ast.parse(line))) == [fault]


@pytest.mark.parametrize("line", ["self.clock.now()", "work.now", "calendar.today(at)"])
def test_the_watch_leaves_ports_alone(line: str) -> None:
    """Asking a port for the time is what the core shall do."""
    assert list(_impure_calls(ast.parse(line))) == []
