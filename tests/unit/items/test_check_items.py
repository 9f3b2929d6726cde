from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from supervision_core.items.messages import MESSAGES
from supervision_core.items.model import (
    CheckItem,
    CheckItemIncomplete,
    CheckItemLocked,
    DocumentKind,
    DocumentTemplate,
    DocumentTemplateLocked,
    ItemState,
    Law,
    LawArticle,
    LawInvalid,
    LawLocked,
    MaterialFile,
    MaterialInvalid,
    Provision,
    TemplateInvalid,
    TemplateState,
    changed_fields,
    cited,
    place_of,
    split_provisions,
    template_faults,
    titles_of,
)
from supervision_core.kernel.errors import NotFound, Refused, Violation
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
    gaps = evolve(full_check_content(), basis=(), content=" ", department="", matter="")
    item.revise(gaps, at=NOON)
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
    item.revise(evolve(full_check_content(), basis=(article,)), at=NOON)
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
        item.revise(evolve(full_check_content(), basis=()), at=NOON)
    item.revise(full_check_content(), at=NOON)
    assert item.revision == 1
    item.tag(frozenset({"tag-7"}), at=NOON)
    assert (item.revision, item.content.tags) == (2, frozenset({"tag-7"}))


@pytest.mark.function("F045", surface="library")
def test_every_revision_is_kept_and_compared() -> None:
    """An older content stays as it was, with who changed it and when; differences are named."""
    item = _draft()
    before = item.content
    item.revise(evolve(before, method="询问", frequency="每年2次"), at=NOON, by="u-1")
    assert [one.number for one in item.revisions] == [2, 1]
    assert (item.revision_of(1).content, item.revisions[0].by) == (before, "u-1")
    changed = changed_fields(item.revision_of(1).content, item.content)
    assert titles_of(changed) == ("检查方式方法", "检查频度")
    with pytest.raises(NotFound):
        item.revision_of(3)


@pytest.mark.function("F045", surface="library")
def test_local_work_survives_the_next_synchronisation() -> None:
    """What nobody changed here follows the source; what was changed here stays, and shows."""
    item = _draft()
    first = item.content
    item.synchronise(first, guid="guid-1", at=NOON)
    item.revise(evolve(first, method="本级方法"), at=NOON)
    item.synchronise(evolve(first, method="上级方法", frequency="每年3次"), guid="guid-1", at=NOON)
    assert (item.content.method, item.content.frequency) == ("本级方法", "每年3次")
    assert item.source is not None
    assert changed_fields(item.source.content, item.content) == ("method",)


def test_an_item_in_use_is_not_left_with_gaps_by_its_source() -> None:
    """A source without a legal basis changes no item that is in use; the difference shows."""
    item = _draft()
    item.synchronise(item.content, guid="guid-1", at=NOON)
    item.enable(at=NOON)
    item.synchronise(evolve(item.content, basis=()), guid="guid-1", at=NOON)
    assert (item.revision, bool(item.content.basis)) == (1, True)


def test_an_item_in_use_is_not_deleted() -> None:
    """It is taken out of use first; once deleted it refuses every change."""
    item = _draft()
    item.enable(at=NOON)
    with pytest.raises(CheckItemLocked) as refused:
        item.delete()
    assert _codes(refused.value) == {"items.in_use"}
    item.disable("法律修改", at=NOON)
    item.delete()
    with pytest.raises(NotFound):
        item.enable(at=NOON)


LAW_TEXT = """第一章　总则
第一条　为了加强监督管理，制定本条例。
第二条　本条例所称乳品，是指生鲜乳和乳制品。
乳品监督管理适用本条例；有下列情形的除外：
（一）进口的；
（二）出口的。
第三条之一　生产企业是第一责任者，应当：
（一）记录；
"""


def test_the_text_of_a_law_falls_into_provisions() -> None:
    """条、款、项 each have a number; headings have none; one paragraph is not counted."""
    assert [(one.number, one.level) for one in split_provisions(LAW_TEXT)] == [
        ("第一条", "article"),
        ("第二条", "article"),
        ("第二条第一款", "paragraph"),
        ("第二条第二款", "paragraph"),
        ("第二条第二款第（一）项", "item"),
        ("第二条第二款第（二）项", "item"),
        ("第三条之一", "article"),
        ("第三条之一第（一）项", "item"),
    ]
    assert split_provisions("4.1 场所 \n4.1.1　地面") == (
        Provision(number="4.1", level="article", text="场所"),
        Provision(number="4.1.1", level="article", text="地面"),
    )


def test_a_citation_is_read_as_it_is_written() -> None:
    """《》 in a title, a version or none: what is written is what is read again."""
    for one in (
        LawArticle(document="食品安全法", article="第三十五条", version=date(2021, 4, 29)),
        LawArticle(document="关于《食品安全法》的决定", article="第一条"),
    ):
        assert LawArticle.parse(str(one)) == one
    with pytest.raises(ValueError, match="食品安全法第一条"):
        LawArticle.parse("食品安全法第一条")


def _law(**said: Any) -> Law:
    content = evolve(full_law().content, whole=LAW_TEXT, **said)
    return Law.add(id="law-9", content=content, region="450000", department="d", at=NOON)


def test_a_law_is_cited_with_its_wording_while_it_is_enabled() -> None:
    """It is enabled while it is in force; what the library does not hold is cited by name."""
    law, day = _law(), NOON.date()
    article = LawArticle(document=law.content.title, article="第二条第二款第（一）项")
    assert cited(article, [law])[1] == Violation(
        "items.basis_not_enabled",
        data={"law": law.content.title, "article": article.article},
    )
    with pytest.raises(LawLocked) as early:
        law.enable(today=date(2008, 10, 8), at=NOON)
    assert _codes(early.value) == {"items.law_not_in_force"}
    law.enable(today=day, at=NOON)
    found, fault = cited(article, [law])
    assert (found.wording, found.version, fault) == ("（一）进口的；", date(2008, 10, 9), None)
    unknown = cited(evolve(article, article="第九条"), [law])[1]
    assert unknown is not None
    assert unknown.code == "items.article_unknown"
    assert cited(evolve(article, wording="x"), []) == (article, None)
    with pytest.raises(LawLocked) as twice:
        law.enable(today=day, at=NOON)
    assert _codes(twice.value) == {"items.law_enabled"}
    with pytest.raises(LawLocked) as used:
        law.delete(at=NOON)
    assert _codes(used.value) == {"items.law_enabled"}
    law.disable(at=NOON)
    with pytest.raises(LawLocked) as again:
        law.disable(at=NOON)
    assert _codes(again.value) == {"items.law_disabled"}
    law.delete(at=NOON)
    with pytest.raises(NotFound):
        law.enable(today=day, at=NOON)


def test_provisions_are_put_and_taken_one_by_one() -> None:
    """An article is added, replaced and taken out without touching the others."""
    law = _law()
    law.put_provision("第一条", "新的正文。", at=NOON)
    law.put_provision("第四条", "新的一条。", at=NOON)
    law.take_provision("第二条", at=NOON)
    articles = [(one.number, one.text) for one in law.provisions if one.level == "article"]
    assert articles == [
        ("第一条", "新的正文。"),
        ("第三条之一", "生产企业是第一责任者，应当：\n（一）记录；"),
        ("第四条", "新的一条。"),
    ]
    refusals: tuple[tuple[Callable[[], None], str], ...] = (
        (lambda: law.put_provision("第五条", " ", at=NOON), "items.article_empty"),
        (lambda: law.take_provision("第九条", at=NOON), "items.article_unknown"),
    )
    for act, code in refusals:
        with pytest.raises(LawInvalid) as refused:
            act()
        assert _codes(refused.value) == {code}


def test_a_law_that_cannot_be_kept_says_every_reason() -> None:
    """Days in the wrong order, a text without articles, an article twice."""
    with pytest.raises(LawInvalid) as refused:
        _law(in_force_from=date(2008, 1, 1), in_force_until=date(2008, 1, 1))
    assert _codes(refused.value) == {
        "items.law_begins_before_promulgation", "items.law_ends_before_begin",
    }  # fmt: skip
    for whole, code in (
        ("正文", "items.law_without_articles"), ("第一条 甲\n第一条 乙", "items.article_twice"),
    ):  # fmt: skip
        with pytest.raises(LawInvalid) as unfit:
            _law().change(evolve(full_law().content, whole=whole), at=NOON)
        assert _codes(unfit.value) == {code}


def _drafted() -> DocumentTemplate:
    said = full_document_template()
    template = DocumentTemplate.add(id="t-9", content=said.content, region="450000", at=NOON)
    with pytest.raises(DocumentTemplateLocked) as bare:
        template.submit(at=NOON)
    assert _codes(bare.value) == {"items.template_without_file"}
    template.replace_file(file="f-1", name="责令改正.docx", at=NOON, by="u-1")
    return template


@pytest.mark.function("F048", surface="library")
def test_the_files_of_a_template_are_for_one_kind_of_paper() -> None:
    """Another kind needs another template, once there is a file."""
    template = _drafted()
    other = evolve(template.content, document=DocumentKind.RECORD)
    assert template.content.document is not DocumentKind.RECORD
    with pytest.raises(TemplateInvalid) as refused:
        template.change(other, at=NOON)
    assert _codes(refused.value) == {"items.template_document_fixed"}
    new = DocumentTemplate.add(id="t-8", content=template.content, region="450000", at=NOON)
    new.change(other, at=NOON)
    assert new.content == other


def test_a_template_is_published_only_after_review() -> None:
    """编辑、提交、退回、再提交、通过、发布; another file is reviewed while the old one is used."""
    template = _drafted()
    refusals: tuple[tuple[Callable[[], None], str], ...] = (
        (lambda: template.approve(at=NOON), "items.template_not_submitted"),
        (lambda: template.enable(at=NOON), "items.template_unreviewed"),
        (lambda: template.disable(at=NOON), "items.template_not_enabled"),
    )
    for act, code in refusals:
        with pytest.raises(DocumentTemplateLocked) as refused:
            act()
        assert _codes(refused.value) == {code}
    template.submit(at=NOON)
    with pytest.raises(DocumentTemplateLocked) as looked_at:
        template.change(template.content, at=NOON)
    assert _codes(looked_at.value) == {"items.template_under_review"}
    with pytest.raises(DocumentTemplateLocked) as silent:
        template.send_back(" ", at=NOON)
    assert _codes(silent.value) == {"items.opinion_missing"}
    template.send_back("缺少依据", at=NOON)
    assert (template.state, template.opinion) == (TemplateState.RETURNED, "缺少依据")
    template.submit(at=NOON)
    template.approve(at=NOON)
    template.enable(at=NOON)
    with pytest.raises(DocumentTemplateLocked) as used:
        template.delete(at=NOON)
    assert _codes(used.value) == {"items.template_in_use"}
    template.replace_file(file="f-2", name="新.docx", at=NOON, by="u-1")
    assert template.used is not None
    assert (template.state, template.used.number) == (TemplateState.DRAFT, 1)
    template.submit(at=NOON)
    template.approve(at=NOON)
    template.enable(at=NOON)
    assert template.used.number == 2
    template.disable(at=NOON)
    template.enable(at=NOON)
    template.disable(at=NOON)
    template.delete(at=NOON)
    with pytest.raises(NotFound):
        template.submit(at=NOON)


def test_a_paper_is_filed_inside_of_its_own_folder() -> None:
    """Marks are replaced; a path that leads elsewhere is refused."""
    path = place_of("责令改正/{年度}/{区划}", year=2026, region="450100", department="d")
    assert path == "责令改正/2026/450100"
    content = evolve(full_document_template().content, path="../x")
    assert [one.code for one in template_faults(content)] == ["items.path_unfit"]


@pytest.mark.function("F049", surface="library")
def test_a_material_holds_files_and_is_related_to_scenes() -> None:
    """Files say where they come from; scenes are set as a whole; what is gone refuses changes."""
    material = full_standard_material()
    material.relate(frozenset({"scene-2", "scene-3"}), at=NOON)
    assert material.scenes == {"scene-2", "scene-3"}
    more = MaterialFile(name="附录.docx", size=1, at=NOON, by="u-1", file="file-3")
    material.put_files((more,), at=NOON)
    assert [(one.name, one.source) for one in material.files][-1] == ("附录.docx", "农业农村部")
    material.take_file("file-2", at=NOON)
    with pytest.raises(MaterialInvalid) as unknown:
        material.take_file("file-2", at=NOON)
    assert _codes(unknown.value) == {"items.file_unknown"}
    material.delete(at=NOON)
    with pytest.raises(NotFound):
        material.relate(frozenset(), at=NOON)


def test_every_text_has_a_remedy() -> None:
    """Whoever is refused learns what to do."""
    assert all(one.remedy for one in MESSAGES.values())
