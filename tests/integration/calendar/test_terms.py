"""Legal terms worked out by hand over 清明, 三月三, 五一, 国庆 and the days worked for them."""

from datetime import UTC, date, datetime

import pytest

from adapters.calendar import ChineseCalendars
from supervision_core.clues.model import MORE_WORKING_DAYS, TERM_WORKING_DAYS, ClueKind
from supervision_core.tasks.model.publication import PUBLISH_WITHIN_WORKING_DAYS
from supervision_core.tasks.model.transfer import Transfer, TransferState, TransferStep
from supervision_core.tasks.services.tasks import CLAIM_WITHIN_WORKING_DAYS
from supervision_core.testing.tasks import transfer

CALENDAR = ChineseCalendars().working_calendar()
COMPLAINT, REPORT = TERM_WORKING_DAYS[ClueKind.COMPLAINT], TERM_WORKING_DAYS[ClueKind.REPORT]
PUT_RIGHT = 10


@pytest.mark.parametrize(
    ("begins", "days", "ends"),
    [
        # 3 | 7 (a worked Sunday) 8 9 10 | 15-19 | 22-26 | 28 (a worked Sunday) 29 30 | May 6 7
        pytest.param(date(2024, 4, 2), PUBLISH_WITHIN_WORKING_DAYS, date(2024, 5, 7), id="公示"),
        # 8 9 10 | 15 16 17 18; registered on a worked Sunday
        pytest.param(date(2024, 4, 7), COMPLAINT, date(2024, 4, 18), id="投诉"),
        # April 1 2 3 | 7 8 9 10 | 15-19 | 22 23 24
        pytest.param(date(2024, 3, 29), REPORT, date(2024, 4, 24), id="举报"),
        # 25 26 | 28 29 30 | May 6-10 11 (a worked Saturday) | 13-16
        pytest.param(date(2024, 4, 24), MORE_WORKING_DAYS, date(2024, 5, 16), id="举报延长"),
        # 三月三 is 11 and 12: 15 16 17
        pytest.param(date(2024, 4, 10), CLAIM_WITHIN_WORKING_DAYS, date(2024, 4, 17), id="认领"),
        # on 三月三 itself: the same
        pytest.param(date(2024, 4, 12), CLAIM_WITHIN_WORKING_DAYS, date(2024, 4, 17), id="节日中"),
        # 7 8 9 10 | 15-19 | 22
        pytest.param(date(2024, 4, 3), PUT_RIGHT, date(2024, 4, 22), id="整改"),
        # 29 (a worked Sunday) 30 | October 8
        pytest.param(date(2024, 9, 27), CLAIM_WITHIN_WORKING_DAYS, date(2024, 10, 8), id="国庆"),
        # 14 15 16 are off for 三月三, Sunday 18 is worked for it: 18 19 20
        pytest.param(date(2021, 4, 13), CLAIM_WITHIN_WORKING_DAYS, date(2021, 4, 20), id="2021年"),
        # Friday 21 is off for 三月三, and Sunday 23, which the nation works: 24 25 26
        pytest.param(date(2023, 4, 20), CLAIM_WITHIN_WORKING_DAYS, date(2023, 4, 26), id="2023年"),
    ],
)
def test_a_term_ends_where_counting_by_hand_ends(begins: date, days: int, ends: date) -> None:
    """The day on which it begins does not count; the last one does, whichever way it is counted."""
    assert CALENDAR.add_working_days(begins, days) == ends
    assert CALENDAR.working_days_between(begins, ends) == days
    assert CALENDAR.is_working(ends)


def test_terms_of_a_transfer_run_by_the_clock() -> None:
    """移送涉嫌犯罪: three days and 24 hours, also over 三月三 and the weekend after it."""
    reported = datetime(2024, 4, 10, 1, tzinfo=UTC)
    made = Transfer.report(id="t", sheet=transfer("t").sheet, by="u-1", at=reported)
    assert made.due_at == datetime(2024, 4, 13, 1, tzinfo=UTC)
    decided = datetime(2024, 4, 12, 8, tzinfo=UTC)
    made.step(TransferStep(state=TransferState.APPROVED, by="u-2", at=decided))
    assert made.due_at == datetime(2024, 4, 13, 8, tzinfo=UTC)
