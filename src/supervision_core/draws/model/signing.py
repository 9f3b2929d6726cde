"""The platform's signature on a draw proof."""

from collections.abc import Iterator, Mapping

from attrs import evolve

from supervision_core.draws.model.verification import Check, Step, Verification
from supervision_core.kernel.canonical import Json, NotCanonical, canonical_json
from supervision_core.kernel.crypto import SignatureInvalid, Signer, Verifier
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.signing import sign_document, verify_document


def signed_proof(document: Mapping[str, Json], signer: Signer) -> dict[str, Json]:
    """抽取证明签名 (signed_proof): give the proof with ``signature`` over all of its rest.

    What is signed is the canonical JSON of the proof without that member; a pool that lies in a
    file beside it is covered by ``pool_hash`` and ``pool_file.sm3``. Source: design §3.6, §4.
    """
    return {**document, "signature": dict(sign_document(signer, _content(document)))}


def with_signature(
    found: Verification, document: object, trusted: Mapping[str, Verifier]
) -> Verification:
    """Add to what was verified whether a trusted key signed the proof."""
    faults = tuple(_faults(document, trusted))
    return Verification((*found.checks, Check(Step.SIGNATURE, faults)))


def _faults(document: object, trusted: Mapping[str, Verifier]) -> Iterator[Violation]:
    signature = document.get("signature") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(signature, Mapping) or not signature:
        yield Violation("draws.proof_unsigned", "signature")
        return
    try:
        verify_document(signature, _content(document), trusted)
    except SignatureInvalid as refused:
        yield from (evolve(one, at="signature") for one in refused.violations)
    except NotCanonical:
        yield Violation("draws.proof_malformed", "signature")


def _content(document: Mapping[str, Json]) -> bytes:
    return canonical_json({name: value for name, value in document.items() if name != "signature"})
