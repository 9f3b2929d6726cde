"""The items that departments check: what each asks, its revisions, and where they come from."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

import attrs
from attrs import define, evolve, frozen

from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.items.model.laws import LawArticle
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.registers import (
    DEPARTMENT,
    Content,
    Extras,
    choice,
    choices,
    department,
    departments,
    described,
    extras,
    link,
    links,
    long_text,
    text,
    value,
    values,
)


class Site(StrEnum):
    """检查形式 (Site): whether an item needs inspectors at the place."""

    ONSITE = "onsite"
    OFFSITE = "offsite"


class Importance(StrEnum):
    """重点或一般 (Importance): a key item is never dropped from a check."""

    KEY = "key"
    GENERAL = "general"


class Cycle(StrEnum):
    """一次查或日常查 (Cycle): checked once, as long as nothing changes, or at every check."""

    ONCE = "once"
    DAILY = "daily"


PROVISION: Final = "law_provision"
"""The kind of what is offered where a law is cited: the provisions of enabled laws."""
MATTER: Final = "items.matter"
"""The kind of a matter of the catalogue, named by its code."""
_CITED: Final = "从法律法规库选取，如《中华人民共和国食品安全法》（2021-04-29）第三十五条"
SITES: Final[Mapping[str, str]] = {Site.ONSITE: "现场", Site.OFFSITE: "非现场"}
IMPORTANCE: Final[Mapping[str, str]] = {Importance.KEY: "重点", Importance.GENERAL: "一般"}
CYCLES: Final[Mapping[str, str]] = {Cycle.ONCE: "一次查", Cycle.DAILY: "日常查"}
ITEM_LEVELS: Final = {"province": "自治区", "city": "市级", "county": "县级"}


@frozen(kw_only=True)
class CheckContent(Content):
    """检查内容 (CheckContent): what one item asks, how it is checked and what it rests on.

    ``matter`` is the 检查事项, ``sub_item`` the 检查子事项; ``department`` is responsible, others
    may take part. ``matter_code`` is the published 监管事项 it belongs to, ``tags`` the subjects it
    concerns, ``extras`` what it says in 检查事项要素 and 检查内容要素. Source: proposal
    6.4.2.1.1.3, 6.4.2.1.3.3, 2170, 5025-5060.
    """

    matter: str = text("检查事项名称", required=True, max_length=200, example="食品生产许可检查")
    sub_item: str = text("检查子事项名称", max_length=200, example="许可证有效性", default="")
    content: str = long_text("检查内容", required=True, max_length=4_000)
    owner: str = link("归口单位", DEPARTMENT)
    department: str = department("实施单位", required=True)
    joining: frozenset[str] = departments("参与部门", default=frozenset())
    levels: tuple[str, ...] = choices("实施层级", ITEM_LEVELS)
    tags: frozenset[str] = links("监管对象", "tag", default=frozenset())
    method: str = long_text("检查方式方法", max_length=1_000)
    site: Site = choice("检查形式", SITES, default=Site.ONSITE)
    importance: Importance = choice("重点或一般", IMPORTANCE, default=Importance.GENERAL)
    cycle: Cycle = choice("一次查或日常查", CYCLES, default=Cycle.DAILY)
    frequency: str = text("检查频度", max_length=60, example="每年1次")
    basis: tuple[LawArticle, ...] = values("设定依据", LawArticle, offers=PROVISION, hint=_CITED)
    penalty: LawArticle | None = value("处罚依据", LawArticle, offers=PROVISION, hint=_CITED)
    penalty_name: str = text("处罚职权名称", max_length=200)
    penalty_code: str = text("处罚职权编号", max_length=60)
    line: str = link("条线", BUSINESS_LINES.name)
    matter_code: str = link("对应监管事项", MATTER)
    materials: tuple[str, ...] = links("标准材料", "standard_material")
    extras: Extras = extras("拓展要素")


class ItemState(StrEnum):
    """事项状态 (ItemState): only an enabled item may be put on a checklist."""

    DRAFT = "draft"
    ENABLED = "enabled"
    DISABLED = "disabled"
    DELETED = "deleted"


@define(eq=False)
class CheckItemIncomplete(Refused):
    """The check item cannot be used as it stands."""

    code: ClassVar[str] = "items.check_item_incomplete"


@define(eq=False)
class CheckItemLocked(Refused):
    """The item's state forbids this."""

    code: ClassVar[str] = "items.check_item_locked"


@frozen(kw_only=True)
class CheckItemEnabled(Event):
    """A check item came into use."""

    item: str


@frozen(kw_only=True)
class CheckItemDisabled(Event):
    """A check item went out of use."""

    item: str
    reason: str


@frozen(kw_only=True)
class ItemRevision:
    """修订版本 (ItemRevision): what an item asked, from a moment on; never changed afterwards.

    Checklists and tasks name an item with the number of its revision. Source: proposal 5055-5057.
    """

    number: int
    content: CheckContent
    at: datetime | None = None
    by: str = ""


@frozen(kw_only=True)
class ItemSource:
    """同步来源 (ItemSource): an item as the system of the region gave it the last time.

    ``guid`` is its id there, ``content`` what it asked there. Source: proposal 2170.
    """

    guid: str
    content: CheckContent
    at: datetime


@define(eq=False, kw_only=True)
class CheckItem(Aggregate):
    """检查事项 (CheckItem): one thing that a department may check, from the library of its region.

    ``revision`` counts the contents it has had; each is kept. Checklists hold copies with that
    number, so a change here never changes a published checklist. What differs from its
    ``source`` is local work, and stays when the source changes. Source: proposal 6.4.2.1.1.3.
    """

    _code: str
    _region: str
    _content: CheckContent
    _state: ItemState = ItemState.DRAFT
    _revision: int = 1
    _revised_at: datetime | None = None
    _revised_by: str = ""
    _earlier: tuple[ItemRevision, ...] = ()
    _source: ItemSource | None = None

    @property
    def code(self) -> str:
        """Its code, unique in its region."""
        return self._code

    @property
    def region(self) -> str:
        """The region whose item it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The departments it concerns, the responsible one among them."""
        return self._content.joining | {self._content.department}

    @property
    def content(self) -> CheckContent:
        """What it asks."""
        return self._content

    @property
    def state(self) -> ItemState:
        """Whether it may be used."""
        return self._state

    @property
    def revision(self) -> int:
        """Which content this is, counted from 1."""
        return self._revision

    @property
    def source(self) -> ItemSource | None:
        """What the region's system said last, ``None`` for an item of one's own."""
        return self._source

    @property
    def revisions(self) -> tuple[ItemRevision, ...]:
        """Every content that is kept, the newest first."""
        now = ItemRevision(
            number=self._revision, content=self._content, at=self._revised_at, by=self._revised_by
        )
        return (now, *reversed(self._earlier))

    @property
    def revised_at(self) -> datetime | None:
        """When it was revised the last time (版本时间)."""
        return self._revised_at

    def revision_of(self, number: int) -> ItemRevision:
        """Give a revision. Raises ``NotFound``."""
        for one in self.revisions:
            if one.number == number:
                return one
        raise NotFound("check_item_revision", f"{self.id}@{number}")

    def revise(self, content: CheckContent, *, at: datetime, by: str = "") -> None:
        """Change what it asks. Raises ``CheckItemIncomplete`` when it is in use and gaps arise."""
        self._require_living()
        if content == self._content:
            return
        if self._state is ItemState.ENABLED:
            refuse_if(CheckItemIncomplete, content_violations(content))
        self._earlier = (*self._earlier, self.revisions[0])
        self._content, self._revision = content, self._revision + 1
        self._revised_at, self._revised_by = at, by

    def synchronise(self, received: CheckContent, *, guid: str, at: datetime) -> None:
        """Take what the region's system says now into every field that nobody changed here.

        Where an item in use would be left with gaps it stays as it is; the difference shows.
        """
        self._require_living()
        before = self._source.content if self._source else received
        self._source = ItemSource(guid=guid, content=received, at=at)
        merged = merged_content(before, received, self._content)
        if self._state is not ItemState.ENABLED or not list(content_violations(merged)):
            self.revise(merged, at=at)

    def enable(self, *, at: datetime) -> None:
        """Take it into use. Raises ``CheckItemIncomplete`` and ``CheckItemLocked``."""
        self._require_living()
        if self._state is ItemState.ENABLED:
            raise CheckItemLocked((Violation("items.already_enabled"),))
        refuse_if(CheckItemIncomplete, content_violations(self._content))
        self._state = ItemState.ENABLED
        self._record(CheckItemEnabled(at=at, item=self.id))

    def disable(self, reason: str, *, at: datetime) -> None:
        """Take it out of use (law changed, policy adjusted). Raises ``CheckItemLocked``."""
        self._require_living()
        violations = []
        if self._state is not ItemState.ENABLED:
            violations.append(Violation("items.not_enabled"))
        if not reason.strip():
            violations.append(Violation("items.reason_missing", "reason"))
        refuse_if(CheckItemLocked, violations)
        self._state = ItemState.DISABLED
        self._record(CheckItemDisabled(at=at, item=self.id, reason=reason))

    def delete(self) -> None:
        """Delete it; checklists keep their copies. Raises ``CheckItemLocked`` while in use."""
        self._require_living()
        if self._state is ItemState.ENABLED:
            raise CheckItemLocked((Violation("items.in_use"),))
        self._state = ItemState.DELETED

    def tag(self, tags: frozenset[str], *, at: datetime, by: str = "") -> None:
        """Say which subjects it concerns."""
        self.revise(evolve(self._content, tags=tags), at=at, by=by)

    def _require_living(self) -> None:
        if self._state is ItemState.DELETED:
            raise NotFound("check_item", self.id)


def changed_fields(before: CheckContent, after: CheckContent) -> tuple[str, ...]:
    """版本差异 (changed_fields): name the fields in which two contents differ, in their order."""
    names = (one.name for one in attrs.fields(CheckContent))
    return tuple(one for one in names if getattr(before, one) != getattr(after, one))


def titles_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give what fields of a content are called."""
    titles = {one.name: one.title for one in described(CheckContent)}
    return tuple(titles[one] for one in names)


def merged_content(
    before: CheckContent, received: CheckContent, ours: CheckContent
) -> CheckContent:
    """Give ours with what the source changed, save in fields that were changed here too."""
    taken = {
        name: getattr(received, name)
        for name in changed_fields(before, received)
        if getattr(ours, name) == getattr(before, name)
    }
    return evolve(ours, **taken)


def content_violations(content: CheckContent, at: str = "") -> Iterator[Violation]:
    """Give every reason why ``content`` cannot be checked by anybody yet.

    A check without legal basis is no check: 优化营商环境条例 第54条, 国办发〔2024〕54号.
    """
    data = {"item": content.sub_item or content.matter}
    prefix = f"{at}." if at else ""
    if not content.matter.strip():
        yield Violation("items.matter_missing", f"{prefix}matter", data)
    if not content.content.strip():
        yield Violation("items.content_missing", f"{prefix}content", data)
    if not content.department.strip():
        yield Violation("items.department_missing", f"{prefix}department", data)
    if not content.basis:
        yield Violation("items.basis_missing", f"{prefix}basis", data)
    for article in content.basis:
        if not (article.document.strip() and article.article.strip()):
            yield Violation("items.basis_incomplete", f"{prefix}basis", data)
