import re
from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from adapters.crypto.providers import OpensslAlgorithms
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.sealing import (
    BlindIndex,
    FieldCipher,
    Place,
    ProtectedRow,
    ProtectedRows,
    Renewal,
    RowSeal,
    renew,
)
from supervision_core.testing.crypto import MemoryKeys

HERE = Place("officer", "phone", "o-1")
PHONE = "13800000000"


class Fixed(Randomness):
    """Always the same bytes: for what must not depend on them."""

    def token(self, size: int) -> bytes:
        """Give them."""
        return bytes(size)


def _spoilt(text: str) -> list[str]:
    """Give every copy of ``text`` with one sign changed, taken away, or doubled."""
    signs = "A1$_-=z v"
    return [
        text[:at] + sign + text[at + 1 :]
        for at in range(len(text))
        for sign in (*signs, chr(ord(text[at]) ^ 1), "")
        if sign != text[at]
    ]


def test_a_field_comes_back_at_its_place(keys: MemoryKeys, randomness: Randomness) -> None:
    """Sealed as sm4$v1$..., without a sign of the text; equal texts look different."""
    fields = FieldCipher(keys, randomness)
    first, second = (fields.seal(PHONE, HERE) for _ in range(2))
    assert re.fullmatch(r"sm4\$v1\$[A-Za-z0-9_-]+", first)
    assert first != second
    assert fields.open(first, HERE) == fields.open(second, HERE) == PHONE
    assert PHONE not in first


@given(st.text(max_size=80), st.text(max_size=9), st.text(max_size=9), st.text(max_size=9))
def test_any_text_goes_round(text: str, table: str, column: str, row: str) -> None:
    """Chinese, emoji, nothing at all: what goes in comes out."""
    keys = MemoryKeys(OpensslAlgorithms())
    keys.rotate("fields")
    fields = FieldCipher(keys, Fixed())
    place = Place(table, column, row)
    assert fields.open(fields.seal(text, place), place) == text


def test_a_field_moved_elsewhere_does_not_open(keys: MemoryKeys, randomness: Randomness) -> None:
    """Another row, column or table, and parts that run into each other, are other places."""
    fields = FieldCipher(keys, randomness)
    sealed = fields.seal(PHONE, HERE)
    for other in (
        evolve(HERE, row="o-2"),
        evolve(HERE, column="mail"),
        evolve(HERE, table="user"),
        Place("officerp", "hone", "o-1"),
        Place("officer", "phone5:", "o-1"),
    ):
        with pytest.raises(Tampered, match=r"crypto\.field_changed"):
            fields.open(sealed, other)


def test_every_changed_sign_of_a_field_is_refused(keys: MemoryKeys, randomness: Randomness) -> None:
    """No other spelling of a stored value opens: version, nonce, body, tag and base64 alike."""
    fields = FieldCipher(keys, randomness)
    for version in (1, 2):
        sealed = fields.seal(PHONE + "x" * version, HERE)
        for wrong in (*_spoilt(sealed), sealed + "=", sealed + "\n", " " + sealed, "", "sm4$v1$"):
            with pytest.raises((Tampered, KeyMissing)):
                fields.open(wrong, HERE)
        keys.rotate("fields")


def test_a_nonce_never_serves_twice(keys: MemoryKeys, randomness: Randomness) -> None:
    """Each value draws a nonce of its own, also for the same text at the same place."""
    fields = FieldCipher(keys, randomness)
    nonces = {fields.seal(PHONE, HERE)[7:23] for _ in range(2000)}
    assert len(nonces) == 2000


def test_old_versions_open_after_rotation(keys: MemoryKeys, randomness: Randomness) -> None:
    """The newest key seals, every key opens, and a value cannot be passed off as another's."""
    fields = FieldCipher(keys, randomness)
    old = fields.seal(PHONE, HERE)
    keys.rotate("fields")
    new = fields.seal(PHONE, HERE)
    assert new.startswith("sm4$v2$")
    assert fields.open(old, HERE) == fields.open(new, HERE) == PHONE
    assert (fields.is_current(old), fields.is_current(new)) == (False, True)
    with pytest.raises(Tampered, match=r"crypto\.field_changed"):
        fields.open(old.replace("v1", "v2"), HERE)
    with pytest.raises(KeyMissing, match=r"crypto\.key_missing"):
        fields.open(old.replace("v1", "v3"), HERE)


def test_a_value_is_found_by_its_index(keys: MemoryKeys) -> None:
    """Spellings that mean the same find each other, under every key; columns stay apart."""

    def digits(text: str) -> str:
        return re.sub(r"\D", "", text)

    index = BlindIndex(keys, "officer.phone", digits)
    stored = index.of("138-0000-0000")
    assert re.fullmatch(r"sm3\$v1\$[0-9a-f]{64}", stored)
    assert index.candidates(PHONE) == (stored,)
    keys.rotate("index")
    assert index.candidates(PHONE) == (index.of(PHONE), stored)
    assert index.of(PHONE) != stored
    assert BlindIndex(keys, "user.phone", digits).of(PHONE) != index.of(PHONE)
    assert BlindIndex(keys, "officer.phone1", str).of("1") != BlindIndex(
        keys, "officer.phone", str
    ).of("11")


ROW: dict[str, Json] = {"user": "u-1", "role": "lead", "region": None, "level": 2, "active": True}


def test_a_sealed_row_stands_by_every_column(keys: MemoryKeys) -> None:
    """A column changed, dropped, added or retyped, another table, another seal: all refused."""
    seals = RowSeal(keys)
    seal = seals.of("grant", ROW)
    seals.check("grant", dict(reversed(ROW.items())), seal)
    wrong: list[tuple[str, dict[str, Json]]] = [
        ("grants", ROW),
        ("grant", {**ROW, "more": None}),
        *(("grant", {k: v for k, v in ROW.items() if k != name}) for name in ROW),
        *(("grant", {**ROW, name: "other"}) for name in ROW),
        ("grant", {**ROW, "level": "2"}),
        ("grant", {**ROW, "region": ""}),
        ("grant", {**ROW, "active": 1}),
        ("grant", {**ROW, "user": "lead", "role": "u-1"}),
    ]
    for table, row in wrong:
        with pytest.raises(Tampered, match=r"crypto\.row_changed"):
            seals.check(table, row, seal)
    for spoilt in (*_spoilt(seal), seal.upper(), seal + " ", ""):
        with pytest.raises((Tampered, KeyMissing)):
            seals.check("grant", ROW, spoilt)


class Stored(ProtectedRows):
    """Rows in memory, each under some version of a key."""

    name = "stored"

    def __init__(self, versions: Sequence[int], current: int = 2) -> None:
        """Keep a row of each version."""
        self.rows = {f"{at:04d}": version for at, version in enumerate(versions)}
        self.current = current

    def count(self) -> int:
        """Count them."""
        return len(self.rows)

    def after(self, cursor: str, limit: int) -> Sequence[ProtectedRow]:
        """Give the next ones."""
        rows = sorted(row for row in self.rows if row > cursor)[:limit]
        return [ProtectedRow(row, self.rows[row] == self.current) for row in rows]

    def protect(self, cursors: Sequence[str]) -> int:
        """Bring them up."""
        self.rows |= dict.fromkeys(cursors, self.current)
        return len(cursors)


@pytest.mark.parametrize(("count", "batches"), [(0, 1), (3, 1), (10, 3), (11, 3)])
def test_a_renewal_goes_on_where_it_stopped(count: int, batches: int) -> None:
    """Batch by batch, every row is renewed once; a second walk renews none."""
    store = Stored([1] * count)
    for expected in (count, 0):
        cursor, seen, renewed, calls = "", 0, 0, 0
        while calls == 0 or cursor:
            step = renew(store, cursor=cursor, batch=5)
            cursor, seen, renewed = step.cursor, seen + step.seen, renewed + step.renewed
            calls += 1
        assert (seen, renewed, calls) == (count, expected, batches)
    assert set(store.rows.values()) <= {2}


def test_a_renewal_touches_only_what_is_stale() -> None:
    """Rows that the newest keys protect already are passed over."""
    store = Stored([2, 1, 2, 1])
    assert renew(store) == Renewal(cursor="", seen=4, renewed=2)


def test_what_is_current_is_told_from_what_is_not(keys: MemoryKeys, randomness: Randomness) -> None:
    """Fields, indexes and seals alike: the version in front decides, of each its own key."""
    fields, seals = FieldCipher(keys, randomness), RowSeal(keys)
    index = BlindIndex(keys, "officer.phone", str.strip)
    field, tag, seal = fields.seal(PHONE, HERE), index.of(PHONE), seals.of("grant", ROW)
    for at, name in enumerate(("fields", "index", "rows")):
        keys.rotate(name)
        found = [fields.is_current(field), index.is_current(tag), seals.is_current(seal)]
        assert found == [False] * (at + 1) + [True] * (2 - at)
