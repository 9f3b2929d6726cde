from typing import Any

import pytest
from attrs import evolve
from httpx import Response

from entrypoints.catalogue import use_cases
from entrypoints.container.files import INSTALLED_KINDS
from entrypoints.http.routes import OCTETS
from supervision_core.files.model import PIECE_BYTES, Attachment, Quota
from supervision_core.files.ports import Attachments, StagedFiles, Visible
from supervision_core.kernel.canonical import sm3
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Visits
from supervision_core.tasks.services.files import EVIDENCE
from supervision_core.testing.tasks import visit, visit_sheet

from .conftest import Surface, without_ids

BASE = "/api/v1/files"
TEXT = "现场查看未见相应记录。\n".encode() * 40_000


def begin(surface: Surface, user: str, content: bytes = TEXT, name: str = "笔录.txt") -> Any:
    """Begin to send a file."""
    body = {"name": name, "size": len(content), "sm3": sm3(content).hex()}
    answer = surface.call(user, "POST", BASE, body=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def put(surface: Surface, user: str, file: str, number: int, piece: bytes) -> Response:
    """Send a piece."""
    path = f"{BASE}/{file}/pieces/{number}"
    return surface.call(user, "PUT", path, body=piece, content_type=OCTETS)


def sent(surface: Surface, user: str, content: bytes = TEXT, name: str = "笔录.txt") -> str:
    """Send a file whole; give its id."""
    staged = begin(surface, user, content, name)
    for number in range(staged["pieces"]):
        piece = content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        assert put(surface, user, staged["id"], number, piece).status_code == 200
    answer = surface.call(user, "POST", f"{BASE}/{staged['id']}/finish")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def hung(surface: Surface, user: str, visit_id: str, lead: str, region: str) -> str:
    """Let a file of ``user`` hang on a visit of a department; give its id."""
    file = sent(surface, user)
    platform = surface.province.platform
    with platform.transactions.begin() as unit:
        sheet = visit_sheet(number=f"N-{visit_id}", lead=lead, region=region)
        items = tuple(evolve(item, department=lead) for item in sheet.items)
        made = evolve_visit(visit(visit_id), evolve(sheet, items=items))
        unit[Visits].save(made)
        staged = unit[StagedFiles].get(file)
        now = platform.clock.now()
        unit[Attachments].save(Attachment.of(staged, EVIDENCE, visit_id, at=now))
        unit.commit()
    return file


def evolve_visit(root: Visit, sheet: Any) -> Visit:
    """Give a visit with another sheet."""
    return Visit(
        id=root.id, sheet=sheet, officers=root.officers, due_on=root.due_on, state=root.state
    )


def test_a_file_is_sent_and_fetched(surface: Surface) -> None:
    """It comes as an attachment under its name, sandboxed, byte for byte."""
    file = hung(surface, "reader", "visit-1", "nanning", "450100")
    answer = surface.call("reader", "GET", f"{BASE}/visit/visit-1/{file}")
    assert (answer.status_code, answer.content) == (200, TEXT)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-length"] == str(len(TEXT))
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E7%AC")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_foreign_absent_and_digest_answer_alike(surface: Surface) -> None:
    """Whatever is asked for in vain, byte for byte one answer: a digest opens and tells nothing."""
    far = hung(surface, "far_reader", "visit-2", "liuzhou", "450200")
    own = hung(surface, "reader", "visit-1", "nanning", "450100")
    free = sent(surface, "reader")
    store = surface.province.platform.files.store
    asked = [
        f"visit/visit-2/{far}",
        f"visit/visit-1/{far}",
        f"visit/visit-2/{own}",
        f"visit/absent/{own}",
        f"task/visit-1/{own}",
        f"visit/visit-1/{free}",
        f"visit/visit-1/{sm3(TEXT).hex()}",
        f"visit/visit-1/{next(iter(store.addresses()))}",
        f"visit/visit-1/{own}?form=thumbnail",
    ]
    first, *others = (without_ids(surface.call("reader", "GET", f"{BASE}/{one}")) for one in asked)
    assert first[0] == 404
    assert all(one == first for one in others)
    assert surface.call("nobody", "GET", f"{BASE}/visit/visit-1/{own}").status_code == 403
    assert surface.call("", "GET", f"{BASE}/visit/visit-1/{own}").status_code == 401


def test_a_staged_file_is_its_owners_alone(surface: Surface) -> None:
    """For anybody else, the administrators too, it is as one that never was."""
    staged = begin(surface, "reader")
    for user in ("far_reader", "system", "security", "auditor"):
        for method, path, body in (
            ("GET", "{}", None),
            ("PUT", "{}/pieces/0", TEXT[:PIECE_BYTES]),
            ("POST", "{}/finish", None),
        ):
            answers = [
                without_ids(
                    surface.call(
                        user, method, f"{BASE}/{path.format(one)}", body=body, content_type=OCTETS
                    )
                )
                for one in (staged["id"], "0" * len(staged["id"]))
            ]
            first, second = (
                (status, content.replace(one.encode(), b""))
                for one, (status, content, _) in zip(
                    (staged["id"], "0" * len(staged["id"])), answers, strict=True
                )
            )
            assert first == second
            assert first[0] == 404


def test_a_stated_digest_tells_nothing(surface: Surface) -> None:
    """Who states the digest of what others sent must send every piece all the same."""
    sent(surface, "far_reader")
    staged = begin(surface, "reader")
    assert staged["received"] == []
    answer = surface.call("reader", "POST", f"{BASE}/{staged['id']}/finish")
    assert (answer.status_code, answer.json()["code"]) == (422, "files.file_refused")


def test_lost_replies_change_nothing(surface: Surface) -> None:
    """Pieces and the finish may be sent again after any lost reply, and answer alike."""
    staged = begin(surface, "reader")
    file = staged["id"]
    for number in range(staged["pieces"]):
        piece = TEXT[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        first = put(surface, "reader", file, number, piece).json()
        assert put(surface, "reader", file, number, piece).json() == first
    answers = [surface.call("reader", "POST", f"{BASE}/{file}/finish") for _ in range(3)]
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1


@pytest.mark.parametrize(
    ("number", "piece", "status"),
    [
        ("0", b"short", 422), ("99", b"x", 422), ("-1", b"x", 422), ("x", b"x", 400),
        ("0", b"", 422), ("0", bytes(17 << 20), 413),
    ],
)  # fmt: skip
def test_wrong_pieces_are_refused(surface: Surface, number: str, piece: bytes, status: int) -> None:
    """By size and number, and by the limit of all bodies."""
    staged = begin(surface, "reader")
    path = f"{BASE}/{staged['id']}/pieces/{number}"
    answer = surface.call("reader", "PUT", path, body=piece, content_type=OCTETS)
    assert answer.status_code == status


def test_the_quota_is_a_users_own(surface: Surface) -> None:
    """Who has sent too much within a day waits; others go on."""
    platform = surface.province.platform
    tight = evolve(platform.files, quota=Quota(bytes=len(TEXT), files=10))
    object.__setattr__(platform, "files", tight)
    try:
        begin(surface, "reader")
        body = {"name": "a.txt", "size": 1, "sm3": "ab" * 32}
        answer = surface.call("reader", "POST", BASE, body=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "files.quota_spent")
        assert surface.call("far_reader", "POST", BASE, body=body).status_code == 201
    finally:
        object.__setattr__(platform, "files", evolve(tight, quota=Quota()))


def test_whoever_owns_a_kind_answers_for_it() -> None:
    """Every ``Visible`` of the core is among those that the container knows."""
    use_cases()
    found = {
        one.kind: one
        for one in Visible.__subclasses__()
        if ".testing" not in one.__module__ and one.__module__.startswith("supervision_core")
    }
    assert found
    assert all(isinstance(INSTALLED_KINDS.of(kind), one) for kind, one in found.items())
