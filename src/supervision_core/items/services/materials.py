"""What is done with standard materials: kept with their files, related to scenes."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from attrs import field, frozen

from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.files.services.attaching import attach, detach
from supervision_core.identity.services import Deeds, Work, question, use_case
from supervision_core.identity.services.contents import broken_references, taken_in, with_ids
from supervision_core.items.lists import STANDARD_MATERIALS
from supervision_core.items.model import (
    MaterialContent,
    MaterialFile,
    MaterialInvalid,
    StandardMaterial,
)
from supervision_core.items.ports import StandardMaterials
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import Ask, Reach, Reading, files

_MOST_FILES: Final = 200

MATERIAL_FILES = FileSlot(
    kind=StandardMaterials.kind, name="material", accepts=frozenset(MediaType), most=100
)
"""Official documents as they were published. Source: proposal 2290."""


class MaterialFiles(Visible):
    """Answers for the files of materials: whoever may look at the material sees them."""

    kind = StandardMaterials.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may look at it. Raises ``NotFound``."""
        del slot
        material = work[StandardMaterials].get(thing)
        if material.deleted:
            raise NotFound(self.kind, thing)
        work.reach_to_read(
            self.kind, thing, reading=Reading.OWNER_AND_BELOW, region=material.region,
            departments=material.departments,
        )  # fmt: skip


@frozen(kw_only=True)
class AddStandardMaterial:
    """A new material with its files."""

    content: MaterialContent = field(metadata=said("标准材料的内容"))
    files: tuple[str, ...] = files("文件")


@use_case("items.add_standard_material", "新增材料")
def add_standard_material(work: Work, cmd: AddStandardMaterial) -> str:
    """Add a material with its files; its code is unique in the region."""
    content, region = cmd.content, work.actor.scope.region
    owners = frozenset({content.department})
    work.reach("department", content.department, region=region, departments=owners)
    refuse_if(MaterialInvalid, broken_references(work[Ask], content))
    _require_free(work, region, content.code, "")
    material = StandardMaterial.add(
        id=work.ids.next_id(), content=content, region=region, at=work.now
    )
    material.put_files(_hung(work, material.id, cmd.files), at=work.now)
    work.save(StandardMaterials, material)
    return material.id


def _require_free(work: Work, region: str, code: str, own: str) -> None:
    known = work[StandardMaterials].find_by_code(region, code)
    if known is not None and known.id != own:
        taken = Violation("items.material_taken", "code", {"code": code})
        raise MaterialInvalid((taken,))


def _hung(work: Work, thing: str, staged: Sequence[str]) -> tuple[MaterialFile, ...]:
    return tuple(
        MaterialFile(
            name=one.name, size=one.content.whole.size, at=work.now, by=work.actor.user,
            file=one.id,
        )
        for one in attach(work, MATERIAL_FILES, thing, staged)
    )  # fmt: skip


def _material(work: Work, id: str) -> StandardMaterial:
    return work.reached(StandardMaterials, id)


@frozen(kw_only=True)
class ChangeStandardMaterial:
    """What is said of a material from now on."""

    standard_material_id: str = field(
        metadata=said("标准材料的编号", example="0123abcd", to="standard_material")
    )
    content: MaterialContent = field(metadata=said("标准材料的内容"))


@use_case("items.change_standard_material", "修改材料")
def change_standard_material(work: Work, cmd: ChangeStandardMaterial) -> str:
    """Correct what is said of a material; files and scenes stay."""
    material = _material(work, cmd.standard_material_id)
    refuse_if(MaterialInvalid, broken_references(work[Ask], cmd.content, material.content))
    _require_free(work, material.region, cmd.content.code, material.id)
    owners = frozenset({cmd.content.department})
    work.reach("department", cmd.content.department, region=material.region, departments=owners)
    material.change(cmd.content, at=work.now)
    work.save(StandardMaterials, material)
    return material.id


@frozen(kw_only=True)
class RelateScenes:
    """The scenes in which a material is used."""

    standard_material_id: str = field(
        metadata=said("标准材料的编号", example="0123abcd", to="standard_material")
    )
    scenes: tuple[str, ...] = field(default=(), metadata=said("关联场景", to="scene"))


@use_case("items.relate_scenes", "关联场景")
def relate_scenes(work: Work, cmd: RelateScenes) -> str:
    """Relate a material to scenes; those not named are related no more."""
    material = _material(work, cmd.standard_material_id)
    new = set(cmd.scenes) - material.scenes
    absent = new - work[Ask].resolve("scene", new).keys()
    data = {"title": "关联场景", "value": "、".join(sorted(absent))}
    refuse_if(
        MaterialInvalid, [Violation("kernel.register_unknown", "scenes", data)] if absent else []
    )
    material.relate(frozenset(cmd.scenes), at=work.now)
    work.save(StandardMaterials, material)
    return material.id


@frozen(kw_only=True)
class AddMaterialFiles:
    """More files for a material."""

    standard_material_id: str = field(
        metadata=said("标准材料的编号", example="0123abcd", to="standard_material")
    )
    files: tuple[str, ...] = files("文件", required=True)


@use_case("items.add_material_files", "上传文件")
def add_material_files(work: Work, cmd: AddMaterialFiles) -> str:
    """Add files to a material."""
    material = _material(work, cmd.standard_material_id)
    material.put_files(_hung(work, material.id, cmd.files), at=work.now)
    work.save(StandardMaterials, material)
    return material.id


@frozen(kw_only=True)
class TakeMaterialFile:
    """A file to take away from a material."""

    standard_material_id: str = field(
        metadata=said("标准材料的编号", example="0123abcd", to="standard_material")
    )
    file_id: str = field(metadata=said("文件编号", example="0123abcd"))


@use_case("items.take_material_file", "移除文件")
def take_material_file(work: Work, cmd: TakeMaterialFile) -> str:
    """Take a file away from a material; nobody sees it afterwards."""
    material = _material(work, cmd.standard_material_id)
    material.take_file(cmd.file_id, at=work.now)
    detach(work, MATERIAL_FILES, material.id, [cmd.file_id])
    work.save(StandardMaterials, material)
    return material.id


@frozen(kw_only=True)
class ListMaterialFiles:
    """Files by parts of their names and of those of their materials."""

    name: str = field(default="", metadata=said("文件名称中的一段", example="规范"))
    material: str = field(default="", metadata=said("关联材料名称中的一段", example="收购站"))


@frozen(kw_only=True)
class MaterialFileRow:
    """A file of a material."""

    material: str = field(metadata=said("标准材料的编号", example="0123abcd"))
    material_name: str = field(metadata=said("关联材料", example="生鲜乳收购站管理规范"))
    file: str = field(metadata=said("文件编号", example="0123abcd"))
    name: str = field(metadata=said("文件名称", example="规范.pdf"))
    source: str = field(metadata=said("文件来源", example="农业农村部"))
    size: int = field(metadata=said("文件大小，字节", example=1024))


@frozen(kw_only=True)
class FilesOfMaterials:
    """Files of materials, at most 200."""

    items: tuple[MaterialFileRow, ...] = field(metadata=said("本页各行"))


@question("items.list_material_files", "材料查看")
def list_material_files(work: Work, about: ListMaterialFiles) -> FilesOfMaterials:
    """List the files of the materials that who asks may look at."""
    reach = Reach(region=work.actor.scope.region, upward=True)
    wanted = ListFilter(asked={"name": about.material}, reach=reach)
    page = work[Lists].page(STANDARD_MATERIALS, wanted, PageRequest(size=200, order="code"))
    found = (work[StandardMaterials].get(row.id) for row in page.items if row.file_count)
    rows = (
        MaterialFileRow(
            material=one.id, material_name=one.content.name, file=each.file, name=each.name,
            source=each.source, size=each.size,
        )
        for one in found
        for each in one.files
        if about.name.strip().casefold() in each.name.casefold()
    )  # fmt: skip
    return FilesOfMaterials(items=tuple(islice(rows, _MOST_FILES)))


@frozen(kw_only=True)
class NameStandardMaterial:
    """A material."""

    standard_material_id: str = field(
        metadata=said("标准材料的编号", example="0123abcd", to="standard_material")
    )


_MATERIAL: Final = Deeds(StandardMaterials, StandardMaterial)
delete_standard_material = _MATERIAL.act(
    "items.delete_standard_material", "删除材料", "delete", NameStandardMaterial,
    "Delete a material, logically: what names it goes on naming it.",
)  # fmt: skip


@frozen(kw_only=True)
class MaterialLine:
    """A row of a table of materials; their files are uploaded on their pages."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    content: MaterialContent = field(metadata=said("标准材料的内容"))


@frozen(kw_only=True)
class ImportStandardMaterials:
    """Rows of a table of materials."""

    entries: tuple[MaterialLine, ...] = field(metadata=said("各行"))


@use_case("items.import_standard_materials", "导入标准材料")
def import_standard_materials(work: Work, cmd: ImportStandardMaterials) -> Mapping[str, Json]:
    """Take materials of a table in: unknown codes are added, others corrected; files stay."""

    def take(row: MaterialLine) -> str:
        content = with_ids(work[Ask], row.content)
        known = work[StandardMaterials].find_by_code(work.actor.scope.region, content.code)
        if known is None:
            add_standard_material.body(work, AddStandardMaterial(content=content))
            return "added"
        if _material(work, known.id).content == content:
            return "same"
        change = ChangeStandardMaterial(standard_material_id=known.id, content=content)
        change_standard_material.body(work, change)
        return "changed"

    return taken_in(cmd.entries, take)
