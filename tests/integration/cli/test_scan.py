"""What the platform leaves on disk while it takes in personal data: database, logs, temp files."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.integration.scanning import scan_files

from supervision_core.kernel.codes.credit_code import (
    complete_credit_code,
    complete_organisation_code,
)
from supervision_core.kernel.codes.identity_card import complete_identity_card

CALL = "from entrypoints.cli import main; main()"
FIRM = complete_credit_code("91450100" + complete_organisation_code("MA5KA000"))
CARDS = [complete_identity_card(f"4501031990010100{at}") for at in (1, 2, 3)]
WORDS = {*CARDS, "孙金丝雀", "李金丝雀", "周金丝雀", "吴金丝雀", "19912345671", "19912345672",
         "19912345673", "南宁市金丝雀路9号"}  # fmt: skip
SUBJECTS = f"""名称,信用代码,身份证号,所在区县,法人,联系人,联系人身份证号,电话,法人电话
金丝雀乳业（样例）,{FIRM},,南宁市,孙金丝雀,李金丝雀,{CARDS[0]},19912345671,19912345672
周金丝雀,,{CARDS[1]},南宁市,,,,,
"""
OFFICERS = f"""姓名,执法证号,所属部门,所属区划,联系电话,身份证号码,住址,关联法定代表人
郑样例,45010000001,市场监管,450100,19912345673,{CARDS[2]},南宁市金丝雀路9号,吴金丝雀
"""


def test_nothing_that_an_import_leaves_behind_holds_a_personal_word(
    tmp_path: Path, organised: Callable[[str], None]
) -> None:
    """Matrix row 13: after an import, no file but the imported ones holds one in clear.

    Control: the scan finds every word in the tables that were imported, and the firm's in the rest.
    """
    given, work = tmp_path / "given", tmp_path / "work"
    for folder in (given, work / "temp"):
        folder.mkdir(parents=True)
    (given / "subjects.csv").write_text(SUBJECTS, encoding="utf-8")
    (given / "officers.csv").write_text(OFFICERS, encoding="utf-8")
    environment = {**os.environ, "TMPDIR": str(work / "temp")}
    organised(str(work / "a.db"))
    for what in ("subjects", "officers"):
        words = ["import", what, str(given / f"{what}.csv"), "--database", str(work / "a.db")]
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", CALL, *words, "--json"],
            env=environment,
            check=False,
            capture_output=True,
        )
        (work / f"{what}.log").write_bytes(done.stdout + done.stderr)
        assert done.returncode == 0, done.stderr.decode()
        assert b'"refused": 0' in done.stdout
    assert set(scan_files(given, WORDS)) == WORDS
    assert scan_files(work, WORDS) == {}
    assert scan_files(work, ["金丝雀乳业（样例）"])
