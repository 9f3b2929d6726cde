"""Two languages, one vocabulary: docs/glossary.toml is its only source (docs/adr/0007)."""

import ast
import importlib
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supervision_core.kernel.events import Aggregate

GLOSSARY = Path(__file__).resolve().parents[3] / "docs" / "glossary.toml"
TERMS: list[dict[str, Any]] = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["term"]
CHINESE = re.compile("[㐀-鿿]")
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+")


def _resolved(code: str) -> object:
    """Give the object that ``code`` names: ``package.module.Class.member``."""
    parts = code.split(".")
    for at in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:at]))
        except ModuleNotFoundError:
            continue
        for name in parts[at:]:
            found = getattr(found, name)
        return found
    raise LookupError(code)


def _public_model_classes(core: dict[str, ast.Module]) -> Iterator[type]:
    for module in core:
        if re.fullmatch(r"supervision_core\.\w+\.(model|registers)(\.\w+)*", module):
            for name, value in vars(importlib.import_module(module)).items():
                is_own = inspect.isclass(value) and value.__module__ == module
                if is_own and not name.startswith("_"):
                    yield value


def _opens_in_chinese(kind: type) -> bool:
    return bool(CHINESE.match(kind.__dict__.get("__doc__") or ""))


def _identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case _:
                pass


def _parts(identifier: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in PART.findall(identifier))


def _holds(identifier: tuple[str, ...], word: tuple[str, ...]) -> bool:
    width = len(word)
    return any(identifier[at : at + width] == word for at in range(len(identifier) - width + 1))


@pytest.mark.parametrize("term", TERMS, ids=[term["code"] for term in TERMS])
def test_the_owner_opens_with_its_chinese_term(term: dict[str, Any]) -> None:
    """The Chinese term opens the docstring of the class or function that owns it."""
    assert set(term) == {"zh", "en", "code", "means", "never", "source"}
    assert all(term[key] for key in ("zh", "en", "code", "means", "source"))
    opening = inspect.getdoc(_resolved(term["code"])) or ""
    assert opening.startswith((f"{term['zh']} (", f"{term['zh']}:"))


def test_each_term_stands_once_in_its_context() -> None:
    """One Chinese term has one owner in a context; another context may mean another thing by it."""
    assert len({(term["code"].split(".")[1], term["zh"]) for term in TERMS}) == len(TERMS)
    assert len({term["code"] for term in TERMS}) == len(TERMS)


def test_no_rejected_word_is_used(everything: dict[str, ast.Module]) -> None:
    """A word that the glossary rejects is part of no identifier."""
    rejected = {_parts(word): term["code"] for term in TERMS for word in term["never"]}
    used = {
        (module, identifier)
        for module, tree in everything.items()
        for identifier in _identifiers(tree)
    }
    wrong = sorted(
        f"{module}: {identifier} (see {owner})"
        for module, identifier in used
        for word, owner in rejected.items()
        if _holds(_parts(identifier), word)
    )
    assert wrong == []


def test_every_domain_term_is_in_the_glossary(core: dict[str, ast.Module]) -> None:
    """A model class whose docstring opens in Chinese is a domain term: the glossary holds it."""
    known = {term["code"] for term in TERMS}
    wrong = [
        f"{kind.__module__}.{kind.__qualname__}"
        for kind in _public_model_classes(core)
        if _opens_in_chinese(kind) and _owner_code(kind) not in known
    ]
    assert wrong == []


def test_every_aggregate_is_a_domain_term(core: dict[str, ast.Module]) -> None:
    """Nothing lives a life of its own that the business has no word for; bases only lend verbs."""
    wrong = [
        f"{kind.__module__}.{kind.__qualname__}"
        for kind in _public_model_classes(core)
        if issubclass(kind, Aggregate) and not kind.__subclasses__() and not _opens_in_chinese(kind)
    ]
    assert wrong == []


def _owner_code(kind: type) -> str:
    """Give the shortest public path: what a package ``model`` offers, not the file inside it."""
    package = re.match(r"supervision_core\.\w+\.model", kind.__module__)
    offered = package and getattr(importlib.import_module(package.group()), kind.__name__, None)
    module = package.group() if package and offered is kind else kind.__module__
    return f"{module}.{kind.__qualname__}"


@pytest.mark.parametrize(
    ("identifier", "parts"),
    [
        ("InspectionForm", ("inspection", "form")),
        ("inspection_forms_of", ("inspection", "forms", "of")),
        ("HTTPStatus", ("http", "status")),
        ("sm4_key", ("sm4", "key")),
    ],
)
def test_identifiers_are_split_into_words(identifier: str, parts: tuple[str, ...]) -> None:
    """The watch sees words in both spellings."""
    assert _parts(identifier) == parts
