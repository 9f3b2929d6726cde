"""What a checklist says, what keeps it from being published, and how it looks as a sheet."""

from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from supervision_core.items.model import CheckContent, Importance, content_violations
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import files

GRADES = frozenset({1, 2, 3, 4})
"""The four grades, 1 (A) the best and 4 (D) the worst."""
GRADE_LETTERS = {"1": "A", "2": "B", "3": "C", "4": "D"}
"""The grades by their numbers, as sheets call them."""


@frozen(kw_only=True)
class ChecklistItem:
    """检查单项 (ChecklistItem): one line of a checklist: what is asked, and of which grades.

    ``code`` is unique within the checklist; ``domain`` is the 检查领域 above its matter, empty
    where there is none; ``origin`` is the library's item that was copied.
    Source: proposal 6.4.2.1.3.3 (现场/非现场, A B C D), 2376 (检查领域).
    """

    code: str = field(
        default="",
        metadata=said("检查单项编码", example="1.1", hint="本单内不重复，不填则自动编号"),
    )
    domain: str = field(default="", metadata=said("检查领域", example="餐饮服务"))
    grades: frozenset[int] = field(
        default=GRADES, metadata=said("适用的分级分类等级", codes=GRADE_LETTERS)
    )
    content: CheckContent = field(metadata=said("检查内容"))
    origin: str = field(
        default="",
        metadata=said("取自检查事项库的哪一项，自行添加的为空", to="check_item", elsewhere=True),
    )


@frozen(kw_only=True)
class ChecklistHead:
    """检查单基本信息 (ChecklistHead): what a checklist says beside its items.

    ``trade`` is the 业态. Source: proposal 6.4.2.1.3.5.
    """

    name: str = field(metadata=said("检查单名称", example="乳制品生产企业综合检查单"))
    trade: str = field(metadata=said("适用业态", to="identity.trade"))
    lead: str = field(metadata=said("牵头部门的编号", example="nanning", to="department"))
    joining: tuple[str, ...] = field(default=(), metadata=said("参与部门的编号", to="department"))
    note: str = field(default="", metadata=said("检查单说明", long=True))
    attachments: tuple[str, ...] = files("附件")


@frozen(kw_only=True)
class ChecklistContent:
    """检查单内容 (ChecklistContent): all that a version of a checklist says.

    ``trade`` is the 业态. Source: proposal 6.4.2.1.3.5.
    """

    name: str = field(metadata=said("检查单名称", example="乳制品生产企业综合检查单"))
    trade: str = field(metadata=said("适用业态", to="identity.trade"))
    lead: str = field(metadata=said("牵头部门的编号", example="nanning", to="department"))
    joining: tuple[str, ...] = field(default=(), metadata=said("参与部门的编号", to="department"))
    items: tuple[ChecklistItem, ...] = field(default=(), metadata=said("检查单项", elsewhere=True))
    note: str = field(default="", metadata=said("检查单说明", long=True))
    attachments: tuple[str, ...] = files("附件")

    @property
    def head(self) -> ChecklistHead:
        """What it says beside its items."""
        return ChecklistHead(
            name=self.name, trade=self.trade, lead=self.lead, joining=self.joining,
            note=self.note, attachments=self.attachments,
        )  # fmt: skip

    @property
    def departments(self) -> frozenset[str]:
        """The lead and the joining departments."""
        return frozenset({self.lead, *self.joining})

    def items_for(self, grade: int) -> tuple[ChecklistItem, ...]:
        """Give the items that a subject of ``grade`` is checked for; key items always."""
        return tuple(
            item
            for item in self.items
            if grade in item.grades or item.content.importance is Importance.KEY
        )


def publication_violations(content: ChecklistContent) -> Iterator[Violation]:
    """Give every reason why ``content`` may not be published.

    Every item has a legal basis and a responsible department of the checklist; a key item is
    asked of every grade; no item is asked less of a worse grade. Whether each grade is asked
    something is for the editor to judge: a sheet may be for the worse grades alone (2352-2364).
    """
    yield from _head_violations(content)
    if not content.items:
        yield Violation("checklists.items_missing", "items")
    yield from _item_violations(content)


def grades_without_items(content: ChecklistContent) -> tuple[int, ...]:
    """Give the grades of which nothing is asked, for the editor to think of."""
    return tuple(grade for grade in sorted(GRADES) if not content.items_for(grade))


def _head_violations(content: ChecklistContent) -> Iterator[Violation]:
    if not content.name.strip():
        yield Violation("checklists.name_missing", "name")
    if not content.trade.strip():
        yield Violation("checklists.trade_missing", "trade")
    if not content.lead.strip():
        yield Violation("checklists.lead_missing", "lead")
    if content.lead in content.joining:
        yield Violation("checklists.lead_joins_itself", "joining")
    if len(set(content.joining)) < len(content.joining):
        yield Violation("checklists.joining_twice", "joining")


def _item_violations(content: ChecklistContent) -> Iterator[Violation]:
    seen: set[str] = set()
    for number, item in enumerate(content.items):
        at = f"items[{number}]"
        data = {"item": item.content.sub_item or item.content.matter}
        if not item.code or item.code in seen:
            yield Violation("checklists.item_code_unfit", f"{at}.code", {"code": item.code})
        seen.add(item.code)
        yield from content_violations(item.content, at)
        if item.content.department and item.content.department not in content.departments:
            yield Violation("checklists.department_foreign", f"{at}.content.department", data)
        yield from _grade_violations(item, at)


def _grade_violations(item: ChecklistItem, at: str) -> Iterator[Violation]:
    data = {"item": item.content.sub_item or item.content.matter}
    if not item.grades <= GRADES:
        yield Violation("checklists.grade_unknown", f"{at}.grades", data)
    elif item.content.importance is Importance.KEY and item.grades != GRADES:
        yield Violation("checklists.key_item_dropped", f"{at}.grades", data)
    elif not item.grades:
        yield Violation("checklists.item_without_grade", f"{at}.grades", data)
    elif item.grades != {grade for grade in GRADES if grade >= min(item.grades)}:
        yield Violation("checklists.worse_grade_spared", f"{at}.grades", data)


def with_departments(content: ChecklistContent, names: Mapping[str, str]) -> ChecklistContent:
    """Give ``content`` with each department replaced by its counterpart in ``names``."""

    def local(department: str) -> str:
        return names.get(department, department)

    return evolve(
        content,
        lead=local(content.lead),
        joining=tuple(local(department) for department in content.joining),
        items=tuple(
            evolve(
                item,
                content=evolve(
                    item.content,
                    department=local(item.content.department),
                    joining=frozenset(local(other) for other in item.content.joining),
                ),
            )
            for item in content.items
        ),
    )
