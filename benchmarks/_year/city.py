"""The city of the year: its platform, its people, and how an act that must fail is told."""

from collections import Counter
from datetime import date, datetime
from functools import cached_property
from typing import Any

from attrs import define, evolve, field

from entrypoints.demo.cycle import Cycle, SceneRun
from supervision_core.identity.model import (
    AccountData,
    Actor,
    ExtendedData,
    PersonData,
    UserDraft,
    UserKind,
)
from supervision_core.identity.services import UseCase
from supervision_core.kernel.calendar import Calendars, WorkingCalendar
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation

REGION = "450100"
YEAR = 2024
"""The last year whose 三月三 and days worked in exchange the platform knows."""
FIRST_DAY = date(YEAR, 1, 2)
STARTS = (date(2024, 3, 18), date(2024, 5, 27), date(2024, 7, 29), date(2024, 9, 18))
"""When the rounds of each scene begin: the first runs over 清明 and 三月三, the last over 国庆."""


@define
class City(Cycle):
    """The demo's cycle in one city; who works on which day is the calendar's affair."""

    rounds: list["Round"] = field(factory=list)
    did: Counter[str] = field(factory=Counter)
    """What was done that is not every visit's fate, by its Chinese words."""
    refused: Counter[str] = field(factory=Counter)
    """What was tried against the law and refused, by the codes of the reasons."""
    said: dict[str, str] = field(factory=dict)
    """The words of the last refusal of each kind."""
    meant_late: set[str] = field(factory=set)
    """Ids of what was left lying beyond its term on purpose."""
    not_refused: list[str] = field(factory=list)
    """Acts against the law that the platform let pass."""

    def at(self, stage: str, *, hour: int = 9) -> date:
        """Leave the clock alone: in a year days are set by the diary."""
        del stage, hour
        return self.today

    @property
    def today(self) -> date:
        """The local day that has come."""
        return local_day(self.clock.now())

    @property
    def now(self) -> datetime:
        """The moment that has come."""
        return self.clock.now()

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working days of Guangxi."""
        with self.platform.transactions.begin_reading() as work:
            return work[Calendars].working_calendar()

    def after(self, day: date, count: int) -> date:
        """Give the ``count``-th working day after a day."""
        return self.calendar.add_working_days(day, count)

    def one_in(self, many: int, *about: str) -> bool:
        """Tell whether this is the one of so many that fares otherwise."""
        return self.people.luck(*about) % many == 0

    def must_refuse(self, case: UseCase[Any, Any], command: Any, *, by: Actor | str) -> None:
        """Try what the law forbids; what is let through is a fault of the platform."""
        actor = self.office.of(by, case.permission) if isinstance(by, str) else by
        try:
            self.platform.commands.run(case, command, actor=actor)
        except Refused as refusal:
            codes = ", ".join(sorted({one.code for one in refusal.reasons}))
            self.refused[codes] += 1
            told = (self._in_words(one) for one in refusal.reasons)
            self.said[codes] = "；".join(dict.fromkeys(told))
        else:
            self.not_refused.append(f"{case.permission} {command}")

    def _in_words(self, reason: Violation) -> str:
        """Say why, the firm by its name, as pages do."""
        data = dict(reason.data)
        if "subject" in data:
            data["subject"] = self.load_subject(str(data["subject"])).name
        return self.platform.messages.explain(evolve(reason, data=data)).reason

    def third_party(self, account: str, party: str, role: str) -> Actor:
        """Give who acts for an institution."""
        draft = UserDraft(
            account=AccountData(account=account),
            person=PersonData(name="示例检测人员"),
            extended=ExtendedData(kind=UserKind.THIRD_PARTY, party=party),
        )
        return self.office.acting(self.office.register(draft, (role,)), "")


@define
class Round:
    """One inspection of one scene on its way."""

    run: SceneRun
    place: int
    starts: date
    visits_from: date = field(init=False)
    ends: date = field(init=False)
    drawn: int = 0

    @classmethod
    def of(cls, city: City, run: SceneRun, place: int, starts: date) -> "Round":
        """Plan a round: visits begin two weeks after it is set up, and take three."""
        made = cls(evolve(run), place, starts)
        made.visits_from = city.after(starts, 10)
        made.ends = city.after(made.visits_from, 14)
        return made
