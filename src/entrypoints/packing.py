"""Writing a scene of the database as a scene package, for other places and for later."""

from collections.abc import Callable
from typing import Any

from attrs import evolve

from entrypoints.container import Platform, ScenePackage, rows_of
from entrypoints.installing import categories_of, departments_of, trades_of
from supervision_core.checklists.model import ChecklistItem
from supervision_core.identity.model import Actor
from supervision_core.identity.registers import TRADES
from supervision_core.items.model import CheckContent
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import DEPARTMENT, Ask
from supervision_core.scenes.registers import SCENE_CATEGORIES
from supervision_core.scenes.services import ExportScene, export_scene


def pack_scene(platform: Platform, code: str, *, actor: Actor, region: str) -> ScenePackage:
    """Give the scene of that code in exactly that region as a package.

    Departments, trades and its category go by their names. Installed elsewhere, it makes an equal
    scene. Raises ``NotFound``, ``SceneNotPortable``.
    """
    command = ExportScene(region=region, code=code)
    found: dict[str, Any] = platform.commands.run(export_scene, command, actor=actor)
    items = [from_plain(ChecklistItem, item) for item in found.pop("checklist")]
    package = ScenePackage(**found, checklist=rows_of(items))
    with platform.transactions.begin_reading() as unit:
        ask = unit[Ask]
        known = {
            **ask.resolve(DEPARTMENT, departments_of(package)),
            **ask.resolve(TRADES.name, trades_of(package)),
            **ask.resolve(SCENE_CATEGORIES.name, categories_of(package)),
        }

    def named(id: str) -> str:
        return known[id].name if id in known else id

    scene = package.scene
    renamed: dict[str, Any] = {"lead": named(scene["lead"])}
    renamed |= {
        part: [named(one) for one in scene[part]] for part in ("joining", "trades") if part in scene
    }
    if "sort" in scene:
        renamed["sort"] = named(scene["sort"])
    own = (evolve(item, content=_renamed(item.content, named)) for item in items)
    return evolve(package, scene={**scene, **renamed}, checklist=rows_of(own))


def _renamed(content: CheckContent, named: Callable[[str], str]) -> CheckContent:
    return evolve(
        content,
        department=named(content.department),
        joining=frozenset(map(named, content.joining)),
    )
