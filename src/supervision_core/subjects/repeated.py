"""Identity codes that stand in several rows of a table, found in 8 bytes a row."""

from array import array
from collections.abc import Iterable
from itertools import pairwise

from attrs import frozen

from supervision_core.kernel.tables import ReadRow
from supervision_core.subjects.reading import identity_of


@frozen
class RepeatedCodes:
    """The identity codes that stand in several rows, by their hashes.

    Another code may be taken for one of them, once in many millions of tables: of its row is only
    known later that nothing contradicts it.
    """

    _hashes: frozenset[int]

    def __contains__(self, code: str) -> bool:
        """Tell whether ``code`` is one of them."""
        return hash(code) in self._hashes


def repeated_codes(rows: Iterable[ReadRow]) -> RepeatedCodes:
    """Give the identity codes that stand in several of ``rows``.

    Of the rows only the columns of ``KEY_TABLE`` need to be read.
    """
    found = (identity_of(row.values) for row in rows)
    hashes = sorted(array("q", (hash(identity.code) for identity in found if identity)))
    return RepeatedCodes(frozenset(one for one, other in pairwise(hashes) if one == other))
