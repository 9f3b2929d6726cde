"""自治区监管事项动态管理系统 (proposal 2127), pulled a page at a time."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from adapters.zhiguitong.calling import unavailable
from adapters.zhiguitong.fields import text_of, truth_of
from adapters.zhiguitong.paging import PagedPartner
from supervision_core.items.registers import LEVELS, MATTER_KINDS, MATTER_STATES
from supervision_core.items.told import (
    MatterSource,
    ToldClaim,
    ToldItem,
    ToldList,
    ToldMatter,
)

_LONG: Final = 2_000
_KINDS: Final = {title: code for code, title in MATTER_KINDS.items()}
_STATES: Final = {title: code for code, title in MATTER_STATES.items()}
_LEVELS: Final = {title: code for code, title in LEVELS.items()}


@frozen(kw_only=True)
class PlatformMatters(PagedPartner, MatterSource):
    """The system at ``address``.

    The proposal names what is synchronised (652-658) and no interface at all. Assumed: ``GET`` of
    ``matters``, ``items``, ``lists`` and ``claims`` below the address, in the manner of
    ``PagedPartner``; kinds, states and levels in words, several levels parted by commas.
    """

    def matters(self) -> Iterator[tuple[ToldMatter, ...]]:
        """Tell the matters."""
        return self.pages("matters", read_matter)

    def items(self) -> Iterator[tuple[ToldItem, ...]]:
        """Tell the check items."""
        return self.pages("items", read_item)

    def lists(self) -> Iterator[tuple[ToldList, ...]]:
        """Tell the implementation lists."""
        return self.pages("lists", read_list)

    def claims(self) -> Iterator[tuple[ToldClaim, ...]]:
        """Tell the claims."""
        return self.pages("claims", read_claim)


def read_matter(told: Mapping[str, Any]) -> ToldMatter:
    """Read a matter. Raises ``PartnerUnavailable`` for what is none."""
    kind, state = text_of(told, "kind"), text_of(told, "state")
    return ToldMatter(
        code=_code(told, "code"), name=text_of(told, "name"), parent=text_of(told, "parent"),
        line=text_of(told, "line"), kind=_KINDS.get(kind, kind), state=_STATES.get(state, state),
        region=text_of(told, "region"), department=text_of(told, "department"),
        lead=text_of(told, "lead"), joining=_several(told, "joining"),
        service_code=text_of(told, "servicecode"),
        deleted=truth_of(told, "deleted", default=False),
    )  # fmt: skip


def read_item(told: Mapping[str, Any]) -> ToldItem:
    """Read a check item. Raises ``PartnerUnavailable`` for what is none."""
    return ToldItem(
        code=_code(told, "code"), name=text_of(told, "name"), list=text_of(told, "list"),
        content=text_of(told, "content", _LONG), method=text_of(told, "method", _LONG),
        deleted=truth_of(told, "deleted", default=False),
    )  # fmt: skip


def read_list(told: Mapping[str, Any]) -> ToldList:
    """Read an implementation list. Raises ``PartnerUnavailable`` for what is none."""
    kind = text_of(told, "kind")
    return ToldList(
        code=_code(told, "code"), name=text_of(told, "name"), matter=text_of(told, "matter"),
        kind=_KINDS.get(kind, kind),
        levels=tuple(_LEVELS.get(one, one) for one in _several(told, "levels")),
        region=text_of(told, "region"), department=text_of(told, "department"),
        deleted=truth_of(told, "deleted", default=False),
    )  # fmt: skip


def read_claim(told: Mapping[str, Any]) -> ToldClaim:
    """Read a claim. Raises ``PartnerUnavailable`` for what is none."""
    since = text_of(told, "since")
    try:
        day = date.fromisoformat(since) if since else None
    except ValueError:
        raise unavailable("zhiguitong.answer_unfit") from None
    return ToldClaim(
        matter=_code(told, "matter"), department=_code(told, "department"),
        office=text_of(told, "office"), since=day,
        deleted=truth_of(told, "deleted", default=False),
    )  # fmt: skip


def _code(told: Mapping[str, Any], name: str) -> str:
    found = text_of(told, name)
    if not found:
        raise unavailable("zhiguitong.answer_unfit")
    return found


def _several(told: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(part for one in text_of(told, name).split(",") if (part := one.strip()))
