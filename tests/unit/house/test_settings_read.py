"""What a scene is set to changes what happens: no switch is declared that nothing reads."""

import ast
from pathlib import Path

import attrs
import pytest

import supervision_core
from supervision_core.scenes.model.parts import SceneSwitches, TaskSettings

CORE = Path(supervision_core.__file__).parent
TOLD = {"lists.py", "document.py", "parts.py"}
"""Where settings are declared and shown: that alone changes nothing."""
SETTINGS = [
    (holder, one.name)
    for cls, holder in ((SceneSwitches, "switches"), (TaskSettings, "tasks"))
    for one in attrs.fields(cls)
]


def read_in(tree: ast.AST, holder: str, name: str) -> bool:
    """Tell whether code reads ``….holder.name``, or ``name`` of a variable called ``holder``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == name:
            of = node.value
            called = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
            if called == holder:
                return True
    return False


def readers(holder: str, name: str) -> list[str]:
    """Name the modules that read a setting and do not only show it."""
    return [
        path.name
        for path in CORE.rglob("*.py")
        if path.name not in TOLD and read_in(ast.parse(path.read_text("utf-8")), holder, name)
    ]


@pytest.mark.parametrize(("holder", "name"), SETTINGS)
def test_every_setting_of_a_scene_is_read(holder: str, name: str) -> None:
    """A rule somewhere looks at it."""
    assert readers(holder, name)


def test_a_setting_that_nothing_reads_is_found() -> None:
    """Negative control: one that is declared and shown only has no reader."""
    assert not readers("switches", "nothing_reads_this")
