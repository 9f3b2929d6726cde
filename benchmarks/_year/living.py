"""Letting the year happen: from workbooks to the last result shown, by the platform's use cases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

from attrs import frozen
from benchmarks._year.city import FIRST_DAY, REGION, STARTS, City
from benchmarks._year.clues import Clues
from benchmarks._year.rounds import Rounds
from benchmarks._year.weeks import CityWeeks, Unprinted

from entrypoints.cli.console import Console
from entrypoints.container import (
    FixedClock,
    demo_deposits,
    generate_firms,
    generate_officers,
    open_platform,
)
from entrypoints.demo import preparing
from entrypoints.demo.diary import Diary
from entrypoints.demo.field import Field
from entrypoints.demo.office import Office
from entrypoints.demo.settings import DemoSettings, moment_of
from entrypoints.worker.relaying import relaying
from supervision_core.tasks.services.warnings import WarningRound

VISITS_OF_A_CLUE = 10


@frozen(kw_only=True)
class Size:
    """How large the city is, and how much of the year is lived."""

    firms: int
    officers: int
    rounds: int = len(STARTS)
    share: float = 1.0
    clues: int = 600
    trouble: int = 1


@contextmanager
def lived(folder: Path, size: Size, *, seed: int = 1) -> Iterator[City]:
    """Live the year in a database of its own, and give the city as it is in the end."""
    settings = DemoSettings(
        folder=folder, firms=None, officers=None, count=size.firms, officer_count=size.officers,
        seed=seed,
    )  # fmt: skip
    for path, make, count in (
        (settings.firms_file, generate_firms, size.firms),
        (settings.officers_file, generate_officers, size.officers),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path, count, seed, as_of=FIRST_DAY, within=REGION)
    clock = FixedClock(moment_of(FIRST_DAY, 9))
    url = f"sqlite:///{folder / 'supervision.db'}"
    witness = demo_deposits(folder / "witness.hex")
    platform = open_platform(url, clock=clock, make_keys=True, deposits=witness)
    try:
        city = City(
            platform=platform,
            clock=clock,
            settings=settings,
            console=Console(platform.messages, as_json=True),
            office=Office(platform, region=REGION),
            people=Field(seed, size.trouble),
        )
        scenes = preparing.install(city)
        preparing.take_in_firms(city)
        preparing.take_in_officers(city)
        preparing.gather(city, scenes)
        _live(city, size)
        yield city
    finally:
        platform.engine.dispose()


def _live(city: City, size: Size) -> None:
    """Let each day come; at its end terms are looked at and events handed on, as at night."""
    for number, run in enumerate(city.runs):
        roles = ("clue_analyst",)
        if run.lead not in {one.lead for one in city.runs[:number]}:
            city.office.hire(f"analyst.{number:02}", f"{run.lead}线索研判", run.lead, roles)
    diary = Diary(city.clock)
    weeks = CityWeeks(
        cycle=city, diary=diary, papers=Unprinted(), advance=lambda _: None,
    )  # fmt: skip
    rounds = Rounds(city, diary, weeks, size.share)
    first = city.today
    starts = STARTS[: size.rounds]
    rounds.enter(starts)
    last = starts[-1] + timedelta(days=60)
    Clues(city, diary, weeks).enter(size.clues, city.after(first, 20), last)
    warn = WarningRound(city.platform.transactions, city.clock)
    relay = relaying(city.platform, Event())

    def at_night() -> None:
        warn.run()
        relay.run()

    diary.live(nightly=at_night)
