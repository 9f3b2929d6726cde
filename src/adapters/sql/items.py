"""Check items, laws, document templates and standard materials in tables."""

from collections.abc import Iterator

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    true,
)

from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    LABEL_LENGTH,
    body,
    day,
    flag,
    key,
    label,
    moment,
    ordered,
    required,
    row_seal,
    version,
    whole,
    words,
)
from supervision_core.items.model import (
    CheckItem,
    DocumentKind,
    DocumentTemplate,
    Law,
    LawState,
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
    label(),
    row_seal(),
    body(),
    UniqueConstraint("region", "code"),
    Index("ix_check_item_label", "label"),
    Index("ix_check_item_matter_code", "matter_code", "state"),
)

check_item_material = several_of(
    "check_item_material",
    check_item,
    required("material", ID_LENGTH),
    Index("ix_check_item_material", "material"),
)
"""To which standard materials the contents of check items refer."""

law = Table(
    "law",
    metadata,
    key(),
    version(),
    ordered("title", 200),
    required("kind", 20),
    words("issuer", 100),
    day("promulgated_on"),
    day("in_force_from"),
    day("in_force_until", nullable=True),
    required("state", 10),
    region(),
    required("department", ID_LENGTH),
    whole("provision_count"),
    moment("changed_at", nullable=True),
    row_seal(),
    body(),
    Index("ix_law_region", "region", "title", "id"),
)

law_provision = Table(
    "law_provision",
    metadata,
    Column("law_id", key().type, ForeignKey(law.c.id)),
    whole("place"),
    required("id", 400),
    flag("enabled"),
    PrimaryKeyConstraint("law_id", "place"),
    Index("ix_law_provision_id", "id"),
)

document_template = Table(
    "document_template",
    metadata,
    key(),
    version(),
    required("name", 100),
    required("document", 40),
    region(),
    required("department", ID_LENGTH),
    required("state", 10),
    whole("place"),
    flag("enabled"),
    row_seal(),
    body(),
    Index("ix_document_template_owner", "region", "department", "document"),
)

standard_material = Table(
    "standard_material",
    metadata,
    key(),
    version(),
    region(),
    required("code", 60),
    required("name", 200),
    flag("enabled"),
    row_seal(),
    body(),
    Index("ix_standard_material_code", "region", "code"),
)


class SqlCheckItems(SqlRepository[CheckItem], CheckItems):
    """The library of check items in table ``check_item``."""

    mapper = Mapper(
        CheckItem,
        check_item,
        derived=lambda root: {
            "matter_code": root.content.matter_code,
            "label": root.content.matter[:LABEL_LENGTH],
        },
        lookups=(Lookup.of(check_item_material, lambda root: root.content.materials),),
    )

    def find_by_code(self, region: str, code: str) -> CheckItem | None:
        """Give the item of that code in exactly that region."""
        return self._matching(region=region, code=code)


def _law_columns(root: Law) -> Values:
    said = root.content
    return {
        "title": said.title, "kind": said.kind, "issuer": said.issuer,
        "promulgated_on": said.promulgated_on, "in_force_from": said.in_force_from,
        "in_force_until": said.in_force_until, "provision_count": len(root.provisions),
    }  # fmt: skip


def _provisions(root: Law) -> Iterator[Values]:
    enabled = root.state is LawState.ENABLED
    for place, one in enumerate(root.provisions):
        yield {"place": place, "id": str(root.cite(one.number)), "enabled": enabled}


class SqlLaws(SqlRepository[Law], Laws):
    """Laws in table ``law``, their provisions beside them in ``law_provision``."""

    mapper = Mapper(Law, law, derived=_law_columns, lookups=(Lookup(law_provision, _provisions),))

    def versions(self, title: str) -> list[Law]:
        """Give every version of the law of that title, oldest first."""
        return self._where(law.c.title == title, order=(law.c.promulgated_on, law.c.id))


class SqlDocumentTemplates(SqlRepository[DocumentTemplate], DocumentTemplates):
    """Document templates in table ``document_template``."""

    mapper = Mapper(
        DocumentTemplate,
        document_template,
        derived=lambda root: {
            "name": root.content.name,
            "document": root.content.document.value,
            "department": root.content.department,
            "place": root.content.order or 0,
            "enabled": root.state is TemplateState.ENABLED,
        },
    )

    def in_use(
        self, region: str, department: str, document: DocumentKind
    ) -> list[DocumentTemplate]:
        """Give the enabled templates of one department for one paper, by order."""
        columns = document_template.c
        return self._where(
            columns.region == region,
            columns.department == department,
            columns.document == document.value,
            columns.enabled == true(),
            order=(columns.place, columns.id),
        )

    def called(self, region: str, department: str, name: str) -> list[DocumentTemplate]:
        """Give the living templates of that name of one department, by id."""
        columns = document_template.c
        found = self._where(
            columns.region == region,
            columns.department == department,
            columns.name == name,
            order=(columns.id,),
        )
        return [one for one in found if one.state is not TemplateState.DELETED]


class SqlStandardMaterials(SqlRepository[StandardMaterial], StandardMaterials):
    """Standard materials in table ``standard_material``."""

    mapper = Mapper(
        StandardMaterial,
        standard_material,
        derived=lambda root: {
            "code": root.content.code,
            "name": root.content.name,
            "enabled": not root.deleted,
        },
    )

    def find_by_code(self, region: str, code: str) -> StandardMaterial | None:
        """Give the living material of that code in exactly that region."""
        columns = standard_material.c
        return self._one(columns.region == region, columns.code == code, columns.enabled == true())
