"""Check items, laws, document templates and standard materials in memory."""

import json
from collections.abc import Iterator, Sequence

from adapters.memory.repository import MemoryRepository
from supervision_core.items.model import (
    CheckItem,
    DocumentKind,
    DocumentTemplate,
    Law,
    StandardMaterial,
    TemplateState,
)
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials


class MemoryCheckItems(MemoryRepository[CheckItem], CheckItems):
    """The library of check items."""

    cls = CheckItem

    def every(self) -> Iterator[CheckItem]:
        """Give every check item, by id."""
        return self._all()

    def uniques(self, root: CheckItem) -> frozenset[str]:
        """Say that a code stands once in a region."""
        return frozenset({json.dumps([root.region, root.code])})

    def find_by_code(self, region: str, code: str) -> CheckItem | None:
        """Give the item of that code in exactly that region."""
        return next(iter(self._with_unique([json.dumps([region, code])])), None)

    def find_many(self, ids: Sequence[str]) -> list[CheckItem]:
        """Give the items of ``ids`` that exist."""
        return self._many(ids)


class MemoryLaws(MemoryRepository[Law], Laws):
    """Laws, one for each version."""

    cls = Law

    def versions(self, title: str) -> list[Law]:
        """Give every version of the law of that title, oldest first."""
        found = (plain for plain in self._plain() if plain["_title"] == title)
        ordered = sorted(found, key=lambda plain: (plain["_in_force_from"], plain["id"]))
        return [self._rebuilt(plain) for plain in ordered]


class MemoryDocumentTemplates(MemoryRepository[DocumentTemplate], DocumentTemplates):
    """Departments' document templates."""

    cls = DocumentTemplate

    def approved(
        self, region: str, department: str, document: DocumentKind
    ) -> list[DocumentTemplate]:
        """Give the approved templates of one department for one paper, by order."""
        names = ("_region", "_department", "_document", "_state")
        wanted = [region, department, document.value, TemplateState.APPROVED.value]
        found = (plain for plain in self._plain() if [plain[name] for name in names] == wanted)
        ordered = sorted(found, key=lambda plain: (plain["_order"], plain["id"]))
        return [self._rebuilt(plain) for plain in ordered]


class MemoryStandardMaterials(MemoryRepository[StandardMaterial], StandardMaterials):
    """Official documents that checks refer to."""

    cls = StandardMaterial
