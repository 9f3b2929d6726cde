"""Officers and teams in tables."""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Index,
    Table,
    UniqueConstraint,
    select,
)

from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    LABEL_LENGTH,
    blind,
    body,
    flag,
    key,
    label,
    maybe,
    ordered,
    part,
    required,
    row_seal,
    version,
    words,
)
from adapters.sql.sealing.protection import Blind
from supervision_core.officers.model import Officer, OfficerState, Team
from supervision_core.officers.model.proposal import Proposal
from supervision_core.officers.ports import Officers, Proposals, Teams

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
    blind("document_index"),
    maybe("account", ID_LENGTH),
    words("phone", 20),
    words("sex", 10),
    part("extras"),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_officer_department", "department", "name", "id"),
    Index("ix_officer_phone_index", "phone_index"),
    Index("ix_officer_account", "account", unique=True),
    Index("ix_officer_document_index", "document_index"),
)

officer_certificate = several_of(
    "officer_certificate", officer, required("code", 64), UniqueConstraint("code")
)

team = Table(
    "team",
    metadata,
    key(),
    version(),
    region(),
    maybe("leader", ID_LENGTH),
    flag("deleted"),
    label(),
    row_seal(),
    body(),
    Index("ix_team_label", "label"),
)

team_member = several_of(
    "team_member",
    team,
    required("officer_id", ID_LENGTH),
    Index("ix_team_member_officer_id", "officer_id"),
)


proposal = Table(
    "proposal", metadata, key(), version(), region(), part("sealed"), row_seal(), body()
)


def _is_deleted(root: Officer) -> bool:
    return root.state is OfficerState.DELETED


def _officer_columns(root: Officer) -> Values:
    return {
        "employer": root.draft.body,
        "certificate": root.certificates[0].number if root.certificates else "",
        "account": root.user or None,
        "phone": root.contact.masked_phone,
        "sex": root.contact.sex[:10],
    }


PHONE_INDEX = Blind[Officer](column="phone_index", of=lambda root: root.contact.phone)

DOCUMENT_INDEX = Blind[Officer](
    column="document_index",
    of=lambda root: "" if _is_deleted(root) else root.contact.identity_card,
    normalise=lambda number: number.strip().upper(),
)


class SqlOfficers(SqlRepository[Officer], Officers):
    """The library of officers in table ``officer``."""

    mapper = Mapper(
        Officer,
        officer,
        derived=_officer_columns,
        lookups=(
            Lookup(
                officer_certificate,
                lambda root: [
                    {"code": one.number} for one in root.certificates if not _is_deleted(root)
                ],
            ),
        ),
        sealed=("_contact", "_legal_persons", "_interests"),
        blind=(PHONE_INDEX, DOCUMENT_INDEX),
    )

    def find_by_certificates(self, numbers: Sequence[str]) -> list[Officer]:
        """Give the officers who hold any of these certificates."""
        columns = officer_certificate.c
        holders: set[str] = set()
        for some in chunks(sorted(set(numbers))):
            asked = select(columns.officer_id).where(columns.code.in_(some))
            holders.update(row.officer_id for row in self._reader.rows(asked))
        return self._where_in(officer.c.id, holders)

    def find_by_identity_cards(self, numbers: Iterable[str]) -> list[Officer]:
        """Give the officers with any of these identity card numbers."""
        wanted = {one.strip().upper() for one in numbers} - {""}
        found = self._where_blind("document_index", sorted(wanted))
        return [one for one in found if one.contact.identity_card.strip().upper() in wanted]

    def of_users(self, users: Iterable[str]) -> list[Officer]:
        """Give the officers who act under any of these accounts."""
        found = self._where_in(officer.c.account, set(users) - {""})
        return [one for one in found if one.user]

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
        derived=lambda root: {"label": root.name[:LABEL_LENGTH]},
        lookups=(Lookup.of(team_member, lambda root: root.members),),
    )

    def of_officer(self, officer: str) -> list[Team]:
        """Give those that an officer belongs to, by id."""
        columns = team_member.c
        asked = select(columns.team_id).where(columns.officer_id == officer)
        found = self._where_in(team.c.id, (row.team_id for row in self._reader.rows(asked)))
        return sorted(found, key=lambda one: one.id)


class SqlProposals(SqlRepository[Proposal], Proposals):
    """What institutions would have changed of themselves, in table ``proposal``."""

    mapper = Mapper(Proposal, proposal, sealed=("_label", "_content"))
