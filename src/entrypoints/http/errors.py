"""What the HTTP frame itself refuses, before or instead of a use case."""

from typing import ClassVar

from attrs import define

from supervision_core.kernel.errors import DomainError, Refused, Violation


@define(eq=False)
class BodyInvalid(Refused):
    """The body is not the JSON that the route takes."""

    code: ClassVar[str] = "http.body_invalid"


@define(eq=False)
class ParametersInvalid(Refused):
    """Parameters of path, query or header are not what the route takes."""

    code: ClassVar[str] = "http.parameters_invalid"


@define(eq=False)
class HeadersInvalid(DomainError):
    """The head of the request can be read in two ways, or is too large."""

    code: ClassVar[str] = "http.headers_invalid"


@define(eq=False)
class HostUnknown(DomainError):
    """The request is for a name under which this platform is not known."""

    code: ClassVar[str] = "http.host_unknown"


@define(eq=False)
class MethodUnfit(DomainError):
    """The resource does not take this method."""

    code: ClassVar[str] = "http.method_unfit"
    allowed: str


@define(eq=False)
class BodyTooLarge(DomainError):
    """The body is larger than the route takes."""

    code: ClassVar[str] = "http.body_too_large"


@define(eq=False)
class BodyTooSlow(DomainError):
    """The body did not arrive in time."""

    code: ClassVar[str] = "http.body_too_slow"


@define(eq=False)
class BodyBroken(DomainError):
    """The body ended before it was whole: the client went away, or announced it wrongly."""

    code: ClassVar[str] = "http.body_broken"


@define(eq=False)
class MediaTypeUnfit(DomainError):
    """The body is not declared as what is taken there."""

    code: ClassVar[str] = "http.media_type_unfit"
    wanted: str = "application/json"

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """What would be taken."""
        return (Violation(self.code, data={"wanted": self.wanted}),)


@define(eq=False)
class VersionRequired(DomainError):
    """Deleting and disabling ask for the version that the caller has seen: ``If-Match``."""

    code: ClassVar[str] = "http.version_required"


@define(eq=False)
class CrossSite(DomainError):
    """A write with the session's cookie lacks the token that only our own pages know."""

    code: ClassVar[str] = "http.cross_site"


@define(eq=False)
class FormInvalid(Refused):
    """What was filled in is not what the fields of a page take."""

    code: ClassVar[str] = "http.form_invalid"


@define(eq=False)
class FormSent(DomainError):
    """This form was sent before, with something else in it, and what it asked for was done."""

    code: ClassVar[str] = "http.form_sent"


@define(eq=False)
class OutOfReach(DomainError):
    """A form names something that is not there, or out of reach; the two are told apart nowhere."""

    code: ClassVar[str] = "http.out_of_reach"


@define(eq=False)
class TooMany(DomainError):
    """This address or user asks more often than is allowed."""

    code: ClassVar[str] = "http.too_many"
    seconds: int


@define(eq=False)
class Busy(DomainError):
    """More requests wait already than can be answered soon."""

    code: ClassVar[str] = "http.busy"


@define(eq=False)
class StoreUnavailable(DomainError):
    """The database does not answer."""

    code: ClassVar[str] = "http.store_unavailable"


@define(eq=False)
class UnderReview(DomainError):
    """Rows that decide about the request are refused until somebody has looked into them."""

    code: ClassVar[str] = "http.under_review"


@define(eq=False)
class NotReady(Refused):
    """Requests cannot be answered now: the reasons name the parts that do not work."""

    code: ClassVar[str] = "http.not_ready"


@define(eq=False)
class StoreFull(DomainError):
    """The disk is full: reading goes on, writing does not."""

    code: ClassVar[str] = "http.store_full"


@define(eq=False)
class ValueUnfit(DomainError):
    """A value is beyond what the database keeps in its place."""

    code: ClassVar[str] = "http.value_unfit"


@define(eq=False)
class Unexpected(DomainError):
    """Something is wrong on this side; the log knows what, under the id of the request."""

    code: ClassVar[str] = "http.unexpected"
