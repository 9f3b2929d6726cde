"""Initials of names: pinned, with every reading that lives."""

from supervision_core.kernel.codes.data import initial_letters
from supervision_core.kernel.initials import MOST_READINGS, initials


def test_the_table_is_as_it_was_pinned() -> None:
    """26,703 signs and 36 letters and digits; 95 signs have several readings."""
    found = initial_letters()
    assert len(found) == 26_703 + 36
    assert sum(len(one) > 1 for one in found.values()) == 95
    assert all(one.isascii() and one.isalnum() for one in found.values())


def test_every_reading_counts() -> None:
    """重庆 is found by cq and by zq; letters stand for themselves, unknown signs for nothing."""
    assert set(initials("重庆")) == {"zq", "cq"}
    assert initials("南宁乳业") == ("nnry",)
    assert initials("kfc餐厅2") == ("kfcct2",)
    assert initials("😀") == ()


def test_readings_of_one_name_are_few() -> None:
    """However many signs have several readings, a name has at most eight."""
    found = initials("重" * 20)
    assert len(found) == len(set(found)) == MOST_READINGS
    assert all(len(one) == 20 for one in found)
