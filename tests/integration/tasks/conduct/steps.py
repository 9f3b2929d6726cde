"""What one step did: what is stored, before and after, and who did it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from supervision_core.draws.ports import Pools

from .world import FIRMS, World, actor_of, code_of

WATCHED: Final = (
    "task", "draw", "draw_series", "visit", "publication", "subject", "transfer",
    "registration_change", "scene",
)  # fmt: skip
FIRM_OF: Final = {code_of(one): one for one in FIRMS}

Row = Mapping[str, Any]


class Broken(AssertionError):
    """Something stands that follows from nothing, and says neither actor nor reason."""


@frozen
class Change:
    """A row before and after a step; nothing where it was not there, or is there no more."""

    table: str
    id: str
    before: Row | None
    after: Row | None

    def moved(self, name: str) -> bool:
        """Tell whether what stands under a name changed."""
        return (self.before or {}).get(name) != (self.after or {}).get(name)

    @property
    def names(self) -> frozenset[str]:
        """Give under which names something changed."""
        names = {*(self.before or {}), *(self.after or {})}
        return frozenset(filter(self.moved, names)) - {"version"}


@frozen
class Step:
    """Who did what, and all that is not as it was before.

    ``memory`` keeps what rules note for a later step.
    """

    world: World
    by: str
    verb: str
    changes: tuple[Change, ...]
    rows: Callable[[str], Mapping[str, Row]]
    memory: dict[str, Any]

    @property
    def department(self) -> str:
        """Give where who acts works."""
        return actor_of(self.by).department

    @property
    def head(self) -> bool:
        """Tell whether who acts leads his department."""
        return self.by.endswith("-head")

    def of(self, table: str) -> Iterator[Change]:
        """Give what changed in a table."""
        return (one for one in self.changes if one.table == table)


def require(holds: object, rule: str, *about: object) -> None:
    """Raise ``Broken`` where a rule does not hold."""
    if not holds:
        raise Broken(rule, *about)


def pairs_of(world: World, pool: str) -> Mapping[str, str]:
    """Give who lies in a pool that was kept, each with its stratum."""
    with world.transactions.begin_reading() as unit:
        return dict(unit[Pools].get(bytes.fromhex(pool)).pairs())


def picked(world: World, draw: Row) -> Mapping[str, str]:
    """Give whom chance picked, by code, each with its stratum."""
    return pairs_of(world, draw["_drawn_hash"]) if draw["_drawn_hash"] else {}


def selected(world: World, draw: Row) -> Mapping[str, str]:
    """Give who is selected, by code, each with its ground: by rank, or added by hand.

    Who stands in for a pick that was removed is there by its rank.
    """
    chosen = dict.fromkeys(picked(world, draw), "pick")
    for one in draw["_adjustments"]:
        if one["action"] == "add":
            chosen[one["id"]] = "adjustment"
        else:
            del chosen[one["id"]]
            if one["replacement"]:
                chosen[one["replacement"]] = "pick"
    return chosen


def standing_draw(step: Step, task: str) -> Row | None:
    """Give the draw on which a task rests, unless it was cleared."""
    found = step.rows("draw").get(step.rows("task")[task]["_sheet"]["draw"])
    return None if found is None or found["_state"] == "cleared" else found


def visits_of(step: Step, task: str) -> list[Row]:
    """Give the visits of a task."""
    return [one for one in step.rows("visit").values() if one["sheet"]["task"] == task]


def touched_tasks(step: Step) -> set[str]:
    """Give the tasks that changed, or of which a draw or a visit did."""
    found = {one.id for one in step.of("task")}
    found |= {(one.after or one.before or {})["sheet"]["task"] for one in step.of("visit")}
    found |= {(one.after or one.before or {})["task"] for one in step.of("draw")}
    return found & step.rows("task").keys()
