"""统一组织架构 of the existing platform (proposal 6.4.2.12.8.3), pulled a page at a time."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from attrs import field, frozen

from adapters.zhiguitong.calling import Caller, base_address, succeeded, unavailable
from adapters.zhiguitong.fields import number_of, text_of, told_of
from adapters.zhiguitong.signing import Signing
from supervision_core.identity.model import ToldDepartment, ToldPost, ToldRole, ToldUser
from supervision_core.identity.ports import OrganisationSource

Told = TypeVar("Told")

LARGEST_PAGE: Final = 4 * 1024 * 1024
PAGE: Final = 500
_MOST_PAGES = 10_000
_MOST_PARTS = 200
_TRUTHS: Mapping[str, bool] = {"1": True, "true": True, "0": False, "false": False}


@frozen(kw_only=True)
class PlatformOrganisation(OrganisationSource):
    """The platform at ``address``.

    The proposal names what is synchronised and no interface at all. Assumed: ``GET`` of
    ``departments``, ``users`` and ``roles`` below the address, with ``limit`` and the ``cursor``
    that the page before named ``next`` (none: the last page); ``flag`` 1, and in ``data`` the
    ``items``. Requests are signed as those for short messages are (``Signing``).
    """

    address: str = field(converter=base_address)
    signing: Signing
    caller: Caller = field(factory=lambda: Caller(seconds=20.0))

    def departments(self) -> Iterator[tuple[ToldDepartment, ...]]:
        """Tell the departments."""
        return self._pages("departments", read_department)

    def users(self) -> Iterator[tuple[ToldUser, ...]]:
        """Tell the users."""
        return self._pages("users", read_user)

    def roles(self) -> Iterator[tuple[ToldRole, ...]]:
        """Tell the roles."""
        return self._pages("roles", read_role)

    def _pages(
        self, what: str, read: Callable[[Mapping[str, Any]], Told]
    ) -> Iterator[tuple[Told, ...]]:
        """Walk to the last page; one that leads in a circle, or never ends, is refused."""
        cursor, seen = "", set[str]()
        while len(seen) < _MOST_PAGES:
            page = self._page(what, cursor)
            items = page.get("items")
            if not isinstance(items, list) or len(items) > PAGE:
                raise unavailable("zhiguitong.answer_unfit")
            yield tuple(read(told_of(one)) for one in items)
            cursor = text_of(page, "next")
            if not cursor:
                return
            if cursor in seen:
                break
            seen.add(cursor)
        raise unavailable("zhiguitong.answer_unfit")

    def _page(self, what: str, cursor: str) -> dict[str, Any]:
        asked = {"limit": str(PAGE), **({"cursor": cursor} if cursor else {})}
        address = f"{self.address}/{what}?{urlencode(asked)}"
        headers = self.signing.headers("GET", address)
        answer = self.caller.get(address, headers=headers, largest=LARGEST_PAGE)
        if not succeeded(answer):
            raise unavailable("zhiguitong.answer_unfit")
        return told_of(answer.get("data"))


def read_department(told: Mapping[str, Any]) -> ToldDepartment:
    """Read a department. Raises ``PartnerUnavailable`` for what is none."""
    return ToldDepartment(
        id=_id(told, "id"),
        name=text_of(told, "name"),
        code=text_of(told, "code"),
        region=text_of(told, "region"),
        parent=text_of(told, "parent"),
        order=number_of(told, "order", 0),
        deleted=_truth(told, "deleted", default=False),
    )


def read_user(told: Mapping[str, Any]) -> ToldUser:
    """Read a user. Raises ``PartnerUnavailable`` for what is none."""
    return ToldUser(
        id=_id(told, "id"),
        account=text_of(told, "account"),
        name=text_of(told, "name"),
        phone=text_of(told, "phone"),
        document_number=text_of(told, "idcard"),
        posts=tuple(
            ToldPost(department=_id(one, "department"), post=text_of(one, "post"))
            for one in map(told_of, _parts(told, "posts"))
        ),
        roles=tuple(text_of({"id": one}, "id") for one in _parts(told, "roles")),
        enabled=_truth(told, "enabled", default=True),
        deleted=_truth(told, "deleted", default=False),
    )


def read_role(told: Mapping[str, Any]) -> ToldRole:
    """Read a role. Raises ``PartnerUnavailable`` for what is none."""
    return ToldRole(
        id=_id(told, "id"),
        name=text_of(told, "name"),
        deleted=_truth(told, "deleted", default=False),
    )


def _id(told: Mapping[str, Any], name: str) -> str:
    found = text_of(told, name)
    if not found:
        raise unavailable("zhiguitong.answer_unfit")
    return found


def _parts(told: Mapping[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or len(found) > _MOST_PARTS:
        raise unavailable("zhiguitong.answer_unfit")
    return found


def _truth(told: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = told.get(name)
    if value is None:
        return default
    found = _TRUTHS.get(str(value).lower())
    if found is None:
        raise unavailable("zhiguitong.answer_unfit")
    return found
