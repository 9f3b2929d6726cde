"""The pages of somebody who works at a desk, used by what they show: labels, buttons, rows."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error
from tests.integration.chromium import PATIENCE

from .driving import Installation

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
_PAGES = frozenset({"document", "xhr", "fetch"})
_UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling"


def pressed(within: Any, words: str = "") -> None:
    """Press a button; without words the one that sends a form, which is called as what it does."""
    if words:
        within.get_by_role("button", name=words, exact=True).click()
    else:
        within.locator("form .acts button[type=submit]:not(.quiet)").first.click()


class Desk:
    """A page of somebody who is logged in to the workbench."""

    def __init__(self, page: Any, at: Installation) -> None:
        """Work on ``page``."""
        self.page, self.at = page, at

    def open(self, *titles: str) -> None:
        """Go through the menu: its groups, and the page last; it may be exchanged meanwhile."""
        menu = self.page.get_by_role("navigation", name="主导航")
        *groups, title = titles
        link = menu.get_by_role("link").filter(has=self.page.get_by_text(title, exact=True)).first

        def gone() -> bool:
            for group in groups:
                if not link.is_visible():
                    menu.get_by_text(group, exact=True).first.click(timeout=2000)
            link.click(timeout=2000)
            return True

        self.until(gone, wanted=True)
        self.page.get_by_role("heading", name=title, exact=True).first.wait_for()

    @property
    def main(self) -> Any:
        """The page itself, without menu and drawer."""
        return self.page.locator("main")

    @property
    def drawer(self) -> Any:
        """What lies open beside the list."""
        return self.page.locator("dialog[open]")

    def go(self, title: str) -> None:
        """Go to another page by a link of this one that is called like it."""
        self.main.get_by_role("link", name=title, exact=True).first.click()
        self.page.get_by_role("heading", name=title, exact=True).first.wait_for()

    def start(self, words: str) -> None:
        """Open a drawer by a link of the page."""
        self.main.get_by_role("link", name=words, exact=True).first.click()
        self.drawer.get_by_role("heading").first.wait_for()

    def row(self, name: str) -> Any:
        """Give the row that says ``name``."""
        return self.page.locator("tbody tr").filter(has_text=name)

    def act(self, name: str, words: str) -> None:
        """Open the drawer of an action of a row."""
        self.row(name).get_by_role("link", name=words).first.click()
        self.drawer.get_by_role("heading").first.wait_for()

    def fill(self, **fields: str) -> None:
        """Fill fields of the drawer in; a choice takes the words of its option."""
        for name, text in fields.items():
            field = self.drawer.locator(f'[name="{name}"]').first
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(label=text)
            else:
                field.fill(text)

    def choose(self, follows: str, **field: str) -> None:
        """Fill a field of the drawer in, and go on: another can be chosen then, of which one is."""
        self.fill(**field)
        self.page.keyboard.press("Tab")
        self.drawer.locator(f'[name="{follows}"] option:checked:not([value=""])').wait_for(
            state="attached"
        )

    def press(self, words: str = "") -> None:
        """Press a button of the drawer; without words the one that sends its form."""
        pressed(self.drawer, words)

    def close(self) -> None:
        """Close the drawer."""
        self.page.keyboard.press("Escape")
        self.drawer.wait_for(state="hidden")

    def told(self, words: str) -> None:
        """Wait for what was done to be said on the page, the drawer gone."""
        self.page.get_by_role("status").filter(has_text=words).wait_for()
        self.drawer.wait_for(state="hidden")

    def more(self) -> None:
        """Show all criteria of the search, whether or not they are shown already."""
        rest = self.page.get_by_role("search").last.locator("details")
        if rest.get_attribute("open") is None:
            rest.locator("summary").click()

    def search(self, **fields: str) -> None:
        """Search the list, and wait for what is found: a page that is exchanged forgets input."""
        form = self.page.get_by_role("search").last
        for name, text in fields.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(label=text)
            else:
                field.fill(text)
        with self.page.expect_response(lambda one: one.request.resource_type in _PAGES):
            form.get_by_role("button", name="查询").click()
        self.page.wait_for_load_state()
        self.until(self.page.locator(_UNDER_WAY).count, 0)

    def until(self, seen: Callable[[], object], wanted: object) -> None:
        """Wait until the page is as wanted; it may be exchanged meanwhile."""
        for _ in range(round(PATIENCE * 10)):
            with suppress(Error):
                if seen() == wanted:
                    return
            self.page.wait_for_timeout(100)
        found = seen()
        assert found == wanted, found

    def shows(self, *names: str) -> None:
        """Wait for the list to show rows whose second cells are these, and no others."""
        cells = self.page.locator("tbody tr:not(.rows-none) td:nth-child(2)")
        self.until(cells.all_inner_texts, list(names))

    def heads(self, *titles: str) -> None:
        """Hold that the list has columns of these titles."""
        for title in titles:
            self.page.get_by_role("columnheader", name=title, exact=True).first.wait_for()

    def blank(self) -> None:
        """Wait for the form of the drawer to be empty again."""
        name = self.drawer.locator("[name=name]")
        self.until(lambda: name.input_value() if name.count() else None, "")

    def keep(self, name: str) -> None:
        """Keep pictures for desk and phone; on neither is the page too wide."""
        for device, size in (("phone", PHONE), ("desk", DESK)):
            self.page.set_viewport_size(size)
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            self.at.keep(self.page, f"{name}-{device}")
