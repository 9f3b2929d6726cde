"""``supervision assess``: any model over any file of facts, without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import rich_click as click
from attrs import define, frozen

from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import DocumentUnreadable, finish, options, speaking
from entrypoints.words import all_messages
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.shares import per_cent

if TYPE_CHECKING:
    from supervision_core.assessment.model import AssessmentModel
    from supervision_core.assessment.wording import Explanation
    from supervision_core.grading.model import GradingDefinition
    from supervision_core.kernel.documents import RejectedRow

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 20
_OUTS = (".parquet", ".csv", ".xlsx")


@define(eq=False)
class SubjectNotInFile(Refused):
    """The file holds nothing about the subject that is to be explained."""

    code: ClassVar[str] = "cli.subject_not_in_file"


@frozen
class _Task:
    """What is assessed by what."""

    model: AssessmentModel
    credit: AssessmentModel | None
    rule: GradingDefinition | None
    facts: Path
    key: str | None
    as_of: date


@click.command(
    help="用任何评价模型评价任何一份事实，不需要数据库。\n\n"
    "模型格式见 docs/formats/model.md，分级规则格式见 docs/formats/grading.md。"
)
@click.option("--model", required=True, type=_FILE, help="评价模型：YAML 或 JSON。")
@click.option("--facts", required=True, type=_FILE, help="事实：.csv、.xlsx 或 .parquet。")
@click.option("--credit", type=_FILE, help="信用模型；与 --rule 同用，--model 则为风险模型。")
@click.option("--rule", type=_FILE, help="分级分类规则（风险 × 信用矩阵）。")
@click.option("--key", help="对象编号所在列的表头；不填则取第一个不是事实的列。")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="日期",
    help="评价日，如 2026-06-30；不填则为今天。",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="结果文件：.csv、.xlsx 或 .parquet，含每个指标的得分。",
)
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="把不能读的行写成工作簿（标出错误和处理办法），改好后可直接再次评价。",
)
@click.option("--explain", "subject", metavar="编号", help="用文字说明这一个对象的结果怎样得来。")
@options
def assess(  # noqa: PLR0913, PLR0917 - one argument an option
    model: Path,
    facts: Path,
    credit: Path | None,
    rule: Path | None,
    key: str | None,
    as_of: datetime | None,
    out: Path | None,
    errors: Path | None,
    subject: str | None,
    *,
    as_json: bool,
) -> None:
    """Assess any file of facts by any model, without a database."""
    if (credit is None) != (rule is None):
        raise click.UsageError("--credit 与 --rule 须同时填写")
    if out and out.suffix.lower() not in _OUTS:
        raise click.UsageError("--out 须以 .csv、.xlsx 或 .parquet 结尾")
    from entrypoints.container import SystemClock
    from supervision_core.assessment.document import read_model
    from supervision_core.grading.document import read_grading

    with speaking(as_json=as_json) as console:
        day = as_of.date() if as_of else local_day(SystemClock().now())
        task = _Task(
            read_model(document(model)),
            read_model(document(credit)) if credit else None,
            read_grading(document(rule)) if rule else None,
            facts,
            key,
            day,
        )
        if subject is not None:
            _explain(task, subject, console)
        else:
            _assess(task, out, errors, console)


def document(path: Path) -> object:
    """Read YAML or JSON. Raises ``DocumentUnreadable``."""
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))  # YAML holds JSON
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as fault:
        code = DocumentUnreadable.code
        raise DocumentUnreadable((Violation(code, data={"name": path.name}),)) from fault


def _assess(task: _Task, out: Path | None, errors: Path | None, console: Console) -> None:
    from entrypoints.container import fact_files, scratch_folder

    folder = out.resolve().parent if out else None
    with scratch_folder("assess", folder) as scratch:
        results = scratch / "results.parquet"
        batch = fact_files(task.facts, results, task.key)
        if task.credit and task.rule:
            graded = batch.grade(task.model, task.credit, task.rule, task.as_of)
            subjects, faulty, rejected = graded.subjects, graded.faulty, graded.rejected
            names = {grade.number: grade.name for grade in task.rule.grades}
            counted = {
                "grades": {f"{n}（{names[n]}）": graded.grades.get(n, 0) for n in names},
                "risk_levels": _by_level(task.model, graded.risk_levels),
                "credit_levels": _by_level(task.credit, graded.credit_levels),
            }
        else:
            summary = batch.assess(task.model, task.as_of)
            subjects, faulty, rejected = summary.subjects, summary.faulty, summary.rejected
            counted = {"levels": _by_level(task.model, summary.levels)}
        if out:
            _write(task, results, out)
    titles = {"grades": "分级", "risk_levels": "风险", "credit_levels": "信用", "levels": "等级"}
    lines = [f"评价日 {task.as_of.isoformat()}，共 {subjects:,} 个对象"]
    if not subjects:
        lines.append("✗ 没有评价任何对象：请核对文件表头下面有没有能读的行")
    lines += [
        f"{titles[group]} {name}：{count:,}（{per_cent(count, subjects)}）"
        for group, counts in counted.items()
        for name, count in counts.items()
    ]
    if faulty:
        lines.append(f"! 缺少数据或数据有误、不能定级：{faulty:,}")
    reasons = list(_reasons(rejected, console))
    lines += _rejected_lines(rejected, reasons)
    if out:
        lines.append(f"{'✓' if subjects else '!'} 结果已写入 {out}")
    if rejected and errors:
        _write_rejected(rejected, errors, console)
        lines.append(f"→ 待更正的行在 {errors}，改好后可直接再次评价")
    elif rejected:
        lines.append("→ 加上 --errors 文件名.xlsx 可得到待更正的行")
    data: dict[str, Json] = {
        "as_of": task.as_of.isoformat(),
        "subjects": subjects,
        "faulty": faulty,
        **counted,
        "rejected": len(rejected),
        "reasons": reasons,
        "errors": str(errors) if errors and rejected else "",
        "out": str(out or ""),
    }
    console.answer(data, lines)
    if not subjects:
        finish(Exit.REFUSED)


def _write_rejected(rejected: Sequence[RejectedRow], errors: Path, console: Console) -> None:
    from entrypoints.container import WorkbookTables
    from supervision_core.kernel.tables import Column, TableFormat

    columns = rejected[0].match.columns.items()
    table = TableFormat(
        name="facts",
        title="评价数据",
        columns=tuple(Column(name=name, title=heading) for name, heading in columns),
    )
    errors.write_bytes(WorkbookTables(console.messages).faulty(table, rejected))


def _reasons(rejected: Sequence[RejectedRow], console: Console) -> Iterator[Json]:
    for each in rejected:
        for fault in each.faults:
            said = console.messages.explain(fault.violation)
            yield {
                "code": fault.violation.code,
                "subject": str(fault.violation.data["subject"]),
                "row": fault.row,
                "column": fault.column,
                "reason": said.reason,
                "remedy": said.remedy,
            }


def _rejected_lines(rejected: Sequence[RejectedRow], reasons: Sequence[Json]) -> Iterator[str]:
    if not rejected:
        return
    yield f"✗ 有 {len(rejected):,} 行没有评价："
    for one in reasons[:_SHOWN]:
        if isinstance(one, dict):
            yield f"✗ 第{one['row']}行 {one['reason']}（{one['remedy']}）"
    if len(reasons) > _SHOWN:
        yield f"✗ 还有 {len(reasons) - _SHOWN:,} 处，见 --json 或 --errors"


def _by_level(model: AssessmentModel, counts: Mapping[str, int]) -> dict[str, int]:
    return {f"{one.code}（{one.name}）": counts.get(one.code, 0) for one in model.levels}


def _columns(task: _Task) -> tuple[dict[str, str], list[str]]:
    """Give the title of every column, and the columns that hold points."""
    titles, points = {"subject_id": "编号"}, []
    parts: Sequence[tuple[AssessmentModel, str, str]] = [(task.model, "", "")]
    if task.credit:
        parts = [(task.model, "r_", "风险·"), (task.credit, "c_", "信用·")]
    for model, prefix, said in parts:
        titles |= {
            f"{prefix}level": f"{said}等级",
            f"{prefix}total": f"{said}总分",
            f"{prefix}faults": f"{said}有误指标数",
        }
        titles |= {f"{prefix}{i.column}": f"{said}{i.name}" for i in model.enabled}
        points.append(f"{prefix}total")
        points += [f"{prefix}{i.column}" for i in model.counted]
    if task.rule:
        titles["grade"] = "分级"
    return titles, points


def _write(task: _Task, results: Path, out: Path) -> None:
    from entrypoints.container import WorkbookTables, result_rows, write_csv
    from supervision_core.kernel.documents import ResultColumn, ResultSheet
    from supervision_core.kernel.tables import ColumnKind

    titles, points = _columns(task)
    kind = out.suffix.lower()
    if kind == ".parquet":
        results.replace(out)
    elif kind == ".csv":
        write_csv(results, out, titles, points)
    else:
        columns = [
            ResultColumn(title, ColumnKind.HUNDREDTHS if name in points else ColumnKind.TEXT)
            for name, title in titles.items()
        ]
        rows = result_rows(results, list(titles))
        sheet = ResultSheet(name="评价结果", columns=columns, rows=rows)
        out.write_bytes(WorkbookTables(all_messages()).results([sheet]))


def _explain(task: _Task, subject: str, console: Console) -> None:
    from entrypoints.container import known_of, scratch_folder
    from supervision_core.assessment.model import evaluate
    from supervision_core.assessment.wording import explain

    models = [task.model, *([task.credit] if task.credit else [])]
    said: list[Explanation] = []
    levels: list[str | None] = []
    for model in models:
        used = {name for i in model.enabled for name in i.facts()}
        wanted = [fact for fact in model.facts if fact.name in used]
        with scratch_folder("assess") as scratch:
            known = known_of(subject, task.facts, wanted, scratch, task.key)
        if known is None:
            raise SubjectNotInFile((Violation(SubjectNotInFile.code, data={"id": subject}),))
        evaluation = evaluate(model, known, task.as_of)
        levels.append(evaluation.level)
        said.append(explain(model, evaluation, known))
    lines = [line for one in said for line in one.text().splitlines()]
    data: dict[str, Json] = {"subject": subject, "levels": levels, "explanation": list(lines)}
    risk, credit = levels[0], levels[-1]
    if task.rule and risk and credit:
        grade = task.rule.grade_numbered(task.rule.grade(risk, credit))
        data["grade"] = grade.number
        lines.append(f"风险 {risk} × 信用 {credit}：分级 {grade.number}（{grade.name}）")
    console.answer(data, lines)
