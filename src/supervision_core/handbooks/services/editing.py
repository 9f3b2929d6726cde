"""Writing a handbook: its basics, its chapters, its elements; each step is one command."""

from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from supervision_core.files.services.attaching import attach, detach
from supervision_core.handbooks.files import ATTACHED
from supervision_core.handbooks.model import (
    ChapterContent,
    ElementContent,
    Handbook,
    HandbookBasics,
    HandbookChapter,
    HandbookElement,
    HandbookFile,
    HandbookInvalid,
)
from supervision_core.handbooks.ports import Handbooks
from supervision_core.identity.services import Work, does, use_case
from supervision_core.identity.services.contents import broken_references
from supervision_core.items.model import LawArticle, cited
from supervision_core.items.ports import Laws
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Ask, files


def reached(work: Work, id: str) -> Handbook:
    """Give a handbook that who acts may change. Raises ``NotFound``."""
    return work.reached(Handbooks, id)


def _hung(work: Work, thing: str, staged: Sequence[str]) -> tuple[HandbookFile, ...]:
    hung = attach(work, ATTACHED, thing, staged, at="attachments")
    return tuple(HandbookFile(file=one.id, name=one.name) for one in hung)


@frozen(kw_only=True)
class CreateHandbook:
    """A new handbook's region and basics, with the files that come with it."""

    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    basics: HandbookBasics = field(metadata=said("手册基本信息"))
    attachments: tuple[str, ...] = files("上传文件")


@use_case("handbooks.create", "新增经营手册")
def create_handbook(work: Work, cmd: CreateHandbook) -> str:
    """Begin a handbook of one's own department as a draft, without chapters."""
    owners = frozenset({cmd.basics.department})
    work.reach("region", cmd.region, region=cmd.region, departments=owners)
    refuse_if(HandbookInvalid, broken_references(work[Ask], cmd.basics))
    made = Handbook.create(
        cmd.basics, id=work.ids.next_id(), region=cmd.region, at=work.now, by=work.actor.user
    )
    hung = _hung(work, made.id, cmd.attachments)
    made.revise(cmd.basics, hung, at=work.now, by=work.actor.user)
    work.save(Handbooks, made)
    return made.id


@frozen(kw_only=True)
class ReviseHandbook:
    """What a handbook is called and for whom, from now on."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    basics: HandbookBasics = field(metadata=said("手册基本信息"))
    attachments: tuple[str, ...] = files("上传文件")


@does(Handbook, "revise")
def revise_handbook(work: Work, cmd: ReviseHandbook) -> str:
    """Change what a handbook is called and for whom; published versions stay as they are.

    A file that no version holds any more is taken off.
    """
    found = reached(work, cmd.handbook_id)
    owners = frozenset({cmd.basics.department})
    work.reach("department", cmd.basics.department, region=found.region, departments=owners)
    refuse_if(HandbookInvalid, broken_references(work[Ask], cmd.basics, found.basics))
    before = found.files
    hung = _hung(work, found.id, cmd.attachments)
    found.revise(cmd.basics, hung, at=work.now, by=work.actor.user)
    detach(work, ATTACHED, found.id, sorted(before - found.files))
    work.save(Handbooks, found)
    return found.id


@frozen(kw_only=True)
class PutChapter:
    """A chapter, new or in place of the one that is named, within another one or at the top."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    content: ChapterContent = field(metadata=said("类别信息"))
    chapter_id: str = field(default="", metadata=said("要修改的类别的编号，新增的为空"))
    parent_id: str = field(default="", metadata=said("上级类别的编号，最上级的为空"))


@does(Handbook, "put_chapter", answers="类别的编号")
def put_chapter(work: Work, cmd: PutChapter) -> str:
    """Add a chapter to a handbook's draft, or change one; what lies in it goes with it."""
    found = reached(work, cmd.handbook_id)
    if cmd.chapter_id and found.draft.chapter(cmd.chapter_id) is None:
        raise HandbookInvalid((Violation("handbooks.chapter_unknown", "chapter_id"),))
    chapter = HandbookChapter(
        id=cmd.chapter_id or work.ids.next_id(), parent=cmd.parent_id, content=cmd.content
    )
    found.put_chapter(chapter, at=work.now, by=work.actor.user)
    work.save(Handbooks, found)
    return chapter.id


@frozen(kw_only=True)
class TakeChapter:
    """A chapter in which nothing lies."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    chapter_id: str = field(metadata=said("类别的编号", example="0123abcd"))


@does(Handbook, "take_chapter")
def take_chapter(work: Work, cmd: TakeChapter) -> str:
    """Take an empty chapter out of a handbook's draft."""
    found = reached(work, cmd.handbook_id)
    found.take_chapter(cmd.chapter_id, at=work.now, by=work.actor.user)
    work.save(Handbooks, found)
    return found.id


@frozen(kw_only=True)
class PutElement:
    """An element, new or in place of the one that is named, in its chapter."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    chapter_id: str = field(metadata=said("所属类别的编号", example="0123abcd"))
    content: ElementContent = field(metadata=said("要素信息"))
    element_id: str = field(default="", metadata=said("要修改的要素的编号，新增的为空"))


@does(Handbook, "put_element", answers="要素的编号")
def put_element(work: Work, cmd: PutElement) -> str:
    """Add an element to a chapter of a handbook's draft, or change one, in the wording of the law.

    A provision that the library does not hold is cited by its name alone.
    """
    found = reached(work, cmd.handbook_id)
    old = found.draft.element(cmd.element_id) if cmd.element_id else None
    if cmd.element_id and old is None:
        raise HandbookInvalid((Violation("handbooks.element_unknown", "element_id"),))
    before = None if old is None else old.content
    faults = [*broken_references(work[Ask], cmd.content, before)]
    pinned = tuple(_pinned(work, cmd.content.basis, before, faults))
    refuse_if(HandbookInvalid, faults)
    element = HandbookElement(
        id=cmd.element_id or work.ids.next_id(), chapter=cmd.chapter_id,
        content=evolve(cmd.content, basis=pinned),
    )  # fmt: skip
    found.put_element(element, at=work.now, by=work.actor.user)
    work.save(Handbooks, found)
    return element.id


def _pinned(
    work: Work,
    basis: tuple[LawArticle, ...],
    before: ElementContent | None,
    faults: list[Violation],
) -> Iterator[LawArticle]:
    """Give citations with their wording; those that stood there before stay as they were."""
    known = {} if before is None else {str(one): one for one in before.basis}
    for one in basis:
        if str(one) in known:
            yield known[str(one)]
            continue
        found, fault = cited(one, work[Laws].versions(one.document))
        faults += [] if fault is None else [evolve(fault, at="basis")]
        yield found


@frozen(kw_only=True)
class TakeElement:
    """An element of a handbook."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    element_id: str = field(metadata=said("要素的编号", example="0123abcd"))


@does(Handbook, "take_element")
def take_element(work: Work, cmd: TakeElement) -> str:
    """Take an element out of a handbook's draft."""
    found = reached(work, cmd.handbook_id)
    found.take_element(cmd.element_id, at=work.now, by=work.actor.user)
    work.save(Handbooks, found)
    return found.id
