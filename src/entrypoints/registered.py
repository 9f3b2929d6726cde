"""Every register and list of the core, found by its module."""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

import supervision_core
from supervision_core.identity.model import UserKind
from supervision_core.identity.roles import ShippedRole, to_ship
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.identity.services.registers import roles_with
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.registers import Register
from supervision_core.kernel.verbs import Verbs


@cache
def registers() -> Mapping[str, Register[Any]]:
    """Give every register by its name: those in the module ``registers`` of a context."""
    found = (one for context in _contexts() for one in registers_in(context))
    return MappingProxyType({one.name: one for one in found})


def registers_in(context: str) -> Iterable[Register[Any]]:
    """Give the registers of a context, in the order of its code."""
    name = f"{supervision_core.__name__}.{context}.registers"
    if context == "kernel" or find_spec(name) is None:
        return ()
    return [one for one in vars(import_module(name)).values() if isinstance(one, Register)]


def title_of(name: str) -> str:
    """Give what a register or list is called."""
    return registers()[name].title if name in registers() else lists()[name].title


@cache
def lists() -> Mapping[str, ListQuery[Any]]:
    """Give every list by its name: those in module ``lists`` of a context, partial ones last."""
    found = (one for context in _contexts() for one in lists_in(context))
    ordered = sorted(found, key=lambda one: one.partial)
    return MappingProxyType({one.name: one for one in ordered})


def lists_in(context: str) -> Iterable[ListQuery[Any]]:
    """Give the lists of a context, in the order of its code."""
    name = f"{supervision_core.__name__}.{context}.lists"
    if context == "kernel" or find_spec(name) is None:
        return ()
    return [one for one in vars(import_module(name)).values() if isinstance(one, ListQuery)]


@cache
def declared() -> Mapping[str, Verbs]:
    """Give what is done with aggregates that have states, by their kinds."""
    found = {one.port.kind: one.cls.verbs for one in lists().values()}
    return MappingProxyType({kind: verbs for kind, verbs in found.items() if verbs is not None})


def _contexts() -> list[str]:
    return [one.name for one in pkgutil.iter_modules(supervision_core.__path__) if one.ispkg]


def shipped_roles() -> tuple[ShippedRole, ...]:
    """Give the roles of the proposal, with what follows from registers, lists and verbs."""
    looks, exports = list[str](), list[str]()
    for query in (one for one in lists().values() if one.for_all):
        cases = list_cases(query)
        looks += [one.permission for one in cases.all if one is not cases.export]
        exports += [cases.export.permission] if query.exported else []
    return tuple(
        evolve(
            one, permissions=(*one.permissions, *_of_lists(one, looks, exports), *_of_verbs(one))
        )
        for one in roles_with(to_ship(), registers().values())
    )


def _of_lists(role: ShippedRole, looks: list[str], exports: list[str]) -> tuple[str, ...]:
    """Give what a role does with lists: whoever works for a department looks at all in reach."""
    if role.kind is not UserKind.STAFF or not role.permissions:
        return ()
    return (*looks, *(exports if role.code in _EXPORTING else ()))


def _of_verbs(role: ShippedRole) -> Iterable[str]:
    """Give what a role does with aggregates whose verbs name it; two kinds may share verbs."""
    acts = (verbs.permission(one) for verbs in declared().values() for one in verbs.verbs
            if role.code in one.roles)  # fmt: skip
    return dict.fromkeys(acts)


_EXPORTING: Final = frozenset({"department_administrator", "leader", "task_administrator"})
