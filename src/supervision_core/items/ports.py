"""Where matters, items, laws, templates and materials are kept."""

from abc import abstractmethod
from collections.abc import Sequence

from supervision_core.items.model import (
    CheckItem,
    DocumentKind,
    DocumentTemplate,
    Law,
    StandardMaterial,
)
from supervision_core.kernel.ports import Repository


class CheckItems(Repository[CheckItem]):
    """The library of check items."""

    kind = "check_item"

    @abstractmethod
    def find_by_code(self, region: str, code: str) -> CheckItem | None:
        """Give the item of that code in exactly that region."""

    @abstractmethod
    def find_many(self, ids: Sequence[str]) -> list[CheckItem]:
        """Give the items of ``ids`` that exist, in any order."""


class Laws(Repository[Law]):
    """Laws and regulations, one for each version."""

    kind = "law"

    @abstractmethod
    def versions(self, title: str) -> list[Law]:
        """Give every version of the law of that title, oldest first."""


class DocumentTemplates(Repository[DocumentTemplate]):
    """Departments' document templates."""

    kind = "document_template"

    @abstractmethod
    def approved(
        self, region: str, department: str, document: DocumentKind
    ) -> list[DocumentTemplate]:
        """Give the approved templates of one department for one paper, by order."""


class StandardMaterials(Repository[StandardMaterial]):
    """Official documents that checks refer to."""

    kind = "standard_material"
