"""What must be so before the public: results, draws, firms and cases, and who decides of them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import count as count_from
from itertools import islice
from typing import Final

from supervision_core.content.model import OpenColumn, OpenDrawsAsked
from supervision_core.content.model.listed import ListedDraw, OpenDrawPage
from supervision_core.content.services.opening import OpenShelf
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import MAX_PAGE_SIZE, PageRequest

from .steps import Change, Row, Step, picked, require
from .world import World, actor_of

GROUNDS: Final = frozenset({"state_secret", "safety", "trade_secret", "privacy", "case_file"})
TOLD_WITHIN: Final = 20
"""Working days after a task's end until its proof is public in any case."""
OFTEN: Final = 5
"""The list of draws is read at each fifth step that changes one."""


def shown_stays(step: Step) -> None:
    """Demand that a shown result goes by the lead's head alone, on a ground and for a reason."""
    for one in step.of("publication"):
        require(one.after is not None, "publication gone", one.id)
        assert one.after is not None
        old = (one.before or {}).get("_withdrawals", [])
        require(one.after["_withdrawals"][: len(old)] == old, "withdrawal forgotten", one.id)
        if (one.before or {}).get("_state") == "shown":
            if one.after["_state"] == "shown":
                require(one.after["_until"] >= (one.before or {})["_until"], "display cut", one.id)
                continue
            last = one.after["_withdrawals"][-1] if one.after["_withdrawals"] else {}
            require(
                step.head and step.department == one.after["lead"], "withdrawn by others", step.by
            )
            require(
                len(one.after["_withdrawals"]) > len(old)
                and last["reason"].strip()
                and last["ground"]
                and last["by"] == actor_of(step.by).user
                and one.after["_state"] == "withdrawn",
                "withdrawn without a ground", one.id,
            )  # fmt: skip


def firms_stay(step: Step) -> None:
    """Demand two people of the registrar, with paper and reason, where a firm is struck off."""
    for one in step.of("subject"):
        if one.before is None or not (one.moved("_status") or one.moved("_deleted")):
            continue
        proposals = [
            each.after
            for each in step.of("registration_change")
            if each.after
            and each.after["subject"] == one.id
            and each.after["_state"] == "confirmed"
        ]
        require(proposals, "struck off without a second person", one.id, step.by)
        paper = proposals[0]
        assert paper is not None
        require(paper["by"] != paper["_decided_by"], "one decided alone", step.by)
        require(
            paper["department"] == one.before["_registered_by"] == step.department,
            "by another than the registrar", step.by,
        )  # fmt: skip
        require(
            paper["proposed"]["papers"] and paper["proposed"]["reason"].strip(), "without paper"
        )


def cases_stay(step: Step) -> None:
    """Demand that the head drops what was marked for a penalty, for a reason."""
    for one in step.of("transfer"):
        require(one.after is not None, "case gone", one.id)
        row = one.after or {}
        last = row["_steps"][-1] if row["_steps"] else {}
        if last.get("state") == "dropped" and one.moved("_steps"):
            require(step.head and last["note"].strip(), "case dropped", step.by)


def withheld_on_a_ground(step: Step) -> None:
    """Demand that a result is kept back by the lead's head alone, on a ground of the law."""
    for one in step.of("publication"):
        row = one.after or {}
        if row["_state"] == "withheld" and one.moved("_state"):
            require(step.head and step.department == row["lead"], "withheld by others", step.by)
            said = row["_withheld_on_ground"] in GROUNDS and row["_withheld_because"].strip()
            require(said, "withheld without a ground", one.id)


def pages_follow(step: Step) -> None:
    """Demand that a page says what was found and decided; one taken back stays, and says why."""
    for one in step.of("publication"):
        if one.after is None:
            continue
        _says_what_was_found(step, one)
        facts = _page(step.world, one.id)
        if one.after["_state"] in {"due", "withheld"}:
            require(facts is None, "shown undecided", one.id)
        elif step.world.today.isoformat() <= one.after["_until"]:
            require(facts is not None, "page gone", one.id, one.after["_state"])
            assert facts is not None
            if one.after["_state"] == "withdrawn":
                last = one.after["_withdrawals"][-1]
                require(facts["公示状态"] == "已撤回", "taken back silently", one.id)
                require(facts["撤回理由"] == last["reason"], "taken back without why", one.id)
                require(facts["撤回事由"] and facts["撤回日期"], "taken back without when", one.id)
                require("检查结论" not in facts, "shown though taken back", one.id)
            else:
                require(facts["检查结论"], "shown without a result", one.id)
                named = one.after["_shown"]["checked_on"]
                require(facts["结果形成日期"] == named, "shown otherwise", one.id)


def _says_what_was_found(step: Step, one: Change) -> None:
    visit, shown = step.rows("visit")[one.id], (one.after or {})["_shown"]
    if not one.moved("_shown"):
        return
    failed = {each["item"] for each in visit["_results"] if each["outcome"] == "failed"}
    titles = [each["title"] for each in visit["sheet"]["items"] if each["id"] in failed]
    require(sorted(shown["failed_items"]) == sorted(titles), "findings unsaid", one.id)
    require(shown["outcomes"] == visit["_conclusion"]["outcomes"], "outcome unsaid", one.id)
    require(shown["items"] == len(visit["sheet"]["items"]), "items unsaid", one.id)
    require(shown["checked_on"] == visit["_formed_on"], "day unsaid", one.id)


def _page(world: World, result: str) -> Mapping[str, str] | None:
    with world.transactions.begin_reading() as unit:
        try:
            told = OpenShelf(unit, world.today).read(OpenColumn.RESULTS, result)
        except NotFound:
            return None
        return {one.title: one.text for one in told.facts}


def draws_are_listed(step: Step) -> None:
    """Demand that the public list has every draw: number, chances, corrections, clearing."""
    if not any(step.of("draw")):
        return
    step.memory["listed"] = step.memory.get("listed", 0) + 1
    if step.memory["listed"] % OFTEN == 0:
        listed(step.world, step.rows("draw"))


def _lines(ask: Callable[[PageRequest], OpenDrawPage]) -> Iterator[ListedDraw]:
    page = ask(PageRequest(size=MAX_PAGE_SIZE))
    yield from page.items
    while page.next_cursor is not None:
        page = ask(PageRequest(size=MAX_PAGE_SIZE, cursor=page.next_cursor))
        yield from page.items


def listed(world: World, draws: Mapping[str, Row]) -> None:
    """Compare the public list with the draws that are stored."""
    with world.transactions.begin_reading() as unit:
        shelf = OpenShelf(unit, world.today)
        asked = OpenDrawsAsked(year=world.today.year)
        found = {one.id: one for one in _lines(partial(shelf.draws, asked))}
    require(found.keys() == draws.keys(), "draw unlisted", sorted(found.keys() ^ draws.keys()))
    for id_, draw in draws.items():
        line, made = found[id_], [one["action"] for one in draw["_adjustments"]]
        require(line.number == draw["number"]["number"], "number untold", id_)
        said = (line.added, line.removed, line.state == "已清空")
        true = (made.count("add"), made.count("remove"), draw["_state"] == "cleared")
        require(said == true, "list says something else", id_, said, true)
        if draw["_drawn_hash"]:
            drawn = sum(one.drawn or 0 for one in line.strata)
            require(drawn == len(picked(world, draw)), "picks uncounted", id_)


def proofs_are_public(world: World, rows: Mapping[str, Mapping[str, Row]]) -> None:
    """Demand of each draw a public proof twenty working days after its task's end.

    Whatever visits are open then are told as not completed. A draw that was cleared tells its
    own end instead: visits that its task has by other grounds are none of its picks.
    """
    for id_, draw in rows["draw"].items():
        task = rows["task"][draw["task"]]
        if not (draw["_seed"] and task["_dispatched_at"]):
            continue
        day = _worked_after(world, date.fromisoformat(task["_sheet"]["ends_on"]), TOLD_WITHIN)
        with world.transactions.begin_reading() as unit:
            shelf = OpenShelf(unit, day)
            line = shelf.draw(id_)
            require(line.proof and not line.withheld, "proof withheld", id_, day)
            proof = shelf.draw_proof(id_)
        require(proof["seed"] == draw["_seed"], "proof of something else", id_)
        if task["_sheet"]["draw"] == id_ and draw["_state"] != "cleared":
            visits = [one for one in rows["visit"].values() if one["sheet"]["task"] == task["id"]]
            open_ = sum(not (one["_formed_on"] or one["_state"] == "not_visited") for one in visits)
            require(line.unfinished == open_, "unfinished untold", line.unfinished, open_)


def _worked_after(world: World, day: date, count: int) -> date:
    """Give the day so many working days later; of weekdays where no calendar says which are."""
    with world.transactions.begin_reading() as unit:
        worked = sorted(one for one in unit[Calendars].working_calendar().days if one > day)
    weekdays = (
        one for one in (day + timedelta(days=n) for n in count_from(1)) if one.weekday() < 5
    )
    return worked[count - 1] if len(worked) >= count else next(islice(weekdays, count - 1, None))
