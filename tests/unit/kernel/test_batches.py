import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.batches import Batch, digests_of
from supervision_core.kernel.canonical import Json

VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8)
ROWS = st.lists(st.lists(VALUES | st.sampled_from(["]\n[", '"\n"', "null", "1"]), max_size=4))


def _typed(row: list[Json]) -> list[tuple[type, Json]]:
    return [(type(value), value) for value in row]


@given(ROWS)
def test_rows_have_the_same_digest_only_where_every_value_is_the_same(
    rows: list[list[Json]],
) -> None:
    """Whatever texts hold, no value runs into another; kinds of values are told apart."""
    digests = digests_of("t", rows)
    assert len(digests) == len(rows)
    for one, row in zip(digests, rows, strict=True):
        for other, another in zip(digests, rows, strict=True):
            assert (one == other) == (_typed(row) == _typed(another))


def test_a_digest_does_not_depend_on_how_many_rows_are_given_together() -> None:
    """A row read alone is checked by the digest that it had among thousands."""
    rows: list[list[Json]] = [[at, f"{at}]\n[", None] for at in range(301)]
    assert digests_of("t", iter(rows)) == [digests_of("t", [row])[0] for row in rows]


def test_a_digest_is_of_one_table() -> None:
    """The same values in another table are another row."""
    assert digests_of("a", [["x"]]) != digests_of("b", [["x"]])


def test_what_no_row_holds_has_no_digest() -> None:
    """A value inside a value would be taken for another row: it is refused."""
    with pytest.raises(TypeError):
        digests_of("t", [[["a"], ["b"]]])


def test_a_row_that_leaves_is_no_member_any_more() -> None:
    """The others stay; one that left before is passed over."""
    digests = digests_of("t", [[1], [2], [3]])
    batch = Batch.seal("t", digests, id="b-1")
    assert (batch.count, batch.holds(digests[1])) == (3, True)
    for _ in range(2):
        batch.leave({digests[1]})
        assert (batch.count, batch.holds(digests[1])) == (2, False)
    assert batch.holds(digests[0])
    batch.leave(set(digests))
    assert batch.count == 0
