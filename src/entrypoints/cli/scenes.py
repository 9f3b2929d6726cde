"""``supervision scene``: packages to look at, compare and put to work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import rich_click as click

from entrypoints.actors import GUANGXI
from entrypoints.cli.console import Console
from entrypoints.cli.framing import database_option, options, pairs_in, speaking

if TYPE_CHECKING:
    from entrypoints.container import ScenePackage

_PILOTS = ("dairy", "chemicals", "travel", "fraud")
_PACKAGE = click.Path(exists=True, path_type=Path)


@click.group(help="场景包：一个场景的检查单、评价模型、分级规则和标签，装在一个文件夹或 zip 中。")
@click.help_option("--help", "-h", help="显示本帮助。")
def scene() -> None:
    """Handle scene packages."""


@scene.command(
    help="写出试点场景的样例包：dairy 乳品、chemicals 危化品、travel 旅行社、"
    "fraud 电信网络诈骗。\n\nPATH 以 .zip 结尾则写成 zip，否则写成文件夹。样例供各地修改后使用。"
)
@click.argument("name", type=click.Choice(_PILOTS), metavar="|".join(_PILOTS))
@click.argument("path", type=click.Path(path_type=Path))
@options
def sample(name: str, path: Path, *, as_json: bool) -> None:
    """Write the sample package of a pilot scene."""
    from entrypoints.container import pilot_package

    with speaking(as_json=as_json) as console:
        _write(console, pilot_package(name), path)


@scene.command(
    help="把数据库中的场景导出为场景包：检查单、模型、规则取生效版本，从未生效的取草稿。\n\n"
    "CODE 是场景编码；PATH 以 .zip 结尾则写成 zip，否则写成文件夹。"
)
@click.argument("code")
@click.argument("path", type=click.Path(path_type=Path))
@database_option
@click.option("--region", default=GUANGXI, show_default=True, help="场景所属的区划，写代码或名称。")
@options
def export(code: str, path: Path, url: str, region: str, *, as_json: bool) -> None:
    """Write a scene of the database as a package."""
    from entrypoints.actors import operator
    from entrypoints.cli.naming import region_of
    from entrypoints.cli.opening import opened
    from entrypoints.packing import pack_scene

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            place = region_of(platform, region)
            package = pack_scene(platform, code, actor=operator(), region=place)
        _write(console, package, path)


def _write(console: Console, package: ScenePackage, path: Path) -> None:
    from entrypoints.container import write_package

    write_package(package, path)
    said = f"✓ “{package.scene['name']}”场景包已写入 {path}"
    console.answer({"path": str(path), "items": len(package.checklist)}, [said])


@scene.command(help="逐条列出两个场景包的不同。")
@click.argument("before", type=_PACKAGE)
@click.argument("after", type=_PACKAGE)
@options
def diff(before: Path, after: Path, *, as_json: bool) -> None:
    """List what differs between two packages."""
    from entrypoints.container import diff_packages, read_package

    with speaking(as_json=as_json) as console:
        lines = diff_packages(read_package(before), read_package(after))
        console.answer({"differences": list(lines)}, lines or ["两个场景包内容相同"])


@scene.command(
    "import",
    help="启用场景包：建立并启用标签、检查事项、检查单、模型、规则和场景，给已有的监管对象打上标签。"
    "\n\n重复执行不会重复建立。",
)
@click.argument("path", type=_PACKAGE)
@database_option
@click.option("--region", default=GUANGXI, show_default=True, help="场景所属的区划，写代码或名称。")
@click.option(
    "--department",
    "departments",
    multiple=True,
    callback=pairs_in("请写成 名称=机构，如 --department 农业农村=自治区农业农村厅"),
    metavar="名称=机构",
    help="场景包中的部门在本地的机构名称或编码，可以给多个；同名的不必给。",
)
@options
def import_(
    path: Path, url: str, region: str, departments: tuple[tuple[str, str], ...], *, as_json: bool
) -> None:
    """Put a package to work."""
    from entrypoints.actors import operator
    from entrypoints.cli.naming import region_of
    from entrypoints.cli.opening import opened
    from entrypoints.container import read_package
    from entrypoints.grading import inspected_by
    from entrypoints.installing import install_scene
    from supervision_core.scenes.tagging import tag_known

    with speaking(as_json=as_json) as console:
        package = read_package(path)
        with opened(url) as platform:
            made = install_scene(
                platform,
                package,
                actor=operator(),
                region=region_of(platform, region),
                departments=dict(departments),
            )
            with console.progress("打标签", None) as advance:
                tagged = tag_known(platform.commands, region, actor=operator(), advance=advance)
            subjects = inspected_by(platform, made.scene)
        told = attrs.asdict(
            made, filter=lambda field, _: field.name in {"scene", "name", "region", "checklist"}
        )
        lines = [f"✓ 场景“{made.name}”已启用：{len(made.items)} 个检查项"]
        lines.append(
            f"带有检查标签的监管对象 {subjects:,} 户，本次打上或去掉标签 {tagged:,} 户"
            if subjects
            else "! 还没有带检查标签的监管对象：请导入监管对象，导入时自动打标签"
        )
        console.answer({**told, "subjects": subjects, "tagged": tagged}, lines)
