"""What phones without signal need beside what follows by itself: the postbox, and receipts."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

from attrs import field, frozen

from entrypoints.catalogue import title_of
from entrypoints.http.api.items import content_of
from entrypoints.http.problems import Reason, reason_of
from entrypoints.http.routes import OCTETS, Call, Reply, Route
from supervision_core.field_records.model import RecordRefused, RecordState
from supervision_core.field_records.services.bringing import Bringing, bring_records
from supervision_core.field_records.services.keeping import keep_outcome
from supervision_core.field_records.services.postbox import PostboxKey
from supervision_core.field_records.services.records import Receipt, SendRecords
from supervision_core.identity.services.lists import cases_of
from supervision_core.items.lists import DOCUMENT_TEMPLATES
from supervision_core.items.model import DOCUMENTS, LETTER_FORMS, DocumentKind, TemplateState
from supervision_core.items.ports import DocumentTemplates
from supervision_core.kernel.documents import LetterBlock
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.fields import said
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import to_plain

_BASE: Final = "/api/v1/field_records"


@frozen(kw_only=True)
class AskPostbox:
    """The key to which phones seal."""


@frozen(kw_only=True)
class ReceiptView:
    """What came of a record; ``state`` is empty where it is to be sent again."""

    record: str = field(metadata=said("记录编号", example="0f" * 16))
    state: RecordState | None = field(metadata=said("结果，需要稍后重发的为空", example="done"))
    retry_after: int = field(metadata=said("多少秒后重发", example=5))
    title: str = field(metadata=said("办理的操作", example="现场签到"))
    kind: str = field(metadata=said("对象种类", example="visit"))
    thing: str = field(metadata=said("对象编号", example="0123abcd"))
    version: int = field(metadata=said("对象办理后或现在的版本", example=4))
    at: datetime | None = field(metadata=said("平台收到的时间"))
    reasons: tuple[Reason, ...] = field(metadata=said("原因"))


@frozen(kw_only=True)
class Receipts:
    """One for each record, in the order in which they were sent."""

    receipts: tuple[ReceiptView, ...] = field(metadata=said("回执"))


def told(receipt: Receipt, messages: Messages) -> ReceiptView:
    """Put a receipt into words."""
    return ReceiptView(
        record=receipt.record, state=receipt.state, retry_after=receipt.retry_after,
        title=title_of(receipt.action) if receipt.action else "", kind=receipt.kind,
        thing=receipt.thing, version=receipt.version, at=receipt.at,
        reasons=tuple(reason_of(one, messages) for one in receipt.reasons),
    )  # fmt: skip


def _postbox(call: Call, _: AskPostbox) -> Reply:
    return Reply(value=to_plain(call.platform.posting.key_for(call.who)))


def _send(call: Call, asked: SendRecords) -> Reply:
    found = call.platform.posting.take(call.who, asked.records, asked.clock)
    messages = call.platform.messages
    return Reply(value=to_plain(Receipts(receipts=tuple(told(one, messages) for one in found))))


@frozen(kw_only=True)
class BringFile:
    """A file that a phone exported."""


def _bring(call: Call, _: BringFile) -> Reply:
    bringing = Bringing(posting=call.platform.posting)
    found = bringing.bring(call.who, call.content)
    messages = call.platform.messages
    told_ = tuple(told(one.receipt, messages) for one in found if one.receipt is not None)
    return Reply(value=to_plain(Receipts(receipts=told_)))


_LEFT: Final = (DocumentKind.CORRECTION_ORDER, DocumentKind.RESULT_NOTICE)
"""The papers that are left with a firm."""
_MOST_TEMPLATES: Final = PageRequest(size=2)
"""Templates of the own department that come along of each paper: filling one takes a process."""


@frozen(kw_only=True)
class AskLetters:
    """The words of the papers that are left with firms."""


@frozen(kw_only=True)
class WordedLetter:
    """A paper as a template has it: the product's own, or one of the own department."""

    document: DocumentKind = field(metadata=said("文书类型", example="correction_order"))
    name: str = field(metadata=said("模板名称", example="通用责令改正通知书"))
    blocks: tuple[LetterBlock, ...] = field(metadata=said("各段落和表格"))


@frozen(kw_only=True)
class WordedLetters:
    """The papers that are left with firms."""

    letters: tuple[WordedLetter, ...] = field(metadata=said("文书"))


def _letters(call: Call, _: AskLetters) -> Reply:
    call.platform.posting.require(call.who, keep_outcome)
    found = tuple(one for document in _LEFT for one in _worded(call, document))
    return Reply(value=to_plain(WordedLetters(letters=found)))


def _worded(call: Call, document: DocumentKind) -> Iterator[WordedLetter]:
    """Give the wording of each template that may be used; one that cannot be filled is left out."""
    form, letters = LETTER_FORMS[document], call.platform.letters
    with suppress(Refused):
        name = f"通用{DOCUMENTS[document]}"
        yield WordedLetter(document=document, name=name, blocks=letters.worded(form))
    for name, template in _own_templates(call, document):
        with suppress(Refused):
            yield WordedLetter(
                document=document, name=name, blocks=letters.worded(form, template)
            )  # fmt: skip


def _own_templates(call: Call, document: DocumentKind) -> Iterator[tuple[str, bytes]]:
    cases, ask = cases_of(DOCUMENT_TEMPLATES), call.platform.commands.ask
    if not call.who.may(cases.list.permission) or not call.who.department:
        return
    asked = cases.asking(
        document=document, state=TemplateState.ENABLED, department=call.who.department,
        page=_MOST_TEMPLATES,
    )  # fmt: skip
    for row in ask(cases.list, asked, actor=call.who).items:
        with suppress(NotFound):
            shown = ask(cases.view, cases.named(id=row.id), actor=call.who).content
            used = next(one for one in shown.versions if one.number == shown.used)
            yield row.name, content_of(call, DocumentTemplates.kind, row.id, used.file)[1]


FIELD_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path=f"{_BASE}/postbox", name="field_records_postbox",
        title="查看报送箱公钥", access=keep_outcome.permission, asked=AskPostbox,
        answered=PostboxKey, run=_postbox,
        text="手机用此SM2公钥加密离线记录和照片，只有平台能启封。换用新版本后，旧版本加密的仍可启封。",
    ),
    Route(
        method="GET", path=f"{_BASE}/letters", name="field_records_letters",
        title="查看离线预览的文书", access=keep_outcome.permission, asked=AskLetters,
        answered=WordedLetters, run=_letters,
        text="责令改正通知书和检查结果告知书的文字：通用模板和本部门启用的模板（每类最多2个）。事实处是"
             "U+E000、名称、U+E001组成的标记；列表只有一行，标记为“列表.名称”。",
    ),
    Route(
        method="POST", path=f"{_BASE}/send", name="field_records_send", title=keep_outcome.title,
        access=keep_outcome.permission, asked=SendRecords, answered=Receipts, run=_send,
        refusals=(RecordRefused,),
        text="按顺序逐条办理，一条记录无论报送几次只办理一次，答复同一回执：done为已办理；refused为"
             "不予办理，原因至少保存90天；conflict为同一编号另有内容，或离线期间已被他人修改；"
             "结果为空的，过retry_after秒重发。照片先以密文分块上传，不调用“传完文件”。",
    ),
    Route(
        method="POST", path=f"{_BASE}/bring", name="field_records_bring",
        title=bring_records.title, access=bring_records.permission, asked=BringFile,
        answered=Receipts, run=_bring, takes=OCTETS, refusals=(RecordRefused,),
        text="请求体是手机导出的离线记录文件，不能读取的不收。记录人须与导入人同属一个部门，按记录人"
             "现在的权限办理；一条记录无论报送、导入几次，只办理一次。",
    ),
)  # fmt: skip
"""The routes of what phones send."""
