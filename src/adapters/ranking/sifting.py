"""Ranks the candidates of many visits: by compiled code where that is installed and worth it."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec

from supervision_core.draws.model.ranking import Sieve, sift
from supervision_core.draws.ports import Sifter

WORTH_COMPILING = 2_000_000
"""Loading the compiler takes about as long as the standard library takes for so many hashes."""


class FastSifter(Sifter):
    """Hashes by compiled code in threads (extra ``speed``), or by the standard library."""

    def __call__(self, sieves: Sequence[Sieve]) -> Iterable[Sequence[int]]:
        """Give the places of the parts below the cuts."""
        hashes = sum(len(each.prefixes) * len(each.parts) for each in sieves)
        if hashes < WORTH_COMPILING or not find_spec("numba"):
            return sift(sieves)
        try:
            compiled = import_module("adapters.ranking.compiled")
        except (ImportError, RuntimeError):  # it cannot be loaded, or finds no folder for its cache
            return sift(sieves)
        found: Iterable[Sequence[int]] = compiled.sift(sieves)
        return found
