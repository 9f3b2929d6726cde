"""What administrators do in their area over HTTP: look around, put in order, see who is at work."""

from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.model import Department, User
from supervision_core.identity.ports import Departments, Users
from supervision_core.testing.identity import NOON

from .conftest import Surface

BASE = "/api/v1/identity"


def kept(surface: Surface, kind: type[Any], *roots: Any) -> None:
    """Store and seal past the rules of use cases."""
    with surface.province.platform.transactions.begin() as unit:
        for root in roots:
            unit[kind].save(root)
        unit.commit()


def people(surface: Surface, department: str, *names: tuple[str, str]) -> None:
    """Put people with these names and posts into a department, in this order."""
    with surface.province.platform.transactions.begin() as unit:
        sample = unit[Users].get("clerk").draft
    made = []
    for place, (name, post) in enumerate(names, 1):
        account = evolve(sample.account, account=f"user.{place}", mail="", phone="")
        draft = evolve(
            sample,
            account=account,
            person=evolve(sample.person, name=name),
            memberships=(evolve(sample.memberships[0], department=department, post=post),),
        )
        made.append(User.register(draft, id=f"p{place}", at=NOON))
    kept(surface, Users, *made)


@pytest.mark.function("F025", surface="api")
@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({"by": "pinyin"}, ["p2", "p4", "p1", "p3"]),
        ({"by": "strokes"}, ["p3", "p2", "p1", "p4"]),
        ({"by": "post", "posts": ["局长", "科长"]}, ["p3", "p1", "p4", "p2"]),
    ],
    ids=["pinyin", "strokes", "post"],
)
def test_users_of_a_department_are_sorted(
    surface: Surface, asked: dict[str, Any], order: list[str]
) -> None:
    """用户排序: 按名称拼音字母顺序、笔画数量、职位高低; others keep their order."""
    names = (("覃示例", "科长"), ("李示例", "科员"), ("王示例", "局长"), ("潘示例", "科长"))
    people(surface, "qingxiu", *names)
    path = f"{BASE}/departments/qingxiu"
    answer = surface.call("system", "POST", f"{path}/user_sortings", body=asked)
    assert answer.json() == {"ids": order}
    listed = surface.call("system", "GET", f"{path}/members?order=place").json()["items"]
    assert [one["id"] for one in listed] == order


@pytest.mark.parametrize(
    ("asked", "codes"),
    [({"by": "post"}, ["identity.posts_missing"]),
     ({"by": "post", "posts": ["科长", "科长"]}, ["identity.post_twice"])],
    ids=["missing", "twice"],
)  # fmt: skip
def test_posts_are_listed_once_each(
    surface: Surface, asked: dict[str, Any], codes: list[str]
) -> None:
    """Who sorts by post says which is the highest."""
    path = f"{BASE}/departments/nanning/user_sortings"
    answer = surface.call("system", "POST", path, body=asked)
    assert [one["code"] for one in answer.json()["reasons"]] == codes


@pytest.mark.function("F025", surface="api")
def test_departments_below_one_are_put_in_order(surface: Surface) -> None:
    """组织排序: by hand, by pinyin or by strokes; each of them exactly once."""
    with surface.province.platform.transactions.begin() as unit:
        sample = unit[Departments].get("qingxiu").data
    bodies = [("a", "邕宁局"), ("b", "良庆局"), ("c", "江南局")]
    made = [
        Department.add(evolve(sample, name=name, code=one, parent="qingxiu"), id=one, at=NOON)
        for one, name in bodies
    ]
    kept(surface, Departments, *made)
    path = f"{BASE}/departments/qingxiu"

    def listed() -> list[str]:
        found = surface.call("system", "GET", f"{BASE}/managed_departments?parent=qingxiu")
        return [one["id"] for one in found.json()["items"]]

    by_hand = {"departments": ["b", "c", "a"]}
    assert surface.call("system", "PUT", f"{path}/departments", body=by_hand).status_code == 200
    assert listed() == ["b", "c", "a"]
    surface.call("system", "POST", f"{path}/department_sortings", body={"by": "pinyin"})
    assert listed() == ["c", "b", "a"]
    surface.call("system", "POST", f"{path}/department_sortings", body={"by": "strokes"})
    assert listed() == ["c", "b", "a"]
    refused = {
        "department_order_incomplete": ("PUT", "departments", {"departments": ["b", "c"]}),
        "departments_have_no_post": ("POST", "department_sortings", {"by": "post"}),
    }
    for code, (method, end, body) in refused.items():
        answer = surface.call("system", method, f"{path}/{end}", body=body).json()
        assert [one["code"] for one in answer["reasons"]] == [f"identity.{code}"]


@pytest.mark.function("F025", surface="api")
def test_an_administrator_from_outside_sees_what_he_administers(surface: Surface) -> None:
    """管理员设置: who administers a department without belonging to it sees it and its users."""
    away = f"{BASE}/departments/qingxiu"
    people(surface, "qingxiu", ("王示例", ""))
    for path in (away, f"{BASE}/users/p1", f"{away}/members"):
        assert surface.call("far_system", "GET", path).status_code == 404
    with surface.province.platform.transactions.begin() as unit:
        found = unit[Departments].get("qingxiu")
    found.appoint(frozenset({"far_system"}), at=NOON)
    kept(surface, Departments, found)
    mine = surface.call("far_system", "GET", f"{BASE}/managed_departments").json()["items"]
    assert [one["id"] for one in mine] == ["liuzhou", "qingxiu"]
    assert surface.call("far_system", "GET", away).json()["administrators"] == ["far_system"]
    (member,) = surface.call("far_system", "GET", f"{away}/members").json()["items"]
    assert (member["id"], member["draft"]["person"]["name"]) == ("p1", "王示例")
    assert surface.call("far_system", "GET", f"{BASE}/users/p1").status_code == 200
    assert surface.call("far_system", "GET", f"{BASE}/users/clerk").status_code == 404


@pytest.mark.function("F025", surface="api")
def test_who_is_at_work_is_seen_and_sent_away(surface: Surface) -> None:
    """在线用户: sessions used of late, until an administrator ends them; no token is shown."""
    path = f"{BASE}/departments/nanning/online"
    before = surface.call("security", "GET", path)
    assert {one["user_id"] for one in before.json()["items"]} == {"reader", "nobody", "clerk"}
    assert surface.province.tokens["clerk"] not in before.text
    ended = surface.call("security", "DELETE", f"{BASE}/users/clerk/sessions")
    assert ended.json() == {"ended": 1}
    after = surface.call("security", "GET", path).json()["items"]
    assert {one["user_id"] for one in after} == {"reader", "nobody"}
    assert surface.call("clerk", "GET", f"{BASE}/me").status_code == 401


@pytest.mark.function("F025", surface="api")
def test_what_somebody_may_do_is_looked_up(surface: Surface) -> None:
    """权限设置: the catalogue, what a holder was given by whom, and what a user may do in all."""
    catalogue = surface.call("security", "GET", f"{BASE}/permissions").json()
    assert {"identity.grant", "audit.search", "tasks.close"} <= {*catalogue["items"]}
    assert catalogue["titles"]["identity.grant"] == "授予权限"
    given = {"holder": "group", "holder_id": "group_nanning", "permission": "identity.list_users"}
    assert surface.call("security", "GET", f"{BASE}/users/clerk/access").json() == {
        "permissions": [], "passable": [], "duties": [],
    }  # fmt: skip
    stepped = {"password": "Correct-horse-7"}
    assert surface.call("security", "POST", f"{BASE}/me/step_ups", body=stepped).status_code == 200
    assert surface.call("security", "POST", f"{BASE}/grants", body=given).status_code == 201
    body = {"roles": [], "groups": ["group_nanning"]}
    path = f"{BASE}/assignments/user/clerk"
    assert surface.call("security", "PUT", path, body=body).status_code == 200
    access = surface.call("security", "GET", f"{BASE}/users/clerk/access").json()
    assert access["permissions"] == ["identity.list_users"]
    sheet = surface.call("security", "GET", f"{BASE}/grants/group/group_nanning").json()
    (grant,) = sheet["grants"]
    assert (grant["permission"], grant["by"]) == ("identity.list_users", "security")
    assert surface.call("security", "GET", f"{BASE}/grants/user/clerk").json()["groups"] == [
        "group_nanning"
    ]


@pytest.mark.function("F025", surface="api")
def test_roles_to_give_are_set_and_read(surface: Surface) -> None:
    """可分配角色: what may be delegated, what was, and that whoever may give has no more to use.

    Error: identity.not_delegated.
    """
    user = f"{BASE}/users/clerk"
    found = surface.call("security", "GET", f"{user}/delegable_roles").json()
    assert {one["id"] for one in found["roles"]} == {"role_office", "role_nanning"}
    assert found["departments"] == [{"id": "nanning", "name": "机构nanning"}]
    assert found["own"] is False
    given = [{"role": one, "department": "nanning"} for one in ("role_nanning", "role_office")]
    answer = surface.call("security", "PUT", f"{user}/delegations", body={"delegations": given})
    assert answer.json() == {"id": "clerk"}
    sheet = surface.call("security", "GET", f"{BASE}/grants/user/clerk").json()
    assert sheet["delegations"] == [
        {**one, "role_name": "检查员", "department_name": "机构nanning"} for one in given
    ]
    assert surface.call("security", "GET", f"{user}/access").json()["permissions"] == []
    more = {"delegations": [*given, {"role": "role_liuzhou", "department": "nanning"}]}
    refused = surface.call("security", "PUT", f"{user}/delegations", body=more)
    assert [one["code"] for one in refused.json()["reasons"]] == ["identity.not_delegated"]


@pytest.mark.function("F025", surface="api")
def test_assignable_roles_are_those_that_can_be_given(surface: Surface) -> None:
    """角色: what holds nothing, and what was delegated for the user's departments."""
    path = f"{BASE}/users/clerk/assignable_roles"
    roles = surface.call("security", "GET", path).json()["roles"]
    assert {one["id"] for one in roles} == {"role_office", "role_nanning"}
    body = {"roles": ["role_liuzhou"]}
    path = f"{BASE}/assignments/user/clerk"
    refused = surface.call("security", "PUT", path, body=body)
    assert {one["code"] for one in refused.json()["reasons"]} == {"identity.not_held"}
    assert surface.call("security", "PUT", path, body={"roles": ["role_nanning"]}).is_success
    access = surface.call("security", "GET", f"{BASE}/users/clerk/access").json()
    assert access["permissions"] == ["tasks.close"]


@pytest.mark.function("F025", surface="api")
def test_a_contact_is_changed_as_it_was_seen(surface: Surface) -> None:
    """手机号和证件: what is left out stays; on the version that was seen; not for oneself.

    Errors: outdated, identity.own_access.
    """
    path = f"{BASE}/users/clerk"
    seen = surface.call("security", "GET", path).headers["etag"]
    body = {"phone": "13900000077"}
    done = surface.call("security", "PUT", f"{path}/contact", body=body, if_match=seen)
    assert done.json() == {"id": "clerk"}
    with surface.province.platform.transactions.begin() as unit:
        clerk = unit[Users].get("clerk")
    assert clerk.account.phone == "13900000077"
    assert clerk.person.document_number
    late = surface.call("security", "PUT", f"{path}/contact", body=body, if_match=seen)
    assert late.status_code == 412
    own = surface.call("security", "PUT", f"{BASE}/users/security/contact", body=body)
    assert [one["code"] for one in own.json()["reasons"]] == ["identity.own_access"]
    assert surface.call("clerk", "GET", f"{BASE}/me").status_code == 401


@pytest.mark.function("F025", surface="api")
def test_texts_that_no_store_could_hold_are_refused(surface: Surface) -> None:
    """Too long a name is a mistake of whoever wrote it, told at its field, in every store alike."""
    with surface.province.platform.transactions.begin() as unit:
        data = unit[Departments].get("qingxiu").data
    whole = {"name": "长" * 201, "code": "9" * 65, "region": data.region, "parent": data.parent}
    cases = {
        "departments/qingxiu": ("PUT", {"data": whole}, ["name", "code"]),
        "roles/role_nanning": ("PUT", {"name": "长" * 101}, ["name"]),
    }
    for path, (method, body, places) in cases.items():
        user = "system" if path.startswith("dep") else "security"
        answer = surface.call(user, method, f"{BASE}/{path}", body=body)
        reasons = answer.json()["reasons"]
        assert [(one["code"], one["at"]) for one in reasons] == [
            ("identity.text_long", at) for at in places
        ], path
