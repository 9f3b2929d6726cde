"""A file that hangs on a thing, and where on it files may hang."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import ClassVar, Self

from attrs import define, field, frozen, setters

from supervision_core.files.model.content import StoredContent
from supervision_core.files.model.media import MediaType
from supervision_core.files.model.staged import StagedFile
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.events import Aggregate


@define(eq=False)
class AttachmentsRefused(Refused):
    """These files cannot hang there."""

    code: ClassVar[str] = "files.attachments_refused"


@frozen(kw_only=True)
class FileSlot:
    """附件位 (FileSlot): where on things of one kind files hang; their context says which it takes.

    ``most`` is how many a thing has there. What the public sees takes stripped pictures only.
    """

    kind: str
    name: str
    accepts: frozenset[MediaType]
    most: int
    public: bool = False

    def violations(self, staged: StagedFile, at: str) -> Iterator[Violation]:
        """Give why a staged file cannot hang here."""
        content = staged.content
        if content is None:
            yield Violation("files.unfinished", at, {"file": staged.id})
        elif content.whole.media not in self.accepts:
            yield Violation("files.type_unfit", at, {"file": staged.id})
        elif self.public and not content.stripped:
            yield Violation("files.not_stripped", at, {"file": staged.id})

    def too_many(self, there: Collection[str], at: str) -> Iterator[Violation]:
        """Give a violation where more hang here than may."""
        if len(there) > self.most:
            yield Violation("files.too_many", at, {"most": self.most})


@define(eq=False, kw_only=True)
class Attachment(Aggregate):
    """附件 (Attachment): a file that hangs on the ``thing`` of a ``kind``, in one of its slots.

    Its id is that of the staged file. It is visible to whom the thing is, in that slot; ``by`` is
    who attached it. Once detached nobody sees it, and its bytes go after the grace of the sweep;
    once closed nobody opens it, and it hangs there with its digest.
    """

    kind: str = field(on_setattr=setters.frozen)
    thing: str = field(on_setattr=setters.frozen)
    slot: str = field(on_setattr=setters.frozen)
    name: str = field(on_setattr=setters.frozen)
    content: StoredContent = field(on_setattr=setters.frozen)
    by: str = field(on_setattr=setters.frozen)
    at: datetime = field(on_setattr=setters.frozen)
    _gone_at: datetime | None = None
    _closed_at: datetime | None = None

    @classmethod
    def of(cls, staged: StagedFile, slot: FileSlot, thing: str, *, at: datetime) -> Self:
        """Hang a finished file on a thing. Raises ``AttachmentsRefused`` for an unfinished one."""
        if staged.content is None:
            data = {"file": staged.id}
            raise AttachmentsRefused((Violation("files.unfinished", data=data),))
        return cls(
            id=staged.id,
            kind=slot.kind,
            thing=thing,
            slot=slot.name,
            name=staged.name,
            content=staged.content,
            by=staged.owner,
            at=at,
        )

    @property
    def gone_at(self) -> datetime | None:
        """When it was detached, if it was."""
        return self._gone_at

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed from view, if it was."""
        return self._closed_at

    def close(self, *, at: datetime) -> None:
        """Let nobody open it any more; a second time changes nothing."""
        self._closed_at = self._closed_at or at

    def hangs_on(self, kind: str, thing: str) -> bool:
        """Tell whether it hangs on that thing."""
        return self._gone_at is None and (self.kind, self.thing) == (kind, thing)

    def detach(self, *, at: datetime) -> None:
        """Take it off its thing; a second time changes nothing."""
        self._gone_at = self._gone_at or at
