"""The log cannot be changed unseen: RFC 6962's tree over SM3."""

from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.audit.model import (
    AuditEntry,
    AuditRow,
    Outcome,
    inclusion_proof,
    root_from_proof,
    tree_root,
)
from supervision_core.kernel.canonical import sm3

ENTRY = AuditEntry(
    at=datetime(2026, 1, 1, tzinfo=UTC),
    actor="u1",
    department="d1",
    action="checklists.publish",
    outcome=Outcome.DONE,
    request="00",
    targets=("checklist/c1",),
    note=(("pool_hash", "ab"),),
)
SIZES = range(1, 65)


def _leaves(count: int) -> list[bytes]:
    return [sm3(b"\x00" + bytes([number])) for number in range(count)]


def _node(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


def test_the_tree_has_the_shape_of_rfc_6962() -> None:
    """RFC 6962 2.1.3: seven leaves split 4 + 3; nothing is padded or doubled."""
    a, b, c, d, e, f, g = _leaves(7)
    left = _node(_node(a, b), _node(c, d))
    assert tree_root(_leaves(7)) == _node(left, _node(_node(e, f), g))
    assert inclusion_proof(_leaves(7), 0) == (b, _node(c, d), _node(_node(e, f), g))
    assert inclusion_proof(_leaves(7), 6) == (_node(e, f), left)


def test_the_empty_log_has_a_root() -> None:
    """RFC 6962 2.1: the hash of nothing."""
    assert tree_root([]) == sm3(b"")


@pytest.mark.parametrize("count", SIZES)
def test_every_row_is_proved(count: int) -> None:
    """Each row of a log of any size up to 64 has a proof that gives the root."""
    leaves = _leaves(count)
    root = tree_root(leaves)
    for number, leaf in enumerate(leaves):
        path = inclusion_proof(leaves, number)
        assert len(path) <= (count - 1).bit_length()
        assert root_from_proof(leaf, number, count, path) == root


@given(st.data())
def test_a_forgery_is_refused(data: st.DataObject) -> None:
    """Another leaf, another place, a path changed, cut or lengthened: the root is never met."""
    count = data.draw(st.integers(2, 64))
    number = data.draw(st.integers(0, count - 1))
    leaves = _leaves(count)
    root = tree_root(leaves)
    path = inclusion_proof(leaves, number)
    at = data.draw(st.integers(0, len(path) - 1))
    changed = (*path[:at], sm3(path[at]), *path[at + 1 :])
    elsewhere = data.draw(st.integers(0, count - 1).filter(lambda other: other != number))
    forged = [
        root_from_proof(sm3(leaves[number]), number, count, path),
        root_from_proof(leaves[number], elsewhere, count, path),
        root_from_proof(leaves[number], number, count, changed),
        root_from_proof(leaves[number], number, count, path[1:]),
        root_from_proof(leaves[number], number, count, path[:-1]),
        root_from_proof(leaves[number], number, count, (*path, root)),
        root_from_proof(leaves[number], number, count, (root, *path)),
    ]
    assert root not in forged


@given(st.integers(1, 64), st.data())
def test_any_changed_row_changes_the_root(count: int, data: st.DataObject) -> None:
    """A row changed, removed or exchanged after the fact gives another root."""
    leaves = _leaves(count)
    at = data.draw(st.integers(0, count - 1))
    root = tree_root(leaves)
    assert tree_root([*leaves[:at], sm3(leaves[at]), *leaves[at + 1 :]]) != root
    assert tree_root([*leaves[:at], *leaves[at + 1 :]]) != root
    if count > 1:
        assert tree_root([*leaves[1:], leaves[0]]) != root


def test_an_inner_node_is_no_leaf() -> None:
    """Leaves and nodes hash under different first bytes, so a node cannot pose as a row."""
    row = AuditRow(number=0, entry=ENTRY)
    assert row.leaf() not in {tree_root([row.leaf(), row.leaf()]), sm3(row.leaf())}


@pytest.mark.parametrize(("number", "count"), [(-1, 4), (4, 4), (1, 1), (0, 0), (5, 4)])
def test_no_proof_outside_the_log(number: int, count: int) -> None:
    """A place that the log does not have can be neither proved nor checked."""
    with pytest.raises(IndexError):
        inclusion_proof(_leaves(count), number)
    assert root_from_proof(b"", number, count, ()) is None


def test_a_lone_row_needs_no_path() -> None:
    """A log of one row is its leaf, and a path for it is a forgery."""
    (leaf,) = _leaves(1)
    assert root_from_proof(leaf, 0, 1, ()) == leaf
    assert root_from_proof(leaf, 0, 1, (leaf,)) is None


@pytest.mark.parametrize(
    "other",
    [
        evolve(ENTRY, at=ENTRY.at.replace(second=1)),
        evolve(ENTRY, actor="u2"),
        evolve(ENTRY, department="d2"),
        evolve(ENTRY, action="checklists.withdraw"),
        evolve(ENTRY, outcome=Outcome.DENIED),
        evolve(ENTRY, request="01"),
        evolve(ENTRY, targets=()),
        evolve(ENTRY, note=()),
    ],
    ids=["at", "actor", "department", "action", "outcome", "request", "targets", "note"],
)
def test_every_field_of_an_entry_is_covered(other: AuditEntry) -> None:
    """No column of the log can be changed without changing the leaf."""
    assert AuditRow(number=0, entry=other).leaf() != AuditRow(number=0, entry=ENTRY).leaf()


def test_the_leaf_can_be_recomputed_by_anyone() -> None:
    """The leaf is SM3 over 0x00 and the canonical JSON of number and entry, as documented."""
    text = (
        '{"entry":{"action":"checklists.publish","actor":"u1","at":"2026-01-01T00:00:00+00:00",'
        '"department":"d1","note":[["pool_hash","ab"]],"outcome":"done","request":"00",'
        '"targets":["checklist/c1"]},"number":7}'
    )
    assert AuditRow(number=7, entry=ENTRY).leaf() == sm3(b"\x00" + text.encode())


def test_the_place_is_covered() -> None:
    """Two rows cannot change places unseen."""
    assert AuditRow(number=0, entry=ENTRY).leaf() != AuditRow(number=1, entry=ENTRY).leaf()
