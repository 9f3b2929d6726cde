import zipfile
from pathlib import Path

import pytest
from attrs import evolve

from adapters.documents.messages import MESSAGES
from adapters.documents.package_diff import diff_packages
from adapters.documents.package_table import items_of, rows_of
from adapters.documents.packages import (
    PILOTS,
    PackageUnreadable,
    ScenePackage,
    pilot_package,
    read_package,
    write_package,
)
from supervision_core.assessment.document import read_model
from supervision_core.checklists.data import pilot_items
from supervision_core.grading.document import read_grading
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.table_messages import TABLE_MESSAGES
from supervision_core.subjects.model import TagRule

DAIRY = pilot_package("dairy")


def _refusals(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(PackageUnreadable) as caught:
        read_package(path)
    catalogue = Messages(MESSAGES, TABLE_MESSAGES)
    assert all(catalogue.explain(violation).remedy for violation in caught.value.violations)
    return [(violation.code, violation.at) for violation in caught.value.violations]


@pytest.mark.parametrize("name", ["package", "package.zip"], ids=["folder", "zip"])
@pytest.mark.parametrize("pilot", PILOTS)
def test_a_package_comes_back_as_it_was_written(tmp_path: Path, pilot: str, name: str) -> None:
    """Nothing of a scene is lost in a folder or a zip, not even a law's version."""
    package = pilot_package(pilot)
    write_package(package, tmp_path / name)
    again = read_package(tmp_path / name)
    assert again == package
    assert items_of(again.checklist) == pilot_items()[package.scene["name"]]


@pytest.mark.parametrize("pilot", PILOTS)
def test_the_pilot_packages_are_whole_and_fit_together(pilot: str) -> None:
    """Models, rule and tags of each sample are understood, and levels meet the matrix."""
    package = pilot_package(pilot)
    risk, credit = read_model(package.risk_model), read_model(package.credit_model)
    grading = read_grading(package.grading_rule)
    assert tuple(level.code for level in risk.levels) == tuple(grading.risk_levels)
    assert tuple(level.code for level in credit.levels) == tuple(grading.credit_levels)
    names = {tag["name"] for tag in package.tags["tags"]}
    assert {use["name"] for use in package.scene["tags"]} <= names
    rules = [TagRule(**{k: tuple(v) for k, v in rule.items()})
             for tag in package.tags["tags"] for rule in tag["rules"]]  # fmt: skip
    assert not any(rule.empty for rule in rules)
    departments = {package.scene["lead"], *package.scene["joining"]}
    for item in items_of(package.checklist):
        assert {item.content.department, *item.content.joining} <= departments


def test_the_same_package_gives_the_same_zip(tmp_path: Path) -> None:
    """A package can be compared and signed by its bytes."""
    for name in ("a.zip", "b.zip"):
        write_package(DAIRY, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_folder_written_again_keeps_no_file_of_before(tmp_path: Path) -> None:
    """What the package no longer has is no longer in its folder."""
    write_package(DAIRY, tmp_path)
    write_package(evolve(DAIRY, checklist=(), credit_model={}), tmp_path)
    assert read_package(tmp_path) == evolve(DAIRY, checklist=(), credit_model={})


@pytest.mark.parametrize(
    "name",
    ["../scene.yaml", "/scene.yaml", "a/../../scene.yaml", "..\\scene.yaml", "C:scene.yaml"],
    ids=range(5),
)  # fmt: skip
def test_a_path_out_of_the_package_is_refused(tmp_path: Path, name: str) -> None:
    """A zip cannot name a file outside of itself."""
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "name: x")
    assert _refusals(path)[0][0] == "documents.file_hides_another"


def test_a_zip_of_the_folder_is_read_and_litter_is_ignored(tmp_path: Path) -> None:
    """People zip the folder itself, on systems that leave their own files in it."""
    path = tmp_path / "scene.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("乳品/scene.yaml", "name: 乳品")
        archive.writestr("乳品/.DS_Store", "x")
        archive.writestr("__MACOSX/乳品/._scene.yaml", "x")
    assert read_package(path) == ScenePackage(scene={"name": "乳品"})


def test_every_fault_is_told_with_its_file(tmp_path: Path) -> None:
    """Unknown files, missing scene, broken YAML and faulty rows come together."""
    rows = rows_of(pilot_items()["乳品安全"])
    faulty = ({**rows[0], "site": "空中"}, rows[1], rows[1])
    write_package(ScenePackage(scene={"name": "x"}, checklist=faulty), tmp_path)
    (tmp_path / "scene.yaml").unlink()
    (tmp_path / "extra.exe").write_bytes(b"x")
    (tmp_path / "tags.yaml").write_text("a: 1\na: 2\n")
    (tmp_path / "risk_model.yaml").write_text("a: &x [1]\nb: *x\n")
    (tmp_path / "credit_model.yaml").write_text("a: [\n")
    (tmp_path / "grading_rule.yaml").write_text("!!python/object/apply:os.system ['true']")
    assert _refusals(tmp_path) == [
        ("documents.package_file_unknown", "extra.exe"),
        ("documents.package_without_scene", "scene.yaml"),
        ("documents.package_yaml_wrong", "tags.yaml"),
        ("documents.package_yaml_wrong", "risk_model.yaml"),
        ("documents.package_yaml_wrong", "credit_model.yaml"),
        ("documents.package_yaml_wrong", "grading_rule.yaml"),
        ("kernel.table_not_a_choice", "checklist.xlsx[2].检查形式"),
        ("documents.package_item_twice", "checklist.xlsx"),
    ]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A folder's package holds its files itself."""
    (tmp_path / "scene.yaml").symlink_to("/etc/passwd")
    assert _refusals(tmp_path) == [("documents.package_file_unknown", "scene.yaml")]


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    """A file that is neither folder nor zip is no package."""
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")
    assert _refusals(path) == [("documents.file_damaged", "")]


def test_a_day_in_yaml_stays_text(tmp_path: Path) -> None:
    """Documents are plain values: 2024-03-05 is not turned into a date."""
    (tmp_path / "scene.yaml").write_text("since: 2024-03-05\n")
    assert read_package(tmp_path).scene == {"since": "2024-03-05"}


def test_a_package_does_not_differ_from_itself() -> None:
    """No line means no difference."""
    assert diff_packages(DAIRY, DAIRY) == ()


def test_every_difference_is_a_line_in_chinese() -> None:
    """Added, removed and changed items, models, rules and tags are told one by one."""
    first, second, *rest = DAIRY.checklist
    changed = {**second, "content": "是否逐批检验"}
    risk = dict(DAIRY.risk_model)
    risk["indicators"] = [
        {**indicator, "missing": "error"} if indicator["code"] == "r010104" else indicator
        for indicator in risk["indicators"]
        if indicator["code"] != "s04"
    ]
    after = evolve(
        DAIRY,
        scene={**DAIRY.scene, "lead": "农业农村"},
        risk_model=risk,
        checklist=(changed, *rest, {**first, "code": "9.9"}),
        readme="新说明",
    )
    assert diff_packages(DAIRY, after) == (
        f"检查单：删除 {first['code']} {first['content']}",
        f"检查单：修改 {second['code']} 的检查内容：{second['content']} → 是否逐批检验",
        f"检查单：新增 9.9 {first['content']}",
        "场景：修改 lead：市场监管 → 农业农村",
        "风险模型：修改 indicators[r010104].missing：exclude → error",
        next(line for line in diff_packages(DAIRY, after) if "删除 indicators[s04]" in line),
        "说明：内容有改动",
    )
