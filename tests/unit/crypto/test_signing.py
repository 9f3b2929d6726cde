import pytest

from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.crypto import Algorithms, SignatureInvalid
from supervision_core.kernel.signing import key_id, sign_document, verifiers, verify_document

CONTENT = canonical_json({"format": "draw-proof/1", "seed": "00"})


def test_a_document_is_by_a_trusted_key(algorithms: Algorithms) -> None:
    """The answer names the key; changed content, another key and an unknown key are refused."""
    signer, stranger = algorithms.signer(b"\x11" * 32), algorithms.signer(b"\x12" * 32)
    trusted = verifiers(algorithms.verifier(signer.public_key))
    made = sign_document(signer, CONTENT)
    assert set(made) == {"algorithm", "key", "value"}
    assert verify_document(made, CONTENT, trusted) == key_id(signer.public_key)
    with pytest.raises(SignatureInvalid, match=r"crypto\.signature_wrong"):
        verify_document(made, CONTENT + b" ", trusted)
    foreign = sign_document(stranger, CONTENT)
    with pytest.raises(SignatureInvalid, match=r"crypto\.signer_unknown"):
        verify_document(foreign, CONTENT, trusted)
    with pytest.raises(SignatureInvalid, match=r"crypto\.signature_wrong"):
        verify_document({**foreign, "key": made["key"]}, CONTENT, trusted)


def test_every_part_of_a_signature_is_checked(algorithms: Algorithms) -> None:
    """Another algorithm, a part too many or too few, another base64: refused, nothing else."""
    signer = algorithms.signer(b"\x11" * 32)
    trusted = verifiers(algorithms.verifier(signer.public_key))
    made = sign_document(signer, CONTENT)
    for wrong in (
        {**made, "algorithm": "none"},
        {**made, "more": "x"},
        {key: made[key] for key in ("algorithm", "key")},
        {**made, "value": made["value"] + "\n"},
        {**made, "value": made["value"].rstrip("=") + "===="},
        {**made, "value": ""},
        {**made, "value": "é"},
        {**made, "key": 7},
        {},
    ):
        with pytest.raises(SignatureInvalid, match=r"crypto\.sign"):
            verify_document(wrong, CONTENT, trusted)
