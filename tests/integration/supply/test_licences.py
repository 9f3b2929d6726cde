"""Matrix row 26: whoever runs the platform may, under licences that ask for nothing unexpected.

What is not permissive, and why it may be used all the same, is decided in ADR 0016.
"""

import base64
import re
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    PathDistribution,
    distribution,
)
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
PERMISSIVE = re.compile(
    r"(0BSD|Apache-2\.0( WITH LLVM-exception)?|Apache Software License|Apache License 2\.0"
    r"|(3-Clause )?BSD([ -][23])?([ -]Clause)?( License)?|CC0-1\.0|HPND|ISC"
    r"|MIT(-0|-CMU)?( License)?|PSF-2\.0"
    r"|Python Software Foundation License|Public Domain|SIL Open Font License 1\.1 \(OFL-1\.1\)?"
    r"|Zlib)"
)
APART: Mapping[str, str] = {
    "certifi": "Mozilla Public License",
    "docxtpl": "",
    "psycopg": "GNU LESSER GENERAL PUBLIC LICENSE",
    "psycopg-binary": "GNU LESSER GENERAL PUBLIC LICENSE",
}
"""Under LGPL and MPL (ADR 0016), with words of their licence texts: packages apart, unmodified."""
CHOSEN: Mapping[str, str] = {
    "dmsqlalchemy": "The MIT License",
    "ksycopg2": "GNU Lesser General Public License",
}
"""Vendors' packages (ADR 0016): the operator takes them with the database."""


def normal(name: str) -> str:
    """Give a package's name as indexes spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def runtime(*, extras: bool = True) -> dict[str, str]:
    """Give what the platform needs to run, and every extra, and what each says of itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    waiting = [f"{project['name']}[{','.join(optional if extras else ['all'])}]"]
    waiting += project["dependencies"]
    found: dict[str, str] = {}
    while waiting:
        asked = Requirement(waiting.pop())
        name = normal(asked.name)
        if name == project["name"]:
            waiting += [one for extra in asked.extras for one in optional[extra]]
            continue
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
             if one.startswith("License ::") and not one.endswith("OSI Approved")]  # fmt: skip
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
    named = APART.keys() | CHOSEN.keys()
    assert {name: told for name, told in found.items() if unfit(told)}.keys() == named


def test_vendors_packages_are_needed_by_nobody_else() -> None:
    """Without extras none of them is there: who runs SQLite or PostgreSQL has none."""
    needed = runtime(extras=False).keys()
    assert needed & CHOSEN.keys() == set()
    assert needed >= APART.keys()


def test_the_texts_of_licences_say_what_was_decided() -> None:
    """Metadata may be silent or mistaken; the text that comes with a package counts."""
    for name, words in {**APART, **CHOSEN}.items():
        texts = [one for one in distribution(name).files or () if "LICEN" in one.name.upper()]
        assert bool(texts) == bool(words), name
        assert all(words in one.read_text("utf-8") for one in texts), name


def changed(held: Distribution) -> list[str]:
    """Give the files of a package that are not as its own list says."""
    return [
        str(one)
        for one in held.files or ()
        if one.hash and _hash(one.read_binary()) != one.hash.value
    ]


def _hash(content: bytes) -> str:
    return base64.urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode("ascii")


def test_what_lies_apart_is_as_it_was_published() -> None:
    """Nobody patched a library whose licence would then ask for more."""
    for name in APART.keys() | CHOSEN.keys():
        assert changed(distribution(name)) == [], name


def test_a_patched_library_is_found(tmp_path: Path) -> None:
    """The control: a package of which a line was added to one file."""
    info = tmp_path / "example-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: example\nVersion: 1\n", "ascii")
    (tmp_path / "example.py").write_text("A = 1\n", "ascii")
    (info / "RECORD").write_text(f"example.py,sha256={_hash(b'A = 1' + bytes([10]))},6\n", "ascii")
    assert changed(PathDistribution(info)) == []
    (tmp_path / "example.py").write_text("A = 1\nB = 2\n", "ascii")
    assert changed(PathDistribution(info)) == ["example.py"]


def test_an_unfit_licence_is_found() -> None:
    """The control: one part that asks for more is enough, and silence is not consent."""
    for told in ("GPL-3.0-only", "MIT AND AGPL-3.0", "", "not installed", "Proprietary"):
        assert unfit(told)
    for told in ("MIT", "Apache-2.0 OR BSD-3-Clause", "GPL-2.0 OR MIT", "BSD-3-Clause AND Zlib"):
        assert not unfit(told)
