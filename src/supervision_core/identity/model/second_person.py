"""When one person alone may not do it, and who the second one can be."""

from typing import ClassVar

from attrs import define, frozen

from supervision_core.identity.model.access import Duty
from supervision_core.kernel.errors import Refused, Violation


@frozen(kw_only=True)
class SecondPersonNeed:
    """双人复核要求 (SecondPersonNeed): whose consent a change of the account ``user`` needs.

    It needs another holder of one of ``duties`` at or above every one of ``departments``, and
    whoever could do the same in each of ``shared``: departments of the account that the asker does
    not manage. Source: GB/T 22239-2019 8.1.5 (separate administrators).
    """

    user: str
    duties: frozenset[Duty] = frozenset()
    departments: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether a second person is needed at all."""
        return bool(self.duties or self.shared)


@define(eq=False)
class SecondPersonRequired(Refused):
    """One person alone may not do this: a request for a second person has to be made."""

    code: ClassVar[str] = "identity.second_person_required"
    need: SecondPersonNeed

    @classmethod
    def of(cls, need: SecondPersonNeed) -> "SecondPersonRequired":
        """Say that ``need`` is not met."""
        return cls((Violation(cls.code, "user_id"),), need)


@define(eq=False)
class SecondPersonUnfit(Refused):
    """Whoever decides on the request is not the second person that it needs."""

    code: ClassVar[str] = "identity.second_person_unfit"
