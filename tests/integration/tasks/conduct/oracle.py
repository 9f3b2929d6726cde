"""What must be so of whom is visited, by whom, for what and with which result, step by step.

Judged from what is stored and from the log, and of what the approver and the public are shown: no
rule of the product is asked. Whatever departs from published rule, register and what happened on
the spot is refused, or it stands there with actor and reason.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import define, field

from . import rules_of_draws as draws
from . import rules_of_results as results
from . import rules_of_visits as visits
from .steps import WATCHED, Change, Row, Step, require
from .world import World, actor_of


@define
class Oracle:
    """Looks at what each step changed."""

    world: World
    counted: Counter[str] = field(factory=Counter)
    _seen: dict[str, dict[str, str]] = field(factory=dict)
    _read: dict[str, tuple[str, Row]] = field(factory=dict)
    _audited: int = 0
    _memory: dict[str, Any] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Note how everything stands."""
        self._note()

    def _note(self) -> None:
        self._seen = {one: dict(self.world.rows(one)) for one in WATCHED}
        self._audited = len(self.world.store.audit)

    def _row(self, table: str, id_: str, text: str) -> Row:
        known = self._read.get(f"{table}/{id_}")
        if known is None or known[0] != text:
            known = self._read[f"{table}/{id_}"] = (text, json.loads(text))
        return known[1]

    def rows(self, table: str) -> Mapping[str, Row]:
        """Give the rows of a table."""
        return {id_: self._row(table, id_, text) for id_, text in self.world.rows(table).items()}

    def ends(self) -> None:
        """Raise ``Broken`` where the proofs of what went out would stay untold."""
        rows = {one: self.rows(one) for one in ("draw", "task", "visit")}
        results.proofs_are_public(self.world, rows)

    def check(self, by: str, verb: str) -> None:
        """Raise ``Broken`` where what somebody just did may not stand."""
        changes = tuple(self._changes())
        if changes:
            step = Step(self.world, by, verb, changes, self.rows, self._memory)
            for rule in RULES:
                rule(step)
            self._logged(step)
        self._note()

    def _changes(self) -> Iterator[Change]:
        for table in WATCHED:
            old, new = self._seen[table], self.world.rows(table)
            if old == new:
                continue
            for id_ in {*old, *new}:
                before, after = old.get(id_), new.get(id_)
                if before != after:
                    yield Change(
                        table, id_,
                        None if before is None else json.loads(before),
                        None if after is None else self._row(table, id_, after),
                    )  # fmt: skip

    def _logged(self, step: Step) -> None:
        """Demand that every change stands in the log, by who made it."""
        new = self.world.store.audit[self._audited :]
        user = actor_of(step.by).user
        targets = {one for row in new if row.entry.actor == user for one in row.entry.targets}
        for one in step.changes:
            version = (one.after or {}).get("version")
            require(f"{one.table}/{one.id}@{version}" in targets, "unlogged", one.table, one.names)


RULES: Final = (
    draws.draws_of_their_task, draws.officers_stand, draws.seeds_of_several,
    draws.what_went_out_stands, draws.pools_are_whole, draws.drawn_by_its_rule,
    draws.replaced_by_rank,
    draws.numbers_stand, visits.visits_have_grounds, visits.officers_as_drawn, visits.caps_hold,
    visits.approved_as_it_goes_out, visits.approver_sees, visits.extended_within_bounds,
    visits.results_stay, visits.formed_by_two, results.shown_stays, results.withheld_on_a_ground,
    results.pages_follow, results.draws_are_listed, results.firms_stay, results.cases_stay,
)  # fmt: skip
