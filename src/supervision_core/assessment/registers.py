"""What is maintained beside models: 指标分类, from which the indicators of models are sorted."""

from attrs import frozen

from supervision_core.kernel.registers import (
    Content,
    Search,
    long_text,
    register,
    text,
    tree_parent,
)


@frozen(kw_only=True)
class IndicatorCategoryContent(Content):
    """指标分类目录 (IndicatorCategory): names for the categories of risk and credit models.

    A model holds its own ``Category``s: what is renamed here changes no model. Source: proposal
    3435-3437, 3745-3767.
    """

    name: str = text("分类名称", required=True, search=Search.FUZZY, example="静态风险")
    code: str = text("分类编码", search=Search.EXACT, max_length=40, example="static")
    parent: str = tree_parent("上级类别")
    note: str = long_text("分类说明")


INDICATOR_CATEGORIES = register(
    IndicatorCategoryContent,
    "assessment.category",
    plural="categories",
    title="指标分类",
    menu="一业一评",
    keepers=("assessor",),
    unique=(("name", "parent"),),
)
