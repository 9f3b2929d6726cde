"""What people do in a demo: officers on the spot, firms that put things right.

Everything follows from the seed and what it is about, so a run that is continued finds the same
people doing the same.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Sequence

from attrs import frozen

from supervision_core.tasks.model.presence import PartySignature, SignatureRefused, Signed
from supervision_core.tasks.model.rectification import RecheckResult
from supervision_core.tasks.model.results import (
    ItemOutcome,
    Measure,
    Outcome,
    PendingMatter,
    VisitItem,
)
from supervision_core.tasks.services.visits import ItemAnswer

_FAILS = {1: 60, 2: 150, 3: 400, 4: 900}
"""How many of 10,000 items fail, by grade."""

_OF, _HALF = 10_000, 5_000
_CLOSED_BELOW, _UNREACHABLE_BELOW = 80, 160
_NOT_APPLICABLE_FROM = 8_800
_UNSIGNED_BELOW = _UNSCANNED_BELOW = 200
_UNMENDED = {1: 1_000, 2: 3_000}
_LATE_VISITS_BELOW, _LATE_REPORTS_BELOW, _TAKEN_BACK_BELOW = 200, 800, 200
"""Of 10,000 each."""
_IN_TERM, _AFTER_THE_END = (0, 13), (15, 17)
TERMS = {1: 10, 2: 5}
"""Working days that a firm has to put things right, the first time and the second."""

_NOTES = (
    "现场查看未见相应记录",
    "台账登记不完整，缺近三个月内容",
    "标识不清，未按规定张贴",
    "制度未落实到岗位责任人",
    "抽查样本中发现不符合规定的情形",
)


@frozen(kw_only=True)
class PlayedVisit:
    """What comes of one visit: answers by item, and the result as a whole."""

    answers: tuple[ItemAnswer, ...]
    outcomes: frozenset[Outcome]
    pending: frozenset[PendingMatter] = frozenset()
    measures: frozenset[Measure] = frozenset()
    note: str = ""


@frozen
class Field:
    """The people of one run; with ``trouble`` so many times as much goes wrong, at most half."""

    seed: int
    trouble: int = 1

    def luck(self, *about: str) -> int:
        """Give a number below 10,000 that follows from what it is about."""
        text = "\x1f".join((str(self.seed), *about))
        return int.from_bytes(hashlib.new("sm3", text.encode()).digest()[:4]) % _OF

    def visit(self, number: str, grade: int, items: Sequence[VisitItem]) -> PlayedVisit:
        """Play one visit. Worse grades fail more; a few firms are closed or not to be found."""
        fate = self.luck(number, "fate")
        if fate < _CLOSED_BELOW:
            return PlayedVisit(
                answers=(),
                outcomes=frozenset({Outcome.CLOSED_DOWN}),
                note="现场已停止经营，正在组织清算",
            )
        if fate < _UNREACHABLE_BELOW:
            return PlayedVisit(
                answers=(),
                outcomes=frozenset({Outcome.PENDING}),
                pending=frozenset({PendingMatter.UNREACHABLE}),
                note="通过登记的住所（经营场所）无法联系",
            )
        answers = tuple(self._answer(number, grade, item) for item in items)
        if not any(answer.outcome is ItemOutcome.FAILED for answer in answers):
            return PlayedVisit(answers=answers, outcomes=frozenset({Outcome.NO_PROBLEM}))
        return PlayedVisit(
            answers=answers,
            outcomes=frozenset({Outcome.PENDING}),
            pending=frozenset({PendingMatter.OTHER_BREACH}),
            measures=frozenset({Measure.CORRECT_IN_TERM}),
            note="对发现的问题责令限期改正",
        )

    def _answer(self, number: str, grade: int, item: VisitItem) -> ItemAnswer:
        luck = self.luck(number, item.id)
        if luck < min(_FAILS[grade] * self.trouble, _HALF):
            note = _NOTES[luck % len(_NOTES)]
            return ItemAnswer(item=item.id, outcome=ItemOutcome.FAILED, note=note)
        if not item.key and luck >= _NOT_APPLICABLE_FROM:
            return ItemAnswer(
                item=item.id, outcome=ItemOutcome.NOT_APPLICABLE, note="该单位不涉及此项"
            )
        return ItemAnswer(item=item.id, outcome=ItemOutcome.PASSED)

    def signature(self, number: str, person: str, send: Callable[[bytes], str]) -> PartySignature:
        """Let the inspected party sign, a picture to ``send``; two in a hundred refuse."""
        if self.luck(number, "sign") < _UNSIGNED_BELOW:
            return SignatureRefused(reason="当事人不认可检查结论，拒绝签名", witness="社区网格员")
        image = send(self._drawn(number))
        return Signed(signer=person or "现场负责人", image=image, opinion="情况属实")

    def _drawn(self, number: str) -> bytes:
        """Draw a stroke on white, another for each visit (PNG, 8 bits of grey)."""
        wide, high = 160, 60
        seed = self.luck(number, "stroke")
        rows = [bytearray(b"\xff" * wide) for _ in range(high)]
        for across in range(10, wide - 10):
            down = (seed % 40 + across * (seed % 7 + 1) // 3) % (high - 4)
            for thick in range(3):
                rows[down + thick][across] = 0
        packed = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
        head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in parts
        )

    def unscanned(self, number: str) -> str:
        """Give in one of fifty cases why a code is not scanned, empty where it is."""
        below = self.luck(number, "scan") < _UNSCANNED_BELOW
        return "现场网络中断，离场前补扫" if below else ""

    def recheck(self, number: str, term: int) -> RecheckResult:
        """Find things put right nine times in ten; what is not the second time is handed over."""
        mended = self.luck(number, "recheck", str(term)) >= min(
            _UNMENDED[term] * self.trouble, _HALF
        )
        unmended = RecheckResult.ORDERED_AGAIN if term == 1 else RecheckResult.TRANSFER
        return RecheckResult.NO_PROBLEM if mended else unmended

    def visit_after(self, number: str) -> tuple[int, int]:
        """Give the weekdays after the first on which a visit takes place, and its hour.

        Three weeks; two in a hundred come after the task's last day.
        """
        late = self.luck(number, "late") < _LATE_VISITS_BELOW
        days = self._among(*(_AFTER_THE_END if late else _IN_TERM), number, "day")
        return days, self._among(9, 15, number, "hour")

    def mends_after(self, number: str, term: int) -> int:
        """Give the weekdays after the order until a firm reports; one in twelve lets it pass."""
        late = self.luck(number, "mend", str(term)) < _LATE_REPORTS_BELOW
        most = TERMS[term]
        return self._among(most + 1, most + 4, number) if late else self._among(2, most - 2, number)

    def shown_after(self, number: str) -> int:
        """Give the weekdays after a visit until its result is shown."""
        return self._among(2, 14, number, "show")

    def taken_back(self, number: str) -> bool:
        """Tell whether a result was shown that has to be taken back."""
        return self.luck(number, "back") < _TAKEN_BACK_BELOW

    def _among(self, least: int, most: int, *about: str) -> int:
        return least + self.luck(*about) % (most - least + 1)
