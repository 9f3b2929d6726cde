from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve

from supervision_core.assessment.model import ContentDraw
from supervision_core.checklists.model import ChecklistItem
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.shortage import Shortage
from supervision_core.draws.model.staffing import Certificate, Ground, Inspector, Recusal
from supervision_core.grading.model import Grade, GradingDefinition, ItemDraw
from supervision_core.items.model import CheckContent, Importance, LawArticle, Site
from supervision_core.kernel.canonical import sm3
from supervision_core.officers.model import Certificate as OfficerCertificate
from supervision_core.officers.model import Officer, Team, TeamKind
from supervision_core.tasks.model.drawing import (
    draw_rule,
    drawn_teams,
    items_ticked,
    staffing_for,
    ungrantable,
    visit_items,
)
from supervision_core.testing.draws import deposit, frozen_draw, opened_draw
from supervision_core.testing.models import full_credit_model
from supervision_core.testing.officers import full_officer
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.tasks import FARM, LEAD

POOL = Pool.of([("s1", "1"), ("s2", "1"), ("s3", "2")])
AT = datetime(2026, 7, 14, 1, tzinfo=UTC)
GRADING = GradingDefinition(
    risk_levels=("A",),
    credit_levels=("A",),
    matrix=((1,),),
    grades=tuple(
        Grade(number=n, name=f"{n}", measure="m", object_ratio=r, item_ratio=r)
        for n, r in ((1, "0.5"), (2, "1"))
    ),
    item_draw=ItemDraw.BY_RATIO,
)


def _item(code: str, importance: Importance, department: str = "甲") -> ChecklistItem:
    content = CheckContent(
        matter="m",
        sub_item=f"{code} sub",
        content="c",
        department=department,
        site=Site.OFFSITE if code == "k" else Site.ONSITE,
        importance=importance,
        basis=(LawArticle(document="法", article="第一条"),),
        matter_code="m.1",
    )
    return ChecklistItem(code=code, content=content)


ITEMS = (
    _item("k", Importance.KEY),
    *(_item(f"g{n}", Importance.GENERAL, "乙") for n in range(4)),
)


def _drawn(grading: GradingDefinition) -> Draw:
    rule = draw_rule(grading, ITEMS, filters=("f",), exclusions=("e",))
    draw = frozen_draw("d", POOL, task="t", lead="甲", rule=Rule.of(rule), contributors=("甲",))
    for one in draw.round.contributors:
        deposit(draw, one)
    opened_draw(draw).complete(POOL, at=AT)
    return draw


def test_the_rule_takes_its_ratios_from_the_grades_and_draws_general_items_only() -> None:
    """Strata are grades; key items stay out of the item pool, for they are never drawn away."""
    assert draw_rule(GRADING, ITEMS, filters=("f",), exclusions=("e",)) == {
        "strata": {"1": {"ratio": "0.5"}, "2": {"ratio": "1"}},
        "filters": ["f"],
        "exclusions": ["e"],
        "items": {
            "strata": {"1": {"ratio": "0.5"}, "2": {"ratio": "1"}},
            "pool": [{"id": f"g{n}", "strata": ["1", "2", "3", "4"]} for n in range(4)],
        },
    }


def test_items_ticked_for_a_grade_are_all_taken() -> None:
    """Drawn by grade, every general item that is ticked for the grade is checked."""
    by_grade = evolve(GRADING, item_draw=ItemDraw.BY_GRADE)
    rule = draw_rule(by_grade, ITEMS, filters=(), exclusions=())
    assert rule["items"] == {
        "strata": {"1": {"ratio": "1"}, "2": {"ratio": "1"}},
        "pool": [{"id": f"g{n}", "strata": ["1", "2", "3", "4"]} for n in range(4)],
    }
    assert "items" not in draw_rule(GRADING, ITEMS[:1], filters=(), exclusions=())


def test_credit_models_that_steer_the_draw_say_how_items_are_taken() -> None:
    """检查内容抽取方式 of a credit model with 信用抽取 stands over the rule's 抽取方式."""
    by_level, by_ratio = full_credit_model("c-1"), full_credit_model("c-2")
    by_level.content_draw, by_ratio.content_draw = ContentDraw.BY_LEVEL, ContentDraw.BY_RATIO
    by_grade = evolve(GRADING, item_draw=ItemDraw.BY_GRADE)
    assert items_ticked(GRADING, [by_level])
    assert not items_ticked(by_grade, [by_ratio])
    assert (items_ticked(GRADING, []), items_ticked(by_grade, [])) == (False, True)
    rule: Any = draw_rule(GRADING, ITEMS, filters=(), exclusions=(), steering=[by_level])
    assert rule["items"]["strata"] == {"1": {"ratio": "1"}, "2": {"ratio": "1"}}


def test_every_subject_is_checked_for_the_key_items_and_its_share_of_the_others() -> None:
    """A mild grade gets half the general items, a worse one all; the order is the checklist's."""
    draw = _drawn(GRADING)
    mild = next(each.id for each in draw.picks if each.stratum == "1")
    items = visit_items(ITEMS, draw, [mild, "s3"])
    found = items[mild]
    assert (found[0].id, found[0].key, found[0].onsite, len(found)) == ("k", True, False, 3)
    assert [one.id for one in items["s3"]] == ["k", "g0", "g1", "g2", "g3"]
    drawn = dict(draw.items(POOL))
    assert [one.id for one in found[1:]] == [it.code for it in ITEMS if it.code in drawn[mild]]
    general = found[1]
    assert (general.title, general.domain, general.topic) == ("c", "m", "m")
    assert (general.department, general.matter, general.onsite, general.key) == (
        "乙",
        "m.1",
        True,
        False,
    )


def test_a_visit_demands_one_officer_a_department_and_two_at_least() -> None:
    """Where one department alone checks, it sends two; who must withdraw is recused."""
    draw = _drawn(GRADING)
    subject, officer = full_subject(), full_officer()
    subjects = dict.fromkeys(draw.selection, subject)
    items = visit_items(ITEMS, draw, draw.selection)
    alone = dict.fromkeys(draw.selection, visit_items(ITEMS[:1], draw, ["s3"])["s3"])
    day = date(2026, 8, 13)
    both = staffing_for(draw, subjects, items, [officer], day=day, cap=5)
    assert [(d.departments, d.count, d.matter) for d in both.visits[0].demands] == [
        (("乙",), 1, "乙"),
        (("甲",), 1, "甲"),
    ]
    one = staffing_for(draw, subjects, alone, [officer], day=day, cap=5)
    assert [(d.departments, d.count) for d in one.visits[0].demands] == [(("甲",), 2)]
    assert (both.day, both.cap, both.visits[0].region) == (day, 5, subject.region)
    assert both.inspectors[0].id == officer.id


def test_an_item_without_a_name_of_its_own_is_called_by_its_content() -> None:
    """The title is the sub-item's, or where there is none, what is checked."""
    nameless = evolve(ITEMS[0], content=evolve(ITEMS[0].content, sub_item=""))
    items = visit_items([nameless], _drawn(GRADING), ["s3"])
    assert [one.title for one in items["s3"]] == ["c"]


def test_inspectors_come_with_their_certificates_and_what_bars_them() -> None:
    """A certificate without matters or dates holds for the department's own, at any time."""
    draw = _drawn(GRADING)
    subjects = dict.fromkeys(draw.selection, full_subject())
    items = visit_items(ITEMS, draw, draw.selection)
    plain = Officer(
        id="o-2",
        name="李示例",
        department="乙",
        region="450000",
        certificates=(OfficerCertificate(number="1", regions=frozenset({"450000"})),),
    )
    made = staffing_for(
        draw, subjects, items, [full_officer("o-1"), plain], day=date(2026, 8, 13), cap=5
    )
    assert [each.subject for each in made.visits] == list(draw.selection)
    assert made.inspectors == (
        Inspector(
            "o-1",
            "市场监管",
            (
                Certificate(
                    frozenset({"食品", "乳品"}),
                    frozenset({"450100", "451400"}),
                    date(2024, 1, 1),
                    date(2028, 12, 31),
                ),
            ),
        ),
        Inspector(
            "o-2",
            "乙",
            (Certificate(frozenset({"乙"}), frozenset({"450000"}), date.min, date.max),),
        ),
    )
    assert made.recusals == tuple(
        Recusal("o-1", subject, Ground.INTEREST) for subject in draw.selection
    )


def test_of_a_shortage_just_as_many_visits_go_as_there_are_places_too_many() -> None:
    """The other visits can then be staffed."""
    shortage = Shortage(
        visits=("a", "b", "c"),
        departments=("甲",),
        officers=("o",),
        needed=6,
        available=4,
        barred=(),
        offers=(),
    )
    assert ungrantable(shortage) == ("b", "c")
    assert ungrantable(evolve(shortage, available=6)) == ("c",)


def team(id: str, department: str = LEAD, kind: TeamKind = TeamKind.ENFORCEMENT) -> Team:
    """Give a team of one officer."""
    made = Team.create(id=id, name=id, kind=kind, region="450100", department=department)
    made.join(frozenset({f"officer-of-{id}"}))
    return made


def test_a_team_is_drawn_for_each_department_that_has_any() -> None:
    """The least SM3(seed 0x03 id) is drawn; gone, empty and reviewing teams take no part."""
    gone = team("gone")
    gone.delete()
    empty = Team.create(
        id="empty", name="空", kind=TeamKind.ENFORCEMENT, region="450100", department=FARM
    )
    others = (team("risk", FARM, TeamKind.RISK), team("stranger", "dept-fire"))
    teams = [*(team(f"t-{one}") for one in range(5)), gone, empty, *others]
    for seed in (bytes(32), b"\x07" * 32):
        (drawn,) = drawn_teams(seed, teams, (LEAD, FARM))
        lots = {sm3(seed + b"\x03" + one.id.encode()): one.id for one in teams[:5]}
        least = lots[min(lots)]
        assert (drawn.department, drawn.team) == (LEAD, least)
        assert drawn.members == {f"officer-of-{least}"}
