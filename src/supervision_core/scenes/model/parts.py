"""The parts of which a scene is configured."""

from typing import Final, Self

from attrs import evolve, field, frozen

from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class DepartmentDuty:
    """部门职责 (DepartmentDuty): what a department answers for in a scene (proposal 1842)."""

    department: str = field(metadata=said("监管部门", to="department"))
    duty: str = field(metadata=said("监管职责", example="负责生产环节质量安全监督检查", long=True))


@frozen(kw_only=True)
class SceneBasics:
    """场景基本信息 (SceneBasics): what the scene is called, whom it concerns and who takes part.

    ``sort`` is the 场景分类, ``trades`` are the 业态, both entries of registers; ``public`` tells
    whether it may be shown to society, ``third_party`` whether it runs in another system that is
    only linked, at ``address``. ``mechanism`` says how the departments supervise together,
    ``origin`` who set its theme (主题来源), ``legal_basis`` on what law it rests,
    ``duties`` what each department does.
    Source: proposal 6.4.3.2.1.1.2, 6.4.2.1.1.2.1, 650, 1842.
    """

    name: str = field(metadata=said("场景名称", example="乳制品生产企业综合监管"))
    lead: str = field(metadata=said("牵头部门的编号", example="nanning", to="department"))
    joining: tuple[str, ...] = field(default=(), metadata=said("配合部门", to="department"))
    sort: str = field(default="", metadata=said("场景分类", to="scenes.category"))
    trades: tuple[str, ...] = field(default=(), metadata=said("业态", to="identity.trade"))
    levels: frozenset[str] = field(
        default=frozenset(), metadata=said("所属层级", hint="自治区、市、县")
    )
    public: bool = field(default=True, metadata=said("是否向社会公开"))
    third_party: bool = field(default=False, metadata=said("是否第三方系统的场景"))
    address: str = field(
        default="", metadata=said("第三方系统的访问地址", example="https://scene.example.cn")
    )
    tenant: str = field(default="", metadata=said("第三方系统的租户标识"))
    mechanism: str = field(
        default="",
        metadata=said("监管机制", example="牵头部门发起，各部门联合检查、结果互认", long=True),
    )
    origin: str = field(default="", metadata=said("主题来源", example="国家一件事清单"))
    legal_basis: str = field(
        default="",
        metadata=said("法律依据", example="《中华人民共和国食品安全法》第一百零九条", long=True),
    )
    note: str = field(default="", metadata=said("备注", long=True))
    duties: tuple[DepartmentDuty, ...] = field(default=(), metadata=said("监管部门职责"))


@frozen(kw_only=True)
class SceneSwitches:
    """扩展配置 (SceneSwitches): which parts the scene uses. Source: proposal 6.4.3.2.1.1.3."""

    risk: bool = field(default=True, metadata=said("是否启用风险评价"))
    credit: bool = field(default=True, metadata=said("是否启用信用评价"))
    grading: bool = field(default=True, metadata=said("是否启用分级分类"))
    handbook: bool = field(default=False, metadata=said("是否启用一业一册"))


@frozen(kw_only=True)
class TaskSettings:
    """任务运行配置 (TaskSettings): how the scene's tasks run.

    ``differentiated`` draws worse grades more often; ``consultation`` asks the other departments
    before a task is dispatched. Source: proposal 6.4.3.2.1.1.3.1.
    """

    differentiated: bool = field(default=True, metadata=said("是否差异化抽查"))
    consultation: bool = field(default=False, metadata=said("任务分发前是否征求意见"))


@frozen(kw_only=True)
class TagUse:
    """关联对象标签 (TagUse): a tag whose subjects the scene concerns.

    ``inspected`` (是否检查) tells whether they themselves are inspected, or only looked at beside
    the ones that are. Source: proposal 6.4.3.2.1.1.6.
    """

    tag: str = field(metadata=said("对象标签的编号", example="0123abcd", to="tag"))
    inspected: bool = field(default=True, metadata=said("是否检查"))


@frozen(kw_only=True)
class ChecklistUse:
    """场景检查单 (ChecklistUse): a checklist used for one trade of the scene, on or off."""

    checklist: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    trade: str = field(metadata=said("用于哪一业态", to="identity.trade"))
    enabled: bool = field(default=True, metadata=said("是否启用"))


@frozen(kw_only=True)
class HandbookUse:
    """场景手册 (HandbookUse): a handbook shown for one trade of the scene, on or off."""

    handbook: str = field(metadata=said("手册的编号", example="0123abcd", to="handbook"))
    trade: str = field(metadata=said("用于哪一业态", to="identity.trade"))
    enabled: bool = field(default=True, metadata=said("是否启用"))


_AUTOMATIC: Final = said("是否按评价周期自动发起评价")


@frozen(kw_only=True)
class ModelUse:
    """场景模型 (ModelUse): a risk or credit model used for one trade of the scene.

    ``automatic`` starts an evaluation by itself at each cycle. Source: proposal 6.4.3.2.1.1.7,
    6.4.3.2.1.1.8.
    """

    trade: str = field(metadata=said("用于哪一业态", to="identity.trade"))
    model: str = field(metadata=said("评价模型的编号", example="0123abcd"))
    automatic: bool = field(default=False, metadata=_AUTOMATIC)


@frozen(kw_only=True)
class RiskModelUse(ModelUse):
    """场景风险模型 (RiskModelUse): the risk model of one trade of the scene."""

    model: str = field(metadata=said("风险模型的编号", example="0123abcd", to="risk_model"))
    automatic: bool = field(default=False, metadata=_AUTOMATIC)


@frozen(kw_only=True)
class CreditModelUse(ModelUse):
    """场景信用模型 (CreditModelUse): the credit model of one trade of the scene."""

    model: str = field(metadata=said("信用模型的编号", example="0123abcd", to="credit_model"))
    automatic: bool = field(default=False, metadata=_AUTOMATIC)


@frozen(kw_only=True)
class SceneResources:
    """基础资源 (SceneResources): whom the scene concerns and who works in it.

    ``subjects_added`` and ``subjects_removed`` correct by hand what the tags select. Source:
    proposal 6.4.3.2.1.1.6.
    """

    tags: tuple[TagUse, ...] = field(default=(), metadata=said("关联对象标签"))
    subjects_added: frozenset[str] = field(
        default=frozenset(), metadata=said("手动添加的监管对象的编号", to="subject")
    )
    subjects_removed: frozenset[str] = field(
        default=frozenset(), metadata=said("手动剔除的监管对象的编号", to="subject")
    )
    teams: frozenset[str] = field(
        default=frozenset(), metadata=said("关联执法小组的编号", to="team")
    )
    institutions: frozenset[str] = field(
        default=frozenset(), metadata=said("关联第三方机构的编号", to="officers.institution")
    )
    associations: frozenset[str] = field(
        default=frozenset(), metadata=said("关联行业协会的编号", to="officers.association")
    )

    @property
    def inspected_tags(self) -> frozenset[str]:
        """The tags whose subjects are inspected."""
        return frozenset(use.tag for use in self.tags if use.inspected)

    @property
    def subjects_alone(self) -> Self:
        """The same without teams, institutions and associations: what says who is inspected."""
        nobody = frozenset[str]()
        return evolve(self, teams=nobody, institutions=nobody, associations=nobody)
