"""The files of a visit (evidence, signatures, what assistants noted) and of a rectification."""

from collections.abc import Sequence

from supervision_core.files.model import PICTURES, Attachment, FileSlot, MediaType
from supervision_core.files.ports import Attachments, Visible
from supervision_core.files.services.attaching import attach
from supervision_core.identity.services import Work
from supervision_core.identity.services.insight import require_insight
from supervision_core.subjects.services import parties_of
from supervision_core.tasks.model.presence import PartySignature, RepeatedPicture, Signed
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Rectifications, Tasks, Visits

EVIDENCE = FileSlot(kind=Visits.kind, name="evidence", accepts=frozenset(MediaType), most=500)
"""照片、录像、录音和材料: of all items of a visit together. Source: proposal 3106, 3314."""
SIGN = FileSlot(kind=Visits.kind, name="sign", accepts=PICTURES, most=1)
"""门店招牌照片, taken at the arrival. Source: design §14."""
ASSISTANCE = FileSlot(kind=Visits.kind, name="assistance", accepts=frozenset(MediaType), most=200)
"""What third parties' people saw: material for the officers."""
SIGNATURE = FileSlot(kind=Visits.kind, name="signature", accepts=PICTURES, most=2)
"""被检查人签名 and 记录人签名, as pictures. Source: proposal 3203."""
REFUSAL = FileSlot(
    kind=Visits.kind,
    name="refusal",
    accepts=PICTURES | {MediaType.MP4, MediaType.MP3, MediaType.WAV},
    most=5,
)
"""A recording of how a signature was refused."""

ORDER = FileSlot(
    kind=Rectifications.kind,
    name="order",
    accepts=frozenset({MediaType.PDF, MediaType.OFD, MediaType.DOCX}),
    most=1,
)
"""责令整改文书: the letter as it was given out. Source: proposal 3106."""
REPORT = FileSlot(kind=Rectifications.kind, name="report", accepts=frozenset(MediaType), most=50)
"""整改情况登记 附件. Source: proposal 3221."""
RECHECK = FileSlot(kind=Rectifications.kind, name="recheck", accepts=frozenset(MediaType), most=50)
"""What officers found when they looked again."""


class VisitFiles(Visible):
    """Answers for the files of visits: whoever may read the visit sees them.

    What assistants noted, and nothing else, is seen by their institutions too.
    """

    kind = Visits.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the actor may read the visit. Raises ``NotFound``."""
        visit = work[Visits].get(thing)
        assisting = slot == ASSISTANCE.name
        work.reach(
            Visits.kind, visit.id, region=visit.sheet.region, departments=visit.departments,
            parties=work[Tasks].get(visit.sheet.task).institutions if assisting else frozenset(),
        )  # fmt: skip
        require_insight(work, Visits.kind, visit.id, visit.closed)


class RectificationFiles(Visible):
    """Answers for the files of rectifications: whoever reaches the rectification sees them.

    The firm sees the letter and what it reported itself, not what officers found when they looked.
    """

    kind = Rectifications.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that it lies in the actor's scope. Raises ``NotFound``."""
        found = work[Rectifications].get(thing)
        sheet, own = found.sheet, found.stands and slot in {ORDER.name, REPORT.name}
        work.reach(
            self.kind, thing, region=sheet.region, departments=found.departments,
            parties=parties_of(work, sheet.subject) if own else frozenset(),
        )  # fmt: skip


def attach_evidence(work: Work, slot: FileSlot, visit: Visit, files: Sequence[str]) -> None:
    """Let the files that results name hang on their visit. Raises ``AttachmentsRefused``.

    A picture of the evidence that is that of another visit too is noted with it.
    """
    hung = attach(work, slot, visit.id, list(dict.fromkeys(files)), at="evidence")
    if slot is EVIDENCE:
        _note_repeated(work, visit, hung)


def attach_sign(work: Work, visit: Visit, photo: str) -> str:
    """Let the photo of the firm's sign hang on its visit; give its SM3, nothing for none.

    Raises ``AttachmentsRefused``.
    """
    found = attach(work, SIGN, visit.id, [photo] if photo else [], at="photo")
    _note_repeated(work, visit, found)
    return found[0].content.sm3 if found else ""


def _note_repeated(work: Work, visit: Visit, hung: Sequence[Attachment]) -> None:
    """Note of pictures on which other visits they hang, as evidence or for the sign."""
    own = [one for one in hung if one.content.whole.media in PICTURES]
    if not own:
        return
    others = [
        one
        for one in work[Attachments].alike(Visits.kind, {each.content.sm3 for each in own})
        if one.thing != visit.id and one.slot in {EVIDENCE.name, SIGN.name}
    ]
    numbers = {
        one.id: one.sheet.number for one in work[Visits].find_many({each.thing for each in others})
    }
    visit.note_repeated(
        RepeatedPicture(
            file=one.id, visit=other, number=numbers[other], by=work.actor.user, at=work.now
        )
        for one in own
        for other in sorted({
            each.thing for each in others
            if each.content.sm3 == one.content.sm3 and each.thing in numbers
        })
    )  # fmt: skip


def attach_signatures(work: Work, visit: Visit, party: PartySignature, recorder: str) -> None:
    """Let signatures as pictures, and the recording of a refusal, hang on their visit.

    Raises ``AttachmentsRefused``.
    """
    if isinstance(party, Signed):
        attach(work, SIGNATURE, visit.id, [party.image], at="party.image")
    elif party.recording:
        attach(work, REFUSAL, visit.id, [party.recording], at="party.recording")
    if recorder:
        attach(work, SIGNATURE, visit.id, [recorder], at="recorder_image")
