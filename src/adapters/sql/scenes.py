"""Scenes in tables."""

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, Table, Text, UniqueConstraint
from sqlalchemy.schema import Column

from adapters.sql.engine.mapper import Lookup, Mapper, Values, json_text
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
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
from supervision_core.scenes.model import Scene
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
    row_seal(),
    body(),
    UniqueConstraint("region", "code"),
    Index("ix_scene_code", "code", "id"),
)

scene_department = Table(
    "scene_department",
    metadata,
    Column("scene_id", key().type, ForeignKey(scene.c.id)),
    required("department", ID_LENGTH),
    PrimaryKeyConstraint("scene_id", "department"),
)


def _scene_columns(root: Scene) -> Values:
    basics = root.basics
    return {
        "name": basics.name,
        "sort": basics.sort,
        "lead_department": basics.lead,
        "joining": json_text(basics.joining),
    }


class SqlScenes(SqlRepository[Scene], Scenes):
    """The scenes in table ``scene``."""

    mapper = Mapper(
        Scene,
        scene,
        derived=_scene_columns,
        lookups=(
            Lookup(
                scene_department,
                "scene_id",
                lambda root: [{"department": one} for one in root.departments],
            ),
        ),
    )

    def find_by_code(self, region: str, code: str) -> Scene | None:
        """Give the scene of that code in exactly that region, a deleted one too."""
        return self._matching(region=region, code=code)
