"""What is maintained beside scenes: 场景分类."""

from attrs import frozen

from supervision_core.kernel.registers import Content, Search, register, text


@frozen(kw_only=True)
class SceneCategoryContent(Content):
    """场景分类 (SceneCategory): under which scenes are sorted. Source: proposal 4490."""

    name: str = text("场景分类名称", required=True, unique=True, search=Search.FUZZY)


SCENE_CATEGORIES = register(
    SceneCategoryContent,
    "scenes.category",
    plural="categories",
    title="场景分类",
    menu="业务配置",
    keepers=("scene_administrator",),
)
