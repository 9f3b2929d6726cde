"""Every refusal has one stable code, and every code has its Chinese words."""

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from supervision_core.kernel.errors import DomainError, Refused
from supervision_core.kernel.messages import Message

CHINESE = re.compile("[一-鿿]")
ROOTS = (DomainError, Refused)
RUN_BY_ALEMBIC = "adapters.sql.migrations."


@pytest.fixture(scope="module")
def refusals(everything: dict[str, ast.Module]) -> list[type[DomainError]]:
    """Import everything and give every class of refusal that it defines."""
    for module in everything:
        if not module.startswith(("supervision_core.testing", RUN_BY_ALEMBIC)):
            importlib.import_module(module)

    def below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    # attrs makes a slotted class anew; until it is collected, the first one is a subclass as well
    found = {
        f"{kind.__module__}.{kind.__qualname__}": kind
        for kind in below(DomainError)
        if kind.__module__ in everything and kind not in ROOTS
    }
    return [found[name] for name in sorted(found)]


@pytest.fixture(scope="module")
def messages(everything: dict[str, ast.Module]) -> dict[str, dict[str, Message]]:
    """Give every catalogue of messages by the module that owns it."""
    found: dict[str, dict[str, Message]] = {}
    for module in everything:
        if module.split(".")[-1].endswith("messages"):
            values = vars(importlib.import_module(module))
            found[module] = {
                code: message
                for name, table in values.items()
                if name.endswith("MESSAGES")
                for code, message in table.items()
            }
    return found


def _pattern(code: ast.expr) -> re.Pattern[str] | None:
    """Give what a code written in the source matches: itself, or a state filled into it."""
    if isinstance(code, ast.Constant):
        return re.compile(re.escape(str(code.value)))
    if isinstance(code, ast.JoinedStr):
        parts = (
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
            for part in code.values
        )
        return re.compile("".join(parts))
    return None


def _codes(tree: ast.Module) -> Iterator[re.Pattern[str]]:
    """Give every code that stands in a ``Violation(...)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Violation":
            named = [word.value for word in node.keywords if word.arg == "code"]
            for code in (*node.args[:1], *named):
                if pattern := _pattern(code):
                    yield pattern


def _literals(tree: ast.Module) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_each_class_states_its_own_code(refusals: list[type[DomainError]]) -> None:
    """A refusal without a code of its own could not be told from its parent."""
    assert [kind.__name__ for kind in refusals if "code" not in vars(kind)] == []


def test_codes_of_classes_are_unique(refusals: list[type[DomainError]]) -> None:
    """One code, one class: callers decide by the code alone."""
    counted = Counter(kind.code for kind in refusals)
    assert [code for code, times in counted.items() if times > 1] == []


def test_codes_name_their_context(refusals: list[type[DomainError]]) -> None:
    """A code is ``<context>.<fact>``; only the kernel's general refusals stand without one."""
    wrong = []
    for kind in refusals:
        context = kind.__module__.split(".")[1]
        if context != "kernel" and not re.fullmatch(rf"{context}\.[a-z][a-z0-9_]*", kind.code):
            wrong.append(f"{kind.__module__}.{kind.__name__}: {kind.code}")
    assert wrong == []


def test_every_code_of_a_class_has_words(
    refusals: list[type[DomainError]], messages: dict[str, dict[str, Message]]
) -> None:
    """Whoever is refused reads why, in Chinese."""
    known = {code for table in messages.values() for code in table}
    assert [kind.code for kind in refusals if kind.code not in known] == []


def test_every_code_of_a_violation_has_words(
    everything: dict[str, ast.Module], messages: dict[str, dict[str, Message]]
) -> None:
    """Each reason of a refusal has its words too."""
    known = {code for table in messages.values() for code in table}
    wrong = [
        f"{module}: {pattern.pattern}"
        for module, tree in everything.items()
        if not module.startswith("supervision_core.testing")
        for pattern in _codes(tree)
        if not any(pattern.fullmatch(code) for code in known)
    ]
    assert wrong == []


def test_no_message_is_left_over(
    everything: dict[str, ast.Module], messages: dict[str, dict[str, Message]]
) -> None:
    """A message whose code nothing raises would be kept true by nobody."""
    trees = [tree for module, tree in everything.items() if module not in messages]
    literals = set[str]().union(*map(_literals, trees))
    composed = [pattern for tree in trees for pattern in _codes(tree)]
    left_over = [
        code
        for table in messages.values()
        for code in table
        if code not in literals and not any(pattern.fullmatch(code) for pattern in composed)
    ]
    assert left_over == []


def test_no_code_is_explained_twice(messages: dict[str, dict[str, Message]]) -> None:
    """One code, one text."""
    counted = Counter(code for table in messages.values() for code in table)
    assert [code for code, times in counted.items() if times > 1] == []


def test_messages_are_chinese_and_say_what_to_do(messages: dict[str, dict[str, Message]]) -> None:
    """The reason is a Chinese text, and the remedy is one where there is one."""
    wrong = [
        code
        for table in messages.values()
        for code, message in table.items()
        if not CHINESE.search(message.reason)
        or (message.remedy and not CHINESE.search(message.remedy))
    ]
    assert wrong == []


def test_no_sentence_stands_in_a_refusal(everything: dict[str, ast.Module]) -> None:
    """Chinese sentences for people live in ``messages`` (docs/adr/0002), never beside the rule."""
    wrong = [
        f"{module}:{node.lineno}"
        for module, tree in everything.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "Violation"
        and CHINESE.search(ast.unparse(node.args[0]) if node.args else "")
    ]
    assert wrong == []
