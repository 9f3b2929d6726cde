import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.crypto import der, sm2
from supervision_core.kernel.crypto import SignatureInvalid


@given(st.integers(0, 1 << 300), st.binary(max_size=300))
def test_what_is_written_is_read(number: int, content: bytes) -> None:
    """Numbers and bytes of any length go round."""
    first, second = der.read_sequence(der.sequence(der.integer(number), der.octets(content)), 2)
    assert (first.integer(), second.octets()) == (number, content)


@given(st.binary(max_size=80))
def test_anything_is_read_or_refused(data: bytes) -> None:
    """Hostile bytes raise NotDer and nothing else; what is read is written the same."""
    try:
        found = der.read(data)
    except der.NotDer:
        return
    assert found.encoded == data


@given(st.integers(1, sm2.N - 1), st.integers(1, sm2.N - 1))
def test_a_signature_has_two_spellings(r: int, s: int) -> None:
    """DER and raw give the same numbers."""
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    assert sm2.read_signature(sm2.signature_der(r, s)) == sm2.read_signature(raw) == (r, s)


@pytest.mark.parametrize(
    "text",
    [
        "3006020101020101ff",  # something behind
        "30070202000102 0101",  # a needless zero
        "308106020101020101",  # a needless length byte
        "30060201ff020101",  # negative
        "3003020101",  # one number
        "3009020101020101020101",  # three
        "3106020101020101",  # a SET
        "3006040101020101",  # bytes for a number
        "300502000201 01",  # a number of no bytes
    ],
)
def test_other_spellings_are_refused(text: str) -> None:
    """What other readers forgive would give one signature two forms."""
    with pytest.raises(SignatureInvalid, match=r"crypto\.signature_malformed"):
        sm2.read_signature(bytes.fromhex(text))
    assert sm2.read_signature(bytes.fromhex("3006020101020101")) == (1, 1)
