"""All the words of the platform: every catalogue of messages that stands beside its context."""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from attrs import evolve

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.messages import Message, Messages

ROOTS = ("supervision_core", "adapters", "entrypoints")


class TitledMessages(Messages):
    """Calls a permission by its title: people know no names of code."""

    def explain(self, violation: Violation) -> Message:
        """Fill the message of ``violation``. Raises ``KeyError`` for an unknown code."""
        named = violation.data.get("permission")
        if isinstance(named, str):
            from entrypoints.catalogue import title_of  # noqa: PLC0415 - few ask, and it reads all

            violation = evolve(violation, data={**violation.data, "permission": title_of(named)})
        return super().explain(violation)


@cache
def all_messages() -> Messages:
    """Join every mapping ``…MESSAGES`` of every module ``…messages`` of the product.

    They are found by their names, so a new context needs no entry anywhere; nothing but those
    modules and the packages around them is imported.
    """
    return TitledMessages(
        *(part for root in ROOTS for name in _modules(root) for part in _parts(name))
    )


def _modules(root: str) -> Iterator[str]:
    spec = find_spec(root)
    if spec is not None:
        yield from _below(spec.submodule_search_locations or (), f"{root}.")


def _below(folders: Iterable[str], prefix: str) -> Iterator[str]:
    folders = list(folders)
    for module in pkgutil.iter_modules(folders, prefix):
        last = module.name.rpartition(".")[2]
        if module.ispkg:
            yield from _below([str(Path(one) / last) for one in folders], f"{module.name}.")
        elif last.endswith("messages"):
            yield module.name


def _parts(name: str) -> Iterator[Mapping[str, Message]]:
    for word, value in vars(import_module(name)).items():
        if word.endswith("MESSAGES"):
            yield value
