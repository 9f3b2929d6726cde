import hashlib
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from entrypoints.http.web import assets
from entrypoints.http.web.assets import build

HERE = Path(assets.__file__).parent
CARRIED = {"tabler.css", "icons.css", "icons.woff2", "htmx.js", "idiomorph.js"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of assets, with one wheel that holds all; no index is asked."""
    here = tmp_path / "entrypoints" / "http" / "web" / "assets"
    here.mkdir(parents=True)
    (here.parent / "page.html").write_text('<i class="ti ti-home"></i>', "utf-8")
    wheel = tmp_path / "carrier-1.0-py3-none-any.whl"
    with ZipFile(wheel, "w") as packed:
        for name in build.TAKEN:
            packed.writestr(name, f"@charset;{name}")
        packed.writestr(build.ICONS, '/*! MIT */.ti-home:before{content:"\\eac1"}')
        packed.write(HERE / "carried" / "icons.woff2", build.FONT)
        info = "carrier-1.0.dist-info"
        packed.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: carrier\nVersion: 1.0\n")
        packed.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        packed.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (here / "web-assets.txt").write_text(f"carrier==1.0 --hash=sha256:{digest}\n", "ascii")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return here


def test_what_pages_use_is_taken_out_of_wheels(place: Path) -> None:
    """构建时取得: only the files named, icons cut to those used; and only once."""
    build.fetch(place)
    carried = place / "carried"
    assert {one.name for one in carried.iterdir()} == CARRIED | {"stamp"}
    style = (carried / "icons.css").read_text("utf-8")
    assert style.startswith("/*! MIT */")
    assert "ti-home" in style
    assert (carried / "icons.woff2").stat().st_size < 2000
    for wheel in place.parents[3].glob("*.whl"):
        wheel.unlink()
    build.fetch(place)
    (place.parent / "page.html").write_text('<i class="ti ti-user"></i>', "utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        build.fetch(place)


def test_a_wheel_that_was_changed_is_not_taken(place: Path) -> None:
    """Hash-checked: one byte more, and nothing of it is taken."""
    (wheel,) = place.parents[3].glob("*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    with pytest.raises(subprocess.CalledProcessError):
        build.fetch(place)
    assert not (place / "carried").exists()


def test_every_icon_that_is_used_is_there() -> None:
    """A name that Tabler does not give would be an empty place."""
    style = (HERE / "carried" / "icons.css").read_text("utf-8")
    used = build.icons_used(HERE.parents[2])
    assert [one for one in used if f".{one}::before" not in style] == []


def test_our_modules_are_short() -> None:
    """自有脚本: at most 200 lines each."""
    for one in (HERE / "own").glob("*.js"):
        assert len(one.read_text("utf-8").splitlines()) <= 200, one.name
