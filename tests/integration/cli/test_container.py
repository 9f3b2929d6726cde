from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest
from dependency_injector import providers

from entrypoints.container import Container, FixedClock, Platform, open_platform
from supervision_core.kernel.calendar import Calendars


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """Give a platform over a new database, at a fixed moment."""
    moment = datetime(2026, 11, 24, 1, tzinfo=UTC)
    opened = open_platform(f"sqlite:///{tmp_path}/test.db", clock=FixedClock(moment))
    yield opened
    opened.engine.dispose()


def test_every_provider_can_be_built(tmp_path: Path) -> None:
    """A part that lacks something is found here, not by the first user who needs it."""
    container = Container(url=f"sqlite:///{tmp_path}/test.db")
    built = {name: provider() for name, provider in container.providers.items()}
    assert None not in built.values()
    built["engine"].dispose()


def test_every_part_of_the_platform_is_there(platform: Platform) -> None:
    """All parts belong together: commands run on these transactions, at this clock's time."""
    assert all(value is not None for value in attrs.asdict(platform, recurse=False).values())
    assert platform.commands.transactions is platform.transactions
    assert platform.commands.clock.now() == platform.clock.now()
    assert platform.clock.now() == datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_use_cases_count_working_days_by_the_calendars(platform: Platform) -> None:
    """Calendars are no table of the database, yet a transaction serves them."""
    with platform.transactions.begin() as unit:
        calendar = unit[Calendars].working_calendar()
    assert not calendar.is_working(date(2026, 10, 1))


def test_each_container_keeps_its_own_parts(tmp_path: Path) -> None:
    """A clock put into one platform does not tell the time of another."""
    one = Container(url=f"sqlite:///{tmp_path}/one.db")
    other = Container(url=f"sqlite:///{tmp_path}/two.db")
    one.clock.override(providers.Object(FixedClock(datetime(2000, 1, 1, tzinfo=UTC))))
    assert one.clock().now().year == 2000
    assert other.clock().now().year > 2000
