"""Pictures of codes (QR, GB/T 18284) as SVG: sharp on every screen and on paper."""

import io
from typing import Final

import segno

_BORDER: Final = 4
"""Modules of white around a code, which scanners need."""


def code_picture(text: str, *, inline: bool = True) -> str:
    """Draw a text as a QR code; ``inline`` to stand in a page, else as a file of its own."""
    made = segno.make_qr(text, error="m")
    if inline:
        return made.svg_inline(border=_BORDER, scale=4, omitsize=True, light="#fff", dark="#000")
    out = io.BytesIO()
    made.save(out, kind="svg", border=_BORDER, scale=8, light="#fff", dark="#000")
    return out.getvalue().decode()
