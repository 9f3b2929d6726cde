"""Names say what a thing is for, and ports are what the core wants."""

import ast
import importlib
import inspect
import re
from abc import ABC
from collections.abc import Iterator

from supervision_core.kernel.events import Aggregate, Event

DECORATED = re.compile(r"(I(?=[A-Z][a-z])|Abstract|Base(?=[A-Z]))\w*|\w+(Impl|Protocol|Interface)")


def _classes(core: dict[str, ast.Module], part: str) -> Iterator[type]:
    for module in core:
        if re.fullmatch(rf"supervision_core\.\w+\.{part}(\.\w+)*", module):
            loaded = importlib.import_module(module)
            for value in vars(loaded).values():
                if inspect.isclass(value) and value.__module__ == module:
                    yield value


def test_no_class_wears_its_kind(everything: dict[str, ast.Module]) -> None:
    """A class is named for its role: no I..., Abstract..., Base..., ...Impl, ...Protocol."""
    wrong = [
        f"{module}.{node.name}"
        for module, tree in everything.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and DECORATED.fullmatch(node.name)
    ]
    assert wrong == []


def test_ports_are_abstract_base_classes(core: dict[str, ast.Module]) -> None:
    """What asks for abstract methods is an ABC, so that an incomplete adapter cannot be built."""
    wrong = [
        kind.__qualname__
        for kind in _classes(core, "ports")
        if any(getattr(value, "__isabstractmethod__", False) for value in vars(kind).values())
        and not issubclass(kind, ABC)
    ]
    assert wrong == []


def test_no_port_is_a_protocol(core: dict[str, ast.Module]) -> None:
    """The core defines no ``typing.Protocol``: containers wire an incomplete one in silence."""
    wrong = [
        module
        for module, tree in core.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(
            ast.unparse(base).startswith(("Protocol", "typing.Protocol")) for base in node.bases
        )
    ]
    assert wrong == []


def test_aggregates_keep_identity_and_hide_state(core: dict[str, ast.Module]) -> None:
    """An aggregate compares by identity, and its id cannot be set again."""
    wrong = []
    for kind in _classes(core, "model"):
        if issubclass(kind, Aggregate):
            fields = {field.name: field for field in kind.__attrs_attrs__}
            if kind.__eq__ is not object.__eq__ or fields["id"].on_setattr is None:
                wrong.append(kind.__qualname__)
    assert wrong == []


def test_events_are_frozen(core: dict[str, ast.Module]) -> None:
    """A past fact does not change."""
    wrong = [
        kind.__qualname__
        for kind in _classes(core, "model")
        if issubclass(kind, Event) and kind.__setattr__ is object.__setattr__
    ]
    assert wrong == []


def test_every_module_says_what_it_is_for(everything: dict[str, ast.Module]) -> None:
    """A reader of the tree finds the purpose of each module in its first line."""
    assert [module for module, tree in everything.items() if not ast.get_docstring(tree)] == []
