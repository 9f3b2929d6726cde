"""Articles in memory."""

from adapters.memory.repository import MemoryRepository
from supervision_core.content.model import Article
from supervision_core.content.ports import Articles


class MemoryArticles(MemoryRepository[Article], Articles):
    """What editors write."""

    cls = Article
