"""One cycle, lived once for all that one file asks of it."""

from collections.abc import Iterator

import pytest

from .acting import first_started
from .preparing import FIRST_DAY, ORGANISATION
from .story import Story


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Give the story when it has come to its end; its settings end with these tests."""
    with first_started(tmp_path_factory.mktemp("cycle"), ORGANISATION, FIRST_DAY) as place:
        story = Story(place)
        story.live()
        yield story
