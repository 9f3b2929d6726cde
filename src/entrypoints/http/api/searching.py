"""Search everywhere: by a body, as a text may be somebody's name and stands in no address."""

from typing import Final

from attrs import field, frozen

from entrypoints.http.routes import Access, Call, Reply, Route
from entrypoints.searching import FoundEverywhere, search_everywhere
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.search import FragmentTooShort

MOST: Final = 20


@frozen(kw_only=True)
class SearchFor:
    """What is looked for everywhere."""

    text: str = field(
        metadata=said(
            "名称中的一段文字（至少两个字）、拼音首字母、完整的代码，或用户的账号、全名",
            example="示例乳业",
        )
    )


def _search(call: Call, about: SearchFor) -> Reply:
    return Reply(value=to_plain(search_everywhere(call.platform, call.who, about.text, most=MOST)))


SEARCH_ROUTES: tuple[Route, ...] = (
    Route(
        method="POST", path="/api/v1/search", name="search", title="全局检索",
        access=Access.LOGGED_IN, asked=SearchFor, answered=FoundEverywhere, run=_search,
        text="检索可以查看的监管对象、检查任务、检查单（名称片段、拼音首字母、完整代码）"
        "和用户（账号、全名），每种至多20条，次序固定。只读，不写入任何数据。",
        refusals=(FragmentTooShort,),
    ),
)  # fmt: skip
"""One route."""
