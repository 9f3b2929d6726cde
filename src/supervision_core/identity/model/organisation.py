"""What the existing platform tells of its organisation, and what its things are here."""

from enum import StrEnum

from attrs import define, field, frozen

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class ToldDepartment:
    """A department as the platform tells it; ``parent`` is the platform's id of the one above."""

    id: str = field(metadata=said("机构在现有平台的编号", example="1001"))
    name: str = field(default="", metadata=said("机构名称", example="南宁市市场监督管理局"))
    code: str = field(default="", metadata=said("机构编码", example="450100-01"))
    region: str = field(default="", metadata=said("机构所属区划代码", example="450100"))
    parent: str = field(default="", metadata=said("上级机构在现有平台的编号，最上级为空"))
    order: int = field(default=0, metadata=said("排序号", example=1))
    deleted: bool = field(default=False, metadata=said("是否已删除"))


@frozen(kw_only=True)
class ToldPost:
    """兼职 (ToldPost): a department, by the platform's id, that a user works for, and as what.

    The first of a user's is his main one, the others are those beside it.
    """

    department: str = field(metadata=said("任职机构在现有平台的编号", example="1001"))
    post: str = field(default="", metadata=said("职务", example="科长"))


@frozen(kw_only=True)
class ToldUser:
    """A user as the platform tells him; ``roles`` are the platform's ids (用户角色关系)."""

    id: str = field(metadata=said("用户在现有平台的编号", example="2001"))
    account: str = field(default="", metadata=said("账号", example="wang.shili"))
    name: str = field(default="", repr=False, metadata=said("姓名", example="王示例"))
    phone: str = field(default="", repr=False, metadata=said("手机号", example="13900000001"))
    document_number: str = field(default="", repr=False, metadata=said("证件号码"))
    posts: tuple[ToldPost, ...] = field(default=(), metadata=said("任职，第一个为主要任职"))
    roles: tuple[str, ...] = field(default=(), metadata=said("角色在现有平台的编号"))
    enabled: bool = field(default=True, metadata=said("是否启用"))
    deleted: bool = field(default=False, metadata=said("是否已删除"))


@frozen(kw_only=True)
class ToldRole:
    """A role as the platform tells it: a name, and what it gives there is none of our business."""

    id: str = field(metadata=said("角色在现有平台的编号", example="5001"))
    name: str = field(default="", metadata=said("角色名称", example="检查人员"))
    deleted: bool = field(default=False, metadata=said("是否已删除"))


class CounterpartKind(StrEnum):
    """What has a counterpart here."""

    DEPARTMENT = "department"
    USER = "user"
    ROLE = "role"


def counterpart_id(kind: CounterpartKind, foreign: str) -> str:
    """Give the id of the counterpart of what the platform knows under ``foreign``."""
    return sm3(f"{kind.value}\x1f{foreign}".encode()).hex()


@define(eq=False, kw_only=True)
class Counterpart(Aggregate):
    """对应关系 (Counterpart): what a department, user or role of the existing platform is here.

    A department or user is bound by the first synchronisation. A role is bound by an administrator
    alone: the platform's word gives nobody a permission here. Of a user it is kept which roles he
    has through the platform, so that those given by hand stay. Source: proposal 6.4.2.12.8.3.
    """

    _kind: CounterpartKind
    _foreign: str
    _name: str = ""
    _local: str = ""
    _given: frozenset[str] = frozenset()

    @classmethod
    def of(cls, kind: CounterpartKind, foreign: str) -> "Counterpart":
        """Give that of something that is nothing here yet."""
        return cls(id=counterpart_id(kind, foreign), kind=kind, foreign=foreign)

    @property
    def kind(self) -> CounterpartKind:
        """What it is."""
        return self._kind

    @property
    def foreign(self) -> str:
        """The platform's id."""
        return self._foreign

    @property
    def name(self) -> str:
        """What the platform calls it; kept of roles only."""
        return self._name

    @property
    def local(self) -> str:
        """Our id, empty where it is nothing here."""
        return self._local

    @property
    def given(self) -> frozenset[str]:
        """Our roles that a user has through the platform."""
        return self._given

    def bind(self, local: str) -> None:
        """Let it be that here; empty for nothing any more."""
        self._local = local

    def call(self, name: str) -> None:
        """Note what the platform calls it."""
        self._name = name

    def give(self, roles: frozenset[str]) -> None:
        """Note which roles a user has through the platform."""
        self._given = roles


def downwards(told: tuple[ToldDepartment, ...]) -> tuple[ToldDepartment, ...]:
    """Give departments with each behind the one above it; those deleted last, from below.

    What leads back to itself stands anywhere: it is refused where it is taken in.
    """
    by_id = {one.id: one for one in told}
    ordered: dict[str, ToldDepartment] = {}
    for one in by_id.values():
        line: list[ToldDepartment] = []
        at: ToldDepartment | None = one
        while at is not None and at.id not in ordered and at not in line:
            line.append(at)
            at = by_id.get(at.parent)
        ordered |= {each.id: each for each in reversed(line)}
    living = tuple(one for one in ordered.values() if not one.deleted)
    return (*living, *(one for one in reversed(ordered.values()) if one.deleted))
