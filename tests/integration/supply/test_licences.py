"""Matrix row 26: whoever runs the platform may, under licences that ask for nothing unexpected."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
PERMISSIVE = re.compile(
    r"(0BSD|Apache-2\.0( WITH LLVM-exception)?|Apache Software License|Apache License 2\.0"
    r"|BSD([ -][23])?([ -]Clause)?( License)?|CC0-1\.0|HPND|ISC|MIT(-0|-CMU)?( License)?|PSF-2\.0"
    r"|Python Software Foundation License|Public Domain|SIL Open Font License 1\.1 \(OFL-1\.1\)?"
    r"|Zlib)"
)
LIBRARIES: Mapping[str, str] = {
    "certifi": "MPL-2.0: its own files, taken as they are",
    "docxtpl": "LGPL-2.1: a library apart, taken as it is",
    "ksycopg2": "LGPL with exceptions: the vendor's driver, an extra",
    "psycopg": "LGPL-3.0: a library apart, taken as it is",
    "psycopg-binary": "as psycopg",
    "dmsqlalchemy": "no licence is told: the vendor's dialect, an extra; ask the vendor (达梦)",
}
"""Others, which may be used beside the platform as they are, unmodified."""


def normal(name: str) -> str:
    """Give a package's name as indexes spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def runtime() -> dict[str, str]:
    """Give what the platform needs to run, its extras included, with what each says of itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    waiting = [*project["dependencies"], *(one for extra in extras for one in extra)]
    found: dict[str, str] = {}
    while waiting:
        asked = Requirement(waiting.pop())
        name = normal(asked.name)
        known = {"extra": ""}
        if name in found or (asked.marker and not asked.marker.evaluate(known)):
            continue
        try:
            held = distribution(name)
        except PackageNotFoundError:
            found[name] = "not installed"
            continue
        found[name] = " AND ".join(_told(held.metadata))
        for one in held.requires or ():
            inner = Requirement(one)
            wanted = [{"extra": extra} for extra in ("", *asked.extras)]
            if inner.marker is None or any(inner.marker.evaluate(each) for each in wanted):
                inner.marker = None
                waiting.append(str(inner))
    return found


def _told(metadata: object) -> Iterator[str]:
    get_all = metadata.get_all  # type: ignore[attr-defined]  # a message in all but its type
    if expression := get_all("License-Expression"):
        yield from expression
        return
    named = [one.rpartition("::")[2].strip() for one in get_all("Classifier") or ()
             if one.startswith("License ::")]  # fmt: skip
    yield from named or [(one.splitlines() or [""])[0] for one in get_all("License") or ()]


def unfit(told: str) -> bool:
    """Tell whether not every part of what a package says of its licence is permissive."""
    parts = re.split(r" AND |, ", told)
    return not all(
        any(PERMISSIVE.fullmatch(one.strip("() ")) for one in part.split(" OR ")) for part in parts
    )


def test_every_licence_is_permissive_or_named() -> None:
    """Of all that is needed to run, with every extra; a new one is looked at before it is used."""
    found = runtime()
    assert len(found) > 50
    assert {name: told for name, told in found.items() if unfit(told)}.keys() == LIBRARIES.keys()


def test_an_unfit_licence_is_found() -> None:
    """The control: one part that asks for more is enough, and silence is not consent."""
    for told in ("GPL-3.0-only", "MIT AND AGPL-3.0", "", "not installed", "Proprietary"):
        assert unfit(told)
    for told in ("MIT", "Apache-2.0 OR BSD-3-Clause", "GPL-2.0 OR MIT", "BSD-3-Clause AND Zlib"):
        assert not unfit(told)
