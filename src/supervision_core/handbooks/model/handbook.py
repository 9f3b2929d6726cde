"""The handbook: drafted, published in versions that never change again, taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, TypeVar

from attrs import define, evolve, frozen

from supervision_core.handbooks.model.content import (
    HandbookBasics,
    HandbookChapter,
    HandbookContent,
    HandbookElement,
    HandbookFile,
    chapter_violations,
    element_violations,
    in_parts_of_parents,
    publication_violations,
)
from supervision_core.handbooks.model.life import (
    VERBS,
    HandbookInvalid,
    HandbookLocked,
    HandbookNotPublishable,
    HandbookPublished,
    HandbookState,
    HandbookTakenBack,
)
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.registers import violations_of
from supervision_core.kernel.verbs import Verbs

Held = TypeVar("Held", HandbookChapter, HandbookElement)


@frozen(kw_only=True)
class HandbookVersion:
    """手册版本 (HandbookVersion): a published content; it never changes again."""

    number: int
    content: HandbookContent
    published_at: datetime


@define(eq=False, kw_only=True)
class Handbook(Aggregate):
    """经营手册 (Handbook): what the law asks of a trade, in words that its firms understand.

    Work goes on in ``draft``; publishing it makes a version that never changes again. Source:
    proposal 6.4.2.1.4, 6.4.2.13.1.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    _region: str
    _draft: HandbookContent
    _changed_at: datetime
    _changed_by: str
    _state: HandbookState = HandbookState.DRAFT
    _versions: tuple[HandbookVersion, ...] = ()

    @classmethod
    def create(
        cls, basics: HandbookBasics, *, id: str, region: str, at: datetime, by: str
    ) -> "Handbook":
        """Begin a handbook without chapters. Raises ``HandbookInvalid``."""
        refuse_if(HandbookInvalid, violations_of(basics))
        return cls(
            id=id, region=region, draft=HandbookContent(basics=basics), changed_at=at,
            changed_by=by,
        )  # fmt: skip

    @property
    def region(self) -> str:
        """The region whose handbook it is."""
        return self._region

    @property
    def name(self) -> str:
        """Its name as of the draft."""
        return self._draft.basics.name

    @property
    def departments(self) -> frozenset[str]:
        """The department that makes it."""
        return frozenset({self._draft.basics.department})

    @property
    def state(self) -> HandbookState:
        """Where it is in its life."""
        return self._state

    @property
    def draft(self) -> HandbookContent:
        """The content being worked on; equal to the newest version right after publishing."""
        return self._draft

    @property
    def basics(self) -> HandbookBasics:
        """What it is called and for whom, as of the draft."""
        return self._draft.basics

    @property
    def versions(self) -> tuple[HandbookVersion, ...]:
        """Every published version, oldest first."""
        return self._versions

    @property
    def changed_at(self) -> datetime:
        """When it was worked on the last time."""
        return self._changed_at

    @property
    def changed_by(self) -> str:
        """The account that worked on it the last time."""
        return self._changed_by

    @property
    def files(self) -> frozenset[str]:
        """Every file that the draft or a version holds."""
        held = (self._draft, *(one.content for one in self._versions))
        return frozenset(each.file for one in held for each in one.attachments)

    @property
    def readable(self) -> HandbookVersion | None:
        """The version that everybody may read: the newest, while it is published."""
        return self._versions[-1] if self._state is HandbookState.PUBLISHED else None

    def content_of(self, number: int) -> HandbookContent:
        """Give what version ``number`` says, 0 for the draft. Raises ``HandbookLocked``."""
        if number == 0:
            return self._draft
        if not 1 <= number <= len(self._versions):
            data = {"number": number}
            raise HandbookLocked((Violation("handbooks.version_unknown", "number", data),))
        return self._versions[number - 1].content

    def revise(
        self,
        basics: HandbookBasics,
        attachments: tuple[HandbookFile, ...],
        *,
        at: datetime,
        by: str,
    ) -> None:
        """Change what it is called and for whom. Raises ``HandbookLocked``, ``HandbookInvalid``."""
        refuse_if(HandbookLocked, self.forbids("revise"))
        refuse_if(HandbookInvalid, violations_of(basics))
        self._write(evolve(self._draft, basics=basics, attachments=attachments), at, by)

    def put_chapter(self, chapter: HandbookChapter, *, at: datetime, by: str) -> None:
        """Add a chapter, or change the one of its id. Raises ``HandbookInvalid``."""
        refuse_if(HandbookLocked, self.forbids("put_chapter"))
        refuse_if(HandbookInvalid, chapter_violations(self._draft, chapter))
        chapters = in_parts_of_parents(_put(self._draft.chapters, chapter))
        self._write(evolve(self._draft, chapters=chapters), at, by)

    def take_chapter(self, id: str, *, at: datetime, by: str) -> None:
        """Take an empty chapter out. Raises ``HandbookInvalid`` where something lies in it."""
        refuse_if(HandbookLocked, self.forbids("take_chapter"))
        draft, found = self._draft, self._draft.chapter(id)
        if found is None:
            raise HandbookInvalid((Violation("handbooks.chapter_unknown", "chapter_id"),))
        if any(one.parent == id for one in draft.chapters) or any(
            one.chapter == id for one in draft.elements
        ):
            data = {"name": found.content.name}
            raise HandbookInvalid((Violation("handbooks.chapter_in_use", "chapter_id", data),))
        chapters = tuple(one for one in draft.chapters if one.id != id)
        self._write(evolve(draft, chapters=chapters), at, by)

    def put_element(self, element: HandbookElement, *, at: datetime, by: str) -> None:
        """Add an element, or change the one of its id. Raises ``HandbookInvalid``."""
        refuse_if(HandbookLocked, self.forbids("put_element"))
        refuse_if(HandbookInvalid, element_violations(self._draft, element))
        self._write(evolve(self._draft, elements=_put(self._draft.elements, element)), at, by)

    def take_element(self, id: str, *, at: datetime, by: str) -> None:
        """Take an element out. Raises ``HandbookInvalid`` for one that it has not."""
        refuse_if(HandbookLocked, self.forbids("take_element"))
        if self._draft.element(id) is None:
            raise HandbookInvalid((Violation("handbooks.element_unknown", "element_id"),))
        elements = tuple(one for one in self._draft.elements if one.id != id)
        self._write(evolve(self._draft, elements=elements), at, by)

    def publish(self, *, at: datetime, by: str) -> int:
        """Make the draft a new version that everybody may read, and give its number.

        A withdrawn one may be published unchanged: then its newest version is read again. Raises
        ``HandbookNotPublishable`` with every fault, ``HandbookLocked`` where nothing changed.
        """
        refuse_if(HandbookLocked, self.forbids("publish"))
        same = bool(self._versions) and self._draft == self._versions[-1].content
        if same and self._state is HandbookState.PUBLISHED:
            raise HandbookLocked((Violation("handbooks.nothing_changed"),))
        refuse_if(HandbookNotPublishable, publication_violations(self._draft))
        if not same:
            number = len(self._versions) + 1
            version = HandbookVersion(number=number, content=self._draft, published_at=at)
            self._versions = (*self._versions, version)
        self._state = HandbookState.PUBLISHED
        self._changed_at, self._changed_by = at, by
        number = len(self._versions)
        self._record(HandbookPublished(at=at, handbook=self.id, number=number))
        return number

    def withdraw(self, *, at: datetime, by: str) -> None:
        """Take it back to be corrected. Raises ``HandbookLocked`` unless it is published."""
        refuse_if(HandbookLocked, self.forbids("withdraw"))
        self._go(HandbookState.WITHDRAWN, at, by)
        self._record(HandbookTakenBack(at=at, handbook=self.id))

    def disable(self, *, at: datetime, by: str) -> None:
        """Take it out of use. Raises ``HandbookLocked`` unless it is published."""
        refuse_if(HandbookLocked, self.forbids("disable"))
        self._go(HandbookState.DISABLED, at, by)
        self._record(HandbookTakenBack(at=at, handbook=self.id))

    def enable(self, *, at: datetime, by: str) -> None:
        """Let its newest version be read again. Raises ``HandbookLocked``."""
        refuse_if(HandbookLocked, self.forbids("enable"))
        self._go(HandbookState.PUBLISHED, at, by)

    def delete(self, *, at: datetime, by: str) -> None:
        """Take it off every list. Raises ``HandbookLocked`` while it is published."""
        refuse_if(HandbookLocked, self.forbids("delete"))
        self._go(HandbookState.DELETED, at, by)

    def _go(self, state: HandbookState, at: datetime, by: str) -> None:
        self._state, self._changed_at, self._changed_by = state, at, by

    def _write(self, draft: HandbookContent, at: datetime, by: str) -> None:
        if draft != self._draft:
            self._draft, self._changed_at, self._changed_by = draft, at, by


def _put(those: Iterable[Held], one: Held) -> tuple[Held, ...]:
    found = {each.id: each for each in those}
    return tuple({**found, one.id: one}.values())
