"""Which permissions this installation has: those of all use cases and questions of the core."""

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, get_type_hints

import supervision_core
from entrypoints.titles import title_of
from supervision_core.identity.ports import PermissionCatalogue
from supervision_core.identity.services import UseCase

ASKED_ELSEWHERE: Final = frozenset({"identity.reset_password"})
"""Permissions that are asked for outside of the frame: a new password is told, never stored."""


@cache
def use_cases() -> Mapping[str, tuple[UseCase[Any, Any], ...]]:
    """Give every use case and question of the core by its permission, in the order of the code.

    They are found by their modules (``services`` of a context and what lies below), so that none
    needs an entry anywhere.
    """
    found: dict[str, dict[int, UseCase[Any, Any]]] = {}
    for name in _services():
        for one in vars(import_module(name)).values():
            if isinstance(one, UseCase):
                found.setdefault(one.permission, {})[id(one)] = one
    return MappingProxyType({name: tuple(those.values()) for name, those in found.items()})


def _services() -> Iterator[str]:
    for context in pkgutil.iter_modules(supervision_core.__path__):
        place = f"{supervision_core.__name__}.{context.name}"
        for module in pkgutil.walk_packages(import_module(place).__path__, f"{place}."):
            if module.name.split(".")[2] == "services":
                yield module.name


def answer_type(case: UseCase[Any, Any]) -> Any:
    """Give the type that a use case or question answers with."""
    return get_type_hints(case.body)["return"]


def asked_type(case: UseCase[Any, Any]) -> Any:
    """Give the command of a use case, or what a question asks about."""
    hints = get_type_hints(case.body)
    return [kind for name, kind in hints.items() if name != "return"][1]


class InstalledPermissions(PermissionCatalogue):
    """The names of all use cases of the installation, looked up once."""

    def titles(self) -> Mapping[str, str]:
        """Give what each is called."""
        return {name: title_of(name) for name in (*use_cases(), *ASKED_ELSEWHERE)}
