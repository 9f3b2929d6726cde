"""Where matters, items, laws, templates and materials are kept."""

from abc import ABC, abstractmethod

from supervision_core.items.model import (
    CheckItem,
    DocumentKind,
    DocumentTemplate,
    Law,
    StandardMaterial,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Repository


class CheckItems(Repository[CheckItem]):
    """The library of check items."""

    kind = "check_item"

    @abstractmethod
    def find_by_code(self, region: str, code: str) -> CheckItem | None:
        """Give the item of that code in exactly that region."""


class Laws(Repository[Law]):
    """Laws and regulations, one for each version."""

    kind = "law"

    @abstractmethod
    def versions(self, title: str) -> list[Law]:
        """Give every version of the law of that title, oldest first, deleted ones too."""


class DocumentTemplates(Repository[DocumentTemplate]):
    """Departments' document templates."""

    kind = "document_template"

    @abstractmethod
    def in_use(
        self, region: str, department: str, document: DocumentKind
    ) -> list[DocumentTemplate]:
        """Give the enabled templates of one department for one paper, by order."""

    @abstractmethod
    def called(self, region: str, department: str, name: str) -> list[DocumentTemplate]:
        """Give the living templates of that name of one department, by id."""


class StandardMaterials(Repository[StandardMaterial]):
    """Official documents that checks refer to."""

    kind = "standard_material"

    @abstractmethod
    def find_by_code(self, region: str, code: str) -> StandardMaterial | None:
        """Give the living material of that code in exactly that region."""


class PaperTemplates(ABC):
    """Reads the Word templates that departments upload, away from this process."""

    @abstractmethod
    def faults(self, staged: str, document: DocumentKind) -> tuple[Violation, ...]:
        """Give what is against the staged file as a template; nothing where there is no such file.

        It must be a Word document whose marks can be filled with the facts of that kind of paper,
        and that fetches nothing, runs nothing and does not swell.
        """
