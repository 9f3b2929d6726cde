"""第三方机构和行业协会: kept by departments, in a real browser, by accounts of their own."""

import io
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from adapters.documents.workbooks import WorkbookTables
from entrypoints.words import all_messages
from supervision_core.kernel.documents import ResultColumn, ResultSheet

from .desk import Desk
from .staff import Staff

DEPARTMENT = "市场监管局"
NAMES = ("甲检测中心", "乙评估公司", "丙检测公司")


@pytest.fixture(scope="module")
def desk(staff: Staff) -> Desk:
    """Give the desk of a department's task administrator, who keeps institutions."""
    return staff.desk("task_administrator", department=DEPARTMENT)


def _workbook(folder: Path, *rows: dict[str, str]) -> Path:
    titles = list(rows[0])
    sheet = ResultSheet(
        name="表",
        columns=[ResultColumn(one) for one in titles],
        rows=[[row[one] for one in titles] for row in rows],
    )
    path = folder / "table.xlsx"
    path.write_bytes(WorkbookTables(all_messages()).results([sheet]))
    return path


def _import(desk: Desk, path: Path) -> str:
    desk.main.get_by_role("link", name="导入", exact=True).click()
    desk.page.locator("[name=workbook]").set_input_files(path)
    desk.page.get_by_role("button", name="导入", exact=True).click()
    told = desk.page.get_by_role("status")
    told.wait_for()
    return str(told.inner_text())


def _exported(desk: Desk) -> list[list[Any]]:
    with desk.page.expect_download() as waiting:
        desk.main.get_by_role("link", name="导出", exact=True).click()
    content = Path(waiting.value.path()).read_bytes()
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.function("F069", surface="page", complete=True)
@pytest.mark.function("F070", surface="page", complete=True)
@pytest.mark.function("F071", surface="page", complete=True)
@pytest.mark.function("F072", surface="page", complete=True)
@pytest.mark.function("F073", surface="page", complete=True)
@pytest.mark.function("F074", surface="page", complete=True)
def test_institutions_are_kept(desk: Desk) -> None:
    """第三方机构: 新增、列表、检索、查看、修改、删除、批量删除, each told whether it succeeded."""
    desk.open("执法力量", "第三方机构")
    for name, sort in zip(NAMES, ("检验检测", "评估鉴定", "检验检测"), strict=True):
        desk.start("新增第三方机构")
        assert desk.drawer.locator("[name=address]").count() == 0
        desk.fill(name=name, sort=sort, business="乳品检验", phone="0771-0000001", entrusted="是")
        desk.press("保存")
        desk.told("新增成功")
        desk.page.reload()
    desk.heads("第三方机构", "机构类型", "相关业务", "是否委托机构", "联系方式")
    row = desk.row("甲检测中心").inner_text()
    assert all(one in row for one in ("检验检测", "乳品检验", "是", "0771-0000001"))
    desk.keep("institutions")
    desk.search(name="检测")
    desk.shows("甲检测中心", "丙检测公司")
    desk.open("执法力量", "第三方机构")
    desk.search(sort="评估鉴定")
    desk.shows("乙评估公司")
    desk.act("乙评估公司", "查看")
    desk.close()
    desk.act("乙评估公司", "修改")
    desk.fill(name="乙评估有限公司", address="南宁市示例路1号", description="从事食品安全评估。")
    desk.keep("institution-change")
    desk.press("保存")
    desk.told("修改成功")
    desk.page.reload()
    desk.act("乙评估有限公司", "查看")
    said = desk.drawer.inner_text()
    for one in ("第三方机构", "评估鉴定", "是否委托机构", "相关业务", "地址", "南宁市示例路1号",
                "联系方式", "0771-0000001", "机构描述", "从事食品安全评估。"):  # fmt: skip
        assert one in said
    desk.close()
    desk.act("乙评估有限公司", "删除")
    assert "没有其他记录引用它" in desk.drawer.inner_text()
    desk.press("确认删除")
    desk.told("删除成功")
    desk.open("执法力量", "第三方机构")
    desk.shows("甲检测中心", "丙检测公司")
    desk.row("丙检测公司").get_by_role("checkbox").check()
    desk.page.get_by_role("button", name="批量删除").click()
    desk.page.get_by_role("heading", name="批量删除第三方机构").wait_for()
    desk.page.get_by_role("button", name="批量删除").click()
    desk.page.get_by_text("成功 1，跳过 0。").wait_for()
    desk.page.get_by_role("link", name="返回列表").click()
    desk.shows("甲检测中心")


def _papers_are_kept_and_taken_away(desk: Desk) -> None:
    """Read what hangs on a qualification, take one away, and find the other."""
    part = desk.drawer.locator("tr", has_text="CMA-0001")
    path = part.get_by_role("link", name="查看").first.get_attribute("href")
    desk.page.goto(f"{desk.at.url}{path}")
    with desk.page.expect_download() as waiting:
        desk.main.get_by_role("link", name="资质证书.txt").click()
    assert Path(waiting.value.path()).read_text("utf-8") == "示例资质证书"
    desk.keep("qualification-view")
    desk.page.goto(f"{desk.at.url}{path}/change")
    desk.keep("qualification-change")
    desk.main.get_by_label("移除 附表.txt").check()
    desk.main.get_by_role("button", name="保存", exact=True).click()
    desk.page.get_by_text("修改成功").first.wait_for()
    desk.page.goto(f"{desk.at.url}{path}")
    assert desk.main.get_by_role("link", name="资质证书.txt").count() == 1
    assert desk.main.get_by_text("附表.txt").count() == 0


@pytest.mark.function("F069", surface="page")
def test_people_and_qualifications_stand_with_their_institution(desk: Desk, tmp_path: Path) -> None:
    """机构人员、机构资质: 在机构页上新增、修改; 导入时写机构名称; 删除机构前说明引用."""
    desk.open("执法力量", "第三方机构")
    desk.act("甲检测中心", "查看")
    desk.drawer.get_by_role("link", name="新增机构人员").click()
    desk.drawer.locator("[name=phone]").wait_for()
    assert desk.drawer.locator("[name=institution]").input_value() == "甲检测中心"
    desk.fill(name="赵示例", phone="13900000009", head="是", qualified="是")
    desk.press("保存")
    desk.told("新增成功")
    desk.act("甲检测中心", "查看")
    desk.drawer.get_by_role("link", name="新增机构资质").click()
    desk.drawer.locator("[name=number]").wait_for()
    desk.fill(name="检验检测机构资质认定", number="CMA-0001", valid_to="2030-12-31")
    papers = [{"name": f"{one}.txt", "mimeType": "text/plain", "buffer": f"示例{one}".encode()}
              for one in ("资质证书", "附表")]  # fmt: skip
    desk.drawer.locator("[name=files]").set_input_files(papers)
    desk.press("保存")
    desk.told("新增成功")
    desk.act("甲检测中心", "查看")
    said = desk.drawer.inner_text()
    for one in ("赵示例", "*******0009", "检验检测机构资质认定", "CMA-0001", "2030-12-31"):
        assert one in said
    desk.keep("institution-view")
    _papers_are_kept_and_taken_away(desk)
    desk.open("执法力量", "第三方机构")
    desk.go("机构人员")
    row = {"所属机构": "甲检测中心", "姓名": "钱示例", "联系电话": "13900000010",
           "是否机构负责人": "否", "是否具备专业资质": "否"}  # fmt: skip
    assert "新增 1" in _import(desk, _workbook(tmp_path, row, {**row, "所属机构": "没有的机构"}))
    assert "没有的机构" in desk.main.inner_text()
    desk.open("执法力量", "第三方机构")
    desk.go("机构人员")
    table = _exported(desk)
    assert [one[:3] for one in table[1:]] == [
        ["甲检测中心", "赵**", "*******0009"], ["甲检测中心", "钱**", "*******0010"],
    ]  # fmt: skip
    desk.act("钱示例", "修改")
    desk.fill(phone="13900000011")
    desk.press("保存")
    desk.told("修改成功")
    desk.open("执法力量", "第三方机构")
    desk.act("甲检测中心", "删除")
    said = desk.drawer.inner_text()
    assert "机构人员2条" in said
    assert "机构资质1条" in said
    desk.close()


@pytest.mark.function("F069", surface="page")
def test_institutions_come_from_tables_and_go_into_them(desk: Desk, tmp_path: Path) -> None:
    """导入: 新的新增, 同名的更新; 导出的表可以再导入而不变."""
    desk.open("执法力量", "第三方机构")
    row = {"第三方机构": "丁会计师事务所", "机构类型": "会计审计", "联系方式": "0771-0000002"}
    assert "新增 1" in _import(desk, _workbook(tmp_path, row))
    desk.open("执法力量", "第三方机构")
    table = _exported(desk)
    assert [one[0] for one in table] == ["第三方机构", "甲检测中心", "丁会计师事务所"]
    rows = [dict(zip(map(str, table[0]), map(str, one), strict=True)) for one in table[1:]]
    assert "未变 2" in _import(desk, _workbook(tmp_path, *rows))


@pytest.mark.function("F036", surface="page")
@pytest.mark.function("F038", surface="page")
def test_associations_are_kept(desk: Desk, tmp_path: Path) -> None:
    """行业协会: 名称、地址、官方网站、描述; 新增、检索、查看、修改、导入、导出、删除."""
    desk.open("执法力量", "行业协会")
    desk.start("新增行业协会")
    desk.fill(name="广西示例乳品协会", address="南宁市示例路2号", website="https://example.cn")
    desk.fill(description="服务乳品行业。")
    desk.press("保存")
    desk.told("新增成功")
    row = {"行业协会名称": "广西示例茶叶协会", "协会地址": "梧州市示例路3号"}
    assert "新增 1" in _import(desk, _workbook(tmp_path, row))
    desk.open("执法力量", "行业协会")
    desk.heads("行业协会名称", "协会地址", "官方网站")
    desk.search(name="乳品")
    desk.shows("广西示例乳品协会")
    desk.act("广西示例乳品协会", "修改")
    desk.fill(description="服务乳品行业和会员。")
    desk.press("保存")
    desk.told("修改成功")
    desk.act("广西示例乳品协会", "查看")
    said = desk.drawer.inner_text()
    assert "https://example.cn" in said
    assert "服务乳品行业和会员。" in said
    desk.close()
    desk.open("执法力量", "行业协会")
    assert len(_exported(desk)) == 3
    desk.act("广西示例茶叶协会", "删除")
    desk.press("确认删除")
    desk.told("删除成功")
    desk.open("执法力量", "行业协会")
    desk.shows("广西示例乳品协会")


@pytest.fixture(scope="module")
def administrator(staff: Staff) -> Desk:
    """Give the desk of the administrator of the department that keeps the institution."""
    return staff.desk("department_administrator", department=DEPARTMENT)


@pytest.fixture(scope="module")
def institution(staff: Staff, desk: Desk) -> Desk:
    """Give the desk of the head of an institution, an account of that institution's own."""
    desk.open("执法力量", "第三方机构")
    link = desk.row("甲检测中心").get_by_role("link", name="查看").first.get_attribute("href")
    party = str(link).rpartition("/")[2]
    account = staff.hire(
        "institution_head", department=DEPARTMENT, memberships=[],
        extended={"kind": "third_party", "party": party},
    )  # fmt: skip
    return staff.enter(account)


@pytest.mark.function("F070", surface="page")
def test_an_institution_proposes_and_its_department_decides(
    institution: Desk, administrator: Desk
) -> None:
    """机构负责人查看本机构、申请修改信息和人员; 主管部门同意后生效, 不同意时说明理由."""
    own = institution
    own.open("我的工作台", "本机构信息")
    for one in ("甲检测中心", "赵示例", "13900000009", "CMA-0001"):
        assert one in own.main.inner_text()
    with own.page.expect_download() as waiting:
        own.main.get_by_role("link", name="附件1").click()
    assert Path(waiting.value.path()).read_text("utf-8") == "示例资质证书"
    own.start("申请修改")
    own.fill(address="南宁市示例路9号", phone="0771-0000009")
    own.press("提交申请")
    own.told("变更申请已提交")
    own.keep("own-institution")
    own.start("申请新增机构人员")
    own.fill(name="孙示例", phone="13900000012")
    own.press("提交申请")
    own.told("变更申请已提交")
    own.page.reload()
    own.act("CMA-0001", "申请删除")
    own.press("确认申请")
    own.told("变更申请已提交")
    for subject, name in (("第三方机构", "甲检测中心"), ("机构人员", "孙示例")):
        administrator.open("执法力量", "机构变更申请")
        administrator.search(subject=subject, state="待办理")
        administrator.row(subject).get_by_role("link").first.click()
        administrator.drawer.get_by_role("heading").first.wait_for()
        assert name in administrator.drawer.inner_text()
        administrator.keep(f"proposal-{subject}")
        administrator.drawer.get_by_role("link", name="同意机构变更申请", exact=True).click()
        administrator.press()
        administrator.drawer.wait_for(state="hidden")
    administrator.open("执法力量", "机构变更申请")
    administrator.search(subject="机构资质", state="待办理")
    administrator.row("机构资质").get_by_role("link").first.click()
    administrator.drawer.get_by_role("link", name="不同意机构变更申请").click()
    administrator.fill(reason="资质仍在有效期内。")
    administrator.press()
    administrator.drawer.wait_for(state="hidden")
    own.open("我的工作台", "本机构信息")
    for one in ("南宁市示例路9号", "0771-0000009", "孙示例", "CMA-0001"):
        assert one in own.main.inner_text()
    own.open("执法力量", "机构变更申请")
    for one in ("已同意", "不同意", "资质仍在有效期内。"):
        assert one in own.main.inner_text()
    administrator.open("执法力量", "第三方机构")
    administrator.act("甲检测中心", "查看")
    administrator.drawer.get_by_role("link", name="操作记录").click()
    administrator.drawer.get_by_text("同意机构变更申请").first.wait_for()
    told = administrator.drawer.inner_text()
    for one in ("新增第三方机构", "示例人员", DEPARTMENT):
        assert one in told
    administrator.keep("history")
