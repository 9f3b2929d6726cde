"""企业码: made, taken back and shown by departments and by the firm itself, and read again."""

from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.services import Deeds, Work, question, use_case
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.scan_codes import CodeKind, CodeRefused, ScanCode, ScanCodes
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import own_subject


@frozen(kw_only=True)
class NameSubject:
    """The subject whose code is meant."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))


@frozen(kw_only=True)
class OwnCode:
    """The code of the firm for which one acts."""


Written = tuple[ScanCode, str]


def _written(work: Work, subject: Subject) -> Written:
    code = subject.next_code(at=work.now)
    return code, work[ScanCodes].make(code)


def _issue(work: Work, subject: Subject) -> str:
    """Give a subject its next code, as it was written beforehand if that is it."""
    written = work.ready if isinstance(work.ready, tuple) else None
    if written is None or written[0] != subject.next_code(at=work.now):
        written = _written(work, subject)
    code, text = written
    subject.issue_code(text, code, by=work.actor.user, at=work.now)
    work.save(Subjects, subject)
    return subject.id


@use_case(
    "subjects.make_code",
    "制作企业码",
    beforehand=lambda work, cmd: _written(work, work.reached(Subjects, cmd.subject_id)),
)
def make_code(work: Work, cmd: NameSubject) -> str:
    """Make a subject's code, signed, good for three years; one made before ends with it."""
    return _issue(work, work.reached(Subjects, cmd.subject_id))


_SUBJECT: Final = Deeds(Subjects, Subject)
void_code = _SUBJECT.act(
    "subjects.void_code", "作废企业码", "void_code", NameSubject,
    "Let a subject's code hold no longer, as where somebody misuses it.",
)  # fmt: skip


@use_case(
    "subjects.make_own_code",
    "制作本企业的企业码",
    beforehand=lambda work, _: _written(work, own_subject(work)),
)
def make_own_code(work: Work, cmd: OwnCode) -> str:
    """Make the code of the firm for which one acts; one made before ends with it."""
    del cmd
    return _issue(work, own_subject(work))


@frozen(kw_only=True)
class CodeShown:
    """A subject's code, and what stands beside it on paper."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd"))
    name: str = field(metadata=said("监管对象名称", example="南宁示例乳业有限公司"))
    number: str = field(metadata=said("统一社会信用代码", example="91450100MA5K000017"))
    text: str = field(metadata=said("码值，没有制过码的为空"))
    link: str = field(metadata=said("二维码的内容：打开公示信息的链接，没有对外网址的为码值"))
    serial: int = field(metadata=said("第几次制码，没有制过的为0", example=1))
    issued_at: datetime | None = field(metadata=said("发码时间"))
    until: date | None = field(metadata=said("有效期至", example="2029-06-30"))
    may_be_made: bool = field(metadata=said("是否可以制码", example=True))
    valid: bool = field(metadata=said("是否有效", example=True))


def _shown(work: Work, subject: Subject) -> CodeShown:
    code = subject.issued_code
    text = "" if code is None else code.text
    return CodeShown(
        subject_id=subject.id,
        name=subject.shown_name,
        number=subject.identity.shown,
        text=text,
        link=work[ScanCodes].link_of(text) if text else "",
        serial=code.serial if code else 0,
        issued_at=code.issued_at if code else None,
        until=code.until if code else None,
        may_be_made=subject.may_have_code,
        valid=code is not None and code.valid and code.until >= local_day(work.now),
    )


@question("subjects.view_code", "查看企业码")
def view_code(work: Work, about: NameSubject) -> CodeShown:
    """Show a subject's code as it was made last, and whether it holds."""
    return _shown(work, work.reached(Subjects, about.subject_id))


@question("subjects.view_own_code", "查看本企业的企业码")
def view_own_code(work: Work, about: OwnCode) -> CodeShown:
    """Show the code of the firm for which one acts."""
    del about
    return _shown(work, own_subject(work))


def scanned_firm(subjects: Subjects, code: ScanCode) -> Subject:
    """Give the subject of a code that was read. Raises ``CodeRefused`` where it has another now."""
    found = next((one for one in subjects.find_many([code.id]) if one.holds(code)), None)
    if found is None:
        raise CodeRefused((Violation("scan_codes.void", "code"),))
    return found


def read_firm_code(work: Work, text: str) -> ScanCode:
    """Read what was scanned, which must be a firm's code. Raises ``CodeRefused``."""
    return work[ScanCodes].require(text, CodeKind.FIRM, today=local_day(work.now))
