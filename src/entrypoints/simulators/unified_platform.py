"""The unified identity platform, played: OAuth2 code flow, user info, log-out, four people."""

import hmac
import html
import json
import secrets  # noqa: TID251 - a partner's codes, not the platform's
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlencode

from attrs import define, field

from entrypoints.simulators.serving import Asked, Told, served
from supervision_core.kernel.codes.identity_card import complete_identity_card

AUTHORIZE: Final = "/oauth2/authorize"
TOKEN: Final = "/oauth2/token"  # noqa: S105 - a path
USER: Final = "/gxrz-rest/user/getUserInfoByToken"
LOG_OUT: Final = "/oauth2/logout"
_CODE_SECONDS = 60
_UPDATED = "2026-11-01 08:00:00"


def _person(id: str, name: str, card: str, **told: str) -> Any:
    return {
        "userType": "1",
        "personalInfo": {
            "id": id,
            "userIdcode": f"GX{id}",
            "userIdcardType": "SF",
            "userIdcard": complete_identity_card(card),
            "userLevel": "2",
            "userName": name,
            "isServant": "0",
            "userState": "1",
            "updateTime": _UPDATED,
            **told,
        },
    }


PEOPLE: Final[Mapping[str, Any]] = {
    "citizen": _person("1001", "李示例", "45010319910202002"),
    "servant": _person("1002", "陈示例", "45010319850303003", isServant="1"),
    "unchecked": _person("1003", "黄示例", "45010319920404004", userLevel="0"),
    "frozen": _person("1004", "韦示例", "45010319930505005", userState="0"),
    "firm": {
        "userType": "2",
        "corporationInfo": {
            "userIdcode": "GXQ2001",
            "idcardNum": "91350100M000100Y43",
            "enterpriseName": "南宁示例食品有限公司",
            "legalType": "C01",
            "userState": "1",
            "updateTime": _UPDATED,
        },
    },
}
"""Nobody who lives: names and numbers are made up."""


@define
class SimulatedPlatform:
    """One application is registered: its id, secret and the one address it may be returned to."""

    application: str
    secret: str = field(repr=False)
    return_to: str
    people: dict[str, Any] = field(factory=lambda: json.loads(json.dumps(dict(PEOPLE))))
    _codes: dict[str, tuple[str, float]] = field(factory=dict)
    _tokens: dict[str, tuple[str, str]] = field(factory=dict, repr=False)

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        match (asked.method, asked.path):
            case ("GET", "/oauth2/authorize"):
                return self._authorize(asked.query)
            case ("POST", "/oauth2/token"):
                return self._token(asked)
            case ("POST", "/gxrz-rest/user/getUserInfoByToken"):
                return self._user(asked.form)
            case ("GET", "/oauth2/logout"):
                return Told.redirect(asked.query.get("redirect_uri", self.return_to))
            case _:
                return Told.json({"error": "not_found"}, 404)

    def code_for(self, name: str) -> str:
        """Give the code with which the browser of that user comes back."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = (name, time.monotonic())
        return code

    def token_for(self, name: str, application: str | None = None) -> str:
        """Give the token that the app hands over for that user.

        It is for another ``application`` where one is named; of an empty one nothing is told.
        """
        token = secrets.token_urlsafe(32)
        self._tokens[token] = (name, self.application if application is None else application)
        return token

    def notice_for(self, name: str) -> tuple[bytes, str]:
        """Give the notice of that user's log-out, and its signature."""
        told = self.people[name]
        inner = told.get("personalInfo") or told["corporationInfo"]
        said = {"useridcode": inner["userIdcode"], "timestamp": int(time.time())}
        notice = json.dumps(said).encode()
        return notice, hmac.new(self.secret.encode(), notice, "sm3").hexdigest()

    def _authorize(self, query: Mapping[str, str]) -> Told:
        if (query.get("client_id"), query.get("redirect_uri"), query.get("response_type")) != (
            self.application, self.return_to, "code",
        ):  # fmt: skip
            return Told.page("<p>应用未登记，或回调地址与登记的不一致。</p>", 400)
        state = query.get("state", "")
        if (name := query.get("user", "")) in self.people:
            back = urlencode({"code": self.code_for(name), "state": state})
            return Told.redirect(f"{self.return_to}?{back}")
        links = "".join(
            f'<li><a href="?{_query({**query, "user": name})}">{_name(told)}</a></li>'
            for name, told in self.people.items()
        )
        return Told.page(f"<h1>统一身份认证（模拟）</h1><p>以谁的身份登录？</p><ul>{links}</ul>")

    def _token(self, asked: Asked) -> Told:
        basic = b64encode(f"{self.application}:{self.secret}".encode()).decode()
        given = asked.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Basic {basic}".encode()):
            return Told.json({"error": "invalid_client"}, 401)
        name, made = self._codes.pop(asked.form.get("code", ""), ("", 0.0))
        fresh = time.monotonic() - made < _CODE_SECONDS
        if not name or not fresh or asked.form.get("redirect_uri") != self.return_to:
            return Told.json({"error": "invalid_grant", "error_description": "授权码无效"})
        return Told.json(
            {"access_token": self.token_for(name), "token_type": "Bearer", "expires_in": 300}
        )

    def _user(self, form: Mapping[str, str]) -> Told:
        name, application = self._tokens.get(form.get("token", ""), ("", ""))
        if not name or form.get("serviceId") != "1":
            return Told.json({"flag": "0", "errCode": "401", "errMsg": "token无效", "data": None})
        data = self.people[name] | ({"clientId": application} if application else {})
        return Told.json({"flag": "1", "errCode": "", "errMsg": "", "data": data})


def _query(asked: Mapping[str, str]) -> str:
    return html.escape(urlencode(asked))


def _name(told: Mapping[str, Any]) -> str:
    inner = told.get("personalInfo") or told["corporationInfo"]
    return html.escape(str(inner.get("userName") or inner["enterpriseName"]))


@contextmanager
def simulated_platform(simulated: SimulatedPlatform, port: int = 0) -> Iterator[str]:
    """Serve it; give its address."""
    with served(simulated.answer, port) as address:
        yield address
