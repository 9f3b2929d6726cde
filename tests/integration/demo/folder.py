"""A folder that a demo leaves: what is in it, without the ids that differ from run to run."""

import json
import re
import runpy
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import pypdfium2
from attrs import frozen
from PIL import Image
from python_calamine import CalamineWorkbook

from adapters.sql.subject_facts import STATED
from supervision_core.kernel.plain import from_plain
from supervision_core.tasks.model.archive import Manifest, manifest_violations

ROOT = Path(__file__).parents[3]
OWN_CHECK = ROOT / "docs" / "verify_draw.py"
_CHECK = runpy.run_path(str(OWN_CHECK))

Row = tuple[Any, ...]

_ADMITTING = "('identity.register_user', 'identity.assign_roles', 'officers.tie_account')"
_ADMITTED = "('identity.UserChanged', 'identity.AccessChanged', 'officers.OfficerTied')"
_BY_OFFICERS = {
    "done_command", "app_user", "directory_change", "grant_sheet", "user_department",
    "grant_holding", "access_change", "outbox", "audit_target",
}  # fmt: skip
"""Tables whose length follows from how many officers were drawn, each of whom gets an account."""
_BY_IDS = {"抽查对象评价说明": 9, "抽取结果": 5, "检查结果": 9}
"""Of sheets of the workbook: the column that holds a hash over ids, or officers, who are drawn by
their ids."""
_STATED = ", ".join(STATED)
ROWS: Mapping[str, str] = {
    "subjects": "SELECT code, name, kind, region, status, version FROM subject",
    "tags": """SELECT s.code, t.name FROM subject_tag x
        JOIN subject s ON s.id = x.subject_id JOIN tag t ON t.id = x.tag""",
    "facts": """SELECT s.code, f.name, f.known_on, f.form, f.int_value, f.code_value,
        substr(f.source, 1, 6) FROM subject_fact f JOIN subject s ON s.id = f.subject_id""",
    "statements": f"""SELECT s.code, f.known_on, f.source, {_STATED}
        FROM subject_statement f JOIN subject s ON s.id = f.subject_id""",  # noqa: S608 - columns of ours
    "officers": """SELECT c.code, o.name, o.department, o.region, o.state
        FROM officer o JOIN officer_certificate c ON c.officer_id = o.id""",
    "scenes": "SELECT code, state, version FROM scene",
    "checklists": "SELECT code, state, version, published, item_count FROM checklist",
    "check items": "SELECT code, state, version FROM check_item",
    "gradings": """SELECT s.code, g.as_of, g.grade, g.risk_level, g.credit_level,
        json_extract(g.record, '$.risk'), json_extract(g.record, '$.credit')
        FROM graded_subject g JOIN subject s ON s.id = g.subject_id""",
    "plans": "SELECT name, state, version FROM plan",
    "draws": """SELECT t.code, d.state, d.version, d.pool_hash FROM draw d
        JOIN task t ON t.id = d.of_task""",
    "tasks": "SELECT code, state, version FROM task",
    "visits": """SELECT v.code, s.code, v.state, v.findings, v.formed_on, v.version
        FROM visit v JOIN subject s ON s.id = v.subject""",
    "rectifications": "SELECT code, state, due_on, department, version FROM rectification",
    "publications": """SELECT s.code, p.state, p.formed_on, p.until, p.version
        FROM publication p JOIN subject s ON s.id = p.subject""",
    "departments": "SELECT code, name, region FROM department",
    "audit": f"""SELECT a.action, coalesce(d.code, a.department), a.outcome, a.happened_at
        FROM audit_row a LEFT JOIN department d ON d.id = a.department
        WHERE a.action NOT IN {_ADMITTING}""",  # noqa: S608 - words of ours
    "events": f"SELECT name, happened_at FROM outbox WHERE name NOT IN {_ADMITTED}",  # noqa: S608 - ours
    "done commands": f"SELECT action FROM done_command WHERE action NOT IN {_ADMITTING}",  # noqa: S608 - ours
}
"""What must be equal in two runs with the same inputs and the same nonces.

Which officers act hangs on their ids, and with them how many accounts they are given.
"""


@frozen
class Folder:
    """The folder of a run, finished or broken off."""

    path: Path

    @property
    def database(self) -> Path:
        """Name its database."""
        return self.path / "supervision.db"

    def ask(self, query: str, *values: object) -> list[Row]:
        """Ask its database."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        """Ask its database for one value."""
        return self.ask(query, *values)[0][0]

    def files(self, pattern: str = "*") -> list[Path]:
        """List its files, but for the database and the pieces of files beside it."""
        return sorted(
            path
            for path in self.path.rglob(pattern)
            if path.is_file()
            and not path.relative_to(self.path).parts[0].startswith("supervision.db")
        )

    @property
    def summary(self) -> dict[str, Any]:
        """Read the numbers of the summary."""
        found: dict[str, Any] = json.loads((self.path / "总结.json").read_text(encoding="utf-8"))
        return found

    def sheets(self) -> dict[str, list[list[Any]]]:
        """Read the result workbook: the rows of data by sheet."""
        book = CalamineWorkbook.from_path(self.path / "结果.xlsx")
        return {name: _data(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}

    def rows(self) -> dict[str, Counter[Row]]:
        """Give everything in the database that must be equal in another run, counted."""
        found = {name: Counter(self.ask(query)) for name, query in ROWS.items()}
        names = self.ask(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'counter'"
        )
        found["tables"] = Counter(
            (name, self.one(f'SELECT count(*) FROM "{name}"'))  # noqa: S608 - a name of its own
            for (name,) in names
            if name not in {"audit_row", *_BY_OFFICERS}
            and not name.startswith("staged_")  # a break leaves some behind
        )
        return found

    def difference(self, other: "Folder") -> Iterator[str]:
        """Say what is not as in ``other``, a run that nobody disturbed."""
        mine, theirs = self.rows(), other.rows()
        for name, expected in theirs.items():
            more, less = mine[name] - expected, expected - mine[name]
            if more or less:
                yield f"{name}: {_some(more)} too many, {_some(less)} missing"
        names = [{str(path.relative_to(one.path)) for path in one.files()} for one in (self, other)]
        if names[0] != names[1]:
            yield f"files: {sorted(names[0] ^ names[1])}"
            return
        for name, rows in other.sheets().items():
            own = self.sheets().get(name, [])
            if _comparable(name, own) != _comparable(name, rows):
                yield f"workbook: sheet {name} differs"
        if _numbers(self.summary) != _numbers(other.summary):
            yield "summary: numbers differ"

    def faults(self) -> Iterator[str]:
        """Say what is broken in itself, without comparing."""
        yield from self.database_faults()
        for path in self.files():
            if fault := file_fault(path):
                yield f"{path.relative_to(self.path)}: {fault}"
        yield from self.archive_faults()
        for path in self.files("抽取证明/*.json"):
            try:
                _CHECK["verify"](json.loads(path.read_text(encoding="utf-8")), path.parent)
            except (AssertionError, KeyError, ValueError) as fault:
                yield f"{path.name}: {fault}"

    def database_faults(self) -> Iterator[str]:
        """Say what is broken in the database."""
        if (said := self.one("PRAGMA integrity_check")) != "ok":
            yield f"database: {said}"
        if lost := self.ask("PRAGMA foreign_key_check"):
            yield f"database: {len(lost)} rows refer to nothing"
        for table in ("audit_row", "outbox"):
            count, last = self.ask(f"SELECT count(*), max(position) FROM {table}")[0]  # noqa: S608 - our own words
            if count and count != last + 1:
                yield f"{table}: {count} rows up to number {last}"

    def leaves(self) -> list[str]:
        """Give the leaf hashes of the audit log, in order."""
        return [leaf for (leaf,) in self.ask("SELECT leaf FROM audit_row ORDER BY position")]

    def archive_faults(self) -> Iterator[str]:
        """Say which archived file is not whole, by the hash of its manifest that is kept."""
        for number, task, kept in self.ask(
            "SELECT code, id, json_extract(body, '$._manifest_elsewhere') FROM task ORDER BY code"
        ):
            if not kept:
                continue
            home = self.path / "档案" / number
            manifest = from_plain(Manifest, json.loads((home / "manifest.json").read_bytes()))
            pieces = {
                path.relative_to(home).as_posix(): path.read_bytes()
                for path in home.rglob("*")
                if path.is_file() and not path.name.startswith("manifest.")
            }
            if manifest.task != task:
                yield f"archive {number}: of another task"
            for fault in manifest_violations(manifest, pieces, expected=kept):
                yield f"archive {number}: {fault.code} {fault.at}"


def pdf_text(path: Path) -> str:
    """Read the text of a PDF without its white space, as lines break anywhere."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"\s", "", "".join(pages))


def docx_text(path: Path) -> str:
    """Read the text of a Word document, its tables too."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def file_fault(path: Path) -> str:
    """Say why a file is not whole, or nothing."""
    try:
        if path.name.startswith(".") or ".part" in path.name:
            return "left half-written"
        return "" if _READERS.get(path.suffix, _whole_text)(path) else "holds nothing"
    except Exception as error:  # noqa: BLE001 - whatever a library says of a broken file
        return repr(error)


def _whole_text(path: Path) -> bool:
    return path.read_text(encoding="utf-8").endswith("\n")


_READERS: Mapping[str, Callable[[Path], object]] = {
    ".json": lambda path: json.loads(path.read_text(encoding="utf-8")) is not None,
    ".pdf": pdf_text,
    ".docx": docx_text,
    ".png": lambda path: Image.open(path).tobytes(),
    ".xlsx": lambda path: CalamineWorkbook.from_path(path).sheet_names,
}


def _data(rows: list[list[Any]]) -> list[list[Any]]:
    """Leave out the title above the headings and the headings."""
    return rows[_heading(rows) + 1 :]


def _heading(rows: list[list[Any]]) -> int:
    filled = [sum(cell not in ("", None) for cell in row) for row in rows[:5]]
    return next(place for place, count in enumerate(filled) if count > 1)


def _comparable(name: str, rows: list[list[Any]]) -> list[str]:
    """Sort the rows without the column that follows from ids."""
    left_out = _BY_IDS.get(name)
    return sorted(repr([one for at, one in enumerate(row) if at != left_out]) for row in rows)


def _numbers(summary: dict[str, Any]) -> dict[str, Any]:
    """Leave out the lines, which name the folder."""
    return {name: value for name, value in summary.items() if name != "lines"}


def _some(rows: Counter[Row]) -> str:
    if not rows:
        return "none"
    (row, count), total = rows.most_common(1)[0], rows.total()
    return f"{total} (such as {count} of {str(row)[:150]})"
