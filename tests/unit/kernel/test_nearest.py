"""What somebody may have meant by a name that nothing has."""

import pytest

from supervision_core.kernel.registers import nearest

NAMES = ("南宁市市场监督管理局", "南宁市应急管理局", "柳州市市场监督管理局", "自治区农业农村厅")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("南宁市监局", "南宁市市场监督管理局"),
        ("南宁市市场监管局", "南宁市市场监督管理局"),
        ("广西南宁市应急管理局", "南宁市应急管理局"),
        ("农业农村", "自治区农业农村厅"),
    ],
    ids=["short form", "other word", "more said", "part"],
)
def test_the_nearest_name_comes_first(text: str, first: str) -> None:
    """A short form, another word for the same, more or less than the name."""
    assert nearest(text, NAMES)[0] == first


@pytest.mark.parametrize("text", ["", "局", "税务", "甲乙丙"])
def test_what_is_far_is_not_offered(text: str) -> None:
    """A guess that is no help would be followed by somebody."""
    assert nearest(text, NAMES) == []
