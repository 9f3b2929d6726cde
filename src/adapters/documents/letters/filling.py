"""Fill a Word template with facts: docxtpl reads the template, once; filling is text only."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import ClassVar

from attrs import define, evolve, frozen
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from adapters.documents.opening import UnreadableFile, checked_zip, defines, refused
from supervision_core.kernel.errors import Refused, Violation, refuse_if

_FILLED_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_MADE = (2000, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NEW_PARAGRAPH = re.compile(r"<w:p([ >])")
_NEW_LINE = '</w:t><w:br/><w:t xml:space="preserve">'

Filled = str | int | list[dict[str, str | int]]

_JINJA = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
"""Staff write templates: they may fill in and repeat, and reach nothing else."""


@define(eq=False)
class LetterNotFillable(Refused):
    """The letter cannot be written: facts are missing, or its template is faulty."""

    code: ClassVar[str] = "documents.letter_not_fillable"


@frozen
class LetterTemplate:
    """A template made ready: the parts to fill, what else is in the file, the facts it asks for."""

    form: str
    parts: Mapping[str, Template]
    rest: Mapping[str, bytes]
    facts: frozenset[str]


def read_template(form: str, data: bytes) -> LetterTemplate:
    """Make a template ready. Raises ``LetterNotFillable`` for one that cannot be used."""
    try:
        with checked_zip(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        if any(map(defines, files.values())):
            raise refused("documents.file_hostile")
        patch = DocxTemplate(io.BytesIO(data)).patch_xml
        sources = {
            name: _NEW_PARAGRAPH.sub(r"\n<w:p\1", patch(content.decode("utf-8")))
            for name, content in files.items()
            if _FILLED_PARTS.fullmatch(name)
        }
        facts = frozenset[str]().union(
            *(meta.find_undeclared_variables(_JINJA.parse(source)) for source in sources.values())
        )
        parts = {name: _JINJA.from_string(source) for name, source in sources.items()}
    except UnreadableFile as wrong:
        raise LetterNotFillable(tuple(evolve(one, at=form) for one in wrong.violations)) from wrong
    except (TemplateError, zipfile.BadZipFile, KeyError, ValueError) as wrong:
        raise _faulty(form, wrong) from wrong
    rest = {name: content for name, content in files.items() if name not in parts}
    return LetterTemplate(form, parts, rest, facts)


def fill(template: LetterTemplate, facts: Mapping[str, Filled]) -> Mapping[str, bytes]:
    """Give the filled parts by name.

    Raises ``LetterNotFillable`` with every fact that the template asks for and ``facts`` lacks.
    """
    refuse_if(
        LetterNotFillable,
        (
            Violation("documents.letter_fact_missing", name, {"form": template.form, "fact": name})
            for name in sorted(template.facts - facts.keys())
        ),
    )
    clean = {name: _clean(value) for name, value in facts.items()}
    try:
        return {
            name: part.render(clean).replace("\x1e", _NEW_LINE).replace("\n<w:p", "<w:p").encode()
            for name, part in template.parts.items()
        }
    except (TemplateError, TypeError, ArithmeticError) as wrong:
        raise _faulty(template.form, wrong) from wrong


def packed(files: Mapping[str, bytes]) -> bytes:
    """Give parts as a .docx whose bytes depend on their content alone."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return target.getvalue()


def _clean(value: Filled) -> Filled:
    """Take out what XML cannot hold and mark line ends, which become breaks."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value).replace("\r\n", "\n").replace("\n", "\x1e")
    if isinstance(value, list):
        return [
            {
                name: cell if isinstance(cell, int) else str(_clean(cell))
                for name, cell in row.items()
            }
            for row in value
        ]
    return value


def _faulty(form: str, wrong: Exception) -> LetterNotFillable:
    detail = getattr(wrong, "message", None) or str(wrong) or type(wrong).__name__
    data = {"form": form, "detail": detail[:200]}
    return LetterNotFillable((Violation("documents.letter_template_faulty", data=data),))
