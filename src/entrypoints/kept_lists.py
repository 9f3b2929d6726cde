"""What of each list can be kept by a person, and the names of what he opened lately."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs
from attrs import field, frozen

from entrypoints.container import Platform
from entrypoints.element_sets import own_elements
from entrypoints.registered import lists, registers
from supervision_core.identity.model import Actor, ListOffer, Opened
from supervision_core.identity.services.histories import ShowNamed
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.identity.services.registers import cases_of as register_cases
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import asked_fields
from supervision_core.kernel.registers import RegisterVerb

POSITION: Final = "position"
CHANGED_AT: Final = "changed_at"
ENABLED: Final = "enabled"
PARENT: Final = "parent"
"""The branch of a tree in which a register is looked at."""
_LIST: Final = "list"
_STATES: Final = {"yes": "启用", "no": "停用"}
_FLAGS: Final = {"yes": "是", "no": "否"}


def columns_of(platform: Platform, actor: Actor, place: str) -> Mapping[str, str]:
    """Give the columns that a list shows to ``actor`` by name, with their titles."""
    if place in registers():
        register = registers()[place]
        found = {one.name: one.title for one in register.columns}
        found |= {POSITION: "排序号", CHANGED_AT: "最后维护时间"}
        return found | ({ENABLED: "状态"} if RegisterVerb.SWITCH in register.verbs else {})
    query = lists()[place]
    elements = own_elements(platform, query.elements, actor)
    return {one.name: one.title for one in (*query.columns, *elements.fields)}


def offer_of(platform: Platform, actor: Actor, place: str) -> ListOffer:
    """Give what of a list ``actor`` can keep. Raises ``NotFound`` for what he may not list."""
    criteria, orders, permission = set[str](), frozenset[str](), ""
    if place in lists():
        query = lists()[place]
        permission = list_cases(query).list.permission
        criteria |= {name for name, _, _ in asked_fields(query)}
        orders = frozenset(one.name for one in query.orders)
    elif place in registers() and RegisterVerb.LIST in registers()[place].verbs:
        register = registers()[place]
        cases = register_cases(register)
        permission = cases.question(RegisterVerb.LIST).permission
        criteria |= {one.name for one in attrs.fields(cases.asking)} - {"page", "ids"}
        criteria |= {PARENT} if register.branch is not None else set()
    if not permission or not actor.may(permission):
        raise NotFound(_LIST, place)
    return ListOffer(
        place=place, criteria=frozenset(criteria), orders=orders,
        columns=frozenset(columns_of(platform, actor, place)),
    )  # fmt: skip


def criterion_told(place: str, name: str, text: str) -> str:
    """Say in words what is asked by one criterion of a list."""
    if name == PARENT:
        return "所选分类"
    if name == ENABLED:
        return f"状态：{_STATES.get(text, text)}"
    if place in lists():
        known = next((one for each, _, one in asked_fields(lists()[place]) if each == name), None)
        end = ""
    else:
        by_name, whole = registers()[place].by_name, name.rpartition("_")[0]
        known = by_name.get(name) or by_name.get(whole)
        end = {"_from": "起", "_to": "止"}.get(name.removeprefix(whole), "")
    if known is None:
        return f"{name}：{text}"
    return f"{known.title}{end}：{known.codes.get(text, _FLAGS.get(text, text))}"


@frozen(kw_only=True)
class Recent:
    """Something that was opened lately and can still be looked at."""

    place: str = field(metadata=said("所属列表", example="tasks.task"))
    place_title: str = field(metadata=said("所属列表的名称", example="检查任务"))
    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = field(metadata=said("名称", example="乳品专项检查"))


def recents(platform: Platform, actor: Actor) -> Iterator[Recent]:
    """Give what ``actor`` opened lately, the last first, named as he may see it now."""
    opened = platform.log_ins.own_preferences(actor.user).opened
    by_place: dict[str, list[str]] = {}
    for one in opened:
        by_place.setdefault(one.place, []).append(one.thing)
    named = {place: _named(platform, actor, place, ids) for place, ids in by_place.items()}
    yield from (made for one in opened if (made := _recent(one, named)) is not None)


def _recent(one: Opened, named: Mapping[str, Mapping[str, str]]) -> Recent | None:
    name = named[one.place].get(one.thing)
    if name is None:
        return None
    described: Any = lists().get(one.place) or registers()[one.place]
    return Recent(
        place=one.place, place_title=described.title, id=one.thing, name=name or one.thing
    )


def _named(platform: Platform, actor: Actor, place: str, ids: list[str]) -> Mapping[str, str]:
    if place in lists():
        question = list_cases(lists()[place]).labels
    elif place in registers() and RegisterVerb.VIEW in registers()[place].verbs:
        question = register_cases(registers()[place]).labels
    else:
        return {}
    if not actor.may(question.permission):
        return {}
    found: Mapping[str, str] = platform.commands.ask(
        question, ShowNamed(ids=tuple(ids)), actor=actor
    )
    return found
