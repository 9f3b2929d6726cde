"""What somebody has filled in of a form and not sent yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import define, field, setters

from supervision_core.identity.model.login import LogInPolicy
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

MOST_DRAFTS: Final = 20
"""Drafts that one person keeps; the one that was saved longest ago goes first."""
LONGEST_DRAFT: Final = 50_000
"""Characters of all fields together."""
KEPT_FOR: Final = timedelta(days=7)
PICKING_FOR: Final = timedelta(hours=24)
"""How long a form waits for its author to choose something from a list."""


@define(eq=False)
class DraftTooLarge(Refused):
    """More is filled in than a draft keeps."""

    code: ClassVar[str] = "identity.draft_large"


@define(eq=False, kw_only=True)
class FormDraft(Aggregate):
    """表单草稿 (FormDraft): what its owner has filled in of one form, until it is sent.

    ``place`` is the address of the form, ``fields`` are its texts by name; files are not kept.
    It may hold personal data, and nobody but its owner sees it. Source: proposal 1814-1820.
    """

    owner: str = field(on_setattr=setters.frozen)
    place: str = field(on_setattr=setters.frozen)
    saved_at: datetime
    _fields: Mapping[str, str] = field(factory=dict, repr=False)
    _ends_at: datetime | None = None

    @property
    def fields(self) -> Mapping[str, str]:
        """What is filled in."""
        return self._fields

    def fill(self, fields: Mapping[str, str], *, lasts: timedelta, at: datetime) -> bool:
        """Keep what is filled in now in place of what was; tell whether that is anything new.

        It lasts for ``lasts`` from now, and no shorter than was said before. Raises
        ``DraftTooLarge``.
        """
        size = sum(len(name) + len(text) for name, text in fields.items())
        too_large = Violation(DraftTooLarge.code, "", {"most": LONGEST_DRAFT})
        refuse_if(DraftTooLarge, [too_large] if size > LONGEST_DRAFT else [])
        new = not self.lasts_at(at) or dict(self._fields) != dict(fields)
        self._fields, self.saved_at = dict(fields), at
        self._ends_at = max(at + lasts, self._ends_at or at)
        return new

    def lasts_at(self, at: datetime) -> bool:
        """Tell whether it is still kept."""
        return self._ends_at is not None and at < self._ends_at

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether it is to be swept."""
        del policy
        return not self.lasts_at(at)
