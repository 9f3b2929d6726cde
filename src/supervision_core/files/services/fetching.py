"""Getting a file, through the thing on which it hangs and through nothing else."""

from attrs import field, frozen

from supervision_core.files.model import Attachment, FileForm, StoredPart
from supervision_core.files.ports import Attachments, VisibleKinds
from supervision_core.identity.services import Work, question
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said

FILE = "file"


@frozen(kw_only=True)
class FetchFile:
    """A file by the thing on which it hangs, whole or as a small picture."""

    kind: str = field(metadata=said("所挂对象的种类", example="visit"))
    thing_id: str = field(metadata=said("所挂对象的编号", example="0123abcd"))
    file_id: str = field(metadata=said("文件编号"))
    form: FileForm = field(default=FileForm.WHOLE, metadata=said("形式：原件或缩略图"))


@frozen(kw_only=True)
class FileView:
    """Where the bytes of a file lie, and what it is called; nothing of it is shown as it is."""

    id: str
    name: str
    form: FileForm
    part: StoredPart


@question("files.fetch", "下载附件")
def fetch_file(work: Work, about: FetchFile) -> FileView:
    """Find a file for who may see the thing on which it hangs, asked anew each time.

    The context that owns the thing answers. Whatever is wrong (no such kind, thing or file,
    another thing, out of reach, detached, closed, no small picture), the answer is the same.
    """
    found = _hanging(work, about)
    part = found.content.form(about.form) if found else None
    if found is None or part is None:
        raise NotFound(FILE, about.file_id)
    return FileView(id=found.id, name=found.name, form=about.form, part=part)


def _hanging(work: Work, about: FetchFile) -> Attachment | None:
    visible = work[VisibleKinds].of(about.kind)
    if visible is None:
        return None
    try:
        found = work[Attachments].get(about.file_id)
        slot = found.slot if found.hangs_on(about.kind, about.thing_id) else ""
        visible.require(work, about.thing_id, slot)
    except NotFound:
        return None
    return found if slot and found.closed_at is None else None
