"""The life of a handbook: its states, what is done in each, and what is refused."""

from enum import StrEnum
from typing import Any, ClassVar, Final

from attrs import define, frozen

from supervision_core.kernel.errors import Refused
from supervision_core.kernel.events import Event
from supervision_core.kernel.tones import bad, good, over
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, departments


class HandbookState(StrEnum):
    """经营手册状态 (HandbookState): where a handbook is in its life.

    Only a published one is in use. A withdrawn one is taken back to be corrected and waits for its
    next publication; a disabled one is out of use until it is enabled again. Source: proposal
    2393, 2413, 2433.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISABLED = "disabled"
    DELETED = "deleted"


@define(eq=False)
class HandbookInvalid(Refused):
    """What is said of the handbook cannot stand in it."""

    code: ClassVar[str] = "handbooks.invalid"


@define(eq=False)
class HandbookNotPublishable(Refused):
    """The content is not fit to be published."""

    code: ClassVar[str] = "handbooks.not_publishable"


@define(eq=False)
class HandbookLocked(Refused):
    """The handbook's state forbids this."""

    code: ClassVar[str] = "handbooks.locked"


@frozen(kw_only=True)
class HandbookPublished(Event):
    """A new version of a handbook was published."""

    handbook: str
    number: int


@frozen(kw_only=True)
class HandbookTakenBack(Event):
    """A handbook can be read no more: it was withdrawn or disabled."""

    handbook: str


_S = HandbookState
_LIVING = frozenset(_S) - {_S.DELETED}


def _withdrawn(root: Any, _part: object) -> bool:
    """Tell whether readers wait for the next version."""
    return bool(root.state is _S.WITHDRAWN)


VERBS: Final = Verbs(
    context="handbooks",
    noun="handbook",
    title="经营手册",
    states={
        _S.DRAFT: over("草稿"), _S.PUBLISHED: good("已发布"), _S.WITHDRAWN: bad("已撤回"),
        _S.DISABLED: over("已停用"), _S.DELETED: over("已删除"),
    },
    assignees={
        Responsible.DEPARTMENT: lambda root, _: departments(root.draft.basics.department)
    },
    label=lambda root: str(root.name),
    roles=("scene_administrator", "checklist_editor"),
    verbs=(
        Verb(name="revise", title="修改手册基本信息", by=Responsible.DEPARTMENT, starts=_LIVING),
        Verb(name="put_chapter", title="新增或修改手册类别", by=Responsible.DEPARTMENT,
             starts=_LIVING),
        Verb(name="take_chapter", title="删除手册类别", by=Responsible.DEPARTMENT, starts=_LIVING),
        Verb(name="put_element", title="新增或修改手册要素", by=Responsible.DEPARTMENT,
             starts=_LIVING),
        Verb(name="take_element", title="删除手册要素", by=Responsible.DEPARTMENT, starts=_LIVING),
        Verb(name="publish", title="发布手册", by=Responsible.DEPARTMENT,
             starts={_S.DRAFT, _S.PUBLISHED, _S.WITHDRAWN}, leads=_S.PUBLISHED, owed=_withdrawn),
        Verb(name="withdraw", title="撤回手册", by=Responsible.DEPARTMENT, starts=_S.PUBLISHED,
             leads=_S.WITHDRAWN),
        Verb(name="disable", title="停用手册", by=Responsible.DEPARTMENT,
             starts=_S.PUBLISHED, leads=_S.DISABLED),
        Verb(name="enable", title="启用手册", by=Responsible.DEPARTMENT, starts=_S.DISABLED,
             leads=_S.PUBLISHED),
        Verb(name="delete", title="删除手册", by=Responsible.DEPARTMENT,
             starts={_S.DRAFT, _S.WITHDRAWN, _S.DISABLED}, leads=_S.DELETED),
    ),
)  # fmt: skip
"""What is done with a handbook; other states: ``handbooks.handbook_is_<state>``."""
