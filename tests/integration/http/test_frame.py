"""What every route does alike: problems, keys, versions, pages, words."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from entrypoints.http.bodies import read_json
from entrypoints.http.errors import BodyInvalid
from entrypoints.http.problems import refusal_of
from supervision_core.audit.model import Outcome
from supervision_core.identity.ports import DoneCommands

from .conftest import Surface, without_ids

USERS = "/api/v1/identity/users"
DEPARTMENTS = "/api/v1/identity/departments"
REGIONS = "/api/v1/identity/regions"


def department(code: str, parent: str = "nanning", **more: Any) -> dict[str, Any]:
    """Give a department to be added."""
    return {"data": {"name": "新机构", "code": code, "region": "450100", "parent": parent, **more}}


@pytest.mark.function("F025", surface="api")
def test_a_write_goes_through_its_use_case(surface: Surface) -> None:
    """机构新增: what is posted is done, audited, told to the feed, and can be read."""
    answer = surface.call("system", "POST", DEPARTMENTS, body=department("new"))
    assert answer.status_code == 201
    found = surface.call("system", "GET", f"{DEPARTMENTS}/{answer.json()['id']}")
    assert found.json()["data"]["code"] == "new"
    assert surface.audited()[-1].action == "identity.add_department"
    feed = surface.call("interface", "GET", "/api/v1/identity/changes").json()
    assert [(one["kind"], one["change"]) for one in feed["items"]] == [("department", "written")]


@pytest.mark.function("F025", surface="api")
def test_other_systems_follow_the_feed(surface: Surface) -> None:
    """自动更新同步: who goes on after the last number he saw gets everything, once."""
    made = [
        surface.call("system", "POST", DEPARTMENTS, body=department(f"n{n}")).json()["id"]
        for n in range(5)
    ]
    seen, after = [], 0
    while True:
        page = surface.call(
            "interface", "GET", f"/api/v1/identity/changes?after={after}&limit=2"
        ).json()
        seen += [one["id"] for one in page["items"]]
        after = page["after"]
        if not page["more"]:
            break
    assert seen == made
    surface.call("system", "DELETE", f"{DEPARTMENTS}/{made[0]}", if_match="*")
    page = surface.call("interface", "GET", f"/api/v1/identity/changes?after={after}").json()
    assert [(one["id"], one["change"]) for one in page["items"]] == [(made[0], "deleted")]


def test_every_fault_of_a_body_is_told_with_its_place(surface: Surface) -> None:
    """Wrong types, unknown and missing fields come together, each named by its path."""
    body = {"data": {"name": 5, "code": "x", "order": "7", "isAdmin": True}, "extra": None}
    answer = surface.call("system", "POST", DEPARTMENTS, body=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    reasons = {(one["at"], one["code"]) for one in answer.json()["reasons"]}
    assert reasons == {
        ("data.name", "http.wrong_type"),
        ("data.order", "http.wrong_type"),
        ("data.isAdmin", "http.unknown_field"),
        ("data.region", "http.missing"),
        ("extra", "http.unknown_field"),
    }


@pytest.mark.parametrize("field", ["id", "version", "enabled", "permissions", "deleted_at", "_x"])
def test_no_field_can_be_assigned_that_a_command_lacks(surface: Surface, field: str) -> None:
    """Mass assignment: what the command does not take is refused, at every level of the body."""
    draft: Any = {
        "account": {"account": "new.user"},
        "person": {"name": "王示例"},
        "memberships": [{"department": "nanning"}],
    }
    for place in (draft, draft["account"], draft["person"], draft["memberships"][0]):
        place[field] = "x"
        answer = surface.call("system", "POST", USERS, body={"draft": draft})
        assert answer.status_code == 400
        assert [one["code"] for one in answer.json()["reasons"]] == ["http.unknown_field"]
        del place[field]
    assert surface.call("system", "POST", USERS, body={"draft": draft}).status_code == 201


def test_a_refusal_gives_every_reason_in_words(surface: Surface) -> None:
    """A rule's refusal is 422, with code, field, reason and remedy of each violation."""
    answer = surface.call(
        "system",
        "POST",
        USERS,
        body={"draft": {"account": {"account": "!"}, "person": {"document_number": "1"},
                        "memberships": [{"department": "nanning"}]}},
    )  # fmt: skip
    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["code"], problem["status"]) == ("identity.user_invalid", 422)
    assert {"identity.account_form", "identity.name_missing"} <= {
        one["code"] for one in problem["reasons"]
    }
    assert all(one["reason"] and one["remedy"] for one in problem["reasons"])


def test_a_repeated_key_is_answered_byte_for_byte(surface: Surface) -> None:
    """幂等: the same request under its key is done once; status and body are the first ones."""
    sent: Any = {"body": department("once"), "idempotency_key": "k-1"}
    first = surface.call("system", "POST", DEPARTMENTS, **sent)
    again = [surface.call("system", "POST", DEPARTMENTS, **sent) for _ in range(3)]
    assert first.status_code == 201
    assert all(without_ids(one) == without_ids(first) for one in again)
    actions = [one.action for one in surface.audited()]
    assert actions.count("identity.add_department") == 1


def test_a_key_stands_for_one_request(surface: Surface) -> None:
    """Another body under the key is refused and does nothing. Error: key_reused."""
    surface.call("system", "POST", DEPARTMENTS, body=department("a"), idempotency_key="k")
    other = surface.call("system", "POST", DEPARTMENTS, body=department("b"), idempotency_key="k")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


@pytest.mark.parametrize("key", ["", "x" * 256, "with blank", "tab\there"])
def test_a_key_is_short_and_plain(surface: Surface, key: str) -> None:
    """Keys are 1 to 255 visible ASCII signs."""
    answer = surface.client.post(
        DEPARTMENTS,
        json=department("x"),
        headers={
            "authorization": f"Bearer {surface.province.tokens['system']}",
            "idempotency-key": key,
        },
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "http.parameters_invalid")


def test_who_has_seen_another_version_changes_nothing(surface: Surface) -> None:
    """If-Match: the version that was read must be the one that is changed. Error: outdated."""
    path = f"{DEPARTMENTS}/qingxiu"
    tag = surface.call("system", "GET", path).headers["etag"]
    body = department("qingxiu")
    assert surface.call("system", "PUT", path, body=body, if_match=tag).status_code == 200
    late = surface.call("system", "PUT", path, body=body, if_match=tag)
    assert (late.status_code, late.json()["code"]) == (412, "outdated")
    assert surface.call("system", "PUT", path, body=body, if_match="*").status_code == 200


def test_a_tag_that_was_never_given_is_refused_even_to_who_repeats_himself(
    surface: Surface,
) -> None:
    """If-Match of another form is a fault of the request, though its key was answered before."""
    path, body = f"{DEPARTMENTS}/qingxiu", department("qingxiu")
    again: dict[str, Any] = {"idempotency_key": "once", "body": body}
    assert surface.call("system", "PUT", path, **again).status_code == 200
    for tag in ("{}", '"x"', 'W/"1"'):
        answer = surface.call("system", "PUT", path, **again, if_match=tag)
        assert (answer.status_code, answer.json()["code"]) == (400, "http.parameters_invalid")
    assert surface.call("system", "PUT", path, **again).status_code == 200


def test_what_is_unchanged_is_not_sent_again(surface: Surface) -> None:
    """If-None-Match with the present tag is 304 without a body."""
    path = f"{USERS}/clerk"
    tag = surface.call("reader", "GET", path).headers["etag"]
    same = surface.call("reader", "GET", path, if_none_match=tag)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    for known in (f"W/{tag}", f'"99", {tag}', "*"):
        assert surface.call("reader", "GET", path, if_none_match=known).status_code == 304
    for other in ('"99"', "", '"99", W/"98"'):
        assert surface.call("reader", "GET", path, if_none_match=other).status_code == 200


@pytest.mark.function("F087", surface="api")
@pytest.mark.function("F090", surface="api")
def test_lists_are_paged_by_key(surface: Surface) -> None:
    """行政区划检索: every region once, page by page, and found by any part of name or code."""
    seen: list[str] = []
    cursor = ""
    for _ in range(9):
        more = f"&cursor={cursor}" if cursor else ""
        page = surface.call("reader", "GET", f"{REGIONS}?page_size=2{more}").json()
        seen += [one["code"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == ["450000", "450100", "450103", "450200", "450500"]
    for text in ("宁市", "0100"):
        found = surface.call("reader", "GET", f"{REGIONS}?text={text}").json()["items"]
        assert [one["name"] for one in found] == ["南宁市"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("page_size=0", "kernel.page_size_out_of_range"),
        ("page_size=201", "kernel.page_size_out_of_range"),
        ("page_size=x", "http.wrong_type"),
        ("page_size=1&page_size=2", "http.repeated"),
        ("nonsense=1", "http.unknown_field"),
        ("text=%00", "http.text_unfit"),
        ("cursor=abc", "kernel.bad_cursor"),
    ],
)
def test_parameters_are_checked(surface: Surface, query: str, code: str) -> None:
    """A parameter that is unknown, repeated or out of range is refused, not guessed at."""
    answer = surface.call("reader", "GET", f"{REGIONS}?{query}")
    assert answer.status_code == 400
    assert [one["code"] for one in answer.json()["reasons"]] == [code]


@pytest.mark.function("F088", surface="api")
@pytest.mark.function("F089", surface="api")
@pytest.mark.function("F091", surface="api")
def test_regions_are_viewed_changed_and_deleted(surface: Surface) -> None:
    """行政区划查看、修改、删除: with all columns of the register, as its rules allow."""
    path = f"{REGIONS}/r450103"
    shown = surface.call("system", "GET", path).json()
    assert shown["content"] == {
        "code": "450103", "name": "青秀区", "level": "county", "parent": "450100", "graded": False,
        "position": 2, "enabled": True, "supervision": "",
    }  # fmt: skip
    said = {name: shown["content"][name] for name in ("code", "name", "level", "parent")}
    changed = {"content": {**said, "graded": True}, "position": 9}
    assert surface.call("system", "PUT", path, body=changed).status_code == 200
    assert surface.call("system", "GET", path).json()["content"]["position"] == 9
    in_use = surface.call("system", "DELETE", path, if_match="*")
    assert in_use.json()["reasons"][0]["code"] == "identity.region_in_use"
    surface.call("system", "DELETE", f"{DEPARTMENTS}/qingxiu", if_match="*")
    assert surface.call("system", "DELETE", path, if_match="*").status_code == 200
    assert surface.call("system", "GET", path).status_code == 404


def test_personal_data_is_masked_and_looking_at_it_is_audited(surface: Surface) -> None:
    """个人信息: readers see masks; the whole has a permission, and the log says who saw."""
    masked = surface.call("reader", "GET", f"{USERS}/clerk")
    for plain in ("13900000001", "450103199001010016", "wang@example.cn", "示例路"):
        assert plain not in masked.text
    path = f"{USERS}/clerk/personal?purpose=contact"
    assert surface.call("reader", "GET", path).status_code == 403
    assert surface.call("system", "GET", f"{USERS}/clerk/personal").status_code == 400
    whole = surface.call("system", "GET", path, idempotency_key="k").json()
    assert whole["draft"]["person"]["name"] == "王示例"
    last = surface.audited()[-1]
    assert (last.action, last.actor) == ("identity.show_personal_data", "system")
    assert last.targets == ("user/clerk",)
    assert last.note == (("purpose", "contact"),)
    with surface.province.platform.transactions.begin() as unit:
        assert unit[DoneCommands].find("system", "k") is None  # no answer is kept that shows it


def test_denials_and_attempts_out_of_reach_are_audited(surface: Surface) -> None:
    """Each denied request leaves one row; one for what does not exist leaves none."""
    before = len(surface.audited())
    surface.call("reader", "GET", f"{USERS}/far_reader")
    surface.call("reader", "DELETE", f"{USERS}/clerk", if_match="*")
    surface.call("reader", "GET", f"{USERS}/zzz")
    rows = surface.audited()[before:]
    assert [(one.action, one.outcome) for one in rows] == [
        ("identity.view_user", Outcome.DENIED),
        ("identity.delete_user", Outcome.DENIED),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff", b'{"a": 1, "a": 2}', b'{"a": NaN}', b'{"a": 1.5}', b"\xef\xbb\xbf{}",
        b'{"a": 1e999999999}', b'{"a": ' + b"9" * 5000 + b"}", b"[" * 100_000,
        b"[" * 33 + b"1" + b"]" * 33, b"'{}'", b"{} {}",
    ],
    ids=str,
)  # fmt: skip
def test_ambiguous_json_is_no_json(body: bytes) -> None:
    """What two parsers might read in two ways, or would cost too much, is refused."""
    with pytest.raises(BodyInvalid):
        read_json(body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_good_json_is_read_as_it_is(value: Any) -> None:
    """Strictness loses nothing: every JSON of whole numbers is read as the standard says."""
    assert read_json(json.dumps(value, ensure_ascii=False).encode()) == value


def _driver_errors() -> Iterator[tuple[Exception, str]]:
    yield OperationalError("SELECT 1", {}, Exception("server closed")), "http.store_unavailable"
    yield OperationalError("INSERT", {}, Exception("database or disk is full")), "http.store_full"
    yield DataError("INSERT", {}, Exception("value too long")), "http.value_unfit"
    yield PoolTimeout("QueuePool limit"), "http.store_unavailable"
    yield OSError(28, "No space left on device"), "http.store_full"


@pytest.mark.parametrize(("error", "code"), list(_driver_errors()), ids=lambda one: str(one)[:20])
def test_faults_of_the_store_are_told_apart(error: Exception, code: str) -> None:
    """A full disk is 507, an absent database 503, a value beyond its column 422: never 500."""
    refusal = refusal_of(error)
    assert refusal is not None
    assert refusal.code == code
    assert refusal_of(ValueError("a fault of the program")) is None
