"""Matters, check items, implementation lists and claims as the platform above tells them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class ToldMatter:
    """上级监管事项 (ToldMatter): a matter by the codes of the platform above.

    Source: proposal 652-656, 2127.
    """

    code: str = field(metadata=said("目录清单编码", example="45000000000001"))
    name: str = field(metadata=said("目录名称", example="食品生产监督检查"))
    parent: str = field(default="", metadata=said("父目录清单编码"))
    line: str = field(default="", metadata=said("条线编码", example="TX-01"))
    kind: str = field(default="", metadata=said("事项类型", example="inspection"))
    state: str = field(default="", metadata=said("事项状态", example="in_use"))
    region: str = field(default="", metadata=said("所属区划代码", example="450000"))
    department: str = field(default="", metadata=said("所属部门的机构编码", example="GX-SCJG"))
    lead: str = field(default="", metadata=said("牵头部门的机构编码", example="GX-SCJG"))
    joining: tuple[str, ...] = field(default=(), metadata=said("协同部门的机构编码"))
    service_code: str = field(default="", metadata=said("关联政务服务目录清单编码"))
    deleted: bool = field(default=False, metadata=said("是否已删除"))


@frozen(kw_only=True)
class ToldItem:
    """上级检查项 (ToldItem): one thing to check of an implementation list. Source: 658."""

    code: str = field(metadata=said("检查项编码", example="JC-0001"))
    name: str = field(metadata=said("检查项", example="许可证是否在有效期内"))
    list: str = field(default="", metadata=said("实施清单编码", example="SS450000000001"))
    content: str = field(default="", metadata=said("检查内容"))
    method: str = field(default="", metadata=said("操作依据与要领"))
    deleted: bool = field(default=False, metadata=said("是否已删除"))


@frozen(kw_only=True)
class ToldList:
    """上级检查实施清单 (ToldList): how a matter is carried out, with its items. Source: 657."""

    code: str = field(metadata=said("实施清单编码", example="SS450000000001"))
    name: str = field(metadata=said("实施清单名称", example="食品生产日常监督检查"))
    matter: str = field(default="", metadata=said("目录清单编码", example="45000000000001"))
    kind: str = field(default="", metadata=said("事项类型", example="inspection"))
    levels: tuple[str, ...] = field(default=(), metadata=said("实施层级"))
    region: str = field(default="", metadata=said("所属区划代码", example="450000"))
    department: str = field(default="", metadata=said("所属部门的机构编码", example="GX-SCJG"))
    items: tuple[str, ...] = field(default=(), metadata=said("检查项的编码"))
    deleted: bool = field(default=False, metadata=said("是否已删除"))


@frozen(kw_only=True)
class ToldClaim:
    """上级认领 (ToldClaim): a department that took a matter as its own. Source: 2121."""

    matter: str = field(metadata=said("目录清单编码", example="45000000000001"))
    department: str = field(metadata=said("认领部门的机构编码", example="NN-SCJG"))
    office: str = field(default="", metadata=said("承办机构", example="食品生产监管科"))
    since: date | None = field(default=None, metadata=said("认领日期"))
    deleted: bool = field(default=False, metadata=said("是否已取消"))


class MatterSource(ABC):
    """自治区监管事项动态管理系统: tells everything each time, a page at a time.

    Every question raises ``Unavailable`` where it does not answer as agreed.
    """

    @abstractmethod
    def matters(self) -> Iterator[Sequence[ToldMatter]]:
        """Tell the matters of the catalogue."""

    @abstractmethod
    def items(self) -> Iterator[Sequence[ToldItem]]:
        """Tell the check items of implementation lists."""

    @abstractmethod
    def lists(self) -> Iterator[Sequence[ToldList]]:
        """Tell the implementation lists, without their items."""

    @abstractmethod
    def claims(self) -> Iterator[Sequence[ToldClaim]]:
        """Tell which departments claimed which matters."""


def higher_first(told: Sequence[ToldMatter]) -> tuple[list[ToldMatter], list[ToldMatter]]:
    """Put matters behind those they lie under, and apart what lies in a ring or below one."""
    by_code = {one.code: one for one in told}
    below: dict[str, list[ToldMatter]] = {}
    for one in by_code.values():
        below.setdefault(one.parent if one.parent in by_code else "", []).append(one)
    ordered: list[ToldMatter] = []
    tops = below.pop("", [])
    while tops:
        ordered += tops
        tops = [each for one in tops for each in below.pop(one.code, [])]
    return ordered, [each for some in below.values() for each in some]
