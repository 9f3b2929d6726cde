import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.scan_codes import a_code, codes_of_test

from adapters.crypto.providers import open_algorithms
from adapters.crypto.public_keys import write_public_key
from adapters.crypto.sm2 import new_private_key
from adapters.system import SystemRandomness
from supervision_core.draws.model.signing import signed_proof

Run = Callable[..., Any]

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "formats" / "examples"
HYGIENE = EXAMPLES / "food_hygiene.yaml"
FACTS = "id,hygiene_points,structure_points,confidence_points\nx1,10,5,0\nx2,,5,0\nx3,0,0,30\n"
RULE = 'strata:\n  A: {ratio: "0.5"}\n  D: {count: 1}\n'


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Give a file of facts."""
    path = tmp_path / "facts.csv"
    path.write_text(FACTS, encoding="utf-8")
    return path


@pytest.fixture(params=["draw/1", "draw/2"])
def drawn(run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Give the proof of a draw."""
    (tmp_path / "pool.csv").write_text("id,stratum\na,A\nb,A\nc,D\n", encoding="utf-8")
    (tmp_path / "rule.yaml").write_text(RULE, encoding="utf-8")
    words = ("--contributor", "市场监管局", "--contributor", "农业农村厅", "--out", "out")
    given = ("--pool", "pool.csv", "--rule", "rule.yaml", "--format", request.param)
    said = run("draw", *given, *words, "--json")
    assert (said.code, said.data["picked"]) == (0, {"A": 1, "D": 1})
    return tmp_path / "out" / "proof.json"


@pytest.mark.function("F172", surface="cli")
def test_any_model_assesses_any_file(run: Run, facts: Path) -> None:
    """Nothing but a model and facts is needed; who cannot be assessed is counted."""
    said = run("assess", "--model", HYGIENE, "--facts", facts, "--as-of", "2026-06-30", "--json")
    assert said.code == 0
    assert (said.data["subjects"], said.data["faulty"]) == (3, 1)
    assert said.data["levels"]["R4（好）"] == 1


def test_nothing_assessed_is_no_success(run: Run, facts: Path) -> None:
    """A file with nothing below its headings is said to be so, by exit code 3 too."""
    facts.write_text(FACTS.partition("\n")[0] + "\n", encoding="utf-8")
    said = run("assess", "--model", HYGIENE, "--facts", facts, "--out", "out.csv")
    assert said.code == 3
    assert "✗ 没有评价任何对象" in said.out
    assert "✓" not in said.out


def test_nothing_drawn_is_no_success(run: Run, tmp_path: Path) -> None:
    """A rule that picks nobody says what to look at; its proof is there all the same."""
    (tmp_path / "pool.csv").write_text("id,stratum\na,A\nb,A\n", encoding="utf-8")
    (tmp_path / "rule.yaml").write_text("strata: {A: {count: 0}}\n", encoding="utf-8")
    words = ("--contributor", "市场监管局", "--contributor", "农业农村厅", "--out", "out")
    said = run("draw", "--pool", "pool.csv", "--rule", "rule.yaml", *words)
    assert said.code == 3
    assert "✗ 没有抽中任何对象" in said.out
    assert "✓" not in said.out


def test_a_bad_cell_costs_its_row_and_can_be_mended(run: Run, facts: Path, tmp_path: Path) -> None:
    """Named by object, row and column, with reason and remedy; mended, the workbook is assessed."""
    facts.write_text(FACTS.replace("x1,10", "x1,十点五"), encoding="utf-8")
    words = ("assess", "--model", HYGIENE, "--as-of", "2026-06-30")
    said = run(*words, "--facts", facts, "--errors", "bad.xlsx", "--json")
    assert (said.code, said.data["subjects"], said.data["rejected"]) == (0, 2, 1)
    (reason,) = said.data["reasons"]
    assert (reason["subject"], reason["row"], reason["column"]) == ("x1", 2, "hygiene_points")
    out = run(*words, "--facts", facts).out
    assert "✗ 第2行 “x1”的“hygiene_points”不是整数（只填整数，不带小数和单位" in out
    rows = CalamineWorkbook.from_path(tmp_path / "bad.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1][:2] == [2.0, "hygiene_points"]
    assert rows[1][4:] == ["x1", "十点五", "5", "0"]
    rows[1][5] = "\uff11\uff10"
    with xlsxwriter.Workbook(str(tmp_path / "mended.xlsx")) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    again = run(*words, "--facts", "mended.xlsx", "--json")
    assert (again.data["subjects"], again.data["rejected"]) == (1, 0)
    explained = run("assess", "--model", HYGIENE, "--facts", facts, "--explain", "x1", "--json")
    assert explained.code == 3
    assert explained.data["reasons"][0]["code"] == "analytics.cell_not_integer"
    facts.write_text(FACTS.splitlines()[0] + "\nx1,a,b,c\n", encoding="utf-8")
    none = run(*words, "--facts", facts, "--json")
    assert (none.code, none.data["rejected"], len(none.data["reasons"])) == (3, 1, 3)


def test_results_come_as_csv_workbook_and_parquet(run: Run, facts: Path, tmp_path: Path) -> None:
    """All three say the same: the points of each indicator, under headings that people read."""
    for out in ("r.csv", "r.xlsx", "r.parquet"):
        assert run("assess", "--model", HYGIENE, "--facts", facts, "--out", out).code == 0
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("编号,等级,总分,有误指标数,食品加工卫生,")
    assert lines[1:3] == ["x1,R4,15.00,0,10.00,5.00,0.00", "x2,,,1,,5.00,0.00"]
    sheet = CalamineWorkbook.from_path(tmp_path / "r.xlsx").get_sheet_by_index(0)
    assert sheet.to_python()[1][:5] == ["x1", "R4", 15.0, 0.0, 10.0]
    rows = duckdb.read_parquet(str(tmp_path / "r.parquet")).fetchall()
    assert rows[0] == ("x1", "R4", 1500, 0, 1000, 500, 0)


@pytest.mark.function("F175", surface="cli")
def test_one_result_is_explained_in_words(run: Run, facts: Path) -> None:
    """What the firm is told names each indicator, its facts, points, and the level."""
    said = run("assess", "--model", HYGIENE, "--facts", facts, "--explain", "x1")
    assert said.code == 0
    assert "食品加工卫生：加工卫生得分10；" in said.out
    assert "总分15分；结果等级：R4（好）。" in said.out
    absent = run("assess", "--model", HYGIENE, "--facts", facts, "--explain", "x9", "--json")
    assert absent.code == 3
    assert absent.data["reasons"][0]["code"] == "cli.subject_not_in_file"


@pytest.mark.function("F193", surface="cli")
def test_risk_and_credit_are_crossed(run: Run, facts: Path, tmp_path: Path) -> None:
    """With a credit model and a rule each subject gets its grade, and is told why."""
    levels = "[R5, R4, R3, R2, R1, R0]"
    rows = "\n".join(f"  R{5 - row}: [1, 1, 1, 2, 2, 2]" for row in range(6))
    grades = "\n".join(
        f'  - {{number: {n}, name: {name}, measure: 检查, object_ratio: "{ratio}"}}'
        for n, name, ratio in ((1, "低", "0.1"), (2, "高", "1"))
    )
    rule = (
        f"format: grading-rule/1\nrisk_levels: {levels}\ncredit_levels: {levels}\n"
        f"matrix:\n{rows}\ngrades:\n{grades}\nitem_draw: by_grade\n"
    )
    (tmp_path / "rule.yaml").write_text(rule, encoding="utf-8")
    words = ("--model", HYGIENE, "--credit", HYGIENE, "--rule", "rule.yaml", "--facts", facts)
    said = run("assess", *words, "--out", "g.csv", "--json")
    assert said.code == 0, said.err
    assert said.data["grades"] == {"1（低）": 1, "2（高）": 1}
    first = (tmp_path / "g.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert first.startswith("x1,R4,15.00,")
    assert first.endswith(",1")
    assert "分级 1（低）" in run("assess", *words, "--explain", "x1").out


def test_a_file_that_is_no_model_is_refused(run: Run, facts: Path, tmp_path: Path) -> None:
    """Every fault is named with its place."""
    (tmp_path / "m.yaml").write_text("format: [", encoding="utf-8")
    (tmp_path / "n.yaml").write_text("format: something/1", encoding="utf-8")
    broken = run("assess", "--model", "m.yaml", "--facts", facts, "--json")
    assert (broken.code, broken.data["error"]) == (3, "cli.document_unreadable")
    other = run("assess", "--model", "n.yaml", "--facts", facts, "--json")
    assert (other.code, other.data["error"]) == (3, "assessment.document_not_understood")
    assert len(other.data["reasons"]) > 3


def test_words_that_do_not_go_together_are_a_usage_error(run: Run, facts: Path) -> None:
    """A credit model without a rule, a result of unknown kind, a file that is not there."""
    assert run("assess", "--model", HYGIENE, "--facts", facts, "--credit", HYGIENE).code == 2
    assert run("assess", "--model", HYGIENE, "--facts", facts, "--out", "r.txt").code == 2
    assert run("assess", "--model", "absent.yaml", "--facts", facts).code == 2


def test_a_draw_is_verified_without_a_database(run: Run, drawn: Path) -> None:
    """The proof alone is enough, on any machine."""
    said = run("verify-draw", drawn, "--json")
    assert (said.code, said.data["consistent"], said.data["failed"]) == (0, True, [])


def test_a_check_says_what_it_did_not_check(run: Run, drawn: Path, tmp_path: Path) -> None:
    """Without the public key nothing is proved but consistency; with it, not everything either."""
    last = run("verify-draw", drawn).out.splitlines()[-1]
    assert last.startswith("✓ 内容自洽，签名未核。没有核对：签名（用 --signer ")
    said = run("verify-draw", drawn, "--json").data
    assert said["verified"] is False
    signed = _signed(json.loads(drawn.read_text(encoding="utf-8")), tmp_path)
    known = ["signature", "pool", "times", "staffing", "audit", *_more(signed)]
    assert said["unchecked"] == known
    drawn.write_text(json.dumps(signed), encoding="utf-8")
    last = run("verify-draw", drawn, "--signer", "signer.pem").out.splitlines()[-1]
    assert last.startswith("✓ 证明成立。没有核对：名单是否齐全")
    said = run("verify-draw", drawn, "--signer", "signer.pem", "--json").data
    assert (said["verified"], said["unchecked"]) == (True, known[1:])
    drawn.write_text(json.dumps(signed | {"seed": "0" * 64}), encoding="utf-8")
    last = run("verify-draw", drawn).out.splitlines()[-1]
    assert last.startswith("✗ 证明不成立：种子。没有核对：签名")


def test_a_code_is_verified_without_a_database(run: Run, tmp_path: Path) -> None:
    """By the public key alone; what was altered is refused, and what is not checked is said."""
    codes = codes_of_test()
    text = codes.make(a_code(until=date(2999, 1, 1)))
    (tmp_path / "signer.pem").write_text(write_public_key(codes.signer.public_key), "ascii")
    said = run("verify-code", codes.link_of(text), "--signer", "signer.pem", "--json").data
    assert (said["number"], said["unchecked"]) == ("91450100MA5K000017", ["void"])
    last = run("verify-code", text, "--signer", "signer.pem").out.splitlines()[-1]
    assert last.endswith("没有核对：是否已作废或换发")
    altered = text.replace("91450100MA5K000017", "91450100MA5K000025")
    said = run("verify-code", altered, "--signer", "signer.pem", "--json")
    assert (said.code, said.data["reasons"][0]["code"]) == (3, "scan_codes.altered")


def _more(proof: dict[str, Any]) -> list[str]:
    """Give what of a draw/2 no verifier can check either."""
    return ["sources"] if proof["format"] == "draw-proof/2" else []


def _signed(proof: dict[str, Any], folder: Path) -> dict[str, Any]:
    randomness = SystemRandomness()
    signer = open_algorithms(randomness).signer(new_private_key(randomness))
    (folder / "signer.pem").write_text(write_public_key(signer.public_key), encoding="ascii")
    return signed_proof(proof, signer)


@pytest.mark.parametrize(
    ("member", "value", "step"),
    [
        ("seed", "0" * 64, "seed"),
        ("rule_hash", "0" * 64, "rule_hash"),
        ("picks", [], "picks"),
        ("format", "draw-proof/9", "format"),
    ],
)
def test_a_forged_proof_fails_at_its_step(
    run: Run, drawn: Path, member: str, value: object, step: str
) -> None:
    """Exit code 4, and what was forged is named."""
    proof = json.loads(drawn.read_text(encoding="utf-8"))
    proof[member] = value
    drawn.write_text(json.dumps(proof), encoding="utf-8")
    said = run("verify-draw", drawn, "--json")
    assert said.code == 4
    assert step in said.data["failed"]
    assert run("verify-draw", drawn).code == 4


def test_a_rule_that_does_not_cover_the_pool_is_refused(run: Run, tmp_path: Path) -> None:
    """A stratum without a quota stops the draw."""
    (tmp_path / "pool.csv").write_text("id,stratum\na,A\nb,B\n", encoding="utf-8")
    (tmp_path / "rule.yaml").write_text('strata: {A: {ratio: "0.5"}}', encoding="utf-8")
    said = run("draw", "--pool", "pool.csv", "--rule", "rule.yaml", "--json")
    assert said.code == 3
    assert [one["code"] for one in said.data["reasons"]] == ["draws.stratum_without_quota"]


@pytest.mark.parametrize("pilot", ["dairy", "chemicals", "travel", "fraud"])
def test_a_pilot_scene_is_written_compared_and_put_to_work(
    run: Run, organised: Callable[[str], None], tmp_path: Path, pilot: str
) -> None:
    """Folder and zip mean the same; a change is listed; installing twice makes one scene."""
    assert run("scene", "sample", pilot, "folder").code == 0
    assert run("scene", "sample", pilot, "scene.zip").code == 0
    assert run("scene", "diff", "folder", "scene.zip", "--json").data == {"differences": []}
    (tmp_path / "folder" / "README.md").write_text("改动", encoding="utf-8")
    assert len(run("scene", "diff", "folder", "scene.zip", "--json").data["differences"]) == 1
    organised("a.db")
    first = run("scene", "import", "scene.zip", "--database", "a.db", "--json")
    again = run("scene", "import", "scene.zip", "--database", "a.db", "--json")
    assert (first.code, again.code) == (0, 0), first.err
    assert first.data == again.data


@pytest.mark.parametrize("pilot", ["dairy", "chemicals", "travel", "fraud"])
def test_a_scene_of_the_database_becomes_a_package(
    run: Run, organised: Callable[[str], None], pilot: str
) -> None:
    """It differs from its source by the matters' codes it was given, and installs equal again."""
    organised("a.db")
    organised("b.db")
    assert run("scene", "sample", pilot, "source").code == 0
    assert run("scene", "import", "source", "--database", "a.db").code == 0
    assert run("scene", "export", pilot, "out.zip", "--database", "a.db").code == 0
    said = run("scene", "diff", "source", "out.zip", "--json").data["differences"]
    assert all("监管事项编码" in line for line in said), said
    assert run("scene", "import", "out.zip", "--database", "b.db").code == 0
    assert run("scene", "export", pilot, "again.zip", "--database", "b.db").code == 0
    assert run("scene", "diff", "out.zip", "again.zip", "--json").data["differences"] == []


def test_departments_that_are_not_there_are_named_at_once(
    run: Run, organised: Callable[[str], None], tmp_path: Path
) -> None:
    """Each unknown department stands in the answer; by its local name it is understood."""
    assert run("scene", "sample", "dairy", "folder").code == 0
    organised("a.db")
    scene = tmp_path / "folder" / "scene.yaml"
    text = scene.read_text("utf-8").replace("农业农村", "农业农村厅").replace("卫生健康", "卫健委")
    scene.write_text(text, "utf-8")
    call = ("scene", "import", "folder", "--database", "a.db", "--json")
    refused = run(*call)
    assert refused.code == 3
    assert [one["reason"] for one in refused.data["reasons"]] == [
        "没有名为“农业农村厅”的机构", "没有名为“卫健委”的机构",
    ]  # fmt: skip
    here = ("--department", "农业农村厅=农业农村", "--department", "卫健委=卫生健康")
    assert run(*call, *here).code == 0
    assert run("scene", "export", "dairy", "out", "--database", "a.db").code == 0
    written = (tmp_path / "out" / "scene.yaml").read_text("utf-8")
    assert "joining:\n- 农业农村\n- 卫生健康" in written


def test_a_scene_that_is_not_there_cannot_be_exported(run: Run, tmp_path: Path) -> None:
    """Exit code 3, and no file."""
    assert run("scene", "export", "absent", "out.zip", "--database", "a.db").code == 3
    assert not (tmp_path / "out.zip").exists()


def test_init_and_migrate_may_be_repeated(run: Run, tmp_path: Path) -> None:
    """A database that is there already is left alone."""
    assert [run(word, "--database", "a.db").code for word in ("init", "init", "migrate")] == [0] * 3
    assert (tmp_path / "a.db").exists()


def test_a_database_that_cannot_be_opened_is_a_failure(run: Run, tmp_path: Path) -> None:
    """Exit code 1 and one sentence, never a trace."""
    said = run("init", "--database", tmp_path / "absent" / "a.db")
    assert said.code == 1
    assert said.err.startswith("✗ ")


def test_every_command_has_chinese_help(run: Run) -> None:
    """Whoever asks for help reads what a command does and what its words mean."""
    said = run("--help")
    assert said.code == 0
    for command in ("init", "migrate", "import", "export", "scene", "assess", "draw"):
        assert command in said.out
        helped = run(command, "--help")
        assert (helped.code, "显示本帮助" in helped.out) == (0, True)


def test_the_program_runs_by_itself(tmp_path: Path) -> None:
    """The console script of the package is this command line."""
    script = shutil.which("supervision", path=str(Path(sys.executable).parent))
    called = [sys.executable, "-c", "from entrypoints.cli import main; main()"]
    words = [script] if script else called
    ran = subprocess.run(  # noqa: S603 - our own program
        [*words, "verify-draw", "absent.json"], cwd=tmp_path, capture_output=True, check=False
    )
    assert ran.returncode == 2
