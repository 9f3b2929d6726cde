"""The phone zone of inspectors and third parties (``/m``): the workbench in a shape of its own.

What is asked and done are the questions, lists and forms of the workbench; here are their cards,
their big buttons, and what only a phone has: position, camera, a signature on glass.
"""

from typing import Final

from entrypoints.http.web.pages import Page
from entrypoints.http.web.phone.appeals import APPEAL_ZONE
from entrypoints.http.web.phone.assisting import ASSISTED_ZONE, INVITED_ZONE
from entrypoints.http.web.phone.field import FIELD_PAGES
from entrypoints.http.web.phone.following import FOLLOWING_ZONES
from entrypoints.http.web.phone.home import HOME_PAGES
from entrypoints.http.web.phone.phones import PHONES_PAGES
from entrypoints.http.web.phone.reading import READING_PAGES
from entrypoints.http.web.phone.statistics import STATISTICS_PAGES
from entrypoints.http.web.phone.visits import VISIT_ZONE
from entrypoints.http.web.phone.zone import Zone

ZONES: Final[tuple[Zone, ...]] = (
    VISIT_ZONE, ASSISTED_ZONE, INVITED_ZONE, *FOLLOWING_ZONES, APPEAL_ZONE,
)  # fmt: skip
"""The lists that have a shape of their own on a phone."""


def phone_pages() -> tuple[Page, ...]:
    """Give the pages of the phone zone; how one logs in to it stands with the other log-ins."""
    return (
        *HOME_PAGES,
        *(page for one in ZONES for page in one.pages()),
        *FIELD_PAGES,
        *PHONES_PAGES,
        *READING_PAGES,
        *STATISTICS_PAGES,
    )
