"""场景包: a scene in one folder or zip, to be kept, compared and taken elsewhere.

The files and their meaning: docs/formats/scene-package.md.
"""

import io
import zipfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

import yaml
from attrs import define, evolve, field, frozen

from adapters.documents.opening import UnreadableFile, checked_zip
from adapters.documents.package_table import CHECKLIST_TABLE, ItemRow, rows_of
from adapters.documents.reading import read_tables
from adapters.documents.writing import write_results
from supervision_core.checklists.data import pilot_items
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.tables import ColumnKind, RawRow, read_row

Document = Mapping[str, Any]

_DOCUMENTS = ("scene", "tags", "risk_model", "credit_model", "grading_rule")
PILOTS = ("dairy", "chemicals", "travel", "fraud")
_CHECKLIST, _README = "checklist.xlsx", "README.md"
_KNOWN = frozenset({_CHECKLIST, _README, *(f"{name}.yaml" for name in _DOCUMENTS)})
_MOST_BYTES = 20 * 2**20
_MOST_YAML = 2 * 2**20
_MADE = (2000, 1, 1, 0, 0, 0)


@define(eq=False)
class PackageUnreadable(Refused):
    """The folder or zip holds no scene package that can be used; every fault with its file."""

    code: ClassVar[str] = "documents.package_unreadable"


@frozen(kw_only=True)
class ScenePackage:
    """场景包 (ScenePackage): what a scene consists of, as plain values.

    The documents are as their files hold them (the contexts read them further); ``checklist`` has
    a row for each item under the fields of ``CHECKLIST_TABLE``. What a package lacks is empty.
    """

    scene: Document
    tags: Document = field(factory=dict)
    risk_model: Document = field(factory=dict)
    credit_model: Document = field(factory=dict)
    grading_rule: Document = field(factory=dict)
    checklist: tuple[ItemRow, ...] = ()
    readme: str = ""


class _Loader(yaml.SafeLoader):
    """YAML as people mean it: no day out of text, no key twice, no reference to elsewhere."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse references, by which a small file can mean an endless one."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Refuse a key that stands twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(map(str, keys))) != len(keys):
            raise yaml.YAMLError("key twice")
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def pilot_package(name: str) -> ScenePackage:
    """Give the sample package of a pilot scene: one of ``PILOTS``. For review before use."""
    with resources.as_file(resources.files("adapters.documents").joinpath("scenes", name)) as path:
        package = read_package(path)
    items = pilot_items()[str(package.scene["name"])]
    return evolve(package, checklist=rows_of(items))


def read_package(path: Path) -> ScenePackage:
    """Read a package from a folder or a zip file.

    Raises ``PackageUnreadable`` with every fault: a path that leads out of the package, a file
    that does not belong, YAML or rows that cannot be read, no ``scene.yaml``.
    """
    files = _folder(path) if path.is_dir() else _zip(path)
    problems: list[Violation] = []
    problems += [
        Violation("documents.package_file_unknown", name, {"file": name})
        for name in sorted(files.keys() - _KNOWN)
    ]
    if "scene.yaml" not in files:
        problems.append(Violation("documents.package_without_scene", "scene.yaml"))
    documents = {
        name: _document(f"{name}.yaml", files[f"{name}.yaml"], problems)
        for name in _DOCUMENTS
        if f"{name}.yaml" in files
    }
    rows = _rows(files[_CHECKLIST], problems) if _CHECKLIST in files else ()
    readme = files.get(_README, b"").decode("utf-8", "replace")
    refuse_if(PackageUnreadable, problems)
    return ScenePackage(**documents, checklist=rows, readme=readme)


def write_package(package: ScenePackage, path: Path) -> None:
    """Write a package: a zip where ``path`` ends in ``.zip``, else a folder.

    The same package gives the same bytes. Comments of a YAML file that was read are not kept.
    """
    files = _files(package)
    if path.suffix.lower() != ".zip":
        path.mkdir(parents=True, exist_ok=True)
        for name in _KNOWN - files.keys():
            (path / name).unlink(missing_ok=True)
        for name, content in files.items():
            (path / name).write_bytes(content)
        return
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])


def _files(package: ScenePackage) -> dict[str, bytes]:
    files = {
        f"{name}.yaml": yaml.safe_dump(
            dict(document), allow_unicode=True, sort_keys=False, width=100
        ).encode()
        for name in _DOCUMENTS
        if (document := getattr(package, name))
    }
    if package.checklist:
        columns = [ResultColumn(c.title, ColumnKind.CODE, 18) for c in CHECKLIST_TABLE.columns]
        rows = [[row.get(c.name) for c in CHECKLIST_TABLE.columns] for row in package.checklist]
        sheet = ResultSheet(name=CHECKLIST_TABLE.title, columns=columns, rows=rows)
        files[_CHECKLIST] = write_results([sheet])
    if package.readme:
        files[_README] = package.readme.encode()
    return files


def _folder(path: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    problems: list[Violation] = []
    for entry in sorted(path.iterdir()):
        if _is_litter(entry.name):
            continue
        if entry.is_symlink() or not entry.is_file():
            problems.append(_unknown(entry.name))
        elif entry.stat().st_size > _MOST_BYTES:
            problems.append(_too_large(entry.name))
        else:
            files[entry.name] = entry.read_bytes()
    refuse_if(PackageUnreadable, problems)
    return files


def _zip(path: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    problems: list[Violation] = []
    try:
        with path.open("rb") as file, checked_zip(file) as archive:
            for entry in archive.infolist():
                name = entry.filename
                parts = PurePosixPath(name).parts
                if entry.is_dir() or any(map(_is_litter, parts)):
                    continue
                if parts[-1] in files:
                    problems.append(_unknown(name))
                else:
                    with archive.open(entry) as stream:
                        content = stream.read(_MOST_BYTES + 1)
                    if len(content) > _MOST_BYTES:
                        problems.append(_too_large(name))
                    # A zip of a folder holds that folder: one level above the files is let be.
                    files[parts[-1] if len(parts) <= 2 else name] = content  # noqa: PLR2004
    except UnreadableFile as wrong:
        raise PackageUnreadable(wrong.violations) from wrong
    except (OSError, RuntimeError) as wrong:
        raise PackageUnreadable((Violation("documents.file_damaged"),)) from wrong
    refuse_if(PackageUnreadable, problems)
    return files


def _is_litter(name: str) -> bool:
    """Tell whether an operating system or archiver left this behind."""
    return name.startswith((".", "~$", "__MACOSX"))


def _unknown(name: str) -> Violation:
    return Violation("documents.package_file_unknown", name, {"file": name})


def _too_large(name: str) -> Violation:
    return Violation("documents.file_too_large", name, {"limit": _MOST_BYTES // 2**20})


def _document(name: str, content: bytes, problems: list[Violation]) -> Document:
    if len(content) > _MOST_YAML:
        problems.append(_too_large(name))
        return {}
    try:
        read = yaml.load(content.decode("utf-8-sig"), _Loader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problems.append(
            Violation("documents.package_yaml_wrong", name, {"file": name, "line": line})
        )
        return {}
    if not isinstance(read, dict) or not all(isinstance(key, str) for key in read):
        problems.append(Violation("documents.package_yaml_wrong", name, {"file": name, "line": 1}))
        return {}
    return read


def _rows(content: bytes, problems: list[Violation]) -> tuple[ItemRow, ...]:
    found: list[ItemRow] = []
    try:
        for table in read_tables(io.BytesIO(content), CHECKLIST_TABLE):
            problems += [_at(violation, _CHECKLIST) for violation in table.match.violations]
            for raw in table.rows:
                if isinstance(raw, RawRow):
                    row = read_row(CHECKLIST_TABLE, raw, table.match)
                    place = f"{_CHECKLIST}[{row.number}]"
                    problems += [
                        _at(fault.violation, f"{place}.{fault.column}") for fault in row.faults
                    ]
                    found.append(row.values)
    except UnreadableFile as wrong:
        problems += [_at(violation, _CHECKLIST) for violation in wrong.violations]
    codes = [str(row.get("code")) for row in found]
    problems += [
        Violation("documents.package_item_twice", _CHECKLIST, {"item": code})
        for code in dict.fromkeys(codes)
        if codes.count(code) > 1
    ]
    return tuple(found)


def _at(violation: Violation, place: str) -> Violation:
    return Violation(violation.code, place, violation.data)
