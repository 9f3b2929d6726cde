"""What tells that rows were taken away, or put back as they once were: a sum over their seals."""

from collections.abc import Iterable
from typing import Final

from attrs import define

from supervision_core.kernel.crypto import Mac
from supervision_core.kernel.events import Aggregate

_MODULUS: Final = 1 << 256


@define(eq=False)
class Tally(Aggregate):
    """集合校验 (tally): a keyed sum over the seals of a table's rows.

    A seal tells that a row was written by us, not that it is still to be there. Each commit that
    adds or removes rows adds and subtracts what their seals count for; the audit log names the
    version that this makes. Whoever then deletes a row, or puts an earlier one back with its seal,
    leaves a sum that does not fit; whoever puts back the sum as well, a version that the log knows
    to be over. What a seal counts for is an HMAC of its own, and the sum is stored enciphered:
    nobody finds by trial other rows with the same sum.
    """

    _total: str = ""

    def count(self, mac: Mac, *, added: Iterable[str] = (), gone: Iterable[str] = ()) -> None:
        """Count the seals of rows that were added, and no longer those that are gone."""
        total = int(self._total or "0", 16) + self._sum(mac, added) - self._sum(mac, gone)
        self._total = f"{total % _MODULUS:x}"

    def fits(self, mac: Mac, seals: Iterable[str]) -> bool:
        """Tell whether these are the seals of exactly the rows that were counted."""
        return int(self._total or "0", 16) == self._sum(mac, seals) % _MODULUS

    def _sum(self, mac: Mac, seals: Iterable[str]) -> int:
        led = f"tally/{self.id}/".encode()
        return sum(int.from_bytes(mac.tag(led + seal.encode()), "big") for seal in seals)
