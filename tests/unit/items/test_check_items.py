from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from supervision_core.items.messages import MESSAGES
from supervision_core.items.model import (
    CheckItem,
    CheckItemIncomplete,
    CheckItemLocked,
    DocumentTemplate,
    DocumentTemplateLocked,
    ItemState,
    LawInvalid,
    TemplateState,
)
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.testing.items import (
    full_check_content,
    full_check_item,
    full_document_template,
    full_law,
    full_standard_material,
)

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def _codes(error: Refused) -> set[str]:
    return {reason.code for reason in error.reasons}


def _draft() -> CheckItem:
    return CheckItem(id="item-9", code="X", region="450000", content=full_check_content())


def test_every_aggregate_survives_plain() -> None:
    """A fully filled example comes back field by field."""
    for one in (full_check_item(), full_law(), full_document_template(), full_standard_material()):
        assert to_plain(from_plain(type(one), to_plain(one))) == to_plain(one)


@pytest.mark.function("F045", surface="library")
def test_an_item_without_basis_content_or_department_is_never_enabled() -> None:
    """Enabling names every gap at once; without a legal basis there is no check."""
    item = _draft()
    item.revise(evolve(full_check_content(), basis=(), content=" ", department="", matter=""))
    with pytest.raises(CheckItemIncomplete) as refused:
        item.enable(at=NOON)
    assert _codes(refused.value) == {
        "items.basis_missing",
        "items.content_missing",
        "items.department_missing",
        "items.matter_missing",
    }
    assert item.state is ItemState.DRAFT


def test_a_basis_without_article_does_not_count() -> None:
    """A law without an article number is no basis."""
    item = _draft()
    article = evolve(full_check_content().basis[0], article=" ")
    item.revise(evolve(full_check_content(), basis=(article,)))
    with pytest.raises(CheckItemIncomplete) as refused:
        item.enable(at=NOON)
    assert _codes(refused.value) == {"items.basis_incomplete"}


@pytest.mark.function("F045", surface="library")
def test_an_item_is_enabled_disabled_with_reason_and_enabled_again() -> None:
    """Disabling needs a reason; each change is an event."""
    item = _draft()
    item.enable(at=NOON)
    with pytest.raises(CheckItemLocked) as twice:
        item.enable(at=NOON)
    assert _codes(twice.value) == {"items.already_enabled"}
    with pytest.raises(CheckItemLocked) as silent:
        item.disable(" ", at=NOON)
    assert _codes(silent.value) == {"items.reason_missing"}
    item.disable("法律修改", at=NOON)
    with pytest.raises(CheckItemLocked) as again:
        item.disable("", at=NOON)
    assert _codes(again.value) == {"items.not_enabled", "items.reason_missing"}
    item.enable(at=NOON)
    assert [type(event).__name__ for event in item.take_events()] == [
        "CheckItemEnabled",
        "CheckItemDisabled",
        "CheckItemEnabled",
    ]


def test_an_item_in_use_cannot_be_made_incomplete() -> None:
    """Revising an enabled item refuses gaps and counts revisions only for real changes."""
    item = _draft()
    item.enable(at=NOON)
    with pytest.raises(CheckItemIncomplete):
        item.revise(evolve(full_check_content(), basis=()))
    item.revise(full_check_content())
    assert item.revision == 1
    item.tag(frozenset({"tag-7"}))
    assert (item.revision, item.content.tags) == (2, frozenset({"tag-7"}))


def test_a_law_is_cited_by_article_and_version_while_it_binds() -> None:
    """The day of repeal is the first on which a law no longer binds."""
    law = full_law()
    assert law.cite("第十八条").version == date(2008, 10, 9)
    assert law.in_force(date(2008, 10, 9))
    assert law.in_force(date(2029, 12, 31))
    assert not law.in_force(date(2030, 1, 1))
    assert not law.in_force(date(2008, 10, 8))
    with pytest.raises(LawInvalid) as unknown:
        law.cite("第九十九条")
    assert _codes(unknown.value) == {"items.article_unknown"}
    with pytest.raises(LawInvalid) as early:
        law.repeal(date(2008, 10, 9))
    assert _codes(early.value) == {"items.law_ends_before_begin"}
    with pytest.raises(LawInvalid) as empty:
        law.put_article("第一条", " ")
    assert _codes(empty.value) == {"items.article_empty"}
    law.put_article("第一条", "正文")
    assert [number for number, _ in law.articles] == ["第十八条", "第一条"]


@pytest.mark.function("F048", surface="library")
def test_a_template_is_used_only_after_review() -> None:
    """A new file puts the template back to draft; only a draft is approved."""
    template: DocumentTemplate = full_document_template()
    with pytest.raises(DocumentTemplateLocked) as refused:
        template.approve()
    assert _codes(refused.value) == {"items.template_not_draft"}
    template.replace_file("new.docx")
    assert (template.state, template.file) == (TemplateState.DRAFT, "new.docx")
    template.approve()
    assert template.state is TemplateState.APPROVED


@pytest.mark.function("F049", surface="library")
def test_a_material_is_related_to_scenes() -> None:
    """The scenes of a material are set as a whole."""
    material = full_standard_material()
    material.relate(frozenset({"scene-2", "scene-3"}))
    assert material.scenes == {"scene-2", "scene-3"}


def test_every_text_has_a_remedy() -> None:
    """Whoever is refused learns what to do."""
    assert all(one.remedy for one in MESSAGES.values())
