"""How far an installation may move the limits of logging in: only towards the stricter."""

from typing import Any, ClassVar, Final

from attrs import define

from supervision_core.identity.model.login import LogInPolicy
from supervision_core.kernel.errors import Refused, Violation

_USUAL: Final = LogInPolicy()
_AT_LEAST: Final = ("least_length", "least_kinds", "history", "locked_for")
_AT_MOST: Final = ("password_age", "tries", "idle", "longest")
_KINDS: Final = 4


@define(eq=False)
class PolicyTooWeak(Refused):
    """The limits of logging in are laxer than what is usual at level three, or cannot be kept."""

    code: ClassVar[str] = "identity.policy_too_weak"


def policy_violations(policy: LogInPolicy) -> tuple[Violation, ...]:
    """Give each limit that is laxer than ours, or which nobody could keep.

    Source: GB/T 22239-2019 8.1.4.1; proposal 6.7.6.1.4.1 (口令策略可设置).
    """

    def value(name: str) -> Any:
        return getattr(policy, name)

    def usual(name: str) -> Any:
        return getattr(_USUAL, name)

    lax = [name for name in _AT_LEAST if value(name) < usual(name)]
    lax += (
        name
        for name in _AT_MOST
        if not value(name) or abs(value(name)) != value(name) or value(name) > usual(name)
    )
    if policy.least_kinds > _KINDS:
        lax.append("least_kinds")
    if policy.least_length > policy.most_length:
        lax.append("least_length")
    return tuple(Violation("identity.policy_limit", name, {"name": name}) for name in sorted(lax))
