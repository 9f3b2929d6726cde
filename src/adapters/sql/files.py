"""Staged files and attachments in tables; the bytes lie elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError

from adapters.sql.engine.faults import broken_unique
from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    blind,
    body,
    key,
    moment,
    part,
    required,
    row_seal,
    version,
    whole,
)
from adapters.sql.sealing.protection import Blind
from supervision_core.files.model import Attachment, StagedFile
from supervision_core.files.ports import Attachments, StagedFiles
from supervision_core.kernel.errors import Conflict

ADDRESS_LENGTH = 64

staged_file = Table(
    "staged_file",
    metadata,
    key(),
    version(),
    required("owner", ID_LENGTH),
    moment("begun_at"),
    whole("byte_count"),
    part("sealed"),
    row_seal(),
    body(),
    Index("ix_staged_file_owner", "owner", "begun_at"),
    Index("ix_staged_file_begun_at", "begun_at", "id"),
)
staged_piece = Table(
    "staged_piece",
    metadata,
    Column("file_id", key().type, ForeignKey(staged_file.c.id)),
    Column("piece_number", BigInteger, autoincrement=False),
    Column("address", String(ADDRESS_LENGTH), nullable=False),
    PrimaryKeyConstraint("file_id", "piece_number"),
    Index("ix_staged_piece_address", "address"),
)
staged_content = Table(
    "staged_content",
    metadata,
    Column("file_id", key().type, ForeignKey(staged_file.c.id)),
    Column("address", String(ADDRESS_LENGTH)),
    PrimaryKeyConstraint("file_id", "address"),
    Index("ix_staged_content_address", "address"),
)
attachment = Table(
    "attachment",
    metadata,
    key(),
    version(),
    required("kind", 30),
    required("thing", ID_LENGTH),
    required("slot", 30),
    moment("gone_at", nullable=True),
    part("sealed"),
    blind("content_index"),
    row_seal(),
    body(),
    Index("ix_attachment_thing", "kind", "thing", "id"),
    Index("ix_attachment_content_index", "content_index"),
)
attachment_piece = Table(
    "attachment_piece",
    metadata,
    Column("attachment_id", key().type, ForeignKey(attachment.c.id)),
    Column("address", String(ADDRESS_LENGTH)),
    PrimaryKeyConstraint("attachment_id", "address"),
    Index("ix_attachment_piece_address", "address"),
)

_USED = select(
    func.count(staged_file.c.id).label("many"), func.sum(staged_file.c.byte_count).label("total")
).where(staged_file.c.owner == bindparam("of_owner"), staged_file.c.begun_at > bindparam("since"))
_PIECES = (
    select(staged_piece)
    .where(staged_piece.c.file_id == bindparam("of_file"))
    .order_by(staged_piece.c.piece_number)
)
_HANGING = (
    select(attachment)
    .where(
        attachment.c.kind == bindparam("of_kind"),
        attachment.c.thing == bindparam("of_thing"),
        attachment.c.gone_at.is_(None),
    )
    .order_by(attachment.c.id)
)


def _addresses(root: StagedFile) -> list[Values]:
    content = root.content
    return [{"address": one} for one in content.addresses] if content else []


class SqlStagedFiles(SqlRepository[StagedFile], StagedFiles):
    """Staged files in table ``staged_file``, their pieces in ``staged_piece``.

    Pieces need no seal: each is bound to its file and number by its cipher, and the whole is held
    against its digest before it counts.
    """

    mapper = Mapper(
        StagedFile,
        staged_file,
        derived=lambda root: {"byte_count": root.size},
        lookups=(Lookup(staged_content, _addresses),),
        sealed=("name", "sm3", "_content"),
    )

    def used(self, owner: str, *, since: datetime) -> tuple[int, int]:
        """Count files and bytes that ``owner`` has begun since then."""
        (found,) = self._reader.every(_USED, {"of_owner": owner, "since": since})
        return int(found["many"]), int(found["total"] or 0)

    def add_piece(self, file: str, number: int, address: str) -> str | None:
        """Note where a piece lies; give where the one lay that it replaces. Raises ``Conflict``."""
        columns = staged_piece.c
        here = (columns.file_id == file, columns.piece_number == number)
        before = self._reader.rows(select(columns.address).where(*here))
        if before:
            self._connection.execute(delete(staged_piece).where(*here))
        values = {"file_id": file, "piece_number": number, "address": address}
        try:
            self._connection.execute(insert(staged_piece).values(values))
        except IntegrityError as error:
            if broken_unique(error, metadata) is None:
                raise
            raise Conflict(self.kind, file) from error
        return before[0].address if before else None

    def pieces(self, file: str) -> Mapping[int, str]:
        """Give the addresses by number."""
        rows = self._reader.every(_PIECES, {"of_file": file})
        return {row["piece_number"]: row["address"] for row in rows}

    def drop_pieces(self, file: str) -> None:
        """Forget where the pieces lie."""
        self._connection.execute(delete(staged_piece).where(staged_piece.c.file_id == file))

    def begun_before(self, moment: datetime, *, limit: int) -> Sequence[str]:
        """Give the ids of the oldest begun before then."""
        columns = staged_file.c
        asked = select(columns.id).where(columns.begun_at < moment)
        rows = self._reader.rows(asked.order_by(columns.begun_at, columns.id).limit(limit))
        return [row.id for row in rows]

    def forget(self, files: Sequence[str]) -> None:
        """Remove staged files and their pieces."""
        for some in chunks(files):
            for table in (staged_piece, staged_content):
                self._connection.execute(delete(table).where(table.c.file_id.in_(some)))
            self._connection.execute(delete(staged_file).where(staged_file.c.id.in_(some)))

    def named(self, addresses: Iterable[str]) -> frozenset[str]:
        """Give those that a staged file has."""
        found: set[str] = set()
        for some in chunks(sorted(addresses)):
            for column in (staged_piece.c.address, staged_content.c.address):
                rows = self._reader.rows(select(column).where(column.in_(some)))
                found.update(row.address for row in rows)
        return frozenset(found)


CONTENT_INDEX = Blind[Attachment](column="content_index", of=lambda root: root.content.sm3)


class SqlAttachments(SqlRepository[Attachment], Attachments):
    """Attachments in table ``attachment``."""

    mapper = Mapper(
        Attachment,
        attachment,
        lookups=(Lookup.of(attachment_piece, lambda root: root.content.addresses),),
        sealed=("name", "content"),
        blind=(CONTENT_INDEX,),
    )

    def alike(self, kind: str, digests: Iterable[str]) -> Sequence[Attachment]:
        """Give what hangs on things of a kind with one of these contents."""
        wanted = frozenset(digests)
        found = self._where_blind("content_index", sorted(wanted))
        alike = (
            one
            for one in found
            if one.kind == kind and one.gone_at is None and one.content.sm3 in wanted
        )
        return sorted(alike, key=lambda one: one.id)

    def of(self, kind: str, thing: str) -> Sequence[Attachment]:
        """Give what hangs on a thing."""
        given = {"of_kind": kind, "of_thing": thing}
        return [self._root(row) for row in self._reader.every(_HANGING, given)]

    def named(self, addresses: Iterable[str], *, gone_after: datetime) -> frozenset[str]:
        """Give those that an attachment has which hangs, or did until then."""
        column, gone_at = attachment_piece.c.address, attachment.c.gone_at
        joined = attachment_piece.join(attachment)
        lives = or_(gone_at.is_(None), gone_at >= gone_after)
        found: set[str] = set()
        for some in chunks(sorted(addresses)):
            asked = select(column).select_from(joined).where(column.in_(some), lives)
            found.update(row.address for row in self._reader.rows(asked))
        return frozenset(found)
