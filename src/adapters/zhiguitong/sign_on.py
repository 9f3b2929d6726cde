"""Single sign-on over OAuth2 (proposal 6.4.2.12.8.2, steps 1 to 3), or by the app (6.4.2.4.1)."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urljoin

from attrs import field, frozen

from adapters.zhiguitong.calling import Caller, checked_address, succeeded, unavailable
from adapters.zhiguitong.fields import number_of, text_of, told_of
from supervision_core.identity.model import CREDIT_CODE, IDENTITY_CARD, SignOnProfile, UserKind
from supervision_core.identity.ports import SignOnGateway
from supervision_core.kernel.crypto import Mac, Tampered

_FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(r"[\x21-\x7e]{1,2048}")
_NOTICE_AGE = timedelta(minutes=5)
_DOCUMENTS: Final[Mapping[str, str]] = {
    "SF": IDENTITY_CARD,
    "414": "普通护照",
    "516": "港澳居民来往内地通行证",
    "511": "台湾居民来往大陆通行证",
}
_PERSON, _FIRM = "1", "2"


@frozen(kw_only=True)
class UnifiedPlatform(SignOnGateway):
    """The platform at these addresses; the secret goes in headers and never in an address.

    ``mac`` is keyed by the same secret and checks notices of log-outs.
    """

    authorize: str = field(converter=checked_address)
    token: str = field(converter=checked_address)
    user: str = field(converter=checked_address)
    log_out: str
    return_to: str = field(converter=checked_address)
    application: str
    secret: str = field(repr=False)
    mac: Mac
    caller: Caller = field(factory=Caller)

    def address(self, state: str) -> str:
        """Give where the browser is recognised without another password."""
        asked = {
            "response_type": "code",
            "client_id": self.application,
            "redirect_uri": self.return_to,
            "state": state,
        }
        return f"{self.authorize}?{urlencode(asked)}"

    def profile(self, code: str) -> SignOnProfile | None:
        """Exchange the code, then ask who it is."""
        if not _TOKEN.fullmatch(code):
            return None
        answer = self._ask(
            self.token,
            {"grant_type": "authorization_code", "code": code, "redirect_uri": self.return_to},
            basic=(self.application, self.secret),
        )
        token = answer.get("access_token")
        told = self._told(token) if isinstance(token, str) else None
        return None if told is None else read_profile(told)

    def profile_of_token(self, token: str) -> SignOnProfile | None:
        """Ask who it is whom the platform gave ``token``, and for which application.

        One that it gave for another, or of which it does not say, lets nobody in: whoever runs an
        application of the same platform holds tokens of everybody who uses that.
        """
        told = self._told(token)
        if told is None or text_of(told, "clientid") != self.application:
            return None
        return read_profile(told)

    def _told(self, token: str) -> dict[str, Any] | None:
        if not _TOKEN.fullmatch(token):
            return None
        answer = self._ask(self.user, {"token": token, "serviceId": "1"})
        return told_of(answer.get("data")) if succeeded(answer) else None

    def log_out_address(self, return_to: str) -> str:
        """Give the place; ``return_to`` counts only if it lies on our own site."""
        if not self.log_out:
            return ""
        origin = urljoin(self.return_to, "/")
        back = urljoin(origin, return_to)
        back = back if back.startswith(origin) else origin
        asked = urlencode({"client_id": self.application, "redirect_uri": back})
        return f"{checked_address(self.log_out)}?{asked}"

    def logged_out(self, notice: bytes, signature: str, *, at: datetime) -> str | None:
        """Read ``{"useridcode", "timestamp"}`` under HMAC-SM3 (hex), not older than 5 minutes."""
        try:
            self.mac.verify(notice, bytes.fromhex(signature))
            said = json.loads(notice)
            age = at - datetime.fromtimestamp(int(said["timestamp"]), at.tzinfo)
            user = said["useridcode"]
        except (Tampered, ValueError, KeyError, TypeError, OverflowError):
            return None
        known = isinstance(user, str) and bool(user) and abs(age) <= _NOTICE_AGE
        return user if known else None

    def _ask(
        self, address: str, asked: Mapping[str, str], basic: tuple[str, str] | None = None
    ) -> dict[str, Any]:
        body = urlencode(asked).encode()
        return self.caller.post(address, body=body, kind=_FORM, headers={}, basic=basic)


class NoPlatform(SignOnGateway):
    """Of an installation without a unified platform: nobody comes from there."""

    @property
    def offered(self) -> bool:
        """There is none."""
        return False

    def profile(self, code: str) -> SignOnProfile | None:
        """Know nobody."""
        del code
        return None

    def profile_of_token(self, token: str) -> SignOnProfile | None:
        """Know nobody."""
        del token
        return None

    def address(self, state: str) -> str:
        """Raise ``PartnerUnavailable``: there is no such place."""
        del state
        raise unavailable("zhiguitong.not_set")

    def log_out_address(self, return_to: str) -> str:
        """Give nothing."""
        del return_to
        return ""

    def logged_out(self, notice: bytes, signature: str, *, at: datetime) -> str | None:
        """Believe nobody."""
        del notice, signature, at
        return None


def read_profile(data: object) -> SignOnProfile | None:
    """Read what the platform tells of a user; ``None`` for one who is frozen there.

    Names of fields are compared without case, since the proposal writes them in several ways. For
    a person, 6.4.2.4.1.3 calls ``userIdcode`` his document's number and 6.4.2.12.8.2 his account's
    id: where both are equal, ``id`` is the account's. Raises ``PartnerUnavailable``.
    """
    told = told_of(data)
    kind = text_of(told, "usertype")
    part = told.get("corporationinfo" if kind == _FIRM else "personalinfo")
    inner = told | (told_of(part) if part is not None else {})
    if kind not in {_PERSON, _FIRM}:
        raise unavailable("zhiguitong.answer_unfit")
    if text_of(inner, "userstate") == "0":
        return None
    if kind == _FIRM:
        return SignOnProfile(
            user_code=text_of(inner, "useridcode"),
            kind=UserKind.ENTERPRISE,
            level=number_of(inner, "userlevel", 1),  # the platform registers no unchecked firm
            document=text_of(inner, "idcardnum"),
            document_kind=CREDIT_CODE,
            name=text_of(inner, "enterprisename"),
            updated_at=text_of(inner, "updatetime"),
        )
    document, code = text_of(inner, "useridcard"), text_of(inner, "useridcode")
    return SignOnProfile(
        user_code=code if code and code != document else text_of(inner, "id"),
        kind=UserKind.STAFF if text_of(inner, "isservant") == "1" else UserKind.CITIZEN,
        level=number_of(inner, "userlevel", 0),
        document=document,
        document_kind=_DOCUMENTS.get(text_of(inner, "useridcardtype") or "SF", ""),
        name=text_of(inner, "username"),
        updated_at=text_of(inner, "updatetime"),
    )
