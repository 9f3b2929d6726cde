from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from entrypoints.actors import operator
from entrypoints.container import generate_firms, open_platform
from entrypoints.receivers import receivers
from entrypoints.worker.grading import GradingJob
from supervision_core.assessment.model import Cycle
from supervision_core.grading.lists import GRADED_SUBJECTS
from supervision_core.grading.services import GRADE_RECEIVER
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.relaying import Relay
from supervision_core.kernel.days import local_day
from supervision_core.kernel.events import Thing
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.outbox import Envelope, Receiving
from supervision_core.kernel.paging import PageRequest
from supervision_core.scenes.ports import Scenes
from supervision_core.scenes.tagging import SceneTagging, tag_known
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.identity import NOON

Run = Callable[..., Any]
DAY = ("--as-of", "2026-06-30")


@pytest.fixture
def database(run: Run, organised: Callable[[str], None], tmp_path: Path) -> Path:
    """Give a database with firms of the dairy trade and their scene."""
    generate_firms(tmp_path / "firms.xlsx", count=300, seed=1)
    organised("a.db")
    assert run("scene", "sample", "dairy", "dairy").code == 0
    assert run("scene", "import", "dairy", "--database", "a.db").code == 0
    assert run("import", "subjects", "firms.xlsx", "--database", "a.db").code == 0
    return tmp_path / "a.db"


def codes(database: Path) -> list[str]:
    """Give the codes of the graded firms, by code."""
    platform = open_platform(f"sqlite:///{database}")
    asked = "select s.code from subject s join graded_subject g on g.subject_id = s.id order by 1"
    try:
        with platform.engine.connect() as connection:
            return list(connection.execute(text(asked)).scalars())
    finally:
        platform.engine.dispose()


@pytest.mark.function("F193", surface="cli")
def test_a_scene_s_subjects_are_graded_in_the_database(run: Run, database: Path) -> None:
    """Everyone with the scene's tag gets one grading a day, however often it is told."""
    first = run("grade", "dairy", "--database", database, *DAY, "--json")
    assert first.code == 0, first.err
    assert first.data["subjects"] > 20
    assert sum(first.data["grades"].values()) + first.data["faulty"] == first.data["subjects"]
    assert run("grade", "dairy", "--database", database, *DAY, "--json").data == first.data
    assert len(codes(database)) == first.data["subjects"]


@pytest.mark.function("F193", surface="library")
def _untagged(database: Path) -> None:
    """Leave firms as releases did that tagged at their import alone: before the scene."""
    platform = open_platform(f"sqlite:///{database}")
    with platform.transactions.begin() as unit:
        for one in unit[Subjects].walk("", 1_000):
            one.classify(frozenset())
            unit[Subjects].save(one)
        unit.commit()
    platform.engine.dispose()


def test_nobody_graded_is_no_success(
    run: Run, organised: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Without firms: why, what to do, and exit code 3; the worker warns of it in its log."""
    organised("a.db")
    assert run("scene", "sample", "dairy", "dairy").code == 0
    made = run("scene", "import", "dairy", "--database", "a.db")
    assert "! 还没有带检查标签的监管对象" in made.out
    absent = run("grade", "dairy", "--database", "a.db", *DAY)
    assert absent.code == 3
    assert "✗ 区划内还没有监管对象" in absent.err
    assert "supervision import subjects" in absent.err
    assert "✓" not in absent.out + absent.err
    platform = open_platform("sqlite:///a.db")
    GradingJob(platform).run()
    platform.engine.dispose()
    assert "nobody is inspected" in caplog.text


def test_importing_again_tags_firms_from_before_the_scene(run: Run, database: Path) -> None:
    """Firms without the scene's tags are told of; imported once more they are graded."""
    first = run("grade", "dairy", "--database", database, *DAY, "--json").data
    _untagged(database)
    said = run("grade", "dairy", "--database", database, *DAY, "--json")
    assert (said.code, [one["code"] for one in said.data["reasons"]]) == (
        3, ["cli.subjects_untagged"]
    )  # fmt: skip
    assert "户监管对象，没有一户" in said.data["reasons"][0]["reason"]
    again = ("import", "subjects", "firms.xlsx", "--database", database, "--json")
    told = run(*again).data
    assert told["changed"] >= first["subjects"]
    assert run("grade", "dairy", "--database", database, *DAY, "--json").data == first
    assert run(*again).data["changed"] == 0


def test_a_scene_tags_the_firms_that_were_there(
    run: Run, organised: Callable[[str], None], tmp_path: Path
) -> None:
    """Firms that were imported before their scene are graded, by the rule that tags at import."""
    generate_firms(tmp_path / "firms.xlsx", count=300, seed=1)
    organised("a.db")
    assert run("import", "subjects", "firms.xlsx", "--database", "a.db").code == 0
    assert run("scene", "sample", "dairy", "dairy").code == 0
    made = run("scene", "import", "dairy", "--database", "a.db", "--json").data
    graded = run("grade", "dairy", "--database", "a.db", *DAY, "--json")
    assert (graded.code, made["subjects"]) == (0, graded.data["subjects"])
    assert made["tagged"] >= made["subjects"] > 20
    _untagged(tmp_path / "a.db")
    again = run("scene", "import", "dairy", "--database", "a.db", "--json").data
    assert again["subjects"] == made["subjects"]


def test_a_scene_that_is_published_tags_the_firms_that_were_there(run: Run, database: Path) -> None:
    """By whomever it is published: the worker sees to it, once and again without any change."""
    first = run("grade", "dairy", "--database", database, *DAY, "--json").data
    _untagged(database)
    platform = open_platform(f"sqlite:///{database}")
    tagging = SceneTagging(platform.commands, operator("worker"))
    assert tagging.receiver.name in {one.name for one in receivers(platform.commands)}
    Relay(
        transactions=platform.transactions, outbox=platform.outbox, receivers=[tagging.receiver],
        clock=platform.clock, ids=platform.ids,
    ).run()  # fmt: skip
    assert tag_known(platform.commands, "450000", actor=operator("worker")) == 0
    platform.engine.dispose()
    assert run("grade", "dairy", "--database", database, *DAY, "--json").data == first


def test_graded_subjects_stand_in_a_list(run: Run, database: Path) -> None:
    """分级名单: one line a subject and rule, of the newest day; it moves with its subject."""
    for day in ("2026-06-29", "2026-06-30"):
        assert run("grade", "dairy", "--database", database, "--as-of", day).code == 0
    graded = set(codes(database))
    platform = open_platform(f"sqlite:///{database}")
    try:
        with platform.transactions.begin() as unit:
            whole = unit[Lists].page(GRADED_SUBJECTS, ListFilter(), PageRequest(size=200)).items
            assert len({one.subject for one in whole}) == len(whole) == len(graded)
            assert {one.as_of.isoformat() for one in whole} == {"2026-06-30"}
            worst = max(one.grade for one in whole)
            asked = ListFilter(asked={"grade": worst})
            of_grade = unit[Lists].page(GRADED_SUBJECTS, asked, PageRequest(size=200)).items
            assert {one.id for one in of_grade} == {one.id for one in whole if one.grade == worst}
            moved = unit[Subjects].get(whole[0].subject)
            moved._region = "451481"
            unit[Subjects].save(moved)
            event = Envelope(
                number=1, name="subjects.SubjectMoved", at=NOON, facts={},
                thing=Thing(Subjects.kind, moved.id, moved.version),
            )  # fmt: skip
            receiving = Receiving(unit=unit, now=NOON, ids=platform.ids)
            GRADE_RECEIVER.receive(receiving, [event, event])
            scene = unit[Scenes].find_by_code("450000", "dairy")
            assert scene is not None
            there = ListFilter(asked={"region": "451481"})
            found = unit[Lists].page(GRADED_SUBJECTS, there, PageRequest()).items
            assert moved.id in {one.subject for one in found}
        cases, who = cases_of(GRADED_SUBJECTS), operator()
        for id_, most in ((scene.id, 5), ("none", 0)):
            asked_by = cases.asking(scene=id_, page=PageRequest(size=5))
            assert len(platform.commands.ask(cases.list, asked_by, actor=who).items) == most
    finally:
        platform.engine.dispose()


@pytest.mark.function("F039", surface="library")
@pytest.mark.function("F040", surface="library")
def test_a_cycle_is_evaluated_by_itself_once(run: Run, database: Path) -> None:
    """自动发起评价: the worker grades as of the first day of the cycle whoever has no grade of it.

    Begun anew it grades nobody twice, and who was left out is graded then.
    """
    del run
    platform = open_platform(f"sqlite:///{database}")
    try:
        GradingJob(platform).run()
        with platform.transactions.begin() as unit:
            found = unit[Lists].page(GRADED_SUBJECTS, ListFilter(), PageRequest(size=200)).items
        (day,) = {one.as_of for one in found}
        today = local_day(platform.clock.now())
        assert day == Cycle.QUARTER.begun(today)
        asked = "select count(*) from audit_row where action = 'grading.grade_subjects'"
        with platform.engine.connect() as connection:
            rows = connection.execute(text(asked)).scalar_one()
        assert rows > 0
        GradingJob(platform).run()
        with platform.engine.begin() as connection:
            assert connection.execute(text(asked)).scalar_one() == rows
            gone = {"one": found[0].subject}
            connection.execute(text("delete from graded_subject where subject_id = :one"), gone)
        GradingJob(platform).run()
        with platform.engine.connect() as connection:
            assert connection.execute(text(asked)).scalar_one() == rows + 1
    finally:
        platform.engine.dispose()


@pytest.mark.function("F175", surface="cli")
def test_a_grade_is_explained_from_what_is_stored(run: Run, database: Path) -> None:
    """The words come from the stored facts, after the stored result was computed again."""
    assert run("grade", "dairy", "--database", database, *DAY).code == 0
    code = codes(database)[0]
    said = run("grade", "dairy", "--database", database, *DAY, "--explain", code)
    assert said.code == 0, said.err
    assert "与存档结果一致" in said.out
    assert "依据《" in said.out
    other_day = ("--as-of", "2026-06-29", "--explain", code, "--json")
    never = run("grade", "dairy", "--database", database, *other_day)
    assert (never.code, never.data["error"]) == (3, "grading.not_graded")


def test_a_scene_without_a_rule_is_refused(run: Run, database: Path) -> None:
    """What cannot be graded is said at once."""
    assert run("grade", "absent", "--database", database).code == 3


def test_a_roster_without_facts_is_not_graded_in_silence(
    run: Run, organised: Callable[[str], None], tmp_path: Path
) -> None:
    """Of firms of whom nothing is known but the name the grade says so, and so does the summary."""
    organised("a.db")
    assert run("scene", "sample", "dairy", "dairy").code == 0
    assert run("scene", "import", "dairy", "--database", "a.db").code == 0
    rows = [f"南宁{n}乳业有限公司,9145010{n}MA000000{n}X,青秀区,乳制品制造" for n in range(1, 6)]
    text_ = "\n".join(["企业名称,统一社会信用代码,所在县（市、区）,所属行业", *rows])
    (tmp_path / "f.csv").write_bytes(text_.encode("gb18030"))
    assert run("import", "subjects", "f.csv", "--database", "a.db").code == 0
    said = run("grade", "dairy", "--database", "a.db", *DAY, "--json").data
    assert said["subjects"] == said["insufficient"] == 5
    assert said["facts_known"] == {"0": 5}
    assert {name[0]: count for name, count in said["grades"].items() if count} == {"2": 5}
    assert "数据不足5户" in run("grade", "dairy", "--database", "a.db", *DAY).out
    (code, *_) = codes(tmp_path / "a.db")
    explained = run("grade", "dairy", "--database", "a.db", *DAY, "--explain", code).out
    assert "数据不足：按规则作为分级 2" in explained
