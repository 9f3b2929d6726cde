"""The file formats of a scene, ``scene/1``, and of its tags, ``tags/1``, as plain data.

Described for authors in ``docs/formats/scene-package.md``.
"""

from collections.abc import Iterable, Iterator, Mapping

from attrs import asdict

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation
from supervision_core.scenes.model import Scene
from supervision_core.subjects.model import Tag

SCENE_FORMAT, TAGS_FORMAT = "scene/1", "tags/1"

Document = dict[str, Json]


def unportable(scene: Scene) -> Iterator[Violation]:
    """Give every reason why one package cannot hold ``scene``.

    A package holds one checklist and one model of each kind, for all trades alike.
    """
    uses = {
        "checklists": {use.checklist for use in scene.checklists if use.enabled},
        "risk_models": {use.model for use in scene.risk_models},
        "credit_models": {use.model for use in scene.credit_models},
    }
    for part, found in uses.items():
        if len(found) > 1:
            yield Violation("scenes.package_holds_one", part, {"count": len(found)})


def write_scene(scene: Scene, tags: Mapping[str, Tag]) -> Document:
    """Write what belongs to the scene itself; ``tags`` are those it uses, by id."""
    basics, tasks, switches = scene.basics, scene.tasks, scene.switches
    models = (*scene.risk_models, *scene.credit_models)
    document: Document = {
        "format": SCENE_FORMAT,
        "code": scene.code,
        "name": basics.name,
        "sort": basics.sort,
        "trades": list(basics.trades),
        "lead": basics.lead,
        "joining": list(basics.joining),
        "levels": sorted(basics.levels),
        "switches": asdict(switches),
        "tasks": asdict(tasks),
        "tags": [
            {"name": tags[use.tag].name, "inspected": use.inspected} for use in scene.resources.tags
        ],
        "models": {"automatic": any(use.automatic for use in models)},
        "mechanism": basics.mechanism,
        "origin": basics.origin,
        "legal_basis": basics.legal_basis,
        "note": basics.note,
    }
    return {name: value for name, value in document.items() if value not in ("", [])}


def write_tags(tags: Iterable[Tag]) -> Document:
    """Write tags with their rules; what is empty is left out."""
    written: list[Json] = [
        {
            "name": tag.name,
            **({"note": tag.note} if tag.note else {}),
            "rules": [
                {name: list(words) for name, words in asdict(rule).items() if words}
                for rule in tag.rules
            ],
        }
        for tag in tags
    ]
    return {"format": TAGS_FORMAT, "tags": written} if written else {}
