"""An article: who may review it, what its kind must be, what reviews leave behind."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from supervision_core.content.model import (
    Article,
    ArticleInvalid,
    ArticleLocked,
    ArticleState,
    OpenColumn,
)
from supervision_core.testing.content import full_article

NOON = datetime(2026, 5, 5, 4, tzinfo=UTC)


def submitted() -> Article:
    """Give an article that somebody changed and handed in for review."""
    made = full_article()
    made.withdraw(reason="日期有误", at=NOON)
    made.change(made.content, made.files, at=NOON, by="user-3")
    made.submit(at=NOON)
    return made


def test_nobody_reviews_what_he_wrote() -> None:
    """kernel.decided_by_proposer: who changed it; somebody else may, and then it is open."""
    made = submitted()
    with pytest.raises(ArticleLocked) as refused:
        made.approve(at=NOON, by="user-3")
    assert [one.code for one in refused.value.violations] == ["kernel.decided_by_proposer"]
    made.approve(at=NOON, by="user-1")
    assert (made.state, made.open) == (ArticleState.APPROVED, False)
    made.publish(at=NOON)
    assert (made.open, made.on.isoformat()) == (True, "2026-05-05")


def test_a_kind_is_one_of_its_column() -> None:
    """content.kind_of_other_column: 重要会议 is no kind of 通知公告."""
    content = full_article().content
    with pytest.raises(ArticleInvalid) as refused:
        Article.create(evolve(content, kind="meeting"), id="a", at=NOON, by="user-1")
    (violation,) = refused.value.violations
    assert (violation.code, violation.at) == ("content.kind_of_other_column", "kind")
    news = evolve(content, kind="meeting", column=OpenColumn.NEWS)
    assert Article.create(news, id="a", at=NOON, by="user-1").state is ArticleState.DRAFT


@pytest.mark.parametrize("words", ["", "  "])
def test_who_sends_back_or_withdraws_says_why(words: str) -> None:
    """content.field_empty."""
    made = submitted()
    with pytest.raises(ArticleLocked):
        made.send_back(opinion=words, at=NOON, by="user-1")
    with pytest.raises(ArticleLocked):
        full_article().withdraw(reason=words, at=NOON)
    made.send_back(opinion="标题不全", at=NOON, by="user-1")
    assert [one.approved for one in made.reviews] == [False, True, False]
