"""Fully filled examples of the checklists context."""

from datetime import UTC, datetime

from attrs import evolve

from supervision_core.checklists.model import (
    Checklist,
    ChecklistContent,
    ChecklistItem,
    Editor,
)
from supervision_core.items.model import Importance
from supervision_core.testing.items import full_check_content

EDITOR = Editor(person="user-1", department="市场监管", at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC))


def full_checklist_content() -> ChecklistContent:
    """Give a publishable content: one key item, one general item for grades 3 and 4."""
    key = full_check_content()
    general = evolve(
        key,
        matter="乳制品销售",
        sub_item="进货查验",
        content="是否查验供货者许可证和检验合格证明",
        department="市场监管",
        importance=Importance.GENERAL,
    )
    return ChecklistContent(
        name="乳品行业综合检查单",
        trade="乳品",
        lead="市场监管",
        joining=("农业农村", "卫生健康"),
        items=(
            ChecklistItem(code="1.1", content=key, origin="item-1"),
            ChecklistItem(code="2.1", content=general, grades=frozenset({3, 4})),
        ),
        note="全区统一",
        attachments=("attachments/note.pdf",),
    )


def full_checklist(id: str = "checklist-1") -> Checklist:
    """Give a default checklist with two versions, a changed draft and a history."""
    content = full_checklist_content()
    checklist = Checklist.create(content, id="pilot", code="CL-0", region="450100", by=EDITOR)
    copied = checklist.copy(
        id=id, code="CL-1", region="450000", departments={"卫生健康": "疾控"}, by=EDITOR
    )
    copied.publish(by=EDITOR)
    copied.revise(content, by=EDITOR, note="恢复部门")
    copied.publish(by=EDITOR)
    copied.make_default(by=EDITOR)
    copied.revise(evolve(content, note="待发布"), by=EDITOR)
    copied.take_events()
    return copied
