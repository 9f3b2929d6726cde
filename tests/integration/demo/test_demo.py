import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from attrs import frozen
from click.testing import CliRunner
from tests.integration.ports import free_port

from adapters.sql.frame.commit import SqlAuditLog
from entrypoints.cli import main
from entrypoints.container import Platform, open_platform
from entrypoints.demo.field import TERMS, Field
from entrypoints.demo.settings import day_of_stage
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.content.model import OpenAsked, OpenColumn
from supervision_core.draws.model.rule import Quota
from supervision_core.grading.graded import SubjectGrader
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.kernel.codes.credit_code import (
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.kernel.paging import FIRST_PAGE
from supervision_core.tasks.model.rectification import RecheckResult

from .folder import OWN_CHECK, Folder, docx_text, pdf_text
from .harness import OF_CYCLE, PROMISES, Running, Setting, stages
from .looking import COMMAND
from .looking import opened as served

COUNT, OFFICERS = 1_000, 400
"""As many firms as surely have some of each scene drawn: few may well have nobody (draw/2)."""
SIZES = ("--count", COUNT, "--officer-count", OFFICERS)


@frozen
class Said:
    """What the command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """Give the JSON document on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def supervision(*words: object) -> Said:
    """Run a command."""
    found = CliRunner().invoke(main, [str(word) for word in words])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return Said(found.exit_code, found.stdout, found.stderr)


def handed_over(folder: Folder) -> list[tuple[str, ...]]:
    """Give the results of the re-checks of each order that was handed over as a case."""
    rows = folder.ask("SELECT body FROM rectification WHERE state = 'transferred'")
    found = (json.loads(body)["_rechecks"] for (body,) in rows)
    return [tuple(one["result"] for one in rechecks) for rechecks in found]


def codes(said: Said) -> list[str]:
    """Give the codes of a refusal's reasons."""
    return [reason["code"] for reason in said.data["reasons"]]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Folder]:
    """Run the demo once."""
    folder = tmp_path_factory.mktemp("demo") / "run"
    return supervision("demo", "--out", folder, *SIZES, "--json"), Folder(folder)


@pytest.fixture(scope="module")
def done(first: tuple[Said, Folder]) -> Folder:
    """Give the folder of a finished run."""
    return first[1]


@contextmanager
def opened(folder: Folder) -> Iterator[Platform]:
    """Open the platform over the database of a run."""
    platform = open_platform(f"sqlite:///{folder.database}")
    try:
        yield platform
    finally:
        platform.engine.dispose()


def test_one_command_ends_with_a_summary(first: tuple[Said, Folder]) -> None:
    """One command carries the four pilot scenes through a cycle, and says what came of it."""
    said, folder = first
    assert said.code == 0
    scenes = said.data["scenes"]
    names = ["乳品安全", "危化品安全", "旅行社监管", "电信网络诈骗"]
    assert [scene["name"] for scene in scenes] == names
    assert said.data["skipped"] == {}
    for scene in scenes:
        assert scene["completed"] == scene["published"] == scene["drawn"] - scene["removed"] > 0
        assert scene["orders"] >= (scene["findings"] > 0)
    orders = sum(scene["orders"] for scene in scenes)
    assert orders - sum(scene["orders_done"] for scene in scenes) == len(handed_over(folder))
    text = (folder.path / "总结.txt").read_text(encoding="utf-8")
    assert all(f"【{name}】" in text for name in names)
    assert list(folder.faults()) == []


def test_the_kills_know_every_stage(first: tuple[Said, Folder]) -> None:
    """What the command says on the way is what the kills of the night hold it to."""
    said, _ = first
    assert set(stages(said.err.splitlines())) == set(PROMISES)


@pytest.mark.function("F106", surface="cli")
def test_everyone_can_verify_the_draws(done: Folder, tmp_path: Path) -> None:
    """Each proof is accepted by the command and by a stranger's check; a forged one by neither."""
    proofs = done.files("抽取证明/*.json")
    assert len(proofs) == 4
    for path in proofs:
        assert supervision("verify-draw", path).code == 0
        assert strangers_check(path) == 0
    signer = Path(os.environ["SUPERVISION_KEYS"]) / "audit.1.pub"
    assert supervision("verify-draw", proofs[0], "--signer", signer).code == 0
    proof = json.loads(proofs[0].read_text(encoding="utf-8"))
    unsigned = tmp_path / "unsigned.json"
    unsigned.write_text(json.dumps(proof | {"signature": {}}), encoding="utf-8")
    assert supervision("verify-draw", unsigned).code == 0
    assert supervision("verify-draw", unsigned, "--signer", signer).code == 4
    proof["picks"][0]["id"] = next(
        one["id"] for one in proof["pool"] if one["id"] not in {p["id"] for p in proof["picks"]}
    )
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
    assert supervision("verify-draw", forged).code == 4
    assert strangers_check(forged) == 1


def test_the_commands_that_it_leaves_check_everything(
    done: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line of the folder's own instructions, typed as it stands, proves what it names."""
    text = (done.path / "怎样核对.txt").read_text(encoding="utf-8")
    commands = [line.split()[1:] for line in text.splitlines() if line.startswith("supervision ")]
    assert [words[0] for words in commands] == ["verify-draw"] * 4 + ["verify-archive"] * 4
    monkeypatch.chdir(done.path)
    for words in commands:
        said = supervision(*words, "--json")
        assert (said.code, said.data["verified"]) == (0, True)
    piece = Path("档案") / "450000-2026-DAIRY-001" / "检查.json"
    whole = piece.read_bytes()
    piece.write_bytes(whole.replace(b"passed", b"failed", 1))
    codes_of = [supervision(*words).code for words in commands]
    piece.write_bytes(whole)
    assert codes_of == [0, 0, 0, 0, 4, 0, 0, 0]


def test_the_lines_of_the_readme_check_a_demo(
    done: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What README tells citizens to type works as it is written."""
    (tmp_path / "supervision-demo").symlink_to(done.path)
    (tmp_path / "docs").symlink_to(OWN_CHECK.parent)
    monkeypatch.chdir(tmp_path)
    text = (OWN_CHECK.parents[1] / "README.md").read_text(encoding="utf-8")
    part = text[text.index("## 群众和企业") :]
    lines = [line.strip() for line in part[: part.index("\n## ", 1)].splitlines()]
    own = [line.split()[1:] for line in lines if line.startswith(".venv/bin/supervision ")]
    assert [words[0] for words in own] == ["verify-draw", "verify-archive"]
    for words in own:
        assert supervision(*words, "--json").data["verified"] is True
    (script,) = (line.split()[1:] for line in lines if line.startswith("python3.11 "))
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *script], check=False, capture_output=True, encoding="utf-8"
    )
    assert (ran.returncode, ran.stdout.startswith("ok：内容自洽。没有核对：签名")) == (0, True)


def strangers_check(proof: Path) -> int:
    """Run the check that knows nothing of the platform."""
    command = [sys.executable, str(OWN_CHECK), str(proof)]
    return subprocess.run(command, check=False, capture_output=True).returncode  # noqa: S603 - our own words


@pytest.mark.function("F106", surface="cli")
def test_what_was_proved_is_what_was_inspected(done: Folder) -> None:
    """The visits of a task are those that its proof names, less those taken off by hand."""
    for path in done.files("抽取证明/*.json"):
        proof = json.loads(path.read_text(encoding="utf-8"))
        removed = {one["id"] for one in proof["manual"] if one["action"] == "remove"}
        visited = done.ask(
            """SELECT s.code FROM visit v JOIN subject s ON s.id = v.subject
            JOIN task t ON t.id = v.task WHERE t.code = ?""",
            path.stem,
        )
        assert {one["id"] for one in proof["picks"]} - removed == {code for (code,) in visited}


@pytest.mark.function("F110", surface="cli")
@pytest.mark.function("F111", surface="cli")
def test_the_archive_of_each_task_is_whole(done: Folder, tmp_path: Path) -> None:
    """Every piece of a task's file is as the hash kept by the task says; a changed one is found."""
    assert done.one("SELECT count(*) FROM task WHERE json_extract(body, '$._manifest') <> ''") == 4
    assert list(done.archive_faults()) == []
    copy = Folder(tmp_path / "copy")
    shutil.copytree(done.path, copy.path)
    piece = copy.files("档案/*/检查.json")[0]
    piece.write_bytes(piece.read_bytes().replace(b"passed", b"failed", 1))
    (fault,) = copy.archive_faults()
    assert "tasks.piece_changed 检查.json" in fault


@pytest.mark.function("F109", surface="cli")
@pytest.mark.function("F113", surface="cli")
def test_the_letters_name_the_firm_and_what_it_has_to_mend(done: Folder) -> None:
    """An order is there as Word and PDF with firm and findings, and a letter about the re-check."""
    orders = done.ask(
        """SELECT r.code, s.name, r.body FROM rectification r
        JOIN subject s ON s.id = r.subject"""
    )
    assert orders
    for number, name, body in orders:
        (word,) = done.files(f"文书/*/责令改正-{number}.docx")
        (paper,) = done.files(f"文书/*/责令改正-{number}.pdf")
        (opinion,) = done.files(f"文书/*/整改复查-{number}.pdf")
        for text in (squeezed(docx_text(word)), squeezed(pdf_text(paper))):
            assert squeezed(name) in text
            for finding in json.loads(body)["sheet"]["findings"]:
                assert squeezed(finding["title"]) in text
                assert squeezed(finding["note"]) in text
        assert squeezed(name) in squeezed(pdf_text(opinion))
    records = done.files("文书/*/检查笔录-*.pdf")
    assert len(records) == done.one("SELECT count(*) FROM visit WHERE state = 'completed'")


FULL_WIDTH = str.maketrans(";:,()?!", "；：，（）？！")


def squeezed(text: str) -> str:
    """Leave out all white space, and let all punctuation be of full width, as papers print it."""
    return "".join(text.split()).translate(FULL_WIDTH)


def test_the_workbook_counts_what_the_database_holds(done: Folder) -> None:
    """Whoever reads the result workbook reads what is registered."""
    sheets = done.sheets()
    assert list(sheets) == [
        "汇总", "导入问题", "分级结果", "抽查对象评价说明", "抽取结果", "检查结果", "问题明细",
        "责令改正", "等级变化",
    ]  # fmt: skip
    visits = done.one(OF_CYCLE)
    assert len(sheets["汇总"]) == 4
    assert len(sheets["分级结果"]) == done.one(
        """SELECT count(*) FROM subject_tag x JOIN subject s ON s.id = x.subject_id
        WHERE s.status = 'active'"""
    )
    assert len(sheets["抽查对象评价说明"]) == len(sheets["检查结果"]) == visits
    assert sum(row[5] for row in sheets["检查结果"]) == done.one("SELECT sum(findings) FROM visit")
    assert len(sheets["抽取结果"]) == visits
    assert all("、" in row[5] for row in sheets["抽取结果"])
    assert len(sheets["问题明细"]) == done.one("SELECT sum(findings) FROM visit")
    assert all(row[4].startswith("《") for row in sheets["问题明细"])
    assert {row[10] for row in sheets["检查结果"]} <= {"公示中", "已撤回"}
    assert len(sheets["责令改正"]) == done.one("SELECT count(*) FROM rectification")
    graded = done.ask("SELECT grade FROM graded_subject WHERE as_of = ?", str(day("assess")))
    names = {1: "一级", 2: "二级", 3: "三级", 4: "四级", None: "未评"}
    said = Counter(row[4] for row in sheets["分级结果"])
    assert said == Counter(names[grade] for (grade,) in graded)
    returned = sum(row[4] == "退回" for row in sheets["导入问题"])
    assert returned >= done.summary["firms"]["refused"] > 0


def day(stage: str) -> Any:
    """Give the day of a stage."""
    return day_of_stage(stage)


@pytest.mark.function("F105", surface="cli")
@pytest.mark.function("F107", surface="cli")
@pytest.mark.function("F110", surface="cli")
@pytest.mark.function("F113", surface="cli")
@pytest.mark.function("F118", surface="cli")
def test_everything_begun_is_brought_to_its_end(done: Folder) -> None:
    """Plans are settled, parts closed, visits completed, faults mended, results shown.

    One task goes on, so that whoever looks at the demo as an officer has something to do.
    """
    visits = done.one(OF_CYCLE)
    assert set(done.ask("SELECT state FROM plan")) == {("settled",)}
    assert Counter(done.ask("SELECT state FROM task")) == {("published",): 4, ("in_progress",): 1}
    assert done.one("SELECT count(*) FROM visit WHERE state = 'completed'") == visits > 0
    assert 1 <= done.one("SELECT count(*) FROM visit WHERE state = 'assigned'") <= 3
    assert set(done.ask("SELECT state FROM rectification")) <= {("done",), ("transferred",)}
    assert set(handed_over(done)) <= {("ordered_again", "transfer")}
    assert set(done.ask("SELECT state FROM publication")) <= {("shown",), ("withdrawn",)}
    assert done.one("SELECT count(DISTINCT formed_on) FROM visit") > 5
    assert done.one("SELECT count(*) FROM publication") == visits
    for (body,) in done.ask("SELECT body FROM task WHERE state = 'published'"):
        parts = json.loads(body)["_parts"]
        assert all(part["claimed_by"] and part["state"] == "closed" for part in parts)


def test_an_exposure_tells_of_a_result_that_is_before_the_public(done: Folder) -> None:
    """监管曝光台: one firm, by the code of a published result, with what that says was found."""
    with opened(done) as platform:
        reading = platform.open_reading
        (line,) = reading.find(OpenColumn.EXPOSURES, OpenAsked(), FIRST_PAGE).items
        (part,) = reading.read(OpenColumn.EXPOSURES, line.id).parts
        code = part.text.partition("（")[2].partition("）")[0]
        results = reading.find(OpenColumn.RESULTS, OpenAsked(text=code), FIRST_PAGE).items
        told = [reading.read(OpenColumn.RESULTS, one.id) for one in results]
    found = [each.text.splitlines() for one in told for each in one.parts]
    assert any(all(item in part.text for item in items) for items in found)
    assert "虚构" in part.text


def test_a_cycle_looks_like_life() -> None:
    """Most visits are in time, some late; not all firms mend; a few results are taken back."""
    people, numbers = Field(1), [f"n-{at}" for at in range(2_000)]
    days = Counter(people.visit_after(one)[0] for one in numbers)
    assert set(days) == {*range(14), *range(15, 18)}
    assert 10 < sum(days[late] for late in range(15, 18)) < 100
    for term, most in TERMS.items():
        late = sum(people.mends_after(one, term) > most for one in numbers)
        assert 80 < late < 250
    second = Counter(people.recheck(one, 2) for one in numbers)
    assert 400 < second[RecheckResult.TRANSFER] < 800
    assert 10 < sum(map(people.taken_back, numbers)) < 100


def test_the_log_is_whole_and_nothing_was_done_twice(done: Folder) -> None:
    """Log numbers have no gap, each row's hash can be computed again, and each key is used once."""
    with opened(done) as platform:
        log = SqlAuditLog(platform.engine)
        rows = list(log.rows())
        assert [row.number for row in rows] == list(range(len(rows)))
        assert [row.leaf() for row in rows] == log.leaves()
    keys = Counter(key for (key,) in done.ask("SELECT request_key FROM done_command"))
    assert keys
    assert set(keys.values()) == {1}
    logged = Counter(row.entry.action for row in rows)
    done_once = Counter(action for (action,) in done.ask("SELECT action FROM done_command"))
    keyless = {"identity.reset_password": 3}
    assert logged == done_once + Counter(keyless)


def test_the_worker_alarms_about_nothing(done: Folder, tmp_path: Path) -> None:
    """All that a cycle left agrees with the log: every job of the worker ends well."""
    shutil.copytree(done.path, tmp_path / "run")
    said = supervision("worker", "--once", "--database", tmp_path / "run" / "supervision.db")
    assert said.code == 0, said.err


def test_the_people_of_a_demo_can_log_in(done: Folder, tmp_path: Path) -> None:
    """看演示: each role's account and its password stand on the screen, and the page is served."""
    folder, log, port = tmp_path / "run", tmp_path / "log", free_port()
    shutil.copytree(done.path, folder)
    with log.open("wb") as out:
        look = subprocess.Popen(  # noqa: S603 - our own command
            [*COMMAND, "look", str(folder), "--port", str(port)], stderr=out, cwd=tmp_path
        )
    try:
        page = served(f"http://127.0.0.1:{port}/gov/login", look, log)
        assert "验证码" in page
    finally:
        look.send_signal(signal.SIGINT)
        look.wait()
    told = log.read_text(encoding="utf-8")
    shown = dict(re.findall(r"^  ([a-z.0-9]+)\b.* (Aa1-[0-9a-f]+)$", told, re.MULTILINE))
    assert {"admin.system", "office.manager", "leader.01", "task.01", "clerk.01"} < set(shown)
    assert {account[:3] for account in shown} >= {"zf.", "qy."}
    assert len(set(shown.values())) == len(shown)


def test_only_a_demo_is_looked_at(tmp_path: Path) -> None:
    """A folder without a finished demo is refused: the message says what to do first."""
    said = supervision("look", tmp_path)
    assert said.code == 3
    assert "没有做完的演示" in said.err
    assert "supervision demo --out" in said.err


def test_a_finished_run_answers_at_once(first: tuple[Said, Folder]) -> None:
    """Told again, the demo gives the same summary and does nothing."""
    said, folder = first
    before = {path: path.stat().st_mtime_ns for path in [*folder.files(), folder.database]}
    again = supervision("demo", "--out", folder.path, *SIZES, "--json")
    assert (again.code, again.data) == (0, said.data)
    after = {path: path.stat().st_mtime_ns for path in [*folder.files(), folder.database]}
    assert after == before


def test_a_run_is_only_continued_with_its_own_inputs(done: Folder) -> None:
    """Another seed, another number of firms: refused, naming what differs; the run stays."""
    other = supervision(
        "demo", "--out", done.path, "--count", 7, "--officer-count", OFFICERS, "--seed", 1, "--json"
    )
    assert (other.code, codes(other)) == (3, ["demo.inputs_differ"] * 2)
    assert [reason["at"] for reason in other.data["reasons"]] == ["firms", "seed"]
    assert done.one("SELECT count(*) FROM subject") > 7


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Even told to start anew, the demo takes nothing away that it has not made."""
    (tmp_path / "家庭照片.txt").write_text("一\n", encoding="utf-8")
    said = supervision("demo", "--out", tmp_path, *SIZES, "--fresh", "--json")
    assert (said.code, codes(said)) == (3, ["demo.folder_taken"])
    assert [path.name for path in tmp_path.iterdir()] == ["家庭照片.txt"]


def test_two_cannot_run_in_one_folder(tmp_path: Path) -> None:
    """While one process runs, another is turned away; killed, it leaves the folder free."""
    setting = Setting(firms=20_000, officers=OFFICERS)
    running = Running.start(setting.command(tmp_path / "run"), tmp_path / "out")
    try:
        assert not running.hear(running.began + 60)
        said = supervision("demo", "--out", tmp_path / "run", "--count", 20_000, "--json")
    finally:
        running.kill()
    assert (said.code, codes(said)) == (5, ["demo.folder_busy"])
    said = supervision("demo", "--out", tmp_path / "run", "--count", 1, "--json")
    assert set(codes(said)) == {"demo.inputs_differ"}


def test_results_become_facts_and_move_what_is_said_of_a_firm(done: Folder) -> None:
    """The second assessment knows of every inspection; the summary counts the grades that moved."""
    moves: Counter[tuple[str, str]] = Counter()
    visited = {subject for (subject,) in done.ask("SELECT subject FROM visit")}
    for subject, old, new in done.ask(
        """SELECT a.subject_id, a.record, b.record FROM graded_subject a JOIN graded_subject b
        ON a.rule_id = b.rule_id AND a.subject_id = b.subject_id WHERE a.as_of < b.as_of"""
    ):
        before, after = json.loads(old), json.loads(new)
        if subject in visited:
            assert after["facts"]["last_checked_on"] != before["facts"].get("last_checked_on")
            assert after["risk"] != before["risk"]
        if after["grade"] != before["grade"]:
            moves["worse" if after["grade"] > before["grade"] else "milder", after["rule"]] += 1
    scenes = done.summary["scenes"]
    for way in ("worse", "milder"):
        assert sum(scene[way] for scene in scenes) == sum(
            count for (found, _), count in moves.items() if found == way
        )


def test_stored_gradings_can_be_computed_again(done: Folder) -> None:
    """From the facts kept with it and the versions it names, each grading comes out the same."""
    replayed = 0
    with opened(done) as platform, platform.transactions.begin() as work:
        for (rule_id,) in done.ask("SELECT id FROM grading_rule"):
            rule = work[GradingRules].get(rule_id)
            grader = SubjectGrader(
                rule_id=rule_id,
                rule=rule.current(),
                risk=work[RiskModels].get(rule.risk_model).current(),
                credit=work[CreditModels].get(rule.credit_model).current(),
                as_of=day("assess"),
            )
            ids = [
                one
                for (one,) in done.ask(
                    "SELECT subject_id FROM graded_subject WHERE rule_id = ? LIMIT 26", rule_id
                )
            ]
            for one, record in work[GradedSubjects].of_day(rule_id, day("assess"), ids).items():
                assert grader.grade(one, record.facts) == record
                replayed += 1
    assert replayed >= 50


FIRM_HEADINGS = (
    "序号", "商户名称", "社会信用代码", "主营业务", "行业", "所在区县", "经营者", "登记日期",
)  # fmt: skip


def credit_code(number: int) -> str:
    """Give a code whose digits check."""
    return complete_credit_code(f"91450102{complete_organisation_code(f'MA5{number:05d}')}")


def write_firms(path: Path, count: int) -> None:
    """Write firms as no template asks for them, two of five of them dairies."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("台账2026")
        sheet.write(0, 0, "某城区重点单位台账")
        sheet.write_row(2, 0, FIRM_HEADINGS)
        for at in range(count):
            trade, scope = (
                ("乳业", "乳制品批发、零售") if at < count * 2 // 5 else ("五金店", "五金零售")
            )
            name = f"南宁市青秀区第{at + 1}{trade}"
            row = (at + 1, name, credit_code(at), scope, "", "青秀区", f"王{at}", "2019年3月1日")
            sheet.write_row(3 + at, 0, row)


def write_officers(path: Path) -> None:
    """Write officers of two departments as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("人员姓名", "证号", "工作单位", "辖区", "有效期止"))
        for at in range(24):
            body = ("市场监督管理局", "农业农村局")[at % 2]
            rows.writerow((f"李{at}", f"4501{at:05d}", f"南宁市{body}", "南宁市", "2028-12-31"))


def own_tables(folder: Path, firms: int) -> tuple[object, ...]:
    """Write tables of firms and officers, and give the options that name them."""
    write_firms(folder / "firms.xlsx", firms)
    write_officers(folder / "officers.csv")
    return ("--firms", folder / "firms.xlsx", "--officers", folder / "officers.csv")


def test_a_scene_that_draws_nobody_ends_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of few firms a ratio may draw nobody: the run goes on without the scene, and names why."""
    monkeypatch.setattr(Quota, "drawn_by", lambda *_: 0)
    said = supervision("demo", "--out", tmp_path / "run", *own_tables(tmp_path, 40))
    assert said.code == 0
    folder = Folder(tmp_path / "run")
    assert folder.summary["skipped"]["乳品安全"] == "对象少，按抽取比例这一次没有抽到检查对象"
    assert (folder.summary["scenes"], folder.files("抽取证明/*.json")) == ([], [])


def test_workbooks_that_were_not_made_for_it_work(tmp_path: Path) -> None:
    """Own tables of 600 firms and two departments: what can be held is, and the rest is named."""
    said = supervision("demo", "--out", tmp_path / "run", *own_tables(tmp_path, 600))
    assert said.code == 0
    folder = Folder(tmp_path / "run")
    summary = folder.summary
    assert (summary["firms"]["added"], summary["officers"]["added"]) == (600, 24)
    (dairy,) = summary["scenes"]
    assert (dairy["name"], dairy["subjects"]) == ("乳品安全", 240)
    assert dairy["departments"] == ["市场监管", "农业农村"]
    assert dairy["left_out"] == ["卫生健康", "交通运输"]
    assert dairy["completed"] == dairy["published"] > 0
    assert "未参加（名册中无人员）：卫生健康、交通运输" in said.out
    leads = {"危化品安全": "应急管理", "旅行社监管": "文化和旅游", "电信网络诈骗": "通信管理"}
    assert summary["skipped"].keys() == leads.keys()
    for name, lead in leads.items():
        assert lead in summary["skipped"][name]
        assert f"【{name}】未开展：{summary['skipped'][name]}" in said.out
    assert list(folder.faults()) == []


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    """A workbook without the headings is refused, saying which are missing."""
    with xlsxwriter.Workbook(str(tmp_path / "menu.xlsx")) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((("菜名", "单价"), ("老友粉", 12), ("螺蛳粉", 11))):
            sheet.write_row(at, 0, row)
    menu = ("--firms", tmp_path / "menu.xlsx")
    said = supervision("demo", "--out", tmp_path / "run", *menu, *SIZES[2:], "--json")
    assert (said.code, codes(said)) == (3, ["documents.no_table"])
    assert "企业名称" in said.data["reasons"][0]["reason"]
    assert not (tmp_path / "run").exists()


def test_a_refused_file_costs_no_finished_run(first: tuple[Said, Folder], tmp_path: Path) -> None:
    """Started anew with a file that is no table, a demo leaves the run that is there."""
    (tmp_path / "menu.csv").write_text("菜名,单价\n老友粉,12\n", encoding="utf-8")
    shutil.copytree(first[1].path, tmp_path / "run")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "run").rglob("*")}
    menu = ("--firms", tmp_path / "menu.csv", "--fresh")
    said = supervision("demo", "--out", tmp_path / "run", *menu, *SIZES[2:], "--json")
    assert (said.code, codes(said)) == (3, ["documents.no_table"])
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "run").rglob("*")} == before
