"""A log only ever grows: consistency proofs, and the frontier that makes them cheap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.audit.model import (
    Frontier,
    consistency_proof,
    inclusion_path,
    inclusion_proof,
    is_consistent,
    root_from_proof,
    tree_root,
)
from supervision_core.kernel.canonical import sm3

SIZES = range(65)


def _leaves(count: int) -> list[bytes]:
    return [sm3(b"\x00" + bytes([number])) for number in range(count)]


def _node(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


def _plain_root(leaves: list[bytes]) -> bytes:
    """Compute the root as RFC 6962 2.1 defines it, by nothing of the product."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sm3(b"")
    at = 1
    while at * 2 < len(leaves):
        at *= 2
    return _node(_plain_root(leaves[:at]), _plain_root(leaves[at:]))


def _proof(old: int, size: int) -> tuple[bytes, ...]:
    leaves = _leaves(size)
    return consistency_proof(Frontier().extended(leaves[:old]), leaves[old:])


@pytest.mark.parametrize("size", SIZES)
def test_the_frontier_gives_the_root_of_the_definition(size: int) -> None:
    """Grown a leaf at a time, or from any frontier on, the root is that of RFC 6962."""
    leaves = _leaves(size)
    root = _plain_root(leaves)
    assert Frontier().extended(leaves).root() == tree_root(leaves) == root
    for start in range(size):
        assert Frontier().extended(leaves[:start]).extended(leaves[start:]).root() == root


def test_a_frontier_fits_its_size() -> None:
    """As many complete subtrees as the size has bits, or it is none."""
    with pytest.raises(ValueError, match="3"):
        Frontier(3, (b"",))
    with pytest.raises(ValueError, match="-1"):
        Frontier(-1, ())


def test_the_proofs_of_rfc_6962() -> None:
    """RFC 6962 2.1.3: the consistency proofs of its example tree of seven leaves."""
    a, b, c, d, e, f, g = _leaves(7)
    assert _proof(3, 7) == (c, d, _node(a, b), _node(_node(e, f), g))
    assert _proof(4, 7) == (_node(_node(e, f), g),)
    assert _proof(6, 7) == (_node(e, f), g, _node(_node(a, b), _node(c, d)))


@pytest.mark.parametrize("size", SIZES)
def test_growth_is_proved_from_every_size(size: int) -> None:
    """Every log of up to 64 rows proves that it begins with each shorter one, in few hashes."""
    root = tree_root(_leaves(size))
    for old in range(size + 1):
        proof = _proof(old, size)
        assert len(proof) <= size.bit_length() + 1
        old_root = tree_root(_leaves(old))
        assert is_consistent(old_size=old, old_root=old_root, size=size, root=root, proof=proof)


@pytest.mark.parametrize("size", range(1, 65))
def test_every_forged_proof_is_refused(size: int) -> None:
    """Another root, size or hash, a hash more or less: refused, for all pairs of sizes to 64."""
    leaves = _leaves(size)
    root = tree_root(leaves)
    for old in range(1, size + 1):
        old_root, proof = tree_root(leaves[:old]), _proof(old, size)
        good = {"old_size": old, "old_root": old_root, "size": size, "root": root}
        assert is_consistent(**good, proof=proof)  # type: ignore[arg-type]
        forged = [
            {**good, "old_root": sm3(old_root), "proof": proof},
            {**good, "root": sm3(root), "proof": proof},
            {**good, "proof": (*proof, root)},
            {**good, "proof": (root, *proof)},
            *(
                {**good, "proof": (*proof[:at], sm3(one), *proof[at + 1 :])}
                for at, one in enumerate(proof)
            ),
            *({**good, "proof": (*proof[:at], *proof[at + 1 :])} for at in range(len(proof))),
            {**good, "old_size": old + 1, "proof": proof},
            {**good, "old_size": old - 1, "proof": proof},
        ]
        for one in forged:
            assert not is_consistent(**one), (old, size, one)  # type: ignore[arg-type]


@given(st.integers(1, 64), st.data())
def test_a_log_rewritten_before_the_old_size_has_no_proof(size: int, data: st.DataObject) -> None:
    """One row changed before the old size: even the proof of the rewriter does not join the two."""
    old = data.draw(st.integers(1, size))
    at = data.draw(st.integers(0, old - 1))
    leaves = _leaves(size)
    other = [*leaves[:at], sm3(leaves[at]), *leaves[at + 1 :]]
    for mine, theirs in ((leaves, other), (other, leaves)):
        proof = consistency_proof(Frontier().extended(mine[:old]), mine[old:])
        assert not is_consistent(
            old_size=old,
            old_root=tree_root(theirs[:old]),
            size=size,
            root=tree_root(mine),
            proof=proof,
        )


def test_no_log_shrinks() -> None:
    """A log that is shorter than before has no proof, whatever is given."""
    small, large = tree_root(_leaves(3)), tree_root(_leaves(5))
    for proof in ((), (small,), _proof(3, 5)):
        assert not is_consistent(old_size=5, old_root=large, size=3, root=small, proof=proof)
    assert not is_consistent(old_size=-1, old_root=small, size=3, root=small, proof=())


@pytest.mark.parametrize("size", range(1, 65))
def test_inclusion_is_proved_from_any_frontier(size: int) -> None:
    """A row's path needs only the frontier before it and the leaves from there on."""
    leaves = _leaves(size)
    root = tree_root(leaves)
    for start in range(size):
        frontier = Frontier().extended(leaves[:start])
        for number in range(start, size):
            path = inclusion_path(frontier, leaves[start:], number)
            assert path == inclusion_proof(leaves, number)
            assert root_from_proof(leaves[number], number, size, path) == root
        with pytest.raises(IndexError):
            inclusion_path(frontier, leaves[start:], start - 1)
