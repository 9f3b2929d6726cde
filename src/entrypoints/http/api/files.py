"""Files: sent in pieces, hung on things by commands of their contexts, fetched through those."""

from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from entrypoints.http.routes import FILE, OCTETS, Access, Call, Reply, Route
from supervision_core.files.model import FileRefused, QuotaSpent
from supervision_core.files.ports import BytesAbsent
from supervision_core.files.services import FetchFile, FileView, StagedView, StartFile, fetch_file
from supervision_core.kernel.errors import Unavailable
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import to_plain

_BASE: Final = "/api/v1/files"
_STAGED: Final = f"{_BASE}/{{file_id}}"


@frozen(kw_only=True)
class AskStaged:
    """A file that is being sent."""

    file_id: str = field(metadata=said("文件编号"))


@frozen(kw_only=True)
class SendPiece:
    """A piece of it, numbered from 0."""

    file_id: str = field(metadata=said("文件编号"))
    number: int = field(metadata=said("块号，从0起", example=0))


def _start(call: Call, asked: StartFile) -> Reply:
    return Reply(value=to_plain(call.platform.files.start(call.who, asked)))


def _view(call: Call, about: AskStaged) -> Reply:
    return Reply(value=to_plain(call.platform.files.view(call.who, about.file_id)))


def _put(call: Call, about: SendPiece) -> Reply:
    staged = call.platform.files.put(call.who, about.file_id, about.number, call.content)
    return Reply(value=to_plain(staged))


def _finish(call: Call, about: AskStaged) -> Reply:
    return Reply(value=to_plain(call.platform.files.finish(call.who, about.file_id)))


def _fetch(call: Call, about: FetchFile) -> Reply:
    return file_of(call, call.platform.commands.ask(fetch_file, about, actor=call.who))


def file_of(call: Call, found: FileView) -> Reply:
    """Give a file that was found, piece by piece."""
    return Reply(
        value=_chunks(call, found),
        filename=found.name,
        media=found.part.media.value,
        length=found.part.size,
    )


def _chunks(call: Call, found: FileView) -> Iterator[bytes]:
    """Open the first piece before the answer begins: what is absent or changed is a refusal."""
    chunks = call.platform.files.sealed.chunks(found.id, found.form.value, found.part)
    first = next(chunks)

    def rest() -> Iterator[bytes]:
        yield first
        yield from chunks

    return rest()


FILE_ROUTES: tuple[Route, ...] = (
    Route(
        method="POST", path=_BASE, name="files_start", title="开始上传文件",
        access=Access.LOGGED_IN, asked=StartFile, answered=StagedView, run=_start, status=201,
        refusals=(FileRefused, QuotaSpent),
        text="声明文件名、字节数和SM3摘要，得到编号、每块大小和块数。24小时内传完并添加到所属对象，"
             "否则清除。public为真时只收图片，并去除拍摄信息。",
    ),
    Route(
        method="GET", path=_STAGED, name="files_view_staged", title="查看上传到哪里",
        access=Access.LOGGED_IN, asked=AskStaged, answered=StagedView, run=_view,
        text="只有上传人自己看得到。中断后据此补传缺少的块。",
    ),
    Route(
        method="PUT", path=f"{_STAGED}/pieces/{{number}}", name="files_put_piece",
        title="上传一块", access=Access.LOGGED_IN, asked=SendPiece, answered=StagedView, run=_put,
        takes=OCTETS, refusals=(FileRefused,),
        text="请求体就是这一块的内容。顺序不限，可以重传。",
    ),
    Route(
        method="POST", path=f"{_STAGED}/finish", name="files_finish", title="传完文件",
        access=Access.LOGGED_IN, asked=AskStaged, answered=StagedView, run=_finish,
        refusals=(FileRefused, Unavailable),
        text="核对摘要，按内容判断类型，扫描，图片生成缩略图。重复调用答复相同；"
             "因内容被拒绝的文件随即清除。",
    ),
    Route(
        method="GET", path=f"{_BASE}/{{kind}}/{{thing_id}}/{{file_id}}", name="files_fetch",
        title="下载附件", access=fetch_file.permission, asked=FetchFile, answered=bytes,
        run=_fetch, gives=FILE, refusals=(BytesAbsent,),
        text="经附件所属的对象下载，每次都核对能否看到该对象；form为thumbnail时给缩略图。"
             "对象、附件不存在或看不到，答复相同。",
    ),
)  # fmt: skip
"""The routes of files; which commands attach them is said by their contexts."""
