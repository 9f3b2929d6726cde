"""The checklist: drafted, published in versions that never change again, reused elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, evolve, frozen

from supervision_core.checklists.model.content import (
    ChecklistContent,
    ChecklistHead,
    ChecklistItem,
    publication_violations,
    with_departments,
)
from supervision_core.checklists.model.editing import (
    in_domain,
    in_order,
    item_changes,
    with_chosen,
    with_head,
    with_written,
    without_items,
)
from supervision_core.items.model import CheckContent
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.tones import good, over
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, departments


@frozen(kw_only=True)
class ChecklistVersion:
    """检查单版本 (ChecklistVersion): a published content; it never changes again."""

    number: int
    content: ChecklistContent
    published_at: datetime


class Operation(StrEnum):
    """操作类型 (Operation): what was done to a checklist."""

    CREATED = "created"
    COPIED = "copied"
    REVISED = "revised"
    DESCRIBED = "described"
    ITEMS_CHOSEN = "items_chosen"
    ITEM_ADDED = "item_added"
    ITEM_CHANGED = "item_changed"
    ITEMS_REMOVED = "items_removed"
    ITEMS_ARRANGED = "items_arranged"
    ITEMS_GROUPED = "items_grouped"
    SHARED = "shared"
    UNSHARED = "unshared"
    PUBLISHED = "published"
    ENABLED = "enabled"
    DISABLED = "disabled"
    MADE_DEFAULT = "made_default"
    MADE_ORDINARY = "made_ordinary"
    DELETED = "deleted"


@frozen(kw_only=True)
class Change:
    """变更记录 (Change): who did what to a checklist, and when. Source: proposal 6.4.2.1.3.5.

    ``items`` are the codes of the items that it concerns, ``fields`` what was changed in one.
    """

    operation: Operation
    department: str
    person: str
    at: datetime
    note: str = ""
    items: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@frozen(kw_only=True)
class Editor:
    """Who is at work on a checklist, for its change history."""

    person: str
    department: str
    at: datetime

    def change(
        self,
        operation: Operation,
        note: str = "",
        items: tuple[str, ...] = (),
        fields: tuple[str, ...] = (),
    ) -> Change:
        """Give the entry of the history."""
        return Change(
            operation=operation,
            department=self.department,
            person=self.person,
            at=self.at,
            note=note,
            items=items,
            fields=fields,
        )


class ChecklistState(StrEnum):
    """Where a checklist is in its life; only a published one may be enabled."""

    DRAFT = "draft"
    ENABLED = "enabled"
    DISABLED = "disabled"
    DELETED = "deleted"


@define(eq=False)
class ChecklistNotPublishable(Refused):
    """The content is not fit to be published."""

    code: ClassVar[str] = "checklists.not_publishable"


@define(eq=False)
class ChecklistLocked(Refused):
    """The checklist's state forbids this."""

    code: ClassVar[str] = "checklists.locked"


@frozen(kw_only=True)
class ChecklistPublished(Event):
    """A new version of a checklist was published."""

    checklist: str
    number: int


@frozen(kw_only=True)
class ChecklistDisabled(Event):
    """A checklist went out of use."""

    checklist: str


_S = ChecklistState
_LIVING = frozenset({_S.DRAFT, _S.ENABLED, _S.DISABLED})

VERBS: Final = Verbs(
    context="checklists",
    noun="checklist",
    title="检查单",
    states={
        _S.DRAFT: "草稿", _S.ENABLED: good("启用"), _S.DISABLED: over("停用"),
        _S.DELETED: over("已删除"),
    },
    assignees={Responsible.DEPARTMENTS: lambda one, _: departments(*one.departments)},
    roles=("checklist_editor",),
    verbs=(
        Verb(name="revise", title="修订检查单", by=Responsible.DEPARTMENTS, starts=_LIVING),
        Verb(name="describe", title="维护基本信息", by=Responsible.DEPARTMENTS, starts=_LIVING),
        Verb(name="add_items", title="关联检查事项", by=Responsible.DEPARTMENTS, starts=_LIVING),
        Verb(name="write_item", title="填写检查项", by=Responsible.DEPARTMENTS, starts=_LIVING),
        Verb(name="remove_items", title="移除检查项", by=Responsible.DEPARTMENTS, starts=_LIVING),
        Verb(name="arrange_items", title="调整检查项顺序", by=Responsible.DEPARTMENTS,
             starts=_LIVING),
        Verb(name="group_items", title="设置检查领域", by=Responsible.DEPARTMENTS,
             starts=_LIVING),
        Verb(name="publish", title="发布检查单", by=Responsible.DEPARTMENTS, starts=_LIVING,
             leads=_S.ENABLED),
        Verb(name="enable", title="启用检查单", by=Responsible.DEPARTMENTS, starts=_S.DISABLED,
             leads=_S.ENABLED),
        Verb(name="disable", title="停用检查单", by=Responsible.DEPARTMENTS, starts=_S.ENABLED,
             leads=_S.DISABLED),
        Verb(name="make_default", title="设为默认检查单", by=Responsible.DEPARTMENTS,
             starts=_S.ENABLED),
        Verb(name="share", title="列为试点检查单", by=Responsible.DEPARTMENTS,
             starts=_S.ENABLED),
        Verb(name="unshare", title="取消试点检查单", by=Responsible.DEPARTMENTS,
             starts={_S.ENABLED, _S.DISABLED}),
        Verb(name="delete", title="删除检查单", by=Responsible.DEPARTMENTS,
             starts={_S.DRAFT, _S.DISABLED}, leads=_S.DELETED),
    ),
)  # fmt: skip
"""What is done with a checklist; other states: ``checklists.checklist_is_<state>``."""


@define(eq=False, kw_only=True)
class Checklist(Aggregate):
    """检查单 (Checklist): what the departments check together at subjects of one trade.

    Work goes on in ``draft``; publishing it makes a version that never changes again and that
    tasks name by number. Source: proposal 6.4.2.1.3; 国办发〔2024〕54号 (标准统一).
    """

    verbs: ClassVar[Verbs | None] = VERBS

    _code: str
    _region: str
    _draft: ChecklistContent
    _state: ChecklistState = ChecklistState.DRAFT
    _default: bool = False
    _versions: tuple[ChecklistVersion, ...] = ()
    _history: tuple[Change, ...] = ()
    _copied_from: str = ""
    _pilot: bool = False

    @classmethod
    def create(
        cls, content: ChecklistContent, *, id: str, code: str, region: str, by: Editor
    ) -> "Checklist":
        """Begin a checklist."""
        return cls(
            id=id,
            code=code,
            region=region,
            draft=content,
            history=(by.change(Operation.CREATED),),
        )

    def copy(
        self, *, id: str, code: str, region: str, departments: Mapping[str, str], by: Editor
    ) -> "Checklist":
        """试点检查单复用 (copy): begin another region's checklist with this one's content.

        The newest published version is copied, the draft where none is, without its files.
        ``departments`` gives for each department here its counterpart there; one not named keeps
        its id. Source: proposal 6.4.2.1.3.6.
        """
        source = self._versions[-1].content if self._versions else self._draft
        return Checklist(
            id=id,
            code=code,
            region=region,
            draft=evolve(with_departments(source, departments), attachments=()),
            history=(by.change(Operation.COPIED, self.id),),
            copied_from=self.id,
        )

    @property
    def code(self) -> str:
        """检查单编码, unique in its region."""
        return self._code

    @property
    def region(self) -> str:
        """The region whose checklist it is."""
        return self._region

    @property
    def name(self) -> str:
        """Its name as of the draft."""
        return self._draft.name

    @property
    def departments(self) -> frozenset[str]:
        """Lead and joining departments as of the draft."""
        return self._draft.departments

    @property
    def state(self) -> ChecklistState:
        """Where it is in its life."""
        return self._state

    @property
    def default(self) -> bool:
        """Tell whether it is the one offered first for its trade."""
        return self._default

    @property
    def pilot(self) -> bool:
        """Tell whether other regions are shown it as a pilot's, to be looked at and copied."""
        return self._pilot

    @property
    def offered(self) -> bool:
        """Tell whether it stands in the list of pilots' checklists now."""
        return self._pilot and self._state is ChecklistState.ENABLED

    @property
    def created_at(self) -> datetime | None:
        """When it was begun; ``None`` where its history does not say."""
        return self._history[0].at if self._history else None

    @property
    def head(self) -> ChecklistHead:
        """What its draft says beside its items."""
        return self._draft.head

    @property
    def draft(self) -> ChecklistContent:
        """The content being worked on; equal to the newest version right after publishing."""
        return self._draft

    @property
    def versions(self) -> tuple[ChecklistVersion, ...]:
        """Every published version, oldest first."""
        return self._versions

    @property
    def history(self) -> tuple[Change, ...]:
        """Every change, oldest first."""
        return self._history

    @property
    def copied_from(self) -> str:
        """The pilot's checklist it began as, or empty."""
        return self._copied_from

    @property
    def current(self) -> ChecklistVersion:
        """The newest version. Raises ``ChecklistLocked`` when none is published."""
        if not self._versions:
            raise ChecklistLocked((Violation("checklists.never_published"),))
        return self._versions[-1]

    def published(self, number: int) -> ChecklistVersion:
        """Give version ``number``. Raises ``ChecklistLocked`` when there is none."""
        if not 1 <= number <= len(self._versions):
            data = {"number": number}
            raise ChecklistLocked((Violation("checklists.version_unknown", "number", data),))
        return self._versions[number - 1]

    def items_for(self, grade: int, number: int | None = None) -> tuple[ChecklistItem, ...]:
        """Give what a subject of ``grade`` is checked for by version ``number``, or the newest."""
        version = self.current if number is None else self.published(number)
        return version.content.items_for(grade)

    def revise(self, content: ChecklistContent, *, by: Editor, note: str = "") -> None:
        """Change the draft. Raises ``ChecklistLocked`` once deleted."""
        refuse_if(ChecklistLocked, self.forbids("revise"))
        if content == self._draft:
            return
        self._draft = content
        self._history = (*self._history, by.change(Operation.REVISED, note))

    def describe(self, head: ChecklistHead, *, by: Editor) -> None:
        """Change what the draft says beside its items. Raises ``ChecklistLocked`` once deleted."""
        refuse_if(ChecklistLocked, self.forbids("describe"))
        self._edit(with_head(self._draft, head), by.change(Operation.DESCRIBED))

    def add_items(
        self, chosen: Mapping[str, CheckContent], *, domain: str = "", by: Editor
    ) -> None:
        """Put items of the library, given by their ids, into the draft.

        Raises ``ChecklistItemsUnfit`` for such as are in it, ``ChecklistLocked`` once deleted.
        """
        refuse_if(ChecklistLocked, self.forbids("add_items"))
        found = with_chosen(self._draft, chosen, domain)
        new = tuple(one.code for one in found.items if one not in self._draft.items)
        self._edit(found, by.change(Operation.ITEMS_CHOSEN, items=new))

    def write_item(self, line: ChecklistItem, *, item: str = "", by: Editor) -> None:
        """Change the draft's item of code ``item``, or put a new one in.

        Raises ``ChecklistItemsUnfit`` for a code that is another's, or not there.
        """
        refuse_if(ChecklistLocked, self.forbids("write_item"))
        before = {one.code: one for one in self._draft.items}
        found = with_written(self._draft, line, item)
        codes = tuple(one.code for one in found.items if one not in self._draft.items)
        if item in before:
            after = {one.code: one for one in found.items}[line.code or item]
            fields = item_changes(before[item], after)
            change = by.change(Operation.ITEM_CHANGED, items=codes, fields=fields)
        else:
            change = by.change(Operation.ITEM_ADDED, items=codes)
        self._edit(found, change)

    def remove_items(self, items: Sequence[str], *, by: Editor) -> None:
        """Take items out of the draft, by their codes. Raises ``ChecklistItemsUnfit``."""
        refuse_if(ChecklistLocked, self.forbids("remove_items"))
        change = by.change(Operation.ITEMS_REMOVED, items=tuple(items))
        self._edit(without_items(self._draft, items), change)

    def arrange_items(self, items: Sequence[str], *, by: Editor) -> None:
        """Put the draft's items into an order, all named by their codes.

        Those of one domain, and of one matter, stay together. Raises ``ChecklistItemsUnfit``.
        """
        refuse_if(ChecklistLocked, self.forbids("arrange_items"))
        self._edit(in_order(self._draft, items), by.change(Operation.ITEMS_ARRANGED))

    def group_items(self, items: Sequence[str], *, domain: str, by: Editor) -> None:
        """Put items of the draft into a domain. Raises ``ChecklistItemsUnfit``."""
        refuse_if(ChecklistLocked, self.forbids("group_items"))
        change = by.change(Operation.ITEMS_GROUPED, domain, items=tuple(items))
        self._edit(in_domain(self._draft, items, domain), change)

    def _edit(self, content: ChecklistContent, change: Change) -> None:
        """Make ``content`` the draft, and note the change where it is one."""
        if content != self._draft:
            self._draft = content
            self._history = (*self._history, change)

    def share(self, *, by: Editor) -> None:
        """Let other regions look at it as a pilot's, and copy it. Raises ``ChecklistLocked``."""
        refuse_if(ChecklistLocked, self.forbids("share"))
        if not self._pilot:
            self._pilot = True
            self._history = (*self._history, by.change(Operation.SHARED))

    def unshare(self, *, by: Editor) -> None:
        """Show it to other regions no longer; their copies stay. Raises ``ChecklistLocked``."""
        refuse_if(ChecklistLocked, self.forbids("unshare"))
        if self._pilot:
            self._pilot = False
            self._history = (*self._history, by.change(Operation.UNSHARED))

    def changes_by(self, verb: str) -> bool:
        """Tell whether a verb that its state allows would change anything."""
        match verb:
            case "publish":
                found = not self._versions or self._draft != self._versions[-1].content
            case "share" | "unshare":
                found = self._pilot is (verb == "unshare")
            case "make_default":
                found = not self._default
            case _:
                found = True
        return found

    def publish(self, *, by: Editor) -> int:
        """Make the draft a new version and give its number; the first also enables it.

        Raises ``ChecklistNotPublishable`` with every fault, ``ChecklistLocked`` once deleted or
        when nothing changed since the newest version.
        """
        refuse_if(ChecklistLocked, self.forbids("publish"))
        if not self.changes_by("publish"):
            raise ChecklistLocked((Violation("checklists.nothing_changed"),))
        refuse_if(ChecklistNotPublishable, publication_violations(self._draft))
        number = len(self._versions) + 1
        version = ChecklistVersion(number=number, content=self._draft, published_at=by.at)
        self._versions = (*self._versions, version)
        if self._state is ChecklistState.DRAFT:
            self._state = ChecklistState.ENABLED
        self._history = (*self._history, by.change(Operation.PUBLISHED, str(number)))
        self._record(ChecklistPublished(at=by.at, checklist=self.id, number=number))
        return number

    def enable(self, *, by: Editor) -> None:
        """Take it into use again. Raises ``ChecklistLocked`` unless it is disabled."""
        refuse_if(ChecklistLocked, self.forbids("enable"))
        self._state = ChecklistState.ENABLED
        self._history = (*self._history, by.change(Operation.ENABLED))

    def disable(self, *, by: Editor) -> None:
        """Take it out of use; tasks under way keep theirs. Raises ``ChecklistLocked``."""
        refuse_if(ChecklistLocked, self.forbids("disable"))
        self._state, self._default = ChecklistState.DISABLED, False
        self._history = (*self._history, by.change(Operation.DISABLED))
        self._record(ChecklistDisabled(at=by.at, checklist=self.id))

    def make_default(self, *, by: Editor) -> None:
        """Offer it first for its trade. Raises ``ChecklistLocked`` unless it is enabled."""
        refuse_if(ChecklistLocked, self.forbids("make_default"))
        self._default = True
        self._history = (*self._history, by.change(Operation.MADE_DEFAULT))

    def make_ordinary(self, *, by: Editor) -> None:
        """Offer it no longer first, because another one is."""
        if self._default:
            self._default = False
            self._history = (*self._history, by.change(Operation.MADE_ORDINARY))

    def delete(self, *, by: Editor) -> None:
        """Take it off every list; its versions stay readable for the tasks that name them.

        Raises ``ChecklistLocked`` while it is enabled, and once deleted.
        """
        refuse_if(ChecklistLocked, self.forbids("delete"))
        self._state = ChecklistState.DELETED
        self._history = (*self._history, by.change(Operation.DELETED))
