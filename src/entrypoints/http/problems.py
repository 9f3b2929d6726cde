"""Refusals as problems (RFC 9457): one table from class to status, the words from the catalogue."""

from collections.abc import Callable, Mapping
from errno import EDQUOT, ENOSPC
from typing import Final

from attrs import field, frozen
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from entrypoints.http import errors
from supervision_core.audit.model import LogUnanchored
from supervision_core.identity.model import (
    LogInRefused,
    NotLoggedIn,
    PermissionDenied,
    SecondPersonRequired,
    StepUpRequired,
)
from supervision_core.identity.services.login import CertificateRequired, SignOnRefused
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.crypto import AlgorithmUnavailable, KeyMissing, KeyRejected, Tampered
from supervision_core.kernel.errors import (
    Conflict,
    DomainError,
    NotFound,
    Outdated,
    Unavailable,
    Violation,
)
from supervision_core.kernel.fields import said
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.paging import BadCursor, BadPage
from supervision_core.kernel.plain import to_plain

MEDIA_TYPE: Final = "application/problem+json"
UNPROCESSABLE: Final = 422
SERVER_ERROR: Final = 500

STATUS: Final[Mapping[type[DomainError], int]] = {
    DomainError: UNPROCESSABLE,
    BadCursor: 400,
    BadPage: 400,
    errors.BodyInvalid: 400,
    errors.ParametersInvalid: 400,
    errors.BodyBroken: 400,
    errors.HeadersInvalid: 400,
    errors.HostUnknown: 421,
    CertificateRequired: 403,
    LogInRefused: 401,
    NotLoggedIn: 401,
    errors.CrossSite: 403,
    PermissionDenied: 403,
    SignOnRefused: 403,
    StepUpRequired: 403,
    NotFound: 404,
    errors.OutOfReach: 404,
    errors.MethodUnfit: 405,
    errors.BodyTooSlow: 408,
    Conflict: 409,
    SecondPersonRequired: 409,
    Outdated: 412,
    errors.BodyTooLarge: 413,
    errors.MediaTypeUnfit: 415,
    errors.VersionRequired: 428,
    errors.TooMany: 429,
    errors.Busy: 503,
    errors.StoreUnavailable: 503,
    errors.NotReady: 503,
    errors.UnderReview: 503,
    LogUnanchored: 503,
    Unavailable: 503,
    errors.StoreFull: 507,
    AlgorithmUnavailable: SERVER_ERROR,
    KeyMissing: SERVER_ERROR,
    KeyRejected: SERVER_ERROR,
    Tampered: 503,
    errors.Unexpected: SERVER_ERROR,
}
"""The status of a class and of all below it that have none of their own."""

_FULL = ("database or disk is full", "No space left on device")


@frozen(kw_only=True)
class Reason:
    """One reason: its stable code, the field it is about, what is wrong and what to do."""

    code: str = field(metadata=said("稳定的原因编码", example="identity.phone_form"))
    at: str = field(metadata=said("有误的字段，整体有误时为空", example="draft.account.phone"))
    reason: str = field(metadata=said("原因", example="手机号码不是11位有效号码"))
    remedy: str = field(metadata=said("处理办法", example="请更正后重新提交"))


@frozen(kw_only=True)
class Problem:
    """Why a request was not carried out (RFC 9457)."""

    status: int = field(metadata=said("HTTP状态码", example=422))
    code: str = field(metadata=said("稳定的原因编码", example="identity.user_invalid"))
    title: str = field(metadata=said("原因", example="用户信息不完整或有误"))
    detail: str = field(metadata=said("处理办法", example="请按所列原因更正后重新提交"))
    reasons: tuple[Reason, ...] = field(metadata=said("逐条原因"))

    def body(self) -> bytes:
        """Give it as JSON, always in the same bytes."""
        return canonical_json(to_plain(self))


@frozen
class Telling:
    """How a problem is told: a body and its media type, and headers that its path has not."""

    body: bytes
    media: str
    headers: Mapping[str, str] = field(factory=dict)


Told = Callable[[Problem, str, str], Telling]
"""Tells a problem at a path, to whom accepts what: to people or to programs."""


def told_to_programs(problem: Problem, path: str, accepts: str) -> Telling:
    """Give the problem as RFC 9457 asks."""
    del path, accepts
    return Telling(problem.body(), MEDIA_TYPE)


def status_of(kind: type[DomainError]) -> int:
    """Give the HTTP status of a class of refusals."""
    return next(STATUS[one] for one in kind.__mro__ if one in STATUS)


def refusal_of(error: Exception) -> DomainError | None:
    """Give the refusal that ``error`` is or means; ``None`` for what nobody foresaw.

    A full disk and a database that does not answer are no faults of the program: whoever asks
    again later will be answered.
    """
    match error:
        case Tampered():
            return errors.UnderReview()
        case DomainError():
            return error if status_of(type(error)) != SERVER_ERROR else None
        case OSError(errno=int(number)) if number in {ENOSPC, EDQUOT}:
            return errors.StoreFull()
        case PoolTimeout():
            return errors.StoreUnavailable()
        case DBAPIError():
            return _of_database(error)
        case _:
            return None


def _of_database(error: DBAPIError) -> DomainError | None:
    if isinstance(error, DataError):
        return errors.ValueUnfit()
    if any(sign in str(error.orig) for sign in _FULL):
        return errors.StoreFull()
    if error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError)):
        return errors.StoreUnavailable()
    return None


def _as_it_is(one: Violation) -> Violation:
    return one


def problem_of(
    error: DomainError,
    messages: Messages,
    called: Callable[[Violation], Violation] = _as_it_is,
) -> Problem:
    """Put a refusal into words; ``called`` gives a reason with names in place of ids."""
    said = messages.explain(called(_own(error)))
    return Problem(
        status=status_of(type(error)),
        code=error.code,
        title=said.reason,
        detail=said.remedy,
        reasons=tuple(
            reason_of(called(one), messages)
            for one in error.reasons
            if one.at or one.code != error.code
        ),
    )


def _own(error: DomainError) -> Violation:
    """Give the reason that is the class itself; what does not exist has no name here.

    Foreign, deleted and absent objects, and paths that lead nowhere, share one body.
    """
    if isinstance(error, NotFound):
        return Violation("http.absent")
    return next((one for one in error.reasons if one.code == error.code), Violation(error.code))


def reason_of(one: Violation, messages: Messages) -> Reason:
    """Put one reason into words."""
    said = messages.explain(one)
    return Reason(code=one.code, at=one.at, reason=said.reason, remedy=said.remedy)


def headers_of(error: DomainError) -> dict[str, str]:
    """Give the headers that belong to a refusal."""
    match error:
        case NotLoggedIn() | LogInRefused():
            return {"www-authenticate": 'Bearer realm="supervision"'}
        case errors.TooMany(seconds=seconds):
            return {"retry-after": str(seconds)}
        case errors.Busy() | errors.StoreUnavailable() | errors.StoreFull() | LogUnanchored():
            return {"retry-after": "2"}
        case Unavailable() | errors.UnderReview():
            return {"retry-after": "30"}
        case errors.MethodUnfit(allowed=allowed):
            return {"allow": allowed}
        case _:
            return {}
