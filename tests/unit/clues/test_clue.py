from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from supervision_core.clues.model import (
    VERBS as VERBS_OF_CLUE,
)
from supervision_core.clues.model import (
    Clue,
    ClueAnswer,
    ClueAnswered,
    ClueChannel,
    ClueConcluded,
    ClueHandedOn,
    ClueKind,
    ClueRefused,
    ClueRegistered,
    ClueState,
    Complainant,
    Disposal,
    Triage,
    Verdict,
)
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.testing.clues import MOMENT, clue, clue_sheet

DUE = date(2026, 3, 23)


def codes(refusal: pytest.ExceptionInfo[ClueRefused]) -> list[str]:
    """Give the codes of every reason."""
    return [violation.code for violation in refusal.value.violations]


def registered() -> Clue:
    """Give a clue just taken in."""
    return Clue.register(
        id="clue-1",
        sheet=clue_sheet(),
        due_on=DUE,
        complainant=Complainant(name="张三", phone="19900000001"),
        at=MOMENT,
    )


def answer(department: str = "dept-farm", text: str = "已处理") -> ClueAnswer:
    """Give an answer."""
    return ClueAnswer(department=department, text=text, by="u-2", at=MOMENT)


def triage(verdict: Verdict = Verdict.HANDLE, reason: str = "属实") -> Triage:
    """Give a triage."""
    return Triage(verdict=verdict, reason=reason, by="u-1", at=MOMENT)


def principal() -> Clue:
    """Give another clue of the same matter."""
    return Clue.register(id="clue-2", sheet=clue_sheet(title="牛奶发酸"), due_on=DUE, at=MOMENT)


VERBS: dict[str, Callable[[Clue], None]] = {
    "inspect": lambda made: made.inspect(to="dept-farm", reason="属实", by="u-1", at=MOMENT),
    "ignore": lambda made: made.ignore(reason="不属于监管职责", by="u-1", at=MOMENT),
    "copy_to": lambda made: made.copy_to(("dept-fire",)),
    "triage": lambda made: made.triage(triage()),
    "distribute": lambda made: made.distribute(to="dept-farm", by="u-1", at=MOMENT),
    "forward": lambda made: made.forward(to="dept-market", reason="职责", by="u-1", at=MOMENT),
    "sign_for": lambda made: made.sign_for(department=made.holder),
    "answer": lambda made: made.answer(answer(made.holder)),
    "send_back": lambda made: made.send_back(reason="不清"),
    "conclude": lambda made: made.conclude(text="属实已处理", at=MOMENT),
    "join": lambda made: made.join(principal(), at=MOMENT),
    "extend": lambda made: made.extend(new_due=DUE + timedelta(days=21), reason="复杂"),
    "link_task": lambda made: made.link_task("task-1"),
}
PATH = ("distribute", "sign_for", "answer", "conclude")


def in_state(state: ClueState) -> Clue:
    """Give a clue brought to ``state`` by its verbs."""
    made = registered()
    for verb in PATH[: list(ClueState).index(state)]:
        VERBS[verb](made)
    return made


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ClueState)
def test_no_verb_starts_from_a_forbidden_state(state: ClueState, verb: str) -> None:
    """Each verb refuses every state it may not start from, by that state's code, unchanged."""
    made = in_state(state)
    assert made.state is state
    before, refused = to_plain(made), []
    try:
        VERBS[verb](made)
    except ClueRefused as refusal:
        refused = [violation.code for violation in refusal.violations]
        assert to_plain(made) == before
    assert refused == ([] if state in VERBS_OF_CLUE[verb].starts else [f"clues.clue_is_{state}"])
    assert set(VERBS_OF_CLUE.by_name) == set(VERBS)


def test_a_clue_says_what_and_where() -> None:
    """Empty words and a term already past are all told."""
    with pytest.raises(ClueRefused) as refusal:
        Clue.register(
            id="clue-1",
            sheet=clue_sheet(title="", content=" ", region="", registered_by=""),
            due_on=date(2026, 3, 1),
            at=MOMENT,
        )
    assert [(each.code, each.at) for each in refusal.value.violations] == [
        ("clues.field_empty", "title"),
        ("clues.field_empty", "content"),
        ("clues.field_empty", "region"),
        ("clues.field_empty", "registered_by"),
        ("clues.due_day_past", "due_on"),
    ]
    made = Clue.register(id="clue-1", sheet=clue_sheet(), due_on=date(2026, 3, 2), at=MOMENT)
    assert made.take_events() == (
        ClueRegistered(at=MOMENT, clue="clue-1", channel="hotline_12345"),
    )


def test_a_clue_goes_from_hand_to_hand() -> None:
    """Distributed, forwarded with a reason and never to its holder, signed for again."""
    made = in_state(ClueState.SIGNED_FOR)
    with pytest.raises(ClueRefused) as refusal:
        made.forward(to="dept-farm", reason="", by="u-2", at=MOMENT)
    assert codes(refusal) == ["clues.field_empty", "clues.forwarded_to_holder"]
    made.take_events()
    made.forward(to="dept-market", reason="职责", by="u-2", at=MOMENT)
    assert made.take_events() == (
        ClueHandedOn(at=MOMENT, clue="clue-1", department="dept-market", due_on=DUE),
    )
    assert (made.state, made.holder) == (ClueState.DISTRIBUTED, "dept-market")
    assert [(each.giver, each.taker) for each in made.handoffs] == [
        ("dept-office", "dept-farm"),
        ("dept-farm", "dept-market"),
    ]
    with pytest.raises(ClueRefused) as refusal:
        made.sign_for(department="dept-farm")
    assert codes(refusal) == ["clues.not_holder"]
    assert made.departments == {"dept-office", "dept-farm", "dept-market"}


def test_a_distribution_names_its_department() -> None:
    """Nobody is no department."""
    with pytest.raises(ClueRefused) as refusal:
        registered().distribute(to=" ", by="u-1", at=MOMENT)
    assert codes(refusal) == ["clues.field_empty"]


def test_an_answer_is_the_holders_and_has_words() -> None:
    """Strangers and empty answers are refused; the answer is told."""
    made = in_state(ClueState.SIGNED_FOR)
    with pytest.raises(ClueRefused) as refusal:
        made.answer(answer("stranger", " "))
    assert codes(refusal) == ["clues.not_holder", "clues.field_empty"]
    made.answer(answer())
    assert made.take_events()[-1] == ClueAnswered(
        at=MOMENT, clue="clue-1", department="dept-farm", to="dept-office"
    )


@pytest.mark.function("F103")
def test_what_was_handed_to_an_officer_is_his() -> None:
    """转办给人员: nobody else signs for it or answers; it may go on to another."""
    made = in_state(ClueState.SIGNED_FOR)
    made.forward(to="dept-farm", officer="officer-1", reason="专人办理", by="u-2", at=MOMENT)
    assert (made.holder, made.officer, made.giver) == ("dept-farm", "officer-1", "dept-office")
    for other in ("", "officer-2"):
        with pytest.raises(ClueRefused) as refusal:
            made.sign_for(department="dept-farm", officer=other)
        assert codes(refusal) == ["clues.not_its_officer"]
    made.sign_for(department="dept-farm", officer="officer-1")
    with pytest.raises(ClueRefused) as refusal:
        made.answer(answer(), officer="officer-2")
    assert codes(refusal) == ["clues.not_its_officer"]
    made.answer(answer(), officer="officer-1")
    assert made.state is ClueState.ANSWERED


@pytest.mark.function("F103")
def test_an_answer_goes_back_to_whoever_handed_the_clue_on() -> None:
    """反馈 goes to the 转办部门, 2936; the next in turn is whoever handed it to the holder."""
    made = in_state(ClueState.SIGNED_FOR)
    assert made.giver == "dept-office"
    made.forward(to="dept-market", reason="职责", by="u-2", at=MOMENT)
    assert made.giver == "dept-farm"
    made.forward(to="dept-market", officer="officer-1", reason="专人", by="u-3", at=MOMENT)
    assert made.giver == "dept-farm"


def test_clues_of_one_matter_are_joined() -> None:
    """并案: the one ends and names the other; never with itself or an ended one."""
    made, other = registered(), principal()
    made.join(other, at=MOMENT)
    assert (made.state, made.joined_to) == (ClueState.CONCLUDED, "clue-2")
    assert "牛奶发酸" in made.conclusion
    assert other.duplicates == ("clue-1",)
    with pytest.raises(ClueRefused) as refusal:
        other.join(other, at=MOMENT)
    assert codes(refusal) == ["clues.joined_to_itself"]
    with pytest.raises(ClueRefused) as refusal:
        other.join(made, at=MOMENT)
    assert codes(refusal) == ["clues.principal_concluded"]


@pytest.mark.function("F205")
def test_what_shall_be_inspected_is_answered_with_its_task() -> None:
    """研判 发起检查: without the task there is nothing to answer yet."""
    made = in_state(ClueState.SIGNED_FOR)
    made.triage(triage(Verdict.INSPECT))
    with pytest.raises(ClueRefused) as refusal:
        made.answer(answer())
    assert codes(refusal) == ["clues.inspection_missing"]
    with pytest.raises(ClueRefused) as refusal:
        made.link_task("")
    assert codes(refusal) == ["clues.field_empty"]
    made.link_task("task-1")
    made.answer(answer())
    assert (made.state, made.task) == (ClueState.ANSWERED, "task-1")


@pytest.mark.function("F205")
def test_no_action_concludes_at_once_with_its_reason() -> None:
    """标记不处理 ends a clue, for a reason, and its channel is told."""
    made = registered()
    with pytest.raises(ClueRefused) as refusal:
        made.triage(triage(Verdict.NO_ACTION, ""))
    assert codes(refusal) == ["clues.field_empty"]
    made.triage(triage(Verdict.NO_ACTION, "不属实"))
    assert (made.state, made.conclusion) == (ClueState.CONCLUDED, "不属实")
    assert made.take_events()[-1] == ClueConcluded(
        at=MOMENT, clue="clue-1", channel="hotline_12345", reference="DH202603020001"
    )


def test_an_answer_that_is_not_enough_goes_back() -> None:
    """With a reason, and the holder answers again."""
    made = in_state(ClueState.ANSWERED)
    with pytest.raises(ClueRefused) as refusal:
        made.send_back(reason="")
    assert codes(refusal) == ["clues.field_empty"]
    made.send_back(reason="不清")
    made.answer(answer(text="补充说明"))
    assert made.sent_back == ("不清",)
    assert [each.text for each in made.answers] == ["已处理", "补充说明"]
    with pytest.raises(ClueRefused) as refusal:
        made.conclude(text=" ", at=MOMENT)
    assert codes(refusal) == ["clues.field_empty"]


def test_a_term_is_extended_once_and_truly() -> None:
    """A reason and a later day are needed, and a second time is refused."""
    made = in_state(ClueState.SIGNED_FOR)
    with pytest.raises(ClueRefused) as refusal:
        made.extend(new_due=DUE, reason="")
    assert codes(refusal) == ["clues.field_empty", "clues.term_not_longer"]
    made.extend(new_due=date(2026, 4, 13), reason="复杂")
    assert made.due_on == date(2026, 4, 13)
    with pytest.raises(ClueRefused) as refusal:
        made.extend(new_due=date(2026, 5, 13), reason="复杂")
    assert codes(refusal) == ["clues.extended_already"]


def test_a_clue_is_late_until_it_is_answered() -> None:
    """Late from the day after the term, never once answered."""
    made = in_state(ClueState.SIGNED_FOR)
    assert made.overdue_days(DUE) == 0
    assert made.overdue_days(DUE + timedelta(days=3)) == 3
    assert in_state(ClueState.ANSWERED).overdue_days(date(2030, 1, 1)) == 0
    assert in_state(ClueState.CONCLUDED).overdue_days(date(2030, 1, 1)) == 0


def test_a_copy_goes_once_to_each() -> None:
    """抄送 twice is 抄送 once."""
    made = registered()
    made.copy_to(("a", "b", "a"))
    made.copy_to(("b", "c"))
    assert made.copies == ("a", "b", "c")


def test_who_complained_is_printed_nowhere() -> None:
    """Neither the clue nor the complainant shows name or number."""
    printed = repr(clue("clue-1")) + repr(clue("clue-1").complainant)
    assert "张三" not in printed
    assert "19900000001" not in printed


def test_a_clue_survives_as_plain_data() -> None:
    """Every field of a filled clue comes back from plain data."""
    made = clue("clue-1")
    back = from_plain(Clue, to_plain(made))
    assert to_plain(back) == to_plain(made)
    assert (back.sheet, back.complainant, back.handoffs, back.judged) == (
        made.sheet,
        made.complainant,
        made.handoffs,
        made.judged,
    )
    assert made.sheet.kind is ClueKind.REPORT
    assert made.registered_at < datetime(2026, 3, 3, tzinfo=UTC)


class ClueLife(RuleBasedStateMachine):
    """Any verbs in any order: what must hold of a clue holds."""

    def __init__(self) -> None:
        """Begin with a clue just taken in."""
        super().__init__()
        self.clue = registered()

    @rule(verb=st.sampled_from(sorted(VERBS)))
    def act(self, verb: str) -> None:
        """Try a verb; a refusal leaves everything as it was."""
        before = to_plain(self.clue)
        try:
            VERBS[verb](self.clue)
        except ClueRefused:
            assert to_plain(self.clue) == before

    @invariant()
    def holds(self) -> None:
        """Ask for a holder past registration, and for the answer of an answered clue."""
        made = self.clue
        ignored = made.disposal is Disposal.IGNORED
        if not made.joined_to and not ignored:
            assert (made.holder == "") == (made.state is ClueState.REGISTERED)
        if made.state is ClueState.ANSWERED or (
            made.state is ClueState.CONCLUDED and not made.joined_to and not ignored
        ):
            assert made.answers
        assert (made.conclusion != "") == (made.state is ClueState.CONCLUDED)


TestClueLife = ClueLife.TestCase
TestClueLife.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


@given(
    channel=st.sampled_from(ClueChannel), kind=st.sampled_from(ClueKind),
    reporter=st.sampled_from(["", "citizen/1"]),
    verbs=st.lists(st.sampled_from(sorted(VERBS)), max_size=8),
    verdict=st.sampled_from(Verdict),
)  # fmt: skip
def test_what_departments_brought_and_what_nobody_judged_is_public_never(
    channel: ClueChannel, kind: ClueKind, reporter: str, verbs: list[str], verdict: Verdict
) -> None:
    """Whatever its channel says: only what came from an own account, and once it is judged.

    While it is to be inspected, whom it accuses is not warned.
    """
    made = Clue.register(
        id="clue-1", sheet=clue_sheet(channel=channel, kind=kind), due_on=DUE, reporter=reporter,
        at=MOMENT,
    )  # fmt: skip
    acts: dict[str, Callable[[Clue], None]] = {
        **VERBS, "triage": lambda one: one.triage(triage(verdict))
    }  # fmt: skip
    for verb in verbs:
        with suppress(ClueRefused):
            acts[verb](made)
        over = made.state is ClueState.CONCLUDED and not made.joined_to
        inspected = made.disposal is Disposal.INSPECTED
        if made.public:
            assert reporter
            assert made.judged or over
            assert over or not inspected
        if reporter and over:
            assert made.public


def test_what_is_decided_about_a_complaint_is_its_disposal() -> None:
    """待处置, 已发起检查任务, 不处理; 转办和并案的为转办处理, 反映人看不到另一条线索."""
    assert registered().disposal is Disposal.WAITING
    inspected = registered()
    VERBS["inspect"](inspected)
    assert (inspected.disposal, inspected.holder) == (Disposal.INSPECTED, "dept-farm")
    ignored = registered()
    VERBS["ignore"](ignored)
    assert (ignored.disposal, ignored.told) == (Disposal.IGNORED, "不属于监管职责")
    joined = registered()
    VERBS["join"](joined)
    assert joined.disposal is Disposal.HANDLED
    assert "牛奶发酸" in joined.conclusion
    assert "牛奶发酸" not in joined.told
    handed = registered()
    VERBS["distribute"](handed)
    assert handed.disposal is Disposal.HANDLED


@pytest.mark.parametrize("verb", ["inspect", "ignore"])
def test_what_is_decided_has_its_reason(verb: str) -> None:
    """clues.field_empty, at the reason; nothing is decided then."""
    made = registered()
    says = {"to": "dept-farm"} if verb == "inspect" else {}
    with pytest.raises(ClueRefused) as refused:
        getattr(made, verb)(reason=" ", by="u-1", at=MOMENT, **says)
    assert codes(refused) == ["clues.field_empty"]
    assert made.disposal is Disposal.WAITING
