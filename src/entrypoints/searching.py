"""Search everywhere: whatever somebody may look at, found by one text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import Any, Final

from attrs import evolve, field, frozen

from entrypoints.container import Platform
from entrypoints.registered import lists, registers
from supervision_core.identity.lists import USERS
from supervision_core.identity.model import Actor
from supervision_core.identity.services import Question
from supervision_core.identity.services.choosing import (
    FindByInitials,
    choosing,
    choosing_entries,
)
from supervision_core.identity.services.finding import (
    FindByFragment,
    FoundByFragment,
    finding,
)
from supervision_core.identity.services.histories import ShowNamed
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.narrowing import require_current
from supervision_core.identity.services.questions import (
    ListUsersByPerson,
    list_users_by_person,
)
from supervision_core.identity.services.registers import cases_of as register_cases_of
from supervision_core.identity.services.searching import SearchFeed
from supervision_core.items.registers import MATTER
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import MOST_COUNTED, Criterion, ListQuery, Match
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import (
    DEPARTMENT,
    INDUSTRY,
    REGION,
    Ask,
    FieldType,
    Reference,
    RegisterVerb,
    called,
)
from supervision_core.kernel.search import (
    IndexUnusable,
    SearchSource,
    as_initials,
    by_initials,
    fragments,
)
from supervision_core.officers.lists import OFFICERS
from supervision_core.officers.ports import Officers

MOST_PEOPLE: Final = 20
MOST_OFFERED: Final = 20
_FEWEST_SIGNS: Final = 2
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
    name: str = field(metadata=said("姓名；企业用户和群众的隐去部分", example="王示例"))


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
    cases = cases_of(USERS)
    page, name = PageRequest(size=min(most, MOST_PEOPLE)), text.strip()
    ways: list[tuple[Any, Any]] = [
        (list_users_by_person, ListUsersByPerson(name=name, page=page)),
        (cases.list, cases.asking(text=name, page=page)),
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
    """Give things of a kind that ``actor`` may choose: whose name, or its initials, hold ``text``.

    What has a list or a register is offered to whoever may look at it there, as far as his scope
    reaches; regions and industries to everybody, departments and what stands in no list to whoever
    works for a department. People are offered by name or account, or those of a department that is
    called so; never by initials. Raises ``NotFound`` for a kind that nothing refers to.
    """
    found = _by_name(platform, actor, kind, text)
    if len(found) < MOST_OFFERED and text.strip():
        more = _people_of if kind in _PEOPLE else _by_initials
        found = (*found, *more(platform, actor, kind, text))
    few = tuple(islice({one.id: one for one in found}.values(), MOST_OFFERED))
    return _with_accounts(platform, few) if kind == OFFICERS.port.kind else few


def _with_accounts(platform: Platform, officers: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Put the accounts of officers beside their names, as their pages do."""
    with platform.transactions.begin_looking() as unit:
        tied = {one.id: one.user for one in unit[Officers].find_many([o.id for o in officers])}
        known = unit[Ask].resolve(USERS.port.kind, filter(None, tied.values()))
    accounts = {
        id_: known[user].code or known[user].name for id_, user in tied.items() if user in known
    }
    return tuple(evolve(one, account=accounts.get(one.id, "")) for one in officers)


def _of_accounts(platform: Platform, actor: Actor, text: str) -> tuple[Reference, ...]:
    """Give the officers within reach whose accounts hold ``text``."""
    kind = OFFICERS.port.kind
    with platform.transactions.begin_looking() as unit:
        users = [one.id for one in unit[Ask].offered(USERS.port.kind, text, MOST_OFFERED)]
        found = [one.id for one in unit[Officers].of_users(users)]
    return _reached(platform, actor, kind, _usable(platform, kind, found))


def _by_name(platform: Platform, actor: Actor, kind: str, text: str) -> tuple[Reference, ...]:
    for query in searched_lists():
        if query.port.kind == kind and actor.may(finding(query).permission) and fragments(text):
            found = search_in(platform, actor, query, text, PageRequest(size=MOST_OFFERED))
            return _usable(platform, kind, [one.id for one in found.items])
    if _is_open(actor, kind):
        return _reached(platform, actor, kind, _unlisted(platform, kind, text, MOST_OFFERED))
    page = PageRequest(size=MOST_OFFERED)
    asked = [
        (look, asking(text.strip(), page)) for look, asking in _looks(kind)
        if actor.may(look.permission)
    ]  # fmt: skip
    ids = [row.id for each in asked for row in platform.commands.ask(*each, actor=actor).items]
    return _usable(platform, kind, ids)


def _is_open(actor: Actor, kind: str) -> bool:
    """Tell whether things of a kind are offered to ``actor`` without a list of theirs."""
    return kind in _OPEN or bool(actor.department and (kind == DEPARTMENT or not _looks(kind)))


def _unlisted(platform: Platform, kind: str, text: str, most: int) -> tuple[Reference, ...]:
    with platform.transactions.begin_looking() as unit:
        try:
            return tuple(unit[Ask].offered(kind, text, most))
        except KeyError:
            raise NotFound("kind", kind) from None


def _by_initials(platform: Platform, actor: Actor, kind: str, text: str) -> tuple[Reference, ...]:
    """Give things of a kind with ``text`` in the initials of their names."""
    if not as_initials(text):
        return ()
    if _is_open(actor, kind):
        known = {one.id: one for one in _unlisted(platform, kind, "", MOST_COUNTED)}
        ids = by_initials({one.id: one.name for one in known.values()}, text)
        return _reached(platform, actor, kind, tuple(known[one] for one in ids))
    asked = FindByInitials(text=text)
    found = [
        one
        for case in _choices(kind)
        if actor.may(case.permission)
        for one in platform.commands.ask(case, asked, actor=actor)
    ]
    return _usable(platform, kind, found)


@cache
def _choices(kind: str) -> tuple[Question[FindByInitials, tuple[str, ...]], ...]:
    """Give the questions which things of a kind have some initials; an index knows them itself."""
    register = registers().get(kind)
    if register is not None:
        personal = register.label.name in register.personal
        return () if personal else (choosing_entries(register),)
    those = (one for one in lists().values() if one.port.kind == kind and not one.partial)
    return tuple(choosing(one) for one in those if one.searched is None)


def _people_of(platform: Platform, actor: Actor, kind: str, text: str) -> tuple[Reference, ...]:
    """Give the people of a department that is called ``text``.

    Users are found by their whole name too, officers by any piece of their accounts.
    """
    with platform.transactions.begin_looking() as unit:
        places = [one.id for one in called(unit[Ask], DEPARTMENT, [text])[text]]
    page, ids = PageRequest(size=MOST_OFFERED), list[str]()
    if kind == USERS.port.kind:
        ids += [one.id for one in _people(platform, actor, text, MOST_OFFERED)]
    elif len(text) >= _FEWEST_SIGNS and text.isascii():
        ids += [one.id for one in _of_accounts(platform, actor, text)]
    for query in lists().values():
        if query.port.kind == kind and not query.partial:
            case = cases_of(query)
            for place in places if actor.may(case.list.permission) else ():
                asked = case.asking(department=place, page=page)
                ids += [
                    one.id for one in platform.commands.ask(case.list, asked, actor=actor).items
                ]
    return _usable(platform, kind, ids)


def _reached(
    platform: Platform, actor: Actor, kind: str, those: tuple[Reference, ...]
) -> tuple[Reference, ...]:
    """Leave out what stands in a list of which the actor may not look at it."""
    views = [one for one in lists().values() if one.port.kind == kind and one.view is not None]
    if not views or not those:
        return those
    asked = ShowNamed(ids=tuple(one.id for one in those))
    may = [one for one in (cases_of(each).labels for each in views) if actor.may(one.permission)]
    known = {each for one in may for each in platform.commands.ask(one, asked, actor=actor)}
    return tuple(one for one in those if one.id in known)


def _usable(platform: Platform, kind: str, ids: Sequence[str]) -> tuple[Reference, ...]:
    known = _resolved(platform, kind, ids)
    usable = (known[one] for one in dict.fromkeys(ids) if one in known and known[one].usable)
    return tuple(islice(usable, MOST_OFFERED))


def _resolved(platform: Platform, kind: str, ids: Sequence[str]) -> Mapping[str, Reference]:
    with platform.transactions.begin_looking() as unit:
        try:
            return unit[Ask].resolve(kind, ids)
        except KeyError:
            raise NotFound("kind", kind) from None


def is_looked_up(kind: str) -> bool:
    """Tell whether things of a kind are chosen by what they are called, not by their ids."""
    return kind in _OPEN or kind in {DEPARTMENT, MATTER} or bool(_looks(kind))


def shown_by_name(platform: Platform, actor: Actor, kind: str, id: str) -> Reference | None:
    """Give what ``actor`` may read in place of an id: nothing of what he may not look at."""
    known = _resolved(platform, kind, [id]).get(id)
    if known is None or kind in _OPEN or (kind == DEPARTMENT and actor.department):
        return known
    views = [
        cases_of(one).labels
        for one in lists().values()
        if one.port.kind == kind and one.view is not None
    ]
    if not views:
        return known if known in offered(platform, actor, kind, known.name) else None
    asked = ShowNamed(ids=(id,))
    may = (one for one in views if actor.may(one.permission))
    return known if any(platform.commands.ask(one, asked, actor=actor) for one in may) else None


_OPEN: Final = frozenset({REGION, INDUSTRY})
_PEOPLE: Final = frozenset({USERS.port.kind, OFFICERS.port.kind})
Asking = Callable[[str, PageRequest], Any]


@cache
def _looks(kind: str) -> tuple[tuple[Question[Any, Any], Asking], ...]:
    """Give how the things of a kind are looked at by a piece of what they are called."""
    register = registers().get(kind)
    if register is not None:
        cases = register_cases_of(register)

        def entries(text: str, page: PageRequest) -> Any:
            return cases.asking(text=text, enabled=True, page=page)

        return ((cases.question(RegisterVerb.LIST), entries),)
    return tuple(
        (cases_of(query).list, partial(_asked, query, one))
        for query in lists().values()
        if query.port.kind == kind and not query.partial
        for one in query.criteria
        if query.by_name[one.field].type is FieldType.TEXT
        and (one.match in _PIECES or (one.match is Match.IS and _heads(query, one)))
    )


_PIECES: Final = frozenset({Match.HOLDS, Match.FRAGMENT, Match.BEGINS})


def _heads(query: ListQuery[Any], one: Criterion) -> bool:
    """Tell whether a criterion is about what the rows of a list begin with: their number."""
    return query.columns[0].name == one.field


def _asked(query: ListQuery[Any], one: Criterion, text: str, page: PageRequest) -> Any:
    return cases_of(query).asking(**({one.names[0]: text} if text else {}), page=page)


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
