"""Articles in tables."""

from sqlalchemy import Index, Table

from adapters.sql.engine.mapper import Mapper, Values
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    day,
    key,
    required,
    row_seal,
    version,
    whole,
    words,
)
from supervision_core.content.lists import ARTICLES
from supervision_core.content.model import Article
from supervision_core.content.ports import Articles

article = Table(
    "article",
    metadata,
    key(),
    version(),
    region(),
    required("title", 200),
    required("portal_column", 20),
    required("kind", 20),
    words("tags", 100),
    required("department", ID_LENGTH),
    words("trade", ID_LENGTH),
    required("state", 10),
    day("told_on"),
    words("summary", 300),
    whole("approvals"),
    whole("returns"),
    body(),
    row_seal(),
    Index("ix_article_column", "portal_column", "told_on", "id"),
)


def _columns(root: Article) -> Values:
    row = ARTICLES.row_of(root)
    return {
        "region": row.region,
        "title": row.title,
        "portal_column": row.column,
        "kind": row.kind,
        "tags": row.tags,
        "department": row.department,
        "trade": row.trade,
        "told_on": row.on,
        "summary": row.summary,
        "approvals": row.approvals,
        "returns": row.returns,
    }


class SqlArticles(SqlRepository[Article], Articles):
    """What editors write, in table ``article``."""

    mapper = Mapper(Article, article, derived=_columns)
