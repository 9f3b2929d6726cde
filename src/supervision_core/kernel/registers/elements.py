"""Elements (要素): fields that users define, and what a thing says in them.

A register of elements is made by ``elements``; which of its elements hold for a thing is an
``ElementSet``, read by ``elements_for`` where the thing stands. What the thing says is kept in it
as ``Extras``; forms, lists, imports and exports get ``ElementSet.fields``, named ``extras.KEY``.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Final, TypeVar

from attrs import define, frozen

from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.one_line import is_one_line
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers.description import Content
from supervision_core.kernel.registers.entries import Entry
from supervision_core.kernel.registers.fields import (
    Extras,
    Field,
    FieldType,
    Search,
    choice,
    flag,
    generated,
    text,
    texts,
)
from supervision_core.kernel.registers.references import Ask
from supervision_core.kernel.registers.register import (
    OWNER_DEPARTMENT,
    OWNER_REGION,
    USUAL,
    Register,
    RegisterVerb,
    register,
)
from supervision_core.kernel.registers.store import EntryFilter, Reach, RegisterStore
from supervision_core.kernel.registers.tables import COLUMN_KINDS
from supervision_core.kernel.tables import Column, ColumnKind

ELEMENT_TYPES: Final = {
    "text": "文本", "integer": "整数", "day": "日期", "choice": "单选", "flag": "是否",
}  # fmt: skip
MOST_ELEMENTS: Final = 30
"""Elements that hold for one thing, and that one department keeps in use."""
EXTRAS: Final = "extras"
"""The object that holds what is said in elements, and the beginning of the names of its fields."""
_LONGEST: Final = 200
_MOST_DIGITS: Final = 9


def element_key(region: str, count: int) -> str:
    """Give the key of a new element: it never belongs to another one, not even to a later one."""
    del region
    return f"ys{count:04}"


@frozen(kw_only=True)
class ElementContent(Content):
    """要素 (Element): a field that users define for a form. Source: proposal 4449-4467."""

    title: str = text("要素名称", required=True, search=Search.FUZZY, max_length=40)
    key: str = generated("要素编码", element_key)
    type: str = choice("字段类型", ELEMENT_TYPES, required=True)
    mandatory: bool = flag("是否必填")
    choices: tuple[str, ...] = texts("可选项", hint="每行一项，只用于单选")
    own: bool = flag("仅用于本部门")


def element_rules(
    content: ElementContent, before: ElementContent | None, ask: Ask
) -> Iterable[Violation]:
    """Find an element without choices to choose from, and one whose type changes."""
    del ask
    if content.type == "choice" and not content.choices:
        yield Violation("kernel.element_choices", "choices")
    if before is not None and before.type != content.type:
        yield Violation("kernel.element_type_fixed", "type")


E = TypeVar("E", bound=ElementContent)


def elements(
    name: str,
    *,
    plural: str,
    title: str,
    keepers: Iterable[str],
    content: type[ElementContent] = ElementContent,
) -> Register[ElementContent]:
    """Describe a register of elements.

    An element holds for the region and below of who added it, or for that department alone; 复用
    takes one that was defined elsewhere into one's own set. Where elements of two registers hold
    for one thing, the ``content`` of one of them makes keys that the other never makes.
    """
    return elements_of(content, name, plural=plural, title=title, keepers=keepers)


def elements_of(  # noqa: PLR0913 - what such a register is called and how many it holds
    content: type[E],
    name: str,
    *,
    plural: str,
    title: str,
    keepers: Iterable[str],
    menu: str = "要素配置",
    most: int = MOST_ELEMENTS,
) -> Register[E]:
    """Describe a register of elements that say more; a department keeps at most so many in use."""
    return register(
        content, name, plural=plural, title=title, menu=menu, keepers=keepers,
        unique=(("title", OWNER_REGION, OWNER_DEPARTMENT),),
        verbs=USUAL | {RegisterVerb.REUSE}, refuse=element_rules, most=most,
    )  # fmt: skip


@define(eq=False)
class ElementSet:
    """要素集 (ElementSet): the elements that hold for one thing, at most thirty, in their order.

    ``number`` grows with every change of an element, so that it tells one set from the next.
    """

    number: int
    elements: tuple[ElementContent, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The elements as fields of forms, lists and tables."""
        return tuple(
            Field(
                name=f"{EXTRAS}.{one.key}", title=one.title, type=FieldType(one.type),
                required=one.mandatory and one.type != FieldType.FLAG.value,
                codes={each: each for each in one.choices} if one.type == "choice" else {},
                max_length=_LONGEST if one.type == "text" else None,
            )
            for one in self.elements
        )  # fmt: skip

    @property
    def columns(self) -> tuple[Column, ...]:
        """The elements as columns of a table that people fill in."""
        return tuple(
            Column(
                name=one.name, title=one.title, kind=COLUMN_KINDS.get(one.type, ColumnKind.TEXT),
                required=one.required, choices=tuple(one.codes),
                max_length=one.max_length or _LONGEST,
            )
            for one in self.fields
        )  # fmt: skip

    def violations(
        self, values: Mapping[str, Scalar], before: Mapping[str, Scalar] | None = None
    ) -> Iterator[Violation]:
        """Give everything against a thing saying ``values``; ``before`` is what it said.

        What it says in an element that holds no more may stay as it is.
        """
        known = {one.key: one for one in self.elements}
        said_before = before or {}
        for key, value in values.items():
            if key not in known and said_before.get(key) != value:
                yield Violation("kernel.extra_unknown", EXTRAS, {"value": key[:40]})
        for one, described in zip(self.elements, self.fields, strict=True):
            yield from _violations(described, values.get(one.key))

    def taken(self, values: Mapping[str, Scalar]) -> Extras:
        """Give what is kept of ``values``: those that are filled, under the number of this set."""
        filled = {key: one for key, one in values.items() if one not in (None, "")}
        return Extras(number=self.number, values=filled)

    def cells(self, said_of: Extras) -> Iterator[tuple[Field, Any]]:
        """Give each field with what a thing says in it, days as days."""
        for one in self.fields:
            value = said_of.values.get(one.name.removeprefix(f"{EXTRAS}."))
            yield one, _day(value) if one.type is FieldType.DAY else value


NO_ELEMENTS: Final = ElementSet(0, ())


def together(sets: Iterable[ElementSet]) -> ElementSet:
    """Give the elements of several sets as one, those of the first set first."""
    found = tuple(sets)
    return ElementSet(
        sum(one.number for one in found), tuple(each for one in found for each in one.elements)
    )


def _violations(one: Field, value: Scalar) -> Iterator[Violation]:
    if value is None or value == "":
        if one.required:
            yield Violation("kernel.register_required", one.name, {"title": one.title})
    elif not _fits(one, value):
        yield Violation("kernel.extra_form", one.name, {"title": one.title})
    elif one.codes and value not in one.codes:
        data = {"title": one.title, "allowed": "、".join(one.codes)}
        yield Violation("kernel.register_unknown_code", one.name, data)


def _fits(one: Field, value: Scalar) -> bool:
    match one.type:
        case FieldType.FLAG:
            return isinstance(value, bool)
        case FieldType.INTEGER:
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole and len(str(abs(int(value or 0)))) <= _MOST_DIGITS
        case FieldType.DAY:
            day = _day(value)
            return day is not None and day.isoformat() == value
        case _:
            return isinstance(value, str) and is_one_line(value) and len(value) <= _LONGEST


def _day(value: Scalar) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def extras_in(values: Mapping[str, Any]) -> dict[str, Scalar]:
    """Give what a form or a row of a table says in elements, by key."""
    start = f"{EXTRAS}."
    return {
        name.removeprefix(start): one.isoformat() if isinstance(one, date) else one
        for name, one in values.items()
        if name.startswith(start)
    }


def elements_named(store: RegisterStore[Any], ids: Iterable[str]) -> ElementSet:
    """Give those in use among some elements, in that order: the form that names them."""
    order = {id_: place for place, id_ in enumerate(ids)}
    if not order:
        return NO_ELEMENTS
    wanted = EntryFilter(enabled=True, ids=frozenset(order))
    found = [
        one for page in every_page(lambda page: store.page(wanted, page)) for one in page.items
    ]
    found.sort(key=lambda one: order[one.id])
    return ElementSet(store.revision(), tuple(one.content for one in found[:MOST_ELEMENTS]))


@frozen
class RegionElements:
    """The elements in use of a register that some department of a region may have."""

    revision: int
    found: tuple[Entry[ElementContent], ...]

    def of(self, department: str) -> ElementSet:
        """Give those that hold for what stands in that department."""
        mine = (
            one.content for one in self.found if not one.content.own or one.department == department
        )
        return ElementSet(self.revision, tuple(islice(mine, MOST_ELEMENTS)))


def elements_in(store: RegisterStore[ElementContent], region: str) -> RegionElements:
    """Read the elements in use that hold for what stands there: those of wider regions first."""
    wanted = EntryFilter(enabled=True, reach=Reach(region=region, upward=True))
    found = [
        one
        for page in every_page(lambda page: store.page(wanted, page))
        for one in page.items
        if Reach(region=one.region).covers(region, "")
    ]
    found.sort(key=lambda one: (one.content.own, len(one.region.rstrip("0"))))
    return RegionElements(store.revision(), tuple(found))


def elements_for(
    store: RegisterStore[ElementContent], *, region: str, department: str
) -> ElementSet:
    """Give the elements in use that hold for what stands there: those of wider regions first."""
    return elements_in(store, region).of(department)
