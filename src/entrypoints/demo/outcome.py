"""What a run came to: a workbook for the clerk, a summary for the head of a department."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from entrypoints.coverage import Footing, coverage_line, known_counts
from entrypoints.demo.cycle import Cycle, SceneRun, moved, spread
from entrypoints.demo.settings import day_of_stage
from entrypoints.intake import ImportReport
from supervision_core.assessment.model import AssessmentModel
from supervision_core.assessment.ports import RiskModels
from supervision_core.grading.graded import GradedSubject, Standing
from supervision_core.grading.ports import GradedSubjects
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.tables import Cell, ColumnKind, Severity
from supervision_core.tasks.model.results import Outcome
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.words import title

GRADES = (1, 2, 3, 4)
_NAMES = {1: "一级", 2: "二级", 3: "三级", 4: "四级"}
_TOP_FINDINGS = 5
_TOP_POINTS = 5


@frozen(kw_only=True)
class SceneOutcome:
    """One scene's cycle in numbers."""

    name: str
    departments: tuple[str, ...]
    left_out: tuple[str, ...]
    subjects: int
    before: Counter[int]
    after: Counter[int]
    moves: Counter[tuple[int, int]]
    known: Counter[Footing]
    asked: int
    drawn: int
    removed: int
    visits: int
    completed: int
    with_findings: int
    findings: int
    orders: int
    orders_done: int
    published: int
    top: tuple[tuple[str, int], ...]

    @property
    def milder(self) -> int:
        """How many subjects moved to a milder grade."""
        return sum(count for (old, new), count in self.moves.items() if new < old)

    @property
    def worse(self) -> int:
        """How many subjects moved to a worse grade."""
        return sum(count for (old, new), count in self.moves.items() if new > old)


@frozen(kw_only=True)
class Outcomes:
    """The whole run in numbers."""

    firms: ImportReport
    officers: ImportReport
    scenes: tuple[SceneOutcome, ...]
    skipped: Mapping[str, str]

    def plain(self) -> dict[str, Json]:
        """Give the numbers for scripts."""
        return {
            "firms": _import_plain(self.firms),
            "officers": _import_plain(self.officers),
            "scenes": [_scene_plain(scene) for scene in self.scenes],
            "skipped": dict(self.skipped),
        }

    def lines(self, folder: str) -> list[str]:
        """Say it to the head of a department."""
        firms = self.firms
        visits = sum(one.completed for one in self.scenes)
        found = sum(one.with_findings for one in self.scenes)
        orders = sum(one.orders for one in self.scenes)
        done = sum(one.orders_done for one in self.scenes)
        shown = sum(one.published for one in self.scenes)
        names = (
            f"名单：企业表共{firms.rows}行，入库{_taken(firms)}户，退回更正{firms.refused}行，"
            f"提示{firms.warnings}处；执法人员表共{self.officers.rows}行，入库{_taken(self.officers)}人，"
            f"退回更正{self.officers.refused}行。"
        )
        checks = (
            f"检查：{len(self.scenes)}个场景共检查{visits}户，发现问题{found}户"
            f"（{_percent(found, visits)}），责令改正{orders}件，已整改{done}件，"
            f"移交立案{orders - done}件，公示{shown}户。"
        )
        lines = ["═══ 跨部门综合监管 · 一个周期的总结 ═══", names, checks, ""]
        for scene in self.scenes:
            lines += _scene_lines(scene)
        lines += [f"【{name}】未开展：{reason}。" for name, reason in self.skipped.items()]
        return [*lines, f"全部成果在：{folder}"]


def _taken(report: ImportReport) -> int:
    return report.added + report.changed + report.same


def _percent(part: int, whole: int) -> str:
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"


def _scene_lines(scene: SceneOutcome) -> Iterator[str]:
    yield f"【{scene.name}】牵头：{scene.departments[0]}；配合：{'、'.join(scene.departments[1:])}"
    if scene.left_out:
        yield f"  未参加（名册中无人员）：{'、'.join(scene.left_out)}"
    grades = "，".join(f"{_NAMES[number]}{scene.before[number]}户" for number in GRADES)
    ungraded = scene.subjects - sum(scene.before[number] for number in GRADES)
    yield f"  对象{scene.subjects}户：{grades}" + (f"，未评{ungraded}户" if ungraded else "")
    yield f"  {coverage_line(scene.known, scene.asked)}"
    removed = f"，因人员不足调减{scene.removed}户" if scene.removed else ""
    yield (
        f"  抽取{scene.drawn}户{removed}，检查{scene.completed}户，"
        f"发现问题{scene.with_findings}户{scene.findings}项，"
        f"责令改正{scene.orders}件（已整改{scene.orders_done}件，"
        f"移交立案{scene.orders - scene.orders_done}件），公示{scene.published}户"
    )
    if scene.top:
        most = "；".join(f"{item}（{count}次）" for item, count in scene.top)
        yield f"  问题集中在：{most}"
    yield f"  再评价后：{scene.worse}户升为更严等级，{scene.milder}户降为更宽等级"


def _import_plain(report: ImportReport) -> dict[str, Json]:
    names = ("rows", "added", "changed", "same", "refused", "repeated", "warnings")
    return {name: getattr(report, name) for name in names}


def _scene_plain(scene: SceneOutcome) -> dict[str, Json]:
    known = known_counts(scene.known)
    numbers = (
        "subjects", "drawn", "removed", "visits", "completed", "with_findings", "findings",
        "orders", "orders_done", "published", "milder", "worse",
    )  # fmt: skip
    return {
        "name": scene.name,
        "departments": list(scene.departments),
        "left_out": list(scene.left_out),
        "before": {str(number): scene.before[number] for number in GRADES},
        "facts_asked": scene.asked,
        "facts_known": {str(number): known[number] for number in sorted(known)},
        "insufficient": sum(times for one, times in scene.known.items() if one.insufficient),
        "after": {str(number): scene.after[number] for number in GRADES},
        **{name: getattr(scene, name) for name in numbers},
    }


def outcome_of(cycle: Cycle, run: SceneRun) -> SceneOutcome:
    """Count what one scene came to."""
    visits, orders = cycle.visits(run), cycle.rectifications(run)
    titles = {item.code: item.content.content for item in run.items}
    found: Counter[str] = Counter()
    for row in visits:
        if row.findings:
            found.update(titles[one.item] for one in cycle.load_visit(row.id).findings)
    return SceneOutcome(
        name=run.scene.name,
        departments=cycle.short_names(run.departments),
        left_out=cycle.short_names(run.left_out),
        subjects=len(run.subjects),
        before=spread(run.before.values()),
        after=spread(run.after.values()),
        moves=moved(run.before, run.after),
        known=Counter(run.known.values()),
        asked=run.asked,
        drawn=len(visits) + run.removed,
        removed=run.removed,
        visits=len(visits),
        completed=sum(row.state is VisitState.COMPLETED for row in visits),
        with_findings=sum(row.findings > 0 for row in visits),
        findings=sum(row.findings for row in visits),
        orders=len(orders),
        orders_done=sum(row.state.value == "done" for row in orders),
        published=cycle.published(run)["shown"],
        top=tuple(found.most_common(_TOP_FINDINGS)),
    )


def sheets(cycle: Cycle, outcomes: Outcomes) -> Iterator[ResultSheet]:
    """Give the sheets of the result workbook."""
    yield _summary_sheet(outcomes)
    yield ResultSheet(
        name="导入问题",
        title="导入时需要更正或留意的行",
        columns=[
            ResultColumn("表", width=10),
            ResultColumn("工作表", width=22),
            ResultColumn("行", ColumnKind.INTEGER, 8),
            ResultColumn("列", width=20),
            ResultColumn("类别", width=8),
            ResultColumn("原因", width=44),
            ResultColumn("处理办法", width=44),
        ],
        rows=[
            *_fault_rows(cycle, "企业", outcomes.firms),
            *_fault_rows(cycle, "执法人员", outcomes.officers),
        ],
    )
    yield ResultSheet(
        name="分级结果",
        title="全部监管对象的风险、信用等级与分级分类等级（前后两次）",
        columns=[
            ResultColumn("场景", width=14),
            ResultColumn("监管对象", width=30),
            ResultColumn("统一社会信用代码", ColumnKind.CODE, 22),
            ResultColumn("所属区划", ColumnKind.CODE, 10),
            ResultColumn("首次等级", width=10),
            ResultColumn("再次等级", width=10),
            ResultColumn("首次评价已知数据项", ColumnKind.INTEGER, 12),
            ResultColumn("模型用到数据项", ColumnKind.INTEGER, 12),
        ],
        rows=_grade_rows(cycle.runs),
    )
    yield ResultSheet(
        name="抽查对象评价说明",
        title="被抽查对象的评价得分与主要得分项",
        columns=[
            ResultColumn("场景", width=14),
            ResultColumn("监管对象", width=30),
            ResultColumn("等级", width=8),
            ResultColumn("依据数据项", width=10),
            ResultColumn("风险等级", width=8),
            ResultColumn("风险分", ColumnKind.HUNDREDTHS, 9),
            ResultColumn("风险主要得分项", width=60),
            ResultColumn("信用等级", width=8),
            ResultColumn("信用分", ColumnKind.HUNDREDTHS, 9),
            ResultColumn("评价记录摘要值（SM3）", width=40),
        ],
        rows=_explained_rows(cycle),
    )
    yield ResultSheet(
        name="抽取结果",
        title="抽中的监管对象与派出的执法人员（可用 抽取证明/ 核对）",
        columns=[
            ResultColumn("任务编号", width=24),
            ResultColumn("种子（SM3）", width=40),
            ResultColumn("监管对象", width=30),
            ResultColumn("统一社会信用代码", ColumnKind.CODE, 22),
            ResultColumn("分级", width=8),
            ResultColumn("执法人员", width=50),
        ],
        rows=_drawn_rows(cycle),
    )
    yield ResultSheet(
        name="检查结果",
        title="逐户检查结果与公示",
        columns=[
            ResultColumn("任务编号", width=24),
            ResultColumn("检查编号", width=30),
            ResultColumn("监管对象", width=30),
            ResultColumn("检查结论", width=24),
            ResultColumn("检查项数", ColumnKind.INTEGER, 10),
            ResultColumn("发现问题数", ColumnKind.INTEGER, 12),
            ResultColumn("检查期限", ColumnKind.DATE, 14),
            ResultColumn("结果形成日期", ColumnKind.DATE, 14),
            ResultColumn("是否超期", width=10),
            ResultColumn("执法人员", width=50),
            ResultColumn("公示", width=12),
            ResultColumn("公示至", ColumnKind.DATE, 14),
        ],
        rows=_visit_rows(cycle),
    )
    yield ResultSheet(
        name="问题明细",
        title="检查发现的问题与依据",
        columns=[
            ResultColumn("检查编号", width=30),
            ResultColumn("监管对象", width=30),
            ResultColumn("检查内容", width=44),
            ResultColumn("发现的问题", width=44),
            ResultColumn("依据", width=44),
            ResultColumn("责任部门", width=12),
        ],
        rows=_finding_rows(cycle),
    )
    yield ResultSheet(
        name="责令改正",
        title="责令改正与复查",
        columns=[
            ResultColumn("文书编号", width=32),
            ResultColumn("监管对象", width=30),
            ResultColumn("责任部门", width=12),
            ResultColumn("整改期限", ColumnKind.DATE, 14),
            ResultColumn("状态", width=12),
            ResultColumn("复查次数", ColumnKind.INTEGER, 10),
            ResultColumn("是否逾期", width=10),
        ],
        rows=_order_rows(cycle),
    )
    yield ResultSheet(
        name="等级变化",
        title="再次评价后的等级变化（户）",
        columns=[
            ResultColumn("场景", width=14),
            ResultColumn("原等级", width=10),
            *(ResultColumn(f"现{_NAMES[number]}", ColumnKind.INTEGER, 10) for number in GRADES),
        ],
        rows=[
            [scene.name, _NAMES[old], *(scene.moves[old, new] for new in GRADES)]
            for scene in outcomes.scenes
            for old in GRADES
        ],
    )


def _summary_sheet(outcomes: Outcomes) -> ResultSheet:
    counted = (
        ("监管对象", "subjects"), ("抽取", "drawn"), ("检查", "completed"),
        ("发现问题户数", "with_findings"), ("问题项数", "findings"), ("责令改正", "orders"),
        ("已整改", "orders_done"), ("公示", "published"), ("等级加严", "worse"),
        ("等级放宽", "milder"),
    )  # fmt: skip
    return ResultSheet(
        name="汇总",
        title="各场景一个周期的汇总",
        columns=[
            ResultColumn("场景", width=16),
            ResultColumn("牵头部门", width=12),
            ResultColumn("配合部门", width=30),
            *(ResultColumn(name, ColumnKind.INTEGER, 12) for name, _ in counted),
            ResultColumn("评价依据", width=60),
        ],
        rows=[
            [
                scene.name,
                scene.departments[0],
                "、".join(scene.departments[1:]),
                *(getattr(scene, attribute) for _, attribute in counted),
                coverage_line(scene.known, scene.asked),
            ]
            for scene in outcomes.scenes
        ],
    )


def _fault_rows(cycle: Cycle, table: str, report: ImportReport) -> Iterator[Sequence[Cell]]:
    for placed in report.faults:
        said = cycle.platform.messages.explain(placed.fault.violation)
        error = placed.fault.severity is Severity.ERROR
        yield (
            table,
            placed.sheet,
            placed.fault.row,
            placed.fault.column,
            "退回" if error else "提示",
            said.reason,
            said.remedy,
        )


def _grade_rows(runs: Iterable[SceneRun]) -> Iterator[Sequence[Cell]]:
    for run in runs:
        for one, row in run.subjects.items():
            footing = run.known.get(one, Footing(0, insufficient=True))
            lacking = "（数据不足）" if footing.insufficient else ""
            first, second = (
                _NAMES.get(grades.get(one) or 0, "未评") for grades in (run.before, run.after)
            )
            grades = (first + lacking, second)
            yield (
                run.scene.name,
                row.name,
                row.code,
                row.region,
                *grades,
                footing.known,
                run.asked,
            )


def _explained_rows(cycle: Cycle) -> Iterator[Sequence[Cell]]:
    for run in cycle.runs:
        drawn = [row.subject for row in cycle.visits(run)]
        with cycle.platform.transactions.begin_reading() as work:
            graded = work[GradedSubjects].of_day(run.scene.rule, day_of_stage("assess"), drawn)
            risk = work[RiskModels].get(run.scene.risk_model).current()
        for subject in drawn:
            yield _explained(run, graded[subject], risk)


def _explained(run: SceneRun, one: GradedSubject, risk: AssessmentModel) -> Sequence[Cell]:
    return (
        run.scene.name,
        run.subjects[one.subject].name,
        _NAMES.get(one.grade or 0, "未评") + ("（数据不足）" if one.insufficient else ""),
        f"{len(one.facts)}/{run.asked}",
        one.risk.level or "",
        one.risk.total,
        _leading(one.risk, risk),
        one.credit.level or "",
        one.credit.total,
        one.digest,
    )


def _leading(standing: Standing, model: AssessmentModel) -> str:
    names = {indicator.code: indicator.name for indicator in model.indicators}
    scored = [(points, code) for code, points in standing.contributions if points]
    most = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:_TOP_POINTS]
    return "；".join(f"{names[code]}{points // 100}.{points % 100:02d}分" for points, code in most)


def _drawn_rows(cycle: Cycle) -> Iterator[Sequence[Cell]]:
    for run in cycle.runs:
        draw, codes = cycle.load_draw(run), {row.code: row for row in run.subjects.values()}
        sent = draw.assignment.visits if draw.assignment else ()
        names = cycle.names_of(officer for each in sent for officer in each.officers)
        for each in sent:
            subject = codes[each.id]
            yield (
                run.number,
                draw.seed.hex() if draw.seed else "",
                subject.name,
                subject.code,
                _NAMES.get(run.before.get(subject.id) or 0, "未评"),
                "、".join(names[officer] for officer in each.officers),
            )


def _finding_rows(cycle: Cycle) -> Iterator[Sequence[Cell]]:
    for run in cycle.runs:
        basis = {item.code: item.content.basis for item in run.items}
        for row in cycle.visits(run):
            for one in cycle.load_visit(row.id).findings if row.findings else ():
                laws = "；".join(f"《{law.document}》{law.article}" for law in basis[one.item])
                subject = run.subjects[row.subject].name
                department = cycle.office.short_names[one.department]
                yield row.number, subject, one.title, one.note, laws, department


def _visit_rows(cycle: Cycle) -> Iterator[Sequence[Cell]]:
    for run in cycle.runs:
        shown = {row.id: row for row in cycle.publications(run)}
        for row in cycle.visits(run):
            visit = cycle.load_visit(row.id)
            names = cycle.names_of(one.id for one in visit.officers)
            short = cycle.office.short_names
            publication = shown.get(row.id)
            outcomes: frozenset[Outcome] = (
                visit.conclusion.outcomes if visit.conclusion else frozenset()
            )
            formed: date | None = row.formed_on
            yield (
                run.number,
                row.number,
                run.subjects[row.subject].name,
                "、".join(sorted(title(one) for one in outcomes)),
                len(visit.sheet.items),
                row.findings,
                row.due_on,
                formed,
                "是" if formed is not None and formed > row.due_on else "否",
                "、".join(f"{names[one.id]}（{short[one.department]}）" for one in visit.officers),
                title(publication.state) if publication else "",
                publication.until if publication else None,
            )


def _order_rows(cycle: Cycle) -> Iterator[Sequence[Cell]]:
    for run in cycle.runs:
        for row in cycle.rectifications(run):
            order = cycle.load_rectification(row.id)
            yield (
                row.number,
                run.subjects[row.subject].name,
                cycle.office.short_names[row.department],
                row.due_on,
                title(row.state),
                len(order.rechecks),
                "是" if order.late(day_of_stage("close")) else "否",
            )
