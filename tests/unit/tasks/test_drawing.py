from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve

from supervision_core.assessment.model import ContentDraw
from supervision_core.checklists.model import ChecklistItem
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.roster import Roster
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.shortage import Shortage
from supervision_core.draws.model.staffing import Certificate, Inspector, Ties
from supervision_core.grading.model import Grade, GradingDefinition, ItemDraw
from supervision_core.items.model import CheckContent, Importance, LawArticle, Site
from supervision_core.kernel.canonical import sm3
from supervision_core.officers.model import Certificate as OfficerCertificate
from supervision_core.officers.model import Officer, Team, TeamKind
from supervision_core.tasks.model.drawing import (
    OfficersDemanded,
    bonds_of,
    demand_violations,
    draw_rule,
    items_ticked,
    roster_of,
    rostered_staffing,
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
    """Where one department alone checks, it sends two; what was demanded at freezing comes first.

    Nobody answers for a firm that the register does not know: the lead goes.
    """
    draw = _drawn(GRADING)
    first, *others = draw.selection
    answering = {first: {"甲", "乙"}, **{one: {"甲"} for one in others}}
    day = date(2026, 8, 13)
    roster = roster_of([full_officer()], (), (), departments=("甲",), day=day, cap=5)
    made = rostered_staffing(draw, roster, {first: "450103"}, answering)
    assert [(d.departments, d.count, d.matter) for d in made.visits[0].demands] == [
        (("乙",), 1, "*"), (("甲",), 1, "*"),
    ]  # fmt: skip
    assert [(d.departments, d.count) for d in made.visits[1].demands] == [(("甲",), 2)]
    assert (made.day, made.cap, made.visits[0].region) == (day, 5, "450103")
    assert made.visits[1].region == draw.region
    unknown = rostered_staffing(draw, roster, {}, {})
    assert unknown.visits[0].demands[0].departments == (draw.lead,)
    wanted = (OfficersDemanded(departments=("甲", "乙"), count=3, matter="食品"),)
    other = roster_of([full_officer()], (), wanted, departments=("甲",), day=day, cap=None)
    assert rostered_staffing(draw, other, {}, {}).visits[0].demands == other.demands


def test_what_is_demanded_is_two_officers_at_least_of_departments_that_take_part() -> None:
    """Nobody can change it after the seed: it is refused before."""
    strange = OfficersDemanded(departments=("丙",), count=1)
    assert [one.code for one in demand_violations([strange], ("甲",), 0)] == [
        "tasks.department_not_joining", "tasks.nobody_demanded", "tasks.claim_cap",
    ]  # fmt: skip
    assert not list(demand_violations((), ("甲",), None))


def test_an_item_without_a_name_of_its_own_is_called_by_its_content() -> None:
    """The title is the sub-item's, or where there is none, what is checked."""
    nameless = evolve(ITEMS[0], content=evolve(ITEMS[0].content, sub_item=""))
    items = visit_items([nameless], _drawn(GRADING), ["s3"])
    assert [one.title for one in items["s3"]] == ["c"]


def _officer(id: str, department: str) -> Officer:
    held = OfficerCertificate(number=id, regions=frozenset({"450000"}))
    return Officer(
        id=id, name=id, department=department, region="450000", certificates=(held,)
    )  # fmt: skip


def test_a_roster_holds_officers_with_their_certificates_and_what_binds_them() -> None:
    """A certificate without matters holds for whatever is demanded; interests are named by code."""
    plain = _officer("o-2", "乙")
    wanted = (OfficersDemanded(departments=("乙", "市场监管"), count=2, matter="食品"),)
    made = roster_of(
        [plain, full_officer("o-1")], (), wanted, departments=(), day=date(2026, 8, 13), cap=5
    )
    held = frozenset({"食品", "乳品", "*"}), frozenset({"450100", "451400"})
    assert made.inspectors == (
        Inspector("o-1", "市场监管", (Certificate(*held, date(2024, 1, 1), date(2028, 12, 31)),)),
        Inspector("o-2", "乙", (
            Certificate(frozenset({"食品", "*"}), frozenset({"450000"}), date.min, date.max),
        )),
    )  # fmt: skip
    assert Roster.of(made.document) == made
    bonds = bonds_of(full_officer("o-1"))
    assert full_subject().identity.code in bonds.interests
    assert bonds_of(plain) == Ties(legal_persons=frozenset({"o-2"}))


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
    """The least SM3(seed 0x03 id) is drawn; gone, empty and reviewing teams take no part.

    Of a department with teams the members of the drawn one go, of others everybody.
    """
    gone = team("gone")
    gone.delete()
    empty = Team.create(
        id="empty", name="空", kind=TeamKind.ENFORCEMENT, region="450100", department=FARM
    )
    others = (team("risk", FARM, TeamKind.RISK), team("stranger", "dept-fire"))
    teams = [*(team(f"t-{one}") for one in range(5)), gone, empty, *others]
    people = [
        *(_officer(f"officer-of-t-{one}", LEAD) for one in range(5)),
        _officer("farmer", FARM),
    ]
    roster = roster_of(people, teams, (), departments=(LEAD, FARM), day=date(2026, 8, 13), cap=None)
    for seed in (bytes(32), b"\x07" * 32):
        ((department, drawn),) = roster.drawn_teams(seed).items()
        lots = {sm3(seed + b"\x03" + one.id.encode()): one.id for one in teams[:5]}
        least = lots[min(lots)]
        assert (department, drawn.id) == (LEAD, least)
        assert [one.id for one in roster.going(seed)] == ["farmer", f"officer-of-{least}"]
