"""One page of facts as PDF, to be printed, signed and kept."""

import json
from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst


def print_page(title: str, facts: Sequence[tuple[str, str]], note: str, at: datetime) -> bytes:
    """Print ``facts`` by name under ``title``, and a note below; the same gives the same bytes."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
    )
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    page = json.dumps({"title": title, "facts": facts, "note": note}, ensure_ascii=False)
    made = compiler.compile(
        resources.files(__package__).joinpath("page.typ").read_bytes(),
        format="pdf",
        sys_inputs={"page": page},
        timestamp=at.replace(microsecond=0),
        pdf_standards=["a-2b"],
    )
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made
