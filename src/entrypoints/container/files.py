"""Where the bytes of files lie, who judges them, and who answers for what they hang on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import field, frozen
from sqlalchemy import make_url

from adapters.crypto.platform_keys import PlatformKeys
from adapters.media.judging import ContentJudge
from adapters.media.pictures import PillowPictures
from adapters.media.scanning import ClamdScanner, NoScanner
from adapters.sql.engine.database import hosts
from adapters.storage.file_bytes import FolderFileBytes
from entrypoints.settings import HOME, Settings
from supervision_core.checklists.files import ChecklistFiles
from supervision_core.clues.files import ClueFiles
from supervision_core.content.files import ArticleFiles
from supervision_core.content.services.opening import OpenReading
from supervision_core.field_records.services.photos import Photos
from supervision_core.field_records.services.postbox import Postbox
from supervision_core.field_records.services.posting import Posting
from supervision_core.files.model import Quota
from supervision_core.files.model.media import MEBIBYTE
from supervision_core.files.ports import FileBytes, Visible, VisibleKinds
from supervision_core.files.services import Staging
from supervision_core.handbooks.files import HandbookFiles
from supervision_core.identity.services import Commands
from supervision_core.items.services.documents import TemplateFiles
from supervision_core.items.services.materials import MaterialFiles
from supervision_core.jobs.services import JobFiles
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions
from supervision_core.officers.files import (
    AssociationQualificationFiles,
    InstitutionQualificationFiles,
)
from supervision_core.plans.files import PlanFiles
from supervision_core.subjects.files import (
    ApprovalFilePapers,
    DataChangeFiles,
    RegistrationChangeFiles,
)
from supervision_core.tasks.services.files import RectificationFiles, VisitFiles


@frozen
class Kinds(VisibleKinds):
    """Those who answer, by their kinds."""

    _by_kind: Mapping[str, Visible] = field()

    @classmethod
    def joined(cls, those: Sequence[Visible]) -> "Kinds":
        """Put them together. Raises ``LookupError`` where two answer for one kind."""
        found = {one.kind: one for one in those}
        if len(found) < len(those):
            raise LookupError(sorted(one.kind for one in those))
        return cls(found)

    def of(self, kind: str) -> Visible | None:
        """Give who answers for a kind, if anybody does."""
        return self._by_kind.get(kind)


INSTALLED_KINDS: Final = Kinds.joined(
    [
        JobFiles(),
        VisitFiles(),
        RectificationFiles(),
        MaterialFiles(),
        TemplateFiles(),
        ClueFiles(),
        DataChangeFiles(),
        RegistrationChangeFiles(),
        PlanFiles(),
        HandbookFiles(),
        ChecklistFiles(),
        ArticleFiles(),
        InstitutionQualificationFiles(),
        AssociationQualificationFiles(),
        ApprovalFilePapers(),
    ]
)
"""By hand, so that a start imports no context for its sake; a test finds whoever is missing."""


def files_folder(url: str, settings: Settings) -> Path:
    """Give the folder of the pieces: two databases never share one that nobody has set.

    A sweep would else take the pieces of the one for nobody's in the other.
    """
    return Path(settings.files).expanduser() if settings.files else folder_beside(url, "files")


def folder_beside(url: str, name: str) -> Path:
    """Give the folder of a name that belongs to one database: beside its file, or at home."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        file = Path(address.database or "supervision.db")
        return file.with_name(f"{file.name}.{name}")
    named = hosts(address)
    servers = ",".join(named) if len(named) > 1 else f"{address.host}:{address.port}"
    place = f"{servers}/{address.database}"
    return HOME.expanduser() / name / sm3(place.encode()).hex()[:16]


def file_bytes(url: str, settings: Settings) -> FileBytes:
    """Give the store of pieces that belongs to a database."""
    return FolderFileBytes(files_folder(url, settings))


def staging_of(  # noqa: PLR0913, PLR0917 - one for each part
    store: FileBytes,
    settings: Settings,
    keys: PlatformKeys,
    transactions: Transactions,
    clock: Clock,
    ids: Ids,
    randomness: Randomness,
) -> Staging:
    """Give what takes files in."""
    return Staging(
        transactions=transactions,
        clock=clock,
        ids=ids,
        randomness=randomness,
        keys=keys.store,
        store=store,
        judge=ContentJudge(),
        pictures=PillowPictures(),
        scanner=ClamdScanner(settings.file_scanner) if settings.file_scanner else NoScanner(),
        quota=Quota(
            bytes=settings.file_quota_mebibytes * MEBIBYTE, files=settings.file_quota_count
        ),
    )


def open_reading(transactions: Transactions, clock: Clock, files: Staging) -> OpenReading:
    """Give what public pages ask, of this store."""
    return OpenReading(transactions, clock, files.sealed)


def posting_of(commands: Commands, keys: PlatformKeys, files: Staging) -> Posting:
    """Give what takes records of phones in."""
    postbox = Postbox(keys.store, keys.algorithms)
    return Posting(
        commands=commands, postbox=postbox, algorithms=keys.algorithms,
        photos=Photos(files=files, postbox=postbox),
    )  # fmt: skip
