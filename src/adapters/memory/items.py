"""Check items, laws, document templates and standard materials in memory."""

import json

from adapters.memory.repository import MemoryRepository
from supervision_core.items.model import (
    CheckItem,
    DocumentKind,
    DocumentTemplate,
    Law,
    StandardMaterial,
    TemplateState,
)
from supervision_core.items.ports import (
    CheckItems,
    DocumentTemplates,
    Laws,
    PaperTemplates,
    StandardMaterials,
)
from supervision_core.kernel.errors import Violation


class MemoryCheckItems(MemoryRepository[CheckItem], CheckItems):
    """The library of check items."""

    cls = CheckItem

    def uniques(self, root: CheckItem) -> frozenset[str]:
        """Say that a code stands once in a region."""
        return frozenset({json.dumps([root.region, root.code])})

    def find_by_code(self, region: str, code: str) -> CheckItem | None:
        """Give the item of that code in exactly that region."""
        return next(iter(self._with_unique([json.dumps([region, code])])), None)


class MemoryLaws(MemoryRepository[Law], Laws):
    """Laws, one for each version."""

    cls = Law

    def versions(self, title: str) -> list[Law]:
        """Give every version of the law of that title, oldest first."""
        found = (one for one in self.every() if one.content.title == title)
        return sorted(found, key=lambda one: (one.content.promulgated_on, one.id))


class MemoryDocumentTemplates(MemoryRepository[DocumentTemplate], DocumentTemplates):
    """Departments' document templates."""

    cls = DocumentTemplate

    def in_use(
        self, region: str, department: str, document: DocumentKind
    ) -> list[DocumentTemplate]:
        """Give the enabled templates of one department for one paper, by order."""
        found = [
            one for one in self.every()
            if (one.region, one.content.department) == (region, department)
            and one.content.document is document and one.state is TemplateState.ENABLED
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one.content.order or 0, one.id))

    def called(self, region: str, department: str, name: str) -> list[DocumentTemplate]:
        """Give the living templates of that name of one department, by id."""
        return [
            one for one in self.every()
            if (one.region, one.content.department, one.content.name) == (region, department, name)
            and one.state is not TemplateState.DELETED
        ]  # fmt: skip


class MemoryPapers(PaperTemplates):
    """Templates that nothing opens here: each is taken for a fit one."""

    def faults(self, staged: str, document: DocumentKind) -> tuple[Violation, ...]:
        """Find nothing."""
        del staged, document
        return ()


class MemoryStandardMaterials(MemoryRepository[StandardMaterial], StandardMaterials):
    """Official documents that checks refer to."""

    cls = StandardMaterial

    def find_by_code(self, region: str, code: str) -> StandardMaterial | None:
        """Give the living material of that code in exactly that region."""
        found = (
            one for one in self.every()
            if (one.region, one.content.code) == (region, code) and not one.deleted
        )  # fmt: skip
        return next(found, None)
