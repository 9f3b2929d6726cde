# ruff: noqa: C901, D103, FBT001, PLR0912, PLR0915, T201 - a script to be read from top to bottom
"""A second, independent checker of draw proofs: standard library only, no import of the platform.

    python verify_draw.py proof.json

Written from the published text of ``draw/1`` and ``draw/2`` alone; it favours the plainest code
over speed. It prints the first step that fails and exits with 1, or prints ``ok`` and what it
did not check.
"""

import hashlib
import json
import sys
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from itertools import pairwise, permutations
from pathlib import Path

UNCHECKED = "签名、名单是否齐全、随机数提交、公布和开启的时间是否属实、派员条件是否属实、审计存证"


DEPTH = 17  # hashes from a leaf to the root


def sm3(*parts: bytes) -> bytes:
    return hashlib.new("sm3", b"".join(parts)).digest()


def covers(outer: str, inner: str) -> bool:
    length = 2 if outer.endswith("0000") else 4 if outer.endswith("00") else 6
    return outer[:length] == inner[:length]


def quota(rule: dict, size: int) -> int:
    if "count" in rule:
        return min(rule["count"], size)
    whole = (Decimal(rule["ratio"]) * size).to_integral_value(ROUND_CEILING)
    return min(int(whole), size)


def drawn(rule: dict, size: int, seed: bytes, stratum: str) -> int:
    """Count by draw/2: the whole part, and one more with the chance of what is left."""
    if "count" in rule:
        return min(rule["count"], size)
    share = Fraction(rule["ratio"]) * size
    lot = Fraction(int.from_bytes(sm3(seed, b"\5", stratum.encode()), "big"), 2**256)
    return min(int(share) + (lot < share - int(share)), size)


def chance_of(rule: dict, size: int, k: int) -> dict:
    if "count" in rule:
        chance = Fraction(min(rule["count"], size), size)
    else:
        chance = min(Fraction(rule["ratio"]), Fraction(1))
    kind = "all" if chance == 1 else "targeted" if chance > Fraction(1, 2) else "random"
    parts = {"numerator": chance.numerator, "denominator": chance.denominator}
    return {"size": size, "drawn": k, **parts, "kind": kind}


def items_of(subject: str, stratum: str | None, rule: dict, seed: bytes) -> list[str]:
    """Give the check items of one subject; without a stratum (added from outside), all of them."""
    prefix = seed + b"\2" + subject.encode() + b"\x1f"
    ranked = sorted(
        (sm3(prefix, item["id"].encode()), item["id"])
        for item in rule["pool"]
        if stratum is None or stratum in item["strata"]
    )
    limited = rule["strata"].get(stratum)
    k = quota(limited, len(ranked)) if limited else len(ranked)
    return [item for _, item in ranked[:k]]


def candidates(officers: dict, visit: dict, demand: dict, seed: bytes) -> list[str]:
    """Give the eligible officers of one group, in the order in which they are tried."""
    recused = {r["officer"] for r in officers["recusals"] if r["subject"] == visit["subject"]}
    found = [
        o["id"]
        for o in officers["inspectors"]
        if o["id"] not in recused
        and (officers["cap"] is None or o["workload"] < officers["cap"])
        and certified(o, visit, demand, officers["day"])
    ]
    return by_lot(found, visit["subject"], seed)


def certified(officer: dict, visit: dict, demand: dict, day: str) -> bool:
    return officer["department"] in demand["departments"] and any(
        demand["matter"] in c["matters"]
        and any(covers(r, visit["region"]) for r in c["regions"])
        and c["valid_from"] <= day <= c["valid_until"]
        for c in officer["certificates"]
    )


def by_lot(found: list[str], subject: str, seed: bytes) -> list[str]:
    prefix = subject.encode() + b"\x1f"
    return sorted(found, key=lambda o: (sm3(seed, b"\1", prefix, o.encode()), o.encode()))


def first_assignment(places: list, load: dict, cap: int) -> list | None:
    """Kuhn's paths, depth first; ``places`` are (subject, group, candidates)."""
    load, held = dict(load), [None] * len(places)

    def on_visit(officer: str, place: int) -> int | None:
        same = (p for p, who in enumerate(held) if who == officer)
        return next((p for p in same if places[p][0] == places[place][0]), None)

    def place_one(place: int, seen: set, moved: set) -> bool:
        moved.add(place)
        for officer in places[place][2]:
            if officer in seen:
                continue
            other = on_visit(officer, place)
            if other is not None:
                movable = places[other][1] != places[place][1] and other not in moved
                if not (movable and place_one(other, seen, moved)):
                    continue
            else:
                seen.add(officer)
                if load[officer] >= cap:
                    rivals = [p for p, who in enumerate(held) if who == officer]
                    if not any(p not in moved and place_one(p, seen, moved) for p in rivals):
                        continue
            if held[place] is not None:
                load[held[place]] -= 1
            held[place] = officer
            load[officer] += 1
            return True
        return False

    return held if all(place_one(p, set(), set()) for p in range(len(places))) else None


def balance(places: list, held: list, load: dict) -> list:
    """Apply the first alternating path to a load lower by two, until there is none."""
    while True:
        now = {o: load[o] + held.count(o) for o in load}
        for start in sorted(load, key=lambda o: (-now[o], o.encode())):
            came, line = {start: None}, [("officer", start)]
            goal = None
            for kind, node in line:
                mine = [p for p, o in enumerate(held) if o == node] if kind == "officer" else [node]
                for p in mine:
                    on = {held[q]: q for q in range(len(places)) if places[q][0] == places[p][0]}
                    for officer in places[p][2]:
                        other = on.get(officer)
                        if officer in came or (other is not None and ("place", other) in came):
                            continue
                        if other is not None:
                            if places[other][1] != places[p][1]:
                                came["place", other] = (
                                    ("officer", node) if kind == "officer" else ("place", node),
                                    p,
                                    officer,
                                )
                                line.append(("place", other))
                            continue
                        came[officer] = ((kind, node), p, officer)
                        line.append(("officer", officer))
                        if now[officer] <= now[start] - 2:
                            goal = officer
                            break
                    if goal:
                        break
                if goal:
                    break
            if goal:
                step = came[goal]
                while step:
                    (kind, node), p, officer = step
                    held[p] = officer
                    step = came[node] if kind == "officer" else came["place", node]
                break
        else:
            return held


def assignment(officers: dict, seed: bytes) -> dict:
    visits = sorted(
        officers["visits"],
        key=lambda v: (sm3(seed, b"\0", v["subject"].encode()), v["subject"].encode()),
    )
    places, load = [], {o["id"]: o["workload"] for o in officers["inspectors"]}
    for v in visits:
        order = sorted(v["demands"], key=lambda d: (d["departments"], d["matter"], d["count"]))
        for index, d in enumerate(order):
            group = (v["subject"], index, candidates(officers, v, d, seed))
            places += [group] * d["count"]
    cap, most = 0, max(load.values(), default=0) + len(visits)
    if officers["cap"] is not None:
        most = min(most, officers["cap"])
    while (held := first_assignment(places, load, cap)) is None:
        cap += 1
        if cap > most:
            raise AssertionError("officers")
    held = balance(places, held, load)
    return {
        v["subject"]: {o for p, o in zip(places, held, strict=True) if p[0] == v["subject"]}
        for v in visits
    }


def in_turn(officers: dict, seed: bytes, picks: list[str], turns: list[tuple]) -> dict:
    """Assign the picks, then take the steps one by one: nobody else's officers change.

    ``turns`` say who left and who came, in order, and, as three, which officer withdrew from whom;
    who cannot have officers yet waits for some.
    """
    officers = officers | {"recusals": list(officers["recusals"])}
    visits = {v["subject"]: v for v in officers["visits"]}
    prior = {o["id"]: o["workload"] for o in officers["inspectors"]}
    given = {}

    def give(subjects: list[str]) -> bool:
        load = dict(prior)
        for who in given.values():
            for one in who:
                load[one] += 1
        loaded = [o | {"workload": load[o["id"]]} for o in officers["inspectors"]]
        asked = officers | {"visits": [visits[s] for s in subjects], "inspectors": loaded}
        try:
            given.update(assignment(asked, seed))
        except AssertionError:
            return False
        return True

    ordered = sorted(picks, key=lambda s: (sm3(seed, b"\0", s.encode()), s.encode()))
    first = next(n for n in range(len(ordered), -1, -1) if give(ordered[:n]))
    waiting = [s for s in ordered[first:] if not give([s])]

    def replaced(officer: str, subject: str) -> bool:
        """Let the first by lot take the place; tell whether anybody could."""
        staying = given[subject] - {officer}
        kept_away = {r["officer"] for r in officers["recusals"] if r["subject"] == subject}
        known = {o["id"]: o for o in officers["inspectors"]}
        slots = [d for d in visits[subject]["demands"] for _ in range(d["count"])]
        for one in by_lot([o for o in known if o not in kept_away | staying], subject, seed):
            load = prior[one] + sum(one in who for s, who in given.items() if s != subject)
            fits = any(
                all(
                    certified(known[o], visits[subject], d, officers["day"])
                    for o, d in zip(order, slots, strict=True)
                )
                for order in permutations([*staying, one])
            )
            if fits and (officers["cap"] is None or load < officers["cap"]):
                given[subject] = staying | {one}
                return True
        return False

    for left, came, *withdrawn in turns:
        if withdrawn:
            officers["recusals"].append({"officer": left, "subject": came})
            if left in given.get(came, ()) and not replaced(left, came):
                del given[came]
                waiting.append(came)
        else:
            given.pop(left, None)
            waiting = [s for s in waiting if s != left] + ([] if came is None else [came])
        waiting = [s for s in waiting if not give([s])]
    must(not waiting, "assignment")
    return given


def must(holds: bool, step: str) -> None:
    if not holds:
        raise AssertionError(step)


def seed_1(proof: dict, hashes: bytes) -> bytes:
    given = sorted(proof["contributions"], key=lambda c: c["contributor"].encode())
    for c in given:
        nonce = bytes.fromhex(c["nonce"])
        bound = sm3(c["contributor"].encode(), b"\x1f", nonce).hex()
        must(bound == c["commitment"], "contributions")
        must(all(c["revealed_at"] >= d["committed_at"] for d in given), "contributions")
    return sm3(b"draw/1", hashes, *(bytes.fromhex(c["nonce"]) for c in given))


def seed_2(proof: dict, hashes: bytes) -> bytes:
    leaf = proof["leaf"]
    index, value = leaf["index"], bytes.fromhex(leaf["value"])
    must(1 <= index <= 2**DEPTH and len(leaf["path"]) == DEPTH, "leaf")
    reached, place = sm3(b"\0", index.to_bytes(8, "big"), value), index - 1
    for beside in map(bytes.fromhex, leaf["path"]):
        reached = sm3(b"\1", beside, reached) if place % 2 else sm3(b"\1", reached, beside)
        place //= 2
    must(reached.hex() == leaf["root"], "leaf")
    given = sorted(proof["contributions"], key=lambda c: c["contributor"].encode())
    names = [c["contributor"] for c in given] + proof["late"]
    must(len(set(names)) == len(names), "contributions")
    shares = b""
    for c in given:
        if c["nonce"] is not None:
            bound = sm3(c["contributor"].encode(), b"\x1f", bytes.fromhex(c["nonce"])).hex()
            must(bound == c["commitment"], "contributions")
        shares += bytes.fromhex(c["commitment"] if c["nonce"] is None else c["nonce"])
    public, opening, outsider = proof["public_value"], proof["opening"], proof["outsider"]
    must(bool(given) or public is not None, "contributions")
    if public is not None:
        must(len(set(public["entered_by"])) == 2, "outsider")  # noqa: PLR2004 - departments
    if opening is not None:
        closed, opened = (datetime.fromisoformat(opening[m]) for m in ("closed_at", "opened_at"))
        must(opened >= closed, "outsider")
        deposited = [datetime.fromisoformat(c["deposited_at"]) for c in given]
        must(all(moment <= closed for moment in deposited), "outsider")
    if outsider is None:
        must(proof["number"] is None, "outsider")
    else:
        apart = outsider == {"kind": "public_value", "contributor": ""} and public is not None
        of_all = outsider["kind"] in {"department", "supervision"}
        took_part = outsider["contributor"] in {c["contributor"] for c in given}
        must(apart or (of_all and took_part), "outsider")
        must(opening["by"] == "witness" or public is not None, "outsider")
    public_hash = b"" if public is None else sm3(public["value"].encode())
    return sm3(b"draw/2", hashes, value, shares, public_hash)


def rostered(roster: dict, officers: dict, seed: bytes, recused: list) -> None:
    """See that officers, demands, day and cap are those of the rule; each recusal has a reason."""
    drawn = {}
    for team in roster["teams"]:
        lot = sm3(seed, b"\x03", team["id"].encode())
        for department in team["departments"]:
            if department not in drawn or lot < drawn[department][0]:
                drawn[department] = lot, team
    going = {
        o["id"]: o
        for o in roster["inspectors"]
        if o["department"] not in drawn or o["id"] in drawn[o["department"]][1]["members"]
    }
    must({o["id"]: o for o in officers["inspectors"]} == going, "officers")
    must((officers["day"], officers["cap"]) == (roster["day"], roster.get("cap")), "officers")
    wanted = roster["demands"]
    must(not wanted or all(v["demands"] == wanted for v in officers["visits"]), "officers")
    reasoned = [r for r in recused if r["reason"].strip() and r["by"].strip()]
    told = {(r["officer"], r["subject"], r["ground"]) for r in reasoned}
    decided = [r for r in officers["recusals"] if r["ground"] in {"request", "absence"}]
    must(all((r["officer"], r["subject"], r["ground"]) in told for r in decided), "officers")


def stepped(turns: list[tuple], recused: list) -> list[tuple]:
    """Give corrections and, after as many of them as each says, the recusals that are steps."""
    steps = [r for r in recused if "after" in r]
    places = [r["after"] for r in steps]
    must(places == sorted(places) and all(0 <= n <= len(turns) for n in places), "officers")
    found = []
    for made in range(len(turns) + 1):
        found += turns[made - 1 : made] if made else []
        found += [(r["officer"], r["subject"], made) for r in steps if r["after"] == made]
    return found


def series(proof: dict) -> None:
    """See that the draws before this one are listed without a gap, and why one was cleared."""
    if proof["number"] is None:
        must(proof["siblings"] == [], "number")
        return
    year, number = proof["number"]["year"], proof["number"]["number"]
    for each in reversed(proof["siblings"]):
        before = (each["year"], each["number"]) == (year, number - 1)
        must(before or (number == 1 and each["year"] == year - 1), "number")
        must(each["state"] in {"open", "cleared"}, "number")
        must((each["state"] == "cleared") == bool(each["reason"].strip()), "number")
        year, number = each["year"], each["number"]


def verify(proof: dict, folder: Path) -> None:
    """Raise AssertionError with the name of the step that fails."""
    must(proof["format"] in {"draw-proof/1", "draw-proof/2"}, "format")
    second = proof["format"] == "draw-proof/2"
    if "pool_file" in proof:
        data = (folder / proof["pool_file"]["name"]).read_bytes()
        must(sm3(data).hex() == proof["pool_file"]["sm3"], "pool")
        pool = [tuple(line.split("\t")) for line in data.decode().split("\n")[:-1]]
        must(len(pool) == proof["pool_file"]["count"], "pool")
    else:
        pool = [(each["id"], each["stratum"]) for each in proof["pool"]]
    ids = [id_.encode() for id_, _ in pool]
    must(all(a < b for a, b in pairwise(ids)), "pool")
    must(not any({0x1F, 0x0A} & set(i) for i in ids), "pool")
    hashed = b"".join(i + b"\x1f" + s.encode() + b"\n" for i, (_, s) in zip(ids, pool, strict=True))
    must(sm3(hashed).hex() == proof["pool_hash"], "pool_hash")
    text = json.dumps(proof["rule"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    must(sm3(text.encode()).hex() == proof["rule_hash"], "rule_hash")
    hashes = bytes.fromhex(proof["pool_hash"] + proof["rule_hash"])
    seed = (seed_2 if second else seed_1)(proof, hashes)
    must(seed.hex() == proof["seed"], "seed")
    picks, thresholds, chances, waiting = [], {}, {}, {}
    for stratum in sorted({s for _, s in pool}, key=str.encode):
        rule = proof["rule"]["strata"][stratum]
        ranked = sorted(
            (sm3(seed, b"\0", i), i) for i, (_, s) in zip(ids, pool, strict=True) if s == stratum
        )
        size = len(ranked)
        k = drawn(rule, size, seed, stratum) if second else quota(rule, size)
        chances[stratum] = chance_of(rule, size, k)
        waiting[stratum] = [i.decode() for _, i in ranked[k:]]
        for rank, i in ranked[:k]:
            picks.append({"id": i.decode(), "stratum": stratum, "rank": rank.hex()})
            thresholds[stratum] = rank.hex()
    must(not second or chances == proof["chances"], "chances")
    must(picks == proof["picks"], "picks")
    must(thresholds == proof["thresholds"], "thresholds")
    by_chance, turns = {p["id"]: p["stratum"] for p in picks}, []
    chosen, gone = set(by_chance), set()
    for each in proof["manual"]:
        must(bool(each["by"].strip() and each["reason"].strip()), "manual")
        known = {"add": each["id"] not in chosen, "remove": each["id"] in chosen}
        must(known.get(each["action"], False), "manual")
        stratum, next_ = None, None
        if each["action"] == "remove":
            stratum = by_chance.pop(each["id"], None)
            left = (i for i in waiting.get(stratum, []) if i not in chosen and i not in gone)
            next_ = next(left, None)
            gone.add(each["id"])
        chosen ^= {each["id"]}
        if second:
            must(each["replacement"] == next_, "manual")
            if next_ is not None:
                chosen.add(next_)
                by_chance[next_] = stratum
        turns.append((None, each["id"]) if each["action"] == "add" else (each["id"], next_))
    rule = proof["rule"].get("items")
    if rule and rule["pool"]:
        strata = dict(pool)
        found = [(each, items_of(each, strata.get(each), rule, seed)) for each in chosen]
        must(sorted((e["id"], e["items"]) for e in proof["items"]) == sorted(found), "items")
    else:
        must(proof.get("items", []) == [], "items")
    officers, roster = proof["officers"], proof["rule"].get("officers")
    if roster and set(roster) == {"sm3"}:
        hidden, roster = roster["sm3"], proof.get("roster")
        must(roster is not None or not officers, "officers")
        text = json.dumps(roster, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        must(roster is None or sm3(text.encode()).hex() == hidden, "officers")
    if officers:
        visited = [visit["subject"] for visit in officers["visits"]]
        first = [p["id"] for p in picks] if second else sorted(chosen)
        turns = turns if second else []
        ever = {*first, *(came for _, came in turns if came is not None)}
        turns = stepped(turns, proof.get("recused", []) if second else [])
        must(len(visited) == len(ever) and set(visited) == ever, "officers")
        if roster:
            rostered(roster, officers, seed, proof["recused"])
        stated = sorted((a["id"], sorted(a["officers"])) for a in proof["assignment"])
        made = in_turn(officers, seed, first, turns)
        must(
            stated == sorted((subject, sorted(who)) for subject, who in made.items()), "assignment"
        )
    else:
        must(proof["assignment"] == [], "assignment")
    if second:
        series(proof)
        much = len(proof["manual"]) > 2 or len(proof["manual"]) * 10 > len(chosen)  # noqa: PLR2004
        must(("adjusted" in proof["marks"]) == much, "marks")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the proof
        sys.exit("python3 verify_draw.py PROOF.json")
    path = Path(sys.argv[1])
    try:
        verify(json.loads(path.read_text(encoding="utf-8")), path.parent)
    except (AssertionError, KeyError, TypeError, ValueError, OSError) as fault:
        sys.exit(f"failed: {fault}")
    print(f"ok：内容自洽。没有核对：{UNCHECKED}")
