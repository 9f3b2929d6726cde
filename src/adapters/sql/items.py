"""Check items, laws, document templates and standard materials in tables."""

from collections.abc import Sequence

from sqlalchemy import Index, Table, UniqueConstraint

from adapters.sql.mapper import Mapper
from adapters.sql.regions import region
from adapters.sql.repository import SqlRepository
from adapters.sql.schema import metadata
from adapters.sql.types import ID_LENGTH, body, day, key, required, row_seal, version, whole, words
from supervision_core.items.model import (
    CheckItem,
    DocumentKind,
    DocumentTemplate,
    Law,
    StandardMaterial,
    TemplateState,
)
from supervision_core.items.ports import CheckItems, DocumentTemplates, Laws, StandardMaterials

check_item = Table(
    "check_item",
    metadata,
    key(),
    version(),
    required("code", 64),
    region(),
    required("state", 10),
    words("matter_code", 64),
    row_seal(),
    body(),
    UniqueConstraint("region", "code"),
    Index("ix_check_item_matter_code", "matter_code", "state"),
)

law = Table(
    "law",
    metadata,
    key(),
    version(),
    required("title", 200),
    day("in_force_from"),
    row_seal(),
    body(),
    Index("ix_law_title", "title", "in_force_from"),
)

document_template = Table(
    "document_template",
    metadata,
    key(),
    version(),
    required("document", 40),
    region(),
    required("department", ID_LENGTH),
    required("state", 10),
    whole("place"),
    row_seal(),
    body(),
    Index("ix_document_template_owner", "region", "department", "document"),
)

standard_material = Table(
    "standard_material", metadata, key(), version(), region(), row_seal(), body()
)


class SqlCheckItems(SqlRepository[CheckItem], CheckItems):
    """The library of check items in table ``check_item``."""

    mapper = Mapper(
        CheckItem,
        check_item,
        derived=lambda root: {"matter_code": root.content.matter_code},
    )

    def find_by_code(self, region: str, code: str) -> CheckItem | None:
        """Give the item of that code in exactly that region."""
        return self._one(check_item.c.region == region, check_item.c.code == code)

    def find_many(self, ids: Sequence[str]) -> list[CheckItem]:
        """Give the items of ``ids`` that exist."""
        return self._where_in(check_item.c.id, ids)


class SqlLaws(SqlRepository[Law], Laws):
    """Laws in table ``law``."""

    mapper = Mapper(Law, law)

    def versions(self, title: str) -> list[Law]:
        """Give every version of the law of that title, oldest first."""
        return self._where(law.c.title == title, order=(law.c.in_force_from, law.c.id))


class SqlDocumentTemplates(SqlRepository[DocumentTemplate], DocumentTemplates):
    """Document templates in table ``document_template``."""

    mapper = Mapper(DocumentTemplate, document_template, renamed={"_order": "place"})

    def approved(
        self, region: str, department: str, document: DocumentKind
    ) -> list[DocumentTemplate]:
        """Give the approved templates of one department for one paper, by order."""
        columns = document_template.c
        return self._where(
            columns.region == region,
            columns.department == department,
            columns.document == document.value,
            columns.state == TemplateState.APPROVED.value,
            order=(columns.place, columns.id),
        )


class SqlStandardMaterials(SqlRepository[StandardMaterial], StandardMaterials):
    """Standard materials in table ``standard_material``."""

    mapper = Mapper(StandardMaterial, standard_material)
