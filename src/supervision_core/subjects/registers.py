"""What is maintained beside subjects: 监管对象分类 with the fields of their forms, 审批办件."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from supervision_core.identity.model import region_and_above
from supervision_core.identity.registers import REGISTRARS
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    OWNER_REGION,
    USUAL,
    Ask,
    Content,
    Entries,
    EntryFilter,
    Reading,
    RegisterVerb,
    Search,
    choice,
    day,
    flag,
    link,
    links,
    long_text,
    register,
    text,
    tree_parent,
)
from supervision_core.kernel.registers import files as attached
from supervision_core.kernel.registers.elements import MOST_ELEMENTS, ElementContent, elements_of
from supervision_core.subjects.model import Subject

_MENU: Final = "监管对象"
_KEEPERS: Final = ("department_administrator", "scene_administrator")

_MOST_FIELDS: Final = 300


@frozen(kw_only=True)
class FormFieldContent(ElementContent):
    """表单字段 (FormField): an element that forms of categories ask; subjects may be found by it.

    Source: proposal 6.4.2.2.1.3.5.
    """

    searched: bool = flag("可检索")


FORM_FIELDS = elements_of(
    FormFieldContent,
    "subjects.form_field",
    plural="form_fields",
    title="分类表单字段",
    menu=_MENU,
    keepers=_KEEPERS,
    most=_MOST_FIELDS,
)


def form_rules(
    content: "CategoryContent", before: "CategoryContent | None", ask: Ask
) -> Iterable[Violation]:
    """Find a form with more fields than hold for one thing."""
    del before, ask
    if len(content.form) > MOST_ELEMENTS:
        yield Violation("kernel.register_too_many", "form", {"most": MOST_ELEMENTS})


@frozen(kw_only=True)
class CategoryContent(Content):
    """对象分类 (Category): a class of subjects with fields of its own; classes form a tree.

    Its subjects carry its tags and fill in its form. Source: proposal 6.4.3.1.1, 6.4.2.2.1.3.
    """

    name: str = text("分类目录名称", required=True, search=Search.FUZZY, example="餐饮服务")
    parent: str = tree_parent("父节点")
    tags: tuple[str, ...] = links("标签", "tag")
    form: tuple[str, ...] = links("表单字段", FORM_FIELDS.name)


CATEGORIES = register(
    CategoryContent,
    "subjects.category",
    plural="categories",
    title="监管对象分类",
    menu=_MENU,
    keepers=_KEEPERS,
    read=Reading.OWNER_AND_BELOW,
    unique=(("name", OWNER_REGION),),
    keeps_used=True,
    refuse=form_rules,
)


def registrar_of(unit: UnitOfWork, subject: Subject) -> str:
    """Give the department that is the registrar of a subject; empty where that is not known."""
    kept = unit[Entries].of(REGISTRARS)
    wanted = EntryFilter(values={"kind": subject.kind.value}, enabled=True)
    by_area = {
        one.content.area: one.content.department
        for page in every_page(lambda request: kept.page(wanted, request))
        for one in page.items
    }
    above = (by_area[one] for one in region_and_above(subject.region) if one in by_area)
    return next(above, subject.registered_by)


NATURES: Final[Mapping[str, str]] = {
    "ordinary": "普通许可", "concession": "特许", "qualification": "认可（资格、资质）",
    "verification": "核准", "registration": "登记", "other": "其他",
}  # fmt: skip
"""资质性质: what a decision allows by, 行政许可法 第12条; 其他 covers 第12条第六项."""
RESULTS: Final[Mapping[str, str]] = {"granted": "准予", "refused": "不予"}
ENDS: Final[Mapping[str, str]] = {
    "withdrawn": "撤回", "annulled": "撤销", "revoked": "吊销", "cancelled": "注销",
}  # fmt: skip
"""Why a licence holds no more before its term is over: 行政许可法 第8条, 第69条, 第70条, 第81条."""


@frozen(kw_only=True)
class ApprovalFileContent(Content):
    """审批办件 (ApprovalFile): what was decided on an application of a subject, with its papers.

    Without ``valid_from`` a licence holds from the day of the decision, without ``valid_to`` for
    good. Source: proposal 3098, 3156, 3813, 659 (行政许可信息); 行政许可法 第12条, 第39条.
    """

    number: str = text(
        "办件编号", required=True, search=Search.EXACT, max_length=60,
        example="4501032026030200017",
    )  # fmt: skip
    subject: str = link("监管对象", "subject", required=True)
    matter: str = text("事项名称", required=True, search=Search.FUZZY, example="食品经营许可")
    nature: str = choice("资质性质", NATURES, required=True, listed=False)
    authority: str = text(
        "许可机关", required=True, search=Search.FUZZY, listed=False,
        example="南宁市行政审批局",
    )  # fmt: skip
    decided_on: date = day("决定日期", required=True, search=Search.RANGE, listed=False)
    result: str = choice("审批结果", RESULTS, required=True)
    licence: str = text(
        "许可文件编号", search=Search.EXACT, example="JY14501030000017", listed=False
    )
    document: str = text("许可文件名称", listed=False, example="食品经营许可证")
    allows: str = long_text("许可内容")
    valid_from: date | None = day("有效期自", search=Search.RANGE, listed=False)
    valid_to: date | None = day("有效期至", search=Search.RANGE)
    ended: str = choice("提前终止", ENDS, listed=False)
    ended_on: date | None = day("终止日期", search=Search.RANGE, listed=False)
    papers: tuple[str, ...] = attached("办件材料", hint="申请材料、许可证件等的扫描件或照片")

    def began(self, on: date) -> bool:
        """Tell whether what was granted has begun to hold by a day."""
        return self.result == "granted" and (self.valid_from or self.decided_on) <= on

    def over(self, on: date) -> bool:
        """Tell whether its term has passed by a day, or it was ended."""
        late = self.valid_to is not None and self.valid_to < on
        return late or (self.ended_on is not None and self.ended_on <= on)

    def holds(self, on: date) -> bool:
        """Tell whether it allows on a day what it allows."""
        return self.began(on) and not self.over(on)


def approval_rules(
    content: ApprovalFileContent, before: ApprovalFileContent | None, ask: Ask
) -> Iterator[Violation]:
    """Find days that contradict each other, a term of what was refused, another subject."""
    del ask
    since = content.valid_from or content.decided_on
    if content.valid_to is not None and content.valid_to < since:
        yield Violation("subjects.approval_term_reversed", "valid_to")
    if bool(content.ended) != (content.ended_on is not None):
        yield Violation("subjects.approval_end_incomplete", "ended_on")
    if content.ended_on is not None and content.ended_on < content.decided_on:
        yield Violation("subjects.approval_end_early", "ended_on")
    if content.result == "refused" and (content.licence or content.valid_to or content.ended):
        yield Violation("subjects.approval_refused", "result")
    if before is not None and before.subject != content.subject:
        yield Violation("kernel.register_fixed", "subject", {"title": "监管对象"})


APPROVAL_FILES = register(
    ApprovalFileContent,
    "subjects.approval_file",
    plural="approval_files",
    title="审批办件",
    menu=_MENU,
    keepers=("clerk", "department_administrator"),
    read=Reading.OWNER_AND_BELOW,
    unique=(("authority", "number"),),
    verbs=USUAL - {RegisterVerb.SWITCH, RegisterVerb.SWITCH_SEVERAL, RegisterVerb.ORDER},
    apart=True,
    refuse=approval_rules,
)
