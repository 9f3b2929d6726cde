from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.checklists.messages import MESSAGES
from supervision_core.checklists.model import (
    GRADES,
    Checklist,
    ChecklistContent,
    ChecklistLocked,
    ChecklistNotPublishable,
    ChecklistState,
    Operation,
    grades_without_items,
    preview,
    publication_violations,
)
from supervision_core.items.model import Importance
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.testing.checklists import EDITOR, full_checklist, full_checklist_content


def _codes(error: Refused) -> set[str]:
    return {reason.code for reason in error.reasons}


def _begun(content: ChecklistContent | None = None) -> Checklist:
    return Checklist.create(
        content or full_checklist_content(), id="c", code="C", region="450000", by=EDITOR
    )


def _broken(content: ChecklistContent) -> set[str]:
    return {one.code for one in publication_violations(content)}


def test_a_checklist_survives_plain() -> None:
    """A fully filled example comes back field by field."""
    one = full_checklist()
    assert to_plain(from_plain(Checklist, to_plain(one))) == to_plain(one)


@pytest.mark.function("F054", surface="library")
def test_publishing_makes_versions_that_never_change() -> None:
    """A change after publishing makes a new version; the old one stays as it was."""
    checklist = _begun()
    assert checklist.publish(by=EDITOR) == 1
    first = checklist.published(1).content
    checklist.revise(evolve(first, name="改名"), by=EDITOR)
    assert checklist.published(1).content == full_checklist_content()
    assert checklist.publish(by=EDITOR) == 2
    assert checklist.published(1).content == first
    assert checklist.current.content.name == "改名"
    assert checklist.state is ChecklistState.ENABLED


def test_nothing_changed_is_no_new_version() -> None:
    """Publishing twice without a change is refused."""
    checklist = _begun()
    checklist.publish(by=EDITOR)
    with pytest.raises(ChecklistLocked) as refused:
        checklist.publish(by=EDITOR)
    assert _codes(refused.value) == {"checklists.nothing_changed"}


def test_every_fault_is_told_at_once() -> None:
    """An empty content is refused with every reason."""
    empty = ChecklistContent(name="", trade=" ", lead="", joining=("", "甲", "甲"))
    with pytest.raises(ChecklistNotPublishable) as refused:
        _begun(empty).publish(by=EDITOR)
    assert _codes(refused.value) == {
        "checklists.name_missing",
        "checklists.trade_missing",
        "checklists.lead_missing",
        "checklists.lead_joins_itself",
        "checklists.joining_twice",
        "checklists.items_missing",
    }


def test_faults_of_items_name_their_place() -> None:
    """A reason points at the item and field concerned."""
    content = full_checklist_content()
    item = content.items[1]
    spoilt = evolve(item, code="1.1", content=evolve(item.content, basis=(), department="外单位"))
    found = {
        (one.code, one.at)
        for one in publication_violations(evolve(content, items=(content.items[0], spoilt)))
    }
    assert found == {
        ("checklists.item_code_unfit", "items[1].code"),
        ("items.basis_missing", "items[1].basis"),
        ("checklists.department_foreign", "items[1].content.department"),
    }


@pytest.mark.parametrize(
    ("importance", "grades", "code"),
    [
        (Importance.KEY, frozenset({3, 4}), "checklists.key_item_dropped"),
        (Importance.GENERAL, frozenset(), "checklists.item_without_grade"),
        (Importance.GENERAL, frozenset({1, 3, 4}), "checklists.worse_grade_spared"),
        (Importance.GENERAL, frozenset({1, 2}), "checklists.worse_grade_spared"),
        (Importance.GENERAL, frozenset({5}), "checklists.grade_unknown"),
    ],
)
def test_grades_of_an_item_follow_the_rule(
    importance: Importance, grades: frozenset[int], code: str
) -> None:
    """Key items go to every grade; whoever is worse is never asked less."""
    content = full_checklist_content()
    item = content.items[1]
    other = evolve(item, grades=grades, content=evolve(item.content, importance=importance))
    assert _broken(evolve(content, items=(content.items[0], other))) == {code}


def test_a_sheet_may_be_for_the_worse_grades_alone() -> None:
    """Of which grades nothing is asked, is told and not refused: the sample 2352-2364 is so."""
    content = full_checklist_content()
    worse = evolve(content, items=content.items[1:])
    assert _broken(worse) == set()
    assert grades_without_items(worse) == (1, 2)
    assert grades_without_items(content) == ()


@given(st.sets(st.sampled_from(sorted(GRADES))), st.integers(1, 4))
def test_a_key_item_is_never_dropped(grades: set[int], grade: int) -> None:
    """Whatever is ticked, items_for gives every key item."""
    content = full_checklist_content()
    key = evolve(content.items[0], grades=frozenset(grades))
    assert key in evolve(content, items=(key, content.items[1])).items_for(grade)


@given(st.integers(1, 3))
def test_a_worse_grade_is_asked_no_less(grade: int) -> None:
    """The items of a published checklist only grow with the grade."""
    checklist = _begun()
    checklist.publish(by=EDITOR)
    assert set(checklist.items_for(grade)) <= set(checklist.items_for(grade + 1))


def test_an_old_version_gives_its_own_items() -> None:
    """A task names its version; an unknown version is refused."""
    checklist = full_checklist()
    assert len(checklist.items_for(1, 1)) == 1
    assert len(checklist.items_for(4, 2)) == 2
    for number in (0, 3):
        with pytest.raises(ChecklistLocked) as refused:
            checklist.items_for(1, number)
        assert _codes(refused.value) == {"checklists.version_unknown"}
    with pytest.raises(ChecklistLocked) as never:
        _begun().items_for(1)
    assert _codes(never.value) == {"checklists.never_published"}


@pytest.mark.function("F055", surface="library")
def test_a_pilot_is_copied_with_local_departments() -> None:
    """The copy begins as a draft with its own history, departments replaced, items kept."""
    pilot = _begun()
    pilot.publish(by=EDITOR)
    pilot.revise(evolve(pilot.draft, name="未发布的改动"), by=EDITOR)
    copied = pilot.copy(
        id="d", code="D", region="450100", departments={"农业农村": "南宁农业"}, by=EDITOR
    )
    assert (copied.state, copied.versions) == (ChecklistState.DRAFT, ())
    assert copied.copied_from == pilot.id
    assert copied.draft.name == "乳品行业综合检查单"
    assert copied.draft.joining == ("南宁农业", "卫生健康")
    assert copied.draft.items[0].content.department == "南宁农业"
    assert [change.operation for change in copied.history] == [Operation.COPIED]
    assert copied.publish(by=EDITOR) == 1


@pytest.mark.function("F052", surface="library")
def test_the_history_tells_who_did_what() -> None:
    """Every verb leaves one entry with operation, department, person and time."""
    checklist = _begun()
    checklist.publish(by=EDITOR)
    checklist.make_default(by=EDITOR)
    later = evolve(EDITOR, person="user-2", at=datetime(2026, 4, 1, tzinfo=UTC))
    checklist.disable(by=later)
    checklist.delete(by=later)
    assert [(one.operation.value, one.person) for one in checklist.history] == [
        ("created", "user-1"),
        ("published", "user-1"),
        ("made_default", "user-1"),
        ("disabled", "user-2"),
        ("deleted", "user-2"),
    ]


@pytest.mark.function("F053", surface="library")
def test_an_enabled_checklist_is_not_deleted() -> None:
    """Deleting needs it disabled or never published; its versions stay readable."""
    checklist = _begun()
    checklist.publish(by=EDITOR)
    with pytest.raises(ChecklistLocked) as refused:
        checklist.delete(by=EDITOR)
    assert _codes(refused.value) == {"checklists.checklist_is_enabled"}
    checklist.disable(by=EDITOR)
    checklist.delete(by=EDITOR)
    assert checklist.items_for(4, 1)
    with pytest.raises(ChecklistLocked) as gone:
        checklist.revise(full_checklist_content(), by=EDITOR)
    assert _codes(gone.value) == {"checklists.checklist_is_deleted"}


def test_what_would_change_nothing_is_told() -> None:
    """列为试点 or 取消试点; 发布 and 设为默认 until that is done. checklists.nothing_changed."""

    def changing() -> set[str]:
        verbs = ("publish", "share", "unshare", "make_default")
        return {one for one in verbs if checklist.changes_by(one) and not [*checklist.forbids(one)]}

    checklist = _begun()
    assert changing() == {"publish"}
    checklist.publish(by=EDITOR)
    assert changing() == {"share", "make_default"}
    checklist.share(by=EDITOR)
    checklist.make_default(by=EDITOR)
    assert changing() == {"unshare"}
    with pytest.raises(ChecklistLocked) as nothing:
        checklist.publish(by=EDITOR)
    assert _codes(nothing.value) == {"checklists.nothing_changed"}
    checklist.revise(evolve(checklist.draft, note="改"), by=EDITOR)
    assert changing() == {"publish", "unshare"}


VERBS = (
    "publish", "enable", "disable", "make_default", "make_ordinary", "share", "unshare", "delete",
    "change",
)  # fmt: skip


@given(st.lists(st.sampled_from(VERBS), max_size=12))
def test_no_forbidden_state_is_reachable(verbs: list[str]) -> None:
    """Enabled implies published, default implies enabled, deleted is final, versions only grow."""
    checklist = _begun()
    for number, verb in enumerate(verbs):
        state, versions, history = checklist.state, checklist.versions, checklist.history
        try:
            if verb == "change":
                checklist.revise(evolve(checklist.draft, note=str(number)), by=EDITOR)
            else:
                getattr(checklist, verb)(by=EDITOR)
        except Refused:
            assert (checklist.state, checklist.versions, checklist.history) == (
                state,
                versions,
                history,
            )
        assert checklist.versions[: len(versions)] == versions
        assert checklist.versions or checklist.state in (
            ChecklistState.DRAFT,
            ChecklistState.DELETED,
        )
        assert not checklist.default or checklist.state is ChecklistState.ENABLED
        if state is ChecklistState.DELETED:
            assert checklist.state is ChecklistState.DELETED
            assert checklist.draft == checklist.draft


@pytest.mark.function("F056", surface="library")
@pytest.mark.function("F057", surface="library")
def test_the_preview_groups_items_by_domain_and_matter() -> None:
    """The sheet shows its head, and under each domain its matters and items, with their numbers."""
    content = full_checklist_content()
    key, general = content.items
    said = evolve(content, items=(evolve(key, domain="收购"), evolve(general, domain="销售")))
    sheet = preview(said, number=2)
    assert [one.name for one in sheet.domains] == ["收购", "销售"]
    (line,) = sheet.domains[1].lines
    assert (line.matter, line.sub_item) == ("2.乳制品销售", "2.1进货查验")
    assert (line.methods, line.onsite, line.grades) == (("查看温度记录", "其他"), True, "CD")
    assert line.basis == ("《乳品质量安全监督管理条例》（2008-10-09）第十八条",)
    assert "统一社会信用代码" in sheet.head
    assert [one.name for one in preview(said, grade=1).domains] == ["收购"]


def test_every_text_has_a_remedy() -> None:
    """Whoever is refused learns what to do."""
    assert all(one.remedy for one in MESSAGES.values())
