"""Articles as lists show them, and what each says when it is opened."""

from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.content.model.article import (
    ARTICLE_COLUMNS,
    ARTICLE_KINDS,
    VERBS,
    Article,
    ArticleState,
)
from supervision_core.content.ports import Articles
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, Referred, act_of, both_ways
from supervision_core.kernel.registers import (
    choice,
    day,
    department,
    flag,
    integer,
    link,
    long_text,
    moment,
    region,
    rows,
    text,
)

STATES: Final = VERBS.states


@frozen(kw_only=True)
class ArticleRow:
    """One line of a list of articles. Source: proposal 1834, 1909."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    title: str = text("标题", required=True, max_length=200)
    column: str = choice("栏目", ARTICLE_COLUMNS, required=True)
    kind: str = choice("信息分类", ARTICLE_KINDS, required=True)
    tags: str = text("信息标签")
    department: str = department("发布部门", required=True)
    region: str = region("区域", required=True)
    trade: str = link("业态", "identity.trade")
    state: ArticleState = choice("状态", STATES, required=True)
    on: date = day("日期", required=True)
    summary: str = text("摘要", max_length=300)
    approvals: int = integer("审核通过次数", required=True)
    returns: int = integer("退回次数", required=True)


@frozen(kw_only=True)
class ArticleReviewView:
    """A review of an article."""

    at: datetime = moment("审核时间", required=True)
    by: str = link("审核人", "user", required=True)
    approved: bool = flag("审核通过")
    opinion: str = long_text("审核意见")


@frozen(kw_only=True)
class ArticleFileView:
    """A file of an article."""

    name: str = text("附件", required=True)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class ArticleView:
    """What an article says, and its reviews."""

    title: str = text("标题", required=True, max_length=200)
    column: str = choice("栏目", ARTICLE_COLUMNS, required=True)
    kind: str = choice("信息分类", ARTICLE_KINDS, required=True)
    state: ArticleState = choice("状态", STATES, required=True)
    tags: str = text("信息标签")
    department: str = department("发布部门", required=True)
    region: str = region("区域", required=True)
    trade: str = link("业态", "identity.trade")
    summary: str = text("摘要", max_length=300)
    body: str = long_text("正文", required=True)
    written_by: str = link("最后修改人", "user")
    changed_at: datetime = moment("最后变更时间", required=True)
    published_at: datetime | None = moment("发布时间")
    withdrawn_because: str = long_text("撤回理由")
    files: tuple[ArticleFileView, ...] = rows("附件", ArticleFileView)
    reviews: tuple[ArticleReviewView, ...] = rows("审核记录", ArticleReviewView)
    attachments: tuple[str, ...] = field(default=(), metadata=said("附件的编号"))


def _row(one: Article) -> ArticleRow:
    told = one.content
    return ArticleRow(
        id=one.id, title=told.title, column=told.column, kind=told.kind, tags=told.tags,
        department=told.department, region=told.region, trade=told.trade, state=one.state,
        on=one.on, summary=told.summary, approvals=sum(each.approved for each in one.reviews),
        returns=sum(not each.approved for each in one.reviews),
    )  # fmt: skip


def _view(one: Article) -> ArticleView:
    told = one.content
    return ArticleView(
        title=told.title, column=told.column, kind=told.kind, state=one.state, tags=told.tags,
        department=told.department, region=told.region, trade=told.trade, summary=told.summary,
        body=told.body, written_by=one.written_by, changed_at=one.changed_at,
        published_at=one.published_at, withdrawn_because=one.withdrawn_because,
        files=tuple(ArticleFileView(name=each.name, file=each.file) for each in one.files),
        reviews=tuple(
            ArticleReviewView(at=each.at, by=each.by, approved=each.approved, opinion=each.opinion)
            for each in one.reviews
        ),
        attachments=tuple(each.file for each in one.files),
    )  # fmt: skip


ARTICLES: Final = ListQuery(
    name="content.article",
    plural="articles",
    title="内容信息",
    menu="内容管理",
    step=1,
    port=Articles,
    referred=Referred("title"),
    adds=("content.create",),
    several=("content.submit", "content.publish"),
    cls=Article,
    row=ArticleRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: one.state is not ArticleState.DELETED,
    orders=(*both_ways("on"),),
    criteria=(
        Criterion("title", Match.HOLDS, others=("summary", "tags"), name="text", title="关键词"),
        Criterion("column"),
        Criterion("state"),
        Criterion("kind"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
        Criterion("trade"),
        Criterion("on", Match.BETWEEN),
    ),
    view=ArticleView,
    viewed=_view,
    acts=(
        act_of(VERBS, "change", "修改"),
        act_of(VERBS, "submit", "提交审核"),
        act_of(VERBS, "approve", "审核通过"),
        act_of(VERBS, "send_back", "退回"),
        act_of(VERBS, "publish", "发布"),
        act_of(VERBS, "withdraw", "撤回"),
        act_of(VERBS, "delete", "删除"),
    ),
)
