"""What must be so of draws: whose they are, of whom, by which seed, and that they stand."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from supervision_core.identity.model import region_contains

from .steps import FIRM_OF, Change, Row, Step, pairs_of, picked, require, selected
from .world import UNGRADED_FIRM, actor_of, code_of, grade_of

BEFORE_DISPATCH: Final = frozenset({"drafted", "consulting", "ready"})
CHANGED_OTHERWISE: Final = frozenset({"scene_changed", "rule_changed", "model_changed", "no_run"})
"""What is said of a pool whose strata are not those that the calendar came to."""
NUMBERED: Final = ("lead", "scene", "year")


def draws_of_their_task(step: Step) -> None:
    """Demand that a draw belongs to one task, and that its lead alone does anything with it."""
    tasks, draws = step.rows("task"), step.rows("draw")
    for one in step.of("task"):
        named = draws.get((one.after or {}).get("_sheet", {}).get("draw", ""))
        require(named is None or named["task"] == one.id, "draw of another task", one.id)
    for one in step.of("draw"):
        draw = one.after
        assert draw is not None
        task = tasks.get(draw["task"])
        require(task is not None, "draw without a task", one.id)
        if step.department == draw["lead"]:
            continue
        require(one.names <= {"_rounds", "_state"}, "draw of others", step.by, sorted(one.names))
        require(_only_their_own(one, step.department), "share of others", step.by)


def _only_their_own(one: Change, department: str) -> bool:
    def others(row: Row | None) -> object:
        return [
            {**round_, "contributions": [
                given for given in round_["contributions"] if given["contributor"] != department
            ]}
            for round_ in (row or {}).get("_rounds", ())
        ]  # fmt: skip

    return others(one.before) == others(one.after)


def officers_stand(step: Step) -> None:
    """Demand that who was drawn to inspect stands, but for what the head granted.

    A correction by hand changes nobody's officers but of whom came in; once the task went out,
    nothing does.
    """
    tasks = step.rows("task")
    for one in step.of("draw"):
        before, after = one.before or {}, one.after or {}
        if not one.moved("_assignment"):
            continue
        if before.get("_assignment"):
            task = tasks[after["task"]]
            require(task["_state"] in BEFORE_DISPATCH, "officers drawn again", one.id, step.by)
        assigned = [each for each in (*after["_former"], after["_assignment"]) if each]
        if after["_granted"] or not before.get("_seed") or not after["_assignment"]:
            continue
        now = _sent(after["_assignment"])
        for former in [*assigned[:-1], before["_assignment"]]:
            for firm, officers in _sent(former).items():
                same = now.get(firm, officers) == officers
                require(same, "other officers drawn", one.id, firm, step.by)


def _sent(assignment: Row | None) -> Mapping[str, list[str]]:
    visits = assignment["visits"] if assignment else ()
    return {each["id"]: sorted(each["officers"]) for each in visits}


def seeds_of_several(step: Step) -> None:
    """Demand that no lead makes a seed alone, and that one pool and rule give one seed."""
    for one in step.of("draw"):
        draw = one.after or {}
        if one.moved("_seed") and draw["_seed"]:
            given = {each["contributor"] for each in draw["_rounds"][-1]["contributions"]}
            public = (draw["_public_value"] or {}).get("value")
            require(given - {draw["lead"]} or public, "seed of the lead alone", one.id)
            for id_, other in step.rows("draw").items():
                like = all(draw[name] == other[name] for name in ("task", "pool_hash", "rule"))
                if like and other["_seed"]:
                    require(other["_seed"] == draw["_seed"], "another ticket", one.id, id_)


def what_went_out_stands(step: Step) -> None:
    """Demand that a draw stands once its task went out: its proof says who it was."""
    tasks = step.rows("task")
    for one in step.of("draw"):
        task = tasks.get((one.after or {})["task"])
        if task is None or not task["_dispatched_at"] or one.before is None:
            continue
        if task["_sheet"]["draw"] == one.id:
            changed = one.names & {"_state", "_adjustments", "_drawn_hash"}
            require(not changed, "draw changed after dispatch", sorted(changed), step.by)


def pools_are_whole(step: Step) -> None:
    """Demand that a pool holds whom the scene inspects, by the calendar, and says departures."""
    for one in step.of("draw"):
        if one.before is None and one.after is not None:
            _pool_is_whole(step, one.id, one.after)


def _pool_is_whole(step: Step, id_: str, draw: Row) -> None:
    task = step.rows("task")[draw["task"]]
    sheet = task["_sheet"]
    pairs = pairs_of(step.world, draw["pool_hash"])
    there = set(_inspected(step, sheet))
    uninspected = '"exclusions":["' in draw["rule"]["canonical"]
    today = step.world.clock.now().date()
    out = _shielded(step, sheet, there, today) if uninspected else set()
    wanted = {code_of(one) for one in there - out}
    require(set(pairs) == wanted, "pool", sorted(set(pairs) ^ wanted), step.by)
    changes = draw["pool_changes"]
    counted = changes.get("excluded_drawn", 0) + changes.get("excluded_others", 0)
    require(counted == len(out), "exclusions uncounted", counted, sorted(out))
    if not CHANGED_OTHERWISE & {*changes}:
        strata = {code: str(_grade(FIRM_OF[code])) for code in pairs}
        # whoever has no grading yet gets one by hand: a move, which is listed since the draw before
        strata |= {code: at for code, at in pairs.items() if FIRM_OF[code] == UNGRADED_FIRM}
        require(pairs == strata, "strata", sorted(pairs.items() ^ strata.items()), step.by)
    _departures_listed(step, id_, draw, pairs)


def _departures_listed(step: Step, id_: str, draw: Row, pairs: Mapping[str, str]) -> None:
    """Demand that a pool is compared with what went out last, and that its changes are counted."""
    since = step.rows("draw").get(draw["since"])
    own = _touching(step, id_, draw)
    out = [one for one, other in own if _went_out(step, one, other)]
    if out:
        require(draw["since"] == out[-1], "compared with another than went out last", id_)
    elif own:
        oldest = draw["since"] == own[0][0]
        fair = since is not None and (oldest or _went_out(step, draw["since"], since))
        require(fair, "compared with a draw that was left open", id_)
    if since is None or since["region"] != draw["region"]:
        return
    old = pairs_of(step.world, since["pool_hash"])
    moved = {
        "came_in": len(pairs.keys() - old.keys()),
        "went_out": len(old.keys() - pairs.keys()),
        "moved": sum(old[one] != pairs[one] for one in old.keys() & pairs.keys()),
    }
    said = {name: draw["pool_changes"].get(name, 0) for name in moved}
    require(said == moved, "departures of a pool", said, moved)


def _touching(step: Step, id_: str, draw: Row) -> list[tuple[str, Row]]:
    """Give the lead's other draws of the scene, oldest first, of its region, or all that hold it.

    For whom, of which scene and where they were frozen, whatever their tasks say since.
    """
    for_whom = (draw["number"]["lead"], draw["number"]["scene"])
    like = [
        (one, other)
        for one, other in step.rows("draw").items()
        if one != id_
        and (other["number"]["lead"], other["number"]["scene"]) == for_whom
        and region_contains(other["region"], draw["region"])
    ]
    return sorted(like, key=lambda one: (one[1]["frozen_at"], one[1]["number"]["number"]))


def _went_out(step: Step, id_: str, draw: Row) -> bool:
    """Tell whether a draw went out with its task; one that was cleared before did not."""
    task = step.rows("task")[draw["task"]]
    dispatched = bool(task["_dispatched_at"]) and task["_sheet"]["draw"] == id_
    return dispatched and draw["_state"] != "cleared"


def _inspected(step: Step, sheet: Row) -> Iterator[str]:
    resources = step.rows("scene")[sheet["scene"]]["_resources"]
    subjects = step.rows("subject")
    for one in {*resources["subjects_added"]} - {*resources["subjects_removed"]}:
        row = subjects[one]
        alive = row["_status"] == "active" and not row["_deleted"]
        if alive and region_contains(sheet["region"], row["_region"]):
            yield one


def _shielded(step: Step, sheet: Row, firms: set[str], today: date) -> set[str]:
    """Give whom a visit of the year shields: formed, or dispatched and still to come."""
    year, tasks, found = sheet["ends_on"][:4], step.rows("task"), set()
    for visit in step.rows("visit").values():
        if not visit["sheet"].get("counts_toward_cap", True):
            continue
        formed, due = visit["_formed_on"], visit["_due_on"]
        arranged = (
            tasks[visit["sheet"]["task"]]["_dispatched_at"]
            and due[:4] == year
            and date.fromisoformat(due) >= today
            and visit["_state"] != "not_visited"
        )
        if (formed[:4] == year) if formed else arranged:
            found.add(visit["sheet"]["subject"])
    return found & firms


def _grade(firm: str) -> int:
    return 0 if firm == UNGRADED_FIRM else grade_of(firm)


def drawn_by_its_rule(step: Step) -> None:
    """Demand that seed and picks are what link, shares, value, pool and rule come to.

    Of each stratum floor(ratio x size) and one more by lot: so that splitting changes no chance.
    """
    for one in step.of("draw"):
        draw = one.after or {}
        if one.before is not None and one.before["_seed"]:
            stands = not (one.moved("_seed") or one.moved("_drawn_hash"))
            require(stands, "drawn otherwise", one.id, step.by)
        elif draw["_seed"]:
            seed = _seed(draw)
            require(draw["_seed"] == seed.hex(), "seed of something else", one.id)
            wanted = _picks(seed, pairs_of(step.world, draw["pool_hash"]), draw["rule"])
            found = picked(step.world, draw)
            require(
                found == wanted, "not drawn by its rule", sorted(found.items() ^ wanted.items())
            )


def _sm3(*parts: bytes) -> bytes:
    return hashlib.new("sm3", b"".join(parts)).digest()


def _seed(draw: Row) -> bytes:
    given = sorted(draw["_rounds"][-1]["contributions"], key=lambda one: one["contributor"])
    shares = (bytes.fromhex(one["nonce"] or one["commitment"]) for one in given)
    public = (draw["_public_value"] or {}).get("value")
    return _sm3(
        b"draw/2", bytes.fromhex(draw["pool_hash"]), _sm3(_shown(draw["rule"])),
        bytes.fromhex(draw["_leaf"]["value"]), *shares,
        _sm3(public.encode()) if public else b"",
    )  # fmt: skip


def _shown(rule: Row) -> bytes:
    """Give a rule as everybody reads it: of the officers that it keeps their SM3 alone."""
    document = json.loads(rule["canonical"])
    if "roster" in document.get("officers", {}):
        document["officers"] = {"sm3": _sm3(_canonical(document["officers"]["roster"])).hex()}
    return _canonical(document)


def _canonical(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _picks(seed: bytes, pairs: Mapping[str, str], rule: Row) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for stratum, quota in json.loads(rule["canonical"])["strata"].items():
        there = [code for code, at in pairs.items() if at == stratum]
        ranked = _ranked(seed, there)
        exact = Fraction(quota.get("ratio", 0)) * len(there) + quota.get("count", 0)
        lot = Fraction(int.from_bytes(_sm3(seed, b"\5", stratum.encode())), 2**256)
        count = exact // 1 + (lot < exact % 1)
        found |= dict.fromkeys(ranked[:count], stratum)
    return found


def _ranked(seed: bytes, codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: (_sm3(seed, b"\0", code.encode()), code))


def replaced_by_rank(step: Step) -> None:
    """Demand that the next in rank of its stratum stands in for a pick that is removed."""
    for one in step.of("draw"):
        made = (one.after or {})["_adjustments"]
        if one.before is None or not one.moved("_adjustments"):
            continue
        old = one.before["_adjustments"]
        require(_but_approver(made[: len(old)]) == _but_approver(old), "correction gone", one.id)
        for before, after in zip(old, made, strict=False):
            if after["approver"] != before["approver"]:
                seen = step.head and after["approver"] == actor_of(step.by).user
                require(seen and not before["approver"], "approved as another", one.id, step.by)
        require(len(made) <= len(old) + 1, "corrections at once", one.id, step.by)
        if len(made) == len(old):
            continue
        last, chosen = made[-1], selected(step.world, one.before)
        require(last["reason"].strip(), "corrected without a reason", one.id, step.by)
        if last["action"] != "remove":
            continue
        pairs = pairs_of(step.world, one.before["pool_hash"])
        out = chosen.keys() | {each["id"] for each in made if each["action"] == "remove"}
        code = last["id"]
        there = [each for each in pairs if pairs[each] == pairs.get(code) and each not in out]
        ranked = _ranked(bytes.fromhex(one.before["_seed"]), there)
        wanted = ranked[:1] if chosen[code] == "pick" else []
        require([last["replacement"] or ""] == (wanted or [""]), "not the next", one.id, step.by)


def _but_approver(adjustments: Iterable[Row]) -> list[Row]:
    return [{**one, "approver": ""} for one in adjustments]


def numbers_stand(step: Step) -> None:
    """Demand that each draw has the next number of its series, where its fate stands."""
    series = {
        tuple(one[name] for name in NUMBERED): one for one in step.rows("draw_series").values()
    }
    for one in step.of("draw_series"):
        require(one.after is not None, "series gone", one.id)
        old = [each["draw"] for each in (one.before or {}).get("_numbered", ())]
        new = [each["draw"] for each in (one.after or {})["_numbered"]]
        require(new[: len(old)] == old, "number gone", one.id)
    for one in step.of("draw"):
        draw = one.after or {}
        given = draw["number"]
        place = series.get(tuple(given[name] for name in NUMBERED))
        require(place is not None, "draw without a series", one.id)
        assert place is not None
        entry = place["_numbered"][given["number"] - 1]
        require(entry["draw"] == one.id, "number of another", one.id)
        if draw["_state"] == "cleared":
            told = (entry["fate"], entry["reason"]) == ("cleared", draw["_cleared_because"])
            require(told and entry["reason"].strip(), "cleared untold", one.id, step.by)
