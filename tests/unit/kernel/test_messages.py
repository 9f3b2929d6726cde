"""Words for refusals: one text a code, filled from the violation's data."""

import pytest

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.messages import KERNEL_MESSAGES, LONGEST, Message, Messages


def test_a_message_is_filled_from_the_data() -> None:
    """Placeholders take the data of the violation; nothing known is shown as empty."""
    messages = Messages({"a.b": Message("第{row}行“{name}”", "改{name}")})
    found = messages.explain(Violation("a.b", data={"row": 3, "name": None}))
    assert found == Message("第3行“”", "改")


def test_data_is_not_a_template() -> None:
    """Braces that came in from outside are shown, not filled."""
    messages = Messages({"a.b": Message("“{name}”")})
    assert messages.explain(Violation("a.b", data={"name": "{row}"})).reason == "“{row}”"


def test_of_a_long_text_only_the_beginning_is_repeated() -> None:
    """Whoever sends a book does not get it back: an answer stays as short as it is described."""
    messages = Messages({"a.b": Message("“{name}”")})
    whole, cut = "长" * LONGEST, "长" * (LONGEST + 1)
    assert messages.explain(Violation("a.b", data={"name": whole})).reason == f"“{whole}”"
    assert messages.explain(Violation("a.b", data={"name": cut})).reason == f"“{whole}…”"


def test_an_unknown_code_is_an_error() -> None:
    """A refusal without words is found by a test, never shown as a blank."""
    with pytest.raises(KeyError):
        Messages({}).explain(Violation("a.b"))


def test_a_code_has_one_text() -> None:
    """Two contexts cannot explain one code."""
    with pytest.raises(ValueError, match=r"a\.b"):
        Messages({"a.b": Message("甲")}, {"a.b": Message("乙")})


def test_parts_are_joined() -> None:
    """A catalogue knows the codes of all its parts."""
    messages = Messages(KERNEL_MESSAGES, {"a.b": Message("甲")})
    assert set(messages.codes()) == {*KERNEL_MESSAGES, "a.b"}
