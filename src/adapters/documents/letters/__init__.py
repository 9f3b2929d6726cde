"""Letters as Word documents and as PDF, both from one Word template that staff own."""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pylopdf_fonts_zh_cn
import typst

from adapters.documents.letters.building import build_template
from adapters.documents.letters.filling import (
    Filled,
    LetterNotFillable,
    LetterTemplate,
    fill,
    packed,
    read_template,
)
from adapters.documents.letters.forms import FORMS
from adapters.documents.letters.layout import Block, pages_of
from adapters.documents.letters.samples import sample_facts
from adapters.documents.letters.sandbox import filled, repacked
from adapters.documents.letters.wording import punctuated
from supervision_core.kernel.days import day_words
from supervision_core.kernel.documents import Fact, LetterBlock, LetterKind, Letters
from supervision_core.kernel.errors import NotFound, Violation

__all__ = ["LetterNotFillable", "TemplateLetters", "write_templates"]

_UNDATED = date(2000, 1, 1)


def write_templates(folder: Path) -> None:
    """Write the product's Word templates into ``folder`` for staff to change; keep theirs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, form in FORMS.items():
        path = folder / f"{name}.docx"
        if not path.exists():
            path.write_bytes(build_template(form))


class TemplateLetters(Letters):
    """Fills Word templates and prints them.

    A file ``<form>.docx`` in ``folder`` takes the place of the product's own template, and adds a
    letter where the product has none; a changed file counts at once. The PDF says what the Word
    document says, with embedded fonts. May be used by several threads.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder of the templates that staff own, if there is one."""
        self._folder = folder
        self._ready: dict[str, tuple[object, LetterTemplate]] = {}
        self._printing = threading.Lock()
        self._layout = resources.files(__package__).joinpath("letter.typ").read_bytes()
        self._fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
        )
        self._compiler = typst.Compiler(font_paths=self._fonts, ignore_system_fonts=True)

    def forms(self) -> Mapping[str, str]:
        """Give the letters by name with their titles."""
        own = sorted(self._folder.glob("*.docx")) if self._folder else []
        return {path.stem: path.stem for path in own} | {
            name: form.title for name, form in FORMS.items()
        }

    def facts_of(self, form: str) -> frozenset[str]:
        """Give the facts that the template asks for."""
        return self._template(form).facts

    def template(self, form: str) -> bytes:
        """Give the Word template of the letter, to be changed. Raises ``NotFound``."""
        path = self._own(form)
        if path is None and form not in FORMS:
            raise NotFound("letter", form)
        return build_template(FORMS[form]) if path is None else path.read_bytes()

    def sample(self, form: str) -> Mapping[str, Fact]:
        """Give facts that no letter ever had, for every mark that the letter may hold."""
        return sample_facts(form)

    def render(
        self,
        form: str,
        facts: Mapping[str, Fact],
        kind: LetterKind,
        template: bytes | None = None,
    ) -> bytes:
        """Fill the letter in the wanted form, with the product's template or the one given."""
        said = {name: _written(fact) for name, fact in facts.items()}
        files = self._filled(form, said, template)
        if kind is LetterKind.DOCX:
            return packed(files)
        issued = facts.get("issued_on")
        return self._print(
            self.forms()[form], files, issued if isinstance(issued, date) else _UNDATED
        )

    def worded(self, form: str, template: bytes | None = None) -> tuple[LetterBlock, ...]:
        """Fill the letter with marks, and read what it says then."""
        marks = {name: _marked(name, fact) for name, fact in self.sample(form).items()}
        blocks = _laid_out(self._filled(form, marks, template))["blocks"]
        return tuple(_said(one) for one in blocks if one["kind"] != "break")

    def _filled(
        self, form: str, facts: Mapping[str, Filled], template: bytes | None
    ) -> Mapping[str, bytes]:
        """Give the files of which the filled document is made."""
        if template is not None:
            return repacked(template, filled(form, template, facts))
        ready = self._template(form)
        return {**ready.rest, **fill(ready, facts)}

    def _print(self, title: str, files: Mapping[str, bytes], issued: date) -> bytes:
        letter = json.dumps({"title": title, **_laid_out(files)}, ensure_ascii=False)
        moment = datetime(issued.year, issued.month, issued.day, tzinfo=UTC)
        try:
            with self._printing:  # the compiler keeps what it learnt, for one letter at a time
                made = self._compiler.compile(
                    self._layout,
                    format="pdf",
                    sys_inputs={"letter": letter},
                    timestamp=moment,
                    pdf_standards=["a-2b"],
                )
        except typst.TypstError as wrong:
            raise _unprintable() from wrong
        if not isinstance(made, bytes):
            raise TypeError(made)
        return made

    def _own(self, form: str) -> Path | None:
        path = self._folder / f"{form}.docx" if self._folder and _plain(form) else None
        return path if path and path.is_file() else None

    def _template(self, form: str) -> LetterTemplate:
        path = self._own(form)
        if path:
            status = path.stat()
            stamp: object = (status.st_mtime_ns, status.st_size)
        elif form in FORMS:
            stamp = None
        else:
            raise NotFound("letter", form)
        known = self._ready.get(form)
        if known is None or known[0] != stamp:
            data = path.read_bytes() if path else build_template(FORMS[form])
            known = (stamp, read_template(form, data))
            self._ready[form] = known
        return known[1]


def _laid_out(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    try:
        return pages_of(files)
    except (ET.ParseError, ValueError, KeyError, RecursionError) as wrong:
        raise _unprintable() from wrong


def _unprintable() -> LetterNotFillable:
    return LetterNotFillable((Violation("documents.template_unprintable"),))


def _marked(name: str, fact: Fact) -> Filled:
    """Give the mark of a fact; of a list one member."""
    if isinstance(fact, str | int | date):
        return f"\ue000{name}\ue001"
    names = dict.fromkeys(each for row in fact for each in row)
    return [{each: f"\ue000{name}.{each}\ue001" for each in names}]


def _said(block: Block) -> LetterBlock:
    if block["kind"] == "table":
        cells = (
            tuple("\n".join(map(_text, cell["paragraphs"])) for cell in row)
            for row in block["rows"]
        )
        return LetterBlock(rows=tuple(cells))
    strong = any(run["bold"] for run in block["runs"])
    return LetterBlock(text=_text(block), align=block["align"], strong=strong)


def _text(paragraph: Block) -> str:
    return "".join(run["text"] for run in paragraph["runs"])


def _plain(form: str) -> bool:
    return Path(form).name == form and not form.startswith(".")


def _written(fact: Fact) -> Filled:
    """Write days the Chinese way: 2024年3月5日; and signs between Chinese words."""
    if isinstance(fact, date):
        return day_words(fact)
    if isinstance(fact, str):
        return punctuated(fact)
    if isinstance(fact, int):
        return fact
    return [{name: _written_cell(value) for name, value in row.items()} for row in fact]


def _written_cell(value: str | int | date) -> str | int:
    if isinstance(value, date):
        return day_words(value)
    return punctuated(value) if isinstance(value, str) else value
