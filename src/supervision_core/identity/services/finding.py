"""What follows from a list whose things are searched: the question that finds them by fragments."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from attrs import field, frozen

from supervision_core.identity.services.frame import Question, Work
from supervision_core.identity.services.lists import cases_of, reach_of
from supervision_core.identity.services.narrowing import require_current
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import MOST_COUNTED, ListFilter, ListQuery
from supervision_core.kernel.paging import (
    FIRST_PAGE,
    BadCursor,
    Key,
    PageRequest,
    encode_cursor,
    position,
)
from supervision_core.kernel.registers import REGION
from supervision_core.kernel.search import (
    FEWEST_SIGNS,
    FragmentTooShort,
    IndexUnusable,
    SearchIndex,
    SearchSource,
    SearchWanted,
    fragments,
    holds,
    searched,
)

_LARGEST: Final = 2**63 - 1


@frozen(kw_only=True)
class FindByFragment:
    """What is looked for: words of at least two signs, each in a name, its initials or the code."""

    text: str = field(
        metadata=said("名称中的一段文字（至少两个字）、拼音首字母或完整的代码", example="示例乳业")
    )
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@frozen(kw_only=True)
class FoundThing:
    """Something that was found."""

    kind: str = field(metadata=said("种类", example="subject"))
    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = field(metadata=said("名称", example="南宁示例乳业有限公司"))
    code: str = field(metadata=said("代码", example="91450100MA5TEST01X"))
    region: str = field(metadata=said("行政区划代码", example="450100"))
    region_name: str = field(metadata=said("行政区划", example="南宁市"))


@frozen(kw_only=True)
class FoundByFragment:
    """What was found, in a fixed order, and how many there are; no more are counted than ``most``.

    A page that holds all of it counts what it shows; of more, the index knows how many.

    Without the index, what begins with the text and what has it as its code is found, and not
    counted.
    """

    items: tuple[FoundThing, ...] = field(metadata=said("本页各行"))
    count: int = field(metadata=said("条数", example=120))
    most: int = field(default=MOST_COUNTED, metadata=said("至多数到多少条", example=10000))
    by_index: bool = field(
        metadata=said("是否按索引检索；否则索引正在重建，只按名称开头和完整代码查找", example=True)
    )
    next_cursor: str | None = field(
        default=None, metadata=said("取下一页时作为cursor送回，最后一页为空")
    )


@lru_cache(maxsize=200)
def finding(query: ListQuery[Any]) -> Question[FindByFragment, FoundByFragment]:
    """Give the question that finds the things of a list, under the permission of the list."""

    def body(work: Work, about: FindByFragment) -> FoundByFragment:
        parts = fragments(about.text)
        if not parts:
            short = Violation("kernel.fragment_too_short", "text", {"fewest": FEWEST_SIGNS})
            raise FragmentTooShort((short,))
        wanted = ListFilter(reach=reach_of(work, query))
        try:
            return _by_index(work, query, about, parts, wanted)
        except IndexUnusable:
            source, size = work[SearchSource], about.page.size
            rows = source.rows_called(query, about.text.strip(), wanted, size)
            things = _things(work, query, rows)
            return FoundByFragment(items=things, count=len(things), by_index=False)

    body.__doc__ = f"{query.title}: Find by fragments of names, by initials, or by the whole code."
    case = cases_of(query).list
    return Question(case.permission, f"检索{query.title}", body)


def _index_of(work: Work) -> SearchIndex:
    """Give the index. Raises ``IndexUnusable`` where an embedding program has none."""
    try:
        return work[SearchIndex]
    except KeyError:
        raise IndexUnusable("absent") from None


def _by_index(
    work: Work,
    query: ListQuery[Any],
    about: FindByFragment,
    parts: tuple[str, ...],
    wanted: ListFilter,
) -> FoundByFragment:
    index, source, size = _index_of(work), work[SearchSource], about.page.size
    require_current(index, source, work.now)
    order = query.orders[0]
    said: Json = {"search": wanted.query(query.name, order), "for": list(parts)}
    after = position(about.page, query=said, kinds=(str, str))
    asked = SearchWanted(
        kind=query.port.kind,
        fragments=parts,
        reach=wanted.reach,
        after=_known(after),
        most=size + 1,
    )
    found = index.find(asked)
    hits = found.hits[:size]
    # what the index says may have changed since: only what still is called so is shown
    rows = source.rows(query, [one.id for one in hits], wanted)
    name, code = searched(query).name, searched(query).code
    rows = [
        one
        for one in rows
        if all(holds(getattr(one, name), getattr(one, code), part) for part in parts)
    ]
    last = hits[-1] if len(found.hits) > size else None
    return FoundByFragment(
        items=_things(work, query, rows),
        count=len(rows) if after is None and last is None else found.count,
        by_index=True,
        next_cursor=None
        if last is None
        else encode_cursor((f"{last.rank:x}", last.id), query=said),
    )


def _known(key: Key | None) -> tuple[int, str] | None:
    """Read the last one of a page: a rank is larger than numbers of JSON."""
    if key is None:
        return None
    try:
        return int(str(key[0]), 16) & _LARGEST, str(key[1])
    except ValueError:
        raise BadCursor((Violation("kernel.bad_cursor", "cursor"),)) from None


def _things(work: Work, query: ListQuery[Any], rows: Sequence[Any]) -> tuple[FoundThing, ...]:
    name, code = searched(query).name, searched(query).code
    if not rows:
        return ()
    regions = work.resolve(REGION, {one.region for one in rows})
    return tuple(
        FoundThing(
            kind=query.port.kind,
            id=one.id,
            name=getattr(one, name),
            code=getattr(one, code),
            region=one.region,
            region_name=regions[one.region].name if one.region in regions else one.region,
        )
        for one in rows
    )
