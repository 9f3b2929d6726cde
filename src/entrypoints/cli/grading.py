"""``supervision grade``: a scene's subjects, assessed and graded in the database."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

import rich_click as click
from attrs import define, frozen

from entrypoints.actors import GUANGXI, operator
from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import (
    database_option,
    finish,
    options,
    speaking,
)
from entrypoints.cli.naming import region_of
from entrypoints.cli.opening import opened
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Refused, Violation

if TYPE_CHECKING:
    from entrypoints.container import Platform
    from supervision_core.grading.model import Grade
    from supervision_core.scenes.inspected import InspectedSubjects


@define(eq=False)
class SceneWithoutRule(Refused):
    """The scene has no grading rule."""

    code: ClassVar[str] = "cli.scene_without_rule"


@define(eq=False)
class NothingGraded(Refused):
    """The scene inspects no subject: nothing was graded."""

    code: ClassVar[str] = "cli.nothing_graded"


@frozen(kw_only=True)
class _Scene:
    """What is graded by what."""

    name: str
    rule: str
    grades: tuple[Grade, ...]
    subjects: InspectedSubjects


@click.command(
    help="对场景的监管对象做风险、信用评价并分级，结果存入数据库。\n\n"
    "对象是区划内带有该场景检查标签、登记状态为存续的对象；同一天重做，以后一次为准。\n\n"
    "一户也没有评价、或没有一户能定级的，说明原因，退出码为 3。"
)
@click.argument("scene")
@database_option
@click.option("--region", default=GUANGXI, show_default=True, help="场景所属的区划，写代码或名称。")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="日期",
    help="评价日，如 2026-06-30；不填则为今天。",
)
@click.option("--explain", "code", metavar="代码", help="不评价，只说明该对象当日的分级怎样得来。")
@options
def grade(  # noqa: PLR0913 - one argument an option
    scene: str,
    url: str,
    region: str,
    as_of: datetime | None,
    code: str | None,
    *,
    as_json: bool,
) -> None:
    """Grade the subjects of a scene, or explain the grade of one."""
    with speaking(as_json=as_json) as console, opened(url) as platform:
        day = as_of.date() if as_of else local_day(platform.clock.now())
        found = _scene(platform, region_of(platform, region), scene)
        if code is None:
            _grade(platform, found, day, console)
        else:
            _explain(platform, found, code, day, console)


def _scene(platform: Platform, region: str, code: str) -> _Scene:
    from entrypoints.grading import inspected
    from supervision_core.grading.ports import GradingRules
    from supervision_core.scenes.ports import Scenes

    with platform.transactions.begin() as work:
        scene = work[Scenes].find_by_code(region, code)
        if scene is None:
            raise NotFound(Scenes.kind, code)
        if scene.grading_rule is None:
            raise SceneWithoutRule((Violation(SceneWithoutRule.code, data={"code": code}),))
        rule = work[GradingRules].get(scene.grading_rule)
        return _Scene(
            name=scene.name,
            rule=rule.id,
            grades=rule.current().grades,
            subjects=inspected(scene),
        )


def _grade(platform: Platform, scene: _Scene, day: date, console: Console) -> None:
    from entrypoints.coverage import Footing, asked_by, coverage_line, footings, known_counts
    from entrypoints.grading import every_subject, most_subjects
    from supervision_core.grading.services import GradeSubjects, grade_subjects

    actor, counts, known = operator(), Counter[str](), Counter[Footing]()
    total = most_subjects(platform, scene.subjects)
    with console.progress("评价与分级", total) as advance:
        for ids in every_subject(platform, scene.subjects):
            command = GradeSubjects(rule_id=scene.rule, subject_ids=ids, as_of=day)
            answer = platform.commands.run(grade_subjects, command, actor=actor)
            counts.update({name: int(str(count)) for name, count in answer.items()})
            known.update(footings(platform, scene.rule, day, ids).values())
            advance(len(ids))
    faulty = counts.pop("", 0)
    if not counts and not faulty:
        raise NothingGraded((_nobody(platform, scene),))
    by_name: dict[str, Json] = {
        f"{one.number}（{one.name}）": counts[str(one.number)] for one in scene.grades
    }
    total = counts.total() + faulty
    lines = [f"{'✓' if counts else '✗'} “{scene.name}”评价日 {day.isoformat()}，共 {total:,} 户"]
    if not counts:
        lines.append("✗ 没有一户能定级：请补充评价所用的数据后重做（--explain 代码 说明缺哪几项）")
    lines += [f"分级 {name}：{count:,}" for name, count in by_name.items()]
    asked = asked_by(platform, scene.rule)
    lines.append(coverage_line(known, asked))
    if faulty:
        lines.append(f"! 数据不足、没有定级：{faulty:,}")
    by_known = known_counts(known)
    data: dict[str, Json] = {
        "as_of": day.isoformat(),
        "subjects": total,
        "faulty": faulty,
        "grades": by_name,
        "facts_asked": asked,
        "facts_known": {str(number): by_known[number] for number in sorted(by_known)},
        "insufficient": sum(times for one, times in known.items() if one.insufficient),
    }
    console.answer(data, lines)
    if not counts:
        finish(Exit.REFUSED)


def _nobody(platform: Platform, scene: _Scene) -> Violation:
    """Say why a scene inspects nobody."""
    from supervision_core.subjects.ports import SubjectFilter, SubjectQueries

    with platform.transactions.begin() as work:
        known = work[SubjectQueries].count(SubjectFilter(region=scene.subjects.region))
    code = "cli.subjects_untagged" if known else "cli.subjects_absent"
    return Violation(code, data={"scene": scene.name, "known": known})


def _explain(platform: Platform, scene: _Scene, code: str, day: date, console: Console) -> None:
    from supervision_core.grading.services import ExplainGrade, explain_grade
    from supervision_core.subjects.ports import Subjects

    with platform.transactions.begin() as work:
        known = work[Subjects].find_by_codes([code])
    if not known:
        raise NotFound(Subjects.kind, code)
    command = ExplainGrade(rule_id=scene.rule, subject_id=known[0].id, as_of=day)
    answer = platform.commands.run(explain_grade, command, actor=operator())
    explanation = answer["explanation"]
    lines = [str(line) for line in explanation] if isinstance(explanation, list) else []
    lines.append(
        f"数据不足：按规则作为分级 {answer['grade']}（{answer['grade_name']}）管理。"
        if answer["grade"] and not (answer["risk"] and answer["credit"])
        else f"风险 {answer['risk']} × 信用 {answer['credit']}："
        f"分级 {answer['grade']}（{answer['grade_name']}）"
        if answer["grade"]
        else "数据不足，没有定级。"
    )
    lines.append(
        f"评价依据：模型用到{answer['facts_asked']}项数据，已知{answer['facts_known']}项。"
    )
    lines.append("以上按存档数据重新计算，与存档结果一致。")
    console.answer(answer, lines)
