"""Every register and list of the core, found by its module."""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from attrs import evolve

import supervision_core
from supervision_core.identity.model import UserKind
from supervision_core.identity.roles import ShippedRole, to_ship
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.identity.services.registers import roles_with
from supervision_core.kernel.law import LegalRule
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import Register
from supervision_core.kernel.verbs import Verbs

Declared = TypeVar("Declared", Register[Any], ListQuery[Any])
_KIT: Final = "testing"


@cache
def registers() -> Mapping[str, Register[Any]]:
    """Give every register by its name: those in the module ``registers`` of a context.

    Raises ``TypeError`` where two are called alike, or one like a kind of aggregates.
    """
    found = by_name(one for context in contexts() for one in registers_in(context))
    for one in found.values():
        refuse_kind(one)
    return found


def by_name(those: Iterable[Declared]) -> Mapping[str, Declared]:
    """Give registers or lists by their names. Raises ``TypeError`` where two have one name."""
    found: dict[str, Declared] = {}
    for one in those:
        if found.setdefault(one.name, one) is not one:
            raise TypeError(
                f"{one.name} is the name of two, {found[one.name].title} and {one.title}"
            )
    return MappingProxyType(found)


def refuse_kind(register: Register[Any]) -> None:
    """Raise ``TypeError`` for a register that is called like a kind of aggregates.

    What refers to an entry, and the log, could not tell it from the aggregate of that id.
    """
    if port := _ports().get(register.noun):
        content = register.content
        raise TypeError(
            f"{content.__module__}.{content.__qualname__}: {register.name} is called like the "
            f"aggregates of {port.__module__}.{port.__name__}, choose another noun"
        )


def registers_in(context: str) -> Iterable[Register[Any]]:
    """Give the registers of a context, in the order of its code."""
    return [one for one in _module(context, "registers").values() if isinstance(one, Register)]


@cache
def _ports() -> Mapping[str, type[Repository[Any]]]:
    """Give the ports of aggregates by their kinds."""
    found = (one for context in contexts() for one in _module(context, "ports").values())
    return {
        one.__dict__["kind"]: one
        for one in found
        if isinstance(one, type) and issubclass(one, Repository) and "kind" in one.__dict__
    }


def title_of(name: str) -> str:
    """Give what a register or list is called."""
    return registers()[name].title if name in registers() else lists()[name].title


@cache
def lists() -> Mapping[str, ListQuery[Any]]:
    """Give every list by its name: those in module ``lists`` of a context, partial ones last."""
    found = (one for context in contexts() for one in lists_in(context))
    return by_name(sorted(found, key=lambda one: one.partial))


@cache
def lists_of(kind: str) -> tuple[ListQuery[Any], ...]:
    """Give the whole lists in which things of a kind stand; nothing for what stands in none."""
    return tuple(one for one in lists().values() if one.port.kind == kind and not one.partial)


def lists_in(context: str) -> Iterable[ListQuery[Any]]:
    """Give the lists of a context, in the order of its code, those of a package's modules too."""
    parts = (_module(context, name) for name in ("lists", *_within(context, "lists")))
    found = (one for part in parts for one in part.values() if isinstance(one, ListQuery))
    return dict.fromkeys(one for one in found if one.name.startswith(f"{context}."))


def _within(context: str, name: str) -> Iterable[str]:
    """Name the modules of a context's package; none where it is a module."""
    package = import_module(f"{supervision_core.__name__}.{context}")
    places = [str(Path(one) / name) for one in package.__path__]
    return [one.name for one in pkgutil.iter_modules(places, f"{name}.")]


def _module(context: str, name: str) -> Mapping[str, Any]:
    """Give what a module of a context holds; nothing where there is none, as in the kernel."""
    path = f"{supervision_core.__name__}.{context}.{name}"
    return {} if context == "kernel" or find_spec(path) is None else vars(import_module(path))


@cache
def declared() -> Mapping[str, Verbs]:
    """Give what is done with aggregates that have states, by their kinds."""
    found = {one.port.kind: one.cls.verbs for one in lists().values()}
    return MappingProxyType({kind: verbs for kind, verbs in found.items() if verbs is not None})


@cache
def legal_rules() -> Mapping[str, tuple[LegalRule, ...]]:
    """Give what the law demands, by the contexts that hold people to it (module ``law``)."""
    found = {one: _module(one, "law").get("LAW", ()) for one in contexts()}
    return MappingProxyType({name: rules for name, rules in found.items() if rules})


@cache
def contexts() -> tuple[str, ...]:
    """Name the contexts of the core; the kit of its tests is none."""
    found = (one.name for one in pkgutil.iter_modules(supervision_core.__path__) if one.ispkg)
    return tuple(one for one in found if one != _KIT)


def shipped_roles() -> tuple[ShippedRole, ...]:
    """Give the roles of the proposal, with what follows from registers, lists and verbs."""
    return tuple(
        evolve(one, permissions=(*one.permissions, *_of_lists(one), *_of_verbs(one)))
        for one in roles_with(to_ship(), registers().values())
    )


def _of_lists(role: ShippedRole) -> Iterable[str]:
    """Give what a role does with lists: whoever works for a department looks at all in reach.

    Those that it works on it exports too, within the same reach.
    """
    if role.kind is not UserKind.STAFF or not role.permissions:
        return
    for query in (one for one in lists().values() if one.for_all):
        cases = list_cases(query)
        yield from (one.permission for one in cases.all if one is not cases.export)
        if query.exported and (role.code in _EXPORTING or _works_on(role, query)):
            yield cases.export.permission


def _works_on(role: ShippedRole, query: ListQuery[Any]) -> bool:
    """Tell whether a role makes what a list shows, or does something with it."""
    verbs = query.cls.verbs
    return not set(query.adds).isdisjoint(role.permissions) or (
        verbs is not None and any(role.code in verbs.roles_of(one) for one in verbs.verbs)
    )


def _of_verbs(role: ShippedRole) -> Iterable[str]:
    """Give what a role does with aggregates whose verbs name it; two kinds may share verbs."""
    acts = (verbs.permission(one) for verbs in declared().values() for one in verbs.verbs
            if role.code in verbs.roles_of(one))  # fmt: skip
    return dict.fromkeys(acts)


_EXPORTING: Final = frozenset({"department_administrator", "leader", "task_administrator"})
"""Who exports every list in reach, whether he works on it or not."""
