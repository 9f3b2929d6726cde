"""Search everywhere: whatever somebody may look at, found by one text."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from attrs import field, frozen

from entrypoints.container import Platform
from entrypoints.registered import lists
from supervision_core.identity.model import Actor
from supervision_core.identity.services.finding import (
    FindByFragment,
    FoundByFragment,
    finding,
    require_current,
)
from supervision_core.identity.services.questions import (
    ListUsers,
    ListUsersByPerson,
    list_users,
    list_users_by_person,
)
from supervision_core.identity.services.searching import SearchFeed
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import Ask, Reference
from supervision_core.kernel.search import IndexUnusable, SearchSource, fragments

MOST_PEOPLE: Final = 20
MOST_OFFERED: Final = 20
FAULTS: Final = {
    "absent": "索引尚未建立",
    "damaged": "索引已损坏",
    "behind": "索引没有跟上数据",
    "foreign": "索引不是这个数据库的",
    "old": "索引是旧版本的",
}
"""What may be wrong with the index, in words."""


@cache
def searched_lists() -> tuple[ListQuery[Any], ...]:
    """Give every list whose things are found by fragments."""
    return tuple(one for one in lists().values() if one.searched is not None)


@frozen(kw_only=True)
class FoundPerson:
    """A user who was found by account or by the whole name."""

    id: str = field(metadata=said("编号", example="n000001"))
    account: str = field(metadata=said("账号", example="wang.shi"))
    name: str = field(metadata=said("姓名，隐去部分", example="王**"))


@frozen(kw_only=True)
class FoundGroup:
    """What was found of one kind."""

    kind: str = field(metadata=said("种类", example="subject"))
    title: str = field(metadata=said("种类的名称", example="监管对象"))
    found: FoundByFragment = field(metadata=said("检索结果"))


@frozen(kw_only=True)
class FoundEverywhere:
    """What was found of every kind that the asker may list, and people."""

    groups: tuple[FoundGroup, ...] = field(metadata=said("各种类的检索结果"))
    people: tuple[FoundPerson, ...] = field(metadata=said("账号或全名相符的用户"))


def search_everywhere(platform: Platform, actor: Actor, text: str, *, most: int) -> FoundEverywhere:
    """Find things of every kind by a text, at most so many of each. Raises ``FragmentTooShort``."""
    groups = [
        FoundGroup(kind=query.port.kind, title=query.title, found=found)
        for query in searched_lists()
        if actor.may(finding(query).permission)
        for found in [search_in(platform, actor, query, text, PageRequest(size=most))]
    ]
    return FoundEverywhere(groups=tuple(groups), people=tuple(_people(platform, actor, text, most)))


def search_in(
    platform: Platform, actor: Actor, query: ListQuery[Any], text: str, page: PageRequest
) -> FoundByFragment:
    """Find things of one kind. Raises ``FragmentTooShort``."""
    return platform.commands.ask(finding(query), FindByFragment(text=text, page=page), actor=actor)


def _people(platform: Platform, actor: Actor, text: str, most: int) -> Iterator[FoundPerson]:
    """Give users by account, and by the whole name, as far as the asker may look for them so."""
    page, name = PageRequest(size=min(most, MOST_PEOPLE)), text.strip()
    ways: list[tuple[Any, Any]] = [
        (list_users_by_person, ListUsersByPerson(name=name, page=page)),
        (list_users, ListUsers(text=name, page=page)),
    ]
    seen = set[str]()
    for case, asked in ways:
        if actor.may(case.permission) and (case is list_users_by_person or name.isascii()):
            for one in platform.commands.ask(case, asked, actor=actor).items:
                if one.id not in seen:
                    seen.add(one.id)
                    said_ = one.draft
                    yield FoundPerson(
                        id=one.id, account=said_.account.account, name=said_.person.name
                    )


def offered(platform: Platform, actor: Actor, kind: str, text: str) -> tuple[Reference, ...]:
    """Give things of a kind that ``actor`` may choose, whose name holds ``text``.

    Things that are searched are offered as far as the actor may look at them, all others to
    everybody. Raises ``NotFound`` for a kind that nothing refers to.
    """
    for query in searched_lists():
        if query.port.kind == kind and actor.may(finding(query).permission) and fragments(text):
            found = search_in(platform, actor, query, text, PageRequest(size=MOST_OFFERED))
            return tuple(
                Reference(id=one.id, name=one.name, usable=True, code=one.code)
                for one in found.items
            )
    with platform.transactions.begin_looking() as unit:
        try:
            return tuple(unit[Ask].offered(kind, text, MOST_OFFERED))
        except KeyError:
            raise NotFound("kind", kind) from None


def search_feed(
    platform: Platform, say: Callable[[str, int], None] = lambda _title, _count: None
) -> SearchFeed:
    """Give what keeps the index of a platform."""
    return SearchFeed(platform.transactions, platform.search, searched_lists(), say)


def index_fault(platform: Platform) -> str:
    """Say in a word of ``FAULTS`` what is wrong with the index, nothing where it is well."""
    with platform.transactions.begin_reading() as unit:
        try:
            require_current(platform.search, unit[SearchSource], platform.clock.now())
        except IndexUnusable as found:
            return str(found.args[0])
    return ""
