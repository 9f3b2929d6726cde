"""What is maintained beside subjects: 监管对象分类 with the fields of their forms."""

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import (
    OWNER_REGION,
    Ask,
    Content,
    Reading,
    Search,
    flag,
    links,
    register,
    text,
    tree_parent,
)
from supervision_core.kernel.registers.elements import MOST_ELEMENTS, ElementContent, elements_of

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
