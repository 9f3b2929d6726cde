"""Standard materials: official documents that checks refer to, with their files and scenes."""

from datetime import datetime
from typing import ClassVar, Final, Self

from attrs import define, evolve, frozen

from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.registers import (
    Content,
    choice,
    department,
    integer,
    link,
    long_text,
    moment,
    text,
    violations_of,
)

MATERIAL_KINDS: Final = {
    "law": "法律法规", "national": "国家标准", "industry": "行业标准", "local": "地方标准",
    "document": "规范性文件", "guide": "工作指引", "form": "表单样式", "other": "其他",
}  # fmt: skip


@frozen(kw_only=True)
class MaterialContent(Content):
    """标准材料内容 (MaterialContent): what a material is called and whose it is.

    Source: proposal 2286.
    """

    name: str = text("材料名称", required=True, max_length=200, example="生鲜乳收购站管理规范")
    code: str = text("材料编码", required=True, max_length=60, example="M-001")
    department: str = department("所属部门", required=True)
    kind: str = choice("材料类型", MATERIAL_KINDS)
    source: str = text("文件来源", max_length=100, example="市场监管总局")
    note: str = long_text("说明")


@frozen(kw_only=True)
class MaterialFile:
    """材料文件 (MaterialFile): one file of a material. Source: proposal 2290."""

    name: str = text("文件名称", required=True)
    source: str = text("文件来源")
    size: int = integer("文件大小（字节）", required=True)
    at: datetime = moment("上传时间", required=True)
    by: str = link("上传人", "user", required=True)
    file: str = text("文件编号", required=True, listed=False)


@define(eq=False)
class MaterialInvalid(Refused):
    """The material as described cannot be kept."""

    code: ClassVar[str] = "items.material_invalid"


@define(eq=False, kw_only=True)
class StandardMaterial(Aggregate):
    """标准材料 (StandardMaterial): an official document that checks refer to, with its scenes.

    Source: proposal 6.4.2.1.2.2.
    """

    _content: MaterialContent
    _region: str
    _scenes: frozenset[str] = frozenset()
    _files: tuple[MaterialFile, ...] = ()
    _deleted: bool = False
    _changed_at: datetime | None = None

    @classmethod
    def add(cls, *, id: str, content: MaterialContent, region: str, at: datetime) -> Self:
        """Add a material. Raises ``MaterialInvalid`` with every fault."""
        refuse_if(MaterialInvalid, violations_of(content))
        return cls(id=id, content=content, region=region, changed_at=at)

    @property
    def content(self) -> MaterialContent:
        """What it is called and whose it is."""
        return self._content

    @property
    def region(self) -> str:
        """The region whose material it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The owning department."""
        return frozenset({self._content.department})

    @property
    def scenes(self) -> frozenset[str]:
        """The scenes it is used in."""
        return self._scenes

    @property
    def files(self) -> tuple[MaterialFile, ...]:
        """Its files, in the order in which they came."""
        return self._files

    @property
    def deleted(self) -> bool:
        """Whether it was deleted."""
        return self._deleted

    @property
    def changed_at(self) -> datetime | None:
        """When it was maintained the last time."""
        return self._changed_at

    def change(self, content: MaterialContent, *, at: datetime) -> None:
        """Correct what is said of it. Raises ``MaterialInvalid``."""
        self._require_living()
        refuse_if(MaterialInvalid, violations_of(content))
        self._content, self._changed_at = content, at

    def relate(self, scenes: frozenset[str], *, at: datetime) -> None:
        """Relate it to these scenes and no others."""
        self._require_living()
        self._scenes, self._changed_at = scenes, at

    def put_files(self, files: tuple[MaterialFile, ...], *, at: datetime) -> None:
        """Add files; one that says no source has that of the material."""
        self._require_living()
        new = tuple(
            one if one.source else evolve(one, source=self._content.source) for one in files
        )
        self._files, self._changed_at = (*self._files, *new), at

    def take_file(self, file: str, *, at: datetime) -> None:
        """Take a file away. Raises ``MaterialInvalid`` where it has none such."""
        self._require_living()
        left = tuple(one for one in self._files if one.file != file)
        if len(left) == len(self._files):
            raise MaterialInvalid((Violation("items.file_unknown", "file_id"),))
        self._files, self._changed_at = left, at

    def delete(self, *, at: datetime) -> None:
        """Delete it, logically: what names it goes on naming it."""
        self._require_living()
        self._deleted, self._changed_at = True, at

    def _require_living(self) -> None:
        if self._deleted:
            raise NotFound("standard_material", self.id)
