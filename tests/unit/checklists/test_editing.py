"""The parts of a checklist, changed one by one, and in what versions differ."""

from collections.abc import Callable

import pytest
from attrs import evolve

from supervision_core.checklists.lists import CHECKLISTS, words_of_changes
from supervision_core.checklists.model import (
    Checklist,
    ChecklistItem,
    ChecklistItemsUnfit,
    Operation,
    changes_between,
)
from supervision_core.kernel.errors import Refused
from supervision_core.testing.checklists import EDITOR, full_checklist_content
from supervision_core.testing.items import full_check_content


def _begun() -> Checklist:
    return Checklist.create(full_checklist_content(), id="c", code="C", region="450000", by=EDITOR)


def _codes(one: Checklist) -> list[str]:
    return [each.code for each in one.draft.items]


def _refused(verb: Callable[[], None]) -> set[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        verb()
    return {(one.code, one.at) for one in refused.value.reasons}


def test_chosen_items_stand_behind_those_of_their_matter() -> None:
    """Each gets the next free code of its matter, a new matter the next number; none twice."""
    checklist = _begun()
    like = full_check_content()
    chosen = {"a": evolve(like, sub_item="又一项"), "b": evolve(like, matter="运输")}
    checklist.add_items(chosen, by=EDITOR)
    assert _codes(checklist) == ["1.1", "1.2", "2.1", "3.1"]
    assert checklist.draft.items[1].origin == "a"
    assert checklist.history[-1].operation is Operation.ITEMS_CHOSEN
    assert checklist.history[-1].items == ("1.2", "3.1")
    assert _refused(lambda: checklist.add_items({"a": like}, by=EDITOR)) == {
        ("checklists.item_chosen_twice", "check_items[0]")
    }


def test_an_item_is_written_and_keeps_its_place() -> None:
    """A changed one stays where it stood; a new one without code gets the next; codes differ."""
    checklist = _begun()
    first, second = checklist.draft.items
    said = evolve(first.content, method="抽样检测")
    checklist.write_item(evolve(first, content=said), item="1.1", by=EDITOR)
    assert checklist.draft.items[0].content.method == "抽样检测"
    assert checklist.history[-1].fields == ("method",)
    checklist.write_item(ChecklistItem(code="", content=second.content), by=EDITOR)
    assert _codes(checklist) == ["1.1", "2.1", "2.2"]
    taken = evolve(first, code="2.1")
    assert _refused(lambda: checklist.write_item(taken, item="1.1", by=EDITOR)) == {
        ("checklists.item_code_unfit", "line.code")
    }
    assert _refused(lambda: checklist.write_item(first, item="9.9", by=EDITOR)) == {
        ("checklists.item_unknown", "items[0]"), ("checklists.item_code_unfit", "line.code")
    }  # fmt: skip


def test_items_are_ordered_with_their_domains_and_matters_together() -> None:
    """Each domain, and matter in it, stands where its first item does; all are to be named."""
    checklist = _begun()
    checklist.add_items({"a": full_check_content()}, by=EDITOR)
    checklist.arrange_items(["2.1", "1.2", "1.1"], by=EDITOR)
    assert _codes(checklist) == ["2.1", "1.2", "1.1"]
    checklist.group_items(["1.1"], domain="收购", by=EDITOR)
    assert [one.domain for one in checklist.draft.items] == ["", "", "收购"]
    checklist.arrange_items(["1.2", "1.1", "2.1"], by=EDITOR)
    assert _codes(checklist) == ["1.2", "2.1", "1.1"]
    assert _refused(lambda: checklist.arrange_items(["1.1"], by=EDITOR)) == {
        ("checklists.order_unfit", "items")
    }
    checklist.remove_items(["2.1"], by=EDITOR)
    assert _codes(checklist) == ["1.2", "1.1"]
    assert _refused(lambda: checklist.group_items(["2.1"], domain="", by=EDITOR)) == {
        ("checklists.item_unknown", "items[0]")
    }


def test_what_versions_changed_is_said_in_words() -> None:
    """Head, new, removed and changed items, order; the history and each version say it."""
    checklist = _begun()
    checklist.publish(by=EDITOR)
    before = checklist.draft
    checklist.describe(evolve(checklist.head, name="乳品检查单"), by=EDITOR)
    checklist.add_items({"a": full_check_content()}, by=EDITOR)
    checklist.remove_items(["2.1"], by=EDITOR)
    first = checklist.draft.items[0]
    said = evolve(first.content, frequency="每年2次")
    checklist.write_item(evolve(first, content=said, domain="收购"), item="1.1", by=EDITOR)
    words = "修改检查单名称；新增检查项1.2；删除检查项2.1；修改检查项1.1（检查领域、检查频度）"
    assert words_of_changes(changes_between(before, checklist.draft)) == words
    checklist.arrange_items(["1.2", "1.1"], by=EDITOR)
    checklist.publish(by=EDITOR)
    view = CHECKLISTS.viewed(checklist)
    assert [one.changes for one in view.versions] == ["", words]
    assert [one.note for one in view.history][-2:] == ["", "第2版"]
    assert view.history[4].note == "2.1"
    moved = evolve(checklist.draft, items=checklist.draft.items[::-1])
    assert words_of_changes(changes_between(checklist.draft, moved)) == "调整检查项顺序"


def test_nothing_changed_is_nothing_noted() -> None:
    """The history grows by what was changed alone."""
    checklist = _begun()
    checklist.describe(checklist.head, by=EDITOR)
    checklist.arrange_items(_codes(checklist), by=EDITOR)
    assert len(checklist.history) == 1


def test_a_pilot_is_offered_while_it_is_enabled() -> None:
    """What is a pilot's is shown to others while it is enabled; a copy leaves its files behind."""
    checklist = _begun()
    assert _refused(lambda: checklist.share(by=EDITOR)) == {("checklists.checklist_is_draft", "")}
    checklist.publish(by=EDITOR)
    checklist.share(by=EDITOR)
    assert checklist.offered
    checklist.disable(by=EDITOR)
    assert not checklist.offered
    checklist.unshare(by=EDITOR)
    assert not checklist.pilot
    copied = checklist.copy(id="d", code="D", region="450100", departments={}, by=EDITOR)
    assert copied.draft == evolve(checklist.draft, attachments=())


def test_items_of_no_list_are_no_members() -> None:
    """An item that is named twice in an order is refused as one that is left out."""
    checklist = _begun()
    with pytest.raises(ChecklistItemsUnfit):
        checklist.arrange_items(["1.1", "1.1"], by=EDITOR)
