"""内容信息: what editors write for the portals: drafted, reviewed, published, taken back."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from attrs import define, frozen

from supervision_core.content.model.opened import OpenColumn
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.registers import (
    Content,
    Search,
    choice,
    department,
    link,
    long_text,
    region,
    text,
    violations_of,
)
from supervision_core.kernel.tones import bad, good, over, waiting
from supervision_core.kernel.verbs import (
    Responsible,
    Verb,
    Verbs,
    decided_by_another,
    departments,
)

ARTICLE_COLUMNS: Final[Mapping[str, str]] = {
    OpenColumn.NOTICES: "通知公告", OpenColumn.NEWS: "监管动态", OpenColumn.EXPOSURES: "监管曝光台",
}  # fmt: skip
KINDS_OF: Final[Mapping[str, Mapping[str, str]]] = {
    OpenColumn.NOTICES: {
        "inspection": "检查通知", "result": "结果通知", "punishment": "处罚信息公告",
        "system": "系统更新", "policy": "政策变动", "other": "其他通知",
    },
    OpenColumn.NEWS: {"meeting": "重要会议", "activity": "重大活动", "event": "重大事件"},
    OpenColumn.EXPOSURES: {"breach": "违法违规行为", "case": "典型案例", "circular": "情况通报"},
}  # fmt: skip
"""信息分类 of each column. Source: proposal 1699, 1726, 1730, 1891, 3237."""
ARTICLE_KINDS: Final[Mapping[str, str]] = {
    code: title for kinds in KINDS_OF.values() for code, title in kinds.items()
}


class ArticleState(StrEnum):
    """内容状态 (ArticleState): where an article is in its life. Source: proposal 1889."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"


@frozen(kw_only=True)
class ArticleContent(Content):
    """内容信息 (ArticleContent): what an article says, for whom, and whose it is.

    Source: proposal 1650, 1834, 1897-1909.
    """

    column: str = choice("栏目", ARTICLE_COLUMNS, required=True)
    title: str = text("标题", required=True, search=Search.FUZZY, max_length=200,
                      example="关于开展乳制品专项检查的通知")  # fmt: skip
    kind: str = choice("信息分类", ARTICLE_KINDS, required=True)
    tags: str = text(
        "信息标签", max_length=100, example="乳制品、专项检查", hint="多个标签用顿号分开"
    )
    department: str = department("发布部门", required=True)
    region: str = region("区域", required=True)
    trade: str = link("业态", "identity.trade")
    summary: str = text("摘要", max_length=300, hint="显示在列表中，也可以被检索")
    body: str = long_text("正文", required=True, max_length=20_000)


@frozen(kw_only=True)
class ArticleFile:
    """内容附件 (ArticleFile): a file of an article, by the name under which it was sent."""

    file: str
    name: str


@frozen(kw_only=True)
class ArticleReview:
    """内容审核 (ArticleReview): who found an article right or sent it back, and why."""

    at: datetime
    by: str
    approved: bool
    opinion: str = ""


@define(eq=False)
class ArticleInvalid(Refused):
    """What is said cannot stand in an article."""

    code: ClassVar[str] = "content.article_invalid"


@define(eq=False)
class ArticleLocked(Refused):
    """The article's state, or who wrote it, forbids this."""

    code: ClassVar[str] = "content.article_locked"


@frozen(kw_only=True)
class ArticlePublished(Event):
    """An article can be read by everybody."""

    article: str


@frozen(kw_only=True)
class ArticleWithdrawn(Event):
    """An article can be read no more."""

    article: str


_S = ArticleState
_WRITERS: Final = ("content_author", "content_editor")
VERBS: Final = Verbs(
    context="content",
    noun="article",
    title="内容信息",
    states={
        _S.DRAFT: over("草稿"), _S.SUBMITTED: waiting("待审核"), _S.RETURNED: bad("退回"),
        _S.APPROVED: waiting("待发布"), _S.PUBLISHED: good("已发布"), _S.WITHDRAWN: over("已撤回"),
        _S.DELETED: over("已删除"),
    },
    assignees={
        Responsible.DEPARTMENT: lambda root, _: departments(root.content.department)
    },
    label=lambda root: str(root.content.title),
    verbs=(
        Verb(name="change", title="修改内容信息", by=Responsible.DEPARTMENT,
             starts={_S.DRAFT, _S.SUBMITTED, _S.RETURNED, _S.WITHDRAWN}, roles=_WRITERS),
        Verb(name="submit", title="提交内容信息", by=Responsible.DEPARTMENT,
             starts={_S.DRAFT, _S.RETURNED, _S.WITHDRAWN}, leads=_S.SUBMITTED, roles=_WRITERS,
             owed=lambda root, _: root.state is _S.RETURNED),
        Verb(name="approve", title="审核通过内容信息", by=Responsible.DEPARTMENT,
             starts=_S.SUBMITTED, leads=_S.APPROVED, roles=("content_editor",),
             owed=lambda *_: True),
        Verb(name="send_back", title="退回内容信息", by=Responsible.DEPARTMENT,
             starts={_S.SUBMITTED, _S.APPROVED}, leads=_S.RETURNED,
             roles=("content_editor", "content_publisher")),
        Verb(name="publish", title="发布内容信息", by=Responsible.DEPARTMENT, starts=_S.APPROVED,
             leads=_S.PUBLISHED, roles=("content_publisher",), owed=lambda *_: True),
        Verb(name="withdraw", title="撤回内容信息", by=Responsible.DEPARTMENT,
             starts=_S.PUBLISHED, leads=_S.WITHDRAWN, roles=("content_publisher",)),
        Verb(name="delete", title="删除内容信息", by=Responsible.DEPARTMENT,
             starts={_S.DRAFT, _S.RETURNED, _S.WITHDRAWN}, leads=_S.DELETED, roles=_WRITERS),
    ),
)  # fmt: skip
"""What is done with an article; other states: ``content.article_is_<state>``."""


@define(eq=False, kw_only=True)
class Article(Aggregate):
    """内容 (Article): a notice, a piece of news or an exposure, published by a department.

    Whoever wrote or changed it last does not review it. Source: proposal 6.4.1.3.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    _content: ArticleContent
    _written_by: str
    _changed_at: datetime
    _files: tuple[ArticleFile, ...] = ()
    _state: ArticleState = ArticleState.DRAFT
    _published_at: datetime | None = None
    _reviews: tuple[ArticleReview, ...] = ()
    _withdrawn_because: str = ""

    @classmethod
    def create(cls, content: ArticleContent, *, id: str, at: datetime, by: str) -> Self:
        """Begin an article. Raises ``ArticleInvalid`` with every fault."""
        refuse_if(ArticleInvalid, article_violations(content))
        return cls(id=id, content=content, written_by=by, changed_at=at)

    @property
    def content(self) -> ArticleContent:
        """What it says."""
        return self._content

    @property
    def region(self) -> str:
        """The region that it concerns."""
        return self._content.region

    @property
    def departments(self) -> frozenset[str]:
        """The department that publishes it."""
        return frozenset({self._content.department})

    @property
    def files(self) -> tuple[ArticleFile, ...]:
        """Its files."""
        return self._files

    @property
    def state(self) -> ArticleState:
        """Where it is in its life."""
        return self._state

    @property
    def written_by(self) -> str:
        """The account that changed it last."""
        return self._written_by

    @property
    def changed_at(self) -> datetime:
        """When something was done with it the last time."""
        return self._changed_at

    @property
    def reviews(self) -> tuple[ArticleReview, ...]:
        """Every review, oldest first."""
        return self._reviews

    @property
    def published_at(self) -> datetime | None:
        """When it was last published, once it was."""
        return self._published_at

    @property
    def withdrawn_because(self) -> str:
        """Why it was taken back; empty otherwise."""
        return self._withdrawn_because

    @property
    def on(self) -> date:
        """The day of which lists tell (Guangxi): that of its publication, else of its change."""
        told = self._published_at if self._state is ArticleState.PUBLISHED else None
        return local_day(told or self._changed_at)

    @property
    def open(self) -> bool:
        """Whether everybody reads it."""
        return self._state is ArticleState.PUBLISHED

    def change(
        self, content: ArticleContent, files: tuple[ArticleFile, ...], *, at: datetime, by: str
    ) -> None:
        """Say something else. Raises ``ArticleLocked``, ``ArticleInvalid``."""
        refuse_if(ArticleLocked, self.forbids("change"))
        refuse_if(ArticleInvalid, article_violations(content))
        self._content, self._files = content, files
        self._written_by, self._changed_at = by, at

    def submit(self, *, at: datetime) -> None:
        """Hand it in for review. Raises ``ArticleLocked``."""
        refuse_if(ArticleLocked, self.forbids("submit"))
        self._state, self._changed_at, self._withdrawn_because = ArticleState.SUBMITTED, at, ""

    def approve(
        self, *, opinion: str = "", at: datetime, by: str, written_by: frozenset[str] = frozenset()
    ) -> None:
        """Find it right. Raises ``ArticleLocked``, for whoever wrote any of it too."""
        refuse_if(ArticleLocked, self._approve_violations(by, written_by))
        self._reviews += (ArticleReview(at=at, by=by, approved=True, opinion=opinion),)
        self._state, self._changed_at = ArticleState.APPROVED, at

    def _approve_violations(self, by: str, written_by: frozenset[str]) -> Iterator[Violation]:
        yield from self.forbids("approve")
        yield from decided_by_another(by, self._written_by, *written_by)

    def send_back(self, *, opinion: str, at: datetime, by: str) -> None:
        """Send it back to be mended, and say why. Raises ``ArticleLocked``."""
        refuse_if(ArticleLocked, (*self.forbids("send_back"), *_missing(opinion, "opinion")))
        self._reviews += (ArticleReview(at=at, by=by, approved=False, opinion=opinion),)
        self._state, self._changed_at = ArticleState.RETURNED, at

    def publish(self, *, at: datetime) -> None:
        """Let everybody read it. Raises ``ArticleLocked``."""
        refuse_if(ArticleLocked, self.forbids("publish"))
        self._state, self._published_at, self._changed_at = ArticleState.PUBLISHED, at, at
        self._record(ArticlePublished(at=at, article=self.id))

    def withdraw(self, *, reason: str, at: datetime) -> None:
        """Take it back, for a reason. Raises ``ArticleLocked``."""
        refuse_if(ArticleLocked, (*self.forbids("withdraw"), *_missing(reason, "reason")))
        self._state, self._withdrawn_because = ArticleState.WITHDRAWN, reason
        self._changed_at = at
        self._record(ArticleWithdrawn(at=at, article=self.id))

    def delete(self, *, at: datetime) -> None:
        """Take it off every list. Raises ``ArticleLocked`` where it is under way."""
        refuse_if(ArticleLocked, self.forbids("delete"))
        self._state, self._changed_at = ArticleState.DELETED, at


def article_violations(content: ArticleContent) -> Iterator[Violation]:
    """Give every reason why an article cannot say this."""
    yield from violations_of(content)
    kinds: Mapping[str, Any] = KINDS_OF.get(content.column, {})
    if content.column in KINDS_OF and content.kind in ARTICLE_KINDS and content.kind not in kinds:
        data = {"column": ARTICLE_COLUMNS[content.column], "kinds": "、".join(kinds.values())}
        yield Violation("content.kind_of_other_column", "kind", data)


def _missing(words: str, at: str) -> Iterator[Violation]:
    if not words.strip():
        yield Violation("content.field_empty", at)
