"""Finding what a field may refer to by the initials of its name, for lists and registers."""

from functools import lru_cache
from typing import Any

from attrs import field, frozen

from supervision_core.identity.services import lists, registers
from supervision_core.identity.services.frame import Question, Work
from supervision_core.identity.services.insight import insider
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import MOST_COUNTED, ListFilter, ListQuery, Lists
from supervision_core.kernel.registers import Entries, EntryFilter, Register, RegisterVerb
from supervision_core.kernel.search import by_initials


@frozen(kw_only=True)
class FindByInitials:
    """What the initials of a name hold: two letters or more."""

    text: str = field(metadata=said("名称的拼音首字母中的一段，至少两个", example="slry"))


Found = tuple[str, ...]


@lru_cache(maxsize=200)
def choosing(query: ListQuery[Any]) -> Question[FindByInitials, Found]:
    """Give the question which things of a list have some initials, under its permission.

    Names are looked at one by one: where more than ``MOST_COUNTED`` are within reach nothing is
    found, and the list should be ``searched``.
    """

    def body(work: Work, about: FindByInitials) -> Found:
        asker = "" if query.author is None else work.actor.user
        inside = insider(work) if query.hides else ""
        wanted = ListFilter(reach=lists.reach_of(work, query), asker=asker, insider=inside)
        if work[Lists].count(query, wanted) > MOST_COUNTED:
            return ()
        named = work[Lists].tally(query, wanted, ("id", query.called))
        return by_initials(dict(named.keys()), about.text)

    body.__doc__ = f"{query.title}: Find by initials."
    return Question(lists.cases_of(query).list.permission, f"按首字母选择{query.title}", body)


@lru_cache(maxsize=200)
def choosing_entries(register: Register[Any]) -> Question[FindByInitials, Found]:
    """Give the question which entries have some initials, under the permission of the list."""

    def body(work: Work, about: FindByInitials) -> Found:
        wanted = EntryFilter(enabled=True, reach=registers.reach_of(work, register))
        return by_initials(work[Entries].of(register).labels(wanted), about.text)

    body.__doc__ = f"{register.title}: Find by initials."
    permission = registers.cases_of(register).name(RegisterVerb.LIST)
    return Question(permission, f"按首字母选择{register.title}", body)
