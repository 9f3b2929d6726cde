"""What uses a thing, as far as somebody may look at it: said before it is deleted."""

from collections.abc import Iterator

from entrypoints.container import Platform
from entrypoints.registered import lists, title_of
from supervision_core.identity.model import Actor
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.listing import MOST_COUNTED, Match
from supervision_core.kernel.registers import Ask

_BY_ONE = {Match.IS: False, Match.EVERY: True, Match.AMONG: True}
"""How a criterion of a list is asked by one thing: of several values, or of that alone."""


def uses_in_words(platform: Platform, actor: Actor, kind: str, id: str) -> str:
    """Say how many rows of which lists and registers name a thing.

    Lists are counted within the actor's reach; registers, and lists that cannot be asked by such a
    thing, as they are.
    """
    counted = dict(_in_lists(platform, actor, kind, id))
    with platform.transactions.begin_looking() as unit:
        counted = {**unit[Ask].used_by(kind, id), **counted}
    found = "、".join(
        f"{title_of(name)}{f'{MOST_COUNTED}条以上' if count >= MOST_COUNTED else f'{count}条'}"
        for name, count in counted.items()
        if count
    )
    return f"现有引用：{found}。" if found else "没有查到引用它的记录。"


def _in_lists(platform: Platform, actor: Actor, kind: str, id: str) -> Iterator[tuple[str, int]]:
    """Give how many rows of each list that can be asked by the thing name it."""
    for query in lists().values():
        cases = cases_of(query)
        ways = [
            {one.names[0]: (id,) if _BY_ONE[one.match] else id}
            for one in query.criteria
            if one.match in _BY_ONE and query.by_name[one.field].to == kind
            and one.through is None and not one.personal
        ]  # fmt: skip
        if ways and not query.partial and actor.may(cases.count.permission):
            asked = (cases.asking(**way) for way in ways)
            yield (
                query.name,
                max(platform.commands.ask(cases.count, one, actor=actor).count for one in asked),
            )
