"""The steps of a proof that a ``draw/2`` has in place of, or beside, those of a ``draw/1``."""

from collections.abc import Iterator, Mapping
from typing import Final

from supervision_core.draws.model.leaves import Leaf
from supervision_core.draws.model.picking import chances, counts
from supervision_core.draws.model.ranking import commitment, seed_of_2
from supervision_core.draws.model.reading import (
    Blocked,
    Malformed,
    State,
    deposit_of,
    digest_of,
    id_of,
    moment_of,
    object_of,
    objects_of,
    text_of,
    texts_of,
    whole_of,
)
from supervision_core.draws.model.rule import uncovered
from supervision_core.draws.model.selection import much_adjusted
from supervision_core.draws.model.series import Fate
from supervision_core.draws.model.sources import (
    DRAW_2,
    Mark,
    OpenedBy,
    Opening,
    OutsiderKind,
    PublicValue,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import to_plain

_ENTERED_BY: Final = 2
"""Departments that enter a public value."""


def check_leaf(state: State) -> Iterator[Violation]:
    """Go the path from the platform's value at its index: that leads to the root."""
    read = object_of(state.member("leaf"), "leaf", {"root", "index", "value", "path"})
    leaf = Leaf(
        root=digest_of(read["root"], "leaf.root"),
        index=whole_of(read["index"], "leaf.index", 1),
        value=digest_of(read["value"], "leaf.value"),
        path=tuple(digest_of(each, "leaf.path") for each in texts_of(read["path"], "leaf.path")),
    )
    if not leaf.holds:
        yield Violation("draws.proof_leaf_differs", "leaf")


def check_deposits(state: State) -> Iterator[Violation]:
    """Hold each nonce against its commitment; nobody is named twice, or as late too."""
    members = {"contributor", "commitment", "nonce", "deposited_at"}
    stated = objects_of(state.member("contributions"), "contributions", members)
    read = tuple(deposit_of(each, at) for at, each in stated)
    late = texts_of(state.member("late"), "late")
    named = [*(each.contributor for each in read), *late]
    if len(set(named)) < len(named):
        yield Violation("draws.contributor_repeated", "contributions")
        return
    state.contributions = read
    if not read and state.member("public_value") is None:
        yield Violation("draws.contributors_missing", "contributions")
    for index, each in enumerate(read):
        if each.nonce is not None and commitment(each.contributor, each.nonce) != each.commitment:
            at = f"contributions[{index}].commitment"
            yield Violation("draws.proof_commitment_differs", at, {"id": each.contributor})


def check_outsider(state: State) -> Iterator[Violation]:
    """See that somebody from outside took part, and that the deposits were opened in time.

    Without a number a draw may have none: one machine made it for itself.
    """
    state.public_value = _public_value(state.member("public_value"))
    stated, opening = state.member("outsider"), _opening(state.member("opening"))
    if state.contributions is None:
        raise Blocked
    if opening is not None:
        if any(each.committed_at > opening.closed_at for each in state.contributions):
            yield Violation("draws.proof_deposited_late", "contributions")
        if opening.opened_at < opening.closed_at:
            yield Violation("draws.proof_opened_early", "opening")
    if stated is None:
        if state.member("number") is not None:
            yield Violation("draws.proof_outsider_missing", "outsider")
        return
    yield from _outsider_faults(state, stated)
    if opening is None:
        yield Violation("draws.proof_opening_missing", "opening")
    elif opening.by is OpenedBy.PLATFORM and state.public_value is None:
        yield Violation("draws.proof_public_value_missing", "public_value")


def _outsider_faults(state: State, stated: object) -> Iterator[Violation]:
    read = object_of(stated, "outsider", {"kind", "contributor"})
    kind = text_of(read["kind"], "outsider.kind")
    contributor = text_of(read["contributor"], "outsider.contributor")
    if kind not in {each.value for each in OutsiderKind}:
        raise Malformed("outsider.kind")
    given = {each.contributor for each in state.contributions or ()}
    if kind == OutsiderKind.PUBLIC_VALUE:
        missing = bool(contributor) or state.public_value is None
    else:
        missing = contributor not in given
    if missing:
        yield Violation("draws.proof_outsider_missing", "outsider", {"id": contributor})


def _public_value(value: object) -> PublicValue | None:
    if value is None:
        return None
    read = object_of(value, "public_value", {"name", "issue", "value", "entered_by"})
    entered_by = texts_of(read["entered_by"], "public_value.entered_by")
    named = [text_of(read[name], f"public_value.{name}") for name in ("name", "issue", "value")]
    if len(set(entered_by)) != _ENTERED_BY or not all([*named, *entered_by]):
        raise Malformed("public_value")
    return PublicValue(name=named[0], issue=named[1], value=named[2], entered_by=entered_by)


def _opening(value: object) -> Opening | None:
    if value is None:
        return None
    read = object_of(value, "opening", {"closed_at", "opened_at", "by", "demo"})
    by, demo = text_of(read["by"], "opening.by"), read["demo"]
    if by not in {each.value for each in OpenedBy} or not isinstance(demo, bool):
        raise Malformed("opening")
    return Opening(
        closed_at=moment_of(read["closed_at"], "opening.closed_at"),
        opened_at=moment_of(read["opened_at"], "opening.opened_at"),
        by=OpenedBy(by),
        demo=demo,
    )


def check_seed_2(state: State) -> Iterator[Violation]:
    """Make the seed of pool, rule, leaf, shares and public value."""
    if state.contributions is None:
        raise Blocked
    leaf = state.member("leaf")
    if not isinstance(leaf, Mapping):
        raise Blocked
    public = state.public_value
    made = seed_of_2(
        state.digest("pool_hash"),
        state.digest("rule_hash"),
        digest_of(leaf.get("value"), "leaf.value"),
        {each.contributor: each.share for each in state.contributions},
        None if public is None else public.value,
    )
    if state.digest("seed") != made:
        yield Violation("draws.proof_seed_differs", "seed")


def check_chances(state: State) -> Iterator[Violation]:
    """Hold each stratum against its rule, and against how many the seed draws of it."""
    stated = state.member("chances")
    if state.pool is None or state.rule is None or any(uncovered(state.rule, state.pool.sizes)):
        raise Blocked
    if not isinstance(stated, Mapping):
        raise Malformed("chances")
    drawn = counts(state.digest("seed"), state.pool.sizes, state.rule, DRAW_2)
    if stated != to_plain(chances(state.rule, state.pool.sizes, drawn)):
        yield Violation("draws.proof_chances_differ", "chances")


def check_number(state: State) -> Iterator[Violation]:
    """See that the draws listed come right before this one, and that a cleared one says why."""
    members = {"year", "number", "draw_id", "state", "reason"}
    listed = [
        (whole_of(each["year"], at), whole_of(each["number"], at, 1), each, at)
        for at, each in objects_of(state.member("siblings"), "siblings", members)
    ]
    stated = state.member("number")
    if stated is None:
        if listed:
            yield Violation("draws.proof_siblings_differ", "siblings")
        return
    own = object_of(stated, "number", {"lead", "scene", "year", "number"})
    id_of(own["lead"], "number.lead")
    text_of(own["scene"], "number.scene")
    year, number = whole_of(own["year"], "number.year"), whole_of(own["number"], "number.number", 1)
    for its_year, its_number, each, at in reversed(listed):
        follows = (its_year, its_number) == (year, number - 1)
        if not follows and not (number == 1 and its_year == year - 1):
            yield Violation("draws.proof_siblings_differ", at)
            return
        year, number = its_year, its_number
        text_of(each["draw_id"], at)
        fate, reason = text_of(each["state"], at), text_of(each["reason"], at)
        if fate not in {Fate.OPEN.value, Fate.CLEARED.value}:
            raise Malformed(at)
        if (fate == Fate.CLEARED) != bool(reason.strip()):
            yield Violation("draws.reason_missing", at)


def check_marks(state: State) -> Iterator[Violation]:
    """See that what was corrected more than a little is marked, and what changed is counted."""
    changes = state.member("pool_changes")
    if not isinstance(changes, Mapping):
        raise Malformed("pool_changes")
    for name, count in changes.items():
        text_of(name, "pool_changes")
        whole_of(count, "pool_changes")
    marks = texts_of(state.member("marks"), "marks")
    if set(marks) - {each.value for each in Mark} or len(set(marks)) < len(marks):
        raise Malformed("marks")
    if state.manual is None:
        raise Blocked
    if much_adjusted(state.manual, len(state.selection())) != (Mark.ADJUSTED in marks):
        yield Violation("draws.proof_marks_differ", "marks")
