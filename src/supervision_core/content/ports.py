"""What everybody may read, asked through one port; where articles are kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from supervision_core.checklists.services.sheets import ChecklistSheet
from supervision_core.content.model import (
    ListedDraw,
    OpenAsked,
    OpenChoice,
    OpenColumn,
    OpenDrawPage,
    OpenDrawsAsked,
    OpenFact,
    OpenPage,
    OpenText,
)
from supervision_core.content.model.article import Article
from supervision_core.handbooks.model import ReadingChannel
from supervision_core.handbooks.services.reading import ReadHandbook
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.tasks.model.presence import PlaceShare


@frozen(kw_only=True)
class OpenBytes:
    """A published file: what it is called, what it is, its bytes piece by piece, their SM3."""

    name: str
    media: str
    size: int
    sm3: str
    chunks: Iterator[bytes]


class Articles(Repository[Article]):
    """What editors write for the portals of all regions."""

    kind = "article"


class PublicReading(ABC):
    """公开阅览 (PublicReading): the one way by which public pages read.

    Only what is published crosses it, in words and without personal data; it knows no actor and no
    scope. Where the public pages stand in a zone of their own, an adapter asks across (design 7).
    Whatever is not published is ``NotFound``, as what never was.
    """

    @abstractmethod
    def find(self, column: OpenColumn, asked: OpenAsked, page: PageRequest) -> OpenPage:
        """Give lines of a column, the newest results first. Raises ``BadCursor``."""

    @abstractmethod
    def choices(self, column: OpenColumn) -> Sequence[OpenChoice]:
        """Give by what a column can be asked."""

    @abstractmethod
    def read(self, column: OpenColumn, id: str) -> OpenText:
        """Give a result, a law or an article whole. Raises ``NotFound``."""

    @abstractmethod
    def file(self, article: str, file: str) -> OpenBytes:
        """Give a file of an article that is published. Raises ``NotFound``."""

    @abstractmethod
    def checklist(self, id: str) -> ChecklistSheet:
        """Give the version of a checklist that is in use, as a sheet. Raises ``NotFound``."""

    @abstractmethod
    def handbook(self, id: str, channel: ReadingChannel) -> ReadHandbook:
        """Give a handbook and count that it was opened. Raises ``NotFound``."""

    @abstractmethod
    def contacts(self, departments: Iterable[str]) -> Sequence[OpenFact]:
        """Give how the public reaches these departments, by their names, as far as it is kept."""

    @abstractmethod
    def proof(self, result: str) -> Mapping[str, Json]:
        """Give the proof of the draw of a result, as ``draw_proof``. Raises ``NotFound``."""

    @abstractmethod
    def draws(self, asked: OpenDrawsAsked, page: PageRequest) -> OpenDrawPage:
        """Give every numbered draw of a year, whatever became of it, those of a series together.

        None names a subject whose visit is to come. Raises ``BadCursor``.
        """

    @abstractmethod
    def places(self, year: int) -> Sequence[PlaceShare]:
        """Give how the visits formed in a year prove that officers came, by the lead's name."""

    @abstractmethod
    def draw_choices(self, year: int) -> Sequence[OpenChoice]:
        """Give by what draws can be asked: years, and who led and where in one (0: the latest)."""

    @abstractmethod
    def draws_file(self, asked: OpenDrawsAsked) -> Mapping[str, Json]:
        """Give all of them as a document that states its day, and the SM3 of all else in it."""

    @abstractmethod
    def draw(self, id: str) -> ListedDraw:
        """Give one of them. Raises ``NotFound``."""

    @abstractmethod
    def draw_proof(self, id: str) -> Mapping[str, Json]:
        """Give the proof of a draw, without inspectors and accounts; officials are named.

        It is public once every visit of the task is completed, and from twenty working days after
        the task's end in any case. Raises ``NotFound`` before, where nothing was drawn, and where
        the pool names natural persons.
        """
