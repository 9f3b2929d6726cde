"""Honest draws over the whole path: each firm is drawn as often as the rule says.

The suite makes 1,000; ``nox -s integrity-model`` makes 20,000.
"""

import json
import os
import sys
from collections import Counter
from datetime import timedelta
from functools import cache
from math import ceil, sqrt
from random import Random  # noqa: TID251 - seeded: the same draws every time
from typing import Any, Final

import pytest

from entrypoints.catalogue import use_cases
from supervision_core.draws.model.deposits import sealed_content
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.kernel.errors import Refused
from supervision_core.tasks.model.drawing import GradeQuota
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder

from .holes import HOLES
from .honest import proposal
from .rules_of_results import listed
from .steps import FIRM_OF, pairs_of, picked
from .world import FARM, LEAD, NAMES, World, command_of, copied, founded

DRAWS: Final = int(os.environ.get("SUPERVISION_CHANCE_DRAWS", "1000"))
PART: Final = 10_000
"""Draws of one sample: samples are taken side by side."""
BIASED: Final = 300
BAND: Final = 3.2905
"""Of a normal distribution 99.9 % lie within so many deviations."""
RATIOS: Final = {"0": 0.5, "1": 0.25, "2": 0.5}
"""The chance of each stratum: who has no grade yet has the highest of all."""


def does(world: World, name: str, permission: str, **fields: Any) -> Any:
    """Let somebody do something."""
    one = use_cases()[permission][0]
    return world.run(name, one, command_of(one)(**fields))


@cache
def _ready() -> tuple[World, str]:
    """Give offices with a task that can be drawn for."""
    world = copied(founded())
    task = does(world, "lead-admin", "tasks.create", sheet=proposal("scene-dairy"))
    does(world, "lead-admin", "tasks.skip_consultation", task_id=task)
    return world, task


def drawn(number: int) -> tuple[World, str]:
    """Freeze, deposit, close, enter the value, open and draw; give the draw."""
    chance = Random(number)  # noqa: S311 - draws that are drawn again by their number
    ready, task = _ready()
    world = copied(ready)
    due = world.clock.now() + timedelta(days=1)
    day = (due + timedelta(days=1)).date()
    value = NamedValue(name="双色球", issue=str(number), day=day)
    id_ = does(world, "lead-admin", "tasks.freeze_draw", task_id=task, due=due, public_value=value)
    about = {"draw_id": id_}
    label = f"{id_}@{due.isoformat()}"
    for home in (LEAD, FARM):
        nonce = chance.randbytes(32)
        does(
            world, f"{NAMES[home]}-clerk", "draws.deposit_nonce", **about,
            commitment=commitment(home, nonce), sealed=sealed_content(label, home, nonce),
        )  # fmt: skip
    world.clock.moment = due + timedelta(days=2)
    does(world, "lead-admin", "draws.close_round", **about)
    told = chance.randbytes(8).hex()
    for name in ("lead-clerk", "farm-clerk"):
        does(world, name, "draws.enter_public_value", **about, value=told)
    does(world, "lead-admin", "draws.open_round", **about)
    does(world, "lead-admin", "draws.complete", **about)
    return world, id_


def astray(first: int, count: int) -> dict[str, float]:
    """Give who is drawn too often, or too seldom, for 99.9 % of samples; each with its share."""
    counted: Counter[str] = Counter()
    pool: dict[str, str] = {}
    for number in range(first, first + count):
        world, id_ = drawn(number)
        draw = _row(world, id_)
        pool = dict(pairs_of(world, draw["pool_hash"]))
        counted.update(picked(world, draw).keys())
    found = {}
    for code, stratum in pool.items():
        wanted, share = RATIOS[stratum], counted[code] / count
        if abs(share - wanted) > BAND * sqrt(wanted * (1 - wanted) / count):
            found[code] = share
    sys.stdout.write(f"\n{sorted(counted.items())}\n")
    return found


def _row(world: World, id_: str) -> Any:
    return next(one for one in rows(world) if one["id"] == id_)


def rows(world: World) -> list[Any]:
    """Give the draws that are stored."""
    return [json.loads(text) for text in world.rows("draw").values()]


@pytest.mark.parametrize("part", range(ceil(DRAWS / PART)))
def test_each_firm_is_drawn_as_often_as_the_rule_says(part: int) -> None:
    """Over the whole path, each firm's frequency lies inside the 99.9 % band."""
    assert not astray(part * PART, min(PART, DRAWS))


def test_a_biased_draw_is_found() -> None:
    """Negative control: rounding up, with at least one of each stratum, is out of the band."""
    with HOLES["5-rounded-up"]():
        assert astray(0, BIASED)


def test_each_further_ticket_stands_in_the_list() -> None:
    """Who clears and draws by other quotas has a line for each: number, clearing, reason."""
    ready, task = _ready()
    world = copied(ready)
    made: list[str] = []
    for number in range(3):
        if made:
            does(world, "lead-admin", "draws.clear", draw_id=made[-1], reason="更换比例")
        made.append(_ticket(world, task, number))
    found = {one["id"]: one for one in rows(world)}
    assert [found[one]["number"]["number"] for one in made] == [1, 2, 3]
    listed(world, found)


def _ticket(world: World, task: str, number: int) -> str:
    due = world.clock.now() + timedelta(days=1)
    quotas = (GradeQuota(grade=2, count=number + 1),)
    id_: str = does(
        world, "lead-admin", "tasks.freeze_draw", task_id=task, due=due, quotas=quotas,
        quotas_because="专项整治",
    )  # fmt: skip
    return id_


def test_officers_of_a_drawn_firm_are_those_drawn() -> None:
    """Who opens its visit by hand sends nobody else; the pair that was drawn is taken."""
    world, id_ = drawn(0)
    task = _row(world, id_)["task"]
    found = does(world, "lead-admin", "tasks.staff_draw", task_id=task)
    code, pair = next(iter(found.items()))
    other = [*pair[:1], next(f"lead-{one}" for one in (1, 2, 3) if f"lead-{one}" not in pair)]

    def opens(officers: list[str]) -> Any:
        order = VisitOrder(subject=FIRM_OF[code], ground=VisitGround.PICK, officers=tuple(officers))
        return does(world, "lead-admin", "tasks.open_visits", task_id=task, orders=(order,))

    with pytest.raises(Refused) as refused:
        opens(other)
    assert [one.code for one in refused.value.violations] == ["tasks.officers_by_draw"]
    assert opens(pair)
