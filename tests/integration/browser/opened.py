"""What two departments and the lead do with a closed round on the day of its public value."""

import os
from datetime import timedelta

from entrypoints.container import FixedClock, SystemClock, open_platform
from supervision_core.draws.ports import Draws
from supervision_core.draws.services.rounds import (
    EnterPublicValue,
    OpenRound,
    enter_public_value,
    open_round,
)
from supervision_core.identity.model import Actor, DataScope


def main(draw_id: str, days: int) -> None:
    """Enter the value for both, and have the round opened."""
    clock = FixedClock(SystemClock().now() + timedelta(days=days))
    platform = open_platform(os.environ["SUPERVISION_DATABASE"], clock=clock)
    with platform.transactions.begin_reading() as unit:
        draw = unit[Draws].get(draw_id)

    def actor(department: str) -> Actor:
        scope = DataScope(region=draw.region, departments=frozenset({department}))
        permissions = frozenset({"draws.*"})
        return Actor(user="later", department=department, scope=scope, permissions=permissions)

    value = EnterPublicValue(draw_id=draw_id, value="02 08 11")
    for one in draw.round.contributors:
        platform.commands.run(enter_public_value, value, actor=actor(one))
    platform.commands.run(open_round, OpenRound(draw_id=draw_id), actor=actor(draw.lead))
    platform.engine.dispose()
