"""Every statement that the adapter issues, as each engine gets it, kept in files to compare with.

``nox -s golden`` writes the files anew; a reviewer reads the difference. KingbaseES and DM are not
at hand, so their files are the only place where a trap can be seen before a server sees it.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import DDLElement
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import TextClause

FOLDER = Path(__file__).with_name("golden")
WRITING = "SUPERVISION_WRITE_GOLDEN"
WHOLE = "whole"
"""What it is set to when every test runs, so that statements nobody makes any more go.

With any other value (``some``) a few files of tests add theirs."""
URLS = {
    "sqlite": "sqlite://",
    "postgresql": "postgresql+psycopg://host/base",
    "kingbase": "kingbase://host/base",
    "dm": "dm://host",
}
SAMPLES = re.compile(r"\bparcel(_mark)?\b")
"""Tables that only the contract suites have."""
OWN = (DDLElement, TextClause)
"""Steps of migrations, which have files of their own, and questions to one engine alone."""
MOST_VALUES = 1_000
SEPARATOR = ";\n\n"


def dialects() -> dict[str, Dialect]:
    """Give each engine's dialect as it compiles without a server, with parameters by name."""
    return {name: create_engine(url, paramstyle="named").dialect for name, url in URLS.items()}


@define(eq=False)
class Golden:
    """The statements in the files, and those that were met."""

    dialects: Mapping[str, Dialect] = field(factory=dialects)
    known: dict[str, set[str]] = field(init=False)
    met: dict[str, set[str]] = field(init=False)
    new: list[str] = field(factory=list)
    _seen: set[Any] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        """Read the files."""
        self.known = {name: set(read(f"statements.{name}")) for name in self.dialects}
        self.met = {name: set() for name in self.dialects}

    def meet(self, element: ClauseElement, keys: Sequence[str] = (), *, many: bool = False) -> None:
        """Compile a statement for each engine; keep what is not in its file."""
        cache = element._generate_cache_key()
        mark = None if cache is None else (cache.key, tuple(keys), many)
        if mark in self._seen:
            return
        if mark is not None:
            self._seen.add(mark)
        for name, dialect in self.dialects.items():
            shown = compiled(element, dialect, keys, many=many)
            if SAMPLES.search(shown):
                return
            self.met[name].add(shown)
            if shown not in self.known[name]:
                self.new.append(f"-- {name}\n{shown}")

    @contextmanager
    def watching(self, engine: Engine) -> Iterator[None]:
        """Meet every statement that ``engine`` executes; fail on what is new."""
        self.new.clear()

        def listen(
            _connection: Connection,
            element: ClauseElement | str,
            many: Sequence[Mapping[str, object]],
            one: Mapping[str, object],
            _options: object,
        ) -> None:
            if isinstance(element, ClauseElement) and not isinstance(element, OWN):
                keys = sorted(many[0] if many else one)
                self.meet(element, keys, many=len(many) > 1)

        event.listen(engine, "before_execute", listen)
        event.listen(engine, "before_cursor_execute", look_at_values)
        try:
            yield
        finally:
            event.remove(engine, "before_execute", listen)
            event.remove(engine, "before_cursor_execute", look_at_values)
        self.check()

    def check(self) -> None:
        """Fail on statements that are in no file, unless the files are being written."""
        if not writing():
            assert not self.new, "not in the golden files (nox -s golden):\n" + "\n".join(self.new)

    def write(self) -> None:
        """Write the files of all statements met; those of other tests stay in a part of a run."""
        for name, statements in self.met.items():
            others = set() if os.environ[WRITING] == WHOLE else set(read(f"statements.{name}"))
            write(f"statements.{name}", sorted(statements | others))


def look_at_values(
    _connection: object,
    _cursor: object,
    statement: str,
    parameters: Sequence[Sequence[object]],
    _context: object,
    many: bool,  # noqa: FBT001 - as above
) -> None:
    """Fail on an empty text, which Oracle modes take for NULL, and on more values than DM takes."""
    for values in parameters if many else (parameters,):
        assert "" not in values, f"an empty text is bound: {statement}"
        assert len(values) <= MOST_VALUES, f"too many values: {statement}"


def refuse_part_of(files: Iterable[Path]) -> None:
    """Refuse to write the whole of what a part of the tests makes. Raises ``UsageError``."""
    left = {*FOLDER.parent.glob("test_*.py")} - set(files)
    if os.environ.get(WRITING) == WHOLE and left:
        names = ", ".join(sorted(one.name for one in left))
        raise pytest.UsageError(
            f"{WRITING}={WHOLE} would drop the statements of tests that do not run: {names}. "
            f"Run nox -s golden, or set {WRITING}=some to add those of a few files."
        )


def writing() -> bool:
    """Say whether the files are being written."""
    return WRITING in os.environ


def compiled(
    element: ClauseElement, dialect: Dialect, keys: Sequence[str] = (), *, many: bool = False
) -> str:
    """Give the statement as ``dialect`` would issue it, without blanks at the ends of lines."""
    more: dict[str, Any] = {}
    if getattr(element, "is_dml", False):
        more = {"column_keys": list(keys) or None, "for_executemany": many}
    text = str(element.compile(dialect=dialect, **more))
    return "\n".join(line.rstrip() for line in text.strip().splitlines() if line.strip())


def read(name: str) -> list[str]:
    """Give the statements of a file, in order; none where there is no file yet."""
    path = FOLDER / f"{name}.sql"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [part for part in text.removesuffix(";\n").split(SEPARATOR) if part]


def write(name: str, statements: Iterable[str]) -> None:
    """Write the statements of a file."""
    FOLDER.mkdir(exist_ok=True)
    text = SEPARATOR.join(statements) + ";\n"
    (FOLDER / f"{name}.sql").write_text(text, encoding="utf-8")
