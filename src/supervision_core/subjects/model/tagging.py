"""Tags, and the rules by which a subject gets them of itself."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.identity.model import region_contains
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class Traits:
    """What tag rules look at: nothing else of a subject decides about its tags."""

    kind: str
    name: str = ""
    industry: str = ""
    scope: str = ""
    licences: tuple[str, ...] = ()
    region: str = ""


@frozen(kw_only=True)
class TagRule:
    """标签规则 (TagRule): when a subject gets a tag without anybody choosing it.

    Each dimension that is filled must be met, by any one of its entries: ``industries`` are
    prefixes of GB/T 4754 codes (``"144"`` covers 1441), ``words`` stand in the name or the
    business scope, ``licences`` in a licence's name, ``regions`` are subtrees. A rule without any
    dimension meets nobody. Source: proposal 6.4.2.2.1.2.2, 6.4.3.2.1.1.6.
    """

    kinds: tuple[str, ...] = field(default=(), metadata=said("对象种类"))
    industries: tuple[str, ...] = field(default=(), metadata=said("行业代码的开头，如144含1441"))
    words: tuple[str, ...] = field(default=(), metadata=said("名称或经营范围中的词"))
    licences: tuple[str, ...] = field(default=(), metadata=said("许可证名称中的词"))
    regions: tuple[str, ...] = field(default=(), metadata=said("区划代码，含下级", to="region"))

    @property
    def empty(self) -> bool:
        """Tell whether no dimension is filled."""
        return not (self.kinds or self.industries or self.words or self.licences or self.regions)

    def meets(self, traits: Traits) -> bool:
        """Tell whether ``traits`` meet every filled dimension."""
        return not (
            self.empty
            or (self.kinds and traits.kind not in self.kinds)
            or (self.industries and not traits.industry.startswith(self.industries))
            or (self.regions and not any(region_contains(r, traits.region) for r in self.regions))
            or (self.words and not _any_within(self.words, (traits.name, traits.scope)))
            or (self.licences and not _any_within(self.licences, traits.licences))
        )


def _any_within(words: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    return any(word in text for text in texts for word in words)


@define(eq=False)
class TagInvalid(Refused):
    """The tag as described cannot be kept."""

    code: ClassVar[str] = "subjects.tag_invalid"


class TagNature(StrEnum):
    """Whether a tag says something of whoever trades, or of the things below."""

    SUBJECT = "subject"
    OBJECT = "object"


@define(eq=False, kw_only=True)
class Tag(Aggregate):
    """标签 (Tag): a name under which subjects are found and ranged into scenes.

    A subject carries the tag when one of ``rules`` meets it, when its category has the tag, or when
    somebody put it on by hand. ``region`` and ``department`` own the tag (empty department:
    everybody of the region). A deleted one stays readable for what names it.
    Source: proposal 6.4.2.2.1.2, 6.4.3.2.1.1.6.
    """

    _name: str
    _region: str
    _department: str = ""
    _rules: tuple[TagRule, ...] = ()
    _note: str = ""
    _order: int = 0
    _enabled: bool = True
    _nature: TagNature = TagNature.SUBJECT
    _deleted: bool = False

    @property
    def name(self) -> str:
        """Its name, unique in its region."""
        return self._name

    @property
    def region(self) -> str:
        """The region whose tag it is."""
        return self._region

    @property
    def departments(self) -> frozenset[str]:
        """The owning department, or nobody in particular."""
        return frozenset({self._department} - {""})

    @property
    def rules(self) -> tuple[TagRule, ...]:
        """The rules, any one of which suffices."""
        return self._rules

    @property
    def note(self) -> str:
        """What the tag means, for its readers."""
        return self._note

    @property
    def order(self) -> int:
        """Its place in lists, small first."""
        return self._order

    @property
    def nature(self) -> TagNature:
        """Whether it is said of whoever trades, or of things."""
        return self._nature

    @property
    def deleted(self) -> bool:
        """Tell whether it was deleted."""
        return self._deleted

    @property
    def enabled(self) -> bool:
        """Tell whether the tag is put on subjects."""
        return self._enabled

    def describe(self, *, name: str, nature: TagNature, note: str, order: int) -> None:
        """Change what the tag is called and means. Raises ``TagInvalid``."""
        self._require_living()
        if not name.strip():
            raise TagInvalid((Violation("subjects.tag_without_name", "name"),))
        self._name, self._nature, self._note, self._order = name.strip(), nature, note, order

    def add_rule(self, rule: TagRule) -> None:
        """Let subjects that ``rule`` meets carry the tag too. Raises ``TagInvalid``."""
        self._require_living()
        if rule.empty:
            raise TagInvalid((Violation("subjects.tag_rule_empty"),))
        if rule not in self._rules:
            self._rules = (*self._rules, rule)

    def remove_rule(self, number: int) -> None:
        """Forget the rule of that number, counted from 1. Raises ``TagInvalid``."""
        self._require_living()
        if not 0 < number <= len(self._rules):
            raise TagInvalid((Violation("subjects.tag_rule_unknown", "number"),))
        self._rules = (*self._rules[: number - 1], *self._rules[number:])

    def disable(self) -> None:
        """Put it on nobody any more; subjects lose it when they are next classified."""
        self._require_living()
        self._enabled = False

    def enable(self) -> None:
        """Put it on again."""
        self._require_living()
        self._enabled = True

    def delete(self) -> None:
        """Take it off all lists; it is put on nobody any more."""
        self._require_living()
        self._deleted, self._enabled = True, False

    def revive(self) -> None:
        """Put a deleted tag back on the lists, without rules."""
        self._deleted, self._enabled, self._rules = False, True, ()

    def _require_living(self) -> None:
        if self._deleted:
            raise TagInvalid((Violation("subjects.tag_deleted"),))


def classify(traits: Traits, tags: Iterable[Tag]) -> tuple[str, ...]:
    """分类打标 (classify): give the ids of the enabled ``tags`` whose rules meet ``traits``."""
    return tuple(
        sorted(tag.id for tag in tags if tag.enabled and any(r.meets(traits) for r in tag.rules))
    )
