"""What users have filled in and not sent yet, in a table; all of it is enciphered."""

from collections.abc import Sequence

from sqlalchemy import Column, Index, String, Table, delete

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.registers import DIGEST_LENGTH
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, body, part, required, row_seal, version
from supervision_core.identity.model import FormDraft
from supervision_core.identity.ports import FormDrafts

form_draft = Table(
    "form_draft",
    metadata,
    Column("id", String(DIGEST_LENGTH), primary_key=True),
    version(),
    required("owner", ID_LENGTH),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_form_draft_owner", "owner"),
)


class SqlFormDrafts(SqlRepository[FormDraft], FormDrafts):
    """Drafts in table ``form_draft``."""

    mapper = Mapper(FormDraft, form_draft, sealed=("place", "_fields"))

    def of(self, owner: str) -> Sequence[FormDraft]:
        """Give those of one person."""
        return self._where(form_draft.c.owner == owner, order=(form_draft.c.id,))

    def drop(self, id: str) -> None:
        """Keep it no longer."""
        self._connection.execute(delete(form_draft).where(form_draft.c.id == id))
