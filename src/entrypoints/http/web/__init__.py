"""Web pages, rendered here and usable without JavaScript: the ways to log in."""

from entrypoints.http.web.pages import Page
from entrypoints.http.web.signing_in import LOG_IN_PAGES

__all__ = ["Page", "web_pages"]


def web_pages() -> tuple[Page, ...]:
    """Give every page there is."""
    return LOG_IN_PAGES
