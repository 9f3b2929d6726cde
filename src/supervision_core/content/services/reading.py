"""What is open to everybody, for programs of those who work with the platform."""

from attrs import field, frozen

from supervision_core.content.model import OPEN_COLUMNS, OpenAsked, OpenColumn, OpenPage
from supervision_core.content.services.opening import OpenShelf
from supervision_core.identity.services import Work, question
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, PageRequest
from supervision_core.kernel.registers import choice


@frozen(kw_only=True)
class FindOpen(OpenAsked):
    """What is looked for in a column."""

    column: OpenColumn = choice("栏目", OPEN_COLUMNS, required=True)
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页"))


@question("content.list_open", "公开信息列表")
def list_open(work: Work, about: FindOpen) -> OpenPage:
    """List what everybody may read in a column, as the public finds it."""
    shelf = OpenShelf(work.unit, local_day(work.now))
    return shelf.find(about.column, about, about.page)
