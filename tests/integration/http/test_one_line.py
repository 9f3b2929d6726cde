"""Names that forge lines or turn signs around are refused wherever they come in."""

from typing import Any

import pytest

from .browsing import entered
from .calls import DRAFT
from .conftest import Surface
from .workbooks import workbook

BASE = "/api/v1/identity"
BAD = "示例\u202e局"
PERSON: dict[str, Any] = {"name": "王示例"}
DEPARTMENT = {"name": "新机构", "code": "new", "region": "450100", "parent": "nanning"}
REGION = {"code": "450400", "name": "梧州市", "level": "city", "parent": "450000"}
MEMBER = [{"department": "nanning", "post": "科长"}]
WRITES: tuple[tuple[str, str, dict[str, Any], list[str]], ...] = (
    ("system", "departments", {"data": {**DEPARTMENT, "name": BAD, "code": "a\nb"}},
     ["name", "code"]),
    ("system", "regions", {"content": {**REGION, "name": BAD}}, ["name"]),
    ("security", "roles", {"name": BAD, "department": "nanning"}, ["name"]),
    ("security", "groups", {"name": "a\rb", "department": "nanning"}, ["name"]),
    ("system", "users", {"draft": {**DRAFT, "person": {**PERSON, "name": BAD},
     "memberships": [{"department": "nanning", "post": "科\n长"}]}}, ["name", "post"]),
    ("system", "users/clerk/notices", {"title": BAD, "text": "内容\n两行"}, ["title"]),
)  # fmt: skip


@pytest.mark.parametrize(("user", "path", "body", "fields"), WRITES, ids=lambda one: str(one)[:20])
def test_names_are_one_line(
    surface: Surface, user: str, path: str, body: dict[str, Any], fields: list[str]
) -> None:
    """422 with ``kernel.not_one_line`` at each field, its reason and what to do."""
    answer = surface.call(user, "POST", f"{BASE}/{path}", body=body)
    assert answer.status_code == 422, answer.text
    reasons = [one for one in answer.json()["reasons"] if one["code"] == "kernel.not_one_line"]
    assert [one["at"] for one in reasons] == fields
    assert all(one["reason"] and one["remedy"] for one in reasons)


def test_a_page_tells_it_at_the_field(surface: Surface) -> None:
    """The form comes back with what was typed and the reason at its field."""
    browser = entered(surface, "system")
    answer = browser.send(
        "/gov/identity/departments/add", **{**DEPARTMENT, "parent": "nanning", "name": BAD}
    )
    assert answer.status_code == 422
    assert "改变文字方向" in answer.text


def test_imports_are_held_to_it(surface: Surface) -> None:
    """A row whose name holds a control character stays out, with its reason."""
    table = workbook("departments", code="new", name="新\x07机构\u2067", region="450100",
                     parent="nanning")  # fmt: skip
    answer = surface.call("system", "POST", f"{BASE}/department_table", body=table)
    assert "kernel.not_one_line" in answer.text
    assert "新机构" not in surface.call("system", "GET", f"{BASE}/departments?text=new").text
