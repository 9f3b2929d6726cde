"""The platform's signature on what it publishes of a draw."""

from typing import Any

import pytest

from adapters.crypto.providers import OpensslAlgorithms
from supervision_core.draws.model.proof import Outcome, proof_of
from supervision_core.draws.model.signing import signed_proof, with_signature
from supervision_core.draws.model.verification import Step, verify
from supervision_core.kernel.signing import verifiers
from supervision_core.testing.draws import POOL, completed_draw

ALGORITHMS = OpensslAlgorithms()
SIGNER = ALGORITHMS.signer(b"\x11" * 32)
TRUSTED = verifiers(ALGORITHMS.verifier(SIGNER.public_key))


@pytest.fixture
def proof() -> dict[str, Any]:
    """Give the signed proof of a draw."""
    outcome = Outcome.of(completed_draw(), POOL)
    assert outcome is not None
    return signed_proof(proof_of(outcome), SIGNER)


def codes(document: object, trusted: Any = TRUSTED) -> list[str]:
    """Give what is wrong with the signature."""
    found = with_signature(verify(document), document, trusted)
    assert found.checks[-1].step is Step.SIGNATURE
    return [fault.code for fault in found.checks[-1].faults]


def test_a_signed_proof_verifies_and_its_steps_still_do(proof: dict[str, Any]) -> None:
    """The signature adds a step and touches none of the others."""
    assert with_signature(verify(proof), proof, TRUSTED).ok
    assert codes(proof) == []


def test_any_change_of_a_signed_proof_is_found(proof: dict[str, Any]) -> None:
    """Each member is under the signature: whatever is changed, added or taken away shows."""
    for name in proof:
        if name != "signature":
            assert codes({**proof, name: "changed"}) == ["crypto.signature_wrong"], name
            rest = {key: value for key, value in proof.items() if key != name}
            assert codes(rest) == ["crypto.signature_wrong"], name
    assert codes({**proof, "more": 1}) == ["crypto.signature_wrong"]
    assert codes({**proof, "more": 0.5}) == ["draws.proof_malformed"]


def test_only_a_trusted_key_signs(proof: dict[str, Any]) -> None:
    """A proof unsigned, signed by somebody, or with a broken signature is not the office's."""
    other = ALGORITHMS.signer(b"\x12" * 32)
    assert codes({**proof, "signature": {}}) == ["draws.proof_unsigned"]
    assert codes(["no", "proof"]) == ["draws.proof_unsigned"]
    assert codes(signed_proof(proof, other)) == ["crypto.signer_unknown"]
    signature = {**proof["signature"], "value": "AAAA"}
    assert codes({**proof, "signature": signature}) == ["crypto.signature_malformed"]
