"""Subjects and tags in tables."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    or_,
    select,
    true,
)
from sqlalchemy.schema import Column

from adapters.sql.engine.mapper import Lookup, Mapper, Values, json_text
from adapters.sql.engine.regions import REGION_LENGTH, city_of, region, regions_above
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    blind,
    body,
    flag,
    key,
    maybe,
    ordered,
    part,
    required,
    row_seal,
    version,
    words,
)
from adapters.sql.sealing.batches import BatchedRepository
from adapters.sql.sealing.protection import Blind
from supervision_core.identity.model import Placement
from supervision_core.subjects.model import IdentityKind, Subject, Tag, told_values
from supervision_core.subjects.model.data_change import DataChange
from supervision_core.subjects.model.registration_change import RegistrationChange
from supervision_core.subjects.ports import DataChanges, RegistrationChanges, Subjects, Tags

SAID_LENGTH = 240

subject = Table(
    "subject",
    metadata,
    key(),
    version(),
    required("kind", 20),
    ordered("name", 200),
    required("code", 64),
    region(),
    required("city", REGION_LENGTH),
    required("status", 20),
    words("industry", 10),
    maybe("category", ID_LENGTH),
    words("principal", 200),
    flag("doubtful"),
    flag("deleted"),
    flag("shared"),
    Column("tags", Text, nullable=False),
    part("extras"),
    part("sealed"),
    blind("code_index"),
    blind("principal_index"),
    row_seal(),
    body(),
    UniqueConstraint("code"),
    Index("ix_subject_code_index", "code_index", unique=True),
    Index("ix_subject_principal_index", "principal_index", "name", "id"),
    Index("ix_subject_city", "city", "name", "id"),
    Index("ix_subject_status", "status", "name", "id"),
    Index("ix_subject_kind", "kind", "name", "id"),
    Index("ix_subject_category", "category", "name", "id"),
    Index("ix_subject_doubtful", "doubtful", "name", "id"),
)

"""``code`` is never an identity card number: that one is sealed and found by ``code_index``.

``principal`` is masked; the whole name is sealed and found by ``principal_index``."""

subject_tag = Table(
    "subject_tag",
    metadata,
    Column("subject_id", key().type, ForeignKey(subject.c.id)),
    required("tag", ID_LENGTH),
    ordered("name", 200),
    PrimaryKeyConstraint("subject_id", "tag"),
    Index("ix_subject_tag_tag", "tag", "name", "subject_id"),
)

subject_said = several_of(
    "subject_said",
    subject,
    required("said", SAID_LENGTH),
    Index("ix_subject_said_said", "said", "subject_id"),
)
"""What subjects say in the forms of their categories, to find them by it."""

subject_former_code = several_of(
    "subject_former_code",
    subject,
    required("code", 64),
    Index("ix_subject_former_code_code", "code"),
)
"""The codes by which subjects were known before, to keep them from others."""

subject_department = several_of("subject_department", subject, required("department", ID_LENGTH))

tag = Table(
    "tag",
    metadata,
    key(),
    version(),
    required("name", 100),
    region(),
    flag("enabled"),
    row_seal(),
    body(),
    UniqueConstraint("region", "name"),
)


data_change = Table(
    "data_change", metadata, key(), version(), region(), part("sealed"), row_seal(), body()
)
"""What firms would have changed of their data: all that they say is sealed."""


registration_change = Table(
    "registration_change", metadata, key(), version(), region(), row_seal(), body()
)
"""What is proposed of statuses and deletions of subjects."""


def is_subject(named: ColumnElement[str], party: str) -> ColumnElement[bool]:
    """Say that a subject ``named`` by id is a party: by its id, or by its shown identity code."""
    return or_(named == party, named.in_(select(subject.c.id).where(subject.c.code == party)))


def _identity_card(root: Subject) -> str:
    identity = root.identity
    return identity.code if identity.kind is IdentityKind.IDENTITY_CARD else ""


def _subject_columns(root: Subject) -> Values:
    return {
        "name": root.shown_name,
        "code": root.reference_code,
        "city": city_of(root.region),
        "industry": root.basic.industry,
        "principal": root.shown_principal,
        "doubtful": bool(root.doubts),
        "shared": not root.departments,
        "tags": json_text(sorted(root.tags)),
    }


_ANY_CARD = select(subject.c.code_index).where(subject.c.code_index.is_not(None)).limit(1)
PRINCIPAL_INDEX: Final[Blind[Subject]] = Blind(
    column="principal_index", of=lambda root: root.principal
)
CODE_INDEX = Blind(column="code_index", of=_identity_card, normalise=str.upper)


class SqlSubjects(BatchedRepository[Subject], Subjects):
    """The register of subjects in table ``subject``."""

    mapper = Mapper(
        Subject,
        subject,
        derived=_subject_columns,
        lookups=(
            Lookup(
                subject_tag,
                lambda root: [{"tag": one, "name": root.shown_name} for one in root.tags],
            ),
            Lookup(
                subject_said,
                lambda root: [{"said": one} for one in told_values(root.extras.values)],
            ),
            Lookup.of(subject_department, lambda root: root.departments),
            Lookup.of(subject_former_code, lambda root: root.former_codes),
        ),
        sealed=("_name", "_identity", "_personal", "_former_bonds"),
        blind=(CODE_INDEX, PRINCIPAL_INDEX),
        batched=True,
    )

    def find_by_codes(self, codes: Sequence[str]) -> list[Subject]:
        """Give the subjects whose identity code is among ``codes``."""
        found = self._where_in(subject.c.code, codes)
        others = set(codes) - {one.identity.code for one in found}
        if not others or not self._reader.rows(_ANY_CARD):  # most registers hold firms only
            return found
        return found + self._where_blind(CODE_INDEX.column, others)

    def had(self, codes: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Give for each former one of ``codes`` the ids of the subjects that had it."""
        found: dict[str, frozenset[str]] = {}
        former = subject_former_code.c
        for some in chunks(sorted(set(codes))):
            asked = select(former.code, former.subject_id).where(former.code.in_(some))
            for row in self._reader.rows(asked):
                found[row.code] = found.get(row.code, frozenset()) | {row.subject_id}
        return found

    def places_of(self, ids: Sequence[str]) -> Mapping[str, Placement]:
        """Give where each of ``ids`` stands that exists."""
        regions: dict[str, str] = {}
        owners: dict[str, set[str]] = {}
        for some in chunks(sorted(set(ids))):
            asked = select(subject.c.id, subject.c.region).where(subject.c.id.in_(some))
            regions |= {row.id: row.region for row in self._reader.rows(asked)}
            owned = subject_department.c
            asked = select(owned.subject_id, owned.department).where(owned.subject_id.in_(some))
            for row in self._reader.rows(asked):
                owners.setdefault(row.subject_id, set()).add(row.department)
        return {
            one: Placement(region=region, departments=frozenset(owners.get(one, ())))
            for one, region in regions.items()
        }

    def hold(self, ids: Sequence[str]) -> None:
        """Lock their rows, everybody in the same order."""
        for some in chunks(sorted(set(ids))):
            asked = select(subject.c.id).where(subject.c.id.in_(some)).order_by(subject.c.id)
            self._reader.rows(asked.with_for_update())


class SqlTags(SqlRepository[Tag], Tags):
    """The tags in table ``tag``."""

    mapper = Mapper(Tag, tag)

    def of_regions(self, regions: Collection[str]) -> Mapping[str, list[Tag]]:
        """Give the enabled tags owned by each region or one above it, by order then name."""
        above = {region: regions_above(region) for region in regions}
        owners = sorted(frozenset().union(*above.values()))
        enabled = [
            one
            for part in chunks(owners)
            for one in self._where(tag.c.region.in_(part), tag.c.enabled == true())
        ]
        enabled.sort(key=lambda one: (one.order, one.name))
        return {
            region: [one for one in enabled if one.region in them] for region, them in above.items()
        }

    def find_by_name(self, region: str, name: str) -> Tag | None:
        """Give the tag of that name in exactly that region."""
        return self._matching(region=region, name=name)


class SqlRegistrationChanges(SqlRepository[RegistrationChange], RegistrationChanges):
    """What is proposed of statuses and deletions, in table ``registration_change``."""

    mapper = Mapper(RegistrationChange, registration_change)


class SqlDataChanges(SqlRepository[DataChange], DataChanges):
    """What firms would have changed of their data, in table ``data_change``."""

    mapper = Mapper(DataChange, data_change, sealed=("proposed",))
