"""Writing articles, reviewing them, publishing them, taking them back; and how many there were."""

from collections.abc import Sequence
from typing import Final

from attrs import field, frozen

from supervision_core.content.files import ATTACHED
from supervision_core.content.lists import ARTICLES
from supervision_core.content.model.article import (
    ARTICLE_COLUMNS,
    Article,
    ArticleContent,
    ArticleFile,
    ArticleInvalid,
    ArticleState,
)
from supervision_core.content.ports import Articles
from supervision_core.files.services.attaching import attach, detach
from supervision_core.identity.services import Deeds, Work, does, question, use_case
from supervision_core.identity.services.contents import broken_references
from supervision_core.identity.services.lists import reach_of
from supervision_core.identity.services.proposing import proposers
from supervision_core.kernel.errors import refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.registers import Ask, files, long_text


def _hung(work: Work, thing: str, staged: Sequence[str]) -> tuple[ArticleFile, ...]:
    hung = attach(work, ATTACHED, thing, staged, at="attachments")
    return tuple(ArticleFile(file=one.id, name=one.name) for one in hung)


@frozen(kw_only=True)
class CreateArticle:
    """What a new article says, with the files that come with it."""

    content: ArticleContent = field(metadata=said("内容信息"))
    attachments: tuple[str, ...] = files("附件")


@use_case("content.create", "新增内容信息")
def create_article(work: Work, cmd: CreateArticle) -> str:
    """Begin an article of one's own department as a draft."""
    told = cmd.content
    work.reach("region", told.region, region=told.region, departments=frozenset({told.department}))
    refuse_if(ArticleInvalid, broken_references(work[Ask], told))
    made = Article.create(told, id=work.ids.next_id(), at=work.now, by=work.actor.user)
    made.change(told, _hung(work, made.id, cmd.attachments), at=work.now, by=work.actor.user)
    work.save(Articles, made)
    return made.id


@frozen(kw_only=True)
class ChangeArticle:
    """What an article says from now on."""

    article_id: str = field(metadata=said("内容信息的编号", example="0123abcd", to="article"))
    content: ArticleContent = field(metadata=said("内容信息"))
    attachments: tuple[str, ...] = files("附件")


@does(Article, "change")
def change_article(work: Work, cmd: ChangeArticle) -> str:
    """Change what an article says; what everybody reads must be withdrawn first."""
    found, told = work.reached(Articles, cmd.article_id), cmd.content
    work.reach("region", told.region, region=told.region, departments=frozenset({told.department}))
    refuse_if(ArticleInvalid, broken_references(work[Ask], told, found.content))
    before = {one.file for one in found.files}
    hung = _hung(work, found.id, cmd.attachments)
    found.change(told, hung, at=work.now, by=work.actor.user)
    detach(work, ATTACHED, found.id, sorted(before - {one.file for one in hung}))
    work.save(Articles, found)
    return found.id


@frozen(kw_only=True)
class NameArticle:
    """An article."""

    article_id: str = field(metadata=said("内容信息的编号", example="0123abcd", to="article"))


_ARTICLE: Final = Deeds(Articles, Article)
submit_article = _ARTICLE.does("submit", NameArticle, "Hand an article in for review.")


@frozen(kw_only=True)
class ApproveArticle:
    """An article that is right, with an opinion where there is one."""

    article_id: str = field(metadata=said("内容信息的编号", example="0123abcd", to="article"))
    opinion: str = long_text("审核意见", max_length=500)


@does(Article, "approve")
def approve_article(work: Work, cmd: ApproveArticle) -> str:
    """Find an article right of which somebody else wrote every word."""
    found = work.reached(Articles, cmd.article_id)
    written_by = proposers(work, Articles.kind, found.id, "content.create", "content.change")
    found.approve(opinion=cmd.opinion, at=work.now, by=work.actor.user, written_by=written_by)
    work.save(Articles, found)
    return found.id


@frozen(kw_only=True)
class SendArticleBack:
    """An article that is to be mended, and why."""

    article_id: str = field(metadata=said("内容信息的编号", example="0123abcd", to="article"))
    opinion: str = long_text("退回理由", required=True, max_length=500)


send_article_back = _ARTICLE.does(
    "send_back", SendArticleBack, "Send an article back to be mended."
)


publish_article = _ARTICLE.does("publish", NameArticle, "Let everybody read an article.")


@frozen(kw_only=True)
class WithdrawArticle:
    """An article that is taken back, and why."""

    article_id: str = field(metadata=said("内容信息的编号", example="0123abcd", to="article"))
    reason: str = long_text("撤回理由", required=True, max_length=500)


withdraw_article = _ARTICLE.does(
    "withdraw", WithdrawArticle, "Take an article back: nobody reads it any more."
)


delete_article = _ARTICLE.does("delete", NameArticle, "Take an article off every list.")


@frozen(kw_only=True)
class ViewFigures:
    """How much was published and reviewed."""


@frozen(kw_only=True)
class ColumnFigures:
    """栏目统计 (ColumnFigures): how many articles of a column there are, and what reviews found."""

    column: str = field(metadata=said("栏目", example="notices"))
    title: str = field(metadata=said("栏目的名称", example="通知公告"))
    all: int = field(metadata=said("内容数", example=12))
    published: int = field(metadata=said("已发布数", example=8))
    reviewed: int = field(metadata=said("审核次数", example=10))
    approved: int = field(metadata=said("审核通过次数", example=9))

    @property
    def rate(self) -> str:
        """Give the share of reviews that found an article right, in whole percent."""
        return f"{self.approved * 100 // self.reviewed}%" if self.reviewed else "—"


@question("content.view_figures", "内容信息统计")
def view_figures(work: Work, about: ViewFigures) -> tuple[ColumnFigures, ...]:
    """Count for each column what was published, and how many reviews found it right."""
    del about
    by = ("column", "state", "approvals", "returns")
    found = work[Lists].tally(ARTICLES, ListFilter(reach=reach_of(work, ARTICLES)), by)
    return tuple(
        ColumnFigures(
            column=str(column), title=title,
            all=sum(count for key, count in found.items() if key[0] == column),
            published=sum(
                count for key, count in found.items()
                if key[:2] == (column, ArticleState.PUBLISHED)
            ),
            reviewed=sum(
                (key[2] + key[3]) * count for key, count in found.items() if key[0] == column
            ),
            approved=sum(key[2] * count for key, count in found.items() if key[0] == column),
        )
        for column, title in ARTICLE_COLUMNS.items()
    )  # fmt: skip
