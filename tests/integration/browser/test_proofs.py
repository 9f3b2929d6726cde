"""What browsers compute of draws: SM3, and every step of a proof, as the platform computes them."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.unit.draws.in_turn_cases import Case, case, withdrawn

from entrypoints.http.web import assets
from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.in_turn import Withdrawal, assign_in_turn
from supervision_core.draws.model.proof import Outcome, proof_of
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.series import Fate, Sibling
from supervision_core.draws.model.verification import verify
from supervision_core.kernel.plain import to_plain
from supervision_core.testing.draws import DUE, POOL, completed_draw, drawn_2, staffing_for

OWN = Path(assets.__file__).parent / "own"
SITE = "https://proofs.test"
HASHED = """async (texts) => {
  const m = await import('/sm3.js');
  return texts.map((one) => m.hex(m.sm3(m.utf8(one))));
}"""
FAILED = """async (cases) => {
  const { verify } = await import('/proof.js');
  const failed = (one) => verify(one).filter((each) => each.faults.length);
  return cases.map((one) => failed(one).map((each) => each.step));
}"""
VECTORS = Path(__file__).parents[2] / "vectors" / "sm_vectors.json"


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    """Give an empty page beside which the modules lie."""
    context = chromium.new_context()
    page = context.new_page()
    page.route(f"{SITE}/*", _served)
    page.goto(f"{SITE}/")
    yield page
    context.close()


def _served(route: Any) -> None:
    name = route.request.url.rpartition("/")[2]
    if name.endswith(".js"):
        route.fulfill(body=(OWN / name).read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>proofs</title>", content_type="text/html")


def test_sm3_is_that_of_the_standard(page: Any) -> None:
    """GB/T 32905: both examples of the standard."""
    known = json.loads(VECTORS.read_text("utf-8"))["sm3"]
    texts = [one["in_ascii"] for one in known]
    assert page.evaluate(HASHED, texts) == [one["out"] for one in known]


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    held = value if isinstance(value, dict | list) else []
    for name, one in held.items() if isinstance(held, dict) else enumerate(held):
        yield from _places(one, (*at, name))
    if at:
        yield at


def _forged(proof: Any, at: tuple[Any, ...]) -> Iterator[Any]:
    """Give the proof with what stands at a place taken away, and changed."""
    for act in ("take", "change"):
        copied = json.loads(json.dumps(proof))
        holder = copied
        for name in at[:-1]:
            holder = holder[name]
        value = holder[at[-1]]
        if act == "take":
            del holder[at[-1]]
        elif isinstance(value, str) and value:
            holder[at[-1]] = value[:-1] + ("1" if value[-1] == "0" else "0")
        elif isinstance(value, int):
            holder[at[-1]] = value + 1
        elif isinstance(value, list):
            holder[at[-1]] = value[::-1] if value != value[::-1] else value + value
        yield copied


@pytest.mark.function("F106")
def test_browsers_find_the_same_steps_wrong(page: Any) -> None:
    """A proof holds in the browser; forged anywhere, it fails in the steps that the core names."""
    draw, at = completed_draw(), DUE + timedelta(hours=4)
    draw.adjust(Action.ADD, "firm-extra", by="u-1", reason="群众举报", at=at)
    draw.assign_inspectors(staffing_for(draw.course.subjects), at=at)
    outcome = Outcome.of(draw, POOL)
    assert outcome is not None
    proof = proof_of(outcome)
    cases = [proof, *(one for place in _places(proof) for one in _forged(proof, place))]
    found = page.evaluate(FAILED, cases)
    assert found[0] == []
    assert found == [[one.value for one in verify(case).failed] for case in cases]


@pytest.mark.function("F106")
def test_browsers_find_the_same_steps_of_a_draw_2_wrong(page: Any) -> None:
    """Also a draw/2, with who replaced whom, the draws before it, chances and marks."""
    draw, at = drawn_2(), DUE + timedelta(hours=4)
    draw.adjust(Action.REMOVE, draw.picks[0].id, by="u-1", reason="停业", at=at, pool=POOL)
    draw.adjust(Action.ADD, "firm-extra", by="u-1", reason="群众举报", at=at)
    draw.assign_inspectors(staffing_for(draw.course.subjects), at=at)
    siblings = (
        Sibling(year=2026, number=1, draw_id="d-1", state=Fate.CLEARED, reason="名单有误"),
        Sibling(year=2026, number=2, draw_id="d-2", state=Fate.OPEN),
    )
    outcome = Outcome.of(draw, POOL, siblings)
    assert outcome is not None
    proof = proof_of(outcome)
    alone = proof | {"number": None, "siblings": [], "outsider": None, "opening": None}
    cases = [proof, alone, *(one for place in _places(proof) for one in _forged(proof, place))]
    found = page.evaluate(FAILED, cases)
    assert found[:2] == [[], []]
    assert found == [[one.value for one in verify(case).failed] for case in cases]


IN_TURN = """async (cases) => {
  const { assignedInTurn } = await import('/assignment-turns.js');
  const { unhex } = await import('/sm3.js');
  const plain = ([id, officers]) => [id, [...officers].sort()];
  return cases.map(({ staffing, seed, picks, turns }) => {
    const found = assignedInTurn(staffing, unhex(seed), picks, turns);
    return found && [...found].map(plain).sort();
  });
}"""


def _officers(asked: Case) -> list[list[Any]] | None:
    try:
        found = assign_in_turn(asked.seed, asked.staffing, asked.course)
    except DemandsUnmet:
        return None
    return sorted([one.id, list(one.officers)] for one in found.visits)


@pytest.mark.function("F106")
def test_browsers_assign_officers_in_turn(page: Any) -> None:
    """Picks first, then who came by hand, or withdrew: as the core finds, or none as well."""
    cases = [case(number) for number in range(60)]
    cases += [withdrawn(one, number) for number, one in enumerate(cases)]
    asked = [
        {
            "seed": one.seed.hex(),
            "staffing": to_plain(one.staffing),
            "picks": list(one.course.picks),
            "turns": [
                {"officer": each.officer, "subject": each.subject}
                if isinstance(each, Withdrawal)
                else [each.left, each.came]
                for each in one.course.steps
            ],
        }
        for one in cases
    ]
    wanted = [_officers(one) for one in cases]
    assert None in wanted
    assert page.evaluate(IN_TURN, asked) == wanted
