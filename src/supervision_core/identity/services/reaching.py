"""What a command newly refers to is what whoever acts may name: foreign means absent.

What a command is about is loaded by its use case, which asks reach of it; every other id is looked
for here, in the lists of its kind, each kind once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from supervision_core.identity.model import Actor, DataScope, Predicate
from supervision_core.identity.services.contents import newly_referred, references_within
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.reading import Reading
from supervision_core.kernel.registers import EntryInvalid, Reach

ListsOf = Callable[[str], Sequence[ListQuery[Any]]]
"""Gives in which lists things of a kind stand."""


def no_lists(_kind: str) -> Sequence[ListQuery[Any]]:
    """Know no list: so nothing is looked for."""
    return ()


def is_open(query: ListQuery[Any]) -> bool:
    """Tell whether everybody may name what stands in a list: it has no owner, or is the directory.

    Departments, accounts and regions are named across all of them.
    """
    return query.public or query.keepers is not None or query.read is Reading.EVERYONE


def named_within(query: ListQuery[Any], scope: DataScope) -> Predicate | Reach:
    """Give what of a list may be named in a command: what one reads; across departments, in line.

    What is named ``across`` them the use case narrows.
    """
    if not scope.outside and (query.across or query.read is Reading.OWNER_AND_BELOW):
        return Reach(region=scope.region, upward=True)
    return scope.predicate()


def require_reach(unit: UnitOfWork, command: Any, actor: Actor, lists_of: ListsOf) -> None:
    """Refuse what a command newly refers to out of reach, as what is not there.

    What was said before may go on being said. Raises ``EntryInvalid`` with every reason.
    """
    referred = references_within(command, contents=True)
    said = [one for one in referred if _closed(lists_of, str(one[1].to))]
    if not said:
        return
    wanted: dict[str, set[str]] = {}
    for _, words, id_ in said:
        wanted.setdefault(str(words.to), set()).add(id_)
    foreign = {
        (kind, id_)
        for kind, ids in wanted.items()
        for id_ in _beyond(unit, actor, lists_of(kind), ids)
    }
    if foreign:
        new = newly_referred(unit, command, said)
        refuse_if(EntryInvalid, (
            Violation("kernel.register_unknown", at, {"title": words.title, "value": id_})
            for at, words, id_ in new
            if (str(words.to), id_) in foreign
        ))  # fmt: skip


def _closed(lists_of: ListsOf, kind: str) -> bool:
    found = lists_of(kind)
    return bool(found) and not any(map(is_open, found))


def _beyond(
    unit: UnitOfWork, actor: Actor, lists: Sequence[ListQuery[Any]], ids: Iterable[str]
) -> frozenset[str]:
    """Give those that stand in none of the lists for the actor, by one look where all do."""
    left = frozenset(ids)
    for query in lists:
        asker = "" if query.author is None else actor.user
        reach = named_within(query, actor.scope)
        wanted = ListFilter(reach=reach, asker=asker, ids=left)
        if unit[Lists].count(query, wanted) == len(left):
            return frozenset()
        left -= _found(unit, query, wanted)
    return left


def _found(unit: UnitOfWork, query: ListQuery[Any], wanted: ListFilter) -> frozenset[str]:
    def page(request: PageRequest) -> Any:
        return unit[Lists].page(query, wanted, request)

    return frozenset(row.id for each in every_page(page) for row in each.items)
