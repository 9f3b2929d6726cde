"""What approval files say of a subject on a day: facts for models, by rules alone."""

from collections.abc import Iterable, Mapping
from datetime import date

from supervision_core.subjects.facts import (
    APPROVAL_EXPIRES_ON,
    APPROVALS_LAPSED,
    APPROVALS_VALID,
    HOLDS,
    FactValue,
    day_number,
)
from supervision_core.subjects.registers import NATURES, ApprovalFileContent


def approval_facts(files: Iterable[ApprovalFileContent], on: date) -> Mapping[str, FactValue]:
    """Give the facts that the files of one subject say on a day (资质性质, proposal 3813).

    Files decided later are not known on that day. Without any known one nothing is: whoever's files
    were never brought in may hold licences all the same. A matter whose licences hold no more has
    lapsed unless another of it holds or is about to, or the licence was given back (注销).
    """
    known = [one for one in files if one.decided_on <= on]
    if not known:
        return {}
    valid = [one for one in known if one.holds(on)]
    over = {one.matter for one in known if one.began(on) and one.over(on)
            and one.ended != "cancelled"}  # fmt: skip
    kept = {one.matter for one in known if one.result == "granted" and not one.over(on)}
    natures = {one.nature for one in valid}
    facts: dict[str, FactValue] = {
        APPROVALS_VALID: len(valid),
        APPROVALS_LAPSED: len(over - kept),
        **{f"{HOLDS}{code}": code in natures for code in NATURES},
    }
    if ends := [one.valid_to for one in valid if one.valid_to is not None]:
        facts[APPROVAL_EXPIRES_ON] = day_number(min(ends))
    return facts
