"""How a visit begins and ends on the spot: check-in, signatures, replacements, extensions."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Final

from attrs import field, frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import converter, tagged_union
from supervision_core.kernel.registers import file
from supervision_core.kernel.shares import per_cent
from supervision_core.tasks.model.results import Inspector

_SLOW: Final = timedelta(minutes=5)
_POSITION: Final = re.compile(r"(-?[0-9]{1,2}\.[0-9]+),(-?[0-9]{1,3}\.[0-9]+)")
"""Latitude and longitude in degrees, as phones give them."""
_EARTH_RADIUS: Final = 6_371_008
"""Metres: the mean radius of WGS 84, from which CGCS2000 differs by less than a metre."""
NEAR_METRES: Final = 1_000
"""So near to the registered place a position proves arrival.

Phones that give positions of GCJ-02 are up to some 700 m off, and addresses are those of a gate.
"""


@frozen
class Position:
    """A point on the ground, in degrees of WGS 84 or CGCS2000."""

    latitude: float
    longitude: float

    @classmethod
    def at_start_of(cls, place: str) -> "Position | None":
        """Read the coordinates with which a place begins; ``None`` for an address in words."""
        found = _POSITION.match(place.strip())
        return None if found is None else cls(float(found[1]), float(found[2]))

    def metres_to(self, other: "Position") -> int:
        """Measure the way on a sphere, in whole metres; within 0.6 % of that on the ellipsoid."""
        north = radians(other.latitude - self.latitude)
        east = radians(other.longitude - self.longitude)
        narrowing = cos(radians(self.latitude)) * cos(radians(other.latitude))
        half = sin(north / 2) ** 2 + narrowing * sin(east / 2) ** 2
        return round(2 * _EARTH_RADIUS * asin(sqrt(min(1.0, half))))


class PlaceProof(StrEnum):
    """What shows that officers were on the spot."""

    FIRM = "firm"
    POSTED = "posted"
    FAR = "far"
    REASON = "reason"
    NONE = "none"


@frozen(kw_only=True)
class CheckIn:
    """任务签到 (CheckIn): arrival on the spot by scanning the firm's code.

    Without a scan there is a reason (an emergency, evidence in danger): 深府规〔2025〕6号,
    proposal 6.4.2.5.3.8.1. ``code`` is what was scanned, ``place`` a position or address, ``photo``
    a picture that shows the sign, and ``photo_sm3`` (hex) what its bytes are. ``metres`` is how far
    the position lies from where the firm is registered; ``None`` where one of both is unknown.
    Noted without signal
    (离线签到), ``at`` is the time of the phone put right by how wrong its clock was, and
    ``received_at`` when the platform got it.
    """

    by: str
    at: datetime
    received_at: datetime | None = None
    code: str = ""
    reason: str = ""
    place: str = ""
    photo: str = ""
    photo_sm3: str = ""
    metres: int | None = None

    @property
    def offline(self) -> bool:
        """Tell whether the platform heard of it later than a line that is slow explains."""
        return self.received_at is not None and self.received_at - self.at > _SLOW

    @property
    def proof(self) -> PlaceProof:
        """What it shows of the place: a code alone, which can be had at a desk, shows nothing.

        A posted code needs a position by coordinates and a photo; an address is only words, and a
        position far from the firm shows that they were elsewhere, or that its place is not known.
        """
        if self.code.strip() and self.photo and Position.at_start_of(self.place):
            far = self.metres is not None and self.metres > NEAR_METRES
            return PlaceProof.FAR if far else PlaceProof.POSTED
        return PlaceProof.REASON if self.reason.strip() else PlaceProof.NONE


@frozen(kw_only=True)
class PlaceShare:
    """到场证明情况 (PlaceShare): how the visits that a department led prove that officers came.

    Source: design §14.
    """

    department: str
    firm: int = 0
    posted: int = 0
    far: int = 0
    reason: int = 0
    none: int = 0

    @property
    def visits(self) -> int:
        """How many formed visits on the spot there are."""
        return self.firm + self.posted + self.unproved

    @property
    def unproved(self) -> int:
        """How many prove nothing: far from the firm, or with a reason, or without any."""
        return self.far + self.reason + self.none

    @property
    def share(self) -> str:
        """The share that proves nothing, in per cent with one decimal."""
        return per_cent(self.unproved, self.visits)


def place_shares(counts: Mapping[tuple[str, PlaceProof], int]) -> tuple[PlaceShare, ...]:
    """Put counts by department and proof together, the largest share without proof first."""
    departments = {department for department, _ in counts}
    made = (
        PlaceShare(
            department=one,
            **{proof.value: counts.get((one, proof), 0) for proof in PlaceProof},
        )
        for one in departments
    )
    return tuple(sorted(made, key=lambda one: (-one.unproved / max(1, one.visits), one.department)))


@frozen(kw_only=True)
class PartyScan:
    """企业核对 (PartyScan): the firm scanned the visit's code and saw who stands before it.

    Source: 深府规〔2025〕6号; proposal 6.4.2.5.3.9.1.7.
    """

    by: str
    at: datetime


MATERIAL_SOURCES: Final[Mapping[str, str]] = {
    "self_report": "企业自查自报", "approval": "审批办件",
}  # fmt: skip


@frozen(kw_only=True)
class MaterialUse:
    """非现场材料 (MaterialUse): material the firm or an approval file already holds.

    ``source`` is one of ``MATERIAL_SOURCES``. Source: proposal 6.4.2.5.2.3.6.
    """

    item: str
    material: str
    source: str
    by: str
    at: datetime


@frozen(kw_only=True)
class Signed:
    """被检查人签名 (Signed): the inspected person's signature, a file, and opinion."""

    signer: str = field(repr=False, metadata=said("签名人", example="李示例"))
    image: str = file("签名图片", required=True, hint="照片或扫描件")
    strokes: str = field(
        default="", repr=False,
        metadata=said("笔迹，各点的横纵坐标和落笔后的毫秒数", example="12,40,0 13,42,16"),
    )  # fmt: skip
    opinion: str = field(default="", metadata=said("被检查人意见", example="无异议", long=True))


@frozen(kw_only=True)
class SignatureRefused:
    """拒绝签名 (SignatureRefused): why, and who or what (``recording``, a file) witnesses it.

    Source: 食品生产经营监督检查管理办法 第34条 (note the reason; a witness or a recording).
    """

    reason: str = field(metadata=said("拒绝签名的理由", example="对检查结果有异议", long=True))
    witness: str = field(default="", repr=False, metadata=said("见证人"))
    recording: str = file("音像记录")


PartySignature = Signed | SignatureRefused
tagged_union(PartySignature, converter)


@frozen(kw_only=True)
class SignatureSheet:
    """检查签字 (SignatureSheet): the inspected party's side and the record keeper's.

    ``image`` is the record keeper's signature, a file, and ``strokes`` how it was written.
    Source: proposal 6.4.2.5.3.1.7.
    """

    party: PartySignature
    recorder: str
    at: datetime
    note: str = ""
    image: str = ""
    strokes: str = field(default="", repr=False)


_MOST_STROKES: Final = 60_000
_POINT: Final = r"[0-9]{1,5},[0-9]{1,5},[0-9]{1,7}"
_STROKES: Final = re.compile(rf"(?:{_POINT}(?: {_POINT})*(?:;|$))+")


def strokes_violations(strokes: str, at: str) -> Iterator[Violation]:
    """Give what is wrong with how a signature was written.

    Strokes are parted by ``;``, their points by blanks: across and down in pixels, milliseconds
    since the first touch, which never go back.
    """
    if not strokes:
        return
    if len(strokes) > _MOST_STROKES or not _STROKES.fullmatch(strokes):
        yield Violation("tasks.strokes_unfit", at)
        return
    times = [int(point.rpartition(",")[2]) for point in strokes.replace(";", " ").split()]
    if times != sorted(times):
        yield Violation("tasks.strokes_unfit", at)


def signature_violations(party: PartySignature) -> Iterator[Violation]:
    """Give what is missing in the inspected party's side."""
    if isinstance(party, Signed):
        yield from strokes_violations(party.strokes, "party.strokes")
        if not party.signer.strip() or not party.image.strip():
            yield Violation("tasks.signature_missing", "party")
        return
    if not party.reason.strip():
        yield Violation("tasks.refusal_reason_missing", "party.reason")
    if not party.witness.strip() and not party.recording.strip():
        yield Violation("tasks.refusal_unwitnessed", "party.witness")


class ConfirmationWay(StrEnum):
    """How an officer confirmed what another recorded."""

    ACCOUNT = "account"
    PIN = "pin"


@frozen(kw_only=True)
class RecordConfirmation:
    """检查记录确认 (RecordConfirmation): an officer beside the record keeper stands to the record.

    ``way`` says whether under the own account, or by a PIN on the record keeper's phone.
    """

    by: str
    at: datetime
    way: ConfirmationWay


@frozen(kw_only=True)
class Reopening:
    """退回检查记录 (Reopening): why the head gave a signed record back, and how it was signed.

    Source: design §14.
    """

    reason: str
    by: str
    at: datetime
    signatures: SignatureSheet | None = None


@frozen(kw_only=True)
class RepeatedPicture:
    """重复照片 (RepeatedPicture): a picture of this visit that hangs on another one as well.

    ``file`` is that of this visit, ``number`` the other visit's; ``by`` is the account that sent
    it. Source: design §14.
    """

    file: str
    visit: str
    number: str
    by: str
    at: datetime


class WaiverGround(StrEnum):
    """Why a firm is lawfully not visited."""

    CLOSED = "closed"
    GONE = "gone"
    DEREGISTERED = "deregistered"
    FORCE_MAJEURE = "force_majeure"
    SUSPENDED = "suspended"


@frozen(kw_only=True)
class NotVisited:
    """无法检查 (NotVisited): on which ground a firm cannot be visited, and what shows it.

    ``by`` and ``confirmed_by`` are two officers of the visit, ``evidence`` are files that show the
    place; the head decides. Source: design §14.
    """

    ground: WaiverGround
    note: str
    evidence: tuple[str, ...]
    by: str
    at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    accepted: bool | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""

    @property
    def confirmed(self) -> bool:
        """Tell whether a second officer stands to it."""
        return self.confirmed_at is not None


class ReplacementCause(StrEnum):
    """Why an officer is replaced."""

    ABSENCE = "absence"
    RECUSAL = "recusal"
    OTHER = "other"


REPLACED_FOR: Final[Mapping[str, str]] = {
    ReplacementCause.ABSENCE.value: "因故不能检查", ReplacementCause.RECUSAL.value: "回避",
}  # fmt: skip
"""For what the head lets an officer leave a visit; older replacements have other causes too."""


@frozen(kw_only=True)
class Replacement:
    """人员替换 (Replacement): who takes over from whom, and why. Proposal 6.4.2.5.2.3.3.

    ``beyond`` tells that nobody of the list from which officers were drawn was left.
    """

    old: str
    new: Inspector
    cause: ReplacementCause
    reason: str
    by: str
    at: datetime
    beyond: bool = False


@frozen(kw_only=True)
class OfficersAdjusted:
    """检查人员增减 (OfficersAdjusted): whom the lead sends as well, or no longer, and why.

    Source: proposal 3021-3023.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reason: str
    by: str
    at: datetime


class ExtensionState(StrEnum):
    """Whether the lead has decided on an extension."""

    ASKED = "asked"
    GRANTED = "granted"
    REJECTED = "rejected"


@frozen(kw_only=True)
class Extension:
    """延期申请 (Extension): more calendar days for one visit, decided by the lead.

    Source: proposal 6.4.2.5.2.3.4, 6.4.2.5.2.10.
    """

    id: str
    by: str
    department: str
    reason: str
    days: int
    asked_at: datetime
    old_due: date
    new_due: date
    state: ExtensionState = ExtensionState.ASKED
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""
