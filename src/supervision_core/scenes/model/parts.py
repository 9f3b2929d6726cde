"""The parts of which a scene is configured."""

from attrs import frozen


@frozen(kw_only=True)
class SceneBasics:
    """场景基本信息 (SceneBasics): what the scene is called, whom it concerns and who takes part.

    ``sort`` is the 场景分类, ``trades`` are the 业态; ``public`` tells whether it may be shown to
    society, ``third_party`` whether it runs in another system that is only linked, at ``address``.
    Source: proposal 6.4.3.2.1.1.2, 6.4.2.1.1.2.1.
    """

    name: str
    lead: str
    joining: tuple[str, ...] = ()
    sort: str = ""
    trades: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset()
    public: bool = True
    third_party: bool = False
    address: str = ""
    tenant: str = ""
    note: str = ""


@frozen(kw_only=True)
class SceneSwitches:
    """扩展配置 (SceneSwitches): which parts the scene uses. Source: proposal 6.4.3.2.1.1.3."""

    risk: bool = True
    credit: bool = True
    grading: bool = True
    handbook: bool = False


@frozen(kw_only=True)
class TaskSettings:
    """任务运行配置 (TaskSettings): how the scene's tasks run.

    ``differentiated`` draws worse grades more often; ``consultation`` asks the other departments
    before a task is dispatched. Source: proposal 6.4.3.2.1.1.3.1.
    """

    differentiated: bool = True
    consultation: bool = False


@frozen(kw_only=True)
class TagUse:
    """关联对象标签 (TagUse): a tag whose subjects the scene concerns.

    ``inspected`` (是否检查) tells whether they themselves are inspected, or only looked at beside
    the ones that are. Source: proposal 6.4.3.2.1.1.6.
    """

    tag: str
    inspected: bool = True


@frozen(kw_only=True)
class ChecklistUse:
    """场景检查单 (ChecklistUse): a checklist used for one trade of the scene, on or off."""

    checklist: str
    trade: str
    enabled: bool = True


@frozen(kw_only=True)
class HandbookUse:
    """场景手册 (HandbookUse): a handbook shown for one trade of the scene, on or off."""

    handbook: str
    trade: str
    enabled: bool = True


@frozen(kw_only=True)
class ModelUse:
    """场景模型 (ModelUse): a risk or credit model used for one trade of the scene.

    ``automatic`` starts an evaluation by itself at each cycle. Source: proposal 6.4.3.2.1.1.7,
    6.4.3.2.1.1.8.
    """

    model: str
    trade: str
    automatic: bool = False


@frozen(kw_only=True)
class SceneResources:
    """基础资源 (SceneResources): whom the scene concerns and who works in it.

    ``subjects_added`` and ``subjects_removed`` correct by hand what the tags select. Source:
    proposal 6.4.3.2.1.1.6.
    """

    tags: tuple[TagUse, ...] = ()
    subjects_added: frozenset[str] = frozenset()
    subjects_removed: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    associations: frozenset[str] = frozenset()

    @property
    def inspected_tags(self) -> frozenset[str]:
        """The tags whose subjects are inspected."""
        return frozenset(use.tag for use in self.tags if use.inspected)
