"""What people do in a demo: officers on the spot, firms that put things right.

Everything follows from the seed and what it is about, so a run that is continued finds the same
people doing the same.
"""

import hashlib
from collections.abc import Sequence

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

_OF = 10_000
_CLOSED_BELOW, _UNREACHABLE_BELOW = 80, 160
_NOT_APPLICABLE_FROM = 8_800
_UNSIGNED_BELOW = _UNSCANNED_BELOW = 200
_UNMENDED_BELOW = 1_000
"""Of 10,000 each."""

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
    """The people of one run."""

    seed: int

    def _of_ten_thousand(self, *about: str) -> int:
        text = "\x1f".join((str(self.seed), *about))
        return int.from_bytes(hashlib.new("sm3", text.encode()).digest()[:4]) % _OF

    def visit(self, number: str, grade: int, items: Sequence[VisitItem]) -> PlayedVisit:
        """Play one visit. Worse grades fail more; a few firms are closed or not to be found."""
        fate = self._of_ten_thousand(number, "fate")
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
            note="对不合格项责令限期改正",
        )

    def _answer(self, number: str, grade: int, item: VisitItem) -> ItemAnswer:
        luck = self._of_ten_thousand(number, item.id)
        if luck < _FAILS[grade]:
            note = _NOTES[luck % len(_NOTES)]
            return ItemAnswer(item=item.id, outcome=ItemOutcome.FAILED, note=note)
        if not item.key and luck >= _NOT_APPLICABLE_FROM:
            return ItemAnswer(
                item=item.id, outcome=ItemOutcome.NOT_APPLICABLE, note="该单位不涉及此项"
            )
        return ItemAnswer(item=item.id, outcome=ItemOutcome.PASSED)

    def signature(self, number: str, person: str) -> PartySignature:
        """Let the inspected party sign; two in a hundred refuse."""
        if self._of_ten_thousand(number, "sign") < _UNSIGNED_BELOW:
            return SignatureRefused(
                reason="当事人不认可检查结论，拒绝签名", recording=f"{number}.mp4"
            )
        return Signed(signer=person or "现场负责人", image=f"{number}.png", opinion="情况属实")

    def scan(self, number: str, code: str) -> tuple[str, str]:
        """Give the scanned code, or in one of fifty cases why there is none."""
        if self._of_ten_thousand(number, "scan") < _UNSCANNED_BELOW:
            return "", "现场网络中断，离场前补扫"
        return f"桂通码:{code}", ""

    def recheck(self, number: str, term: int) -> RecheckResult:
        """Find things put right nine times in ten at the first look, always at the second."""
        if term == 1 and self._of_ten_thousand(number, "recheck") < _UNMENDED_BELOW:
            return RecheckResult.ORDERED_AGAIN
        return RecheckResult.NO_PROBLEM
