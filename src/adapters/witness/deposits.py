"""Deposits that a witness at another department keeps, asked over HTTP."""

from collections.abc import Callable, Mapping

from adapters.witness.openings import key_content
from adapters.witness.remote import HttpWitness
from supervision_core.audit.model import WitnessRefused, WitnessUnavailable
from supervision_core.audit.row_proof import NotProvable, RowProof
from supervision_core.draws.model.deposits import ClosedList, DepositsUnopened, Keeper
from supervision_core.draws.model.sources import OpenedBy
from supervision_core.draws.ports import Deposits
from supervision_core.kernel.crypto import SignatureInvalid, Verifier
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.signing import verify_document


class WitnessDeposits(Deposits):
    """Seals to the witness's key, which its signing key states; the witness alone opens.

    ``covered`` has the log witnessed and proves the row in which a list was closed.
    """

    def __init__(
        self,
        witness: HttpWitness,
        trusted: Mapping[str, Verifier],
        covered: Callable[[ClosedList], RowProof],
    ) -> None:
        """Ask ``witness``, whose key is one of ``trusted``."""
        self._witness, self._trusted, self._covered = witness, trusted, covered
        self._keeper: Keeper | None = None

    def keeper(self) -> Keeper:
        """Give the witness's key, asked for once. Raises ``DepositsUnopened``."""
        if self._keeper is None:
            try:
                key, signature = self._witness.deposit_key()
                signer = verify_document(signature, key_content(key), self._trusted)
            except WitnessUnavailable as error:
                raise _unavailable(error) from error
            except SignatureInvalid as error:
                raise DepositsUnopened((Violation("draws.witness_other_key"),)) from error
            if signer != self._witness.name:
                raise DepositsUnopened((Violation("draws.witness_other_key"),))
            self._keeper = Keeper(by=OpenedBy.WITNESS, public_key=key)
        return self._keeper

    def open(self, closed: ClosedList, keeper: Keeper) -> Mapping[str, bytes]:
        """Have it opened, once the log is witnessed to where the list was closed."""
        try:
            proof = self._covered(closed)
            asked = {
                "list": to_plain(closed), "proof": proof.plain(), "key": keeper.public_key.hex(),
            }  # fmt: skip
            return self._witness.open_deposits(proof.signed.checkpoint.log, asked)
        except WitnessRefused as error:
            raise DepositsUnopened(error.reasons) from error
        except WitnessUnavailable as error:
            raise _unavailable(error) from error
        except NotProvable as error:
            raise DepositsUnopened((Violation("draws.witness_not_covered"),)) from error


def _unavailable(error: WitnessUnavailable) -> DepositsUnopened:
    address = next((one.data.get("address", "") for one in error.reasons), "")
    return DepositsUnopened((Violation("draws.witness_unavailable", data={"address": address}),))
