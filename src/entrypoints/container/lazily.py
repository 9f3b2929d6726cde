"""A façade that names many parts and loads those that are used (until PEP 810 does it)."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from importlib import import_module


def imported_when_used(package: str) -> Callable[[str], object]:
    """Give the ``__getattr__`` (PEP 562) of ``package``.

    Where each name comes from is read from the package itself: from what it imports ``if
    TYPE_CHECKING``, as type checkers and the contracts of the architecture read it.
    """
    facade = sys.modules[package]
    places = dict(_places(ast.parse(inspect.getsource(facade))))

    def part(name: str) -> object:
        if name not in places:
            raise AttributeError(name=name, obj=facade)
        module, original = places[name]
        found = getattr(import_module(module), original)
        setattr(facade, name, found)
        return found

    return part


def _places(tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    for block in tree.body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for node in block.body:
                if isinstance(node, ast.ImportFrom):
                    for alias in node.names:
                        yield alias.asname or alias.name, (str(node.module), alias.name)
