"""Fetches the style, icons and scripts of others that the pages use, whenever the package is built.

Nothing of others is kept in the repository: hash-checked wheels carry it. Where they cannot be had,
the build warns and goes on, and the pages have only the small style of their own.
"""

import hashlib
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zipfile import ZipFile

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE: Final = "src/entrypoints/http/web/assets"
TAKEN: Final = {
    "sqladmin/statics/css/tabler.min.css": "tabler.css",
    "django_htmx/static/django_htmx/htmx-2.min.js": "htmx.js",
    "djhtmx/static/htmx/2.0.4/ext/idiomorph-ext.min.js": "idiomorph.js",
}
ICONS: Final = "sqladmin/statics/css/tabler-icons.min.css"
FONT: Final = "sqladmin/statics/webfonts/tabler-icons.woff2"
PIP: Final = (
    sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
    "--retries=1", "--timeout=20",
)  # fmt: skip
_LAYER = '@charset "UTF-8";@layer carried{%s}'
_ICON_STYLE = """@font-face{font-family:icons;src:url("icons.woff2") format("woff2")}
.ti{font:normal 1em/1 icons}
"""


class CarriedAssets(BuildHookInterface[BuilderConfig]):
    """The hook that hatchling runs before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is not there yet; a failure is a warning."""
        del version, build_data
        try:
            fetch(Path(self.root, HERE))
        except Exception as error:  # noqa: BLE001 - pages work without, so nothing may stop a build
            self.app.display_warning(f"pages stay plain, their style could not be had: {error!r}")


def fetch(here: Path) -> None:
    """Fill the folder ``carried`` unless it holds what the list of wheels and the pages ask for."""
    listed, folder = here / "web-assets.txt", here / "carried"
    used = icons_used(here.parents[2])
    wanted = hashlib.sha256(listed.read_bytes() + Path(__file__).read_bytes() + repr(used).encode())
    stamp = folder / "stamp"
    if stamp.is_file() and stamp.read_text("ascii") == wanted.hexdigest():
        return
    with TemporaryDirectory() as wheels:
        asked = [*PIP, "--dest", wheels, "-r", str(listed)]
        subprocess.run(asked, check=True)  # noqa: S603 - pip, with arguments of our own
        held = {name: one for one in Path(wheels).iterdir() for name in ZipFile(one).namelist()}
        content = {name: ZipFile(held[name]).read(name) for name in (*TAKEN, ICONS, FONT)}
    made = {short: content[name] for name, short in TAKEN.items()}
    made["tabler.css"] = (_LAYER % made["tabler.css"].decode().partition(";")[2]).encode()
    made |= _subset(content[ICONS].decode(), content[FONT], used)
    folder.mkdir(exist_ok=True)
    for name, body in made.items():
        (folder / name).write_bytes(body)
    stamp.write_text(wanted.hexdigest(), "ascii")


def icons_used(pages: Path) -> list[str]:
    """Give the names of icons that stand in templates, tables of pages and scripts."""
    texts = (
        one.read_text("utf-8") for end in ("html", "py", "js") for one in pages.rglob(f"*.{end}")
    )
    return sorted({name for text in texts for name in re.findall(r"\bti-[a-z][a-z0-9-]*", text)})


def _subset(style: str, font: bytes, used: list[str]) -> dict[str, bytes]:
    """Cut style and font of icons down to the used ones."""
    from fontTools import subset  # noqa: PLC0415 - may be missing

    points = dict(re.findall(r'\.(ti-[a-z0-9-]+):before\{content:"\\([0-9a-f]+)"\}', style))
    found = {name: points[name] for name in used if name in points}
    cutting = subset.Subsetter(subset.Options(flavor="woff2"))
    cutting.populate(unicodes=[int(point, 16) for point in found.values()])
    opened = subset.load_font(BytesIO(font), subset.Options())
    cutting.subset(opened)
    opened.flavor, out = "woff2", BytesIO()
    opened.save(out)
    rules = "".join(f'.{name}::before{{content:"\\{point}"}}\n' for name, point in found.items())
    licence = re.search(r"/\*!.*?\*/\n?", style, re.DOTALL)
    head = licence[0] if licence else ""
    return {"icons.css": (head + _ICON_STYLE + rules).encode(), "icons.woff2": out.getvalue()}
