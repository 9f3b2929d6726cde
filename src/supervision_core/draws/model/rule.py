"""The frozen rule: how many of each stratum, which check items, and the hash that pins it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from attrs import define, field, frozen

from supervision_core.draws.model.pool import id_fault, is_text
from supervision_core.draws.model.ranking import STRATUM
from supervision_core.draws.model.roster import Roster, roster_violations
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.errors import Refused, Violation, refuse_if

_DIGEST = re.compile(r"[0-9a-f]{64}")
RATIO = re.compile(r"(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,18}))?")
LARGEST = 2**53 - 1
DEEPEST = 32
_MEMBERS = frozenset({"strata", "filters", "exclusions", "items", "officers"})


@define(eq=False)
class RuleNotFreezable(Refused):
    """The drawing rule cannot be frozen."""

    code: ClassVar[str] = "draws.rule_not_freezable"


@frozen
class Quota:
    """抽取比例 (Quota): how many are drawn of a stratum, as a count or as a decimal ratio.

    Exactly one of the two is set. Source: proposal 6.4.2.5.2.2.2.1.
    """

    count: int | None = None
    ratio: str | None = None

    def of(self, size: int) -> int:
        """Give the number to draw of ``size`` candidates: never more than there are.

        This is ``draw/1``. A ratio gives ceil(ratio x size), counted in integers on its decimal
        digits, hence at least 1 wherever ratio and size are above 0.
        """
        if self.count is not None:
            return min(self.count, size)
        parts, scale = fraction(self.ratio or "0")
        return min(-(-parts * size // scale), size)

    def drawn_by(self, seed: bytes, stratum: str, size: int) -> int:
        """Give the number to draw of ``size`` candidates of a stratum by ``draw/2``.

        A ratio gives floor(ratio x size), and one more where SM3(seed 0x05 stratum), read as a
        part of 2^256, lies below the remainder: however a pool is cut, nobody's chance changes.
        """
        if self.count is not None:
            return min(self.count, size)
        parts, scale = fraction(self.ratio or "0")
        whole, remainder = divmod(parts * size, scale)
        lot = int.from_bytes(sm3(seed + STRATUM + stratum.encode()), "big")
        return min(whole + (lot * scale < remainder << 256), size)

    def chance(self, size: int) -> Fraction:
        """Give the chance by ``draw/2`` of each of ``size`` candidates, of whom there are some."""
        if self.count is not None:
            return Fraction(min(self.count, size), size)
        return min(Fraction(*fraction(self.ratio or "0")), Fraction(1))


@frozen
class CheckItem:
    """抽查事项 (CheckItem): a check item and the strata whose subjects may get it."""

    id: str
    strata: tuple[str, ...]


@frozen
class Rule:
    """抽取规则 (Rule): quotas per stratum, filters, exclusions; perhaps check items and officers.

    ``canonical`` is what is kept, JSON after RFC 8785; hashed is what is shown, ``document``: of
    officers their SM3 alone. Build one with ``Rule.of``; the constructor trusts what a store or
    ``of`` gives it.
    """

    canonical: str
    quotas: Mapping[str, Quota] = field(init=False, eq=False, repr=False)
    item_quotas: Mapping[str, Quota] = field(init=False, eq=False, repr=False)
    items: tuple[CheckItem, ...] = field(init=False, eq=False, repr=False)

    @classmethod
    def of(cls, document: object) -> "Rule":
        """Freeze a rule as JSON gives it (``docs/formats/draw.md``). Raises ``RuleNotFreezable``.

        ``{"strata": {"A": {"ratio": "0.05"}, "B": {"count": 3}}, "filters": [], "exclusions": []}``
        and, for drawing check items, ``"items": {"strata": {"A": {"count": 2}}, "pool": [{"id":
        "I1", "strata": ["A"]}]}``; ``"officers"`` is ``{"roster": …}`` with the document of a
        ``Roster``, ``{"sm3": …}`` where that alone is shown, or, of older draws, the document.
        """
        refuse_if(RuleNotFreezable, rule_violations(document))
        return cls(canonical_json(document).decode())  # type: ignore[arg-type]

    @property
    def document(self) -> Json:
        """The rule as plain JSON, as it is hashed and shown: whose officers are kept apart."""
        parsed: dict[str, Json] = json.loads(self.canonical)
        kept = self.kept_roster
        return parsed if kept is None else {**parsed, "officers": {"sm3": roster_hash(kept)}}

    @cached_property
    def hash(self) -> bytes:
        """``rule_hash``: SM3 over the canonical text of the ``document``."""
        return sm3(canonical_json(self.document))

    @property
    def kept_roster(self) -> Json:
        """The document of the officers that is kept apart; none where there is none, or shown."""
        officers = self._members.get("officers", {})
        kept: Json = officers.get("roster") if officers.keys() == {"roster"} else None
        return kept

    @property
    def officers_hash(self) -> str:
        """The SM3 of officers that are not shown, in lower-case hex; else nothing."""
        shown = self.document
        officers = shown.get("officers", {}) if isinstance(shown, dict) else {}
        return str(officers["sm3"]) if isinstance(officers, dict) and "sm3" in officers else ""

    @cached_property
    def officers(self) -> Roster | None:
        """Of whom inspectors are drawn, where that is known; there may be thousands."""
        return Roster.of(self.kept_roster or self._members.get("officers"))

    @cached_property
    def _members(self) -> Mapping[str, Any]:
        members: Mapping[str, Any] = json.loads(self.canonical)
        return members

    @quotas.default
    def _read_quotas(self) -> Mapping[str, Quota]:
        return _quotas(self._members["strata"])

    @item_quotas.default
    def _read_item_quotas(self) -> Mapping[str, Quota]:
        items = self._members.get("items")
        return _quotas(items["strata"]) if items else {}

    @items.default
    def _read_items(self) -> tuple[CheckItem, ...]:
        items = self._members.get("items")
        pool = items["pool"] if items else []
        return tuple(CheckItem(each["id"], tuple(each["strata"])) for each in pool)


def roster_hash(roster: object) -> str:
    """Give what a rule says of officers that are kept apart: the SM3 of their canonical JSON."""
    return sm3(canonical_json(roster)).hex()  # type: ignore[arg-type]


def fraction(ratio: str) -> tuple[int, int]:
    """Give a decimal string as integers: ``"0.05"`` is 5 of 100."""
    whole, _, digits = ratio.partition(".")
    scale: int = 10 ** len(digits)
    return int(whole + digits), scale


def uncovered(rule: Rule, sizes: Mapping[str, int]) -> Iterator[Violation]:
    """Name each stratum of the pool for which the rule says nothing."""
    for stratum in sorted(sizes.keys() - rule.quotas.keys()):
        yield Violation("draws.stratum_without_quota", "rule.strata", {"stratum": stratum})


def rule_violations(document: object) -> Iterator[Violation]:
    """Give everything that forbids ``document`` as a rule; nothing for a good one."""
    if not isinstance(document, Mapping):
        yield Violation("draws.rule_malformed", "rule")
        return
    if not _is_plain(document):
        yield Violation("draws.rule_not_plain", "rule")
        return
    for extra in sorted(document.keys() - _MEMBERS):
        yield Violation("draws.rule_member_unknown", f"rule.{extra}")
    for name in ("filters", "exclusions"):
        if not isinstance(document.get(name, []), list | tuple):
            yield Violation("draws.rule_malformed", f"rule.{name}")
    yield from _quota_violations(document.get("strata"), "rule.strata")
    if "items" in document:
        yield from _item_violations(document["items"])
    if "officers" in document:
        yield from _officer_violations(document["officers"])


def _officer_violations(officers: object) -> Iterator[Violation]:
    if isinstance(officers, Mapping) and officers.keys() == {"sm3"}:
        if not isinstance(officers["sm3"], str) or not _DIGEST.fullmatch(officers["sm3"]):
            yield Violation("draws.rule_malformed", "rule.officers")
        return
    if isinstance(officers, Mapping) and officers.keys() == {"roster"}:
        officers = officers["roster"]
    yield from roster_violations(officers)


def _item_violations(items: object) -> Iterator[Violation]:
    if not isinstance(items, Mapping) or items.keys() != {"strata", "pool"}:
        yield Violation("draws.rule_malformed", "rule.items")
        return
    yield from _quota_violations(items["strata"], "rule.items.strata")
    pool = items["pool"]
    if not isinstance(pool, list | tuple):
        yield Violation("draws.rule_malformed", "rule.items.pool")
        return
    seen: set[str] = set()
    for index, each in enumerate(pool):
        at = f"rule.items.pool[{index}]"
        if not _is_check_item(each):
            yield Violation("draws.rule_malformed", at)
            continue
        if fault := id_fault(each["id"]):
            yield Violation(fault, at)
        if each["id"] in seen:
            yield Violation("draws.id_repeated", at, {"id": each["id"]})
        seen.add(each["id"])


def _is_check_item(each: object) -> bool:
    return (
        isinstance(each, Mapping)
        and each.keys() == {"id", "strata"}
        and isinstance(each["id"], str)
        and isinstance(each["strata"], list | tuple)
        and all(isinstance(stratum, str) for stratum in each["strata"])
    )


def _quota_violations(strata: object, at: str) -> Iterator[Violation]:
    if not isinstance(strata, Mapping) or not strata:
        yield Violation("draws.rule_malformed", at)
        return
    for name in sorted(strata):
        quota = strata[name]
        data = {"stratum": name}
        if not isinstance(quota, Mapping) or quota.keys() not in ({"ratio"}, {"count"}):
            yield Violation("draws.quota_malformed", at, data)
        elif "count" in quota:
            count = quota["count"]
            if not isinstance(count, int) or count < 0:
                yield Violation("draws.count_malformed", at, data)
        elif not isinstance(quota["ratio"], str) or not RATIO.fullmatch(quota["ratio"]):
            yield Violation("draws.ratio_malformed", at, data)


def ratio_over_one(rule: Rule) -> Iterator[Violation]:
    """Name each stratum with a ratio above 1: a slip such as 5 for 5 %, refused when freezing."""
    for name, quota in rule.quotas.items():
        if quota.ratio is not None:
            parts, scale = fraction(quota.ratio)
            if parts > scale:
                yield Violation("draws.ratio_over_one", "rule.strata", {"stratum": name})


def _quotas(strata: Mapping[str, Mapping[str, object]]) -> Mapping[str, Quota]:
    return {name: Quota(**quota) for name, quota in strata.items()}  # type: ignore[arg-type]


def _is_plain(value: object, depth: int = 0) -> bool:
    """Tell whether ``value`` is made of lists, objects, integers and strings only."""
    if depth > DEEPEST or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, int):
        return abs(value) <= LARGEST
    if isinstance(value, Mapping):
        keys = all(isinstance(key, str) and is_text(key) for key in value)
        return keys and all(_is_plain(each, depth + 1) for each in value.values())
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return all(_is_plain(each, depth + 1) for each in value)
    return False
