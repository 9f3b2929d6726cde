"""Scenes in tables."""

from sqlalchemy import (
    Index,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import Column

from adapters.sql.engine.mapper import Lookup, Mapper, Values, json_text
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    key,
    moment,
    ordered,
    required,
    row_seal,
    version,
    words,
)
from supervision_core.scenes.model import Scene, SceneState
from supervision_core.scenes.ports import Scenes

scene = Table(
    "scene",
    metadata,
    key(),
    version(),
    ordered("code", 64),
    region(),
    words("name", 200),
    words("sort", 64),
    required("state", 10),
    moment("published_at", nullable=True),
    required("lead_department", ID_LENGTH),
    Column("joining", Text, nullable=False),
    Column("tags", Text, nullable=False),
    row_seal(),
    body(),
    UniqueConstraint("region", "code"),
)

scene_department = several_of("scene_department", scene, required("department", ID_LENGTH))


scene_model = several_of(
    "scene_model", scene, required("model", ID_LENGTH), Index("ix_scene_model", "model")
)
"""By which models the living scenes assess."""

scene_checklist = several_of(
    "scene_checklist",
    scene,
    required("checklist", ID_LENGTH),
    Index("ix_scene_checklist", "checklist"),
)
"""Which checklists the living scenes use."""

scene_association = several_of(
    "scene_association",
    scene,
    required("association", ID_LENGTH),
    Index("ix_scene_association", "association"),
)
"""Which associations work in the living scenes."""


def _associations(root: Scene) -> list[Values]:
    used = () if root.state is SceneState.DELETED else root.resources.associations
    return [{"association": one} for one in sorted(used)]


def _checklists(root: Scene) -> list[Values]:
    used = {one.checklist for one in root.checklists}
    deleted = root.state is SceneState.DELETED
    return [] if deleted else [{"checklist": one} for one in sorted(used)]


def _models(root: Scene) -> list[Values]:
    used = {one.model for one in (*root.risk_models, *root.credit_models)}
    deleted = root.state is SceneState.DELETED
    return [] if deleted else [{"model": one} for one in sorted(used)]


def _scene_columns(root: Scene) -> Values:
    basics = root.basics
    return {
        "name": basics.name,
        "sort": basics.sort,
        "lead_department": basics.lead,
        "joining": json_text(basics.joining),
        "tags": json_text([one.tag for one in root.resources.tags]),
    }


class SqlScenes(SqlRepository[Scene], Scenes):
    """The scenes in table ``scene``."""

    mapper = Mapper(
        Scene,
        scene,
        derived=_scene_columns,
        lookups=(
            Lookup.of(scene_department, lambda root: root.departments),
            Lookup(scene_model, _models),
            Lookup(scene_checklist, _checklists),
            Lookup(scene_association, _associations),
        ),
    )

    def find_by_code(self, region: str, code: str) -> Scene | None:
        """Give the scene of that code in exactly that region, a deleted one too."""
        return self._matching(region=region, code=code)
