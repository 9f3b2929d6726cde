"""Who acted in office, as everybody may know it: department, post and name."""

from collections.abc import Callable, Iterable, Mapping

from supervision_core.identity.model import User
from supervision_core.identity.ports import Users
from supervision_core.kernel.ports import UnitOfWork

_UNKNOWN = "工作人员"


def officials(
    unit: UnitOfWork, accounts: Iterable[str], lead: str, named: Callable[[str], str]
) -> Mapping[str, str]:
    """Name the officials to whom accounts belong, as people of ``lead`` where they work for it.

    ``named`` says what a department is called. Nothing else of a person is told.
    """
    wanted = sorted(set(accounts) - {""})
    known = {one.id: one for one in unit[Users].find_many(wanted)}
    return {one: _official(known.get(one), lead, named) for one in wanted}


def _official(user: User | None, lead: str, named: Callable[[str], str]) -> str:
    posts = {} if user is None else {one.department: one.post for one in user.memberships}
    department = lead if lead in posts or not posts else next(iter(posts))
    name = _UNKNOWN if user is None else user.person.name or _UNKNOWN
    return " ".join(filter(None, (named(department), posts.get(department, ""), name)))
