"""诉求上报、投诉建议: what citizens and firms report becomes a clue; what others know of it.

Source: proposal 787, 1795-1797, 3308-3314, 3348-3350; 个人信息保护法 第13, 14条.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from heapq import merge
from itertools import islice
from typing import Final

from attrs import field, frozen

from supervision_core.clues.files import SAID
from supervision_core.clues.lists import COMPLAINTS, DISPOSALS
from supervision_core.clues.model import (
    ACCUSING,
    KINDS,
    OWN_CHANNELS,
    Clue,
    ClueChannel,
    ClueKind,
    ClueRefused,
    ClueSheet,
    Complainant,
    Disposal,
    term_of,
)
from supervision_core.clues.ports import Clues
from supervision_core.clues.registers import receiver_in
from supervision_core.files.services.attaching import attach
from supervision_core.identity.model import SceneRole
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Ask,
    choice,
    day,
    files,
    flag,
    long_text,
    region,
    rows,
    text,
)
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import own_subject
from supervision_core.subjects.services.codes import read_firm_code, scanned_firm

_APPEALS: Final[Mapping[str, str]] = {
    kind: title for kind, title in KINDS.items() if kind != ClueKind.OTHER
}
_MOST: Final = 50


@frozen(kw_only=True)
class SubmitAppeal:
    """What a citizen or a firm reports, and how it can be reached."""

    title: str = text("诉求标题", required=True, max_length=200, example="买到的牛奶有异味")
    kind: ClueKind = choice("诉求类别", _APPEALS, required=True)
    urgent: bool = flag("情况紧急")
    content: str = long_text("诉求描述", required=True)
    service: str = text("所涉服务或产品", max_length=100, example="袋装牛奶")
    subject_text: str = text("所涉企业", max_length=200, example="南宁示例乳业有限公司")
    code: str = text("企业码", max_length=400, hint="扫企业码进入的，已自动填写；没有的不填")
    region: str = region("发生地")
    submitter: str = field(default="", repr=False, metadata=said("提交人员", example="张示例"))
    contact: str = field(
        default="",
        repr=False,
        metadata=said("联系方式", example="13900000003", hint="手机号，只供受理部门联系您"),
    )
    confidential: bool = flag("请对被反映的企业保密", default=True)
    consent: bool = flag("同意受理部门为办理这件事使用我填写的姓名和联系方式")
    attachments: tuple[str, ...] = files("附件")


@use_case("clues.submit_appeal", "上报诉求")
def submit_appeal(work: Work, cmd: SubmitAppeal) -> str:
    """Report something for oneself or one's own firm; the department of that place takes it up.

    Who reported is known to that department alone, and who is complained of never learns it.
    """
    about = _subject(work, cmd.code)
    place = cmd.region or _place(work, about)
    taker = receiver_in(work.unit, place) if place else ""
    refuse_if(ClueRefused, _faults(work, cmd, place, taker))
    due_on = term_of(cmd.kind, work[Calendars].working_calendar(), work.now)
    sheet = ClueSheet(
        title=cmd.title, content=cmd.content, kind=cmd.kind, region=place, registered_by=taker,
        channel=ClueChannel.SCAN if cmd.code.strip() else ClueChannel.PORTAL,
        subject="" if about is None else about.id, subject_text=cmd.subject_text,
        attachments=cmd.attachments, service=cmd.service, urgent=cmd.urgent,
    )  # fmt: skip
    complainant = Complainant(
        name=cmd.submitter, phone=cmd.contact, confidential=cmd.confidential
    )  # fmt: skip
    clue = Clue.register(
        id=work.ids.next_id(), sheet=sheet, due_on=due_on, complainant=complainant,
        reporter=work.actor.scope.party, at=work.now,
    )  # fmt: skip
    attach(work, SAID, clue.id, cmd.attachments, at="attachments")
    work.save(Clues, clue)
    return clue.id


def _subject(work: Work, code: str) -> Subject | None:
    text = code.strip()
    return scanned_firm(work[Subjects], read_firm_code(work, text)) if text else None


def _place(work: Work, about: Subject | None) -> str:
    """Give where it happened: where the firm that is meant lies, else the own firm."""
    if about is not None:
        return about.region
    return own_subject(work).region if work.actor.scope.role is SceneRole.ENTERPRISE else ""


def _faults(work: Work, cmd: SubmitAppeal, place: str, taker: str) -> Iterator[Violation]:
    if not work.actor.scope.party:
        yield Violation("clues.reporter_unknown")
    if not cmd.consent:
        yield Violation("clues.consent_missing", "consent")
    for name in ("submitter", "contact"):
        if not getattr(cmd, name).strip():
            yield Violation("clues.field_empty", name)
    if not place:
        yield Violation("clues.region_missing", "region")
    elif not taker:
        yield Violation("clues.receiver_missing", "region")


@frozen(kw_only=True)
class KnownComplaint:
    """What may be known of a complaint by anybody, the firm itself too: nothing of its author."""

    kind: ClueKind = choice("类型", KINDS, required=True)
    region: str = region("投诉属地", required=True)
    service: str = text("服务名称")
    registered_on: date = day("上报时间", required=True)
    disposal: Disposal = choice("处置状态", DISPOSALS, required=True)


@frozen(kw_only=True)
class KnownComplaints:
    """The complaints and reports about one firm that anybody may know, the newest first."""

    complaints: tuple[KnownComplaint, ...] = rows("投诉举报信息", KnownComplaint)


@frozen(kw_only=True)
class FoundComplaints:
    """What may be known of complaints about one firm, and what that refers to."""

    id: str = field(metadata=said("监管对象的编号", example="0123abcd"))
    content: KnownComplaints = field(metadata=said("投诉举报信息"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


def complaints_about(unit: UnitOfWork, subject_id: str) -> FoundComplaints:
    """Give what anybody may know of complaints and reports about a firm: what is ``public`` of it.

    Source: proposal 3350; docs/adr/0129.
    """
    newest = merge(
        *(_public(unit, subject_id, channel) for channel in OWN_CHANNELS),
        key=lambda one: local_day(one.registered_at), reverse=True,
    )  # fmt: skip
    content = KnownComplaints(complaints=tuple(map(_known, islice(newest, _MOST))))
    return FoundComplaints(id=subject_id, content=content, names=names_in(unit[Ask], [content]))


def _public(unit: UnitOfWork, subject_id: str, channel: ClueChannel) -> Iterator[Clue]:
    """Give what came by a channel about a firm and is public, the newest first."""
    asked = {"subject": subject_id, "channel": channel, "kind": ACCUSING}
    ask = partial(unit[Lists].page, COMPLAINTS, ListFilter(asked=asked))
    for page in every_page(ask, order="-registered_on", size=_MOST):
        found = {one.id: one for one in unit[Clues].find_many([row.id for row in page.items])}
        yield from (found[row.id] for row in page.items if found[row.id].public)


def _known(one: Clue) -> KnownComplaint:
    return KnownComplaint(
        kind=one.sheet.kind, region=one.sheet.region, service=one.sheet.service,
        registered_on=local_day(one.registered_at), disposal=one.disposal,
    )  # fmt: skip


@frozen(kw_only=True)
class ListOwnComplaints:
    """The complaints about the firm for which one acts."""


@question("clues.list_own_complaints", "查看对本企业的投诉举报")
def list_own_complaints(work: Work, about: ListOwnComplaints) -> FoundComplaints:
    """List complaints and reports about one's own firm; never who made them, nor what they say."""
    del about
    return complaints_about(work.unit, own_subject(work).id)
