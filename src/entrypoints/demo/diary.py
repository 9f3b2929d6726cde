"""What is still to happen, in the order of time."""

import heapq
from collections.abc import Callable
from datetime import date, datetime

from attrs import define, field

from entrypoints.container import FixedClock
from entrypoints.demo.settings import moment_of
from supervision_core.kernel.days import local_day

Act = Callable[[], object]


@define
class Diary:
    """Lets each act happen at its moment, the clock put there; an act may enter further ones."""

    clock: FixedClock
    _coming: list[tuple[datetime, int, Act]] = field(factory=list)
    _entered: int = 0

    @property
    def today(self) -> date:
        """The local day that has come."""
        return local_day(self.clock.now())

    def on(self, day: date, hour: int, act: Act) -> None:
        """Enter an act; of those at one moment, what was entered first happens first."""
        self._entered += 1
        heapq.heappush(self._coming, (moment_of(day, hour), self._entered, act))

    def live(self, nightly: Act = lambda: None) -> None:
        """Let everything happen; after the last act of a day, what is done at night."""
        while self._coming:
            moment, _, act = heapq.heappop(self._coming)
            if local_day(moment) > self.today:
                nightly()
            self.clock.put(moment)
            act()
        nightly()
