"""Writing a scene of the database as a scene package, for other places and for later."""

from typing import Any

from entrypoints.container import Platform, ScenePackage, rows_of
from supervision_core.checklists.model import ChecklistItem
from supervision_core.identity.model import Actor
from supervision_core.kernel.plain import from_plain
from supervision_core.scenes.services import ExportScene, export_scene


def pack_scene(platform: Platform, code: str, *, actor: Actor, region: str) -> ScenePackage:
    """Give the scene of that code in exactly that region as a package.

    Installed elsewhere, it makes an equal scene. Raises ``NotFound``, ``SceneNotPortable``.
    """
    command = ExportScene(region=region, code=code)
    found: dict[str, Any] = platform.commands.run(export_scene, command, actor=actor)
    items = [from_plain(ChecklistItem, item) for item in found.pop("checklist")]
    return ScenePackage(**found, checklist=rows_of(items))
