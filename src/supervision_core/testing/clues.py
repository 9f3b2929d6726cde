"""Clues with every field filled, to try repositories with."""

from datetime import UTC, date, datetime

from supervision_core.clues.model import (
    Clue,
    ClueAnswer,
    ClueChannel,
    ClueKind,
    ClueSheet,
    ClueState,
    Complainant,
    Handoff,
    Triage,
    Verdict,
)
from supervision_core.clues.ports import Clues
from supervision_core.testing.units import RepositoryCase

MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def clue_sheet(**changes: object) -> ClueSheet:
    """Give what a report by hotline says."""
    told: dict[str, object] = {
        "title": "牛奶变质",
        "content": "在某超市购买的牛奶有异味",
        "channel": ClueChannel.HOTLINE_12345,
        "kind": ClueKind.REPORT,
        "region": "450100",
        "registered_by": "dept-office",
        "subject": "subject-1",
        "subject_text": "某超市",
        "reference": "DH202603020001",
        "attachments": ("file-1",),
        "service": "袋装牛奶",
        "scene": "scene-1",
        "urgent": True,
    }
    return ClueSheet(**(told | changes))  # type: ignore[arg-type]


def clue(id: str) -> Clue:
    """Give a clue with every field filled."""
    return Clue(
        id=id,
        sheet=clue_sheet(),
        registered_at=MOMENT,
        complainant=Complainant(name="张三", phone="19900000001", confidential=False),
        reporter="citizen/0123456789abcdef01234567",
        due_on=date(2026, 3, 23),
        state=ClueState.SIGNED_FOR,
        copies=("dept-health",),
        triage=Triage(verdict=Verdict.INSPECT, reason="多次举报", by="u-1", at=MOMENT, urgent=True),
        handoffs=(
            Handoff(giver="dept-office", taker="dept-farm", by="u-1", at=MOMENT),
            Handoff(
                giver="dept-farm",
                taker="dept-market",
                by="u-2",
                at=MOMENT,
                reason="职责不符",
                officer="officer-1",
            ),
        ),
        answers=(
            ClueAnswer(
                department="dept-market",
                text="已检查",
                by="u-3",
                at=MOMENT,
                attachments=("file-2",),
            ),
        ),
        sent_back=("说明不清",),
        task="task-1",
        extended_because="情况复杂",
        conclusion="样例",
        joined_to="clue-9",
        duplicates=("clue-8",),
    )


def judged_clue(id: str, **changes: object) -> Clue:
    """Give a clue that is to be followed up by an inspection, as somebody judged it."""
    return Clue(
        id=id,
        sheet=clue_sheet(**changes),
        registered_at=MOMENT,
        due_on=date(2026, 3, 23),
        state=ClueState.DISTRIBUTED,
        triage=Triage(verdict=Verdict.INSPECT, reason="多次举报", by="u-judge", at=MOMENT),
    )


def _change(changed: Clue) -> None:
    """Alter an example."""
    changed.copy_to(("dept-fire",))


CLUES = RepositoryCase(port=Clues, example=clue, change=_change)
