"""Which permissions this installation has: those of all use cases and questions of the core."""

import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import islice
from types import MappingProxyType
from typing import Any, Final, get_args, get_type_hints

import attrs

import supervision_core
from entrypoints.registered import contexts, lists_in, registers_in
from supervision_core.identity.ports import PermissionCatalogue
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.identity.services.own_acts import OWN_ACTS
from supervision_core.identity.services.registers import cases_of
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.registers import Reference

_TERM: Final = re.compile(r"[^ (:]+")
ASKED_ELSEWHERE: Final = MappingProxyType({"identity.reset_password": "重置用户密码"})
"""Permissions that are asked for outside of the frame: a new password is told, never stored."""

ELSEWHERE: Final[Mapping[str, str]] = {
    "audit.archive": "audit archive",
    "audit.export": "audit export",
    "audit.read_proofs": "audit prove",
    "audit.repair": "audit repair",
    "identity.back_up": "backup make",
    "identity.export_departments": "export departments",
    "identity.export_regions": "export regions",
    "identity.export_users": "export users",
    "identity.restore": "restore",
    "identity.restore_duty": "init --restore-duty",
    "scenes.export": "scene export",
    "subjects.export": "export subjects",
}
"""Use cases that are but the note of what another command does with files."""


@cache
def use_cases() -> Mapping[str, tuple[UseCase[Any, Any], ...]]:
    """Give every use case and question of the core by its permission, in the order of the code.

    They are found by their modules (``services`` of a context and what lies below), so that none
    needs an entry anywhere.
    """
    found: dict[str, dict[int, UseCase[Any, Any]]] = {}
    for context in contexts():
        for one in _cases(context):
            found.setdefault(one.permission, {})[id(one)] = one
    return MappingProxyType({name: tuple(those.values()) for name, those in found.items()})


def context_title(context: str) -> str:
    """Give what a context is called: the Chinese term that opens its docstring."""
    described = import_module(f"{supervision_core.__name__}.{context}").__doc__ or ""
    term, _, _ = described.partition(":")
    return context if term.isascii() else term


def case_named(name: str) -> UseCase[Any, Any] | None:
    """Find a use case or question; only the contexts that may hold it are imported.

    Those are the one that its name begins with, and identity, which holds those of the audit log.
    """
    wanted = (name.partition(".")[0], "identity")
    found = (_by_name(context).get(name) for context in wanted if context in contexts())
    return next(filter(None, found), None)


@cache
def _by_name(context: str) -> Mapping[str, UseCase[Any, Any]]:
    return {case.name: case for case in reversed([*_cases(context)])}


def named_by(asked: type) -> str:
    """Name the field by which a command says what it is about, empty where it has none.

    That is its first ``…_id`` that says of which kind.
    """
    for one in attrs.fields(asked):
        words = one.metadata.get(FIELD)
        if isinstance(words, FieldWords) and words.to and one.name.endswith("_id"):
            return str(one.name)
    return ""


def _cases(context: str) -> Iterator[UseCase[Any, Any]]:
    place = f"{supervision_core.__name__}.{context}"
    for module in pkgutil.walk_packages(import_module(place).__path__, f"{place}."):
        if module.name.split(".")[2] == "services":
            found = vars(import_module(module.name)).values()
            yield from (one for one in found if isinstance(one, UseCase))
    yield from _described(context)


def _described(context: str) -> Iterator[UseCase[Any, Any]]:
    for register in registers_in(context):
        yield from cases_of(register).all.values()
    for query in lists_in(context):
        yield from list_cases(query).all


@cache
def described_permissions() -> frozenset[str]:
    """Give the permissions of what follows from registers and lists, with surfaces of their own."""
    return frozenset(one.permission for context in contexts() for one in _described(context))


def answer_type(case: UseCase[Any, Any]) -> Any:
    """Give the type that a use case or question answers with."""
    return get_type_hints(case.body)["return"]


def asked_type(case: UseCase[Any, Any]) -> Any:
    """Give the command of a use case, or what a question asks about."""
    hints = get_type_hints(case.body)
    return [kind for name, kind in hints.items() if name != "return"][1]


@cache
def permission_titles() -> Mapping[str, str]:
    """Give what each permission is called in Chinese: the title of its use case."""
    found = {name: those[0].title for name, those in use_cases().items()}
    return MappingProxyType(found | ASKED_ELSEWHERE)


def title_of(permission: str) -> str:
    """Give what a permission is called: its name where there is none of that name."""
    case = case_named(permission)
    return case.title if case else ASKED_ELSEWHERE.get(permission, permission)


@cache
def act_titles() -> Mapping[str, str]:
    """Give what each act in the log is called in Chinese: use cases, and those that are none."""
    return MappingProxyType({**OWN_ACTS, **permission_titles()})


def operations_named(text: str, most: int) -> tuple[Reference, ...]:
    """Give what is done in the platform under titles that hold ``text``, ``most`` at most."""
    found = (one for one in act_titles().items() if text.strip() in one[1])
    return tuple(Reference(id=name, name=title) for name, title in islice(found, most))


@cache
def kind_titles() -> Mapping[str, str]:
    """Give what the kinds of aggregates are called: the Chinese term that opens their docstring."""
    use_cases()
    found = {one.kind: term_of(root) for one, root in _repositories(Repository)}
    registered = (one for context in contexts() for one in registers_in(context))
    return MappingProxyType({**found, **{one.name: one.title for one in registered}})


def _repositories(port: type[Any]) -> Iterator[tuple[type[Any], type[Any]]]:
    for one in port.__subclasses__():
        if _is_installed(one):
            roots = (
                root for base in one.__dict__.get("__orig_bases__", ()) for root in get_args(base)
            )
            yield from ((one, root) for root in roots if isinstance(root, type))
            yield from _repositories(one)


def _is_installed(port: type[Any]) -> bool:
    """Tell whether a port belongs to a context of the core, not to tests or to who embeds it."""
    module = port.__module__
    core = f"{supervision_core.__name__}."
    return module.startswith(core) and module.split(".")[1] in contexts()


def term_of(root: type[Any]) -> str:
    """Give what a class is called: the Chinese term that opens its docstring, else its name."""
    term = _TERM.match(root.__doc__ or "")
    return root.__name__ if term is None or term[0].isascii() else term[0]


class InstalledPermissions(PermissionCatalogue):
    """The names of all use cases of the installation, looked up once."""

    def titles(self) -> Mapping[str, str]:
        """Give what each is called."""
        return permission_titles()
