"""一业一查, one whole cycle by real accounts: what came of it, and what each sees of it.

At first there is what ``init`` makes: three administrators. Everything else was made over the
interface by whoever they let in, each logged in to an account of his own (``story``).
"""

from typing import Any

import pytest

from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.verification import verify

from .acting import Person
from .preparing import FARM, FIRMS, MARKET
from .story import Story


def test_two_departments_inspect_two_firms_together(lived: Story) -> None:
    """Half of three firms of one grade are drawn, rounded up; each is visited by both."""
    assert len(lived.visits) == 2
    for visit in lived.visits.values():
        assert {lived.posts[one] for one in lived.inspectors(visit["id"])} == {MARKET, FARM}


def test_anybody_can_check_the_draw(lived: Story) -> None:
    """The proof holds, and no longer does when a firm is left out of the pool."""
    assert verify(lived.proof).ok
    pool = [one for one in lived.proof["pool"] if one["id"] != FIRMS[lived.failed]]
    assert len(pool) == len(FIRMS) - 1
    assert not verify({**lived.proof, "pool": pool}).ok


def test_the_pool_is_what_the_scene_inspects_and_the_rule_graded(lived: Story) -> None:
    """Corrections by hand count; nothing is drawn for a task without a rule, or of nobody."""
    builder, admin = lived["场景建设"], lived["任务管理员"]
    sheet = lived.sheet() | {"number": "450000-2026-RP-002"}
    task = admin.do("tasks.create", sheet=sheet)
    asked = {"task_id": task}
    grades = lived.grades()
    whole = Pool.of((FIRMS[name], str(grade)) for name, grade in grades.items())
    assert admin.do("tasks.gather_pool", **asked) == whole.hash.hex()
    tagged, one = [{"tag": lived.ids["tag"]}], lived.firms[lived.clean]
    for resources, left in (
        ({"tags": tagged, "subjects_removed": [one]}, set(FIRMS) - {lived.clean}),
        ({"subjects_added": [one]}, {lived.clean}),
        ({"tags": tagged}, set(FIRMS)),
    ):
        builder.do("scenes.configure", scene_id=lived.ids["scene"], resources=resources)
        wanted = Pool.of((FIRMS[name], str(grades[name])) for name in left)
        assert admin.do("tasks.gather_pool", **asked) == wanted.hash.hex()
    admin.do("tasks.change", task_id=task, sheet=sheet | {"grading_rule": None})
    answer = admin.ask("POST", "/api/v1/tasks/gather_pool", asked)
    assert [one["code"] for one in answer.json()["reasons"]] == ["tasks.grading_rule_missing"]
    seen = {"if-match": admin.ask("GET", f"/api/v1/tasks/tasks/{task}").headers["etag"]}
    given_up = {"task_id": task, "reason": "示例结束"}
    admin.call("POST", "/api/v1/tasks/delete", given_up, headers=seen)


def test_nobody_sends_the_draw_of_a_task(lived: Story) -> None:
    """Over the interface the draw is a field that nobody knows, and so is the day of the grades."""
    admin = lived["任务管理员"]
    sheet = lived.sheet() | {"number": "450000-2026-RP-009", "draw": lived.ids["draw"]}
    for path, asked, at in (
        ("tasks/create", {"sheet": sheet}, "sheet.draw"),
        ("tasks/gather_pool", {"task_id": lived.ids["task"], "as_of": "2026-01-01"}, "as_of"),
    ):
        answer = admin.ask("POST", f"/api/v1/{path}", asked)
        assert answer.status_code == 400
        assert [(one["code"], one["at"]) for one in answer.json()["reasons"]] == [
            ("http.unknown_field", at)
        ]


def test_what_was_found_counts_at_the_next_evaluation(lived: Story) -> None:
    """All firms began alike; the one of which something was found is inspected more from now on."""
    assert set(lived.before.values()) == {1}
    assert lived.grades() == {**lived.before, lived.failed: 2}


@pytest.mark.function("F190", surface="library")
def test_what_was_found_changes_the_grade_by_itself(lived: Story) -> None:
    """信用等级根据检查情况动态调整 (3813): as soon as the relay hands on what the visits found."""
    assert lived.followed == {**lived.before, lived.failed: 2}


def test_everything_came_to_its_end(lived: Story) -> None:
    """Task, order, review, hand-over and publications, as whoever works with them sees them."""
    leader, clerk = lived["局长"], lived[f"{FARM}经办"]
    assert _state(leader, f"tasks/tasks/{lived.ids['task']}") == "published"
    assert _state(clerk, f"tasks/rectifications/{lived.ids['order']}") == "done"
    assert _state(leader, f"tasks/transfers/{lived.ids['transfer']}") == "closed"
    assert leader.see(f"tasks/reviews/{lived.ids['review']}")["content"]["agrees"] is True
    shown = leader.see("tasks/publications")["items"]
    assert {one["state"] for one in shown} == {"shown"}
    assert {one["id"] for one in shown} == {one["id"] for one in lived.visits.values()}


def test_nobody_has_anything_left_to_do(lived: Story) -> None:
    """What waited for somebody was done by him: no to-do is left of the cycle."""
    left = {name: _waiting(person) for name, person in lived.people.items()}
    assert {name: those for name, those in left.items() if those} == {}


def test_a_firm_sees_what_concerns_itself(lived: Story) -> None:
    """How its own grade came about, its own order; and no list of those who supervise it."""
    firm = lived["企业经办"]
    asked = {"rule_id": lived.ids["rule"], "as_of": lived.today.isoformat()}
    own = firm.do("grading.explain", subject_id=lived.firms[lived.failed], **asked)
    assert (own["grade"], own["facts_known"]) == (2, 1)
    other = lived.firms[lived.clean]
    assert firm.refused("grading.explain", subject_id=other, **asked) == "not_found"
    (order,) = firm.see("tasks/rectifications")["items"]
    assert (order["id"], order["subject"]) == (lived.ids["order"], lived.firms[lived.failed])
    for path in ("tasks/visits", "grading/graded_subjects", "subjects/subjects", "identity/users"):
        assert _denied(firm, path)


def test_a_third_party_assists_and_does_no_more(lived: Story) -> None:
    """What it noted is material of the visit; it records no result, and draws no conclusion."""
    member, visit = lived["检测员"], lived.visits[lived.failed]["id"]
    content = lived["局长"].see(f"tasks/visits/{visit}")["content"]
    assert [one["by"] for one in content["assistant_notes"]] == [member.id]
    found = {one["id"]: one["outcome"] for one in content["items"]}
    (noted,) = content["assistant_notes"]
    assert (noted["outcome"], sorted(found.values())) == ("passed", ["failed", "passed"])
    answers = [{"item": one, "outcome": "passed"} for one in found]
    denied = "identity.permission_denied"
    assert member.refused("tasks.record_results", visit_id=visit, answers=answers) == denied
    assert member.refused("tasks.conclude", visit_id=visit, outcomes=["no_problem"]) == denied
    (assisted,) = member.see("tasks/tasks")["items"]
    assert assisted["id"] == lived.ids["task"]
    assert visit in {one["id"] for one in member.see("tasks/visits")["items"]}
    assert member.see(f"tasks/visits/{visit}")["content"]["items"]
    assert _denied(member, "tasks/rectifications")


def test_administrators_let_in_and_do_nothing_themselves(lived: Story) -> None:
    """None of the three holds what the business does; two of them made each administrator below."""
    for one in lived.at.administrators:
        assert one.refused("tasks.close", task_id=lived.ids["task"]) == "identity.permission_denied"
        assert _denied(one, "tasks/tasks")
    assert lived.seconds == [f"{MARKET}管理员", f"{FARM}管理员"]


def test_the_auditor_reads_who_did_what(lived: Story) -> None:
    """Each stage stands in the log under the account that did it, refused attempts as well."""
    log = list(_log(lived.at.administrators[2]))
    done = {(one["action"], one["actor"]) for one in log if one["outcome"] == "done"}
    officers = {one.id for one in lived.officers.values()}
    for action, name in (
        ("checklists.publish", "场景建设"), ("draws.complete", "任务管理员"),
        ("draws.deposit_nonce", f"{FARM}经办"), ("tasks.approve", "局长"),
        ("tasks.note_as_assistant", "检测员"), ("tasks.report_rectification", "企业经办"),
        ("tasks.archive", "任务管理员"),
    ):  # fmt: skip
        assert (action, lived[name].id) in done
    assert {actor for what, actor in done if what == "tasks.sign"} <= officers
    known = {one.id for one in lived.people.values()}
    known |= {_me(one) for one in lived.at.administrators}
    assert {one["actor"] for one in log} - known == {"cli", "worker"}
    numbers = [one["number"] for one in log]
    assert sorted(numbers) == list(range(numbers[0] + 1))
    assert _denied(lived.at.administrators[2], "tasks/visits")


def _state(person: Person, path: str) -> str:
    return str(person.see(path)["content"]["state"])


def _denied(person: Person, path: str) -> bool:
    answer = person.ask("GET", f"/api/v1/{path}")
    code = str(answer.json()["code"])
    return (answer.status_code, code) == (403, "identity.permission_denied")


def _me(person: Person) -> str:
    return str(person.see("identity/me")["user_id"])


def _waiting(person: Person) -> list[str]:
    found = person.see("identity/list_todos")["items"]
    return [f"{one['title']} {one['label']}" for one in found]


def _log(auditor: Person) -> list[dict[str, Any]]:
    """Give the whole log, the newest first."""
    rows, cursor = [], ""
    while cursor is not None:
        asked = {"page_size": 200} | ({"cursor": cursor} if cursor else {})
        page = auditor.see("audit/entries", **asked)
        rows += page["items"]
        cursor = page["next_cursor"]
    return rows
