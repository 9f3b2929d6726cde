"""Matrix row 24: what is secret or personal never stands in a repr, and so in no log and no error.

Exceptions, tracebacks with locals, access logs and debuggers write objects by their repr.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import attrs
import pytest
from attrs import field, frozen

import adapters
import entrypoints
import supervision_core

SECRET = re.compile(r"_?(\w+_)?(pass(word|phrase)|pin|token|private_key)s?|_?(secret|master)s?")
"""Names of fields that hold a secret."""
NOT_SECRET = {
    "adapters.zhiguitong.sign_on.UnifiedPlatform.token": "the address that gives tokens",
    "adapters.crypto.platform_keys.KeySettings.master": "where the file lies",
}


def _modules() -> Iterator[object]:
    for package in (adapters, entrypoints, supervision_core):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in found.name and ".testing" not in found.name:
                yield importlib.import_module(found.name)


def _classes() -> list[type]:
    found = {
        one
        for module in _modules()
        for one in vars(module).values()
        if inspect.isclass(one) and attrs.has(one)
    }
    return sorted(found, key=lambda one: f"{one.__module__}.{one.__qualname__}")


def shown(classes: list[type]) -> list[str]:
    """Give the fields named as secrets which a repr would show."""
    return [
        name
        for one in classes
        for each in attrs.fields(one)
        if each.repr and SECRET.fullmatch(each.name)
        for name in [f"{one.__module__}.{one.__qualname__}.{each.name}"]
        if name not in NOT_SECRET
    ]


def test_no_repr_shows_a_secret() -> None:
    """Passwords, tokens, pins and keys are kept out of the repr of whatever holds them."""
    assert shown(_classes()) == []


def test_what_is_excused_is_still_there() -> None:
    """An excuse for a field that is gone would excuse the next one of its name."""
    here = {
        f"{one.__module__}.{one.__qualname__}.{each.name}"
        for one in _classes()
        for each in attrs.fields(one)
    }
    assert set(NOT_SECRET) <= here


@frozen
class _Careless:
    password: str
    token: str = field(repr=False)


def test_a_careless_class_is_found() -> None:
    """The control."""
    assert [one.rpartition(".")[2] for one in shown([_Careless])] == ["password"]


@pytest.mark.parametrize("name", ["password", "sms_secret", "code"])
def test_words_of_a_field_are_not_parts_of_others(name: str) -> None:
    """Where a secret's file lies is no secret, and neither is a firm's code."""
    assert bool(SECRET.fullmatch(name)) == (name == "password")
