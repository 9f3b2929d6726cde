"""Reading handbooks: what everybody may read, drafts and versions, comparisons, counts."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from attrs import field, frozen

from supervision_core.handbooks.model import (
    Handbook,
    HandbookContent,
    HandbookDifference,
    HandbookLine,
    HandbookState,
    HandbookText,
    ReadingChannel,
    differences,
    mentions,
    readable_text,
    version_text,
)
from supervision_core.handbooks.ports import HandbookReadings, Handbooks, PublishedHandbooks
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.ports import Transactions
from supervision_core.kernel.registers import Reach, Reading


@frozen
class ReadableHandbooks(PublishedHandbooks):
    """Gives of the handbooks that are kept what everybody may read."""

    handbooks: Handbooks

    def find(
        self, *, trade: str = "", scene: str = "", region: str = "", text: str = ""
    ) -> Sequence[HandbookLine]:
        """Give those of a trade and a scene that hold in a region and say a text, as asked."""
        found = [
            one
            for one in self.handbooks.published()
            if (not trade or one.trade == trade)
            and (not scene or one.scene == scene)
            and (not region or Reach(region=region, upward=True).covers(one.region, ""))
        ]
        wanted = text.strip()
        return [one for one in found if mentions(self.read(one.id), wanted)] if wanted else found

    def read(self, id: str) -> HandbookText:
        """Give one. Raises ``NotFound`` for what is not published."""
        found = readable_text(self.handbooks.get(id))
        if found is None:
            raise NotFound(Handbooks.kind, id)
        return found


@frozen(kw_only=True)
class FindPublished:
    """What is looked for among the handbooks that are published; blank asks for everything."""

    trade: str = field(default="", metadata=said("业态的编号", to="identity.trade"))
    scene: str = field(default="", metadata=said("场景的编号", to="scene"))
    text: str = field(default="", metadata=said("手册中的文字", example="营业执照"))


@frozen(kw_only=True)
class FoundHandbooks:
    """The handbooks that are published, as looked for."""

    items: tuple[HandbookLine, ...] = field(metadata=said("各手册"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("handbooks.list_published", "已发布手册列表")
def list_published(work: Work, about: FindPublished) -> FoundHandbooks:
    """List the handbooks that are published and hold in one's own region."""
    found = work[PublishedHandbooks].find(
        trade=about.trade, scene=about.scene, region=work.actor.scope.region, text=about.text
    )
    return FoundHandbooks(items=tuple(found), names=names_in(work, found))


@frozen(kw_only=True)
class ReadPublished:
    """A handbook that is published."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))


@frozen(kw_only=True)
class ReadHandbook:
    """What a handbook says, and what that refers to is called."""

    content: HandbookText = field(metadata=said("手册正文"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("handbooks.read_published", "阅览已发布手册")
def read_published(work: Work, about: ReadPublished) -> ReadHandbook:
    """Read a handbook that is published and holds in one's own region, in its newest version."""
    told = work[PublishedHandbooks].read(about.handbook_id)
    work.reach_to_read(
        Handbooks.kind, told.id, reading=Reading.OWNER_AND_BELOW, region=told.region,
        departments=frozenset({told.department}),
    )  # fmt: skip
    return ReadHandbook(content=told, names=names_in(work, [told]))


@frozen(kw_only=True)
class ReadVersion:
    """A version of a handbook, or its draft."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    version: int = field(default=0, metadata=said("版本号，0为正在编制的内容", example=1))


def _looked_at(work: Work, id: str) -> Handbook:
    found = work[Handbooks].get(id)
    if found.state is HandbookState.DELETED:
        raise NotFound(Handbooks.kind, id)
    work.reach_to_read(
        Handbooks.kind, id, reading=Reading.OWNER_AND_BELOW, region=found.region,
        departments=found.departments,
    )  # fmt: skip
    return found


@question("handbooks.read_version", "预览经营手册")
def read_version(work: Work, about: ReadVersion) -> ReadHandbook:
    """Preview a handbook as readers would have it: its draft, or a version."""
    told = version_text(_looked_at(work, about.handbook_id), about.version)
    return ReadHandbook(content=told, names=names_in(work, [told]))


@frozen(kw_only=True)
class ViewDraft:
    """A handbook whose draft is worked on."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))


@frozen(kw_only=True)
class HandbookDraft:
    """手册草稿 (HandbookDraft): what is being worked on, with the version that forms go by."""

    id: str = field(metadata=said("手册的编号", example="0123abcd"))
    version: int = field(metadata=said("版本，修改时作为If-Match送回"))
    state: HandbookState = field(metadata=said("状态", example="draft"))
    content: HandbookContent = field(metadata=said("手册内容"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("handbooks.view_draft", "查看编制中的手册")
def view_draft(work: Work, about: ViewDraft) -> HandbookDraft:
    """Show what is being worked on in a handbook, chapter by chapter."""
    found = _looked_at(work, about.handbook_id)
    said_ = [found.draft.basics, *(one.content for one in found.draft.elements)]
    return HandbookDraft(
        id=found.id, version=found.version, state=found.state, content=found.draft,
        names=names_in(work, said_),
    )  # fmt: skip


@frozen(kw_only=True)
class CompareVersions:
    """Two versions of a handbook."""

    handbook_id: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    before: int = field(metadata=said("较早的版本号", example=1))
    after: int = field(default=0, metadata=said("较晚的版本号，0为正在编制的内容", example=2))


@question("handbooks.view_differences", "比较手册版本")
def view_differences(work: Work, about: CompareVersions) -> tuple[HandbookDifference, ...]:
    """Tell in words in what two versions of a handbook differ, or a version and the draft."""
    found = _looked_at(work, about.handbook_id)
    before, after = found.content_of(about.before), found.content_of(about.after)
    said_ = [part for one in (before, after)
             for part in (one.basics, *(each.content for each in one.elements))]  # fmt: skip
    names = {(one.kind, one.id): one.name for one in names_in(work, said_)}
    return tuple(differences(before, after, lambda kind, id_: names.get((kind, id_), id_)))


def count_reading(
    transactions: Transactions, handbook: str, channel: ReadingChannel, *, at: datetime
) -> None:
    """Count that a handbook was opened, beside every command: looking leaves no audit row.

    Where two open a handbook for the first time on a day at once, one of them counts again.
    """
    for _ in range(2):
        with suppress(Conflict), transactions.begin() as unit:
            unit[HandbookReadings].count(handbook, channel, local_day(at))
            unit.commit()
            return
