"""文书预览: what a phone puts into papers is what the platform prints of the same visit."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, Final, cast

import pytest
from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web import corrections, papers
from entrypoints.http.web.paper_facts import inspectors, organ
from entrypoints.http.web.phone.field import WORDS
from supervision_core.field_records.services.packing import (
    PackedFirm,
    PackedGuide,
    PackedTask,
    PackedVisit,
    lightened,
)
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services.lists import ReferredName
from supervision_core.kernel.days import day_words, local_day
from supervision_core.kernel.plain import to_plain
from supervision_core.tasks.law import CORRECTION_BASIS
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.lists.visits import VisitView
from supervision_core.tasks.model.presence import CheckIn
from supervision_core.tasks.model.results import (
    Conclusion,
    ItemOutcome,
    Measure,
    Outcome,
    PendingMatter,
    VisitItem,
)
from supervision_core.tasks.model.visit import Visit
from supervision_core.testing.tasks import FARM, INSPECTORS, LEAD, result, visit_sheet

_SITE: Final = "http://phone.test"
_LATE: Final = datetime(2026, 4, 6, 17, 30, tzinfo=UTC)
"""Half past one in Guangxi, a day later."""
_ITEMS: Final = (
    VisitItem(id="1.1", title="许可证", department=LEAD, basis=("《食品安全法》第三十五条", " ")),
    VisitItem(
        id="1.2",
        title="交接单",
        department=FARM,
        basis=("甲法", "乙法（2021-04-09）第三条", "甲法"),
    ),
    VisitItem(id="1.3", title="库房", department=LEAD),
)
_NAMES: Final = tuple(
    ReferredName(kind=kind, id=one, name=name)
    for kind, one, name in (
        ("department", LEAD, "市场监管局"), ("department", FARM, "农业农村局"),
        ("officer", "officer-1", "王示例"), ("officer", "officer-2", "李示例"),
        ("task", "task-1", "乳品安全综合检查"),
    )
)  # fmt: skip
_MODULES: Final = """async ([visit, acts, pack, papers]) => {
  const { answered } = await import("/field-visit.js");
  const { factsOf } = await import("/field-facts.js");
  const present = answered(visit, acts, "account-1");
  return Object.fromEntries(papers.map((one) => [one, factsOf(one, present, pack)]));
}"""
_ALL: Final = frozenset(Outcome) - {Outcome.NO_PROBLEM}
_CASES: Final[Mapping[str, tuple[Mapping[str, tuple[ItemOutcome, str]], Conclusion]]] = {
    "nothing": (
        {one.id: (ItemOutcome.PASSED, "") for one in _ITEMS},
        Conclusion(outcomes=frozenset({Outcome.NO_PROBLEM}), by="officer-1", at=_LATE),
    ),
    "both": (
        {"1.1": (ItemOutcome.FAILED, " 过期。； "), "1.2": (ItemOutcome.FAILED, "。"),
         "1.3": (ItemOutcome.NOT_CHECKED, "停用")},
        Conclusion(
            outcomes=frozenset({Outcome.PENDING}), by="officer-1", at=_LATE,
            pending=frozenset(PendingMatter), measures=frozenset(Measure), note="另行约谈；",
        ),
    ),
    "one": (
        {"1.1": (ItemOutcome.PASSED, ""), "1.2": (ItemOutcome.PASSED, ""),
         "1.3": (ItemOutcome.FAILED, "杂物堆放.")},
        Conclusion(outcomes=_ALL, by="officer-1", at=_LATE, note="。"),
    ),
}  # fmt: skip


@frozen
class _Found:
    """A visit as a page is told of it."""

    id: str
    content: VisitView
    names: tuple[ReferredName, ...] = _NAMES


def _visit(case: str, *, recorded: bool) -> Visit:
    """Give a visit that officers came to, before or after they recorded what they found."""
    made = Visit.open(
        id="visit-1", sheet=visit_sheet(items=_ITEMS), officers=INSPECTORS,
        due_on=date(2026, 5, 29), at=_LATE,
    )  # fmt: skip
    made.check_in(CheckIn(by="officer-1", at=_LATE, reason="没有张贴码"))
    if recorded:
        found, conclusion = _CASES[case]
        by = {one.id: "officer-1" if one.department == LEAD else "officer-2" for one in _ITEMS}
        for item, (outcome, note) in found.items():
            made.record([result(item, outcome, by=by[item], note=note)])
        made._conclusion = conclusion
    return made


def _acts(case: str) -> list[Mapping[str, Any]]:
    """Give what officers do on the phone, in the order of its forms."""
    found, conclusion = _CASES[case]
    answers: list[Mapping[str, Any]] = [
        {"item": item, "outcome": outcome.value, "note": note, "evidence": []}
        for item, (outcome, note) in found.items()
    ]
    chosen = {
        name: [code for code in WORDS[name] if code in {str(one) for one in values}]
        for name, values in (
            ("outcomes", conclusion.outcomes), ("pending", conclusion.pending),
            ("measures", conclusion.measures),
        )
    }  # fmt: skip
    return [
        *({"step": "record", "command": {"answers": [one]}} for one in answers),
        {"step": "conclude", "command": {**chosen, "note": conclusion.note}},
    ]


def _packed(made: Visit) -> tuple[Any, tuple[PackedGuide, ...]]:
    """Give a visit as a package brings it, and what its items share."""
    guides = tuple(
        PackedGuide(checklist="c@1", item=one.id, topic=one.topic, method=one.method,
                    basis=one.basis, law=(), advice=())
        for one in _ITEMS
    )  # fmt: skip
    known = {(one.checklist, one.item): one for one in guides}
    return to_plain(PackedVisit(
        id=made.id, version=1, content=lightened(VISITS.viewed(made), "c@1", known),
        task=PackedTask(
            name="乳品安全综合检查", number="RW1", starts_on=date(2026, 4, 1),
            ends_on=date(2026, 5, 1), scene="s", checklist="c@1", approved_by="",
            approved_at=None, withheld=False,
        ),
        firm=PackedFirm(name="示例乳业", number="9145", addressee="示例乳业（9145）",
                        domicile="", premises="", checked_on=None, findings=()),
        successors=(), ordered=(),
    )), guides  # fmt: skip


def _as_text(fact: Any) -> Any:
    """Give a fact as a paper prints it."""
    if isinstance(fact, date):
        return day_words(fact)
    if isinstance(fact, Mapping):
        return {name: _as_text(one) for name, one in fact.items()}
    return [_as_text(one) for one in fact] if isinstance(fact, list) else str(fact)


def _printed(case: str, department: str) -> Mapping[str, Any]:
    """Give what the platform puts into both papers."""
    found = _Found("visit-1", VISITS.viewed(_visit(case, recorded=True)))
    nobody = Actor(
        user="u", department=department, scope=DataScope(region="450100"), permissions=frozenset()
    )
    call = Call(platform=cast("Any", None), source="", actor=nobody)
    said = {"publish_by": "2026-05-08", "result": papers._concluded(found.content)}
    common = {
        "department": organ(found, department), "subject": "示例乳业", "subject_code": "9145",
        "addressee": "示例乳业（9145）",
    }  # fmt: skip
    order = common | {
        "checked_on": day_words(local_day(_LATE)), "basis": CORRECTION_BASIS,
        "inspectors": inspectors(found, department) or inspectors(found),
        "findings": [
            corrections.written_of(one) for _, one in corrections.orderable(call, found)
        ],
    }  # fmt: skip
    notice = common | {
        name: fact for name, fact in papers._result(call, found, said).items()
        if name != "publish_by"
    }  # fmt: skip
    notice["published_at"] = papers.PUBLISHED_AT
    return {"correction_order": _as_text(order), "result_notice": _as_text(notice)}


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    """Give a page that has the modules of phones, and nothing else."""
    tab = chromium.new_page()

    def give(route: Any) -> None:
        name = route.request.url.rpartition("/")[2]
        if not name:
            route.fulfill(body="<!doctype html>", content_type="text/html")
            return
        text = (files("entrypoints.http.web.assets") / "own" / name).read_text("utf-8")
        route.fulfill(body=text, content_type="text/javascript")

    tab.route("**/*", give)
    tab.goto(f"{_SITE}/")
    yield tab
    tab.close()


@pytest.mark.parametrize("recorded", [True, False], ids=["as-stored", "as-recorded-on-the-phone"])
@pytest.mark.parametrize("department", [LEAD, FARM])
@pytest.mark.parametrize("case", _CASES)
def test_a_phone_says_what_the_platform_prints(
    page: Any, case: str, department: str, *, recorded: bool
) -> None:
    """Of what is stored, and of what was recorded on the phone and is not delivered yet."""
    visit, guides = _packed(_visit(case, recorded=recorded))
    words = {name: dict(those) for name, those in WORDS.items()}
    pack = {
        "words": words, "department": department, "names": to_plain(_NAMES),
        "guides": to_plain(guides),
    }  # fmt: skip
    asked = [visit, [] if recorded else _acts(case), pack, ["correction_order", "result_notice"]]
    expected = _printed(case, department)
    for one in expected["correction_order"]["findings"]:
        one["basis"] = one["basis"] or "（送达时填写）"
    assert page.evaluate(_MODULES, asked) == expected
    shown = [evolve(one, basis=()) for one in guides]
    other = page.evaluate(_MODULES, [*asked[:2], {**pack, "guides": to_plain(shown)}, asked[3]])
    assert (other == expected) == (case == "nothing" or not _cites(case))


def _cites(case: str) -> bool:
    """Tell whether a failed item cites a law: else no guide is wanted."""
    found, _ = _CASES[case]
    laws = {one.id: one.basis for one in _ITEMS}
    return any(outcome is ItemOutcome.FAILED and laws[item] for item, (outcome, _) in found.items())


@pytest.mark.parametrize(
    ("ended", "day"), [("2026-04-07T11:20", ""), ("2026-04-08T00:05", "2026年4月8日")]
)
def test_a_record_says_from_when_to_when_and_each_moment_whole(ended: str, day: str) -> None:
    """Of one day the period names it once; templates of departments find both moments whole."""
    found = _Found("visit-1", VISITS.viewed(_visit("both", recorded=True)))
    said = {"conclusion": "甲", "statement": "乙", "signature": "丙",
            "started_at": "2026-04-07T09:05+08:00", "ended_at": f"{ended}+08:00"}  # fmt: skip
    facts = papers._record(cast("Any", None), found, said)
    hour = "0时5分" if day else "11时20分"
    assert facts["started_at"] == "2026年4月7日9时5分"
    assert facts["ended_at"] == f"{day or '2026年4月7日'}{hour}"
    assert facts["period"] == f"2026年4月7日9时5分至{day}{hour}"
