"""What an export was asked for, as the log says it: in words, and nobody's personal data.

Source: design 11 (exports are audited with count and criteria).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.registers import Ask, Field, FieldType, is_blank, parts_of
from supervision_core.kernel.registers.tables import cell_of

_MOST_TOLD: Final = 20
"""So many ids of rows that were chosen the log names; more, by their SM3."""
_PERSONS: Final = frozenset({"user", "officer"})
"""What refers to a person is said by its id."""
_OF_PERSONS: Final = _PERSONS | {"subject", "publication", "clue"}
"""Of these some are natural persons, or speak of them: what was typed may be a name or number."""
_CHOSEN: Final = frozenset({
    FieldType.CHOICE, FieldType.CHOICES, FieldType.INTEGER, FieldType.RATIO, FieldType.DAY,
    FieldType.MOMENT, FieldType.FLAG, FieldType.LINK, FieldType.LINKS,
})  # fmt: skip
"""Types whose values are no words that somebody typed."""
_HIDDEN: Final = "已填写，内容不记录"


def criteria_told(
    ask: Ask,
    asked: Iterable[tuple[Field, Any]],
    ids: Sequence[str] = (),
    *,
    of: str = "",
) -> str:
    """Say what was asked of things of the kind ``of``: title and value, references by name and id.

    Of a sealed field, and of words by which a person is looked for, only that they were asked for.
    """
    said = [
        f"{one.title}：{_HIDDEN if _personal(one, of) else _value(ask, one, value)}"
        for one, value in asked
        if not is_blank(value)
    ]
    return "；".join((*said, *_chosen(ids))) or "全部"


def _personal(one: Field, of: str) -> bool:
    named = of in _OF_PERSONS and one.type not in _CHOSEN
    return one.mask is not None or named


def _value(ask: Ask, one: Field, value: Any) -> str:
    names = dict[str, str]()
    if one.to is not None and one.to not in _PERSONS:
        found = ask.resolve(one.to, [str(each) for each in parts_of(value)])
        names = {id_: f"{each.name}（{id_}）" for id_, each in found.items()}
    return str(cell_of(one, value, names))


def _chosen(ids: Sequence[str]) -> Iterator[str]:
    """Tell how many rows were chosen one by one, and which: many by their SM3."""
    if len(ids) > _MOST_TOLD:
        digest = sm3("\n".join(sorted(ids)).encode()).hex()
        yield f"勾选{len(ids)}条，编号的SM3：{digest}"
    elif ids:
        yield f"勾选{len(ids)}条，编号：{'、'.join(ids)}"
