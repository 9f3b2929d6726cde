"""Officers, teams, institutions and associations in tables."""

from collections.abc import Sequence

from sqlalchemy import (
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    select,
)
from sqlalchemy.schema import Column

from adapters.sql.mapper import Lookup, Mapper, Values
from adapters.sql.regions import region
from adapters.sql.repository import SqlRepository, chunks
from adapters.sql.schema import metadata
from adapters.sql.sealing import Blind
from adapters.sql.types import (
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
from supervision_core.officers.model import Association, Institution, Officer, OfficerState, Team
from supervision_core.officers.ports import Associations, Institutions, Officers, Teams

officer = Table(
    "officer",
    metadata,
    key(),
    version(),
    ordered("name", 100),
    required("department", ID_LENGTH),
    region(),
    required("state", 10),
    words("employer", 200),
    words("certificate", 64),
    blind("phone_index"),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_officer_name", "name", "id"),
    Index("ix_officer_department", "department", "name", "id"),
    Index("ix_officer_region", "region", "name", "id"),
    Index("ix_officer_phone_index", "phone_index"),
)

officer_certificate = Table(
    "officer_certificate",
    metadata,
    Column("officer_id", key().type, ForeignKey(officer.c.id)),
    required("code", 64),
    PrimaryKeyConstraint("officer_id", "code"),
    UniqueConstraint("code"),
)

team = Table(
    "team",
    metadata,
    key(),
    version(),
    region(),
    maybe("leader", ID_LENGTH),
    flag("deleted"),
    row_seal(),
    body(),
)

team_member = Table(
    "team_member",
    metadata,
    Column("team_id", key().type, ForeignKey(team.c.id)),
    required("officer_id", ID_LENGTH),
    PrimaryKeyConstraint("team_id", "officer_id"),
    Index("ix_team_member_officer_id", "officer_id"),
)

institution = Table(
    "institution", metadata, key(), version(), region(), part("sealed"), row_seal(), body()
)

association = Table(
    "association", metadata, key(), version(), region(), part("sealed"), row_seal(), body()
)


def _officer_columns(root: Officer) -> Values:
    first = root.certificates[0].number if root.certificates else ""
    return {"employer": root.draft.body, "certificate": first}


PHONE_INDEX = Blind[Officer](column="phone_index", of=lambda root: root.contact.phone)


class SqlOfficers(SqlRepository[Officer], Officers):
    """The library of officers in table ``officer``."""

    mapper = Mapper(
        Officer,
        officer,
        derived=_officer_columns,
        lookups=(
            Lookup(
                officer_certificate,
                "officer_id",
                lambda root: [{"code": one.number} for one in root.certificates],
            ),
        ),
        sealed=("_contact", "_legal_persons", "_interests"),
        blind=(PHONE_INDEX,),
    )

    def find_by_certificates(self, numbers: Sequence[str]) -> list[Officer]:
        """Give the officers who hold any of these certificates."""
        columns = officer_certificate.c
        holders: set[str] = set()
        for some in chunks(sorted(set(numbers))):
            asked = select(columns.officer_id).where(columns.code.in_(some))
            holders.update(row.officer_id for row in self._reader.rows(asked))
        return self._where_in(officer.c.id, holders)

    def find_many(self, ids: Sequence[str]) -> list[Officer]:
        """Give the officers of ``ids`` that exist."""
        return self._where_in(officer.c.id, ids)

    def of_departments(self, departments: Sequence[str]) -> list[Officer]:
        """Give the active officers of these departments, by id."""
        found = self._where_in(officer.c.department, departments)
        active = (one for one in found if one.state is OfficerState.ACTIVE)
        return sorted(active, key=lambda one: one.id)


class SqlTeams(SqlRepository[Team], Teams):
    """Teams in table ``team``."""

    mapper = Mapper(
        Team,
        team,
        lookups=(
            Lookup(
                team_member,
                "team_id",
                lambda root: [{"officer_id": one} for one in root.members],
            ),
        ),
    )


class SqlInstitutions(SqlRepository[Institution], Institutions):
    """Third-party institutions in table ``institution``."""

    mapper = Mapper(Institution, institution, sealed=("_phone",))


class SqlAssociations(SqlRepository[Association], Associations):
    """Trade associations in table ``association``."""

    mapper = Mapper(Association, association, sealed=("_phone",))
