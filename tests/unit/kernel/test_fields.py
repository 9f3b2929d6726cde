"""What a field says of itself changes nothing of what it holds."""

import attrs
import pytest
from attrs import field, frozen

from entrypoints.http.words import Words
from supervision_core.kernel.fields import FIELD, FieldWords, said
from supervision_core.kernel.plain import digest, from_plain, to_plain
from supervision_core.tasks.model.sheet import TaskKind


@frozen(kw_only=True)
class Silent:
    """A command whose fields say nothing."""

    kind: TaskKind
    note: str = ""


@frozen(kw_only=True)
class Saying:
    """The same command, its fields in words."""

    kind: TaskKind = field(
        metadata=said("任务类型", codes={"case": "个案检查"}, hint="分发前可改", example="case")
    )
    note: str = field(default="", metadata=said("备注"))


def test_words_change_neither_plain_form_nor_digest() -> None:
    """What is stored, hashed and read back is the same with words as without."""
    plain = to_plain(Silent(kind=TaskKind.CASE))
    saying = from_plain(Saying, plain)
    assert to_plain(saying) == plain
    assert digest(saying) == digest(Silent(kind=TaskKind.CASE))
    assert saying == Saying(kind=TaskKind.CASE)


def test_words_come_from_the_declaration() -> None:
    """Title, hint, codes and example of a field are those of its class, whatever its name is."""
    words = Words()
    assert words.of("kind", Saying) == {
        "description": "任务类型：分发前可改；case为个案检查",
        "examples": ["case"],
    }
    assert words.of("note", Saying) == {"description": "备注"}
    assert attrs.fields_dict(Saying)["note"].metadata[FIELD] == FieldWords(title="备注")
    with pytest.raises(KeyError):
        words.of("kind", Silent)
