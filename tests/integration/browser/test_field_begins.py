"""离线检查: a phone offers no check-in before the task begins, and says from when."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final

import pytest

from supervision_core.field_records.services.packing import PackedFirm, PackedTask, PackedVisit
from supervision_core.kernel.days import local_day
from supervision_core.kernel.plain import to_plain
from supervision_core.tasks.lists import VISITS
from supervision_core.testing.tasks import LEAD, visit

_SITE: Final = "http://phone.test"
_NOW: Final = datetime(2026, 4, 6, 17, 30, tzinfo=UTC)
"""Half past one in Guangxi, a day later."""
_PAGE: Final = """<!doctype html><main data-field data-words='{"items": []}'><h1></h1>
<p data-counts></p><div data-screen></div></main>"""
_SHOWN: Final = """async ([visit, made_at]) => {
  const { it } = await import("/field-state.js");
  const { viewing } = await import("/field-screens.js");
  const { arriving } = await import("/field-forms.js");
  it.pack = { visits: [visit], names: [], department: visit.department, made_at };
  viewing(visit, new Map());
  const screen = document.querySelector("[data-screen]");
  const links = [...screen.querySelectorAll("a")].map((one) => one.getAttribute("href"));
  const told = screen.textContent;
  location.hash = "";
  arriving(visit);
  return { links, told, form: Boolean(screen.querySelector("form")), hash: location.hash };
}"""


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    """Give a page that has the modules of phones, and a place where they show."""
    tab = chromium.new_page()
    tab.clock.set_fixed_time(_NOW)

    def give(route: Any) -> None:
        name = route.request.url.rpartition("/")[2]
        if not name:
            route.fulfill(body=_PAGE, content_type="text/html")
            return
        text = (files("entrypoints.http.web.assets") / "own" / name).read_text("utf-8")
        route.fulfill(body=text, content_type="text/javascript")

    tab.route("**/*", give)
    tab.goto(f"{_SITE}/")
    yield tab
    tab.close()


def _packed(starts_on: date) -> Any:
    made = visit("visit-1")
    made._check_in = None
    made._results, made._conclusion, made._signatures = (), None, None
    return {
        **to_plain(PackedVisit(  # type: ignore[dict-item]
            id=made.id, version=1, content=VISITS.viewed(made),
            task=PackedTask(
                name="乳品安全综合检查", number="RW1", starts_on=starts_on,
                ends_on=starts_on + timedelta(days=30), scene="s", checklist="c@1",
                approved_by="", approved_at=None, withheld=False,
            ),
            firm=PackedFirm(name="示例乳业", number="9145", addressee="示例乳业（9145）",
                            domicile="", premises="", checked_on=None, findings=()),
            successors=(), ordered=(),
        )),
        "department": LEAD,
    }  # fmt: skip


@pytest.mark.parametrize("ahead", [0, 1, 30])
def test_no_check_in_is_offered_before_the_task_begins(page: Any, ahead: int) -> None:
    """Done early without signal it would be refused days later, when it is delivered."""
    starts_on = local_day(_NOW) + timedelta(days=ahead)
    found = page.evaluate(_SHOWN, [_packed(starts_on), _NOW.isoformat()])
    offered = "#visit-1/check_in" in found["links"]
    assert (offered, found["form"]) == ((True, True) if not ahead else (False, False))
    assert (f"任务自{starts_on}开始" in found["told"]) is bool(ahead)
    assert found["hash"] == ("#visit-1" if ahead else "")


def test_a_slow_clock_hides_no_check_in(page: Any) -> None:
    """A package that was made when the task had begun says so better than the phone's clock."""
    tomorrow = _NOW + timedelta(days=1)
    found = page.evaluate(_SHOWN, [_packed(local_day(tomorrow)), tomorrow.isoformat()])
    assert "#visit-1/check_in" in found["links"]
