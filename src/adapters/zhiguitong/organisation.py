"""统一组织架构 of the existing platform (proposal 6.4.2.12.8.3), pulled a page at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from adapters.zhiguitong.calling import unavailable
from adapters.zhiguitong.fields import number_of, text_of, told_of, truth_of
from adapters.zhiguitong.paging import PagedPartner
from supervision_core.identity.model import ToldDepartment, ToldPost, ToldRole, ToldUser
from supervision_core.identity.ports import OrganisationSource

_MOST_PARTS = 200


@frozen(kw_only=True)
class PlatformOrganisation(PagedPartner, OrganisationSource):
    """The platform at ``address``.

    The proposal names what is synchronised and no interface at all. Assumed: ``GET`` of
    ``departments``, ``users`` and ``roles`` below the address, with ``limit`` and the ``cursor``
    that the page before named ``next`` (none: the last page); ``flag`` 1, and in ``data`` the
    ``items``. Requests are signed as those for short messages are (``Signing``).
    """

    def departments(self) -> Iterator[tuple[ToldDepartment, ...]]:
        """Tell the departments."""
        return self.pages("departments", read_department)

    def users(self) -> Iterator[tuple[ToldUser, ...]]:
        """Tell the users."""
        return self.pages("users", read_user)

    def roles(self) -> Iterator[tuple[ToldRole, ...]]:
        """Tell the roles."""
        return self.pages("roles", read_role)


def read_department(told: Mapping[str, Any]) -> ToldDepartment:
    """Read a department. Raises ``PartnerUnavailable`` for what is none."""
    return ToldDepartment(
        id=_id(told, "id"),
        name=text_of(told, "name"),
        code=text_of(told, "code"),
        region=text_of(told, "region"),
        parent=text_of(told, "parent"),
        order=number_of(told, "order", 0),
        deleted=truth_of(told, "deleted", default=False),
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
        enabled=truth_of(told, "enabled", default=True),
        deleted=truth_of(told, "deleted", default=False),
    )


def read_role(told: Mapping[str, Any]) -> ToldRole:
    """Read a role. Raises ``PartnerUnavailable`` for what is none."""
    return ToldRole(
        id=_id(told, "id"),
        name=text_of(told, "name"),
        deleted=truth_of(told, "deleted", default=False),
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
