"""The files of an article."""

from supervision_core.content.model.article import ArticleState
from supervision_core.content.ports import Articles
from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.identity.services import Work
from supervision_core.kernel.errors import NotFound

ATTACHED = FileSlot(kind=Articles.kind, name="attached", accepts=frozenset(MediaType), most=20)
"""附件: what is published beside the text."""


class ArticleFiles(Visible):
    """Answers for the files of articles: their department sees them; the public by its own port."""

    kind = Articles.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may look at it. Raises ``NotFound``."""
        del slot
        article = work[Articles].get(thing)
        if article.state is ArticleState.DELETED:
            raise NotFound(self.kind, thing)
        work.reach(self.kind, thing, region=article.region, departments=article.departments)
