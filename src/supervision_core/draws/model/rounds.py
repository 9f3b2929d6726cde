"""What happens to the round of a ``draw/2``: deposits, one other deadline, closing, opening."""

from datetime import date, datetime
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.kernel.errors import Refused
from supervision_core.kernel.events import Event
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class NamedValue:
    """公开数值期次 (NamedValue): a public value of a day to come, by which anybody finds it."""

    name: str = field(metadata=said("公开数值的名称", example="中国福利彩票双色球开奖号码"))
    issue: str = field(metadata=said("期号", example="2026078"))
    day: date = field(metadata=said("公布日期，须在截止日期之后", example="2026-07-03"))


@frozen(kw_only=True)
class MovedDeadline:
    """截止时间顺延 (MovedDeadline): an outage moved the deadline, once, before the list closed."""

    before: datetime
    reason: str
    by: str
    at: datetime


@frozen(kw_only=True)
class ValueEntered:
    """公开数值录入 (ValueEntered): what one department entered, until another enters the same."""

    department: str
    value: str
    at: datetime


@frozen(kw_only=True)
class RedrawConsent:
    """重新抽取批准 (RedrawConsent): the head's consent to draw again from another pool or rule."""

    by: str
    at: datetime


@frozen(kw_only=True)
class NonceDeposited(Event):
    """A contributor handed in its commitment with the sealed nonce, for this very pool and rule."""

    draw: str
    contributor: str
    commitment: str
    pool_hash: str
    rule_hash: str


@frozen(kw_only=True)
class DeadlineMoved(Event):
    """An outage moved the deadline of the round."""

    draw: str
    due: datetime
    by: str
    reason: str


@frozen(kw_only=True)
class OutsiderReplaced(Event):
    """A public value takes the place of the outsider who did not deposit."""

    draw: str
    outsider: str
    name: str
    issue: str
    day: date


@frozen(kw_only=True)
class RedrawConsented(Event):
    """The head consented to draw again from another pool or by another rule."""

    draw: str
    by: str


@frozen(kw_only=True)
class RoundClosed(Event):
    """Nothing is deposited any more; who is late is named."""

    draw: str
    digest: str
    late: tuple[str, ...]


@frozen(kw_only=True)
class PublicValueEntered(Event):
    """A department entered the public value; two that enter the same settle it."""

    draw: str
    department: str
    value: str


@frozen(kw_only=True)
class RoundOpened(Event):
    """The deposits were opened, and the platform's leaf with them."""

    draw: str
    by: str
    unopened: tuple[str, ...]


@define(eq=False)
class DepositRefused(Refused):
    """A deposit cannot be taken."""

    code: ClassVar[str] = "draws.deposit_refused"


@define(eq=False)
class DeadlineNotMovable(Refused):
    """The deadline cannot be moved like this."""

    code: ClassVar[str] = "draws.deadline_not_movable"


@define(eq=False)
class OutsiderNotReplaceable(Refused):
    """No public value can take the outsider's place now."""

    code: ClassVar[str] = "draws.outsider_not_replaceable"


@define(eq=False)
class RedrawNotConsentable(Refused):
    """The redraw cannot be consented to."""

    code: ClassVar[str] = "draws.redraw_not_consentable"


@define(eq=False)
class RoundNotClosable(Refused):
    """The round cannot be closed yet."""

    code: ClassVar[str] = "draws.not_closable"


@define(eq=False)
class ValueRefused(Refused):
    """The public value cannot be taken."""

    code: ClassVar[str] = "draws.value_refused"


@define(eq=False)
class RoundNotOpenable(Refused):
    """The deposits cannot be opened yet."""

    code: ClassVar[str] = "draws.not_openable"
